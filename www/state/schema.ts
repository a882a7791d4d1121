// The one table of settings: defaults, validation, controls and the link all come from here. Their words are in the tables of
// strings: `set.KEY`, `set.KEY.help`, and for the choices `choice.KEY.VALUE`, or `WORDS.VALUE` where several settings share them.

import { phrase } from "../words/i18n.js";
import { words, type Words } from "../words/say.js";
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

const seed = (url: string): Setting => ({ kind: "seed", url, value: 1, min: 0, max: SEED_MAX, step: 1 });

const steps = (url: string): Setting => ({ kind: "integer", url, value: 1, min: 1, max: 10000, step: 1 });

const alpha = (url: string): Setting => ({ kind: "epsilon", symbol: "α", url, value: "", min: 0, max: 255, open: true });

export const ATTACKS = ["fgsm", "bim", "pgd", "apgd", "square", "ensemble", "cw", "deepfool", "jsma", "noise"];
export const DEFENSES = ["none", "purifier", "detector", "bit_depth", "median", "jpeg", "huge_logits", "no_gradient"];
const KNOWLEDGE = ["oblivious", "adaptive", "bpda"];
const STATISTICS = ["l1", "l2", "jsd10", "jsd40"];

export const SCHEMA: Record<string, Setting> = {
  "language": { kind: "choice", url: "lang", value: "auto", choices: ["auto", "en", "de"] },
  "device": { kind: "choice", url: "device", value: "auto", choices: ["auto", "gpu", "cpu"] },
  "sign.class": { kind: "class", url: "sign", value: 14, min: 0, max: MOST_CLASSES - 1 },
  "sign.seed": { ...seed("picture"), value: 5 },
  "model.seed": { ...seed("weights") },

  "data.crop": { kind: "switch", url: "crop", value: true },
  "data.validation": { kind: "number", url: "valshare", value: 0.15, min: 0, max: 0.5 },
  "data.test": { kind: "number", url: "testshare", value: 0.15, min: 0, max: 0.5 },
  "data.seed": seed("splitseed"),
  "train.epochs": { kind: "integer", url: "epochs", value: 6, min: 1, max: 1000, step: 1 },
  "train.batch_size": { kind: "integer", url: "batch", value: 32, min: 1, max: 1024, step: 1 },
  "train.learning_rate": { kind: "number", symbol: "η", url: "lr", value: 0.004, min: 1e-5, max: 1 },
  "train.images_per_epoch": { kind: "integer", url: "images", value: 4300, min: 64, max: 1000000, step: 1 },
  "train.validation_images": { kind: "integer", url: "val", value: 430, min: 1, max: 100000, step: 1 },
  "train.augment": { kind: "switch", url: "augment", value: true },
  "train.drawn": { kind: "number", url: "drawn", value: 0, min: 0, max: 1 },
  "train.harsh": { kind: "switch", url: "harsh", value: false },
  "train.seed": seed("trainseed"),

  "recipe.kind": { kind: "choice", url: "recipe", value: "standard", choices: ["standard", "fgsm", "fast", "pgd", "trades", "stale"] },
  "recipe.epsilon": { kind: "epsilon", symbol: "ε", url: "reps", value: 8, min: 0, max: 64, step: 0.5 },
  "recipe.pgd_steps": { kind: "integer", url: "rsteps", value: 7, min: 1, max: 100, step: 1 },
  "recipe.trades_steps": { kind: "integer", url: "tsteps", value: 10, min: 1, max: 100, step: 1 },
  "recipe.beta": { kind: "number", symbol: "β", url: "beta", value: 6, min: 0, max: 1000 },
  "model.architecture": { kind: "choice", url: "arch", value: "lenet", choices: ["lenet", "signnet", "convnet", "combined"] },

  "goal.kind": { kind: "choice", url: "goal", value: "untargeted", choices: ["untargeted", "targeted"] },
  "goal.class": { kind: "class", symbol: "t", url: "target", value: 1, min: 0, max: MOST_CLASSES - 1 },
  "attack.kind": { kind: "choice", url: "attack", value: "fgsm", choices: ATTACKS, words: "attack" },
  "attack.epsilon": { kind: "epsilon", symbol: "ε", url: "eps", value: 8, min: 0, max: 64, step: 0.5 },
  "attack.seed": seed("aseed"),
  "bim.steps": { ...steps("bimsteps"), value: 10 },
  "bim.alpha": alpha("bimalpha"),
  "pgd.steps": { ...steps("pgdsteps"), value: 20 },
  "pgd.alpha": alpha("pgdalpha"),
  "pgd.restarts": { kind: "integer", url: "pgdstarts", value: 1, min: 1, max: 100, step: 1 },
  "apgd.steps": { ...steps("apgdsteps"), value: 100 },
  "apgd.loss": { kind: "choice", url: "apgdloss", value: "ce", choices: ["ce", "dlr", "dlr_targeted"] },
  "apgd.restarts": { kind: "integer", url: "apgdstarts", value: 1, min: 1, max: 100, step: 1 },
  "apgd.targets": { kind: "integer", url: "apgdtargets", value: 9, min: 1, max: 199, step: 1 },
  "square.queries": { kind: "integer", url: "queries", value: 5000, min: 1, max: 1000000, step: 1 },
  "square.p": { kind: "number", symbol: "p", url: "squarep", value: 0.8, min: 0.0001, max: 1 },
  "ensemble.steps": { ...steps("enssteps"), value: 100 },
  "ensemble.targets": { kind: "integer", url: "enstargets", value: 9, min: 1, max: 199, step: 1 },
  "ensemble.queries": { kind: "integer", url: "ensqueries", value: 5000, min: 1, max: 1000000, step: 1 },
  "cw.kappa": { kind: "number", symbol: "κ", url: "kappa", value: 0, min: 0, max: 1000 },
  "cw.searches": { kind: "integer", url: "searches", value: 5, min: 1, max: 20, step: 1 },
  "cw.steps": { kind: "integer", url: "steps", value: 200, min: 1, max: 10000, step: 1 },
  "cw.learning_rate": { kind: "number", symbol: "η", url: "cwlr", value: 0.05, min: 1e-4, max: 1 },
  "cw.initial_c": { kind: "number", symbol: "c₀", url: "c", value: 1, min: 1e-6, max: 1e6 },
  "cw.abort_early": { kind: "switch", url: "abort", value: true },
  "deepfool.steps": { ...steps("dfsteps"), value: 50 },
  "deepfool.overshoot": { kind: "number", url: "overshoot", value: 0.02, min: 0, max: 10 },
  "jsma.theta": { kind: "number", symbol: "θ", url: "theta", value: 1, min: -1, max: 1 },
  "jsma.gamma": { kind: "number", symbol: "γ", url: "gamma", value: 0.1, min: 0.0001, max: 1 },
  "jsma.one_pixel": { kind: "switch", url: "onepixel", value: false },

  "defense.kind": { kind: "choice", url: "defence", value: "none", choices: DEFENSES, words: "defence" },
  "detector.statistic": { kind: "choice", url: "statistic", value: "jsd10", choices: STATISTICS, words: "statistic" },
  "detector.false_positive_rate": { kind: "number", url: "fpr", value: 0.05, min: 0, max: 1 },
  "bit_depth.bits": { kind: "integer", url: "bits", value: 3, min: 1, max: 8, step: 1 },
  "jpeg.quality": { kind: "integer", url: "quality", value: 75, min: 1, max: 100, step: 1 },
  "knowledge": { kind: "choice", url: "knows", value: "oblivious", choices: KNOWLEDGE, words: "knowledge" },

  "purifier.epochs": { kind: "integer", url: "pepochs", value: 3, min: 1, max: 1000, step: 1 },
  "purifier.width": { kind: "choice", url: "pwidth", value: 16, choices: [8, 16, 32, 64] },
  "purifier.batch_size": { kind: "integer", url: "pbatch", value: 16, min: 2, max: 1024, step: 1 },
  "purifier.learning_rate": { kind: "number", symbol: "η", url: "plr", value: 0.003, min: 1e-5, max: 1 },
  "purifier.images_per_epoch": { kind: "integer", url: "pimages", value: 3225, min: 64, max: 1000000, step: 1 },
  "purifier.validation_images": { kind: "integer", url: "pval", value: 215, min: 1, max: 100000, step: 1 },
  "purifier.noise": { kind: "number", symbol: "σ", url: "pnoise", value: 0.1, min: 0, max: 1 },
  "purifier.epsilon": { kind: "epsilon", symbol: "ε", url: "peps", value: 16, min: 0, max: 64, step: 1 },
  "purifier.guide": { kind: "number", symbol: "λ", url: "pguide", value: 0.3, min: 0, max: 100 },
  "purifier.label_guide": { kind: "number", symbol: "μ", url: "plabels", value: 0, min: 0, max: 100 },
  "purifier.size": { kind: "choice", url: "psize", value: "browser", choices: ["browser", "notebook"] },
  "purifier.clean_to_clean": { kind: "switch", url: "pclean", value: false },
  "purifier.full_skip": { kind: "switch", url: "pskip", value: false },
  "purifier.seed": seed("pseed"),

  "measure.n": { kind: "integer", symbol: "n", url: "n", value: 64, min: 1, max: 100000, step: 1 },
  "measure.split": { kind: "choice", url: "split", value: "test", choices: ["test", "validation"] },
  "measure.seed": seed("tseed"),
  "measure.engines": { kind: "choice", url: "engines", value: "auto", choices: ["auto", "1", "2", "3", "4"] },
  "matrix.attacks": { kind: "set", url: "attacks", value: "fgsm,pgd,cw", choices: ATTACKS, words: "attack" },
  "matrix.defenses": { kind: "set", url: "defences", value: "none,purifier", choices: DEFENSES, words: "defence" },
  "matrix.knowledge": { kind: "set", url: "attackers", value: "oblivious,adaptive", choices: KNOWLEDGE, words: "knowledge" },
  "curve.attack": { kind: "choice", url: "curve", value: "pgd", words: "attack", choices: ["fgsm", "pgd"] },
  "curve.n": { kind: "integer", symbol: "n", url: "curven", value: 64, min: 1, max: 100000, step: 1 },
  "check.n": { kind: "integer", symbol: "n", url: "checkn", value: 64, min: 1, max: 100000, step: 1 },
  "check.epsilon": { kind: "epsilon", symbol: "ε", url: "checkeps", value: 8, min: 1, max: 63, step: 0.5 },
  "check.defense": { kind: "choice", url: "checkdef", value: "none", choices: DEFENSES, words: "defence" },
  "check.knowledge": { kind: "choice", url: "checkknows", value: "adaptive", choices: KNOWLEDGE, words: "knowledge" },
  "roc.attack": { kind: "choice", url: "rocattack", value: "pgd", choices: ATTACKS, words: "attack" },
  "roc.knowledge": { kind: "choice", url: "rocknows", value: "oblivious", choices: KNOWLEDGE, words: "knowledge" },
  "roc.false_positive_rate": { kind: "number", url: "rocfpr", value: 0.05, min: 0, max: 1 },
  "roc.n": { kind: "integer", symbol: "n", url: "rocn", value: 64, min: 1, max: 10000, step: 1 },
  "slice.seed": seed("slice"),
  "show": { kind: "choice", url: "show", value: "", choices: ["", "attack"] },
  "teach.hide": { kind: "set", url: "hide", value: "", choices: ["expert", "own", "data", "train", "attack", "defend", "measure", "museum", "device"] },
  "teach.fix": { kind: "switch", url: "fix", value: false },
  "view.gain": { kind: "integer", symbol: "×", url: "gain", value: 10, min: 1, max: 50, step: 1 },
};

const nameOf = (key: string): Words => words(`set.${key}`);
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
    return { value: setting.value, note: setting.value === "" ? words("note.open", nameOf(key)) : words("note.number", nameOf(key), String(setting.value)) };
  }
  const step = setting.kind === "number" || (setting.kind === "epsilon" && setting.step === undefined) ? 0 : setting.step ?? 1;
  const whole = step === 0 ? number : Math.round(number / step) * step;
  const value = Math.min(max, Math.max(min, whole));
  return { value, note: value === number ? null : words("note.range", nameOf(key), value, min, max) };
}
