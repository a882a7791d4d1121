// Training of the classifier: settings, controls, live curves.

/** @import { App } from "../app.js" */
/** @import { State } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { dataTable, liveChart } from "../../ui/charts.js";
import { ask } from "../../ui/dialog.js";
import { button, h, show, text } from "../../ui/dom.js";
import { field, more } from "../../ui/fields.js";
import { percent, short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { about } from "../shared/names.js";
import { jobControls, jobWords } from "../shared/job.js";
import { presetPanel } from "../shared/preset.js";
import { t } from "../../words/i18n.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {HTMLElement} place @param {App} app */
export function mountTrain(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "train", prefix: "train", pausable: true,
    label: (state) => (state.trained ? t("train.train-further") : t("train.train")),
    allowed: () => true, start: () => actions.train(),
    detail(state) {
      const mine = state.jobs.train;
      if (!mine) return t(state.trained ? "train.trained-before" : "train.not-trained-yet");
      return mine.state === "running" || mine.state === "paused" ? t("train.epoch-of", mine.epoch.toFixed(1), state.settings["train.epochs"] ?? 0) : jobWords(state, "train", "");
    },
  });
  const again = button(t("train.start-over"), { testid: "train-reset", kind: "quiet", onClick: () => void startOver(), title: t("train.forget-what-the-network") });
  async function startOver() {
    if (!store.get().trained || await ask({
      title: t("train.start-over-2"), text: t("train.the-selected-network-forgets"), yes: t("train.forget-it"),
    })) actions.startOver();
  }
  store.watch((state) => [busy(state) || state.device.phase !== "ready"], (disabled) => { again.disabled = disabled; });
  job.buttons.append(again);

  const accuracy = h("p", { class: "headline" });
  const value = h("strong", { testid: "train-accuracy" });
  const words = h("span", { testid: "train-interval" });
  accuracy.append(value, words);
  store.watch((state) => [state.validated, state.curves.train], (validated, curve) => {
    text(value, validated ? percent(validated.value) : "–");
    value.dataset["value"] = validated ? String(validated.value) : "";
    text(words, validated
      ? t("train.of-new-signs-read", validated.n, percent(validated.low), percent(validated.high))
      : curve.x.length > 0 ? t("train.of-new-signs-counted") : t("train.of-new-signs-not"));
  });

  const robust = h("p", { class: "fine", testid: "train-robust" });
  const collapsed = h("p", { class: "notice notice-error", testid: "train-collapsed", attrs: { role: "alert" } },
    t("train.catastrophic-overfitting-within-one"));
  store.watch((state) => [state.robust, state.collapsed, state.curves.train], (share, hasCollapsed, curve) => {
    const epsilon = store.get().settings["recipe.epsilon"];
    text(robust, share ? t("train.robust-of-signs-are", percent(share.value), share.n)
      : curve.rows.length > 0 && store.get().settings["recipe.kind"] !== "standard" ? t("train.how-many-withstand-255", epsilon ?? 0) : "");
    robust.dataset["value"] = share ? String(share.value) : "";
    show(robust, robust.textContent !== "");
    show(collapsed, hasCollapsed);
  });

  const lossChart = liveChart({ title: t("train.loss"), testid: "train-loss-chart", lines: [
    { label: t("word.training"), color: "--blue", shape: "line" }, { label: t("word.validation"), color: "--ink", shape: "points" }] });
  const accuracyChart = liveChart({ title: t("train.accuracy"), testid: "train-accuracy-chart", percent: true, lines: [
    { label: t("word.training"), color: "--blue", shape: "line" }, { label: t("word.validation"), color: "--ink", shape: "points" },
    { label: t("train.under-attack"), color: "--red", shape: "points" }] });
  const table = dataTable(t("train.the-training-curves-as"), "train-table", [t("train.epoch"), t("train.training-loss"), t("train.training-accuracy"), t("train.validation-loss"), t("train.validation-accuracy"), t("train.robust-accuracy")]);
  store.watch((state) => [state.curves.train], (curve) => {
    lossChart.show(curve.x, curve.loss, curve.validationLoss);
    accuracyChart.show(curve.x, curve.accuracy, curve.validationAccuracy, curve.attacked);
    table.show(curve.rows.map((row) => [short(row.x), row.trainingLoss === null ? "–" : short(row.trainingLoss), row.trainingAccuracy === null ? "–" : percent(row.trainingAccuracy), short(row.loss), percent(row.accuracy.value), row.robust ? percent(row.robust.value) : "–"]));
  });

  const aboutRecipe = h("p", { class: "fine", testid: "recipe-about" });
  /** @type {Record<string, HTMLElement>} */
  const recipe = Object.fromEntries(["epsilon", "pgd_steps", "trades_steps", "beta"].map((key) => [key, field(store, `recipe.${key}`, { disabled: off })]));
  store.watch((state) => [state.settings["recipe.kind"]], (kind) => {
    text(aboutRecipe, about("recipe", String(kind)));
    const shown = { epsilon: kind !== "standard", pgd_steps: kind === "pgd", trades_steps: kind === "trades", beta: kind === "trades" };
    for (const [key, on] of Object.entries(shown)) if (recipe[key]) show(recipe[key], on);
  });
  const fields = ["epochs", "images_per_epoch", "batch_size", "learning_rate"].map((key) => field(store, `train.${key}`, { disabled: off }));
  place.append(h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, field(store, "recipe.kind", { disabled: off }), aboutRecipe, ...Object.values(recipe), ...fields),
      more(t("train.more-settings"), "train-more", ...["harsh", "augment", "drawn", "validation_images"].map((key) => field(store, `train.${key}`, { disabled: off })),
        field(store, "train.seed", { disabled: off }), field(store, "model.seed", { disabled: off })),
      presetPanel(app, "classifier")),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "train"), collapsed, accuracy, robust,
      h("div", { class: "charts" }, lossChart.element, accuracyChart.element), table.element)));
}
