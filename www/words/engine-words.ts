// What the engine says, in the reader's language. It says everything twice: as a code with its values, which the tables here turn into
// words, and as an English sentence for whoever has no words of his own.

import type { Code, Said, Values } from "../engine/made/messages.js";
import { ERRORS } from "./de/errors.js";
import { ENGINE } from "./de/engine.js";
import { ERRORS as EN } from "./en/errors.js";
import { language } from "./i18n.js";

/** What is said of a code's values; `say` says what lies within them. */
export type Table = { readonly [C in Code]: (values: Values[C], say: (said: Said) => string) => string };

const GERMAN: Table = { ...ERRORS, ...ENGINE };

const TABLES: Readonly<Record<ReturnType<typeof language>, Partial<Table>>> = { en: EN, de: GERMAN };

function worded<C extends Code>({ code, values, message }: Said<C>): string {
  const table = TABLES[language()];
  // A file of another version may have a code that is not known here.
  const words: Partial<Table>[C] = Object.hasOwn(table, code) ? table[code] : undefined;
  return words ? words(values, engineWords) : message ?? code;
}

/** Whether the engine says just this. */
export const isSaid = <C extends Code>(said: Said | null | undefined, code: C): said is Said<C> => said?.code === code;

export const engineWords = (said: Said): string => worded(said);
