// A picture with a caption, to hand on: before, change and after, what was read, and by what attack.

/** @import { OutcomeReport, Picture } from "../../state/types.js" */
import { h } from "../../ui/dom.js";
import { saveBlob } from "../../io/files.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { paint, paintChange, pixelCanvas } from "../../ui/pixels.js";
import { attackName } from "./names.js";

const [SIDE, GAP, TOP] = [256, 32, 72];

/** @param {Picture} picture @returns {Promise<Uint8Array<ArrayBuffer> | null>} lossless */
export async function pngOf(picture) {
  const canvas = pixelCanvas("");
  paint(canvas, picture);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => { canvas.toBlob(done, "image/png"); });
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}

/** @param {OutcomeReport} outcome @param {string[]} classes @param {string} address */
export function saveCard(outcome, classes, address) {
  const parts = [pixelCanvas(""), pixelCanvas(""), pixelCanvas("")];
  const [before, change, after] = parts;
  if (!before || !change || !after) return;
  paint(before, outcome.original.picture);
  paintChange(change, outcome.perturbation, 10);
  paint(after, outcome.adversarial.picture);
  const canvas = h("canvas", { attrs: { width: 3 * SIDE + 4 * GAP, height: TOP + SIDE + 128 } });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  const name = (/** @type {OutcomeReport["original"]} */ seen) => (seen.top[0] ? `${className(classes, seen.top[0].class)}, ${percent(seen.top[0].probability)}` : "");
  const titles = [t("outcome.original"), t("card.change"), t("outcome.adversarial")];
  const words = [name(outcome.original), `L2 ${short(outcome.l2)}, L∞ ${short(outcome.linf * 255)}/255`, name(outcome.adversarial)];
  context.fillStyle = "#14191d";
  context.font = "700 26px system-ui, sans-serif";
  context.fillText(t("card.title"), GAP, 40);
  parts.forEach((part, i) => {
    const x = GAP + i * (SIDE + GAP);
    context.drawImage(part, x, TOP, SIDE, SIDE);
    context.font = "600 17px system-ui, sans-serif";
    context.fillText(titles[i] ?? "", x, TOP + SIDE + 26, SIDE);
    context.font = "16px system-ui, sans-serif";
    context.fillText(words[i] ?? "", x, TOP + SIDE + 50, SIDE);
  });
  context.font = "14px system-ui, sans-serif";
  context.fillStyle = "#4a575f";
  context.fillText(`${attackName(outcome.attack)} · ${outcome.printed}`, GAP, TOP + SIDE + 84, canvas.width - 2 * GAP);
  context.fillText(address, GAP, TOP + SIDE + 108, canvas.width - 2 * GAP);
  canvas.toBlob((blob) => { if (blob) saveBlob(blob, "fool-the-sign.png"); }, "image/png");
}
