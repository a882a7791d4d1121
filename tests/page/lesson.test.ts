// The lesson works with settings of its own, leaves everything as it was, says what came of it and nothing else, and is there again next time.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after } from "node:test";
import { createPool } from "../../www/engine/pool.js";
import { attackFlow } from "../../www/flows/attack.js";
import { learnFlow } from "../../www/flows/learn.js";
import { measureFlow } from "../../www/flows/measure.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { trainFlow } from "../../www/flows/train.js";
import { keepLesson, keptLesson, readLesson, writeLesson } from "../../www/keep/lesson.js";
import { LESSON, LESSON_STICKER, ONWARD, ROBUST, rowsOf, truth, type Step } from "../../www/state/lesson.js";
import { QUIZ, UNSURE, isFull, score } from "../../www/state/quiz.js";
import { SCHEMA, admit } from "../../www/state/schema.js";
import type { CaseReport, LessonRow, Measurement, OutcomeReport, Proportion, Report, State } from "../../www/state/types.js";
import { DE } from "../../www/words/de/index.js";
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

const stepOf = (wanted: string): Step => LESSON.find(({ id }) => id === wanted) ?? assert.fail(`no such step: ${wanted}`);
/** An own table and an own sticker, which the lesson is to leave alone. */
const OWN: Pick<State, "matrix" | "sticking" | "painted"> = {
  matrix: { config: { cases: [], n: 1, seed: 1, split: "test" }, accuracies: [], report: null, records: "mine" } satisfies Measurement,
  sticking: { model: "mine", frame: null, report: null, hand: null }, painted: new Uint8Array(4),
};

test("its attacks leave the settings as they are, and it keeps what came of each", async () => {
  const { page, one, learn } = await atLesson();
  const { settings } = page.store.get();
  await learn.lessonStep("epsilon");
  await learn.exhibit("jpeg", "strong");
  const { lesson, museum } = page.store.get();
  assert.equal(one.asked("attack").length, 3);
  assert.deepEqual([lesson["epsilon"]?.attacks.length, lesson["epsilon"]?.came, Object.keys(museum)], [2, "yes", ["jpeg strong"]]);
  assert.deepEqual(page.store.get().settings, settings);
});

test("its training hardens and measures a copy; the selected model, the settings and the person's own table stay", async () => {
  const { page, one, learn } = await atLesson();
  await page.add("mine");
  const { settings } = page.store.get();
  page.store.set(OWN);
  for (const time of [1, 2]) {
    const step = learn.lessonStep("training");
    await quiet();
    one.train(9);
    one.end("finished");
    await step;
    await quiet();
    const state = page.store.get();
    assert.equal(state.selected, "mine");
    const { rows = [], came } = state.lesson["training"] ?? {};
    assert.deepEqual([rows.length, rows[0]?.name, came], [2, "mine", "unclear"], `time ${time}: it is the model that is selected that is hardened`);
    assert.deepEqual(state.matrix, OWN.matrix);
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

test("its stickers are made with its own settings on both networks; what is on the sign in Stickers, the table and the selection stay", async () => {
  const { page, one, learn } = await atLesson();
  await page.add(ROBUST);
  await page.add("mine");
  page.store.set({ ...OWN, settings: { ...page.store.get().settings, "sticker.share": 0.05, "sticker.sign": 3, "sticker.goal": "untargeted" } });
  const { settings } = page.store.get();
  await learn.lessonStep("sticker");
  await learn.lessonStep("stickers");
  const state = page.store.get();
  const made = one.asked("sticker").flatMap((command) => (command.type === "sticker" ? [command.config] : []));
  assert.equal(made.length, 3);
  for (const config of made) {
    assert.deepEqual([config.sign, config.goal, config.sticker.share, config.fresh, config.painted, config.by_hand],
      [14, { kind: "targeted", class: LESSON_STICKER["sticker.target"] }, 0.25, 200, null, false]);
  }
  assert.deepEqual(state.lesson["sticker"]?.stickers.map(({ model, sign }) => [model, sign]), [["mine", 14]]);
  assert.deepEqual(state.lesson["stickers"]?.rows.map(({ name, shares }) => [name, shares.length]), [["mine", 3], [ROBUST, 3]]);
  assert.deepEqual([state.lesson["sticker"]?.came, state.lesson["stickers"]?.came], ["most", "unclear"]);
  assert.deepEqual([state.matrix, state.sticking, state.painted, state.settings], [OWN.matrix, OWN.sticking, OWN.painted, settings]);
  assert.deepEqual([state.selected, page.shelf().length], ["mine", 3]);
});

test("a sticker that is cancelled leaves no result, and everything where it was", async () => {
  const { page, one, learn } = await atLesson(engine({ evaluates: false }));
  page.store.set(OWN);
  const step = learn.lessonStep("sticker");
  await quiet();
  one.end("cancelled");
  await step;
  const { lesson, sticking } = page.store.get();
  assert.deepEqual([lesson, sticking], [{}, OWN.sticking]);
});

const share = (value: number, low: number, high: number, n = 86): Proportion => ({ correct: Math.round(value * n), n, value, low, high });
function report(before: [clean: Proportion, attacked: Proportion], after: [clean: Proportion, attacked: Proportion]): Report {
  const one = (model: string, accuracy: Proportion, attacked: boolean): CaseReport => ({
    case: { model, defense: { name: "none" }, goal: { kind: "untargeted" }, knowledge: "none", attack: attacked ? { name: "pgd" } : null, made_on: null },
    accuracy, accuracy_8bit: accuracy, accuracy_jpeg: accuracy, success: accuracy, confusion: [], dangerous: [], largest_linf: 0, per_class: [],
  });
  return { records: [], worst: [], cases: [one("a", before[0], false), one("a", before[1], true), one("b", after[0], false), one("b", after[1], true)] };
}

test("of shares it says only what so few signs or views can show: where intervals meet there is a third answer", () => {
  const [weak, strong] = [share(0.05, 0.02, 0.12), share(0.6, 0.5, 0.7)];
  const [good, hardly, bad] = [share(0.98, 0.93, 0.99), share(0.96, 0.9, 0.98), share(0.7, 0.6, 0.79)];
  const of = (id: string, rows: LessonRow[]) => truth(stepOf(id), { attacks: [], rows });
  const hardened = (...both: Parameters<typeof report>) => of("training", rowsOf(report(...both)));
  assert.equal(hardened([good, weak], [bad, strong]), "robust");
  assert.equal(hardened([good, weak], [hardly, strong]), "both", "one sign in 86 is no difference");
  assert.equal(hardened([good, strong], [bad, weak]), "worse");
  assert.equal(hardened([good, share(0.5, 0.4, 0.6)], [good, strong]), "unclear");
  assert.equal(hardened([good, strong], [good, share(0.5, 0.4, 0.6)]), "unclear", "nor is it worse where nothing shows that");
  assert.equal(of("training", []), "unclear");
  const stuck = (...reached: Proportion[]) => reached.map((one, index) => ({ name: String(index), shares: [good, one, weak] }));
  const said = [share(0.9, 0.8, 0.95), share(0.1, 0.05, 0.2), share(0.55, 0.45, 0.65), share(0, 0, 1, 0)].map((one) => of("sticker", stuck(one)));
  assert.deepEqual(said, ["most", "few", "unclear", "unread"]);
  assert.deepEqual([of("stickers", stuck(good, bad)), of("stickers", stuck(bad, good)), of("stickers", stuck(good, hardly)), of("stickers", [])],
    ["less", "more", "unclear", "unread"]);
});

test("of attacks it says what came of them: nothing to do, nothing found, nothing to repair are told apart", async () => {
  const { page, learn } = await atLesson();
  await learn.lessonStep("cw");
  const [one] = page.store.get().lesson["cw"]?.attacks ?? [];
  assert.ok(one);
  const rest = { printed: "", success_8bit: true, l0: 1, made_on: null, adversarial_8bit: one.adversarial, perturbation: [], defended: null };
  const outcome: OutcomeReport = { ...rest, ...one, success: true, l2: 2, defended: null };
  const missed: OutcomeReport = { ...outcome, success: false };
  const misread: OutcomeReport = { ...outcome, label: 3 };
  const said = (id: string, ...attacks: OutcomeReport[]) => truth(stepOf(id), { attacks, rows: [] });
  const searched = [[outcome, { ...outcome, l2: 1 }], [outcome, { ...outcome, l2: 3 }], [outcome, missed], [missed, outcome]];
  assert.deepEqual(searched.map((both) => said("cw", ...both)), ["smaller", "larger", "unclear", "alone"]);
  assert.deepEqual([said("epsilon", outcome, outcome), said("epsilon", missed, outcome), said("epsilon", missed, missed)], ["yes", "no", "neither"]);
  const behind = (success: boolean, clean: number): OutcomeReport => ({ ...outcome, defended: {
    success, original: { ...outcome.original, top: [{ class: clean, probability: 1 }] }, adversarial: outcome.adversarial, refuses_adversarial: false,
    refuses_original: false } });
  assert.deepEqual([said("purifier", behind(false, 14)), said("purifier", behind(true, 14)), said("purifier", behind(true, 2)),
    said("purifier", { ...behind(false, 14), success: false })], ["yes", "no", "spoiled", "idle"]);
  assert.deepEqual([said("adaptive", behind(false, 14)), said("adaptive", behind(true, 14)), said("adaptive", behind(true, 2))], ["yes", "no", "spoiled"]);
  assert.deepEqual([said("masked", behind(false, 14), behind(true, 14)), said("masked", behind(false, 14), behind(false, 14)),
    said("masked", behind(true, 14), behind(true, 14))], ["yes", "no", "naive"]);
  for (const { id, needs } of LESSON) if (!needs || needs === "purifier") assert.equal(said(id, misread, misread), "before", id);
});

test("each outcome of each step has its own words in every language, and a guess is one of them", () => {
  const tables: Record<string, string>[] = [EN, DE];
  for (const { id, options, others } of LESSON) {
    assert.ok(options.length > 1 && !options.some((one) => others.includes(one)), id);
    for (const table of tables) {
      for (const came of [...options, ...others]) {
        assert.ok(table[`lesson.${id}.${came}`] ?? table[`lesson.came.${came}`], `${id}: ${came}`);
        assert.ok(table[`lesson.${id}.reveal.${came}`] ?? table[`lesson.came.${came}.reveal`], `${id}: what ${came} means`);
      }
      for (const part of ["title", "text", "question"]) assert.ok(table[`lesson.${id}.${part}`], `${id}: ${part}`);
    }
  }
  const known = new Set(LESSON.flatMap(({ id, options, others }) => [...options, ...others].map((came) => `lesson.${id}.reveal.${came}`)));
  assert.deepEqual(Object.keys(EN).filter((key) => /^lesson\.\w+\.reveal\./.test(key) && !key.startsWith("lesson.came.") && !known.has(key)), []);
});

test("the five questions: each has one right answer, words for all of them, and an answer for those who do not know", () => {
  const tables: Record<string, string>[] = [EN, DE];
  assert.equal(QUIZ.length, 5);
  for (const { id, options, right } of QUIZ) {
    assert.ok(options.includes(right) && !options.includes(UNSURE), id);
    for (const table of tables) for (const part of ["", ".why", ...options.map((one) => `.${one}`)]) assert.ok(table[`quiz.${id}${part}`], `${id}${part}`);
  }
  assert.ok(new Set(QUIZ.map(({ options, right }) => options.indexOf(right))).size > 1, "not always in the same place");
  const answers = Object.fromEntries(QUIZ.map(({ id, right }, index) => [id, index === 0 ? UNSURE : right]));
  assert.deepEqual([score({ answers, done: true }), isFull({ answers, done: false }), isFull({ answers: {}, done: false })], [4, true, false]);
});

test("an answer can be changed until it is handed in; the next person begins with nothing", async () => {
  const { page, learn } = await atLesson();
  learn.answer("before", "cost", "size");
  learn.answer("before", "cost", "clean");
  learn.endQuiz("before");
  learn.answer("before", "cost", "nothing");
  learn.answer("after", "cost", "nothing");
  const { before, after } = page.store.get().quiz;
  assert.deepEqual([before, after], [{ answers: { cost: "clean" }, done: true }, { answers: { cost: "nothing" }, done: false }]);
  learn.forgetLesson();
  assert.deepEqual(page.store.get().quiz, { before: { answers: {}, done: false }, after: { answers: {}, done: false } });
});

const doneOf = ({ predictions, lesson, quiz }: State) => ({ predictions, lesson, quiz });

test("what somebody has done is there at the next visit, pictures included; cleared, it is gone", async () => {
  const { page, learn } = await atLesson();
  keepLesson(page.store, page.storage);
  learn.predict("cw", "smaller");
  await learn.lessonStep("cw");
  await learn.lessonStep("sticker");
  for (const { id, right } of QUIZ) learn.answer("before", id, right);
  learn.endQuiz("before");
  await new Promise((done) => { setTimeout(done, 700); });
  const found = await keptLesson(page.storage) ?? assert.fail("nothing is kept");
  const { predictions, quiz } = page.store.get();
  assert.deepEqual([found.predictions, found.quiz], [predictions, quiz]);
  const [kept, was] = [found.lesson["cw"]?.attacks[1], page.store.get().lesson["cw"]?.attacks[1]];
  assert.deepEqual(kept?.adversarial, was?.adversarial);
  assert.deepEqual(found.lesson["sticker"], page.store.get().lesson["sticker"]);
  assert.equal((await page.storage.list()).find(({ kind }) => kind === "lesson")?.name, "lesson");
  learn.forgetLesson();
  await new Promise((done) => { setTimeout(done, 700); });
  assert.equal(await keptLesson(page.storage), null);
});

test("a file of all kept work takes the lesson along", async () => {
  const { page, learn } = await atLesson();
  keepLesson(page.store, page.storage);
  await learn.lessonStep("sticker");
  learn.predict("sticker", "most");
  await new Promise((done) => { setTimeout(done, 700); });
  const file = new File([await page.keeper.exportAll()], "all.zip");
  const { page: next } = await atLesson();
  await next.keeper.importAll(file);
  const { lesson, predictions } = next.store.get();
  assert.deepEqual([lesson["sticker"], predictions], [page.store.get().lesson["sticker"], { sticker: "most" }]);
});

test("of what was kept only what is as it should be is read; of another version nothing", async () => {
  const { page, learn } = await atLesson();
  for (const id of ["perturbation", "sticker"]) await learn.lessonStep(id);
  learn.predict("noise", "no");
  learn.answer("after", "cost", "size");
  const done = doneOf(page.store.get());
  const text = new TextDecoder().decode(writeLesson(done));
  const read = (change: string) => readLesson(new TextEncoder().encode(change));
  assert.deepEqual(read(text)?.lesson["sticker"], done.lesson["sticker"]);
  for (const nothing of [text.replace('"version":1', '"version":2'), text.slice(0, -2), "[]", "null", "", '{"version":1'] ) assert.equal(read(nothing), null);
  assert.deepEqual(read('{"version":1}'), { predictions: {}, lesson: {}, quiz: { before: { answers: {}, done: false }, after: { answers: {}, done: false } } });
  const bad: [from: string, to: string][] = [['"came":"yes"', '"came":"world peace"'], ['"width":1', '"width":200'], ['"rgba":"AAAAAA=="', '"rgba":"%"'],
    ['"name":"fgsm"', '"name":"magic"'], ['"probability":1', '"probability":"1"'], ['"knowledge":"oblivious"', '"knowledge":"all"']];
  for (const [from, to] of bad) {
    assert.ok(text.includes(from), from);
    const rest = read(text.replace(from, to));
    assert.equal(rest?.lesson["perturbation"], undefined, to);
    assert.equal(rest?.predictions["noise"], "no", "and the rest of it is there");
  }
  assert.deepEqual(read(text.replace('"noise":"no"', '"noise":"perhaps","__proto__":"no"'))?.predictions, {});
  assert.deepEqual(read(text.replace('"cost":"size"', '"cost":"dear"'))?.quiz.after.answers, {});
  assert.equal(readLesson(null), null);
  assert.ok(text.length < 400_000, `${text.length} letters`);
});

test("where it leads to at the end are settings that there are, with values that they may have", () => {
  for (const { id, settings } of ONWARD) {
    for (const [key, value] of Object.entries(settings)) {
      assert.ok(SCHEMA[key], `${id}: ${key}`);
      assert.deepEqual(admit(key, value), { value, note: null }, `${id}: ${key}`);
    }
  }
});

test("whatever a teacher can hide is hidden by the style sheet", () => {
  const css = readFileSync("www/styles/places.css", "utf8");
  for (const name of SCHEMA["teach.hide"]?.choices ?? []) assert.ok(css.includes(`:root[data-hide~="${name}"] [data-teach="${name}"]`), String(name));
});
