// Every word of the page in German, by key. {0}, {1} … are filled in.

import type { Table } from "../i18n.js";
import { WORDS as DATA } from "./data.js";
import { WORDS as DEVICE } from "./device.js";
import { WORDS as METHODS } from "./methods.js";
import { WORDS as FALLBACK } from "./fallback.js";
import { WORDS as LESSON } from "./lesson.js";
import { WORDS as NAMES } from "./names.js";
import { WORDS as PAGE } from "./page.js";
import { WORDS as PARTS } from "./parts.js";
import { WORDS as PLACES } from "./places.js";
import { WORDS as SETTINGS } from "./settings.js";
import { WORDS as STICKER } from "./sticker.js";
import { WORDS as TEACHING } from "./teaching.js";
import { WORDS as WORK } from "./work.js";

export const DE = {
  ...DATA, ...DEVICE, ...FALLBACK, ...LESSON, ...METHODS, ...NAMES, ...PAGE, ...PARTS, ...PLACES, ...SETTINGS, ...STICKER, ...TEACHING, ...WORK,
} satisfies Table;
