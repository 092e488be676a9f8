// Small behaviours that every page shares. Each looks for its own data attribute, also in what htmx brings:
//   data-submit-on-change   on a form or a control: the form is sent when it changes; one that is changed by keys when
//                           Enter is pressed or it is left, as arrows pass by what is not meant
//   data-toggle="id"        a button that shows and hides #id (class "open"), and says so (aria-expanded)
//   data-dialog="id"        a button that opens <dialog id>; data-close inside it closes it; data-open opens it at once
//   data-confirm="words"    a form or button that asks before it goes on
//   data-copy="id"          a button that copies the text of #id; data-said: what it then says
//   data-print              a button that prints the page
//   data-dismiss            a button that removes the .alert around it
// <details class="pop"> closes on Escape and on a click elsewhere. "/" goes to the search.
(() => {
  const bound = new WeakMap();
  const on = (root, selector, kind, act) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches && root.matches(selector)) found.push(root);
    for (const element of found) {
      const done = bound.get(element) || bound.set(element, new Set()).get(element);
      if (done.has(selector)) continue;
      done.add(selector);
      element.addEventListener(kind, (event) => act(event, element));
    }
  };

  let pressed = "";
  document.addEventListener("keydown", (event) => { pressed = event.key; }, true);
  document.addEventListener("pointerdown", () => { pressed = ""; }, true);
  const waiting = new WeakSet();
  const sendWhenMeant = (control, form) => {
    const passing = pressed && pressed !== "Enter" && pressed !== "Tab" && control === document.activeElement;
    if (!passing || control.type === "checkbox") return form.requestSubmit();
    if (waiting.has(control)) return;
    waiting.add(control);
    const stop = new AbortController();
    const send = (event) => {
      if (event.type === "keydown" && event.key !== "Enter") return;
      event.preventDefault();
      stop.abort();
      waiting.delete(control);
      form.requestSubmit();
    };
    control.addEventListener("keydown", send, { signal: stop.signal });
    control.addEventListener("blur", send, { signal: stop.signal });
  };

  const ready = (root) => {
    on(root, "[data-submit-on-change]", "change", ({ target }, element) => sendWhenMeant(target, element.form || element));
    on(root, "[data-toggle]", "click", (_, button) => {
      const open = document.getElementById(button.dataset.toggle).classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
    });
    on(root, "[data-dialog]", "click", (event, button) => {
      event.preventDefault();
      document.getElementById(button.dataset.dialog)?.showModal();
    });
    on(root, "[data-close]", "click", (_, button) => button.closest("dialog")?.close());
    on(root, "form[data-confirm]", "submit", (event, form) => { if (!window.confirm(form.dataset.confirm)) event.preventDefault(); });
    on(root, "button[data-confirm]", "click", (event, button) => { if (!window.confirm(button.dataset.confirm)) event.preventDefault(); });
    on(root, "[data-copy]", "click", async (_, button) => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      const said = button.querySelector("[data-said]") || button;
      said.textContent = button.dataset.said || "✓";
    });
    on(root, "[data-print]", "click", () => window.print());
    on(root, "[data-dismiss]", "click", (_, button) => button.closest(".alert")?.remove());
    for (const dialog of root.querySelectorAll("dialog[data-open]:not([open])")) dialog.showModal();
  };

  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));

  const pops = () => document.querySelectorAll("details.pop[open]");
  document.addEventListener("click", (event) => {
    for (const pop of pops()) if (!pop.contains(event.target)) pop.open = false;
    if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const pop of pops()) {
        pop.open = false;
        pop.querySelector("summary").focus();
      }
      const menu = document.querySelector(".side-body.open");
      if (menu) document.querySelector(".side-toggle").click();
    }
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        if (search.offsetParent === null) document.querySelector(".side-toggle")?.click();
        search.focus();
      }
    }
  });

  // On paper nothing is folded away.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open]):not(.pop)")];
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
})();
