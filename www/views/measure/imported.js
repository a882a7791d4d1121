// Figures that were saved before, here or by the command line, shown again.

/** @import { App } from "../app.js" */
/** @import { FigureRecord } from "../../state/types.js" */
import { button, h, show, text } from "../../ui/dom.js";
import { percent, short } from "../../words/format.js";
import { t } from "../../words/i18n.js";
import { tableOf } from "../../ui/tables.js";
import { defenseName, knowledgeName, recordedName } from "../shared/names.js";

/** @param {FigureRecord} record @returns {string[]} */
function row(record) {
  const { model, defense, knowledge, metric, value, interval, n } = record;
  const words = (/** @type {number} */ figure) => (metric === "median_l2" ? short(figure) : percent(figure));
  return [model, defenseName(defense), knowledgeName(knowledge), recordedName(record), t(`metric.${metric}`), value == null ? "–" : words(value), interval ? t("field.range", words(interval[0]), words(interval[1])).replace(/\.$/, "") : "–", String(n)];
}

/** @param {HTMLElement} place @param {App} app */
export function mountRecords(place, { store, actions }) {
  const input = h("input", { class: "hidden", testid: "record-open", attrs: { type: "file", id: "record-file", accept: ".json,application/json" }, on: { change: () => {
    const file = input.files?.[0];
    if (file) void actions.openRecords(file);
    input.value = "";
  } } });
  const table = tableOf(t("record.figures"), "record-table", ["model", "defence", "attacker", "attack", "metric", "value", "interval", "n"].map((head) => t(`record.${head}`)));
  table.element.open = true;
  const words = h("p", { class: "fine", testid: "record-words" });
  const close = button(t("photo.close"), { testid: "record-close", onClick: () => actions.choose({ imported: null }) });
  const found = h("div", { class: "panel-main" }, words, table.element, h("div", { class: "buttons" }, close));
  place.append(h("div", { class: "measure-part" }, h("h2", {}, t("record.title")), h("p", { class: "fine" }, t("record.lead")),
    h("div", { class: "buttons" }, h("span", {}, input, h("label", { class: "button", attrs: { for: "record-file" } }, t("share.open-file")))), found));
  store.watch((state) => [state.imported], (records) => {
    show(found, records !== null);
    if (!records) return;
    text(words, t("record.count", records.length, records[0]?.version ?? ""));
    table.show(records.map(row));
    found.scrollIntoView({ block: "nearest" });
  });
}
