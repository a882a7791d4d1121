// The one table of settings: defaults, validation, controls and the link all come from here.

/** @import { Settings, TrainConfig, PurifierConfig, CarliniWagner, Attack, Goal, TableConfig } from "./types.js" */

/**
 * @typedef {object} Setting
 * @property {"integer" | "number" | "epsilon" | "switch" | "choice" | "class" | "seed"} kind
 *   `epsilon` is kept as k of k/255; `class` is 0 to 42
 * @property {string} label
 * @property {string} url key in the link
 * @property {number | string | boolean} value the default
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [symbol]
 * @property {string} help one sentence
 * @property {(readonly [value: number | string, label: string])[]} [choices]
 */

export const CLASSES = 43;
const SEED_MAX = 4294967295;

/** @param {string} url @param {string} what @returns {Setting} */
const seed = (url, what) => ({
  kind: "seed", label: "Seed", url, value: 1, min: 0, max: SEED_MAX, step: 1,
  help: `The same seed gives the same ${what} again.`,
});

/** @type {Record<string, Setting>} */
export const SCHEMA = {
  "device": {
    kind: "choice", label: "Device", url: "device", value: "auto",
    choices: [["auto", "Automatic"], ["gpu", "WebGPU"], ["cpu", "CPU"]],
    help: "Where the network is computed.",
  },
  "sign.class": { kind: "class", label: "Sign", url: "sign", value: 14, help: "The sign that is drawn." },
  "sign.seed": { ...seed("picture", "picture"), label: "Picture number", value: 5 },
  "model.seed": { ...seed("weights", "first weights"), label: "Seed of the weights" },

  "train.epochs": { kind: "integer", label: "Epochs", url: "epochs", value: 6, min: 1, max: 100, step: 1,
    help: "How often the network goes through that many images." },
  "train.batch_size": { kind: "integer", label: "Batch size", url: "batch", value: 32, min: 1, max: 512, step: 1,
    help: "Images that are averaged for one step of learning." },
  "train.learning_rate": { kind: "number", label: "Learning rate", symbol: "η", url: "lr", value: 0.004, min: 1e-5, max: 0.1,
    help: "Size of the first steps; it falls to zero by the end of the run." },
  "train.images_per_epoch": { kind: "integer", label: "Images per epoch", url: "images", value: 4300, min: 64, max: 100000,
    step: 1, help: "Freshly drawn signs in each epoch." },
  "train.validation_images": { kind: "integer", label: "Validation images", url: "val", value: 430, min: 43, max: 4300,
    step: 1, help: "Signs kept apart, on which the network is tested and never trained." },
  "train.seed": seed("trainseed", "training signs"),

  "goal.kind": { kind: "choice", label: "Goal", url: "goal", value: "untargeted",
    choices: [["untargeted", "Any wrong sign"], ["targeted", "One chosen sign"]],
    help: "Untargeted: any wrong answer counts. Targeted: only the chosen one does." },
  "goal.class": { kind: "class", label: "Target", symbol: "t", url: "target", value: 1,
    help: "The sign that the network should read." },
  "attack.kind": { kind: "choice", label: "Attack", url: "attack", value: "fgsm",
    choices: [["fgsm", "FGSM"], ["cw", "Carlini & Wagner"]],
    help: "FGSM takes one step; Carlini & Wagner searches for the smallest change." },
  "fgsm.epsilon": { kind: "epsilon", label: "Strength", symbol: "ε", url: "eps", value: 8, min: 0, max: 64, step: 1,
    help: "The most that any colour value may change, in steps of 1/255." },
  "cw.kappa": { kind: "number", label: "Confidence", symbol: "κ", url: "kappa", value: 0, min: 0, max: 100,
    help: "How far the wrong answer must be ahead; more is safer and more visible." },
  "cw.searches": { kind: "integer", label: "Searches", url: "searches", value: 5, min: 1, max: 20, step: 1,
    help: "How many values of c are tried." },
  "cw.steps": { kind: "integer", label: "Steps", url: "steps", value: 200, min: 1, max: 10000, step: 1,
    help: "Steps of Adam for each value of c." },
  "cw.learning_rate": { kind: "number", label: "Learning rate", symbol: "η", url: "cwlr", value: 0.05, min: 1e-4, max: 1,
    help: "Size of a step of the search." },
  "cw.initial_c": { kind: "number", label: "First weight of the goal", symbol: "c₀", url: "c", value: 1, min: 1e-6, max: 1e6,
    help: "How much fooling counts against staying close, in the first search." },
  "cw.abort_early": { kind: "switch", label: "Stop a search early", url: "abort", value: true,
    help: "End a search that no longer gets better." },

  "purifier.epochs": { kind: "integer", label: "Epochs", url: "pepochs", value: 3, min: 1, max: 100, step: 1,
    help: "How often the purifier goes through that many images." },
  "purifier.width": { kind: "choice", label: "Width", url: "pwidth", value: 16,
    choices: [[8, "8"], [16, "16"], [32, "32"], [64, "64"]],
    help: "Channels of the first layer; wider is better and slower." },
  "purifier.batch_size": { kind: "integer", label: "Batch size", url: "pbatch", value: 16, min: 2, max: 512, step: 1,
    help: "Images that are averaged for one step of learning." },
  "purifier.learning_rate": { kind: "number", label: "Learning rate", symbol: "η", url: "plr", value: 0.003, min: 1e-5,
    max: 0.1, help: "Size of the first steps; it falls to zero by the end of the run." },
  "purifier.images_per_epoch": { kind: "integer", label: "Images per epoch", url: "pimages", value: 3225, min: 64,
    max: 100000, step: 1, help: "Freshly drawn signs in each epoch." },
  "purifier.validation_images": { kind: "integer", label: "Validation images", url: "pval", value: 215, min: 43, max: 4300,
    step: 1, help: "Signs kept apart, on which the purifier is tested." },
  "purifier.noise": { kind: "number", label: "Noise", symbol: "σ", url: "pnoise", value: 0.1, min: 0, max: 0.5,
    help: "Largest standard deviation of the random noise that it learns to remove." },
  "purifier.epsilon": { kind: "epsilon", label: "Strength of its attacks", symbol: "ε", url: "peps", value: 16, min: 0,
    max: 64, step: 1, help: "Largest strength of the FGSM examples that it learns to repair, in steps of 1/255." },
  "purifier.guide": { kind: "number", label: "Guide", symbol: "λ", url: "pguide", value: 0.3, min: 0, max: 10,
    help: "How much the network's answer counts beside the pixels." },
  "purifier.full_skip": { kind: "switch", label: "Full-resolution shortcut", url: "pskip", value: false,
    help: "Lets the picture pass around the purifier. Switch it on to see the defence get worse." },
  "purifier.seed": seed("pseed", "purifier"),

  "table.n": { kind: "integer", label: "Signs", symbol: "n", url: "n", value: 43, min: 1, max: 1000, step: 1,
    help: "Signs to count over: more is more exact and takes longer." },
  "table.seed": seed("tseed", "signs"),
  "view.gain": { kind: "integer", label: "Amplify", symbol: "×", url: "gain", value: 10, min: 1, max: 50, step: 1,
    help: "How strongly the change is amplified for the eye; the attack is not affected." },
};

/** The two sets of C&W parameters that people use most. */
export const CW_PRESETS = {
  interactive: { "cw.kappa": 0, "cw.searches": 5, "cw.steps": 200, "cw.learning_rate": 0.05, "cw.initial_c": 1, "cw.abort_early": true },
  paper: { "cw.kappa": 0, "cw.searches": 9, "cw.steps": 1000, "cw.learning_rate": 0.01, "cw.initial_c": 0.001, "cw.abort_early": true },
};

/** @returns {Settings} */
export function defaults() {
  return Object.fromEntries(Object.entries(SCHEMA).map(([key, setting]) => [key, setting.value]));
}

/**
 * Brings a value from a control or a link into its range.
 * @param {string} key
 * @param {unknown} raw
 * @returns {{ value: number | string | boolean, note: string | null }}
 */
export function admit(key, raw) {
  const setting = SCHEMA[key];
  if (!setting) throw new Error(`no such setting: ${key}`);
  if (setting.kind === "switch") return { value: raw === true || raw === "1" || raw === "true", note: null };
  if (setting.kind === "choice") {
    const hit = setting.choices?.find(([value]) => String(value) === String(raw));
    if (hit) return { value: hit[0], note: null };
    return { value: setting.value, note: `${setting.label}: not one of the choices, so it was left as it is.` };
  }
  const min = setting.kind === "class" ? 0 : setting.min ?? -Infinity;
  const max = setting.kind === "class" ? CLASSES - 1 : setting.max ?? Infinity;
  const number = typeof raw === "string" && raw.trim() === "" ? NaN : Number(raw);
  if (!Number.isFinite(number)) {
    return { value: setting.value, note: `${setting.label}: that is not a number, so it is ${setting.value} again.` };
  }
  const whole = setting.kind === "number" ? number : Math.round(number);
  const value = Math.min(max, Math.max(min, whole));
  return { value, note: value === number ? null : `${setting.label}: ${value} is the nearest value that is allowed (${min} to ${max}).` };
}

/** @param {Settings} settings @param {string} group @returns {Record<string, number | string | boolean>} */
function group(settings, group) {
  /** @type {Record<string, number | string | boolean>} */
  const out = {};
  for (const [key, setting] of Object.entries(SCHEMA)) {
    if (!key.startsWith(`${group}.`)) continue;
    const value = /** @type {number | string | boolean} */ (settings[key]);
    out[key.slice(group.length + 1)] = setting.kind === "epsilon" ? Number(value) / 255 : value;
  }
  return out;
}

/** @param {Settings} settings */
export const trainConfig = (settings) => /** @type {TrainConfig} */ (/** @type {unknown} */ (group(settings, "train")));
/** @param {Settings} settings */
export const purifierConfig = (settings) => /** @type {PurifierConfig} */ (/** @type {unknown} */ (group(settings, "purifier")));
/** @param {Settings} settings */
const cwConfig = (settings) => /** @type {CarliniWagner} */ (/** @type {unknown} */ (group(settings, "cw")));

/** @param {Settings} settings @returns {Attack} */
export function attackOf(settings) {
  return settings["attack.kind"] === "cw"
    ? { name: "cw", ...cwConfig(settings) }
    : { name: "fgsm", epsilon: Number(settings["fgsm.epsilon"]) / 255 };
}

/** @param {Settings} settings @returns {Goal} */
export function goalOf(settings) {
  return settings["goal.kind"] === "targeted" ? { kind: "targeted", class: Number(settings["goal.class"]) } : { kind: "untargeted" };
}

/** @param {Settings} settings @returns {TableConfig} */
export function tableConfig(settings) {
  return {
    n: Number(settings["table.n"]), seed: Number(settings["table.seed"]),
    fgsm: { epsilon: Number(settings["fgsm.epsilon"]) / 255 }, cw: cwConfig(settings),
  };
}
