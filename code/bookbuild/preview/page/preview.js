// The open page follows the book: it loads again where the author was, and shows what keeps a newer book from being built.
"use strict";
{
  const PLACE = "preview-place";
  const { version } = document.currentScript.dataset;
  let dialog = null;
  let gone = null;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const folds = () => [...document.querySelectorAll("details")];
  const anchors = () => [...document.querySelectorAll("article [id]")];

  // The nearest anchor above the middle of the screen and where it stood: what is added above it moves nothing.
  const leave = () => {
    const above = anchors().filter((each) => each.getBoundingClientRect().top < innerHeight / 2).pop();
    const place = { page: location.pathname, y: scrollY, open: folds().map((fold) => fold.open) };
    if (above) Object.assign(place, { id: above.id, top: above.getBoundingClientRect().top });
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    location.reload();
  };

  const find = () => {
    const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    sessionStorage.removeItem(PLACE);
    if (place?.page !== location.pathname) return;
    const found = folds();
    if (found.length === place.open.length) found.forEach((fold, number) => { fold.open = place.open[number]; });
    const go = () => {
      const anchor = place.id && document.getElementById(place.id);
      scrollTo({ top: anchor ? scrollY + anchor.getBoundingClientRect().top - place.top : place.y, behavior: "instant" });
    };
    go();
    addEventListener("load", () => document.fonts.ready.then(go), { once: true });
  };

  const show = (problem) => {
    dialog?.remove();
    dialog = null;
    if (!problem) return;
    dialog = element("dialog", "preview-problem", "");
    dialog.append(
      element("h2", "", "Het boek is niet gebouwd"),
      element("p", "place", problem.place),
      element("pre", "", problem.text),
      element("p", "", "Deze melding verdwijnt zodra het boek weer gebouwd is. Escape toont het vorige boek."),
    );
    document.body.append(dialog);
    dialog.showModal();
  };

  const events = new EventSource(new URL("events", document.currentScript.src));
  events.onmessage = ({ data }) => {
    gone?.remove();
    const now = JSON.parse(data);
    if (now.version === version) show(now.problem);
    else leave();
  };
  events.onerror = () => {
    gone?.remove();
    gone = element("p", "preview-gone", "De voorvertoning draait niet: start make serve opnieuw.");
    document.body.append(gone);
  };
  addEventListener("pagehide", () => { events.onerror = null; events.close(); });
  find();
}
