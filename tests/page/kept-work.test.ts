// No model leaves the shelf or the storage because an engine has ended, something else was being saved, or a second tab is open.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { deleteDB, openDB } from "idb";
import { keptSettings } from "../../www/keep/keeper.js";
import { tab } from "./desk.js";

let databases = 0;
const fresh = () => `kept work ${databases += 1}`;

/** A tab with two models that are stored. */
async function withTwo(name = fresh()) {
  const page = tab(name);
  const one = engine();
  await page.start(one);
  await page.add("mine");
  await page.add("other");
  await page.keeper.settled();
  assert.deepEqual(await page.stored(), { mine: "mine", other: "other" });
  return { page, one, name };
}

test("an engine that ends while a model is being saved takes no model from the shelf", async () => {
  const { page, one } = await withTwo();
  const before = await page.order();
  // It hangs over the save that its next change begins.
  one.held.add("export_model");
  await page.add("third");
  page.end();
  await page.keeper.settled();
  await quiet();
  assert.deepEqual(await page.order(), before, "the order is not written from a shelf that has just gone");
  await page.start(engine());
  for (const model of ["mine", "other"]) assert.ok(page.shelf().includes(model), `${model} is back: ${page.shelf()}`);
});

test("nor does one that ends before a fresh one has been given all of its models", async () => {
  const { page } = await withTwo();
  const slow = engine();
  page.store.set({ models: new Map() });
  const starting = page.start(slow);
  page.end();
  await starting;
  await page.keeper.settled();
  await page.start(engine());
  for (const model of ["mine", "other"]) assert.ok(page.shelf().includes(model), String(page.shelf()));
});

test("a model that arrives while the order of the shelf is written is stored too", async () => {
  const page = tab(fresh());
  await page.start(engine());
  const { put } = page.storage;
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  let writing = 0;
  page.storage.put = async (kind, ...rest) => {
    if (kind === "shelf" && (writing += 1) === 1) await held;
    return put(kind, ...rest);
  };
  await page.add("mine");
  while (writing === 0) await quiet();
  await page.add("late");
  release();
  await page.keeper.settled();
  await quiet();
  assert.deepEqual(Object.keys(await page.stored()).sort(), ["late", "mine"]);
});

test("one model that could not be stored does not keep the next from it", async () => {
  const page = tab(fresh());
  await page.start(engine());
  const { putAll } = page.storage;
  page.storage.putAll = async (items) => {
    if (items.some(({ name }) => name === "bad")) throw new Error("no such luck");
    return putAll(items);
  };
  await Promise.all([page.add("bad"), page.add("mine")]);
  await page.keeper.settled();
  assert.deepEqual(await page.stored(), { mine: "mine" });
  assert.match(String(page.failures), /no such luck/, "and the page is told");
});

test("every model that is stored comes back, also those that no order names; what was removed does not", async () => {
  const { page, name } = await withTwo();
  await page.storage.put("shelf", "shelf", null, { names: ["other"], selected: "other" });
  const next = tab(name);
  await next.start(engine());
  assert.deepEqual(next.shelf(), ["other", "mine"]);
  assert.equal(next.store.get().selected, "other");
  await next.desk.ask({ type: "remove_model", name: "mine" }, "shelf");
  await next.keeper.settled();
  await quiet();
  const last = tab(name);
  await last.start(engine());
  assert.deepEqual(last.shelf(), ["other"]);
});

test("a model that is stored and on no shelf can be put on it", async () => {
  const { page, name } = await withTwo();
  const next = tab(name);
  await next.start(engine());
  await page.storage.put("model", "from elsewhere", new TextEncoder().encode("elsewhere"), { architecture: "lenet", facts: { trained: true } });
  assert.ok(!next.shelf().includes("from elsewhere"));
  assert.equal(await next.keeper.shelve("from elsewhere"), true);
  assert.ok(next.shelf().includes("from elsewhere"));
  assert.equal(next.store.get().models.get("from elsewhere")?.facts.trained, true);
  assert.equal(await next.keeper.shelve("never there"), false);
});

test("two tabs lose nothing of one another's: what the waiting one has made lies beside what the other has", async () => {
  const { page: first, name } = await withTwo();
  const second = tab(name);
  await second.start(engine());
  second.storage.yield();
  await second.add("mine", "mine of the second tab");
  await second.add("copy");
  await second.keeper.settled();
  await first.add("mine", "mine of the first tab");
  await first.keeper.settled();
  assert.deepEqual(await first.stored(), { mine: "mine of the first tab", other: "other" }, "the waiting tab writes nothing");
  await second.storage.takeUp();
  await second.keeper.settled();
  const all = { mine: "mine of the first tab", other: "other", copy: "copy", "mine (2)": "mine of the second tab" };
  assert.deepEqual(await tab(name).stored(), all);
  // It goes on with its own.
  await second.add("mine", "mine of the second tab, further");
  await second.keeper.settled();
  assert.deepEqual(await tab(name).stored(), { ...all, "mine (2)": "mine of the second tab, further" });
  const next = tab(name);
  await next.start(engine());
  for (const model of Object.keys(all)) assert.ok(next.shelf().includes(model), String(next.shelf()));
});

test("a tab that comes to write after another one's end puts its older model beside what that one has made of it", async () => {
  const { page: first, name } = await withTwo();
  const second = tab(name);
  await second.start(engine());
  second.storage.yield();
  await first.add("mine", "trained by the first tab");
  await first.keeper.settled();
  // That it saves all as a file does not make it know the other's model.
  await second.keeper.exportAll();
  await second.storage.takeUp();
  await second.add("mine", "trained by the second tab");
  await second.keeper.settled();
  assert.deepEqual(await tab(name).stored(), { mine: "trained by the first tab", "mine (2)": "trained by the second tab", other: "other" });
  await second.desk.ask({ type: "remove_model", name: "mine" }, "shelf");
  await second.keeper.settled();
  await quiet();
  assert.deepEqual(await tab(name).stored(), { mine: "trained by the first tab", other: "other" }, "what it removes is its own");
});

test("what earlier versions kept, in one database for all paths of a host, is there in that of the path; the old one stays as it is", async () => {
  const old = await openDB("fool-the-sign", 1, {
    upgrade(database) {
      for (const store of ["entries", "bytes"]) database.createObjectStore(store);
    },
  });
  const data = new TextEncoder().encode("weights of last year");
  await old.put("entries", { kind: "model", name: "old", size: data.length, saved: 1,
    meta: { architecture: "lenet", facts: { trained: true }, checkpoint: 3 } }, "model/old");
  await old.put("bytes", data, "model/old");
  await old.put("entries", { kind: "settings", name: "settings", size: 0, saved: 1, meta: { link: "?epochs=7&lang=de" } }, "settings/settings");
  await old.put("bytes", null, "settings/settings");
  const page = tab(fresh());
  assert.deepEqual(await page.stored(), { old: "weights of last year" });
  assert.equal(await keptSettings(page.storage), "?epochs=7&lang=de");
  await page.start(engine());
  assert.deepEqual(page.shelf(), ["lenet", "old"]);
  assert.equal(page.store.get().models.get("old")?.facts.trained, true);
  await page.storage.clear();
  assert.equal(await old.count("entries"), 2);
  assert.deepEqual(await tab(fresh()).stored(), { old: "weights of last year" }, "another path has its own copy");
  old.close();
  await deleteDB("fool-the-sign");
  assert.deepEqual(await tab(fresh()).stored(), {});
});

test("what could not be saved, because there was no room, is the model that a fresh engine gets, and no second one beside it", async () => {
  const page = tab(fresh());
  await page.start(engine());
  await page.add("mine", "first");
  await page.keeper.settled();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function refuses(value: unknown, ...key: [IDBValidKey?]) {
    if (value instanceof Uint8Array) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    return put.call(this, value, ...key);
  };
  try {
    await page.add("mine", "second");
    await page.keeper.settled();
    assert.match(page.troubles.join(" "), /storage\.full/);
    page.end();
    const next = engine();
    await page.start(next);
    assert.equal(new TextDecoder().decode(next.models.get("mine")), "second");
    await page.add("mine", "third");
    await page.keeper.settled();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  assert.deepEqual(await page.stored(), { mine: "third" });
});
