// All that is kept as one file, and back: a zip without compression, which every system opens, with a table of contents.

import { Zip, ZipPassThrough, unzipSync } from "fflate";
import { t } from "../words/i18n.js";
/** @import { Data, Entry, Item } from "./storage.js" */

const CONTENTS = "fool-the-sign.json";
const SCHEMA = "fool-the-sign kept work 1";
const MOST_ENTRIES = 1000;
const LONGEST_NAME = 200;
/** @type {Record<string, string>} */
const ENDS = { model: ".safetensors", purifier: ".safetensors", checkpoint: ".safetensors" };

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});
/** As zip has it. @param {Uint8Array} bytes @param {number} [before] of what came before them @returns {number} */
function crc32(bytes, before = 0) {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}
/** The same of a data set, without holding up the page. @param {Uint8Array} bytes */
async function checksum(bytes) {
  const PIECE = 4 << 20;
  let crc = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    crc = crc32(bytes.subarray(at, at + PIECE), crc);
    if (bytes.length > PIECE) await new Promise((resolve) => { setTimeout(resolve, 0); });
  }
  return crc;
}

/** @param {Data} data @returns {Promise<Uint8Array<ArrayBuffer>>} */
const bytesOf = async (data) => (data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data ?? new Uint8Array());

/** A zip without compression that grows file by file. */
export function zipFile() {
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {Error | null} */
  let failed = null;
  const zip = new Zip((error, chunk) => {
    failed ??= error;
    // A Blob of its own: the browser may put it on disk at once.
    if (!error) parts.push(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (chunk)]));
  });
  return {
    /** @param {string} path @param {Uint8Array} bytes */
    add(path, bytes) {
      const file = new ZipPassThrough(path);
      zip.add(file);
      file.push(bytes, true);
      if (failed) throw failed;
    },
    /** @returns {Blob} */
    end() {
      zip.end();
      if (failed) throw failed;
      return new Blob(parts, { type: "application/zip" });
    },
  };
}

/** @param {{ entry: Entry, data: Data }[]} all @returns {Promise<Blob>} */
export async function write(all) {
  const zip = zipFile();
  const contents = [];
  for (const [index, { entry, data }] of all.entries()) {
    const { kind, name, meta, saved } = entry;
    const bytes = await bytesOf(data);
    // A name is text that anyone may have typed; here it names a file on somebody's disk.
    const plain = name.replace(/[^\w-]+/g, "-").slice(0, 60);
    const path = bytes.length === 0 ? null : `${kind}/${index + 1}-${plain}${ENDS[kind] ?? ".bin"}`;
    if (path) zip.add(path, bytes);
    contents.push({ kind, name, saved, meta, path, crc32: path ? await checksum(bytes) : null, blob: data instanceof Blob });
  }
  zip.add(CONTENTS, new TextEncoder().encode(JSON.stringify({ schema: SCHEMA, entries: contents }, null, 1)));
  return zip.end();
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Item[]} @throws {Error} a sentence, if it is not such a file or is damaged */
export function read(bytes) {
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
  let files;
  try {
    // What is packed is not by this program, and could unpack to anything.
    files = /** @type {Record<string, Uint8Array<ArrayBuffer>>} */ (unzipSync(bytes, { filter: ({ compression, size, originalSize }) => compression === 0 && size === originalSize }));
  } catch {
    throw new Error(t("archive.no-zip"));
  }
  /** @type {{ schema?: unknown, entries?: unknown }} */
  let contents;
  try {
    contents = JSON.parse(new TextDecoder().decode(files[CONTENTS] ?? new Uint8Array()));
  } catch {
    throw new Error(t("archive.no-contents", CONTENTS));
  }
  const { schema, entries } = contents ?? {};
  if (schema !== SCHEMA || !Array.isArray(entries) || entries.length > MOST_ENTRIES) throw new Error(t("archive.other-version"));
  return entries.map((entry) => {
    const { kind, name, meta, path, crc32: sum, blob } = entry ?? {};
    if (typeof kind !== "string" || typeof name !== "string" || name === "" || name.length > LONGEST_NAME || typeof meta !== "object" || meta === null) throw new Error(t("archive.contents-damaged"));
    const found = typeof path === "string" && Object.hasOwn(files, path) ? files[path] : null;
    if (typeof path === "string" && (!found || crc32(found) !== sum)) throw new Error(t("archive.entry-damaged", name.slice(0, 60)));
    // A copy: what was read lies in the whole archive's memory.
    const data = found ? found.slice() : null;
    return { kind, name, meta, data: blob === true && data ? new Blob([data]) : data };
  });
}

/** Whether a file looks like kept work, without reading all of it: the table of contents is the last one that is written. @param {Blob} file @returns {Promise<boolean>} */
export async function isKeptWork(file) {
  const TAIL = 1 << 17;
  const end = new Uint8Array(await file.slice(Math.max(0, file.size - TAIL)).arrayBuffer());
  return new TextDecoder("latin1").decode(end).includes(CONTENTS);
}
