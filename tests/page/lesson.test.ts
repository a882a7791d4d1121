// The lesson works with settings of its own, leaves everything as it was, and says what came of it and nothing else.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { createPool } from "../../www/engine/pool.js";
import { attackFlow } from "../../www/flows/attack.js";
import { learnFlow } from "../../www/flows/learn.js";
import { measureFlow } from "../../www/flows/measure.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { trainFlow } from "../../www/flows/train.js";
import { LESSON, sharesOf, truth } from "../../www/state/lesson.js";
import type { CaseReport, Measurement, Proportion, Report } from "../../www/state/types.js";
import { EN } from "../../www/words/en/index.js";
import { tab, ways } from "./desk.js";

const ROOM = 2 ** 32;
/** Engines that wait for more would keep the tests from ending. */
const pools: ReturnType<typeof createPool>[] = [];
after(() => {
  for (const pool of pools) pool.end();
});

async function atLesson(one = engine()) {
  const page = tab(`lesson ${Math.random()}`);
  await page.start(one);
  const picture = pictureFlow(page.desk);
  await picture.draw();
  const pool = createPool({
    run: (command) => page.client.run(command, "matrix"), file: (name, purifier) => page.client.file(name, purifier, "matrix"), hasPurifier: () => false,
    start: () => engine().port, tell() {},
  });
  pools.push(pool);
  const attack = attackFlow(page.desk, picture);
  const measure = measureFlow(page.desk, pool, ROOM, () => ({ cores: 1, gib: 8 }));
  const learn = learnFlow(page.desk, { attack, measure, train: trainFlow(page.desk, page.checkpoints, ROOM, ways), shelf: shelfFlow(page.desk, ROOM) });
  return { page, one, learn };
}

test("its attacks leave the settings as they are, and it keeps what came of each", async () => {
  const { page, one, learn } = await atLesson();
  const { settings } = page.store.get();
  await learn.lessonStep("epsilon");
  await learn.exhibit("jpeg", "strong");
  const { lesson, museum } = page.store.get();
  assert.equal(one.asked("attack").length, 3);
  assert.deepEqual([lesson["epsilon"]?.length, Object.keys(museum)], [2, ["jpeg strong"]]);
  assert.deepEqual(page.store.get().settings, settings);
});

test("its last step trains and measures a copy; the selected model, the settings and the person's own table stay", async () => {
  const { page, one, learn } = await atLesson();
  await page.add("mine");
  const { settings } = page.store.get();
  const matrix: Measurement = { config: { cases: [], n: 1, seed: 1, split: "test" }, accuracies: [], report: null, records: "mine" };
  page.store.set({ matrix });
  for (const time of [1, 2]) {
    const step = learn.lessonStep("training");
    await quiet();
    one.train(9);
    one.end("finished");
    await step;
    await quiet();
    const state = page.store.get();
    assert.equal(state.selected, "mine");
    assert.deepEqual(state.hardened?.cases.map((found) => found.case.model).filter((name, at, all) => all.indexOf(name) === at).length, 2);
    assert.equal(state.hardened?.cases[0]?.case.model, "mine", `time ${time}: it is the model that is selected that is hardened`);
    assert.deepEqual(state.matrix, matrix);
    assert.deepEqual(state.settings, settings);
  }
  assert.equal(page.shelf().length, 4, "a copy each time");
});

test("where its training is cancelled nothing is measured, and the former model is selected again", async () => {
  const { page, one, learn } = await atLesson();
  await page.add("mine");
  const step = learn.lessonStep("training");
  await quiet();
  one.end("cancelled");
  await step;
  assert.equal(one.asked("evaluate").length, 0);
  assert.equal(page.store.get().selected, "mine");
  assert.equal(page.store.get().lesson["training"], undefined);
});

const share = (value: number, low: number, high: number): Proportion => ({ correct: Math.round(value * 86), n: 86, value, low, high });
function report(before: [clean: Proportion, attacked: Proportion], after: [clean: Proportion, attacked: Proportion]): Report {
  const one = (model: string, accuracy: Proportion, attacked: boolean): CaseReport => ({
    case: { model, defense: { name: "none" }, goal: { kind: "untargeted" }, knowledge: "none", attack: attacked ? { name: "pgd" } : null, made_on: null },
    accuracy, accuracy_8bit: accuracy, accuracy_jpeg: accuracy, success: accuracy, confusion: [], dangerous: [], largest_linf: 0, per_class: [],
  });
  return { records: [], worst: [], cases: [one("a", before[0], false), one("a", before[1], true), one("b", after[0], false), one("b", after[1], true)] };
}

test("of a hardened copy it says only what so few signs can show", () => {
  const step = LESSON.find(({ id }) => id === "training") ?? assert.fail("no such step");
  const [weak, strong] = [share(0.05, 0.02, 0.12), share(0.6, 0.5, 0.7)];
  const [good, hardly, bad] = [share(0.98, 0.93, 0.99), share(0.96, 0.9, 0.98), share(0.7, 0.6, 0.79)];
  const said = (...both: Parameters<typeof report>) => truth(step, [], sharesOf(report(...both)));
  assert.equal(said([good, weak], [bad, strong]), "robust");
  assert.equal(said([good, weak], [hardly, strong]), "both", "one sign in 86 is no difference");
  assert.equal(said([good, strong], [bad, weak]), "clean");
  assert.equal(said([good, share(0.5, 0.4, 0.6)], [good, strong]), "unclear");
  assert.equal(truth(step, [], []), "");
});

test("a search that found nothing has no length to compare, and each answer has a sentence that is true of it", async () => {
  const step = LESSON.find(({ id }) => id === "cw") ?? assert.fail("no such step");
  const { page, learn } = await atLesson();
  await learn.lessonStep("cw");
  const [one, other] = page.store.get().lesson["cw"] ?? [];
  assert.ok(one && other);
  const said = (success: boolean, l2: number) => truth(step, [{ ...one, l2: 2 }, { ...other, success, l2 }], []);
  assert.deepEqual([said(true, 1), said(true, 3), said(false, 0)], ["smaller", "larger", "unclear"]);
  for (const key of ["epsilon.reveal.yes", "targeted.reveal.no", "cw.unclear", "cw.reveal.unclear"]) assert.ok(Object.hasOwn(EN, `lesson.${key}`), key);
});
