// The portal's own script. Every page works without it: the countdown stands still, the live page is reloaded.
"use strict";

function left(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} 天 ${hours % 24} 小时`;
  return hours ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分钟`;
}

// The server's clock counts: what it printed is what is left; only the time since the page came is taken off.
for (const clock of document.querySelectorAll("time.countdown[data-left]")) {
  const whole = Number(clock.dataset.left);
  const began = performance.now();
  setInterval(() => {
    const rest = whole - (performance.now() - began) / 1000;
    clock.textContent = left(rest);
    if (rest <= 0) location.reload();
  }, 20000);
}

const live = document.getElementById("live");
if (live && live.dataset.events) {
  let first = true;
  const show = async () => {
    const answer = await fetch(live.dataset.part, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    live.replaceChildren(...page.body.childNodes);
  };
  const events = new EventSource(live.dataset.events);
  events.addEventListener("changed", () => {
    if (!first) show();
    first = false;
  });
}
