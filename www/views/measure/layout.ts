// How the cases of an evaluation make a table: models, defences and attackers down, clean signs and attacks across.

import { isBounded } from "../../state/commands.js";
import type { Case, CaseReport, EvaluationConfig, FigureRecord, Measurement, Proportion } from "../../state/types.js";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { attackerName, defenseName, intervalWords } from "../shared/names.js";

/** A row: the numbers of its cases, by name of the attack; `clean` for none. */
export interface Row {
  first: Case;
  cases: Map<string, number>;
}

const modelAndDefense = ({ model, defense }: Case): string => JSON.stringify([model, defense]);
const rowKey = (one: Case): string => JSON.stringify([modelAndDefense(one), one.knowledge, one.made_on ?? null]);

/** The columns are those of attacks. */
export function layout({ cases }: EvaluationConfig): { rows: Row[]; columns: Case[] } {
  const clean = new Map(cases.flatMap((one, index) => (one.attack ? [] : [[modelAndDefense(one), index] as const])));
  const rows = new Map<string, Row>();
  const columns = new Map<string, Case>();
  const attacked = new Set(cases.filter(({ attack }) => attack).map(modelAndDefense));
  cases.forEach((one, index) => {
    if (!one.attack && attacked.has(modelAndDefense(one))) return;
    const key = rowKey(one);
    const row = rows.get(key) ?? { first: one, cases: new Map() };
    rows.set(key, row);
    row.cases.set("clean", clean.get(modelAndDefense(one)) ?? index);
    if (!one.attack) return;
    row.cases.set(one.attack.name, index);
    columns.set(one.attack.name, one);
  });
  return { rows: [...rows.values()], columns: [...columns.values()] };
}

/** What a row is about, and who attacks in it. */
export function rowWords({ model, defense, knowledge, made_on }: Case, severalModels: boolean): [string, string] {
  const attacker = made_on ? t("matrix.examples-of", made_on) : defense.name === "none" ? "" : attackerName(knowledge);
  return [severalModels ? `${model}: ${defenseName(defense)}` : defenseName(defense), attacker];
}

/** What stands in a cell. */
export interface Figure {
  big: string;
  lines: string[];
  value: number | null;
  n: number | null;
  fooled?: boolean;
}
const NOTHING: Figure = { big: "–", lines: [], value: null, n: null };

function figureOf(one: Case, accuracy: Proportion | null | undefined, report: CaseReport | undefined, running: boolean): Figure {
  if (!accuracy) return { ...NOTHING, big: running ? "…" : "–" };
  const saved = report && one.attack ? [t("matrix.as-8-bit-as", percent(report.accuracy_8bit.value), percent(report.accuracy_jpeg.value))] : [];
  if (!one.attack || isBounded(one.attack.name))
    return { big: percent(accuracy.value), lines: [intervalWords(accuracy), ...saved], value: accuracy.value, n: accuracy.n };
  if (!report) return { big: t("matrix.right", percent(accuracy.value)), lines: [t("matrix.so-far", accuracy.n)], value: null, n: accuracy.n };
  const { success, l2_quartiles: quartiles } = report;
  const changed = quartiles ? t("matrix.median-l2", short(quartiles[1])) : t("matrix.no-success");
  return {
    big: t("matrix.fooled", percent(success.value)),
    lines: [intervalWords(success), changed, t("matrix.right-2", percent(accuracy.value)), ...saved],
    value: success.value,
    n: success.n,
    fooled: true,
  };
}

/** The signs of a row that no attack within ε fools. */
function worstOf({ report, config }: Measurement, row: Row): Figure {
  const one = row.cases.size > 1 ? (config.cases[[...row.cases.values()].at(-1) ?? 0] ?? row.first) : row.first;
  const record: FigureRecord | undefined = report?.worst.find(
    (found) =>
      found.model === one.model &&
      JSON.stringify(found.defense) === JSON.stringify(one.defense) &&
      found.knowledge === one.knowledge &&
      (found.made_on ?? null) === (one.made_on ?? null),
  );
  if (record?.value == null) return NOTHING;
  const [low = 0, high = 1] = record.interval ?? [];
  const saved = t("matrix.as-8-bit-as", percent(record.value_8bit ?? 0), percent(record.value_jpeg ?? 0));
  return { big: percent(record.value), lines: [intervalWords({ low, high, n: record.n }), saved], value: record.value, n: record.n };
}

/** The figure of a row in a column. */
export function cellOf(matrix: Measurement | null, row: Row, name: string, running: boolean): Figure {
  if (!matrix) return NOTHING;
  if (name === "worst") return worstOf(matrix, row);
  const index = row.cases.get(name);
  const one = index === undefined ? undefined : matrix.config.cases[index];
  return one && index !== undefined ? figureOf(one, matrix.accuracies[index], matrix.report?.cases[index], running) : NOTHING;
}
