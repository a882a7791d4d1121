// Wears the release out (promise R7): ten thousand steps of training and two hundred attacks through the purifier on one engine, and a
// hundred changes of device, language and model in the page. Memory has to stay within 5 % of what it is once all is warm.

import { defaults } from "../../www/state/schema.js";
import { attackOf, goalOf, purifierConfig, trainConfig } from "../../www/state/commands.js";
import { launch, visit } from "./browser.mjs";
import { offerEngines, startEngine } from "./engine.mjs";
import { serve } from "./server.mjs";

/** @import { Engine } from "./engine.mjs" */
/** @import { Loop } from "./browser.mjs" */

const MORE = 1.05;
/** @type {string[]} */
const grown = [];

/** @param {string} what @param {number} before @param {number} after */
function compare(what, before, after) {
  console.log(`${what}: ${before} → ${after} (${((after / before - 1) * 100).toFixed(1)} %)`);
  if (!(after <= before * MORE)) grown.push(what);
}

const settings = defaults();
const site = await serve();
const bare = offerEngines(site);

/** @param {Engine} engine @param {number} steps */
async function train({ run }, steps) {
  const config = { ...trainConfig({ ...settings, "train.batch_size": 8, "train.validation_images": 43, "train.epochs": 1 }), images_per_epoch: 8 * steps };
  return (await run({ type: "train", config })).memory;
}

/** @param {Engine} engine @param {number} times */
async function attack({ run }, times) {
  const attack = attackOf({ ...settings, "pgd.steps": 5 }, "pgd");
  let memory = 0;
  for (let i = 0; i < times; i += 1) {
    await run({ type: "sign", class: i % 43, seed: i });
    ({ memory } = await run({ type: "attack", attack, goal: goalOf(settings), defense: { name: "purifier" }, knowledge: "adaptive" }));
  }
  return memory;
}

{
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(bare);
  const engine = await startEngine(page, "cpu");
  const warm = await train(engine, 500);
  for (let done = 500; done < 10_500; done += 2000) console.log(`${done + 2000} steps, ${await train(engine, 2000)} bytes`);
  compare("the engine's memory over 10,000 steps", warm, await train(engine, 500));
  const small = { "purifier.width": 8, "purifier.images_per_epoch": 320, "purifier.validation_images": 43, "purifier.epochs": 1 };
  await engine.run({ type: "train_purifier", config: purifierConfig({ ...settings, ...small }) });
  const before = await attack(engine, 20);
  compare("the engine's memory over 200 attacks through the purifier", before, await attack(engine, 200));
  await browser.close();
}

/** What the page holds after its garbage is gone. @param {Loop} loop */
async function held({ page, context }) {
  const client = await context.newCDPSession(page);
  for (let i = 0; i < 3; i += 1) await client.send("HeapProfiler.collectGarbage");
  await client.send("Performance.enable");
  const { metrics } = await client.send("Performance.getMetrics");
  await client.detach();
  const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

{
  const browser = await launch({ gpu: true });
  const loop = await (await visit(browser, site, { query: "?device=cpu", allow: [/./] })).ready();
  await (await loop.reveal("shelf-name")).fill("other");
  await loop.click("shelf-new");
  await loop.until("a second model", async () => await loop.data("shelf-table") === "other");
  /** One round: another language, another model, now and then another device, and back. @param {number} round */
  async function round(round) {
    await loop.click("settings-open");
    for (const language of ["de", "en"]) await loop.at("set-language").selectOption(language);
    if (round % 10 === 0) {
      for (const kind of ["gpu", "cpu"]) {
        await loop.at("device-select").selectOption(kind);
        await loop.until(kind, async () => (await loop.device()).kind === kind && (await loop.device()).phase === "ready", 120_000);
      }
    }
    await loop.page.keyboard.press("Escape");
    await loop.go("train");
    for (const index of [0, 1]) {
      const row = loop.page.locator('[data-testid="shelf-row"]').nth(index);
      await row.locator("input").check();
      const name = await row.getAttribute("data-value");
      await loop.until("the model", async () => await loop.data("shelf-table") === name);
    }
  }
  for (let i = 0; i <= 10; i += 1) await round(i);
  const before = await held(loop);
  for (let i = 1; i <= 100; i += 1) await round(i);
  const after = await held(loop);
  for (const what of /** @type {const} */ (["heap", "nodes", "listeners"])) compare(`the page's ${what} over 100 rounds`, before[what], after[what]);
  await browser.close();
}

await site.close();
if (grown.length > 0) throw new Error(`Grew by more than 5 %: ${grown.join(", ")}.`);
