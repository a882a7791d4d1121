// What the engine says becomes of the state: shelf, curves, figures, speed. Pure functions, so they are tried by value.

import "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { cutAt, epochAt, goingOn, withTraining, withValidation } from "../../www/state/curves.js";
import { beforeOf, reduce, withFacts } from "../../www/state/reduce.js";
import { emptyCurve, initialState, noFacts } from "../../www/state/store.js";
import { say } from "../../www/words/say.js";
import type { Command, Curve, Event, JobKind, ModelInfo, Proportion, State, TrainingEvent, ValidationEvent } from "../../www/state/types.js";

const share = (value: number): Proportion => ({ correct: value * 100, n: 100, value, low: value, high: value });
const training = (step: number, epoch: number, loss = 1): TrainingEvent =>
  ({ type: "training", kind: "train", step, epoch, loss, images: step * 16, steps: 100, accuracy: 0.5 });
const validation = (step: number, epoch: number, accuracy = 0.9): ValidationEvent =>
  ({ type: "validation", kind: "train", step, epoch, loss: 2, accuracy: share(accuracy), collapsed: false });
const info = (name: string, recipe: ModelInfo["recipe"] = null): ModelInfo =>
  ({ name, architecture: "lenet", classes: [], parameters: 1, layers: [], purifier: null, recipe });
const shelf = (selected: string, ...models: ModelInfo[]): Event => ({ type: "shelf", selected, models });

const hear = (state: State, event: Event, at = 0, job: number | null = null): State => reduce(state, { type: "event", event, job, at, place: null });
const onShelf = (...names: string[]): State => hear(initialState(), shelf(names[0] ?? "", ...names.map((name) => info(name))));
const ask = (state: State, kind: JobKind, command: Command = { type: "gradients" }): State =>
  reduce(state, { type: "asked", id: 7, kind, command, place: null, at: 1000 });
const runs = (kind: "train" | "evaluate", done: number, total: number): Event => ({ type: "job", kind, state: "running", done, total });

test("what is known of a model stays with its name, whatever comes and goes; how it was trained is said by the engine where it knows", () => {
  let state = withFacts(onShelf("a", "b"), { trained: true, recipe: { kind: "pgd" } });
  state = hear(state, shelf("a", info("b"), info("a"), info("c", { kind: "trades" })));
  assert.deepEqual([...state.models.keys()], ["b", "a", "c"]);
  assert.deepEqual(state.models.get("a")?.facts, { ...noFacts(), trained: true, recipe: { kind: "pgd" } });
  assert.deepEqual(state.models.get("b")?.facts, noFacts());
  assert.deepEqual(state.models.get("c")?.facts.recipe, { kind: "trades" });
  state = hear(state, shelf("b", info("b")));
  assert.deepEqual([...state.models.keys()], ["b"]);
});

test("what was shown of one model is not shown of another", () => {
  const busy = ask(onShelf("a", "b"), "train");
  assert.equal(hear(busy, shelf("a", info("a"), info("b"))).job?.id, 7, "the same one is still selected");
  const over = hear(hear(busy, runs("train", 0, 9), 0, 7), { type: "job", kind: "train", state: "finished", done: 9, total: 9 }, 1, 7);
  const other = hear({ ...over, frames: [] }, shelf("b", info("a"), info("b")));
  assert.deepEqual([other.job, other.jobs, other.outcome], [null, {}, null]);
  const going = hear(busy, shelf("b", info("a"), info("b")));
  assert.deepEqual([going.job?.id, Object.keys(going.jobs)], [7, ["train"]], "a training that goes on with a model which was not there still runs");
  assert.deepEqual(hear(busy, { type: "job", kind: "train", state: "running", done: 1, total: 2 }, 0, 6), busy, "another job's events are not its");
});

test("that a data set was opened stays told, though another model is selected for its classes", () => {
  const begun = hear(ask(onShelf("a"), "load"), { type: "job", kind: "load", state: "running", done: 0, total: 9 }, 0, 7);
  const over = hear(begun, { type: "job", kind: "load", state: "finished", done: 9, total: 9 }, 1, 7);
  const state = hear(over, shelf("b", info("a"), info("b")));
  assert.deepEqual([state.job?.state, Object.keys(state.jobs), state.jobs.load?.started], ["finished", ["load"], 1000]);
});

test("speed and time left are those of the last seconds, and unknown before there are any", () => {
  let state = hear(ask(onShelf("a"), "train"), runs("train", 0, 100), 0, 7);
  assert.deepEqual([state.job?.rate, state.job?.secondsLeft], [null, null]);
  for (let step = 1; step <= 40; step += 1) state = hear(state, training(step, step / 10), step * 100);
  // Ten steps of 16 images a second.
  assert.ok(Math.abs((state.job?.rate ?? 0) - 160) < 1e-9, String(state.job?.rate));
  assert.ok(Math.abs((state.job?.secondsLeft ?? 0) - 6) < 1e-9);
  for (let step = 41; step <= 50; step += 1) state = hear(state, training(step, step / 10), 4000 + (step - 40) * 1000);
  assert.ok((state.job?.rate ?? 0) < 20, "slow steps are not hidden by the fast ones before");
  assert.equal(state.job?.epoch, 5);
  state = hear(state, { type: "job", kind: "train", state: "paused", done: 50, total: 100 }, 20_000, 7);
  assert.equal(state.job?.samples.length, 0, "a pause is no part of it");
  state = hear(state, { type: "job", kind: "train", state: "finished", done: 100, total: 100 }, 30_000, 7);
  assert.deepEqual([state.job?.secondsLeft, state.job?.done, state.models.get("a")?.facts.trained], [null, 100, true]);
});

test("a training that has taken no step has taught nothing", () => {
  const begun = hear(ask(onShelf("a"), "train"), runs("train", 0, 100), 0, 7);
  const state = hear(begun, { type: "job", kind: "train", state: "cancelled", done: 0, total: 100 }, 1, 7);
  assert.equal(state.models.get("a")?.facts.trained, false);
});

test("a collapse of its robustness is told at once, and shown until the next training; a training that only learns says nothing of it", () => {
  const begun = hear(ask(onShelf("a"), "train"), runs("train", 0, 100), 0, 7);
  const fine = hear(begun, validation(10, 1), 1, 7);
  assert.equal(fine.models.get("a")?.facts.collapsed, false);
  assert.doesNotMatch(say(fine.announcement), /collapsed/);
  const state = hear(fine, { ...validation(20, 2), collapsed: true, robust: share(0.1) }, 2, 7);
  assert.equal(state.models.get("a")?.facts.collapsed, true);
  assert.match(say(state.announcement), /Its robustness collapsed\.$/);
  const config = { recipe: { kind: "fast" } };
  const again = ask(state, "train", { type: "train", config } as Command);
  assert.equal(again.models.get("a")?.facts.collapsed, false);
});

test("figures so far move the bar by what all engines have seen, and only forwards", () => {
  const one = { model: "a", defense: { name: "none" as const }, goal: { kind: "untargeted" as const }, knowledge: "none" as const };
  const config = { cases: [one, one], n: 100, seed: 1, split: "test" as const };
  const measurement = { config, accuracies: [null, null], report: null, records: "" };
  let state = hear(ask({ ...onShelf("a"), matrix: measurement, curve: measurement }, "matrix"), runs("evaluate", 0, 200), 0, 7);
  state = hear(state, { type: "measured", accuracies: [share(0.5), null] }, 500);
  assert.deepEqual(state.matrix?.accuracies, [share(0.5), null]);
  assert.equal(state.job?.done, 100);
  state = hear(state, runs("evaluate", 20, 200), 600, 7);
  assert.equal(state.job?.done, 100, "the first engine's own share is less");
  assert.equal(state.curve, measurement);
  const report = { cases: [], records: [], worst: [] };
  state = hear(state, { type: "report", report, records: "[]" }, 700);
  assert.deepEqual([state.matrix?.report, state.matrix?.records, state.curve?.report], [report, "[]", null]);
  const none = onShelf("a");
  assert.deepEqual(hear(none, { type: "measured", accuracies: [] }), none, "with nothing that is measured");
});

test("a refused job leaves everything as it was", () => {
  const before = withFacts(onShelf("a"), { recipe: { kind: "pgd" }, collapsed: true });
  const asked = ask(before, "train_purifier", { type: "continue", checkpoint: new Uint8Array() });
  assert.deepEqual(reduce(asked, { type: "refused", id: 7, before: beforeOf(before) }), before);
  const begun = hear(asked, runs("train", 0, 9), 0, 7);
  assert.equal(reduce(begun, { type: "refused", id: 7, before: beforeOf(before) }), begun, "one that has begun is none");
});

const columns = ["loss", "validationLoss", "accuracy", "validationAccuracy", "attacked", "purifiedClean"] as const;
const isAligned = (curve: Curve) => columns.every((name) => curve[name].length === curve.x.length);

test("a training and its validation at the same place are one point; a further run goes on behind it", () => {
  let curve = withValidation(emptyCurve(), validation(0, 0, 0.02));
  curve = withTraining(curve, training(10, 1));
  curve = withValidation(curve, validation(10, 1));
  assert.deepEqual([curve.x, curve.loss, curve.validationLoss], [[0, 1], [null, 1], [2, 2]]);
  curve = withTraining(goingOn(curve), training(5, 0.5, 3));
  assert.deepEqual([curve.offset, curve.x.at(-1), curve.loss.at(-1)], [1, 1.5, 3]);
  assert.ok(isAligned(curve));
  assert.deepEqual(emptyCurve().x, [], "and nothing is changed in place");
});

test("what came after a checkpoint is drawn again, in its own run only", () => {
  let curve = emptyCurve();
  for (const [step, epoch] of [[10, 1], [20, 2]] as const) curve = withValidation(withTraining(curve, training(step, epoch)), validation(step, epoch));
  curve = goingOn(curve);
  for (const [step, epoch] of [[10, 1], [20, 2], [30, 3]] as const) curve = withValidation(withTraining(curve, training(step, epoch)), validation(step, epoch));
  assert.equal(epochAt(curve, 25), 2);
  assert.equal(epochAt(curve, 5), 0, "the first run's steps have the same numbers");
  const cut = cutAt(curve, 2);
  assert.deepEqual([cut.x, cut.rows.map(({ x }) => x)], [[1, 2, 3, 4], [1, 2, 3, 4]]);
  assert.ok(isAligned(cut));
});

test("a long training's curve is thinned, and keeps its ends and every validation", () => {
  let curve = emptyCurve();
  for (let step = 1; step <= 3000; step += 1) {
    curve = withTraining(curve, training(step, step / 100));
    if (step % 500 === 0) curve = withValidation(curve, validation(step, step / 100));
  }
  curve = withTraining(curve, training(3001, 30.01));
  assert.ok(curve.x.length < 2000 && isAligned(curve), String(curve.x.length));
  assert.equal(curve.x.at(-1), 30.01);
  assert.equal(curve.validationLoss.filter((loss) => loss !== null).length, 6);
  assert.equal(curve.rows.length, 6);
});
