// Paintings in links: what is painted comes back as it was, and whatever else stands there is a sentence.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "fflate";
import { TILE, empty, isEmpty, stroke } from "../../www/state/brush.js";
import { isLink, readLink } from "../../www/state/link.js";
import { LONGEST_ADDRESS, packed, paintingOf } from "../../www/state/painting.js";
import { say } from "../../www/words/say.js";

const HAND = stroke(stroke(empty(), [10, 20], [50, 24], { colour: [242, 242, 242], width: 6 }), [20, 40], [44, 40], { colour: [26, 111, 196], width: 4 });

/** A sticker in as many colours as it has places. @param share of all places */
function colourful(share: number) {
  const layer = empty();
  // Knuth's generator: colours that no packing makes small.
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  for (let at = 0; at < share * TILE * TILE; at += 1) layer.set([next(), next(), next(), 255], 4 * at);
  return layer;
}
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const linkOf = (bytes: Uint8Array) => `#sticker/paint1=${base64(deflateSync(bytes))}`;

test("what is painted or made comes back from its link, place by place", () => {
  const one = empty();
  one.set([1, 2, 3, 255], 4 * (TILE * TILE - 1));
  for (const layer of [HAND, one, colourful(0.1), colourful(0.25), colourful(1)]) {
    const hash = packed(layer);
    assert.match(hash, /^#sticker\/paint1=[\w-]+$/);
    if (hash.length > LONGEST_ADDRESS) continue;
    assert.deepEqual(paintingOf(hash), { layer, note: null });
  }
  assert.ok(packed(HAND).length < 400, `by hand: ${packed(HAND).length} letters`);
  // A quarter of the plate, which is the largest sticker of the page's own examples.
  assert.ok(packed(colourful(0.25)).length < 5000, `a computed one: ${packed(colourful(0.25)).length} letters`);
  assert.ok(packed(colourful(1)).length > LONGEST_ADDRESS, "what the page offers as a file instead");
});

test("a painting makes an address a link, with or without settings, however it arrives", () => {
  const hash = packed(HAND);
  const ways: [how: string, search: string, hash: string][] = [
    ["unharmed", "?stickon=5", hash], ["alone", "", hash], ["at the end of a sentence", "?stickon=5", `${hash}).`],
    ["encoded with its settings", `?${encodeURIComponent(`stickon=5${hash}`)}`, ""],
    ["encoded twice", `?${encodeURIComponent(encodeURIComponent(`stickon=5${hash}`))}`, ""],
    ["with what a mail puts behind it", "?stickon=5&utm_source=x&fbclid=y", hash],
    ["with &amp; for &", "?stickon=5&amp;sticktarget=3", hash],
  ];
  for (const [how, search, at] of ways) {
    assert.ok(isLink(search, at), how);
    const { painting, settings, notes } = readLink(search, at);
    assert.deepEqual(painting, { layer: HAND, note: null }, how);
    assert.deepEqual(notes, [], how);
    if (search) assert.equal(settings["sticker.sign"], 5, how);
  }
});

test("a link that lost something, or never was one, is refused in a sentence", () => {
  const good = packed(HAND);
  const [, letters = ""] = /=(.*)$/.exec(good) ?? [];
  const head = "#sticker/paint1=";
  const cases: [what: string, hash: string][] = [
    ["its end is lost", good.slice(0, -9)], ["its beginning is lost", head + letters.slice(8)], ["in capitals", good.toUpperCase()],
    ["in small letters", good.toLowerCase()],
    ["one letter is another", head + letters.slice(0, 30) + (letters[30] === "A" ? "B" : "A") + letters.slice(31)],
    ["nothing in it", head], ["no letters of it", `${head}%%%`],
    ["markup", `${head}<img src=x onerror=alert(1)>`], ["another format", good.replace("paint1", "paint2")],
    ["without a format", "#sticker/paint"], ["not deflated", head + base64(HAND.subarray(0, 600))],
    ["too short when it is unpacked", linkOf(new Uint8Array(20))],
    ["nothing is painted", packed(empty())], ["a bomb", linkOf(new Uint8Array(5_000_000))],
    ["more colours than places", linkOf(new Uint8Array(4 + 512 + 30))], ["all zeros", linkOf(new Uint8Array(516))],
    ["longer than a link may be", head + "A".repeat(LONGEST_ADDRESS)], ["far longer", head + "A".repeat(1_000_000)],
  ];
  for (const [what, hash] of cases) {
    const { layer, note } = paintingOf(hash);
    assert.equal(layer, null, what);
    assert.match(say(note ?? { text: "" }), /^What is painted in the link .*\.$/, what);
    const { notes, painting, settings } = readLink("?stickon=5", hash);
    assert.equal(painting.layer, null, what);
    assert.equal(notes.length, 1, what);
    assert.equal(settings["sticker.sign"], 5, what);
  }
  for (const hash of ["", "#sticker", "#start", "#train/kept", "#sticker/live"]) assert.deepEqual(paintingOf(hash), { layer: null, note: null }, hash);
});

test("every byte that is changed on its way is noticed", () => {
  const good = packed(HAND);
  const from = good.indexOf("=") + 1;
  for (let at = from; at < good.length; at += 1) {
    const other = good.slice(0, at) + (good[at] === "x" ? "y" : "x") + good.slice(at + 1);
    const { layer } = paintingOf(other);
    // The last letter has bits that say nothing.
    if (layer) assert.deepEqual(layer, HAND, String(at));
  }
  assert.ok(!isEmpty(HAND));
});
