// One state, in one signal. Components read the signal; other code is told after each change, in the next frame.

import { signal } from "@preact/signals";
import { SILENCE } from "../words/say.js";
import { defaults } from "./schema.js";
import type { Curve, Facts, State } from "./types.js";

export const emptyCurve = (): Curve => ({
  x: [], loss: [], validationLoss: [], accuracy: [], validationAccuracy: [], attacked: [], purifiedClean: [], rows: [], offset: 0,
});

/** Of a model that nothing has been done to. */
export const noFacts = (): Facts => ({
  trained: false, validated: null, robust: null, collapsed: false, recipe: null, curves: { train: emptyCurve(), train_purifier: emptyCurve() },
});

export const noQuiz = (): State["quiz"] => ({ before: { answers: {}, done: false }, after: { answers: {}, done: false } });

type Session =
  | "data" | "dataFiles" | "dataOptions" | "unread" | "loading" | "gallery" | "subject" | "subjectName" | "photo" | "photoName" | "job" | "jobs" | "models"
  | "selected" | "madeOn" | "frames"
  | "outcome" | "gradients" | "slice" | "photos" | "shipped" | "seeking" | "compared" | "transfer" | "reference" | "matrix" | "curve" | "checks" | "rocs"
  | "sticking" | "areas"
  | "engines" | "messages";

/** What is lost when the engine is started anew. */
export const freshSession = (): Pick<State, Session> => ({
  data: null, dataFiles: [], dataOptions: null, unread: [], loading: null, gallery: [], subject: null, subjectName: SILENCE, photo: null, photoName: "",
  job: null, jobs: {}, models: new Map(), selected: "", madeOn: "", frames: [], outcome: null, gradients: null, slice: null, photos: [],
  shipped: false, seeking: false, compared: [], transfer: "", reference: "", matrix: null, curve: null, checks: null, rocs: null, sticking: null, areas: null,
  engines: null, messages: {},
});

export const initialState = (): State => ({
  settings: defaults(),
  device: { choice: "auto", phase: "starting", kind: null, adapter: null, reason: SILENCE, test: null },
  version: "", classes: [], presets: [], crash: null, gathering: null, resumable: null, otherResumables: [], notes: [], announcement: SILENCE, place: "start",
  imported: null, painted: null,
  predictions: {}, lesson: {}, quiz: noQuiz(), museum: {},
  kept: { revision: 0, trouble: null, failures: [], taken: null, elsewhere: false },
  offline: { phase: "none", reason: SILENCE },
  ...freshSession(),
});

export type Store = ReturnType<typeof createStore>;

/** Calls `work` soon: in the next frame, or where there is none (a hidden tab gets none, and one that is hidden later loses it) a moment later. */
function soon(work: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    work();
  };
  if (typeof requestAnimationFrame === "function") requestAnimationFrame(once);
  setTimeout(once, 100);
}

/** `failed` is told of what a listener throws; the others are called all the same. */
export function createStore(initial: State, failed: (error: unknown) => void = (error) => queueMicrotask(() => { throw error; })) {
  const state = signal(initial);
  let scheduled = false;
  const listeners = new Set<(state: State) => void>();

  function guarded(work: () => void) {
    try {
      work();
    } catch (error) {
      failed(error);
    }
  }
  function flush() {
    scheduled = false;
    for (const listener of listeners) guarded(() => listener(state.value));
  }
  function change(next: State) {
    state.value = next;
    if (scheduled) return;
    scheduled = true;
    soon(flush);
  }

  return {
    state,
    get: (): State => state.peek(),
    set(patch: Partial<State>) {
      const next = { ...state.peek(), ...patch };
      if (patch.job) next.jobs = { ...next.jobs, [patch.job.job]: patch.job };
      change(next);
    },
    /** Takes the state that a function makes of the present one. */
    update(step: (state: State) => State) {
      const next = step(state.peek());
      if (next !== state.peek()) change(next);
    },
    setting(key: string, value: number | string | boolean) {
      const now = state.peek();
      if (now.settings[key] !== value) change({ ...now, settings: { ...now.settings, [key]: value } });
    },
    /** Calls `listen` after every change, whatever views there are; what it returns ends that. */
    always(listen: (state: State) => void): () => void {
      listeners.add(listen);
      return () => { listeners.delete(listen); };
    },
  };
}
