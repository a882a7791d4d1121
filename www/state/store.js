// One state object. Views watch a part of it and are called in the next frame after that part has changed.

/** @import { Curve, Facts, State } from "./types.js" */
import { defaults } from "./schema.js";

/** @returns {Curve} */
export const emptyCurve = () => ({
  x: [], loss: [], validationLoss: [], accuracy: [], validationAccuracy: [], attacked: [], purifiedClean: [], rows: [], offset: 0,
});

/** Of a model that nothing has been done to. @returns {Facts} */
export const noFacts = () => ({
  trained: false, validated: null, robust: null, collapsed: false, curves: { train: emptyCurve(), train_purifier: emptyCurve() },
});

/** What is lost when the engine is started anew. @returns {Partial<State>} */
export const freshSession = () => ({
  data: null, dataFiles: [], loading: null, gallery: [], subject: null, subjectName: () => "", photo: null, photoName: "", job: null, jobs: {},
  shelf: { selected: "", models: [] }, facts: {}, ...noFacts(), purifier: false,
  madeOn: "", frames: [], outcome: null, gradients: null, slice: null, photos: [], shipped: false, seeking: false, compared: [], transfer: "", reference: "",
  evaluating: "matrix", matrix: null, curve: null, checks: null, rocs: null, engines: null, messages: {},
});

/** @returns {State} */
export function initialState() {
  return /** @type {State} */ ({
    settings: defaults(),
    device: { choice: "auto", phase: "starting", kind: null, adapter: null, reason: () => "", test: null },
    version: "", classes: [], layers: [], parameters: 0, presets: [],
    crash: null, notes: [], announcement: "", place: "start", imported: null, predictions: {}, lesson: {}, museum: {},
    kept: { revision: 0, trouble: null, failures: [] }, offline: { phase: "none", reason: () => "" },
    ...freshSession(),
  });
}

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {State} initial */
export function createStore(initial) {
  let state = initial;
  let scheduled = false;
  /** @type {(() => void)[]} */
  let watchers = [];
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();

  function flush() {
    scheduled = false;
    for (const listener of listeners) listener(state);
    for (const watcher of watchers) watcher();
  }
  function schedule() {
    if (scheduled) return;
    scheduled = true;
    // A hidden tab gets no frames, yet the page has to be right when it comes back.
    if (document.visibilityState === "hidden") setTimeout(flush, 100);
    else requestAnimationFrame(flush);
  }

  return {
    get: () => state,
    /** @param {Partial<State>} patch */
    set(patch) {
      state = { ...state, ...patch };
      if (patch.job) state.jobs = { ...state.jobs, [patch.job.job]: patch.job };
      schedule();
    },
    /** Puts all watchers away: their views are built anew. */
    forget() {
      watchers = [];
    },
    /** Calls `listen` after every change, whatever views there are. @param {(state: State) => void} listen @returns {() => void} ends that */
    always(listen) {
      listeners.add(listen);
      return () => { listeners.delete(listen); };
    },
    /** @param {string} key @param {number | string | boolean} value */
    setting(key, value) {
      if (state.settings[key] === value) return;
      state = { ...state, settings: { ...state.settings, [key]: value } };
      schedule();
    },
    /**
     * Calls `show` now and whenever one of the picked values has changed.
     * @template {unknown[]} T
     * @param {(state: State) => [...T]} pick
     * @param {(...values: NoInfer<T>) => void} show
     */
    watch(pick, show) {
      let last = pick(state);
      watchers.push(() => {
        const next = pick(state);
        if (next.every((value, index) => Object.is(value, last[index]))) return;
        last = next;
        show(...next);
      });
      show(...last);
    },
  };
}
