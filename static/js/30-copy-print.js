/* Copy a code to the clipboard, print the page: buttons that are hidden until they can work. */
consult.enhance("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    const status = button.nextElementSibling;
    if (status?.getAttribute("role") === "status") status.textContent = button.dataset.done;
  });
});

consult.enhance("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
