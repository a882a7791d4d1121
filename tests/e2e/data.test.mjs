// Data sets that a person brings: the official archives, Kaggle's, a folder of one's own, and files that mean harm.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { before } from "node:test";
import { Loop, visit } from "./browser.mjs";
import { NO_ARCHIVES, badArchives, sampleArchives } from "./fixtures.mjs";
import { browser, site } from "./stage.mjs";

/** @type {Loop} */
let loop;

before(async () => {
  loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
});

/** Opens files by the chooser, as the button does. @param {string | string[]} paths @param {"archives" | "folder"} [how] */
async function open(paths, how = "archives") {
  await loop.at(`data-${how}`).setInputFiles(paths);
}
/** @param {string} wanted */
const isThere = (wanted) => loop.until(`the data set ${wanted}`, async () =>
  await loop.page.locator('[data-view="dataset"]').getAttribute("data-value") === wanted);

/** A folder of three colours, 30 pictures each, one of them damaged. */
function flags() {
  const root = join(mkdtempSync(join(tmpdir(), "flags-")), "Flags");
  const colours = /** @type {const} */ ({ Red: [220, 30, 30], Green: [30, 200, 40], "Blue <b>": [20, 40, 230] });
  for (const [colour, rgb] of Object.entries(colours)) {
    mkdirSync(join(root, colour), { recursive: true });
    for (let i = 0; i < 30; i += 1) {
      const pixels = Buffer.from(Array.from({ length: 20 * 24 * 3 }, (_, at) => Math.max(0, Math.min(255, (rgb[at % 3] ?? 0) + i - (at % 11)))));
      writeFileSync(join(root, colour, `${i}.ppm`), Buffer.concat([Buffer.from("P6\n20 24\n255\n"), pixels]));
    }
  }
  writeFileSync(join(root, "Red", "damaged.png"), "no picture");
  return root;
}

test("GTSRB's own archives are read, split by track, and shown", { skip: NO_ARCHIVES }, async () => {
  await open(sampleArchives("official"));
  await isThere("GTSRB");
  assert.match((await loop.at("data-name").textContent()) ?? "", /^GTSRB: \d+ pictures of 43 classes\.$/);
  for (const split of ["train", "validation", "test"]) {
    assert.match((await loop.at(`data-${split}`).textContent()) ?? "", /^\d+ for (training|validation|testing), of \d+ signs$/);
  }
  await loop.unfoldTable("data-counts");
  assert.equal(await loop.at("data-counts").locator("tbody tr").count(), 43);
  await loop.until("its examples", async () => await loop.number("gallery") > 0);
  assert.deepEqual(await loop.errors(), []);
});

test("Kaggle's archive gives the same pictures, whatever it is called", { skip: NO_ARCHIVES }, async () => {
  const before = await loop.at("data-counts").textContent();
  const [archive = ""] = sampleArchives("kaggle");
  await loop.at("data-archives").setInputFiles({ name: "holiday.bin.zip", mimeType: "", buffer: readFileSync(archive) });
  await loop.until("the data set is read again", async () => (await loop.job("data")).state === "finished");
  await isThere("GTSRB");
  assert.equal(await loop.at("data-counts").textContent(), before);
});

test("a network of the page is made again from the archive: an epoch is each of its pictures once", { skip: NO_ARCHIVES }, async () => {
  const pictures = /^\d+/.exec((await loop.at("data-train").textContent()) ?? "")?.[0];
  await loop.go("train");
  await loop.unfold("preset-classifier-more");
  await (await loop.reveal("preset-classifier")).selectOption("lenet");
  await loop.click("preset-classifier-go");
  await loop.until("a fresh network", async () => await loop.data("shelf-table") === "my lenet");
  const field = async (/** @type {string} */ name) => (await loop.reveal(`set-train-${name}`)).inputValue();
  assert.deepEqual([await field("images-per-epoch"), await field("epochs"), await field("drawn")], [pictures, "30", "0.25"]);
  await loop.go("data");
});

test("a folder of one's own: other classes, learned, picked and attacked by name", async () => {
  const root = flags();
  await open(root, "folder");
  await isThere("Flags");
  assert.equal((await loop.at("data-name").textContent()) ?? "", "Flags: 90 pictures of 3 classes.");
  await loop.unfold("data-skipped-more");
  assert.match((await loop.at("data-skipped").textContent()) ?? "", /damaged\.png/);
  await loop.run("train", { "train-epochs": 6, "train-batch-size": 8, "train-images-per-epoch": 64, "train-validation-images": 43 });
  await loop.until("a picture of the data set that is read right", async () => (await loop.answer()).label === (await loop.answer()).read);
  const named = await loop.at("subject-name").textContent();
  assert.ok(["Blue <b>", "Green", "Red"].includes(named ?? ""), String(named));
  assert.ok(await loop.at("legend").isHidden(), "there are no drawings of these classes");
  await loop.go("start");
  assert.deepEqual([await loop.sees("start-own"), await loop.sees("start-go")], [true, false], "no stop sign is offered");
  await loop.click("start-own-data");
  await loop.at("class-select").selectOption({ label: "Green" });
  await loop.until("a green one", async () => await loop.at("subject-name").textContent() === "Green");
  const { after, before } = await loop.attack("fgsm", { "attack-epsilon": 128 });
  assert.ok(before < 3 && after < 3);
  assert.deepEqual(await loop.errors(), []);
  rmSync(join(root, ".."), { recursive: true });
});

test("archives that mean harm end in a sentence, and what was there stays", async () => {
  const before = await loop.at("data-name").textContent();
  for (const path of badArchives()) {
    await open(path);
    // Two may end in the same sentence, so there is nothing to wait for but that nothing runs.
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    await loop.until("the end", async () => (await loop.job("data")).state !== "running");
    const { words, place } = await loop.error();
    assert.equal(place, "data", path);
    assert.match(words, /^\p{Lu}.{15,400}\.$/u);
    assert.doesNotMatch(words, /undefined|panicked|RuntimeError|\[object/);
    assert.ok(await loop.at("crash").isHidden(), path);
    assert.equal(await loop.at("data-name").textContent(), before, path);
  }
});

test("an archive can be dropped anywhere on the page", { skip: NO_ARCHIVES }, async () => {
  const [archive = ""] = sampleArchives("kaggle");
  await loop.give("drop", { name: "archive.zip", bytes: readFileSync(archive), type: "application/zip" });
  await isThere("GTSRB");
  await loop.click("data-back");
  await isThere("generated");
  await loop.until("a drawn sign", async () => await loop.number("subject-name") >= 0);
});

test("wherever an archive is dropped or pasted that cannot be read, or cannot be read now, one is taken to the sentence", async () => {
  const bad = badArchives().filter((path) => /cut-off|no-pictures|one-class/.test(path));
  const message = loop.page.locator('[data-testid="error-message"][data-place="data"]').filter({ visible: true }).first();
  const given = bad.flatMap((path) => (/** @type {const} */ (["drop", "paste"])).map((how) => ({ path, how })));
  for (const [i, { path, how }] of given.entries()) {
    const place = ["start", "attack", "lesson", "measure"][i % 4] ?? "start";
    await loop.go(place);
    await loop.give(how, { name: "archive.zip", bytes: readFileSync(path), type: "application/zip" });
    await loop.until(`a sentence on the screen: ${path}, ${how} at ${place}`, async () =>
      await loop.page.evaluate(() => location.hash) === "#data" && await message.isVisible());
    assert.match(await message.textContent() ?? "", /^\p{Lu}.{15,400}\.$/u);
  }
  await loop.setAll({ "train-epochs": 100 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 1);
  await loop.give("drop", { name: "archive.zip", bytes: readFileSync(bad[0] ?? ""), type: "application/zip" });
  await loop.until("it is said that something runs", async () => /^Something is running/.test(await message.textContent() ?? "") && await message.isVisible());
  await loop.click("train-cancel");
  await loop.reaches("train", "cancelled");
});

test("a data set that is kept is there at the next visit, and can be deleted", async () => {
  const root = flags();
  await open(root, "folder");
  await isThere("Flags");
  await loop.click("data-keep");
  await loop.until("it is kept", async () => /Saved in this browser/.test((await loop.at("data-said").textContent()) ?? ""));
  const counts = await loop.at("data-counts").textContent();
  await loop.page.reload();
  await loop.ready();
  await loop.go("data");
  await loop.click("data-again");
  await isThere("Flags");
  assert.equal(await loop.at("data-counts").textContent(), counts);
  rmSync(join(root, ".."), { recursive: true });
  await loop.go("train");
  await loop.unfold("kept-summary");
  const row = loop.page.locator('[data-testid="kept-row"][data-kind="data"]');
  assert.ok(Number(await row.getAttribute("data-size")) > 100_000);
  const { name, bytes } = await loop.saved("kept-export");
  await row.locator('[data-testid="kept-delete"]').click();
  await loop.click("confirm-yes");
  await loop.until("it is gone", async () => await row.count() === 0);
  assert.equal(await loop.at("data-again").count(), 0);
  // It is part of the one file that everything goes into.
  await loop.at("kept-import").setInputFiles({ name, mimeType: "application/zip", buffer: bytes });
  await loop.until("it is back", async () => await row.count() === 1);
  await loop.go("data");
  await loop.click("data-back");
  await isThere("generated");
  await loop.click("data-again");
  await isThere("Flags");
});

test("the visit left nothing on the console and asked nobody else", async () => {
  await loop.close();
});
