// Every attack, defence, attacker, recipe and measurement, once, with as little work as each allows.

import assert from "node:assert/strict";
import test, { before } from "node:test";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HANDLE, Loop, changedWorker, visit } from "./browser.mjs";
import { browser, site } from "./stage.mjs";

/** @type {Loop} with a network that has learned something, and a purifier */
let loop;
/** The sign that the network reads correctly. */
let sign = 0;

const SHORT = { "train-epochs": 1, "train-images-per-epoch": 64, "train-batch-size": 32, "train-validation-images": 43 };

before(async () => {
  loop = await (await visit(browser, site, { query: "?device=cpu" })).ready();
  await loop.run("train", { "train-epochs": 2, "train-images-per-epoch": 1600, "train-validation-images": 86 });
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 320, "purifier-validation-images": 43 });
  sign = await loop.signItKnows();
});

/** Attacks with parameters that make them quick, and what their printed form has to name. @type {[string, import("./browser.mjs").Controls, string[]][]} */
const ATTACKS = [
  ["fgsm", {}, ["epsilon"]],
  ["bim", { "bim-steps": 4, "bim-alpha": 3 }, ["epsilon", "steps = 4", "alpha"]],
  ["pgd", { "pgd-steps": 5, "pgd-restarts": 2, "attack-seed": 3 }, ["epsilon", "steps = 5", "alpha", "restarts = 2", "seed = 3"]],
  ["apgd", { "apgd-steps": 8, "apgd-loss": "dlr_targeted", "apgd-targets": 2 },
    ["epsilon", "steps = 8", "loss = dlr_targeted", "restarts", "targets = 2", "seed"]],
  ["square", { "square-queries": 40 }, ["epsilon", "queries = 40", "p = 0.8", "seed"]],
  ["ensemble", { "ensemble-steps": 5, "ensemble-targets": 1, "ensemble-queries": 20 }, ["epsilon", "steps = 5", "targets = 1", "queries = 20", "seed"]],
  ["cw", { "cw-searches": 2, "cw-steps": 40 }, ["kappa", "searches = 2", "steps = 40", "learning_rate", "initial_c", "abort_early"]],
  ["deepfool", { "deepfool-steps": 12 }, ["steps = 12", "overshoot"]],
  ["jsma", { "jsma-one-pixel": true }, ["theta", "gamma", "one_pixel = true"]],
  ["noise", {}, ["epsilon", "seed"]],
];

for (const [kind, controls, printed] of ATTACKS) {
  test(`${kind}: every parameter counts, and its steps can be looked at`, async () => {
    await loop.set("attack-kind", kind);
    await loop.frames();
    const result = await loop.attack(kind, controls);
    assert.equal(result.attack, kind);
    assert.equal(result.before, sign);
    assert.equal(result.success, result.after !== sign, "the badge says what the bars show");
    if (!["cw", "deepfool", "jsma"].includes(kind)) assert.ok(result.linf > 0 && result.linf <= 8 / 255 + 1e-6, `L∞ ${result.linf}`);
    else if (kind !== "jsma") assert.ok(result.success, JSON.stringify(result));
    const words = (await loop.at("outcome-printed").textContent()) ?? "";
    assert.ok(words.startsWith(`${kind}(`), words);
    for (const parameter of printed) assert.ok(words.includes(parameter), `${parameter} in ${words}`);

    const scrub = loop.at("frame-scrub");
    const last = Number(await scrub.getAttribute("max"));
    assert.equal(Number(await scrub.inputValue()), last, "the last step is shown");
    if (kind === "fgsm" || kind === "noise") return;
    assert.ok(last > 0, "more than one picture");
    const end = await loop.paints("frame-canvas");
    await scrub.fill("0");
    assert.notEqual(await loop.paints("frame-canvas"), end, "the first picture is another");
    assert.ok(Number.isFinite(await loop.number("frame-margin")) && await loop.number("frame-l2") >= 0);
    assert.equal(await loop.sees("frame-c"), kind === "cw");
  });
}

test("DeepFool takes no target, and the page says so", async () => {
  await loop.set("attack-kind", "fgsm");
  await (await loop.reveal("goal-targeted")).check();
  await loop.set("attack-kind", "deepfool");
  await loop.until("the sentence", () => loop.sees("attack-no-target"));
  assert.ok(await loop.lacks("goal-targeted"));
  await loop.attack("deepfool", {});
  assert.deepEqual(await loop.errors(), []);
  await loop.set("attack-kind", "fgsm");
  await (await loop.reveal("goal-untargeted")).check();
});

test("α may be left open, and a link carries it", async () => {
  await loop.setAll({ "attack-kind": "bim", "bim-alpha": "" });
  assert.equal(await loop.shown("bim-alpha"), "");
  await loop.attack("bim", { "bim-steps": 5 });
  assert.match((await loop.at("outcome-printed").textContent()) ?? "", /alpha = 4\/255/);
  await loop.set("bim-alpha", "1.5");
  await loop.until("the address follows", () => loop.page.url().includes("bimalpha=1.5"));
});

for (const [defense, controls] of /** @type {[string, import("./browser.mjs").Controls][]} */ ([
  ["purifier", {}], ["detector", { "detector-statistic": "l1", "detector-false-positive-rate": 0.1 }], ["bit_depth", { "bit-depth-bits": 2 }], ["median", {}],
  ["jpeg", { "jpeg-quality": 40 }], ["huge_logits", {}], ["no_gradient", {}],
])) {
  test(`${defense}: attacked by one who does not know it, by one who does, and by BPDA`, async () => {
    await loop.set("defense-kind", defense);
    await loop.frames();
    await loop.setAll(controls);
    for (const knowledge of ["oblivious", "adaptive", "bpda"]) {
      await loop.setAll({ "attack-kind": "pgd", "knowledge": knowledge });
      await loop.attack("pgd", { "pgd-steps": 5, "pgd-restarts": 1 });
      await loop.until("the view behind the defence", () => loop.sees("defended"));
      assert.match((await loop.at("outcome-context").textContent()) ?? "", new RegExp(knowledge, "i"));
      const read = await loop.number("defended-top");
      const refused = defense === "detector" && await loop.data("defended-refuses", "refuses") === "true";
      assert.equal(await loop.data("defended-success"), String(read !== sign && !refused), knowledge);
      if (!["huge_logits", "no_gradient"].includes(defense)) {
        const [defended, plain] = [await loop.paints("figure-defended-original-canvas"), await loop.paints("figure-original-canvas")];
        assert.notEqual(defended, plain, "the defence does something");
      }
      assert.equal(await loop.sees("defended-refuses"), defense === "detector");
    }
    await loop.set("defense-kind", "none");
  });
}

test("a model is copied, saved, opened again, and gives the same answers", async () => {
  await loop.unfold("shelf-summary");
  assert.equal(await loop.data("shelf-table", "models"), "1");
  await (await loop.reveal("shelf-name")).fill("twin");
  await loop.click("shelf-copy");
  await loop.until("the copy", async () => await loop.data("shelf-table") === "twin");
  await loop.until("its answer", async () => (await loop.answer()).read === sign);
  const answers = await loop.at("subject-top").textContent();
  const purified = await loop.at("purify-clean-after-top").textContent();
  const weights = await loop.saved("shelf-save");
  const purifier = await loop.saved("shelf-save-purifier");
  assert.deepEqual([weights.name, purifier.name], ["twin.safetensors", "twin-purifier.safetensors"]);

  await loop.at("shelf-open").setInputFiles({ name: "from elsewhere.safetensors", mimeType: "", buffer: weights.bytes });
  await loop.until("a third model", async () => await loop.data("shelf-table") === "from elsewhere");
  assert.equal(await loop.at("subject-top").textContent(), answers);
  assert.ok(await loop.at("shelf-save-purifier").isDisabled(), "the purifier is another file");
  await loop.at("shelf-open").setInputFiles({ name: "any name.safetensors", mimeType: "", buffer: purifier.bytes });
  await loop.until("its purifier", () => loop.at("shelf-save-purifier").isEnabled());
  await loop.until("the same purified answer", async () => await loop.at("purify-clean-after-top").textContent() === purified);
  assert.deepEqual((await loop.saved("shelf-save")).bytes, weights.bytes, "the same file again, to the bit");

  await loop.click("shelf-remove");
  await loop.click("confirm-yes");
  await loop.until("two models", async () => await loop.data("shelf-table", "models") === "2");
});

test("a file that holds no weights ends in a sentence", async () => {
  await loop.at("shelf-open").setInputFiles({ name: "x.safetensors", mimeType: "", buffer: Buffer.from("no weights") });
  const { words, place } = await loop.error();
  assert.equal(place, "shelf");
  assert.match(words, /^\p{Lu}.{15,}\.$/u);
});

test("transfer: an example of one model is tried on another", async () => {
  await (await loop.reveal("shelf-name")).fill("other");
  await loop.set("model-architecture", "convnet");
  await loop.click("shelf-new");
  await loop.until("a new model", async () => await loop.data("shelf-table") === "other");
  await loop.until("it is said to be untrained", async () => await loop.data("subject-verdict", "trained") === "false");
  await loop.run("train", SHORT);
  await (await loop.reveal("attack-made-on")).selectOption("lenet");
  await loop.attack("pgd", { "pgd-steps": 3 });
  assert.match((await loop.at("outcome-context").textContent()) ?? "", /made on “lenet”/);
  await (await loop.reveal("attack-made-on")).selectOption("");
});

for (const [recipe, controls] of /** @type {[string, import("./browser.mjs").Controls][]} */ ([
  ["standard", {}], ["fgsm", { "recipe-epsilon": 4 }], ["fast", {}], ["pgd", { "recipe-pgd-steps": 2 }],
  ["trades", { "recipe-trades-steps": 2, "recipe-trades-beta": 3 }], ["stale", {}],
])) {
  test(`recipe ${recipe}: trains, and robust accuracy is counted where it is about that`, async () => {
    await loop.set("recipe-kind", recipe);
    await loop.frames();
    await loop.run("train", { ...SHORT, ...controls });
    const robust = await loop.number("train-robust");
    assert.equal(Number.isFinite(robust), recipe !== "standard", `${robust}`);
    const row = loop.page.locator('[data-testid="shelf-row"][data-value="other"]');
    await loop.until("the shelf says how", async () => new RegExp(recipe, "i").test((await row.textContent()) ?? ""));
  });
}

test("the combined model trains end to end", async () => {
  await (await loop.reveal("shelf-name")).fill("both");
  await loop.set("model-architecture", "combined");
  await loop.click("shelf-new");
  await loop.until("a new model", async () => await loop.data("shelf-table") === "both");
  await loop.set("recipe-kind", "fast");
  await loop.frames();
  await loop.run("train", SHORT);
  assert.ok(await loop.number("network-parameters") > 64811);
  await loop.click("shelf-remove");
  await loop.click("confirm-yes");
  await loop.until("it is gone", async () => await loop.data("shelf-table") !== "both");
  await loop.set("recipe-kind", "standard");
  await loop.reveal("shelf-table");
  await loop.at("shelf-table").getByText("lenet", { exact: true }).first().click();
  await loop.until("the first model again", async () => await loop.data("shelf-table") === "lenet");
});

test("a purifier that learns clean to clean, and one with a shortcut, are trained and said to fail", async () => {
  await (await loop.reveal("shelf-name")).fill("spoilt");
  await loop.click("shelf-copy");
  await loop.until("a copy", async () => await loop.data("shelf-table") === "spoilt");
  for (const key of ["purifier-clean-to-clean", "purifier-full-skip"]) {
    await loop.set(key, true);
    await loop.until("the warning", () => loop.sees("purifier-fails"));
    await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 64, "purifier-validation-images": 43 });
    await loop.set(key, false);
  }
  await loop.set("purifier-size", "notebook");
  await loop.until("the warning", () => loop.sees("purifier-notebook"));
  await loop.set("purifier-size", "browser");
  await loop.reveal("shelf-table");
  await loop.at("shelf-table").getByText("lenet", { exact: true }).first().click();
  await loop.until("the first model again", async () => await loop.data("shelf-table") === "lenet");
});

/** @param {string} engines @returns {Promise<string>} */
async function recordsWith(engines) {
  await loop.measure({ attacks: ["fgsm", "pgd"], defenses: ["none", "purifier"], knowledge: ["adaptive"] }, { "measure-n": 80, "measure-engines": engines });
  return (await loop.saved("matrix-json")).bytes.toString("utf8");
}

test("one engine and two give the same records, to the byte", async (t) => {
  await loop.set("attack-kind", "pgd");
  await loop.setAll({ "pgd-steps": 3, "attack-seed": 1 });
  const alone = await recordsWith("1");
  assert.doesNotMatch((await loop.at("matrix-detail").textContent()) ?? "", /engines/);
  const shared = await recordsWith("2");
  assert.match((await loop.at("matrix-detail").textContent()) ?? "", /2 engines share/);
  assert.equal(shared, alone);
  t.diagnostic(`${JSON.parse(alone).length} records`);
});

test("the command line repeats the page's records, to the byte", async (t) => {
  const cli = process.env["FOOL_THE_SIGN"] ?? "";
  if (!existsSync(cli)) return t.skip("the command line is not built: cargo build");
  const folder = mkdtempSync(join(tmpdir(), "fool-the-sign-"));
  /** @param {string} name @param {string} button */
  const keep = async (name, button) => {
    const path = join(folder, name);
    writeFileSync(path, (await loop.saved(button)).bytes);
    return path;
  };
  const lenet = await keep("lenet.safetensors", "shelf-save");
  const purifier = await keep("purifier.safetensors", "shelf-save-purifier");
  await loop.set("attack-kind", "cw");
  await loop.setAll({ "cw-searches": 2, "cw-steps": 30 });
  await loop.set("attack-kind", "pgd");
  await loop.measure({ attacks: ["fgsm", "pgd", "cw"], defenses: ["none", "purifier"], knowledge: ["oblivious", "adaptive"] },
    { "measure-n": 40, "measure-engines": "1" });
  const records = await keep("records.json", "matrix-json");
  const again = join(folder, "again.json");
  const { status, stdout, stderr } = spawnSync(cli, ["evaluate", "--weights", lenet, "--purifier", purifier, "--record", records, "--out", again],
    { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  assert.equal(readFileSync(again, "utf8"), readFileSync(records, "utf8"));
  rmSync(folder, { recursive: true });
  // As the next test expects it.
  await recordsWith("1");
});

test("pause and cancel hold for all engines", async () => {
  await loop.setAll({ "measure-n": 1000, "measure-engines": "2" });
  await loop.start("matrix");
  await loop.until("some of it", async () => (await loop.job("matrix")).done > 2);
  await loop.click("matrix-pause");
  await loop.reaches("matrix", "paused", 5000);
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  const { done } = await loop.job("matrix");
  const figures = await loop.at("matrix").textContent();
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  assert.equal((await loop.job("matrix")).done, done);
  assert.equal(await loop.at("matrix").textContent(), figures, "no engine goes on");
  await loop.click("matrix-resume");
  await loop.until("it goes on", async () => (await loop.job("matrix")).done > done);
  await loop.click("matrix-cancel");
  await loop.reaches("matrix", "cancelled", 5000);
  assert.deepEqual(await loop.errors(), []);
});

test("a further engine that stops costs time, not the result", async () => {
  // A visit of its own: its further engines break at the first evaluation.
  const breaks = changedWorker({ instead: [HANDLE,
    'await ($3.type === "evaluate" && $3.share.index > 0 ? Promise.reject(new Error("a trap in the engine")) : $1.handle($2, $3))'] });
  const other = await (await visit(browser, site, { query: "?device=cpu&engines=2&n=40&attacks=fgsm&defences=none", init: [breaks] })).ready();
  await other.run("train", SHORT);
  await other.start("matrix");
  await other.until("the table", async () => await other.data("matrix", "state") === "done" && (await other.job("matrix")).state === "finished");
  assert.equal(await other.number("matrix-0-fgsm", "n"), 40);
  assert.match((await other.at("matrix-detail").textContent()) ?? "", /extra engine stopped .*the first one is doing all the work/);
  assert.ok(await other.lacks("crash"));
  await other.close();
});

test("accuracy over ε for two models, with intervals, as a curve and as a table", async () => {
  await loop.set("attack-kind", "pgd");
  await loop.set("pgd-steps", 3);
  await loop.tick("curve-models", ["lenet", "other"]);
  await loop.run("curve", { "curve-attack": "pgd", "curve-n": 16 });
  await loop.until("all points", async () => await loop.number("curve-chart") === 24 && await loop.data("curve-chart", "state") === "done");
  assert.ok(await loop.at("curve-chart").locator("polyline").count() > 0);
  await loop.unfoldTable("curve-table");
  const rows = await loop.at("curve-table").locator("tbody tr").allTextContents();
  assert.equal(rows.length, 12);
  const [first = NaN, last = NaN] = [rows[0], rows[11]].map((row) => Number(/^[\d.]+\/255([\d.]+)/.exec(row ?? "")?.[1]));
  assert.ok(first > last, `it falls: ${first} to ${last}`);
  const records = JSON.parse((await loop.saved("curve-json")).bytes.toString("utf8"));
  assert.equal(records.length, 24);
  await loop.tick("curve-models", ["lenet"]);
});

test("the checks have names, results, figures and causes", async () => {
  await (await loop.reveal("check-reference")).selectOption("other");
  await loop.run("check", { "check-defense": "no_gradient", "check-knowledge": "adaptive", "check-n": 8 });
  await loop.until("the list", async () => await loop.at("check-item").count() === 15);
  const gradients = loop.page.locator('[data-testid="check-item"][data-name="gradients_exist"]');
  assert.equal(await gradients.getAttribute("data-passed"), "false", "its gradient is zero");
  assert.match((await gradients.textContent()) ?? "", /Failed.*zero for 8 of 8.*Likely cause: Masked gradients/);
  assert.ok(await loop.number("check-summary") > 0);
  /** @type {{ schema: string }[]} */
  const records = JSON.parse((await loop.saved("checks-json")).bytes.toString("utf8"));
  assert.ok(records.length > 10 && records.every(({ schema }) => schema === "fool-the-sign/record/2"));
});

test("the detector's ROC for four statistics", async () => {
  await loop.run("roc", { "roc-attack": "pgd", "roc-n": 16 });
  await loop.until("the curves", async () => await loop.data("roc-chart", "state") === "done");
  for (const statistic of ["l1", "l2", "jsd10", "jsd40"]) {
    const area = await loop.number(`roc-${statistic}`);
    assert.ok(area >= 0 && area <= 1, `${statistic}: ${area}`);
    assert.equal(((await loop.at(`roc-${statistic}`).textContent()) ?? "").match(/%/g)?.length, 2);
  }
  assert.ok(await loop.at("roc-chart").locator("polyline").count() > 0);
  assert.equal(await loop.at("roc-points").locator("tbody tr").count(), 0, "rows are made when somebody reads them");
  await loop.unfoldTable("roc-points");
  assert.ok(await loop.at("roc-points").locator("tbody tr").count() >= 8);
});

test("the visit left nothing on the console and asked nobody else", async () => {
  await loop.close();
});
