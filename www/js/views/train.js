// Training of the classifier: settings, controls, live curves.

/** @import { App } from "./app.js" */
/** @import { State } from "../state/types.js" */
import { busy } from "../state/events.js";
import { dataTable, liveChart } from "../lib/charts.js";
import { ask } from "../lib/dialog.js";
import { button, h, show, text } from "../lib/dom.js";
import { field, more } from "../lib/fields.js";
import { percent, short } from "../lib/format.js";
import { errorSlot } from "../lib/messages.js";
import { ABOUT_RECIPE } from "../lib/words.js";
import { jobControls, jobWords } from "./job.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {HTMLElement} place @param {App} app */
export function mountTrain(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "train", prefix: "train", pausable: true,
    label: (state) => (state.trained ? "Train further" : "Train"),
    allowed: () => true, start: () => actions.train(),
    detail(state) {
      const mine = state.jobs.train;
      if (!mine) return "Not trained yet";
      return mine.state === "running" || mine.state === "paused" ? `Epoch ${mine.epoch.toFixed(1)} of ${state.settings["train.epochs"]}` : jobWords(state, "train", "");
    },
  });
  const again = button("Start over", { testid: "train-reset", kind: "quiet", onClick: () => void startOver(), title: "Forget what the network has learned" });
  async function startOver() {
    if (!store.get().trained || await ask({
      title: "Start over?", text: "The selected network forgets what it has learned, and so does its purifier.", yes: "Forget it",
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
      ? ` of ${validated.n} new signs read correctly (95 % interval ${percent(validated.low)} to ${percent(validated.high)})`
      : curve.x.length > 0 ? " of new signs: counted after each epoch" : " of new signs: not counted yet");
  });

  const robust = h("p", { class: "fine", testid: "train-robust" });
  const collapsed = h("p", { class: "notice notice-error", testid: "train-collapsed", attrs: { role: "alert" } },
    "Catastrophic overfitting: within one epoch the network lost more than 20 points of its robustness. The training has ended, with the weights of the last good epoch. Train further with a smaller ε, or with the recipe PGD.");
  store.watch((state) => [state.robust, state.collapsed, state.curves.train], (share, hasCollapsed, curve) => {
    const epsilon = store.get().settings["recipe.epsilon"];
    text(robust, share ? `Robust: ${percent(share.value)} of ${share.n} signs are still read correctly under five steps of BIM at the ε it was trained with.`
      : curve.rows.length > 0 && store.get().settings["recipe.kind"] !== "standard" ? `How many withstand ε = ${epsilon}/255 is counted after each epoch.` : "");
    robust.dataset["value"] = share ? String(share.value) : "";
    show(robust, robust.textContent !== "");
    show(collapsed, hasCollapsed);
  });

  const lossChart = liveChart({ title: "Loss", testid: "train-loss-chart", lines: [
    { label: "training", color: "--blue", shape: "line" }, { label: "validation", color: "--ink", shape: "points" }] });
  const accuracyChart = liveChart({ title: "Accuracy", testid: "train-accuracy-chart", percent: true, lines: [
    { label: "training", color: "--blue", shape: "line" }, { label: "validation", color: "--ink", shape: "points" },
    { label: "under attack", color: "--red", shape: "points" }] });
  const table = dataTable("The training curves as a table", "train-table", ["Epoch", "Training loss", "Training accuracy", "Validation loss", "Validation accuracy", "Robust accuracy"]);
  store.watch((state) => [state.curves.train], (curve) => {
    lossChart.show(curve.x, curve.loss, curve.validationLoss);
    accuracyChart.show(curve.x, curve.accuracy, curve.validationAccuracy, curve.attacked);
    table.show(curve.rows.map((row) => [short(row.x), row.trainingLoss === null ? "–" : short(row.trainingLoss), row.trainingAccuracy === null ? "–" : percent(row.trainingAccuracy), short(row.loss), percent(row.accuracy.value), row.robust ? percent(row.robust.value) : "–"]));
  });

  const about = h("p", { class: "fine", testid: "recipe-about" });
  /** @type {Record<string, HTMLElement>} */
  const recipe = Object.fromEntries(["epsilon", "pgd_steps", "trades_steps", "beta"].map((key) => [key, field(store, `recipe.${key}`, { disabled: off })]));
  store.watch((state) => [state.settings["recipe.kind"]], (kind) => {
    text(about, ABOUT_RECIPE[/** @type {keyof typeof ABOUT_RECIPE} */ (kind)] ?? "");
    const shown = { epsilon: kind !== "standard", pgd_steps: kind === "pgd", trades_steps: kind === "trades", beta: kind === "trades" };
    for (const [key, on] of Object.entries(shown)) if (recipe[key]) show(recipe[key], on);
  });
  const fields = ["epochs", "images_per_epoch", "batch_size", "learning_rate"].map((key) => field(store, `train.${key}`, { disabled: off }));
  place.append(h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, field(store, "recipe.kind", { disabled: off }), about, ...Object.values(recipe), ...fields),
      more("More settings", "train-more", field(store, "train.validation_images", { disabled: off }), field(store, "train.seed", { disabled: off }), field(store, "model.seed", { disabled: off }))),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "train"), collapsed, accuracy, robust,
      h("div", { class: "charts" }, lossChart.element, accuracyChart.element), table.element)));
}
