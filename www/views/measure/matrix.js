// The table of results: models, defences and attackers down, clean signs and attacks across; a cell opens what is behind it.

/** @import { App } from "../app.js" */
/** @import { Case, CaseReport, EvaluationConfig, FigureRecord, Measurement, Proportion } from "../../state/types.js" */
import { BOUNDED, attackKeys, chosen, defenseKeys, matrixConfig } from "../../state/commands.js";
import { busy } from "../../state/events.js";
import { SCHEMA, choiceName } from "../../state/schema.js";
import { attr, h, scrolling, show, text } from "../../ui/dom.js";
import { boxes, field, more } from "../../ui/fields.js";
import { percent, short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { recordButtons } from "../../io/records.js";
import { attackName, attackParameters, attackerName, defenseName } from "../shared/names.js";
import { caseDetails } from "./details.js";
import { jobControls, jobWords } from "../shared/job.js";
import { modelBoxes, modelSelect } from "../shared/models.js";
import { t } from "../../words/i18n.js";

/** A row: the numbers of its cases, by name of the attack; `clean` for none. @typedef {{ first: Case, cases: Map<string, number> }} Row */

/** @param {Case} one */
const modelAndDefense = ({ model, defense }) => JSON.stringify([model, defense]);
/** @param {Case} one */
const rowKey = (one) => JSON.stringify([modelAndDefense(one), one.knowledge, one.source ?? null]);

/** @param {EvaluationConfig} config @returns {{ rows: Row[], columns: Case[] }} the columns are those of attacks */
function layout({ cases }) {
  const clean = new Map(cases.flatMap((one, index) => (one.attack ? [] : [/** @type {const} */ ([modelAndDefense(one), index])])));
  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Map<string, Case>} */
  const columns = new Map();
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

/** @param {Case} one @param {boolean} severalModels @returns {[string, string]} */
function rowWords({ model, defense, knowledge, source }, severalModels) {
  const attacker = source ? t("matrix.examples-of", source) : defense.name === "none" ? "" : attackerName(knowledge);
  return [severalModels ? `${model}: ${defenseName(defense)}` : defenseName(defense), attacker];
}

/** @param {{ value: number, low: number, high: number, n: number }} figure */
const interval = ({ low, high, n }) => t("matrix.interval", percent(low), percent(high), n);

/** @typedef {{ big: string, lines: string[], value: number | null, n: number | null, fooled?: boolean }} Figure */

/** @param {Case} one @param {Proportion | null | undefined} accuracy @param {CaseReport | undefined} report @param {boolean} running @returns {Figure} */
function figureOf(one, accuracy, report, running) {
  if (!accuracy) return { big: running ? "…" : "–", lines: [], value: null, n: null };
  const saved = report && one.attack ? [t("matrix.as-8-bit-as", percent(report.accuracy_8bit.value), percent(report.accuracy_jpeg.value))] : [];
  if (one.attack && !BOUNDED.has(one.attack.name)) {
    if (!report) return { big: t("matrix.right", percent(accuracy.value)), lines: [t("matrix.so-far", accuracy.n)], value: null, n: accuracy.n };
    const { success, l2_quartiles: quartiles } = report;
    return { big: t("matrix.fooled", percent(success.value)), lines: [interval(success), quartiles ? t("matrix.median-l2", short(quartiles[1])) : t("matrix.no-success"), t("matrix.right-2", percent(accuracy.value)), ...saved], value: success.value, n: success.n, fooled: true };
  }
  return { big: percent(accuracy.value), lines: [interval(accuracy), ...saved], value: accuracy.value, n: accuracy.n };
}

/** @param {FigureRecord[]} worst @param {Case} one */
const worstOf = (worst, one) => worst.find((record) => record.model === one.model && JSON.stringify(record.defense) === JSON.stringify(one.defense)
  && record.knowledge === one.knowledge && (record.source ?? null) === (one.source ?? null));

/** @param {HTMLElement} place @param {App} app */
export function mountMatrix(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "matrix", prefix: "matrix", pausable: true, steps: false, label: () => t("matrix.measure"), allowed: (state) => state.trained,
    start: () => actions.measure("matrix"),
    detail: (state) => [jobWords(state, "matrix", state.trained ? "" : t("matrix.train-the-network-first")), state.evaluating === "matrix" ? state.engines?.() : ""].filter(Boolean).join(" · "),
  });

  const head = h("tr");
  const body = h("tbody");
  const table = h("table", { class: "measure-table", testid: "matrix" },
    h("caption", {}, t("matrix.signs-read-correctly-with")), h("thead", {}, head), body);
  const under = h("ul", { class: "fine", testid: "matrix-parameters" });
  const left = h("p", { class: "fine", testid: "matrix-no-purifier" }, t("matrix.rows-of-the-purifier"));
  const details = caseDetails(store, "matrix-details");
  const records = recordButtons("matrix", () => store.get().matrix?.records ?? "");

  /** Number of the case that is shown below the table. @type {number | null} */
  let picked = null;
  /** What the table was built for. */
  let built = "";
  /** @type {{ row: Row, name: string, element: HTMLElement, fill: (figure: Figure) => void }[]} */
  let cells = [];

  /** @param {number} index */
  function pick(index) {
    picked = picked === index ? null : index;
    refresh();
  }
  function refresh() {
    const { matrix, classes } = store.get();
    const report = picked === null ? null : matrix?.report?.cases[picked] ?? null;
    details.show(report, classes, report ? `${rowWords(report.case, true).filter(Boolean).join(", ")}, ${report.case.attack ? attackName(report.case.attack) : t("matrix.clean-signs")}` : "");
    for (const { row, name, element } of cells) {
      const button = element.querySelector("button");
      if (!button) continue;
      button.disabled = !matrix?.report;
      attr(button, "aria-expanded", matrix?.report ? String(row.cases.get(name) === picked) : null);
    }
  }

  /** @param {EvaluationConfig} config */
  function build(config) {
    const key = JSON.stringify(config);
    if (key === built) return;
    built = key;
    picked = null;
    const { rows, columns } = layout(config);
    const several = new Set(rows.map(({ first }) => first.model)).size > 1;
    const bounded = columns.filter(({ attack }) => attack && attack.epsilon !== undefined).length > 1;
    const names = ["clean", ...columns.map(({ attack }) => attack?.name ?? ""), ...(bounded ? ["worst"] : [])];
    const titles = [t("matrix.clean"), ...columns.map(({ attack }) => (attack ? attackName(attack) : "")), ...(bounded ? [t("matrix.worst-case")] : [])];
    head.replaceChildren(h("td", {}), ...titles.map((title) => h("th", { attrs: { scope: "col" } }, title)));
    cells = [];
    body.replaceChildren(...rows.map((row, index) => {
      const [title, attacker] = rowWords(row.first, several);
      return h("tr", {}, h("th", { attrs: { scope: "row" } }, title, attacker ? h("span", { class: "interval" }, attacker) : null),
        ...names.map((name, column) => {
          const made = cell(`matrix-${index}-${name}`, name === "worst" ? null : () => {
            const number = row.cases.get(name);
            if (number !== undefined) pick(number);
          }, `${title}${attacker ? `, ${attacker}` : ""}, ${titles[column]}`);
          cells.push({ row, name, ...made });
          return made.element;
        }));
    }));
    under.replaceChildren(h("li", {}, t("matrix.n-signs", config.n, t(`split.${config.split}`), config.seed)),
      ...columns.map(({ attack }) => h("li", {}, attack ? `${attackName(attack)}: ${attackParameters(attack)}.` : "")),
      bounded ? h("li", {}, t("matrix.worst-case-a-sign")) : "");
  }

  /** @param {Measurement | null} matrix @param {boolean} running */
  function fill(matrix, running) {
    build(matrix?.config ?? matrixConfig(store.get()));
    const cases = matrix?.config.cases ?? [];
    for (const { row, name, fill: put } of cells) {
      if (name === "worst") {
        const record = matrix?.report ? worstOf(matrix.report.worst, row.cases.size > 1 ? cases[[...row.cases.values()].at(-1) ?? 0] ?? row.first : row.first) : undefined;
        const [low = 0, high = 1] = record?.interval ?? [];
        put(record?.value == null ? { big: "–", lines: [], value: null, n: null } : {
          big: percent(record.value), value: record.value, n: record.n,
          lines: [interval({ value: record.value, low, high, n: record.n }), t("matrix.as-8-bit-as", percent(record.value_8bit ?? 0), percent(record.value_jpeg ?? 0))],
        });
        continue;
      }
      const number = row.cases.get(name);
      const one = number === undefined ? undefined : cases[number];
      put(one && number !== undefined && matrix ? figureOf(one, matrix.accuracies[number], matrix.report?.cases[number], running) : { big: "–", lines: [], value: null, n: null });
    }
    table.dataset["state"] = running ? "running" : matrix?.report ? "done" : "empty";
    records.enable(Boolean(matrix?.records));
    refresh();
  }

  store.watch((state) => [state.matrix, state.job?.job === "matrix" && busy(state), state.settings, state.shelf, state.compared, state.transfer], (matrix, running, ..._) => {
    fill(matrix, running);
    show(left, !matrix && store.get().shelf.models.some(({ purifier }) => purifier == null));
  });

  // Many fields, which few people open: made when they do.
  const parameters = h("div", { class: "fields", testid: "matrix-fields" });
  const folded = h("details", { class: "more", on: { toggle: () => {
    if (!folded.open || parameters.childElementCount > 0) return;
    const groups = [["matrix.attacks", attackKeys], ["matrix.defenses", defenseKeys]];
    for (const [set, keysOf] of /** @type {[string, (name: string) => string[]][]} */ (groups)) {
      const all = [...new Set((SCHEMA[set]?.choices ?? []).flatMap((name) => keysOf(String(name))))];
      for (const key of all) {
        const control = field(store, key, { disabled: busy, again: "matrix-" });
        const label = control.querySelector(".field-label");
        const owner = (SCHEMA[set]?.choices ?? []).find((name) => key.startsWith(`${name}.`));
        if (owner) label?.prepend(h("span", { class: "field-owner" }, `${choiceName(set, owner)}: `));
        parameters.append(control);
        store.watch((state) => [state.settings[set]], () => show(control, chosen(store.get().settings, set).some((name) => keysOf(name).includes(key))));
      }
    }
  } } }, h("summary", { testid: "matrix-fields-more" }, t("matrix.parameters-of-the-attacks")), parameters);

  const controls = h("div", { class: "panel-controls" },
    h("div", { class: "fields" }, ...["measure.n", "measure.split"].map((key) => field(store, key, { disabled: busy }))),
    boxes(store, "matrix.attacks", { testid: "matrix-attacks", disabled: busy }),
    folded,
    more(t("matrix.defences-attackers-models"), "matrix-more",
      boxes(store, "matrix.defenses", { testid: "matrix-defenses", disabled: busy }),
      boxes(store, "matrix.knowledge", { testid: "matrix-knowledge", disabled: busy }),
      modelBoxes(app, "matrix-models"),
      modelSelect(app, { key: "transfer", testid: "matrix-transfer", label: t("matrix.examples-of-another-model"), none: t("matrix.none"), help: t("matrix.transfer-a-further-row") }),
      ...["measure.seed", "measure.engines"].map((key) => field(store, key, { disabled: busy }))));
  place.append(h("div", { class: "panel-grid" }, controls,
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "matrix"),
      scrolling(t("matrix.table-of-results"), table), left,
      h("p", { class: "fine" }, t("matrix.a-figure-opens-what")), details.element, records.element, under,
      h("p", { class: "honest", testid: "matrix-oblivious" }, t("matrix.an-oblivious-attacker-does")))));
}

/** @param {string} testid @param {(() => void) | null} open @param {string} label */
function cell(testid, open, label) {
  const big = h("strong");
  const lines = h("span", { class: "cell-lines" });
  const fillBar = h("span", { class: "cell-fill" });
  const inside = [h("span", { class: "hidden" }, `${label}: `), big, lines, h("span", { class: "cell-track", attrs: { "aria-hidden": true } }, fillBar)];
  const element = h("td", { testid }, ...(open ? [h("button", { class: "cell", testid: `${testid}-open`, attrs: { type: "button" }, on: { click: open } }, ...inside)] : inside));
  return {
    element,
    /** @param {Figure} figure */
    fill(figure) {
      text(big, figure.big);
      if (lines.dataset["lines"] !== figure.lines.join("|")) {
        lines.dataset["lines"] = figure.lines.join("|");
        lines.replaceChildren(...figure.lines.map((line) => h("span", { class: "interval" }, line)));
      }
      element.dataset["known"] = String(figure.value !== null);
      element.style.setProperty("--good", `${Math.round(100 * (figure.fooled ? 1 - (figure.value ?? 0) : figure.value ?? 0))}%`);
      fillBar.style.setProperty("width", figure.value === null ? "0" : `${figure.value * 100}%`);
      attr(element, "data-value", figure.value);
      attr(element, "data-n", figure.n);
    },
  };
}
