// A teacher's link: what it hides is not there, what it fixes can be seen and not changed, and one can always see everything again.

import assert from "node:assert/strict";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @param {string} query */
const opened = async (query) => (await visit(browser, site, { query: `?device=cpu${query}` })).ready();

/** Of the page itself, and the teacher's own: they stay free. */
const FREE = ["set-language", "set-teach-fix"];

/** Every control of a setting that can still be changed, whatever is folded. @param {import("./browser.mjs").Loop} loop */
async function changeable(loop) {
  await loop.page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  await loop.frames();
  return loop.page.evaluate(() => {
    // Settings whose control is no plain field, and buttons that set several at once.
    const others = ["goal-targeted", "target-class", "another-picture", "class-select", "defend-train", "museum-stale-set", "museum-copying-set",
      "cw-preset-paper", "preset-classifier-go", "preset-purifier-go"];
    const groups = ["matrix-attacks", "matrix-defenses", "matrix-knowledge"].map((id) => `[data-testid="${id}"] input`);
    const all = document.querySelectorAll([...others.map((id) => `[data-testid="${id}"]`), ...groups, '[data-testid^="set-"]', '[data-testid*="-set-"]']
      .join());
    const free = Array.from(all).filter((element) => !element.matches(":disabled"));
    const lists = Array.from(document.querySelectorAll('[role="listbox"]')).filter((list) => list.getAttribute("aria-disabled") !== "true");
    return { all: all.length, free: [...free, ...lists].map((element) => element.getAttribute("data-testid") ?? "") };
  });
}

test("a teacher's link hides, and everything can be shown again", async () => {
  const loop = await opened("&hide=measure,expert&fix=1");
  assert.ok(await loop.at("teacher").isVisible());
  assert.ok(await loop.at("nav-measure").isHidden());
  await loop.go("attack");
  assert.ok(await loop.at("attack-more").isHidden());
  await loop.click("teacher-all");
  await loop.until("all of it", () => loop.at("nav-measure").isVisible());
  await loop.close();
});

test("what a teacher fixes is every setting that the link carries, wherever its control stands", async () => {
  const loop = await opened("&fix=1&attack=pgd&goal=targeted");
  await loop.click("settings-open");
  const { all, free } = await changeable(loop);
  assert.ok(all > 90, `${all} controls`);
  assert.deepEqual(free.sort(), FREE);
  await loop.click("settings-close");
  await loop.click("teacher-all");
  await loop.until("all of it", () => loop.at("set-train-epochs").isEnabled());
  assert.ok((await changeable(loop)).free.length > 80, "and not any more when everything is shown");
  await loop.close();
});

test("the large button of the start works under fixed settings, and leaves them as they are", async () => {
  const loop = await (await visit(browser, site, { query: "?device=cpu&fix=1&attack=fgsm&eps=3&sign=5", shipped: true })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  await loop.go("start");
  await loop.click("start-go");
  await loop.until("an outcome", async () => /fooled|held/.test((await loop.page.locator('[data-view="start"]').getAttribute("data-state")) ?? ""));
  assert.equal(await loop.shown("attack-kind"), "fgsm");
  assert.equal(await loop.shown("attack-epsilon"), "3");
  assert.equal(await loop.number("subject-name"), 5);
  await loop.close();
});
