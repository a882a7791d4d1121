// Every place shows something real before anybody has done anything, and what it is about stands in the first screenful.

import assert from "node:assert/strict";
import test from "node:test";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

const arrive = async (options = {}) => (await visit(browser, site, { query: "?device=cpu", shipped: true, ...options })).ready();
/** @typedef {Awaited<ReturnType<typeof arrive>>} Loop */

/** The picture or figure that a place is about, and its one button. @type {Record<string, [string, string]>} */
const STAGE = {
  start: ["start-compare", "start-go"], data: ["subject-canvas", "subject-verdict"], train: ["train-known", "train-fresh"],
  attack: ["outcome-compare", "attack-run"], defend: ["purify-attacked-after-canvas", "wash-go"], measure: ["question-table", "matrix-run"],
  sticker: ["sticker-scene", "sticker-run"],
};

for (const viewport of [{ width: 1280, height: 720 }, { width: 360, height: 640 }]) {
  test(`at ${viewport.width} × ${viewport.height} what a place is about and its button stand in the first screenful`, async () => {
    const loop = await arrive({ viewport });
    for (const [place, parts] of Object.entries(STAGE)) {
      await loop.page.evaluate((hash) => { location.hash = hash; }, place);
      for (const part of parts) await loop.until(`${part} is seen`, () => loop.at(part).isVisible());
      if (place === "defend") await loop.until("it is washed", async () => await loop.data("purify-attacked-after-canvas", "filled") === "true");
      await loop.page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
      await loop.frames();
      // On a narrow screen the places stand at the bottom.
      const end = viewport.width < 760 ? viewport.height - 58 : viewport.height;
      for (const part of parts) {
        const box = await loop.at(part).boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= end, `${place}: ${part} ends at ${box && Math.round(box.y + box.height)} of ${end}`);
      }
    }
    await loop.close();
  });
}

test("who opens Defend sees the purifier that comes with the page wash an attacked sign, and no setting has changed", async () => {
  const loop = await arrive();
  const address = loop.page.url();
  await loop.go("defend");
  await loop.until("it is washed", async () => await loop.data("purify-attacked-after-canvas", "filled") === "true");
  const [clean, hit, washed] = await Promise.all(["clean", "attacked", "attacked-after"].map((one) => loop.number(`purify-${one}-top`)));
  assert.notEqual(hit, clean, "the attack works");
  assert.equal(washed, clean, "the purifier repairs it");
  assert.match(await loop.at("status-quality").textContent() ?? "", /with purifier/);
  await new Promise((done) => { setTimeout(done, 600); });
  assert.equal(loop.page.url().replace(/#.*/, ""), address.replace(/#.*/, ""));
  await loop.close();
});

test("Measure asks one question at a time, shows what is known of the page's networks, and its tabs work by keyboard", async () => {
  const loop = await arrive();
  await loop.go("measure");
  await loop.until("the table", async () => await loop.at("shipped-story").count() === 1);
  assert.equal(await loop.at("shipped-story").locator('td[data-known="true"]').count(), 28);
  await loop.at("question-table").focus();
  for (const [key, button, shown] of [["ArrowRight", "curve-run", "shipped-chart"], ["ArrowRight", "check-run", "shipped-checks"],
    ["End", "roc-run", ""], ["ArrowRight", "matrix-run", "shipped-story"]]) {
    await loop.page.keyboard.press(String(key));
    await loop.until(`${button} is seen`, () => loop.at(String(button)).isVisible());
    if (shown) await loop.until(shown, () => loop.at(shown).isVisible());
    const seen = await loop.page.locator('[role="tabpanel"]:visible').count();
    assert.equal(seen, 1);
    assert.equal(await loop.page.evaluate(() => document.activeElement?.getAttribute("aria-selected")), "true");
  }
  await loop.close();
});

test("a new network learns from nothing beside the one that is there; those that come with the page are taken by name", async () => {
  const loop = await arrive();
  await loop.setAll({ "train-epochs": 1, "train-images-per-epoch": 640, "train-validation-images": 43 });
  await loop.until("what is known", async () => await loop.number("train-known") > 0.9);
  await loop.click("train-fresh");
  await loop.until("it has been trained", async () => (await loop.job("train")).state === "finished" && await loop.data("shelf-table") === "my network");
  assert.equal(await loop.data("shelf-table", "models"), "2");
  assert.ok(await loop.number("train-accuracy") < 0.9, "it began with nothing");
  await loop.at("status-model").selectOption("lenet");
  await loop.until("the first one", async () => await loop.data("shelf-table") === "lenet" && await loop.number("train-known") > 0.9);
  await loop.at("status-model").selectOption("lenet-at");
  await loop.until("one that came with the page", async () => await loop.data("shelf-table") === "lenet-at");
  assert.equal(await loop.data("shelf-table", "models"), "3");
  await loop.close();
});

test("what the settings do is said when somebody asks", async () => {
  const loop = await arrive();
  await loop.go("train");
  const help = loop.page.locator("#place-train .field-help").first();
  assert.ok(!await help.isVisible());
  const explain = loop.page.locator("#place-train").getByTestId("explain");
  await explain.click();
  assert.ok(await help.isVisible());
  assert.equal(await explain.getAttribute("aria-expanded"), "true");
  await explain.click();
  assert.ok(!await help.isVisible());
  await loop.close();
});
