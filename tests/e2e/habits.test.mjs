// What people's data, pictures and browsers do to a page that works: classes that are named otherwise, very few of them, black and white,
// a tab that sleeps or is thrown away, a page that is translated.

import assert from "node:assert/strict";
import test from "node:test";
import { zipSync } from "fflate";
import { Loop, until, visit } from "./browser.mjs";
import { isSentence } from "./fixtures.mjs";
import { browser, site } from "./stage.mjs";

const QUERY = "?device=cpu&lang=en";
const SHORT = { "train-epochs": 1, "train-batch-size": 16, "train-images-per-epoch": 64, "train-validation-images": 43 };

/** A picture of 9 × 7 pixels in one colour. @param {number[]} colour */
const plain = (colour) => Buffer.concat([Buffer.from("P6\n9 7\n255\n"), Buffer.from(Array.from({ length: 63 }, () => colour).flat())]);
/** @param {string[]} names @param {number} n of each class */
const archive = (names, n) => Buffer.from(zipSync(Object.fromEntries(names.flatMap((name, which) => Array.from({ length: n }, (_, i) =>
  [`signs/${name}/${i}.ppm`, plain([(which * 83) % 256, (which * 29 + 90) % 256, 40 + i])]))), { level: 0 }));

/** @param {Loop} loop @param {string[]} names @param {number} n */
async function bring(loop, names, n) {
  await loop.at("data-archives").setInputFiles({ name: "signs.zip", mimeType: "", buffer: archive(names, n) });
  await loop.until("it is open", async () => (await loop.at("data-name").textContent() ?? "").startsWith(`signs: ${names.length * n} pictures`));
}

test("43 classes of one's own are no signs of GTSRB: a network that learned those is not measured on them, and says why", async () => {
  const loop = await (await visit(browser, site, { query: `${QUERY}&attacks=fgsm&defences=none&attackers=adaptive&n=8`, shipped: true })).ready();
  const names = Array.from({ length: 43 }, (_, i) => `place ${i}`);
  await bring(loop, names, 10);
  await loop.unfold("shelf-summary");
  await loop.until("a network for these classes, beside the one of the signs", async () => await loop.number("shelf-table", "models") === 2);
  await (await loop.reveal("shelf-select-0")).check();
  await loop.until("the first one", async () => await loop.data("shelf-table") === "lenet");
  await loop.start("matrix");
  const { place, words } = await loop.error();
  assert.equal(place, "matrix");
  isSentence(words);
  assert.match(words, /Speed limit 20/);
  assert.match(words, /place 0/);
  assert.notEqual(await loop.data("matrix", "state"), "done");
  await loop.close();
});

test("on two classes the loss that needs more is refused with the reason, and AutoAttack goes on without it", async () => {
  const loop = await (await visit(browser, site, { query: QUERY })).ready();
  await bring(loop, ["stop", "yield"], 20);
  await loop.run("train", SHORT);
  await loop.set("attack-kind", "apgd");
  await loop.frames();
  for (const loss of ["dlr", "dlr_targeted"]) {
    await loop.setAll({ "apgd-steps": 5, "apgd-loss": loss });
    await loop.start("attack");
    const { place, words } = await loop.error();
    assert.equal(place, "attack", loss);
    isSentence(words);
    assert.match(words, /2 classes|“?(ce|cross|Cross)/, words);
  }
  const found = await loop.attack("apgd", { "apgd-steps": 10, "apgd-loss": "ce", "attack-epsilon": 128 });
  assert.ok(found.linf > 0);
  assert.deepEqual(await loop.errors(), []);
  await loop.attack("ensemble", { "ensemble-steps": 5, "ensemble-targets": 1, "ensemble-queries": 20, "attack-epsilon": 128 });
  assert.deepEqual(await loop.errors(), []);
  await loop.close();
});

test("of a picture in black and white Carlini & Wagner finds another reading, as DeepFool does", async (t) => {
  const loop = await (await visit(browser, site, { query: QUERY, shipped: true })).ready();
  // A ring and a bar, every value 0 or 255.
  const ink = (/** @type {number} */ x, /** @type {number} */ y) => {
    const far = Math.hypot(x - 15.5, y - 15.5);
    return (far > 9 && far < 12) || (Math.abs(x - 15.5) < 6 && Math.abs(y - 17) < 4);
  };
  const bytes = Buffer.concat([Buffer.from("P6\n32 32\n255\n"),
    Buffer.from(Array.from({ length: 1024 }, (_, i) => Array(3).fill(ink(i % 32, Math.floor(i / 32)) ? 0 : 255)).flat())]);
  await loop.choose({ name: "bw.ppm", bytes });
  await loop.useCrop();
  for (const [kind, controls] of /** @type {const} */ ([["deepfool", {}], ["cw", {}], ["cw", { "cw-abort-early": false, "cw-searches": 3 }]])) {
    const { success, l2 } = await loop.attack(kind, controls);
    t.diagnostic(`${kind}: ${success ? `read otherwise after a change of ${l2.toFixed(3)}` : "in vain"}`);
    assert.ok(success && l2 > 0, `${kind} ${JSON.stringify(controls)}`);
  }
  await loop.close();
});

test("a tab that the browser lets sleep goes on with its training when it is woken", async () => {
  const loop = await (await visit(browser, site, { query: QUERY })).ready();
  await loop.setAll({ ...SHORT, "train-epochs": 40 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 5);
  const session = await loop.context.newCDPSession(loop.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((later) => { setTimeout(later, 2000); });
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await loop.reaches("train", "finished");
  assert.deepEqual(await loop.errors(), []);
  assert.ok(await loop.at("crash").isHidden());
  await loop.close();
});

test("a tab that the browser throws away offers its training at the next visit", async () => {
  const begun = await (await visit(browser, site, { query: QUERY, allow: [/./] })).ready();
  await begun.setAll({ ...SHORT, "train-epochs": 200, "train-images-per-epoch": 640 });
  await begun.start("train");
  await begun.until("some epochs", async () => /^[2-9]/.test(await begun.at("train-detail").textContent() ?? "") || (await begun.job("train")).done >= 100);
  // Long enough for a checkpoint.
  await new Promise((later) => { setTimeout(later, 1500); });
  const session = await begun.context.newCDPSession(begun.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((later) => { setTimeout(later, 500); });
  void session.send("Page.crash").catch(() => {});
  const page = await begun.context.newPage();
  await page.goto(site.url + QUERY);
  const loop = await new Loop(page, begun.context, site, [/./]).ready();
  await loop.until("the training is offered", () => loop.at("resume").isVisible());
  assert.match(await loop.at("resume").textContent() ?? "", /Training of “lenet” was interrupted at step \d+ of \d+/);
  assert.equal(await loop.data("subject-verdict", "trained"), "true", "with the weights that it had");
  await loop.context.close();
});

/** As the translators of browsers do: every text becomes elements of their own around other words, again whenever one changes. */
const TRANSLATED = () => {
  const SKIPPED = new Set(["SCRIPT", "STYLE", "FONT", "TITLE", "TEXTAREA"]);
  const translate = (/** @type {Node} */ root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node instanceof Text) texts.push(node);
    for (const text of texts) {
      const { parentElement: parent } = text;
      if (!parent || SKIPPED.has(parent.tagName) || parent.closest("[translate=no], .notranslate, svg") || text.data.trim() === "") continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    }
  };
  addEventListener("DOMContentLoaded", () => {
    translate(document.body);
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        for (const node of addedNodes.length > 0 ? addedNodes : [target]) if (node.isConnected) translate(node.parentNode ?? node);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
};

test("a page that the browser translates goes on working, and shows what is so now", async () => {
  const loop = await (await visit(browser, site, { query: QUERY, init: [TRANSLATED] })).ready();
  await until("it is translated", () => loop.page.locator("font font").count());
  await loop.run("train", { ...SHORT, "train-epochs": 2 });
  await loop.attack("fgsm", { "attack-epsilon": 8 });
  for (const place of ["start", "data", "defend", "measure", "lesson", "museum", "glossary", "train"]) await loop.go(place);
  await loop.go("data");
  for (const index of [1, 14, 1]) {
    await loop.pick(index);
    await loop.frames();
    const name = await loop.at("subject-name").textContent() ?? "";
    assert.match(name.toUpperCase(), index === 14 ? /STOP/ : /SPEED LIMIT 30/, "the name of the sign that is shown, not of the one before");
  }
  await loop.measure({ attacks: ["fgsm"] }, { "measure-n": 2 });
  assert.deepEqual(await loop.errors(), []);
  assert.ok(await loop.at("crash").isHidden(), await loop.at("crash-message").textContent() ?? "");
  await loop.close();
});
