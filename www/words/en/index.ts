// Every word of the page in English, by key. {0}, {1} … are filled in.

import { NAMES as MADE, WORDS as METHODS } from "../../engine/made/words.js";
import { WORDS as DATA } from "./data.js";
import { WORDS as DEVICE } from "./device.js";
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

export const EN = {
  ...MADE, ...METHODS, ...DATA, ...DEVICE, ...FALLBACK, ...LESSON, ...NAMES, ...PAGE, ...PARTS, ...PLACES, ...SETTINGS, ...STICKER, ...TEACHING, ...WORK,
};
