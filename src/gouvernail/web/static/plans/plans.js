// Behaviours of the plan's forms, bound to data attributes:
//   data-picker      what is ticked among what a search found moves to what is chosen ("one": it takes the place of the other)
//   data-focus       takes the focus when htmx brings it
//   data-element-form  asks before one leaves with something unkept
(() => {
  document.addEventListener("change", (event) => {
    const picker = event.target.closest?.("[data-picker]");
    if (!picker || !event.target.matches("[type=checkbox], [type=radio]")) return;
    const box = event.target.closest(".box");
    const chosen = picker.querySelector("[data-chosen]");
    if (!event.target.checked || chosen.contains(box)) return;
    if (picker.dataset.picker === "one") chosen.replaceChildren();
    for (const same of chosen.querySelectorAll("input[type=checkbox]")) if (same.value === event.target.value) return;
    chosen.append(box);
    event.target.focus();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "audit") target.querySelector("[data-focus]")?.focus({ preventScroll: true });
    const found = target.closest?.("[data-found]");
    if (found) {
      const chosen = new Set([...found.closest("[data-picker]").querySelectorAll("[data-chosen] input")].map((one) => one.value));
      for (const input of found.querySelectorAll("[type=checkbox], [type=radio]")) if (chosen.has(input.value)) input.closest(".box").remove();
    }
  });

  let unkept = false;
  document.addEventListener("input", (event) => { if (event.target.closest?.("[data-element-form]")) unkept = true; });
  document.addEventListener("submit", () => { unkept = false; });
  window.addEventListener("beforeunload", (event) => { if (unkept) event.preventDefault(); });
})();
