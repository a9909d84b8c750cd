/* A second press within a second is the same press: it does not send the form again. The server has its own guard. */
const pressed = new WeakMap();
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (event.timeStamp - (pressed.get(form) ?? -Infinity) < 1000) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    pressed.set(form, event.timeStamp);
  },
  true,
);
