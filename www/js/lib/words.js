// Names of attacks, defences, attackers, recipes and checks, as people read them.

/** @import { Attack, Defense, Knowledge, Recipe, Roc } from "../state/types.js" */
import { ATTACK_CHOICES, DEFENSE_CHOICES, KNOWLEDGE_CHOICES, SCHEMA, STATISTIC_CHOICES } from "../state/schema.js";
import { count, short } from "./format.js";

/** @param {readonly (readonly [number | string, string])[]} choices @param {string | null | undefined} value @returns {string} */
const among = (choices, value) => choices.find(([known]) => known === value)?.[1] ?? String(value ?? "");

/** What each attack does, and the paper it is from. @type {Record<string, string>} */
export const ABOUT_ATTACK = {
  fgsm: "One step along the sign of the gradient. Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, ICLR 2015.",
  bim: "FGSM in small steps. Kurakin, Goodfellow, Bengio: Adversarial Examples in the Physical World, 2017.",
  pgd: "BIM from random starts; the usual measure of robustness. Madry and others: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018.",
  apgd: "PGD with momentum, whose steps shrink by themselves. Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020.",
  square: "Random squares, kept where they help; it never sees a gradient. Andriushchenko and others: Square Attack, ECCV 2020.",
  ensemble: "APGD, targeted APGD and Square, each on what the ones before could not fool; in the manner of AutoAttack. Croce, Hein, ICML 2020. Slow.",
  cw: "Looks for the smallest change that works. Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks, 2017.",
  deepfool: "Steps over the nearest boundary; it takes no target. Moosavi-Dezfooli, Fawzi, Frossard: DeepFool, CVPR 2016.",
  jsma: "Changes few colour values, each all the way. Papernot and others: The Limitations of Deep Learning in Adversarial Settings, 2016.",
  noise: "No attack, but noise of the same strength: what every attack has to beat.",
};

/** @type {Record<string, string>} */
export const ABOUT_DEFENSE = {
  none: "The network sees the picture as it is.",
  purifier: "The autoencoder of step 4 washes the picture first. MagNet: Meng, Chen, 2017.",
  detector: "The autoencoder washes the picture, and what it changes too much is refused. MagNet: Meng, Chen, 2017.",
  bit_depth: "Fewer shades of each colour. Xu, Evans, Qi: Feature Squeezing, 2018. Only BPDA attacks it honestly.",
  median: "Each value becomes the median of its neighbourhood of 3 × 3. Xu, Evans, Qi: Feature Squeezing, 2018.",
  jpeg: "The picture is compressed as JPEG. Only BPDA attacks it honestly.",
  huge_logits: "The outputs times a million: gradients underflow, so that attacks stand still. It looks robust and is not; the checks of step 5 notice.",
  no_gradient: "A layer that changes nothing but has no gradient. It looks robust and is not; the checks of step 5 notice.",
};

/** @type {Record<Recipe["kind"], string>} */
export const ABOUT_RECIPE = {
  standard: "Clean signs only. Best on clean signs, easily fooled.",
  fgsm: "Half of each batch is attacked with the present weights. Goodfellow and others, 2015.",
  fast: "Attacked signs only, made in one step from a random start. Quick, but it can collapse within an epoch: it is watched, and then ends with the last good weights. Wong, Rice, Kolter, 2020.",
  pgd: "Attacked signs only, made in several steps. The most reliable, and as many times slower as there are steps. Madry and others, 2018.",
  trades: "Clean signs, and the answer to the attacked sign must stay the same. Zhang and others, 2019.",
  stale: "Examples made from the network as it was before, never made anew. It learns those and nothing else: a defence that fails.",
};

/** @param {string} name */
export const attackTitle = (name) => among(ATTACK_CHOICES, name);

/** @param {Attack} attack @returns {string} */
export function attackName(attack) {
  const { name, steps } = attack;
  if (name === "pgd" || name === "bim" || name === "apgd") return `${attackTitle(name)}-${steps}${name === "apgd" && attack["loss"] !== "ce" ? attack["loss"] === "dlr" ? " DLR" : " DLR-T" : ""}`;
  return name === "cw" ? "C&W" : name === "jsma" ? (attack["one_pixel"] ? "One-pixel" : "JSMA") : attackTitle(name);
}

/** Every parameter, in words. @param {Attack} attack @returns {string} */
export function attackParameters(attack) {
  return Object.entries(attack).filter(([key, value]) => key !== "name" && key !== "seed" && value !== undefined).map(([key, value]) => {
    const setting = SCHEMA[`${attack.name}.${key}`] ?? SCHEMA[`attack.${key}`];
    const label = setting?.symbol ?? setting?.label.toLowerCase() ?? key;
    if (value === null) return `${label} = ${setting?.open ?? "open"}`;
    if (setting?.kind === "epsilon") return `${label} = ${short(Number(value) * 255)}/255`;
    return `${label} = ${typeof value === "boolean" ? (value ? "yes" : "no") : typeof value === "number" ? (value >= 1000 ? count(value) : short(value)) : value}`;
  }).join(", ");
}

/** @param {Defense} defense @returns {string} */
export function defenseName(defense) {
  const name = among(DEFENSE_CHOICES, defense.name);
  if (defense.name === "bit_depth") return `${name}, ${defense.bits} bits`;
  if (defense.name === "jpeg") return `${name}, quality ${defense.quality}`;
  return name;
}

/** @param {Knowledge} knowledge @returns {string} */
export const knowledgeName = (knowledge) => (knowledge === "none" ? "No attacker" : among(KNOWLEDGE_CHOICES, knowledge));
/** @param {Roc["statistic"]} statistic @returns {string} */
export const statisticName = (statistic) => among(STATISTIC_CHOICES, statistic);

/** @param {Recipe} recipe @returns {string} */
export function recipeName(recipe) {
  const name = among(SCHEMA["recipe.kind"]?.choices ?? [], recipe.kind).split(/[:(]/)[0]?.trim() ?? recipe.kind;
  return recipe.epsilon === undefined ? name : `${name}, ε = ${short(recipe.epsilon * 255)}/255`;
}

/** @type {Record<string, string>} */
const CHECKS = {
  iterative_is_stronger: "PGD is at least as strong as FGSM",
  more_steps_change_nothing: "Twice the steps change at most one point",
  falls_with_epsilon: "Accuracy falls as ε grows",
  unbounded_beats_all: "At ε = 0.5 accuracy is at chance",
  minimum_norm_succeeds: "Carlini & Wagner, unbounded, always succeeds",
  black_box_is_weaker: "Square fools nothing that PGD does not",
  transfer_is_weaker: "Examples of another model fool nothing that PGD does not",
  noise_is_weaker: "Noise is weaker than FGSM",
  knowledge_helps: "Knowing the defence does not hurt the attacker",
  gradients_exist: "Gradients are not zero",
  outputs_are_logits: "The outputs are logits of a sane scale",
  forward_is_deterministic: "The same picture gives the same answer",
  defence_helps: "The defence helps against an attacker who does not know it",
  claim_survives_knowledge: "What it gains is not lost to one who knows it",
};
/** @param {string} name @returns {string} */
export const checkName = (name) => CHECKS[name] ?? name.replaceAll("_", " ");

/** @type {Record<string, string>} */
export const DANGERS = {
  runs_through: "a sign to stop or give way is overlooked",
  too_fast: "a speed limit is taken for a higher one, or for its end",
  unwarned: "a warning is not taken for one",
  passes: "a ban on passing is taken for its end",
};
