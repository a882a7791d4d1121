// The lesson: for each step what is set, what is run, and what counts as the answer. Words are `lesson.ID…` in the tables.

import type { OutcomeReport, Proportion, Report, Settings } from "./types.js";

export interface Step {
  id: string;
  /** What can be predicted. */
  options: string[];
  /** Attacks, one after another. */
  runs: Settings[];
  /** What has to be trained first. */
  needs?: "purifier" | "hardened";
  /** Which option came true. */
  answer?: (outcomes: OutcomeReport[]) => string;
}

const PLAIN: Settings = { "goal.kind": "untargeted", "defense.kind": "none", "knowledge": "oblivious" };
const fgsm = (epsilon: number): Settings => ({ ...PLAIN, "attack.kind": "fgsm", "attack.epsilon": epsilon });
const pgd = (epsilon: number): Settings => ({ ...PLAIN, "attack.kind": "pgd", "attack.epsilon": epsilon, "pgd.steps": 20 });

const fooled = (outcomes: OutcomeReport[]): string => (outcomes.at(-1)?.success ? "yes" : "no");
/** Behind the defence. */
const broken = (outcomes: OutcomeReport[]): string => (outcomes.at(-1)?.defended?.success ? "yes" : "no");

export const LESSON: Step[] = [
  { id: "perturbation", options: ["yes", "no"], runs: [fgsm(12)], answer: fooled },
  { id: "epsilon", options: ["yes", "no"], runs: [fgsm(2), fgsm(24)], answer: (outcomes) => (outcomes[0]?.success ? "yes" : "no") },
  { id: "noise", options: ["yes", "no"], runs: [{ ...PLAIN, "attack.kind": "noise", "attack.epsilon": 24 }], answer: fooled },
  { id: "targeted", options: ["yes", "no"],
    runs: [{ ...PLAIN, "attack.kind": "bim", "attack.epsilon": 16, "bim.steps": 60, "bim.alpha": "", "goal.kind": "targeted", "goal.class": 8 }],
    answer: fooled },
  { id: "cw", options: ["smaller", "larger"],
    runs: [fgsm(12), { ...PLAIN, "attack.kind": "cw", "cw.kappa": 0, "cw.searches": 4, "cw.steps": 150, "cw.learning_rate": 0.05, "cw.initial_c": 1,
    "cw.abort_early": true }],
    // An attack that found nothing has no length.
    answer: ([one, other]) => (!other?.success ? "unclear" : other.l2 < (one?.l2 ?? 0) ? "smaller" : "larger") },
  { id: "purifier", options: ["yes", "no"], needs: "purifier", runs: [{ ...pgd(16), "defense.kind": "purifier", "knowledge": "oblivious" }],
    answer: (outcomes) => (broken(outcomes) === "yes" ? "no" : "yes") },
  { id: "adaptive", options: ["yes", "no"], needs: "purifier", runs: [{ ...pgd(16), "defense.kind": "purifier", "knowledge": "adaptive" }],
    answer: (outcomes) => (broken(outcomes) === "yes" ? "no" : "yes") },
  { id: "masked", options: ["yes", "no"], runs: [{ ...pgd(16), "defense.kind": "no_gradient", "knowledge": "adaptive" },
    { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "bpda" }], answer: broken },
  { id: "training", options: ["both", "robust", "clean"], needs: "hardened", runs: [] },
];

/** Exhibits of the museum: a weak attack that makes it look good, and one that does not. */
export const MUSEUM: { id: string; needs?: "purifier"; weak: Settings; strong: Settings }[] = [
  { id: "huge_logits", weak: { ...pgd(16), "defense.kind": "huge_logits", "knowledge": "adaptive" },
    strong: { ...pgd(16), "defense.kind": "huge_logits", "knowledge": "bpda" } },
  { id: "no_gradient", weak: { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "adaptive" },
    strong: { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "bpda" } },
  { id: "one_bit", weak: { ...pgd(8), "defense.kind": "bit_depth", "bit_depth.bits": 1, "knowledge": "adaptive" },
    strong: { ...pgd(16), "pgd.steps": 60, "defense.kind": "bit_depth", "bit_depth.bits": 1, "knowledge": "bpda" } },
  { id: "jpeg", weak: { ...pgd(8), "defense.kind": "jpeg", "jpeg.quality": 30, "knowledge": "oblivious" },
    strong: { ...pgd(16), "pgd.steps": 60, "defense.kind": "jpeg", "jpeg.quality": 30, "knowledge": "bpda" } },
  { id: "secret", needs: "purifier", weak: { ...pgd(16), "defense.kind": "purifier", "knowledge": "oblivious" },
    strong: { ...pgd(16), "defense.kind": "purifier", "knowledge": "adaptive" } },
];

/** A purifier that is trained in half a minute. */
export const QUICK_PURIFIER: Settings = { "purifier.epochs": 1, "purifier.width": 16, "purifier.images_per_epoch": 2150, "purifier.validation_images": 86,
  "purifier.size": "browser", "purifier.clean_to_clean": false, "purifier.full_skip": false };
/** A hardened copy, likewise. */
export const QUICK_HARDENING: Settings = { "recipe.kind": "pgd", "recipe.epsilon": 8, "recipe.pgd_steps": 3, "train.epochs": 2, "train.images_per_epoch": 1600,
  "train.validation_images": 86 };

/** Shares of a model, on clean and on attacked signs. */
export interface Shares {
  name: string;
  clean: Proportion | null;
  attacked: Proportion | null;
}

/** Of both models, the one before first. */
export function sharesOf({ cases }: Report): Shares[] {
  return [...new Set(cases.map((one) => one.case.model))].map((name) => {
    const share = (attacked: boolean) => cases.find((one) => one.case.model === name && (one.case.attack != null) === attacked)?.accuracy ?? null;
    return { name, clean: share(false), attacked: share(true) };
  });
}

/** Whether one is larger than the other for certain, and not only by chance: their intervals do not meet. */
const exceeds = (one: Proportion, other: Proportion): boolean => one.low > other.high;

/** What came true; `unclear` where so few signs cannot show it. */
export function truth({ answer }: Step, outcomes: OutcomeReport[], [before, after]: Shares[]): string {
  if (answer) return answer(outcomes);
  if (!before?.clean || !before.attacked || !after?.clean || !after.attacked) return "";
  if (after.attacked.value <= before.attacked.value) return "clean";
  if (!exceeds(after.attacked, before.attacked)) return "unclear";
  return exceeds(before.clean, after.clean) ? "robust" : "both";
}
