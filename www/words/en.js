// Every word of the page in English, by key. {0}, {1} … are filled in.

import { WORDS as DATA } from "./en-data.js";
import { WORDS as DEVICE } from "./en-device.js";
import { WORDS as NAMES } from "./en-names.js";
import { WORDS as PAGE } from "./en-page.js";
import { WORDS as PLACES } from "./en-places.js";
import { WORDS as SETTINGS } from "./en-settings.js";
import { WORDS as TEACHING } from "./en-teaching.js";

export const EN = { ...DATA, ...DEVICE, ...NAMES, ...PAGE, ...PLACES, ...SETTINGS, ...TEACHING };
