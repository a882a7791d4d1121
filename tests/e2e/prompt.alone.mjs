// How soon the page answers, as promised. These run alone (`.alone.mjs`): what else runs on the machine would be measured too. Even so
// something may come between, so each is tried up to three times, and once has to be soon enough. What the page itself does too slowly, it
// does too slowly every time: where the first time may be slower than later ones, each try is a visit of its own.

import assert from "node:assert/strict";
import test from "node:test";
import { HANDLE, changedWorker, until, visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Context } from "node:test" */
/** @import { Loop } from "./browser.mjs" */

const TRIES = 3;
const CPU = "?device=cpu";
const SHORT = { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 };
/** A training with all that happens in one, several times: validations, curves, checkpoints, models that are kept. */
const TRAINING = { "train-epochs": 3, "train-images-per-epoch": 1280, "train-batch-size": 16, "train-validation-images": 86 };

/**
 * The least of what is measured, which has to be within the bound.
 * @param {Context} t @param {string} what @param {{ bound: number, unit: string }} promise @param {() => Promise<number>} measure
 */
async function holds(t, what, { bound, unit }, measure) {
  /** @type {number[]} */
  const tries = [];
  while (tries.length < TRIES && !(Math.min(...tries) <= bound)) tries.push(await measure());
  const words = `${what}: ${tries.map((one) => one.toFixed(unit === "s" ? 2 : 0)).join(", ")} ${unit}, promised are ${bound}`;
  t.diagnostic(words);
  assert.ok(Math.min(...tries) <= bound, words);
}
const TASK = { bound: 50, unit: "ms" };
const CANCEL = { bound: 1, unit: "s" };
const FRESH = { bound: 3, unit: "s" };
const PAINT = { bound: 1000, unit: "ms" };

async function opened() {
  const loop = await (await visit(browser, site, { query: CPU, shipped: true })).ready();
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}

/** @typedef {{ name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }} Traced as Chromium traces; `tdur` in microseconds */

/**
 * Watches the page's own thread in a visit of its own, and is known to see what is too long. Counted is the time that a task has the
 * processor, as it would be on a machine that has nothing else to do: here the engine and whoever else computes take turns with it.
 * @param {(loop: Loop) => Promise<unknown>} prepare what is not promised of
 * @param {(loop: Loop) => Promise<unknown>} work
 * @returns {Promise<number>} the longest task, in milliseconds
 */
async function longestTask(prepare, work) {
  const loop = await opened();
  await prepare(loop);
  // On a busy machine a task that lasts long may have had little of it, so the one that has to be seen becomes longer.
  let seen = 0;
  for (let ms = 400; ms <= 6400 && seen <= TASK.bound; ms *= 2) {
    seen = await traced(() => loop.page.evaluate((ms) => new Promise((done) => {
      setTimeout(() => { for (const end = performance.now() + ms; performance.now() < end;); done(undefined); }, 0);
    }), ms));
  }
  assert.ok(seen > TASK.bound, `a task that is too long is seen: ${seen}`);
  const longest = await traced(() => work(loop));
  await loop.close();
  return longest;
}
/** The longest task of the threads of pages while something is done. @param {() => Promise<unknown>} work */
async function traced(work) {
  const debug = await browser.newBrowserCDPSession();
  /** @type {Traced[]} */
  const events = [];
  debug.on("Tracing.dataCollected", ({ value }) => events.push(...JSON.parse(JSON.stringify(value))));
  const complete = new Promise((done) => { debug.on("Tracing.tracingComplete", done); });
  await debug.send("Tracing.start", { traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline", "__metadata"] } });
  await work();
  await debug.send("Tracing.end");
  await complete;
  await debug.detach();
  const pages = new Set(events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name === "RunTask" && pages.has(`${pid} ${tid}`)).map(({ tdur = 0 }) => tdur / 1000);
  // A short job may be over before more than a few have run.
  assert.ok(tasks.length > 0, "the page's own thread is among what is traced");
  return Math.max(...tasks);
}
/** Asks seldom, so as not to be in the way. @param {Loop} loop @param {"train" | "purify"} prefix */
const ends = (loop, prefix) =>
  until("it ends", async () => (await loop.job(prefix)).state === "finished", { every: 250, timeout: 60_000, state: loop.state });

for (const place of ["train", "attack", "start"]) {
  test(`no task of the page's own thread is over 50 ms while it trains and one is at ${place}`, async (t) => {
    await holds(t, `while it trains, at ${place}`, TASK, () => longestTask(async (loop) => {
      await loop.setAll(TRAINING);
      await loop.start("train");
      await loop.until("a step", async () => (await loop.job("train")).done > 0);
      await loop.go(place);
    }, (loop) => ends(loop, "train")));
  });
}

test("no task is over 50 ms while a purifier is trained", async (t) => {
  await holds(t, "while a purifier is trained", TASK, () => longestTask(async (loop) => {
    await loop.setAll({ "purifier-epochs": 3, "purifier-width": 8, "purifier-images-per-epoch": 1280, "purifier-validation-images": 86 });
    await loop.start("purify");
    await loop.until("a step", async () => (await loop.job("purify")).done > 0);
  }, (loop) => ends(loop, "purify")));
});

test("no task is over 50 ms while C&W runs, and while the attack of the start plays", async (t) => {
  await holds(t, "while C&W runs", TASK, () => longestTask(async (loop) => {
    await loop.set("attack-kind", "cw");
    await loop.frames();
  }, (loop) => loop.attack("cw", {})));
  await holds(t, "while the attack of the start plays", TASK, () => longestTask((loop) => loop.go("start"), async (loop) => {
    await loop.click("start-go");
    await loop.until("it runs", () => loop.at("start-go").isDisabled());
    await loop.until("it has ended", () => loop.at("start-go").isEnabled());
  }));
});

test("cancel takes effect within a second, whatever runs", async (t) => {
  const loop = await opened();
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  for (const [prefix, prepare] of /** @type {["train" | "purify" | "attack" | "matrix" | "curve" | "check" | "roc", () => Promise<void>][]} */ ([
    ["train", () => loop.setAll({ "train-epochs": 50 })],
    ["purify", () => loop.setAll({ "purifier-epochs": 50, "purifier-width": 32, "purifier-images-per-epoch": 4300 })],
    ["attack", async () => { await loop.set("attack-kind", "cw"); await loop.setAll({ "cw-steps": 1000, "cw-abort-early": false }); }],
    ["matrix", () => loop.setAll({ "measure-n": 200 })],
    ["curve", () => loop.setAll({ "curve-n": 200 })],
    ["check", async () => {}],
    ["roc", () => loop.setAll({ "roc-n": 1000 })],
  ])) {
    await prepare();
    await holds(t, `${prefix} is cancelled`, CANCEL, async () => {
      await loop.start(prefix);
      await loop.until(`${prefix} runs`, async () => (await loop.job(prefix)).done > 0);
      const button = await loop.reveal(`${prefix}-cancel`);
      const from = Date.now();
      await button.click();
      await until(`${prefix} ends`, async () => (await loop.job(prefix)).state === "cancelled", { every: 10, state: loop.state });
      return (Date.now() - from) / 1000;
    });
  }
  await loop.close();
});

const TRAP = changedWorker({
  instead: [HANDLE, 'await ($3.type === "pause" ? breakDown() : $1.handle($2, $3))'],
  after: 'async function breakDown() { throw new WebAssembly.RuntimeError("a trap in the engine"); }',
});
test("three seconds after a crash a fresh engine is there, with the models and the picture", async (t) => {
  await holds(t, "a fresh engine", FRESH, async () => {
    const loop = await (await visit(browser, site, { query: CPU, init: [TRAP], allow: [/a trap in the engine/] })).ready();
    await loop.run("train", SHORT);
    await loop.setAll({ "train-epochs": 50 });
    await loop.start("train");
    await loop.until("some steps", async () => (await loop.job("train")).done >= 2);
    const pause = await loop.reveal("train-pause");
    const crashed = Date.now();
    await pause.click();
    await loop.until("the report", () => loop.at("crash").isVisible());
    await loop.ready();
    const seconds = (Date.now() - crashed) / 1000;
    assert.equal(await loop.data("subject-verdict", "trained"), "true");
    await loop.close();
    return seconds;
  });
});

test("something is painted within a second", async (t) => {
  await holds(t, "first contentful paint", PAINT, async () => {
    const loop = await opened();
    const paint = await loop.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
    await loop.close();
    return paint;
  });
});
