// What the engine says, in the reader's language. It speaks English, in sentences with places to fill; here a sentence is found
// again by the words around those places. What is in no table stays as it is.

import { ENGINE as DE } from "./de-engine.js";
import { language } from "./i18n.js";

/** The words around the places, the translation, and which places hold names. @typedef {{ pieces: string[], words: string, names: Set<number> }} Template */

/** @type {Record<string, Record<string, string>>} */
const TABLES = { de: DE };

/** Texts hold names and messages from anywhere: what is longer, or of more parts, is not looked through. */
const LONGEST = 10_000;
const MOST_SENTENCES = 12;
const DEEPEST = 4;

/** Each language's templates, made when they are first needed. @type {Map<string, Template[]>} */
const compiled = new Map();

/** Those with the most words of their own first: they say most precisely what a text is. @param {string} tag @returns {Template[]} */
function templatesOf(tag) {
  const known = compiled.get(tag);
  if (known) return known;
  const templates = Object.entries(TABLES[tag] ?? {}).map(([english, words]) => ({
    pieces: english.split(/\{\d\}/), words,
    // What a translation puts in quotation marks.
    names: new Set(Array.from(words.matchAll(/[„“"«`]\{(\d)\}/g), ([, index]) => Number(index))),
  }));
  /** @param {Template} template */
  const own = ({ pieces }) => pieces.reduce((sum, { length }) => sum + length, 0);
  templates.sort((a, b) => own(b) - own(a));
  compiled.set(tag, templates);
  return templates;
}

/**
 * What fills the places, if the whole text is of this form. Each piece is taken where it comes first and never looked for again, so
 * the time grows with the text's length only.
 * @param {string} text @param {string[]} pieces @returns {string[] | null}
 */
function filled(text, pieces) {
  const [first = ""] = pieces;
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return text === first ? [] : null;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  /** @type {string[]} */
  const found = [];
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const next = text.indexOf(piece, at);
    if (next < 0) return null;
    found.push(text.slice(at, next));
    at = next + piece.length;
  }
  if (at > end) return null;
  return [...found, text.slice(at, end)];
}

/** Where sentences may end. @param {string} text @returns {number[]} the first few places, and the end */
function stopsOf(text) {
  const stops = [];
  for (const { index } of text.matchAll(/[.!?…] /g)) {
    if (stops.length === MOST_SENTENCES) break;
    stops.push(index + 1);
  }
  return [...stops, text.length];
}

/**
 * The beginning of the text as the first template that fits says it, and how much of the text that is.
 * @param {string} text @param {number[]} stops @param {Template[]} templates @param {number} depth @returns {{ words: string, stop: number } | null}
 */
function beginning(text, stops, templates, depth) {
  for (const { pieces, words, names } of templates) {
    if (!text.startsWith(pieces[0] ?? "")) continue;
    // A place at the end takes all that is left; other templates end with the sentence.
    for (const stop of pieces.at(-1) === "" ? [text.length] : stops) {
      const found = filled(text.slice(0, stop), pieces);
      if (!found) continue;
      const values = found.map((value, index) => (names.has(index) ? value : translated(value, templates, depth + 1)));
      return { words: words.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? ""), stop };
    }
  }
  return null;
}

/** One sentence after another. @param {string} text @param {Template[]} templates @param {number} depth @returns {string} */
function translated(text, templates, depth) {
  if (depth > DEEPEST) return text;
  let said = "";
  let rest = text;
  for (let sentence = 0; sentence < MOST_SENTENCES; sentence += 1) {
    const begun = rest.trimStart();
    said += rest.slice(0, rest.length - begun.length);
    rest = begun;
    if (rest === "") break;
    const stops = stopsOf(rest);
    const { words, stop } = beginning(rest, stops, templates, depth) ?? { words: rest.slice(0, stops[0]), stop: stops[0] ?? rest.length };
    said += words;
    rest = rest.slice(stop);
  }
  return said + rest;
}

/** @param {string} text of the engine @returns {string} the same in the reader's language, as far as it is known */
export const engineWords = (text) => (language() in TABLES && text.length <= LONGEST ? translated(text, templatesOf(language()), 0) : text);
