// Records of figures, to be saved: JSON as the engine wrote it, or a table for a spreadsheet.

/** @import { FigureRecord } from "../state/types.js" */
import { button, h } from "../ui/dom.js";
import { saveBytes } from "./files.js";
import { t } from "../words/i18n.js";

const COLUMNS = /** @type {const} */ ([
  "model", "architecture", "parameters", "defense", "knowledge", "source", "attack", "attack_parameters", "goal", "metric", "value", "low", "high",
  "value_8bit", "value_jpeg", "n", "images", "dataset", "split", "seed", "device", "version", "weights_sha256",
]);

/** A field of a table. A text that a spreadsheet would take for a formula gets a mark before it. @param {unknown} value @returns {string} */
function cell(value) {
  if (value === null || value === undefined) return "";
  const raw = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value !== "number" && /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {unknown[]} fields @returns {string} */
export const csvRow = (fields) => fields.map(cell).join(",");

/** @param {FigureRecord[]} records @returns {string} with a line of names, lines ended by CR LF (RFC 4180) */
export function csv(records) {
  const rows = records.map((record) => {
    const { name, ...parameters } = record.attack;
    const [low, high] = record.interval ?? [null, null];
    /** @type {Record<string, unknown>} */
    const all = { ...record, defense: record.defense.name === "none" ? "none" : record.defense, goal: record.goal.kind === "untargeted" ? "untargeted" : record.goal, attack: name, attack_parameters: Object.keys(parameters).length > 0 ? parameters : "", low, high };
    return COLUMNS.map((column) => cell(all[column])).join(",");
  });
  return [COLUMNS.join(","), ...rows, ""].join("\r\n");
}

/**
 * @param {string} prefix of the test ids, and of the files' names
 * @param {() => string} records JSON text
 */
export function recordButtons(prefix, records) {
  const json = button(t("records.save-the-records-json"), { testid: `${prefix}-json`, title: t("records.everything-that-is-needed"), onClick: () => saveBytes(records(), `fool-the-sign-${prefix}.json`, "application/json") });
  const table = button(t("records.save-as-a-table"), { testid: `${prefix}-csv`, onClick: () => saveBytes(csv(/** @type {FigureRecord[]} */ (JSON.parse(records()))), `fool-the-sign-${prefix}.csv`, "text/csv") });
  return {
    element: h("div", { class: "buttons" }, json, table),
    /** @param {boolean} on */
    enable(on) {
      json.disabled = !on;
      table.disabled = !on;
    },
  };
}
