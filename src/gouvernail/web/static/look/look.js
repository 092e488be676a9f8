// Small behaviours that every page shares. Each looks for its own data attribute, also in what htmx brings.
(() => {
  const ready = (root) => {
    for (const form of root.querySelectorAll("form[data-submit-on-change]")) {
      form.addEventListener("change", () => form.requestSubmit());
    }
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
})();
