// Words in the reader's language: t("key", …) looks them up. A further language is one more table here.

import { DE } from "./de.js";
import { EN } from "./en.js";

/** @type {Record<string, Record<string, string>>} */
export const LANGUAGES = { en: EN, de: DE };

let tag = "en";

/** @returns {string} e.g. `en` */
export const language = () => tag;

/** @param {string} choice a language, or `auto` for the browser's */
export function useLanguage(choice) {
  const wanted = choice === "auto" ? navigator.languages.map((one) => one.slice(0, 2)) : [choice];
  tag = wanted.find((one) => one in LANGUAGES) ?? "en";
  document.documentElement.lang = tag;
}

/**
 * @param {string} key
 * @param {...(string | number | boolean)} values for {0}, {1} … @returns {string}
 */
export function t(key, ...values) {
  const words = LANGUAGES[tag]?.[key] ?? EN[key] ?? key;
  return values.length === 0 ? words : words.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ""));
}

/** @param {string} key @returns {boolean} */
export const has = (key) => key in EN;
