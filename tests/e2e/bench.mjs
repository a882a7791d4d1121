// Measures the release in Chromium: speed, memory, sizes. Prints the tables of docs/performance.md and writes target/bench.json.
// A benchmark, never a test: nothing here fails because a machine is slow.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { attackOf, goalOf, purifierConfig, trainConfig } from "../../www/state/commands.js";
import { defaults } from "../../www/state/schema.js";
import { againstOnCpu, againstOnGpu, table } from "./against.mjs";
import { launch, visit } from "./browser.mjs";
import { offerEngines, startEngine } from "./engine.mjs";
import { measureForms } from "./forms.mjs";
import { ROOT, serve } from "./server.mjs";

/** @import { Engine } from "./engine.mjs" */

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/**
 * Images a second, the median of several rounds after one that does not count.
 * @param {Engine} engine @param {string | object} work @param {number} batch @param {number} repeats @param {number} rounds
 */
async function speed({ run }, work, batch, repeats, rounds) {
  const rates = [];
  for (let round = -1; round < rounds; round += 1) {
    const { seconds } = await run({ type: "benchmark", work, batch, repeats });
    if (round >= 0) rates.push((batch * repeats) / seconds);
  }
  return median(rates);
}

/** How often the GPU is sent to work. @param {Engine} engine @param {string} work @param {number} repeats */
async function dispatched({ run }, work, repeats) {
  const command = { type: "benchmark", work, batch: 16, repeats };
  const { dispatches: before } = await run({ ...command, repeats: 1 });
  return (await run(command)).dispatches - before;
}

const MB = 1e6;
const settings = defaults();
/** Attacks as they are by default, but for three that would take minutes. @type {[string, import("../../www/state/types.js").Settings, string][]} */
const ATTACKS = [
  ["fgsm", {}, "FGSM"], ["bim", {}, "BIM, 10 steps"], ["pgd", {}, "PGD, 20 steps"], ["apgd", {}, "APGD-CE, 100 steps"],
  ["square", { "square.queries": 500 }, "Square, 500 queries (not 5,000)"],
  ["ensemble", { "ensemble.steps": 20, "ensemble.targets": 3, "ensemble.queries": 200 }, "Ensemble, 20 steps, 3 targets, 200 queries (not 100, 9, 5,000)"],
  ["cw", { "cw.searches": 2, "cw.steps": 50 }, "C&W, 2 × 50 (not 5 × 200, which is below)"], ["deepfool", {}, "DeepFool, at most 50 steps"],
  ["jsma", {}, "JSMA, pairs"], ["noise", {}, "Uniform noise"],
];
/** Images and models of the accuracy curve. */
const CURVE = { images: 256, models: 2 };
const site = await serve();
const bare = offerEngines(site);
/** @type {Record<string, number>} */
const figures = {};
/** @param {string} words */
const say = (words) => console.error(words);

let browser = await launch();
const version = browser.version();
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Chromium ${version} headless`;

/** Ratios to others, in place of all that follows: into the part of docs/performance.md that is theirs. */
const others = process.env["AGAINST"];
if (others) {
  say("Beside JAX and TensorFlow.js, on the CPU …");
  const page = await browser.newPage();
  await page.goto(bare);
  const { ratios, versions } = await againstOnCpu(browser, site, await startEngine(page, "cpu"), others);
  await browser.close();
  say(table(ratios));
  say("Beside TensorFlow.js, on WebGPU with the software adapter …");
  browser = await launch({ gpu: true });
  const other = await browser.newPage();
  await other.goto(bare);
  ratios.push(...await againstOnGpu(browser, site, await startEngine(other, "gpu"), others));
  await browser.close();
  await site.close();
  const made = [`On ${machine}, ${versions.join(", ")}; medians, and in brackets the least and the most of the rounds.`, "", table(ratios)].join("\n");
  const path = join(ROOT, "docs/performance.md");
  const text = readFileSync(path, "utf8");
  const written = text.replace(/(<!-- against -->\n)[^]*(<!-- \/against -->)/, (_, begin, end) => `${begin}${made}\n${end}`);
  writeFileSync(path, written);
  console.log(`${made}\n\nWritten into docs/performance.md.`);
  process.exit(0);
}

say("Measuring the CPU engine …");
{
  const page = await browser.newPage();
  await page.goto(bare);
  const cpu = await startEngine(page, "cpu");
  figures["cpu.start_s"] = cpu.started.seconds;
  figures["cpu.training_images_per_s"] = await speed(cpu, "training_step", 64, 20, 7);
  figures["cpu.input_gradients_per_s"] = await speed(cpu, "input_gradient", 64, 20, 7);
  figures["cpu.generated_images_per_s"] = await speed(cpu, { generate: { harsh: false } }, 64, 20, 5);
  figures["cpu.harsh_images_per_s"] = await speed(cpu, { generate: { harsh: true } }, 64, 20, 5);

  const perImage = ["cpu.harsh_images_per_s", "cpu.training_images_per_s"].map((key) => 1 / (figures[key] ?? NaN));
  figures["cpu.drawing_share"] = (perImage[0] ?? NaN) / ((perImage[0] ?? NaN) + (perImage[1] ?? NaN));

  const trained = await cpu.run({ type: "train", config: trainConfig(settings) });
  figures["cpu.train_s"] = trained.seconds;
  figures["cpu.train_accuracy"] = trained.events["validation"].accuracy.value;
  figures["cpu.memory_after_training"] = trained.memory;

  await cpu.run({ type: "sign", class: settings["sign.class"], seed: settings["sign.seed"] });
  for (const abort_early of [true, false]) {
    /** @type {number[]} */
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      const attack = { ...attackOf({ ...settings, "attack.kind": "cw" }), abort_early };
      const { seconds, events } = await cpu.run({ type: "attack", attack, goal: goalOf(settings), knowledge: "oblivious" });
      times.push(seconds);
      figures["cpu.cw_l2"] = events["outcome"].l2;
      figures["cpu.cw_success"] = Number(events["outcome"].success);
    }
    figures[abort_early ? "cpu.cw_s" : "cpu.cw_all_steps_s"] = median(times);
  }
  const purifier = await cpu.run({ type: "train_purifier", config: purifierConfig(settings) });
  figures["cpu.purifier_s"] = purifier.seconds;
  figures["cpu.purifier_accuracy"] = purifier.events["validation"].accuracy.value;
  figures["cpu.memory_peak"] = purifier.memory;

  for (const [name, changed, words] of ATTACKS) {
    say(`  ${words} …`);
    const attack = attackOf({ ...settings, ...changed }, name);
    for (const batch of [1, 64]) {
      // The same 64 images, the quick attacks again and again.
      const [images = 64, rounds = 1] = { fgsm: [640, 5], noise: [6400, 5] }[name] ?? [];
      figures[`cpu.${name}.batch_${batch}`] = await speed(cpu, { attack: { attack } }, batch, images / batch, rounds);
    }
  }
  const { seconds } = await cpu.run({ type: "benchmark", work: { attack: { attack: attackOf(settings, "cw") } }, batch: 64, repeats: 1 });
  figures["cpu.cw_64_s"] = seconds;
  await page.close();
}

const training = join(process.env["GTSRB_DIR"] ?? "", "GTSRB_Final_Training_Images.zip");
if (existsSync(training)) {
  say("Reading GTSRB's training archive …");
  const page = await browser.newPage();
  await page.goto(bare);
  const cpu = await startEngine(page, "cpu");
  const { seconds, memory, events } = await cpu.load([training]);
  figures["data.load_s"] = seconds;
  figures["data.memory"] = memory;
  figures["data.pictures"] = events["data"].set?.report.used ?? NaN;
  await page.close();
} else say(`There is no ${training}: reading it is not measured.`);

say("Measuring the accuracy curve on the page, with its pool of engines …");
{
  const loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  await loop.run("train", {}, 300_000);
  await loop.unfold("shelf-summary");
  await (await loop.reveal("shelf-name")).fill("second");
  await loop.click("shelf-copy");
  await loop.until("the copy", async () => await loop.data("shelf-table") === "second");
  await loop.run("train", { "recipe-kind": "fast", "train-epochs": 1 }, 300_000);
  await loop.tick("curve-models", ["lenet", "second"]);
  for (const [name, engines] of [["shared", "auto"], ["alone", "1"]]) {
    await loop.set("measure-engines", String(engines));
    const from = performance.now();
    await loop.run("curve", { "curve-attack": "pgd", "curve-n": CURVE.images }, 900_000);
    await loop.until("the curve", async () => await loop.data("curve-chart", "state") === "done");
    figures[`cpu.curve_${name}_s`] = (performance.now() - from) / 1000;
  }
  figures["cpu.curve_engines"] = await loop.page.evaluate(() => Math.min(4, navigator.hardwareConcurrency));
  await loop.context.close();
}

say("Measuring the forms …");
const { sizes, seconds } = await measureForms(browser, site);
await browser.close();

say("Measuring WebGPU on the software adapter …");
browser = await launch({ gpu: true });
{
  const page = await browser.newPage();
  await page.goto(bare);
  const gpu = await startEngine(page, "gpu");
  figures["gpu.start_s"] = gpu.started.seconds;
  figures["gpu.training_images_per_s"] = await speed(gpu, "training_step", 16, 4, 3);
  figures["gpu.training_step_s"] = 16 / (figures["gpu.training_images_per_s"] ?? NaN);
  figures["gpu.input_gradients_per_s"] = await speed(gpu, "input_gradient", 16, 4, 3);
  for (const work of ["training_step", "input_gradient"]) {
    // Of eight repetitions more: what only a first one needs does not count.
    const [few, many] = [await dispatched(gpu, work, 4), await dispatched(gpu, work, 12)];
    figures[`gpu.${work}_dispatches`] = (many - few) / 8;
  }
  figures["gpu.memory_peak"] = (await gpu.run({ type: "benchmark", work: "training_step", batch: 16, repeats: 1 })).memory;
}
await browser.close();
await site.close();

/** @param {string} key @param {number} [digits] */
const show = (key, digits = 0) => (figures[key] ?? NaN).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** @param {string} key */
const percent = (key) => `${((figures[key] ?? NaN) * 100).toFixed(1)}%`;
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / MB).toFixed(2)} MB`;
/** @param {string} name */
const size = (name) => { const { raw = NaN, gzip = NaN, brotli = NaN } = sizes[name] ?? {}; return `${mb(raw)} raw, ${mb(gzip)} gzip, ${mb(brotli)} brotli`; };
/** @param {string} name */
const time = (name) => `${(seconds[name] ?? NaN).toFixed(2)} s`;
const rows = [
  ["CPU: training, batch 64", `${show("cpu.training_images_per_s")} images/s`, "≥ 900"],
  ["CPU: input gradients, batch 64", `${show("cpu.input_gradients_per_s")} images/s`, "≥ 700"],
  ["CPU: drawing signs; in every light", `${show("cpu.generated_images_per_s")}; ${show("cpu.harsh_images_per_s")} images/s`, "≥ 5,000"],
  ["of training on drawn signs, the drawing takes", percent("cpu.drawing_share"), "≤ 20%"],
  ...("data.load_s" in figures ? [["GTSRB's training archive, 39,209 pictures, to memory",
    `${show("data.load_s", 1)} s, ${mb(figures["data.memory"] ?? NaN)} of wasm memory`, "≤ 40 s, ≤ 600 MB"]] : []),
  ["CPU: training with the default settings", `${show("cpu.train_s", 1)} s, ${percent("cpu.train_accuracy")} of new signs read correctly`, ""],
  ["CPU: C&W, 5 × 200, one image", `${show("cpu.cw_s", 2)} s (${show("cpu.cw_all_steps_s", 2)} s where no search stops early)`, "≤ 5 s"],
  ["CPU: purifier with the default settings", `${show("cpu.purifier_s", 1)} s, ${percent("cpu.purifier_accuracy")} of attacked signs read correctly`, ""],
  ...ATTACKS.map(([name, , words]) => [`CPU: ${words}`,
    `${show(`cpu.${name}.batch_1`, 1)} images/s one at a time, ${show(`cpu.${name}.batch_64`, 1)} in batches of 64`, ""]),
  ["CPU: C&W, 5 × 200, 64 images", `${show("cpu.cw_64_s", 1)} s`, ""],
  [`Page: accuracy at 12 strengths, PGD-20, ${CURVE.images} images, ${CURVE.models} models`,
    `${show("cpu.curve_shared_s", 1)} s with ${show("cpu.curve_engines")} engines, ${show("cpu.curve_alone_s", 1)} s with one`, "≤ 60 s"],
  ["CPU: peak wasm memory, after all of that", mb(figures["cpu.memory_peak"] ?? NaN), "≤ 400 MB"],
  ["WebGPU, software adapter: training step, batch 16", `${show("gpu.training_step_s", 2)} s = ${show("gpu.training_images_per_s", 1)} images/s`, "baseline"],
  ["WebGPU, software adapter: input gradients, batch 16", `${show("gpu.input_gradients_per_s", 1)} images/s`, "baseline"],
  ["WebGPU: dispatches a training step; an input gradient", `${show("gpu.training_step_dispatches")}; ${show("gpu.input_gradient_dispatches")}`, "≤ 60; ≤ 30"],
  ["WebGPU, software adapter: start with self-test", `${show("gpu.start_s", 1)} s`, ""],
  ["Before the first picture, everything", size("first"), "≤ 1.5 MB"],
  ["of which the CPU engine", size("cpu"), ""],
  ["The GPU engine, only where WebGPU runs", size("gpu"), "≤ 4 MB"],
  ["The folder, without the single file", size("folder"), ""],
  ["The single file", size("single"), "≤ 25 MB"],
  ["From navigation to the first classified picture (local host)",
    `${time("cold")} cold (first paint ${time("paint")}), ${time("cached")} from the copy, ${time("single")} the single file`, ""],
];
mkdirSync(join(ROOT, "target"), { recursive: true });
writeFileSync(join(ROOT, "target/bench.json"), `${JSON.stringify({ machine, settings, figures, sizes, seconds }, null, 2)}\n`);
console.log(`\nMeasured on ${machine}:\n\n| what | measured | aim |\n| --- | --- | --- |`);
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
console.log("\nAlso in target/bench.json.");
