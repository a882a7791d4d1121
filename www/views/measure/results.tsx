// What the networks of this page reach on real photos: the records of the project, as a story and as a table. Fetched when asked for.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { loadResults } from "../../engine/assets.js";
import type { Check, CheckConfig, FigureRecord } from "../../state/types.js";
import { Fold, Scroll } from "../../ui/elements.js";
import { Heads } from "../../ui/tables.js";
import { useVoice } from "../../ui/voice.js";
import { engineWords } from "../../words/engine-words.js";
import { percent, short } from "../../words/format.js";
import { phrase, t } from "../../words/i18n.js";
import { attackParameters, attackerName, checkName, defenseName, recordedName } from "../shared/names.js";
import { RecordButtons } from "../shared/records.js";

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
const ORDER = ["none", "fgsm", "pgd", "cw"];
/** Parameters that the tables say, or that follow from ε (α = ε/8), and so not the list below. */
const SAID = { epsilon: undefined, alpha: undefined };

/** ε in 255ths. */
const strength = ({ attack }: FigureRecord): number | null =>
  "epsilon" in attack && typeof attack["epsilon"] === "number" ? Math.round(attack["epsilon"] * 25500) / 100 : null;
const titleOf = (record: FigureRecord): string => `${recordedName(record)}${strength(record) === null ? "" : ` ${short(strength(record) ?? 0)}/255`}`;
const isOf = (record: FigureRecord, { name, k }: Column): boolean => record.attack.name === name && (k === undefined || strength(record) === k);

/** What a record is about, but for its metric. */
const about = ({ model, defense, attack, knowledge, made_on }: FigureRecord): string =>
  JSON.stringify([model, defense, attack, knowledge, made_on ?? null]);

/** Medians of the changes, by what they are about. */
const mediansOf = (records: FigureRecord[]): Map<string, number> =>
  new Map(records.flatMap((record) => (record.metric === "median_l2" && record.value != null ? [[about(record), record.value]] : [])));

/** A figure; and, where the attack looks for the smallest change and mostly finds one, the median of these. */
function Cell({ record, testid, medians }: { record: FigureRecord | undefined; testid: string; medians: Map<string, number> }) {
  if (record?.value == null) return <td data-testid={testid}>–</td>;
  const [low, high] = record.interval ?? [0, 1];
  const median = record.value < 0.5 ? medians.get(about(record)) : undefined;
  return (
    <td data-testid={testid} data-known="true" data-value={record.value} data-n={record.n} style={{ "--good": `${Math.round(100 * record.value)}%` }}>
      <strong>{percent(record.value)}</strong>
      <span class="interval">{t("matrix.interval", percent(low), percent(high), record.n)}</span>
      {median === undefined ? null : <span class="interval">{t("matrix.median-l2", short(median))}</span>}
    </td>
  );
}

function Table({ caption, testid, heads, children }: { caption: string; testid: string; heads: string[]; children: ComponentChildren }) {
  return (
    <div class="results-part">
      <h3>{caption}</h3>
      <Scroll label={caption}>
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

function Story({ records }: { records: FigureRecord[] }) {
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
    <Table caption={t("results.story")} testid="results-story" heads={heads}>
      {STORY.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            {phrase(`results.${row.key.split("-")[0]}`)}
            <span class="interval">{row.key.includes("-") ? attackerName(row.knowledge) : ""}</span>
          </th>
          {COLUMNS.map((column) => (
            <Cell key={column.name} record={find(row, column)} testid={`results-${row.key}-${column.name}`} medians={medians} />
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** Everything without a defence in front: a row for each attack, a column for each network. */
function Everything({ records }: { records: FigureRecord[] }) {
  const rank = (record: FigureRecord) =>
    (ORDER.includes(record.attack.name) ? ORDER.indexOf(record.attack.name) : ORDER.length) * 1000 + (strength(record) ?? 0);
  const plain = records.filter(
    (record) => record.metric === "accuracy" && record.defense.name === "none" && record.made_on == null && record.attack.name !== "worst",
  );
  const models = [...new Set(plain.map(({ model }) => model))];
  const medians = mediansOf(records);
  const attacks = [...new Map(plain.map((record) => [JSON.stringify(record.attack), record]))].sort(([, one], [, other]) => rank(one) - rank(other));
  return (
    <Table caption={t("results.all")} testid="results-all" heads={models}>
      {attacks.map(([key, first]) => (
        <tr key={key}>
          <th scope="row">{titleOf(first)}</th>
          {models.map((model, index) => (
            <Cell
              key={model}
              record={plain.find((record) => record.model === model && JSON.stringify(record.attack) === key)}
              testid={`results-all-${index}`}
              medians={medians}
            />
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
function Sanity({ checked }: { checked: Checked[] }) {
  return (
    <div class="results-part">
      <h3>{t("results.checks")}</h3>
      <Scroll label={t("results.checks")}>
        <table class="figures" data-testid="results-checks" aria-label={t("results.checks")}>
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

interface Found {
  json: string;
  svg: string;
  records: FigureRecord[];
  checked: Checked[];
}

/** Attacks with parameters that no table says. */
function Parameters({ records }: { records: FigureRecord[] }) {
  const used = new Map(
    records.filter(({ attack }) => Object.keys({ ...attack, ...SAID }).length > 3).map((record) => [recordedName(record), record.attack]),
  );
  return (
    <ul class="fine">
      {[...used].map(([name, attack]) => (
        <li key={name}>
          {name}: {attackParameters({ ...attack, ...SAID })}.
        </li>
      ))}
    </ul>
  );
}

export function Results() {
  const [found, setFound] = useState<Found | null>(null);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  async function open(unfolded: boolean) {
    if (!unfolded || found || loading) return;
    setLoading(true);
    setFailure(null);
    try {
      const { json, svg, checks } = await loadResults();
      setFound({ json, svg, records: JSON.parse(json), checked: JSON.parse(checks) });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setLoading(false);
  }
  const words = () =>
    found
      ? t("results.count", found.records.length, found.records[0]?.dataset.split(" (")[0] ?? "")
      : failure !== null
        ? t("results.not-loaded", failure)
        : loading
          ? t("results.loading")
          : "";
  useVoice(words, [found, failure, loading]);
  return (
    <div class="measure-part">
      <Fold summary={t("results.title")} testid="results-more" onToggle={(unfolded) => void open(unfolded)}>
        <p class="fine">{t("results.lead")}</p>
        <p class="fine" data-testid="results-words">
          {words()}
        </p>
        <div class="panel-main">
          {found && (
            <>
              <Story records={found.records} />
              <figure class="results-part">
                <Scroll label={t("results.figure")}>
                  <img
                    class="results-figure"
                    data-testid="results-figure"
                    alt={t("results.figure")}
                    width={720}
                    height={400}
                    src={`data:image/svg+xml,${encodeURIComponent(found.svg)}`}
                  />
                </Scroll>
                <figcaption class="fine">{t("results.figure")}</figcaption>
              </figure>
              <Everything records={found.records} />
              <Sanity checked={found.checked} />
              <Parameters records={found.records} />
            </>
          )}
        </div>
        <RecordButtons prefix="results" records={found?.json ?? ""} />
      </Fold>
    </div>
  );
}
