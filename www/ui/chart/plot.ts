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
  return points ?? (ranges !== undefined || Array.from(values).filter((value) => value !== null).length === 1);
}

export type Range = [low: number, high: number];

/** Far more values than the arguments of a function can be. */
function extent(values: Iterable<number | null | undefined>): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value == null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? null : [low, high];
}

/** Where a series has its values. */
export const xsOf = ({ xs }: Pick<Plot, "xs">, series: Series): ArrayLike<number> => series.xs ?? xs;

/** From left to right. */
export function xRange({ xs, series }: Plot): Range {
  const own = series.flatMap((one) => (one.xs ? (extent(Array.from(one.xs)) ?? []) : []));
  const [low, high] = extent([...(extent(xs) ?? []), ...own]) ?? [0, 1];
  return [Math.min(0, low), Math.max(1, high)];
}

/** From bottom to top, for one series. */
export function yRange({ series, share, own }: Plot, index: number): Range {
  if (share) return [0, 1];
  const shown = own ? series.slice(index, index + 1) : series;
  const [low, high] = extent(shown.flatMap(({ values }) => extent(Array.from(values)) ?? [])) ?? [0, own ? 1 : 4];
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
export function visible(points: Iterable<Point>): Point[] {
  const seen: Point[] = [];
  let column: Point[] = [];
  const end = () => {
    const [first] = column;
    if (!first) return;
    let [low, high] = [0, 0];
    column.forEach(({ y }, index) => {
      if (y < (column[low]?.y ?? y)) low = index;
      if (y > (column[high]?.y ?? y)) high = index;
    });
    const kept = new Set([0, Math.min(low, high), Math.max(low, high), column.length - 1]);
    for (const index of kept) seen.push(column[index] ?? first);
    column = [];
  };
  for (const point of points) {
    if (column[0] && Math.round(column[0].x) !== Math.round(point.x)) end();
    column.push(point);
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
