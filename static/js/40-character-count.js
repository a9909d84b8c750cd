/* How many characters are left, as one types; a screen reader hears it when typing pauses. Nothing is ever cut off. */
consult.enhance("textarea[data-limit]", (area) => {
  const message = document.getElementById(`${area.id}-count`);
  const spoken = message.nextElementSibling;
  const limit = Number(area.dataset.limit);
  const number = new Intl.NumberFormat("en-GB");
  let pause;
  const say = () => {
    /* Counted as the server counts: code points, and one for each new line. */
    const left = limit - [...area.value].length;
    const pattern = left < 0 ? message.dataset.over : message.dataset.left;
    message.textContent = pattern.replace("{n}", number.format(Math.abs(left)));
    message.classList.toggle("count-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => (spoken.textContent = message.textContent), 1000);
  };
  area.addEventListener("input", say);
  if (area.value) say();
});
