// Jobs have numbers: what is waited for is told how its own work ended, and nothing else wakes it.

import assert from "node:assert/strict";
import test from "node:test";
import { link, type FromWorker, type Port, type ToWorker } from "../../www/engine/rpc.js";
import { reduce } from "../../www/state/reduce.js";
import { createStore, initialState } from "../../www/state/store.js";

/** A worker that answers when it is told to. */
function port() {
  const sent: ToWorker[] = [];
  const ears: { message?: (event: { data: FromWorker }) => void } = {};
  const worker: Port = {
    postMessage(message) { sent.push(message); },
    addEventListener(type: string, heard: (event: never) => void) {
      if (type === "message") Object.assign(ears, { message: heard });
    },
    terminate() {},
  };
  return { worker, sent, say: (data: FromWorker) => ears.message?.({ data }) };
}

test("an abandoned command is told as lost, and a later job does not answer it", async () => {
  const first = port();
  const line = link(first.worker, { events() {}, trouble() {} });
  const waiting = line.send({ type: "gradients" });
  line.close();
  assert.equal((await waiting.done).ending, "lost");
  assert.deepEqual(await waiting.answer, []);
});

for (const state of ["finished", "cancelled", "failed"] as const) {
  test(`a job that is ${state} ends the handle of its own command, and no other`, async () => {
    const { worker, say } = port();
    const line = link(worker, { events() {}, trouble() {} });
    const one = line.send({ type: "gradients" });
    const other = line.send({ type: "gradients" });
    let ended = "";
    void other.done.then(({ ending }) => { ended = ending; });
    say({ kind: "events", id: one.id, at: 0, events: [{ job: one.id, event: { type: "job", kind: "attack", state: "running", done: 0, total: 9 } }] });
    say({ kind: "events", id: null, at: 1, events: [{ job: one.id, event: { type: "job", kind: "attack", state, done: 9, total: 9 } }] });
    assert.equal((await one.done).ending, state);
    assert.equal(ended, "");
    line.close();
  });
}

test("a job's event changes the job of its number only", () => {
  const store = createStore(initialState());
  const asked = reduce(store.get(), { type: "asked", id: 7, kind: "attack", command: { type: "gradients" }, place: null, at: 0 });
  const event = { type: "job", kind: "attack", state: "finished", done: 9, total: 9 } as const;
  assert.equal(reduce(asked, { type: "event", event, job: 6, at: 1, place: null }).job?.state, "running");
  assert.equal(reduce(asked, { type: "event", event, job: 7, at: 1, place: null }).job?.state, "finished");
});
