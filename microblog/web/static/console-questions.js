// The shortlist: rows moved up and down keep their numbers in step; what is not taken is shown so.
"use strict";
const choice = document.getElementById("choice");
const rows = () => [...choice.querySelectorAll(".candidate")];
const renumber = () => rows().forEach((row, at) => { row.querySelector("[name^=rank-]").value = at + 1; });

choice?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest(".candidate");
  const other = button.dataset.move === "1" ? row.nextElementSibling : row.previousElementSibling;
  if (!other) return;
  if (button.dataset.move === "1") other.after(row);
  else other.before(row);
  renumber();
  button.focus();
});

choice?.addEventListener("change", (event) => {
  const row = event.target.closest?.(".candidate");
  if (event.target.name?.startsWith("state-")) row.classList.toggle("out", event.target.value !== "take");
  if (event.target.name?.startsWith("rank-")) {
    const sorted = rows().sort((one, two) => one.querySelector("[name^=rank-]").value - two.querySelector("[name^=rank-]").value);
    row.parentElement.append(...sorted);
    renumber();
    event.target.focus();
  }
});
