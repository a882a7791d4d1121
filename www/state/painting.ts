// What somebody has painted, or the machine has made, as a part of a link: where it is, and of each such place the colour, deflated, as letters
// that addresses leave as they are. It stands behind the #, which no browser sends to anybody.

import { deflateSync, inflateSync } from "fflate";
import { words, type Words } from "../words/say.js";
import { TILE, empty, isEmpty, type Layer } from "./brush.js";
import type { Settings, State } from "./types.js";

/** Of a whole address: what chats, mails and browsers still take as one. */
export const LONGEST_ADDRESS = 8000;
/** What the part of the place begins with; the number is that of the format. */
const MARK = "paint1=";
const OF_A_PAINTING = /^#sticker\/paint/i;

const PLACES = TILE * TILE;
const [MASK, SUM] = [PLACES / 8, 4];
const LETTERS = /^[\w-]+$/;

/** Adler-32, of zlib (RFC 1950): tells a link that lost its end, or its capitals, on its way. */
function sumOf(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** Of the link, behind its #. */
export function packed(layer: Layer): string {
  const covered = Array.from({ length: PLACES }, (_, at) => at).filter((at) => (layer[4 * at + 3] ?? 0) > 0);
  const bytes = new Uint8Array(SUM + MASK + 3 * covered.length);
  covered.forEach((at, index) => {
    const byte = SUM + (at >> 3);
    bytes[byte] = (bytes[byte] ?? 0) | (1 << (at & 7));
    bytes.set(layer.subarray(4 * at, 4 * at + 3), SUM + MASK + 3 * index);
  });
  new DataView(bytes.buffer).setUint32(0, sumOf(bytes.subarray(SUM)));
  const letters = btoa(Array.from(deflateSync(bytes, { level: 9 }), (byte) => String.fromCharCode(byte)).join(""));
  return `#sticker/${MARK}${letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The layer of a text that `packed` has written; nothing of any other. */
function unpacked(text: string): Layer | null {
  if (!LETTERS.test(text) || text.length > LONGEST_ADDRESS) return null;
  let bytes: Uint8Array;
  try {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    // So many letters hold six megabytes at the very most.
    bytes = inflateSync(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
  if (bytes.length < SUM + MASK || bytes.length > SUM + MASK + 3 * PLACES) return null;
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) !== sumOf(bytes.subarray(SUM))) return null;
  const layer = empty();
  let from = SUM + MASK;
  for (let at = 0; at < PLACES; at += 1) {
    if (((bytes[SUM + (at >> 3)] ?? 0) & (1 << (at & 7))) === 0) continue;
    if (from + 3 > bytes.length) return null;
    layer.set([...bytes.subarray(from, from + 3), 255], 4 * at);
    from += 3;
  }
  return from === bytes.length && !isEmpty(layer) ? layer : null;
}

/** So that whoever opens a link has the same sign, and the same goal. */
export function settingsOfSticker({ settings, sticking }: Pick<State, "settings" | "sticking">): Settings {
  const config = sticking?.report?.config;
  if (!config) return settings;
  const { sign, goal } = config;
  return { ...settings, "sticker.sign": sign, "sticker.goal": goal.kind, ...(goal.kind === "targeted" ? { "sticker.target": goal.class } : {}) };
}

export interface Painting {
  /** Nothing where the link has none, or it cannot be read. */
  layer: Layer | null;
  /** Why it cannot be read. */
  note: Words | null;
}

/** What is painted in the part of a link behind its #. */
export function paintingOf(hash: string): Painting {
  if (!OF_A_PAINTING.test(hash)) return { layer: null, note: null };
  if (hash.length > LONGEST_ADDRESS) return { layer: null, note: words("link.painting-long") };
  const text = hash.slice("#sticker/".length).replace(/[\s.,;:!?)\]>"'’”»]+$/, "");
  const layer = text.startsWith(MARK) ? unpacked(text.slice(MARK.length)) : null;
  return { layer, note: layer ? null : words("link.painting") };
}
