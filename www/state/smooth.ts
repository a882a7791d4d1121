// Answers that follow one another, smoothed: a camera's pictures differ from frame to frame though the sign does not.

import type { Score } from "./types.js";

/** How much of what was read before stays in each frame. */
const KEPT = 0.75;
/** Less than that is forgotten. */
const LEAST = 0.001;

export type Smoothed = ReadonlyMap<number, number>;

/** The mean that follows the answers, by class; the first one is taken as it is. */
export function smoothed(before: Smoothed, top: readonly Score[]): Smoothed {
  if (before.size === 0) return new Map(top.map((score) => [score.class, score.probability]));
  const next = new Map<number, number>();
  for (const [index, probability] of before) if (probability * KEPT > LEAST) next.set(index, probability * KEPT);
  for (const score of top) next.set(score.class, (next.get(score.class) ?? 0) + score.probability * (1 - KEPT));
  return next;
}

/** The most probable first, as many as are shown. */
export const topOf = (all: Smoothed, most = 5): Score[] =>
  Array.from(all, ([index, probability]) => ({ class: index, probability })).sort((a, b) => b.probability - a.probability).slice(0, most);
