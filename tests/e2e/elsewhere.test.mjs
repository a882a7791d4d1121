// The page in Firefox and in WebKit: the whole loop on the CPU, a second visit, and one without its host.

import assert from "node:assert/strict";
import test from "node:test";
import { until } from "./browser.mjs";
import { firefox, launchFirefox } from "./firefox.mjs";
import { wholeLoop } from "./remote.mjs";
import { serve } from "./server.mjs";
import { launchWebkit, webkit } from "./webkit.mjs";

/** @import { Context } from "node:test" */
/** @import { Remote } from "./remote.mjs" */

/** @param {Remote} page @param {Context} t */
async function visited(page, t) {
  const site = await serve();
  try {
    await wholeLoop(page, site.url, t);
    await until("the copy", async () => await page.data("offline-state", "value") === "kept");
    await site.close();
    await page.open(`${site.url}?device=cpu&epochs=1&images=64&val=43`);
    await page.run("train", "train-start");
    t.diagnostic(`${page.version}, without the host: ${await page.text("offline-state")}`);
    assert.deepEqual(await page.errors(), []);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  } finally {
    await page.close();
    await site.close();
  }
}

test("in Firefox the CPU trains, attacks, purifies and measures, the work outlives a reload, and after one visit no host is needed", async (t) => {
  const executable = firefox();
  if (executable) await visited(await launchFirefox(executable), t);
  else t.skip("no Firefox: install it, or name it in FIREFOX");
});

test("so it is in WebKit, where the system has no language: the browser calls that C", async (t) => {
  const driver = webkit();
  if (!driver) {
    t.skip("no WebKit: install webkit2gtk-driver, and xvfb where there is no display");
    return;
  }
  const page = await launchWebkit(driver, { LC_ALL: "C.UTF-8", LANG: "C.UTF-8", LANGUAGE: "" });
  const languages = await page.evaluate(() => navigator.languages);
  t.diagnostic(`${page.version}: the browser's languages are ${languages.join(", ")}`);
  await visited(page, t);
});
