// Searches, filters and sorts the ledger, and keeps the choice in the address. Without it the ledger is complete.
(() => {
  const form = document.getElementById("ledger-filters");
  const list = document.getElementById("ledger");
  const folds = document.querySelectorAll(".claim details");
  const claims = [...list.children];
  const words = new Map(claims.map((claim) => [claim, claim.textContent.toLowerCase()]));
  const statuses = [...form.elements.status.options].map((option) => option.value);
  const idOf = (claim) => claim.querySelector("section").id;
  const orders = {
    slides: () => 0,
    status: (one, other) => statuses.indexOf(one.dataset.status) - statuses.indexOf(other.dataset.status),
    id: (one, other) => (idOf(one) < idOf(other) ? -1 : 1),
  };

  const fits = (claim, chosen) =>
    ["level", "basis", "status"].every((name) => !chosen[name] || claim.dataset[name] === chosen[name]) &&
    chosen.search.toLowerCase().split(/\s+/).every((word) => words.get(claim).includes(word));

  const show = () => {
    const chosen = Object.fromEntries(new FormData(form));
    let count = 0;
    for (const claim of claims) {
      claim.hidden = !fits(claim, chosen);
      count += !claim.hidden;
    }
    list.append(...[...claims].sort(orders[chosen.order]));
    form.querySelector("output").textContent = `${count} van ${claims.length} uitspraken`;
    return chosen;
  };

  const remember = (chosen) => {
    const made = Object.entries(chosen).filter(([name, value]) => value !== "" && value !== "slides");
    const query = new URLSearchParams(made).toString();
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  };

  // What the address does not name, or names wrongly, is as it was.
  const recall = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements[name];
      if (field?.name === "search" || [...(field?.options ?? [])].some((option) => option.value === value)) {
        field.value = value;
      }
    }
  };

  // A link to one claim shows it, whatever was chosen before.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const claim = target?.closest(".claim");
    if (!claim) return;
    if (claim.hidden) {
      form.reset();
      remember(show());
    }
    claim.querySelector("details").open = true;
    claim.scrollIntoView({ behavior: "instant" });
  };

  form.hidden = false;
  form.addEventListener("input", () => remember(show()));
  form.addEventListener("reset", () => setTimeout(() => remember(show())));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector(".claim:not([hidden]) summary")?.focus();
  });
  addEventListener("hashchange", reveal);

  // Paper shows everything.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...folds].filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });

  recall();
  show();
  reveal();
})();
