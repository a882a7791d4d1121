// Whatever is dropped, pasted or chosen goes to who reads it, wherever that was; and pictures are known by their headers.

import { engine, quiet } from "./world.js";
import { tab } from "./desk.js";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { unzlibSync } from "fflate";
import { attackFlow } from "../../www/flows/attack.js";
import { filesFlow } from "../../www/flows/files.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { checksum } from "../../www/io/crc.js";
import { MOST_PIXELS, headerOf } from "../../www/io/photo.js";
import { png, ppm } from "../../www/io/png.js";
import { sortOf } from "../../www/io/sort.js";
import type { Place } from "../../www/state/types.js";

const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (char) => char.charCodeAt(0));
const HEIC = "\0\0\0\x18ftypheic\0\0\0\0mif1heic";
const WEIGHTS = "\x40\0\0\0\0\0\0\0{\"a\":";
const ZIP = "PK\x03\x04";

async function atDesk() {
  const page = tab(`files ${Math.random()}`);
  const one = engine();
  await page.start(one);
  const picture = pictureFlow(page.desk);
  const taken: string[] = [];
  const files = filesFlow(page.desk, {
    picture, attack: attackFlow(page.desk, picture), shelf: shelfFlow(page.desk, 2 ** 32),
    isKept: async (file) => (await file.text()).includes("fool-the-sign.json"), takeKept: async ({ name }) => { taken.push(name); },
  });
  location.hash = "#lesson";
  return { page, one, files, taken };
}

/** What became of it: the place that one is taken to, and who got it. */
const CASES: [name: string, bytes: string, by: Place | undefined, place: string, who: string][] = [
  ["IMG_1.HEIC", HEIC, undefined, "#data", "photo"],
  ["a photo without an ending", "\xff\xd8\xff\xe0", undefined, "#data", "photo"],
  ["signs.zip", ZIP, undefined, "#data", "load"],
  ["signs.zip", ZIP, "photo", "#data", "load"],
  ["signs.zip", ZIP, "shelf", "#data", "load"],
  ["holiday.bin", ZIP, undefined, "#data", "load"],
  ["Train.csv", "Path,ClassId", undefined, "#data", "load"],
  ["cut.zip", "no archive", undefined, "#data", "load"],
  ["fool-the-sign.zip", `${ZIP}fool-the-sign.json`, undefined, "#train/kept", "kept"],
  ["fool-the-sign.zip", `${ZIP}fool-the-sign.json`, "data", "#train/kept", "kept"],
  ["fool-the-sign (1).zip", `${ZIP}fool-the-sign.json`, "shelf", "#train/kept", "kept"],
  ["signs.zip", ZIP, "kept", "#train/kept", "kept"],
  ["lenet.safetensors", WEIGHTS, undefined, "#train", "import_model"],
  ["weights of a download", WEIGHTS, "data", "#train", "import_model"],
  ["lenet.safetensors", WEIGHTS, "kept", "#train", "import_model"],
  ["net.pth", ZIP, "shelf", "#train", "import_model"],
  ["net.pth", ZIP, undefined, "#data", "photo"],
  ["net.onnx", "\x08\x08\x12\x07pytorch", "shelf", "#train", "import_model"],
  ["x.npz", ZIP, "data", "#data", "load"],
  ["train.p", "\x80\x03}q", "data", "#data", "load"],
  ["train.p", "\x80\x03}q", undefined, "#data", "photo"],
  ["a.7z", "7z\xbc\xaf\x27\x1c", undefined, "#data", "photo"],
  ["record.json", "{}", undefined, "#measure", "record.unknown"],
  ["record.json", "{}", "data", "#measure", "record.unknown"],
  ["x.txt", "words", "page", "#lesson", "record.unknown"],
];
for (const [name, bytes, by, place, who] of CASES) {
  test(`${name}, ${by ? `chosen for ${by}` : "dropped"}, goes to ${who}`, async () => {
    const { page, one, files, taken } = await atDesk();
    await files.open([{ path: name, file: new Blob([latin(bytes)]) }], by);
    await quiet();
    const { messages } = page.store.get();
    const record = messages.page?.code === "record" ? ["record.unknown"] : [];
    const asked = (["photo", "load", "import_model"] as const).filter((type) => one.asked(type).length > 0);
    assert.deepEqual([...asked, ...taken.map(() => "kept"), ...record], [who]);
    assert.equal(location.hash, place);
    page.client.end();
  });
}

test("a folder is a data set, whatever is in it, and of several files each goes its way", async () => {
  const { page, one, files } = await atDesk();
  await files.open([{ path: "signs/a.heic", file: new Blob([latin(HEIC)]) }], "photo", ["signs/gone.png"]);
  assert.equal(one.asked("load").length, 1);
  await files.open(["a", "b"].map((name) => ({ path: `${name}.safetensors`, file: new Blob([latin(WEIGHTS)]) })));
  assert.equal(one.asked("import_model").length, 2);
  await files.open(["a", "b", "c"].map((name) => ({ path: `${name}.heic`, file: new Blob([latin(HEIC)]) })));
  assert.deepEqual([one.asked("photo").length, page.store.get().photos.map(({ name }) => name)], [1, ["b.heic", "c.heic"]]);
  page.client.end();
});

test("of a large file that is no picture only the ends are read, and the engine says what it is", async () => {
  const { page, one, files } = await atDesk();
  const large = new Blob([latin("7z\xbc\xaf\x27\x1c"), new Uint8Array(30_000_000)]);
  await files.open([{ path: "a.7z", file: large }]);
  const [command] = one.asked("photo");
  assert.ok(command?.type === "photo" && command.bytes.length <= 1 << 20 && command.bytes[0] === 0x37, "its beginning");
  page.client.end();
});

/** A PNG's beginning: its size, and chunks before the pixels. */
function pngHead(width: number, height: number, chunks: string[]): Uint8Array {
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  const chunk = (name: string, data: string) => `\0\0\0${String.fromCharCode(data.length)}${name}${data}....`;
  return latin(`\x89PNG\r\n\x1a\n${chunk("IHDR", String.fromCharCode(...head))}${chunks.map((name) => chunk(name, "1234")).join("")}${chunk("IDAT", "")}`);
}
const two = (number: number) => String.fromCharCode(number >> 8, number & 255);
const jpegHead = (width: number, height: number, profile: boolean) => latin(`\xff\xd8\xff\xe1${two(6)}Exif${profile ? `\xff\xe2${two(14)}ICC_PROFILE\0` : ""}`
  + `\xff\xdb${two(4)}..\xff\xc2${two(11)}\x08${two(height)}${two(width)}\x03......`);

test("what the engine reads just as the browser shows it is known by its header", () => {
  const cases: [what: string, bytes: Uint8Array, known: boolean, plain: boolean, pixels: number][] = [
    ["PNG", pngHead(96, 80, []), true, true, 7680],
    ["PNG that says it is sRGB", pngHead(96, 80, ["gAMA", "sRGB"]), true, true, 7680],
    ["PNG with a gamma", pngHead(96, 80, ["gAMA"]), true, false, 7680],
    ["PNG of a Mac", pngHead(96, 80, ["iCCP"]), true, false, 7680],
    ["PNG of a film", pngHead(96, 80, ["cICP"]), true, false, 7680],
    ["JPEG", jpegHead(4032, 3024, false), true, true, 12_192_768],
    ["JPEG of an iPhone", jpegHead(8064, 6048, true), true, false, 48_771_072],
    ["WebP", latin(`RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0\x5f\0\0\x4f\0\0`), true, true, 7680],
    ["WebP with a profile", latin(`RIFF....WEBPVP8X\x0a\0\0\0\x20\0\0\0\x5f\0\0\x4f\0\0`), true, false, 7680],
    ["PPM", latin("P6\n9 9\n255\n"), true, true, 0],
    ["HEIC", latin(HEIC), false, false, 0],
    ["GIF", latin("GIF89a\x01\0\x01\0"), false, false, 0],
    ["words", latin("words"), false, false, 0],
    ["nothing", latin(""), false, false, 0],
    ["cut off", pngHead(96, 80, []).subarray(0, 30), true, false, Infinity],
  ];
  for (const [what, bytes, known, plain, pixels] of cases) {
    const header = headerOf(bytes);
    assert.deepEqual([header.known, header.plain, header.pixels], [known, plain, pixels], what);
  }
  const lying = readFileSync("tests/fixtures/bad/lying-size.png");
  assert.ok((headerOf(lying).least ?? 0) > lying.length, "no such file holds 16 million pixels");
  for (const name of readdirSync("tests/fixtures/good").filter((one) => one.endsWith(".png"))) {
    const whole = readFileSync(`tests/fixtures/good/${name}`);
    assert.ok((headerOf(whole).least ?? 0) <= whole.length, name);
  }
  const entities = "<!DOCTYPE svg PUBLIC \"\" [ <!ENTITY a \"b\"> ]>\n<svg/>";
  for (const svg of ["<svg xmlns=\"\">", "<?xml version='1.0'?>\n<!-- by hand -->\n<svg>", entities, "  <svg/>"]) {
    assert.equal(headerOf(latin(svg)).type, "image/svg+xml", svg);
  }
  for (const other of ["<html><svg>", "<svgs>", "text <svg>"]) assert.equal(headerOf(latin(other)).type, undefined, other);
});

test("of the pictures of the tests the engine gets every good one as it is", async () => {
  for (const name of readdirSync("tests/fixtures/good")) {
    const bytes = readFileSync(join("tests/fixtures/good", name));
    const { known, pixels } = headerOf(bytes);
    assert.ok(known && pixels <= MOST_PIXELS, name);
    assert.equal(await sortOf(new Blob([bytes]), "x"), "picture", name);
  }
});

test("a PNG holds the values that it was given, and nothing that would change how they look; a PPM too", () => {
  const rgba = Uint8Array.from({ length: 4 * 7 * 5 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
  const rgb = rgba.filter((_, i) => i % 4 !== 3);
  const bytes = png({ width: 7, height: 5, rgba });
  const view = new DataView(bytes.buffer);
  const names: string[] = [];
  let packed = new Uint8Array();
  const crc32 = (bytes: Uint8Array) => {
    const sum = checksum();
    sum.add(bytes);
    return sum.end();
  };
  assert.equal(crc32(latin("IEND")), 0xae426082);
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    const length = view.getUint32(at);
    names.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
    assert.equal(view.getUint32(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)));
    if (names.at(-1) === "IDAT") packed = bytes.slice(at + 8, at + 8 + length);
  }
  assert.deepEqual(names, ["IHDR", "IDAT", "IEND"]);
  assert.deepEqual([view.getUint32(16), view.getUint32(20), bytes[24], bytes[25]], [7, 5, 8, 2]);
  const rows = unzlibSync(packed);
  for (let y = 0; y < 5; y += 1) {
    assert.equal(rows[y * 22], 0);
    assert.deepEqual([...rows.subarray(y * 22 + 1, (y + 1) * 22)], [...rgb.subarray(y * 21, (y + 1) * 21)]);
  }
  const file = ppm({ width: 7, height: 5, rgba });
  assert.deepEqual([...file], [...latin("P6\n7 5\n255\n"), ...rgb]);
});

test("no accept keeps a person from choosing a file that the page would know what to do with", () => {
  const folder = (root: string): string[] => readdirSync(root, { recursive: true }).map((name) => join(root, String(name)));
  const filters = folder("www").filter((path) => path.endsWith(".tsx")).flatMap((path) =>
    Array.from(readFileSync(path, "utf8").matchAll(/accept=(\S+)/g), ([, filter]) => `${path} ${filter}`));
  // iOS greys out every file whose ending it does not know: weights, tables, archives of other programs.
  assert.deepEqual(filters.sort(), [join("www/ui/elements.tsx") + " {accept}", join("www/views/data/subject.tsx") + " {ACCEPT}"]);
  assert.match(readFileSync("www/views/data/subject.tsx", "utf8"), /ACCEPT = "image\/\*,/);
});
