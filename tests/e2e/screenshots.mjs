// Pictures of every view and state, wide and narrow, light and dark, in German, in the system's own colours and at 400 % zoom, for looking
// at: target/screenshots/NAME-WIDTH-THEME.png

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, visit } from "./browser.mjs";
import { fixture, realPhoto } from "./fixtures.mjs";
import { ROOT, built, serve } from "./server.mjs";

const FOLDER = join(ROOT, "target/screenshots");
const VIEWS = [{ width: 1280, height: 900 }, { width: 360, height: 740 }];
const THEMES = /** @type {const} */ (["light", "dark"]);
const PLACES = ["start", "data", "train", "attack", "defend", "measure", "sticker", "lesson", "museum", "glossary"];
/** 1280 × 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

mkdirSync(FOLDER, { recursive: true });
const [site, browser] = await Promise.all([serve(), launch()]);
const loop = await (await visit(browser, site, { query: "?device=cpu", shipped: true, allow: [/Failed to load/] })).ready();
await loop.until("the examples", async () => await loop.number("gallery") === 60);
let taken = 0;

/** @param {string} name @param {string} [part] selector of what is shown; the whole page if none, the window as it is for `window` */
async function shoot(name, part) {
  for (const viewport of VIEWS) {
    for (const colorScheme of THEMES) {
      await loop.page.setViewportSize(viewport);
      await loop.page.emulateMedia({ colorScheme });
      // From the top, or the bar of steps covers a part.
      if (part !== "window") await loop.page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
      await loop.frames();
      await loop.frames();
      const path = join(FOLDER, `${name}-${viewport.width}-${colorScheme}.png`);
      if (part === undefined) await loop.page.screenshot({ path, fullPage: true });
      else if (part === "window") await loop.page.screenshot({ path });
      else {
        const box = await loop.page.locator(part).boundingBox();
        if (!box) throw new Error(`${part} is not there`);
        await loop.page.screenshot({ path, fullPage: true, clip: { x: 0, y: box.y, width: viewport.width, height: box.height } });
      }
      taken += 1;
    }
  }
  await loop.page.setViewportSize(VIEWS[0] ?? { width: 1280, height: 900 });
}

await shoot("start");
// As each place is before anything has been done.
for (const place of PLACES.slice(1)) {
  await loop.go(place);
  if (place === "defend") await loop.until("the washed sign", async () => await loop.data("purify-attacked-after-canvas", "filled") === "true");
  if (place === "measure") await loop.until("the records", async () => await loop.at("shipped-story").count() === 1);
  await shoot(`first-${place}`);
}
await loop.go("measure");
for (const question of ["curve", "checks", "roc"]) {
  await loop.click(`question-${question}`);
  await shoot(`first-measure-${question}`);
}
await loop.click("question-table");
await loop.go("start");
await loop.click("start-go");
await loop.until("it is fooled", async () => await loop.page.locator('[data-view="start"]').getAttribute("data-state") === "fooled");
await shoot("start-fooled");
await loop.go("data");
await shoot("data");
await loop.go("train");
await loop.set("train-epochs", 2);
await loop.start("train");
await loop.until("some curve", async () => (await loop.job("train")).share > 0.45);
await loop.click("train-pause");
await loop.reaches("train", "paused");
await shoot("training");
await loop.click("train-resume");
await loop.reaches("train", "finished");

await loop.go("data");
await loop.signItKnows();
await loop.attack("fgsm", { "attack-epsilon": 8 });
await shoot("attack-fgsm");
await loop.attack("cw", {}, { target: 1 });
await loop.at("frame-scrub").fill("30");
await loop.click("gradient-run");
await loop.click("slice-run");
await loop.until("the slice", () => loop.sees("slice"));
await shoot("attack-cw");
await loop.run("purify", { "purifier-images-per-epoch": 1075 }, 120_000);
await shoot("defend");
await loop.setAll({ "defense-kind": "detector", "knowledge": "adaptive" });
await loop.attack("pgd", {});
await shoot("attack-detector");
await loop.unfold("shelf-summary");
await loop.at("shelf-name").fill("fast");
await loop.click("shelf-copy");
await loop.until("the copy", async () => await loop.data("shelf-table") === "fast");
await loop.run("train", { "recipe-kind": "fast", "train-epochs": 2, "train-images-per-epoch": 2150 });
await loop.unfold("preset-classifier-more");
await shoot("train-shelf");
await loop.tick("matrix-models", ["lenet", "fast"]);
await loop.set("attack-kind", "cw");
await loop.setAll({ "cw-searches": 2, "cw-steps": 60 });
await loop.measure({ attacks: ["fgsm", "pgd", "cw"], defenses: ["none", "purifier"] }, { "measure-n": 43 }, 240_000);
await loop.click("matrix-1-pgd-open");
await loop.tick("curve-models", ["lenet", "fast"]);
await loop.run("curve", { "curve-n": 43 }, 240_000);
await loop.run("check", { "check-defense": "bit_depth", "check-n": 16 }, 240_000);
await loop.run("roc", { "roc-n": 43 }, 120_000);
for (const question of ["table", "curve", "checks", "roc"]) {
  await loop.click(`question-${question}`);
  await shoot(`measure-${question}`);
}
await loop.unfold("results-more");
await loop.until("the records", async () => await loop.at("results-story").count() === 1);
await shoot("results");

await loop.go("sticker");
await loop.run("sticker", { "sticker-steps": 60, "sticker-fresh": 60 });
for (const fold of ["sticker-paint", "areas-more", "sticker-print", "sticker-share"]) await loop.unfold(fold);
await loop.click("areas-run");
await loop.until("the curve", async () => await loop.at("areas-chart").count() === 1 && await loop.data("areas-chart", "state") === "done", 120_000);
await shoot("sticker");
await loop.go("lesson");
await loop.click("lesson-tab-4");
await loop.at("lesson-cw-smaller").check();
await loop.click("lesson-cw-do");
await loop.until("the lesson's step", () => loop.at("lesson-cw-reveal").isVisible());
await shoot("lesson");
await loop.click("lesson-tab-9");
await loop.at("lesson-sticker-most").check();
await loop.click("lesson-sticker-do");
await loop.until("the sticker", () => loop.at("lesson-sticker-reveal").isVisible());
await shoot("lesson-sticker");
for (const round of ["before", "after"]) {
  await loop.click(`lesson-tab-${round}`);
  await shoot(`quiz-${round}`);
  for (const id of ["epsilon", "transfer", "adaptive", "cost", "sticker"]) await loop.at(`quiz-${round}-${id}-unsure`).check();
  await loop.click(`quiz-${round}-end`);
}
await loop.click("lesson-tab-after");
await shoot("quiz-scores");
await loop.go("museum");
for (const how of ["weak", "strong"]) {
  await loop.click(`museum-no_gradient-${how}`);
  await loop.until("the exhibit", () => loop.at(`museum-no_gradient-${how}-stage`).isVisible());
}
await shoot("museum");
await loop.go("glossary");
await shoot("glossary");
for (const dialog of ["share", "settings"]) {
  await loop.click(`${dialog}-open`);
  await shoot(dialog, "window");
  await loop.click(`${dialog}-close`);
}

await loop.choose(realPhoto() ?? fixture("good", "stop.png"));
await loop.until("the editor", () => loop.sees("photo-editor"));
await shoot("photo");
await loop.useCrop();
await shoot("photo-used");
await loop.choose(fixture("bad", "truncated.png"));
await loop.error();
await shoot("error");
await loop.click("train-reset");
await loop.until("the question", () => loop.sees("confirm"));
await shoot("question", "window");
await loop.click("confirm-no");
await loop.page.emulateMedia({ media: "print" });
await loop.page.screenshot({ path: join(FOLDER, "print.png"), fullPage: true });
await loop.page.emulateMedia({ media: "screen" });
await loop.click("settings-open");
await loop.at("set-language").selectOption("de");
await loop.click("settings-close");
await loop.until("German", () => loop.page.evaluate(() => document.documentElement.dataset["built"] === "true" && document.documentElement.lang === "de"));
for (const place of PLACES) {
  await loop.go(place);
  await shoot(`german-${place}`);
}
for (const place of PLACES) {
  await loop.go(place);
  await loop.page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await loop.frames();
  await loop.page.screenshot({ path: join(FOLDER, `${place}-forced-colours.png`), fullPage: true });
  await loop.page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
  await loop.page.setViewportSize(ZOOMED);
  await loop.frames();
  await loop.page.screenshot({ path: join(FOLDER, `${place}-zoomed.png`) });
  await loop.page.setViewportSize(VIEWS[0] ?? ZOOMED);
  taken += 2;
}

site.replace.set(built("engine/cpu.wasm.zst"), { status: 404, type: "text/plain", body: "404" });
await loop.page.reload();
await loop.until("the report", () => loop.sees("crash"));
await loop.at("crash").locator("summary").click();
await shoot("crash");

await loop.context.close();
await browser.close();
await site.close();
console.log(`${taken} pictures in ${FOLDER}`);
