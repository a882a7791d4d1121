// Files in and out: drop, paste, and saving what is on a canvas.

/**
 * Takes files that are dropped anywhere on the page or pasted into it.
 * @param {(files: File[]) => void} take
 * @param {(over: boolean) => void} hover whether a file is held over the page
 */
export function takeFiles(take, hover) {
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
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length > 0) take(files);
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
