// Several engines for one evaluation: the first, which the rest of the page speaks to, reports; further ones on the CPU take
// every k-th chunk of images and hand it what they find. Each holds its own copy of the models; no memory is shared.

/** @import { Command, Event, EvaluationConfig, FileEvent, Place, Words } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Client, FromWorker } from "./client.js" */
import { startEngine } from "./assets.js";
import { workerFailure } from "./client.js";
import { busy } from "../state/events.js";
import { CHUNK } from "../state/commands.js";
import { engineWords } from "../words/engine-words.js";
import { clause } from "../words/format.js";
import { t } from "../words/i18n.js";

const MOST = 4;
/** Engines that have nothing to do for this long are ended. */
const IDLE_MS = 90_000;

/** A model's files, as they are handed from engine to engine. @typedef {{ name: string, classifier: FileEvent, purifier: FileEvent | null }} Files */
/** @typedef {ReturnType<typeof helper>} Helper */
/** @typedef {ReturnType<typeof createPool>} Pool */

/** One further engine. */
function helper() {
  const worker = startEngine("cpu", (failure) => fail(failure.words));
  let lastId = 0;
  let failed = false;
  /** @type {Map<number, (events: Event[]) => void>} */
  const asked = new Map();
  /** What it has: model → checksums of its files. @type {Map<string, string>} */
  const holds = new Map();
  /** @type {{ event: (event: Event) => void, failure: (words: Words) => void }} */
  const listener = { event: () => {}, failure: () => {} };
  /** @type {(value: boolean) => void} */
  let started = () => {};
  /** @type {Promise<boolean>} whether it runs */
  const ready = new Promise((resolve) => { started = resolve; });

  /** @param {Words} words */
  function fail(words) {
    if (failed) return;
    failed = true;
    worker.terminate();
    started(false);
    for (const done of asked.values()) done([]);
    asked.clear();
    listener.failure(words);
  }

  worker.addEventListener("message", ({ data }) => {
    const message = /** @type {FromWorker} */ (data);
    if (message.kind === "crash") {
      fail(() => (message.said ? engineWords(message.said) : message.message));
      return;
    }
    for (const event of message.events) {
      if (event.type === "ready") started(true);
      else if (event.type === "error") fail(() => engineWords(event));
      else listener.event(event);
    }
    if (message.id === null) return;
    asked.get(message.id)?.(message.events);
    asked.delete(message.id);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    fail(workerFailure(event));
  });

  /** @param {Command} command @returns {Promise<Event[]>} */
  const ask = (command) => new Promise((done) => {
    if (failed) {
      done([]);
      return;
    }
    lastId += 1;
    asked.set(lastId, done);
    worker.postMessage({ kind: "command", id: lastId, command });
  });

  return {
    ready, ask, listener,
    get failed() { return failed; },
    /** Hands it the models that it does not have yet. @param {Files[]} files */
    async take(files) {
      for (const { name, classifier, purifier } of files) {
        const sums = `${classifier.sha256} ${purifier?.sha256 ?? ""}`;
        if (holds.get(name) === sums) continue;
        await ask({ type: "import_model", name, bytes: classifier.bytes, architecture: null });
        if (purifier) await ask({ type: "import_model", name, bytes: purifier.bytes, architecture: null });
        holds.set(name, sums);
      }
    },
    end() {
      failed = true;
      worker.terminate();
      started(false);
      for (const done of asked.values()) done([]);
      asked.clear();
    },
  };
}

/** @param {Store} store @param {Client} client */
export function createPool(store, client) {
  /** @type {Helper[]} */
  let helpers = [];
  /** Counts evaluations: what belongs to an earlier one is dropped. */
  let turn = 0;
  let paused = false;
  let idle = 0;
  /** After a failure the first engine works alone, until the device is started anew. */
  let alone = false;

  /** @param {EvaluationConfig} config @returns {number} engines that are of use */
  function useful({ n }) {
    const { data, device, settings } = store.get();
    // A loaded data set lies in the first engine's memory only.
    if (device.kind !== "cpu" || alone || data?.set) return 1;
    const wish = settings["measure.engines"];
    const most = wish === "auto" ? Math.min(MOST, Math.max(1, navigator.hardwareConcurrency || 1)) : Number(wish);
    return Math.min(most, Math.max(1, Math.ceil(n / CHUNK)));
  }

  /** Every model that a case names, as files. @param {EvaluationConfig} config @param {Place} place @returns {Promise<Files[]>} */
  async function filesOf(config, place) {
    const names = new Set(config.cases.flatMap(({ model, source }) => (source ? [model, source] : [model])));
    const { models } = store.get().shelf;
    /** @param {string} name @param {boolean} purifier @returns {Promise<FileEvent | null>} */
    const file = async (name, purifier) => {
      const events = await client.ask({ type: "export_model", name, purifier }, place);
      return events.find((event) => event.type === "file") ?? null;
    };
    /** @type {Files[]} */
    const files = [];
    for (const name of names) {
      const classifier = await file(name, false);
      const purifier = models.find((model) => model.name === name)?.purifier != null ? await file(name, true) : null;
      if (classifier) files.push({ name, classifier, purifier });
    }
    return files;
  }

  /** Whether evaluation `mine` still runs. @param {number} mine */
  function runs(mine) {
    const state = store.get();
    return mine === turn && busy(state) && state.job?.job === state.evaluating;
  }

  function rest() {
    clearTimeout(idle);
    idle = setTimeout(() => (runs(turn) ? rest() : end()), IDLE_MS);
  }

  function end() {
    clearTimeout(idle);
    turn += 1;
    for (const one of helpers) one.end();
    helpers = [];
  }

  /** @param {EvaluationConfig} config @param {Place} place @param {number} mine @param {Words} words */
  function fallBack(config, place, mine, words) {
    if (!runs(mine)) return;
    end();
    alone = true;
    store.set({ engines: () => t("engines.stopped", clause(words())) });
    client.send({ type: "cancel" }, place);
    client.send({ type: "evaluate", config, share: { index: 0, of: 1 } }, place);
    if (paused) client.send({ type: "pause" }, place);
  }

  /** @param {Helper} one @param {number} index @param {number} of @param {EvaluationConfig} config @param {Files[]} files @param {Place} place @param {number} mine */
  async function share(one, index, of, config, files, place, mine) {
    one.listener.failure = (words) => fallBack(config, place, mine, words);
    one.listener.event = () => {};
    if (one.failed || !await one.ready) {
      fallBack(config, place, mine, () => t("engine.no-worker"));
      return;
    }
    // Whatever it still does belongs to an evaluation that has ended. Once it has answered, no part of that can come.
    await one.ask({ type: "cancel" });
    await one.take(files);
    one.listener.event = (event) => {
      if (event.type === "part" && runs(mine)) client.send({ type: "part", part: event.part }, place);
    };
    if (one.failed || !runs(mine)) return;
    void one.ask({ type: "evaluate", config, share: { index, of } });
    if (paused) void one.ask({ type: "pause" });
  }

  /** @param {Command} command */
  function tell(command) {
    for (const one of helpers) void one.ask(command);
  }

  return {
    /**
     * Starts an evaluation on as many engines as are of use.
     * @param {EvaluationConfig} config @param {Place} place
     */
    async evaluate(config, place) {
      turn += 1;
      const mine = turn;
      paused = false;
      clearTimeout(idle);
      const of = useful(config);
      helpers = helpers.filter((one) => !one.failed);
      while (helpers.length < of - 1) helpers.push(helper());
      const files = of > 1 ? await filesOf(config, place) : [];
      if (mine !== turn) return;
      store.set({ engines: of > 1 ? () => t("engines.share", of) : null });
      const answer = await client.ask({ type: "evaluate", config, share: { index: 0, of } }, place);
      rest();
      if (!answer.some((event) => event.type === "job") || mine !== turn) return;
      await Promise.all(helpers.slice(0, of - 1).map((one, i) => share(one, i + 1, of, config, files, place, mine)));
    },
    /** What concerns the running job concerns all engines. @param {Extract<Command, { type: "pause" | "resume" | "cancel" }>} command */
    control(command) {
      paused = command.type === "pause";
      if (command.type === "cancel") turn += 1;
      tell(command);
    },
    /** Ends all further engines; the next evaluation may start new ones. */
    reset() {
      end();
      alone = false;
    },
    end,
  };
}
