// Which device runs, and what happens when one is missing or breaks.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { HANDLE, WITHOUT_TIMESTAMPS, WITHOUT_WEBGPU, changedWorker, launch, visit } from "./browser.mjs";
import { built, serve } from "./server.mjs";

/** @type {import("./server.mjs").Site} */
let site;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  [site, browser] = await Promise.all([serve(), launch({ gpu: true })]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** A visit of its own. @param {import("./browser.mjs").VisitOptions} options @param {(loop: import("./browser.mjs").Loop) => Promise<void>} body */
async function visiting(options, body) {
  site.replace.clear();
  site.log.length = 0;
  const loop = await visit(browser, site, options);
  await body(loop);
  await loop.close();
}
const fetched = () => site.log.map(({ path }) => path).filter((path) => path.startsWith("engine/"));
const CPU_ENGINE = [built("engine/cpu.wasm.zst")];
/** The message of a failed load is the browser's own. */
const FAILED_LOAD = [/Failed to load resource/, /wasm/i];
const FAILED = { status: 404, type: "text/plain", body: "404" };

for (const [name, init, query, words] of /** @type {[string, () => unknown, string, RegExp][]} */ ([
  ["no navigator.gpu", WITHOUT_WEBGPU, "", /no WebGPU/],
  ["no navigator.gpu, though WebGPU is asked for", WITHOUT_WEBGPU, "?device=gpu", /You chose WebGPU, but .*no WebGPU.* CPU\./],
  ["an adapter without timestamp-query", WITHOUT_TIMESTAMPS, "", /timestamp-query/],
  ["an adapter without timestamp-query, though WebGPU is asked for", WITHOUT_TIMESTAMPS, "?device=gpu", /timestamp-query/],
  ["a software adapter in automatic mode", () => {}, "", /software adapter/],
  ["an adapter with too little memory", () => {
    const { prototype } = /** @type {Beside} */ (globalThis).GPUSupportedLimits;
    Object.defineProperty(prototype, "maxStorageBufferBindingSize", { get: () => 64 * 1024 * 1024 });
  }, "?device=gpu", /64 MiB.*128 MiB/],
  ["no adapter", () => {
    /** @type {Beside} */ (globalThis).GPU.prototype.requestAdapter = async () => null;
  }, "", /no graphics device/],
])) {
  test(`${name}: the CPU runs, a sentence says why, and the GPU engine is never fetched`, () => visiting({ init: [init], query }, async (loop) => {
    await loop.ready();
    const { kind, reason } = await loop.device();
    assert.equal(kind, "cpu");
    assert.match(reason, words);
    assert.match(reason, /^\p{Lu}.*\.$/u);
    assert.deepEqual(fetched(), CPU_ENGINE);
  }));
}

test("an insecure address has no WebGPU, and everything runs on the CPU", async (t) => {
  // A name for this machine that the browser does not take for it.
  const insecure = await launch({ gpu: true, hosts: "MAP classroom.test 127.0.0.1" });
  try {
    const elsewhere = { ...site, url: site.url.replace("127.0.0.1", "classroom.test"), origin: site.origin.replace("127.0.0.1", "classroom.test") };
    const loop = await (await visit(insecure, elsewhere)).ready();
    assert.equal(await loop.page.evaluate(() => isSecureContext), false);
    const { kind, reason } = await loop.device();
    assert.equal(kind, "cpu");
    assert.match(reason, /secure addresses/);
    t.diagnostic(reason);
    await loop.close();
  } finally {
    await insecure.close();
  }
});

test("a device switched by hand starts anew with the models, after a question where something runs", () => visiting({}, async (loop) => {
  await loop.ready();
  await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 });
  await loop.setAll({ "train-epochs": 50, "train-images-per-epoch": 4000 });
  await loop.start("train");
  await loop.until("it runs", async () => (await loop.job("train")).done >= 2);
  await loop.click("settings-open");
  await loop.at("device-select").selectOption("gpu");
  await loop.click("confirm-no");
  await loop.until("the choice as it was", async () => await loop.at("device-select").inputValue() === "auto");
  assert.equal((await loop.device()).kind, "cpu");
  assert.equal((await loop.job("train")).state, "running");

  await loop.at("device-select").selectOption("gpu");
  await loop.click("confirm-yes");
  await loop.until("WebGPU", async () => { const { kind, phase } = await loop.device(); return kind === "gpu" && phase === "ready"; });
  await loop.ready();
  assert.equal(await loop.data("subject-verdict", "trained"), "true", "the network that was trained on the CPU");
  assert.ok(loop.page.url().includes("device=gpu"), "the link says it");

  await loop.at("device-select").selectOption("cpu");
  await loop.until("the CPU", async () => { const { kind, phase } = await loop.device(); return kind === "cpu" && phase === "ready"; });
  await loop.click("settings-close");
  await loop.ready();
}));

for (const [name, answer] of /** @type {[string, import("./server.mjs").Answer][]} */ ([
  ["is missing", FAILED],
  ["is garbage", { status: 200, type: "application/wasm", body: "not a program" }],
])) {
  test(`a GPU engine that ${name} is replaced by the CPU, with the reason`, () => visiting({ query: "?device=gpu", allow: FAILED_LOAD }, async (loop) => {
    site.replace.set(built("engine/gpu.wasm.zst"), answer);
    await loop.page.reload();
    await loop.ready();
    const { kind, reason } = await loop.device();
    assert.equal(kind, "cpu");
    assert.match(reason, /^WebGPU could not be started \(.+\), so the page runs on the CPU\.$/);
    const before = await loop.paints("subject-canvas");
    await loop.click("another-picture");
    await loop.until("it works", async () => await loop.paints("subject-canvas") !== before);
  }));
}

test("a CPU engine that cannot be loaded ends in a report that one can copy, and “Try again” works", () =>
  visiting({ query: "?device=cpu", allow: FAILED_LOAD }, async (loop) => {
  site.replace.set(built("engine/cpu.wasm.zst"), FAILED);
  await loop.page.reload();
  await loop.until("the report", () => loop.sees("crash"));
  const report = (await loop.at("crash-report").textContent()) ?? "";
  const lines = [/^Fool the Sign/, /^Device: CPU/m, /^Browser: Mozilla/m, /^Time: \d{4}-/m, /^Code: \S/m, /^Message: \S/m, /^Last log lines:\n./m];
  for (const line of lines) assert.match(report, line);
  assert.equal((await loop.device()).phase, "stopped");
  site.replace.clear();
  await loop.click("crash-again");
  await loop.ready();
  assert.ok(await loop.lacks("crash"));
}));

/** A worker script that breaks when it is told to pause. @param {string} body @param {string} [before] */
const onPause = (body, before = "") => changedWorker({ before, after: `self.addEventListener("message", ({ data }) => {
  if (data.kind === "command" && data.command.type === "pause") { ${body} }
});` });
const THROW = 'setTimeout(() => { throw new Error("a trap in the engine") }, 0);';

for (const [name, worker] of [
  ["a trap in a command", changedWorker({
    instead: [HANDLE, 'await ($3.type === "pause" ? breakDown() : $1.handle($2, $3))'],
    after: 'async function breakDown() { console.warn("the line before"); throw new WebAssembly.RuntimeError("a trap in the engine"); }',
  })],
  ["an error that nobody catches", onPause(`console.warn("the line before"); ${THROW}`)],
  ["a promise that nobody awaits", onPause('console.warn("the line before"); void Promise.reject(new Error("a trap in the engine"));')],
]) {
  test(`${name} in the worker ends in a report and a fresh engine`, () =>
    visiting({ query: "?device=cpu", init: [worker ?? ""], allow: [/a trap in the engine/, /the line before/] }, async (loop) => {
    await loop.ready();
    await loop.setAll({ "train-epochs": 50 });
    await loop.start("train");
    await loop.until("some steps", async () => (await loop.job("train")).done >= 2);
    await loop.click("train-pause");
    await loop.until("the report", () => loop.sees("crash"));
    await loop.ready();
    assert.match((await loop.at("crash-message").textContent()) ?? "",
      /^The engine on the CPU stopped: .*a trap in the engine\. A new engine .*last saved models\.$/);
    const report = (await loop.at("crash-report").textContent()) ?? "";
    assert.match(report, /a trap in the engine/);
    assert.match(report, /warn: the line before/);
    await loop.click("crash-close");
    await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 });
  }));
}

test("a second crash of WebGPU moves to the CPU without asking", () =>
  visiting({ query: "?device=gpu", init: [onPause(THROW)], allow: [/a trap in the engine/] }, async (loop) => {
  for (const [next, offers] of /** @type {[string, boolean][]} */ ([["gpu", true], ["cpu", false]])) {
    await loop.ready();
    await loop.start("train");
    await loop.until("the job", async () => (await loop.job("train")).state === "running");
    await loop.click("train-pause");
    await loop.until("the report", () => loop.sees("crash"));
    await loop.ready();
    assert.equal((await loop.device()).kind, next);
    assert.equal(await loop.sees("crash-cpu"), offers);
    await loop.click("crash-close");
    await loop.until("it closes", () => loop.lacks("crash"));
  }
  assert.match((await loop.device()).reason, /stopped twice/);
}));

const LEAST = "Object.defineProperty(GPUSupportedLimits.prototype, 'maxStorageBufferBindingSize', { get: () => 128 * 1024 * 1024, configurable: true });";
test("an adapter with exactly as much as is needed is used", () =>
  visiting({ query: "?device=gpu", init: [LEAST, changedWorker({ before: LEAST })] }, async (loop) => {
  await loop.ready();
  // It has agreed with the CPU in the start-up test by then.
  assert.equal((await loop.device()).kind, "gpu", (await loop.device()).reason);
  assert.deepEqual(await loop.errors(), []);
}));

// The handle is kept by wrapping requestDevice, in the worker.
const WITH_ITS_DEVICE = `const ask = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...rest) { return self.theDevice = await ask.apply(this, rest); };`;

test("a validation error of the GPU in the middle of training, as some drivers have, is no silence: a report, or it goes on", (t) =>
  visiting({ query: "?device=gpu", init: [onPause("self.theDevice.createBuffer({ size: 4, usage: 0 });", WITH_ITS_DEVICE)], allow: [/./] }, async (loop) => {
  await loop.ready();
  await loop.setAll({ "train-epochs": 1, "train-images-per-epoch": 64, "train-batch-size": 16, "train-validation-images": 43 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 1);
  await loop.click("train-pause");
  await loop.until("it is told, or paused", async () => await loop.sees("crash") || (await loop.job("train")).state === "paused");
  if (await loop.lacks("crash")) {
    await loop.click("train-resume");
    await loop.until("the end, or the report", async () => await loop.sees("crash") || (await loop.job("train")).state === "finished");
  }
  const told = await loop.sees("crash");
  t.diagnostic(told ? await loop.at("crash-message").textContent() ?? "" : "the training went on to its end");
  await loop.ready();
  if (told) assert.match(await loop.at("crash-message").textContent() ?? "", /^The engine on the GPU stopped: .*A new engine/s);
}));

// “Pause” destroys the device.
const LOSES_ITS_DEVICE = onPause("self.theDevice.destroy();", WITH_ITS_DEVICE);

test("a GPU lost in the middle of training ends in a report, a fresh engine, and the offer of the CPU", (t) =>
  visiting({ query: "?device=gpu", init: [LOSES_ITS_DEVICE], allow: [/./] }, async (loop) => {
  await loop.ready();
  await loop.setAll({ "train-epochs": 50, "train-batch-size": 16, "train-validation-images": 43 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 1);
  const lost = Date.now();
  // A paused job does not look at its device: it has to go on to notice.
  await loop.click("train-pause");
  await loop.until("it is told, or paused", async () => await loop.sees("crash") || (await loop.job("train")).state === "paused");
  if (await loop.lacks("crash")) await loop.click("train-resume");
  await loop.until("the report", () => loop.sees("crash"));
  const told = Date.now();
  await loop.ready();
  const [after, later] = [told - lost, Date.now() - told].map((ms) => (ms / 1000).toFixed(1));
  t.diagnostic(`told after ${after} s, a fresh engine ${later} s later: ${await loop.at("crash-message").textContent()}`);
  assert.match((await loop.at("crash-message").textContent()) ?? "",
    /^The engine on the GPU stopped: [^\n]+ A new engine has started with your last saved models\.$/);
  assert.match((await loop.at("crash-report").textContent()) ?? "", /destroyed/i);
  assert.equal((await loop.device()).kind, "gpu");
  await loop.click("crash-cpu");
  await loop.until("the CPU", async () => { const { kind, phase } = await loop.device(); return kind === "cpu" && phase === "ready"; });
  await loop.ready();
  await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 64, "train-validation-images": 43 });
}));
