// A sticker, or a sign with it, as a drawing at true size: a printer puts it on paper.

import type { Picture } from "../engine/protocol.js";

/** Room for the line below it, as a part of the sign's width. */
const LINE = 0.06;

/** Every opaque place of a layer as a square; neighbours of one colour in a row are one. */
function squares({ width, height, rgba }: Picture): string {
  const found: string[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; ) {
      const colour = (column: number) => rgba.subarray(4 * (y * width + column), 4 * (y * width + column) + 4).join();
      const here = colour(x);
      let end = x + 1;
      while (end < width && colour(end) === here) end += 1;
      const [r = "0", g = "0", b = "0", a = "0"] = here.split(",");
      // A little wider than it is: no gaps between neighbours.
      if (Number(a) > 0) found.push(`<rect x="${x}" y="${y}" width="${end - x + 0.02}" height="1.02" fill="rgb(${r},${g},${b})"/>`);
      x = end;
    }
  }
  return found.join("");
}

/**
 * @param under address of the drawing of the sign; none for the sticker alone
 * @param diameter of the sign, in centimetres
 * @param words that stand below it
 */
export function onPaper(layer: Picture, under: string | null, diameter: number, words: string): string {
  const { width, height } = layer;
  const below = width * LINE;
  const said = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const drawing = under === null ? "" : `<image href="${under.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" width="${width}" height="${height}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${diameter * 10}mm" height="${(diameter * 10 * (1 + LINE)).toFixed(2)}mm"`
    + ` viewBox="0 0 ${width} ${height + below}">${drawing}${squares(layer)}`
    + `<text x="${width / 2}" y="${height + below * 0.7}" font-family="sans-serif" font-size="${width / 52}" text-anchor="middle">${said}</text></svg>`;
}
