// What is said by the engine, and asked of it, does to the state: a pure function. What it does beside that (to the storage, to
// waiting flows) is elsewhere.

import { words, type Words } from "../words/say.js";
import { cutAt, goingOn, withTraining, withValidation } from "./curves.js";
import { busy, facts, nameOfJob } from "./select.js";
import { emptyCurve, noFacts } from "./store.js";
import type {
  Command, Event, Facts, Job, JobEvent, JobKind, Message, Model, ModelInfo, Place, Position, Proportion, ShelfEvent, State, Training, TrainingEvent,
  ValidationEvent,
} from "./types.js";

export type Action =
  /** A command is sent that begins a job. `at`: milliseconds since 1970. */
  | { type: "asked"; id: number; kind: JobKind; command: Command; place: Place | null; at: number; from?: Position }
  /** The command that was to begin a job has not begun one: what was taken for done with it is as it was. */
  | { type: "refused"; id: number; before: Before }
  /** The engine says something: `job` is the id of the job that it belongs to, `place` the panel of the command that it answers; `at`: its milliseconds. */
  | { type: "event"; event: Event; job: number | null; at: number; place: Place | null };

/** What changes as soon as a job is asked for; the facts are the selected model's. */
export interface Before extends Pick<State, "job" | "jobs" | "selected"> { facts: Facts }
export const beforeOf = (state: State): Before => ({ job: state.job, jobs: state.jobs, selected: state.selected, facts: facts(state) });

const RATE_MS = { window: 4000, least: 250 };

export function reduce(state: State, action: Action): State {
  if (action.type === "asked") return asked(state, action);
  if (action.type === "refused") return state.job?.id === action.id && !state.job.begun ? refused(state, action.before) : state;
  return heard(state, action);
}

/** What is known of the selected model becomes something else. */
export function withFacts(state: State, patch: Partial<Facts>, name = state.selected): State {
  const model = state.models.get(name);
  if (!model) return state;
  const models = new Map(state.models);
  models.set(name, { ...model, facts: { ...model.facts, ...patch } });
  return { ...state, models };
}

function withInfo(state: State, patch: Partial<ModelInfo>): State {
  const model = state.models.get(state.selected);
  if (!model) return state;
  return { ...state, models: new Map(state.models).set(state.selected, { ...model, info: { ...model.info, ...patch } }) };
}

const withJob = (state: State, job: Job): State => ({ ...state, job, jobs: { ...state.jobs, [job.job]: job } });
const withMessage = (state: State, message: Message): State => ({ ...state, messages: { ...state.messages, [message.place]: message } });

/** What came of an attack. */
export const outcomeWords = ({ success }: { success: boolean }): Words => words(success ? "events.the-attack-succeeded" : "events.the-attack-did-not");

/**
 * Says something to people who do not see the page. Of the attacks of a series, or of several stickers, each beginning and each end would be said; what comes
 * of all of them is said by whoever has begun the series.
 */
const told = (state: State, announcement: Words): State =>
  (state.seeking || state.job?.job === "area" || (state.job?.job === "attack" && state.job.place === "lesson") ? state : { ...state, announcement });

/** Something went wrong before the engine was asked. */
export const complained = (state: State, message: Message): State => withMessage(state, message);

const refused = (state: State, { job, jobs, selected, facts: known }: Before): State => withFacts({ ...state, job, jobs }, known, selected);

function asked(state: State, { id, kind, command, place, at, from }: Extract<Action, { type: "asked" }>): State {
  const job: Job = {
    id, job: kind, command, place, state: "running", started: at, done: 0, total: 0, rate: null, secondsLeft: null, epoch: from?.epoch ?? 0,
    cancelling: false, begun: false, samples: [],
  };
  const { curves } = facts(state);
  const next = withJob(state, job);
  if (command.type === "train") {
    const { recipe } = command.config;
    return withFacts({ ...next, outcome: null, frames: [] }, { collapsed: false, recipe, curves: { ...curves, train: goingOn(curves.train) } });
  }
  if (command.type === "train_purifier") return withFacts(next, { curves: { ...curves, train_purifier: emptyCurve() } });
  // A model that is not there yet comes back without a curve, and the selected one keeps its own.
  if (from && from.model === state.selected && (kind === "train" || kind === "train_purifier")) {
    return withFacts(next, { curves: { ...curves, [kind]: cutAt({ ...curves[kind], offset: from.offset ?? curves[kind].offset }, from.epoch) } });
  }
  if (command.type === "attack") return { ...next, outcome: null, frames: [] };
  return next;
}

function heard(state: State, { event, job, at, place }: Extract<Action, { type: "event" }>): State {
  switch (event.type) {
    case "ready": {
      const { version, classes, presets, layers, parameters } = event;
      const info: ModelInfo = { name: "lenet", architecture: "lenet", classes, parameters, layers, purifier: null, recipe: null };
      return { ...state, version, classes, presets, selected: info.name, models: new Map([[info.name, { info, facts: noFacts() }]]) };
    }
    case "shelf":
      return shelved(state, event);
    case "data": {
      const { type: _, ...data } = event;
      return { ...state, data, classes: data.classes };
    }
    case "loading":
      return { ...state, loading: event };
    case "gallery":
      return { ...state, gallery: event.signs };
    case "photo":
      return { ...state, photo: event };
    case "gradients":
      return { ...state, gradients: event };
    case "slice":
      return { ...state, slice: event };
    case "subject": {
      const next = { ...state, gradients: null, slice: null, subject: event };
      // A purifier that is being trained is on the shelf from its first validation on; the shelf says so at the end.
      return event.purified != null && state.models.get(state.selected)?.info.purifier == null ? withInfo(next, { purifier: 0 }) : next;
    }
    case "job":
      return state.job && state.job.id === job ? worked(state, state.job, event, at) : state;
    case "training":
      return event.kind === "train" || event.kind === "train_purifier" ? trained(state, event.kind, event, at) : state;
    case "validation":
      return event.kind === "train" || event.kind === "train_purifier" ? validated(state, event.kind, event) : state;
    case "attacking":
      return { ...state, frames: [...state.frames, event] };
    case "outcome":
      return told({ ...state, outcome: event, gradients: null, slice: null }, outcomeWords(event));
    case "measured":
      return measured(state, event.accuracies, at);
    case "report": {
      const which = state.job?.job;
      const measurement = which === "matrix" || which === "curve" ? state[which] : null;
      if (!measurement || (which !== "matrix" && which !== "curve")) return state;
      const { report, records } = event;
      return { ...state, [which]: { ...measurement, accuracies: report.cases.map(({ accuracy }) => accuracy), report, records } };
    }
    case "checks":
      return state.checks ? { ...state, checks: { ...state.checks, checks: event.checks, note: event.note ?? null, records: event.records } } : state;
    case "rocs":
      return { ...state, rocs: { model: state.selected, config: event.config, curves: event.curves, note: event.note ?? null } };
    case "sticking":
      return state.sticking && state.job?.job === "sticker" ? { ...state, sticking: { ...state.sticking, frame: event } } : state;
    case "stuck": {
      const { type: _, ...report } = event;
      // Those of several areas are for whoever asked, and leave the one that is looked at as it is.
      if (state.job?.job !== "sticker") return state;
      const { frame = null, hand = null } = state.sticking ?? {};
      return { ...state, sticking: { model: report.model, frame, report, hand } };
    }
    case "error": {
      const where = place ?? state.job?.place ?? "page";
      return withMessage(state, { place: where, code: event.code, message: { engine: event } });
    }
    default:
      // Files, parts and checkpoints are for whoever asked.
      return state;
  }
}

/** The shelf as it is now; what is known of a model stays as long as its name does. */
function shelved(state: State, { selected, models: infos }: ShelfEvent): State {
  const models = new Map<string, Model>();
  for (const info of infos) {
    const facts = state.models.get(info.name)?.facts ?? noFacts();
    models.set(info.name, { info, facts: info.recipe ? { ...facts, recipe: info.recipe } : facts });
  }
  const next = { ...state, models, selected };
  if (selected === state.selected) return next;
  // What is being done now goes on, and data that were opened are no model's.
  const { load } = state.jobs;
  const job = state.job && (busy(state) || state.job.job === "load") ? state.job : null;
  return { ...next, outcome: null, frames: [], job, jobs: { ...(load ? { load } : {}), ...(job ? { [job.job]: job } : {}) } };
}

/** Accuracies so far; how much of the work that is, counts other engines' shares too. */
function measured(state: State, accuracies: (Proportion | null | undefined)[], at: number): State {
  const { job } = state;
  // The checks measure too, and show their results only at the end.
  if (!job || (job.job !== "matrix" && job.job !== "curve")) return state;
  const measurement = state[job.job];
  if (!measurement) return state;
  const next = { ...state, [job.job]: { ...measurement, accuracies } };
  const seen = accuracies.reduce((sum, accuracy) => sum + (accuracy?.n ?? 0), 0);
  // As many are measured as there are.
  const { split, n } = measurement.config;
  const there = state.data?.set?.splits.find((one) => one.split === split)?.n ?? n;
  const done = Math.min(job.total, Math.floor((job.total * seen) / (Math.min(n, there) * accuracies.length)));
  return done > job.done && job.state === "running" ? withJob(next, progressed(job, done, job.total, at, 1)) : next;
}

function worked(state: State, job: Job, event: JobEvent, at: number): State {
  const ended = event.state === "finished" || event.state === "cancelled" || event.state === "failed";
  const done = event.state === "finished" && event.total > 0 ? event.total : Math.max(job.done, event.done);
  const changed = event.state !== job.state || !job.begun;
  let next: Job = { ...job, begun: true, state: event.state, done, total: event.total, samples: changed ? [] : job.samples };
  if (ended) next = { ...next, secondsLeft: null, cancelling: false };
  else if (event.state === "running" && !changed) next = progressed(next, done, event.total, at, 1);
  const after = withJob(state, next);
  if (ended) {
    const said = event.state === "finished" ? finished(after, job) : { ...after, announcement: words(`events.${event.state}`, nameOfJob(job.job)) };
    return job.job === "train" && done > 0 ? withFacts(said, { trained: true }) : said;
  }
  return changed ? told(after, words(event.state === "paused" ? "events.paused" : "events.running", nameOfJob(job.job))) : after;
}

/** Of an attack its outcome is said, not that it has ended. */
const finished = (state: State, { job }: Job): State => (job === "attack" ? state : told(state, words("events.finished", nameOfJob(job))));

/** How fast a job is, from the times at which its events were sent. */
function progressed(job: Job, done: number, total: number, at: number, imagesPerStep: number): Job {
  const samples = [...job.samples, { at, done }];
  while (samples.length > 2 && at - (samples[0]?.at ?? at) > RATE_MS.window) samples.shift();
  const [first] = samples;
  const perSecond = !first || at - first.at < RATE_MS.least || done <= first.done ? null : ((done - first.done) * 1000) / (at - first.at);
  const training = job.job === "train" || job.job === "train_purifier";
  return {
    ...job, samples, done, total,
    rate: perSecond === null || (training && imagesPerStep === 1) ? job.rate : perSecond * imagesPerStep,
    secondsLeft: perSecond === null ? job.secondsLeft : Math.max(0, (total - done) / perSecond),
  };
}

function trained(state: State, kind: Training, event: TrainingEvent, at: number): State {
  const { curves } = facts(state);
  const next = withFacts(state, { curves: { ...curves, [kind]: withTraining(curves[kind], event) } });
  if (!next.job || next.job.job !== kind || !busy(next)) return next;
  return withJob(next, { ...progressed(next.job, event.step, event.steps, at, event.images / Math.max(1, event.step)), epoch: event.epoch });
}

function validated(state: State, kind: Training, event: ValidationEvent): State {
  const { curves } = facts(state);
  const next = withFacts(state, {
    curves: { ...curves, [kind]: withValidation(curves[kind], event) },
    ...(kind === "train" ? { validated: event.accuracy, robust: event.robust ?? null, collapsed: event.collapsed } : {}),
  });
  const share = words(kind === "train" ? "events.epoch-right-on-new" : "events.epoch-right-on-purified", event.epoch.toFixed(0),
    { percent: event.accuracy.value }, "");
  return { ...next, announcement: event.collapsed ? { all: [share, words("events.its-robustness-collapsed")] } : share };
}
