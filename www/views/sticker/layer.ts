// What is on the sign, and what can be said of it.

import { useMemo } from "preact/hooks";
import { TILE } from "../../state/brush.js";
import { onSign } from "../../state/select.js";
import type { Picture, StickerReport } from "../../state/types.js";
import { className, percent } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { useOne } from "../shared/store.js";

export function useLayer(): Picture | null {
  const rgba = useOne(onSign);
  return useMemo(() => (rgba ? { width: TILE, height: TILE, rgba } : null), [rgba]);
}

/** What came of it on the network that it was made on, or that was selected. */
export const reachedOf = ({ model, results }: StickerReport) => results.find((one) => one.model === model)?.figures.reached ?? null;

/** In a sentence; empty where no view was read right before. */
export function sentence(report: StickerReport, classes: string[]): string {
  const { config, model } = report;
  const reached = reachedOf(report);
  if (!reached || reached.n === 0) return "";
  const aim = config.goal.kind === "targeted" ? className(classes, config.goal.class) : "";
  const [low, high] = [percent(reached.low), percent(reached.high)];
  if (config.by_hand) return t(aim ? "sticker.turned" : "sticker.turned-any", reached.correct, reached.n, model, aim, low, high);
  return t(aim ? "sticker.made" : "sticker.made-any", model, aim, percent(reached.value), low, high, String(reached.n));
}
