// What every page does beyond reading. Without it the page is complete.
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

// Light or dark: the button names what a press will bring.
const button = document.getElementById("thema");
const isDark = () => (root.dataset.theme === "auto" ? systemDark.matches : root.dataset.theme === "dark");
const dress = () => {
  button.textContent = isDark() ? "Licht" : "Donker";
  button.setAttribute("aria-label", isDark() ? "Licht scherm" : "Donker scherm");
  const media = { auto: "(prefers-color-scheme: dark)", dark: "all", light: "not all" }[root.dataset.theme];
  for (const source of document.querySelectorAll("source.theme-dark")) source.media = media;
};
button.hidden = false;
button.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Not kept, but changed for this page.
  }
  dress();
});
systemDark.addEventListener("change", dress);
dress();

// Code can be copied with one press.
for (const block of navigator.clipboard ? document.querySelectorAll("div.highlight > pre") : []) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = "Kopieer";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent.trim());
    copy.textContent = "Gekopieerd";
    setTimeout(() => (copy.textContent = "Kopieer"), 2000);
  });
  block.parentElement.prepend(copy);
}

// Paper is light: a figure not fetched yet comes light, one that came for a dark screen is turned over (print.css).
addEventListener("beforeprint", () => {
  for (const image of document.querySelectorAll("figure img")) {
    const drawnDark = image.currentSrc.endsWith(".dark.svg");
    image.classList.toggle("drawn-dark", drawnDark);
    if (!drawnDark) for (const source of image.parentElement.querySelectorAll("source")) source.media = "not all";
  }
});
addEventListener("afterprint", dress);
