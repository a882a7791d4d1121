// Live curves: uPlot in the colours of the theme, as wide as its place, redrawn at most once a frame.

import uPlot from "../../vendor/uPlot.esm.js";
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
    /** @param {string[][]} rows rows are only ever added, or all are new */
    show(rows) {
      if (rows.length < filled) {
        body.replaceChildren();
        filled = 0;
      }
      for (const row of rows.slice(filled)) body.append(h("tr", {}, ...row.map((cell) => h("td", {}, cell))));
      filled = rows.length;
    },
  };
}
