// What an event of the engine does to the state. The only place that changes it on the engine's behalf.

/** @import { AttackingEvent, Event, Curve, Facts, Job, JobEvent, JobKind, OutcomeReport, Place, Proportion, ShelfEvent, State, TrainingEvent, ValidationEvent } from "./types.js" */
/** @import { Store } from "./store.js" */
import { emptyCurve, noFacts } from "./store.js";
import { classesAreSigns } from "../engine/assets.js";
import { meanRate } from "./rate.js";
import { engineWords } from "../words/engine-words.js";
import { percent } from "../words/format.js";
import { t } from "../words/i18n.js";

/** @type {Record<JobKind, Place>} */
export const PLACE_OF_JOB = { load: "data", train: "train", train_purifier: "purify", attack: "attack", matrix: "matrix", curve: "curve", check: "check", roc: "roc" };
/** @param {JobKind} kind @returns {string} */
export const jobName = (kind) => t(`job.${kind}`);

const MOST_POINTS = 3000;

/** @param {State} state */
export const busy = (state) => state.job !== null && (state.job.state === "running" || state.job.state === "paused");

/** Whether the picture has to stay as it is: an attack works on it. Under any other job one may look around. @param {State} state */
export const held = (state) => busy(state) && state.job?.job === "attack";

/** Whether the goal was met before anything was changed: then there was nothing to fool. @param {OutcomeReport} outcome */
export const metBefore = ({ goal, source, original }) => {
  const read = original.top[0]?.class;
  return goal.kind === "targeted" ? read === goal.class : read !== source;
};

/**
 * @param {Store} store
 * @param {Event} event
 * @param {number} at when the worker sent it, in its own milliseconds
 * @param {Place | null} place panel of the command that is answered; none while a job steps
 */
export function apply(store, event, at, place) {
  const state = store.get();
  switch (event.type) {
    case "ready": {
      const { version, classes, layers, parameters, presets } = event;
      const models = [{ name: "lenet", architecture: "lenet", classes, parameters, layers, purifier: null, recipe: null }];
      store.set({ version, classes, layers, parameters, presets, shelf: { selected: "lenet", models } });
      break;
    }
    case "shelf":
      applyShelf(store, event);
      break;
    case "data": {
      const { type: _, ...data } = event;
      classesAreSigns(data.signs);
      store.set({ data, classes: data.classes });
      break;
    }
    case "loading":
      store.set({ loading: event });
      break;
    case "gallery":
      store.set({ gallery: event.signs });
      break;
    case "photo":
      store.set({ photo: event });
      break;
    case "gradients":
      store.set({ gradients: event });
      break;
    case "slice":
      store.set({ slice: event });
      break;
    case "subject":
      store.set({ gradients: null, slice: null, subject: event, purifier: event.purified != null || (state.purifier && busy(state)) });
      break;
    case "job":
      applyJob(store, event, at);
      break;
    case "training":
    case "validation":
      applyTraining(store, event, at);
      break;
    case "attacking":
      store.set({ frames: [...state.frames, event] });
      applyStep(store, event, at);
      break;
    case "outcome":
      store.set({
        outcome: event, gradients: null, slice: null,
        announcement: event.success ? t("events.the-attack-succeeded") : t("events.the-attack-did-not"),
      });
      break;
    case "measured":
      applyMeasured(store, event.accuracies, at);
      break;
    case "report": {
      const measurement = state[state.evaluating];
      if (measurement) store.set({ [state.evaluating]: { ...measurement, accuracies: event.report.cases.map(({ accuracy }) => accuracy), report: event.report, records: event.records } });
      break;
    }
    case "checks":
      if (state.checks) store.set({ checks: { ...state.checks, checks: event.checks, records: event.records } });
      break;
    case "rocs":
      store.set({ rocs: { model: state.shelf.selected, config: event.config, curves: event.curves } });
      break;
    case "error": {
      const where = place ?? (state.job ? PLACE_OF_JOB[state.job.job] : "page");
      store.set({ messages: { ...state.messages, [where]: { place: where, code: event.code, message: () => engineWords(event) } } });
      break;
    }
    case "file":
    case "part":
    case "benchmarked":
      break;
  }
}

/** Iterations of an attack, counted from its rounds. @param {Store} store @param {AttackingEvent} event @param {number} at */
function applyStep(store, { round, iteration }, at) {
  const { job, settings } = store.get();
  if (!job || job.job !== "attack" || job.state !== "running") return;
  const name = String(settings["attack.kind"]);
  const steps = Number(settings[`${name}.steps`] ?? 0);
  // The members of the ensemble: APGD, targeted APGD, Square. The second does not tell which sign it aims at.
  const before = name === "ensemble" ? [0, steps, steps * (1 + Number(settings["ensemble.targets"]))][round - 1] ?? 0 : (round - 1) * steps;
  const done = Math.min(job.total, before + iteration);
  if (done > job.done) progress(store, done, job.total, at, 1);
}

/** What the page remembers of the selected model. @param {State} state @returns {Facts} */
export const factsOf = ({ trained, validated, robust, collapsed, curves }) => ({ trained, validated, robust, collapsed, curves });

/** The shelf as it is now; what is remembered of the selected model goes with it. @param {Store} store @param {ShelfEvent} event */
function applyShelf(store, { selected, models }) {
  const state = store.get();
  const now = models.find(({ name }) => name === selected);
  /** @type {Partial<State>} */
  const patch = { shelf: { selected, models }, purifier: now?.purifier != null, layers: now?.layers ?? state.layers, parameters: now?.parameters ?? state.parameters };
  if (state.shelf.selected !== selected) {
    const facts = { ...state.facts, [state.shelf.selected]: factsOf(state) };
    const known = facts[selected] ?? noFacts();
    delete facts[selected];
    for (const name of Object.keys(facts)) if (!models.some((model) => model.name === name)) delete facts[name];
    Object.assign(patch, { facts, ...known, outcome: null, frames: [], job: null, jobs: {} });
  }
  store.set(patch);
}

/** Accuracies so far; how much of the work that is, counts other engines' shares too. @param {Store} store @param {(Proportion | null | undefined)[]} accuracies @param {number} at */
function applyMeasured(store, accuracies, at) {
  const { evaluating, job, ...state } = store.get();
  const measurement = state[evaluating];
  // The checks measure too, and show their results only at the end.
  if (!job || (job.job !== evaluating && job.job !== "check")) return;
  if (measurement && job.job === evaluating) store.set({ [evaluating]: { ...measurement, accuracies } });
  const n = job.job === "check" ? 0 : measurement?.config.n ?? 0;
  if (n === 0) return;
  const seen = accuracies.reduce((sum, accuracy) => sum + (accuracy?.n ?? 0), 0);
  const done = Math.floor((job.total * seen) / (n * accuracies.length));
  if (done > job.done && job.state === "running") progress(store, done, job.total, at, 1);
}

/** @param {Store} store @param {JobEvent} event @param {number} at */
function applyJob(store, event, at) {
  const state = store.get();
  const kind = event.job === "evaluate" ? state.evaluating : event.job;
  const same = state.job !== null && state.job.job === kind && busy(state);
  /** @type {Job} */
  const job = same && state.job
    ? { ...state.job, state: event.state, done: Math.max(state.job.done, event.done), total: event.total }
    : { job: kind, state: event.state, started: at, done: event.done, total: event.total, rate: null, secondsLeft: null, epoch: 0, cancelling: false };
  if (!same || state.job?.state !== event.state) meanRate.clear();
  /** @type {Partial<State>} */
  const patch = { job };
  const name = jobName(kind);
  const ended = event.state === "finished" || event.state === "cancelled" || event.state === "failed";
  if (ended) {
    job.secondsLeft = null;
    job.cancelling = false;
    if (event.job === "train" && job.done > 0) patch.trained = true;
    if (event.job === "train_purifier" && job.done > 0) patch.purifier = true;
    if (event.state === "finished" && event.total > 0) job.done = job.total;
        if (event.job !== "attack" || event.state !== "finished") patch.announcement = t(`events.${event.state}`, name);
  } else if (event.state !== state.job?.state || !same) {
    patch.announcement = event.state === "paused" ? t("events.paused", name) : t("events.running", name);
  }
  store.set(patch);
  if (event.state === "running" && same) progress(store, job.done, event.total, at, 1);
}

/** @param {Store} store @param {number} done @param {number} total @param {number} at @param {number} imagesPerStep */
function progress(store, done, total, at, imagesPerStep) {
  const { job } = store.get();
  if (!job) return;
  const perSecond = meanRate.add(at, done);
  const training = job.job === "train" || job.job === "train_purifier";
  store.set({ job: {
    ...job, done, total,
    rate: perSecond === null || (training && imagesPerStep === 1) ? job.rate : perSecond * imagesPerStep,
    secondsLeft: perSecond === null ? job.secondsLeft : Math.max(0, (total - done) / perSecond),
  } });
}

/** @param {Store} store @param {TrainingEvent | ValidationEvent} event @param {number} at */
function applyTraining(store, event, at) {
  const state = store.get();
  if (event.job !== "train" && event.job !== "train_purifier") return;
  const curve = state.curves[event.job];
  const x = curve.offset + event.epoch;
  const i = rowAt(curve, x);
  if (event.type === "training") {
    curve.loss[i] = event.loss;
    curve.accuracy[i] = event.accuracy ?? null;
    progress(store, event.step, event.steps, at, event.images / Math.max(1, event.step));
    const job = store.get().job;
    if (job) store.set({ job: { ...job, epoch: event.epoch } });
  } else {
    curve.validationLoss[i] = event.loss;
    curve.validationAccuracy[i] = event.accuracy.value;
    curve.attacked[i] = event.attacked?.value ?? event.robust?.value ?? null;
    curve.purifiedClean[i] = event.purified_clean?.value ?? null;
    const row = { ...event, x, trainingLoss: lastOf(curve.loss), trainingAccuracy: lastOf(curve.accuracy) };
    curve.rows = [...curve.rows, row];
    store.set({
      announcement: event.job === "train"
        ? t("events.epoch-right-on-new", event.epoch.toFixed(0), percent(event.accuracy.value), event.collapsed ? t("events.its-robustness-collapsed") : "")
        : t("events.epoch-right-on-purified", event.epoch.toFixed(0), percent(event.accuracy.value)),
      ...(event.job === "train" ? { validated: event.accuracy, robust: event.robust ?? null, collapsed: event.collapsed } : {}),
    });
  }
  thin(curve);
  store.set({ curves: { ...store.get().curves, [event.job]: { ...curve } } });
}

/** @param {(number | null)[]} values @returns {number | null} */
function lastOf(values) {
  for (let i = values.length - 1; i >= 0; i -= 1) {
    const value = values[i];
    if (value != null) return value;
  }
  return null;
}

/** @param {Curve} curve */
const columns = (curve) => [curve.loss, curve.validationLoss, curve.accuracy, curve.validationAccuracy, curve.attacked, curve.purifiedClean];

/** Row of the charts for this epoch; a new one at the end unless the last is the same. @param {Curve} curve @param {number} x */
function rowAt(curve, x) {
  const last = curve.x.length - 1;
  if (last >= 0 && x - (curve.x[last] ?? 0) < 1e-6) return last;
  curve.x.push(x);
  for (const column of columns(curve)) column.push(null);
  return curve.x.length - 1;
}

/** Drops every other point between validations when there are too many to draw. @param {Curve} curve */
function thin(curve) {
  if (curve.x.length <= MOST_POINTS) return;
  const keep = curve.x.map((_, i) => i % 2 === 1 || curve.validationLoss[i] !== null || i === curve.x.length - 1);
  for (const column of [curve.x, ...columns(curve)]) {
    const kept = column.filter((_, i) => keep[i]);
    column.length = 0;
    for (const value of kept) /** @type {(number | null)[]} */ (column).push(value);
  }
}

/** A training run begins: its curve goes on where the last one ended. @param {Store} store @param {"train" | "train_purifier"} job */
export function continueCurve(store, job) {
  const { curves } = store.get();
  const curve = curves[job];
  store.set({ curves: { ...curves, [job]: { ...curve, offset: curve.x.at(-1) ?? 0 } } });
}

/** @param {Store} store @param {("train" | "train_purifier")[]} jobs */
export function clearCurves(store, jobs) {
  const curves = { ...store.get().curves };
  for (const job of jobs) curves[job] = emptyCurve();
  store.set({ curves });
}
