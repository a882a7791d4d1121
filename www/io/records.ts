// Records of figures, to be saved: JSON as the engine wrote it, or a table for a spreadsheet.

import type { FigureRecord } from "../engine/protocol.js";

const COLUMNS = [
  "model", "architecture", "parameters", "defense", "knowledge", "made_on", "attack", "attack_parameters", "goal", "metric", "value", "low", "high",
  "value_8bit", "value_jpeg", "n", "images", "dataset", "split", "seed", "device", "version", "weights_sha256",
] as const;

/** A field of a table. A text that a spreadsheet would take for a formula gets a mark before it. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const raw = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value !== "number" && /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (fields: unknown[]): string => fields.map(cell).join(",");

/** With a line of names, lines ended by CR LF (RFC 4180). */
export function csv(records: FigureRecord[]): string {
  const rows = records.map((record) => {
    const { name, ...parameters } = record.attack;
    const [low, high] = record.interval ?? [null, null];
    const all: Record<string, unknown> = {
      ...record, defense: record.defense.name === "none" ? "none" : record.defense, goal: record.goal.kind === "untargeted" ? "untargeted" : record.goal,
      attack: name, attack_parameters: Object.keys(parameters).length > 0 ? parameters : "", low, high,
    };
    return COLUMNS.map((column) => cell(all[column])).join(",");
  });
  return [COLUMNS.join(","), ...rows, ""].join("\r\n");
}
