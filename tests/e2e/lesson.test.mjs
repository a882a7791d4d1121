// The lesson as a pupil and a teacher use it, the museum, and how soon a newcomer has made a sticker.

import assert from "node:assert/strict";
import test from "node:test";
import { axe, fits } from "./axe.mjs";
import { visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @import { Loop } from "./browser.mjs" */

const PHONE = { width: 360, height: 740 };
const STEPS = ["perturbation", "epsilon", "noise", "targeted", "cw", "purifier", "adaptive", "masked", "training", "sticker", "stickers"];
const RIGHT = { epsilon: "values", transfer: "often", adaptive: "little", cost: "clean", sticker: "hardly" };
/** Longer than it is waited before something is kept, or stands in the address. */
const KEPT_MS = 700;

/** @param {string} [query] @param {Partial<import("./browser.mjs").VisitOptions>} [options] */
async function opened(query = "", options = {}) {
  const loop = await (await visit(browser, site, { query: `?device=cpu&lang=en${query}`, shipped: true, ...options })).ready();
  await loop.until("the network that comes with the page", async () => await loop.data("subject-verdict", "trained") === "true");
  return loop;
}
const rest = () => new Promise((done) => { setTimeout(done, KEPT_MS); });

/** Predicts the first of the answers, does the step, and tells what came of it. @param {Loop} loop @param {string} id @param {number} [timeout] */
async function does(loop, id, timeout = 60_000) {
  await loop.click(`lesson-tab-${STEPS.indexOf(id)}`);
  assert.ok(await loop.at(`lesson-${id}-do`).isDisabled(), "predict first");
  await loop.page.locator(`input[name="lesson-${id}"]`).first().check();
  await loop.until("it may be done", () => loop.at(`lesson-${id}-do`).isEnabled());
  await loop.click(`lesson-${id}-do`);
  await loop.until(`${id} is revealed`, () => loop.at(`lesson-${id}-reveal`).isVisible(), timeout);
  return loop.data(`lesson-${id}-reveal`, "came");
}
/** @param {Loop} loop @param {"before" | "after"} round @param {Record<string, string>} answers */
async function answers(loop, round, answers) {
  assert.ok(await loop.at(`quiz-${round}-end`).isDisabled(), "not before all are answered");
  for (const [id, answer] of Object.entries(answers)) await loop.at(`quiz-${round}-${id}-${answer}`).check();
  await loop.click(`quiz-${round}-end`);
}
/** The share in a cell, in percent. @param {Loop} loop @param {string} table @param {number} row @param {number} column */
async function shareIn(loop, table, row, column) {
  const cell = loop.at(table).locator("tbody tr").nth(row).locator("td").nth(column);
  const words = (await cell.textContent()) ?? "";
  assert.match(words, /^[<\d.\s]+%\s\(.*\sto\s.*,\sn\s=\s\d+\)$/, "a share has its interval and says of how many");
  return Number(words.replace(/[<\s]/g, "").split("%")[0]);
}

test("the lesson: predict, do, see; what is revealed is what the engine found, and settings and selection stay as they were", async () => {
  const loop = await opened("&attack=jsma&sticker.share=0.05#lesson");
  await loop.go("lesson");
  await rest();
  const address = loop.page.url();
  for (const id of ["perturbation", "epsilon", "noise", "targeted", "cw"]) {
    const came = await does(loop, id);
    assert.ok(came, id);
    assert.equal(await loop.at(`lesson-${id}-reveal`).locator("canvas[data-filled=true]").count() > 0, true, `${id}: pictures`);
  }
  assert.match((await loop.at("lesson-cw-reveal").textContent()) ?? "", /FGSM: L2 [\d.]+, L∞ [\d.]+\/255; C&W: L2 [\d.]+, L∞ [\d.]+\/255/);
  // The purifier that comes with the page washes what does not know it.
  assert.equal(await does(loop, "purifier"), "yes");
  assert.equal(await does(loop, "adaptive"), "no");
  assert.match((await loop.at("lesson-adaptive-judged").textContent()) ?? "", /^Not this time: No, it falls/);
  assert.equal(await loop.data("lesson-adaptive-judged", "right"), "false");
  assert.deepEqual(await loop.errors(), []);
  await rest();
  assert.equal(loop.page.url(), address);
  await loop.until("the model is the same", async () => await loop.data("shelf-table") === "lenet");
  await loop.close();
});

test("two steps about stickers: one press on the stop sign, and that training against small changes does not help", async () => {
  const loop = await opened();
  await loop.go("lesson");
  assert.equal(await does(loop, "sticker", 60_000), "most");
  assert.equal(await loop.number("lesson-sticker-sticker-0"), 9);
  const reached = await shareIn(loop, "lesson-sticker-table", 0, 2);
  const control = await shareIn(loop, "lesson-sticker-table", 0, 3);
  assert.ok(reached > 70 && control < 20, `${reached} % by the sticker, ${control} % by chance`);
  await loop.click("lesson-on");
  const came = await does(loop, "stickers", 120_000);
  assert.ok(["unclear", "more"].includes(came), came);
  const [plain, robust] = [await shareIn(loop, "lesson-stickers-table", 0, 1), await shareIn(loop, "lesson-stickers-table", 1, 1)];
  assert.ok(robust > plain + 10, `within ε it helps: ${plain} %, ${robust} %`);
  assert.ok(await shareIn(loop, "lesson-stickers-table", 1, 2) > 70, "and not against the sticker");
  // A view that is not on the screen hears of it a little later.
  await loop.until("what was borrowed has gone", async () => await loop.data("shelf-table") === "lenet" && await loop.data("shelf-table", "models") === "1");
  await loop.go("sticker");
  assert.equal(await loop.number("sticker-layer"), 0, "nothing is on the person's own sign");
  await loop.close();
});

test("five questions before and after, with scores that can be printed; all of it is there at the next visit, until it is cleared", async () => {
  const loop = await opened();
  await loop.go("lesson");
  await loop.click("quiz-first");
  assert.deepEqual(await axe(loop), [], "the questions");
  await answers(loop, "before", { ...RIGHT, epsilon: "pixels", sticker: "unsure" });
  await loop.until("the first step", () => loop.at("lesson-perturbation").isVisible());
  assert.equal(await loop.at("quiz-first").count(), 0);
  const came = await does(loop, "perturbation");
  await loop.click("lesson-tab-after");
  await answers(loop, "after", RIGHT);
  await loop.until("the scores", () => loop.at("quiz-scores").isVisible());
  /** @param {string} when */
  async function isThere(when) {
    assert.deepEqual([await loop.data("quiz-scores", "before"), await loop.data("quiz-scores", "after")], ["3", "5"], when);
    assert.equal(await loop.data("lesson-perturbation-reveal", "came"), came, when);
    assert.equal(await loop.at("lesson-perturbation-0-compare-after").getAttribute("data-filled"), "true", when);
  }
  await isThere("at once");
  for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
    await loop.page.setViewportSize(viewport);
    assert.deepEqual(await axe(loop), [], `the scores, ${viewport.width}`);
    await fits(loop, "the scores");
  }
  await rest();
  await loop.page.reload();
  await loop.ready();
  await loop.go("lesson");
  await loop.click("lesson-tab-after");
  await isThere("at the next visit");
  await loop.page.evaluate(() => { window.print = () => { document.documentElement.dataset["printed"] = "true"; }; });
  await loop.click("quiz-print");
  await loop.until("it prints", async () => await loop.page.evaluate(() => document.documentElement.dataset["printed"] === "true"));
  await loop.page.emulateMedia({ media: "print" });
  const onPaper = () => loop.page.evaluate(() => document.getElementById("main")?.innerText ?? "");
  const paper = await onPaper();
  assert.match(paper, /Name: _+.*\n[^]*3 of 5\s+5 of 5\s*$/);
  assert.ok(!/What I saw|Run it|Next step/.test(paper), paper);
  await loop.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.match(await onPaper(), /3 of 5[^]*worksheet[^]*What I saw/, "otherwise the worksheet comes along");
  await loop.page.emulateMedia({ media: "screen" });
  await loop.click("lesson-forget");
  await loop.click("confirm-yes");
  await loop.until("the questions again", () => loop.at("quiz-after-end").isVisible());
  await rest();
  await loop.page.reload();
  await loop.ready();
  await loop.go("lesson");
  assert.ok(await loop.at("quiz-first").isVisible());
  assert.ok(!await loop.at("lesson-perturbation-reveal").isVisible());
  await loop.close();
});

test("at the end there are ways on, with settings; under a teacher's link these stay as they are", async () => {
  const loop = await opened();
  await loop.go("lesson");
  await loop.click("lesson-tab-after");
  await loop.click("lesson-next-set-sticker");
  await loop.until("the stickers", () => loop.page.url().includes("#sticker"));
  assert.deepEqual([await loop.shown("sticker-colours"), await loop.shown("sticker-share")], ["tape", "0.125"]);
  await loop.go("lesson");
  await loop.click("lesson-next-set-knowledge");
  await loop.until("the table", () => loop.page.url().includes("#measure"));
  assert.equal(await loop.shown("measure-n"), "200");
  await loop.close();
  const fixed = await opened("&fix=1&hide=sticker#lesson");
  await fixed.go("lesson");
  await fixed.click("lesson-tab-after");
  assert.ok(await fixed.at("lesson-next-set-target").isDisabled());
  assert.ok(await fixed.at("lesson-next-set-sticker").isHidden());
  assert.ok(await fixed.at("foot-sticker").isHidden(), "nor does anything else lead to what is hidden");
  await fixed.go("start");
  assert.ok(await fixed.at("start-sticker").isHidden());
  await fixed.close();
});

for (const viewport of [{ width: 1280, height: 720 }, PHONE]) {
  test(`at ${viewport.width} a newcomer sees the way to the stickers at once, and has made one within two clicks and 30 seconds`, async (t) => {
    const loop = await opened("", { viewport });
    const box = await loop.at("start-sticker").boundingBox();
    // On a narrow screen the places stand at the bottom.
    assert.ok(box && box.y + box.height <= viewport.height - (viewport.width < 760 ? 58 : 0), `it ends at ${box && Math.round(box.y + box.height)}`);
    const begun = Date.now();
    await loop.at("start-sticker").click();
    await loop.at("sticker-famous").click();
    await loop.until("it has been judged", () => loop.at("sticker-sentence").isVisible(), 90_000);
    const seconds = (Date.now() - begun) / 1000;
    t.diagnostic(`${seconds} s`);
    assert.ok(seconds < 30, `${seconds} s`);
    assert.match((await loop.at("sticker-sentence").textContent()) ?? "", /80/);
    await loop.close();
  });
}

test("a bad defence holds against the attack that it likes, and falls to a proper one; what was robust within ε leads to the stickers", async () => {
  const loop = await opened();
  await loop.go("museum");
  for (const [how, fooled] of /** @type {const} */ ([["weak", "false"], ["strong", "true"]])) {
    await loop.click(`museum-no_gradient-${how}`);
    await loop.until(how, () => loop.at(`museum-no_gradient-${how}-stage`).isVisible());
    assert.equal(await loop.data(`museum-no_gradient-${how}-stage-verdict`), fooled);
  }
  assert.match((await loop.at("museum-epsilon").textContent()) ?? "", /Eykholt et al\..*CVPR 2018.*1707\.08945/);
  await loop.click("museum-epsilon-open");
  await loop.until("the stickers", () => loop.at("sticker-famous").isVisible());
  await loop.close();
});

test("of a network that comes with the page Train says that its learning was not recorded; one that learns here has its curve", async () => {
  const loop = await opened("&epochs=1&images=320&val=43");
  await loop.go("train");
  assert.ok(await loop.at("train-no-curve").isVisible());
  assert.match((await loop.at("train-no-curve").textContent()) ?? "", /lenet/);
  assert.ok(!await loop.at("train-loss-chart").isVisible(), "and draws no empty chart");
  await loop.click("train-fresh");
  await loop.until("it has been trained", async () => (await loop.job("train")).state === "finished" && await loop.data("shelf-table") === "my network");
  assert.ok(await loop.at("train-loss-chart").isVisible());
  assert.ok(!await loop.at("train-no-curve").isVisible());
  await loop.close();
});
