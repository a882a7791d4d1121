// Curves on the screen: drawn as SVG in the colours of the theme, as wide as their place, with the values under the pointer, and to be
// saved as PNG, SVG or CSV.

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { Drawing, scales, type Box } from "./drawing.js";
import { ChartButtons } from "./export.js";
import { nearest, styleOf, xsOf, type Plot, type Series } from "./plot.js";

/** Narrower is no place for a chart: it is not on the screen. */
const LEAST_WIDTH = 60;
/** Room for what stands beside the lines; where there is no axis upwards only so much that the first number below has it. */
const [LEFT, LEFT_BARE, RIGHT, TOP, BOTTOM] = [50, 16, 18, 10, 42];

const colour = (name: string): string => `var(${name})`;

/** How wide an element is; 0 while it is not shown. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    sizes.observe(place.current);
    return () => sizes.disconnect();
  }, []);
  return { place, width };
}

/** What is under the pointer: of every series the value that is nearest. */
function under(plot: Plot, x: number) {
  return plot.series.flatMap((series, index) => {
    const xs = xsOf(plot, series);
    const at = nearest(xs, x);
    const [place, value] = [xs[at], series.values[at]];
    return place === undefined || value == null ? [] : [{ index, label: series.label, x: place, value, range: series.ranges?.[at] ?? null }];
  });
}

function words(plot: Plot, x: number): string {
  const value = (one: number) => (plot.share ? percent(one) : short(one));
  const found = under(plot, x);
  const at = plot.xs[nearest(plot.xs, x)] ?? found[0]?.x;
  if (at === undefined) return "\u00a0";
  const each = found.map((one) => `${one.label} ${value(one.value)}${one.range ? ` (${value(one.range[0])}–${value(one.range[1])})` : ""}`);
  return [`${plot.x} ${short(at)}`, ...each].join(" · ");
}

/** A line upwards, and a ring around each value at it. */
function Cursor({ plot, box, x }: { plot: Plot; box: Box; x: number }) {
  const scale = scales(plot, box);
  const found = under(plot, x);
  const at = plot.xs[nearest(plot.xs, x)] ?? found[0]?.x;
  if (at === undefined) return null;
  return (
    <g>
      <line x1={scale.x(at)} x2={scale.x(at)} y1={box.top} y2={box.bottom} stroke={colour("--line-strong")} stroke-dasharray="4 3" />
      {found.map((one) => (
        <circle
          key={one.index}
          cx={scale.x(one.x)}
          cy={scale.y(one.index)(one.value)}
          r={4}
          fill={colour("--surface")}
          stroke={colour(styleOf(plot.series[one.index] ?? { label: "", values: [] }, one.index).color)}
          stroke-width={2}
        />
      ))}
    </g>
  );
}

/** The place that is looked at. */
const Mark = ({ x, box }: { x: number; box: Box }) => (
  <line x1={x} x2={x} y1={box.top} y2={box.bottom} stroke={colour("--ink-2")} stroke-width={1.5} />
);

interface ChartProps {
  title: string;
  testid: string;
  x: string;
  xs: readonly number[];
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
  const { place, width } = useWidth();
  /** Where the pointer is, as a value of the axis to the right. */
  const [at, setAt] = useState<number | null>(null);
  const plot: Plot = { title, x, xs, series, share, own };
  const shown = width >= LEAST_WIDTH;
  const box: Box = { left: own ? LEFT_BARE : LEFT, top: TOP, right: Math.max(LEAST_WIDTH, width) - RIGHT, bottom: height - BOTTOM };
  const parts = series.flatMap((one) => [one.label, one.values, one.xs, one.ranges, one.color, one.dash?.join(" "), one.points]);
  // Drawn again when there is something else to see, and not for a pointer that moves or an attack that is played again.
  const drawing = useMemo(() => (shown ? <Drawing plot={plot} box={box} colour={colour} /> : null), [shown, width, height, x, xs, share, own, ...parts]);
  const marked = xs[mark];
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
      <div ref={place} class="chart-place" aria-hidden="true" style={{ height: `${height}px` }}>
        {shown && (
          <svg
            class="chart-drawing"
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            onPointerMove={(event) => setAt(scales(plot, box).value(event.clientX - event.currentTarget.getBoundingClientRect().left))}
            onPointerLeave={() => setAt(null)}>
            {drawing}
            {marked !== undefined && <Mark x={scales(plot, box).x(marked)} box={box} />}
            {at !== null && <Cursor plot={plot} box={box} x={at} />}
          </svg>
        )}
      </div>
      <p class="chart-readout" aria-hidden="true">
        {at === null ? "\u00a0" : words(plot, at)}
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
