// The whole loop on WebGPU, by a software adapter: slow, so everything is small.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { Loop, launch, visit } from "./browser.mjs";
import { NO_PHOTO, fixture, realPhoto } from "./fixtures.mjs";
import { built, serve } from "./server.mjs";

/** @type {import("./server.mjs").Site} */
let site;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Loop} */
let loop;

before(async () => {
  [site, browser] = await Promise.all([serve(), launch({ gpu: true })]);
  loop = await (await visit(browser, site, { query: "?device=gpu" })).ready();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** With so little training only a push this strong moves the answer. */
const STRONG = { "cw-searches": 1, "cw-steps": 16, "cw-learning-rate": 0.3, "cw-initial-c": 1000 };

test("WebGPU runs, and agreed with the CPU in the start-up test", async (t) => {
  const { kind, phase, reason } = await loop.device();
  assert.deepEqual([kind, phase], ["gpu", "ready"], reason);
  const [, logits = "", gradient = ""] = reason.match(/logits differ by ([\d.e+-]+), the gradient by ([\d.e+-]+?)\.$/) ?? [];
  t.diagnostic(`logits differ by ${logits}, the gradient by ${gradient}`);
  assert.ok(logits !== "" && Number(logits) <= 1e-4, reason);
  assert.ok(gradient !== "" && Number(gradient) <= 1e-3, reason);
  const engines = loop.requests.map(({ url }) => url.replace(site.url, "")).filter((path) => path.startsWith("engine/"));
  assert.deepEqual(engines, [built("engine/gpu.wasm.zst")], "only the chosen engine is fetched");
});

test("training takes steps, pauses and ends", async () => {
  await loop.setAll({ "train-epochs": 1, "train-images-per-epoch": 96, "train-batch-size": 16, "train-learning-rate": 0.004, "train-validation-images": 43 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 2);
  await loop.click("train-pause");
  await loop.reaches("train", "paused", 20_000);
  await loop.click("train-resume");
  await loop.reaches("train", "finished", 60_000);
  assert.deepEqual(await loop.job("train"), { state: "finished", done: 6, share: 1 });
  const accuracy = await loop.number("train-accuracy");
  assert.ok(accuracy >= 0 && accuracy <= 1, `${accuracy}`);
  const losses = await loop.page.evaluate(() => Array.from(document.querySelectorAll('[data-testid="train-table"] tbody tr'), (row) =>
    Number(row.children[3]?.textContent)));
  assert.equal(losses.length, 2);
  assert.ok((losses[1] ?? 9) < (losses[0] ?? 0), `the loss on new signs falls: ${losses}`);
});

test("FGSM and Carlini & Wagner, untargeted and targeted", async () => {
  // Of a photo nobody has named, the network's own answer is what is attacked, so even a poor network can be fooled.
  await loop.choose(fixture("good", "stop.png"));
  await loop.useCrop();
  const { read: label } = await loop.answer();

  const fgsm = await loop.attack("fgsm", { "attack-epsilon": 8 });
  assert.ok(fgsm.linf <= 8 / 255 + 1e-6 && fgsm.linf > 0.99 * 8 / 255, `L∞ ${fgsm.linf}`);
  assert.equal(fgsm.success, fgsm.after !== label);

  const any = await loop.attack("cw", STRONG);
  assert.ok(any.success && any.after !== label && any.l2 > 0 && any.linf <= 1, JSON.stringify(any));
  assert.match(await loop.data("outcome-8bit"), /^(true|false)$/);

  const target = label === 1 ? 2 : 1;
  const chosen = await loop.attack("cw", STRONG, { target });
  assert.ok(chosen.success && chosen.l2 > 0, JSON.stringify(chosen));
  assert.equal(chosen.after, target);
});

test("a purifier is trained, and its picture appears", async () => {
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-batch-size": 32, "purifier-images-per-epoch": 64,
    "purifier-validation-images": 43 });
  const accuracy = await loop.number("purify-accuracy");
  assert.ok(accuracy >= 0 && accuracy <= 1, `${accuracy}`);
  const { purified } = await loop.attack("fgsm", { "attack-epsilon": 8 });
  assert.match(purified, /^\d+$/);
  assert.equal(await loop.data("figure-purified-canvas", "filled"), "true");
});

test("the table fills, by this one engine alone", async () => {
  await loop.set("attack-kind", "pgd");
  await loop.measure({ attacks: ["fgsm", "pgd"], defenses: ["none", "purifier"], knowledge: ["adaptive"] }, { "pgd-steps": 2, "measure-n": 2 });
  for (const row of [0, 1]) {
    for (const column of ["clean", "fgsm", "pgd", "worst"]) {
      const cell = `matrix-${row}-${column}`;
      assert.equal(await loop.number(cell, "n"), 2, cell);
      assert.ok([0, 0.5, 1].includes(await loop.number(cell)), cell);
    }
  }
  /** @type {{ device: string }[]} */
  const records = JSON.parse((await loop.saved("matrix-json")).bytes.toString("utf8"));
  assert.ok(records.every(({ device }) => device === "gpu"));
  const engines = loop.requests.map(({ url }) => url.replace(site.url, "")).filter((path) => path.startsWith("engine/"));
  assert.deepEqual(engines, [built("engine/gpu.wasm.zst")], "no further engine was fetched");
});

test("a real photo is cropped, read and attacked", async (t) => {
  const photo = realPhoto();
  if (!photo) {
    t.skip(NO_PHOTO);
    return;
  }
  await loop.choose(photo);
  await loop.useCrop();
  const { read } = await loop.answer();
  const result = await loop.attack("cw", STRONG);
  assert.ok(result.success && result.l2 > 0, JSON.stringify(result));
  assert.equal(result.before, read);
  assert.notEqual(result.after, read);
});

test("a file that is no picture ends in a sentence", async () => {
  await loop.choose(fixture("bad", "bomb-8192.png"));
  const { words } = await loop.error();
  assert.match(words, /^\p{Lu}.*\.$/u);
  await loop.choose(fixture("good", "stop.png"));
  await loop.until("a good picture after it", () => loop.sees("photo-editor"));
});

test("the visit left nothing on the console and asked nobody else", async () => {
  await loop.close();
});
