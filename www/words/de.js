// Every word of the page in German, by key. {0}, {1} … are filled in.

import { WORDS as DATA } from "./de-data.js";
import { WORDS as DEVICE } from "./de-device.js";
import { WORDS as NAMES } from "./de-names.js";
import { WORDS as PAGE } from "./de-page.js";
import { WORDS as PLACES } from "./de-places.js";
import { WORDS as SETTINGS } from "./de-settings.js";
import { WORDS as TEACHING } from "./de-teaching.js";

export const DE = { ...DATA, ...DEVICE, ...NAMES, ...PAGE, ...PLACES, ...SETTINGS, ...TEACHING };
