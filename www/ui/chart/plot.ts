// What a chart shows, and the scales on which it does: the same on the screen and in a file.

export interface Series {
  label: string;
  values: ArrayLike<number | null>;
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
  xs: number[];
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

type Range = [low: number, high: number];

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

/** From left to right. */
export function xRange({ xs }: Plot): Range {
  const [low, high] = extent(xs) ?? [0, 1];
  return [Math.min(0, low), Math.max(1, high)];
}

/** From bottom to top, for one series. */
export function yRange({ series, share, own }: Plot, index: number): Range {
  if (share) return [0, 1];
  const shown = own ? series.slice(index, index + 1) : series;
  const [low, high] = extent(shown.flatMap(({ values }) => Array.from(values))) ?? [0, own ? 1 : 4];
  return [Math.min(0, low), Math.max(own ? 1e-6 : 0.1, high * 1.05)];
}
