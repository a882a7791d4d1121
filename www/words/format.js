// Numbers as people read them. No line break between a figure and its sign.

import { EN } from "./en.js";
import { language, t } from "./i18n.js";

/** With the comma of languages that have one. @param {string} figure @returns {string} */
export const decimal = (figure) => (language() === "de" ? figure.replace(".", ",") : figure);

/** @param {number} p a probability @returns {string} */
export function percent(p) {
  const value = p * 100;
  if (value > 0 && value < 0.1) return decimal("<\u00a00.1\u00a0%");
  return decimal(`${value >= 99.95 ? "100" : value.toFixed(1)}\u00a0%`);
}

/** @param {number} value @param {number} [digits] significant digits @returns {string} */
export function short(value, digits = 3) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return decimal(size >= 1e5 || size < 1e-4 ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits))));
}

/** @param {number} value @returns {string} */
export const count = (value) => Math.round(value).toLocaleString(language());

/** A sentence as a part of another one. @param {string} sentence @returns {string} */
export const clause = (sentence) => sentence.replace(/\.$/, "");

/** @param {number | null} seconds @returns {string} */
export function timeLeft(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 1.5) return t("format.about-a-second-left");
  if (seconds < 90) return t("format.about-s-left", Math.ceil(seconds));
  if (seconds < 5400) return t("format.about-min-left", Math.ceil(seconds / 60));
  return t("format.about-h-left", decimal((seconds / 3600).toFixed(1)));
}

/**
 * The name of a class: translated if it is one of GTSRB's signs, as the engine calls it if it is another's.
 * @param {string[]} classes @param {number} index @returns {string}
 */
export function className(classes, index) {
  const name = classes[index];
  if (name === undefined) return t("format.class", index);
  return EN[`sign.${index}`] === name ? t(`sign.${index}`) : name;
}

/** The name of a data set: its own, or the engine's for pictures that lie in no common folder. @param {string} name @returns {string} */
export const setName = (name) => (name === EN["data.own"] ? t("data.own") : name);
