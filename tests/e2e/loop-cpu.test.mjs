// The whole loop on the CPU: train, fool, purify, measure.

import assert from "node:assert/strict";
import test, { before } from "node:test";
import { Loop, until, visit } from "./browser.mjs";
import { isSentence } from "./fixtures.mjs";
import { built } from "./server.mjs";
import { browser, site } from "./stage.mjs";

/** @type {Loop} one visit from the first picture to the table */
let loop;

before(async () => {
  loop = await (await visit(browser, site)).ready();
});

test("without a graphics device the CPU runs, and the page says why", async () => {
  const { kind, phase, reason } = await loop.device();
  assert.deepEqual([kind, phase], ["cpu", "ready"]);
  isSentence(reason);
  const asked = loop.requests.map(({ url }) => url.replace(site.url, ""));
  assert.ok(asked.includes(built("engine/cpu.wasm.zst")), "what is fetched is recorded");
  assert.ok(!asked.some((path) => path.startsWith("engine/gpu")), "the GPU engine is not fetched");
  assert.equal(await loop.number("network-parameters"), 64811);
});

test("the page starts with a sign and examples; an untrained network guesses", async () => {
  assert.equal(await loop.number("subject-name"), 14);
  // Where a trained network comes with the page, it is there at the start.
  if (await loop.data("subject-verdict", "trained") === "true") {
    await loop.click("train-reset");
    await loop.click("confirm-yes");
    await loop.until("an untrained one", async () => await loop.data("subject-verdict", "trained") === "false");
  }
  const rows = loop.at("subject-top-row");
  assert.equal(await rows.count(), 5);
  const shares = await rows.evaluateAll((all) => all.map((row) => Number(/** @type {HTMLElement} */ (row).dataset["value"])));
  assert.ok(shares.every((share, i) => share > 0 && share < 0.2 && share <= (shares[i - 1] ?? 1)), `an untrained network guesses: ${shares}`);
  await loop.until("the examples", async () => await loop.number("gallery") === 60);
  assert.ok(await loop.sees("attack-untrained"));
  assert.ok(await loop.at("purify-start").isDisabled(), "there is no network yet to train a purifier for");
  for (const job of ["matrix", "curve", "check", "roc"]) assert.ok(await loop.at(`${job}-run`).isDisabled(), job);
});

test("another sign from the legend, and the same picture number gives the same picture", async () => {
  await loop.pick(1);
  const seed = Number(await loop.shown("sign-seed"));
  const first = await loop.paints("subject-canvas");
  await loop.click("another-picture");
  await loop.until("another picture", async () => await loop.paints("subject-canvas") !== first);
  assert.equal(await loop.shown("sign-seed"), String(seed + 1));
  await loop.set("sign-seed", seed);
  await loop.until("the first picture again", async () => await loop.paints("subject-canvas") === first);
  await loop.pick(14);
});

test("training can be paused, stepped, resumed and cancelled", async () => {
  await loop.setAll({ "train-epochs": 20, "train-images-per-epoch": 640, "train-batch-size": 16, "train-validation-images": 43 });
  await loop.start("train");
  await loop.until("some steps", async () => (await loop.job("train")).done >= 4);
  assert.ok(await loop.at("set-train-epochs").isDisabled(), "settings are fixed while it runs");
  assert.ok(await loop.at("attack-run").isDisabled(), "one job at a time");
  assert.ok(await loop.at("train-step").isDisabled());

  await loop.click("train-pause");
  await loop.reaches("train", "paused", 5000);
  await loop.frames();
  const paused = await loop.job("train");
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  assert.equal((await loop.job("train")).done, paused.done, "nothing moves while it is paused");

  for (let step = 1; step <= 3; step += 1) {
    await loop.click("train-step");
    await loop.until(`step ${step}`, async () => (await loop.job("train")).done === paused.done + step, 5000);
    assert.equal((await loop.job("train")).state, "paused");
  }

  await loop.click("train-resume");
  await loop.until("it goes on", async () => { const now = await loop.job("train"); return now.state === "running" && now.done > paused.done + 8; });
  await loop.until("a first point of the curve", async () => await loop.number("train-accuracy") >= 0);
  await loop.until("a rate", async () => await loop.number("train-rate") > 0);

  await loop.click("train-cancel");
  await loop.reaches("train", "cancelled", 5000);
  const cancelled = await loop.job("train");
  assert.ok(cancelled.share > 0 && cancelled.share < 1, `${cancelled.share}`);
  await loop.until("the start button is back", () => loop.at("train-start").isEnabled());
  assert.ok(await loop.at("set-train-epochs").isEnabled());
  assert.ok(await loop.lacks("train-resume"));
});

test("starting over forgets, after a question", async () => {
  const before = await loop.at("subject-top").textContent();
  await loop.click("train-reset");
  await loop.click("confirm-no");
  assert.equal(await loop.at("subject-top").textContent(), before);
  await loop.click("train-reset");
  await loop.click("confirm-yes");
  await loop.until("an untrained network", async () => await loop.data("subject-verdict", "trained") === "false");
  assert.ok(Number.isNaN(await loop.number("train-accuracy")));
});

test("the same seeds give the same record", async () => {
  /** @type {string[]} */
  const records = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await loop.run("train", { "train-epochs": 1, "train-images-per-epoch": 320, "train-batch-size": 32, "train-validation-images": 86 });
    await loop.frames();
    records.push(await loop.at("train-table").locator("tbody").innerHTML());
    assert.equal(await loop.at("train-table").locator("tbody tr").count(), 2, "the untrained network, then one row an epoch");
    await loop.click("train-reset");
    await loop.click("confirm-yes");
    await loop.until("an untrained network", async () => await loop.data("subject-verdict", "trained") === "false");
    await loop.until("an empty record", async () => await loop.at("train-table").locator("tbody tr").count() === 0);
  }
  assert.equal(records[0], records[1]);
});

test("training learns: more than half of new signs are read correctly", async (t) => {
  await loop.run("train", { "train-epochs": 2, "train-images-per-epoch": 1600, "train-batch-size": 32, "train-learning-rate": 0.004,
    "train-validation-images": 215 });
  const accuracy = await loop.number("train-accuracy");
  t.diagnostic(`validation accuracy ${accuracy.toFixed(3)}`);
  assert.ok(accuracy > 0.5 && accuracy <= 1, `${accuracy}`);
  assert.deepEqual(await loop.job("train"), { state: "finished", done: 100, share: 1 });
  assert.match((await loop.at("train-interval").textContent()) ?? "", /of 215 new signs .*95% interval/);
  await loop.page.locator("details", { has: loop.at("train-table") }).locator("summary").click();
  assert.equal(await loop.at("train-table").locator("tbody tr").count(), 3, "the untrained network, then one row an epoch");
  for (const chart of ["train-loss-chart", "train-accuracy-chart"]) {
    assert.equal(await loop.at(chart).locator("svg").count(), 1, chart);
    const lines = await loop.at(chart).locator("polyline").evaluateAll((all) => all.map((line) => line.getAttribute("points") ?? ""));
    assert.ok((lines[0] ?? "").split(" ").length > 10, `${chart} is drawn: ${lines}`);
  }
});

test("FGSM stays within its strength, and a strong one fools", async () => {
  const sign = await loop.signItKnows();
  for (const k of [1, 8]) {
    const { linf, l2, l0, before, attack } = await loop.attack("fgsm", { "attack-epsilon": k });
    assert.equal(attack, "fgsm");
    assert.equal(before, sign);
    assert.ok(linf <= k / 255 + 1e-6 && linf > 0.99 * k / 255, `L∞ ${linf} for ${k}/255`);
    assert.ok(l2 > 0 && l2 <= Math.sqrt(3072) * k / 255 + 1e-4, `L2 ${l2}`);
    assert.ok(l0 > 0 && l0 <= 1024, `L0 ${l0}`);
  }
  let fooled = false;
  for (const k of [16, 32, 64]) {
    const { success, after } = await loop.attack("fgsm", { "attack-epsilon": k });
    assert.equal(success, after !== sign, "the badge says what the bars show");
    fooled ||= success;
  }
  assert.ok(fooled, "no strength of FGSM fooled a network this weak");
  const still = await loop.attack("fgsm", { "attack-epsilon": 0 });
  assert.deepEqual([still.success, still.l0, still.l2, still.linf], [false, 0, 0, 0], "strength 0 changes nothing");
});

test("what was read wrongly before the attack is not called fooled", async () => {
  let index = 0;
  for (; index < 43; index += 1) {
    await loop.pick(index);
    const { label, read } = await loop.answer();
    if (label !== read) break;
  }
  assert.ok(index < 43, "the network reads all signs, so there is nothing to test with");
  const { success, before, after } = await loop.attack("fgsm", { "attack-epsilon": 0 });
  assert.equal(before, after);
  assert.ok(success, "the goal, another answer than the true one, is met");
  assert.doesNotMatch((await loop.at("outcome-success").textContent()) ?? "", /fool/i);
  await loop.pick(14);
});

test("Carlini & Wagner fools with a small change, untargeted", async () => {
  const sign = await loop.signItKnows();
  const result = await loop.attack("cw", { "cw-searches": 3, "cw-steps": 80 });
  assert.equal(result.attack, "cw");
  assert.ok(result.success, "success");
  assert.equal(result.before, sign);
  assert.notEqual(result.after, sign);
  assert.ok(result.l2 > 0 && result.l2 < 4 && result.linf > 0 && result.linf <= 1, JSON.stringify(result));
  assert.match((await loop.at("outcome-8bit").textContent()) ?? "", /8-bit/);
  assert.match(await loop.data("outcome-8bit"), /^(true|false)$/);
  for (const figure of ["figure-original", "figure-perturbation", "figure-adversarial"]) {
    assert.equal(await loop.data(`${figure}-canvas`, "filled"), "true", figure);
  }
  assert.notEqual(await loop.paints("figure-original-canvas"), await loop.paints("figure-adversarial-canvas"));
  assert.equal(await loop.at("adversarial-top-row").count(), 5);
  const change = await loop.paints("figure-perturbation-canvas");
  await loop.set("view-gain", 40);
  await loop.until("a stronger picture of the change", async () => await loop.paints("figure-perturbation-canvas") !== change);
  const [download] = await Promise.all([loop.page.waitForEvent("download"), loop.click("outcome-save")]);
  assert.match(download.suggestedFilename(), /\.png$/);
});

test("Carlini & Wagner reaches the chosen sign", async () => {
  const sign = await loop.signItKnows();
  for (const target of [1, 38].filter((index) => index !== sign)) {
    const result = await loop.attack("cw", { "cw-searches": 4, "cw-steps": 120 }, { target });
    assert.ok(result.success, `target ${target}: ${JSON.stringify(result)}`);
    assert.equal(result.after, target);
    assert.ok(result.l2 > 0);
  }
});

test("a running attack can be cancelled and keeps what it has", async () => {
  await (await loop.reveal("goal-untargeted")).check();
  await loop.setAll({ "cw-searches": 20, "cw-steps": 2000, "cw-abort-early": false });
  await loop.start("attack");
  await loop.until("progress", async () => (await loop.job("attack")).done > 50);
  await loop.click("attack-cancel");
  await loop.reaches("attack", "cancelled", 5000);
  await loop.until("the best so far", async () => await loop.page.locator(".outcome").getAttribute("data-state") === "done");
  assert.ok((await loop.job("attack")).share < 1);
  await loop.set("cw-abort-early", true);
});

test("a purifier is trained, and its picture appears", async () => {
  assert.equal(await loop.data("figure-purified-canvas", "filled"), "false");
  await loop.run("purify", { "purifier-epochs": 1, "purifier-width": 8, "purifier-images-per-epoch": 640, "purifier-validation-images": 86 });
  const accuracy = await loop.number("purify-accuracy");
  assert.ok(accuracy >= 0 && accuracy <= 1, `${accuracy}`);
  await loop.until("the clean picture, purified", async () => await loop.data("purify-clean-after-canvas", "filled") === "true");
  assert.notEqual(await loop.paints("purify-clean-after-canvas"), await loop.paints("purify-clean-canvas"), "the purifier does something");
  const { success, purified } = await loop.attack("cw", { "cw-searches": 2, "cw-steps": 60 });
  assert.ok(success);
  assert.match(purified, /^\d+$/);
  assert.equal(await loop.data("figure-purified-canvas", "filled"), "true");
  assert.equal(await loop.data("purify-attacked-after-canvas", "filled"), "true");
  assert.equal(await loop.at("purified-top-row").count(), 5);
});

test("the table has a row for each attacker, figures with n and intervals, and both figures of the exported images", async () => {
  await loop.tick("matrix-attacks", ["fgsm", "pgd", "cw"]);
  await loop.unfold("matrix-fields-more");
  await loop.until("the fields", () => loop.sees("matrix-set-cw-steps"));
  for (const [key, value] of [["attack-epsilon", 8], ["cw-searches", 1], ["cw-steps", 20]]) {
    await (await loop.reveal(`matrix-set-${key}`)).fill(String(value));
    await (await loop.reveal(`matrix-set-${key}`)).blur();
  }
  assert.ok(await loop.lacks("matrix-set-jsma-theta"), "only what the chosen attacks have");
  await loop.measure({ attacks: ["fgsm", "pgd", "cw"], defenses: ["none", "purifier"] }, { "measure-n": 12 });
  /** @type {Record<string, number>} */
  const values = {};
  for (const row of [0, 1, 2]) {
    for (const column of ["clean", "fgsm", "pgd", "cw", "worst"]) {
      const cell = `matrix-${row}-${column}`;
      const value = await loop.number(cell);
      // Only what is read correctly can be fooled, so a rate of success is of these signs.
      const n = column === "cw" ? Math.round(12 * (values[`${row} clean`] ?? NaN)) : 12;
      assert.equal(await loop.number(cell, "n"), n, cell);
      assert.ok(value >= 0 && value <= 1 && Number.isInteger(Math.round(value * n * 1e4) / 1e4), `${cell}: ${value}`);
      const words = (await loop.at(cell).textContent()) ?? "";
      const [low = NaN, high = NaN] = Array.from(words.matchAll(/([\d.]+)%(?= to|, n)/g), ([, figure]) => Number(figure) / 100);
      assert.ok(low <= value + 1e-3 && value <= high + 1e-3 && high - low > 0.1, `${cell}: ${value} in ${low} to ${high}: ${words}`);
      if (column !== "clean") assert.match(words, /As 8-bit [\d.<\s]+%, as JPEG [\d.<\s]+%/, cell);
      values[`${row} ${column}`] = value;
    }
    assert.ok((values[`${row} worst`] ?? 1) <= Math.min(values[`${row} fgsm`] ?? 0, values[`${row} pgd`] ?? 0),
      "the worst case is no better than the worst attack");
  }
  assert.ok((values["0 clean"] ?? 0) > (values["0 pgd"] ?? 1), `an attack that lowers nothing is no attack: ${JSON.stringify(values)}`);
  assert.match((await loop.at("matrix-0-cw").textContent()) ?? "", /fooled.*Median L2 [\d.]+/);
  const said = (await loop.at("matrix-parameters").textContent()) ?? "";
  for (const words of [
    /n = 12 signs of the test set, seed 1/, /FGSM: ε = 8\/255/, /PGD-20: .*steps = 20, .*starts = 1/, /C&W: κ = 0, searches = 1, steps = 20/,
  ]) assert.match(said, words);
  assert.match((await loop.at("matrix-oblivious").textContent()) ?? "", /oblivious/);
});

test("a figure opens its confusions, classes and dangers, and closes again", async () => {
  assert.ok(await loop.lacks("matrix-details"));
  await loop.click("matrix-0-pgd-open");
  await loop.until("the details", () => loop.sees("matrix-details"));
  assert.equal(await loop.at("matrix-0-pgd-open").getAttribute("aria-expanded"), "true");
  const right = Math.round((await loop.number("matrix-0-pgd")) * 12);
  await loop.unfoldTable("matrix-details-cells");
  assert.ok(await loop.at("matrix-details-cells").locator("tbody tr").count() > 2);
  const counts = await loop.at("matrix-details-confusions").locator("li").evaluateAll((all) => all.map((line) => parseInt(line.textContent ?? "", 10)));
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 12 - right, "every wrong answer is a confusion");
  assert.ok(await loop.at("matrix-details-classes").locator("tbody tr").count() > 3);
  for (const danger of await loop.at("matrix-details-dangers").locator("li").allTextContents()) assert.match(danger, /overlooked|higher one|missed|its end/);
  await loop.click("matrix-0-pgd-open");
  await loop.until("it closes", () => loop.lacks("matrix-details"));
});

test("records are saved as the engine wrote them, and as a table", async () => {
  const { name, bytes } = await loop.saved("matrix-json");
  assert.match(name, /\.json$/);
  /** @type {{ schema: string, weights_sha256: string, attack: { name: string, alpha?: number, epsilon?: number } }[]} */
  const records = JSON.parse(bytes.toString("utf8"));
  assert.ok(records.length >= 15);
  for (const record of records) {
    assert.equal(record.schema, "fool-the-sign/record/2");
    for (const key of [
      "version", "model", "weights_sha256", "parameters", "dataset", "split", "n", "attack", "knowledge", "metric", "value", "interval", "seed", "device",
    ]) assert.ok(key in record, key);
    assert.match(record.weights_sha256, /^[0-9a-f]{64}$/);
  }
  const pgd = records.find(({ attack }) => attack.name === "pgd")?.attack;
  assert.ok(Math.abs((pgd?.alpha ?? NaN) - 2.5 * (pgd?.epsilon ?? NaN) / 20) < 1e-6, "nothing is left open in a record");
  const table = (await loop.saved("matrix-csv")).bytes.toString("utf8").split("\r\n");
  assert.equal(table.length, records.length + 2, "a line of names, one for each record, and the end");
  assert.match(table[0] ?? "", /^model,architecture,.*metric,value,low,high/);
});

test("the visit left nothing on the console and asked nobody else", async () => {
  await until("the log", () => site.log.length > 0);
  await loop.close();
});
