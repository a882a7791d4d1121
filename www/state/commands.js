// From settings to what the engine is asked: attacks, defences, recipes, with every parameter.

/** @import { Attack, AttackName, Case, CheckConfig, Defense, DefenseName, EvaluationConfig, Goal, Knowledge, ModelInfo, PurifierConfig, Recipe, RocConfig, Settings, Split, State, TrainConfig } from "./types.js" */
import { SCHEMA } from "./schema.js";

/** Strengths of the curve, in 255ths. */
export const CURVE = [0, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Images that an engine takes at a time, and so the smallest share of an evaluation. */
export const CHUNK = 32;

/** Attacks within ε. Beside their own settings they take the common strength. @type {ReadonlySet<string>} */
export const BOUNDED = new Set(["fgsm", "bim", "pgd", "apgd", "square", "ensemble", "noise"]);
/** Attacks with random numbers. @type {ReadonlySet<string>} */
const SEEDED = new Set(["pgd", "apgd", "square", "ensemble", "noise"]);

/** Settings of one attack, in the order in which they are shown. @param {string} name @returns {string[]} */
export const attackKeys = (name) => [
  ...(BOUNDED.has(name) ? ["attack.epsilon"] : []),
  ...Object.keys(SCHEMA).filter((key) => key.startsWith(`${name}.`)),
  ...(SEEDED.has(name) ? ["attack.seed"] : []),
];
/** Settings of one defence. @param {string} name @returns {string[]} */
export const defenseKeys = (name) => Object.keys(SCHEMA).filter((key) => key.startsWith(`${name}.`) && name !== "purifier");

/** A setting as the engine wants it: ε as a share of 1, what was left open as nothing. @param {Settings} settings @param {string} key */
function plain(settings, key) {
  const value = /** @type {number | string | boolean} */ (settings[key]);
  if (SCHEMA[key]?.open && value === "") return null;
  return SCHEMA[key]?.kind === "epsilon" ? Number(value) / 255 : value;
}

/** @param {Settings} settings @param {string[]} keys */
const values = (settings, keys) => Object.fromEntries(keys.map((key) => [key.slice(key.indexOf(".") + 1), plain(settings, key)]));

/** @param {string} group */
const keysOf = (group) => Object.keys(SCHEMA).filter((key) => key.startsWith(`${group}.`));

/** @param {Settings} settings @returns {Recipe} */
export function recipeOf(settings) {
  const kind = /** @type {Recipe["kind"]} */ (settings["recipe.kind"]);
  if (kind === "standard") return { kind };
  const epsilon = Number(plain(settings, "recipe.epsilon"));
  if (kind === "pgd") return { kind, epsilon, steps: Number(settings["recipe.pgd_steps"]) };
  if (kind === "trades") return { kind, epsilon, steps: Number(settings["recipe.trades_steps"]), beta: Number(settings["recipe.beta"]) };
  return { kind, epsilon };
}

/** @param {Settings} settings */
export const trainConfig = (settings) =>
  /** @type {TrainConfig} */ (/** @type {unknown} */ ({ ...values(settings, keysOf("train")), recipe: recipeOf(settings) }));

/** @param {Settings} settings */
export function purifierConfig(settings) {
  const { size, ...rest } = values(settings, keysOf("purifier"));
  return /** @type {PurifierConfig} */ (/** @type {unknown} */ ({ ...rest, notebook: size === "notebook" }));
}

/** @param {Settings} settings @param {string} [name] @returns {Attack} */
export function attackOf(settings, name = String(settings["attack.kind"])) {
  return { name: /** @type {AttackName} */ (name), ...values(settings, attackKeys(name)) };
}

/** DeepFool takes no target. @param {Settings} settings @returns {Goal} */
export function goalOf(settings) {
  return settings["goal.kind"] === "targeted" && settings["attack.kind"] !== "deepfool"
    ? { kind: "targeted", class: Number(settings["goal.class"]) } : { kind: "untargeted" };
}

/** @param {Settings} settings @param {string} [name] @returns {Defense} */
export function defenseOf(settings, name = String(settings["defense.kind"])) {
  return { name: /** @type {DefenseName} */ (name), ...values(settings, defenseKeys(name)) };
}

/** @param {string} name */
export const needsPurifier = (name) => name === "purifier" || name === "detector";

/** @param {Settings} settings @param {string} key of a set @returns {string[]} */
export const chosen = (settings, key) => String(settings[key]).split(",").filter(Boolean);

/** Models that are compared: those chosen that are still there, or the selected one. @param {State} state @returns {ModelInfo[]} */
export function comparedModels({ compared, shelf }) {
  const found = shelf.models.filter(({ name }) => compared.includes(name));
  return found.length > 0 ? found : shelf.models.filter(({ name }) => name === shelf.selected);
}

/** @param {Settings} settings @param {Case[]} cases @param {string} key of the number of signs @returns {EvaluationConfig} */
const evaluation = (settings, cases, key) => ({
  split: /** @type {Split} */ (settings["measure.split"]), n: Number(settings[key]), seed: Number(settings["measure.seed"]), cases,
});

/** @type {Goal} */
const UNTARGETED = { kind: "untargeted" };

/**
 * Rows × columns as a list of cases: for each model and defence the clean signs once, then each attacker's attacks.
 * @param {State} state
 */
export function matrixConfig(state) {
  const { settings, shelf } = state;
  const transfer = shelf.models.some(({ name }) => name === state.transfer) ? state.transfer : "";
  const attacks = chosen(settings, "matrix.attacks").map((name) => attackOf(settings, name));
  /** @type {Case[]} */
  const cases = [];
  for (const { name: model, purifier } of comparedModels(state)) {
    for (const kind of chosen(settings, "matrix.defenses")) {
      if (needsPurifier(kind) && purifier == null) continue;
      const defense = defenseOf(settings, kind);
      /** @type {Knowledge[]} */
      const attackers = kind === "none" ? ["adaptive"] : /** @type {Knowledge[]} */ (chosen(settings, "matrix.knowledge"));
      cases.push({ model, defense, knowledge: "none", attack: null, goal: UNTARGETED, source: null });
      for (const knowledge of attackers) cases.push(...attacks.map((attack) => ({ model, defense, knowledge, attack, goal: UNTARGETED, source: null })));
      if (transfer && transfer !== model) cases.push(...attacks.map((attack) => ({ model, defense, knowledge: /** @type {Knowledge} */ ("oblivious"), attack, goal: UNTARGETED, source: transfer })));
    }
  }
  return evaluation(settings, cases, "measure.n");
}

/** A case for each model and strength; the first strength is none at all. @param {State} state */
export function curveConfig(state) {
  const { settings } = state;
  const attack = attackOf(settings, String(settings["curve.attack"]));
  const cases = comparedModels(state).flatMap(({ name: model }) => CURVE.map((k) => /** @type {Case} */ ({
    model, defense: { name: "none" }, knowledge: "adaptive", attack: { ...attack, epsilon: k / 255 }, goal: UNTARGETED, source: null,
  })));
  return evaluation(settings, cases, "curve.n");
}

/** @param {State} state @returns {CheckConfig} */
export function checkConfig({ settings, shelf, reference }) {
  return {
    model: shelf.selected, defense: defenseOf(settings, String(settings["check.defense"])),
    knowledge: /** @type {Knowledge} */ (settings["check.knowledge"]),
    reference: reference !== shelf.selected && shelf.models.some(({ name }) => name === reference) ? reference : null,
    epsilon: Number(plain(settings, "check.epsilon")), split: /** @type {Split} */ (settings["measure.split"]),
    n: Number(settings["check.n"]), seed: Number(settings["measure.seed"]),
  };
}

/** @param {Settings} settings @returns {RocConfig} */
export function rocConfig(settings) {
  return {
    attack: attackOf(settings, String(settings["roc.attack"])), knowledge: /** @type {Knowledge} */ (settings["roc.knowledge"]),
    n: Number(settings["roc.n"]), seed: Number(settings["measure.seed"]), false_positive_rate: Number(settings["roc.false_positive_rate"]),
  };
}
