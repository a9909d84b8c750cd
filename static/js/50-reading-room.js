/* The reading room's keys and selections. Every key presses something that is on the page anyway. */
const keysOff = () => localStorage.getItem("consult-keys") === "off";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || keysOff()) return;
  if (event.key === "?") return showKeys(event);
  /* A space on a button or link is that button's own. */
  if (event.key === " " && event.target.closest("a, button, summary, label, input")) return;
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? lineBeside(key);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input, [data-line]")) wanted.focus();
  else wanted.click();
});

/* In the list j and k move through the lines; Enter opens one. */
function lineBeside(key) {
  if (key !== "j" && key !== "k") return null;
  const lines = [...document.querySelectorAll("[data-line]")];
  const at = lines.indexOf(document.activeElement);
  return lines[key === "j" ? at + 1 : Math.max(at - 1, 0)];
}

function showKeys(event) {
  const help = document.getElementById("keys")?.closest("details");
  if (!help) return;
  event.preventDefault();
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
}

consult.enhance("[data-keys-switch]", (line) => {
  const box = line.querySelector("input");
  line.hidden = false;
  box.checked = !keysOff();
  box.addEventListener("change", () => localStorage.setItem("consult-keys", box.checked ? "on" : "off"));
});

/* Selected words go with the theme that is pressed: counted in characters, as the server counts, not in half-pairs. */
consult.enhance("[data-marking]", (form) => {
  const said = form.querySelector("[data-selected]");
  const { start, end, words } = form.elements;
  said.hidden = false;
  said.textContent = said.dataset.none;
  const look = () => {
    if (!form.isConnected) return document.removeEventListener("selectionchange", look);
    const found = selected();
    /* A click on a theme may take the selection away; only new words or a click in the text change it. */
    if (!found && document.activeElement?.closest("[data-marking]")) return;
    start.value = found ? found.start : "";
    end.value = found ? found.end : "";
    said.textContent = found ? `“${found.words}”` : said.dataset.none;
    if (found) choose(form, found.answer);
  };
  document.addEventListener("selectionchange", look);
  words.addEventListener("input", () => (start.value = end.value = ""));
});

function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = nearest(range.startContainer);
  if (!text || text !== nearest(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const raw = range.toString();
  const words = raw.trim();
  if (!words) return null;
  const start = [...before.toString()].length + [...raw].length - [...raw.trimStart()].length;
  const shown = words.length > 80 ? `${words.slice(0, 79)}…` : words;
  return { start, end: start + [...words].length, words: shown, answer: text.closest("[data-answer]").dataset.answer };
}

function nearest(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest("[data-answer]")?.querySelector("[data-marked]") ?? null;
}

function choose(form, answer) {
  for (const one of form.querySelectorAll("[name=answer]")) {
    if (one.type === "radio") one.checked = one.value === answer;
  }
}
