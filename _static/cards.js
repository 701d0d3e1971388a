// A number's card: it shows while the pointer or the keyboard's focus is on the number, and a press moves the focus into
// it. Without this script a number is a link to its row in the ledger.
(() => {
  const WAIT = 300; // milliseconds before a card shows, and before it goes once the pointer has left
  const GAP = 4; // pixels between number and card
  const EDGE = 8; // pixels between card and window
  let shown = null;
  let timer = 0;
  let returning = false;

  const cardOf = (link) => document.getElementById(`card-${decodeURIComponent(link.hash.slice(1))}`);
  const isEntered = () => shown !== null && shown.card.contains(document.activeElement);

  const place = () => {
    if (!shown) return;
    const { link, card } = shown;
    Object.assign(card.style, { left: "0", top: "0", maxHeight: "" });
    const number = link.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const below = window.innerHeight - number.bottom - GAP - EDGE;
    const above = number.top - GAP - EDGE;
    const isBelow = box.height <= below || below >= above;
    const height = Math.min(box.height, Math.max(isBelow ? below : above, 120));
    const left = Math.max(EDGE, Math.min(number.left, document.documentElement.clientWidth - box.width - EDGE));
    const top = isBelow ? number.bottom + GAP : number.top - GAP - height;
    Object.assign(card.style, { left: `${left - box.left}px`, top: `${top - box.top}px`, maxHeight: `${height}px` });
  };

  const close = (options) => {
    clearTimeout(timer);
    if (!shown) return;
    const { link, card } = shown;
    const wasEntered = isEntered();
    shown = null;
    card.hidden = true;
    link.setAttribute("aria-expanded", "false");
    if (wasEntered) {
      returning = true; // the focus that comes back must not open the card again
      link.focus(options);
      returning = false;
    }
  };

  const open = (link) => {
    clearTimeout(timer);
    if (shown?.link === link) return;
    close();
    shown = { link, card: cardOf(link) };
    shown.card.hidden = false;
    link.setAttribute("aria-expanded", "true");
    place();
  };

  const enter = (link) => {
    open(link);
    shown.card.focus({ preventScroll: true });
    shown.card.scrollTop = 0;
  };

  const soon = (action) => {
    clearTimeout(timer);
    timer = setTimeout(action, WAIT);
  };
  const leave = () => {
    if (!shown) clearTimeout(timer);
    else if (!isEntered() && document.activeElement !== shown.link) soon(() => close());
  };

  const prepareLink = (link) => {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !isEntered()) soon(() => open(link));
    });
    link.addEventListener("pointerleave", leave);
    link.addEventListener("focus", () => {
      if (!returning && link.matches(":focus-visible")) open(link);
    });
    link.addEventListener("blur", (event) => {
      if (shown?.link === link && !shown.card.contains(event.relatedTarget)) close();
    });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      enter(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      enter(link);
    });
  };

  // The cards stand at the end of the page: Tab leads from a card's last link to what follows its number.
  const leaveByTab = (event, card) => {
    const links = [...card.querySelectorAll("a, button")];
    const active = document.activeElement;
    if (event.shiftKey && (active === card || active === links[0])) {
      event.preventDefault();
      close();
    } else if (!event.shiftKey && active === links.at(-1)) {
      close();
    }
  };

  const prepareCard = (card) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Sluiten";
    button.addEventListener("click", () => close());
    card.lastElementChild.append(" ", button);
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", leave);
    card.addEventListener("keydown", (event) => {
      if (event.key === "Tab") leaveByTab(event, card);
    });
  };

  for (const link of document.querySelectorAll("a.number")) if (cardOf(link)) prepareLink(link);
  for (const card of document.querySelectorAll(".card")) prepareCard(card);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !shown.card.contains(event.target) && !shown.link.contains(event.target)) close({ preventScroll: true });
  });
  addEventListener("resize", place);
})();
