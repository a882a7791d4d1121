// What outlives the page: bytes by kind and name, in the browser's database. Where the browser refuses or is full, they stay in
// memory, so that the work goes on and a fresh engine gets them; whoever listens is told that they are not saved. So it is where
// another tab keeps the work: what this one has is written when that one is closed.

import { openDB, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction } from "idb";
import { words, type Words } from "../words/say.js";

/** `size` in bytes, `saved` in milliseconds since 1970. */
export interface Entry { kind: string; name: string; size: number; saved: number; meta: Record<string, unknown> }
export type Data = Uint8Array<ArrayBuffer> | Blob | null;
export interface Item { kind: string; name: string; data: Data; meta?: Record<string, unknown> }
export type Storage = ReturnType<typeof createStorage>;
interface Found { entry: Entry; data: Data }
/** What a change does to one of the database's two tables. */
interface Table { put(value: unknown, key: string): void; delete(key: string): void; clear(): void }
/** The transaction's own end tells of every failure; a request's does too, and then nobody listens. */
function quiet<Name extends string>(store: IDBPObjectStore<unknown, string[], Name, "readwrite">): Table {
  const ignored = () => {};
  return {
    put: (value, key) => void store.put(value, key).catch(ignored),
    delete: (key) => void store.delete(key).catch(ignored),
    clear: () => void store.clear().catch(ignored),
  };
}

/** Of earlier versions, which all paths of a host shared. */
const SHARED = "fool-the-sign";
/** Several versions of the page may lie under one host: each path has its own. */
export const databaseName = ({ protocol, pathname }: Pick<Location, "protocol" | "pathname">): string =>
  `${SHARED} ${protocol === "file:" ? pathname : pathname.slice(0, pathname.lastIndexOf("/") + 1)}`;

/** A database that does not open in this time is held by something: the page does not wait for it. A slow disk is not held. */
const PATIENCE_MS = 6000;
const STORES = ["entries", "bytes"];

const keyOf = (kind: string, name: string) => `${kind}/${name}`;
const sizeOf = (data: Data): number => (data instanceof Blob ? data.size : data?.byteLength ?? 0);

/** The database was waited for in vain. */
class Impatient extends Error {}

function sentence(error: unknown): Words {
  const { name, message }: { name?: unknown; message?: unknown } = typeof error === "object" && error !== null ? error : { message: error };
  if (name === "QuotaExceededError") return words("storage.full");
  return words("storage.refused", error instanceof Impatient ? words("storage.does-not-open") : { text: String(message || name) });
}

const create = (database: IDBPDatabase) => {
  // Apart, so that a list of what there is need not read all of it.
  for (const store of STORES) database.createObjectStore(store);
};

/** What earlier versions kept, taken over when the database of this path is made. */
async function takeOver(database: IDBPDatabase) {
  let old: IDBPDatabase;
  try {
    // Without one, none is made.
    old = await openDB(SHARED, 1, {
      upgrade(_, __, ___, change: IDBPTransaction<unknown, string[], "versionchange">) {
        // That it is given up is what is wanted, and no error.
        change.done.catch(() => {});
        change.abort();
      },
    });
  } catch {
    return;
  }
  try {
    for (const key of await old.getAllKeys("entries")) {
      const [entry, data] = await Promise.all([old.get("entries", key), old.get("bytes", key)]);
      const change = database.transaction(STORES, "readwrite");
      await Promise.all([change.objectStore("entries").put(entry, key), change.objectStore("bytes").put(data, key), change.done]);
    }
  } finally {
    old.close();
  }
}

async function open(name: string): Promise<IDBPDatabase> {
  let fresh = false;
  const database = await openDB(name, 1, {
    upgrade(made) {
      create(made);
      fresh = true;
    },
    // A later version of the page, in another tab, may want to change the shape.
    blocking: (_, __, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  if (fresh) await takeOver(database);
  return database;
}
/** The same, but nobody waits for ever: who asks when its time is over is refused at once, for as long as it does not open. */
function connect(name: string): () => Promise<IDBPDatabase> {
  const opened = open(name);
  const late = new Promise<never>((_, refuse) => { setTimeout(() => refuse(new Impatient()), PATIENCE_MS); });
  late.catch(() => {});
  return () => Promise.race([opened, late]);
}

/** Called with `trouble`: why something is not saved, or nothing once it is again; `changed`: there is something else. */
export interface Listener { trouble(words: Words | null): void; changed(): void }

export function createStorage({ trouble, changed }: Listener, name = databaseName(location)) {
  let database: ReturnType<typeof connect> | null = null;
  /** What could not be saved. */
  const memory = new Map<string, Found>();
  /** Whether this tab may write; another one does otherwise. */
  let writes = true;
  /** When each entry was saved as this tab has first read or last written it: whoever changed it since was another tab. */
  const seen = new Map<string, number>();
  /** Models that are stored under another name, because another tab has changed the one of their own. */
  const beside = new Map<string, string>();

  async function using<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    for (let again = false; ; again = true) {
      database ??= connect(name);
      try {
        return await work(await database());
      } catch (error) {
        const kind = error instanceof Error || error instanceof DOMException ? error.name : "";
        if (kind === "QuotaExceededError" || error instanceof Impatient) throw error;
        // The browser may have closed it; once more with a new connection.
        database = null;
        if (again || (kind !== "InvalidStateError" && kind !== "AbortError" && kind !== "UnknownError")) throw error;
      }
    }
  }

  const inOneStep = (work: (entries: Table, bytes: Table) => void) => using(async (database) => {
    const change = database.transaction(STORES, "readwrite");
    change.done.catch(() => {});
    try {
      work(quiet(change.objectStore("entries")), quiet(change.objectStore("bytes")));
    } catch (error) {
      // What was asked for before it must not be done without the rest.
      change.abort();
      throw error;
    }
    await change.done;
  });

  async function write(all: Found[]): Promise<boolean> {
    try {
      await inOneStep((entries, bytes) => {
        for (const { entry, data } of all) {
          const key = keyOf(entry.kind, entry.name);
          entries.put(entry, key);
          bytes.put(data, key);
        }
      });
    } catch (error) {
      for (const one of all) memory.set(keyOf(one.entry.kind, one.entry.name), one);
      trouble(sentence(error));
      changed();
      return false;
    }
    for (const { entry } of all) {
      memory.delete(keyOf(entry.kind, entry.name));
      seen.set(keyOf(entry.kind, entry.name), entry.saved);
    }
    if (memory.size === 0) trouble(null);
    changed();
    return true;
  }

  /** Keeps all of them or none; one that is there already is replaced, new for old in one step. Tells whether they are saved. */
  async function putAll(items: Item[]): Promise<boolean> {
    const all = items.map(({ kind, name, data, meta = {} }) => ({ entry: { kind, name, size: sizeOf(data), saved: Date.now(), meta }, data }));
    if (writes) return write(all);
    for (const one of all) memory.set(keyOf(one.entry.kind, one.entry.name), one);
    changed();
    return false;
  }

  /** Everything there is, without the bytes. */
  async function list(): Promise<Entry[]> {
    const found = new Map<string, Entry>();
    try {
      for (const entry of await using<Entry[]>((database) => database.getAll("entries"))) found.set(keyOf(entry.kind, entry.name), entry);
    } catch (error) {
      trouble(sentence(error));
    }
    for (const [key, { entry }] of memory) found.set(key, entry);
    return [...found.values()];
  }

  const nameOf = (name: string): string => beside.get(name) ?? name;
  async function inDatabase(): Promise<Map<string, Entry>> {
    const entries = await using<Entry[]>((database) => database.getAll("entries")).catch((): Entry[] => []);
    return new Map(entries.map((entry) => [keyOf(entry.kind, entry.name), entry]));
  }
  /** Whether what is stored under its kind and name has been changed by another tab. */
  function foreign({ kind, name }: Entry, there: Map<string, Entry>): boolean {
    const stored = there.get(keyOf(kind, name));
    return stored !== undefined && stored.saved !== seen.get(keyOf(kind, name));
  }
  function putBeside(name: string, there: Map<string, Entry>) {
    let number = 2;
    while (there.has(keyOf("model", `${name} (${number})`)) || memory.has(keyOf("model", `${name} (${number})`))) number += 1;
    beside.set(name, `${name} (${number})`);
  }

  return {
    putAll, list,
    /** @param meta what can be cloned */
    put: (kind: string, name: string, data: Data, meta: Record<string, unknown> = {}) => putAll([{ kind, name, data, meta }]),
    async get(kind: string, name: string): Promise<Found | null> {
      const key = keyOf(kind, name);
      const held = memory.get(key);
      // A copy, as from the database: whoever gets it may give it away.
      if (held) return { ...held, data: held.data instanceof Uint8Array ? new Uint8Array(held.data) : held.data };
      try {
        const [entry, data] = await using<[Entry | undefined, Data | undefined]>((database) =>
          Promise.all([database.get("entries", key), database.get("bytes", key)]));
        if (entry && !seen.has(key)) seen.set(key, entry.saved);
        return entry ? { entry, data: data ?? null } : null;
      } catch (error) {
        trouble(sentence(error));
        return null;
      }
    },
    async remove(kind: string, name: string) {
      const key = keyOf(kind, name);
      memory.delete(key);
      if (writes) {
        try {
          await inOneStep((entries, bytes) => {
            entries.delete(key);
            bytes.delete(key);
          });
        } catch (error) {
          trouble(sentence(error));
        }
      }
      changed();
    },
    async clear() {
      memory.clear();
      if (writes) {
        try {
          await inOneStep((entries, bytes) => {
            entries.clear();
            bytes.clear();
          });
          trouble(null);
        } catch (error) {
          trouble(sentence(error));
        }
      }
      changed();
    },
    /** Another tab keeps the work: what is put here stays in memory. */
    yield() {
      writes = false;
    },
    /**
     * This tab keeps the work from now on. What it has held back is written; where another tab has changed the same model, this
     * one's goes beside it under another name. Of what there is only one of, the other's stays.
     */
    async takeUp() {
      writes = true;
      const held = [...memory.values()];
      if (held.length === 0) return;
      const there = await inDatabase();
      for (const { entry } of held) if (entry.kind === "model" && foreign(entry, there)) putBeside(entry.name, there);
      const all = held.flatMap(({ entry, data }) => {
        const name = beside.get(entry.name);
        if ((entry.kind === "model" || entry.kind === "purifier") && name) return [{ entry: { ...entry, name }, data }];
        return foreign(entry, there) ? [] : [{ entry, data }];
      });
      memory.clear();
      await write(all);
    },
    /** The name to store a model under: its own, or another one where the one that is stored is another tab's. */
    async nameFor(name: string): Promise<string> {
      if (writes && !beside.has(name)) {
        const there = await inDatabase();
        const entry = there.get(keyOf("model", name));
        if (entry && foreign(entry, there)) putBeside(name, there);
      }
      return nameOf(name);
    },
    /** The name that a model of this tab has been stored under. */
    nameOf,
    /** Whether this tab may offer to go on with it: what another tab keeps may be at work there. */
    isMine: (kind: string, name: string): boolean => writes || memory.has(keyOf(kind, name)),
    /** Whether work would be lost if this tab were closed now. */
    get unsaved(): boolean { return [...memory.values()].some(({ entry }) => entry.size > 0); },
    /** The models of this tab are read anew: they are those that are stored, each under its name. */
    asNamed() {
      beside.clear();
      // What could not be saved is still this tab's own.
      for (const key of [...seen.keys()]) if (!memory.has(key)) seen.delete(key);
    },
    /** Asks that what is kept is not thrown away when space runs short. */
    async persist() {
      try {
        if (!await navigator.storage.persisted()) await navigator.storage.persist();
      } catch { /* A browser without it keeps it as long as it likes. */ }
    },
    /** What the browser says of the space, in bytes, the offline copy included. */
    async estimate(): Promise<{ usage: number; quota: number } | null> {
      try {
        const { usage = 0, quota = 0 } = await navigator.storage.estimate();
        return { usage, quota };
      } catch {
        return null;
      }
    },
  };
}
