// The one table of settings: defaults, validation, controls and the link all come from here.

/** @import { AttackName, DefenseName, Knowledge, Settings, Statistic } from "./types.js" */

/**
 * @typedef {object} Setting
 * @property {"integer" | "number" | "epsilon" | "switch" | "choice" | "set" | "class" | "seed"} kind
 *   `epsilon` is kept as k of k/255; `class` is 0 to 42; `set` is a text of values with commas between them
 * @property {string} label
 * @property {string} url key in the link
 * @property {number | string | boolean} value the default
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [symbol]
 * @property {string} [open] what an empty field stands for, where it may be left empty
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

/** @type {(url: string) => Setting} */
const steps = (url) => ({ kind: "integer", label: "Steps", url, value: 1, min: 1, max: 10000, step: 1, help: "Number of steps." });

/** @type {(url: string) => Setting} */
const alpha = (url) => ({
  kind: "epsilon", label: "Size of a step", symbol: "α", url, value: "", min: 0, max: 255, open: "2.5·ε/steps",
  help: "How far a colour value moves in one step, in steps of 1/255; empty: 2.5·ε/steps.",
});

/** @type {[AttackName, string][]} */
export const ATTACK_CHOICES = [
  ["fgsm", "FGSM"], ["bim", "BIM"], ["pgd", "PGD"], ["apgd", "APGD"], ["square", "Square"], ["ensemble", "Ensemble"],
  ["cw", "Carlini & Wagner"], ["deepfool", "DeepFool"], ["jsma", "JSMA, one-pixel"], ["noise", "Uniform noise"],
];
/** @type {[DefenseName, string][]} */
export const DEFENSE_CHOICES = [
  ["none", "No defence"], ["purifier", "Purifier"], ["detector", "Purifier and detector"], ["bit_depth", "Bit depth"], ["median", "Median filter"], ["jpeg", "JPEG"],
  ["huge_logits", "Huge logits (bad example)"], ["no_gradient", "No gradient (bad example)"],
];
/** @type {[Knowledge, string][]} */
export const KNOWLEDGE_CHOICES = [["oblivious", "Oblivious"], ["adaptive", "Adaptive"], ["bpda", "BPDA"]];
/** @type {[Statistic, string][]} */
export const STATISTIC_CHOICES = [
  ["l1", "Mean change"], ["l2", "Mean squared change"], ["jsd10", "Divergence of the answers, T = 10"], ["jsd40", "Divergence of the answers, T = 40"],
];

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

  "data.crop": { kind: "switch", label: "Crop to the sign", url: "crop", value: true,
    help: "GTSRB says where in each picture the sign is. The original notebook took the whole picture." },
  "data.validation": { kind: "number", label: "Share for validation", url: "valshare", value: 0.15, min: 0, max: 0.5,
    help: "Of each class's tracks: a track is one physical sign, photographed about 30 times, and is never divided." },
  "data.test": { kind: "number", label: "Share for testing", url: "testshare", value: 0.15, min: 0, max: 0.5,
    help: "Of each class's tracks, where the data has no test pictures of its own. GTSRB has." },
  "data.seed": seed("splitseed", "splits"),
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
  "train.augment": { kind: "switch", label: "Vary the pictures", url: "augment", value: true,
    help: "A data set's pictures are moved, turned and lit a little otherwise every time. Drawn signs vary by themselves." },
  "train.drawn": { kind: "number", label: "Share of drawn signs", url: "drawn", value: 0, min: 0, max: 1,
    help: "Drawn signs mixed in with the pictures of GTSRB." },
  "train.seed": seed("trainseed", "training signs"),

  "recipe.kind": { kind: "choice", label: "Recipe", url: "recipe", value: "standard",
    choices: [["standard", "Standard"], ["fgsm", "FGSM (half and half)"], ["fast", "Fast (one step)"], ["pgd", "PGD (several steps)"], ["trades", "TRADES"],
      ["stale", "Stale examples (fails)"]],
    help: "What the network learns from." },
  "recipe.epsilon": { kind: "epsilon", label: "Strength of the examples", symbol: "ε", url: "reps", value: 8, min: 0, max: 64, step: 0.5,
    help: "The most that a colour value of a training example changes, in steps of 1/255." },
  "recipe.pgd_steps": { kind: "integer", label: "Steps of each example", url: "rsteps", value: 7, min: 1, max: 100, step: 1,
    help: "Steps of ε/4; 7 in the paper." },
  "recipe.trades_steps": { kind: "integer", label: "Steps of each example", url: "tsteps", value: 10, min: 1, max: 100, step: 1,
    help: "Steps of ε/4; 10 in the paper." },
  "recipe.beta": { kind: "number", label: "Weight of staying the same", symbol: "β", url: "beta", value: 6, min: 0, max: 1000,
    help: "How much it counts that the answers to the clean and to the attacked sign agree; 6 in the paper." },
  "model.architecture": { kind: "choice", label: "Architecture of a new model", url: "arch", value: "lenet",
    choices: [["lenet", "LeNet (tanh, as in the notebook)"], ["convnet", "ConvNet (ReLU, max-pooling)"], ["combined", "Combined: autoencoder and LeNet as one"]],
    help: "The combined model learns end to end: attacks and gradients go through its autoencoder." },

  "goal.kind": { kind: "choice", label: "Goal", url: "goal", value: "untargeted",
    choices: [["untargeted", "Any wrong sign"], ["targeted", "One chosen sign"]],
    help: "Untargeted: any wrong answer counts. Targeted: only the chosen one does." },
  "goal.class": { kind: "class", label: "Target", symbol: "t", url: "target", value: 1,
    help: "The sign that the network should read." },
  "attack.kind": { kind: "choice", label: "Attack", url: "attack", value: "fgsm", choices: ATTACK_CHOICES,
    help: "Bounded attacks stay within ε; the others look for the smallest change." },
  "attack.epsilon": { kind: "epsilon", label: "Strength", symbol: "ε", url: "eps", value: 8, min: 0, max: 64, step: 0.5,
    help: "The most that any colour value may change, in steps of 1/255." },
  "attack.seed": seed("aseed", "random starts of the attack"),
  "bim.steps": { ...steps("bimsteps"), value: 10 },
  "bim.alpha": alpha("bimalpha"),
  "pgd.steps": { ...steps("pgdsteps"), value: 20, help: "Steps from each start." },
  "pgd.alpha": alpha("pgdalpha"),
  "pgd.restarts": { kind: "integer", label: "Starts", url: "pgdstarts", value: 1, min: 1, max: 100, step: 1,
    help: "Random starts; a further one is made only where the ones before have failed." },
  "apgd.steps": { ...steps("apgdsteps"), value: 100, help: "Steps from each start; their size falls when they stop helping." },
  "apgd.loss": { kind: "choice", label: "Loss", url: "apgdloss", value: "ce",
    choices: [["ce", "Cross-entropy"], ["dlr", "Difference of logits ratio"], ["dlr_targeted", "Difference of logits ratio, targeted"]],
    help: "What is made larger. Towards a chosen sign it is always the cross-entropy." },
  "apgd.restarts": { kind: "integer", label: "Starts", url: "apgdstarts", value: 1, min: 1, max: 100, step: 1,
    help: "Random starts; with the targeted loss for each sign aimed at." },
  "apgd.targets": { kind: "integer", label: "Signs aimed at", url: "apgdtargets", value: 9, min: 1, max: 42, step: 1,
    help: "How many of the likeliest other signs the targeted loss tries." },
  "square.queries": { kind: "integer", label: "Queries", url: "queries", value: 5000, min: 1, max: 1000000, step: 1,
    help: "How often the network is asked; it uses no gradients." },
  "square.p": { kind: "number", label: "First size of the squares", symbol: "p", url: "squarep", value: 0.8, min: 0.0001, max: 1,
    help: "Share of the picture that a square covers at first; it shrinks on the paper's schedule." },
  "ensemble.steps": { ...steps("enssteps"), value: 100, help: "Steps of both forms of APGD." },
  "ensemble.targets": { kind: "integer", label: "Signs aimed at", url: "enstargets", value: 9, min: 1, max: 42, step: 1,
    help: "How many of the likeliest other signs targeted APGD tries." },
  "ensemble.queries": { kind: "integer", label: "Queries", url: "ensqueries", value: 5000, min: 1, max: 1000000, step: 1,
    help: "Queries of Square, the last of the three." },
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
  "deepfool.steps": { ...steps("dfsteps"), value: 50, help: "Steps over the nearest boundary, at most." },
  "deepfool.overshoot": { kind: "number", label: "Overshoot", url: "overshoot", value: 0.02, min: 0, max: 10,
    help: "By how much the change is stretched, so that it ends beyond the boundary." },
  "jsma.theta": { kind: "number", label: "Change of a value", symbol: "θ", url: "theta", value: 1, min: -1, max: 1,
    help: "What is added to a chosen colour value; below 0 it darkens." },
  "jsma.gamma": { kind: "number", label: "Share of values", symbol: "γ", url: "gamma", value: 0.1, min: 0.0001, max: 1,
    help: "The most of all colour values that may be changed." },
  "jsma.one_pixel": { kind: "switch", label: "One value at a time", url: "onepixel", value: false,
    help: "The one-pixel form: the best single value in each step instead of the best pair." },

  "defense.kind": { kind: "choice", label: "Defence in front of the network", url: "defence", value: "none", choices: DEFENSE_CHOICES,
    help: "What a picture passes before the network sees it." },
  "detector.statistic": { kind: "choice", label: "Statistic", url: "statistic", value: "jsd10", choices: STATISTIC_CHOICES,
    help: "What the detector measures between a picture and its purified form." },
  "detector.false_positive_rate": { kind: "number", label: "Clean signs refused", url: "fpr", value: 0.05, min: 0, max: 1,
    help: "Share of clean signs that the detector may refuse; its threshold is chosen by it." },
  "bit_depth.bits": { kind: "integer", label: "Bits", url: "bits", value: 3, min: 1, max: 8, step: 1,
    help: "Bits that are left of each colour value." },
  "jpeg.quality": { kind: "integer", label: "Quality", url: "quality", value: 75, min: 1, max: 100, step: 1,
    help: "Quality of the JPEG compression." },
  "knowledge": { kind: "choice", label: "What the attacker knows", url: "knows", value: "oblivious", choices: KNOWLEDGE_CHOICES,
    help: "Oblivious: attacks the bare network. Adaptive: attacks through the defence. BPDA: goes back through it as if it changed nothing." },

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
  "purifier.size": { kind: "choice", label: "Size", url: "psize", value: "browser",
    choices: [["browser", "Browser (its width)"], ["notebook", "Notebook, 27.4 M"]],
    help: "The notebook's network has 27.4 million parameters." },
  "purifier.clean_to_clean": { kind: "switch", label: "Clean to clean (fails)", url: "pclean", value: false,
    help: "Learns from clean signs only, as the notebook did: it learns to copy, and hands the attack through." },
  "purifier.full_skip": { kind: "switch", label: "Full-resolution shortcut (fails)", url: "pskip", value: false,
    help: "Lets the picture pass around the purifier, and the attack with it." },
  "purifier.seed": seed("pseed", "purifier"),

  "measure.n": { kind: "integer", label: "Signs", symbol: "n", url: "n", value: 64, min: 1, max: 10000, step: 1,
    help: "Signs to count over: more is more exact and takes longer." },
  "measure.split": { kind: "choice", label: "Signs from", url: "split", value: "test",
    choices: [["test", "Test: for reporting"], ["validation", "Validation: for choosing"]],
    help: "No sign is in both, and none of either is trained on." },
  "measure.seed": seed("tseed", "signs"),
  "measure.engines": { kind: "choice", label: "Engines", url: "engines", value: "auto",
    choices: [["auto", "Automatic"], ["1", "One"], ["2", "Two"], ["3", "Three"], ["4", "Four"]],
    help: "Engines that share the work on the CPU; the figures are the same." },
  "matrix.attacks": { kind: "set", label: "Attacks", url: "attacks", value: "fgsm,pgd,cw", choices: ATTACK_CHOICES,
    help: "Columns, beside the clean signs." },
  "matrix.defenses": { kind: "set", label: "Defences", url: "defences", value: "none,purifier", choices: DEFENSE_CHOICES,
    help: "Rows." },
  "matrix.knowledge": { kind: "set", label: "What the attacker knows", url: "attackers", value: "oblivious,adaptive", choices: KNOWLEDGE_CHOICES,
    help: "A row for each, where there is a defence." },
  "curve.attack": { kind: "choice", label: "Attack", url: "curve", value: "pgd", choices: [["fgsm", "FGSM"], ["pgd", "PGD"]],
    help: "Its strength runs from 0 to 32/255; the other parameters are those of the attack in step 3." },
  "curve.n": { kind: "integer", label: "Signs", symbol: "n", url: "curven", value: 64, min: 1, max: 10000, step: 1,
    help: "Signs for each point of the curve." },
  "check.n": { kind: "integer", label: "Signs", symbol: "n", url: "checkn", value: 64, min: 1, max: 10000, step: 1,
    help: "Signs for each of about fifteen attacks behind the checks." },
  "check.epsilon": { kind: "epsilon", label: "Strength", symbol: "ε", url: "checkeps", value: 8, min: 1, max: 63, step: 0.5,
    help: "The strength of the figure that is checked, in steps of 1/255." },
  "check.defense": { kind: "choice", label: "Defence", url: "checkdef", value: "none", choices: DEFENSE_CHOICES,
    help: "The defence whose figure is checked." },
  "check.knowledge": { kind: "choice", label: "What the attacker knew", url: "checkknows", value: "adaptive", choices: KNOWLEDGE_CHOICES,
    help: "The attacker behind the figure that is checked." },
  "roc.attack": { kind: "choice", label: "Attack", url: "rocattack", value: "pgd", choices: ATTACK_CHOICES,
    help: "What the detector has to notice." },
  "roc.knowledge": { kind: "choice", label: "What the attacker knows", url: "rocknows", value: "oblivious", choices: KNOWLEDGE_CHOICES,
    help: "Oblivious: made on the bare network; otherwise through the purifier." },
  "roc.false_positive_rate": { kind: "number", label: "Clean signs refused", url: "rocfpr", value: 0.05, min: 0, max: 1,
    help: "Share of other clean signs that the thresholds are chosen for." },
  "roc.n": { kind: "integer", label: "Signs", symbol: "n", url: "rocn", value: 64, min: 1, max: 10000, step: 1,
    help: "Clean signs, and as many attacked ones." },
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
  if (setting.kind === "set") {
    const wanted = new Set(String(raw).split(","));
    const known = (setting.choices ?? []).map(([value]) => String(value));
    const unknown = [...wanted].some((value) => value !== "" && !known.includes(value));
    return { value: known.filter((value) => wanted.has(value)).join(","), note: unknown ? `${setting.label}: some are not among the choices, so they were left out.` : null };
  }
  if (setting.open && String(raw).trim() === "") return { value: "", note: null };
  const min = setting.kind === "class" ? 0 : setting.min ?? -Infinity;
  const max = setting.kind === "class" ? CLASSES - 1 : setting.max ?? Infinity;
  const number = typeof raw === "string" && raw.trim() === "" ? NaN : Number(raw);
  if (!Number.isFinite(number)) {
    return { value: setting.value, note: `${setting.label}: that is not a number, so it is ${setting.value === "" ? "left open" : setting.value} again.` };
  }
  const step = setting.kind === "number" || (setting.kind === "epsilon" && setting.step === undefined) ? 0 : setting.step ?? 1;
  const whole = step === 0 ? number : Math.round(number / step) * step;
  const value = Math.min(max, Math.max(min, whole));
  return { value, note: value === number ? null : `${setting.label}: ${value} is the nearest value that is allowed (${min} to ${max}).` };
}
