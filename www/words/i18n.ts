// Words in the reader's language: t("key", …) looks them up. A further language is one more table here. The language is a signal:
// whatever shows words shows them anew when it changes.

import { signal } from "@preact/signals";
import { DE } from "./de/index.js";
import { EN } from "./en/index.js";

/** What can be said. */
export type Key = keyof typeof EN;
export type Value = string | number | boolean;
/** By name, or in order. */
type Values = readonly Value[] | Readonly<Record<string, Value>>;

const LANGUAGES = { en: EN, de: DE } satisfies Record<string, Record<Key, string>>;
type Language = keyof typeof LANGUAGES;
const isLanguage = (tag: string | undefined): tag is Language => tag !== undefined && Object.hasOwn(LANGUAGES, tag);

const tag = signal<Language>("en");

/** The language of the page, e.g. `en`. */
export const language = (): Language => tag.value;

/** Takes a language, or `auto` for the browser's. */
export function useLanguage(choice: string): void {
  const wanted = choice === "auto" ? navigator.languages.map((one) => one.slice(0, 2)) : [choice];
  tag.value = wanted.find(isLanguage) ?? "en";
  document.documentElement.lang = tag.value;
}

/** A name within a sentence: small in English; German nouns keep their capital. */
export const inSentence = (name: string): string => (tag.value === "de" ? name : name.toLowerCase());

const formats = new Map<string, Intl.NumberFormat>();
/** A number as it is written in the language; by default with as many digits as it has, up to eight after the point. */
export function number(value: number, options: Intl.NumberFormatOptions = { maximumFractionDigits: 8 }): string {
  const key = `${tag.value} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(tag.value, options);
  formats.set(key, known);
  return known.format(value);
}

const written = (value: Value | undefined): string => (typeof value === "number" ? number(value) : String(value ?? ""));

/** Fills {0}, {1} … or {name} …; numbers are written as the language does. */
function filled(words: string, values: Values): string {
  const named = new Map<string, Value>(Object.entries(values));
  return words.replace(/\{(\w+)\}/g, (_, place: string) => written(named.get(place)));
}

/** Words by their key. */
export function t(key: Key, ...values: readonly Value[] | [Readonly<Record<string, Value>>]): string {
  return phrase(key, ...values);
}

/** Whether there are words under a key that was made at run time. */
export const has = (key: string): key is Key => Object.hasOwn(EN, key);

/** The same for a key that was made at run time; where it has no words, they are the key. */
export function phrase(key: string, ...values: readonly Value[] | [Readonly<Record<string, Value>>]): string {
  const words = has(key) ? LANGUAGES[tag.value][key] : key;
  const [first] = values;
  if (first === undefined) return words;
  return filled(words, typeof first === "object" ? first : values as readonly Value[]);
}

const pluralRule = (count: number): Intl.LDMLPluralRule => new Intl.PluralRules(tag.value).select(count);

/** Of these words the ones that the language has for so many. */
export const plural = (count: number, one: string, other: string): string => (pluralRule(count) === "one" ? one : other);

/** Of `STEM.one`, `STEM.other` … the words that the language has for so many. */
export function many(stem: string, count: number, ...values: readonly Value[]): string {
  const form = `${stem}.${pluralRule(count)}`;
  return phrase(has(form) ? form : `${stem}.other`, ...values);
}
