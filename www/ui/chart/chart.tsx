// Curves: uPlot in the colours of the theme, as wide as its place, redrawn at most once a frame; with the values under the
// pointer, and to be saved as PNG, SVG or CSV.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { coloursChanged, css } from "../theme.js";
import { ChartButtons } from "./export.js";
import { hasPoints, styleOf, xRange, yRange, type Plot, type Series } from "./plot.js";

const FONT = "12px system-ui, sans-serif";
/** Narrower is no place for a chart: it is not on the screen. */
const LEAST_WIDTH = 60;

/** A chart in its place. It is drawn in the next frame after something has changed. */
function drawing(place: HTMLElement, readout: HTMLElement, height: number) {
  let plot: Plot = { title: "", x: "", xs: [], series: [], share: false, own: false };
  let chart: uPlot | null = null;
  /** What the chart was made for: other series need another one. */
  let made = "";
  let marked = -1;
  let frame = 0;
  const words = (value: number) => (plot.share ? percent(value) : short(value));

  /** Intervals, and the place that is looked at, drawn over the lines. */
  function strokes(u: uPlot) {
    const { ctx } = u;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    plot.series.forEach((one, index) => {
      ctx.strokeStyle = css(styleOf(one, index).color);
      ctx.beginPath();
      one.ranges?.forEach((range, i) => {
        const at = plot.xs[i];
        if (!range || at === undefined) return;
        // Side by side, so that they do not hide one another.
        const x = u.valToPos(at, "x", true) + (index - (plot.series.length - 1) / 2) * 3 * devicePixelRatio;
        ctx.moveTo(x, u.valToPos(range[0], "y", true));
        ctx.lineTo(x, u.valToPos(range[1], "y", true));
      });
      ctx.stroke();
    });
    const here = plot.xs[marked];
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
  function read(u: uPlot) {
    const at = u.cursor.idx;
    const x = at == null ? undefined : plot.xs[at];
    readout.textContent =
      x === undefined || at == null
        ? "\u00a0"
        : [
            `${plot.x} ${short(x)}`,
            ...plot.series.flatMap(({ label, values, ranges }) => {
              const value = values[at];
              const range = ranges?.[at];
              return value == null ? [] : [`${label} ${words(value)}${range ? ` (${words(range[0])}–${words(range[1])})` : ""}`];
            }),
          ].join(" · ");
  }
  const table = (): uPlot.AlignedData => [plot.xs, ...plot.series.map(({ values }) => Array.from(values))];

  function options(width: number): uPlot.Options {
    const axis = { stroke: () => css("--ink-2"), font: FONT, grid: { stroke: () => css("--line"), width: 1 }, ticks: { show: false } };
    const scaleOf = (index: number) => (plot.own ? `y${index}` : "y");
    const scales: uPlot.Scales = { x: { time: false, range: () => xRange(plot) } };
    if (plot.own)
      plot.series.forEach((_, index) => {
        scales[scaleOf(index)] = { range: () => yRange(plot, index) };
      });
    else scales["y"] = { range: () => yRange(plot, 0) };
    const ticks = (_: uPlot, values: number[]) => values.map((value) => (plot.share ? `${Math.round(value * 100)}\u00a0%` : short(value)));
    return {
      width,
      height,
      scales,
      legend: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      cursor: { y: false, drag: { x: false, y: false, setScale: false } },
      padding: [8, 14, 0, 0],
      axes: [
        { ...axis, size: 26, label: plot.x, labelFont: FONT, labelSize: 16, labelGap: 0 },
        plot.own ? { show: false, scale: "y0" } : { ...axis, size: 50, values: ticks },
      ],
      series: [
        {},
        ...plot.series.map((one, index) => {
          const { color, dash } = styleOf(one, index);
          return {
            label: one.label,
            scale: scaleOf(index),
            stroke: () => css(color),
            width: 2,
            dash,
            spanGaps: true,
            points: { show: hasPoints(one), size: 6, fill: () => css(color) },
          };
        }),
      ],
      hooks: { draw: [strokes], setCursor: [read] },
    };
  }
  function draw() {
    frame = 0;
    const width = Math.floor(place.clientWidth);
    if (width < LEAST_WIDTH) return;
    const wanted = JSON.stringify([plot.x, plot.series.map((one) => [one.label, hasPoints(one)])]);
    if (chart && wanted === made) {
      if (chart.width !== width) chart.setSize({ width, height });
      chart.setData(table());
      return;
    }
    chart?.destroy();
    made = wanted;
    chart = new uPlot(options(width), table(), place);
  }
  const soon = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const sizes = new ResizeObserver(soon);
  sizes.observe(place);
  // Curves of a training grow in place; those of an attack that is played again do not change, and are marked instead.
  const unchanged = (next: Plot) =>
    next.own &&
    next.x === plot.x &&
    next.xs === plot.xs &&
    next.series.length === plot.series.length &&
    next.series.every(({ label, values }, index) => label === plot.series[index]?.label && values === plot.series[index]?.values);

  return {
    show(next: Plot) {
      const same = unchanged(next);
      plot = next;
      if (!same) soon();
    },
    mark(index: number) {
      if (marked === index) return;
      marked = index;
      chart?.redraw(false, false);
    },
    recolour: () => chart?.redraw(false, true),
    end() {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      chart?.destroy();
    },
  };
}

interface ChartProps {
  title: string;
  testid: string;
  x: string;
  xs: number[];
  series: Series[];
  height?: number;
  share?: boolean;
  own?: boolean;
  /** A place that is looked at. */
  mark?: number;
  state?: string;
  value?: number;
}

export function Chart({ title, testid, x, xs, series, height = 280, share = false, own = false, mark = -1, state, value }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const chart = useRef<ReturnType<typeof drawing> | null>(null);
  const plot: Plot = { title, x, xs, series, share, own };
  useLayoutEffect(() => {
    if (!place.current || !readout.current) return undefined;
    const made = drawing(place.current, readout.current, height);
    chart.current = made;
    return () => {
      chart.current = null;
      made.end();
    };
  }, [height]);
  useEffect(() => {
    chart.current?.show(plot);
    chart.current?.mark(mark);
  });
  useSignalEffect(() => {
    void coloursChanged.value;
    chart.current?.recolour();
  });
  return (
    <figure class="chart" data-testid={testid} data-state={state} data-value={value}>
      <figcaption>
        <span class="chart-head">
          <span class="chart-title">{title}</span>
          <ChartButtons name={testid} plot={plot} />
        </span>
        <ul class="chart-key">
          {series.map((one, index) => {
            const { color, dash } = styleOf(one, index);
            return (
              <li key={index}>
                <span
                  class="chart-mark"
                  aria-hidden="true"
                  style={{ borderTopStyle: dash.length === 0 ? "solid" : (dash[0] ?? 0) > 2 ? "dashed" : "dotted", color: `var(${color})` }}
                />
                {one.label}
              </li>
            );
          })}
        </ul>
      </figcaption>
      <div ref={place} class="chart-place" aria-hidden="true" style={{ height: `${height}px` }} />
      <p ref={readout} class="chart-readout" aria-hidden="true">
        {"\u00a0"}
      </p>
    </figure>
  );
}

/** A line of a training's chart. */
export interface Line {
  label: string;
  color: string;
  shape: "line" | "points";
  values: (number | null)[];
}

/** Curves of a training, over its epochs. */
export const LiveChart = ({
  title,
  testid,
  xs,
  lines,
  share = false,
}: {
  title: string;
  testid: string;
  xs: number[];
  lines: Line[];
  share?: boolean;
}) => (
  <Chart
    title={title}
    testid={testid}
    x={t("chart.epochs")}
    xs={xs}
    height={190}
    share={share}
    series={lines.map(({ label, color, shape, values }) => ({
      label,
      color,
      values,
      dash: shape === "points" ? [6, 4] : [],
      points: shape === "points",
    }))}
  />
);
