// Names of attacks, defences, attackers, recipes and checks, as people read them.

/** @import { Attack, Defense, DeviceState, FigureRecord, Knowledge, Recipe, Roc } from "../../state/types.js" */
import { SCHEMA, settingName } from "../../state/schema.js";
import { count, short } from "../../words/format.js";
import { has, t } from "../../words/i18n.js";

/** @param {string} key @param {string} other @returns {string} */
const known = (key, other) => (has(key) ? t(key) : other);

/** What it does, in a sentence or two, with its paper. @param {"attack" | "defence" | "recipe"} kind @param {string} name @returns {string} */
export const about = (kind, name) => known(`about.${kind}.${name}`, "");

/** Why the network is computed where it is. @param {DeviceState} device @returns {string} */
export const deviceReason = ({ reason, test }) => (test ? `${reason()} ${t("device.tested", short(test.logits, 2), short(test.gradient, 2))}` : reason());

/** @param {string} name */
export const attackTitle = (name) => known(`attack.${name}`, name);

/** @param {Attack} attack @returns {string} */
export function attackName(attack) {
  const { name, steps } = attack;
  if (name === "pgd" || name === "bim" || name === "apgd") return `${attackTitle(name)}-${steps}${name === "apgd" && attack["loss"] !== "ce" ? attack["loss"] === "dlr" ? " DLR" : " DLR-T" : ""}`;
  return name === "cw" ? "C&W" : name === "jsma" ? (attack["one_pixel"] ? t("attack.one-pixel") : "JSMA") : attackTitle(name);
}

/** What a record was measured under. @param {FigureRecord} record @returns {string} */
export const recordedName = ({ attack }) => (attack.name === "none" ? t("matrix.clean") : attackName(/** @type {Attack} */ (/** @type {unknown} */ (attack))));

/** Every parameter, in words. @param {Attack} attack @returns {string} */
export function attackParameters(attack) {
  return Object.entries(attack).filter(([key, value]) => key !== "name" && key !== "seed" && value !== undefined).map(([key, value]) => {
    const path = SCHEMA[`${attack.name}.${key}`] ? `${attack.name}.${key}` : `attack.${key}`;
    const setting = SCHEMA[path];
    const label = setting?.symbol ?? (setting ? settingName(path).toLowerCase() : key);
    if (value === null) return `${label} = ${setting?.open ? t(`set.${path}.open`) : t("word.open")}`;
    if (setting?.kind === "epsilon") return `${label} = ${short(Number(value) * 255)}/255`;
    return `${label} = ${typeof value === "boolean" ? (value ? t("word.yes") : t("word.no")) : typeof value === "number" ? (value >= 1000 ? count(value) : short(value)) : value}`;
  }).join(", ");
}

/** @param {Defense} defense @returns {string} */
export function defenseName(defense) {
  const name = known(`defence.${defense.name}`, defense.name);
  if (defense.name === "bit_depth") return t("defence.bits", name, defense.bits ?? "");
  if (defense.name === "jpeg") return t("defence.quality", name, defense.quality ?? "");
  return name;
}

/** @param {Knowledge} knowledge @returns {string} */
export const knowledgeName = (knowledge) => (knowledge === "none" ? t("knowledge.none") : known(`knowledge.${knowledge}`, knowledge));
/** An attacker who knows that much. @param {Knowledge} knowledge @returns {string} */
export const attackerName = (knowledge) => t(`attacker.${knowledge}`);
/** @param {Roc["statistic"]} statistic @returns {string} */
export const statisticName = (statistic) => known(`statistic.${statistic}`, statistic);

/** @param {Recipe} recipe @returns {string} */
export function recipeName(recipe) {
  const name = known(`choice.recipe.kind.${recipe.kind}`, recipe.kind).split(/[:(]/)[0]?.trim() ?? recipe.kind;
  return recipe.epsilon === undefined ? name : `${name}, ε = ${short(recipe.epsilon * 255)}/255`;
}

/** @param {string} name @returns {string} */
export const checkName = (name) => known(`check.${name}`, name.replaceAll("_", " "));
/** Why a confusion is dangerous. @param {string} name @returns {string} */
export const dangerName = (name) => known(`danger.${name}`, name);
