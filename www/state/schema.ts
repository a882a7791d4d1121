// The one table of settings: defaults, validation, controls and the link all come from here. What the engine declares is taken from
// there (engine/made), the page's own is here. Their words are in the tables of strings: `set.KEY`, `set.KEY.help`, and for the
// choices `choice.KEY.VALUE`, or `WORDS.VALUE` where several settings share them.

import {
  ATTACKS as ATTACK_METHODS, CHECK, DATA, DEFENCES, EVALUATION, NETWORKS, PURIFIER, RECIPES, ROC, STICKERS, TRAIN, type Declared, type Method,
} from "../engine/made/methods.js";
import { phrase } from "../words/i18n.js";
import { words, wordsAt, type Words } from "../words/say.js";
import type { Settings } from "./types.js";

type Value = Settings[string];

export interface Setting {
  /** `epsilon` is kept as k of k/255; `class` is the number of one; `set` is a text of values with commas between them. */
  kind: "integer" | "number" | "epsilon" | "switch" | "choice" | "set" | "class" | "seed";
  /** Key in the link. */
  url: string;
  /** The default. */
  value: Value;
  min?: number;
  max?: number;
  step?: number;
  symbol?: string;
  /** Whether it may be left empty; what that stands for is `set.KEY.open`. */
  open?: boolean;
  choices?: readonly (number | string)[];
  /** Whose words the choices have. */
  words?: string;
}

/** Signs of GTSRB. */
export const CLASSES = 43;
/** More classes no data set may have. */
const MOST_CLASSES = 200;
const SEED_MAX = 4294967295;

/** Names that the links of earlier versions have for what is declared in the engine; a setting without one is called there as it is here. */
const URLS: Readonly<Record<string, string>> = {
  "data.crop": "crop", "data.validation": "valshare", "data.test": "testshare", "data.seed": "splitseed",
  "train.epochs": "epochs", "train.batch_size": "batch", "train.learning_rate": "lr", "train.images_per_epoch": "images",
  "train.validation_images": "val", "train.augment": "augment", "train.drawn": "drawn", "train.harsh": "harsh", "train.seed": "trainseed",
  "recipe.epsilon": "reps", "recipe.pgd_steps": "rsteps", "recipe.trades_steps": "tsteps", "recipe.trades_beta": "beta",
  "attack.epsilon": "eps", "attack.seed": "aseed",
  "bim.steps": "bimsteps", "bim.alpha": "bimalpha", "pgd.steps": "pgdsteps", "pgd.alpha": "pgdalpha", "pgd.restarts": "pgdstarts",
  "apgd.steps": "apgdsteps", "apgd.loss": "apgdloss", "apgd.restarts": "apgdstarts", "apgd.targets": "apgdtargets",
  "square.queries": "queries", "square.p": "squarep",
  "ensemble.steps": "enssteps", "ensemble.targets": "enstargets", "ensemble.queries": "ensqueries",
  "cw.kappa": "kappa", "cw.searches": "searches", "cw.steps": "steps", "cw.learning_rate": "cwlr", "cw.initial_c": "c", "cw.abort_early": "abort",
  "deepfool.steps": "dfsteps", "deepfool.overshoot": "overshoot", "jsma.theta": "theta", "jsma.gamma": "gamma", "jsma.one_pixel": "onepixel",
  "detector.statistic": "statistic", "detector.false_positive_rate": "fpr", "bit_depth.bits": "bits", "jpeg.quality": "quality",
  "purifier.epochs": "pepochs", "purifier.width": "pwidth", "purifier.batch_size": "pbatch", "purifier.learning_rate": "plr",
  "purifier.images_per_epoch": "pimages", "purifier.validation_images": "pval", "purifier.noise": "pnoise", "purifier.epsilon": "peps",
  "purifier.guide": "pguide", "purifier.label_guide": "plabels", "purifier.clean_to_clean": "pclean", "purifier.full_skip": "pskip",
  "purifier.seed": "pseed",
  "measure.n": "n", "curve.n": "curven", "measure.split": "split", "measure.seed": "tseed",
  "check.n": "checkn", "check.epsilon": "checkeps", "check.knowledge": "checkknows", "check.autoattack": "checkauto",
  "roc.n": "rocn", "roc.knowledge": "rocknows", "roc.false_positive_rate": "rocfpr",
};

/** What an attacker may know, where there is one. */
const KNOWLEDGE = (CHECK.find(({ key }) => key === "knowledge")?.choices ?? []).filter((choice) => choice !== "none");

/** Where a control offers less than the engine takes, or starts otherwise. */
const OFFERED: Readonly<Record<string, Partial<Setting>>> = {
  "attack.epsilon": { max: 64, step: 0.5 },
  "recipe.epsilon": { max: 64, step: 0.5 },
  "purifier.epsilon": { max: 64, step: 1 },
  "purifier.width": { kind: "choice", choices: [8, 16, 32, 64] },
  // Drawn signs vary by themselves; what it does is for a data set.
  "train.augment": { value: true },
  // What a visitor waits for; the test images are for what is shown, not for choosing.
  "measure.n": { value: 64 },
  "curve.n": { value: 64 },
  "measure.split": { value: "test", choices: ["test", "validation"] },
  "check.epsilon": { min: 1, max: 63, step: 0.5 },
  "check.knowledge": { choices: KNOWLEDGE, words: "knowledge" },
  "roc.n": { value: 64 },
  "roc.knowledge": { value: "oblivious", choices: KNOWLEDGE, words: "knowledge" },
};

/** What the page has in another form, or keeps from a purifier's training. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "purifier.notebook", "purifier.augment", "purifier.drawn", "purifier.harsh",
  // On the same images as the table.
  "check.split", "check.seed", "roc.seed",
]);

const round = (value: number): number => Math.round(value * 510) / 2;

/** A setting that is declared in the engine, as the page has it. */
function declared(key: string, { kind, min, max, default: value, symbol, open, choices }: Declared): Setting {
  const shared = { url: URLS[key] ?? key, ...(symbol ? { symbol } : {}), ...(open ? { open } : {}) };
  const ranges = (factor: number) => ({ ...(min === undefined ? {} : { min: min * factor }), ...(max === undefined ? {} : { max: max * factor }) });
  const setting: Setting = {
    seed: (): Setting => ({ ...shared, kind: "seed", value: value ?? 1, min: 0, max: SEED_MAX, step: 1 }),
    integer: (): Setting => ({ ...shared, kind: "integer", value: value ?? "", ...ranges(1), step: 1 }),
    number: (): Setting => ({ ...shared, kind: "number", value: value ?? "", ...ranges(1) }),
    epsilon: (): Setting => ({ ...shared, kind: "epsilon", value: value === null ? "" : round(Number(value)), ...ranges(255) }),
    switch: (): Setting => ({ ...shared, kind: "switch", value: value === true }),
    choice: (): Setting => ({ ...shared, kind: "choice", value: value ?? "", choices: choices ?? [] }),
  }[kind]();
  return { ...setting, ...OFFERED[key] };
}

/** Settings of one attack, by key, in the order of its declaration; all attacks share one ε and one seed. */
export const attackKeys = (name: string): string[] =>
  keysOf(ATTACK_METHODS, name, (key) => (key === "epsilon" || key === "seed" ? `attack.${key}` : `${name}.${key}`));
/** Settings of one defence. */
export const defenseKeys = (name: string): string[] => keysOf(DEFENCES, name, (key) => `${name}.${key}`);
/** Settings of one recipe; all share one ε. */
export const recipeKeys = (name: string): string[] => keysOf(RECIPES, name, (key) => (key === "epsilon" ? "recipe.epsilon" : `recipe.${name}_${key}`));

const keysOf = (methods: readonly Method[], name: string, keyOf: (key: string) => string): string[] =>
  (methods.find((method) => method.name === name)?.settings ?? []).map(({ key }) => keyOf(key));

const METHODS = { attack: ATTACK_METHODS, defence: DEFENCES, recipe: RECIPES };

/** Where a method was published; empty where it was not. */
export const paperOf = (kind: keyof typeof METHODS, name: string): string => METHODS[kind].find((method) => method.name === name)?.paper ?? "";

/** Whether a mark holds of a method. */
export const marked = (methods: readonly Method[], name: string, mark: string): boolean =>
  methods.find((method) => method.name === name)?.marks.includes(mark) ?? false;

/** Every declared setting of some methods, by key; of those that several share the first is the one. */
function settingsOf(methods: readonly Method[], keysOf: (name: string) => string[]): Record<string, Setting> {
  const found: Record<string, Setting> = {};
  for (const { name, settings } of methods) {
    keysOf(name).forEach((key, i) => {
      const one = settings[i];
      if (one) found[key] ??= declared(key, one);
    });
  }
  return found;
}

const groupOf = (group: string, settings: readonly Declared[]): Record<string, Setting> => Object.fromEntries(
  settings.filter(({ key }) => !LEFT_OUT.has(`${group}.${key}`)).map((one) => [`${group}.${one.key}`, declared(`${group}.${one.key}`, one)]),
);

const seed = (url: string): Setting => ({ kind: "seed", url, value: 1, min: 0, max: SEED_MAX, step: 1 });
const names = (methods: readonly Method[]): string[] => methods.map(({ name }) => name);

export const ATTACKS = names(ATTACK_METHODS);
export const DEFENSES = names(DEFENCES);
/** Attacks whose strength is ε. */
const BOUNDED = ATTACKS.filter((name) => marked(ATTACK_METHODS, name, "bounded"));
export const SCHEMA: Record<string, Setting> = {
  "language": { kind: "choice", url: "lang", value: "auto", choices: ["auto", "en", "de"] },
  "device": { kind: "choice", url: "device", value: "auto", choices: ["auto", "gpu", "cpu"] },
  "sign.class": { kind: "class", url: "sign", value: 14, min: 0, max: MOST_CLASSES - 1 },
  "sign.seed": { ...seed("picture"), value: 5 },
  "model.seed": { ...seed("weights") },

  ...groupOf("data", DATA),

  ...groupOf("train", TRAIN),
  "recipe.kind": { kind: "choice", url: "recipe", value: "standard", choices: names(RECIPES) },
  ...settingsOf(RECIPES, recipeKeys),
  "model.architecture": { kind: "choice", url: "arch", value: "lenet", choices: names(NETWORKS) },

  "goal.kind": { kind: "choice", url: "goal", value: "untargeted", choices: ["untargeted", "targeted"] },
  "goal.class": { kind: "class", symbol: "t", url: "target", value: 1, min: 0, max: MOST_CLASSES - 1 },
  "attack.kind": { kind: "choice", url: "attack", value: "fgsm", choices: ATTACKS, words: "attack" },
  ...settingsOf(ATTACK_METHODS, attackKeys),

  "defense.kind": { kind: "choice", url: "defence", value: "none", choices: DEFENSES, words: "defence" },
  ...settingsOf(DEFENCES, defenseKeys),
  "knowledge": { kind: "choice", url: "knows", value: "oblivious", choices: KNOWLEDGE, words: "knowledge" },

  ...groupOf("purifier", PURIFIER),
  "purifier.size": { kind: "choice", url: "psize", value: "browser", choices: ["browser", "notebook"] },

  ...groupOf("measure", EVALUATION),
  "measure.engines": { kind: "choice", url: "engines", value: "auto", choices: ["auto", "1", "2", "3", "4"] },
  "matrix.attacks": { kind: "set", url: "attacks", value: "fgsm,pgd,cw", choices: ATTACKS, words: "attack" },
  "matrix.defenses": { kind: "set", url: "defences", value: "none,purifier", choices: DEFENSES, words: "defence" },
  "matrix.knowledge": { kind: "set", url: "attackers", value: "oblivious,adaptive", choices: KNOWLEDGE, words: "knowledge" },
  "curve.attack": { kind: "choice", url: "curve", value: "pgd", words: "attack", choices: BOUNDED },
  ...groupOf("curve", EVALUATION.filter(({ key }) => key === "n")),
  "check.defense": { kind: "choice", url: "checkdef", value: "none", choices: DEFENSES, words: "defence" },
  ...groupOf("check", CHECK),
  "roc.attack": { kind: "choice", url: "rocattack", value: "pgd", choices: ATTACKS, words: "attack" },
  ...groupOf("roc", ROC),
  "sticker.sign": { kind: "class", url: "stickon", value: 14, min: 0, max: CLASSES - 1 },
  "sticker.goal": { kind: "choice", url: "stickgoal", value: "untargeted", choices: ["untargeted", "targeted"], words: "choice.goal.kind" },
  "sticker.target": { kind: "class", symbol: "t", url: "sticktarget", value: 5, min: 0, max: CLASSES - 1 },
  ...groupOf("sticker", STICKERS[0]?.settings ?? []),
  "sticker.fresh": { kind: "integer", symbol: "n", url: "stickfresh", value: 400, min: 20, max: 10_000, step: 1 },
  "slice.seed": seed("slice"),
  "show": { kind: "choice", url: "show", value: "", choices: ["", "attack"] },
  "teach.hide": {
    kind: "set", url: "hide", value: "", choices: ["expert", "own", "data", "train", "attack", "defend", "measure", "sticker", "museum", "device"],
  },
  "teach.fix": { kind: "switch", url: "fix", value: false },
  "view.gain": { kind: "integer", symbol: "×", url: "gain", value: 10, min: 1, max: 50, step: 1 },
};

const nameOf = (key: string): Words => wordsAt(`set.${key}`);
export const settingName = (key: string): string => phrase(`set.${key}`);
export const choiceName = (key: string, value: number | string): string =>
  (typeof value === "number" ? String(value) : phrase(`${SCHEMA[key]?.words ?? `choice.${key}`}.${value}`));

export const defaults = (): Settings => Object.fromEntries(Object.entries(SCHEMA).map(([key, setting]) => [key, setting.value]));

/** Brings a value from a control or a link into its range; the note says what had to be changed. */
export function admit(key: string, raw: unknown): { value: Value; note: Words | null } {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  if (setting.kind === "switch") return { value: raw === true || raw === "1" || raw === "true", note: null };
  if (setting.kind === "choice") {
    const hit = setting.choices?.find((value) => String(value) === String(raw));
    if (hit !== undefined) return { value: hit, note: null };
    return { value: setting.value, note: words("note.choice", nameOf(key)) };
  }
  if (setting.kind === "set") {
    const wanted = new Set(String(raw).split(","));
    const known = (setting.choices ?? []).map(String);
    const unknown = [...wanted].some((value) => value !== "" && !known.includes(value));
    return { value: known.filter((value) => wanted.has(value)).join(","), note: unknown ? words("note.set", nameOf(key)) : null };
  }
  if (setting.open && String(raw).trim() === "") return { value: "", note: null };
  const { min = -Infinity, max = Infinity } = setting;
  const number = typeof raw === "string" && raw.trim() === "" ? NaN : Number(raw);
  if (!Number.isFinite(number)) {
    // A number is written as the language does.
    const again = typeof setting.value === "number" ? setting.value : String(setting.value);
    return { value: setting.value, note: again === "" ? words("note.open", nameOf(key)) : words("note.number", nameOf(key), again) };
  }
  const step = setting.kind === "number" || (setting.kind === "epsilon" && setting.step === undefined) ? 0 : setting.step ?? 1;
  const whole = step === 0 ? number : Math.round(number / step) * step;
  const value = Math.min(max, Math.max(min, whole));
  return { value, note: value === number ? null : words("note.range", nameOf(key), value, min, max) };
}
