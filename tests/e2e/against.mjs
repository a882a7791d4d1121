// What others need for the same: JAX beside this project's engine on the CPU, TensorFlow.js in the same browser. In one run, in turns, so
// that a ratio means something on a machine that has other things to do too. `cargo xtask bench --against` installs both.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** @import { Browser } from "playwright-core" */
/** @import { Engine } from "./engine.mjs" */
/** @import { Site } from "./server.mjs" */
/** @typedef {{ name: string, work: "training" | "gradient", batch: number, repeats: number }} Task */
/** Images a second of one task. @typedef {(task: Task) => Promise<number>} Runner */
/** @typedef {{ what: string, ours: number[], theirs: number[], goal: number }} Ratio */

const ROUNDS = 7;
/** @type {Task[]} */
const TASKS = ["lenet", "signnet", "purifier"].flatMap((name) => /** @type {const} */ (["training", "gradient"]).map((work) =>
  ({ name, work, batch: 64, repeats: name === "lenet" ? 8 : 2 })));

/** A process of JAX that stays. @param {string} folder @param {string[]} words */
async function jax(folder, words) {
  const python = spawn(join(folder, "venv/bin/python"), ["tests/e2e/against.py", ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("JAX has stopped");
    return String(value);
  };
  const version = await next();
  /** @type {Runner} */
  const run = async ({ name, work, batch, repeats }) => {
    python.stdin.write(`${name} ${work} ${batch} ${repeats}\n`);
    return (batch * repeats) / Number(await next());
  };
  return { version, run, end: () => python.stdin.end() };
}

/** This project's engine, with a network on its shelf. @param {Engine} engine @returns {Promise<Runner>} */
async function ours(engine) {
  let selected = "";
  await engine.take("lenet");
  await engine.take("signnet");
  return async ({ name, work, batch, repeats }) => {
    const network = name === "signnet" ? "signnet" : "lenet";
    if (network !== selected) await engine.run({ type: "select_model", name: network });
    selected = network;
    const plain = work === "training" ? "training_step" : "input_gradient";
    const what = name === "purifier" ? { purifier: { training: work === "training" } } : plain;
    const { seconds } = await engine.run({ type: "benchmark", work: what, batch, repeats });
    return (batch * repeats) / seconds;
  };
}

/** In the page: seconds of LeNet in TensorFlow.js; none where a backend lacks a gradient. @param {Task & { backend: string }} task */
async function inPage({ backend, work, batch, repeats }) {
  const { tf } = /** @type {Beside} */ (globalThis);
  if (tf.getBackend() !== backend && !await tf.setBackend(backend)) return null;
  await tf.ready();
  /** @param {number[]} shape */
  const layer = (...shape) => ({ weight: tf.variable(tf.randomNormal(shape, 0, 0.1)), bias: tf.variable(tf.zeros(shape.slice(-1))) });
  const layers = [layer(5, 5, 3, 6), layer(5, 5, 6, 16), layer(5, 5, 16, 120)];
  const [dense1, dense2] = [layer(120, 84), layer(84, 43)];
  const weights = [...layers, dense1, dense2].flatMap(({ weight, bias }) => [weight, bias]);
  /** @param {Tensor} images */
  const lenet = (images) => {
    let x = images;
    for (const [i, { weight, bias }] of layers.entries()) {
      x = tf.tanh(tf.add(tf.conv2d(x, weight, 1, "valid"), bias));
      if (i < 2) x = tf.avgPool(x, 2, 2, "valid");
    }
    x = tf.tanh(tf.add(tf.matMul(x.reshape([batch, 120]), dense1.weight), dense1.bias));
    return tf.add(tf.matMul(x, dense2.weight), dense2.bias);
  };
  const images = tf.randomUniform([batch, 32, 32, 3]);
  const labels = tf.oneHot(tf.range(0, batch, 1, "int32").mod(tf.scalar(43, "int32")), 43).toFloat();
  /** @param {Tensor} x */
  const loss = (x) => tf.losses.softmaxCrossEntropy(labels, lenet(x));
  const adam = tf.train.adam(1e-3);
  const gradient = tf.grad(loss);
  const step = () => (work === "training" ? adam.minimize(() => loss(images), true, weights) : tf.tidy(() => gradient(images)));
  let from = 0;
  try {
    for (let at = -1; at < repeats; at += 1) {
      const out = step();
      if (at === -1 || at === repeats - 1) await out.data();
      out.dispose();
      if (at === -1) from = performance.now();
    }
    return (performance.now() - from) / 1000;
  } catch {
    return null;
  } finally {
    tf.dispose([images, labels, ...weights]);
  }
}

/**
 * TensorFlow.js in a page of the same browser.
 * @param {Browser} browser @param {Site} site @param {string} folder
 */
async function tensorflow(browser, site, folder) {
  const page = await browser.newPage();
  await page.goto(`${site.url}bench.html`);
  const modules = join(folder, "node_modules/@tensorflow");
  for (const file of ["tfjs/dist/tf.min.js", "tfjs-backend-wasm/dist/tf-backend-wasm.min.js", "tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js"]) {
    await page.addScriptTag({ path: join(modules, file) });
  }
  for (const file of ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`)) {
    site.replace.set(`against/${file}`, { status: 200, type: "application/wasm", body: readFileSync(join(modules, "tfjs-backend-wasm/dist", file)) });
  }
  const version = await page.evaluate((base) => {
    const { tf } = /** @type {Beside} */ (globalThis);
    tf.wasm.setWasmPaths(`${base}against/`);
    return `TensorFlow.js ${tf.version.tfjs}`;
  }, site.url);
  /** @param {string} backend @returns {Runner} */
  const runner = (backend) => async (task) => {
    const seconds = await page.evaluate(inPage, { ...task, backend });
    return seconds === null ? NaN : (task.batch * task.repeats) / seconds;
  };
  return { version, runner, end: () => page.close() };
}

/** In turns; the first round does not count. @param {Runner[]} runners @param {Task} task @param {number} [rounds] */
async function inTurns(runners, task, rounds = ROUNDS) {
  const rates = runners.map(() => /** @type {number[]} */ ([]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [i, run] of runners.entries()) {
      const rate = await run(task);
      if (round >= 0) rates[i]?.push(rate);
    }
  }
  return rates;
}

const WORDS = { training: "training", gradient: "input gradient" };

/**
 * On the CPU: JAX with one core and with all, TensorFlow.js with each of its backends for the CPU.
 * @param {Browser} browser @param {Site} site @param {Engine} engine @param {string} folder
 */
export async function againstOnCpu(browser, site, engine, folder) {
  const mine = await ours(engine);
  const [one, free] = await Promise.all([jax(folder, ["one"]), jax(folder, [])]);
  const tf = await tensorflow(browser, site, folder);
  /** @type {Ratio[]} */
  const ratios = [];
  for (const task of TASKS) {
    const what = `${task.name}, ${WORDS[task.work]}, batch ${task.batch}`;
    const goal = task.name === "lenet" && task.work === "gradient" ? 1 : 0.8;
    const [here = [], alone = [], all = []] = await inTurns([mine, one.run, free.run], task);
    ratios.push({ what: `${what} ÷ JAX on one core`, ours: here, theirs: alone, goal }, { what: `${what} ÷ JAX free`, ours: here, theirs: all, goal: NaN });
    if (task.name !== "lenet") continue;
    for (const backend of ["wasm", "cpu"]) {
      const [here = [], there = []] = await inTurns([mine, tf.runner(backend)], { ...task, repeats: 1 }, 3);
      ratios.push({ what: `${what} ÷ TensorFlow.js, ${backend}`, ours: here, theirs: there, goal: NaN });
    }
  }
  one.end();
  free.end();
  await tf.end();
  return { ratios, versions: [one.version, tf.version] };
}

/** On WebGPU. @param {Browser} browser @param {Site} site @param {Engine} engine @param {string} folder */
export async function againstOnGpu(browser, site, engine, folder) {
  const mine = await ours(engine);
  const tf = await tensorflow(browser, site, folder);
  /** @type {Ratio[]} */
  const ratios = [];
  for (const [work, goal] of /** @type {const} */ ([["training", 2], ["gradient", 6]])) {
    const [here = [], there = []] = await inTurns([mine, tf.runner("webgpu")], { name: "lenet", work, batch: 16, repeats: 4 }, 3);
    ratios.push({ what: `WebGPU: lenet, ${WORDS[work]}, batch 16 ÷ TensorFlow.js`, ours: here, theirs: there, goal });
  }
  await tf.end();
  return ratios;
}

/** @param {number[]} values */
const sorted = (values) => [...values].sort((a, b) => a - b);
/** Median and spread. @param {number[]} values */
const spread = (values) => {
  const all = sorted(values.filter(Number.isFinite));
  const show = (/** @type {number} */ value) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
  return all.length === 0 ? "–" : `${show(all[all.length >> 1] ?? NaN)} (${show(all[0] ?? NaN)}–${show(all.at(-1) ?? NaN)})`;
};

/** Lines of a table: images a second and their ratio, medians with the least and the most. @param {Ratio[]} ratios */
export function table(ratios) {
  const rows = ratios.map(({ what, ours, theirs, goal }) => {
    const each = sorted(ours.map((rate, i) => rate / (theirs[i] ?? NaN)).filter(Number.isFinite));
    const ratio = each.length === 0 ? "it cannot" : (each[each.length >> 1] ?? NaN).toFixed(2);
    return `| ${what} | ${spread(ours)} | ${spread(theirs)} | ${ratio} | ${Number.isNaN(goal) ? "" : `≥ ${goal.toFixed(1)}`} |`;
  });
  return ["| what, images/s | here | there | ratio | goal |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
