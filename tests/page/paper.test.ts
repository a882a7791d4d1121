// On paper: what is said of a PDF is read out of the file itself, from its table of objects on, as a reader of PDF does.

import assert from "node:assert/strict";
import test from "node:test";
import { widthOf, wrapped } from "../../www/io/letters.js";
import { onPaper, patches } from "../../www/io/paper.js";
import { FOOT, MARGIN, OVERLAP, ROOM, sheets, tiles, type Print } from "../../www/io/sheets.js";
import { TILE, empty, stroke } from "../../www/state/brush.js";

const MM = 72 / 25.4;
const layer = { width: TILE, height: TILE, rgba: stroke(stroke(empty(), [16, 20], [48, 20], { colour: [250, 0, 0], width: 3 }), [16, 44], [48, 44],
  { colour: [255, 255, 255], width: 3 }) };
const PRINT: Omit<Print, "diameter"> = {
  layer, sign: null, title: "Ein Aufkleber auf „Stopp“", warning: "In class – not on a street",
  said: "lenet misreads 97.5\u00a0% (95 to 99, n = 390), κ. ".repeat(3),
  scale: "10 cm at 100 %", join: "Cut and glue.", place: (here, last) => `${here} of ${last}`,
};
// As little of a JPEG as there can be: the page takes it from a canvas, and nothing here looks into it.
const SIGN = { side: 900, jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) };

/** Objects by their numbers, as the table at the end of the file says where they are. */
function read(file: Uint8Array) {
  const text = Array.from(file, (byte) => String.fromCharCode(byte)).join("");
  assert.match(text, /^%PDF-1\.6\n/);
  const [, start = "0"] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
  const [, count = "0", table = ""] = /^xref\n0 (\d+)\n([^t]*)trailer/.exec(text.slice(Number(start))) ?? [];
  const lines = table.match(/\d{10} \d{5} [nf] \n/g) ?? [];
  assert.equal(lines.length, Number(count));
  const objects = lines.slice(1).map((line, at) => {
    const body = text.slice(Number(line.slice(0, 10)));
    assert.ok(body.startsWith(`${at + 1} 0 obj\n`), `object ${at + 1}`);
    const whole = body.slice(0, body.indexOf("\nendobj\n"));
    const [, length] = /\/Length (\d+) >>\nstream\n/.exec(whole) ?? [];
    if (length) assert.equal(whole.length - whole.indexOf("stream\n") - "stream\n".length - "\nendstream".length, Number(length), `stream ${at + 1}`);
    return whole;
  });
  const object = (number: string | undefined) => objects[Number(number) - 1] ?? "";
  const pages = objects.filter((one) => one.includes("/Type /Page ")).map((one) => {
    const box = (/\/MediaBox \[([\d. ]+)\]/.exec(one)?.[1] ?? "").split(" ").map(Number);
    return { box, content: object(/\/Contents (\d+) 0 R/.exec(one)?.[1]) };
  });
  const words = (content: string) => Array.from(content.matchAll(/<([0-9a-f]*)> Tj/g), ([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1"));
  return { objects, pages, words };
}

/** Where a part, or the photo, is on a page, and how large what is one in it: in millimetres. */
function placeOf(content: string, name: string): { x: number; y: number; scale: number } {
  const [, scale = "", x = "", y = ""] = new RegExp(`q ([\\d.-]+) 0 0 -?[\\d.]+ ([\\d.-]+) ([\\d.-]+) cm /${name} Do`).exec(content) ?? [];
  return { x: Number(x), y: Number(y), scale: Number(scale) };
}

test("pages are A4, and everything on them is as large as it is to be, to a tenth of a millimetre", () => {
  for (const diameter of [4, 16, 33.3, 60, 120]) for (const sign of [null, SIGN]) {
    const { pages } = read(sheets({ ...PRINT, sign, diameter }));
    assert.ok(pages.length > 0);
    for (const { box, content } of pages) {
      assert.deepEqual(box.map((value) => (value / MM).toFixed(1)), ["0.0", "0.0", "210.0", "297.0"]);
      const [, x = "", up = ""] = /^[^\n]*\nstream\n([\d.]+) 0 0 -([\d.]+) 0 [\d.]+ cm\n/.exec(content.slice(content.indexOf("<<"))) ?? [];
      assert.ok(Math.abs(Number(x) / MM - 1) < 1e-4 && Math.abs(Number(up) / MM - 1) < 1e-4, "one is a millimetre");
      const sticker = placeOf(content, "Sticker");
      assert.ok(Math.abs(sticker.scale * TILE - 10 * diameter) < 0.1, `${diameter}: ${sticker.scale * TILE}`);
      if (sign) assert.ok(Math.abs(placeOf(content, "Photo").scale - 10 * diameter) < 0.1);
      // The ruler: ten centimetres, and a tick at each.
      const ruler = Array.from(content.matchAll(/([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l/g), (found) => found.slice(1).map(Number));
      assert.ok(ruler.some(([from = 0, y, to = 0, again]) => y === again && Math.abs(to - from - 100) < 0.001));
      assert.equal(ruler.filter(([from, y = 0, to, again = 0]) => from === to && (y - again === 3 || Math.abs(y - again - 1.8) < 1e-6)).length, 11);
    }
  }
});

test("what is larger than a sheet comes on several that overlap, miss nothing, and say which they are", () => {
  for (const [diameter, last] of [[16, "A1"], [19, "A1"], [20, "B1"], [40, "C2"], [60, "D3"], [120, "G6"]] as const) {
    const { pages, words } = read(sheets({ ...PRINT, sign: SIGN, diameter }));
    const [columns, rows] = [last.charCodeAt(0) - 64, Number(last.slice(1))];
    assert.equal(pages.length, columns * rows, String(diameter));
    pages.forEach(({ content }, at) => {
      const here = `${String.fromCharCode(65 + (at % columns))}${Math.floor(at / columns) + 1}`;
      assert.equal(words(content).includes(`${here} of ${last}`), pages.length > 1, here);
      assert.equal(words(content).join(" ").includes("Cut and glue"), pages.length > 1);
      // Nothing is printed beyond the edge.
      assert.ok(content.includes(`q ${MARGIN} ${MARGIN} ${ROOM.width} ${ROOM.height} re W n`));
    });
    const places = pages.map(({ content }) => placeOf(content, "Sticker"));
    const [first] = places;
    for (const [at, { x, y }] of places.entries()) {
      assert.ok(Math.abs(x - (first?.x ?? 0) + (at % columns) * (ROOM.width - OVERLAP)) < 0.01);
      assert.ok(Math.abs(y - (first?.y ?? 0) + Math.floor(at / columns) * (ROOM.height - OVERLAP)) < 0.01);
    }
    const end = places.at(-1);
    assert.ok((first?.x ?? 0) >= MARGIN - 0.01 && (first?.y ?? 0) >= MARGIN - 0.01, "it begins on the first");
    assert.ok((end?.x ?? 0) + 10 * diameter <= MARGIN + ROOM.width + 0.01, "and ends on the last");
    assert.ok((end?.y ?? 0) + 10 * diameter <= MARGIN + ROOM.height + 0.01);
  }
  assert.equal(ROOM.width, 190);
  assert.equal(2 * MARGIN + ROOM.height + FOOT, 297);
});

test("a mark of a seam is at the same place of the drawing on both sheets", () => {
  const { pages } = read(sheets({ ...PRINT, sign: SIGN, diameter: 40 }));
  const marks = pages.map(({ content }) => {
    const { x, y } = placeOf(content, "Sticker");
    const crosses = content.matchAll(/0 0 0 RG 0\.15 w \[\] 0 d ([\d.]+) ([\d.]+) m ([\d.]+) \2 l/g);
    return Array.from(crosses, ([, from, height, to]) => `${((Number(from) + Number(to)) / 2 - x).toFixed(2)} ${(Number(height) - y).toFixed(2)}`);
  });
  // Of three columns and two rows: two seams upright in each row, one level in each column, with two marks each, on two sheets.
  const shared = [...new Set(marks.flat())].filter((one) => marks.filter((here) => here.includes(one)).length === 2);
  assert.equal(shared.length, 2 * 2 * 2 + 3 * 2);
});

test("of the sticker alone only sheets are printed that show some of it, and its edge is drawn, for white on white is not seen", () => {
  const { pages, objects } = read(sheets({ ...PRINT, diameter: 120 }));
  const full = tiles({ left: 0, top: 0, width: 1200, height: 1200 }, () => true);
  assert.ok(pages.length < full.tiles.length / 2, `${pages.length} of ${full.tiles.length}`);
  const part = objects.find((one) => one.includes("/Subtype /Form")) ?? "";
  const squares = Array.from(part.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f/g), ([, , , width]) => Math.floor(Number(width)));
  assert.equal(squares.reduce((sum, one) => sum + one, 0), layer.rgba.filter((byte, at) => at % 4 === 3 && byte > 0).length);
  assert.match(part, /0\.4706 0\.4706 0\.4706 RG/);
  const found = patches(layer);
  assert.equal(found.length, squares.length);
  // Neighbours overlap, so that no line is seen between them; nothing goes beyond what is covered.
  const places = Array.from({ length: TILE * TILE }, (_, at) => at).filter((at) => (layer.rgba[4 * at + 3] ?? 0) > 0);
  assert.equal(Math.max(...found.map(({ x, width }) => x + width)), Math.max(...places.map((at) => (at % TILE) + 1)));
  assert.equal(Math.max(...found.map(({ y, height }) => y + height)), Math.max(...places.map((at) => Math.floor(at / TILE) + 1)));
  assert.ok(found.some(({ height }) => height > 1) && found.some(({ height }) => height === 1));
  assert.ok(!read(sheets({ ...PRINT, sign: SIGN, diameter: 16 })).objects.some((one) => one.includes("/Subtype /Form") && one.includes(" RG ")));
});

test("it says what it is and what it is not for; letters that the font lacks are question marks, and the title has them all", () => {
  const file = sheets({ ...PRINT, diameter: 16 });
  const { pages, objects, words } = read(file);
  const lines = words(pages[0]?.content ?? "").join("\n");
  assert.match(lines, /In class \x96 not on a street/);
  assert.match(lines.replaceAll("\n", " "), /lenet misreads 97\.5\xa0% \(95 to 99, n = 390\), \?\. lenet/);
  const [, title = ""] = /\/Title <feff([0-9a-f]*)>/.exec(objects.join("\n")) ?? [];
  assert.equal((title.match(/.{4}/g) ?? []).map((code) => String.fromCharCode(Number.parseInt(code, 16))).join(""), "Ein Aufkleber auf „Stopp“");
  assert.match(objects[0] ?? "", /\/PrintScaling \/None/);
});

test("words are broken where they would be wider than their place; Helvetica's widths are those of Adobe", () => {
  assert.equal(widthOf("Hello, World", 1000), 722 + 556 + 222 + 222 + 556 + 278 + 278 + 944 + 556 + 333 + 222 + 556);
  const lines = wrapped("one two three four", 8, (words) => words.length);
  assert.deepEqual(lines, ["one two", "three", "four"]);
  assert.deepEqual(wrapped("immeasurable", 3, (words) => words.length), ["immeasurable"]);
});

test("the SVG has the same words, in as many lines as they take, and room for them", () => {
  const svg = onPaper(layer, null, 10, ["Not < on & a street", PRINT.said]);
  assert.match(svg, /^<svg [^>]*width="100mm" height="1[012]\d\.\d\dmm"/);
  assert.match(svg, />Not &lt; on &amp; a street</);
  const heights = Array.from(svg.matchAll(/<text x="32" y="([\d.]+)"/g), ([, y]) => Number(y));
  assert.ok(heights.length > 2 && heights.every((y) => y > TILE && y < Number(/viewBox="0 0 64 ([\d.]+)"/.exec(svg)?.[1])), String(heights));
});
