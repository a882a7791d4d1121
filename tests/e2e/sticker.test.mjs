// Stickers as a person makes them: computed, painted, compared, cancelled, on paper.

import assert from "node:assert/strict";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Loop } from "./browser.mjs" */

const QUICK = { "sticker-steps": 40, "sticker-views": 8, "sticker-fresh": 60 };

/** @param {string} [query] */
async function opened(query = "?device=cpu&lang=en#sticker") {
  const loop = await (await visit(browser, site, { query, shipped: true })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}
/** Opaque places of the layer on the sign. @param {Loop} loop */
const covered = (loop) => loop.number("sticker-layer");

test("a sticker is made, shown from nine sides, judged with a control, and saved on paper and as a record", async () => {
  const loop = await opened();
  assert.equal(await covered(loop), 0);
  await loop.run("sticker", QUICK);
  await loop.until("the table", async () => await loop.at("sticker-table").locator("tbody tr").count() === 1);
  assert.equal(await loop.number("sticker-views"), 9);
  assert.equal(await loop.at("sticker-views").locator("canvas[data-filled=true]").count(), 9);
  const places = await covered(loop);
  assert.ok(places > 200 && places < 500, `${places} places, an eighth of the plate`);
  assert.ok(await loop.number("sticker-sentence") > 0.5, "it does something");
  const { name, bytes } = await loop.saved("sticker-save-sign");
  assert.equal(name, "fool-the-sign-sticker-stop.svg");
  assert.match(bytes.toString(), /width="160mm"/);
  const record = JSON.parse((await loop.saved("sticker-save-record")).bytes.toString());
  assert.equal(record[0].schema, "fool-the-sign/sticker/1");
  assert.equal(record[0].figures.reached.value, await loop.number("sticker-sentence"));
  assert.equal(record[0].config.sticker.steps, 40);
  await loop.close();
});

test("one press makes a stop sign a speed limit, as in the paper", async () => {
  const loop = await opened("?device=cpu&lang=en#start");
  await loop.page.locator('a[href="#sticker"]').first().click();
  await loop.setAll({ "sticker-fresh": 60 });
  await loop.click("sticker-famous");
  await loop.until("it has ended", async () => (await loop.job("sticker")).state === "finished", 120_000);
  assert.match(await loop.at("sticker-sentence").textContent() ?? "", /80/);
  assert.ok(await loop.number("sticker-sentence") > 0.7, await loop.data("sticker-sentence"));
  assert.equal(await loop.shown("sticker-share"), "0.25");
  await loop.close();
});

test("by hand against the machine: what is painted is judged as it is, then the machine has the same places; a link brings the settings", async () => {
  const loop = await opened("?device=cpu&lang=en&stickfresh=60&sticker.steps=200&sticker.views=16#sticker");
  assert.equal(await loop.shown("sticker-fresh"), "60");
  assert.ok(await loop.at("sticker-try").isDisabled());
  await loop.unfold("sticker-paint");
  await loop.click("sticker-brush-black");
  const box = await loop.at("sticker-layer").boundingBox();
  assert.ok(box);
  await loop.at("sticker-layer").scrollIntoViewIfNeeded();
  const { x, y, width, height } = await loop.at("sticker-layer").boundingBox() ?? box;
  await loop.page.mouse.move(x + width * 0.3, y + height * 0.35);
  await loop.page.mouse.down();
  await loop.page.mouse.move(x + width * 0.7, y + height * 0.35, { steps: 5 });
  await loop.page.mouse.up();
  await loop.frames();
  const painted = await covered(loop);
  assert.ok(painted > 50, `${painted} places`);
  await loop.click("sticker-try");
  await loop.until("it has ended", async () => (await loop.job("sticker")).state === "finished");
  const hand = await loop.number("sticker-sentence");
  assert.match(await loop.at("sticker-sentence").textContent() ?? "", /^You turned \d+ of (?:50|4\d) views/);
  assert.equal(await covered(loop), painted);
  assert.equal(await loop.data("sticker-contest"), "hand");
  await loop.click("sticker-contest-go");
  await loop.until("the contest", async () => await loop.data("sticker-contest") === "both");
  const machine = await loop.number("sticker-sentence");
  assert.ok(machine >= hand, `the machine is no worse: ${machine}, ${hand}`);
  assert.equal(await covered(loop), painted, "on the same places");
  await loop.click("sticker-clear");
  await loop.frames();
  assert.equal(await covered(loop), 0);
  await loop.close();
});

test("a sticker that is cancelled stays on the sign as it was; what cannot be is said", async () => {
  const loop = await opened();
  await loop.setAll({ "sticker-steps": 5000 });
  await loop.start("sticker");
  await loop.until("a picture of it", async () => await covered(loop) > 0);
  await loop.click("sticker-cancel");
  await loop.reaches("sticker", "cancelled");
  assert.ok(await covered(loop) > 0);
  await loop.set("sticker-goal", "targeted");
  await (await loop.reveal("set-sticker-target")).selectOption("14");
  await loop.start("sticker");
  assert.match((await loop.error()).words, /14|same|itself|class/i);
  await loop.close();
});
