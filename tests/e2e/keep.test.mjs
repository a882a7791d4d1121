// Kept work: models and settings outlive a reload and a crash, leave as one file and come back, and a browser that stores nothing
// stops nobody.

import assert from "node:assert/strict";
import test from "node:test";
import { Loop, changedWorker, visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

const CPU = "?device=cpu";
const SHORT = { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 };
const PURIFIER = { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 };

/** What is kept, as the list shows it. @param {Loop} loop @returns {Promise<{ kind: string, name: string, size: number }[]>} */
const kept = (loop) => loop.page.evaluate(() => Array.from(document.querySelectorAll('[data-testid="kept-row"]'), (row) => {
  const { kind = "", value = "", size = "" } = /** @type {HTMLElement} */ (row).dataset;
  return { kind, name: value, size: Number(size) };
}).sort((a, b) => `${a.kind} ${a.name}`.localeCompare(`${b.kind} ${b.name}`)));
/** @param {Loop} loop @param {string} entry kind and name */
const keeps = (loop, entry) => loop.until(`${entry} is kept`, async () => (await kept(loop)).some(({ kind, name }) => `${kind} ${name}` === entry));
/** A model's file, as the page would save it. @param {Loop} loop @param {string} [button] */
async function weights(loop, button = "shelf-save") {
  await loop.unfold("shelf-summary");
  return (await loop.saved(button)).bytes.toString("base64");
}
/** Waits until nothing is written any more, by the time of the newest entry. @param {Loop} loop */
async function settled(loop) {
  let last = "";
  await loop.until("the storage to be quiet", async () => {
    const now = JSON.stringify(await stored(loop));
    const same = now === last;
    last = now;
    if (!same) await new Promise((done) => { setTimeout(done, 300); });
    return same;
  });
}
/** @typedef {{ kind: string, name: string, size: number, saved: number, checkpoint: number | null, step: number | null }} Stored */
/** @param {Loop} loop @returns {Promise<Stored[]>} the entries of the database itself */
const stored = (loop) => loop.page.evaluate(() => new Promise((done, refuse) => {
  // Each path of a host has its own.
  const opening = indexedDB.open(`fool-the-sign ${location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1)}`);
  opening.onerror = () => refuse(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction("entries").objectStore("entries").getAll();
    all.onsuccess = () => {
      opening.result.close();
      done(all.result.map(({ kind, name, size, saved, meta }) => ({ kind, name, size, saved, checkpoint: meta.checkpoint ?? null, step: meta.step ?? null })));
    };
  };
}));

test("models, their purifiers and the settings survive a reload, to the bit; leave as one file, are deleted, and come back", async () => {
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  await loop.run("train", SHORT);
  await loop.run("purify", PURIFIER);
  await loop.unfold("shelf-summary");
  await loop.at("shelf-name").fill("second");
  await loop.click("shelf-copy");
  await keeps(loop, "purifier second");
  await loop.run("train", { "train-epochs": 2 });
  await loop.unfold("kept-summary");
  await loop.set("attack-epsilon", 5);
  await settled(loop);
  const before = { first: "", second: await weights(loop), purifier: await weights(loop, "shelf-save-purifier"), kept: await kept(loop),
    accuracy: await loop.at("shelf-table").textContent() };
  assert.deepEqual(before.kept.map(({ kind, name }) => `${kind} ${name}`), ["model lenet", "model second", "purifier lenet", "purifier second"]);
  assert.ok(before.kept.every(({ size }) => size > 1000));
  const epochs = await loop.at("train-table").locator("tbody tr").count();
  assert.ok(epochs >= 3, `${epochs} rows`);

  await loop.page.goto(site.url + CPU);
  await loop.ready();
  // Places that are not on the screen are told a little later.
  await loop.until("the second is selected", async () => await loop.data("shelf-table") === "second");
  assert.equal(await weights(loop), before.second);
  assert.equal(await weights(loop, "shelf-save-purifier"), before.purifier);
  assert.equal(await loop.data("subject-verdict", "trained"), "true");
  assert.equal(await loop.at("train-table").locator("tbody tr").count(), epochs, "the curves come along");
  // An address without settings takes those of the last visit; a link says all of its own.
  assert.equal(await loop.shown("train-epochs"), "6");
  await loop.page.goto(site.url);
  await loop.ready();
  assert.equal(await loop.shown("train-epochs"), "2");
  assert.equal(await loop.shown("attack-epsilon"), "5");

  await loop.unfold("kept-summary");
  const everything = await loop.saved("kept-export");
  assert.equal(everything.name, "fool-the-sign.zip");
  assert.equal(everything.bytes.subarray(0, 2).toString(), "PK");
  await loop.click("kept-clear");
  await loop.click("confirm-yes");
  await loop.until("nothing is kept", async () => (await kept(loop)).length === 0);
  await loop.page.goto(site.url + CPU);
  await loop.ready();
  assert.deepEqual(await stored(loop).then((all) => all.filter(({ kind }) => kind !== "settings")), []);
  assert.equal(await loop.data("shelf-table"), "lenet");
  assert.equal(await loop.data("shelf-table", "models"), "1");

  await loop.unfold("kept-summary");
  const file = { name: "fool-the-sign.zip", mimeType: "application/zip", buffer: everything.bytes };
  // One byte of the weights changed: nothing is taken.
  const damaged = { ...file, buffer: Buffer.from(everything.bytes) };
  damaged.buffer[2000] = (damaged.buffer[2000] ?? 0) ^ 1;
  for (const [wrong, words] of /** @type {[typeof file, RegExp][]} */ ([
    [damaged, /is damaged in this file/],
    [{ ...file, buffer: file.buffer.subarray(0, 3000) }, /truncated/],
    [{ ...file, buffer: Buffer.from("PK, but no archive") }, /^Not a Fool the Sign backup/],
  ])) {
    await loop.at("kept-import").setInputFiles(wrong);
    await loop.until("a sentence", async () => words.test((await loop.at("kept-said").textContent()) ?? ""));
    assert.deepEqual(await kept(loop), []);
  }
  // Nor must one look for the place where it is taken.
  for (const how of /** @type {const} */ (["drop", "paste"])) {
    await loop.go("attack");
    assert.ok(!await loop.at("kept-said").isVisible());
    await loop.give(how, { name: damaged.name, bytes: damaged.buffer, type: damaged.mimeType });
    await loop.until(`the sentence after ${how}`, async () => await loop.at("kept-said").isVisible()
      && /is damaged in this file/.test(await loop.at("kept-said").textContent() ?? ""));
  }
  await loop.at("kept-import").setInputFiles(file);
  await loop.until("two models are back", async () => /2 models imported/.test((await loop.at("kept-said").textContent()) ?? ""));
  await loop.until("the list", async () => (await kept(loop)).length === 4);
  assert.deepEqual(await kept(loop), before.kept);
  await loop.unfold("shelf-summary");
  await loop.page.getByLabel("second", { exact: true }).first().check();
  await loop.until("the second is selected", async () => await loop.data("shelf-table") === "second");
  assert.equal(await weights(loop), before.second);
  assert.equal(await weights(loop, "shelf-save-purifier"), before.purifier);

  // One alone.
  await loop.page.locator('[data-testid="kept-row"][data-kind="model"][data-value="lenet"] button').click();
  await loop.click("confirm-yes");
  await loop.until("it is gone", async () => (await kept(loop)).length === 2);
  await loop.close();
});

test("a page closed in the middle of a training has the weights of the last epoch", async (t) => {
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  await loop.setAll({ ...SHORT, "train-epochs": 200 });
  await loop.start("train");
  await loop.until("two checkpoints", async () => (await stored(loop)).some(({ kind, checkpoint }) => kind === "model" && (checkpoint ?? 0) >= 2), 20_000);
  await loop.page.goto("about:blank");
  await loop.page.goto(site.url + CPU);
  await loop.ready();
  assert.equal(await loop.data("subject-verdict", "trained"), "true");
  t.diagnostic(JSON.stringify((await stored(loop)).find(({ kind }) => kind === "model")));
  await loop.run("train", SHORT);
  await loop.close();
});

// Long enough to be cut in the middle, with several validations.
const CUT = { "train-epochs": 12, "train-images-per-epoch": 640, "train-batch-size": 16, "train-validation-images": 43 };
const TRAP = changedWorker({ after: `self.addEventListener("message", ({ data }) => {
  if (data.kind === "command" && data.command.type === "pause") setTimeout(() => { throw new Error("a trap in the engine") }, 0);
});` });
/** The weights before and after a training that nothing has cut. @type {Promise<{ untrained: string, whole: string }> | null} */
let unbroken = null;
async function withoutBreak() {
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  const untrained = await weights(loop);
  await loop.run("train", CUT);
  const whole = await weights(loop);
  await loop.close();
  return { untrained, whole };
}

for (const [how, cut] of /** @type {[string, (loop: Loop) => Promise<Loop>][]} */ ([
  ["a crash", async (loop) => {
    await loop.click("train-pause");
    await loop.until("the report", () => loop.at("crash").isVisible());
    return loop.ready();
  }],
  ["a reload", async (loop) => {
    await loop.page.reload();
    return loop.ready();
  }],
  ["closing the tab", async (loop) => {
    const page = await loop.context.newPage();
    await loop.page.close();
    await page.goto(site.url + CPU);
    return new Loop(page, loop.context, site, loop.allow).ready();
  }],
])) {
  test(`a training that is cut by ${how} goes on from its checkpoint, and ends with the weights of one that was not, to the bit`, async (t) => {
    unbroken ??= withoutBreak();
    const { untrained, whole } = await unbroken;
    assert.notEqual(whole, untrained);
    const begun = await (await visit(browser, site, { query: CPU, init: [TRAP], allow: [/a trap in the engine/] })).ready();
    assert.equal(await weights(begun), untrained, "every visit begins with the same network");
    await begun.setAll(CUT);
    await begun.start("train");
    const checkpoints = async (/** @type {Loop} */ one) => (await stored(one)).filter(({ kind }) => kind === "checkpoint");
    await begun.until("a checkpoint", async () => (await checkpoints(begun)).some(({ step }) => (step ?? 0) > 0));
    const loop = await cut(begun);
    await loop.until("the training is offered", () => loop.at("resume").isVisible());
    const [kept = { name: "", step: 0 }, ...more] = await checkpoints(loop);
    assert.deepEqual([kept.name, more.length], ["network: lenet", 0]);
    const steps = (CUT["train-epochs"] * CUT["train-images-per-epoch"]) / CUT["train-batch-size"];
    assert.ok((kept.step ?? 0) > 0 && (kept.step ?? 0) < steps, `cut at ${kept.step} of ${steps}`);
    assert.match((await loop.at("resume").textContent()) ?? "", new RegExp(`Training of “lenet” was interrupted at step ${kept.step} of ${steps}\\.`));
    t.diagnostic(`cut at step ${kept.step} of ${steps}`);
    const before = await weights(loop);
    assert.notEqual(before, whole);
    await loop.click("resume-go");
    await loop.reaches("train", "finished", 90_000);
    assert.equal(await weights(loop), whole);
    await loop.until("the checkpoint is gone", async () => (await checkpoints(loop)).length === 0);
    await loop.until("nothing is offered any more", async () => await loop.at("resume").count() === 0);
    await loop.close();
  });
}

test("two tabs: the second says that the first one saves, takes that over when told to, and nothing of either is lost", async () => {
  const loop = await (await visit(browser, site, { query: CPU })).ready();
  const page = await loop.context.newPage();
  const second = new Loop(page, loop.context, site, loop.allow);
  await page.goto(site.url + CPU);
  await second.ready();
  await second.until("the second tab says so", () => second.at("other-tab").isVisible());
  assert.equal(await loop.at("other-tab").isVisible(), false);
  const named = async (/** @type {Loop} */ one, /** @type {string} */ name) => {
    await one.unfold("shelf-summary");
    await one.at("shelf-name").fill(name);
    await one.click("shelf-copy");
    await one.until(name, async () => await one.data("shelf-table") === name);
  };
  await named(loop, "first");
  await keeps(loop, "model first");
  await named(second, "second");
  await settled(second);
  const names = async () => (await stored(second)).filter(({ kind }) => kind === "model").map(({ name }) => name).sort();
  assert.deepEqual(await names(), ["first"], "the second one waits");
  await second.click("other-tab-take");
  await loop.until("the first tab waits now", () => loop.at("other-tab").isVisible());
  await second.until("the second one saves", async () => (await names()).includes("second"));
  assert.equal(await second.at("other-tab").isVisible(), false);
  await named(loop, "third");
  await page.close();
  await loop.until("it goes on", async () => !await loop.at("other-tab").isVisible());
  await keeps(loop, "model third");
  await loop.page.reload();
  await loop.ready();
  await loop.unfold("shelf-summary");
  const shelf = await loop.page.locator('[data-testid="shelf-row"]').evaluateAll((rows) => rows.map((row) => row.getAttribute("data-value") ?? ""));
  for (const name of ["first", "second", "third"]) assert.ok(shelf.includes(name), String(shelf));
  await loop.close();
});

test("after a crash the fresh engine has the models again", async () => {
  const breaks = changedWorker({ after: `self.addEventListener("message", ({ data }) => {
    if (data.kind === "command" && data.command.type === "pause") setTimeout(() => { throw new Error("a trap in the engine") }, 0);
  });` });
  const loop = await (await visit(browser, site, { query: CPU, init: [breaks], allow: [/a trap in the engine/] })).ready();
  await loop.run("train", SHORT);
  await settled(loop);
  const before = await weights(loop);
  await loop.setAll({ "train-epochs": 50, "train-images-per-epoch": 4000 });
  await loop.start("train");
  await loop.until("it runs", async () => (await loop.job("train")).done >= 2);
  await loop.click("train-pause");
  await loop.until("the report", () => loop.at("crash").isVisible());
  await loop.ready();
  assert.equal(await weights(loop), before, "the first epoch of the second training was not over");
  assert.equal(await loop.data("subject-verdict", "trained"), "true");
  await loop.close();
});

for (const [name, init, words] of /** @type {[string, () => unknown, RegExp][]} */ ([
  ["refuses all storage", () => {
    IDBFactory.prototype.open = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  }, /^Not saved: The browser does not let this page store anything .* You can keep working/],
  ["has no room", () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (/** @type {unknown} */ value, /** @type {[IDBValidKey?]} */ ...key) {
      if (!(value instanceof Uint8Array)) return put.call(this, value, ...key);
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  }, /^Not saved: The browser’s storage for this page is full\. You can keep working/],
])) {
  test(`where the browser ${name}, a banner says so and the work goes on`, async () => {
    const breaks = changedWorker({ after: `self.addEventListener("message", ({ data }) => {
      if (data.kind === "command" && data.command.type === "pause") setTimeout(() => { throw new Error("a trap in the engine") }, 0);
    });` });
    const loop = await (await visit(browser, site, { query: CPU, init: [init, breaks], allow: [/a trap in the engine/] })).ready();
    await loop.run("train", SHORT);
    await loop.until("the banner", () => loop.at("not-saved").isVisible());
    assert.match((await loop.at("not-saved").textContent()) ?? "", words);
    const before = await weights(loop);
    await loop.attack("fgsm", { "attack-epsilon": 8 });
    // Even so a fresh engine gets what there is.
    await loop.setAll({ "train-epochs": 50, "train-images-per-epoch": 4000 });
    await loop.start("train");
    await loop.until("it runs", async () => (await loop.job("train")).done >= 2);
    await loop.click("train-pause");
    await loop.until("the report", () => loop.at("crash").isVisible());
    await loop.ready();
    assert.equal(await weights(loop), before);
    await loop.close();
  });
}
