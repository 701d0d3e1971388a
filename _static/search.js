// What Sphinx's searchtools.js expects of its doctools.js, which evaluates text as code: the page's policy forbids that.
const DUTCH = {
  "Searching": "Zoeken",
  "Preparing search...": "De zoekopdracht wordt voorbereid…",
  "Search Results": "Gevonden",
  "Search finished, found ${resultCount} page(s) matching the search query.": "Aantal gevonden plaatsen: ${resultCount}.",
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    "Niets gevonden. Probeer een ander of een korter woord.",
};
const Documentation = { gettext: (text) => DUTCH[text] ?? text };
const _ = Documentation.gettext;
const SPHINX_HIGHLIGHT_ENABLED = false;
const _ready = (callback) => document.addEventListener("DOMContentLoaded", callback);

// What was found is announced once, not every excerpt of it.
_ready(() => {
  const results = document.getElementById("search-results");
  new MutationObserver(() => results.querySelector(".search-summary")?.setAttribute("role", "status")).observe(results, { childList: true });
});
