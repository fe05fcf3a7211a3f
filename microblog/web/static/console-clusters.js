// The analyst's desk by keyboard; dialogs; scroll and focus kept over a swap; news as they come.
"use strict";

const byId = (id) => document.getElementById(id);
const panes = () => [...document.querySelectorAll(".pane")].filter((pane) => pane.offsetParent);
const paneOf = (element) => element?.closest?.(".pane");
const openers = (pane) => [...pane.querySelectorAll(".line > a, .line > .said")];
const picks = (pane) => [...pane.querySelectorAll(".line > input")];
const deedIn = (pane, key) => pane?.querySelector(`.desk-deeds [data-key="${key}"]`);
let lastPane = "pane-topics";

const currentPane = () => paneOf(document.activeElement) || byId(lastPane) || panes()[0];

function focusOn(pane) {
  const known = openers(pane);
  const target = known.find((one) => one.parentElement.getAttribute("aria-current")) || known[0];
  target?.focus();
  if (pane) lastPane = pane.id;
}

function step(by) {
  const pane = currentPane();
  if (!pane) return;
  const known = openers(pane);
  const at = known.indexOf(document.activeElement.closest(".line")?.querySelector(":scope > a, :scope > .said"));
  const next = known[at < 0 ? 0 : Math.min(Math.max(at + by, 0), known.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function change(by) {
  const all = panes();
  const next = all[all.indexOf(currentPane()) + by];
  if (next) focusOn(next);
}

// Nothing picked: the line under the cursor is meant.
function pickFocused(pane) {
  if (!pane || picks(pane).some((one) => one.checked)) return;
  const line = document.activeElement.closest(".line") || pane.querySelector('.line[aria-current="true"]');
  const box = line?.querySelector(":scope > input");
  if (box && paneOf(box) === pane) box.checked = true;
}

function dropOtherPicks(pane) {
  for (const other of document.querySelectorAll(".pane")) {
    if (other !== pane) for (const box of picks(other)) box.checked = false;
  }
}

const load = (place, address) => htmx.ajax("GET", address, { target: place, swap: "innerHTML" });

function open(name, pane) {
  const dialog = byId(name);
  const level = pane?.dataset.level;
  if (name === "targets") {
    const list = byId("target-list");
    byId("sought").value = "";
    list.dataset.level = level === "question" ? "topic" : "question";
    load(list, `${list.dataset.targets}?level=${list.dataset.level}`);
  } else if (name === "naming") {
    const picked = pane.querySelector(".line > input:checked");
    byId("rename").value = level === "topic" ? "rename-topic" : "rename-question";
    byId("new-name").value = picked?.parentElement.querySelector("a")?.dataset.name || "";
  } else if (name === "why") {
    const pair = picks(pane).filter((one) => one.checked).map((one) => `remarks=${encodeURIComponent(one.value)}`);
    load(byId("why-body"), `${byId("why-body").dataset.why}?${pair.join("&")}`);
  }
  dialog.showModal();
}

const STEPS = {
  ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
  ArrowRight: () => change(1), l: () => change(1), ArrowLeft: () => change(-1), h: () => change(-1),
  "/": () => byId("find").focus(), "?": () => byId("keys").showModal(),
  u: () => document.querySelector("#undoing button")?.click(),
  "[": () => regrain(-1), "]": () => regrain(1),
  x: () => document.activeElement.closest(".line")?.querySelector(":scope > input")?.click(),
};

function regrain(by) {
  const range = byId("grain");
  if (!range || range.disabled) return;
  const before = range.value;
  range.value = Number(before) + by;
  if (range.value !== before) range.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.matches("input:not([type=checkbox], [type=range]), textarea, select");
  if (event.key === "Escape" && typing) return event.target.blur();
  if (typing || (event.target.type === "range" && event.key.startsWith("Arrow"))) return;
  const deed = deedIn(currentPane(), event.key);
  if (deed || STEPS[event.key]) event.preventDefault();
  if (deed) deed.click();
  else STEPS[event.key]?.();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const pane = paneOf(button);
  if (button && pane && button.closest(".desk-deeds")) {
    dropOtherPicks(pane);
    pickFocused(pane);
    lastPane = pane.id;
  }
  if (button?.dataset.opens) open(button.dataset.opens, pane);
  if (button?.form?.id === "picks" && button.closest("dialog")) button.closest("dialog").close();
}, true);

document.addEventListener("focusin", (event) => {
  const pane = paneOf(event.target);
  if (pane) lastPane = pane.id;
});

let typed;
byId("sought").addEventListener("input", (event) => {
  clearTimeout(typed);
  const list = byId("target-list");
  typed = setTimeout(() => load(list, `${list.dataset.targets}?level=${list.dataset.level}&sought=${encodeURIComponent(event.target.value)}`), 150);
});

// Enter would press the form's first button, which is another deed.
byId("new-name").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  byId("rename").click();
});

// A swap must not move what the analyst looks at.
let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "desk") return;
  const focused = document.activeElement?.closest?.("#desk") ? document.activeElement.id : "";
  kept = { focused, tops: panes().map((pane) => [pane.id, pane.querySelector(".lines").scrollTop]) };
});
document.addEventListener("htmx:afterSettle", () => {
  if (!kept) return;
  for (const [id, top] of kept.tops) byId(id)?.querySelector(".lines")?.scrollTo(0, top);
  const again = kept.focused && byId(kept.focused);
  if (again) again.focus({ preventScroll: true });
  else if (kept.focused && byId(lastPane)) focusOn(byId(lastPane));
  kept = null;
});

const news = byId("news");
const tell = () => load(news, `${news.dataset.news}?seen=${byId("desk")?.dataset.seen || ""}`);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.hasAttribute?.("data-takes")) news.replaceChildren();
});
new EventSource(news.dataset.events).addEventListener("changed", tell);
