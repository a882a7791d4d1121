// A camera that sees a sign: Chromium's own false one, which plays a film that is made here.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { launch, visit } from "./browser.mjs";
import { ROOT, serve } from "./server.mjs";

const [WIDTH, HEIGHT] = [320, 240];
const STOP = 14;

/** @type {import("./server.mjs").Site} */
let site;
/** @type {import("playwright-core").Browser} */
let browser;
const folder = mkdtempSync(join(tmpdir(), "live-"));

/** A stop sign before a grey wall, as RGBA. @param {import("playwright-core").Page} page @param {string} svg */
const drawn = (page, svg) => page.evaluate(async ([svg, width, height]) => {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#8a8f94";
  context.fillRect(0, 0, width, height);
  const side = height * 0.62;
  context.drawImage(image, (width - side) / 2, (height - side) / 2, side, side);
  return Array.from(context.getImageData(0, 0, width, height).data);
}, /** @type {const} */ ([svg, WIDTH, HEIGHT]));

/** The same picture again and again, as an uncompressed film (4:2:0). @param {number[]} rgba */
function film(rgba) {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [0, 1, 2].map((c) => rgba[4 * (y * WIDTH + x) + c] ?? 0);
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const [blue, red] = [Buffer.alloc(WIDTH * HEIGHT / 4), Buffer.alloc(WIDTH * HEIGHT / 4)];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [r = 0, g = 0, b = 0] = at(x, y);
      luma[y * WIDTH + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (x % 2 === 0 && y % 2 === 0) {
        const small = y / 2 * (WIDTH / 2) + x / 2;
        blue[small] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
        red[small] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
      }
    }
  }
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, blue, red]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F25:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => frame)]);
}

before(async () => {
  site = await serve();
  const painter = await launch();
  const page = await painter.newPage();
  await page.goto(site.url);
  const path = join(folder, "stop.y4m");
  writeFileSync(path, film(await drawn(page, readFileSync(join(ROOT, `data/signs/${STOP}.svg`), "utf8"))));
  await painter.close();
  browser = await launch({ flags: ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${path}`] });
});
after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true });
});

test("the camera is read as it comes, attacked where one asks for it, and off when one leaves", async (t) => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#sticker", shipped: true })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  assert.ok(await loop.at("live-stop").isHidden(), "it is off until somebody wants it");
  await loop.click("live-start");
  await loop.until("the stop sign", async () => await loop.number("live-top") === STOP);
  await loop.until("a rate", async () => await loop.number("live-rate") > 0);
  t.diagnostic(`${(await loop.number("live-rate")).toFixed(1)} readings a second`);
  assert.equal(await loop.number("live-as-seen"), STOP);
  assert.equal(await loop.at("live-as-attacked").count(), 0);

  await (await loop.reveal("live-attacked")).check();
  await loop.until("what an attack would do", async () => await loop.at("live-as-attacked").count() === 1);
  const strong = await loop.reveal("live-set-attack-epsilon");
  /** What is read in the attacked picture. */
  const read = async () => `${await loop.data("live-as-attacked")} ${await loop.at("live-as-attacked-top").textContent()}`;
  await strong.fill("0");
  await strong.blur();
  await loop.until("no change at all", async () => await loop.number("live-as-attacked") === STOP);
  const unchanged = await read();
  await strong.fill("24");
  await strong.blur();
  await loop.until("another answer, or a less certain one", async () => await read() !== unchanged);
  assert.equal(await loop.number("live-as-seen"), STOP, "the picture itself is read as before");

  const live = () => loop.at("live-video").evaluate((video) => {
    const { srcObject } = /** @type {HTMLVideoElement} */ (video);
    return srcObject instanceof MediaStream && srcObject.getTracks().some(({ readyState }) => readyState === "live");
  });
  assert.equal(await live(), true);
  await loop.go("attack");
  await loop.until("the camera is off", async () => !await live());
  await loop.close();
});

test("a camera that may not be used is told, and nothing is left on", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&lang=en#sticker", shipped: true,
    init: [() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError")); }] })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  await loop.click("live-start");
  await loop.until("the reason", async () => /cannot use a camera/.test(await loop.at("live-words").textContent() ?? ""));
  assert.ok(await loop.at("live-start").isEnabled());
  await loop.close();
});
