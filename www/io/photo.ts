// Photos as people have them: whatever the browser can show opens, as it shows it (upright, over white, in its colours), scaled so that the
// engine need not hold 50 million pixels. What the engine reads as the browser would, it gets as it is, to the bit.

import { ppm } from "./png.js";
import { canvasOf, readBack, trueness } from "./readback.js";

/** As an ordinary phone takes them; of more, 32 × 32 need nothing. */
export const MOST_PIXELS = 12_000_000;
/** What the engine takes. */
const MOST_BYTES = 64_000_000;
const ENGINE_PIXELS = 55_000_000;
/** 16,384 a side: of more the browser, too, would only run out of memory. */
const BROWSER_PIXELS = 2 ** 28;
/** Enough to see what a file is, and for the headers of a picture with its thumbnail and its colour profile. */
const FIRST = 512 << 10;
/** Of a drawing that has no size. */
const DRAWN = 1024;

/** What the beginning of a file says of a picture. */
interface Header {
  /** Whether the engine reads such pictures. */
  known: boolean;
  pixels: number;
  /** Whether its values are those of the screen: no profile, no gamma of its own. */
  plain: boolean;
  /** Bytes that a file of so many pixels has at least: of a shorter one the browser shows white, the engine says what is wrong. */
  least?: number;
  type?: string;
}

const NOTHING: Header = { known: false, pixels: 0, plain: false };

export function headerOf(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  try {
    if (text(0, 4) === "\x89PNG") return ofPng(view, text);
    if (text(0, 3) === "\xff\xd8\xff") return ofJpeg(view, text);
    if (text(0, 4) === "RIFF" && text(8, 4) === "WEBP") return ofWebp(view, text);
  } catch {
    // Cut off, or more in front of it than anybody writes: whoever reads all of it will see.
    return { known: true, pixels: Infinity, plain: false };
  }
  if (/^P[1-6]\s/.test(text(0, 3))) return { known: true, pixels: 0, plain: true };
  return DRAWING.test(text(0, Math.min(bytes.length, 8192))) ? { ...NOTHING, type: "image/svg+xml" } : NOTHING;
}

/** What may stand before it: a declaration, comments, a document type with its entities. */
const DRAWING = /^(?:\s|\xef\xbb\xbf|<\?xml[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>)*<svg[\s>/]/i;

type Text = (at: number, length: number) => string;

function ofPng(view: DataView, text: Text): Header {
  const pixels = view.getUint32(16) * view.getUint32(20);
  let [gamma, standard, profile] = [false, false, false];
  for (let at = 8; text(at + 4, 4) !== "IDAT"; at += 12 + view.getUint32(at)) {
    const name = text(at + 4, 4);
    gamma ||= name === "gAMA" || name === "cHRM";
    standard ||= name === "sRGB";
    profile ||= name === "iCCP" || name === "cICP";
  }
  const channels = [1, 0, 3, 1, 2, 0, 4][view.getUint8(25)] ?? 1;
  // Deflate packs 1032 bytes into one, and no more.
  const least = (pixels * view.getUint8(24) * channels) / 8 / 1032;
  return { known: true, pixels, plain: !profile && (standard || !gamma), least };
}

function ofJpeg(view: DataView, text: Text): Header {
  let plain = true;
  for (let at = 2; ;) {
    const marker = view.getUint16(at);
    // The frame, in whatever way it is coded; three of these markers are tables.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      return { known: true, pixels: view.getUint16(at + 5) * view.getUint16(at + 7), plain };
    }
    if (marker === 0xffe2 && text(at + 4, 11) === "ICC_PROFILE") plain = false;
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2);
  }
}

function ofWebp(view: DataView, text: Text): Header {
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (text(12, 4)) {
    case "VP8X": return { known: true, pixels: (three(24) + 1) * (three(27) + 1), plain: (view.getUint8(20) & 0x20) === 0 };
    case "VP8 ": return { known: true, pixels: (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff), plain: true };
    default: {
      const bits = view.getUint32(21, true);
      return { known: true, pixels: ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1), plain: true };
    }
  }
}

/** As the browser shows it, over white; nothing if it does not. */
async function shown(file: Blob, type?: string): Promise<HTMLCanvasElement | null> {
  const url = URL.createObjectURL(type ? new Blob([file], { type }) : file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    // A drawing has whatever size one wants; some browsers say of one without a size that it has none.
    const most = type ? DRAWN / Math.max(1, width, height) : Math.min(1, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
    const [w, h] = [width || DRAWN, height || DRAWN].map((side) => Math.max(1, Math.round(width && height ? side * most : side)));
    const canvas = canvasOf(w ?? DRAWN, h ?? DRAWN);
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) return null;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

/** Beginning and end of a file that is no picture: by these the engine says what it is, and no more of it is read. */
async function ends(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return file.size <= 2 * FIRST ? bytesOf(file) : bytesOf(new Blob([file.slice(0, FIRST), file.slice(-FIRST)]));
}

/**
 * A photo as the engine reads it; of what is none, enough to say what it is.
 * @returns nothing where only the browser could read it, and does not let the page see it
 */
export async function legible(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  const header = headerOf(await bytesOf(file.slice(0, FIRST)));
  const fits = header.known && file.size <= MOST_BYTES;
  if (fits && file.size < (header.least ?? 0)) return bytesOf(file);
  if (fits && ((header.plain && header.pixels <= MOST_PIXELS) || (header.pixels > BROWSER_PIXELS && header.pixels < Infinity))) return bytesOf(file);
  // Rather in the engine's colours than disturbed by the browser.
  if (fits && header.pixels <= ENGINE_PIXELS && await trueness() !== "exact") return bytesOf(file);
  const canvas = await shown(file, header.type);
  if (!canvas) return fits ? bytesOf(file) : ends(file);
  const picture = await readBack(canvas);
  // At once: it may be as large as all that the page has besides.
  canvas.width = 0;
  return picture ? ppm(picture) : null;
}
