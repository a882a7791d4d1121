// Names of attacks, defences, attackers, recipes and checks, as people read them.

import { SCHEMA, attackKeys, paperOf, settingName } from "../../state/schema.js";
import type { Attack, Defense, DeviceState, FigureRecord, Knowledge, Proportion, Recipe, Roc } from "../../state/types.js";
import { count, of255, percent, short } from "../../words/format.js";
import { has, inSentence, phrase, t } from "../../words/i18n.js";
import { say } from "../../words/say.js";
import { choiceName } from "../../words/settings.js";

const known = (key: string, other: string): string => (has(key) ? phrase(key) : other);

/** What it does, in a sentence or two, with its paper. */
export function about(kind: "attack" | "defence" | "recipe", name: string): string {
  const paper = paperOf(kind, name);
  return `${known(`about.${kind}.${name}`, "")}${paper ? ` ${paper}.` : ""}`;
}

/** Why the network is computed where it is. */
export const deviceReason = ({ reason, test }: DeviceState): string =>
  test ? `${say(reason)} ${t("device.tested", short(test.logits, 2), short(test.gradient, 2))}` : say(reason);

/** The interval of a share, in words. */
export const intervalWords = ({ low, high, n }: Pick<Proportion, "low" | "high" | "n">): string =>
  t("matrix.interval", percent(low), percent(high), n);

export const attackTitle = (name: string): string => known(`attack.${name}`, name);

/** The losses that are worth a word. */
const LOSSES: ReadonlyMap<unknown, string> = new Map([["dlr", " DLR"], ["dlr_targeted", " DLR-T"]]);
/** What is shorter than a title, and as well known. */
const SHORT: ReadonlyMap<string, string> = new Map([["cw", "C&W"]]);

/** Its name with what the literature says along: PGD-20 takes twenty steps, whose size or loss can be chosen. */
export function attackName(attack: Pick<Attack, "name"> & Record<string, unknown>): string {
  const { name, steps, loss, one_pixel: onePixel } = attack;
  if (onePixel === true) return t("attack.one-pixel");
  const mine = attackKeys(name);
  const counted = mine.includes(`${name}.alpha`) || mine.includes(`${name}.loss`);
  return `${SHORT.get(name) ?? attackTitle(name)}${counted && typeof steps === "number" ? `-${steps}` : ""}${LOSSES.get(loss) ?? ""}`;
}

/** What a record was measured under. */
export const recordedName = ({ attack }: FigureRecord): string =>
  attack.name === "none" ? t("matrix.clean") : attackName(attack as Pick<Attack, "name"> & Record<string, unknown>);

/** A value of a parameter. */
function valueWords(value: unknown): string {
  if (typeof value === "boolean") return value ? t("word.yes") : t("word.no");
  if (typeof value === "number") return value >= 1000 ? count(value) : short(value);
  return String(value);
}

/** Every parameter, in words. */
export function attackParameters(attack: { name: string } & Record<string, unknown>): string {
  return Object.entries(attack)
    .filter(([key, value]) => key !== "name" && key !== "seed" && value !== undefined)
    .map(([key, value]) => {
      const path = SCHEMA[`${attack.name}.${key}`] ? `${attack.name}.${key}` : `attack.${key}`;
      const setting = SCHEMA[path];
      const label = setting?.symbol ?? (setting ? inSentence(settingName(path)) : key);
      if (value === null) return `${label} = ${setting?.open ? phrase(`set.${path}.open`) : t("word.open")}`;
      if (setting?.kind === "epsilon") return `${label} = ${short(Number(value) * 255)}/255`;
      return `${label} = ${typeof value === "string" ? choiceName(path, value) : valueWords(value)}`;
    })
    .join(", ");
}

export function defenseName(defense: Defense): string {
  const name = known(`defence.${defense.name}`, defense.name);
  if (defense.name === "bit_depth") return t("defence.bits", name, defense.bits ?? "");
  if (defense.name === "jpeg") return t("defence.quality", name, defense.quality ?? "");
  return name;
}

export const knowledgeName = (knowledge: Knowledge): string =>
  knowledge === "none" ? t("knowledge.none") : known(`knowledge.${knowledge}`, knowledge);
/** An attacker who knows that much. */
export const attackerName = (knowledge: Knowledge): string => t(`attacker.${knowledge}`);
export const statisticName = (statistic: Roc["statistic"]): string => known(`choice.detector.statistic.${statistic}`, statistic);

export function recipeName(recipe: Recipe): string {
  const name = known(`choice.recipe.kind.${recipe.kind}`, recipe.kind).split(/[:(]/)[0]?.trim() ?? recipe.kind;
  const { ["epsilon"]: epsilon } = recipe;
  return typeof epsilon === "number" ? `${name}, ε = ${of255(Number((epsilon * 255).toPrecision(3)))}` : name;
}

export const checkName = (name: string): string => known(`check.${name}`, name.replaceAll("_", " "));
/** Why a confusion is dangerous. */
export const dangerName = (name: string): string => known(`danger.${name}`, name);
