// The board: a card dropped in another column tells the site its new state; if that fails, the page is read again.
document.addEventListener("DOMContentLoaded", () => {
  const said = document.querySelector("[data-board-said]");
  const board = document.querySelector(".board");
  if (!board || !window.Sortable) return;
  board.dataset.boardReady = "";
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const tell = async (card, state) => {
    const body = new URLSearchParams({ status: state, csrfmiddlewaretoken: token() });
    const answer = await fetch(card.dataset.boardCard, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(String(answer.status));
  };
  // A lane counts all its actions, those without a card too.
  const count = (lane, step) => {
    const sign = lane.parentElement.querySelector(".count");
    sign.dataset.count = Number(sign.dataset.count) + step;
    sign.textContent = Number(sign.dataset.count).toLocaleString(document.documentElement.lang);
  };
  const moved = (card, from, to) => {
    const state = to.dataset.boardLane;
    const choice = card.querySelector("select");
    if (choice) choice.value = state;
    tell(card, state).then(
      () => {
        count(from, -1);
        count(to, 1);
        if (said) said.textContent = to.parentElement.querySelector("h2").textContent;
      },
      () => window.location.reload(),
    );
  };
  // The same without dragging: the card goes where its choice says, and the keyboard stays on it.
  board.addEventListener("submit", (event) => {
    const card = event.target.closest("[data-board-card]");
    const choice = card?.querySelector("select");
    const to = choice && board.querySelector(`[data-board-lane="${choice.value}"]`);
    if (!to) return;
    event.preventDefault();
    const from = card.parentElement;
    if (from === to) return;
    const held = document.activeElement === choice;
    to.prepend(card);
    if (held) choice.focus();
    moved(card, from, to);
  });
  for (const link of board.querySelectorAll(".card-action a")) link.draggable = false;
  for (const lane of document.querySelectorAll("[data-board-lane]")) {
    window.Sortable.create(lane, {
      group: "board",
      animation: 120,
      // Drawn by the script itself: a card can be taken anywhere, by its title too, in every browser.
      forceFallback: true,
      fallbackTolerance: 5,
      filter: "select",
      preventOnFilter: false,
      delay: 120,
      delayOnTouchOnly: true,
      onEnd: ({ item, from, to }) => {
        if (from !== to) moved(item, from, to);
      },
    });
  }
});
