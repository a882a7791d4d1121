// A tab that is hidden, closed or comes back after a crash: what runs is kept or asked for, and what was open is opened again.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { createActions } from "../../www/flows/actions.js";
import { guardClosing, works } from "../../www/flows/closing.js";
import { deviceFlow } from "../../www/flows/device.js";
import { purifierConfig } from "../../www/state/commands.js";
import { reduce } from "../../www/state/reduce.js";
import { initialState } from "../../www/state/store.js";
import type { JobKind, JobState, State } from "../../www/state/types.js";
import { tab } from "./desk.js";

/** A state in which a job of this kind runs, or has ended. */
function running(kind: JobKind, state: JobState): State {
  const asked = reduce(initialState(), { type: "asked", id: 1, kind, command: { type: "gradients" }, place: null, at: 1000 });
  return { ...asked, job: asked.job && { ...asked.job, state } };
}

test("closing asks while anything runs that would be lost, and an attack only once it has taken a while", () => {
  for (const kind of ["load", "train", "train_purifier", "matrix", "curve", "check", "roc"] as const) {
    for (const state of ["running", "paused"] as const) assert.ok(works(running(kind, state), 1001), `${kind} ${state}`);
    for (const state of ["finished", "cancelled", "failed"] as const) assert.ok(!works(running(kind, state), 1001), `${kind} ${state}`);
  }
  assert.ok(!works(running("attack", "running"), 2000));
  assert.ok(works(running("attack", "running"), 7000));
  assert.ok(!works(initialState(), 1));
});

/** A window and a document that are told things. */
function guarded() {
  const page = tab(`closing ${Math.random()}`);
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const told = { hidden: 0, unsaved: false };
  guardClosing({ store: page.store, checkpoints: { hidden() { told.hidden += 1; } }, storage: { get unsaved() { return told.unsaved; } } }, window, document);
  const asks = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { page, window, document, told, asks };
}

test("the question is asked while a job runs and while work is in this tab only", () => {
  const { page, told, asks } = guarded();
  assert.ok(!asks());
  page.store.set({ job: running("matrix", "running").job });
  assert.ok(asks());
  page.store.set({ job: null });
  assert.ok(!asks());
  told.unsaved = true;
  assert.ok(asks());
});

test("a checkpoint is asked for when the tab is hidden, frozen or left, and not when it is shown", () => {
  const { window, document, told } = guarded();
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(told.hidden, 0);
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  document.dispatchEvent(new Event("freeze"));
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(told.hidden, 3);
});

test("models that another tab keeps from being stored are what would be lost", async () => {
  const page = tab(`unsaved ${Math.random()}`);
  await page.start(engine());
  page.storage.yield();
  await page.storage.put("settings", "settings", null, { link: "" });
  assert.equal(page.storage.unsaved, false);
  await page.add("mine");
  await page.keeper.settled();
  assert.equal(page.storage.unsaved, true);
  await page.storage.takeUp();
  assert.equal(page.storage.unsaved, false);
});

for (const [ending, steps, asked] of [["finished", 9, 1], ["cancelled", 9, 1], ["failed", 9, 1], ["cancelled", 0, 0]] as const) {
  test(`after a training that is ${ending} at step ${steps} the browser is ${asked ? "" : "not "}asked to keep what is stored`, async () => {
    const page = tab(`persist ${Math.random()}`);
    const one = engine();
    await page.start(one);
    const calls: string[] = [];
    Object.assign(navigator, { storage: { persisted: async () => false, persist: async () => { calls.push("persist"); return true; } } });
    void page.desk.send({ type: "train_purifier", config: purifierConfig(page.store.get().settings) }, "purify");
    await quiet();
    one.train(steps);
    one.validate();
    await quiet();
    assert.deepEqual(calls, [], "not in the middle of it");
    one.end(ending);
    await quiet();
    assert.equal(calls.length, asked);
    Object.assign(navigator, { storage: undefined });
  });
}

/** The page as app/main.ts wires it, but for the views. */
function whole() {
  const page = tab(`whole ${Math.random()}`);
  const engines: ReturnType<typeof engine>[] = [];
  const device = deviceFlow(page.desk, {
    lacks: () => null,
    probe: async () => ({ ok: false, software: false, why: { text: "" }, name: { text: "" } }),
    start() {
      const one = engine();
      one.archives.set("signs.zip", "signs");
      engines.push(one);
      return one.port;
    },
  });
  const actions = createActions(page.desk, { device, keeper: page.keeper, checkpoints: page.checkpoints, sure: async () => true });
  return {
    page, device, actions,
    last: () => engines[engines.length - 1] ?? assert.fail("no engine"),
    /** The engine that has been started comes up. */
    async up() {
      engines[engines.length - 1]?.ready();
      await page.keeper.restore();
      await actions.firstPicture();
      await page.checkpoints.look();
      await quiet();
    },
  };
}

test("the data set that was open is opened again after a crash, as it was opened, and once", async () => {
  const { page, device, actions, last, up } = whole();
  await device.start("cpu");
  await up();
  page.store.setting("data.seed", 5);
  const files = [{ path: "signs.zip", file: new Blob(["PK"]) }];
  await actions.load(files);
  assert.equal(page.store.get().data?.name, "signs");
  page.store.setting("data.seed", 9);
  // One that could not be opened is not the one that is open.
  await actions.load([{ path: "broken.zip", file: new Blob(["no archive"]) }]);
  last().crash();
  assert.equal(page.store.get().data, null);
  await up();
  const [load, ...more] = last().asked("load");
  assert.deepEqual(load?.type === "load" && [load.files[0]?.path, load.options.seed], ["signs.zip", 5]);
  assert.equal(more.length, 0);
  assert.equal(page.store.get().data?.name, "signs");
  assert.ok(page.store.get().crash, "and one is told");

  await actions.closeData();
  last().crash();
  await up();
  assert.equal(last().asked("load").length, 0);
  page.client.end();
});

test("a training on that data set is offered after the crash, and goes on without being opened a second time", async () => {
  const { page, device, actions, last, up } = whole();
  await device.start("cpu");
  await up();
  await actions.load([{ path: "signs.zip", file: new Blob(["PK"]) }]);
  actions.train();
  await quiet();
  last().train(20);
  last().validate();
  await quiet();
  last().crash();
  await up();
  assert.equal(page.store.get().resumable?.step, 20);
  void actions.resumeTraining();
  await quiet();
  assert.equal(last().asked("continue").length, 1);
  assert.equal(last().asked("load").length, 1);
  assert.equal(page.store.get().crash, null);
  page.client.end();
});
