// A chart as SVG: axes and lines within a box. The one renderer, for the screen and for files; only size and colours differ.

import { short, wholePercent } from "../../words/format.js";
import { apart, hasPoints, styleOf, ticks, visible, xRange, xsOf, yRange, type Plot } from "./plot.js";

/** Where the lines are, in pixels; what is written beside them is outside. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A colour by the name of its custom property. */
export type Colour = (name: string) => string;

/** Far enough from one another to be told apart. */
const POINTS_APART = 4;
/** Of intervals that stand at the same place. */
const RANGES_APART = 3;
/** Room for a number and a little more. */
const [X_ROOM, Y_ROOM] = [80, 28];

export type Scales = ReturnType<typeof scales>;

/** From values to pixels. */
export function scales(plot: Plot, { left, top, right, bottom }: Box) {
  const [low, high] = xRange(plot);
  const ranges = plot.series.map((_, index) => yRange(plot, index));
  const [least, most] = ranges[0] ?? yRange(plot, 0);
  const y = ([from, to]: readonly [number, number]) => (value: number) => bottom - ((value - from) / (to - from)) * (bottom - top);
  return {
    x: (value: number) => left + ((value - low) / (high - low)) * (right - left),
    /** The other way round. */
    value: (x: number) => low + ((x - left) / (right - left)) * (high - low),
    /** Of one series. */
    y: (index: number) => y(ranges[index] ?? [least, most]),
    xTicks: ticks([low, high], Math.max(2, (right - left) / X_ROOM)),
    yTicks: ticks([least, most], Math.max(2, (bottom - top) / Y_ROOM)),
    common: y([least, most]),
  };
}

const px = (value: number): string => value.toFixed(1);

interface DrawingProps {
  plot: Plot;
  box: Box;
  colour: Colour;
}

type PartProps = DrawingProps & { scale: Scales };

function Axes({ plot, box, colour, scale: { x, common, xTicks, yTicks } }: PartProps) {
  const { left, top, right, bottom } = box;
  const words = (value: number) => (plot.share ? wholePercent(value) : short(value));
  // Series with scales of their own have no axis in common, only a frame.
  const lines = plot.own ? [0, 1, 2, 3, 4].map((part) => bottom - ((bottom - top) * part) / 4) : yTicks.map(common);
  const ink = colour("--ink-2");
  return (
    <>
      {lines.map((at) => (
        <line key={at} x1={left} x2={right} y1={px(at)} y2={px(at)} stroke={colour("--line")} />
      ))}
      {!plot.own &&
        yTicks.map((value) => (
          <text key={value} x={left - 8} y={px(common(value) + 4)} text-anchor="end" fill={ink}>
            {words(value)}
          </text>
        ))}
      {xTicks.map((value) => (
        <text key={value} x={px(x(value))} y={bottom + 18} text-anchor="middle" fill={ink}>
          {short(value)}
        </text>
      ))}
      <text x={(left + right) / 2} y={bottom + 36} text-anchor="middle" fill={ink}>
        {plot.x}
      </text>
    </>
  );
}

function Line({ plot, colour, index, scale: { x, y } }: PartProps & { index: number }) {
  const series = plot.series[index];
  if (!series) return null;
  const up = y(index);
  const { color, dash } = styleOf(series, index);
  const stroke = colour(color);
  const xs = xsOf(plot, series);
  const points = visible(xs, series.values, x, up);
  // Side by side, so that they do not hide one another.
  const aside = (index - (plot.series.length - 1) / 2) * RANGES_APART;
  return (
    <>
      <polyline
        points={points.map((point) => `${px(point.x)},${px(point.y)}`).join(" ")}
        fill="none"
        stroke={stroke}
        stroke-width={2}
        stroke-dasharray={dash.join(" ")}
        stroke-linejoin="round"
      />
      {series.ranges?.map((range, i) => {
        const at = xs[i];
        if (!range || at === undefined) return null;
        const where = px(x(at) + aside);
        return <line key={i} x1={where} x2={where} y1={px(up(range[0]))} y2={px(up(range[1]))} stroke={stroke} stroke-width={1.5} />;
      })}
      {hasPoints(series) &&
        apart(points, POINTS_APART).map((point, i) => <circle key={i} cx={px(point.x)} cy={px(point.y)} r={3} fill={stroke} />)}
    </>
  );
}

export function Drawing(props: DrawingProps) {
  const scale = scales(props.plot, props.box);
  return (
    <>
      <Axes {...props} scale={scale} />
      {props.plot.series.map((_, index) => (
        <Line key={index} {...props} scale={scale} index={index} />
      ))}
    </>
  );
}
