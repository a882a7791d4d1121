// The page's languages without a build: their words come from the sources.

import { DE } from "../../www/words/de/index.js";
import { EN } from "../../www/words/en/index.js";
import { useLanguage, type Key } from "../../www/words/i18n.js";

// The language is written to the document.
Object.assign(globalThis, { document: { documentElement: {} } });

/** In the order of the English words, as the build writes them. */
const german = async (): Promise<string[]> => (Object.keys(EN) as Key[]).map((key) => DE[key]);

/** Takes a language; a second time at once. */
export const speak = (choice: string): Promise<void> => useLanguage(choice, german);
await speak("de");
await speak("en");
