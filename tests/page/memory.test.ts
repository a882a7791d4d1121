// What a training takes is estimated before it begins: close to what was measured, and what cannot fit is told with what does.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import type { LayerInfo, ModelInfo, PurifierConfig, Recipe } from "../../www/engine/protocol.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { trainFlow } from "../../www/flows/train.js";
import { classifierNeed, purifierNeed, roomOf, shortage } from "../../www/state/memory.js";
import { say } from "../../www/words/say.js";
import { tab, ways } from "./desk.js";

const conv = (output: number[], max_pool: number | null): LayerInfo =>
  ({ layer: { code: "convolution", values: { size: 5, activation: "relu", max_pool } }, output, parameters: 0 });
const other = (...output: number[]): LayerInfo => ({ layer: { code: "dense", values: { activation: "relu" } }, output, parameters: 0 });
const model = (architecture: string, parameters: number, layers: LayerInfo[]): ModelInfo =>
  ({ name: architecture, architecture, classes: [], parameters, layers, purifier: null, recipe: null });
const NETWORKS = {
  lenet: model("lenet", 64_811, [conv([6, 28, 28], null), other(6, 14, 14), conv([16, 10, 10], null), other(16, 5, 5), other(120), other(84), other(43)]),
  convnet: model("convnet", 93_000, [conv([16, 16, 16], 2), conv([32, 8, 8], 2), other(43)]),
  signnet: model("signnet", 892_523, [other(3, 32, 32), conv([32, 16, 16], 2), conv([64, 8, 8], 2), conv([128, 4, 4], 2), other(192, 4, 4), other(256),
    other(43)]),
};
const purifier = (width: number, notebook = false): PurifierConfig => ({
  width, notebook, epochs: 1, batch_size: 16, learning_rate: 0.003, images_per_epoch: 64, validation_images: 43, seed: 1, clean_to_clean: false,
    full_skip: false, noise: 0.1,
  epsilon: 0.06, guide: 0.3, label_guide: 0, augment: false, drawn: 0, harsh: false,
});

/** The greatest memory of a training by the command line, in MB (`/usr/bin/time`, x86-64, one epoch of one batch). */
const CLASSIFIERS: [network: keyof typeof NETWORKS, recipe: Recipe["kind"], batch: number, measured: number][] = [
  ["lenet", "standard", 16, 21], ["lenet", "standard", 64, 30], ["lenet", "standard", 256, 66], ["lenet", "standard", 512, 112],
  ["lenet", "fgsm", 512, 114], ["lenet", "pgd", 512, 121], ["lenet", "trades", 512, 146],
  ["convnet", "standard", 64, 41], ["convnet", "standard", 256, 106], ["convnet", "standard", 512, 192], ["convnet", "standard", 1024, 373],
  ["signnet", "standard", 16, 82], ["signnet", "standard", 256, 208], ["signnet", "standard", 512, 392], ["signnet", "standard", 1024, 722],
];
const PURIFIERS: [width: number, batch: number, measured: number][] = [
  [8, 256, 99], [8, 512, 181], [16, 16, 33], [16, 64, 55], [16, 256, 155], [32, 256, 279], [32, 512, 519], [64, 16, 201], [64, 256, 508], [64, 512, 959],
];
/** A little too much is no harm; too little is a crash. */
function isNear(estimated: number, measured: number, what: string) {
  assert.ok(estimated > 0.9 * measured && estimated < 1.8 * measured + 10, `${what}: estimated ${estimated.toFixed(0)} MB, measured ${measured} MB`);
}

test("the estimate is near what trainings took", () => {
  for (const [network, kind, batch, measured] of CLASSIFIERS) {
    const { fixed, perImage } = classifierNeed(NETWORKS[network], { kind });
    isNear((fixed + perImage * batch) / 1e6, measured, `${network} ${kind} ${batch}`);
  }
  for (const [width, batch, measured] of PURIFIERS) {
    const { fixed, perImage } = purifierNeed(NETWORKS.lenet, purifier(width));
    isNear((fixed + perImage * batch) / 1e6, measured, `a purifier of ${width}, ${batch}`);
  }
  isNear(purifierNeed(NETWORKS.lenet, purifier(16, true)).fixed / 1e6, 1626, "the notebook's purifier");
});

test("everything that the page is set to by itself fits on a phone of 2 GiB, and every batch of a small network on any", () => {
  for (const network of Object.values(NETWORKS)) {
    assert.equal(shortage(classifierNeed(network, { kind: "trades" }), 32, roomOf(2)), null, network.name);
    assert.equal(shortage(purifierNeed(network, purifier(16)), 16, roomOf(2)), null, network.name);
  }
  assert.equal(shortage(classifierNeed(NETWORKS.lenet, { kind: "trades" }), 1024, roomOf(1)), null);
});

test("where a batch is too large, the largest that fits is told, and it does; where none is, there is none", () => {
  const need = classifierNeed(NETWORKS.signnet, { kind: "trades" });
  const lacks = shortage(need, 1024, roomOf(1));
  assert.ok(lacks?.batch);
  assert.ok(lacks.needs > roomOf(1));
  assert.equal(shortage(need, lacks.batch, roomOf(1)), null);
  assert.ok(shortage(need, lacks.batch + 1, roomOf(1)));
  assert.equal(shortage(purifierNeed(NETWORKS.lenet, purifier(16, true)), 2, roomOf(2), 2)?.batch, null);
});

/** A desk at which the signnet is trained, on a device with so much memory. */
async function withRoom(gib: number) {
  const page = tab(`memory ${gib} ${Math.random()}`);
  const one = engine();
  await page.start(one);
  const { models } = page.store.get();
  page.store.set({ models: new Map(Array.from(models, ([name, { facts }]) => [name, { facts, info: { ...NETWORKS.signnet, name } }])) });
  const room = roomOf(gib);
  return { page, one, train: trainFlow(page.desk, page.checkpoints, room, ways), shelf: shelfFlow(page.desk, room) };
}

test("a training that cannot fit is not begun: its panel says how much it is, and what fits", async () => {
  const { page, one, train } = await withRoom(1);
  page.store.set({ settings: { ...page.store.get().settings, "train.batch_size": 1024, "recipe.kind": "trades" } });
  train.train();
  await quiet();
  assert.equal(one.asked("train").length, 0);
  const { train: said } = page.store.get().messages;
  assert.equal(said?.code, "memory");
  assert.match(say(said.message), /would need about 1\.\d GB.*about 0\.5 GB are available.*Use a batch of at most \d+/);
  // What is named does fit.
  const most = Number(/batch of at most (\d+)/.exec(say(said.message))?.[1]);
  page.store.setting("train.batch_size", most);
  train.train();
  await quiet();
  assert.equal(one.asked("train").length, 1);
  page.client.end();
});

test("a purifier that fits with no batch is told as that", async () => {
  const { page, one, train } = await withRoom(2);
  page.store.setting("purifier.size", "notebook");
  train.trainPurifier();
  await quiet();
  assert.equal(one.asked("train_purifier").length, 0);
  assert.match(say(page.store.get().messages.purify?.message ?? { text: "" }), /however small the batch.*smaller network/);
});

test("a file of weights that would not fit is not read", async () => {
  const { page, one, shelf } = await withRoom(0.5);
  let read = false;
  const file = new File([], "huge.safetensors");
  Object.defineProperty(file, "size", { value: 110_000_000 });
  file.arrayBuffer = async () => { read = true; return new ArrayBuffer(0); };
  await shelf.openModel(file);
  assert.equal(read, false);
  assert.equal(page.store.get().messages.shelf?.code, "memory");
  const roomy = await withRoom(8);
  await roomy.shelf.openModel(file);
  assert.equal(read, true);
  assert.equal(one.asked("import_model").length, 0);
});
