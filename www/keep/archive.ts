// All that is kept as one file, and back: a zip without compression, which every system opens, with a table of contents. It may be
// larger than there is memory for, so it is written and read piece by piece.

import { Zip, ZipPassThrough } from "fflate";
import { checksum } from "../io/crc.js";
import { isObject, type Loose } from "../io/loose.js";
import { t } from "../words/i18n.js";
import type { Data, Entry } from "./storage.js";

const CONTENTS = "fool-the-sign.json";
const SCHEMA = "fool-the-sign kept work 1";
const MOST_ENTRIES = 1000;
const LONGEST_NAME = 200;
/** The table of contents holds the curves of every model. */
const MOST_CONTENTS = 50_000_000;
const ENDS: Record<string, string> = { model: ".safetensors", purifier: ".safetensors", checkpoint: ".safetensors" };
/** So small that no piece holds up the page. */
const PIECE = 1 << 20;

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

/** One after another, and the page has its turn after each. */
async function* pieces(data: Blob | Uint8Array): AsyncGenerator<Uint8Array> {
  const size = data instanceof Blob ? data.size : data.length;
  for (let at = 0; at < size; at += PIECE) {
    if (data instanceof Blob) yield await bytesOf(data.slice(at, at + PIECE));
    else {
      yield data.subarray(at, at + PIECE);
      if (size > PIECE) await new Promise((resolve) => { setTimeout(resolve, 0); });
    }
  }
}

async function checksumOf(data: Blob): Promise<number> {
  const sum = checksum();
  for await (const piece of pieces(data)) sum.add(piece);
  return sum.end();
}

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
    /** Tells its checksum. */
    async add(path: string, data: Blob | Uint8Array): Promise<number> {
      const file = new ZipPassThrough(path);
      zip.add(file);
      for await (const piece of pieces(data)) file.push(piece);
      file.push(new Uint8Array(), true);
      check();
      return file.crc >>> 0;
    },
    end(): Blob {
      zip.end();
      check();
      return new Blob(parts, { type: "application/zip" });
    },
  };
}

interface Kept { entry: Entry; data: Data }

/** @param all one after another, so that only one of them need be there */
export async function write(all: Iterable<Kept> | AsyncIterable<Kept>): Promise<Blob> {
  const zip = zipFile();
  const contents = [];
  for await (const { entry, data } of all) {
    const { kind, name, meta, saved } = entry;
    // A name is text that anyone may have typed; here it names a file on somebody's disk.
    const plain = name.replace(/[^\w-]+/g, "-").slice(0, 60);
    const empty = data === null || (data instanceof Blob ? data.size : data.length) === 0;
    const path: string | null = empty ? null : `${kind}/${contents.length + 1}-${plain}${ENDS[kind] ?? ".bin"}`;
    const sum: number | null = path && data ? await zip.add(path, data) : null;
    contents.push({ kind, name, saved, meta, path, crc32: sum, blob: data instanceof Blob });
  }
  await zip.add(CONTENTS, new TextEncoder().encode(JSON.stringify({ schema: SCHEMA, entries: contents }, null, 1)));
  return zip.end();
}


const SIGNS = { end: 0x06054b50, entry: 0x02014b50, file: 0x04034b50 };
const LENGTHS = { end: 22, entry: 46, file: 30, comment: 65_535 };
/** With that many names, the list of an archive is no longer than this. */
const MOST_LIST = (MOST_ENTRIES + 1) * 1000;

const viewOf = async (file: Blob, from: number, to: number): Promise<DataView> => new DataView(await file.slice(from, to).arrayBuffer());

/**
 * What lies in the archive: each a part of the file, of which nothing has been read. What is packed is not by this program, and could
 * unpack to anything: it is left out.
 *
 * The library that writes cannot read this. Its `unzip` wants all of the file in memory. Its `Unzip` goes from the front, where a file that
 * was written piece by piece does not say how long it is: it looks for the sign at its end, which stands inside of every data set
 * that is such an archive itself, and takes the files in there for its own. The list at the end of the archive says where each one lies.
 * @throws {Error} if it is no such archive
 */
async function filesOf(file: Blob): Promise<Map<string, Blob>> {
  const tail = await viewOf(file, Math.max(0, file.size - LENGTHS.end - LENGTHS.comment), file.size);
  let end = tail.byteLength - LENGTHS.end;
  while (tail.getUint32(end, true) !== SIGNS.end) end -= 1;
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  if (count > MOST_ENTRIES + 1 || length > MOST_LIST) throw new RangeError("too much of it");
  const list = await viewOf(file, start, start + length);
  const found = new Map<string, Blob>();
  let all = 0;
  for (let index = 0, at = 0; index < count; index += 1) {
    if (list.getUint32(at, true) !== SIGNS.entry) throw new RangeError("no entry");
    const [packed, size, place] = [list.getUint32(at + 20, true), list.getUint32(at + 24, true), list.getUint32(at + 42, true)];
    const [name, extra, comment] = [list.getUint16(at + 28, true), list.getUint16(at + 30, true), list.getUint16(at + 32, true)];
    const path = new TextDecoder().decode(new Uint8Array(list.buffer, at + LENGTHS.entry, name));
    const plain = list.getUint16(at + 10, true) === 0 && packed === size;
    at += LENGTHS.entry + name + extra + comment;
    if (!plain) continue;
    const head = await viewOf(file, place, place + LENGTHS.file);
    if (head.getUint32(0, true) !== SIGNS.file) throw new RangeError("no file");
    const from = place + LENGTHS.file + head.getUint16(26, true) + head.getUint16(28, true);
    all += size;
    // Files that lie upon one another would be more than what there is.
    if (from + size > file.size || all > file.size) throw new RangeError("cut short");
    found.set(path, file.slice(from, from + size));
  }
  return found;
}

/** A thing that an archive holds. */
export interface Packed {
  kind: string;
  name: string;
  meta: Record<string, unknown>;
  size: number;
  /** Read from the file only now. */
  data(): Promise<Data>;
}

/** @throws {Error} a sentence, if it is not such a file or is damaged: then nothing of it is to be used */
export async function read(file: Blob): Promise<Packed[]> {
  let files: Awaited<ReturnType<typeof filesOf>>;
  try {
    files = await filesOf(file);
  } catch {
    throw new Error(t("archive.no-zip"));
  }
  let contents: unknown;
  try {
    const found = files.get(CONTENTS);
    contents = JSON.parse(found && found.size <= MOST_CONTENTS ? await found.text() : "");
  } catch {
    throw new Error(t("archive.no-contents", CONTENTS));
  }
  const { schema, entries }: { schema?: unknown; entries?: unknown } = isObject(contents) ? contents : {};
  if (schema !== SCHEMA || !Array.isArray(entries) || entries.length > MOST_ENTRIES) throw new Error(t("archive.other-version"));
  const all: Packed[] = [];
  for (const entry of entries) {
    const { kind, name, meta, path, crc32: sum, blob }: Loose = isObject(entry) ? entry : {};
    const damaged = () => new Error(t("archive.contents-damaged"));
    if (typeof kind !== "string" || typeof name !== "string" || !isObject(meta)) throw damaged();
    if (name === "" || name.length > LONGEST_NAME) throw damaged();
    const found = typeof path === "string" ? files.get(path) : undefined;
    if (typeof path === "string" && (!found || await checksumOf(found) !== sum)) throw new Error(t("archive.entry-damaged", name.slice(0, 60)));
    all.push({ kind, name, meta, size: found?.size ?? 0, data: async () => (!found || blob === true ? found ?? null : bytesOf(found)) });
  }
  return all;
}

/** Whether a file looks like kept work, without reading all of it: the table of contents is the last one that is written. */
export async function isKeptWork(file: Blob): Promise<boolean> {
  const TAIL = 1 << 17;
  const end = await bytesOf(file.slice(Math.max(0, file.size - TAIL)));
  return new TextDecoder("latin1").decode(end).includes(CONTENTS);
}
