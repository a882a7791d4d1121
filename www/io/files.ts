// Files in and out: drop, paste, save.

import type { DroppedFile } from "../engine/protocol.js";

/** How often is told how many files were found. */
const TELL_MS = 200;
/** Files that are asked for at once: the browser answers for all of them in one go, at half a millisecond each on a busy machine. */
const AT_ONCE = 50;

/** Files of a file chooser; of a chosen folder with their paths. */
export const filesOf = (list: FileList | null): DroppedFile[] => Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

export interface Taker {
  /** @param unread names of what the browser could not open */
  take(files: DroppedFile[], unread: string[]): void;
  /** Whether a file is held over the page. */
  hover(over: boolean): void;
  /** A folder is looked through. @param found so far; nothing when it is done @param stop ends it, and nothing is taken */
  gather(found: number | null, stop?: () => void): void;
}

/** What was dropped, with all that lies in folders. One file that cannot be opened keeps no other from being taken. */
async function filesIn(transfer: DataTransfer, gather: Taker["gather"]): Promise<{ files: DroppedFile[]; unread: string[] }> {
  // The list is only there until the first await.
  const entries = Array.from(transfer.items).filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: DroppedFile[] = [];
  const unread: string[] = [];
  const folders = entries.filter((entry): entry is FileSystemDirectoryEntry => entry !== null && !(entry instanceof File) && isFolder(entry));
  let stopped = false;
  let told = 0;
  const stop = () => { stopped = true; };
  if (folders.length > 0) gather(0, stop);

  async function one(entry: FileSystemEntry) {
    const path = entry.fullPath.replace(/^\//, "");
    if (isFolder(entry)) folders.push(entry);
    else if (isFile(entry)) {
      try {
        files.push({ path, file: await new Promise<File>((done, failed) => { entry.file(done, failed); }) });
      } catch {
        unread.push(path);
      }
    }
  }
  async function look(folder: FileSystemDirectoryEntry) {
    const reader = folder.createReader();
    while (!stopped) {
      // A hundred at first, then as many as there are.
      const some = await new Promise<FileSystemEntry[]>((done, failed) => { reader.readEntries(done, failed); });
      if (some.length === 0) return;
      for (let at = 0; at < some.length && !stopped; at += AT_ONCE) {
        await Promise.all(some.slice(at, at + AT_ONCE).map(one));
        if (stopped || performance.now() - told < TELL_MS) continue;
        told = performance.now();
        gather(files.length, stop);
      }
    }
  }
  for (const entry of entries) {
    if (entry instanceof File) files.push({ path: entry.name, file: entry });
    else if (entry && isFile(entry)) await one(entry);
  }
  for (let folder = folders.shift(); folder && !stopped; folder = folders.shift()) {
    const { fullPath } = folder;
    await look(folder).catch(() => unread.push(fullPath.replace(/^\//, "")));
  }
  if (stopped) return { files: [], unread: [] };
  if (told > 0 || entries.some((entry) => entry && !(entry instanceof File) && isFolder(entry))) gather(null);
  return { files, unread };
}

/** Takes files that are dropped anywhere on the page or pasted into it. */
export function takeFiles({ take, hover, gather }: Taker): void {
  let depth = 0;
  const hasFiles = (transfer: DataTransfer | null): boolean => Boolean(transfer && Array.from(transfer.types).includes("Files"));
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth += 1;
    hover(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) hover(false);
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth = 0;
    hover(false);
    void filesIn(event.dataTransfer, gather).then(({ files, unread }) => take(files, unread));
  });
  document.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files ?? [], (file) => ({ path: file.name, file }));
    if (files.length === 0) return;
    event.preventDefault();
    take(files, []);
  });
}

export const saveBytes = (content: Uint8Array<ArrayBuffer> | string, name: string, type: string): void => saveBlob(new Blob([content], { type }), name);

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
