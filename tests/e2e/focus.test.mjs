// Whoever leaves hands the focus on: after a control that had it is removed or hidden, whatever it was, the focus is somewhere.

import assert from "node:assert/strict";
import test from "node:test";
import { Loop, changedWorker, visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { browser, site } from "./stage.mjs";

/** A trap in the engine, when “Pause” is pressed. */
const BREAKS = changedWorker({ after: `self.addEventListener("message", ({ data }) => {
  if (data.kind === "command" && data.command.type === "pause") setTimeout(() => { throw new Error("a trap in the engine") }, 0);
});` });
const LONG = { "train-epochs": 50, "train-images-per-epoch": 640, "train-batch-size": 16, "train-validation-images": 43 };

/** @param {Loop} loop */
const focused = (loop) => loop.page.evaluate(() => {
  const { activeElement } = document;
  const named = activeElement?.closest("[data-testid]")?.getAttribute("data-testid");
  return activeElement === document.body ? "body" : named ?? activeElement?.id ?? activeElement?.tagName ?? "";
});
/** Presses a control by keyboard, and looks where the focus is when the control has gone. @param {Loop} loop @param {string} testid */
async function leaves(loop, testid) {
  const control = (await loop.reveal(testid)).first();
  const count = await loop.at(testid).count();
  await control.focus();
  await loop.page.keyboard.press("Enter");
  await loop.until(`${testid} goes`, async () => await loop.at(testid).count() < count || !await control.isVisible());
  await loop.until(`the focus is somewhere after ${testid}`, async () => await focused(loop) !== "body", 3000);
}

/**
 * The kind of visit, what comes before, and the controls that go when they are pressed.
 * @typedef {object} Leaving
 * @property {string} what
 * @property {string} [query]
 * @property {import("./browser.mjs").VisitOptions["init"]} [init]
 * @property {(loop: Loop) => Promise<unknown>} [first]
 * @property {string[]} controls one after another
 */

/** A training that runs and has been kept. @param {Loop} loop */
async function crashed(loop) {
  await loop.setAll(LONG);
  await loop.start("train");
  await loop.until("a checkpoint", () => loop.page.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    return new Promise((found) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => {
        const asked = opening.result.transaction("entries").objectStore("entries").getAllKeys();
        asked.onsuccess = () => {
          opening.result.close();
          found(asked.result.some((key) => String(key).startsWith("checkpoint/")));
        };
      };
    });
  }));
  await loop.click("train-pause");
  await loop.until("the report", () => loop.at("crash").isVisible());
  await loop.ready();
  await loop.until("it can go on", async () => await loop.at("resume").count() > 0);
}

/** A model that is kept and on no shelf. @param {Loop} loop */
async function aside(loop) {
  await loop.unfold("shelf-summary");
  await (await loop.reveal("shelf-name")).fill("mine");
  await loop.click("shelf-copy");
  await loop.unfold("kept-summary");
  await loop.until("it is kept", async () => await loop.page.locator('[data-testid="kept-row"][data-value="mine"]').count() > 0);
  await loop.page.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => {
        const change = opening.result.transaction(["entries", "bytes"], "readwrite");
        const [entries, bytes] = [change.objectStore("entries"), change.objectStore("bytes")];
        const entry = entries.get("model/mine");
        entry.onsuccess = () => { entries.put({ ...entry.result, name: "aside" }, "model/aside"); };
        const data = bytes.get("model/mine");
        data.onsuccess = () => { bytes.put(data.result, "model/aside"); };
        change.oncomplete = () => {
          opening.result.close();
          done(undefined);
        };
      };
    });
  });
  // Whatever is saved has the list read again.
  await loop.set("train-epochs", 7);
  await loop.until("it can be put on the shelf", async () => await loop.at("kept-shelve").count() > 0);
}

/** @type {Leaving[]} */
const LEAVING = [
  { what: "the notes of a link are closed", query: "&epochs=4000", controls: ["link-notes-close"] },
  { what: "everything is shown again", query: "&hide=expert,own&fix=1", controls: ["teacher-all"] },
  { what: "a report is closed, and an interrupted training discarded", init: [BREAKS], first: crashed, controls: ["crash-close", "resume-forget"] },
  { what: "an interrupted training goes on", init: [BREAKS], first: crashed, controls: ["resume-go"] },
  { what: "it goes on from its panel", init: [BREAKS], first: crashed, controls: ["train-interrupted-go"] },
  { what: "it is discarded in its panel", init: [BREAKS], first: crashed, controls: ["train-interrupted-forget"] },
  { what: "a training is cancelled from the line of status", controls: ["status-cancel"],
    first: async (loop) => {
      await loop.setAll(LONG);
      await loop.start("train");
      await loop.reaches("train", "running");
    } },
  { what: "a kept model is put on the shelf, and others are deleted", first: aside, controls: ["kept-shelve"] },
  { what: "a photo is cropped", first: (loop) => loop.choose(fixture("good", "stop.png")), controls: ["crop-apply"] },
  { what: "a photo is not cropped", first: (loop) => loop.choose(fixture("good", "stop.png")), controls: ["crop-cancel"] },
  { what: "networks are added", controls: ["shelf-add-lenet-at"], first: (loop) => loop.unfold("shelf-summary") },
];

for (const { what, query = "", init = [], first, controls } of LEAVING) {
  test(`the focus is somewhere after ${what}`, async () => {
    const loop = await (await visit(browser, site, { query: `?device=cpu${query}`, init, shipped: true, allow: [/a trap in the engine/] })).ready();
    await first?.(loop);
    for (const control of controls) await leaves(loop, control);
    await loop.close();
  });
}

test("a button that pauses goes when its job has ended, and hands the focus on; a row that is deleted does, too", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  await loop.setAll({ "train-epochs": 1, "train-images-per-epoch": 640, "train-batch-size": 16, "train-validation-images": 43 });
  await loop.start("train");
  await loop.at("status-pause").focus();
  await loop.reaches("train", "finished");
  await loop.until("it is hidden", async () => !await loop.at("status-pause").isVisible());
  await loop.until("the focus is somewhere", async () => await focused(loop) !== "body", 3000);

  await loop.unfold("kept-summary");
  await loop.until("something is kept", async () => await loop.at("kept-delete").count() > 0);
  await (await loop.reveal("kept-delete")).first().focus();
  await loop.page.keyboard.press("Enter");
  await loop.at("confirm-yes").press("Enter");
  await loop.until("it is deleted", async () => await loop.at("confirm").count() === 0);
  await loop.until("the focus is somewhere", async () => await focused(loop) !== "body", 3000);
  await loop.close();
});

test("the focus waits for a button that is switched off while what it began runs; who puts it away is left alone", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu", shipped: true })).ready();
  await loop.go("start");
  await loop.until("it can be pressed", () => loop.at("start-go").isEnabled());
  await loop.at("start-go").focus();
  await loop.page.keyboard.press("Enter");
  await loop.until("it runs", () => loop.at("start-go").isDisabled());
  await loop.until("it has ended", () => loop.at("start-go").isEnabled());
  await loop.until("the focus is back", async () => await focused(loop) === "start-go", 3000);
  await loop.page.mouse.click(3, 500);
  await loop.page.evaluate(() => { document.querySelector("#place-start p")?.toggleAttribute("hidden"); });
  await loop.frames();
  assert.equal(await focused(loop), "body", "whatever else is hidden");
  await loop.close();
});

test("the second tab takes the work over, and the focus stays in it", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  const page = await loop.context.newPage();
  const second = new Loop(page, loop.context, site, loop.allow);
  await page.goto(`${site.url}?device=cpu`);
  await second.ready();
  await second.until("the second tab says so", () => second.at("other-tab").isVisible());
  await leaves(second, "other-tab-take");
  await loop.close();
});

test("what is said goes along into a dialog, and comes back out of it", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  await loop.click("share-open");
  assert.ok(await loop.at("share").locator("#status").count() === 1, "the voice is in the dialog");
  await loop.click("share-copy");
  await loop.until("it is said", async () => /copied|copy/i.test((await loop.at("status").textContent()) ?? ""));
  await loop.click("share-close");
  await loop.until("it closes", async () => await loop.at("share").count() === 0);
  assert.equal(await loop.at("status").count(), 1);
  assert.equal(await focused(loop), "share-open", "the focus is where the dialog was opened");
  await loop.close();
});
