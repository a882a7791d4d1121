// Several engines for one evaluation: as many as there is room for, each with its models, and one that stops stops nothing.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { createPool, roomFor } from "../../www/engine/pool.js";
import type { EvaluationConfig, ModelInfo } from "../../www/engine/protocol.js";
import { measureFlow } from "../../www/flows/measure.js";
import { evaluationNeed, roomOf } from "../../www/state/memory.js";
import { say, type Words } from "../../www/words/say.js";
import { tab } from "./desk.js";

const MIB = 2 ** 20;

test("by itself the page takes as many engines as there are cores and room for, with the models that they hold", () => {
  const machine = { cores: 8, gib: 8 };
  assert.equal(roomFor("auto", machine, 50 * MIB), 4);
  assert.equal(roomFor("auto", { cores: 2, gib: 8 }, 50 * MIB), 2);
  assert.equal(roomFor("auto", { cores: 8, gib: 2 }, 50 * MIB), 1);
  assert.equal(roomFor("auto", machine, 1500 * MIB), 2, "large models take the place of engines");
  assert.equal(roomFor("auto", machine, 20_000 * MIB), 1);
  assert.equal(roomFor("4", machine, 50 * MIB), 4);
  assert.equal(roomFor("4", { cores: 1, gib: 8 }, 50 * MIB), 4, "whoever asks for more than there are cores gets them");
  assert.equal(roomFor("4", { cores: 8, gib: 2 }, 50 * MIB), 1, "but no more than there is memory for");
  assert.equal(roomFor("nonsense", machine), 1);
  assert.equal(roomFor("1", machine), 1);
});

test("an engine that attacks through the notebook's purifier is estimated as what it is, and fits a large device only", () => {
  const info = (purifier: number | null): ModelInfo =>
    ({ name: "a", architecture: "lenet", classes: [], parameters: 64_811, layers: [], purifier, recipe: null });
  const [bare, small, large] = [null, 194_755, 27_400_643].map((purifier) => evaluationNeed([info(purifier)], 32)) as [number, number, number];
  assert.ok(bare < small && small < large);
  assert.ok(small < roomOf(1), String(small));
  assert.ok(large > 500e6 && large < roomOf(4), String(large));
  assert.ok(evaluationNeed([info(27_400_643), info(27_400_643)], 32) > large);
});

const evaluation = (n: number, ...models: string[]): EvaluationConfig => ({
  split: "test", n, seed: 1,
  cases: models.map((model) => ({ model, defense: { name: "none" }, goal: { kind: "untargeted" }, knowledge: "none", attack: null, made_on: null })),
});

/** A page with a first engine and further ones. */
async function withPool() {
  const page = tab(`pool ${Math.random()}`);
  const first = engine({ evaluates: false });
  await page.start(first);
  await page.add("mine");
  const helpers: ReturnType<typeof engine>[] = [];
  const told: (Words | null)[] = [];
  const pool = createPool({
    run: (command) => page.client.run(command, "matrix"), file: (name, purifier) => page.client.file(name, purifier, "matrix"), hasPurifier: () => false,
    start() {
      const one = engine({ evaluates: false });
      helpers.push(one);
      setTimeout(one.ready, 1);
      return one.port;
    },
    tell: (engines) => told.push(engines),
  });
  return { page, first, helpers, told, pool, said: () => say(told[told.length - 1] ?? { text: "" }) };
}
const sharesOf = (one: ReturnType<typeof engine>) => one.asked("evaluate").map((command) => command.type === "evaluate" && command.share);

test("each engine gets its share and the models; what a further one finds goes to the first; no file is copied for the last", async () => {
  const { page, first, helpers, pool, said } = await withPool();
  const asked: number[] = [];
  const result = pool.evaluate(evaluation(96, "mine", "lenet"), { most: 4 }, (id) => asked.push(id));
  await quiet();
  assert.equal(helpers.length, 2, "a share is a chunk at least");
  assert.deepEqual([first, ...helpers].map(sharesOf), [0, 1, 2].map((index) => [{ index, of: 3 }]));
  assert.equal(said(), "3 engines share the work.");
  for (const one of helpers) assert.deepEqual([...one.models.keys()].sort(), ["lenet", "mine"]);
  assert.deepEqual(helpers.flatMap(({ handed }) => handed).sort(), [false, false, true, true]);
  helpers[1]?.tell({ type: "part", part: { case: 0, chunk: 2, images: [] } });
  await quiet();
  assert.deepEqual(first.asked("part"), [{ type: "part", part: { case: 0, chunk: 2, images: [] } }]);
  pool.control({ type: "pause" });
  pool.control({ type: "resume" });
  await quiet();
  for (const one of helpers) assert.equal(one.asked("pause").length + one.asked("resume").length, 2);
  first.end("finished");
  assert.equal((await result).ending, "finished");
  assert.equal(asked.length, 1);

  // They have the models already; what one of them still finds belongs to nobody.
  helpers[0]?.tell({ type: "part", part: { case: 0, chunk: 1, images: [] } });
  const again = pool.evaluate(evaluation(96, "mine"), { most: 3 }, () => {});
  await quiet();
  assert.equal(first.asked("part").length, 1);
  for (const one of helpers) assert.deepEqual([one.asked("import_model").length, one.asked("evaluate").length], [2, 2]);
  first.end("finished");
  await again;
  pool.end();
  page.client.end();
});

test("where a further engine stops, the first one does all of it, and alone from then on until the device is started anew", async () => {
  const { page, first, helpers, pool, said } = await withPool();
  const asked: number[] = [];
  const result = pool.evaluate(evaluation(96, "mine"), { most: 2 }, (id) => asked.push(id));
  await quiet();
  helpers[0]?.crash();
  await quiet();
  assert.deepEqual(sharesOf(first), [{ index: 0, of: 2 }, { index: 0, of: 1 }]);
  assert.match(said(), /a trap/);
  assert.equal(asked.length, 2);
  first.end("finished");
  assert.equal((await result).ending, "finished");
  const next = pool.evaluate(evaluation(96, "mine"), { most: 4 }, () => {});
  await quiet();
  first.end("finished");
  await next;
  assert.equal(helpers.length, 1);
  pool.reset();
  const last = pool.evaluate(evaluation(96, "mine"), { most: 2 }, () => {});
  await quiet();
  assert.equal(helpers.length, 2);
  first.end("finished");
  await last;
  pool.end();
  page.client.end();
});

test("that there is no room for as many engines as were asked for is told; models for which there is none at all are not measured", async () => {
  const { page, first, helpers, pool, told, said } = await withPool();
  page.store.setting("measure.engines", "4");
  page.store.setting("measure.n", 200);
  const flow = (gib: number, room = roomOf(gib)) => measureFlow(page.desk, pool, room, () => ({ cores: 8, gib }));
  flow(2.5).measure("matrix");
  await quiet();
  assert.equal(helpers.length, 1);
  assert.equal(said(), "2 engines share the work. This device has memory for 2 of the 4 engines.");
  first.end("finished");
  await quiet();
  flow(8).measure("matrix");
  await quiet();
  assert.equal(said(), "4 engines share the work.");
  first.end("finished");
  await quiet();
  const before = [first.asked("evaluate").length, told.length];
  const small = flow(8, 10 * MIB);
  small.measure("matrix");
  small.check();
  small.roc();
  await quiet();
  assert.deepEqual([first.asked("evaluate").length, told.length], before);
  assert.deepEqual([first.asked("check").length, first.asked("roc").length], [0, 0]);
  const { messages } = page.store.get();
  for (const place of ["matrix", "check", "roc"] as const) {
    assert.match(say(messages[place]?.message ?? { text: "" }), /Measuring these models would need about/);
  }
  pool.end();
  page.client.end();
});
