// Behaviours of the plan's forms, bound to data attributes:
//   data-picker      what is ticked among what a search found moves to what is chosen ("one": it takes the place of the other)
//   data-focus       takes the focus when htmx brings it
//   data-formula     what is chosen or pressed within goes into the formula of that id, where its cursor stands
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

  function put(tool, words) {
    const input = document.getElementById(tool.closest("[data-formula]").dataset.formula);
    const from = input.selectionStart ?? input.value.length, to = input.selectionEnd ?? from;
    const before = input.value.slice(0, from).trimEnd(), after = input.value.slice(to).trimStart();
    const start = [before, words].filter(Boolean).join(" ");
    input.value = [start, after].filter(Boolean).join(" ");
    // Without taking the focus: on a phone that would bring the keyboard over the choice.
    input.setSelectionRange(start.length, start.length);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("change", (event) => {
    const add = event.target.closest?.("[data-formula-add]");
    if (!add?.value) return;
    put(add, add.value);
    add.value = "";
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("[data-formula-mark]");
    if (mark) put(mark, mark.dataset.formulaMark);
  });

  let unkept = false;
  document.addEventListener("input", (event) => { if (event.target.closest?.("[data-element-form]")) unkept = true; });
  document.addEventListener("submit", () => { unkept = false; });
  window.addEventListener("beforeunload", (event) => { if (unkept) event.preventDefault(); });
})();
