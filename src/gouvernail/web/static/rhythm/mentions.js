// Calling people by @name: a textarea with data-mentions (JSON: handle and name of each) offers people.
// Arrow keys choose, Enter or Tab takes, Escape closes; a click takes too.
(() => {
  const bound = new WeakSet();
  let count = 0;

  const bind = (area) => {
    if (bound.has(area)) return;
    bound.add(area);
    const people = JSON.parse(area.dataset.mentions);
    const list = document.createElement("ul");
    list.className = "mention-list";
    list.id = `mentions-${++count}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", area.dataset.mentionsLabel || "@");
    list.hidden = true;
    area.after(list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("autocomplete", "off");
    let shown = [];
    let at = 0;

    const word = () => area.value.slice(0, area.selectionStart).match(/(?:^|[\s(])@([\p{L}\d.]*)$/u);
    const close = () => { list.hidden = true; area.removeAttribute("aria-activedescendant"); };
    const mark = () => {
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      area.setAttribute("aria-activedescendant", `${list.id}-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const take = (person) => {
      const found = word();
      if (!found) return close();
      const end = area.selectionStart;
      area.setRangeText(`@${person.handle} `, end - found[1].length - 1, end, "end");
      close();
      area.focus();
    };
    const offer = () => {
      const found = word();
      if (!found) return close();
      const typed = found[1].toLowerCase();
      shown = people.filter((one) => one.handle.includes(typed) || one.name.toLowerCase().includes(typed)).slice(0, 8);
      list.replaceChildren(...shown.map((one, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.setAttribute("role", "option");
        item.textContent = one.name;
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
        return item;
      }));
      if (!shown.length) return close();
      at = 0;
      list.hidden = false;
      mark();
    };

    area.addEventListener("input", offer);
    area.addEventListener("blur", close);
    area.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = (at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
        mark();
      } else if (event.key === "Enter" || event.key === "Tab") take(shown[at]);
      else if (event.key === "Escape") { close(); event.stopPropagation(); }
      else return;
      event.preventDefault();
    });
  };

  const ready = (root) => {
    if (root.matches?.("textarea[data-mentions]")) bind(root);
    for (const area of root.querySelectorAll("textarea[data-mentions]")) bind(area);
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
})();
