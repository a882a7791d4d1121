// A picture with a caption, to hand on: before, change and after, what was read, and by what attack.

import { savePng } from "../../io/drawing.js";
import type { OutcomeReport } from "../../state/types.js";
import { looseCanvas, paint, paintChange } from "../../ui/pixels.js";
import { className, percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { attackName } from "./names.js";

const [SIDE, GAP, TOP] = [256, 32, 72];
const SANS = "system-ui, sans-serif";
/** By how much the change is amplified. */
const GAIN = 10;

/** Draws one part on a canvas of its own. */
function part(draw: (canvas: HTMLCanvasElement) => void): HTMLCanvasElement {
  const canvas = looseCanvas();
  draw(canvas);
  return canvas;
}

export async function saveCard(outcome: OutcomeReport, classes: string[], address: string): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.width = 3 * SIDE + 4 * GAP;
  canvas.height = TOP + SIDE + 128;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  context.fillStyle = "#14191d";
  context.font = `700 26px ${SANS}`;
  context.fillText(t("card.title"), GAP, 40);
  const read = ({ top: [best] }: OutcomeReport["original"]) => (best ? `${className(classes, best.class)}, ${percent(best.probability)}` : "");
  const parts: [HTMLCanvasElement, string, string][] = [
    [part((one) => paint(one, outcome.original.picture)), t("outcome.original"), read(outcome.original)],
    [part((one) => paintChange(one, outcome.perturbation, GAIN)), t("card.change"), `L2 ${short(outcome.l2)}, L∞ ${short(outcome.linf * 255)}/255`],
    [part((one) => paint(one, outcome.adversarial.picture)), t("outcome.adversarial"), read(outcome.adversarial)],
  ];
  parts.forEach(([picture, title, words], index) => {
    const x = GAP + index * (SIDE + GAP);
    context.drawImage(picture, x, TOP, SIDE, SIDE);
    context.font = `600 17px ${SANS}`;
    context.fillText(title, x, TOP + SIDE + 26, SIDE);
    context.font = `16px ${SANS}`;
    context.fillText(words, x, TOP + SIDE + 50, SIDE);
  });
  context.font = `14px ${SANS}`;
  context.fillStyle = "#4a575f";
  context.fillText(`${attackName(outcome.attack)} · ${outcome.printed}`, GAP, TOP + SIDE + 84, canvas.width - 2 * GAP);
  context.fillText(address, GAP, TOP + SIDE + 108, canvas.width - 2 * GAP);
  await savePng(canvas, "fool-the-sign.png");
}
