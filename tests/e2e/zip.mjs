// Just enough of a zip reader to take a photo out of an archive.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/**
 * @param {string} path
 * @param {RegExp} wanted
 * @returns {{ name: string, bytes: Buffer } | null} the first entry whose name fits
 */
export function readFromZip(path, wanted) {
  const archive = readFileSync(path);
  const end = archive.subarray(-65_557);
  let tail = end.length - 22;
  while (tail >= 0 && end.readUInt32LE(tail) !== 0x06054b50) tail -= 1;
  if (tail < 0) throw new Error(`${path} is not a zip archive`);
  let at = end.readUInt32LE(tail + 16);
  for (let left = end.readUInt16LE(tail + 10); left > 0; left -= 1) {
    const [method, size, nameLength, extra, comment, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)];
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    if (wanted.test(name)) {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const packed = archive.subarray(start, start + size);
      return { name, bytes: method === 0 ? packed : inflateRawSync(packed) };
    }
    at += 46 + nameLength + extra + comment;
  }
  return null;
}
