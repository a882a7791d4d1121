// Pictures from outside: photos chosen, dropped and pasted, cropped by keyboard and pointer, good ones, bad ones, and too large ones.

import assert from "node:assert/strict";
import test, { before } from "node:test";
import { Loop, visit } from "./browser.mjs";
import { NO_PHOTO, fixture, fixtures, isSentence, realPhoto } from "./fixtures.mjs";
import { browser, site } from "./stage.mjs";

/** @type {Loop} one visit, with the network that comes with the page */
let loop;

before(async () => {
  loop = await (await visit(browser, site, { query: "?device=cpu", shipped: true })).ready();
});

test("a photo by the file picker, by drop and by paste; the square is moved by keyboard", async () => {
  for (const [how, name] of /** @type {["choose" | "drop" | "paste", string][]} */ ([["choose", "stop.png"], ["drop", "stop.jpg"], ["paste", "stop.webp"]])) {
    const file = fixture("good", name);
    if (how === "choose") await loop.choose(file);
    else await loop.give(how, file);
    await loop.until(`the editor after ${how}`, () => loop.sees("photo-editor"));
    const from = await loop.cropSquare();
    assert.deepEqual(from, { x: 8, y: 0, size: 80 }, "the largest square in the middle of 96 × 80");
    const box = loop.at("crop-box");
    assert.ok(await box.evaluate((element) => element === document.activeElement), "the keyboard is on the square");
    const preview = await loop.paints("crop-preview");
    for (const key of ["-", "-", "ArrowDown", "ArrowRight", "ArrowRight"]) await box.press(key);
    const to = await loop.cropSquare();
    assert.ok(to.size < from.size && to.x > from.x && to.y > from.y && to.x + to.size <= 96 && to.y + to.size <= 80, JSON.stringify(to));
    await box.press("Shift+ArrowLeft");
    await box.press("Shift+ArrowLeft");
    assert.equal((await loop.cropSquare()).x, 0, "it stays on the picture");
    assert.notEqual(await loop.paints("crop-preview"), preview);
    await loop.useCrop();
    assert.ok(await loop.lacks("photo-editor"));
    assert.deepEqual(await loop.errors(), []);
  }
});

test("the square follows the pointer and the slider", async () => {
  await loop.choose(fixture("good", "stop.ppm"));
  await loop.until("the editor", () => loop.sees("photo-editor"));
  await (await loop.reveal("crop-size")).fill("40");
  assert.equal((await loop.cropSquare()).size, 40);
  const from = await loop.cropSquare();
  const box = await loop.at("crop-box").boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await loop.page.mouse.move(x, y);
  await loop.page.mouse.down();
  await loop.page.mouse.move(x - box.width / 4, y + box.height / 8, { steps: 4 });
  await loop.page.mouse.up();
  const to = await loop.cropSquare();
  assert.ok(Math.abs(to.x - (from.x - 10)) < 1.5 && Math.abs(to.y - (from.y + 5)) < 1.5 && to.size === 40, JSON.stringify({ from, to }));
  await loop.click("crop-cancel");
  await loop.until("it closes", () => loop.lacks("photo-editor"));
});

test("every good picture opens", async () => {
  for (const file of fixtures("good")) {
    await loop.choose(file);
    await loop.until(`${file.name} opens`, () => loop.sees("photo-editor"));
    await loop.click("crop-cancel");
    await loop.until("it closes", () => loop.lacks("photo-editor"));
    assert.deepEqual(await loop.errors(), [], file.name);
  }
});

test("every bad picture ends in a sentence, and the next good one opens", async () => {
  const good = fixture("good", "palette.png");
  // What the engine does not read and the browser shows opens all the same: tests/e2e/photos.test.mjs.
  const bad = fixtures("bad").filter(({ name }) => !["animation.gif", "bomb-8192.png", "bomb.webp", "markup.svg"].includes(name));
  assert.ok(bad.length >= 13);
  for (const file of bad) {
    await loop.choose(file);
    const { words, code } = await loop.error(20_000).catch((error) => { throw new Error(`${file.name}: ${error.message}`); });
    isSentence(words);
    assert.notEqual(code, "", file.name);
    assert.ok(await loop.lacks("photo-editor"), file.name);
    await loop.choose(good);
    await loop.until(`a good picture after ${file.name}`, async () => await loop.sees("photo-editor") && (await loop.errors()).length === 0);
    await loop.click("crop-cancel");
    await loop.until("it closes", () => loop.lacks("photo-editor"));
  }
  assert.ok(await loop.lacks("crash"), "no engine was lost over it");
});

test("a file that is larger than any photo is refused before it is read", async () => {
  await loop.page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(201).fill(new Uint8Array(1_000_000)), "large.png", { type: "image/png" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  const { words, code } = await loop.error();
  assert.equal(code, "too_large");
  isSentence(words);
});

test("a file's name is text and only text", async () => {
  await loop.choose({ ...fixture("good", "stop.png"), name: "<img src=x onerror=alert(1)>\u202egnp.png" });
  await loop.useCrop();
  const name = (await loop.at("subject-name").textContent()) ?? "";
  assert.match(name, /<img src=x onerror=alert\(1\)>/);
  assert.doesNotMatch(name, /\u202e/);
  assert.equal(await loop.at("subject-name").locator("*").count(), 0);
});

test("a real photo is cropped, read and attacked", async (t) => {
  const photo = realPhoto();
  if (!photo) {
    t.skip(NO_PHOTO);
    return;
  }
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  await loop.choose(photo);
  await loop.useCrop();
  const { read } = await loop.answer();
  t.diagnostic(`${photo.name} is read as class ${read}`);
  const result = await loop.attack("cw", { "cw-searches": 3, "cw-steps": 80 });
  assert.ok(result.success, JSON.stringify(result));
  assert.equal(result.before, read, "of a photo nobody has named, the network's own answer is what is attacked");
  assert.notEqual(result.after, read);
  assert.match(result.purified, /^\d+$/);
});

test("the visit left nothing on the console and asked nobody else", async () => {
  await loop.close();
});
