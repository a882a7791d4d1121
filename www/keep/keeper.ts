// Keeps the shelf and the settings: saves a model when it has changed, at each validation of a training too, and gives all of
// them to every fresh engine, after a reload as after a crash.
//
// What is kept is never forgotten because an engine has ended: the order of the shelf changes only by what a person adds, renames
// or removes, and every model that is stored and loads comes back.

import { WEIGHT_NAMES, loadWeights } from "../engine/assets.js";
import type { Client } from "../engine/client.js";
import { machine } from "../engine/pool.js";
import { keptLink, readLink } from "../state/link.js";
import { gigabytes, roomOf, shelfNeed } from "../state/memory.js";
import { withFacts } from "../state/reduce.js";
import { busy, factsOf } from "../state/select.js";
import { noFacts, type Store } from "../state/store.js";
import type { Command, Event, Facts, Place } from "../state/types.js";
import { many, t } from "../words/i18n.js";
import { words, type Words } from "../words/say.js";
import { read, write } from "./archive.js";
import { readFacts } from "./facts.js";
import { keptLesson } from "./lesson.js";
import type { Item, Storage } from "./storage.js";

export type Keeper = ReturnType<typeof createKeeper>;
/** Of the shelf as a whole. */
interface Order { names: string[]; selected: string }

/** The network that is loaded at the start, where it comes with the page and the visitor has no other of its name. */
const FIRST = "lenet";
const MOST_BYTES = 1_000_000_000;
/** After a change of a setting, so that a slider does not write at each step. */
const SETTLED_MS = 400;

export interface Shipped { has: boolean; load(): Promise<Uint8Array<ArrayBuffer> | null> }
const theShipped = (): Shipped => {
  const has = WEIGHT_NAMES.includes(FIRST);
  // While the engine is still fetched.
  const first = has ? loadWeights(FIRST).catch(() => null) : Promise.resolve(null);
  return { has, load: () => first };
};

/**
 * @param failed told of what should not have gone wrong; what else has changed is stored all the same
 * @param room for an engine, in bytes
 */
export function createKeeper(store: Store, client: Client<Place>, storage: Storage, failed: (error: unknown) => void, shipped = theShipped(),
  room = roomOf(machine().gib)) {
  /** Counts restorations: what belongs to an engine that has ended is dropped. */
  let turn = 0;
  let restoring = false;
  /** Models that have changed. */
  const changed = new Set<string>();
  /** Models that have been removed since; their names leave the order. */
  const removed = new Set<string>();
  let saving: Promise<void> | null = null;

  async function keptOrder(): Promise<Order | null> {
    const { names, selected }: { names?: unknown; selected?: unknown } = (await storage.get("shelf", "shelf"))?.entry.meta ?? {};
    const fine = Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
    return fine.length > 0 ? { names: fine, selected: String(selected) } : null;
  }

  /** The shelf's order, new and old together: nothing leaves it but what was removed. Not while an engine is without its models. */
  async function saveOrder() {
    const mine = turn;
    const before = await keptOrder();
    const { models, selected } = store.get();
    if (mine !== turn || restoring || models.size === 0) return;
    const there = [...models.keys()];
    const names = [...there, ...(before?.names ?? []).filter((name) => !models.has(name) && !removed.has(name))];
    await storage.put("shelf", "shelf", null, { names, selected });
  }

  async function save(name: string) {
    const mine = turn;
    const classifier = await client.file(name, false);
    const model = store.get().models.get(name);
    if (!classifier || !model || mine !== turn) return;
    const purifier = model.info.purifier != null ? await client.file(name, true) : null;
    if (mine !== turn) return;
    const state = store.get();
    const job = state.job?.job === "train" || state.job?.job === "train_purifier" ? state.job : null;
    const checkpoint = name === state.selected && busy(state) && job ? job.epoch : null;
    const facts: Facts = { ...factsOf(state, name) };
    // Otherwise the end of the training says so.
    if (checkpoint !== null && job?.job === "train") facts.trained = true;
    const to = await storage.nameFor(name);
    const items: Item[] = [{ kind: "model", name: to, data: classifier.bytes,
      meta: { architecture: model.info.architecture, facts: structuredClone(facts), checkpoint } }];
    if (purifier) items.push({ kind: "purifier", name: to, data: purifier.bytes });
    else await storage.remove("purifier", to);
    await storage.putAll(items);
  }

  async function saveAll() {
    try {
      do {
        for (const name of [...changed]) {
          changed.delete(name);
          await save(name).catch(failed);
        }
        await saveOrder();
        // What has changed in the meantime is saved too.
      } while (changed.size > 0);
    } finally {
      saving = null;
    }
  }

  function later(name: string) {
    removed.delete(name);
    changed.add(name);
    saving ??= saveAll();
  }

  async function forget(name: string) {
    removed.add(name);
    changed.delete(name);
    const kept = storage.nameOf(name);
    await Promise.all([storage.remove("model", kept), storage.remove("purifier", kept)]);
    await saveOrder();
  }

  /** What the engine has done, if it concerns the shelf. @param command that it answers; none while a job steps */
  function notice(event: Event, command: Command | null) {
    const ended = event.type === "job" && event.state !== "running" && event.state !== "paused" && event.done > 0;
    if ((event.type === "validation" || ended) && (event.kind === "train" || event.kind === "train_purifier")) {
      later(store.get().selected);
      // From the first training on, however it has ended, there is something to lose.
      if (ended) void storage.persist();
    }
    if (event.type !== "shelf" || !command || restoring) return;
    if (command.type === "new_model" || command.type === "copy_model" || command.type === "import_model") later(command.name);
    else if (command.type === "remove_model") void forget(command.name);
    else if (command.type === "select_model") void saveOrder();
  }

  /** One model of a name, from what is kept or what comes with the page. */
  async function fetchModel(name: string, tell: (command: Command, transfer: Transferable[]) => Promise<boolean>): Promise<Facts | null> {
    const give = (bytes: Uint8Array<ArrayBuffer>) => tell({ type: "import_model", name, bytes, architecture: null }, [bytes.buffer]);
    const kept = await storage.get("model", name);
    if (kept?.data instanceof Uint8Array) {
      if (!await give(kept.data)) return null;
      const purifier = await storage.get("purifier", name);
      if (purifier?.data instanceof Uint8Array) await give(purifier.data);
      return readFacts(kept.entry.meta["facts"]);
    }
    const bytes = name === FIRST ? await shipped.load() : null;
    // The next engine gets it too.
    if (!bytes || !await give(bytes.slice())) return null;
    store.set({ shipped: true });
    return { ...noFacts(), trained: true, recipe: store.get().presets.find((offer) => offer.name === FIRST)?.classifier?.recipe ?? null };
  }

  /** Gives a fresh engine all models: those of the order, and after them whatever else is stored. */
  async function restore(order?: Order) {
    turn += 1;
    const mine = turn;
    restoring = true;
    storage.asNamed();
    const failures: Words[] = [];
    const tell = async (command: Command, transfer: Transferable[] = []) => {
      if (mine !== turn) return false;
      const events = await client.ask(command, null, transfer);
      for (const event of events) {
        if (event.type === "error" && command.type === "import_model") failures.push(words("kept.not-loaded", { text: command.name }, { engine: event }));
      }
      return mine === turn && events.some((event) => event.type === "shelf");
    };
    try {
      const kept = order ?? await keptOrder();
      const stored = (await storage.list()).filter(({ kind }) => kind === "model").map(({ name }) => name);
      const wanted = [...new Set([...(kept ? kept.names : [FIRST]), ...stored])];
      const found = new Map<string, Facts>();
      for (const name of wanted) {
        const facts = await fetchModel(name, tell);
        if (facts) found.set(name, facts);
        if (mine !== turn) return;
      }
      // The engine brings an untrained network of this name.
      const keepsFirst = wanted.includes(FIRST);
      const there = new Set([...(keepsFirst ? [FIRST] : []), ...found.keys()]);
      const [first = FIRST] = there;
      const selected = kept && there.has(kept.selected) ? kept.selected : first;
      if (store.get().selected !== selected) await tell({ type: "select_model", name: selected });
      if (found.size > 0 && !keepsFirst) await tell({ type: "remove_model", name: FIRST });
      if (mine !== turn) return;
      for (const [name, facts] of found) store.update((state) => withFacts(state, facts, name));
      store.set({ kept: { ...store.get().kept, failures } });
    } finally {
      if (mine === turn) restoring = false;
    }
  }

  function keepSettings() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = keptLink(store.get().settings);
    let seen = store.get().settings;
    store.always(({ settings }) => {
      if (settings === seen) return;
      seen = settings;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const link = keptLink(store.get().settings);
        if (link === last) return;
        last = link;
        void storage.put("settings", "settings", null, { link });
      }, SETTLED_MS);
    });
  }

  return {
    notice, restore, keepSettings,
    /** Everything that has changed is stored. */
    settled: () => saving ?? Promise.resolve(),
    /** All of it, as one file. */
    exportAll(): Promise<Blob> {
      async function* all() {
        for (const { kind, name } of await storage.list()) {
          const found = await storage.get(kind, name);
          if (found) yield found;
        }
      }
      return write(all());
    },
    /** Takes such a file in; what is there already of the same names is replaced. Returns a sentence: what was done, or why not. */
    async importAll(source: File): Promise<string> {
      if (busy(store.get())) return t("kept.busy");
      if (source.size > MOST_BYTES) return t("kept.too-large", (source.size / 1e6).toFixed(0));
      try {
        const items = await read(source);
        const needs = shelfNeed(items.filter(({ kind }) => kind === "model" || kind === "purifier").map(({ size }) => size));
        if (needs > room) return t("memory.kept", gigabytes(needs), gigabytes(room));
        // It has been read for a while.
        if (busy(store.get())) return t("kept.busy");
        const { models, selected } = store.get();
        const names = items.filter(({ kind }) => kind === "model").map(({ name }) => name);
        // The order is made anew, of both; settings go through the same door as those of a link.
        const link = items.find(({ kind }) => kind === "settings")?.meta["link"];
        for (const { kind, name, meta, data } of items) {
          if (kind !== "shelf" && kind !== "settings") await storage.put(kind, name, await data(), meta);
        }
        if (typeof link === "string") {
          for (const [key, value] of Object.entries(readLink(link).settings)) if (key !== "device" && !key.startsWith("teach.")) store.setting(key, value);
        }
        if (items.some(({ kind }) => kind === "lesson")) store.set(await keptLesson(storage) ?? {});
        for (const name of names) removed.delete(name);
        await restore({ names: [...new Set([...models.keys(), ...names])], selected });
        await saveOrder();
        return many("kept.taken", names.length, names.length);
      } catch (error) {
        return error instanceof Error ? error.message : t("kept.unreadable");
      }
    },
    /** Puts a model that is stored on the shelf, if it is not there. Tells whether it is there now. */
    async shelve(name: string): Promise<boolean> {
      if (store.get().models.has(name)) return true;
      if (busy(store.get())) return false;
      const facts = await fetchModel(name, async (command, transfer) =>
        (await client.ask(command, "shelf", transfer)).some((event) => event.type === "shelf"));
      if (facts) store.update((state) => withFacts(state, facts, name));
      return facts !== null;
    },
    /** Deletes one thing from the storage; a model that is on the shelf stays there until the page is closed. */
    async remove(kind: string, name: string) {
      await storage.remove(kind, name);
      if (kind === "model") await forget(name);
    },
    clear: () => storage.clear(),
  };
}

/** The settings of the last visit, as the query part of a link. */
export async function keptSettings(storage: Storage): Promise<string> {
  const link = (await storage.get("settings", "settings"))?.entry.meta["link"];
  return typeof link === "string" ? link : "";
}
