// Stickers in the page: what is asked of the engine, the brush, the paper, and where a sign hangs.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { defaults } from "../../www/state/schema.js";
import { stickerFlow } from "../../www/flows/sticker.js";
import { AREAS, stickerConfig } from "../../www/state/commands.js";
import { reduce } from "../../www/state/reduce.js";
import { initialState } from "../../www/state/store.js";
import { TILE, empty, isEmpty, stroke } from "../../www/state/brush.js";
import { hung } from "../../www/state/scene.js";
import { smoothed, topOf, type Smoothed } from "../../www/state/smooth.js";
import { onPaper } from "../../www/io/paper.js";
import { say } from "../../www/words/say.js";
import { tab } from "./desk.js";

test("what is set is what is asked for, and a target only where one is wanted", () => {
  const settings = { ...defaults(), "sticker.share": 0.25, "sticker.goal": "targeted", "sticker.target": 5, "sticker.steps": 300 };
  const config = stickerConfig({ settings, painted: null }, false);
  assert.deepEqual(config.goal, { kind: "targeted", class: 5 });
  assert.equal(config.sticker.share, 0.25);
  assert.equal(config.sticker.steps, 300);
  assert.equal(config.sign, 14);
  assert.equal(config.painted, null);
  assert.deepEqual(stickerConfig({ settings: defaults(), painted: empty() }, true).goal, { kind: "untargeted" });
});

test("a stroke has no gaps, stays on the drawing, and is rubbed out again", () => {
  const brush = { colour: [10, 20, 30], width: 4 } as const;
  const painted = stroke(empty(), [-5, 32], [70, 32], brush);
  for (let x = 0; x < TILE; x += 1) assert.deepEqual([...painted.subarray(4 * (32 * TILE + x), 4 * (32 * TILE + x) + 4)], [10, 20, 30, 255], `${x}`);
  assert.equal(painted[4 * (40 * TILE + 20) + 3], 0, "no wider than the brush");
  assert.ok(isEmpty(empty()) && !isEmpty(painted));
  assert.ok(isEmpty(stroke(painted, [-5, 32], [70, 32], { colour: null, width: 6 })));
  assert.ok(isEmpty(empty()), "a stroke leaves the layer before as it was");
});

test("on paper it is as large as it is to be, and says what it is for", () => {
  const rgba = stroke(empty(), [20, 20], [40, 20], { colour: [250, 0, 0], width: 3 });
  const svg = onPaper({ width: TILE, height: TILE, rgba }, "data:image/svg+xml,%3Csvg/%3E", 60, ["Not for use on roads & so on"]);
  assert.match(svg, /^<svg [^>]*width="600mm"/);
  assert.match(svg, /fill="rgb\(250,0,0\)"/);
  assert.match(svg, /<image href="data:image\/svg\+xml,/);
  assert.match(svg, /Not for use on roads &amp; so on/);
  const alone = onPaper({ width: TILE, height: TILE, rgba }, null, 12, ["x < y"]);
  assert.match(alone, /width="120mm"/);
  assert.doesNotMatch(alone, /<image/);
  const covered = [...alone.matchAll(/<rect x="(\d+)" y="(\d+)" width="([\d.]+)"/g)].reduce((sum, [, , , width]) => sum + Math.floor(Number(width)), 0);
  assert.equal(covered, rgba.filter((byte, at) => at % 4 === 3 && byte > 0).length, "every place that is painted, once");
});

/** Where CSS puts a point of the box. */
function moved(css: string, [x, y]: readonly [number, number]): [number, number] {
  const m = (/matrix3d\(([^)]*)\)/.exec(css)?.[1] ?? "").split(",").map(Number);
  const at = (row: number) => (m[row] ?? 0) * x + (m[4 + row] ?? 0) * y + (m[12 + row] ?? 0);
  return [at(0) / at(3), at(1) / at(3)];
}

test("a sign hangs where the network's picture has it", () => {
  // Twice as small as the picture, in its middle; and one that is tilted.
  const half = [4, 0, -32, 0, 4, -32, 0, 0, 1];
  const [x, y] = moved(hung(half, 512), [0, 0]);
  assert.ok(Math.abs(x - 128) < 1e-6 && Math.abs(y - 128) < 1e-6, `${x} ${y}`);
  const tilted = [2.1, 0.2, -3, -0.15, 2.2, -2, 0.003, -0.002, 1.01];
  for (const [u, v] of [[5, 7], [16, 16], [27, 30]] as const) {
    const w = (tilted[6] ?? 0) * u + (tilted[7] ?? 0) * v + (tilted[8] ?? 0);
    const tile = [((tilted[0] ?? 0) * u + (tilted[1] ?? 0) * v + (tilted[2] ?? 0)) / w, ((tilted[3] ?? 0) * u + (tilted[4] ?? 0) * v + (tilted[5] ?? 0)) / w];
    const [at, down] = moved(hung(tilted, 512), [(tile[0] ?? 0) * 8, (tile[1] ?? 0) * 8]);
    assert.ok(Math.abs(at - u * 16) < 1e-3 && Math.abs(down - v * 16) < 1e-3, `${u} ${v}: ${at} ${down}`);
  }
});

test("the state takes in a sticker on its way, and what came of it, and keeps what the hand did", () => {
  const picture = { width: TILE, height: TILE, rgba: empty() };
  const share = { correct: 1, n: 2, value: 0.5, low: 0.1, high: 0.9 };
  const job = { id: 1, kind: "sticker", command: { type: "gradients" }, place: "sticker", at: 0 } as const;
  const begun = { ...reduce(initialState(), { type: "asked", ...job }), sticking: { model: "lenet", frame: null, report: null, hand: null } };
  const event = { type: "sticking", step: 3, reached: share, sticker: picture, views: [] } as const;
  const on = reduce(begun, { type: "event", event: { ...event, views: [] }, job: 1, at: 0, place: "sticker" });
  assert.equal(on.sticking?.frame?.step, 3);
  const config = stickerConfig(begun, false);
  const stuck = { type: "stuck", config, model: "lenet", steps: 3, share: 0.1, sticker: picture, views: [], results: [], records: "[]" } as const;
  const done = reduce(on, { type: "event", event: { ...stuck, views: [], results: [] }, job: 1, at: 0, place: "sticker" });
  assert.equal(done.sticking?.report?.steps, 3);
  assert.equal(done.sticking?.frame?.step, 3);
});

test("answers that follow one another are smoothed: one frame that is read otherwise changes little, and a new sign comes through", () => {
  const stop = [{ class: 14, probability: 0.9 }, { class: 5, probability: 0.1 }];
  const other = [{ class: 5, probability: 1 }];
  let mean: Smoothed = smoothed(new Map(), stop);
  assert.deepEqual(topOf(mean), stop, "the first is taken as it is");
  for (let i = 0; i < 10; i += 1) mean = smoothed(mean, stop);
  mean = smoothed(mean, other);
  assert.equal(topOf(mean)[0]?.class, 14);
  for (let i = 0; i < 30; i += 1) mean = smoothed(mean, other);
  assert.equal(topOf(mean)[0]?.class, 5);
  assert.ok((topOf(mean)[0]?.probability ?? 0) > 0.99);
  assert.equal(mean.size, 1, "what is read no more is forgotten");
  const sum = [...smoothed(smoothed(new Map(), stop), other).values()].reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6);
});

async function atStickers() {
  const page = tab(`stickers ${Math.random()}`);
  const one = engine();
  await page.start(one);
  const flow = stickerFlow(page.desk);
  return { page, one, flow, asked: () => one.asked("sticker").flatMap((command) => (command.type === "sticker" ? [command.config] : [])) };
}

test("what is painted is shown to fifty views; the machine on the same places is compared with it as long as they have the same aim", async () => {
  const { page, flow, asked } = await atStickers();
  flow.paint(stroke(empty(), [20, 20], [40, 20], { colour: [0, 0, 0], width: 3 }));
  flow.stick(true);
  await quiet();
  assert.deepEqual([asked()[0]?.by_hand, asked()[0]?.fresh], [true, 50]);
  for (const time of [1, 2]) {
    flow.stick();
    await quiet();
    assert.deepEqual([asked()[time]?.by_hand, asked()[time]?.fresh, asked()[time]?.painted !== null], [false, 400, true]);
    assert.equal(page.store.get().sticking?.hand?.config.by_hand, true, `time ${time}`);
  }
  page.store.setting("sticker.sign", 13);
  flow.stick();
  await quiet();
  assert.equal(page.store.get().sticking?.hand, null, "another sign is another contest");
  page.store.setting("sticker.fresh", 30);
  assert.equal(stickerConfig(page.store.get(), true).fresh, 30, "fewer, where fewer are asked for");
});

test("stickers of several areas come one after another, and what is on the sign, set and painted stays as it is", async () => {
  const { page, flow, asked } = await atStickers();
  const painted = stroke(empty(), [20, 20], [40, 20], { colour: [0, 0, 0], width: 3 });
  flow.paint(painted);
  flow.stick(true);
  await quiet();
  page.desk.settings({ "sticker.goal": "targeted", "sticker.target": 5, "sticker.steps": 5000, "sticker.views": 8 });
  const before = page.store.get();
  const done = flow.stickAreas();
  assert.equal(page.store.get().areas?.state, "running");
  await done;
  const after = page.store.get();
  const { areas, announcement } = after;
  assert.deepEqual([areas?.state, areas?.model, areas?.reports.map(({ share }) => share)], ["done", "lenet", AREAS]);
  assert.equal(say(announcement), "Stickers of several areas: finished.");
  assert.deepEqual([after.settings, after.sticking, after.selected, after.painted], [before.settings, before.sticking, before.selected, painted]);
  for (const [at, config] of asked().slice(1).entries()) {
    assert.deepEqual([config.sticker.share, config.painted, config.by_hand, config.goal], [AREAS[at], null, false, { kind: "targeted", class: 5 }]);
    assert.deepEqual([config.sticker.steps, config.sticker.views, config.fresh], [200, 8, 200], "no more work than one waits for, and less where less is set");
  }
});

test("of several stickers those that were made stay when the rest is cancelled, or the engine ends", async () => {
  for (const how of ["cancelled", "failed"] as const) {
    const { page, one, flow } = await atStickers();
    const done = flow.stickAreas();
    // The first is made; the second is stopped.
    while (one.asked("sticker").length < 2) await new Promise((later) => { setTimeout(later, 0); });
    one.end(how);
    await done;
    const { areas, job } = page.store.get();
    assert.deepEqual([areas?.state, areas?.reports.length, job?.state], ["ended", 1, how]);
    assert.equal(one.asked("sticker").length, 2);
  }
  const { page, one, flow } = await atStickers();
  const done = flow.stickAreas();
  one.crash();
  page.end();
  await done;
  assert.equal(page.store.get().areas, null);
});
