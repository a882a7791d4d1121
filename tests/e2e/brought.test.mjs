// Data sets and other files as people bring them: what the page says of each is what the command line says; small ones are measured whole;
// large ones show a sign of life at once, and can be given up at once.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { zipSync } from "fflate";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Loop } from "./browser.mjs" */
/** @typedef {Record<string, Uint8Array>} Files by their paths */

const folder = mkdtempSync(join(tmpdir(), "brought-"));
after(() => {
  rmSync(folder, { recursive: true });
});

const CLI = process.env["FOOL_THE_SIGN"] ?? "";
const NO_CLI = CLI !== "" && existsSync(CLI) ? false : "no command line: the gate builds it, and names it in FOOL_THE_SIGN";

/** A picture of a number, 9 × 7; no two numbers are alike. @param {number} number */
function picture(number) {
  const pixels = Buffer.alloc(9 * 7 * 3, 90);
  // In the middle: a picture is cut to a square.
  for (let bit = 0; bit < 16; bit += 1) pixels.set(number >> bit & 1 ? [250, 250, 250] : [10, 10, 10], 3 * ((1 + (bit >> 2)) * 9 + 2 + (bit & 3)));
  return Buffer.concat([Buffer.from("P6\n9 7\n255\n"), pixels]);
}
/** Pictures of three classes below a folder. @param {string} root @param {number} n @param {number} [first] number that no other call uses @returns {Files} */
const classes = (root, n, first = 0) => Object.fromEntries(["left", "stop", "yield"].flatMap((name, which) =>
  Array.from({ length: n }, (_, i) => [`${root}${name}/${i}.ppm`, picture(first + which * n + i)])));
const words = (/** @type {string} */ text) => Buffer.from(text, "latin1");
const HEIC = words("\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on");
/** @param {Files} files */
const zip = (files) => zipSync(files, { level: 0 });

const composed = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`a/${i % 2 ? "\u00dcberholverbot" : "U\u0308berholverbot"}/${i}.ppm`, picture(i)]));
const numbered = Object.fromEntries(Array.from({ length: 86 }, (_, i) => [`Train/${i % 43}/${i}.ppm`, picture(i)]));
const kaggle = {
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`Train/${i % 2}/0000${i % 2}_000${String(i).padStart(2, "0")}_00000.ppm`, picture(i)])),
  "Train.csv": words(`Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\n${Array.from({ length: 12 }, (_, i) =>
    `1,1,8,6,${i % 2},C:\\data\\Train\\${i % 2}\\0000${i % 2}_000${String(i).padStart(2, "0")}_00000.ppm\n`).join("")}`),
};

/**
 * Files of the benchmark as its authors pack it: a picture and a line of its table for each.
 * @param {string} folder @param {string} table @param {number[]} looks @param {number[]} labels @param {(i: number) => string} name @returns {Files}
 */
const official = (folder, table, looks, labels, name) => ({
  ...Object.fromEntries(looks.map((look, i) => [`${folder}/${name(i)}`, picture(look)])),
  [table]: words(`Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n${labels.map((label, i) => `${name(i)};9;7;1;1;8;6;${label}\r\n`).join("")}`),
});
const five = (/** @type {number} */ i) => String(i).padStart(5, "0");
const training = Object.assign({}, ...[0, 1].map((label) => official(`GTSRB/Final_Training/Images/${five(label)}`,
  `GTSRB/Final_Training/Images/${five(label)}/GT-${five(label)}.csv`, Array.from({ length: 6 }, (_, i) => label * 100 + i), Array(6).fill(label),
  (i) => `${five(i)}_00000.ppm`)));

/** What people open, archives or other files. @type {Record<string, Files>} */
const TABLE = {
  "folders of classes": { "signs.zip": zip(classes("signs/", 8)) },
  "no folder around them": { "my signs.zip": zip(classes("", 8)) },
  "splits by other words": { "cats.zip": zip({ ...classes("training_set/training_set/", 8), ...classes("test_set/test_set/", 4, 100) }) },
  "splits, and a folder beside them": { "k.zip": zip({ ...classes("Train/", 8), ...classes("Test/", 4, 100), "Meta/x/0.ppm": picture(300) }) },
  "two archives that are splits": { "train.zip": zip(classes("", 8)), "test.zip": zip(classes("", 4, 100)) },
  "packed on a Mac": { "mac.zip": zip({ ...classes("d/", 8), "__MACOSX/d/left/._0.ppm": words("ghost"), "d/.DS_Store": words("ghost") }) },
  "copies in both splits": { "leak.zip": zip({ ...classes("d/train/", 8), ...classes("d/test/", 4, 100), "d/test/left/copy.ppm": picture(0) }) },
  "a picture under two classes": { "two.zip": zip({ ...classes("d/train/", 8), ...classes("d/test/", 4, 100), "d/test/left/stop.ppm": picture(104) }) },
  "HEIC and SVG among them": {
    "photos.zip": zip({ ...classes("d/", 8), "d/left/IMG_1.HEIC": HEIC, "d/left/IMG_2.HEIC": HEIC, "d/stop/a.svg": words("<svg/>") }),
  },
  "one that is damaged": { "d.zip": zip({ ...classes("d/", 8), "d/left/damaged.png": words("no picture") }) },
  "umlauts from a Mac and from Windows": { "u.zip": zip({ ...composed, "a/Stop/1.ppm": picture(50), "a/Stop/2.ppm": picture(51) }) },
  "43 numbers without tables": { "gtsrb.zip": zip(numbered) },
  "Kaggle's tables, from Windows": { "archive.zip": zip(kaggle) },
  // The training set has them all: two of the three are told as copies.
  "GTSRB's online test set": { "GTSRB-Training_fixed.zip": zip(training), "GTSRB_Online-Test-Images-Sorted.zip": zip(official("GTSRB/Online-Test/Images",
    "GT-Online-Test.csv", [0, 101, 220], [0, 1, 1], (i) => `${five(i)}.ppm`)) },
  "one class": { "one.zip": zip(Object.fromEntries(Object.entries(classes("d/", 4)).filter(([path]) => path.includes("stop")))) },
  "no picture at all": { "docs.zip": zip({ "README.md": words("words"), "a/b.txt": words("words") }) },
  "cut off": { "cut.zip": zip(classes("d/", 4)).slice(0, 300) },
  "arrays of NumPy": { "x.npz": zip({ "x.npy": words("\x93NUMPY"), "y.npy": words("\x93NUMPY") }) },
  "Udacity's pickles": { "traffic-signs-data.zip": zip({ "train.p": words("\x80\x03"), "valid.p": words("\x80\x03"), "test.p": words("\x80\x03") }) },
  "a pickle": { "train.p": words("\x80\x03}q\0") },
  "weights of Keras": { "net.h5": words("\x89HDF\r\n\x1a\n....") },
  "weights of PyTorch": { "net.pth": zip({ "net/data.pkl": words(""), "net/data/0": words("") }) },
  "a network in ONNX": { "net.onnx": words("\x08\x08\x12\x07pytorch") },
  "Teachable Machine's": { "model.zip": zip({ "model.json": words("{}"), "weights.bin": words("1"), "metadata.json": words("{}") }) },
  "7z": { "a.7z": words("7z\xbc\xaf\x27\x1c\0\x04") },
  "RAR": { "a.rar": words("Rar!\x1a\x07\x01\0") },
  "tar": { "a.tar.gz": words("\x1f\x8b\x08\0\0\0\0\0") },
  "a page that asks for a login": { "data.zip": words("<!DOCTYPE html><title>Sign in</title>") },
};

/** What the command line says. @param {Files} files */
function byCommandLine(files) {
  const place = mkdtempSync(join(folder, "cli-"));
  const paths = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(place, name), bytes);
    return join(place, name);
  });
  const { status, stderr } = spawnSync(CLI, ["data", "--data", ...paths, "--split", "train", "--n", "1", "--out", join(place, "out")],
    { encoding: "utf8" });
  return { fine: status === 0, said: stderr.replaceAll(`${place}/`, "") };
}
/** What the page says. @param {Loop} loop @param {string} what @param {Files} files */
async function byPage(loop, what, files) {
  await loop.page.evaluate(() => { location.hash = "data"; });
  const progress = loop.at("data-progress");
  const before = await progress.getAttribute("data-started");
  await loop.at("data-archives").setInputFiles(Object.entries(files).map(([name, bytes]) => ({ name, mimeType: "", buffer: Buffer.from(bytes) })));
  await loop.until(`${what}: it begins, or is refused`, async () => await progress.getAttribute("data-started") !== before || (await loop.errors()).length > 0);
  await loop.until(`${what}: it ends`, async () => (await loop.job("data")).state !== "running");
  const [error] = await loop.errors();
  const texts = async (/** @type {string} */ selector) => (await loop.page.locator(selector).allTextContents()).map((text) => text.trim());
  return { error: error?.words ?? null, name: await loop.at("data-name").textContent() ?? "", notes: await texts('[data-testid="data-notes"] li'),
    skipped: await texts('[data-testid="data-skipped"] li') };
}

test("whatever people open, the page says of it what the command line says", { skip: NO_CLI }, async (t) => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en" })).ready();
  for (const [what, files] of Object.entries(TABLE)) {
    const { fine, said } = byCommandLine(files);
    const { error, name, notes, skipped } = await byPage(loop, what, files);
    t.diagnostic(`${what}: ${error ?? [name, ...notes].join(" ")}`);
    assert.equal(error === null, fine, `${what}: the page: ${error ?? name}; the command line: ${said}`);
    if (error !== null) {
      assert.ok(said.includes(error), `${what}: the page: ${error}; the command line: ${said}`);
      await loop.page.reload();
      await loop.ready();
      continue;
    }
    const [, set, used, classes] = /^(.*): ([\d,]+) pictures of ([\d,]+) classes\.$/.exec(name) ?? [];
    assert.ok(said.includes(`${set}: ${used} pictures of ${classes} classes`), `${what}: the page: ${name}; the command line: ${said}`);
    for (const note of notes) assert.ok(said.includes(note), `${what}: only the page says: ${note}`);
    for (const one of skipped) assert.ok(said.includes(one.split(" ")[0] ?? ""), `${what}: only the page skips: ${one}`);
    const lines = said.split("\n").filter((line) => /^\p{Lu}.*\.$/u.test(line));
    for (const line of lines) assert.ok(notes.includes(line), `${what}: only the command line says: ${line}`);
  }
  await loop.close();
});

test("a small data set of one's own is measured with the page's own defaults, whole, and the page says so", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en&attacks=fgsm&defences=none&attackers=adaptive" })).ready();
  await loop.at("data-archives").setInputFiles({ name: "three.zip", mimeType: "", buffer: Buffer.from(zip(classes("signs/", 20))) });
  await loop.until("it is open", async () => /^signs: 60/.test(await loop.at("data-name").textContent() ?? ""));
  await loop.go("train");
  await loop.run("train", { "train-epochs": 1, "train-batch-size": 16, "train-images-per-epoch": 48 });
  for (const [prefix, note] of /** @type {const} */ ([["matrix", "matrix-note"], ["curve", "curve-note"], ["check", "check-note"]])) {
    await loop.run(prefix, {}, 120_000);
    await loop.until(`what ${prefix} says`, async () => /There are \d+ test images: all that is there is taken, where 64 were asked for\./
      .test(await loop.at(note).textContent() ?? ""), 5000).catch(async (error) => {
      throw new Error(`${error.message} ${await loop.at(note).textContent()} ${JSON.stringify(await loop.errors())}`);
    });
    assert.deepEqual(await loop.errors(), []);
  }
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 32, "purifier-validation-images": 16 }, 120_000);
  await loop.run("roc", {}, 120_000);
  await loop.until("what roc says", async () =>
    /There are \d+ validation images: all that is there is taken/.test(await loop.at("roc-note").textContent() ?? ""));
  assert.deepEqual(await loop.errors(), []);
  assert.match(await loop.at("matrix-parameters").textContent() ?? "", /^n = (?!64)\d+ signs/);
  // The lesson's own training and table, with these pictures.
  await loop.go("lesson");
  await loop.click("lesson-tab-8");
  await loop.page.locator('input[name="lesson-training"]').first().check();
  await loop.click("lesson-training-do");
  await loop.until("the step is revealed", () => loop.at("lesson-training-reveal").isVisible(), 180_000);
  assert.deepEqual(await loop.errors(), []);
  await loop.close();
});

test("where a data set has no images to test on, those to choose by are offered, and a press measures on them", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en&attacks=fgsm&defences=none&attackers=adaptive&testshare=0" })).ready();
  await loop.at("data-archives").setInputFiles({ name: "two.zip", mimeType: "", buffer: Buffer.from(zip(classes("signs/", 12))) });
  await loop.until("it is open", async () => /^signs: 36/.test(await loop.at("data-name").textContent() ?? ""));
  await loop.go("train");
  await loop.run("train", { "train-epochs": 1, "train-batch-size": 16, "train-images-per-epoch": 24 });
  await loop.go("measure");
  await loop.start("matrix");
  await loop.until("the offer", () => loop.at("matrix-instead").isVisible());
  await loop.click("matrix-instead");
  await loop.until("the table", async () => await loop.data("matrix", "state") === "done", 60_000);
  assert.equal(await loop.shown("measure-split"), "validation");
  assert.deepEqual(await loop.errors(), []);
  assert.match(await loop.at("matrix-note").textContent() ?? "", /There are \d+ validation images: all that is there/);
  await loop.close();
});

/** In the gate a fifth of what is promised: to make so many takes minutes on a busy machine. */
const MANY = process.env["MANY_FILES"] ? 100_000 : 20_000;
/** Notes how long the page was busy at most, and when it showed that it looks through a folder, after that was dropped. */
const BUSY = () => {
  const tasks = /** @type {number[]} */ ([]);
  Object.assign(globalThis, { tasks, dropped: 0, alive: 0 });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
  addEventListener("drop", () => Object.assign(globalThis, { dropped: performance.now(), alive: 0 }), true);
  new MutationObserver(() => {
    const beside = /** @type {Beside} */ (globalThis);
    if (beside.alive === 0 && document.querySelector('[data-testid="data-gather-stop"]:not([hidden])')) beside.alive = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
};
/** What the largest process of the browser takes, in MB; 0 where the system does not say. */
async function memory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    const status = `/proc/${id}/status`;
    return existsSync(status) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) / 1000 : 0;
  });
  await session.detach();
  return Math.round(Math.max(0, ...sizes));
}
/** @param {Loop} loop */
const longest = (loop) => loop.page.evaluate(() => Math.max(0, .../** @type {Beside} */ (globalThis).tasks.splice(0)));
/** As a file manager does. @param {Loop} loop @param {string} path */
async function drag(loop, path) {
  const session = await loop.context.newCDPSession(loop.page);
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data: { items: [], files: [path], dragOperationsMask: 1 } });
  }
}
/**
 * Presses a button, and gives how long it takes until something is shown. By the page's clock: how soon a busy machine's browser answers the
 * test is another question.
 * @param {Loop} loop @param {string} button @param {string} shown selector
 */
async function press(loop, button, shown) {
  const took = loop.page.evaluate((shown) => new Promise((done) => {
    let from = Infinity;
    addEventListener("click", ({ timeStamp }) => { from = timeStamp; }, { capture: true, once: true });
    const look = () => {
      if (performance.now() > from && document.querySelector(shown)) done(Math.round(performance.now() - from));
      else requestAnimationFrame(look);
    };
    look();
  }), shown);
  await loop.click(button);
  return Number(await took);
}
/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const from = Date.now();
  await work();
  return Date.now() - from;
}

test("a folder of many files that is dropped shows a sign of life at once, the page answers, and it can be given up", async (t) => {
  const root = join(folder, "many");
  for (let which = 0; which < 40; which += 1) {
    mkdirSync(join(root, String(which)), { recursive: true });
    for (let i = 0; i < MANY / 40; i += 1) writeFileSync(join(root, String(which), `${i}.ppm`), picture(which * 100 + i % 100));
  }
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#start", init: [BUSY] })).ready();
  const detail = async () => (await loop.at("data-detail").textContent()) ?? "";
  await longest(loop);
  await drag(loop, root);
  await loop.until("a sign of life", async () => await loop.at("data-gather-stop").isVisible() && /Searching the folder/.test(await detail()));
  const life = await loop.page.evaluate(() => Math.round(/** @type {Beside} */ (globalThis).alive - /** @type {Beside} */ (globalThis).dropped));
  assert.ok(life >= 0 && life < 2000, `${life} ms`);
  await loop.until("it finds files", async () => /[1-9]\d* files/.test((await detail()).replaceAll(",", "")));
  const stopped = await press(loop, "data-gather-stop", '[data-testid="data-gather-stop"][hidden]');
  assert.ok(stopped < 1000, `${stopped} ms`);
  await drag(loop, root);
  const gathered = await timed(() => loop.until("it reads", async () => (await loop.job("data")).done > 100, 200_000));
  const busy = await longest(loop);
  const cancelled = await press(loop, "data-cancel", '[data-testid="data-progress"][data-state="cancelled"]');
  t.diagnostic(`${MANY} files in a folder: a sign of life after ${life} ms, given up after ${stopped} ms, reading after ${gathered} ms, cancelled after `
    + `${cancelled} ms, at most ${busy} ms without an answer, ${await memory()} MB`);
  assert.ok(cancelled < 2000, `${cancelled} ms`);
  assert.ok(busy < 1500, `${busy} ms`);
  await loop.close();
});

test("so does an archive of many files, packed on a Mac with a ghost for each", async (t) => {
  const files = Object.fromEntries(Array.from({ length: MANY }, (_, i) => [
    [`d/${i % 40}/${i}.ppm`, picture(i % 4000)], [`__MACOSX/d/${i % 40}/._${i}.ppm`, words("ghost")],
  ]).flat());
  const path = join(folder, "many.zip");
  writeFileSync(path, zip(/** @type {Files} */ (files)));
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#data", init: [BUSY] })).ready();
  await longest(loop);
  await loop.at("data-archives").setInputFiles(path);
  const life = await timed(() => loop.until("a sign of life", async () => (await loop.job("data")).state === "running", 10_000));
  const read = await timed(() => loop.until("it reads", async () => (await loop.job("data")).done > 100, 60_000));
  assert.ok(life < 2000, `${life} ms`);
  const cancelled = await press(loop, "data-cancel", '[data-testid="data-progress"][data-state="cancelled"]');
  const busy = await longest(loop);
  t.diagnostic(`${MANY} files in an archive: a sign of life after ${life} ms, reading after ${read} ms, cancelled after ${cancelled} ms, at most ${busy} ms `
    + `without an answer, ${await memory()} MB`);
  assert.ok(cancelled < 2000, `${cancelled} ms`);
  assert.ok(busy < 500, `${busy} ms`);
  await loop.close();
});

test("one file that cannot be opened keeps no other from being read, and is named", async () => {
  const root = join(folder, "partly");
  for (const [path, bytes] of Object.entries(classes("", 8))) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  symlinkSync(join(root, "nowhere.ppm"), join(root, "stop", "gone.ppm"));
  writeFileSync(join(root, "stop", "two\nlines.ppm"), picture(500));
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#attack" })).ready();
  await drag(loop, root);
  await loop.until("it is open", async () => /^partly: 2[45] pictures of 3 classes/.test(await loop.at("data-name").textContent() ?? ""));
  assert.deepEqual(await loop.errors(), []);
  await loop.close();
});

test("two data sets without a folder around them are called after their files, and kept beside one another", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#data" })).ready();
  for (const name of ["signs", "flags"]) {
    await loop.at("data-archives").setInputFiles({ name: `${name}.zip`, mimeType: "", buffer: Buffer.from(zip(classes("", 8, name === "signs" ? 0 : 50))) });
    await loop.until(name, async () => (await loop.at("data-name").textContent() ?? "").startsWith(`${name}: 24`));
    await loop.click("data-keep");
    await loop.until("it is kept", async () => /Saved in this browser/.test(await loop.at("data-said").textContent() ?? ""));
  }
  await loop.page.reload();
  await loop.ready();
  await loop.until("both", async () => await loop.at("data-again").count() === 2);
  await loop.close();
});
