// What one takes along of a sticker: sheets for a printer, a link, a picture; and how much area one takes, as a curve.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Loop } from "./browser.mjs" */

const FEW = "stickfresh=60&sticker.steps=20&sticker.views=8";

/** @param {string} [query] */
async function opened(query = `?device=cpu&lang=en&${FEW}#sticker`) {
  const loop = await (await visit(browser, site, { query, shipped: true })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}

/** A line over the sign. @param {Loop} loop @param {number} height of it, from 0 to 1 */
async function paint(loop, height) {
  await loop.at("sticker-layer").scrollIntoViewIfNeeded();
  const box = await loop.at("sticker-layer").boundingBox();
  assert.ok(box);
  await loop.page.mouse.move(box.x + box.width * 0.02, box.y + box.height * height);
  await loop.page.mouse.down();
  await loop.page.mouse.move(box.x + box.width * 0.98, box.y + box.height * height, { steps: 4 });
  await loop.page.mouse.up();
  await loop.frames();
}
/** @param {Loop} loop */
async function byHand(loop) {
  await loop.unfold("sticker-paint");
  await loop.click("sticker-brush-black");
  await paint(loop, 0.35);
}
/** A letter a byte. @param {Uint8Array} bytes */
const textOf = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
/** What is on the sign. @param {Loop} loop @returns {Promise<string>} */
const layerOf = (loop) => loop.at("sticker-layer").evaluate((element) => /** @type {HTMLCanvasElement} */ (element).toDataURL());

test("the sign with its sticker comes on sheets of A4 at true size, and says what it is", async () => {
  const loop = await opened();
  await loop.run("sticker");
  await loop.unfold("sticker-print");
  await loop.at("sticker-diameter").fill("40");
  const { name, bytes } = await loop.saved("sticker-pdf-sign");
  assert.equal(name, "fool-the-sign-sticker-stop.pdf");
  const text = textOf(bytes);
  assert.match(text, /^%PDF-1\.6/);
  assert.equal(text.match(/\/Type \/Page /g)?.length, 6, "40 cm on three sheets by two");
  assert.equal(text.match(/\/MediaBox \[0 0 595\.2756 841\.8898\]/g)?.length, 6);
  assert.match(text, /q 400 0 0 -400 [\d.-]+ [\d.-]+ cm \/Photo Do Q/);
  // 150 dots an inch.
  assert.match(text, /\/Subtype \/Image \/Width 2362 \/Height 2362 [^>]*\/DCTDecode/);
  const folder = mkdtempSync(join(tmpdir(), "sheets-"));
  writeFileSync(join(folder, name), bytes);
  // Where another reader of PDF is at hand, it says the same.
  const words = spawnSync("pdftotext", ["-f", "2", "-l", "2", join(folder, name), "-"], { encoding: "utf8" });
  if (words.status === 0) {
    const patterns = [/B1 of C2/, /It belongs in class, not on a street/, /lenet now misreads/, /n = \d+/, /Fool the Sign \d/, /10 cm/];
    for (const pattern of patterns) assert.match(words.stdout, pattern);
  }
  const alone = await loop.saved("sticker-pdf-sticker");
  assert.equal(alone.name, "fool-the-sign-sticker-stop-alone.pdf");
  assert.ok(alone.bytes.length < bytes.length && !textOf(alone.bytes).includes("/Photo"));
  await loop.close();
});

test("a painting by hand goes into a link that opens it again, and into a picture; a link that was harmed says so", async () => {
  const loop = await opened();
  await byHand(loop);
  const painted = await layerOf(loop);
  await loop.unfold("sticker-share");
  await loop.until("the link", async () => await loop.at("sticker-link").count() === 1);
  const link = new URL(await loop.at("sticker-link").inputValue());
  assert.ok(link.href.length < 1000, `${link.href.length} letters`);
  assert.equal(link.searchParams.get("device"), null, "the device is one's own");
  await loop.click("share-open");
  assert.equal(await loop.at("share-link").inputValue(), link.href, "so does the page's own link");
  await loop.click("share-close");
  const { name, bytes } = await loop.saved("sticker-png");
  assert.equal(name, "fool-the-sign-sticker-stop.png");
  assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from("PNG")]);
  // Width and height, in the first chunk of any PNG.
  for (const at of [16, 20]) assert.ok(new DataView(bytes.buffer, bytes.byteOffset).getUint32(at) >= 1024);
  await loop.close();

  const other = await opened(`${link.search}${link.hash}`);
  assert.equal(await layerOf(other), painted);
  assert.equal(await other.shown("sticker-steps"), "20", "with its settings");
  assert.ok(await other.at("link-notes").isHidden());
  // The same page, with another address behind the #.
  await other.click("sticker-try-first");
  await other.until("it has ended", async () => (await other.job("sticker")).state === "finished");
  await other.unfold("sticker-paint");
  await other.click("sticker-clear");
  await other.frames();
  assert.equal(await other.number("sticker-layer"), 0);
  await other.page.evaluate((hash) => { location.hash = hash; }, `${link.hash.slice(0, -7)}`);
  await other.until("the note", () => other.at("link-notes").isVisible());
  assert.match(await other.at("link-notes").innerText(), /could not be read/);
  assert.equal(await other.number("sticker-layer"), 0);
  await other.page.evaluate((hash) => { location.hash = hash; }, link.hash);
  await other.until("the painting", async () => await layerOf(other) === painted);
  // Whoever comes back to the link finds what has become of it.
  await other.unfold("sticker-paint");
  await other.click("sticker-clear");
  await other.page.evaluate(() => { location.hash = "attack"; });
  await other.page.goBack();
  await other.frames();
  assert.match(other.page.url(), /#sticker\/paint1=/);
  assert.equal(await other.number("sticker-layer"), 0);
  await other.close();
});

test("a sticker in more colours than a link holds is offered as a file", async () => {
  const loop = await opened(`?device=cpu&lang=en&stickfresh=20&sticker.steps=2&sticker.views=4#sticker`);
  await loop.unfold("sticker-paint");
  await loop.click("sticker-brush-white");
  await loop.at("sticker-width").fill("16");
  for (const height of [0.1, 0.3, 0.5, 0.7, 0.9]) await paint(loop, height);
  await loop.run("sticker");
  await loop.unfold("sticker-share");
  await loop.until("the sentence", () => loop.at("sticker-link-long").isVisible());
  assert.equal(await loop.at("sticker-link").count(), 0);
  assert.ok(await loop.at("sticker-png").isEnabled());
  await loop.close();
});

test("how much area it takes is drawn as a curve with intervals; what is on the sign and what is set stay; the rest can be cancelled", async () => {
  const loop = await opened();
  await byHand(loop);
  const painted = await layerOf(loop);
  await loop.unfold("areas-more");
  await loop.click("areas-run");
  await loop.until("the curve", async () => await loop.at("areas-chart").count() === 1 && await loop.data("areas-chart", "state") === "done", 120_000);
  assert.equal(await loop.number("areas-chart"), 4);
  const rows = await loop.at("areas-table").locator("tbody tr").allTextContents();
  assert.equal(rows.length, 4);
  for (const row of rows) assert.match(row, /%.*%.*n\s=\s\d+/);
  assert.match(await loop.at("areas-parameters").innerText(), /n = \d+, \d+, \d+,? and \d+ of 60/);
  assert.deepEqual([await loop.shown("sticker-share"), await loop.shown("sticker-steps"), await layerOf(loop)], ["0.125", "20", painted]);
  const records = JSON.parse((await loop.saved("areas-json")).bytes.toString());
  assert.deepEqual(records.map((/** @type {{ schema: string }} */ { schema }) => schema), Array(4).fill("fool-the-sign/sticker/1"));
  assert.match((await loop.saved("areas-chart-svg")).bytes.toString(), /<svg/);

  await loop.setAll({ "sticker-steps": 200, "sticker-views": 64 });
  await loop.click("areas-run");
  await loop.until("the second", async () => await loop.at("areas-chart").count() === 1 && await loop.data("areas-chart", "state") === "running", 120_000);
  await loop.click("areas-cancel");
  await loop.until("it has ended", async () => await loop.data("areas-chart", "state") === "ended");
  assert.equal(await loop.number("areas-chart"), 1, "what was made stays");
  assert.match(await loop.at("areas-detail").innerText(), /Cancelled/i);
  await loop.close();
});
