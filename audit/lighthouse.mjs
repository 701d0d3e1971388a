// Measures pages with Lighthouse as on a phone; one line of JSON per address on standard output.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

const chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: FLAGS, logLevel: "silent" });
try {
  for (const url of process.argv.slice(2)) {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, output: [], logLevel: "silent" });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const short = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${id} (${lhr.audits[id].displayValue ?? lhr.audits[id].title})`);
    console.log(
      JSON.stringify({
        url,
        scores: CATEGORIES.map((name) => Math.round(100 * lhr.categories[name].score)),
        bytes: lhr.audits["network-requests"].details.items.reduce((sum, item) => sum + item.transferSize, 0),
        short,
      }),
    );
  }
} finally {
  chrome.kill();
}
