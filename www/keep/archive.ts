// All that is kept as one file, and back: a zip without compression, which every system opens, with a table of contents.

import { Zip, ZipPassThrough, unzipSync } from "fflate";
import { t } from "../words/i18n.js";
import type { Data, Entry, Item } from "./storage.js";

const CONTENTS = "fool-the-sign.json";
const SCHEMA = "fool-the-sign kept work 1";
const MOST_ENTRIES = 1000;
const LONGEST_NAME = 200;
const ENDS: Record<string, string> = { model: ".safetensors", purifier: ".safetensors", checkpoint: ".safetensors" };

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});
/** As zip has it. @param before of what came before them */
function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}
/** The same of a data set, without holding up the page. */
async function checksum(bytes: Uint8Array): Promise<number> {
  const PIECE = 4 << 20;
  let crc = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    crc = crc32(bytes.subarray(at, at + PIECE), crc);
    if (bytes.length > PIECE) await new Promise((resolve) => { setTimeout(resolve, 0); });
  }
  return crc;
}

const bytesOf = async (data: Data): Promise<Uint8Array<ArrayBuffer>> =>
  (data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data ?? new Uint8Array());

/** A zip without compression that grows file by file. */
export function zipFile() {
  const parts: Blob[] = [];
  const failures: Error[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) failures.push(error);
    // A Blob of its own: the browser may put it on disk at once.
    else parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  });
  const check = () => {
    const [first] = failures;
    if (first) throw first;
  };
  return {
    add(path: string, bytes: Uint8Array) {
      const file = new ZipPassThrough(path);
      zip.add(file);
      file.push(bytes, true);
      check();
    },
    end(): Blob {
      zip.end();
      check();
      return new Blob(parts, { type: "application/zip" });
    },
  };
}

export async function write(all: { entry: Entry; data: Data }[]): Promise<Blob> {
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

type Loose = { [key: string]: unknown };
const isObject = (value: unknown): value is Loose => typeof value === "object" && value !== null;

/** What is packed is not by this program, and could unpack to anything. */
const filesOf = (bytes: Uint8Array<ArrayBuffer>) =>
  unzipSync(bytes, { filter: ({ compression, size, originalSize }) => compression === 0 && size === originalSize });

/** @throws {Error} a sentence, if it is not such a file or is damaged */
export function read(bytes: Uint8Array<ArrayBuffer>): Item[] {
  let files: ReturnType<typeof filesOf>;
  try {
    files = filesOf(bytes);
  } catch {
    throw new Error(t("archive.no-zip"));
  }
  let contents: unknown;
  try {
    contents = JSON.parse(new TextDecoder().decode(files[CONTENTS] ?? new Uint8Array()));
  } catch {
    throw new Error(t("archive.no-contents", CONTENTS));
  }
  const { schema, entries }: { schema?: unknown; entries?: unknown } = isObject(contents) ? contents : {};
  if (schema !== SCHEMA || !Array.isArray(entries) || entries.length > MOST_ENTRIES) throw new Error(t("archive.other-version"));
  return entries.map((entry: unknown): Item => {
    const { kind, name, meta, path, crc32: sum, blob }: Loose = isObject(entry) ? entry : {};
    const damaged = () => new Error(t("archive.contents-damaged"));
    if (typeof kind !== "string" || typeof name !== "string" || !isObject(meta)) throw damaged();
    if (name === "" || name.length > LONGEST_NAME) throw damaged();
    const found = typeof path === "string" && Object.hasOwn(files, path) ? files[path] : undefined;
    if (typeof path === "string" && (!found || crc32(found) !== sum)) throw new Error(t("archive.entry-damaged", name.slice(0, 60)));
    // A copy: what was read lies in the whole archive's memory.
    const data = found ? new Uint8Array(found) : null;
    return { kind, name, meta, data: blob === true && data ? new Blob([data]) : data };
  });
}

/** Whether a file looks like kept work, without reading all of it: the table of contents is the last one that is written. */
export async function isKeptWork(file: Blob): Promise<boolean> {
  const TAIL = 1 << 17;
  const end = new Uint8Array(await file.slice(Math.max(0, file.size - TAIL)).arrayBuffer());
  return new TextDecoder("latin1").decode(end).includes(CONTENTS);
}
