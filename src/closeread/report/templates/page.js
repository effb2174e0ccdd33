// Conveniences only: the page is complete without this.
(() => {
  "use strict";
  const text = document.getElementById("text");
  if (!text) return;
  const light = (start, end) => {
    for (const old of text.querySelectorAll(".lit")) old.classList.remove("lit");
    for (const part of text.querySelectorAll("[id^=c]")) {
      const at = Number(part.id.slice(1));
      if (at >= start && at < end) part.classList.add("lit");
    }
  };
  const store = (act) => { try { return act(window.localStorage); } catch { return null; } };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-end]");
    if (link) light(Number(link.hash.slice(2)), Number(link.dataset.end));
    const tick = event.target.closest("[data-to]");
    if (tick) window.location.hash = tick.dataset.to;
  });
  const layers = document.querySelectorAll("input[name=layer]");
  const kept = store((storage) => storage.getItem("closeread.layer"));
  for (const layer of layers) {
    if (layer.value === kept) layer.checked = true;
    layer.addEventListener("change", () => store((storage) => storage.setItem("closeread.layer", layer.value)));
  }
})();
