// The live desk puts its board in place when something happens; cards are copied. Every page works without it.
"use strict";

const board = document.getElementById("board");
const news = document.getElementById("news");
const reload = document.getElementById("reload");

const shownVersion = () => document.getElementById("version").dataset.version;
const isBusy = () => {
  const field = document.activeElement;
  if (board.contains(field) && field.matches("input, textarea")) return true;
  return [...board.querySelectorAll("input:not([type=hidden]), textarea")].some((one) => one.value !== one.defaultValue);
};

async function refresh() {
  const answer = await fetch(board.dataset.board, { cache: "no-store" });
  if (answer.redirected || !answer.ok) {
    news.textContent = answer.redirected ? "登录已超时，请刷新页面重新登录。" : "暂时取不到最新情况，稍后自动再试。";
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const known = new Map([...board.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const focused = document.activeElement && board.contains(document.activeElement) ? document.activeElement.id : "";
  board.replaceChildren(...page.body.childNodes);
  for (const one of board.querySelectorAll("details[id]")) if (known.has(one.id)) one.open = known.get(one.id);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  news.textContent = document.getElementById("version").dataset.news;
  reload.classList.remove("fresh");
  reload.textContent = "刷新";
}

if (board) {
  const events = new EventSource(board.dataset.events);
  events.addEventListener("changed", (event) => {
    if (event.data === shownVersion()) return;
    if (!isBusy()) return refresh();
    // Somebody is writing: what they wrote is theirs until they ask for the news.
    news.textContent = "有新进展，写完后点“看新进展”。";
    reload.classList.add("fresh");
    reload.textContent = "看新进展";
  });
  // Times and what is left go on even when nothing happens.
  setInterval(() => { if (!isBusy() && !document.hidden) refresh(); }, 30000);
  reload.addEventListener("click", (event) => {
    event.preventDefault();
    refresh();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copy);
    words.select();
    // Where the page is not a secure context there is no clipboard, only the old way.
    if (navigator.clipboard) await navigator.clipboard.writeText(words.value);
    else document.execCommand("copy");
    button.nextElementSibling.textContent = "已复制，请原样粘贴";
  });
}
