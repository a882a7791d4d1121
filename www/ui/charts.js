// Curves: uPlot in the colours of the theme, as wide as its place, redrawn at most once a frame; with the values under the
// pointer, and to be saved as PNG, SVG or CSV.

import uPlot from "uplot";
import { chartButtons } from "./export.js";
import { h, scrolling, text } from "./dom.js";
import { percent, short } from "../words/format.js";
import { t } from "../words/i18n.js";
import { styleOf } from "./series.js";

/**
 * @typedef {object} Series
 * @property {string} label
 * @property {ArrayLike<number | null>} values
 * @property {([low: number, high: number] | null)[]} [ranges] intervals, drawn as upright strokes
 * @property {string} [color] a CSS custom property
 * @property {number[]} [dash]
 * @property {boolean} [points] whether each value has its point
 */
/** @typedef {{ title: string, x: string, percent: boolean, xs: number[], series: Series[] }} Plot */

/** @type {Set<() => void>} */
const redraws = new Set();
/** After a change of theme. */
export function redrawCharts() {
  for (const redraw of redraws) redraw();
}
/** The charts there are belong to views that are built anew. */
export const forgetCharts = () => redraws.clear();

const probe = h("span", { attrs: { hidden: true } });
/** A colour of the theme as a canvas understands it. @param {string} name @returns {string} */
export function css(name) {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.setProperty("color", `var(${name})`);
  return getComputedStyle(probe).color;
}
const FONT = "12px system-ui, sans-serif";

/**
 * @param {{ title: string, testid: string, x: string, height?: number, share?: boolean, own?: boolean }} options `share`: values from
 *   0 to 1; `own`: each series has its own scale from its least to its greatest value
 */
function lineChart({ title, testid, x: label, height = 280, share = false, own = false }) {
  const place = h("div", { class: "chart-place", attrs: { "aria-hidden": true } });
  place.style.setProperty("height", `${height}px`);
  const key = h("ul", { class: "chart-key" });
  const readout = h("p", { class: "chart-readout", attrs: { "aria-hidden": true } }, " ");
  const exports = chartButtons(testid, () => ({ title, x: label, percent: share, xs, series }));
  const element = h("figure", { class: "chart", testid },
    h("figcaption", {}, h("span", { class: "chart-head" }, h("span", { class: "chart-title" }, title), exports), key), place, readout);
  /** @type {uPlot | null} */
  let plot = null;
  /** @type {number[]} */
  let xs = [];
  /** @type {Series[]} */
  let series = [];
  let pending = false;
  let marked = -1;
  const words = (/** @type {number} */ value) => (share ? percent(value) : short(value));

  /** Intervals, and the place that is looked at, drawn over the lines. @param {uPlot} u */
  function strokes(u) {
    const { ctx } = u;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    series.forEach(({ ranges }, index) => {
      ctx.strokeStyle = css(styleOf(series[index] ?? { label: "", values: [] }, index).color);
      ctx.beginPath();
      ranges?.forEach((range, i) => {
        const at = xs[i];
        if (!range || at === undefined) return;
        // Side by side, so that they do not hide one another.
        const x = u.valToPos(at, "x", true) + (index - (series.length - 1) / 2) * 3 * devicePixelRatio;
        ctx.moveTo(x, u.valToPos(range[0], "y", true));
        ctx.lineTo(x, u.valToPos(range[1], "y", true));
      });
      ctx.stroke();
    });
    const here = xs[marked];
    if (here !== undefined) {
      const x = u.valToPos(here, "x", true);
      ctx.strokeStyle = css("--ink-2");
      ctx.beginPath();
      ctx.moveTo(x, u.bbox.top);
      ctx.lineTo(x, u.bbox.top + u.bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }
  /** @param {uPlot} u */
  function read(u) {
    const at = u.cursor.idx;
    const x = at == null ? undefined : xs[at];
    text(readout, x === undefined || at == null ? "\u00a0" : [`${label} ${short(x)}`, ...series.flatMap(({ label: name, values, ranges }) => {
      const value = values[at];
      const range = ranges?.[at];
      return value == null ? [] : [`${name} ${words(value)}${range ? ` (${words(range[0])}–${words(range[1])})` : ""}`];
    })].join(" · "));
  }
  const table = () => /** @type {uPlot.AlignedData} */ ([xs, ...series.map(({ values }) => Array.from(values))]);

  function draw() {
    pending = false;
    const width = Math.floor(place.clientWidth);
    if (width < 60) return;
    const labels = series.map((one) => one.label).join("\n");
    if (plot && labels === place.dataset["labels"]) {
      if (plot.width !== width) plot.setSize({ width, height });
      plot.setData(table());
      return;
    }
    plot?.destroy();
    place.dataset["labels"] = labels;
    key.replaceChildren(...series.map((one, index) => {
      const mark = h("span", { class: "chart-mark", attrs: { "aria-hidden": true } });
      const { color, dash } = styleOf(one, index);
      mark.style.setProperty("border-top-style", dash.length === 0 ? "solid" : (dash[0] ?? 0) > 2 ? "dashed" : "dotted");
      mark.style.setProperty("color", `var(${color})`);
      return h("li", {}, mark, one.label);
    }));
    const axis = { stroke: () => css("--ink-2"), font: FONT, grid: { stroke: () => css("--line"), width: 1 }, ticks: { show: false } };
    /** @type {uPlot.Scales} */
    const scales = { x: { time: false, range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(1, max ?? 1)] } };
    if (own) series.forEach((_, index) => { scales[`y${index}`] = { range: (__, min, max) => [Math.min(0, min ?? 0), Math.max(1e-6, (max ?? 1) * 1.05)] }; });
    else scales["y"] = { range: (_, _min, max) => (share ? [0, 1] : [0, Math.max(0.1, (max ?? 4) * 1.05)]) };
    plot = new uPlot({
      width, height, legend: { show: false }, select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      cursor: { y: false, drag: { x: false, y: false, setScale: false } }, padding: [8, 14, 0, 0], scales,
      axes: [
        { ...axis, size: 26, label, labelFont: FONT, labelSize: 16, labelGap: 0 },
        ...(own ? [{ show: false, scale: "y0" }] : [{ ...axis, size: 50, values: (/** @type {uPlot} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => (share ? `${Math.round(tick * 100)} %` : short(tick))) }]),
      ],
      series: [{}, ...series.map((one, index) => {
        const { color, dash } = styleOf(one, index);
        return { label: one.label, scale: own ? `y${index}` : "y", stroke: () => css(color), width: 2, dash, spanGaps: true, points: { show: one.points ?? one.ranges !== undefined, size: 6, fill: () => css(color) } };
      })],
      hooks: { draw: [strokes], setCursor: [read] },
    }, table(), place);
  }
  function soon() {
    if (pending) return;
    pending = true;
    requestAnimationFrame(draw);
  }
  new ResizeObserver(soon).observe(place);
  redraws.add(() => plot?.redraw(false, true));

  return {
    element,
    /** @param {number[]} x @param {Series[]} all */
    show(x, all) {
      xs = x;
      series = all;
      soon();
    },
    /** Marks a place. @param {number} index */
    mark(index) {
      if (marked === index) return;
      marked = index;
      plot?.redraw(false, false);
    },
  };
}

/**
 * Curves of a training.
 * @param {{ title: string, testid: string, lines: { label: string, color: string, shape: "line" | "points" }[], percent?: boolean }} options
 */
export function liveChart({ title, testid, lines, percent: share = false }) {
  const chart = lineChart({ title, testid, x: t("chart.epochs"), height: 190, share });
  return {
    element: chart.element,
    /** @param {number[]} x @param {...(number | null)[]} columns */
    show(x, ...columns) {
      chart.show(x, lines.map(({ label, color, shape }, index) => ({ label, color, dash: shape === "points" ? [6, 4] : [], points: shape === "points", values: columns[index] ?? [] })));
    },
  };
}

/** Shares between 0 and 1 over any x, for any number of series. @param {{ title: string, testid: string, x: string, height?: number }} options */
export const shareChart = (options) => lineChart({ ...options, share: true });

/** What an attack went through, step by step; each series on its own scale. @param {{ title: string, testid: string, series: string[] }} options */
export function stepsChart({ title, testid, series }) {
  const chart = lineChart({ title, testid, x: t("chart.pictures"), height: 150, own: true });
  return {
    element: chart.element,
    mark: chart.mark,
    /** @param {...(number | null)[]} columns */
    show(...columns) {
      const used = columns.map((values, index) => ({ label: series[index] ?? "", values, color: ["--line-2", "--line-1", "--line-4"][index] ?? "--line-6" })).filter(({ values }) => values.some((value) => value !== null));
      chart.show((columns[0] ?? []).map((_, index) => index + 1), used);
    },
  };
}

/**
 * The same figures as a table, for people who read rather than look.
 * @param {string} summary
 * @param {string} testid
 * @param {string[]} heads
 */
export function dataTable(summary, testid, heads) {
  const body = h("tbody");
  const element = h("details", { class: "more" }, h("summary", {}, summary),
    scrolling(summary,
      h("table", { class: "figures", testid }, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { attrs: { scope: "col" } }, head)))), body)));
  let filled = 0;
  return {
    element,
    /** @param {string[][]} rows rows are only ever added, or all are new @param {boolean} [anew] */
    show(rows, anew = false) {
      if (anew || rows.length < filled) {
        body.replaceChildren();
        filled = 0;
      }
      for (const row of rows.slice(filled)) body.append(h("tr", {}, ...row.map((cell) => h("td", {}, cell))));
      filled = rows.length;
    },
  };
}
