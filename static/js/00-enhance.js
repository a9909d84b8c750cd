/* Every script here only adds to a page that already works. */
window.consult = {
  /* Run `improve` once for each element that matches, on the page now and in whatever htmx brings later. */
  enhance(selector, improve) {
    const met = new WeakSet();
    const run = () => {
      for (const element of document.querySelectorAll(selector)) {
        if (met.has(element)) continue;
        met.add(element);
        improve(element);
      }
    };
    run();
    document.addEventListener("htmx:after:swap", run);
  },
};
