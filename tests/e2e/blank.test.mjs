// The page is never empty without a word: whatever keeps its program from coming or running, a sentence says within a few seconds
// what it is and what one can do, in the reader's language.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { WORDS as DE } from "../../www/words/de/fallback.js";
import { WORDS as EN } from "../../www/words/en/fallback.js";
import { launch, until } from "./browser.mjs";
import { DIST, built, serve } from "./server.mjs";

/** @import { Browser, BrowserContext, Frame, Page } from "playwright-core" */
/** @import { Site } from "./server.mjs" */
/** @typedef {keyof typeof EN} Key */

/** As long as somebody waits for a sentence. The sandbox is slow to start a frame of its own. */
const PATIENCE_MS = 5000;
const TABLES = /** @type {const} */ ({ en: EN, de: DE });
/** Without it a context has the language of the machine. */
const LOCALES = { en: "en-GB", de: "de-DE" };

/** @type {Browser} */
let browser;
/** @type {Site} */
let site;
const folder = mkdtempSync(join(tmpdir(), "fool-the-sign-"));
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true });
});

const index = readFileSync(join(DIST, "index.html"), "utf8");
const main = readFileSync(join(DIST, built("main.js")), "utf8");
/** Another program than the one that was built, as if it had been built. @param {string} body @returns {(site: Site) => void} */
const program = (body) => (site) => {
  site.replace.set("", { status: 200, type: "text/html", body: index.replace(/(<script defer [^>]*) integrity="[^"]*"/, "$1") });
  site.replace.set(built("main.js"), { status: 200, type: "text/javascript", body });
};

/** What the page says, once it says something. @param {Page | Frame} page */
async function says(page) {
  const box = page.locator("#fallback");
  return until("a sentence", async () => {
    if (!await box.isVisible().catch(() => false)) return null;
    return { kind: await box.getAttribute("data-value"), words: await box.locator("p").innerText(), actions: await box.locator("button, a").allInnerTexts() };
  }, { timeout: PATIENCE_MS + 3000 });
}
/**
 * Opens an address, and tells what it says in each language.
 * @param {Browser} browser
 * @param {(context: BrowserContext) => Promise<string>} open address
 * @param {(page: Page) => Promise<Page | Frame>} [inside]
 */
async function hear(browser, open, inside = async (page) => page) {
  const heard = [];
  for (const language of /** @type {const} */ (["en", "de"])) {
    const context = await browser.newContext({ locale: LOCALES[language], serviceWorkers: "block" });
    const address = await open(context);
    const page = await context.newPage();
    const from = Date.now();
    await page.goto(address, { waitUntil: "commit" });
    heard.push({ language, ...await says(await inside(page)), ms: Date.now() - from });
    await context.close();
  }
  return heard;
}
/** @param {Awaited<ReturnType<typeof hear>>} heard @param {string} kind @param {Key | null} action @param {string} [detail] */
function isSaid(heard, kind, action, detail = "") {
  for (const { language, kind: said, words, actions, ms } of heard) {
    assert.equal(said, kind);
    assert.equal(words, TABLES[language][/** @type {Key} */ (`fallback.${kind}`)].replace("{0}", detail), language);
    assert.deepEqual(actions, action ? [TABLES[language][action]] : [], language);
    assert.ok(ms < PATIENCE_MS + 500, `${ms} ms`);
  }
}

/** @type {[what: string, kind: string, prepare: (site: Site) => void][]} */
const SCRIPTS = [
  ["is not there any more", "gone", (site) => site.replace.set(built("main.js"), { status: 404, type: "text/plain", body: "404" })],
  ["has one byte more than what was built", "altered", (site) => site.replace.set(built("main.js"),
    { status: 200, type: "text/javascript", body: `${main} ` })],
  ["is a page of a filter", "altered", (site) => site.replace.set(built("main.js"), { status: 200, type: "text/html", body: "<p>Blocked by your school." })],
  ["uses what the browser has not learned yet", "old", program("class Later { static { # } }")],
];
for (const [what, kind, prepare] of SCRIPTS) {
  test(`a program that ${what}: a sentence says so`, async () => {
    const host = await serve();
    prepare(host);
    isSaid(await hear(browser, async () => host.url), kind, kind === "old" ? null : "fallback.reload");
    const asked = host.log.filter(({ path }) => path === "").length;
    assert.ok(asked <= (kind === "old" ? 2 : 6), `${asked} requests for the page: it is tried once more, and not for ever`);
    await host.close();
  });
}

test("a program that no connection brings: a sentence says so", async () => {
  isSaid(await hear(browser, async (context) => {
    await context.route("**/main-*.js", (route) => route.abort());
    return site.url;
  }), "unreachable", "fallback.reload");
});

test("a program that stops before there is a page: its own words are told", async () => {
  const host = await serve();
  program('throw new Error("nobody knows why")')(host);
  isSaid(await hear(browser, async () => host.url), "failed", "fallback.reload", "Uncaught Error: nobody knows why");
  await host.close();
});

test("a program that is slow to come: a sentence says so, and goes when it is there", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  /** @type {(() => void)[]} */
  const waiting = [];
  await context.route("**/main-*.js", async (route) => {
    await new Promise((come) => { waiting.push(() => come(undefined)); });
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(`${site.url}?lang=en`, { waitUntil: "commit" });
  assert.equal((await says(page)).words, EN["fallback.slow"]);
  for (const come of waiting) come();
  await until("the page", () => page.locator('html[data-built="true"]').count());
  assert.equal(await page.locator("#fallback").count(), 0);
  await context.close();
});

test("a page that is older than the program on its host is loaded anew by itself, past the cache", async () => {
  const host = await serve();
  const old = "main-0123456789abcdef.js";
  host.replace.set("", { status: 200, type: "text/html", body: index.replace(built("main.js"), old).replace(/(<script defer [^>]*) integrity="[^"]*"/, "$1"),
    seconds: 600 });
  host.replace.set(old, { status: 200, type: "text/javascript", body: "document.documentElement.dataset.began = 'old';" });
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(host.url);
  assert.equal(await page.locator('html[data-began="old"]').count(), 1);
  // A new version is put there; the browser may go on with the page that it has.
  host.replace.clear();
  host.log.length = 0;
  await page.goto("about:blank");
  await page.goto(host.url);
  await until("the new version", () => page.locator('html[data-built="true"]').count());
  // The old program may be asked for twice: by who reads ahead for scripts too.
  const asked = host.log.map(({ path }) => path);
  assert.ok(asked.includes("") && asked.indexOf(old) >= 0 && asked.indexOf(old) < asked.indexOf(""), `the browser did begin with what it had: ${asked}`);
  assert.equal(await page.locator("#fallback").count(), 0);
  await context.close();
  await host.close();
});

/** Before anything of the page: what such a browser is like. @type {[what: string, kind: string, init: () => unknown][]} */
const BROWSERS = [
  ["runs no WebAssembly", "no-wasm", () => Reflect.deleteProperty(globalThis, "WebAssembly")],
  ["has WebAssembly without SIMD", "no-simd", () => { WebAssembly.validate = () => false; }],
  ["starts no workers", "no-worker", () => Reflect.deleteProperty(globalThis, "Worker")],
];
for (const [what, kind, init] of BROWSERS) {
  test(`a browser that ${what}: a sentence says so, no engine is tried, and what needs none is there`, async () => {
    isSaid(await hear(browser, async (context) => {
      await context.addInitScript(init);
      return `${site.url}#glossary`;
    }), kind, null);
    const context = await browser.newContext({ locale: "en-GB", serviceWorkers: "block" });
    await context.addInitScript(init);
    const page = await context.newPage();
    /** @type {string[]} */
    const fetched = [];
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto(`${site.url}#glossary`);
    await until("the glossary", () => page.locator("#glossary-title").isVisible());
    const chip = page.locator('[data-testid="device-chip"]');
    await until("that there is no engine", async () => await chip.getAttribute("data-phase") === "stopped");
    const words = EN[/** @type {Key} */ (`fallback.${kind}`)];
    assert.equal(await page.locator("#fallback p").innerText(), words);
    assert.deepEqual(fetched.filter((url) => url.includes("/engine/")), []);
    assert.equal(await page.locator('[data-testid="crash"]').isVisible(), false, "nothing has crashed, and trying again is no use");
    await context.close();
  });
}

for (const [kind, flag] of [["no-wasm", "--jitless"], ["no-simd", "--no-enable-ssse3"]]) {
  test(`a browser that is made so, and not only pretends to (${flag})`, async () => {
    const other = await launch({ flags: [`--js-flags=${flag}`] });
    try {
      isSaid(await hear(other, async () => site.url), kind ?? "", null);
    } finally {
      await other.close();
    }
  });
}

test("a frame that keeps the page from itself: a sentence, and a way out", async () => {
  const host = await serve();
  host.replace.set("frame.html", { status: 200, type: "text/html",
    body: '<!doctype html><title>A course</title><iframe sandbox="allow-scripts allow-popups" src="index.html" width="900" height="700"></iframe>' });
  isSaid(await hear(browser, async () => `${host.url}frame.html`, (page) => until("the frame", () => page.frames()[1] ?? null)), "framed", "fallback.own-tab");
  await host.close();
});

test("the single file needs nothing from its address: even in such a frame it runs, and says that nothing is kept", async () => {
  const host = await serve();
  const frame = '<!doctype html><title>A course</title><iframe sandbox="allow-scripts" src="fool-the-sign.html?device=cpu" width="900" height="700"></iframe>';
  host.replace.set("frame.html", { status: 200, type: "text/html", body: frame });
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(`${host.url}frame.html`);
  const inside = await until("the frame", () => page.frames()[1] ?? null);
  await until("the first picture", async () => await inside.locator('[data-testid="subject-canvas"]').getAttribute("data-filled").catch(() => "") === "true");
  assert.equal(await inside.locator("#fallback").count(), 0);
  assert.equal(await inside.locator('[data-testid="crash"]').isVisible(), false);
  assert.match(await inside.locator('[data-testid="not-saved"]').innerText(), /does not let this page store anything/);
  await context.close();
  await host.close();
});

test("a single file that was cut off: a sentence says so", async () => {
  const whole = readFileSync(join(DIST, "fool-the-sign.html"), "utf8");
  for (const [name, share] of /** @type {const} */ ([["half", 0.5], ["almost", 0.999]])) {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, whole.slice(0, Math.floor(whole.length * share)));
    isSaid(await hear(browser, async () => pathToFileURL(file).href), "cut", null);
  }
});

test("without JavaScript the page says that it is a program, in both languages", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.url);
  const words = await page.locator("noscript p").allInnerTexts();
  assert.equal(words.length, 2);
  assert.match(words.join(" "), /needs JavaScript and WebAssembly.*braucht JavaScript und WebAssembly/);
  for (const one of await page.locator("noscript p").all()) assert.ok(await one.isVisible());
  await context.close();
});

test("an address that skips to the page, or is none of its places, shows a place; so does a reload there", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  for (const hash of ["#main", "#nowhere", "", "#attack"]) {
    await page.goto("about:blank");
    await page.goto(`${site.url}?device=cpu${hash}`);
    for (const again of [false, true]) {
      if (again) await page.reload();
      await until(`a place at ${hash || "no address"}`, async () => await page.locator(".place:visible").count() === 1
        && await page.locator(".place:visible h1").count() === 1);
      assert.equal(await page.locator(".place:visible").getAttribute("data-place"), hash === "#attack" ? "attack" : "start");
    }
  }
  // The link itself is for the keyboard: it moves the focus, and stays where one is.
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await until("the focus", () => page.evaluate(() => document.activeElement?.id === "main"));
  assert.equal(await page.locator(".place:visible").getAttribute("data-place"), "attack");
  await page.reload();
  await until("a place", async () => await page.locator(".place:visible").count() === 1);
  await context.close();
});
