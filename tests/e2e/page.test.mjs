// What holds for the page as a whole: its policy, its addresses, and that a keyboard is enough.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { letThrough, visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { DIST, built, serve } from "./server.mjs";
import { SCHEMA } from "../../www/state/schema.js";
import { browser, site } from "./stage.mjs";

/** A training that takes a moment only. */
const SHORT = "?device=cpu&epochs=1&images=64&batch=64&val=43";
const CPU = "?device=cpu";

test("a strict policy is in the page, and it holds in the page and in its worker", async () => {
  const elsewhere = await serve();
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  const policy = await loop.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content") ?? "";
  const rules = new Map(policy.split(";").map((rule) => { const [name = "", ...values] = rule.trim().split(/\s+/); return [name, values.join(" ")]; }));
  assert.equal(rules.get("default-src"), "'none'");
  assert.match(rules.get("script-src") ?? "", /^'self' 'sha256-[\w+/=]+' 'wasm-unsafe-eval'$/);
  assert.equal(rules.get("require-trusted-types-for"), "'script'");
  assert.equal(rules.get("trusted-types"), "engine");
  assert.deepEqual(await letThrough(loop.page), []);
  assert.equal(rules.get("connect-src"), "'self'");
  assert.equal(rules.get("style-src"), "'self'");
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);

  const tried = await loop.page.evaluate(async (url) => {
    /** @type {Record<string, unknown>} */
    const out = {};
    out["fetch"] = await fetch(url).then(() => "went through", () => "refused");
    out["upload"] = await fetch(url, { method: "POST", body: "pixels", mode: "no-cors" }).then(() => "went through", () => "refused");
    out["image"] = await new Promise((done) => {
      const image = new Image();
      image.onload = () => done("went through");
      image.onerror = () => done("refused");
      image.src = `${url}icon.png`;
    });
    return out;
  }, elsewhere.url);
  assert.deepEqual(tried, { fetch: "refused", upload: "refused", image: "refused" });
  const [worker] = loop.page.workers();
  assert.equal(await worker?.evaluate((url) => fetch(url).then(() => "went through", () => "refused"), elsewhere.url), "refused",
    "the worker has the policy of the page");
  assert.deepEqual(elsewhere.log, []);
  await loop.context.close();
  await elsewhere.close();
});

test("every address in the build is relative", () => {
  const index = readFileSync(join(DIST, "index.html"), "utf8");
  const addresses = Array.from(index.matchAll(/\b(?:src|href)="([^"]*)"/g), ([, address = ""]) => address);
  assert.ok(addresses.length >= 6);
  assert.deepEqual(addresses.filter((address) => /^([a-z]+:|\/)/i.test(address)), []);
  assert.doesNotMatch(readFileSync(join(DIST, built("style.css")), "utf8"), /url\(\s*['"]?(\/|https?:)|@import/);
  // The namespace of the SVGs is no address, and the reports of the libraries name the pages that explain them.
  const scripts = readFileSync(join(DIST, built("main.js")), "utf8") + readFileSync(join(DIST, "sw.js"), "utf8");
  assert.deepEqual((scripts.match(/(?:fetch|import|importScripts|Worker|WebSocket|EventSource)\(\s*["'`](?:https?:|\/)[^)]{0,80}/g) ?? []), []);
});

test("what the page loads is hashed, and the browser checks the hashes", async () => {
  const index = readFileSync(join(DIST, "index.html"), "utf8");
  const loaded = Array.from(index.matchAll(/<(?:script|link rel="stylesheet")[^>]* (?:src|href)=[^>]*>/g), ([tag]) => tag);
  assert.equal(loaded.length, 2);
  for (const tag of loaded) assert.match(tag, /-[0-9a-f]{16}\.(js|css)" integrity="sha384-[\w+/]{64}"/);
  // A host that hands out another script than the one that was built.
  const changed = await serve();
  changed.replace.set(built("main.js"), { status: 200, type: "text/javascript", body: "document.documentElement.dataset.built = 'by somebody else';" });
  const loop = await visit(browser, changed, { allow: [/integrity/] });
  // The page is loaded anew once by itself, past every cache; then it says what it is.
  await loop.until("the sentence", async () => await loop.at("fallback").getAttribute("data-value") === "altered");
  assert.equal(loop.refusals, 2);
  assert.equal(await loop.page.locator("html").getAttribute("data-built"), null);
  await loop.context.close();
  await changed.close();
});

test("the page works at the root of a host, and from the address of its file", async () => {
  const root = await serve({ path: "/" });
  for (const query of [CPU, `index.html${CPU}`]) {
    const loop = await (await visit(browser, root, { query })).ready();
    await loop.close();
  }
  await root.close();
});

test("once loaded, it needs no network", async () => {
  const loop = await (await visit(browser, site, { query: SHORT })).ready();
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  await loop.context.setOffline(true);
  const before = loop.requests.length;
  await loop.run("train");
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  await loop.choose(fixture("good", "stop.png"));
  await loop.useCrop();
  const later = loop.requests.slice(before).filter(({ url }) => !/\/signs\/\d\d\.svg$|\/icon-\w+\.svg$/.test(url) && !/^(blob|data):/.test(url));
  assert.deepEqual(later, []);
  await loop.context.setOffline(false);
  await loop.context.close();
});

test("a setting out of range becomes the nearest allowed one, with a sentence", async () => {
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  for (const [key, given, taken] of /** @type {[string, string, string][]} */ ([
    ["train-epochs", "0", "1"], ["train-epochs", "1000000", "1000"], ["train-batch-size", "-3", "1"], ["train-learning-rate", "7", "1"],
    ["train-images-per-epoch", "0", "1"], ["measure-n", "1e9", "100000"], ["train-validation-images", "100.6", "101"],
  ])) {
    await loop.set(key, given);
    assert.equal(await loop.shown(key), taken, `${key} = ${given}`);
    const note = loop.page.locator(".field", { has: loop.at(`set-${key}`) }).locator(".field-note");
    assert.match((await note.textContent()) ?? "", /nearest allowed value \(.+ to .+\)\.$/, `${key} = ${given}`);
  }
  await loop.set("train-epochs", "");
  assert.match(await loop.shown("train-epochs"), /^\d+$/);
  assert.match((await loop.page.locator(".field", { has: loop.at("set-train-epochs") }).locator(".field-note").textContent()) ?? "", /not a number/);
  // The batch cannot be larger than an epoch: the engine has the last word, in a sentence.
  await loop.setAll({ "train-images-per-epoch": 64, "train-batch-size": 512 });
  await loop.start("train");
  const { words, place } = await loop.error();
  assert.equal(place, "train");
  assert.match(words, /^\p{Lu}.*\.$/u);
  await loop.run("train", { "train-batch-size": 64, "train-epochs": 1, "train-validation-images": 43 });
  assert.deepEqual(await loop.errors(), []);
  await loop.close();
});

test("a link restores settings, adjusts those out of range with a note, and ignores the rest", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&sign=17&batch=32&epochs=4000&kappa=abc&goal=world-peace&unknown=%3Cb%3E" })).ready();
  assert.equal(await loop.number("subject-name"), 17);
  assert.equal(await loop.shown("train-batch-size"), "32");
  assert.equal(await loop.shown("train-epochs"), "1000");
  const notes = await loop.at("link-notes").locator("li").allTextContents();
  assert.equal(notes.length, 4, "one for each that was adjusted, and one for what is unknown");
  for (const note of notes) assert.match(note, /^\p{Lu}.*\.$/u);
  await loop.click("link-notes-close");
  await loop.until("it closes", () => loop.lacks("link-notes"));
  await loop.set("train-batch-size", 16);
  await loop.until("the address follows", () => loop.page.url().includes("batch=16"));
  await loop.close();

  const long = await (await visit(browser, site, { query: `${CPU}&epochs=3&x=${"y".repeat(5000)}` })).ready();
  assert.match((await long.at("link-notes").textContent()) ?? "", /4 kB/);
  await long.close();
});

test("the keyboard alone trains, picks, attacks", async () => {
  const loop = await (await visit(browser, site, { query: SHORT })).ready();
  const { keyboard } = loop.page;
  const focused = () => loop.page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.dataset["testid"] ?? "");
  /** @param {string} testid */
  async function tabTo(testid) {
    for (let presses = 0; presses < 120; presses += 1) {
      if (await focused() === testid) return;
      await keyboard.press("Tab");
    }
    assert.fail(`${testid} is not reached by Tab`);
  }

  await tabTo("nav-data");
  await keyboard.press("Enter");
  await tabTo("legend-14");
  await keyboard.press("ArrowRight");
  assert.equal(await focused(), "legend-15");
  await keyboard.press("ArrowLeft");
  await keyboard.press("ArrowDown");
  assert.match(await focused(), /^legend-(1[6-9]|[2-4]\d)$/);
  await keyboard.press("End");
  assert.equal(await focused(), "legend-42");
  await keyboard.press("Home");
  assert.equal(await focused(), "legend-0");
  await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await loop.until("sign 1", async () => await loop.number("subject-name") === 1);
  assert.equal(await focused(), "legend-1", "the focus stays");

  await loop.go("train");
  await tabTo("train-start");
  const outline = await loop.at("train-start").evaluate((element) => getComputedStyle(element).outlineStyle);
  assert.notEqual(outline, "none", "the focus can be seen");
  await keyboard.press("Enter");
  await loop.reaches("train", "finished");
  await loop.until("the focus is back on the start button", async () => await focused() === "train-start");

  await loop.go("attack");
  await tabTo("set-attack-kind");
  await keyboard.press("ArrowDown");
  assert.equal(await loop.shown("attack-kind"), "bim");
  await tabTo("goal-untargeted");
  await keyboard.press("ArrowRight");
  assert.ok(await loop.at("goal-targeted").isChecked());
  await keyboard.press("ArrowLeft");
  await tabTo("attack-run");
  await keyboard.press("Space");
  await loop.until("the outcome", async () => await loop.page.locator(".outcome").getAttribute("data-state") === "done");
  await loop.close();
});

/** Settings whose control is no plain field: where it is instead. `show` is a wish of a link's. @type {Record<string, string>} */
const ELSEWHERE = {
  "device": "device-select", "sign.class": "legend-0", "goal.kind": "goal-targeted", "goal.class": "target-class", "matrix.attacks": "matrix-attacks",
  "matrix.defenses": "matrix-defenses", "matrix.knowledge": "matrix-knowledge", "teach.hide": "teach-hide", "show": "subject-canvas",
};

test("every setting that a link can hold has a control", async () => {
  const loop = await (await visit(browser, site)).ready();
  await loop.page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  await loop.click("settings-open");
  await loop.frames();
  const there = new Set(await loop.page.evaluate(() => Array.from(document.querySelectorAll("[data-testid]"), (element) =>
    element.getAttribute("data-testid"))));
  // A field that is in the page a second time has a word before its name.
  const name = (/** @type {string} */ key) => `set-${key.replaceAll(".", "-").replaceAll("_", "-")}`;
  const twice = (/** @type {string} */ key) => ["check-", "matrix-", "defend-"].some((again) => there.has(`${again}${name(key)}`));
  const missing = Object.keys(SCHEMA).filter((key) => !there.has(ELSEWHERE[key] ?? name(key)) && !twice(key));
  assert.deepEqual(missing, []);
  await loop.close();
});
