// What outlives the page: bytes by kind and name, in the browser's database. Where the browser refuses or is full, they stay in
// memory, so that the work goes on and a fresh engine gets them; whoever listens is told that they are not saved.

import { openDB } from "idb";
import { clause } from "../words/format.js";
import { t } from "../words/i18n.js";
/** @import { Words } from "../state/types.js" */

/** @typedef {{ kind: string, name: string, size: number, saved: number, meta: Record<string, unknown> }} Entry `size` in bytes, `saved` in milliseconds since 1970 */
/** @typedef {Uint8Array<ArrayBuffer> | Blob | null} Data */
/** @typedef {{ kind: string, name: string, data: Data, meta?: Record<string, unknown> }} Item */
/** @typedef {import("idb").IDBPDatabase} Database */
/** @typedef {ReturnType<typeof createStorage>} Storage */

const NAME = "fool-the-sign";
/** A database that does not open in this time is held by something: the page does not wait for it. */
const PATIENCE_MS = 3000;

/** @param {string} kind @param {string} name */
const keyOf = (kind, name) => `${kind}/${name}`;
/** @param {Data} data */
const sizeOf = (data) => (data instanceof Blob ? data.size : data?.byteLength ?? 0);

/** The database was waited for in vain. */
class Impatient extends Error {}

/** @param {unknown} error @returns {Words} a sentence */
function sentence(error) {
  const { name = "", message = String(error) } = /** @type {{ name?: string, message?: string }} */ (error ?? {});
  if (name === "QuotaExceededError") return () => t("storage.full");
  return () => t("storage.refused", error instanceof Impatient ? t("storage.does-not-open") : clause(message) || name);
}

/** @returns {Promise<Database>} */
function open() {
  const opened = openDB(NAME, 1, {
    upgrade(database) {
      // Apart, so that a list of what there is need not read all of it.
      database.createObjectStore("entries");
      database.createObjectStore("bytes");
    },
    // A later version of the page, in another tab, may want to change the shape.
    blocking: (_, __, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });
  return Promise.race([opened, new Promise((_, refuse) => { setTimeout(() => refuse(new Impatient()), PATIENCE_MS); })]);
}

/** @param {{ trouble(words: Words | null): void, changed(): void }} listener `trouble`: why something is not saved, or nothing once it is again */
export function createStorage({ trouble, changed }) {
  /** @type {Promise<Database> | null} */
  let database = null;
  /** What could not be saved. @type {Map<string, { entry: Entry, data: Data }>} */
  const memory = new Map();

  /** @template T @param {(database: Database) => Promise<T>} work @returns {Promise<T>} */
  async function using(work) {
    database ??= open();
    try {
      return await work(await database);
    } catch (error) {
      // It may have been closed; the next call opens it anew.
      const { name = "" } = /** @type {{ name?: string }} */ (error ?? {});
      if (name !== "QuotaExceededError") database = null;
      throw error;
    }
  }

  /**
   * Keeps all of them or none; one that is there already is replaced, new for old in one step.
   * @param {Item[]} items @returns {Promise<boolean>} whether they are saved
   */
  async function putAll(items) {
    const all = items.map(({ kind, name, data, meta = {} }) => ({ entry: { kind, name, size: sizeOf(data), saved: Date.now(), meta }, data }));
    try {
      await using(async (database) => {
        const change = database.transaction(["entries", "bytes"], "readwrite");
        // The transaction's own end tells of every failure; a request's does too, and then nobody listens.
        for (const { entry, data } of all) {
          const key = keyOf(entry.kind, entry.name);
          change.objectStore("entries").put(entry, key).catch(() => {});
          change.objectStore("bytes").put(data, key).catch(() => {});
        }
        await change.done;
      });
    } catch (error) {
      for (const one of all) memory.set(keyOf(one.entry.kind, one.entry.name), one);
      trouble(sentence(error));
      changed();
      return false;
    }
    for (const { entry } of all) memory.delete(keyOf(entry.kind, entry.name));
    if (memory.size === 0) trouble(null);
    changed();
    return true;
  }

  /** Everything there is, without the bytes. @returns {Promise<Entry[]>} */
  async function list() {
    /** @type {Map<string, Entry>} */
    const found = new Map();
    try {
      for (const entry of await using((database) => database.getAll("entries"))) found.set(keyOf(entry.kind, entry.name), entry);
    } catch (error) {
      trouble(sentence(error));
    }
    for (const [key, { entry }] of memory) found.set(key, entry);
    return [...found.values()];
  }

  return {
    putAll, list,
    /** @param {string} kind @param {string} name @param {Data} data @param {Record<string, unknown>} [meta] what can be cloned */
    put: (kind, name, data, meta = {}) => putAll([{ kind, name, data, meta }]),
    /** @param {string} kind @param {string} name @returns {Promise<{ entry: Entry, data: Data } | null>} */
    async get(kind, name) {
      const key = keyOf(kind, name);
      const held = memory.get(key);
      if (held) return held;
      try {
        const [entry, data] = await using((database) => Promise.all([database.get("entries", key), database.get("bytes", key)]));
        return entry ? { entry, data: data ?? null } : null;
      } catch (error) {
        trouble(sentence(error));
        return null;
      }
    },
    /** @param {string} kind @param {string} name */
    async remove(kind, name) {
      const key = keyOf(kind, name);
      memory.delete(key);
      try {
        await using(async (database) => {
          const change = database.transaction(["entries", "bytes"], "readwrite");
          change.objectStore("entries").delete(key).catch(() => {});
          change.objectStore("bytes").delete(key).catch(() => {});
          await change.done;
        });
      } catch (error) {
        trouble(sentence(error));
      }
      changed();
    },
    async clear() {
      memory.clear();
      try {
        await using(async (database) => {
          const change = database.transaction(["entries", "bytes"], "readwrite");
          change.objectStore("entries").clear().catch(() => {});
          change.objectStore("bytes").clear().catch(() => {});
          await change.done;
        });
        trouble(null);
      } catch (error) {
        trouble(sentence(error));
      }
      changed();
    },
    /** What the browser says of the space, in bytes, the copy for use without a network included. @returns {Promise<{ usage: number, quota: number } | null>} */
    async estimate() {
      try {
        const { usage = 0, quota = 0 } = await navigator.storage.estimate();
        return { usage, quota };
      } catch {
        return null;
      }
    },
  };
}
