// What the networks of this page reach on real photos: the records of the project, as a story and as a table. Fetched when asked for.

/** @import { App } from "../app.js" */
/** @import { Check, CheckConfig, FigureRecord } from "../../state/types.js" */
import { loadResults } from "../../engine/assets.js";
import { h, scrolling, text } from "../../ui/dom.js";
import { engineWords } from "../../words/engine-words.js";
import { count, percent, short } from "../../words/format.js";
import { recordButtons } from "../../io/records.js";
import { attackParameters, attackerName, checkName, defenseName, recordedName } from "../shared/names.js";
import { t } from "../../words/i18n.js";

/** Rows of the story: its words, and which records belong to it; `source` made the examples. */
const STORY = /** @type {const} */ ([
  { key: "none", model: "lenet", defense: "none", knowledge: "adaptive", source: null },
  { key: "at-oblivious", model: "lenet-at", defense: "none", knowledge: "oblivious", source: "lenet" },
  { key: "at-adaptive", model: "lenet-at", defense: "none", knowledge: "adaptive", source: null },
  { key: "purifier-oblivious", model: "lenet", defense: "purifier", knowledge: "oblivious", source: null },
  { key: "purifier-adaptive", model: "lenet", defense: "purifier", knowledge: "adaptive", source: null },
  { key: "combined-oblivious", model: "combined", defense: "none", knowledge: "oblivious", source: "lenet" },
  { key: "combined-adaptive", model: "combined", defense: "none", knowledge: "adaptive", source: null },
]);
const COLUMNS = /** @type {const} */ ([{ name: "none" }, { name: "fgsm", k: 8 }, { name: "pgd", k: 8 }, { name: "cw" }]);

/** Parameters that the tables say, or that follow from ε (α = ε/8), and so not the list below. */
const SAID = { epsilon: undefined, alpha: undefined };

/** @param {FigureRecord} record @returns {number | null} ε in 255ths */
const strength = ({ attack }) => (typeof attack["epsilon"] === "number" ? Math.round(attack["epsilon"] * 25500) / 100 : null);
/** @param {FigureRecord} record */
const titleOf = (record) => `${recordedName(record)}${strength(record) === null ? "" : ` ${short(strength(record) ?? 0)}/255`}`;

/** What a record is about, but for its metric. @param {FigureRecord} record */
const about = ({ model, defense, attack, knowledge, source }) => JSON.stringify([model, defense, attack, knowledge, source ?? null]);

/** Medians of the changes, by what they are about. @param {FigureRecord[]} records @returns {Map<string, number>} */
const mediansOf = (records) => new Map(records.flatMap((record) => (record.metric === "median_l2" && record.value != null ? [[about(record), record.value]] : [])));

/** A figure; and, where the attack looks for the smallest change and mostly finds one, the median of these. @param {FigureRecord | undefined} record @param {string} testid @param {Map<string, number>} medians */
function cell(record, testid, medians) {
  if (record?.value == null) return h("td", { testid }, "–");
  const [low, high] = record.interval ?? [0, 1];
  const median = record.value < 0.5 ? medians.get(about(record)) : undefined;
  const inside = h("td", { testid, attrs: { "data-known": "true", "data-value": record.value, "data-n": record.n } },
    h("strong", {}, percent(record.value)), h("span", { class: "interval" }, t("matrix.interval", percent(low), percent(high), count(record.n))),
    median === undefined ? "" : h("span", { class: "interval" }, t("matrix.median-l2", short(median))));
  inside.style.setProperty("--good", `${Math.round(100 * record.value)}%`);
  return inside;
}

/** @param {string} caption @param {string} testid @param {(string | HTMLElement)[]} heads @param {HTMLElement[]} rows */
const table = (caption, testid, heads, rows) => h("div", { class: "results-part" }, h("h3", {}, caption),
  scrolling(caption,
    h("table", { class: "measure-table compact", testid, attrs: { "aria-label": caption } },
      h("thead", {}, h("tr", {}, h("td", {}), ...heads.map((head) => h("th", { attrs: { scope: "col" } }, head)))), h("tbody", {}, ...rows))));

/** @param {FigureRecord[]} records */
function story(records) {
  const accuracies = records.filter(({ metric }) => metric === "accuracy");
  const medians = mediansOf(records);
  /** @param {typeof STORY[number]} row @param {typeof COLUMNS[number]} column */
  const find = ({ model, defense, knowledge, source }, column) => accuracies.find((record) => record.model === model && record.attack.name === column.name
    && (!("k" in column) || strength(record) === column.k) && record.defense.name === defense
    && (column.name === "none" || (record.knowledge === knowledge && (record.source ?? null) === source)));
  const heads = COLUMNS.map((column) => {
    const any = accuracies.find((record) => record.attack.name === column.name && (!("k" in column) || strength(record) === column.k));
    return any ? titleOf(any) : column.name;
  });
  return table(t("results.story"), "results-story", heads, STORY.map((row) => h("tr", {},
    h("th", { attrs: { scope: "row" } }, t(`results.${row.key.split("-")[0]}`), h("span", { class: "interval" }, row.key.includes("-") ? t(`attacker.${row.knowledge}`) : "")),
    ...COLUMNS.map((column) => cell(find(row, column), `results-${row.key}-${column.name}`, medians)))));
}

/** Everything without a defence in front: a row for each attack, a column for each network. @param {FigureRecord[]} records */
function everything(records) {
  const order = ["none", "fgsm", "pgd", "cw"];
  /** @param {FigureRecord} record */
  const rank = (record) => (order.includes(record.attack.name) ? order.indexOf(record.attack.name) : order.length) * 1000 + (strength(record) ?? 0);
  const plain = records.filter((record) => record.metric === "accuracy" && record.defense.name === "none" && record.source == null && record.attack.name !== "worst");
  const models = [...new Set(plain.map(({ model }) => model))];
  const medians = mediansOf(records);
  const attacks = new Map(plain.map((record) => [JSON.stringify(record.attack), record]));
  return table(t("results.all"), "results-all", models, [...attacks].sort(([, one], [, other]) => rank(one) - rank(other)).map(([key, first]) => h("tr", {},
    h("th", { attrs: { scope: "row" } }, titleOf(first)),
    ...models.map((model, i) => cell(plain.find((record) => record.model === model && JSON.stringify(record.attack) === key), `results-all-${i}`, medians)))));
}

/** A row for each figure that was checked. @param {{ config: CheckConfig, checks: Check[] }[]} checked */
const sanity = (checked) => h("div", { class: "results-part" }, h("h3", {}, t("results.checks")), scrolling(t("results.checks"),
  h("table", { class: "figures", testid: "results-checks", attrs: { "aria-label": t("results.checks") } },
    h("thead", {}, h("tr", {}, ...["results.figure-of", "results.passed", "results.failed"].map((key) => h("th", { attrs: { scope: "col" } }, t(key))))),
    h("tbody", {}, ...checked.map(({ config, checks }) => {
      const failed = checks.filter(({ passed }) => passed === false);
      return h("tr", {}, h("th", { attrs: { scope: "row" } }, `${config.model}, ${defenseName(config.defense)}, ${attackerName(config.knowledge)}, ${short(config.epsilon * 255)}/255, n = ${config.n}`),
        h("td", {}, String(checks.filter(({ passed }) => passed === true).length)),
        h("td", {}, failed.length === 0 ? t("results.no-failed") : h("ul", {}, ...failed.map(({ name, detail }) => h("li", {}, `${checkName(name)}: ${engineWords(detail)}`)))));
    })))));

/** @param {HTMLElement} place @param {App} _app */
export function mountResults(place, _app) {
  let saved = "";
  const words = h("p", { class: "fine", testid: "results-words", attrs: { role: "status" } });
  const found = h("div", { class: "panel-main" });
  const buttons = recordButtons("results", () => saved);
  buttons.enable(false);
  const folded = h("details", { class: "more", on: { toggle: () => void open() } }, h("summary", { testid: "results-more" }, t("results.title")),
    h("p", { class: "fine" }, t("results.lead")), words, found, buttons.element);

  async function open() {
    if (!folded.open || saved) return;
    text(words, t("results.loading"));
    try {
      const { json, svg, checks } = await loadResults();
      /** @type {FigureRecord[]} */
      const records = JSON.parse(json);
      saved = json;
      const used = new Map(records.filter(({ attack }) => Object.keys({ ...attack, ...SAID }).length > 3).map((record) => [recordedName(record), record.attack]));
      const picture = h("img", { class: "results-figure", testid: "results-figure", attrs: { alt: t("results.figure"), width: 720, height: 400, src: `data:image/svg+xml,${encodeURIComponent(svg)}` } });
      found.replaceChildren(story(records), h("figure", { class: "results-part" }, scrolling(t("results.figure"), picture), h("figcaption", { class: "fine" }, t("results.figure"))), everything(records), sanity(JSON.parse(checks)),
        h("ul", { class: "fine" }, ...[...used].map(([name, attack]) => h("li", {}, `${name}: ${attackParameters(/** @type {import("../../state/types.js").Attack} */ (/** @type {unknown} */ ({ ...attack, ...SAID })))}.`))));
      text(words, t("results.count", records.length, records[0]?.dataset.split(" (")[0] ?? ""));
      buttons.enable(true);
    } catch (error) {
      text(words, t("results.not-loaded", error instanceof Error ? error.message : String(error)));
    }
  }
  place.append(h("div", { class: "measure-part" }, folded));
}
