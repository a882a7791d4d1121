// Training of the classifier: settings, controls, live curves.

/** @import { App } from "./app.js" */
/** @import { State } from "../state/types.js" */
import { busy } from "../state/events.js";
import { dataTable, liveChart } from "../lib/charts.js";
import { ask } from "../lib/dialog.js";
import { button, h, text } from "../lib/dom.js";
import { field, more } from "../lib/fields.js";
import { percent, short } from "../lib/format.js";
import { errorSlot } from "../lib/messages.js";
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
      title: "Start over?", text: "The network forgets what it has learned, and so does the purifier.", yes: "Forget it",
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

  const lossChart = liveChart({ title: "Loss", testid: "train-loss-chart", lines: [
    { label: "training", color: "--blue", shape: "line" }, { label: "validation", color: "--ink", shape: "points" }] });
  const accuracyChart = liveChart({ title: "Accuracy", testid: "train-accuracy-chart", percent: true, lines: [
    { label: "training", color: "--blue", shape: "line" }, { label: "validation", color: "--ink", shape: "points" }] });
  const table = dataTable("The training curves as a table", "train-table", ["Epoch", "Training loss", "Training accuracy", "Validation loss", "Validation accuracy"]);
  store.watch((state) => [state.curves.train], (curve) => {
    lossChart.show(curve.x, curve.loss, curve.validationLoss);
    accuracyChart.show(curve.x, curve.accuracy, curve.validationAccuracy);
    table.show(curve.rows.map((row) => [short(row.x), row.trainingLoss === null ? "–" : short(row.trainingLoss), row.trainingAccuracy === null ? "–" : percent(row.trainingAccuracy), short(row.loss), percent(row.accuracy.value)]));
  });

  const fields = ["epochs", "images_per_epoch", "batch_size", "learning_rate"].map((key) => field(store, `train.${key}`, { disabled: off }));
  place.append(h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, ...fields),
      more("More settings", "train-more", field(store, "train.validation_images", { disabled: off }), field(store, "train.seed", { disabled: off }), field(store, "model.seed", { disabled: off }))),
    h("div", { class: "panel-main" }, job.buttons, job.progress, errorSlot(store, "train"), accuracy,
      h("div", { class: "charts" }, lossChart.element, accuracyChart.element), table.element)));
}
