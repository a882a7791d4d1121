// An engine of its own in a bare page, driven as fast as it goes: for what measures or wears out the engine alone.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./server.mjs";

/** @import { Page } from "playwright-core" */
/** @import { Site } from "./server.mjs" */
/** @typedef {Awaited<ReturnType<typeof startEngine>>} Engine */

/** Runs in the worker. */
const WORKER = `
  let engine;
  let number = 0;
  let dispatches = 0;
  for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"]) {
    const passes = self.GPUComputePassEncoder?.prototype;
    const own = passes?.[name];
    if (own) passes[name] = function (...words) { dispatches += 1; return own.apply(this, words); };
  }
  self.onmessage = async ({ data: { port, device, base, command, files, weights } }) => {
    const from = performance.now();
    const events = {};
    const keep = (all) => {
      for (const { event } of all) {
        const plain = event instanceof Map ? Object.fromEntries(event) : event;
        events[plain.type] = plain;
      }
    };
    try {
      if (device) {
        importScripts(base + "bench/" + device + ".js");
        await wasm_bindgen({ module_or_path: base + "bench/" + device + "_bg.wasm" });
        engine = await wasm_bindgen.Engine.start(device);
        keep(await engine.ready());
      } else {
        number += 1;
        if (weights) command.bytes = new Uint8Array(await (await fetch(weights)).arrayBuffer());
        keep(files ? engine.load(number, files, {}) : await engine.handle(number, command));
        while (engine.busy()) keep(await engine.step());
      }
      port.postMessage({ seconds: (performance.now() - from) / 1000, memory: wasm_bindgen.Engine.memory_bytes(), dispatches, events });
    } catch (error) { port.postMessage({ error: String(error.message ?? error) }); }
  };`;

/** The address of the bare page, with the engines as they were before they were packed. @param {Site} site */
export function offerEngines(site) {
  site.replace.set("bench.html", { status: 200, type: "text/html", body: "<!doctype html><title>bench</title>" });
  for (const device of ["cpu", "gpu"]) {
    for (const [file, type] of /** @type {const} */ ([[`${device}.js`, "text/javascript"], [`${device}_bg.wasm`, "application/wasm"]])) {
      site.replace.set(`bench/${file}`, { status: 200, type, body: readFileSync(join(process.env["ENGINES"] ?? "", device, file)) });
    }
  }
  for (const name of ["lenet", "signnet"]) {
    const body = readFileSync(join(ROOT, `data/weights/${name}.safetensors`));
    site.replace.set(`bench/${name}.safetensors`, { status: 200, type: "application/octet-stream", body });
  }
  return `${site.url}bench.html`;
}

/** @param {Page} page @param {"cpu" | "gpu"} device */
export async function startEngine(page, device) {
  await page.evaluate((source) => {
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    Object.assign(globalThis, { ask: (/** @type {object} */ message) => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ ...message, port: port2 }, [port2]);
    }) });
  }, WORKER);
  /** @param {object} message @returns {Promise<Answer>} */
  const ask = async (message) => {
    const answer = await page.evaluate((message) => /** @type {Beside} */ (globalThis).ask(message), message);
    const said = answer.error ?? answer.events.error?.message;
    if (said) throw new Error(`${JSON.stringify(message)}: ${said}`);
    return answer;
  };
  const started = await ask({ device, base: page.url().replace(/[^/]*$/, "") });
  /** @param {object} command */
  const run = (command) => ask({ command });
  /** Reads a data set as the page does, from files where they lie. @param {string[]} paths @returns {Promise<Answer>} */
  async function load(paths) {
    await page.evaluate(() => document.body.replaceChildren(Object.assign(document.createElement("input"), { type: "file", multiple: true })));
    await page.locator("input").setInputFiles(paths);
    const answer = await page.evaluate(() => {
      const files = Array.from(document.querySelector("input")?.files ?? [], (file) => ({ path: file.name, file }));
      return /** @type {Beside} */ (globalThis).ask({ files });
    });
    if (answer.error || answer.events.error) throw new Error(answer.error ?? answer.events.error?.message);
    return answer;
  }
  /** Puts a network that comes with the page on the shelf. @param {"lenet" | "signnet"} name */
  const take = (name) => ask({
    command: { type: "import_model", name, architecture: null, bytes: null }, weights: page.url().replace(/[^/]*$/, `bench/${name}.safetensors`),
  });
  return { started, run, load, take };
}
