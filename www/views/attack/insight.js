// Behind the answer: where the network looks, and a slice through the space in which it decides.

/** @import { App } from "../app.js" */
/** @import { SliceEvent } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { css } from "../../ui/charts.js";
import { button, h, show, text } from "../../ui/dom.js";
import { field } from "../../ui/fields.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { paintHeat, pixelCanvas } from "../../ui/pixels.js";
import { tableOf } from "../../ui/tables.js";

/** Colours of the classes in a slice, the most frequent first; further ones are grey. */
const COLORS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5"];

/** @param {HTMLElement} place @param {App} app */
export function mountInsight(place, { store, actions }) {
  const look = button(t("insight.look"), { testid: "gradient-run", onClick: () => actions.gradients() });
  const before = pixelCanvas(t("insight.before"), "gradient-original");
  const after = pixelCanvas(t("insight.after"), "gradient-attacked");
  const beforeWords = h("figcaption", { class: "fine" });
  const afterWords = h("figcaption", { class: "fine" });
  const afterFigure = h("figure", { class: "figure" }, h("div", { class: "frame" }, after), afterWords);
  const maps = h("div", { class: "insight-row", testid: "gradients" }, h("figure", { class: "figure" }, h("div", { class: "frame" }, before), beforeWords), afterFigure);

  const cut = button(t("insight.slice"), { testid: "slice-run", onClick: () => actions.slice() });
  const plane = h("canvas", { class: "slice", testid: "slice-canvas", attrs: { role: "img", "aria-label": t("insight.slice-label"), width: 41, height: 41 } });
  const marks = h("div", { class: "slice-place" }, plane, h("span", { class: "slice-mark slice-from" }, t("insight.original")), h("span", { class: "slice-mark slice-to" }, t("insight.attacked")));
  const legend = h("ul", { class: "chart-key" });
  const hover = h("p", { class: "fine", testid: "slice-hover" });
  const table = tableOf(t("insight.slice-table"), "slice-table", [t("details.sign"), t("insight.share")]);
  const slice = h("div", { class: "insight-slice", testid: "slice" }, marks, h("div", { class: "insight-side" }, legend, hover, h("p", { class: "fine" }, t("insight.slice-words")), field(store, "slice.seed", { disabled: busy }), table.element));

  const drawer = h("details", { class: "more" }, h("summary", { testid: "insight-more" }, t("insight.title")),
    h("div", { class: "insight-part" }, h("h2", {}, t("insight.look-title")), h("p", { class: "fine" }, t("insight.look-words")), look, maps),
    h("div", { class: "insight-part" }, h("h2", {}, t("insight.slice-title")), cut, slice));
  place.append(drawer);

  store.watch((state) => [state.gradients, state.classes], (found, classes) => {
    show(maps, found !== null);
    if (!found) return;
    paintHeat(before, found.original.values);
    text(beforeWords, t("insight.for", className(classes, found.original.class)));
    show(afterFigure, found.attacked != null);
    if (!found.attacked) return;
    paintHeat(after, found.attacked.values);
    text(afterWords, t("insight.for", className(classes, found.attacked.class)));
  });
  store.watch((state) => [state.outcome, state.subject, busy(state), state.device.phase], (outcome, subject, running, phase) => {
    look.disabled = running || subject === null || phase !== "ready";
    cut.disabled = running || outcome === null || phase !== "ready";
  });

  /** @type {SliceEvent | null} */
  let shown = null;
  store.watch((state) => [state.slice, state.classes], (found, classes) => {
    shown = found;
    show(slice, found !== null);
    if (!found) return;
    const counts = new Map();
    for (const one of found.classes) counts.set(one, (counts.get(one) ?? 0) + 1);
    const order = [...counts.entries()].sort(([, a], [, b]) => b - a);
    /** @type {Map<number, number[]>} */
    const colors = new Map(order.map(([one], index) => [one, rgb(COLORS[index] ?? "--line-strong")]));
    draw(plane, found, colors);
    legend.replaceChildren(...order.slice(0, COLORS.length + 1).map(([one], index) => {
      const mark = h("span", { class: "slice-key", attrs: { "aria-hidden": true } });
      mark.style.setProperty("background", `var(${COLORS[index] ?? "--line-strong"})`);
      return h("li", {}, mark, className(classes, one));
    }));
    table.show(order.map(([one, count]) => [className(classes, one), percent(count / found.classes.length)]));
    text(hover, t("insight.hover"));
  });
  plane.addEventListener("pointermove", (event) => {
    if (!shown) return;
    const box = plane.getBoundingClientRect();
    const column = Math.min(shown.side - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * shown.side)));
    const row = Math.min(shown.side - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * shown.side)));
    const index = row * shown.side + column;
    text(hover, `${className(store.get().classes, shown.classes[index] ?? 0)} · ${percent(shown.probabilities[index] ?? 0)}`);
  });
}

/** @param {string} name of a colour of the theme @returns {number[]} */
const rgb = (name) => (css(name).match(/[\d.]+/g) ?? ["128", "128", "128"]).slice(0, 3).map(Number);

/** Each class has its colour, paler where the network is less sure. @param {HTMLCanvasElement} canvas @param {SliceEvent} slice @param {Map<number, number[]>} colors */
function draw(canvas, { side, classes, probabilities }, colors) {
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(side, side);
  classes.forEach((one, i) => {
    const color = colors.get(one) ?? [128, 128, 128];
    const strong = 0.35 + 0.65 * (probabilities[i] ?? 0);
    for (let channel = 0; channel < 3; channel += 1) image.data[4 * i + channel] = Math.round(255 - strong * (255 - (color[channel] ?? 128)));
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
