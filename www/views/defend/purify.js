// The purifier: settings, training, and what it does to the clean and to the attacked picture.

/** @import { App } from "../app.js" */
/** @import { Seen, State } from "../../state/types.js" */
import { busy } from "../../state/events.js";
import { tagsFor, topBars } from "../../ui/bars.js";
import { dataTable, liveChart } from "../../ui/charts.js";
import { h, show, text } from "../../ui/dom.js";
import { field, more } from "../../ui/fields.js";
import { percent, short } from "../../words/format.js";
import { errorSlot } from "../../ui/messages.js";
import { paint, paintDifference, pixelCanvas } from "../../ui/pixels.js";
import { jobControls, jobWords } from "../shared/job.js";
import { presetPanel } from "../shared/preset.js";
import { t } from "../../words/i18n.js";

/** @param {State} state */
const off = (state) => busy(state);

/** @param {string} title @param {string} testid @param {string} tone */
function card(title, testid, tone) {
  const canvas = pixelCanvas(title, `${testid}-canvas`);
  const bars = topBars(t("purify.answer", title), `${testid}-top`);
  return {
    element: h("figure", { class: `figure figure-${tone}`, testid }, h("figcaption", {}, title), h("div", { class: "frame" }, canvas), h("div", { class: "figure-under" }, bars.element)),
    /** @param {Seen | null | undefined} seen @param {string[]} classes @param {ReturnType<typeof tagsFor>} tags */
    show(seen, classes, tags) {
      paint(canvas, seen?.picture);
      bars.show(seen?.top, classes, tags);
    },
  };
}

/** @param {HTMLElement} place @param {App} app */
export function mountPurify(place, app) {
  const { store, actions } = app;
  const job = jobControls(app, {
    job: "train_purifier", prefix: "purify", pausable: true,
    label: (state) => (state.purifier ? t("purify.train-it-anew") : t("purify.train-the-purifier")),
    allowed: (state) => state.trained, start: () => actions.trainPurifier(),
    detail(state) {
      const mine = state.jobs.train_purifier;
      if (mine) return mine.state === "running" || mine.state === "paused" ? t("purify.epoch-of", mine.epoch.toFixed(1), state.settings["purifier.epochs"] ?? 0) : jobWords(state, "train_purifier", "");
      return state.trained ? t("purify.no-purifier-yet") : t("purify.train-the-network-first");
    },
  });

  const loss = liveChart({ title: t("purify.loss"), testid: "purify-loss-chart", lines: [
    { label: t("word.training"), color: "--blue", shape: "line" }, { label: t("word.validation"), color: "--ink", shape: "points" }] });
  const accuracy = liveChart({ title: t("purify.signs-read-correctly"), testid: "purify-accuracy-chart", percent: true, lines: [
    { label: t("purify.attacked-purified"), color: "--green", shape: "points" },
    { label: t("word.attacked"), color: "--red", shape: "points" },
    { label: t("purify.clean-purified"), color: "--ink", shape: "points" }] });
  const table = dataTable(t("purify.the-purifier-s-curves"), "purify-table", [t("purify.epoch"), t("purify.training-loss"), t("purify.validation-loss"), t("purify.attacked"), t("purify.attacked-purified-2"), t("purify.clean-purified-2")]);
  const headline = h("p", { class: "headline" });
  const value = h("strong", { testid: "purify-accuracy" });
  const words = h("span");
  headline.append(value, words);
  store.watch((state) => [state.curves.train_purifier], (curve) => {
    loss.show(curve.x, curve.loss, curve.validationLoss);
    accuracy.show(curve.x, curve.validationAccuracy, curve.attacked, curve.purifiedClean);
    table.show(curve.rows.map((row) => [short(row.x), row.trainingLoss === null ? "–" : short(row.trainingLoss), short(row.loss),
      row.attacked ? percent(row.attacked.value) : "–", percent(row.accuracy.value), row.purified_clean ? percent(row.purified_clean.value) : "–"]));
    const last = curve.rows.at(-1);
    text(value, last ? percent(last.accuracy.value) : "–");
    value.dataset["value"] = last ? String(last.accuracy.value) : "";
    text(words, last ? t("purify.of-attacked-signs-are", last.accuracy.n, last.attacked ? t("purify.without-it", percent(last.attacked.value)) : "")
      : t("purify.of-attacked-signs-read"));
  });

  const clean = card(t("purify.clean"), "purify-clean", "original");
  const cleanAfter = card(t("purify.clean-purified-2"), "purify-clean-after", "purified");
  const hit = card(t("purify.attacked"), "purify-attacked", "attacked");
  const hitAfter = card(t("purify.attacked-purified-2"), "purify-attacked-after", "purified");
  const gain = Number(store.get().settings["view.gain"]);
  const added = pixelCanvas(t("purify.added"), "purify-added");
  const removed = pixelCanvas(t("purify.removed"), "purify-removed");
  const rest = pixelCanvas(t("purify.rest"), "purify-rest");
  const differences = h("div", { class: "differences", testid: "purify-differences" }, ...[
    [added, "purify.added"], [removed, "purify.removed"], [rest, "purify.rest"],
  ].map(([canvas, key]) => h("figure", { class: "figure" }, h("div", { class: "frame" }, /** @type {HTMLCanvasElement} */ (canvas)), h("figcaption", {}, t(String(key))))));
  const hint = h("p", { class: "fine", testid: "purify-hint" });
  const pairs = h("div", { class: "pairs" },
    h("div", { class: "pair" }, clean.element, h("span", { class: "arrow", attrs: { "aria-hidden": true } }, "→"), cleanAfter.element),
    h("div", { class: "pair" }, hit.element, h("span", { class: "arrow", attrs: { "aria-hidden": true } }, "→"), hitAfter.element));
  store.watch((state) => [state.subject, state.outcome, state.classes, state.purifier], (subject, outcome, classes, purifier) => {
    const target = outcome?.goal.kind === "targeted" ? outcome.goal.class : null;
    const tags = tagsFor(outcome ? outcome.source : subject?.label, { target, photo: subject?.label == null });
    clean.show(outcome?.original ?? subject?.seen, classes, tags);
    cleanAfter.show(outcome?.purified_original ?? subject?.purified, classes, tags);
    hit.show(outcome?.adversarial, classes, tags);
    hitAfter.show(outcome?.purified_adversarial, classes, tags);
    paintDifference(added, outcome?.original.picture, outcome?.adversarial.picture, gain);
    paintDifference(removed, outcome?.adversarial.picture, outcome?.purified_adversarial?.picture, gain);
    paintDifference(rest, outcome?.original.picture, outcome?.purified_adversarial?.picture, gain);
    show(differences, outcome?.purified_adversarial != null);
    const missing = !purifier ? t("purify.empty-places-fill-when") : !outcome ? t("purify.attack-the-picture-to")
      : !outcome.purified_adversarial ? t("purify.the-attack-is-older") : "";
    text(hint, missing);
    show(hint, missing !== "");
  });

  const notebook = h("p", { class: "notice", testid: "purifier-notebook" }, t("purify.the-notebook-s-network"));
  const fails = h("p", { class: "notice", testid: "purifier-fails" }, t("purify.with-this-the-purifier"));
  const width = field(store, "purifier.width", { disabled: off });
  store.watch((state) => [state.settings["purifier.size"], state.settings["purifier.clean_to_clean"], state.settings["purifier.full_skip"]], (size, copies, skips) => {
    show(notebook, size === "notebook");
    show(width, size === "browser");
    show(fails, copies === true || skips === true);
  });

  /** @param {string[]} keys */
  const fields = (keys) => keys.map((key) => field(store, `purifier.${key}`, { disabled: off }));
  place.append(h("h2", { attrs: { id: "purifier", tabindex: -1 } }, t("defend.purifier")), h("div", { class: "panel-grid" },
    h("div", { class: "panel-controls" }, h("div", { class: "fields" }, ...fields(["epochs", "images_per_epoch", "size"]), width, ...fields(["noise", "epsilon", "guide", "label_guide"])),
      more(t("purify.more-settings"), "purify-more", ...fields(["batch_size", "learning_rate", "validation_images", "seed", "clean_to_clean", "full_skip"])),
      presetPanel(app, "purifier")),
    h("div", { class: "panel-main" }, notebook, fails, job.buttons, job.progress, errorSlot(store, "purify"), headline,
      h("div", { class: "charts" }, loss.element, accuracy.element), table.element,
      h("div", { class: "before-after" }, h("h3", {}, t("purify.before-and-after")), hint, pairs, differences))));
}
