// Accuracy over the strength of an attack, for several models at once, drawn while it is computed.

/** @import { App } from "../app.js" */
import { busy } from "../../state/events.js";
import { CURVE } from "../../state/commands.js";
import { dataTable, shareChart } from "../../ui/charts.js";
import { h, text } from "../../ui/dom.js";
import { field } from "../../ui/fields.js";
import { percent } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { recordButtons } from "../../io/records.js";
import { attackName, attackParameters } from "../shared/names.js";
import { jobControls, jobWords } from "../shared/job.js";
import { modelBoxes } from "../shared/models.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountCurve(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "curve", prefix: "curve", pausable: true, steps: false, label: () => t("curve.draw-the-curve"), allowed: (state) => state.trained,
    start: () => actions.measure("curve"),
    detail: (state) => [jobWords(state, "curve", state.trained ? "" : t("curve.train-the-network-first")), state.evaluating === "curve" ? state.engines?.() : ""].filter(Boolean).join(" · "),
  });
  const chart = shareChart({ title: t("curve.signs-read-correctly"), testid: "curve-chart", x: t("curve.axis") });
  const under = h("p", { class: "fine", testid: "curve-parameters" });
  const table = h("div", { testid: "curve-data" });
  const records = recordButtons("curve", () => store.get().curve?.records ?? "");
  /** Models of the table that is there. */
  let models = "";
  /** @type {ReturnType<typeof dataTable> | null} */
  let data = null;

  store.watch((state) => [state.curve], (curve) => {
    const cases = curve?.config.cases ?? [];
    const names = [...new Set(cases.map(({ model }) => model))];
    const columns = names.map((name) => CURVE.map((k) => {
      const index = cases.findIndex(({ model, attack }) => model === name && Math.abs((attack?.epsilon ?? 0) * 255 - k) < 1e-6);
      return curve?.accuracies[index] ?? null;
    }));
    chart.show(CURVE, names.map((name, i) => ({
      label: name,
      values: (columns[i] ?? []).map((accuracy) => accuracy?.value ?? null),
      ranges: (columns[i] ?? []).map((accuracy) => (accuracy ? /** @type {[number, number]} */ ([accuracy.low, accuracy.high]) : null)),
    })));
    if (models !== names.join("\n") || !data) {
      models = names.join("\n");
      const open = table.querySelector("details")?.open ?? false;
      data = dataTable(t("curve.the-curve-as-a"), "curve-table", ["ε", ...names]);
      table.replaceChildren(data.element);
      const unfolded = table.querySelector("details");
      if (unfolded) unfolded.open = open;
    }
    data.show(curve ? CURVE.map((k, i) => [`${k}/255`, ...columns.map((column) => {
      const accuracy = column[i];
      return accuracy ? t("curve.point", percent(accuracy.value), percent(accuracy.low), percent(accuracy.high)) : "–";
    })]) : [], true);
    const attack = cases.at(-1)?.attack;
    text(under, attack && curve ? t("curve.n-signs", curve.config.n, t(`split.${curve.config.split}`), curve.config.seed, attackName(attack), attackParameters({ ...attack, epsilon: undefined })) : "");
    chart.element.dataset["state"] = curve?.report ? "done" : curve ? "running" : "empty";
    chart.element.dataset["value"] = String(columns.flat().filter(Boolean).length);
    records.enable(Boolean(curve?.records));
  });

  place.append(h("div", { class: "panel-grid measure-part" },
    h("div", { class: "panel-controls" }, h("h2", {}, t("curve.accuracy-over-strength")),
      h("div", { class: "fields" }, ...["curve.attack", "curve.n"].map((key) => field(store, key, { disabled: busy }))), modelBoxes(app, "curve-models")),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "curve"), chart.element, under, table, records.element)));
}
