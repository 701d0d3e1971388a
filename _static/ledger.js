// Filters the ledger by chapter and status. Without it the ledger is complete and the form stays hidden.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("ledger-filters");
  if (!form) return;
  const claims = [...document.querySelectorAll("#ledger > .claim")];
  const count = form.querySelector("output");
  const chosen = (name) => form.elements[name].value;
  const filter = () => {
    let shown = 0;
    for (const claim of claims) {
      const fits = ["level", "status"].every((name) => !chosen(name) || claim.dataset[name] === chosen(name));
      claim.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} ${shown === 1 ? "uitspraak" : "uitspraken"}`;
  };
  // A link to one claim must show it, whatever was chosen before.
  const reveal = () => {
    if (document.getElementById(decodeURIComponent(location.hash.slice(1)))?.hidden) {
      form.reset();
      filter();
    }
  };
  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
});
