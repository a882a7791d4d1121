// What a chart shows, the scales on which it does, and what of its lines can be seen: the same on the screen and in a file.

export interface Series {
  label: string;
  values: ArrayLike<number | null>;
  /** Where they are, from left to right, if not where those of the other series are. */
  xs?: ArrayLike<number>;
  /** Intervals, drawn as upright strokes. */
  ranges?: ([low: number, high: number] | null)[];
  /** A CSS custom property. */
  color?: string;
  dash?: number[];
  /** Whether each value has its point. */
  points?: boolean;
}

export interface Plot {
  title: string;
  /** What the axis to the right is. */
  x: string;
  xs: readonly number[];
  series: Series[];
  /** Whether values are shares from 0 to 1. */
  share: boolean;
  /** Whether each series has its own scale from its least to its greatest value. */
  own: boolean;
}

/** Colours and dashes of series whose number is not known beforehand. */
const STYLES: [string, number[]][] = [
  ["--line-1", []],
  ["--line-2", [8, 4]],
  ["--line-3", [2, 4]],
  ["--line-4", [12, 4, 2, 4]],
  ["--line-5", [5, 2]],
  ["--line-6", [2, 2]],
];

/** How a series looks. */
export function styleOf({ color, dash }: Series, index: number): { color: string; dash: number[] } {
  const [usual = "--line-1", dashes = []] = STYLES[index % STYLES.length] ?? [];
  return { color: color ?? usual, dash: dash ?? dashes };
}

/** Whether the values of a series have points: a single value would not be seen without. */
export function hasPoints({ points, ranges, values }: Series): boolean {
  if (points !== undefined || ranges !== undefined) return points ?? true;
  let there = 0;
  for (let index = 0; index < values.length && there < 2; index += 1) if (values[index] != null) there += 1;
  return there === 1;
}

export type Range = [low: number, high: number];

/** Of far more values than the arguments of a function can be. */
function extent(all: readonly ArrayLike<number | null>[]): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (const values of all) {
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      if (value == null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? null : [low, high];
}

/** Where a series has its values. */
export const xsOf = ({ xs }: Pick<Plot, "xs">, series: Series): ArrayLike<number> => series.xs ?? xs;

/** From left to right. */
export function xRange({ xs, series }: Plot): Range {
  const [low, high] = extent([xs, ...series.map((one) => one.xs ?? [])]) ?? [0, 1];
  return [Math.min(0, low), Math.max(1, high)];
}

/** From bottom to top, for one series. */
export function yRange({ series, share, own }: Plot, index: number): Range {
  if (share) return [0, 1];
  const shown = own ? series.slice(index, index + 1) : series;
  const [low, high] = extent(shown.map(({ values }) => values)) ?? [0, own ? 1 : 4];
  return [Math.min(0, low), Math.max(own ? 1e-6 : 0.1, high * 1.05)];
}

/** Round numbers of a range, at most so many and one more. */
export function ticks([low, high]: Range, most: number): number[] {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** On paper or on the screen, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/**
 * What of a line can be seen: of all points in one column of pixels the first, the lowest, the highest and the last. So it takes as
 * long to draw a thousand points as a hundred thousand. What is missing is passed over.
 */
export function visible(xs: ArrayLike<number>, values: ArrayLike<number | null>, x: (at: number) => number, y: (value: number) => number): Point[] {
  const seen: Point[] = [];
  /** The column of pixels, and of its points the first, the lowest, the highest and the last. */
  let column = NaN;
  let first = 0;
  let low = 0;
  let high = 0;
  let last = 0;
  const valueAt = (index: number) => values[index] ?? 0;
  const end = () => {
    if (Number.isNaN(column)) return;
    for (const index of new Set([first, Math.min(low, high), Math.max(low, high), last])) seen.push({ x: x(xs[index] ?? 0), y: y(valueAt(index)) });
  };
  for (let index = 0; index < values.length; index += 1) {
    const place = xs[index];
    const value = values[index];
    if (place === undefined || value == null) continue;
    const at = Math.round(x(place));
    if (column !== at) {
      end();
      column = at;
      first = low = high = index;
    } else if (value < valueAt(low)) low = index;
    else if (value > valueAt(high)) high = index;
    last = index;
  }
  end();
  return seen;
}

/** Points that do not cover one another, from left to right. */
export function apart(points: readonly Point[], least: number): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || Math.abs(point.x - last.x) >= least || Math.abs(point.y - last.y) >= least) kept.push(point);
  }
  return kept;
}

/** Which of the places is the nearest; -1 where there is none. */
export function nearest(xs: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length - 1];
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  return Math.abs((xs[low] ?? 0) - x) <= Math.abs((xs[high] ?? 0) - x) ? low : high;
}
