// After one visit everything works without a network, and an update never mixes versions.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { launch, letThrough, visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { DIST, built, serve } from "./server.mjs";
import { repack } from "./repack.mjs";

const SHORT = { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 };

test("after one visit it opens and works without a network: training, attack, purifier, photo, measuring; WebGPU too", async (t) => {
  const site = await serve();
  const browser = await launch({ gpu: true });
  t.after(() => browser.close());
  const loop = await (await visit(browser, site, { query: "?device=cpu", offline: true })).ready();
  const before = new Set(site.log.map(({ path }) => path));
  assert.ok(!before.has(built("engine/gpu.wasm.zst")), "nothing is fetched ahead before the first picture");
  const from = Date.now();
  await loop.until("the copy", async () => await loop.data("offline-state") === "kept", 30_000);
  t.diagnostic(`kept ${((Date.now() - from) / 1000).toFixed(1)} s after the first picture`);

  // The host is gone, and the browser has no network.
  await site.close();
  await loop.context.setOffline(true);
  loop.requests.length = 0;
  await loop.page.reload();
  await loop.ready();
  await loop.run("train", SHORT);
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  await loop.choose(fixture("good", "stop.png"));
  await loop.useCrop();
  await loop.measure({ attacks: ["fgsm"] }, { "measure-n": 2 });
  // Another address of the same page, and the engine that this visit has never used.
  await loop.page.goto(`${site.url}index.html?device=gpu`);
  await loop.ready(60_000);
  assert.equal((await loop.device()).kind, "gpu");
  assert.equal(await loop.data("subject-verdict", "trained"), "true", "with the model that was kept");
  assert.deepEqual(await letThrough(loop.page), [], "the policy is that of the page on its host");
  await loop.context.close();
});

test("an update waits until it is wanted, and then all of it is new", async (t) => {
  // The same page with one more sentence: one changed file.
  const folder = mkdtempSync(join(tmpdir(), "fool-the-sign-"));
  cpSync(DIST, folder, { recursive: true });
  const next = repack(folder, (main) => `${main}\ndocument.documentElement.dataset.version = "B";`);
  assert.notEqual(next, built("main.js"));

  const site = await serve();
  const browser = await launch();
  t.after(() => browser.close());
  t.after(() => rmSync(folder, { recursive: true }));
  const loop = await (await visit(browser, site, { query: "?device=cpu", offline: true, allow: [/Failed to load resource/] })).ready();
  const version = () => loop.page.evaluate(() => document.documentElement.dataset["version"] ?? "A");
  const scripts = () => loop.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.split("/").at(-1) ?? "")
    .filter((name) => /^(main|style)-/.test(name)).sort());
  await loop.until("the copy", async () => await loop.data("offline-state") === "kept");
  await loop.run("train", SHORT);

  // Half an update: the host has the new service worker and page, but not yet its script. Nothing changes.
  const fresh = (/** @type {string} */ path, type = "text/javascript") =>
    site.replace.set(path, { status: 200, type, body: readFileSync(join(folder, path || "index.html")) });
  fresh("sw.js");
  fresh("", "text/html");
  await loop.page.reload();
  await loop.ready();
  await loop.until("it has been asked for", () => site.log.some(({ path }) => path === next), 20_000);
  await new Promise((done) => { setTimeout(done, 500); });
  assert.equal(await version(), "A");
  assert.ok(await loop.at("update").isHidden());
  assert.deepEqual(await scripts(), [built("main.js"), built("style.css")]);

  // The rest arrives. The old version stays until a person says so, also over a reload.
  fresh(next);
  site.log.length = 0;
  for (const _ of [1, 2]) {
    await loop.page.reload();
    await loop.ready();
    assert.equal(await version(), "A");
    await loop.until("the notice", () => loop.at("update").isVisible(), 20_000);
  }
  assert.deepEqual(await scripts(), [built("main.js"), built("style.css")]);
  assert.ok(!site.log.some(({ path }) => path.startsWith("engine/")), "what has not changed is not fetched again");
  await loop.click("update-use");
  await loop.until("the new version", async () => await version().catch(() => "") === "B", 20_000);
  await loop.ready();
  assert.deepEqual(await scripts(), [next, built("style.css")]);
  assert.equal(await loop.data("subject-verdict", "trained"), "true", "the model has come along");
  await loop.until("no notice", () => loop.at("update").isHidden());
  const caches = await loop.page.evaluate(async () => (await globalThis.caches.keys()).length);
  assert.equal(caches, 1, "the old copy is gone");

  await site.close();
  await loop.context.setOffline(true);
  await loop.page.reload();
  await loop.ready();
  assert.equal(await version(), "B");
  await loop.context.close();
});
