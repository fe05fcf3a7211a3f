// The script: characters counted as they are typed, unsaved work kept from being lost; all ticks at once in review.
"use strict";
const ideographs = "〇\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{2FA1F}\\u{30000}-\\u{323AF}";
const marks = "\\u3001-\\u3006\\u3008-\\u303F\\u30FB\\uFE30-\\uFE4F\\uFF01-\\uFF65\\uFFE0-\\uFFE6‘’“”…—·";
const latin = "A-Za-z0-9\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F";
// As `text/count.py` counts, which a word processor shows; the server's count decides.
const WORD = new RegExp(`[${ideographs}${marks}]|[${latin}]+(?:[.,:/'\\-_@]+[${latin}]+)*%?`, "gu");
const counted = (text) => (text.match(WORD) || []).length;

const form = document.getElementById("script");
if (form) {
  const total = document.getElementById("total");
  const areas = [...form.querySelectorAll("textarea[name^=answer-]")];
  const others = new Map(areas.map((area) => {
    const shown = form.querySelector(`[data-for="${area.id}"]`);
    return [area, { shown, rest: parseInt(shown.textContent, 10) - counted(area.value) }];
  }));
  const before = areas.reduce((sum, area) => sum + counted(area.value), 0);
  let dirty = false;
  form.addEventListener("input", (event) => {
    dirty = true;
    document.getElementById("unsaved").textContent = "有未保存的改动";
    const known = others.get(event.target);
    if (known) known.shown.textContent = `${counted(event.target.value) + known.rest} 字`;
    const now = Number(total.dataset.counted) - before + areas.reduce((sum, area) => sum + counted(area.value), 0);
    total.textContent = now.toLocaleString("en-US");
    document.getElementById("length").value = now;
  });
  form.addEventListener("submit", () => { dirty = false; });
  document.addEventListener("htmx:responseError", () => { dirty = true; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

document.addEventListener("submit", (event) => {
  const asks = event.target.dataset.asks;
  if (asks && !window.confirm(asks)) event.preventDefault();
});

document.querySelector("[data-all]")?.addEventListener("change", (event) => {
  for (const box of document.querySelectorAll(`[name=${event.target.dataset.all}]`)) box.checked = event.target.checked;
});
