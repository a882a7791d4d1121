// The single file, opened from a folder with nothing else in it and without a network, as from a stick or an attachment.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, letThrough, visit } from "./browser.mjs";
import { firefox, launchFirefox } from "./firefox.mjs";
import { fixture } from "./fixtures.mjs";
import { wholeLoop } from "./remote.mjs";
import { DIST } from "./server.mjs";

/** @import { Loop } from "./browser.mjs" */
const folder = mkdtempSync(join(tmpdir(), "fool-the-sign-"));
const file = join(folder, "copy of fool-the-sign (1).html");
cpSync(join(DIST, "fool-the-sign.html"), file);
/** @type {import("./server.mjs").Site} */
const stick = { url: pathToFileURL(file).href, origin: "null", log: [], replace: new Map(), close: async () => {} };
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch({ gpu: true });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** @param {string} query */
async function open(query) {
  const loop = await visit(browser, stick, { query });
  await loop.context.setOffline(true);
  return loop.ready();
}
/** Only the file itself, and what is inside it. @param {Loop} loop */
async function close(loop) {
  const others = loop.requests.map(({ url }) => url).filter((url) => !url.startsWith(stick.url) && !/^(blob:null|blob:file|data:)/.test(url));
  assert.deepEqual(others, []);
  await loop.close();
}

test("the single file has a policy that lets nothing in or out but what is inside it", () => {
  const html = readFileSync(file, "utf8");
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  assert.deepEqual(policy.replace(/'sha256-[\w+/=]+'/g, "HASH").split("; "), [
    "default-src 'none'", "script-src HASH HASH 'wasm-unsafe-eval'", "require-trusted-types-for 'script'", "trusted-types engine", "worker-src blob:",
    "img-src blob: data:", "style-src HASH", "base-uri 'none'", "form-action 'none'",
  ]);
  assert.ok(html.length < 25e6, `${html.length} bytes`);
});

test("opened from a file, it trusts no script but its own worker's", async () => {
  const loop = await open("?device=cpu");
  assert.deepEqual(await letThrough(loop.page), []);
  await loop.context.close();
});

test("opened from a file, the CPU does the whole loop, and the work outlives a reload", async (t) => {
  const from = Date.now();
  const loop = await open("?device=cpu");
  t.diagnostic(`the first picture ${((Date.now() - from) / 1000).toFixed(2)} s after it was opened`);
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  const drawn = await loop.page.evaluate(() => Array.from(document.querySelectorAll("img"), ({ src, naturalWidth }) => ({ inside: src.startsWith("data:"),
    naturalWidth })));
  assert.ok(drawn.filter(({ inside, naturalWidth }) => inside && naturalWidth > 0).length >= 43, "the drawings are inside");
  await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 1000, "train-validation-images": 43 });
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  await loop.attack("cw", { "cw-searches": 1, "cw-steps": 20 });
  await loop.choose(fixture("good", "stop.png"));
  await loop.useCrop();
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  await loop.measure({ attacks: ["fgsm"], defenses: ["none", "purifier"] }, { "measure-n": 2 });
  await loop.set("measure-engines", "2");
  await loop.run("curve", { "curve-n": 64, "curve-attack": "fgsm" });
  assert.doesNotMatch((await loop.at("matrix-detail").textContent()) ?? "", /stopped/, "further engines start from the file too");
  assert.match((await loop.at("offline-state").textContent()) ?? "", /contains everything/);
  await loop.unfold("shelf-summary");
  const { bytes } = await loop.saved("shelf-save");
  await loop.until("the model is kept", async () => await loop.page.locator('[data-testid="kept-row"]').count() === 2);
  await loop.page.goto(stick.url);
  await loop.ready();
  assert.equal(await loop.shown("attack-epsilon"), "8", "the settings too, which the address of a file need not hold");
  await loop.unfold("shelf-summary");
  assert.ok(Buffer.from((await loop.saved("shelf-save")).bytes).toString("hex") === Buffer.from(bytes).toString("hex"), "the same weights");
  await close(loop);
});

test("opened from a file, WebGPU trains, attacks and purifies", async (t) => {
  const loop = await open("?device=gpu");
  const { kind, reason } = await loop.device();
  assert.equal(kind, "gpu");
  t.diagnostic(reason);
  await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 16, "train-batch-size": 16, "train-validation-images": 43 });
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 16, "purifier-batch-size": 16,
    "purifier-validation-images": 43 });
  const result = await loop.attack("fgsm", { "attack-epsilon": 8 });
  assert.ok(result.linf > 0 && result.purified !== "", JSON.stringify(result));
  await close(loop);
});

test("opened from a file in Firefox, the CPU trains, attacks, purifies and measures, and the work outlives a reload", async (t) => {
  const executable = firefox();
  if (!executable) {
    t.skip("no Firefox: install it, or name it in FIREFOX");
    return;
  }
  const page = await launchFirefox(executable);
  try {
    await wholeLoop(page, stick.url, t);
  } finally {
    await page.close();
  }
});
