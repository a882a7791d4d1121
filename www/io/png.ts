// Pictures as PNG, written from their values: what comes out of a canvas is not always what went in, for some browsers disturb it so that
// nobody is known again by it.

import { zlibSync } from "fflate";
import { checksum } from "./crc.js";

export interface Rgba { width: number; height: number; rgba: ArrayLike<number> }

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Length, name, data, checksum. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i += 1) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  const sum = checksum();
  sum.add(bytes.subarray(4, -4));
  view.setUint32(data.length + 8, sum.end());
  return bytes;
}

/** Three colours of 8 bits, without profile or gamma, so that everybody reads the same values. */
export function png({ width, height, rgba }: Rgba): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2], 8);
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0, to = 0; y < height; y += 1) {
    // Each row says how it is filtered: not at all.
    to += 1;
    for (let x = 0; x < width; x += 1) {
      const from = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1, to += 1) rows[to] = rgba[from + channel] ?? 0;
    }
  }
  const parts = [Uint8Array.from(SIGNATURE), chunk("IHDR", head), chunk("IDAT", zlibSync(rows)), chunk("IEND", new Uint8Array())];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** The same as PPM, which the engine reads, and which costs nothing to write. */
export function ppm({ width, height, rgba }: Rgba): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + 3 * width * height);
  file.set(head);
  for (let from = 0, to = head.length; to < file.length; from += 4, to += 3) {
    file[to] = rgba[from] ?? 0;
    file[to + 1] = rgba[from + 1] ?? 0;
    file[to + 2] = rgba[from + 2] ?? 0;
  }
  return file;
}
