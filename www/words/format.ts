// Numbers as people read them. No line break between a figure and its sign.

import { EN } from "./en/index.js";
import { has, language, number, phrase, t } from "./i18n.js";

export { number };

/** A figure that was written with a point, with the sign that the language has for it. */
export const decimal = (figure: string): string => figure.replace(".", language() === "de" ? "," : ".");

/** A probability or share, with one digit after the point: 97.5% in English, 97,5 % in German. */
export function percent(p: number): string {
  const digits = p >= 0.9995 ? 0 : 1;
  const written = number(Math.max(p, p > 0 ? 0.001 : 0), { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
  return p > 0 && p < 0.001 ? `<\u00a0${written}` : written;
}

/** A share in whole percent, e.g. of a progress or on an axis. */
export const wholePercent = (p: number): string => number(p, { style: "percent", maximumFractionDigits: 0 });

/** With so many digits after the point. */
export const fixed = (value: number, digits: number): string => number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** With so many significant digits. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return decimal(size >= 1e5 || size < 1e-4 ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits))));
}

/** A whole number. */
export const count = (value: number): string => number(Math.round(value));

/** ε and the like: k of k/255. */
export const of255 = (k: number): string => `${number(k)}/255`;

/** A size in bytes. */
export function bytes(size: number): string {
  if (size < 1e5) return `${fixed(size / 1e3, 1)} kB`;
  return size < 1e9 ? `${fixed(size / 1e6, 2)} MB` : `${fixed(size / 1e9, 1)} GB`;
}

/** A sentence as a part of another one. */
export const clause = (sentence: string): string => sentence.replace(/\.$/, "");

/** How long something will take, in words; nothing where nobody knows. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 1.5) return t("format.about-a-second-left");
  if (seconds < 90) return t("format.about-s-left", Math.ceil(seconds));
  if (seconds < 5400) return t("format.about-min-left", Math.ceil(seconds / 60));
  return t("format.about-h-left", fixed(seconds / 3600, 1));
}

/** English words by key, whatever the language is. */
const english: Readonly<Record<string, string>> = EN;

/** The name of a class: translated if it is one of GTSRB's signs, as the engine calls it if it is another's. */
export function className(classes: string[], index: number): string {
  const name = classes[index];
  if (name === undefined) return t("format.class", String(index));
  const key = `sign.${index}`;
  return has(key) && english[key] === name ? phrase(key) : name;
}

/** The name of a data set: its own, or the engine's for pictures that lie in no common folder. */
export const setName = (name: string): string => (name === EN["data.own"] ? t("data.own") : name);
