// Which settings of a training, or of a sticker, are seen at once, and which are a press away. Every one that is declared is in one of the two places:
// what is not named here comes last among those a press away.

import { SCHEMA } from "./schema.js";

export interface Panel { first: readonly string[]; more: readonly string[] }

/**
 * The settings of a group, in the order of its panel.
 * @param first those that are seen at once
 * @param next those that come next
 */
export function panel(keys: readonly string[], first: readonly string[], next: readonly string[] = []): Panel {
  const known = new Set(keys);
  const named = new Set([...first, ...next]);
  return { first: first.filter((key) => known.has(key)), more: [...next.filter((key) => known.has(key)), ...keys.filter((key) => !named.has(key))] };
}

const keysOf = (group: string): string[] => Object.keys(SCHEMA).filter((key) => key.startsWith(`${group}.`));

/** Of a classifier's training, beside those of its recipe; how its weights begin goes with them. */
export const TRAINING = panel([...keysOf("train"), "model.seed"], ["train.epochs", "train.images_per_epoch", "train.batch_size", "train.learning_rate"]);

/** Of a purifier's. */
export const PURIFYING = panel(
  keysOf("purifier"),
  ["purifier.epochs", "purifier.images_per_epoch", "purifier.size", "purifier.width", "purifier.noise", "purifier.epsilon", "purifier.guide",
    "purifier.label_guide"],
  ["purifier.batch_size", "purifier.learning_rate", "purifier.validation_images", "purifier.seed", "purifier.clean_to_clean", "purifier.full_skip"],
);

/** Of a sticker, beside the sign and what is wanted of it. */
export const STICKING = panel(
  keysOf("sticker").filter((key) => !["sticker.sign", "sticker.goal", "sticker.target"].includes(key)),
  ["sticker.shape", "sticker.share", "sticker.colours", "sticker.steps"],
  ["sticker.views", "sticker.learning_rate", "sticker.kappa", "sticker.smoothness", "sticker.seed", "sticker.fresh"],
);
