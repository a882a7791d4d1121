// The folder as any host would serve it, and over plain http in a classroom: what it loads, from where, and how much.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { launch, visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { DIST, built, serve } from "./server.mjs";

/** @import { Loop } from "./browser.mjs" */
/** @type {import("./server.mjs").Site} */
let site;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  [site, browser] = await Promise.all([serve({ path: "/a folder/of any name/" }), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const SHORT = { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 };
const MB = 1e6;

/** Everything that one can do, once. @param {Loop} loop */
async function wholeLoop(loop) {
  await loop.run("train", SHORT);
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  await loop.choose(fixture("good", "stop.png"));
  await loop.useCrop();
  await loop.measure({ attacks: ["fgsm"], defenses: ["none", "purifier"] }, { "measure-n": 2 });
  await loop.unfold("shelf-summary");
  await loop.saved("shelf-save");
  await loop.unfold("kept-summary");
  await loop.saved("kept-export");
}

test("before the first interaction at most 1.5 MB are fetched, compressed as GitHub Pages does it, and never the GPU engine", async (t) => {
  const loop = await (await visit(browser, site, { shipped: true })).ready();
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  const paths = [...new Set(site.log.map(({ path }) => path))].filter((path) => path !== "favicon.ico");
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const path of paths) {
    const bytes = readFileSync(join(DIST, path || "index.html"));
    // Weights and packed engines go as they are: a host compresses text.
    const text = /^$|\.(html|js|css|svg|webmanifest)$/.test(path);
    sum.raw += bytes.length;
    sum.gzip += text ? gzipSync(bytes, { level: 6 }).length : bytes.length;
    sum.brotli += text ? brotliCompressSync(bytes).length : bytes.length;
  }
  t.diagnostic(`${paths.join(" ")}: ${JSON.stringify(sum)}`);
  assert.ok(paths.includes(built("engine/cpu.wasm.zst")) && paths.includes(built("main.js")), String(paths));
  assert.deepEqual(paths.filter((path) => path.startsWith("engine/gpu")), []);
  const shipped = existsSync(join(DIST, "weights"));
  assert.equal(paths.filter((path) => path.startsWith("weights/")).length, shipped ? 1 : 0,
    "one trained network at the start, the others when they are needed");
  assert.equal(await loop.data("subject-verdict", "trained"), String(shipped));
  assert.ok(sum.gzip <= 1.5 * MB, `${sum.gzip} bytes`);
  assert.ok(readFileSync(join(DIST, built("engine/gpu.wasm.zst"))).length <= 4 * MB);
  assert.ok(readFileSync(join(DIST, "fool-the-sign.html")).length <= 25 * MB);
  await loop.close();
});

test("further trained networks are fetched when they are asked for", async () => {
  const loop = await (await visit(browser, site, { shipped: true })).ready();
  const asked = () => loop.requests.filter(({ url }) => url.includes("/weights/")).length;
  assert.equal(asked(), 1);
  await loop.go("train");
  await loop.unfold("shelf-summary");
  await loop.click("shelf-add-lenet-at");
  await loop.until("it is on the shelf", async () => await loop.data("shelf-table") === "lenet-at");
  assert.equal(asked(), 2);
  assert.equal(await loop.at("shelf-add-lenet-at").count(), 0);
  await loop.close();
});

test("a purifier that comes with the page goes to the selected network", async () => {
  const loop = await (await visit(browser, site, { shipped: true })).ready();
  await loop.go("train");
  await loop.unfold("shelf-summary");
  await loop.click("shelf-add-purifier");
  await loop.until("lenet has it", async () => await loop.at("shelf-save-purifier").isEnabled());
  assert.equal(await loop.data("shelf-table"), "lenet");
  const outcome = await loop.attack("fgsm", {});
  assert.equal(outcome.before, 14);
  assert.ok(Number(outcome.purified) >= 0, "the attacked picture, purified, is read as something");
  await loop.close();
});

test("a network that comes with the page can be made again: its settings, from fresh weights or from its own", async () => {
  const loop = await (await visit(browser, site, { shipped: true })).ready();
  await loop.go("train");
  await loop.unfold("preset-classifier-more");
  const choose = async (/** @type {string} */ name) => (await loop.reveal("preset-classifier")).selectOption(name);
  await choose("signnet-drawn");
  await loop.click("preset-classifier-go");
  await loop.until("a fresh network", async () => await loop.data("shelf-table") === "my signnet-drawn");
  for (const [field, value] of Object.entries({ "train-epochs": "3", "train-images-per-epoch": "90000", "train-batch-size": "64",
    "train-learning-rate": "0.0015", "recipe-kind": "standard" })) {
    assert.equal(await (await loop.reveal(`set-${field}`)).inputValue(), value, field);
  }
  await choose("lenet-at");
  assert.equal(await (await loop.reveal("preset-classifier-begin")).inputValue(), "lenet", "what it was made from");
  await loop.click("preset-classifier-go");
  await loop.until("lenet's weights", async () => await loop.data("shelf-table") === "my lenet-at");
  assert.equal(await (await loop.reveal("set-recipe-epsilon")).inputValue(), "10");
  // Without a data set the number of signs is the page's own.
  assert.equal(await (await loop.reveal("set-train-images-per-epoch")).inputValue(), "4300");
  await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 64, "train-batch-size": 32, "train-validation-images": 43 });
  assert.ok(await loop.number("train-accuracy") > 0.8, "it began with lenet's weights");
  const models = await loop.data("shelf-table", "models");
  const accuracy = await loop.number("train-accuracy");
  await loop.unfold("shelf-summary");
  await loop.at("shelf-name").fill("hardened");
  await loop.click("shelf-rename");
  await loop.until("the new name", async () => await loop.data("shelf-table") === "hardened" && await loop.data("shelf-table", "models") === models);
  assert.equal(await loop.number("train-accuracy"), accuracy, "what is known of it stays");
  await loop.close();
});

test("what the networks of this page reach on photos is there: the story, the picture, every figure", async () => {
  const loop = await (await visit(browser, site, { shipped: true })).ready();
  await loop.go("measure");
  await loop.unfold("results-more");
  await loop.until("the records", async () => await loop.at("results-story").count() === 1);
  const figure = (/** @type {string} */ cell) => loop.number(`results-${cell}`);
  assert.ok(await figure("none-none") > 0.95 && await figure("none-cw") === 0);
  assert.equal(await loop.at("results-story").locator('td[data-known="true"]').count(), 28, "no cell is empty");
  const median = async (/** @type {string} */ row) => Number((await loop.at(`results-${row}-cw`).innerText()).match(/Median L2 ([\d.]+)/)?.[1]);
  assert.ok(await median("at-adaptive") > await median("none"), "nothing stops C&W, but it has farther to go");
  assert.ok(await figure("combined-adaptive-pgd") > await figure("none-pgd"));
  assert.ok(await figure("purifier-oblivious-pgd") > await figure("purifier-adaptive-pgd"), "the lesson");
  assert.ok(await loop.at("results-figure").evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0));
  const records = JSON.parse((await loop.saved("results-json")).bytes.toString("utf8"));
  assert.equal(records.length, JSON.parse(readFileSync("data/results/gtsrb.json", "utf8")).length);
  await loop.close();
});

test("everything that is in the page is named with its licence: libraries, crates, and nothing that only builds or tests it", async () => {
  const text = readFileSync(join(DIST, built("notices.txt")), "utf8");
  const listed = new Map(Array.from(text.slice(0, text.indexOf("-----")).matchAll(/^(\S.*) (\S+): (.+)$/gm), ([, name = "", , licence = ""]) =>
    [name, licence]));
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const name of [...Object.keys(dependencies), "@preact/signals-core"]) assert.ok(listed.has(name), name);
  for (const name of Object.keys(devDependencies)) assert.ok(!listed.has(name), `${name} is not in the page`);
  for (const name of ["burn", "burn-flex", "burn-wgpu", "wgpu", "cubecl-wgpu", "image", "serde", "wasm-bindgen",
    "The Rust standard library"]) assert.ok(listed.has(name), name);
  for (const name of ["proptest", "clap", "criterion", "burn-cuda", "serde_derive"]) assert.ok(!listed.has(name), `${name} is not in the engine`);
  assert.ok(listed.size > 150, `${listed.size} works`);
  const copyrights = text.match(/copyright/gi)?.length ?? 0;
  assert.ok(copyrights > 150 && /Permission is hereby granted/.test(text) && /Apache License/.test(text), "with the texts");

  const loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  await loop.click("licences-open");
  await loop.until("the text", async () => (await loop.at("licences-text").textContent().catch(() => "")) === text);
  await loop.click("licences-close");
  await loop.close();
});

test("the whole loop asks nobody else and sends nothing; the page says so", async (t) => {
  // The service worker and its requests too: the host has recorded them.
  site.log.length = 0;
  const loop = await (await visit(browser, site, { offline: true })).ready();
  await wholeLoop(loop);
  await loop.until("the copy", async () => await loop.data("offline-state") === "kept");
  assert.match((await loop.page.locator('[data-view="start"]').textContent()) ?? "", /Everything is computed on your device; nothing is sent anywhere/);
  t.diagnostic(`${site.log.length} requests, all of them GET, all below ${site.url}`);
  assert.ok(site.log.length > 5 && loop.requests.length > 5);
  for (const { method, path } of site.log) {
    assert.equal(method, "GET");
    assert.ok(path === "" || path === "sw.js" || existsSync(join(DIST, path)), path);
  }
  await loop.close();
});

test("over plain http on a LAN the CPU does the whole loop, and the page says what is missing", async (t) => {
  // A name for this machine that the browser does not take for it, as an address of a LAN is none.
  const classroom = await launch({ gpu: true, hosts: "MAP classroom.test 127.0.0.1" });
  try {
    const elsewhere = { ...site, url: site.url.replace("127.0.0.1", "classroom.test"), origin: site.origin.replace("127.0.0.1", "classroom.test") };
    const loop = await (await visit(classroom, elsewhere, { offline: true })).ready();
    assert.deepEqual(await loop.page.evaluate(() => [isSecureContext, "gpu" in navigator, "serviceWorker" in navigator]), [false, false, false]);
    const { kind, reason } = await loop.device();
    assert.equal(kind, "cpu");
    assert.match(reason, /only on secure addresses/);
    await wholeLoop(loop);
    const copy = (await loop.at("offline-state").textContent()) ?? "";
    assert.match(copy, /^This address \(http, not https\) allows neither WebGPU nor an offline copy.*\.$/);
    t.diagnostic(`${reason} ${copy}`);
    await loop.page.reload();
    await loop.ready();
    assert.equal(await loop.data("subject-verdict", "trained"), "true", "kept work needs no secure address");
    await loop.close();
  } finally {
    await classroom.close();
  }
});

test("it can be installed: a manifest with a name, a start and icons that are there", async () => {
  const loop = await (await visit(browser, site)).ready();
  const debug = await loop.context.newCDPSession(loop.page);
  const { url, errors, data } = await debug.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.ok(url.startsWith(site.url));
  const manifest = JSON.parse(data ?? "");
  assert.equal(manifest.display, "standalone");
  assert.equal(new URL(manifest.start_url, url).href, site.url);
  const sizes = /** @type {{ sizes: string }[]} */ (manifest.icons).map((icon) => icon.sizes);
  for (const size of ["192x192", "512x512"]) assert.ok(sizes.includes(size), size);
  for (const { src, sizes } of manifest.icons) {
    const size = await loop.page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(src, url).href);
    if (sizes !== "any") assert.equal(size, sizes);
  }
  const { installabilityErrors } = await debug.send("Page.getInstallabilityErrors");
  // A window of the tests is one that keeps nothing, in which nothing can be installed.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  await debug.detach();
  await loop.context.close();
});
