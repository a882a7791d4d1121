// Files in and out: drop, paste, and saving what is on a canvas.

/** @import { DroppedFile } from "../state/types.js" */

/** More are no data set that could be read. */
const MOST_FILES = 110_000;

/**
 * Files of a file chooser; of a chosen folder with their paths.
 * @param {FileList | null} list @returns {DroppedFile[]}
 */
export const filesOf = (list) => Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));

/** What was dropped, with all that lies in folders. @param {DataTransfer} transfer @returns {Promise<DroppedFile[]>} */
async function filesIn(transfer) {
  // The list is only there until the first await.
  const entries = Array.from(transfer.items).filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  /** @type {DroppedFile[]} */
  const files = [];
  /** @param {FileSystemEntry} entry */
  async function walk(entry) {
    if (files.length >= MOST_FILES) return;
    if (entry.isFile) {
      const file = await new Promise((done, failed) => { /** @type {FileSystemFileEntry} */ (entry).file(done, failed); });
      files.push({ path: entry.fullPath.replace(/^\//, ""), file });
      return;
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    for (;;) {
      /** A hundred at a time. @type {FileSystemEntry[]} */
      const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
      if (some.length === 0) return;
      for (const one of some) await walk(one);
    }
  }
  for (const entry of entries) {
    if (entry instanceof File) files.push({ path: entry.name, file: entry });
    else if (entry) await walk(entry);
  }
  return files;
}

/** Whether files are a data set rather than a photo. @param {DroppedFile[]} files */
const isDataSet = (files) => files.some(({ path }) => path.includes("/") || /\.(zip|csv)$/i.test(path));

/**
 * Takes files that are dropped anywhere on the page or pasted into it.
 * @param {(files: File[]) => void} take photos
 * @param {(files: DroppedFile[]) => void} takeData archives, or the files of a folder
 * @param {(over: boolean) => void} hover whether a file is held over the page
 */
export function takeFiles(take, takeData, hover) {
  let depth = 0;
  /** @param {DataTransfer | null} transfer */
  const hasFiles = (transfer) => Boolean(transfer && Array.from(transfer.types).includes("Files"));
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
    void filesIn(event.dataTransfer).catch(() => []).then((files) => {
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

/** @param {HTMLCanvasElement} canvas @param {string} name */
export function savePng(canvas, name) {
  canvas.toBlob((blob) => {
    if (blob) saveBlob(blob, name);
  }, "image/png");
}

/** @param {Uint8Array<ArrayBuffer> | string} content @param {string} name @param {string} type */
export const saveBytes = (content, name, type) => saveBlob(new Blob([content], { type }), name);

/** @param {Blob} blob @param {string} name */
export function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
