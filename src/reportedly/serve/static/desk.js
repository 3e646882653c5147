// What makes the desk quicker for those who have JavaScript; every page works without it.
"use strict";

// Report: pointing at marked words lights up what else was read for the same claims, and the claims themselves.
const light = (ids, on) => {
  for (const id of ids) {
    document.getElementById("card-" + id)?.classList.toggle("lit", on);
    for (const mark of document.querySelectorAll('.m[data-claims~="' + CSS.escape(id) + '"]')) mark.classList.toggle("lit", on);
  }
};
for (const mark of document.querySelectorAll(".m[data-claims]")) {
  const ids = mark.dataset.claims.split(" ");
  for (const start of ["mouseenter", "focus"]) mark.addEventListener(start, () => light(ids, true));
  for (const end of ["mouseleave", "blur"]) mark.addEventListener(end, () => light(ids, false));
}
