// The page's end of the worker: starts it on the right device, passes commands and events, and replaces it after a crash.

/** @import { Command, DeviceChoice, Event, Place, Probe, ReadyEvent, Said, Words } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
import { startEngine } from "./assets.js";
import { probe } from "./probe.js";
import { apply } from "../state/events.js";
import { freshSession } from "../state/store.js";
import { engineWords } from "../words/engine-words.js";
import { clause, short } from "../words/format.js";
import { t } from "../words/i18n.js";

/** @typedef {{ kind: "events", events: Event[], at: number, id: number | null } | { kind: "crash", phase: "start" | "run", said?: Said | null, code: string, message: string, log: string[] }} FromWorker */
/** As the worker reports it, with words for the person. @typedef {Extract<FromWorker, { kind: "crash" }> & { words: Words }} Failed */
/** @typedef {ReturnType<typeof createClient>} Client */

const FORGET_CRASHES_MS = 5 * 60_000;

/** What is said of a worker that ended by itself. @param {ErrorEvent} event @returns {Words} */
export const workerFailure = ({ message }) => (message ? () => message : () => t("engine.no-worker"));

/**
 * @param {Store} store
 * @param {() => void} onReady called after each start, to load the models and draw the first sign
 */
export function createClient(store, onReady) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Map<number, { command: Command, place: Place | null, done: ((events: Event[]) => void) | null }>} */
  const asked = new Map();
  /** @type {(event: Event, command: Command | null) => void} */
  let listener = () => {};
  let lastId = 0;
  /** @type {Probe | null} */
  let probed = null;
  /** @type {{ gpu: number[], cpu: number[] }} */
  const crashes = { gpu: [], cpu: [] };
  /** Crashes in a row before the first picture: then it is no use to start the same again. */
  let bootCrashes = 0;

  function end() {
    worker?.terminate();
    worker = null;
    for (const { done } of asked.values()) done?.([]);
    asked.clear();
  }

  /** @param {"gpu" | "cpu"} device @param {Words} reason */
  function launch(device, reason) {
    end();
    store.set({ ...freshSession(), device: { ...store.get().device, phase: "starting", kind: device, adapter: null, reason, test: null } });
    const mine = startEngine(device, (failure) => {
      if (worker === mine) crashed({ kind: "crash", phase: "start", ...failure, log: [] }, device);
    });
    worker = mine;
    mine.addEventListener("message", ({ data }) => {
      if (worker === mine) receive(/** @type {FromWorker} */ (data), device);
    });
    mine.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === mine) crashed({ kind: "crash", phase: store.get().device.phase === "ready" ? "run" : "start", code: "worker", message: event.message || "no message", words: workerFailure(event), log: [] }, device);
    });
  }

  /** @param {FromWorker} message @param {"gpu" | "cpu"} device */
  function receive(message, device) {
    if (message.kind === "crash") {
      crashed({ ...message, words: () => (message.said ? engineWords(message.said) : message.message) }, device);
      return;
    }
    const question = message.id === null ? null : asked.get(message.id) ?? null;
    if (message.id !== null) asked.delete(message.id);
    for (const event of message.events) {
      if (event.type === "ready" && !accept(event)) return;
      // What the page does by itself is not a person's mistake: whoever asked is told, no panel is.
      if (event.type === "error" && question && question.place === null) continue;
      apply(store, event, message.at, question?.place ?? null);
      listener(event, question?.command ?? null);
      if (event.type === "ready") onReady();
      if (event.type === "subject") bootCrashes = 0;
    }
    question?.done?.(message.events);
  }

  /** Whether the engine that reports itself may be used. @param {ReadyEvent} event */
  function accept(event) {
    const test = event.self_test;
    if (test && !test.passed) {
      launch("cpu", () => t("device.wrong-results", short(test.logits), short(test.gradient)));
      return false;
    }
    const { device } = store.get();
    store.set({ device: { ...device, phase: "ready", kind: event.device, adapter: event.adapter, test: test ?? null } });
    return true;
  }

  /** @param {Failed} crash @param {"gpu" | "cpu"} device */
  function crashed(crash, device) {
    const { version } = store.get();
    const booting = store.get().subject === null;
    if (booting) {
      bootCrashes += 1;
      // The picture asked for may be what the engine stumbles over.
      store.setting("sign.class", 14);
      store.setting("sign.seed", 1);
    }
    if (device === "gpu" && (crash.phase === "start" || (booting && bootCrashes > 1))) {
      bootCrashes = 0;
      launch("cpu", () => t("device.not-started", clause(crash.words())));
      return;
    }
    const stopped = crash.phase === "start" || (booting && bootCrashes > 1);
    if (stopped) {
      bootCrashes = 0;
      end();
      store.set({ device: { ...store.get().device, phase: "stopped", reason: () => t("device.stopped"), test: null } });
    }
    const now = Date.now();
    crashes[device] = [...crashes[device].filter((then) => now - then < FORGET_CRASHES_MS), now];
    const again = crashes[device].length;
    const name = device === "gpu" ? "WebGPU" : "CPU";
    const report = [
      `Fool the Sign ${version || "(version unknown)"}`,
      `Device: ${name} ${store.get().device.adapter?.message ?? ""}`.trim(),
      `Browser: ${navigator.userAgent}`,
      `Time: ${new Date(now).toISOString()}`,
      `Code: ${crash.code}`,
      `Message: ${crash.message}`,
      "Last log lines:",
      ...(crash.log.length ? crash.log : ["(none)"]),
    ].join("\n");

    const toCpu = device === "gpu" && again >= 2;
    if (!stopped) launch(toCpu ? "cpu" : device, toCpu ? () => t("device.stopped-twice") : store.get().device.reason);
    const next = stopped ? "stopped" : toCpu ? "to-cpu" : "afresh";
    store.set({ crash: { sentence: () => t(`crash.${next}`, device.toUpperCase(), clause(crash.words())), report, offerCpu: device === "gpu" && !toCpu } });
  }

  /** Picks the device for a choice and says why. @param {DeviceChoice} choice */
  async function start(choice) {
    store.set({ device: { ...store.get().device, choice, phase: "starting", reason: () => t("device.looking"), test: null } });
    if (choice === "cpu") {
      launch("cpu", () => t("device.chose-cpu"));
      return;
    }
    probed ??= await probe();
    const { ok, software, why, name } = probed;
    if (!ok) launch("cpu", () => t(choice === "gpu" ? "device.gpu-refused" : "device.no-gpu", why()));
    else if (choice === "gpu") launch("gpu", () => t(software ? "device.chose-software" : "device.chose-gpu", name()));
    else if (software) launch("cpu", () => t("device.only-software", name()));
    else launch("gpu", () => t("device.gpu", name()));
  }

  /** @param {Command} command @param {Place | null} place @param {((events: Event[]) => void) | null} done */
  function post(command, place, done) {
    if (!worker) {
      done?.([]);
      return;
    }
    lastId += 1;
    asked.set(lastId, { command, place, done });
    worker.postMessage({ kind: "command", id: lastId, command });
  }
  /** @param {Place} place */
  function clearMessage(place) {
    const { messages } = store.get();
    if (messages[place]) store.set({ messages: { ...messages, [place]: undefined } });
  }

  return {
    start,
    /** Calls `heard` with each event that the state has taken in, and the command that it answers, if it answers one. @param {typeof listener} heard */
    listen(heard) {
      listener = heard;
    },
    /** @param {Command} command @param {Place} place panel that shows an error in the answer */
    send(command, place) {
      clearMessage(place);
      post(command, place, null);
    },
    /**
     * The same, and waits for the answer, which the state has taken in by then.
     * @param {Command} command @param {Place | null} place none for what the page does by itself
     * @returns {Promise<Event[]>} nothing if the engine ends before it answers
     */
    ask(command, place) {
      if (place) clearMessage(place);
      return new Promise((done) => { post(command, place, done); });
    },
    /** Ends the worker at once, whatever it does, and starts a fresh one on the same device. */
    abort() {
      const { kind, reason } = store.get().device;
      if (kind) launch(kind, reason);
    },
  };
}
