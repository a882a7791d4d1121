// Keeps the shelf and the settings: saves a model when it has changed, at each validation of a training too, and gives all of
// them to every fresh engine, after a reload as after a crash. A checkpoint is the weights of the last validation; the
// optimiser's state is not in it.

/** @import { Command, Event, Facts, State, Words } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Client } from "../engine/client.js" */
/** @import { Item, Storage } from "./storage.js" */
import { WEIGHT_NAMES, loadWeights } from "../engine/assets.js";
import { readLink, writeLink } from "../state/link.js";
import { busy, factsOf } from "../state/events.js";
import { noFacts } from "../state/store.js";
import { engineWords } from "../words/engine-words.js";
import { t } from "../words/i18n.js";
import { read, write } from "./archive.js";
import { readFacts } from "./facts.js";

/** @typedef {ReturnType<typeof createKeeper>} Keeper */
/** Of the shelf as a whole. @typedef {{ names: string[], selected: string }} Order */

/** The network that is loaded at the start, where it comes with the page and the visitor has no other of its name. */
const FIRST = "lenet";
const MOST_BYTES = 1_000_000_000;
/** After a change of a setting, so that a slider does not write at each step. */
const SETTLED_MS = 400;

/** @param {Store} store @param {Client} client @param {Storage} storage */
export function createKeeper(store, client, storage) {
  /** Counts restorations: what belongs to an engine that has ended is dropped. */
  let turn = 0;
  let restoring = false;
  /** Models that have changed. @type {Set<string>} */
  const changed = new Set();
  let saving = false;
  // While the engine is still fetched.
  const first = WEIGHT_NAMES.includes(FIRST) ? loadWeights(FIRST).catch(() => null) : Promise.resolve(null);

  /** @param {State} state @param {string} name @returns {Facts} */
  const known = (state, name) => (name === state.shelf.selected ? factsOf(state) : state.facts[name] ?? noFacts());

  /** A model's file. @param {string} name @param {boolean} purifier */
  async function file(name, purifier) {
    const events = await client.ask({ type: "export_model", name, purifier }, null);
    for (const event of events) if (event.type === "file") return event.bytes;
    return null;
  }

  const saveOrder = () => {
    const { models, selected } = store.get().shelf;
    return storage.put("shelf", "shelf", null, { names: models.map(({ name }) => name), selected });
  };

  /** @param {string} name */
  async function save(name) {
    const mine = turn;
    const classifier = await file(name, false);
    const info = store.get().shelf.models.find((model) => model.name === name);
    if (!classifier || !info || mine !== turn) return;
    const purifier = info.purifier != null || (name === store.get().shelf.selected && store.get().purifier) ? await file(name, true) : null;
    const state = store.get();
    const job = state.job?.job === "train" || state.job?.job === "train_purifier" ? state.job : null;
    const checkpoint = name === state.shelf.selected && busy(state) && job ? job.epoch : null;
    if (mine !== turn) return;
    const facts = structuredClone(known(state, name));
    // Otherwise the end of the training says so.
    if (checkpoint !== null && job?.job === "train") facts.trained = true;
    /** @type {Item[]} */
    const items = [{ kind: "model", name, data: classifier, meta: { architecture: info.architecture, facts, checkpoint } }];
    if (purifier) items.push({ kind: "purifier", name, data: purifier });
    else await storage.remove("purifier", name);
    await storage.putAll(items);
  }

  async function saveAll() {
    if (saving) return;
    saving = true;
    for (const name of changed) {
      changed.delete(name);
      await save(name);
    }
    await saveOrder();
    saving = false;
  }

  /** @param {string} name */
  function later(name) {
    changed.add(name);
    void saveAll();
  }

  /** What the engine has done, if it concerns the shelf. @param {Event} event @param {Command | null} command that it answers; none while a job steps */
  function notice(event, command) {
    const training = event.type === "validation" || (event.type === "job" && event.state !== "running" && event.state !== "paused" && event.done > 0);
    if (training && (event.job === "train" || event.job === "train_purifier")) later(store.get().shelf.selected);
    if (event.type !== "shelf" || !command || restoring) return;
    if (command.type === "new_model" || command.type === "copy_model" || command.type === "import_model") later(command.name);
    else if (command.type === "remove_model") void Promise.all([storage.remove("model", command.name), storage.remove("purifier", command.name), saveOrder()]);
    else if (command.type === "select_model") void saveOrder();
  }
  client.listen(notice);

  /** One model of a name, from what is kept or what comes with the page. @param {string} name @param {(command: Command) => Promise<boolean>} tell @returns {Promise<Facts | null>} */
  async function fetchModel(name, tell) {
    const kept = await storage.get("model", name);
    if (kept?.data instanceof Uint8Array) {
      if (!await tell({ type: "import_model", name, bytes: kept.data, architecture: null })) return null;
      const purifier = await storage.get("purifier", name);
      if (purifier?.data instanceof Uint8Array) await tell({ type: "import_model", name, bytes: purifier.data, architecture: null });
      return readFacts(kept.entry.meta["facts"]);
    }
    const shipped = name === FIRST ? await first : null;
    if (!shipped || !await tell({ type: "import_model", name, bytes: shipped, architecture: null })) return null;
    store.set({ shipped: true });
    return { ...noFacts(), trained: true };
  }

  /** Gives a fresh engine all models. @param {Order} [order] */
  async function restore(order) {
    turn += 1;
    const mine = turn;
    restoring = true;
    /** @type {Words[]} */
    const failures = [];
    /** @param {Command} command */
    const tell = async (command) => {
      if (mine !== turn) return false;
      const events = await client.ask(command, null);
      for (const event of events) if (event.type === "error" && command.type === "import_model") failures.push(() => t("kept.not-loaded", command.name, engineWords(event)));
      return mine === turn && events.some((event) => event.type === "shelf");
    };
    const kept = order ?? orderOf((await storage.get("shelf", "shelf"))?.entry.meta);
    /** @type {Record<string, Facts>} */
    const facts = {};
    for (const name of new Set(kept ? kept.names : [FIRST])) {
      const found = await fetchModel(name, tell);
      if (found) facts[name] = found;
      if (mine !== turn) return;
    }
    // The engine brings an untrained network of this name.
    const there = new Set([...(!kept || kept.names.includes(FIRST) ? [FIRST] : []), ...Object.keys(facts)]);
    const [any = FIRST] = there;
    const selected = kept && there.has(kept.selected) ? kept.selected : any;
    if (store.get().shelf.selected !== selected) await tell({ type: "select_model", name: selected });
    if (kept && Object.keys(facts).length > 0 && !kept.names.includes(FIRST)) await tell({ type: "remove_model", name: FIRST });
    if (mine !== turn) return;
    restoring = false;
    const { [selected]: own = noFacts(), ...others } = facts;
    store.set({ ...own, facts: others, kept: { ...store.get().kept, failures } });
  }

  /** @param {unknown} meta @returns {Order | null} */
  function orderOf(meta) {
    const { names, selected } = /** @type {{ names?: unknown, selected?: unknown }} */ (meta ?? {});
    return Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === "string") ? { names, selected: String(selected) } : null;
  }

  let timer = 0;
  function keepSettings() {
    let last = writeLink(store.get().settings);
    let seen = store.get().settings;
    store.always(({ settings }) => {
      if (settings === seen) return;
      seen = settings;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const link = writeLink(store.get().settings);
        if (link === last) return;
        last = link;
        void storage.put("settings", "settings", null, { link });
      }, SETTLED_MS);
    });
  }

  return {
    restore, keepSettings,
    /** All of it, as one file. @returns {Promise<Blob>} */
    async exportAll() {
      const all = [];
      for (const { kind, name } of await storage.list()) {
        const found = await storage.get(kind, name);
        if (found) all.push(found);
      }
      return write(all);
    },
    /** Takes such a file in; what is there already of the same names is replaced. @param {File} source @returns {Promise<string>} a sentence: what was done, or why not */
    async importAll(source) {
      if (busy(store.get())) return t("kept.busy");
      if (source.size > MOST_BYTES) return t("kept.too-large", (source.size / 1e6).toFixed(0));
      try {
        const items = read(new Uint8Array(await source.arrayBuffer()));
        const { models, selected } = store.get().shelf;
        const names = items.filter(({ kind }) => kind === "model").map(({ name }) => name);
        // The order is made anew, of both; settings go through the same door as those of a link.
        const link = items.find(({ kind }) => kind === "settings")?.meta?.["link"];
        await storage.putAll(items.filter(({ kind }) => kind !== "shelf" && kind !== "settings"));
        if (typeof link === "string") {
          for (const [key, value] of Object.entries(readLink(link).settings)) if (key !== "device") store.setting(key, value);
        }
        await restore({ names: [...new Set([...models.map(({ name }) => name), ...names])], selected });
        await saveOrder();
        return names.length === 1 ? t("kept.taken-one") : t("kept.taken", names.length);
      } catch (error) {
        return error instanceof Error ? error.message : t("kept.unreadable");
      }
    },
    /** Deletes one thing from the storage; a model that is on the shelf stays there until the page is closed. @param {string} kind @param {string} name */
    async remove(kind, name) {
      await storage.remove(kind, name);
      if (kind === "model") await storage.remove("purifier", name);
    },
    clear: () => storage.clear(),
  };
}

/** The settings of the last visit. @param {Storage} storage @returns {Promise<string>} as the query part of a link */
export async function keptSettings(storage) {
  const link = (await storage.get("settings", "settings"))?.entry.meta["link"];
  return typeof link === "string" ? link : "";
}
