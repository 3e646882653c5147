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

// Review: keys. j and k move between claims; a key on a button or link presses it. Never while somebody is typing.
const cards = [...document.querySelectorAll(".review-card")];
let at = cards.findIndex((card) => "#" + card.id === location.hash);
const go = (step) => {
  if (!cards.length) return;
  at = Math.min(Math.max(at + step, 0), cards.length - 1);
  cards[at].focus({ preventScroll: true });
  cards[at].scrollIntoView({ block: "center" });
};
if (at >= 0) go(0);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
  if (event.key === "j" || event.key === "k") return go(event.key === "j" ? 1 : -1);
  const inside = cards[at]?.querySelector('[data-claim-key="' + CSS.escape(event.key) + '"]');
  if (inside?.tagName === "DETAILS") {
    inside.open = true;
    inside.querySelector("select").focus();
    event.preventDefault();
    return;
  }
  (inside ?? document.querySelector('[data-key="' + CSS.escape(event.key) + '"]'))?.click();
});
