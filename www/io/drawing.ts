// A sign's drawing, with a sticker on it, as pixels: to be saved as PNG, or to be printed as JPEG.

import type { Picture } from "../engine/protocol.js";
import { saveBlob, saveBytes } from "./files.js";
import { wrapped } from "./letters.js";
import { BEHIND } from "./paper.js";
import { png } from "./png.js";
import { canvasOf, readBack, trueness } from "./readback.js";

/** More than this, a side, some phones have no canvas for. */
const MOST = 4096;
const INCH = 2.54;
/** What a printer shows of a photo, in dots an inch. */
const DOTS = 150;
const QUALITY = 0.92;
/** Of the picture: its side, the edge around, letters and lines below. */
const [SIDE, EDGE, LETTERS, LINE] = [1024, 32, 20, 28];

/** @param under address of the drawing @param side in pixels, which the drawing itself has to say: some browsers draw it nowhere else */
function load(under: string, side: number): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("the drawing was not loaded"));
    image.src = under.replace(encodeURIComponent("<svg "), encodeURIComponent(`<svg width="${side}" height="${side}" `));
  });
}

function sheetOf(width: number, height: number) {
  const canvas = canvasOf(width, height);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = `rgb(${BEHIND.join()})`;
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

/** Saves what is on a canvas, as it was drawn, where the browser lets a page see that. */
export async function savePng(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const exact = await trueness() === "exact" ? await readBack(canvas) : null;
  if (exact) saveBytes(png(exact), name, "image/png");
  else canvas.toBlob((blob) => { if (blob) saveBlob(blob, name); }, "image/png");
}

/**
 * A drawing for a printer.
 * @param diameter in centimetres
 * @returns nothing where the browser gives pages noise for what they have drawn
 */
export async function photoOf(under: string, diameter: number): Promise<{ side: number; jpeg: Uint8Array } | null> {
  const side = Math.min(MOST, Math.round((diameter / INCH) * DOTS));
  const sheet = sheetOf(side, side);
  if (!sheet || await trueness() === "no") return null;
  sheet.context.drawImage(await load(under, side), 0, 0, side, side);
  const blob = await new Promise<Blob | null>((done) => { sheet.canvas.toBlob(done, "image/jpeg", QUALITY); });
  return blob ? { side, jpeg: new Uint8Array(await blob.arrayBuffer()) } : null;
}

/** Saves the sign with what is on it, and a few lines below. */
export async function savePicture(layer: Picture, under: string, words: string[], name: string): Promise<void> {
  const font = `${LETTERS}px Helvetica, Arial, sans-serif`;
  const ruler = canvasOf(1, 1).getContext("2d");
  if (ruler) ruler.font = font;
  const lines = words.flatMap((one) => wrapped(one, SIDE, (line) => ruler?.measureText(line).width ?? 0));
  const sheet = sheetOf(SIDE + 2 * EDGE, SIDE + 2 * EDGE + LINE * (lines.length + 1));
  if (!sheet) return;
  const { canvas, context } = sheet;
  context.drawImage(await load(under, SIDE), EDGE, EDGE, SIDE, SIDE);
  const small = canvasOf(layer.width, layer.height);
  const data = new ImageData(layer.width, layer.height);
  data.data.set(layer.rgba);
  small.getContext("2d")?.putImageData(data, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, EDGE, EDGE, SIDE, SIDE);
  context.fillStyle = "#14191d";
  context.font = font;
  lines.forEach((line, at) => context.fillText(line, EDGE, SIDE + 2 * EDGE + LINE * (at + 0.5), SIDE));
  await savePng(canvas, name);
}
