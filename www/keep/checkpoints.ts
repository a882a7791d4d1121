// The running training, kept so that it can go on after a crash, a reload, or a closed tab: asked of the engine at each
// validation, after every 20 seconds, and when the tab is hidden; written new for old in one step. Each training of each model has
// its own, which goes when that training has come to its end, and not before.

import type { Client } from "../engine/client.js";
import type { Ending } from "../engine/rpc.js";
import { isObject } from "../io/loose.js";
import type { Store } from "../state/store.js";
import { facts } from "../state/select.js";
import type { DroppedFile, Event, LearnedFrom, LoadOptions, Place, Resumable, State, Training } from "../state/types.js";
import { KIND as DATA, openKept } from "./datasets.js";
import type { Entry, Storage } from "./storage.js";

export type Checkpoints = ReturnType<typeof createCheckpoints>;

/** A training as it begins. `entry`: of the checkpoint that it goes on from. */
export interface Begun { kind: Training; model: string; needs: number; entry?: string }

const KIND = "checkpoint";
/** Kept from the first to the next: with the time that it takes to write, that is less than the half minute that is promised. */
const EVERY_MS = 20_000;
/** A tab that is hidden and shown again and again asks no more often than this. */
const LEAST_MS = 1000;

/** A name that no other training has. Those of earlier versions were all called `training`. */
const nameOf = ({ kind, model }: Begun): string => `${kind === "train" ? "network" : "purifier"}: ${model}`;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function options(value: unknown): LoadOptions | null {
  if (!isObject(value)) return null;
  const { crop, seed, validation, test } = value;
  return typeof crop === "boolean" && isNumber(seed) && isNumber(validation) && isNumber(test) ? { crop, seed, validation, test } : null;
}

function learnedFrom(value: unknown): Resumable["data"] {
  if (value === "drawn") return value;
  if (!isObject(value)) return null;
  const { set, fingerprint } = value;
  const how = options(value["options"]);
  return typeof set === "string" && typeof fingerprint === "string" && how ? { set, fingerprint, options: how } : null;
}

/** What is kept of a checkpoint beside its bytes, read back. */
function resumable({ name, meta, saved }: Entry, sets: ReadonlySet<unknown>): Resumable | null {
  const { kind, model, step, steps, epoch, offset, needs } = meta;
  if ((kind !== "train" && kind !== "train_purifier") || typeof model !== "string" || !isNumber(step) || !isNumber(steps)) return null;
  const data = learnedFrom(meta["data"]);
  return {
    entry: name, kind, model, step, steps, saved, position: isNumber(epoch) && isNumber(offset) ? { epoch, offset } : null,
    needs: isNumber(needs) ? needs : null, data, kept: data !== null && data !== "drawn" && sets.has(data.set),
  };
}

/** What a training that begins now learns from. */
function source({ data, dataOptions }: State): Resumable["data"] {
  if (!data?.set) return "drawn";
  return dataOptions && { set: data.name, fingerprint: data.set.fingerprint, options: dataOptions };
}

/** Whether a training would learn from what is open what it learned from before. */
export function isOpen({ data, dataOptions }: Pick<State, "data" | "dataOptions">, from: LearnedFrom | "drawn"): boolean {
  if (from === "drawn") return !data?.set;
  return data?.set?.fingerprint === from.fingerprint && dataOptions?.seed === from.options.seed && dataOptions.validation === from.options.validation
    && dataOptions.test === from.options.test;
}

/** @param now in milliseconds */
export function createCheckpoints(store: Store, client: Client<Place>, storage: Storage, now: () => number = () => performance.now()) {
  /** The training that runs. `begun`: the engine has said so; `owns`: what is kept under its name is its own. */
  let running: (Begun & { name: string; data: Resumable["data"]; begun: boolean; owns: boolean }) | null = null;
  /** One at a time. */
  let taking: Promise<void> | null = null;
  let last = 0;
  /** Counts looks: only the last one tells. */
  let looks = 0;

  async function snapshot(mine: NonNullable<typeof running>) {
    last = now();
    const events = await client.ask({ type: "checkpoint" }, null);
    const found = events.find((event) => event.type === "checkpoint");
    // It may have ended in the meantime.
    if (found?.type !== "checkpoint" || running !== mine) return;
    const { bytes, kind, model, step, steps } = found;
    const state = store.get();
    const { epoch = 0, done = 0 } = state.job ?? {};
    mine.owns = true;
    await storage.put(KIND, mine.name, bytes, {
      kind, model, step, steps, needs: mine.needs, data: mine.data, epoch: done > 0 ? (epoch * step) / done : 0,
      offset: facts(state).curves[mine.kind].offset,
    });
  }

  function take(): Promise<void> {
    if (!running?.begun) return Promise.resolve();
    taking ??= snapshot(running).finally(() => { taking = null; });
    return taking;
  }

  /** What can go on, but for what is going on. */
  async function look() {
    looks += 1;
    const mine = looks;
    const all = await storage.list();
    if (mine !== looks) return;
    const sets = new Set(all.filter(({ kind }) => kind === DATA).map(({ meta }) => meta["set"]));
    const found = all.filter(({ kind, name }) => kind === KIND && name !== running?.name && storage.isMine(kind, name))
      .flatMap((entry) => resumable(entry, sets) ?? []).sort((a, b) => b.saved - a.saved);
    const [first = null, ...others] = found;
    if (first || store.get().resumable) store.set({ resumable: first, otherResumables: others });
  }

  return {
    take, look,
    begin(training: Begun) {
      const name = training.entry ?? nameOf(training);
      running = { ...training, name, data: source(store.get()), begun: false, owns: training.entry !== undefined };
      last = now();
      const { resumable: first, otherResumables: others } = store.get();
      const [next = null, ...rest] = [first, ...others].flatMap((one) => (one && one.entry !== name ? [one] : []));
      store.set({ resumable: next, otherResumables: rest });
    },
    /** It has ended; what is kept of it goes if there is nothing to go on with: it is done, or a person has ended it. */
    async end(ending: Ending) {
      const mine = running;
      running = null;
      await taking;
      if (mine?.begun && mine.owns && (ending === "finished" || ending === "cancelled")) await storage.remove(KIND, mine.name);
      await look();
    },
    /** Something has been kept or deleted. Before the first look nobody has asked. */
    changed() {
      if (looks > 0) void look();
    },
    /** What the engine says: its messages come in a hidden tab, too, where timers hardly do. */
    notice(event: Event) {
      if (!running) return;
      if (event.type === "job" && event.kind === running.kind && event.state === "running") running.begun = true;
      if (event.type === "validation" || now() - last >= EVERY_MS) void take();
    },
    /** The tab is hidden: it may be frozen, thrown away or closed. */
    hidden() {
      if (now() - last >= LEAST_MS) void take();
    },
    /** An interrupted training is given up. */
    async forget({ entry }: Resumable) {
      await storage.remove(KIND, entry);
      await look();
    },
    async bytes({ entry }: Resumable): Promise<Uint8Array<ArrayBuffer> | null> {
      const found = await storage.get(KIND, entry);
      return found?.data instanceof Uint8Array ? found.data : null;
    },
    /** The files of a kept data set. */
    dataset: (set: string): Promise<DroppedFile[]> => openKept(storage, set),
  };
}
