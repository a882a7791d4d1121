// What a person does, from the wish to the engine: whose answer a flow hears, which device is started, where an error is told.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { attackFlow } from "../../www/flows/attack.js";
import { deviceFlow, type Hardware } from "../../www/flows/device.js";
import { filesFlow } from "../../www/flows/files.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { changeable } from "../../www/state/select.js";
import type { Probe } from "../../www/engine/probe.js";
import { tab } from "./desk.js";

async function atDesk(one = engine()) {
  const page = tab(`flows ${Math.random()}`);
  await page.start(one);
  const picture = pictureFlow(page.desk);
  await picture.draw();
  return { page, one, picture, attack: attackFlow(page.desk, picture) };
}

test("a series of attacks whose engine ends before the first has begun is over: no later attack wakes it", async () => {
  const { page, one, attack } = await atDesk();
  one.held.add("attack");
  const series = attack.turnInto(3);
  await quiet();
  assert.equal(one.asked("attack").length, 1);
  page.end();
  await series;
  assert.equal(page.store.get().seeking, false);
  assert.equal(page.store.get().settings["attack.epsilon"], 8, "the next strength is not even looked at");

  // Not even one that does not succeed, which would ask for the next strength.
  const next = engine({ succeeds: false });
  await page.start(next);
  page.store.setting("attack.epsilon", 4);
  page.store.setting("attack.kind", "fgsm");
  attack.attack();
  await quiet();
  assert.equal(page.store.get().job?.state, "finished");
  assert.equal(next.asked("attack").length, 1);
  assert.equal(page.store.get().settings["attack.epsilon"], 4);
});

test("a series takes the least strength that is enough, and goes on only where one was not", async () => {
  const strong = await atDesk();
  await strong.attack.turnInto(3);
  assert.equal(strong.one.asked("attack").length, 1);
  const weak = await atDesk(engine({ succeeds: false }));
  await weak.attack.turnInto(3);
  assert.equal(weak.one.asked("attack").length, 6);
  assert.equal(weak.page.store.get().settings["attack.epsilon"], 48);
});

test("what a teacher has fixed stays as it is, whatever a person does; language and device are the person's own", async () => {
  const { page, one, attack, picture } = await atDesk();
  page.store.set({ settings: { ...page.store.get().settings, "teach.fix": true, "attack.epsilon": 3, "sign.class": 5 } });
  await picture.draw();
  const before = page.store.get().settings;
  await attack.turnInto(9);
  assert.deepEqual(page.store.get().settings, before);
  const [command] = one.asked("attack");
  assert.ok(command?.type === "attack");
  assert.deepEqual([command.attack.name, command.goal], ["bim", { kind: "targeted", class: 9 }], "the start shows what it promises");
  assert.deepEqual(changeable(page.store.get(), { "train.epochs": 1, "language": "de", "device": "cpu", "teach.fix": false, "teach.hide": "" }),
    { "language": "de", "device": "cpu", "teach.fix": false, "teach.hide": "" });
});

test("a target that the data set does not have becomes the one that is shown", async () => {
  const { page, one, attack } = await atDesk();
  page.store.set({ settings: { ...page.store.get().settings, "attack.kind": "fgsm", "goal.kind": "targeted", "goal.class": 43 + 7 } });
  attack.attack();
  await quiet();
  const [command] = one.asked("attack");
  assert.deepEqual(command?.type === "attack" && command.goal, { kind: "targeted", class: 7 });
});

test("what a teacher has fixed stays, whichever way a change comes: by hand, by a saved picture, by the example of a place", async () => {
  const { page, one, attack, picture } = await atDesk();
  const shelf = shelfFlow(page.desk, 2 ** 32);
  const files = filesFlow(page.desk, { picture, shelf, attack, takeKept: async () => {}, isKept: async () => false });
  const record = { schema: "fool-the-sign/picture/1", link: "#v=1&attack.epsilon=31&sign.class=8" };
  page.store.set({ settings: { ...page.store.get().settings, "teach.fix": true, "attack.epsilon": 3, "sign.class": 5 } });
  const before = page.store.get().settings;
  const drawn = one.asked("attack").length;
  await files.openRecords(new Blob([JSON.stringify(record)], { type: "application/json" }));
  page.desk.settings({ "attack.epsilon": 16, "sign.class": 1 });
  assert.deepEqual(page.store.get().settings, before);
  assert.equal(one.asked("attack").length, drawn, "nor is anything attacked");
  assert.equal(page.store.get().messages.page?.code, "fixed");
});

/** Hardware whose answer comes when the test says so. */
function hardware() {
  const started: string[] = [];
  const engines: ReturnType<typeof engine>[] = [];
  let find = (_: Probe) => {};
  const found = new Promise<Probe>((resolve) => { find = resolve; });
  const failing: ((message: string) => void)[] = [];
  const parts: Hardware = {
    lacks: () => null,
    probe: () => found,
    start(device, failed) {
      started.push(device);
      failing.push((message) => failed({ code: "load", message, words: { text: message } }));
      const one = engine();
      engines.push(one);
      return one.port;
    },
  };
  const gpu = () => find({ ok: true, software: false, why: { text: "" }, name: { text: "a GPU" } });
  return { parts, started, engines, gpu, fail: (message: string) => failing.at(-1)?.(message) };
}

test("a device that is chosen while the browser still looks for another is the one that runs", async () => {
  const page = tab("device");
  const { parts, started, gpu } = hardware();
  const device = deviceFlow(page.desk, parts);
  const first = device.start("auto");
  await device.choose("cpu");
  gpu();
  await first;
  await quiet();
  assert.deepEqual(started, ["cpu"]);
  assert.deepEqual([page.store.get().device.kind, page.store.get().device.choice, page.store.get().settings["device"]], ["cpu", "cpu", "cpu"]);
  page.client.end();
});

test("an engine that could not be fetched leaves no traces: trying again is for the device that was chosen, the picture stays", async () => {
  const page = tab("hiccup");
  const { parts, started, gpu, fail } = hardware();
  const device = deviceFlow(page.desk, parts);
  page.store.set({ settings: { ...page.store.get().settings, "sign.class": 3, "sign.seed": 77 } });
  gpu();
  await device.start("auto");
  fail("the network is gone");
  assert.deepEqual(started, ["gpu", "cpu"], "without the GPU's engine the CPU's is tried");
  fail("still gone");
  const { settings, device: state, crash } = page.store.get();
  assert.equal(state.phase, "stopped");
  assert.ok(crash);
  assert.deepEqual([settings["sign.class"], settings["sign.seed"], settings["device"], state.choice], [3, 77, "auto", "auto"]);
  await device.again();
  assert.deepEqual(started, ["gpu", "cpu", "gpu"]);
  assert.equal(page.store.get().settings["device"], "auto");
  page.client.end();
});

test("where there can be no engine none is started, and one is told why", async () => {
  const page = tab("lacks");
  const { parts, started, gpu } = hardware();
  const device = deviceFlow(page.desk, { ...parts, lacks: () => ({ key: "fallback.no-simd" }) });
  gpu();
  for (const choice of ["auto", "gpu", "cpu"] as const) {
    await device.choose(choice);
    assert.deepEqual([page.store.get().device.phase, page.store.get().device.reason], ["stopped", { key: "fallback.no-simd" }]);
  }
  assert.deepEqual(started, []);
});

/** The flow of files, with what it would do to kept work. */
async function withFiles(kept: boolean) {
  const { page, picture, attack, one } = await atDesk();
  const taken: string[] = [];
  const files = filesFlow(page.desk, {
    picture, attack, shelf: shelfFlow(page.desk, 2 ** 32), isKept: async () => kept, takeKept: async ({ name }) => { taken.push(name); },
  });
  return { page, files, taken, one };
}

for (const from of ["#start", "#attack", "#lesson"]) {
  test(`a data set that is dropped at ${from} takes one to where its error is told`, async () => {
    const { page, files } = await withFiles(false);
    location.hash = from;
    await files.openData([{ path: "broken.zip", file: new Blob(["no archive"]) }]);
    assert.equal(location.hash, "#data");
    assert.equal(page.store.get().messages.data?.code, "archive_empty");
  });
}

test("kept work is taken for that, wherever it is dropped, and no data set is looked for in it", async () => {
  const { files, taken, one } = await withFiles(true);
  location.hash = "#start";
  await files.open([{ path: "fool-the-sign.zip", file: new Blob(["PK\x03\x04kept"]) }]);
  assert.deepEqual(taken, ["fool-the-sign.zip"]);
  assert.equal(location.hash, "#train/kept");
  assert.equal(one.asked("load").length, 0);
});

test("the search through a dropped folder goes on while it has found none, and a new one ends it", async () => {
  const { page, files } = await withFiles(false);
  location.hash = "#start";
  const ended: string[] = [];
  const [first, second] = ["first", "second"].map((name) => () => { ended.push(name); });
  files.gather(0, first);
  files.gather(0, first);
  assert.deepEqual(ended, [], "its first hundred were all folders");
  assert.equal(page.store.get().gathering, 0);
  location.hash = "#attack";
  files.gather(0, second);
  assert.deepEqual(ended, ["first"]);
  files.stopGathering();
  assert.deepEqual(ended, ["first", "second"]);
  assert.equal(page.store.get().gathering, null);
});

for (const place of ["start", "lesson", "museum"] as const) {
  test(`an attack that ${place} began tells of its error there`, async () => {
    const { page, one, attack } = await atDesk();
    one.refuses.add("attack");
    await attack.run(page.store.get().settings, place);
    assert.deepEqual(Object.keys(page.store.get().messages), [place]);
    assert.equal(page.store.get().job, null, "what was not begun is not shown as running");
  });
}
