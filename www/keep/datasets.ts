// Data sets for the next visit: the files as they were opened, archives as they are, the files of a folder in one archive.

import type { DroppedFile } from "../engine/protocol.js";
import { zipFile } from "./archive.js";
import type { Storage } from "./storage.js";

export const KIND = "data";

/** A data set that is kept. */
export interface KeptSet { set: string; size: number }

/** The files of a folder, one after another, packed as they are. */
async function packed(files: DroppedFile[]): Promise<Blob> {
  const zip = zipFile();
  for (const { path, file } of files) await zip.add(path, file);
  return zip.end();
}

/** Tells whether it is saved. @param set its name */
export async function keepDataset(storage: Storage, set: string, files: DroppedFile[]): Promise<boolean> {
  const archives = files.filter(({ path }) => /\.zip$/i.test(path));
  const loose = files.filter((file) => !archives.includes(file));
  const all = loose.length > 0 ? [...archives, { path: `${set}.zip`, file: await packed(loose) }] : archives;
  return storage.putAll(all.map(({ path, file }) => ({ kind: KIND, name: `${set}: ${path.split("/").at(-1) ?? path}`, data: file, meta: { set, path } })));
}

export async function keptDatasets(storage: Storage): Promise<KeptSet[]> {
  const sizes = new Map<string, number>();
  for (const { kind, size, meta } of await storage.list()) {
    const { set } = meta;
    if (kind === KIND && typeof set === "string") sizes.set(set, (sizes.get(set) ?? 0) + size);
  }
  return Array.from(sizes, ([set, size]) => ({ set, size }));
}

export async function openKept(storage: Storage, set: string): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  for (const { kind, name, meta } of await storage.list()) {
    if (kind !== KIND || meta["set"] !== set) continue;
    const found = await storage.get(kind, name);
    if (found?.data instanceof Blob) files.push({ path: String(meta["path"]), file: found.data });
  }
  return files;
}
