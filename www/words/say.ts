// Words as data: what the state holds are keys and values, and they become a sentence in the language of the moment when they
// are shown. So the state can be logged, kept, compared and tested by value.

import type { Said } from "../engine/made/messages.js";
import { engineWords } from "./engine-words.js";
import { clause, className, percent } from "./format.js";
import { has, phrase, type Key } from "./i18n.js";

export type Words =
  /** An entry of the tables; values that are words are said too, without their full stop. */
  | { readonly key: Key; readonly values?: readonly (string | number | Words)[] }
  /** As it is, in every language: a name, what a browser says. */
  | { readonly text: string }
  /** Sentences, one after another. */
  | { readonly all: readonly Words[] }
  /** A share of 1. */
  | { readonly percent: number }
  /** What the engine says. */
  | { readonly engine: Said }
  /** A class, by the name that the engine gives it. */
  | { readonly sign: number; readonly classes: readonly string[] };

export const SILENCE: Words = { text: "" };

export const words = (key: Key, ...values: (string | number | Words)[]): Words => (values.length > 0 ? { key, values } : { key });
/** The same for a key that was made at run time; where it has no words, they are the key. */
export const wordsAt = (key: string): Words => (has(key) ? words(key) : { text: key });

export function say(what: Words): string {
  if ("text" in what) return what.text;
  if ("all" in what) return what.all.map((one) => say(one).trim()).join(" ");
  if ("percent" in what) return percent(what.percent);
  if ("engine" in what) return engineWords(what.engine);
  if ("sign" in what) return className([...what.classes], what.sign);
  return phrase(what.key, ...(what.values ?? []).map((value) => (typeof value === "object" ? clause(say(value)) : value)));
}
