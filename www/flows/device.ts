// Where the network is computed: starts the engine on the right device, exchanges it after a crash, and says why.

import { startEngine, type Failure } from "../engine/assets.js";
import { probe } from "../engine/probe.js";
import type { Port, Trouble } from "../engine/rpc.js";
import { reportOf, thrown } from "../io/report.js";
import { nameOfDevice } from "../state/select.js";
import { freshSession } from "../state/store.js";
import type { DeviceChoice, DroppedFile, LoadOptions, Probe, ReadyEvent } from "../state/types.js";
import { short } from "../words/format.js";
import { words, wordsAt, type Words } from "../words/say.js";
import type { Desk } from "./desk.js";

const FORGET_CRASHES_MS = 5 * 60_000;
/** A trap at this size of the engine's memory (it cannot exceed 4 GiB) comes of too little room. */
const NEARLY_FULL = 3 * 2 ** 30;

type Kind = "gpu" | "cpu";

/** A data set as it was opened. */
interface Opened { files: DroppedFile[]; options: LoadOptions }

/** What the device flow needs of the browser; tests have another. */
export interface Hardware {
  /** Why there can be no engine at all, if so: what the page's first script has found. */
  lacks(): Words | null;
  probe(): Promise<Probe>;
  start(device: Kind, failed: (failure: Failure) => void): Port;
}

/** Why an engine has stopped, for a person. */
export function reasonOf({ code, message, memory, said, words: known }: Trouble & { words?: Words }): Words {
  if (known) return known;
  if (said) return { engine: said };
  const full = (memory ?? 0) >= NEARLY_FULL && /unreachable|out of bounds|alloc|memory/i.test(message);
  if (full || /out of memory|memory allocation|could not allocate/i.test(message)) return words("crash.memory");
  // A trap says no more than this; what led to it is in the report.
  if (/^(RuntimeError: )?unreachable/.test(message)) return words("crash.trap");
  if (code === "worker" && !message) return words("engine.no-worker");
  return { text: message };
}

const lacks = (): Words | null => {
  const { missing } = document.documentElement.dataset;
  return missing ? wordsAt(`fallback.${missing}`) : null;
};

/** @param hardware the browser's */
export function deviceFlow(desk: Desk, hardware: Hardware = { lacks, probe, start: startEngine }) {
  const { store, client } = desk;
  /** Counts choices: what an earlier one still waits for is dropped. */
  let turn = 0;
  let probed: Probe | null = null;
  const crashes: Record<Kind, number[]> = { gpu: [], cpu: [] };
  /** Crashes in a row before the first picture: then it is no use to start the same again. */
  let bootCrashes = 0;
  /** The data set that the engine had; it is opened again, as it was. */
  let reopen: Opened | null = null;

  function launch(device: Kind, reason: Words) {
    turn += 1;
    const state = store.get();
    if (state.data?.set && state.dataOptions) reopen = { files: state.dataFiles, options: state.dataOptions };
    store.set({ ...freshSession(), device: { ...state.device, phase: "starting", kind: device, adapter: null, reason, test: null } });
    let failure: Words | null = null;
    const line = client.connect(hardware.start(device, ({ code, message, words: said }) => {
      failure = said;
      line.fail({ phase: "start", code, message, log: [] });
    }), (trouble) => {
      const phase = store.get().device.phase === "ready" ? trouble.phase : "start";
      crashed({ ...trouble, phase, ...(failure ? { words: failure } : {}) }, device);
    });
  }

  /** Whether the engine that reports itself may be used. */
  function accept(event: ReadyEvent): boolean {
    const test = event.self_test;
    if (test && !test.passed) {
      launch("cpu", words("device.wrong-results", short(test.logits), short(test.gradient)));
      return false;
    }
    store.set({ device: { ...store.get().device, phase: "ready", kind: event.device, adapter: event.adapter, test: test ?? null } });
    return true;
  }

  function crashed(crash: Trouble & { words?: Words }, device: Kind) {
    const { version, subject, device: { reason }, device: known } = store.get();
    const booting = subject === null;
    if (booting) {
      bootCrashes += 1;
      // The picture asked for may be what the engine stumbles over.
      if (crash.phase === "run") {
        store.setting("sign.class", 14);
        store.setting("sign.seed", 1);
      }
    }
    const why = reasonOf(crash);
    if (device === "gpu" && (crash.phase === "start" || (booting && bootCrashes > 1))) {
      bootCrashes = 0;
      launch("cpu", words("device.not-started", why));
      return;
    }
    const now = Date.now();
    crashes[device] = [...crashes[device].filter((then) => now - then < FORGET_CRASHES_MS), now];
    const toCpu = device === "gpu" && crashes[device].length >= 2;
    const stopped = crash.phase === "start" || (booting && bootCrashes > 1);
    if (stopped) {
      bootCrashes = 0;
      turn += 1;
      client.end();
      store.set({ device: { ...store.get().device, phase: "stopped", reason: words("device.stopped"), test: null } });
    } else launch(toCpu ? "cpu" : device, toCpu ? words("device.stopped-twice") : reason);
    const next = stopped ? "stopped" : toCpu ? "to-cpu" : "afresh";
    const { code, message, log } = crash;
    const report = reportOf({ version, device: nameOfDevice({ ...known, kind: device }), time: now, code, message, log });
    store.set({ crash: { of: "engine", sentence: words(`crash.${next}`, device.toUpperCase(), why), report, offerCpu: device === "gpu" && !toCpu } });
  }

  /** Picks the device for a choice and says why. */
  async function start(choice: DeviceChoice) {
    turn += 1;
    const mine = turn;
    const why = hardware.lacks();
    if (why) {
      store.set({ device: { ...store.get().device, choice, phase: "stopped", kind: null, reason: why, test: null } });
      return;
    }
    store.set({ device: { ...store.get().device, choice, phase: "starting", reason: words("device.looking"), test: null } });
    if (choice === "cpu") {
      launch("cpu", words("device.chose-cpu"));
      return;
    }
    probed ??= await hardware.probe();
    const { ok, software, why: refusal, name }: Probe = probed;
    // Another device has been chosen while the browser looked for one.
    if (mine !== turn) return;
    if (!ok) launch("cpu", words(choice === "gpu" ? "device.gpu-refused" : "device.no-gpu", refusal));
    else if (choice === "gpu") launch("gpu", words(software ? "device.chose-software" : "device.chose-gpu", name));
    else if (software) launch("cpu", words("device.only-software", name));
    else launch("gpu", words("device.gpu", name));
  }

  return {
    start, accept,
    /** The first picture is there. */
    booted() {
      bootCrashes = 0;
    },
    /** The data set that the last engine had, once. */
    toReopen(): Opened | null {
      const found = reopen;
      reopen = null;
      return found;
    },
    choose(choice: DeviceChoice) {
      store.setting("device", choice);
      store.set({ crash: null });
      return start(choice);
    },
    /** Once more, as it was chosen. */
    again() {
      store.set({ crash: null });
      return start(store.get().device.choice);
    },
    /** Ends the worker at once, whatever it does, and starts a fresh one on the same device. */
    abort() {
      const { kind, reason } = store.get().device;
      if (kind) launch(kind, reason);
    },
    /** The page's own code has thrown: the rest goes on, and there is a report. */
    pageFailed(error: unknown) {
      const { version, device, crash } = store.get();
      if (crash) return;
      const what = thrown(error);
      const report = reportOf({ version, device: nameOfDevice(device), time: Date.now(), code: "page", ...what });
      store.set({ crash: { of: "page", sentence: words("crash.page", { text: what.message }), report, offerCpu: false } });
    },
  };
}
