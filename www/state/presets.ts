// Sets of settings that belong together: those of the start, of the lesson, of the museum, and those people use most.

import { RECIPES } from "../engine/made/methods.js";
import { SCHEMA, recipeKeys } from "./schema.js";
import type { DataInfo, Offer, Recipe, Settings } from "./types.js";

/** The attack of the start: small steps towards one sign, so that one can watch. */
export const START: { seconds: number; strengths: number[]; settings: Settings } = {
  seconds: 2.5,
  /** In 255ths; the first that is enough is taken. */
  strengths: [8, 12, 16, 24, 32, 48],
  settings: { "attack.kind": "bim", "bim.steps": 60, "bim.alpha": "", "goal.kind": "targeted", "defense.kind": "none", "knowledge": "oblivious" },
};

/** A sticker as in the paper of Eykholt et al.: a stop sign that reads speed limit 80. */
export const FAMOUS: Settings = {
  "sticker.sign": 14, "sticker.goal": "targeted", "sticker.target": 5, "sticker.shape": "bars", "sticker.share": 0.25, "sticker.colours": "free",
  "sticker.steps": 300,
};

/** The two sets of C&W parameters that people use most. */
export const CW_PRESETS = {
  interactive: { "cw.kappa": 0, "cw.searches": 5, "cw.steps": 200, "cw.learning_rate": 0.05, "cw.initial_c": 1, "cw.abort_early": true },
  paper: { "cw.kappa": 0, "cw.searches": 9, "cw.steps": 1000, "cw.learning_rate": 0.01, "cw.initial_c": 0.001, "cw.abort_early": true },
} satisfies Record<string, Settings>;

/** ε as k of k/255, in halves. */
const of255 = (share: number): number => Math.round(share * 510) / 2;

function recipeSettings(recipe: Recipe): Settings {
  const settings: Settings = { "recipe.kind": recipe.kind };
  const values = new Map<string, unknown>(Object.entries(recipe));
  const declared = RECIPES.find(({ name }) => name === recipe.kind)?.settings ?? [];
  recipeKeys(recipe.kind).forEach((key, i) => {
    const value = values.get(declared[i]?.key ?? "");
    if (typeof value === "number") settings[key] = declared[i]?.kind === "epsilon" ? of255(value) : value;
    else if (typeof value === "string" || typeof value === "boolean") settings[key] = value;
    else if (value === null) settings[key] = "";
  });
  return settings;
}

/**
 * The settings under which a network that comes with the page was trained. It saw every photo once in an epoch; here that is
 * every picture of the loaded data set, or as many drawn signs as the settings say by themselves.
 */
export function offerSettings({ images, classifier, purifier }: Offer, data: DataInfo | null): Settings {
  const group = classifier ? "train" : "purifier";
  const photos = data?.set?.splits.find(({ split }) => split === "train")?.n;
  const config: Record<string, unknown> = { ...classifier ?? purifier };
  config["images_per_epoch"] = images ?? photos ?? SCHEMA[`${group}.images_per_epoch`]?.value;
  config["size"] = config["notebook"] ? "notebook" : "browser";
  const settings: Settings = classifier ? recipeSettings(classifier.recipe) : {};
  for (const [key, setting] of Object.entries(SCHEMA)) {
    const value = config[key.slice(group.length + 1)];
    // How it is measured, and with which seed, is the person's own matter.
    if (!key.startsWith(`${group}.`) || key.endsWith("validation_images") || key.endsWith("seed") || value === undefined) continue;
    if (setting.kind === "epsilon") settings[key] = of255(Number(value));
    // Numbers of 32 bits come with digits that nobody wrote.
    else if (setting.kind === "number") settings[key] = Number(Number(value).toPrecision(6));
    else if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") settings[key] = value;
  }
  return settings;
}
