// The calendar of what the data cover shows its newest column first: on the right, where it is scrolled to.
(() => {
  const newest = (root) => { for (const one of root.querySelectorAll("[data-newest]")) one.scrollLeft = one.scrollWidth; };
  document.addEventListener("DOMContentLoaded", () => newest(document));
  document.addEventListener("htmx:load", (event) => newest(event.detail.elt.parentElement || event.detail.elt));
})();
