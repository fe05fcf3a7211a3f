// The console's own script: every htmx request carries the form token; the rest works without it.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="form-token"]');
  if (token) event.detail.headers["X-Form-Token"] = token.content;
});
document.addEventListener("htmx:beforeRequest", () => {
  const alerts = document.getElementById("alerts");
  if (alerts) alerts.replaceChildren();
});
