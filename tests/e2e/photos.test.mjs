// Photos as phones, browsers and drawing programs make them: what the browser shows opens, as it shows it; what it does not is named. And
// what is saved is what the engine has made, also where the browser disturbs what a page reads back from a canvas.

import assert from "node:assert/strict";
import test from "node:test";
import { unzlibSync, zlibSync } from "fflate";
import { checksum } from "../../www/io/crc.js";
import { visit } from "./browser.mjs";
import { fixture, isSentence } from "./fixtures.mjs";
import { fourComponents } from "./printed.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Loop } from "./browser.mjs" */

const RED = [200, 20, 30];
const BLUE = [20, 60, 200];
/** 64 × 48, red on the left and blue on the right. */
const AVIF = "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEA"
  + "AQAAAAEAAAETAAAAOgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAADGF2"
  + "MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAQm1kYXQSAAoJGBV/vaICGg0IMisTx4eGZQGGGH4QAAAAwhETqBsEvWVQsD8mX4cYWfWL82d42Ipz66DH"
  + "8Af2";
const GIF = "R0lGODdhQAAwAIEAAMgUHhQ8yAAAAAAAACwAAAAAQAAwAEAItAABCBxIsKDBgwQDKFzIsKHDhwwRSpxYEKLFiw0papSIsaPFjSArehwZMaRJkigDmDyZcuTKkC1dvtwY0+NMmjUx3tSY"
  + "U+fOiT0v/g"
  + "QaFOJQjkUfHkWYVOlSg00dPoUateTUgVWtXgWQdeFWrF1VfuUadizZrmbDiv2qNm3ZsW3hvmU7d2tcumjl5sWb1e1eu3Wv3gX8V3DgqYMNF0Z8+GlixosdN176WHJkypOPVsZ8WXPYgAA7";

/** A BMP of the same. */
function bmp() {
  const [width, height] = [64, 48];
  const file = Buffer.alloc(54 + 3 * width * height);
  const view = new DataView(file.buffer, file.byteOffset);
  file.set([0x42, 0x4d]);
  const head = [[2, file.length], [10, 54], [14, 40], [18, width], [22, height], [26, 1 | (24 << 16)]];
  for (const [at, value] of head) view.setUint32(at ?? 0, value ?? 0, true);
  for (let at = 54, i = 0; at < file.length; at += 3, i += 1) file.set((i % width < width / 2 ? RED : BLUE).toReversed(), at);
  return file;
}
/** @param {string} head */
const svg = (head) =>
  Buffer.from(`${head}<rect width="32" height="48" fill="rgb(200,20,30)"/><rect x="32" width="32" height="48" fill="rgb(20,60,200)"/></svg>`);

/** Notes what the page puts on each canvas; nothing that a browser disturbs lies between. */
const NOTES = () => {
  const put = new WeakMap();
  Object.assign(globalThis, { put });
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function note(/** @type {[ImageData, number, number]} */ ...rest) {
    put.set(this.canvas, { width: rest[0].width, height: rest[0].height, data: rest[0].data.slice() });
    return Reflect.apply(putImageData, this, rest);
  };
};
/** As Brave and Firefox do: of one value in a hundred the lowest bit is another. */
const DISTURBS = () => {
  const { getImageData, putImageData } = CanvasRenderingContext2D.prototype;
  const { toBlob, toDataURL } = HTMLCanvasElement.prototype;
  const flip = (/** @type {ImageData} */ image) => {
    for (let i = 7; i < image.data.length; i += 101) if (i % 4 !== 3) image.data[i] = (image.data[i] ?? 0) ^ 1;
    return image;
  };
  CanvasRenderingContext2D.prototype.getImageData = function disturbed(/** @type {[number, number, number, number]} */ ...rest) {
    return flip(Reflect.apply(getImageData, this, rest));
  };
  const copy = (/** @type {HTMLCanvasElement} */ canvas) => {
    const other = document.createElement("canvas");
    other.width = canvas.width;
    other.height = canvas.height;
    const [from, to] = [canvas.getContext("2d"), other.getContext("2d")];
    if (from && to) Reflect.apply(putImageData, to, [flip(Reflect.apply(getImageData, from, [0, 0, canvas.width, canvas.height])), 0, 0]);
    return other;
  };
  HTMLCanvasElement.prototype.toBlob = function disturbed(/** @type {[BlobCallback, string]} */ ...rest) { Reflect.apply(toBlob, copy(this), rest); };
  HTMLCanvasElement.prototype.toDataURL = function disturbed(/** @type {[string]} */ ...rest) { return Reflect.apply(toDataURL, copy(this), rest); };
};
/** As Firefox where it resists fingerprinting: nothing but noise. */
const HIDES = () => {
  CanvasRenderingContext2D.prototype.getImageData = function hidden(/** @type {number} */ _x, /** @type {number} */ _y, width, height) {
    const image = new ImageData(width, height);
    for (let i = 0; i < image.data.length; i += 1) image.data[i] = (i * 7919) % 256;
    return image;
  };
  Reflect.deleteProperty(globalThis, "VideoFrame");
};

/** @param {Loop} loop @param {string} selector @returns {Promise<{ width: number, height: number, data: number[] } | null>} */
const noted = (loop, selector) => loop.page.evaluate((selector) => {
  const canvas = document.querySelector(selector);
  const seen = canvas && /** @type {Beside} */ (globalThis).put.get(canvas);
  return seen ? { ...seen, data: Array.from(seen.data) } : null;
}, selector);
/** The colour of the photo at shares of its width and height. @param {Loop} loop @param {number} x @param {number} y */
const colourAt = (loop, x, y) => loop.page.evaluate(([x, y]) => {
  const canvas = document.querySelector(".photo-canvas");
  const seen = canvas && /** @type {Beside} */ (globalThis).put.get(canvas);
  if (!seen) return [];
  const at = 4 * (Math.floor(y * seen.height) * seen.width + Math.floor(x * seen.width));
  return Array.from(seen.data.subarray(at, at + 3));
}, /** @type {const} */ ([x, y]));
/** @param {number[]} got @param {number[]} wanted @param {string} what @param {number} [far] */
const near = (got, wanted, what, far = 8) =>
  assert.ok(wanted.every((value, i) => Math.abs(value - (got[i] ?? -99)) <= far), `${what}: ${got} where ${wanted} was drawn`);

/** @param {Loop} loop @param {string} what */
async function opens(loop, what) {
  await loop.until(`${what} opens`, () => loop.sees("photo-editor"), 60_000);
  assert.deepEqual(await loop.errors(), [], what);
  near(await colourAt(loop, 0.25, 0.5), RED, what);
  near(await colourAt(loop, 0.75, 0.5), BLUE, what);
  await loop.click("crop-cancel");
  await loop.until("it closes", () => loop.lacks("photo-editor"));
}
/** @param {import("./browser.mjs").VisitOptions} [options] */
const opened = async (options = {}) => (await visit(browser, site, { query: "?device=cpu", ...options, init: [NOTES, ...options.init ?? []] })).ready();

test("whatever the browser shows opens as it shows it, and what it does not show is named", async () => {
  const loop = await opened();
  const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"';
  for (const [name, bytes] of /** @type {[string, Uint8Array][]} */ ([
    ["a.avif", Buffer.from(AVIF, "base64")], ["a.gif", Buffer.from(GIF, "base64")], ["a.bmp", bmp()],
    ["a.svg", svg(`${head} width="64" height="48">`)], ["without a size.svg", svg(`${head}>`)],
    ["by hand.svg", svg(`<?xml version="1.0"?>\n<!-- by hand -->\n${head}>`)],
    // Whatever its name says.
    ["a.jpg", Buffer.from(AVIF, "base64")], ["without an ending", bmp()],
  ])) {
    for (const how of /** @type {const} */ (["choose", "drop", "paste"])) {
      if (how === "choose") await loop.choose({ name, bytes });
      else await loop.give(how, { name, bytes, type: "" });
      await opens(loop, `${name} by ${how}`);
    }
  }
  for (const [name, bytes, says] of /** @type {[string, Uint8Array | string, RegExp][]} */ ([
    ["IMG_0001.HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on", /HEIC.*JPEG/],
    ["scan.tif", "II*\0\x08\0\0\0", /TIFF.*PNG/],
    ["page.pdf", "%PDF-1.7 and so on", /PDF.*PNG/],
    ["net.pth", "\x80\x02\x8a\x0al\xfc\x9cF and so on", /PyTorch.*safetensors/],
    ["a.rar", "Rar!\x1a\x07\x01\0", /RAR.*[Uu]npack/],
  ])) {
    await loop.give("drop", { name, bytes: typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, type: "" });
    const { words } = await loop.until(name, async () => (await loop.errors()).find((error) => says.test(error.words)));
    isSentence(words);
    assert.ok(await loop.page.locator('[data-testid="error-message"]:visible').count() === 1, "it is on the screen");
  }
  await loop.close();
});

/**
 * A photo that the browser makes, and drops on the page: red on the left, blue on the right, as it is to be seen.
 * @param {Loop} loop @param {number} width @param {number} height of the file @param {number} [turned] orientation in its EXIF data
 */
const drops = (loop, width, height, turned = 1) => loop.page.evaluate(async ([width, height, turned, red, blue]) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  const upright = turned < 5;
  context.fillStyle = `rgb(${red})`;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `rgb(${blue})`;
  // The sixth way: what is drawn above is seen on the right.
  if (upright) context.fillRect(width / 2, 0, width / 2, height);
  else context.fillRect(0, 0, width, height / 2);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer());
  const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0];
  const file = new File([bytes.slice(0, 2), new Uint8Array(exif), bytes.slice(2)], "IMG_0001.jpg", { type: "image/jpeg" });
  const transfer = new DataTransfer();
  transfer.items.add(file);
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  return file.size;
}, /** @type {const} */ ([width, height, turned, RED, BLUE]));

test("photos of any phone open, upright: 24, 48 and 50 million pixels, panoramas", async (t) => {
  const loop = await opened();
  for (const [width, height, turned] of /** @type {[number, number, number][]} */ ([
    [4032, 3024, 1], [4032, 3024, 6], [5712, 4284, 1], [5712, 4284, 6], [8064, 6048, 1], [8160, 6120, 6], [14_000, 3000, 1], [16_383, 2000, 1],
  ])) {
    const from = Date.now();
    await drops(loop, width, height, turned);
    await loop.until("the editor", () => loop.sees("photo-editor"), 60_000);
    const stage = await loop.at("photo-stage").evaluate((element) => /** @type {HTMLElement} */ (element).style.aspectRatio.split("/").map(Number));
    const shape = turned < 5 ? width / height : height / width;
    assert.ok(Math.abs((stage[0] ?? 0) / (stage[1] ?? 1) / shape - 1) < 0.02, `${width} × ${height}, ${turned}: ${stage}`);
    t.diagnostic(`${width} × ${height}: ${Date.now() - from} ms`);
    await opens(loop, `${width} × ${height}, turned ${turned}`);
  }
  await loop.close();
});

test("a photo with a colour profile has the colours that the browser shows", async () => {
  const loop = await opened();
  const wanted = await loop.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    const context = canvas.getContext("2d", { colorSpace: "display-p3" });
    if (!context) throw new Error("no context");
    context.fillStyle = "color(display-p3 0.3 0.7 0.2)";
    context.fillRect(0, 0, 64, 48);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const plain = new OffscreenCanvas(1, 1).getContext("2d");
    plain?.drawImage(await createImageBitmap(blob), 0, 0);
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], "p3.png"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    return Array.from(plain?.getImageData(0, 0, 1, 1).data ?? []).slice(0, 3);
  });
  assert.ok(Math.abs((wanted[0] ?? 0) - 77) > 10, `${wanted} is not what stands in the file`);
  await loop.until("it opens", () => loop.sees("photo-editor"));
  near(await colourAt(loop, 0.5, 0.5), wanted, "P3", 2);
  await loop.close();
});

/** A PNG with transparency. @param {number} side @param {(x: number, y: number) => number[]} colour four values */
function transparent(side, colour) {
  const rows = Uint8Array.from(Array.from({ length: side }, (_, y) => [0, ...Array.from({ length: side }, (_, x) => colour(x, y)).flat()]).flat());
  const chunk = (/** @type {string} */ name, /** @type {Uint8Array} */ data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const sum = checksum();
    sum.add(Uint8Array.from(body));
    const words = new DataView(new ArrayBuffer(8));
    words.setUint32(0, data.length);
    words.setUint32(4, sum.end());
    return Buffer.concat([new Uint8Array(words.buffer, 0, 4), body, new Uint8Array(words.buffer, 4, 4)]);
  };
  const head = Uint8Array.from([0, 0, 0, side, 0, 0, 0, side, 8, 6, 0, 0, 0]);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", zlibSync(rows)), chunk("IEND", new Uint8Array())]);
}

test("what is transparent lies on white, whatever colour is hidden there, and whoever reads the picture", async () => {
  const loop = await opened();
  const hidden = transparent(64, (x, y) => (x > 16 && x < 48 && y > 16 && y < 48 ? [...RED, 255] : [255, 0, 255, 0]));
  const square = '<rect x="16" y="16" width="32" height="32" fill="rgb(200,20,30)"/>';
  const drawn = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${square}</svg>`);
  for (const [name, bytes] of /** @type {[string, Uint8Array][]} */ ([["cut out.png", hidden], ["cut out.svg", drawn]])) {
    await loop.choose({ name, bytes });
    await loop.until(`${name} opens`, () => loop.sees("photo-editor"));
    near(await colourAt(loop, 0.5, 0.5), RED, name);
    near(await colourAt(loop, 0.05, 0.05), [255, 255, 255], name, 0);
    await loop.click("crop-cancel");
    await loop.until("it closes", () => loop.lacks("photo-editor"));
  }
  await loop.close();
});

test("pictures for printing, in four inks, are as the browser shows them", async (t) => {
  const loop = await opened();
  for (const [name, bytes] of Object.entries(fourComponents(RED))) {
    const shown = await loop.page.evaluate(async (bytes) => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      canvas?.drawImage(await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" })), 0, 0);
      return Array.from(canvas?.getImageData(0, 0, 1, 1).data ?? []).slice(0, 3);
    }, Array.from(bytes));
    await loop.choose({ name: `${name}.jpg`, bytes });
    await loop.until(`${name} opens`, () => loop.sees("photo-editor"));
    const seen = await colourAt(loop, 0.5, 0.5);
    t.diagnostic(`${name}: ${seen}, the browser shows ${shown}`);
    near(seen, shown, name);
    near(seen, RED, name);
    await loop.click("crop-cancel");
    await loop.until("it closes", () => loop.lacks("photo-editor"));
  }
  await loop.close();
});

/** Of one of our own, whose rows are not filtered. @param {Uint8Array} bytes */
function pixelsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  /** @type {Uint8Array[]} */
  const packed = [];
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    if (Buffer.from(bytes).toString("latin1", at + 4, at + 8) === "IDAT") packed.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const rows = unzlibSync(Buffer.concat(packed));
  const stride = 1 + 3 * width;
  assert.ok(Array.from({ length: height }, (_, y) => rows[y * stride]).every((filter) => filter === 0));
  return Array.from({ length: width * height }, (_, i) => Array.from(rows.subarray(Math.floor(i / width) * stride + 1 + 3 * (i % width)).subarray(0, 3)));
}
/** @param {{ data: number[] } | null} seen */
const coloursOf = (seen) => Array.from({ length: (seen?.data.length ?? 0) / 4 }, (_, i) => seen?.data.slice(4 * i, 4 * i + 3));

for (const [what, init] of /** @type {[string, () => void][]} */ ([["disturbs", DISTURBS], ["hides", HIDES]])) {
  test(`a browser that ${what} what is read from a canvas: what is saved is the engine's, to the bit, and opens as it was saved`, async () => {
    const loop = await opened({ shipped: true, init: [init] });
    const { success8bit } = await loop.attack("cw", { "cw-searches": 3, "cw-steps": 60 });
    const { bytes } = await loop.saved("outcome-save");
    const engine = coloursOf(await noted(loop, '[data-testid="figure-adversarial-canvas"]'));
    assert.equal(engine.length, 1024);
    assert.deepEqual(pixelsOf(bytes), engine);
    // The record has the picture before.
    await loop.click("share-open");
    const record = JSON.parse((await loop.saved("share-json")).bytes.toString());
    const image = Buffer.from(String(record.image).replaceAll("-", "+").replaceAll("_", "/"), "base64");
    assert.deepEqual(pixelsOf(image), coloursOf(await noted(loop, '[data-testid="subject-canvas"]')));
    await loop.page.keyboard.press("Escape");
    const after = await loop.number("adversarial-top");
    await loop.give("drop", { name: "adversarial.png", bytes, type: "image/png" });
    await loop.until("it opens again", () => loop.sees("photo-editor"));
    await loop.click("crop-apply");
    await loop.until("it is the subject", async () => await loop.data("subject-name") === "");
    assert.deepEqual(coloursOf(await noted(loop, '[data-testid="subject-canvas"]')), engine);
    if (success8bit) assert.equal(await loop.number("subject-top"), after, "it fools as the page said that it would");
    await loop.close();
  });
}

test("where the browser hides what is on a canvas, what only it can show ends in a sentence, and all else opens", async () => {
  const loop = await opened({ init: [HIDES] });
  await loop.give("drop", { name: "a.gif", bytes: Buffer.from(GIF, "base64"), type: "" });
  const { code, words } = await loop.error();
  assert.equal(code, "noisy");
  isSentence(words);
  await loop.give("drop", fixture("good", "stop.png"));
  await loop.until("a PNG opens", async () => await loop.sees("photo-editor") && (await loop.errors()).length === 0);
  await loop.click("crop-cancel");
  await drops(loop, 5712, 4284);
  await opens(loop, "a photo that is large");
  await loop.close();
});

test("where it only disturbs, what it shows is read another way, to the bit", async () => {
  const loop = await opened({ init: [DISTURBS] });
  await loop.give("drop", { name: "a.gif", bytes: Buffer.from(GIF, "base64"), type: "" });
  await loop.until("it opens", () => loop.sees("photo-editor"));
  const seen = coloursOf(await noted(loop, ".photo-canvas"));
  assert.equal(seen.length, 64 * 48);
  assert.deepEqual([...new Set(seen.map(String))].sort(), [BLUE, RED].map(String).sort());
  await loop.close();
});
