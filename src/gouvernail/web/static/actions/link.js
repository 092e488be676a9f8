// The link builder: copy the address, download the QR code.
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    copy.querySelector("span").textContent = copy.dataset.copied;
  }
  const download = event.target.closest("[data-download-svg]");
  if (download) {
    const drawing = new XMLSerializer().serializeToString(document.querySelector("svg.qr"));
    const link = document.createElement("a");
    link.href = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
    link.download = download.dataset.downloadSvg;
    link.click();
  }
});
