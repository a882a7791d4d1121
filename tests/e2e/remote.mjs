// The page in another browser than Chromium, by whatever remote control that has: what is asked of each is the same.

import assert from "node:assert/strict";
import { until } from "./browser.mjs";

/**
 * @typedef {object} Control
 * @property {string} version
 * @property {(script: string, values: unknown[]) => Promise<unknown>} execute the body of a function, and what it gives
 * @property {(url: string) => Promise<unknown>} goto
 * @property {() => Promise<void>} close
 */
/** @typedef {ReturnType<typeof remote>} Remote */

/** @param {Control} control */
export function remote({ version, execute, goto, close }) {
  /** @template T @template {unknown[]} V @param {(...values: V) => T} work in the page @param {V} values @returns {Promise<Awaited<T>>} */
  const evaluate = async (work, ...values) => /** @type {Awaited<T>} */ (await execute(`return (${work})(...arguments);`, values));
  /** @param {string} testid @param {string} name of a data attribute @returns {Promise<string>} */
  const data = (testid, name) => evaluate((id, name) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute(`data-${name}`) ?? "", testid, name);
  return {
    version, evaluate, data, goto, close,
    /** As a person would, who has unfolded what is folded away, as soon as it can be pressed. @param {string} testid */
    click: (testid) => until(`${testid} can be pressed`, () => evaluate((id) => {
      const button = document.querySelector(`[data-testid="${id}"]`);
      if (!(button instanceof HTMLButtonElement) || button.disabled) return false;
      button.click();
      return true;
    }, testid)),
    /** @param {string} testid @returns {Promise<string>} */
    text: (testid) => evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", testid),
    errors: () => evaluate(() => Array.from(document.querySelectorAll('[data-testid="error-message"]:not([hidden])'), ({ textContent }) => textContent)),
    /** Opens an address, and waits until the engine runs and the first picture is there. @param {string} url */
    async open(url) {
      await goto(url);
      await until("the first picture", async () => await data("device-chip", "phase") === "ready" && await data("subject-canvas", "filled") === "true",
        { timeout: 60_000, state: async () => [await this.text("device-reason"), await this.text("crash-message"), await this.text("fallback")] });
    },
    /** Presses a button, and waits for the end. @param {string} prefix of the job @param {string} button */
    async run(prefix, button) {
      const started = await data(`${prefix}-progress`, "started");
      await this.click(button);
      await until(`${prefix} begins`, async () => await data(`${prefix}-progress`, "started") !== started, { every: 5, state: this.errors });
      await until(`${prefix} ends`, async () => await data(`${prefix}-progress`, "state") === "finished", { state: this.errors });
    },
  };
}

/** Settings with which everything takes seconds. */
const SHORT = "?device=cpu&epochs=1&images=1000&val=43&pepochs=1&pwidth=8&pimages=64&pval=43&n=2&attacks=fgsm";

/**
 * Trains, purifies, attacks, measures; and all of it is there again when the page is opened anew.
 * @param {Remote} page @param {string} url @param {import("node:test").Context} t
 */
export async function wholeLoop(page, url, t) {
  const from = Date.now();
  await page.open(url + SHORT);
  t.diagnostic(`${page.version}: the first picture ${((Date.now() - from) / 1000).toFixed(2)} s after it was opened; ${await page.text("device-reason")}`);
  await page.run("train", "train-start");
  await page.run("purify", "purify-start");
  await page.run("attack", "attack-run");
  assert.ok(Number(await page.data("outcome-linf", "value")) > 0);
  await page.run("matrix", "matrix-run");
  assert.equal(await page.data("matrix", "state"), "done");
  await until("models are kept", () => page.evaluate(() => document.querySelectorAll('[data-testid="kept-row"]').length === 2));
  await page.open(url);
  assert.equal(await page.data("subject-verdict", "trained"), "true");
  assert.equal(await page.data("not-saved", "value"), "");
  assert.deepEqual(await page.errors(), []);
  t.diagnostic(`${page.version}: the whole loop, and a second visit, in ${((Date.now() - from) / 1000).toFixed(0)} s`);
}
