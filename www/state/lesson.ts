// The lesson: for each step what is set, what is run, and what came of it. Words are `lesson.ID…` in the tables.

import { FAMOUS } from "./presets.js";
import { metBefore } from "./select.js";
import type { LessonRow, OutcomeReport, Proportion, Report, Settings, StickerReport } from "./types.js";

/** What a step has found. */
export interface Found { attacks: OutcomeReport[]; rows: LessonRow[] }

export interface Step {
  id: string;
  /** What can be predicted. */
  options: readonly string[];
  /** What else may come of it: then nobody was right or wrong. */
  others: readonly string[];
  /** Attacks on the picture, one after another. */
  runs: readonly Settings[];
  /** What there has to be first, or what is made and counted instead of an attack. */
  needs?: "purifier" | "hardened" | "sticker" | "stickers";
  /** Heads of the table of shares, beside the network's name. */
  heads: readonly string[];
  /** What came true, in a word. */
  came(found: Found): string;
}

const PLAIN: Settings = { "goal.kind": "untargeted", "defense.kind": "none", "knowledge": "oblivious" };
const fgsm = (epsilon: number): Settings => ({ ...PLAIN, "attack.kind": "fgsm", "attack.epsilon": epsilon });
const pgd = (epsilon: number): Settings => ({ ...PLAIN, "attack.kind": "pgd", "attack.epsilon": epsilon, "pgd.steps": 20 });

const yesNo = (yes: boolean): string => (yes ? "yes" : "no");
/** A step that attacks the bare network, with settings that a prediction is about. */
const attacks = (id: string, runs: Settings[], came: Step["came"], more: Partial<Step> = {}): Step =>
  ({ id, options: ["yes", "no"], others: ["before"], runs, heads: [], came, ...more });
const fooled: Step["came"] = ({ attacks: [one] }) => yesNo(one?.success === true);

/** Whether the sign is misread behind the defence already before the attack: then there is nothing to defend. */
const spoiled = ({ label, defended }: OutcomeReport): boolean => defended != null && defended.original.top[0]?.class !== label;

/** Whether a share is larger than another one by more than chance explains: their intervals do not meet. */
const exceeds = (one: Proportion, other: Proportion): boolean => one.low > other.high;

/** Of the network before and after a training on attacked signs. */
function hardened({ rows: [before, after] }: Found): string {
  const [cleanBefore, attackedBefore] = before?.shares ?? [];
  const [cleanAfter, attackedAfter] = after?.shares ?? [];
  if (!cleanBefore || !attackedBefore || !cleanAfter || !attackedAfter) return "unclear";
  if (exceeds(attackedBefore, attackedAfter)) return "worse";
  if (!exceeds(attackedAfter, attackedBefore)) return "unclear";
  return exceeds(cleanBefore, cleanAfter) ? "robust" : "both";
}

/** Of a sticker: whether the goal is reached in more or in fewer than half of the views. */
function stuck({ rows: [row] }: Found): string {
  const reached = row?.shares[1];
  if (!reached || reached.n === 0) return "unread";
  if (reached.low > 0.5) return "most";
  return reached.high < 0.5 ? "few" : "unclear";
}

/** Of two networks, each with a sticker of its own: whether the second, trained against small changes, is fooled less often. */
function stuckBoth({ rows: [plain, robust] }: Found): string {
  const [one, other] = [plain?.shares[1], robust?.shares[1]];
  if (!one || !other || one.n === 0 || other.n === 0) return "unread";
  if (exceeds(one, other)) return "less";
  return exceeds(other, one) ? "more" : "unclear";
}

export const LESSON: readonly Step[] = [
  attacks("perturbation", [fgsm(12)], fooled),
  attacks("epsilon", [fgsm(2), fgsm(24)], ({ attacks: [weak, strong] }) => (weak?.success ? "yes" : strong?.success ? "no" : "neither"),
    { others: ["before", "neither"] }),
  attacks("noise", [{ ...PLAIN, "attack.kind": "noise", "attack.epsilon": 24 }], fooled),
  attacks("targeted",
    [{ ...PLAIN, "attack.kind": "bim", "attack.epsilon": 16, "bim.steps": 60, "bim.alpha": "", "goal.kind": "targeted", "goal.class": 8 }], fooled),
  attacks("cw", [fgsm(12), { ...PLAIN, "attack.kind": "cw", "cw.kappa": 0, "cw.searches": 4, "cw.steps": 150, "cw.learning_rate": 0.05,
    "cw.initial_c": 1, "cw.abort_early": true }],
    // An attack that found nothing has no length.
    ({ attacks: [one, other] }) => (!other?.success ? "unclear" : !one?.success ? "alone" : other.l2 < one.l2 ? "smaller" : "larger"),
    { options: ["smaller", "larger"], others: ["before", "unclear", "alone"] }),
  attacks("purifier", [{ ...pgd(16), "defense.kind": "purifier" }], ({ attacks: [one] }) =>
    (!one ? "" : spoiled(one) ? "spoiled" : !one.success ? "idle" : yesNo(one.defended?.success === false)),
    { needs: "purifier", others: ["before", "spoiled", "idle"] }),
  attacks("adaptive", [{ ...pgd(16), "defense.kind": "purifier", "knowledge": "adaptive" }], ({ attacks: [one] }) =>
    (one && spoiled(one) ? "spoiled" : yesNo(one?.defended?.success === false)),
    { needs: "purifier", others: ["before", "spoiled"] }),
  attacks("masked", [{ ...pgd(16), "defense.kind": "no_gradient", "knowledge": "adaptive" },
    { ...pgd(16), "defense.kind": "no_gradient", "knowledge": "bpda" }],
    ({ attacks: [naive, other] }) => (naive?.defended?.success ? "naive" : yesNo(other?.defended?.success === true)),
    { others: ["before", "naive"] }),
  { id: "training", options: ["robust", "both", "unclear"], others: ["worse"], runs: [], needs: "hardened", heads: ["matrix.clean", "attack.pgd"],
    came: hardened },
  { id: "sticker", options: ["most", "few"], others: ["unclear", "unread"], runs: [], needs: "sticker",
    heads: ["sticker.clean", "sticker.reached", "sticker.control"], came: stuck },
  { id: "stickers", options: ["less", "unclear", "more"], others: ["unread"], runs: [], needs: "stickers",
    heads: ["lesson.withstands", "sticker.reached", "sticker.control"], came: stuckBoth },
];

/** What came true. */
export function truth({ came }: Step, found: Found): string {
  const [first] = found.attacks;
  return first && metBefore(first) ? "before" : came(found);
}

/** The sticker of the lesson: that of the paper, judged on fewer views. */
export const LESSON_STICKER: Settings = { ...FAMOUS, "sticker.views": 32, "sticker.learning_rate": 0.1, "sticker.kappa": 5, "sticker.smoothness": 0,
  "sticker.seed": 1, "sticker.fresh": 200 };
/** The network that comes with the page and was trained against small changes; and the one without that, to compare it with. */
export const ROBUST = "lenet-at";
export const UNDEFENDED = "lenet";

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
export const QUICK_HARDENING: Settings = { "recipe.kind": "pgd", "recipe.epsilon": 8, "recipe.pgd_steps": 3, "train.epochs": 4, "train.images_per_epoch": 3200,
  "train.validation_images": 86 };

/** The comparison of both networks. */
export const COMPARISON: Settings = { "matrix.attacks": "pgd", "matrix.defenses": "none", "measure.n": 172, "attack.epsilon": 8, "pgd.steps": 20,
  "pgd.alpha": "", "pgd.restarts": 1, "attack.seed": 1 };

/** Of each model in a report, in its order: the share on clean and on attacked signs. */
export function rowsOf({ cases }: Report): LessonRow[] {
  return [...new Set(cases.map((one) => one.case.model))].map((name) => {
    const share = (attacked: boolean) => cases.find((one) => one.case.model === name && (one.case.attack != null) === attacked)?.accuracy ?? null;
    return { name, shares: [share(false), share(true)] };
  });
}

/** What a sticker does to the network that it was made on: read right without it, goal reached with it, and with random colours. */
export function stickerRow({ model, results }: StickerReport): LessonRow {
  const figures = results.find((one) => one.model === model)?.figures;
  return { name: model, shares: [figures?.clean ?? null, figures?.reached ?? null, figures?.control ?? null] };
}

/** Where to go from the end of the lesson, with what settings. */
export const ONWARD: readonly { id: string; place: string; part?: string; settings: Settings }[] = [
  { id: "target", place: "attack", settings: { "attack.kind": "cw", "goal.kind": "targeted", "goal.class": 33, "defense.kind": "none" } },
  { id: "knowledge", place: "measure", settings: { "matrix.attacks": "pgd", "matrix.defenses": "none,purifier", "matrix.knowledge": "oblivious,adaptive",
    "measure.n": 200, "attack.epsilon": 8 } },
  { id: "train", place: "train", settings: { "recipe.kind": "pgd", "recipe.epsilon": 8 } },
  { id: "sticker", place: "sticker", settings: { "sticker.sign": 14, "sticker.goal": "untargeted", "sticker.shape": "bars", "sticker.share": 0.125,
    "sticker.colours": "tape" } },
  { id: "museum", place: "museum", settings: {} },
];
