// Words in the reader's language: t("key", …) looks them up. English comes with the page's script; any other language is fetched when
// it is wanted. The language is a signal: whatever shows words shows them anew when it changes.

import { signal } from "@preact/signals";
import { EN } from "./en/index.js";

/** What can be said. */
export type Key = keyof typeof EN;
export type Value = string | number | boolean;
/** By name, or in order. */
type Values = readonly Value[] | Readonly<Record<string, Value>>;

/** Every word of a language. */
export type Table = Readonly<Record<Key, string>>;

const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
const isLanguage = (tag: string): tag is Language => LANGUAGES.some((one) => one === tag);

const tables = new Map<Language, Table>([["en", EN]]);
/** What is there is asked of it at each word; `tag` changes only to what is there. */
const table = (): Table => tables.get(tag.value) ?? EN;
/** The last choice: of two tables that are on their way, that of the later one is taken. */
let chosen = "";

const tag = signal<Language>("en");

/** The language of the page, e.g. `en`. */
export const language = (): Language => tag.value;

/**
 * Takes a language, or `auto` for the browser's, once its words are there.
 * @param bring the words of a language; where they cannot be had the page keeps its language and the promise is rejected
 */
export async function useLanguage(choice: string, bring: (language: Language) => Promise<readonly string[]>): Promise<void> {
  chosen = choice;
  const wanted = choice === "auto" ? navigator.languages.map((one) => one.slice(0, 2)) : [choice];
  const language = wanted.find(isLanguage) ?? "en";
  if (!tables.has(language)) tables.set(language, withKeys(await bring(language)));
  if (chosen !== choice) return;
  tag.value = language;
  document.documentElement.lang = language;
}

/** Words of another language, which come in the order of the English ones: the keys would be a fifth of them. */
function withKeys(words: readonly string[]): Table {
  const keys = Object.keys(EN);
  if (words.length !== keys.length) throw new Error(`${words.length} words for ${keys.length} keys`);
  return { ...EN, ...Object.fromEntries(keys.map((key, index) => [key, words[index] ?? ""])) };
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
  const words = has(key) ? table()[key] : key;
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
