// What is known of the networks that come with the page: the records of the project, fetched once, and the tables and the curve made from them.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { loadResults } from "../../engine/assets.js";
import type { Check, CheckConfig, FigureRecord } from "../../state/types.js";
import { Chart } from "../../ui/chart/chart.js";
import { Scroll } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { engineWords } from "../../words/engine-words.js";
import { percent, short } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { attackerName, checkName, defenseName, intervalWords, recordedName } from "./names.js";
import { usePick } from "./store.js";

export interface Found {
  json: string;
  svg: string;
  records: FigureRecord[];
  checked: Checked[];
}

const results = signal<{ found: Found | null; loading: boolean; failure: string | null }>({ found: null, loading: false, failure: null });

async function load(): Promise<void> {
  if (results.value.found || results.value.loading) return;
  results.value = { found: null, loading: true, failure: null };
  try {
    const { json, svg, checks } = await loadResults();
    results.value = { found: { json, svg, records: JSON.parse(json), checked: JSON.parse(checks) }, loading: false, failure: null };
  } catch (error) {
    results.value = { found: null, loading: false, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** @param wanted whether they are to be fetched now that one is where they stand */
export function useFound(wanted: boolean, place = "measure") {
  const [here] = usePick((state) => [state.place === place && state.device.phase === "ready"] as const);
  useEffect(() => {
    if (wanted && here && results.value.failure === null) void load();
  }, [wanted, here]);
  return { ...results.value, load: () => void load() };
}

interface Column {
  name: string;
  k?: number;
}
interface StoryRow {
  key: string;
  model: string;
  defense: string;
  knowledge: "oblivious" | "adaptive";
  made_on: string | null;
}

/** Rows of the story: its words, and which records belong to it; `made_on` made the examples. */
const STORY: StoryRow[] = [
  { key: "none", model: "lenet", defense: "none", knowledge: "adaptive", made_on: null },
  { key: "at-oblivious", model: "lenet-at", defense: "none", knowledge: "oblivious", made_on: "lenet" },
  { key: "at-adaptive", model: "lenet-at", defense: "none", knowledge: "adaptive", made_on: null },
  { key: "purifier-oblivious", model: "lenet", defense: "purifier", knowledge: "oblivious", made_on: null },
  { key: "purifier-adaptive", model: "lenet", defense: "purifier", knowledge: "adaptive", made_on: null },
  { key: "combined-oblivious", model: "combined", defense: "none", knowledge: "oblivious", made_on: "lenet" },
  { key: "combined-adaptive", model: "combined", defense: "none", knowledge: "adaptive", made_on: null },
];
const COLUMNS: Column[] = [{ name: "none" }, { name: "fgsm", k: 8 }, { name: "pgd", k: 8 }, { name: "cw" }];
/** Attacks in the order of the table; all others come after them. */
export const ORDER = ["none", "fgsm", "pgd", "cw"];

/** ε in 255ths. */
export const strength = ({ attack }: FigureRecord): number | null =>
  "epsilon" in attack && typeof attack["epsilon"] === "number" ? Math.round(attack["epsilon"] * 25500) / 100 : null;
export const titleOf = (record: FigureRecord): string => `${recordedName(record)}${strength(record) === null ? "" : ` ${short(strength(record) ?? 0)}/255`}`;
const isOf = (record: FigureRecord, { name, k }: Column): boolean => record.attack.name === name && (k === undefined || strength(record) === k);

/** What a record is about, but for its metric. */
const about = ({ model, defense, attack, knowledge, made_on }: FigureRecord): string =>
  JSON.stringify([model, defense, attack, knowledge, made_on ?? null]);

/** Medians of the changes, by what they are about. */
export const mediansOf = (records: FigureRecord[]): Map<string, number> =>
  new Map(records.flatMap((record) => (record.metric === "median_l2" && record.value != null ? [[about(record), record.value]] : [])));

/** A figure; and, where the attack looks for the smallest change and mostly finds one, the median of these. */
export function Cell({ record, testid, medians }: { record: FigureRecord | undefined; testid: string; medians: Map<string, number> }) {
  if (record?.value == null) return <td data-testid={testid}>–</td>;
  const [low, high] = record.interval ?? [0, 1];
  const median = record.value < 0.5 ? medians.get(about(record)) : undefined;
  return (
    <td data-testid={testid} data-known="true" data-value={record.value} data-n={record.n} style={{ "--good": `${Math.round(100 * record.value)}%` }}>
      <strong>{percent(record.value)}</strong>
      <span class="interval">{intervalWords({ low, high, n: record.n })}</span>
      {median === undefined ? null : <span class="interval">{t("matrix.median-l2", short(median))}</span>}
    </td>
  );
}

/** Where a table stands in the page a second time, its name says which one it is. */
const nameOf = (testid: string, caption: string): string => (testid.startsWith("shipped") ? `${t("status.shipped")}: ${caption}` : caption);

export function Table({ caption, testid, heads, children }: { caption: string; testid: string; heads: string[]; children: ComponentChildren }) {
  return (
    <div class="results-part">
      <h3>{caption}</h3>
      <Scroll label={nameOf(testid, caption)}>
        <table class="measure-table compact" data-testid={testid} aria-label={caption}>
          <thead>
            <tr>
              <td />
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </Scroll>
    </div>
  );
}

export function Story({ records, testid }: { records: FigureRecord[]; testid: string }) {
  const accuracies = records.filter(({ metric }) => metric === "accuracy");
  const medians = mediansOf(records);
  const find = ({ model, defense, knowledge, made_on }: StoryRow, column: Column) =>
    accuracies.find(
      (record) =>
        record.model === model &&
        isOf(record, column) &&
        record.defense.name === defense &&
        (column.name === "none" || (record.knowledge === knowledge && (record.made_on ?? null) === made_on)),
    );
  const heads = COLUMNS.map((column) => {
    const any = accuracies.find((record) => isOf(record, column));
    return any ? titleOf(any) : column.name;
  });
  return (
    <Table caption={t("results.story")} testid={`${testid}-story`} heads={heads}>
      {STORY.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            {phrase(`results.${row.key.split("-")[0]}`)}
            <span class="interval">{row.key.includes("-") ? attackerName(row.knowledge) : ""}</span>
          </th>
          {COLUMNS.map((column) => (
            <Cell key={column.name} record={find(row, column)} testid={`${testid}-${row.key}-${column.name}`} medians={medians} />
          ))}
        </tr>
      ))}
    </Table>
  );
}

interface Checked {
  config: CheckConfig;
  checks: Check[];
}

/** Which figure was checked. */
const figureName = ({ model, defense, knowledge, epsilon, n }: CheckConfig): string =>
  `${model}, ${defenseName(defense)}, ${attackerName(knowledge)}, ${short(epsilon * 255)}/255, n = ${n}`;

/** A row for each figure that was checked. */
export function Sanity({ checked, testid }: { checked: Checked[]; testid: string }) {
  return (
    <div class="results-part">
      <h3>{t("results.checks")}</h3>
      <Scroll label={nameOf(testid, t("results.checks"))}>
        <table class="figures" data-testid={testid} aria-label={t("results.checks")}>
          <Heads words={[t("results.figure-of"), t("results.passed"), t("results.failed")]} />
          <tbody>
            {checked.map(({ config, checks }, index) => {
              const failed = checks.filter(({ passed }) => passed === false);
              return (
                <tr key={index}>
                  <th scope="row">{figureName(config)}</th>
                  <td>{checks.filter(({ passed }) => passed === true).length}</td>
                  <td>
                    {failed.length === 0 ? (
                      t("results.no-failed")
                    ) : (
                      <ul>
                        {failed.map(({ name, detail }) => (
                          <li key={name}>
                            {checkName(name)}: {engineWords(detail)}
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

/** The strengths that the records have, in 255ths. */
const STRENGTHS = [0, 1, 2, 4, 8, 16, 32];

/** How far each network holds under PGD, as it was counted on real photos. */
export function ShippedCurve({ records }: { records: FigureRecord[] }) {
  const plain = records.filter(
    ({ metric, defense, made_on, attack }) =>
      metric === "accuracy" && defense.name === "none" && made_on == null && (attack.name === "pgd" || attack.name === "none"),
  );
  const models = [...new Set(plain.filter(({ attack }) => attack.name === "pgd").map(({ model }) => model))];
  const of = (model: string, k: number) =>
    plain.find((record) => record.model === model && (k === 0 ? record.attack.name === "none" : record.attack.name === "pgd" && strength(record) === k));
  return (
    <Chart
      title={t("shipped.curve")}
      testid="shipped-chart"
      x={t("curve.axis")}
      share
      xs={STRENGTHS}
      series={models.map((model) => ({
        label: model,
        values: STRENGTHS.map((k) => of(model, k)?.value ?? null),
        ranges: STRENGTHS.map((k) => of(model, k)?.interval ?? null),
      }))}
    />
  );
}

/** The accuracy of a network that comes with the page on clean real photos. */
export const knownOf = (records: FigureRecord[], name: string): FigureRecord | undefined =>
  records.find(({ model, metric, attack, defense }) => model === name && metric === "accuracy" && attack.name === "none" && defense.name === "none");
