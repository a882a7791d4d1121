// What the page words otherwise than the engine, in English: settings by their names.

import { number } from "../format.js";
import { choiceName, settingName } from "../settings.js";
import type { Table } from "../engine-words.js";

export const ERRORS = {
  out_of_range: ({ setting, low, high, got }) =>
    `${settingName(setting)} has to be from ${number(low)} to ${number(high)}; it was ${Number.isFinite(got) ? number(got) : "no number"}.`,
  not_one_of: ({ setting, allowed, got }) =>
    `${settingName(setting)} has to be one of ${allowed.map((word) => choiceName(setting, word)).join(", ")}; it was ${choiceName(setting, got)}.`,
} satisfies Partial<Table>;
