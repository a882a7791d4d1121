// A chart as a file: drawn anew as SVG, which is PNG too once a canvas has drawn it, and its numbers as CSV.

/** @import { Plot } from "./charts.js" */
import { button, h } from "./dom.js";
import { saveBlob, saveBytes } from "../io/files.js";
import { csvRow } from "../io/records.js";
import { styleOf } from "./series.js";
import { t } from "../words/i18n.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 400, 64, 20, 72, 48];
const SVG = "http://www.w3.org/2000/svg";
/** On paper, whatever the theme. @type {Record<string, string>} */
const PAPER = { "--line-1": "#00588a", "--line-2": "#b01c0f", "--line-3": "#17663f", "--line-4": "#7a4a00", "--line-5": "#6a2c91", "--line-6": "#14191d", "--blue": "#00588a", "--red": "#b01c0f", "--green": "#17663f", "--ink": "#14191d" };

/** @param {Plot} plot @returns {string} */
function plotSvg({ title, x: label, percent, xs, series }) {
  const values = series.flatMap((one) => Array.from(one.values).filter((value) => value != null));
  const top = percent ? 1 : Math.max(0.1, ...values) * 1.05;
  const low = Math.min(0, ...xs);
  const high = Math.max(1e-9, ...xs);
  const px = (/** @type {number} */ x) => LEFT + ((x - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const py = (/** @type {number} */ y) => HEIGHT - BOTTOM - (y / top) * (HEIGHT - TOP - BOTTOM);
  /** @param {string} tag @param {Record<string, string | number>} attrs @param {string} [words] */
  const make = (tag, attrs, words) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, String(value));
    if (words !== undefined) element.textContent = words;
    return element;
  };
  const root = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "font-family": "sans-serif", "font-size": 13 });
  root.append(make("rect", { width: WIDTH, height: HEIGHT, fill: "#fff" }), make("text", { x: LEFT, y: 24, "font-size": 17, "font-weight": 700 }, title));
  for (let i = 0; i <= 4; i += 1) {
    const value = (top * i) / 4;
    root.append(make("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: py(value), y2: py(value), stroke: "#cbd4d9" }),
      make("text", { x: LEFT - 8, y: py(value) + 4, "text-anchor": "end" }, percent ? `${Math.round(value * 100)} %` : String(Number(value.toPrecision(3)))),
      make("text", { x: px(low + ((high - low) * i) / 4), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, String(Number((low + ((high - low) * i) / 4).toPrecision(3)))));
  }
  root.append(make("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 10, "text-anchor": "middle" }, label));
  series.forEach((one, index) => {
    const { color, dash } = styleOf(one, index);
    const stroke = PAPER[color] ?? "#14191d";
    const points = Array.from(one.values).flatMap((value, i) => (value == null ? [] : [`${px(xs[i] ?? 0).toFixed(1)},${py(value).toFixed(1)}`]));
    root.append(make("polyline", { points: points.join(" "), fill: "none", stroke, "stroke-width": 2, "stroke-dasharray": dash.join(" ") }));
    one.ranges?.forEach((range, i) => {
      if (range) root.append(make("line", { x1: px(xs[i] ?? 0), x2: px(xs[i] ?? 0), y1: py(range[0]), y2: py(range[1]), stroke }));
    });
    const x = LEFT + (index % 4) * 160;
    const y = 44 + Math.floor(index / 4) * 16;
    root.append(make("line", { x1: x, x2: x + 22, y1: y - 4, y2: y - 4, stroke, "stroke-width": 2, "stroke-dasharray": dash.join(" ") }), make("text", { x: x + 28, y }, one.label));
  });
  return new XMLSerializer().serializeToString(root);
}

/** @param {Plot} plot @returns {string} */
function plotCsv({ x, xs, series }) {
  const heads = [x, ...series.flatMap(({ label, ranges }) => (ranges ? [label, `${label} low`, `${label} high`] : [label]))];
  const rows = xs.map((at, i) => [at, ...series.flatMap(({ values, ranges }) => (ranges ? [values[i], ranges[i]?.[0], ranges[i]?.[1]] : [values[i]]))]);
  return [heads, ...rows].map(csvRow).join("\r\n").concat("\r\n");
}

/** @param {string} svg @param {string} name */
function savePicture(svg, name) {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  image.onload = () => {
    const canvas = h("canvas", { attrs: { width: 2 * WIDTH, height: 2 * HEIGHT } });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    canvas.toBlob((blob) => { if (blob) saveBlob(blob, name); }, "image/png");
  };
  image.src = url;
}

/** @param {string} name of the files, and of the test ids @param {() => Plot} plot */
export function chartButtons(name, plot) {
  const file = `fool-the-sign-${name}`;
  return h("span", { class: "chart-exports" },
    button("PNG", { testid: `${name}-png`, kind: "quiet", title: t("chart.save", "PNG"), onClick: () => savePicture(plotSvg(plot()), `${file}.png`) }),
    button("SVG", { testid: `${name}-svg`, kind: "quiet", title: t("chart.save", "SVG"), onClick: () => saveBytes(plotSvg(plot()), `${file}.svg`, "image/svg+xml") }),
    button("CSV", { testid: `${name}-csv`, kind: "quiet", title: t("chart.save", "CSV"), onClick: () => saveBytes(plotCsv(plot()), `${file}.csv`, "text/csv") }));
}
