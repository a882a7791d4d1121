// Sizes of the forms in which the page is used, and how long each takes to its first classified picture. For the README.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { visit } from "./browser.mjs";
import { DIST, built } from "./server.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { Site } from "./server.mjs" */
/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

const ROUNDS = 5;
const SINGLE = "fool-the-sign.html";

/** Notes when the network's first answer is on the page. Runs before the page's own scripts. */
const NOTE = () => new MutationObserver((_, observer) => {
  if (document.querySelector('[data-testid="subject-canvas"]')?.getAttribute("data-filled") !== "true") return;
  Object.assign(globalThis, { firstPicture: performance.now() });
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-filled"] });

/** What a host sends: text compressed, the rest as it is, because the build has packed it. @param {string[]} paths @returns {Size} */
function weigh(paths) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const path of new Set(paths)) {
    const bytes = readFileSync(join(DIST, path || "index.html"));
    const text = /^$|\.(html|js|css|svg|webmanifest)$/.test(path);
    sum.raw += bytes.length;
    sum.gzip += text ? gzipSync(bytes, { level: 6 }).length : bytes.length;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    sum.brotli += text ? brotliCompressSync(bytes, { params }).length : bytes.length;
  }
  return sum;
}

/** @param {string} folder @returns {string[]} every file below it */
const all = (folder) => readdirSync(join(DIST, folder), { withFileTypes: true }).flatMap((entry) => {
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  return entry.isDirectory() ? all(path) : [path];
});

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** @param {Browser} browser @param {Site} site @returns {Promise<{ sizes: Record<string, Size>, seconds: Record<string, number> }>} */
export async function measureForms(browser, site) {
  /** @type {Record<string, number[]>} */
  const times = { cold: [], paint: [], cached: [], single: [] };
  /** @param {Page} page @param {string} name */
  const note = async (page, name) => {
    const [picture = NaN, paint = NaN] = await page.evaluate(() => [/** @type {Beside} */ (globalThis).firstPicture,
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime]);
    times[name]?.push(picture / 1000);
    if (name === "cold") times["paint"]?.push(paint / 1000);
  };
  /** @type {string[]} */
  let first = [];
  // The first round warms the machine's own caches and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    site.log.length = 0;
    const loop = await (await visit(browser, site, { init: [NOTE], offline: true })).ready();
    first = site.log.map(({ path }) => path).filter((path) => path !== "favicon.ico");
    if (round > 0) await note(loop.page, "cold");
    await loop.until("the copy", async () => await loop.data("offline-state") === "kept");
    await loop.page.reload();
    await loop.ready();
    if (round > 0) await note(loop.page, "cached");
    await loop.context.close();

    const stick = { ...site, url: pathToFileURL(join(DIST, SINGLE)).href };
    const single = await (await visit(browser, stick, { init: [NOTE] })).ready();
    if (round > 0) await note(single.page, "single");
    await single.context.close();
  }
  return {
    sizes: {
      first: weigh(first), cpu: weigh([built("engine/cpu.wasm.zst")]), gpu: weigh([built("engine/gpu.wasm.zst")]),
      folder: weigh(all("").filter((path) => path !== SINGLE)), single: weigh([SINGLE]),
    },
    seconds: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)])),
  };
}
