// The lesson: for each step what is set, what is run, and what counts as the answer. Words are `lesson.ID…` in the tables.

/** @import { OutcomeReport, Settings, State } from "./types.js" */

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string[]} options what can be predicted
 * @property {Settings[]} runs attacks, one after another
 * @property {"purifier" | "hardened"} [needs] what has to be trained first
 * @property {(outcomes: OutcomeReport[]) => string} [answer] which option came true
 */

/** @type {Settings} */
const PLAIN = { "goal.kind": "untargeted", "defense.kind": "none", "knowledge": "oblivious" };
/** @param {number} epsilon @returns {Settings} */
const fgsm = (epsilon) => ({ ...PLAIN, "attack.kind": "fgsm", "attack.epsilon": epsilon });
/** @param {number} epsilon @returns {Settings} */
const pgd = (epsilon) => ({ ...PLAIN, "attack.kind": "pgd", "attack.epsilon": epsilon, "pgd.steps": 20 });

/** @param {OutcomeReport[]} outcomes */
const fooled = (outcomes) => (outcomes.at(-1)?.success ? "yes" : "no");
/** Behind the defence. @param {OutcomeReport[]} outcomes */
const broken = (outcomes) => (outcomes.at(-1)?.defended?.success ? "yes" : "no");

/** @type {Step[]} */
export const LESSON = [
  { id: "perturbation", options: ["yes", "no"], runs: [fgsm(12)], answer: fooled },
  { id: "epsilon", options: ["yes", "no"], runs: [fgsm(2), fgsm(24)], answer: (outcomes) => (outcomes[0]?.success ? "yes" : "no") },
  { id: "noise", options: ["yes", "no"], runs: [{ ...PLAIN, "attack.kind": "noise", "attack.epsilon": 24 }], answer: fooled },
  { id: "targeted", options: ["yes", "no"], runs: [{ ...PLAIN, "attack.kind": "bim", "attack.epsilon": 16, "bim.steps": 60, "bim.alpha": "", "goal.kind": "targeted", "goal.class": 8 }], answer: fooled },
  { id: "cw", options: ["smaller", "larger"], runs: [fgsm(12), { ...PLAIN, "attack.kind": "cw", "cw.kappa": 0, "cw.searches": 4, "cw.steps": 150, "cw.learning_rate": 0.05, "cw.initial_c": 1, "cw.abort_early": true }],
    answer: (outcomes) => ((outcomes[1]?.l2 ?? 0) < (outcomes[0]?.l2 ?? 0) ? "smaller" : "larger") },
  { id: "purifier", options: ["yes", "no"], needs: "purifier", runs: [{ ...pgd(16), "defense.kind": "purifier", "knowledge": "oblivious" }], answer: (outcomes) => (broken(outcomes) === "yes" ? "no" : "yes") },
  { id: "adaptive", options: ["yes", "no"], needs: "purifier", runs: [{ ...pgd(16), "defense.kind": "purifier", "knowledge": "adaptive" }], answer: (outcomes) => (broken(outcomes) === "yes" ? "no" : "yes") },
  { id: "masked", options: ["yes", "no"], runs: [{ ...pgd(16), "defense.kind": "no_gradient", "knowledge": "adaptive" }, { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "bpda" }], answer: broken },
  { id: "training", options: ["both", "robust", "clean"], needs: "hardened", runs: [] },
];

/** Exhibits of the museum: a weak attack that makes it look good, and one that does not. @type {{ id: string, needs?: "purifier", weak: Settings, strong: Settings }[]} */
export const MUSEUM = [
  { id: "huge_logits", weak: { ...pgd(16), "defense.kind": "huge_logits", "knowledge": "adaptive" }, strong: { ...pgd(16), "defense.kind": "huge_logits", "knowledge": "bpda" } },
  { id: "no_gradient", weak: { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "adaptive" }, strong: { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "bpda" } },
  { id: "one_bit", weak: { ...pgd(8), "defense.kind": "bit_depth", "bit_depth.bits": 1, "knowledge": "adaptive" }, strong: { ...pgd(16), "pgd.steps": 60, "defense.kind": "bit_depth", "bit_depth.bits": 1, "knowledge": "bpda" } },
  { id: "jpeg", weak: { ...pgd(8), "defense.kind": "jpeg", "jpeg.quality": 30, "knowledge": "oblivious" }, strong: { ...pgd(16), "pgd.steps": 60, "defense.kind": "jpeg", "jpeg.quality": 30, "knowledge": "bpda" } },
  { id: "secret", needs: "purifier", weak: { ...pgd(16), "defense.kind": "purifier", "knowledge": "oblivious" }, strong: { ...pgd(16), "defense.kind": "purifier", "knowledge": "adaptive" } },
];

/** A purifier that is trained in half a minute. @type {Settings} */
export const QUICK_PURIFIER = { "purifier.epochs": 1, "purifier.width": 16, "purifier.images_per_epoch": 2150, "purifier.validation_images": 86, "purifier.size": "browser", "purifier.clean_to_clean": false, "purifier.full_skip": false };
/** A hardened copy, likewise. @type {Settings} */
export const QUICK_HARDENING = { "recipe.kind": "pgd", "recipe.epsilon": 8, "recipe.pgd_steps": 3, "train.epochs": 2, "train.images_per_epoch": 1600, "train.validation_images": 86 };

/** What the step's table shows of a comparison, if it has been measured. @param {State} state */
export const compared = (state) => (state.matrix?.report && new Set(state.matrix.config.cases.map(({ model }) => model)).size > 1 ? state.matrix : null);
