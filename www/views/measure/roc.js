// How well the detector of the selected model tells attacked signs from clean ones.

/** @import { App } from "../app.js" */
/** @import { Roc } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { shareChart } from "../../ui/charts.js";
import { h, scrolling, show, text } from "../../ui/dom.js";
import { field, more } from "../../ui/fields.js";
import { percent, short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { attackName, attackParameters, attackerName, statisticName } from "../shared/names.js";
import { jobControls, jobWords } from "../shared/job.js";
import { t } from "../../words/i18n.js";

/** The curves over one common axis. @param {Roc[]} curves */
function aligned(curves) {
  const points = curves.flatMap(({ points }, curve) => Array.from(points, ([x, y]) => ({ x, y, curve })));
  points.sort((a, b) => a.x - b.x);
  return { x: points.map(({ x }) => x), columns: curves.map((_, curve) => points.map((point) => (point.curve === curve ? point.y : null))) };
}

/** @param {HTMLElement} place @param {App} app */
export function mountRoc(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "roc", prefix: "roc", pausable: true, steps: false, label: () => t("roc.measure-the-detector"), allowed: (state) => state.trained && state.purifier,
    start: () => actions.roc(), detail: (state) => jobWords(state, "roc", state.purifier ? "" : t("roc.train-a-purifier-first")),
  });
  const chart = shareChart({ title: t("roc.attacked-signs-refused-over"), testid: "roc-chart", x: t("roc.share-of-clean-signs") });
  const body = h("tbody");
  const under = h("p", { class: "fine", testid: "roc-parameters" });
  const table = h("table", { class: "figures", testid: "roc-table" },
    h("thead", {}, h("tr", {}, ...[t("roc.statistic"), t("roc.area"), t("roc.threshold"), t("roc.clean-refused"), t("roc.attacked-refused")].map((head) => h("th", { attrs: { scope: "col" } }, head)))), body);

  const points = h("tbody");
  const everyPoint = more(t("roc.points"), "roc-points-more", scrolling(t("roc.points"),
    h("table", { class: "figures", testid: "roc-points" },
      h("thead", {}, h("tr", {}, ...[t("roc.statistic"), t("roc.clean-refused"), t("roc.attacked-refused")].map((head) => h("th", { attrs: { scope: "col" } }, head)))), points)));

  store.watch((state) => [state.rocs], (rocs) => {
    const curves = rocs?.curves ?? [];
    points.replaceChildren(...curves.flatMap((curve) => Array.from(curve.points, ([clean, attacked]) => h("tr", {},
      h("td", {}, statisticName(curve.statistic)), h("td", {}, percent(clean)), h("td", {}, percent(attacked))))));
    show(everyPoint, curves.length > 0);
    const { x, columns } = aligned(curves);
    chart.show(x, curves.map(({ statistic }, i) => ({ label: statisticName(statistic), values: columns[i] ?? [] })));
    body.replaceChildren(...curves.map(({ statistic, area, threshold, false_positives: clean, true_positives: attacked }) => h("tr", { testid: `roc-${statistic}`, attrs: { "data-value": area } },
      h("td", {}, statisticName(statistic)), h("td", {}, area.toFixed(3)), h("td", {}, short(threshold)), h("td", {}, percent(clean)), h("td", {}, percent(attacked)))));
    text(under, rocs ? t("roc.clean-and-as-many", rocs.model, rocs.config.n, rocs.config.seed, attackName(rocs.config.attack), attackParameters(rocs.config.attack), attackerName(rocs.config.knowledge), percent(rocs.config.false_positive_rate)) : t("roc.an-area-of-is"));
    chart.element.dataset["state"] = rocs ? "done" : "empty";
  });

  place.append(h("div", { class: "panel-grid measure-part" },
    h("div", { class: "panel-controls" }, h("h2", {}, t("roc.does-the-detector-notice")),
      h("div", { class: "fields" }, ...["roc.attack", "roc.knowledge", "roc.false_positive_rate", "roc.n"].map((key) => field(store, key, { disabled: busy })))),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "roc"), chart.element,
      scrolling(t("roc.figures-of-the-detector"), table), everyPoint, under)));
}
