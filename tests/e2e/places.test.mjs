// The page as people use it: the start, each place, links, records, languages, a class, a camera.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { ROOT } from "./server.mjs";
import { browser, site } from "./stage.mjs";

/** @param {string} [query] @param {Partial<import("./browser.mjs").VisitOptions>} [options] */
async function opened(query = "", options = {}) {
  const loop = await (await visit(browser, site, { query: `?device=cpu${query}`, shipped: true, ...options })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}
/** @param {import("./browser.mjs").Loop} loop */
const startState = async (loop) => (await loop.page.locator('[data-view="start"]').getAttribute("data-state")) ?? "";

test("the start: a stop sign, the network's answer, and one press that turns it into another sign", async () => {
  const loop = await opened();
  assert.ok(await loop.sees("start-go"));
  assert.equal(await loop.number("start-reads"), 14);
  const before = await loop.paints("start-compare-after");
  await loop.page.evaluate(() => {
    /** @type {string[]} */
    const seen = [];
    Object.assign(globalThis, { seen });
    const reads = document.querySelector('[data-testid="start-reads"]');
    if (reads) new MutationObserver(() => seen.push(reads.textContent ?? "")).observe(reads, { childList: true, subtree: true, characterData: true });
  });
  await loop.click("start-go");
  await loop.until("it is fooled", async () => await startState(loop) === "fooled");
  assert.equal(await loop.number("start-reads"), 8);
  assert.notEqual(await loop.paints("start-compare-after"), before);
  const seen = await loop.page.evaluate(() => /** @type {Beside} */ (globalThis).seen.length);
  assert.ok(seen > 10, `one could watch it: ${seen} changes`);
  await loop.click("start-into-12");
  await loop.until("another sign", async () => await loop.number("start-reads") === 12 && await startState(loop) === "fooled");
  await loop.close();
});

test("without movement the start shows the end at once", async () => {
  const loop = await opened();
  await loop.page.emulateMedia({ reducedMotion: "reduce" });
  await loop.click("start-go");
  await loop.until("it is fooled", async () => await startState(loop) === "fooled", 6000);
  await loop.close();
});

test("each place has its address, its title and its heading; back goes back", async () => {
  const loop = await opened();
  for (const place of ["data", "train", "attack", "defend", "measure", "sticker", "lesson", "museum", "glossary"]) {
    await loop.go(place);
    assert.ok(loop.page.url().endsWith(`#${place}`));
    assert.match(await loop.page.title(), /^\S.* · Fool the Sign$/);
    assert.equal(await loop.page.locator("h1:visible").count(), 1);
    assert.ok(await loop.page.evaluate((place) => document.activeElement?.id === `${place}-title`, place), "the heading has the focus");
  }
  await loop.page.goBack();
  await loop.until("the museum again", () => loop.page.url().endsWith("#museum"));
  await loop.close();
});

test("a shared link gives the same picture, and a record of the picture shows it again", async () => {
  const loop = await opened();
  await loop.pick(17);
  await loop.attack("pgd", { "attack-epsilon": 12, "pgd-steps": 7 });
  const picture = await loop.paints("figure-adversarial-canvas");
  await loop.click("share-open");
  const link = await loop.at("share-link").inputValue();
  assert.ok(link.startsWith(site.url) && link.length < 400, link);
  const qr = await loop.at("share-qr").evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).width);
  assert.ok(qr > 20);
  const record = await loop.saved("share-json");
  const card = await loop.saved("share-png");
  assert.equal(card.bytes.subarray(1, 4).toString(), "PNG");
  await loop.close();

  const again = await (await visit(browser, site, { query: link.slice(site.url.length), shipped: true })).ready();
  await again.until("the attack is shown", async () => await again.page.locator(".outcome").getAttribute("data-state") === "done");
  assert.equal(await again.number("subject-name"), 17);
  assert.equal(await again.paints("figure-adversarial-canvas"), picture);
  assert.ok(again.page.url().includes("#attack"));
  await again.close();

  const third = await opened();
  await third.at("record-open").setInputFiles({ name: record.name, mimeType: "application/json", buffer: record.bytes });
  await third.until("the attack again", async () => await third.page.locator(".outcome").getAttribute("data-state") === "done");
  assert.equal(await third.paints("figure-adversarial-canvas"), picture);
  await third.at("record-open").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{\"schema\":1}") });
  assert.match((await third.error()).words, /not a record made by this program/);
  await third.close();
});

test("figures that were saved are shown again; charts are saved as PNG, SVG and CSV", async () => {
  const loop = await opened();
  await loop.run("curve", { "curve-attack": "fgsm", "curve-n": 16 });
  await loop.until("all points", async () => await loop.data("curve-chart", "state") === "done");
  const svg = (await loop.saved("curve-chart-svg")).bytes.toString("utf8");
  assert.match(svg, /^<svg[^>]+>.*polyline/s);
  assert.equal((await loop.saved("curve-chart-png")).bytes.subarray(1, 4).toString(), "PNG");
  assert.equal((await loop.saved("curve-chart-csv")).bytes.toString("utf8").trim().split("\r\n").length, 13);
  const records = await loop.saved("curve-json");
  await loop.at("record-open").setInputFiles({ name: records.name, mimeType: "application/json", buffer: records.bytes });
  await loop.until("the figures", () => loop.sees("record-words"));
  assert.equal(await loop.at("record-table").locator("tbody tr").count(), 12);
  await loop.close();
});

test("where the network looks, and a slice through its decisions", async () => {
  const loop = await opened();
  await loop.attack("cw", { "cw-searches": 2, "cw-steps": 60 });
  await loop.click("gradient-run");
  await loop.until("both maps", async () => await loop.data("gradient-attacked", "filled") === "true");
  assert.notEqual(await loop.paints("gradient-original"), await loop.paints("gradient-attacked"));
  await loop.click("slice-run");
  await loop.until("the slice", () => loop.sees("slice"));
  await loop.reveal("slice-table");
  assert.ok(await loop.at("slice-table").locator("tbody tr").count() >= 2, "more than one answer around the picture");
  await loop.close();
});

test("German: every word is there, numbers have commas, and the engine and its results stay", async () => {
  const loop = await opened("&lang=de");
  assert.equal(await loop.page.evaluate(() => document.documentElement.lang), "de");
  assert.match((await loop.at("start-reads").textContent()) ?? "", /Das Netz liest:Halt \(Stopp\) · \d+(,\d)?\s%/);
  assert.match((await loop.page.locator('[data-view="start"]').textContent()) ?? "", /\d,\d\s%/, "shares have a comma");
  assert.match((await loop.device()).reason, /^(Du hast|Die Seite rechnet) /);
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  const picture = await loop.paints("figure-adversarial-canvas");
  await loop.click("settings-open");
  await loop.at("set-language").selectOption("en");
  await loop.click("settings-close");
  await loop.until("English", async () => /^The network /.test((await loop.at("outcome-sentence").textContent()) ?? ""));
  assert.equal(await loop.paints("figure-adversarial-canvas"), picture);
  assert.match((await loop.device()).reason, /^(You chose|Running on) /, "what was said before is said anew");
  await loop.until("the link says it", () => loop.page.url().includes("lang=en"));
  await loop.close();
});

test("both tables of words have the same keys and the same places to fill", async () => {
  const [{ EN }, { DE }] = await Promise.all([import("../../www/words/en/index.js"), import("../../www/words/de/index.js")]);
  assert.deepEqual(Object.keys(DE).sort(), Object.keys(EN).sort());
  const german = new Map(Object.entries(DE));
  for (const [key, words] of Object.entries(EN)) {
    assert.notEqual(german.get(key), "", key);
    assert.deepEqual((german.get(key)?.match(/\{\d\}/g) ?? []).sort(), (words.match(/\{\d\}/g) ?? []).sort(), key);
  }
});

test("no view has words of its own, and every key that it asks for is in the tables", async () => {
  const { EN } = await import("../../www/words/en/index.js");
  for (const folder of ["app", "engine", "flows", "io", "keep", "state", "ui", "views"]) {
    for (const name of readdirSync(join(ROOT, "www", folder), { recursive: true }).map(String).filter((name) => /\.[jt]sx?$/.test(name))) {
      const source = readFileSync(join(ROOT, "www", folder, name), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<![:"])\/\/.*$/gm, "");
      for (const [, key = ""] of source.matchAll(/\bt\("([^"]+)"/g)) assert.ok(key in EN, `${name}: ${key}`);
      for (const [, key = ""] of source.matchAll(/\bmany\(\s*"([^"]+)"/g)) assert.ok(`${key}.other` in EN, `${name}: ${key}`);
      if (folder !== "views") continue;
      const words = Array.from(source.matchAll(/"([^"\n]*)"/g), ([, text = ""]) => text)
        .filter((text) => /^\p{Lu}\p{Ll}+( \p{Ll}+|[.!?…]$)/u.test(text) || /^[\p{L}’]+ \p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(text));
      assert.deepEqual(words, [], name);
    }
  }
});

test("several photos wait for their turn; the camera is off as soon as the photo is taken", async () => {
  const init = () => {
    const tracks = /** @type {MediaStreamTrack[]} */ ([]);
    Object.assign(globalThis, { tracks });
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 96;
    navigator.mediaDevices.getUserMedia = async () => {
      const context = canvas.getContext("2d");
      setInterval(() => { if (context) { context.fillStyle = "#b01c0f"; context.fillRect(0, 0, 96, 96); } }, 30);
      const stream = canvas.captureStream(30);
      tracks.push(...stream.getTracks());
      return stream;
    };
  };
  const loop = await opened("", { init: [init] });
  await loop.at("upload-input").setInputFiles(["stop.png", "grey.png", "turned.jpg"]
    .map((name) => ({ name, mimeType: "", buffer: Buffer.from(fixture("good", name).bytes) })));
  await loop.useCrop();
  assert.match((await loop.at("photo-next").textContent()) ?? "", /2/);
  await loop.click("photo-next");
  await loop.useCrop();
  assert.match((await loop.at("photo-next").textContent()) ?? "", /1/);

  assert.equal(await loop.page.evaluate(() => /** @type {Beside} */ (globalThis).tracks.length), 0, "only on a click");
  await loop.click("camera-open");
  await loop.until("the camera", () => loop.at("camera-take").isEnabled());
  await loop.click("camera-take");
  await loop.until("the photo", () => loop.sees("photo-editor"));
  assert.deepEqual(await loop.page.evaluate(() => /** @type {Beside} */ (globalThis).tracks.map((track) => track.readyState)), ["ended"]);
  await loop.close();
});

test("the keyboard alone goes from the start through every place", async () => {
  const loop = await opened();
  const { keyboard } = loop.page;
  const focused = () => loop.page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.dataset["testid"] ?? "");
  /** @param {string} testid */
  async function press(testid) {
    for (let presses = 0; presses < 160 && await focused() !== testid; presses += 1) await keyboard.press("Tab");
    assert.equal(await focused(), testid);
    await keyboard.press("Enter");
  }
  await press("start-go");
  await loop.until("it is fooled", async () => await startState(loop) === "fooled");
  for (const place of ["data", "train", "attack", "defend", "measure"]) {
    await press(`nav-${place}`);
    // The address changes first; then the place is shown and takes the focus, at once.
    await loop.until(place, () => loop.page.evaluate((place) => document.documentElement.dataset["at"] === place, place));
  }
  await press("nav-lesson");
  await press("lesson-tab-0");
  await press("share-open");
  await loop.until("the panel", () => loop.at("share").isVisible());
  await keyboard.press("Escape");
  await loop.until("it closes", async () => await loop.at("share").count() === 0);
  await loop.close();
});
