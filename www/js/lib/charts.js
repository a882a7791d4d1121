// Live curves: uPlot in the colours of the theme, as wide as its place, redrawn at most once a frame.

import uPlot from "uplot";
import { h } from "./dom.js";

/**
 * @typedef {object} Line
 * @property {string} label
 * @property {string} color a CSS custom property
 * @property {"line" | "points"} shape a thin line, or a dashed line with points where values are far apart
 */

/** @type {Set<() => void>} */
const redraws = new Set();
/** After a change of theme. */
export function redrawCharts() {
  for (const redraw of redraws) redraw();
}

/** @param {string} name @returns {string} */
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "gray";
const FONT = "12px system-ui, sans-serif";
const HEIGHT = 190;

/**
 * @param {{ title: string, testid: string, lines: Line[], percent?: boolean }} options
 */
export function liveChart({ title, testid, lines, percent = false }) {
  const place = h("div", { class: "chart-place", attrs: { "aria-hidden": true } });
  const key = h("ul", { class: "chart-key" }, ...lines.map(({ label, color, shape }) => {
    const mark = h("span", { class: `chart-mark chart-mark-${shape}`, attrs: { "aria-hidden": true } });
    mark.style.setProperty("color", `var(${color})`);
    return h("li", {}, mark, label);
  }));
  const element = h("figure", { class: "chart", testid }, h("figcaption", {}, h("span", { class: "chart-title" }, title), key), place);

  /** @type {uPlot | null} */
  let plot = null;
  /** @type {(number | null)[][]} */
  let data = [[], ...lines.map(() => [])];
  let pending = false;

  /** @param {number} width */
  function create(width) {
    const axis = { stroke: () => css("--ink-2"), font: FONT, grid: { stroke: () => css("--line"), width: 1 }, ticks: { show: false } };
    plot = new uPlot({
      width, height: HEIGHT, legend: { show: false }, cursor: { show: false }, select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, 10, 0, 0],
      scales: {
        x: { time: false, range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(1, max ?? 1)] },
        y: { range: (_, _min, max) => (percent ? [0, 1] : [0, Math.max(0.1, (max ?? 4) * 1.05)]) },
      },
      axes: [
        { ...axis, size: 26, label: "epochs", labelFont: FONT, labelSize: 16, labelGap: 0 },
        { ...axis, size: 46, values: (_, ticks) => ticks.map((tick) => (percent ? `${Math.round(tick * 100)} %` : String(Number(tick.toPrecision(3))))) },
      ],
      series: [{}, ...lines.map(({ label, color, shape }) => ({
        label, stroke: () => css(color), width: shape === "line" ? 1.5 : 2, spanGaps: true,
        ...(shape === "points" ? { dash: [6, 4] } : {}),
        points: { show: shape === "points", size: 7, fill: () => css(color) },
      }))],
    }, /** @type {uPlot.AlignedData} */ (data), place);
  }

  function draw() {
    pending = false;
    if (plot) plot.setData(/** @type {uPlot.AlignedData} */ (data));
  }
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width < 60) return;
    if (!plot) create(width);
    else if (plot.width !== width) plot.setSize({ width, height: HEIGHT });
  }).observe(place);
  redraws.add(() => plot?.redraw(false, true));

  return {
    element,
    /** @param {number[]} x @param {...(number | null)[]} columns */
    show(x, ...columns) {
      data = [x, ...columns];
      if (pending) return;
      pending = true;
      requestAnimationFrame(draw);
    },
  };
}

/**
 * @typedef {object} Series
 * @property {string} label
 * @property {(number | null)[]} values
 * @property {([low: number, high: number] | null)[]} [ranges] intervals, drawn as upright strokes
 */

/** Colours and dashes of series whose number is not known beforehand. */
const STYLES = [["--line-1", []], ["--line-2", [8, 4]], ["--line-3", [2, 4]], ["--line-4", [12, 4, 2, 4]], ["--line-5", [5, 2]], ["--line-6", [2, 2]]];
/** @param {number} index @returns {{ color: string, dash: number[] }} */
function styleOf(index) {
  const [color, dash] = /** @type {[string, number[]]} */ (STYLES[index % STYLES.length]);
  return { color, dash };
}

/**
 * Shares between 0 and 1 over any x, for any number of series.
 * @param {{ title: string, testid: string, x: string, height?: number }} options
 */
export function shareChart({ title, testid, x: label, height = 280 }) {
  const place = h("div", { class: "chart-place", attrs: { "aria-hidden": true } });
  place.style.setProperty("height", `${height}px`);
  const key = h("ul", { class: "chart-key" });
  const element = h("figure", { class: "chart", testid }, h("figcaption", {}, h("span", { class: "chart-title" }, title), key), place);
  /** @type {uPlot | null} */
  let plot = null;
  /** @type {number[]} */
  let xs = [];
  /** @type {Series[]} */
  let series = [];
  let pending = false;

  /** Intervals, drawn over the lines. @param {uPlot} u */
  function strokes(u) {
    const { ctx } = u;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    series.forEach(({ ranges }, index) => {
      ctx.strokeStyle = css(styleOf(index).color);
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
    ctx.restore();
  }
  const table = () => /** @type {uPlot.AlignedData} */ ([xs, ...series.map(({ values }) => values)]);

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
      const { color, dash } = styleOf(index);
      mark.style.setProperty("border-top-style", dash.length === 0 ? "solid" : (dash[0] ?? 0) > 2 ? "dashed" : "dotted");
      mark.style.setProperty("color", `var(${color})`);
      return h("li", {}, mark, one.label);
    }));
    const axis = { stroke: () => css("--ink-2"), font: FONT, grid: { stroke: () => css("--line"), width: 1 }, ticks: { show: false } };
    plot = new uPlot({
      width, height, legend: { show: false }, cursor: { show: false }, select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, 14, 0, 0],
      scales: { x: { time: false }, y: { range: () => [0, 1] } },
      axes: [
        { ...axis, size: 26, label, labelFont: FONT, labelSize: 16, labelGap: 0 },
        { ...axis, size: 46, values: (_, ticks) => ticks.map((tick) => `${Math.round(tick * 100)} %`) },
      ],
      series: [{}, ...series.map(({ label: name, ranges }, index) => ({
        label: name, stroke: () => css(styleOf(index).color), width: 2, dash: styleOf(index).dash, spanGaps: true,
        points: { show: ranges !== undefined, size: 6, fill: () => css(styleOf(index).color) },
      }))],
      hooks: { draw: [strokes] },
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
    h("div", { class: "scroll", attrs: { tabindex: 0, role: "region", "aria-label": summary } },
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
