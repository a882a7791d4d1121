// The keeper, with an engine and a storage of the test's own: what is kept does not vanish when an engine ends.

import assert from "node:assert/strict";
import test from "node:test";
import { createClient } from "../../www/engine/client.js";
import type { Port, ToWorker } from "../../www/engine/rpc.js";
import { createWriter } from "../../www/keep/writer.js";
import type { Place } from "../../www/state/types.js";

test("an engine that ends answers nobody with something that could be kept: a file that was asked for is none", async () => {
  const sent: ToWorker[] = [];
  const worker: Port = { postMessage(message) { sent.push(message); }, addEventListener() {}, terminate() {} };
  const client = createClient<Place>({ heard() {} });
  client.connect(worker, () => {});
  const before = client.generation;
  const file = client.file("lenet", false);
  client.end();
  assert.equal(await file, null);
  assert.ok(client.generation > before);
  assert.equal(sent.length, 1);
});

test("one tab keeps the work: the second is told so, and takes over when the first gives way", async () => {
  const queue: { hold: (lock: unknown) => Promise<void> }[] = [];
  let held = false;
  const next = () => {
    const one = held ? undefined : queue.shift();
    if (!one) return;
    held = true;
    void one.hold({}).then(() => { held = false; next(); });
  };
  const locks = {
    async request(_: string, options: { ifAvailable?: boolean }, hold: (lock: unknown) => Promise<void>) {
      if (options.ifAvailable && held) return hold(null);
      queue.push({ hold });
      next();
    },
  };
  const ears: ((event: { data: unknown }) => void)[] = [];
  const channel = () => ({
    postMessage(data: string) { for (const ear of ears) ear({ data }); },
    addEventListener(_: "message", heard: (event: { data: unknown }) => void) { ears.push(heard); },
  });
  const writes = ["", ""];
  await createWriter("test", (may) => { writes[0] = String(may); }, locks, channel());
  const second = await createWriter("test", (may) => { writes[1] = String(may); }, locks, channel());
  assert.deepEqual(writes, ["true", "false"]);
  second.takeOver();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual(writes, ["false", "true"]);
});
