// That everybody can use the page: no barriers that a checker can find, in any state, wide and narrow, and room for a finger.

import assert from "node:assert/strict";
import test from "node:test";
import { axe, fits } from "./axe.mjs";
import { visit } from "./browser.mjs";
import { fixture } from "./fixtures.mjs";
import { browser, site } from "./stage.mjs";

/** A training that takes a moment only. */
const SHORT = "?device=cpu&epochs=1&images=64&batch=64&val=43";
const PHONE = { width: 360, height: 740 };

const UNFOLDED = "trained, all unfolded";

test("no barriers in any state, light and dark, wide and narrow; nothing scrolls sideways on a phone", async (t) => {
  const loop = await (await visit(browser, site, { query: SHORT })).ready();
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  const places = ["start", "data", "train", "attack", "defend", "measure", "sticker", "lesson", "museum", "glossary"];
  /** Each place once, wide and light, narrow and dark. @param {string} state */
  async function walk(state, through = places) {
    for (const [viewport, colorScheme] of /** @type {const} */ ([[{ width: 1280, height: 900 }, "light"], [PHONE, "dark"]])) {
      await loop.page.setViewportSize(viewport);
      await loop.page.emulateMedia({ colorScheme });
      for (const place of through) {
        await loop.go(place);
        // One question at a time is on the screen; the large tables below them are the same under each.
        for (const question of place !== "measure" ? [""] : state === UNFOLDED ? ["table"] : ["curve", "checks", "roc", "table"]) {
          if (question) await loop.click(`question-${question}`);
          assert.deepEqual(await axe(loop), [], `${state}, ${place} ${question}, ${viewport.width}`);
          if (viewport === PHONE) await fits(loop, `${state}, ${place} ${question}`);
        }
      }
    }
    await loop.page.setViewportSize({ width: 1280, height: 900 });
  }
  /** @param {string} state */
  async function look(state) {
    for (const viewport of [{ width: 1280, height: 900 }, PHONE]) {
      await loop.page.setViewportSize(viewport);
      for (const scheme of /** @type {const} */ (["light", "dark"])) {
        await loop.page.emulateMedia({ colorScheme: scheme });
        await loop.frames();
        // The other scheme has other colours, and nothing else.
        const found = await axe(loop, scheme === "dark" ? ["color-contrast"] : undefined);
        if (found.length > 0) t.diagnostic(`${state}, ${viewport.width}, ${scheme}`);
        assert.deepEqual(found, [], `${state}, ${viewport.width}, ${scheme}`);
      }
      if (viewport === PHONE) await fits(loop, state);
    }
    await loop.page.setViewportSize({ width: 1280, height: 900 });
  }
  await walk("fresh");
  await loop.run("train");
  await loop.page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  // The others are as they were, or come again at the end, unfolded too.
  await walk(UNFOLDED, ["train", "attack", "defend", "measure"]);
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
  await loop.attack("cw", { "cw-searches": 1, "cw-steps": 20 }, { target: 3 });
  await loop.measure({ attacks: ["fgsm", "pgd", "cw"], defenses: ["none", "detector"] }, { "measure-n": 2 });
  await loop.click("matrix-1-cw-open");
  await loop.setAll({ "attack-kind": "pgd", "pgd-steps": 2 });
  await loop.run("curve", { "curve-n": 2 });
  await loop.run("check", { "check-n": 2 });
  await loop.run("roc", { "roc-n": 4 });
  await loop.at("results-more").evaluate((summary) => { summary.closest("details")?.removeAttribute("open"); });
  await walk("measured", ["measure"]);
  await loop.set("defense-kind", "detector");
  await loop.attack("pgd", {});
  await loop.click("gradient-run");
  await loop.click("slice-run");
  await loop.until("the slice", () => loop.sees("slice"));
  await loop.run("sticker", { "sticker-steps": 2, "sticker-fresh": 20 });
  await loop.click("areas-run");
  await loop.until("the curve", async () => await loop.at("areas-chart").count() === 1 && await loop.data("areas-chart", "state") === "done");
  await walk("attacked, purified, measured");
  for (const dialog of ["share", "settings", "licences"]) {
    await loop.click(`${dialog}-open`);
    await look(dialog);
    await loop.click(`${dialog}-close`);
  }
  await loop.choose(fixture("good", "stop.png"));
  await loop.until("the editor", () => loop.sees("photo-editor"));
  await look("photo");
  await loop.choose(fixture("bad", "text.png"));
  await loop.error();
  await look("error");
  await loop.click("train-reset");
  await loop.until("the question", () => loop.sees("confirm"));
  await look("question");
  await loop.close();
});

test("on a phone every target is large enough for a finger", async () => {
  const loop = await (await visit(browser, site, { query: SHORT, viewport: PHONE, touch: true })).ready();
  await loop.run("train");
  await loop.choose(fixture("good", "stop.png"));
  await loop.until("the editor", () => loop.sees("photo-editor"));
  for (const details of await loop.page.locator("details:not([open]) > summary").all()) if (await details.isVisible()) await details.click();
  await (await loop.reveal("shelf-name")).fill("second");
  await loop.click("shelf-copy");
  await loop.until("the copy", async () => await loop.data("shelf-table") === "second");
  for (const kind of ["fgsm", "pgd", "apgd", "square", "ensemble", "cw", "jsma"]) {
    await loop.set("attack-kind", kind);
    await loop.frames();
    for (const place of ["attack", ...(kind === "fgsm" ? ["start", "data", "train", "defend", "measure", "sticker", "lesson", "museum", "glossary"] : [])]) {
    await loop.go(place);
    const small = await loop.page.evaluate(() =>
      Array.from(document.querySelectorAll('button, select, summary, input:not([type="file"]), label.button, .nav-link, .tool, .chip, [role="option"]'))
      .filter((element) => /** @type {HTMLElement} */ (element).checkVisibility())
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(({ element, box }) =>
        `${/** @type {HTMLElement} */ (element).dataset["testid"] || element.outerHTML.slice(0, 80)} ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`));
    assert.deepEqual(small, [], place);
    }
  }
  await fits(loop, "phone");
  await loop.close();
});
