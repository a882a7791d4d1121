// From settings to what the engine is asked: attacks, defences, recipes, with every parameter.

import type {
  Attack, AttackName, Case, CheckConfig, Defense, DefenseName, EvaluationConfig, Goal, Knowledge, ModelInfo, PurifierConfig, Recipe, RocConfig,
  Settings, Split, State, StickerConfig, TrainConfig,
} from "./types.js";
import { ATTACKS, DEFENCES, PURIFIER, RECIPES, STICKERS, TRAIN, type Declared, type Method, type RecipeName } from "../engine/made/methods.js";
import { SCHEMA, attackKeys, defenseKeys, marked, recipeKeys } from "./schema.js";
import { infos } from "./select.js";

/** Strengths of the curve, in 255ths. */
export const CURVE = [0, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Attacks within ε. */
export const isBounded = (name: string): boolean => marked(ATTACKS, name, "bounded");
/** Recipes that learn from examples within ε. */
export const makesExamples = (kind: string): boolean => marked(RECIPES, kind, "bounded");

/** A setting as the engine wants it: ε as a share of 1, what was left open as nothing. */
function plain(settings: Settings, key: string): number | string | boolean | null {
  const value = settings[key] ?? "";
  if (SCHEMA[key]?.open && value === "") return null;
  return SCHEMA[key]?.kind === "epsilon" ? Number(value) / 255 : value;
}

type Plain = Record<string, number | string | boolean | null>;

/** What is set under `keys`, by the names that a method's declaration has. */
const values = (settings: Settings, declared: readonly { key: string }[] | undefined, keys: string[]): Plain =>
  Object.fromEntries((declared ?? []).map(({ key }, i) => [key, plain(settings, keys[i] ?? "")]));

const methodOf = (methods: readonly Method[], name: string, settings: Settings, keys: string[]): Plain =>
  values(settings, methods.find((method) => method.name === name)?.settings, keys);

export function recipeOf(settings: Settings): Recipe {
  const kind = String(settings["recipe.kind"]);
  return { kind: kind as RecipeName, ...methodOf(RECIPES, kind, settings, recipeKeys(kind)) };
}

/** Everything that is declared of a group; what the page does not offer as it is declared. */
const groupOf = (settings: Settings, group: "train" | "purifier" | "sticker", declared: readonly Declared[]): Plain => Object.fromEntries(
  declared.map(({ key, default: value }) => [key, SCHEMA[`${group}.${key}`] ? plain(settings, `${group}.${key}`) : value]),
);

export const trainConfig = (settings: Settings): TrainConfig => ({ ...groupOf(settings, "train", TRAIN), recipe: recipeOf(settings) } as TrainConfig);

export const purifierConfig = (settings: Settings): PurifierConfig =>
  ({ ...groupOf(settings, "purifier", PURIFIER), notebook: settings["purifier.size"] === "notebook" } as PurifierConfig);

export function attackOf(settings: Settings, name = String(settings["attack.kind"])): Attack {
  return { name: name as AttackName, ...methodOf(ATTACKS, name, settings, attackKeys(name)) };
}

/** Whether an attack takes no target. */
export const isAimless = (name: string): boolean => marked(ATTACKS, name, "no_target");

/** What is wanted of the attack. @param classes how many there are: the data set before, or a link, may have named one of more */
export function goalOf(settings: Settings, classes = Infinity): Goal {
  return settings["goal.kind"] === "targeted" && !isAimless(String(settings["attack.kind"]))
    ? { kind: "targeted", class: Number(settings["goal.class"]) % classes } : { kind: "untargeted" };
}

export function defenseOf(settings: Settings, name = String(settings["defense.kind"])): Defense {
  return { name: name as DefenseName, ...methodOf(DEFENCES, name, settings, defenseKeys(name)) };
}

export const needsPurifier = (name: string): boolean => marked(DEFENCES, name, "needs_purifier");

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
/** Some class, or any wrong one. */
export const goalOn = (target: number | null): Goal => (target === null ? UNTARGETED : { kind: "targeted", class: target });

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
      cases.push({ model, defense, knowledge: "none", attack: null, goal: UNTARGETED, made_on: null });
      for (const knowledge of attackers) cases.push(...attacks.map((attack) => ({ model, defense, knowledge, attack, goal: UNTARGETED, made_on: null })));
      if (transfer && transfer !== model) cases.push(...attacks.map((attack) =>
        ({ model, defense, knowledge: "oblivious" as const, attack, goal: UNTARGETED, made_on: transfer })));
    }
  }
  return evaluation(settings, cases, "measure.n");
}

/** A case for each model and strength; the first strength is none at all. */
export function curveConfig(state: State): EvaluationConfig {
  const { settings } = state;
  const attack = attackOf(settings, String(settings["curve.attack"]));
  const cases = comparedModels(state).flatMap(({ name: model }) => CURVE.map((k): Case => ({
    model, defense: { name: "none" }, knowledge: "adaptive", attack: { ...attack, epsilon: k / 255 }, goal: UNTARGETED, made_on: null,
  })));
  return evaluation(settings, cases, "curve.n");
}

export function checkConfig({ settings, models, selected, reference }: State): CheckConfig {
  return {
    model: selected, defense: defenseOf(settings, String(settings["check.defense"])),
    knowledge: settings["check.knowledge"] as Knowledge,
    reference: reference !== selected && models.has(reference) ? reference : null,
    epsilon: Number(plain(settings, "check.epsilon")), split: settings["measure.split"] as Split,
    n: Number(settings["check.n"]), seed: Number(settings["measure.seed"]), autoattack: settings["check.autoattack"] === true,
  };
}

/** Views that what is painted is shown to: few enough that the answer is there at once. */
export const BY_HAND = 50;
/** How much of the plate the stickers cover that are compared by their area. */
export const AREAS = [0.06, 0.125, 0.18, 0.25];
/** As much work as each of those is at most: all of them together are to be seen while one waits. */
const OF_AN_AREA: Readonly<Record<string, number>> = { "sticker.steps": 200, "sticker.views": 32, "sticker.fresh": 200 };

/** A sticker on the sign that is set. @param byHand whether what is painted is judged as it is */
export function stickerConfig({ settings, painted }: Pick<State, "settings" | "painted">, byHand: boolean): StickerConfig {
  const sign = Number(settings["sticker.sign"]);
  const target = Number(settings["sticker.target"]);
  return {
    sticker: { ...groupOf(settings, "sticker", STICKERS[0]?.settings ?? []), seed: Number(settings["sticker.seed"]) } as StickerConfig["sticker"],
    sign, goal: goalOn(settings["sticker.goal"] === "targeted" ? target : null),
    painted, by_hand: byHand, fresh: Math.min(Number(settings["sticker.fresh"]), byHand ? BY_HAND : Infinity),
  };
}

/** The same of one area, whatever is painted; with no more work than several of them may be. */
export function areaConfig({ settings }: Pick<State, "settings">, share: number): StickerConfig {
  const less = Object.entries(OF_AN_AREA).map(([key, most]) => [key, Math.min(Number(settings[key]), most)] as const);
  return stickerConfig({ settings: { ...settings, ...Object.fromEntries(less), "sticker.share": share }, painted: null }, false);
}

export function rocConfig(settings: Settings): RocConfig {
  return {
    attack: attackOf(settings, String(settings["roc.attack"])), knowledge: settings["roc.knowledge"] as Knowledge,
    n: Number(settings["roc.n"]), seed: Number(settings["measure.seed"]), false_positive_rate: Number(settings["roc.false_positive_rate"]),
  };
}
