// Pictures of every view and state, wide and narrow, light and dark, for looking at: target/screenshots/NAME-WIDTH-THEME.png

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, visit } from "./browser.mjs";
import { fixture, realPhoto } from "./fixtures.mjs";
import { ROOT, built, serve } from "./server.mjs";

const FOLDER = join(ROOT, "target/screenshots");
const VIEWS = [{ width: 1280, height: 900 }, { width: 360, height: 740 }];
const THEMES = /** @type {const} */ (["light", "dark"]);

mkdirSync(FOLDER, { recursive: true });
const [site, browser] = await Promise.all([serve(), launch()]);
const loop = await (await visit(browser, site, { query: "?device=cpu", allow: [/Failed to load/] })).ready();
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

await shoot("fresh");
await loop.start("train");
await loop.until("some curve", async () => (await loop.job("train")).share > 0.45);
await loop.click("train-pause");
await loop.reaches("train", "paused");
await shoot("training", "#train");
await loop.click("train-resume");
await loop.reaches("train", "finished");
await loop.signItKnows();
await shoot("trained");

await loop.attack("fgsm", { "attack-epsilon": 8 });
await shoot("fgsm", "#fool");
await loop.attack("cw", {}, { target: 1 });
await (await loop.reveal("frame-scrub")).fill("30");
await shoot("cw", "#fool");
await loop.run("purify", { "purifier-images-per-epoch": 1075 }, 120_000);
await shoot("purify", "#purify");
await loop.setAll({ "defense-kind": "detector", "knowledge": "adaptive" });
await loop.attack("pgd", {});
await shoot("pgd-detector", "#fool");
await loop.unfold("shelf-summary");
await (await loop.reveal("shelf-name")).fill("fast");
await loop.click("shelf-copy");
await loop.until("the copy", async () => await loop.data("shelf-table") === "fast");
await loop.run("train", { "recipe-kind": "fast", "train-epochs": 2, "train-images-per-epoch": 2150 });
await shoot("recipe-and-shelf", "#train");
await loop.tick("matrix-models", ["lenet", "fast"]);
await loop.set("attack-kind", "cw");
await loop.setAll({ "cw-searches": 2, "cw-steps": 60 });
await loop.measure({ attacks: ["fgsm", "pgd", "cw"], defenses: ["none", "purifier"] }, { "measure-n": 43 }, 240_000);
await loop.click("matrix-1-pgd-open");
await loop.tick("curve-models", ["lenet", "fast"]);
await loop.run("curve", { "curve-n": 43 }, 240_000);
await loop.run("check", { "check-defense": "bit_depth", "check-n": 16 }, 240_000);
await loop.run("roc", { "roc-n": 43 }, 120_000);
await shoot("measure", "#measure");
await shoot("whole");

await loop.choose(realPhoto() ?? fixture("good", "stop.png"));
await loop.until("the editor", () => loop.sees("photo-editor"));
await shoot("photo", "#pick");
await loop.useCrop();
await shoot("photo-used", "#pick");
await loop.choose(fixture("bad", "truncated.png"));
await loop.error();
await shoot("error", "#pick");
await loop.click("train-reset");
await loop.until("the question", () => loop.sees("confirm"));
await shoot("question", "window");
await loop.click("confirm-no");

site.replace.set(built("engine/cpu.wasm.zst"), { status: 404, type: "text/plain", body: "404" });
await loop.page.reload();
await loop.until("the report", () => loop.sees("crash"));
await loop.at("crash").locator("summary").click();
await shoot("crash");

await loop.context.close();
await browser.close();
await site.close();
console.log(`${taken} pictures in ${FOLDER}`);
