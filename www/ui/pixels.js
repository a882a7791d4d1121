// Puts pictures on canvases. No arithmetic beyond what the eye needs.

/** @import { Picture } from "../state/types.js" */
import { h } from "./dom.js";

const SIDE = 32;

/** @param {string} label what it shows, for people who do not see it @param {string} [testid] */
export const pixelCanvas = (label, testid) =>
  h("canvas", { class: "pixels", testid, attrs: { width: SIDE, height: SIDE, role: "img", "aria-label": label } });

/** @param {HTMLCanvasElement} canvas @param {Picture | null | undefined} picture none clears it */
export function paint(canvas, picture) {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (!picture) {
    context.clearRect(0, 0, canvas.width, canvas.height);
    canvas.dataset["filled"] = "false";
    return;
  }
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  context.putImageData(imageData(picture), 0, 0);
  canvas.dataset["filled"] = "true";
}

/** @param {Picture} picture */
function imageData(picture) {
  const data = new ImageData(picture.width, picture.height);
  data.data.set(picture.rgba);
  return data;
}

/**
 * A signed change: grey is none, each colour brighter where it was raised and darker where it was lowered.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number> | null} delta channel, row, column
 * @param {number} gain
 */
export function paintChange(canvas, delta, gain) {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (!delta) {
    paint(canvas, null);
    return;
  }
  const area = SIDE * SIDE;
  const image = new ImageData(SIDE, SIDE);
  for (let i = 0; i < area; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[4 * i + channel] = Math.round(127.5 + (gain * 255 * (delta[channel * area + i] ?? 0)) / 2);
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  canvas.dataset["filled"] = "true";
}

/**
 * Non-negative values as brightness, the largest white.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values row by row
 */
export function paintHeat(canvas, values) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const most = Math.max(1e-12, ...Array.from(values));
  const image = new ImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    const share = Math.sqrt((values[i] ?? 0) / most);
    image.data.set([255 * share, 210 * share ** 2, 90 * share ** 4, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  canvas.dataset["filled"] = "true";
}

/** The difference between two pictures, amplified. @param {HTMLCanvasElement} canvas @param {Picture | null | undefined} from @param {Picture | null | undefined} to @param {number} gain */
export function paintDifference(canvas, from, to, gain) {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (!from || !to) {
    paint(canvas, null);
    return;
  }
  const image = new ImageData(from.width, from.height);
  for (let i = 0; i < image.data.length; i += 1) image.data[i] = i % 4 === 3 ? 255 : Math.round(127.5 + (gain * ((to.rgba[i] ?? 0) - (from.rgba[i] ?? 0))) / 2);
  context.putImageData(image, 0, 0);
  canvas.dataset["filled"] = "true";
}
