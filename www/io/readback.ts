// What is on a canvas, as values. Some browsers disturb what a page reads back, or give it nothing but noise (Brave; Firefox, where it resists
// fingerprinting): so each way of reading is tried once on a pattern that is known, and the first that is true is taken.

import type { Rgba } from "./png.js";

type Way = (canvas: HTMLCanvasElement) => Promise<Rgba>;

/** A difference that only a detector of noise sees. */
const LITTLE = 3;
const SIDE = 16;

const byCanvas: Way = async (canvas) => {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  const { width, height } = canvas;
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
};

/** Of the four bytes of a pixel, red, green and blue. */
const ORDERS: Readonly<Record<string, readonly [number, number, number]>> = { RGBA: [0, 1, 2], RGBX: [0, 1, 2], BGRA: [2, 1, 0], BGRX: [2, 1, 0] };

/** As a picture of a film, which is no canvas any more. */
const byFrame: Way = async (canvas) => {
  const frame = new VideoFrame(canvas, { timestamp: 0, alpha: "discard" });
  try {
    const order = ORDERS[frame.format ?? ""];
    if (!order) throw new Error(`a frame of ${frame.format}`);
    const bytes = new Uint8Array(frame.allocationSize());
    const [layout] = await frame.copyTo(bytes);
    const { width, height } = canvas;
    const rgba = new Uint8Array(4 * width * height);
    const stride = layout?.stride ?? 4 * width;
    for (let y = 0, to = 0; y < height; y += 1) {
      for (let x = 0, from = (layout?.offset ?? 0) + y * stride; x < width; x += 1, from += 4, to += 4) {
        for (let channel = 0; channel < 3; channel += 1) rgba[to + channel] = bytes[from + (order[channel] ?? 0)] ?? 0;
        rgba[to + 3] = 255;
      }
    }
    return { width, height, rgba };
  } finally {
    frame.close();
  }
};

/** By how much what is read differs from what was drawn. */
async function error(way: Way): Promise<number> {
  const canvas = canvasOf(SIDE, SIDE);
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return Infinity;
  const drawn = new ImageData(SIDE, SIDE);
  for (let i = 0; i < drawn.data.length; i += 1) drawn.data[i] = i % 4 === 3 ? 255 : (i * 89) % 256;
  context.putImageData(drawn, 0, 0);
  try {
    const { rgba } = await way(canvas);
    return drawn.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (rgba[i] ?? 0))), 0);
  } catch {
    return Infinity;
  }
}

let chosen: Promise<{ way: Way; error: number }> | null = null;
async function choose(): Promise<{ way: Way; error: number }> {
  const plain = { way: byCanvas, error: await error(byCanvas) };
  if (plain.error === 0) return plain;
  const film = { way: byFrame, error: await error(byFrame) };
  return film.error < plain.error ? film : plain;
}

export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** How true it is what this browser says of a canvas: to the bit, but for a little, or not at all. */
export async function trueness(): Promise<"exact" | "almost" | "no"> {
  chosen ??= choose();
  const found = await chosen;
  return found.error === 0 ? "exact" : found.error <= LITTLE ? "almost" : "no";
}

/** @returns nothing where the browser does not let a page see it */
export async function readBack(canvas: HTMLCanvasElement): Promise<Rgba | null> {
  if (await trueness() === "no") return null;
  return chosen ? (await chosen).way(canvas) : null;
}
