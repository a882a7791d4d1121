// A chart as a file: drawn anew on paper as SVG, which is PNG too once a canvas has drawn it, and its numbers as CSV.

import { saveBlob, saveBytes } from "../../io/files.js";
import { csvRow } from "../../io/records.js";
import { short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { Button } from "../elements.js";
import { hasPoints, styleOf, xRange, yRange, type Plot } from "./plot.js";

const [WIDTH, LEFT, RIGHT, BOTTOM, INSIDE] = [720, 64, 20, 48, 280];
/** Of the title and of a line of the legend. */
const [HEAD, LINE, MARK] = [34, 16, 28];
const SVG = "http://www.w3.org/2000/svg";
const TICKS = 4;
/** On paper, whatever the theme. */
const PAPER: Record<string, string> = {
  "--line-1": "#00588a",
  "--line-2": "#b01c0f",
  "--line-3": "#17663f",
  "--line-4": "#7a4a00",
  "--line-5": "#6a2c91",
  "--line-6": "#14191d",
  "--blue": "#00588a",
  "--red": "#b01c0f",
  "--green": "#17663f",
  "--ink": "#14191d",
};

/** How wide words are in the legend. */
function widths(words: string[]): number[] {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return words.map(({ length }) => 7 * length);
  context.font = "13px sans-serif";
  return words.map((word) => context.measureText(word).width);
}

/** Where each label of the legend stands: as many in a line as fit. */
function legend(labels: string[]): { x: number; line: number }[] {
  let [x, line] = [LEFT, 0];
  return widths(labels).map((width) => {
    const all = MARK + width + 20;
    if (x > LEFT && x + all > WIDTH - RIGHT) [x, line] = [LEFT, line + 1];
    const place = { x, line };
    x += all;
    return place;
  });
}

function make(tag: string, attrs: Record<string, string | number>, words?: string): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, String(value));
  if (words !== undefined) element.textContent = words;
  return element;
}

/** The chart, and how high it is. */
function plotSvg(plot: Plot): { svg: string; height: number } {
  const places = legend(plot.series.map(({ label }) => label));
  const top = HEAD + LINE * ((places.at(-1)?.line ?? 0) + 1) + 10;
  const height = top + INSIDE + BOTTOM;
  const [left, right] = xRange(plot);
  const px = (x: number) => LEFT + ((x - left) / (right - left)) * (WIDTH - LEFT - RIGHT);
  const along = (index: number) => {
    const [low, high] = yRange(plot, index);
    return { low, high, y: (value: number) => top + INSIDE - ((value - low) / (high - low)) * INSIDE };
  };
  const root = make("svg", { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, "font-family": "sans-serif", "font-size": 13 });
  root.append(
    make("rect", { width: WIDTH, height, fill: "#fff" }),
    make("text", { x: LEFT, y: 24, "font-size": 17, "font-weight": 700 }, plot.title),
  );
  const common = along(0);
  for (let i = 0; i <= TICKS; i += 1) {
    const x = left + ((right - left) * i) / TICKS;
    const value = common.low + ((common.high - common.low) * i) / TICKS;
    root.append(make("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: common.y(value), y2: common.y(value), stroke: "#cbd4d9" }));
    // Series with scales of their own have no axis in common.
    if (!plot.own)
      root.append(
        make("text", { x: LEFT - 8, y: common.y(value) + 4, "text-anchor": "end" }, plot.share ? `${Math.round(value * 100)}\u00a0%` : short(value)),
      );
    root.append(make("text", { x: px(x), y: top + INSIDE + 18, "text-anchor": "middle" }, short(x)));
  }
  root.append(make("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: height - 10, "text-anchor": "middle" }, plot.x));
  plot.series.forEach((one, index) => {
    const { color, dash } = styleOf(one, index);
    const { y } = along(index);
    const stroke = PAPER[color] ?? "#14191d";
    const line = { fill: "none", stroke, "stroke-width": 2, "stroke-dasharray": dash.join(" ") };
    const points = Array.from(one.values).flatMap((value, i) => (value == null ? [] : [{ x: px(plot.xs[i] ?? 0), y: y(value) }]));
    root.append(make("polyline", { points: points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" "), ...line }));
    if (hasPoints(one)) root.append(...points.map((point) => make("circle", { cx: point.x.toFixed(1), cy: point.y.toFixed(1), r: 3, fill: stroke })));
    one.ranges?.forEach((range, i) => {
      if (range) root.append(make("line", { x1: px(plot.xs[i] ?? 0), x2: px(plot.xs[i] ?? 0), y1: y(range[0]), y2: y(range[1]), stroke }));
    });
    const { x, line: row } = places[index] ?? { x: LEFT, line: 0 };
    const under = HEAD + LINE * row + 10;
    root.append(make("line", { x1: x, x2: x + 22, y1: under - 4, y2: under - 4, ...line }), make("text", { x: x + MARK, y: under }, one.label));
  });
  return { svg: new XMLSerializer().serializeToString(root), height };
}

/** Its numbers, a row for each place. */
function plotCsv({ x, xs, series }: Plot): string {
  const heads = [x, ...series.flatMap(({ label, ranges }) => (ranges ? [label, t("chart.low", label), t("chart.high", label)] : [label]))];
  const rows = xs.map((at, i) => [
    at,
    ...series.flatMap(({ values, ranges }) => (ranges ? [values[i], ranges[i]?.[0], ranges[i]?.[1]] : [values[i]])),
  ]);
  return [heads, ...rows].map(csvRow).join("\r\n").concat("\r\n");
}

function savePicture({ svg, height }: { svg: string; height: number }, name: string): void {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const done = () => URL.revokeObjectURL(url);
  image.onerror = done;
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * WIDTH;
    canvas.height = 2 * height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    done();
    canvas.toBlob((blob) => {
      if (blob) saveBlob(blob, name);
    }, "image/png");
  };
  image.src = url;
}

/** Saves the chart; `name` is that of the files and of the test ids. */
export function ChartButtons({ name, plot }: { name: string; plot: Plot }) {
  const file = `fool-the-sign-${name}`;
  const save = (kind: string) => ({
    testid: `${name}-${kind.toLowerCase()}`,
    kind: "quiet" as const,
    title: t("chart.save", kind),
    label: `${kind}: ${t("chart.save", kind)}, ${plot.title}`,
  });
  return (
    <span class="chart-exports">
      <Button {...save("PNG")} onClick={() => savePicture(plotSvg(plot), `${file}.png`)}>
        PNG
      </Button>
      <Button {...save("SVG")} onClick={() => saveBytes(plotSvg(plot).svg, `${file}.svg`, "image/svg+xml")}>
        SVG
      </Button>
      <Button {...save("CSV")} onClick={() => saveBytes(plotCsv(plot), `${file}.csv`, "text/csv")}>
        CSV
      </Button>
    </span>
  );
}
