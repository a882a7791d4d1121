// Files in and out: drop, paste, and saving what is on a canvas.

import type { DroppedFile } from "../engine/protocol.js";

/** More are no data set that could be read. */
const MOST_FILES = 110_000;

/** Files of a file chooser; of a chosen folder with their paths. */
export const filesOf = (list: FileList | null): DroppedFile[] => Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** What was dropped, with all that lies in folders. */
async function filesIn(transfer: DataTransfer): Promise<DroppedFile[]> {
  // The list is only there until the first await.
  const entries = Array.from(transfer.items).filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: DroppedFile[] = [];
  async function walk(entry: FileSystemEntry) {
    if (files.length >= MOST_FILES) return;
    if (isFile(entry)) {
      const file = await new Promise<File>((done, failed) => { entry.file(done, failed); });
      files.push({ path: entry.fullPath.replace(/^\//, ""), file });
    } else if (isFolder(entry)) {
      const reader = entry.createReader();
      for (;;) {
        // A hundred at a time.
        const some = await new Promise<FileSystemEntry[]>((done, failed) => { reader.readEntries(done, failed); });
        if (some.length === 0) return;
        for (const one of some) await walk(one);
      }
    }
  }
  for (const entry of entries) {
    if (entry instanceof File) files.push({ path: entry.name, file: entry });
    else if (entry) await walk(entry);
  }
  return files;
}

/** Whether files are a data set rather than a photo. */
const isDataSet = (files: DroppedFile[]): boolean => files.some(({ path }) => path.includes("/") || /\.(zip|csv)$/i.test(path));

/**
 * Takes files that are dropped anywhere on the page or pasted into it.
 * @param take photos
 * @param takeData archives, or the files of a folder
 * @param hover whether a file is held over the page
 */
export function takeFiles(take: (files: File[]) => void, takeData: (files: DroppedFile[]) => void, hover: (over: boolean) => void): void {
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
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth = 0;
    hover(false);
    const photos = Array.from(event.dataTransfer?.files ?? []);
    if (!event.dataTransfer) return;
    void filesIn(event.dataTransfer).catch((): DroppedFile[] => []).then((files) => {
      if (isDataSet(files)) takeData(files);
      else if (photos.length > 0) take(photos);
    });
  });
  document.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

export function savePng(canvas: HTMLCanvasElement, name: string): void {
  canvas.toBlob((blob) => {
    if (blob) saveBlob(blob, name);
  }, "image/png");
}

export const saveBytes = (content: Uint8Array<ArrayBuffer> | string, name: string, type: string): void => saveBlob(new Blob([content], { type }), name);

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
