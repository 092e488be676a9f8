// The drop zone: files are sent one by one, each with its own bar. Without this script the form sends them all at once.
(() => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".drop-list");
  const limit = Number(form.dataset.limit) * 1024 * 1024;
  // The browser's own button speaks the browser's language; ours speaks the reader's.
  form.classList.add("scripted");
  let busy = 0;
  let next = "";
  let failed = false;

  const line = (name) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    words.textContent = `${name} ${form.dataset.sending}`;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", words.textContent);
    item.append(words, bar);
    list.append(item);
    return { item, words, bar };
  };
  const broken = (row, name, words) => {
    failed = true;
    row.words.textContent = `${name} ${words}`;
    row.words.className = "bad";
    row.bar.remove();
  };
  const done = () => {
    busy -= 1;
    if (!busy && next && !failed) window.location.assign(next);
    else if (!busy) input.value = "";
  };

  const send = (file, alone, batch) => {
    const row = line(file.name);
    if (file.size > limit) {
      broken(row, file.name, form.dataset.large);
      return;
    }
    busy += 1;
    const body = new FormData();
    body.append("batch", batch);
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) row.bar.value = event.loaded / event.total; });
    request.addEventListener("load", () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* told below */ }
      if (request.status !== 200 || !answer) broken(row, file.name, form.dataset.broken);
      else if (answer.left_out.length) broken(row, file.name, form.dataset.large);
      else {
        row.bar.value = 1;
        next = alone ? answer.next : window.location.pathname;
      }
      done();
    });
    request.addEventListener("error", () => { broken(row, file.name, form.dataset.broken); done(); });
    request.send(body);
  };
  const take = (files) => {
    const chosen = [...files];
    failed = false;
    list.replaceChildren();
    // Files sent together stand together: some explain each other.
    const batch = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    for (const file of chosen) send(file, chosen.length === 1, batch);
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); if (input.files.length) take(input.files); });
  input.addEventListener("change", () => { if (input.files.length) take(input.files); });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) take(event.dataTransfer.files); });
})();
