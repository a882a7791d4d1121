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
