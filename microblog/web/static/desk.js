// The console's own script: every htmx request carries the form token; the rest works without it.
"use strict";
// A refusal is told above the page and what was filled in stays: a page left for an error would have lost it.
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.setAttribute("hx-post", form.getAttribute("action"));
  form.setAttribute("hx-swap", "none");
  form.setAttribute("hx-encoding", form.enctype);
}
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="form-token"]');
  if (token) event.detail.headers["X-Form-Token"] = token.content;
});
document.addEventListener("htmx:beforeRequest", () => {
  const alerts = document.getElementById("alerts");
  if (alerts) alerts.replaceChildren();
});
// On a phone the menu is longer than the window: show where one is.
document.querySelector(".bar [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
