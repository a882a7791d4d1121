// From settings to what the engine is asked: attacks, defences, recipes, with every parameter.

import type {
  Attack, AttackName, Case, CheckConfig, Defense, DefenseName, EvaluationConfig, Goal, Knowledge, ModelInfo, PurifierConfig, Recipe, RocConfig, Schedule,
  Settings, Split,
  State, TrainConfig,
} from "./types.js";
import { SCHEMA } from "./schema.js";
import { infos } from "./select.js";

/** Strengths of the curve, in 255ths. */
export const CURVE = [0, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Attacks within ε. Beside their own settings they take the common strength. */
export const BOUNDED: ReadonlySet<string> = new Set(["fgsm", "bim", "pgd", "apgd", "square", "ensemble", "noise"]);
/** Attacks with random numbers. */
const SEEDED: ReadonlySet<string> = new Set(["pgd", "apgd", "square", "ensemble", "noise"]);

/** Settings of one attack, in the order in which they are shown. */
export const attackKeys = (name: string): string[] => [
  ...(BOUNDED.has(name) ? ["attack.epsilon"] : []),
  ...Object.keys(SCHEMA).filter((key) => key.startsWith(`${name}.`)),
  ...(SEEDED.has(name) ? ["attack.seed"] : []),
];
/** Settings of one defence. */
export const defenseKeys = (name: string): string[] => Object.keys(SCHEMA).filter((key) => key.startsWith(`${name}.`) && name !== "purifier");

/** A setting as the engine wants it: ε as a share of 1, what was left open as nothing. */
function plain(settings: Settings, key: string): number | string | boolean | null {
  const value = settings[key] ?? "";
  if (SCHEMA[key]?.open && value === "") return null;
  return SCHEMA[key]?.kind === "epsilon" ? Number(value) / 255 : value;
}
const number = (settings: Settings, key: string): number => Number(plain(settings, key));
const flag = (settings: Settings, key: string): boolean => settings[key] === true;

const values = (settings: Settings, keys: string[]) => Object.fromEntries(keys.map((key) => [key.slice(key.indexOf(".") + 1), plain(settings, key)]));

export function recipeOf(settings: Settings): Recipe {
  const kind = settings["recipe.kind"] as Recipe["kind"];
  if (kind === "standard") return { kind };
  const epsilon = number(settings, "recipe.epsilon");
  if (kind === "pgd") return { kind, epsilon, steps: number(settings, "recipe.pgd_steps") };
  if (kind === "trades") return { kind, epsilon, steps: number(settings, "recipe.trades_steps"), beta: number(settings, "recipe.beta") };
  return { kind, epsilon };
}

const scheduleOf = (settings: Settings, group: "train" | "purifier"): Schedule => ({
  epochs: number(settings, `${group}.epochs`), batch_size: number(settings, `${group}.batch_size`), learning_rate: number(settings, `${group}.learning_rate`),
  images_per_epoch: number(settings, `${group}.images_per_epoch`), validation_images: number(settings, `${group}.validation_images`),
  seed: number(settings, `${group}.seed`),
});

export const trainConfig = (settings: Settings): TrainConfig => ({
  ...scheduleOf(settings, "train"), recipe: recipeOf(settings),
  augment: flag(settings, "train.augment"), drawn: number(settings, "train.drawn"), harsh: flag(settings, "train.harsh"),
});

export const purifierConfig = (settings: Settings): PurifierConfig => ({
  ...scheduleOf(settings, "purifier"), notebook: settings["purifier.size"] === "notebook", width: number(settings, "purifier.width"),
  clean_to_clean: flag(settings, "purifier.clean_to_clean"), full_skip: flag(settings, "purifier.full_skip"), noise: number(settings, "purifier.noise"),
  epsilon: number(settings, "purifier.epsilon"), guide: number(settings, "purifier.guide"), label_guide: number(settings, "purifier.label_guide"),
});

export function attackOf(settings: Settings, name = String(settings["attack.kind"])): Attack {
  return { name: name as AttackName, ...values(settings, attackKeys(name)) };
}

/** DeepFool takes no target. @param classes how many there are: the data set before, or a link, may have named one of more */
export function goalOf(settings: Settings, classes = Infinity): Goal {
  return settings["goal.kind"] === "targeted" && settings["attack.kind"] !== "deepfool"
    ? { kind: "targeted", class: Number(settings["goal.class"]) % classes } : { kind: "untargeted" };
}

export function defenseOf(settings: Settings, name = String(settings["defense.kind"])): Defense {
  return { name: name as DefenseName, ...values(settings, defenseKeys(name)) };
}

export const needsPurifier = (name: string) => name === "purifier" || name === "detector";

/** @param key of a set */
export const chosen = (settings: Settings, key: string): string[] => String(settings[key]).split(",").filter(Boolean);

/** Models that are compared: those chosen that are still there, or the selected one. */
export function comparedModels(state: State): ModelInfo[] {
  const found = infos(state).filter(({ name }) => state.compared.includes(name));
  return found.length > 0 ? found : infos(state).filter(({ name }) => name === state.selected);
}

/** @param key of the number of signs */
const evaluation = (settings: Settings, cases: Case[], key: string): EvaluationConfig => ({
  split: settings["measure.split"] as Split, n: Number(settings[key]), seed: Number(settings["measure.seed"]), cases,
});

const UNTARGETED: Goal = { kind: "untargeted" };

/**
 * Rows × columns as a list of cases: for each model and defence the clean signs once, then each attacker's attacks.
 */
export function matrixConfig(state: State): EvaluationConfig {
  const { settings } = state;
  const transfer = state.models.has(state.transfer) ? state.transfer : "";
  const attacks = chosen(settings, "matrix.attacks").map((name) => attackOf(settings, name));
  const cases: Case[] = [];
  for (const { name: model, purifier } of comparedModels(state)) {
    for (const kind of chosen(settings, "matrix.defenses")) {
      if (needsPurifier(kind) && purifier == null) continue;
      const defense = defenseOf(settings, kind);
      const attackers = kind === "none" ? ["adaptive" as const] : chosen(settings, "matrix.knowledge") as Knowledge[];
      cases.push({ model, defense, knowledge: "none", attack: null, goal: UNTARGETED, source: null });
      for (const knowledge of attackers) cases.push(...attacks.map((attack) => ({ model, defense, knowledge, attack, goal: UNTARGETED, source: null })));
      if (transfer && transfer !== model) cases.push(...attacks.map((attack) =>
        ({ model, defense, knowledge: "oblivious" as const, attack, goal: UNTARGETED, source: transfer })));
    }
  }
  return evaluation(settings, cases, "measure.n");
}

/** A case for each model and strength; the first strength is none at all. */
export function curveConfig(state: State): EvaluationConfig {
  const { settings } = state;
  const attack = attackOf(settings, String(settings["curve.attack"]));
  const cases = comparedModels(state).flatMap(({ name: model }) => CURVE.map((k): Case => ({
    model, defense: { name: "none" }, knowledge: "adaptive", attack: { ...attack, epsilon: k / 255 }, goal: UNTARGETED, source: null,
  })));
  return evaluation(settings, cases, "curve.n");
}

export function checkConfig({ settings, models, selected, reference }: State): CheckConfig {
  return {
    model: selected, defense: defenseOf(settings, String(settings["check.defense"])),
    knowledge: settings["check.knowledge"] as Knowledge,
    reference: reference !== selected && models.has(reference) ? reference : null,
    epsilon: Number(plain(settings, "check.epsilon")), split: settings["measure.split"] as Split,
    n: Number(settings["check.n"]), seed: Number(settings["measure.seed"]),
  };
}

export function rocConfig(settings: Settings): RocConfig {
  return {
    attack: attackOf(settings, String(settings["roc.attack"])), knowledge: settings["roc.knowledge"] as Knowledge,
    n: Number(settings["roc.n"]), seed: Number(settings["measure.seed"]), false_positive_rate: Number(settings["roc.false_positive_rate"]),
  };
}
