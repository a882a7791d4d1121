// Where a drawn sign hangs in its picture, and in what light, for whoever draws it large.

import { TILE } from "./brush.js";
import type { Scene } from "./types.js";

/** Pixels that the network sees, a side. */
const SIDE = 32;

/** Brightness in which a sign is still shown: the eye follows the light as a camera does not. */
const DARKEST = 0.85;
const BRIGHTEST = 1.1;

/**
 * The transformation that hangs the drawing where the network's picture has it, for CSS.
 * @param view from the network's picture to the drawing @param side of the box in which it is drawn, in pixels
 */
export function hung(view: readonly number[], side: number): string {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, i = 1] = view;
  // The other way round: from the drawing to the picture. A homography may have any factor.
  const inverse = [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ];
  // The box is the drawing at first, and the picture afterwards.
  const from = side / TILE;
  const to = side / SIDE;
  const scaled = inverse.map((value, at) => value * (at < 6 ? to : 1) / (at % 3 < 2 ? from : 1));
  const [m0 = 1, m1 = 0, m2 = 0, m3 = 0, m4 = 1, m5 = 0, m6 = 0, m7 = 0, m8 = 1] = scaled.map((value) => value / (scaled[8] || 1));
  return `matrix3d(${[m0, m3, 0, m6, m1, m4, 0, m7, 0, 0, 1, 0, m2, m5, 0, m8].map((value) => value.toFixed(9)).join(",")})`;
}

/** The light on it: how bright, as far as the eye would not follow. */
export function lit({ light, shade }: Scene): string {
  const mean = ((light[0] ?? 1) + (light[1] ?? 1) + (light[2] ?? 1)) / 3;
  return `brightness(${Math.min(BRIGHTEST, Math.max(DARKEST, Math.sqrt(mean * shade))).toFixed(3)})`;
}
