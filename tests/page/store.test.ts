// The ground of the page: whoever listens to the state is told, in a hidden tab too, and what one of them throws does not keep it from
// the next; the storage asks once more where the browser has closed it.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { deleteDB } from "idb";
import { createOffline } from "../../www/keep/offline.js";
import { createStorage } from "../../www/keep/storage.js";
import { createStore, initialState } from "../../www/state/store.js";

const wait = (ms: number) => new Promise((done) => { setTimeout(done, ms); });

test("a listener that throws keeps no other from being told, and is told of itself", async () => {
  const failures: unknown[] = [];
  const store = createStore(initialState(), (error) => failures.push(error));
  const heard: string[] = [];
  store.always(() => { throw new Error("a view"); });
  const stop = store.always(({ place }) => heard.push(place));
  store.set({ place: "data" });
  await wait(150);
  assert.deepEqual(heard, ["data"]);
  assert.match(String(failures), /a view/);
  stop();
  store.set({ place: "train" });
  await wait(150);
  assert.deepEqual(heard, ["data"]);
});

test("changes of one moment are told once, and in a tab that gets no frames too", async () => {
  const frames: (() => void)[] = [];
  Object.assign(globalThis, { requestAnimationFrame: (work: () => void) => frames.push(work) });
  try {
    const store = createStore(initialState());
    const heard: string[] = [];
    store.always(({ place }) => heard.push(place));
    store.set({ place: "data" });
    store.set({ place: "train" });
    await wait(150);
    assert.deepEqual(heard, ["train"]);
    store.set({ place: "attack" });
    await wait(150);
    assert.deepEqual(heard, ["train", "attack"]);
    // The tab is shown again: frames that were promised come, and nothing is told twice.
    for (const frame of frames) frame();
    assert.equal(heard.length, 2);
  } finally {
    Object.assign(globalThis, { requestAnimationFrame: undefined });
  }
});

test("a database that the browser has closed costs nothing: it is opened again, and nobody is told", async () => {
  const troubles: unknown[] = [];
  const storage = createStorage({ trouble: (words) => { if (words) troubles.push(words); }, changed() {} }, "closed");
  assert.ok(await storage.put("settings", "first", null));
  await deleteDB("closed");
  assert.ok(await storage.put("settings", "second", null));
  assert.deepEqual((await storage.list()).map(({ name }) => name), ["second"]);
  assert.deepEqual(troubles, []);
});

/** A browser with a service worker, as far as the page sees one. */
function browser({ controlled = false, refuses = false, saves = false } = {}) {
  const target = new EventTarget();
  const registration = Object.assign(new EventTarget(), {
    installing: null as EventTarget & { state: string } | null, waiting: null as { postMessage(words: string): void } | null, active: null as object | null,
    update: async () => {},
  });
  const calls = { registered: 0, posted: [] as string[], reloaded: 0 };
  const serviceWorker = Object.assign(target, {
    controller: controlled ? {} : null,
    async register() {
      calls.registered += 1;
      if (refuses) throw new Error("no such luck");
      return registration;
    },
  });
  Object.assign(globalThis, { isSecureContext: true, self: globalThis });
  Object.assign(navigator, { serviceWorker, connection: { saveData: saves } });
  Object.assign(location, { reload() { calls.reloaded += 1; } });
  const store = createStore(initialState());
  const copy = createOffline(store, "https://example.org/sign/sw.js");
  return { registration, calls, serviceWorker, copy, phase: () => store.get().offline.phase };
}

/** Timers of a copy that is kept up to date would keep the test from ending. */
const without = async (work: () => Promise<void>) => {
  const { setInterval: every } = globalThis;
  Object.assign(globalThis, { setInterval: () => 0 });
  try {
    await work();
  } finally {
    Object.assign(globalThis, { setInterval: every });
  }
};

test("the copy for later says how far it is, and a new version waits until the person says so", () => without(async () => {
  const { registration, calls, serviceWorker, copy, phase } = browser();
  assert.equal(phase(), "waiting");
  const worker = Object.assign(new EventTarget(), { state: "installing" });
  registration.installing = worker;
  await copy.keep();
  assert.equal(phase(), "saving");
  await copy.keep();
  assert.equal(calls.registered, 1);
  Object.assign(registration, { installing: null, active: {} });
  worker.state = "activated";
  worker.dispatchEvent(new Event("statechange"));
  assert.equal(phase(), "kept");

  Object.assign(registration, { waiting: { postMessage: (words: string) => calls.posted.push(words) } });
  serviceWorker.controller = {};
  registration.dispatchEvent(new Event("updatefound"));
  assert.equal(phase(), "update");
  assert.deepEqual([calls.posted, calls.reloaded], [[], 0]);
  copy.use();
  serviceWorker.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual([calls.posted.length, calls.reloaded], [1, 1]);
}));

test("a copy that could not be made is told, one that is there stays, and a change in another window is told", () => without(async () => {
  const broken = browser({ refuses: true });
  await broken.copy.keep();
  assert.equal(broken.phase(), "failed");
  const offline = browser({ refuses: true, controlled: true });
  assert.equal(offline.phase(), "kept");
  await offline.copy.keep();
  assert.equal(offline.phase(), "kept");
  const half = browser();
  const worker = Object.assign(new EventTarget(), { state: "installing" });
  half.registration.installing = worker;
  await half.copy.keep();
  worker.state = "redundant";
  worker.dispatchEvent(new Event("statechange"));
  assert.equal(half.phase(), "failed");
  const elsewhere = browser({ controlled: true });
  await elsewhere.copy.keep();
  elsewhere.serviceWorker.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual([elsewhere.phase(), elsewhere.calls.reloaded], ["elsewhere", 0]);
}));
