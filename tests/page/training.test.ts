// A training that was cut goes on: what is kept of it stays until it has come to its end, whatever else is trained, refused or opened.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { filesFlow } from "../../www/flows/files.js";
import { attackFlow } from "../../www/flows/attack.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { trainFlow } from "../../www/flows/train.js";
import { keepDataset } from "../../www/keep/datasets.js";
import { say, type Words } from "../../www/words/say.js";
import { tab } from "./desk.js";

let databases = 0;

/** A tab in which models can be trained. */
async function atDesk(name = `training ${databases += 1}`, one = engine()) {
  const page = tab(name);
  await page.start(one);
  const picture = pictureFlow(page.desk);
  const asked: Words[] = [];
  const answers = { sure: true };
  const files = filesFlow(page.desk, {
    picture, attack: attackFlow(page.desk, picture), shelf: shelfFlow(page.desk, 2 ** 32), isKept: async () => false, takeKept: async () => {},
  });
  const train = trainFlow(page.desk, page.checkpoints, 2 ** 32, { files, sure: async (question) => { asked.push(question); return answers.sure; } });
  return {
    page, one, train, files, asked, answers, name,
    /** What is stored of trainings. */
    async checkpoints(): Promise<string[]> {
      return (await page.storage.list()).filter(({ kind }) => kind === "checkpoint").map((entry) => `${entry.name} ${entry.meta["step"]}`).sort();
    },
  };
}
type Desk = Awaited<ReturnType<typeof atDesk>>;

/** A training of the selected model, of which so many steps are kept. */
async function half({ page, one, train }: Desk, steps = 40) {
  train.train();
  await quiet();
  one.train(steps);
  one.validate();
  await quiet();
  await page.keeper.settled();
}
/** The next visit. */
const again = async ({ page, name }: Desk, one = engine()) => {
  page.client.end();
  await quiet();
  return atDesk(name, one);
};

test("a training that is cut is offered at the next visit, goes on from its last checkpoint, and is forgotten when it is done", async () => {
  const first = await atDesk();
  await half(first);
  assert.equal(first.page.store.get().resumable, null, "what runs is not offered");
  first.one.train(5);
  const next = await again(first);
  const { resumable } = next.page.store.get();
  assert.deepEqual([resumable?.kind, resumable?.model, resumable?.step, resumable?.steps, resumable?.data], ["train", "lenet", 40, 100, "drawn"]);
  const going = next.train.resumeTraining();
  await quiet();
  assert.equal(next.one.asked("continue").length, 1);
  assert.equal(next.page.store.get().job?.epoch, 4);
  assert.equal(next.page.store.get().resumable, null);
  next.one.train(60);
  next.one.end("finished");
  await going;
  assert.deepEqual(await next.checkpoints(), []);
  assert.equal(next.page.store.get().resumable, null);
});

test("after a crash it is offered at once", async () => {
  const desk = await atDesk();
  await half(desk);
  await desk.page.start(engine());
  await quiet();
  assert.equal(desk.page.store.get().resumable?.step, 40);
});

test("one that the engine refuses to go on with stays, and is told why", async () => {
  const first = await atDesk();
  await half(first);
  const refusing = engine();
  refusing.refuses.add("continue");
  const next = await again(first, refusing);
  await next.train.resumeTraining();
  await quiet();
  assert.deepEqual(await next.checkpoints(), ["network: lenet 40"]);
  assert.equal(next.page.store.get().resumable?.step, 40, "and is offered again");
  assert.equal(next.page.store.get().messages.train?.code, "busy");
  assert.equal(next.page.store.get().job, null);
  refusing.refuses.clear();
  const going = next.train.resumeTraining();
  await quiet();
  next.one.end("finished");
  await going;
  assert.deepEqual(await next.checkpoints(), []);
});

for (const ending of ["finished", "cancelled", "failed"] as const) {
  test(`a training of another model that is ${ending} leaves what is kept of the first one alone`, async () => {
    const first = await atDesk();
    await half(first);
    const next = await again(first);
    await next.page.add("other");
    await half(next, 10);
    assert.deepEqual(await next.checkpoints(), ["network: lenet 40", "network: other 10"]);
    next.one.end(ending);
    await quiet();
    // One that has failed may be tried again.
    assert.deepEqual(await next.checkpoints(), ending === "failed" ? ["network: lenet 40", "network: other 10"] : ["network: lenet 40"]);
    const { resumable, otherResumables } = next.page.store.get();
    assert.deepEqual([resumable, ...otherResumables].map((one) => one?.model).sort(), ending === "failed" ? ["lenet", "other"] : ["lenet"]);
    assert.deepEqual(next.asked, [], "nothing is lost, so nobody is asked");
  });
}

test("one that is refused or ends before it is kept takes nothing with it", async () => {
  const first = await atDesk();
  await half(first);
  const next = await again(first);
  next.one.refuses.add("train");
  next.train.train();
  await quiet();
  assert.equal(next.asked.length, 1);
  assert.match(say(next.asked[0] ?? { text: "" }), /“lenet” was interrupted at step 40 of 100/);
  assert.deepEqual(await next.checkpoints(), ["network: lenet 40"]);
  next.one.refuses.clear();
  next.train.train();
  await quiet();
  next.one.end("cancelled");
  await quiet();
  assert.deepEqual(await next.checkpoints(), ["network: lenet 40"]);
  assert.equal(next.page.store.get().resumable?.step, 40);
});

test("before a training of the same model takes its place, the person is asked; who says no keeps it", async () => {
  const first = await atDesk();
  await half(first);
  const next = await again(first);
  next.answers.sure = false;
  next.train.train();
  await quiet();
  assert.equal(next.one.asked("train").length, 0);
  next.train.trainPurifier();
  await quiet();
  assert.equal(next.one.asked("train_purifier").length, 1, "its purifier is another thing");
  next.one.end("finished");
  await quiet();
  next.answers.sure = true;
  await half(next, 7);
  assert.deepEqual(await next.checkpoints(), ["network: lenet 7"]);
});

test("a training on a data set says which one it needs; one that is kept is opened as it was", async () => {
  const first = await atDesk();
  first.one.archives.set("signs.zip", "signs");
  first.page.store.set({ settings: { ...first.page.store.get().settings, "data.seed": 77 } });
  const files = [{ path: "signs.zip", file: new Blob(["PK the signs"]) }];
  await first.files.load(files);
  await half(first);
  const next = await again(first);
  assert.equal(next.page.store.get().resumable?.kept, false);
  await next.train.resumeTraining();
  assert.equal(next.one.asked("continue").length, 0);
  assert.match(say(next.page.store.get().messages.train?.message ?? { text: "" }), /learns from the data set “signs”/);
  assert.deepEqual(await next.checkpoints(), ["network: lenet 40"]);

  await keepDataset(next.page.storage, "signs", files);
  await quiet();
  assert.equal(next.page.store.get().resumable?.kept, true);
  next.one.archives.set("signs.zip", "signs");
  const going = next.train.resumeTraining();
  await quiet();
  const [load] = next.one.asked("load");
  assert.equal(load?.type === "load" && load.options.seed, 77, "with the settings of then");
  assert.equal(next.one.asked("continue").length, 1);
  next.one.end("finished");
  await going;

  // Drawn signs are always there.
  const drawn = await atDesk();
  await half(drawn);
  const last = await again(drawn);
  last.one.archives.set("signs.zip", "signs");
  await last.files.load(files);
  void last.train.resumeTraining();
  await quiet();
  assert.equal(last.one.asked("unload").length, 1);
  assert.equal(last.one.asked("continue").length, 1);
  last.page.client.end();
});

test("what an earlier version has kept, under a name for all, is offered; where its data are not known, the engine says what is missing", async () => {
  const desk = await atDesk();
  const bytes = new TextEncoder().encode(JSON.stringify(["train", "lenet", 30, "signs (sum; deal)"]));
  await desk.page.storage.put("checkpoint", "training", bytes, { kind: "train", model: "lenet", step: 30, steps: 100 });
  await quiet();
  assert.equal(desk.page.store.get().resumable?.data, null);
  await desk.train.resumeTraining();
  assert.equal(desk.page.store.get().messages.train?.code, "other_data");
  assert.deepEqual(await desk.checkpoints(), ["training 30"]);
});

test("one whose model is no longer on the shelf brings it back, and the selected model keeps its curve", async () => {
  const first = await atDesk();
  await first.page.add("gone");
  await half(first);
  const next = await again(first);
  await next.page.desk.ask({ type: "remove_model", name: "gone" }, "shelf");
  await next.page.keeper.settled();
  await half(next, 60);
  next.one.end("finished");
  await quiet();
  const before = next.page.store.get().models.get("lenet")?.facts.curves.train;
  void next.train.resumeTraining();
  await quiet();
  assert.ok(next.page.shelf().includes("gone"));
  assert.deepEqual(next.page.store.get().models.get("lenet")?.facts.curves.train, before);
  next.page.client.end();
});

test("a second training's curve goes on where it stood, although the page was loaded in between", async () => {
  const first = await atDesk();
  await half(first, 100);
  first.one.end("finished");
  await quiet();
  first.train.train();
  await quiet();
  first.one.train(25);
  first.page.clock.ms += 20_000;
  first.one.train(5);
  await quiet();
  const next = await again(first);
  assert.deepEqual(next.page.store.get().resumable?.position, { epoch: 2.6, offset: 10 });
  void next.train.resumeTraining();
  await quiet();
  next.one.train(1);
  await quiet();
  const curve = next.page.store.get().models.get("lenet")?.facts.curves.train;
  assert.equal(curve?.offset, 10);
  assert.ok(Math.abs((curve?.x.at(-1) ?? 0) - 12.7) < 1e-9, String(curve?.x.at(-1)));
  next.page.client.end();
});

test("a training that is refused leaves the curve and the recipe of its model as they were", async () => {
  const desk = await atDesk();
  desk.train.trainPurifier();
  await quiet();
  desk.one.train(10);
  desk.one.validate();
  desk.one.end("finished");
  await quiet();
  const before = desk.page.store.get().models.get("lenet")?.facts;
  assert.ok((before?.curves.train_purifier.x.length ?? 0) > 0);
  for (const type of ["train", "train_purifier"] as const) desk.one.refuses.add(type);
  await desk.train.runPurifier(desk.page.store.get().settings);
  await desk.train.runTraining({ ...desk.page.store.get().settings, "recipe.kind": "trades" });
  assert.deepEqual(desk.page.store.get().models.get("lenet")?.facts, before);
});

test("a checkpoint is asked for when 20 s are over, whatever timers do, and at once when the tab is hidden", async () => {
  const { page, one, train } = await atDesk();
  train.train();
  await quiet();
  const asked = () => one.asked("checkpoint").length;
  one.train(3);
  page.clock.ms = 19_000;
  one.train(3);
  await quiet();
  assert.equal(asked(), 0);
  page.clock.ms = 20_000;
  one.train(1);
  await quiet();
  assert.equal(asked(), 1);
  one.train(3);
  await quiet();
  assert.equal(asked(), 1);
  page.clock.ms = 25_000;
  page.checkpoints.hidden();
  page.checkpoints.hidden();
  await quiet();
  assert.equal(asked(), 2, "one at a time");
  page.clock.ms = 25_500;
  page.checkpoints.hidden();
  await quiet();
  assert.equal(asked(), 2);
  one.end("finished");
  await quiet();
  page.clock.ms = 90_000;
  page.checkpoints.hidden();
  await quiet();
  assert.equal(asked(), 2, "nothing runs");
});

test("a checkpoint that comes when its training has ended is not kept", async () => {
  const first = await atDesk();
  await half(first);
  const desk = await again(first);
  desk.train.train();
  await quiet();
  desk.one.slow.add("checkpoint");
  desk.one.train(5);
  desk.one.validate();
  desk.one.end("finished");
  await quiet();
  desk.one.release();
  await quiet();
  assert.deepEqual(await desk.checkpoints(), ["network: lenet 40"]);
});

test("what was given up is gone, and so is what is deleted from the list of kept work", async () => {
  const first = await atDesk();
  await half(first);
  const next = await again(first);
  await next.train.forgetTraining();
  assert.deepEqual(await next.checkpoints(), []);
  assert.equal(next.page.store.get().resumable, null);
  await half(next);
  const last = await again(next);
  assert.ok(last.page.store.get().resumable);
  await last.page.keeper.remove("checkpoint", "network: lenet");
  await quiet();
  assert.equal(last.page.store.get().resumable, null);
});

test("a tab that only looks on does not offer what may be running in the other one", async () => {
  const first = await atDesk();
  await half(first);
  const second = tab(first.name);
  second.storage.yield();
  await second.start(engine());
  assert.equal(second.store.get().resumable, null);
  first.page.client.end();
  await second.storage.takeUp();
  await second.checkpoints.look();
  assert.equal(second.store.get().resumable?.step, 40);
});
