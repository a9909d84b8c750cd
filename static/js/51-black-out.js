/* Words selected in an answer go to the list of words to black out; without this, they are typed there. */
const listSelected = (answer, into) => {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  if (!words || !answer.contains(selection.anchorNode) || !answer.contains(selection.focusNode)) return false;
  const list = document.getElementById(into);
  list.value = [list.value.trimEnd(), words].filter(Boolean).join("\n");
  document.getElementById("ruled-redact").checked = true;
  selection.removeAllRanges();
  return true;
};

consult.blackOutSelection = () =>
  [...document.querySelectorAll("[data-black-out]")].some((button) =>
    listSelected(document.getElementById(button.dataset.blackOut), button.dataset.into),
  );

consult.enhance("[data-black-out]", (button) => {
  button.hidden = false;
  /* A press on a button would let go of the selection before it is read. */
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => listSelected(document.getElementById(button.dataset.blackOut), button.dataset.into));
});
