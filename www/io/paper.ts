// A sticker, or a sign with it, as a drawing at true size: a printer puts it on paper.

import type { Picture } from "../engine/protocol.js";
import { widthOf, wrapped } from "./letters.js";

/** Of the words below it, and from one line of them to the next, as parts of the sign's width. */
const [LETTERS, LINE] = [0.0175, 0.025];

/** Behind a sign: the white edge that many have would not be seen on white. */
export const BEHIND = [223, 229, 233] as const;

/** Opaque places of a layer that are one beside another and of one colour, as a rectangle. */
export interface Patch { x: number; y: number; width: number; height: number; colour: readonly [number, number, number] }

/** So far what is drawn first goes on below a neighbour that is drawn later, or a fine line would be seen between them; no edge moves by it. */
const SEAM = 0.1;

/** Every opaque place of a layer, row by row. */
export function patches({ width, height, rgba }: Picture): Patch[] {
  const there = (x: number, y: number) => x < width && y < height && (rgba[4 * (y * width + x) + 3] ?? 0) > 0;
  const found: Patch[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; ) {
      const kind = (column: number) => `${rgba.subarray(4 * (y * width + column), 4 * (y * width + column) + 4).join()},${Number(there(column, y + 1))}`;
      const here = kind(x);
      let end = x + 1;
      while (end < width && kind(end) === here) end += 1;
      const [r = 0, g = 0, b = 0, a = 0, below = 0] = here.split(",").map(Number);
      if (a > 0) found.push({ x, y, width: end - x + (there(end, y) ? SEAM : 0), height: 1 + SEAM * below, colour: [r, g, b] });
      x = end;
    }
  }
  return found;
}

const rectangle = ({ x, y, width, height, colour }: Patch): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="rgb(${colour.join()})"/>`;

/**
 * @param under address of the drawing of the sign; none for the sticker alone
 * @param diameter of the sign, in centimetres
 * @param words that stand below it
 */
export function onPaper(layer: Picture, under: string | null, diameter: number, words: string[]): string {
  const { width, height } = layer;
  const lines = words.flatMap((one) => wrapped(one, 0.96, (line) => widthOf(line, LETTERS)));
  const below = LINE * (lines.length + 1);
  const said = lines.map((line, at) => {
    const text = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<text x="${width / 2}" y="${(height + width * LINE * (at + 1)).toFixed(2)}">${text}</text>`;
  });
  const address = under?.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const drawing = address === undefined ? ""
    : `${rectangle({ x: 0, y: 0, width, height, colour: BEHIND })}<image href="${address}" width="${width}" height="${height}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${diameter * 10}mm" height="${(diameter * 10 * (1 + below)).toFixed(2)}mm"`
    + ` viewBox="0 0 ${width} ${(height + width * below).toFixed(2)}">${drawing}${patches(layer).map(rectangle).join("")}`
    + `<g font-family="Helvetica, Arial, sans-serif" font-size="${width * LETTERS}" text-anchor="middle">${said.join("")}</g></svg>`;
}
