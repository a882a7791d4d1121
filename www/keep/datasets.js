// Data sets for the next visit: the files as they were opened, archives as they are, the files of a folder in one archive.

/** @import { DroppedFile } from "../state/types.js" */
/** @import { Storage } from "./storage.js" */
import { zipFile } from "./archive.js";

const KIND = "data";

/** A data set that is kept. @typedef {{ set: string, size: number }} KeptSet */

/** The files of a folder, one after another, packed as they are. @param {DroppedFile[]} files @returns {Promise<Blob>} */
async function packed(files) {
  const zip = zipFile();
  for (const { path, file } of files) zip.add(path, new Uint8Array(await file.arrayBuffer()));
  return zip.end();
}

/** @param {Storage} storage @param {string} set name @param {DroppedFile[]} files @returns {Promise<boolean>} whether it is saved */
export async function keepDataset(storage, set, files) {
  const archives = files.filter(({ path }) => /\.zip$/i.test(path));
  const loose = files.filter((file) => !archives.includes(file));
  const all = loose.length > 0 ? [...archives, { path: `${set}.zip`, file: await packed(loose) }] : archives;
  return storage.putAll(all.map(({ path, file }) => ({ kind: KIND, name: `${set}: ${path.split("/").at(-1) ?? path}`, data: file, meta: { set, path } })));
}

/** @param {Storage} storage @returns {Promise<KeptSet[]>} */
export async function keptDatasets(storage) {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const { kind, size, meta } of await storage.list()) {
    const { set } = meta;
    if (kind === KIND && typeof set === "string") sizes.set(set, (sizes.get(set) ?? 0) + size);
  }
  return Array.from(sizes, ([set, size]) => ({ set, size }));
}

/** @param {Storage} storage @param {string} set @returns {Promise<DroppedFile[]>} */
export async function openKept(storage, set) {
  /** @type {DroppedFile[]} */
  const files = [];
  for (const { kind, name, meta } of await storage.list()) {
    if (kind !== KIND || meta["set"] !== set) continue;
    const found = await storage.get(kind, name);
    if (found?.data instanceof Blob) files.push({ path: String(meta["path"]), file: found.data });
  }
  return files;
}
