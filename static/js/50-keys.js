/* Single keys for those who work through a queue. They rest while somebody types, and can be switched off. */
const KEYS_OFF = "consult-keys-off";
const keysAreOff = () => localStorage.getItem(KEYS_OFF) === "yes";
const isTyping = (element) =>
  element.closest("textarea, select, dialog, [contenteditable], input:not([type=radio], [type=checkbox])") !== null;

const moveAmongRows = (root, step) => {
  const rows = [...root.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
};

const press = (target) => {
  if (target.matches("form")) return target.requestSubmit();
  if (!target.matches("input")) return target.click();
  target.checked = true;
  target.focus();
  if (target.dataset.then === "submit") return target.form.requestSubmit();
  const next = document.getElementById(target.dataset.then);
  if (target.value === "redact" && consult.blackOutSelection?.()) return;
  next?.focus();
};

consult.enhance("[data-shortcuts]", (root) => {
  const show = () => root.querySelectorAll("kbd[hidden], [data-opens]").forEach((one) => (one.hidden = keysAreOff() && one.matches("kbd")));
  show();
  document.addEventListener("htmx:after:swap", show);
  document.addEventListener("keydown", (event) => {
    if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (keysAreOff()) return;
    const target = root.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (root.matches("[data-rows]") && "jk".includes(event.key)) moveAmongRows(root, event.key === "j" ? 1 : -1);
    else if (target) press(target);
    else return;
    event.preventDefault();
  });
});

consult.enhance("[data-opens]", (button) => {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
});

consult.enhance("[data-keys-switch]", (button) => {
  const say = () => {
    button.textContent = keysAreOff() ? button.dataset.on : button.dataset.off;
    for (const key of document.querySelectorAll(".ruling kbd")) key.hidden = keysAreOff();
  };
  say();
  button.addEventListener("click", () => {
    localStorage.setItem(KEYS_OFF, keysAreOff() ? "no" : "yes");
    say();
  });
});
