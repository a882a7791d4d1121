// A chart as a file: drawn on paper as SVG, which is PNG too once a canvas has drawn it, and its numbers as CSV.

import { render } from "preact";
import { savePng } from "../../io/drawing.js";
import { saveBytes } from "../../io/files.js";
import { csvRow } from "../../io/records.js";
import { t } from "../../words/i18n.js";
import { Button } from "../elements.js";
import { Drawing } from "./drawing.js";
import { styleOf, xsOf, type Plot, type Series } from "./plot.js";

const [WIDTH, LEFT, RIGHT, BOTTOM, INSIDE] = [720, 64, 20, 48, 280];
/** Of the title and of a line of the legend. */
const [HEAD, LINE, MARK] = [34, 16, 28];
const INK = "#14191d";
/** On paper, whatever the theme. */
const PAPER: Record<string, string> = {
  "--line-1": "#00588a",
  "--line-2": "#b01c0f",
  "--line-3": "#17663f",
  "--line-4": "#7a4a00",
  "--line-5": "#6a2c91",
  "--blue": "#00588a",
  "--red": "#b01c0f",
  "--green": "#17663f",
  "--line": "#cbd4d9",
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

/** The chart as a sheet of paper: what the page has around it, and the drawing. */
function Sheet({ plot }: { plot: Plot }) {
  const places = legend(plot.series.map(({ label }) => label));
  const top = HEAD + LINE * ((places.at(-1)?.line ?? 0) + 1) + 10;
  const height = top + INSIDE + BOTTOM;
  const colour = (name: string) => PAPER[name] ?? INK;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} font-family="sans-serif" font-size={13}>
      <rect width={WIDTH} height={height} fill="#fff" />
      <text x={LEFT} y={24} font-size={17} font-weight={700} fill={INK}>
        {plot.title}
      </text>
      <Drawing plot={plot} box={{ left: LEFT, top, right: WIDTH - RIGHT, bottom: top + INSIDE }} colour={colour} />
      {plot.series.map((one, index) => {
        const { color, dash } = styleOf(one, index);
        const { x, line } = places[index] ?? { x: LEFT, line: 0 };
        const under = HEAD + LINE * line + 10;
        return (
          <g key={index}>
            <path d={`M${x} ${under - 4}h22`} stroke={colour(color)} stroke-width={2} stroke-dasharray={dash.join(" ")} />
            <text x={x + MARK} y={under} fill={INK}>
              {one.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The sheet as text, and how high it is. */
function plotSvg(plot: Plot): { svg: string; height: number } {
  const place = document.createElement("div");
  render(<Sheet plot={plot} />, place);
  const [root] = place.children;
  const found = { svg: root ? new XMLSerializer().serializeToString(root) : "", height: Number(root?.getAttribute("height") ?? 0) };
  render(null, place);
  return found;
}

/** Its numbers, a row for each place. */
export function plotCsv(plot: Plot): string {
  const { x, xs, series } = plot;
  const heads = [x, ...series.flatMap(({ label, ranges }) => (ranges ? [label, t("chart.low", label), t("chart.high", label)] : [label]))];
  const cells = ({ values, ranges }: Series, i: number | null) => {
    const value = i === null ? null : values[i];
    const range = i === null ? null : ranges?.[i];
    return ranges ? [value, range?.[0], range?.[1]] : [value];
  };
  // A series with places of its own has rows of its own.
  const shared = xs.map((at, i) => ({ at, row: series.flatMap((one) => cells(one, one.xs ? null : i)) }));
  const own = series.flatMap((one) =>
    one.xs ? Array.from(xsOf(plot, one), (at, i) => ({ at, row: series.flatMap((other) => cells(other, other === one ? i : null)) })) : [],
  );
  const rows = [...shared, ...own].sort((a, b) => a.at - b.at).map(({ at, row }) => [at, ...row]);
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
    void savePng(canvas, name);
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
