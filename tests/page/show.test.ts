// What places show of themselves leaves what is there as it is.

import { engine, quiet } from "./world.js";
import assert from "node:assert/strict";
import test from "node:test";
import { attackFlow } from "../../www/flows/attack.js";
import { pictureFlow } from "../../www/flows/picture.js";
import { shelfFlow } from "../../www/flows/shelf.js";
import { showFlow } from "../../www/flows/show.js";
import { trainFlow } from "../../www/flows/train.js";
import { tab, ways } from "./desk.js";

const ROOM = 2 ** 32;

async function atPlaces(one = engine()) {
  const page = tab(`show ${Math.random()}`);
  await page.start(one);
  const picture = pictureFlow(page.desk);
  await picture.draw();
  const attack = attackFlow(page.desk, picture);
  const train = trainFlow(page.desk, page.checkpoints, ROOM, ways);
  const shelf = shelfFlow(page.desk, ROOM);
  return { page, one, train, shelf, show: showFlow(page.desk, { attack, train, shelf }) };
}

test("a new network learns under a name of its own, again under another, and the one before stays", async () => {
  const { page, one, show } = await atPlaces();
  const { settings } = page.store.get();
  for (const name of ["my network", "my network 2"]) {
    const training = show.trainFresh();
    await quiet();
    one.train(3);
    one.end("finished");
    await training;
    assert.equal(page.store.get().selected, name);
  }
  assert.deepEqual(page.shelf(), ["lenet", "my network", "my network 2"]);
  assert.deepEqual(one.asked("new_model").map((command) => command.type === "new_model" && command.architecture), ["lenet", "lenet"]);
  assert.equal(one.asked("train").length, 2);
  assert.deepEqual(page.store.get().settings, settings);
});

test("where the purifier that comes with the page cannot be had, that is told, and nothing is attacked", async () => {
  const { page, one, show } = await atPlaces();
  await show.wash();
  assert.equal(page.store.get().messages.shelf?.code, "load");
  assert.equal(one.asked("attack").length, 0);
});

test("nothing is begun beside what runs", async () => {
  const { page, one, show } = await atPlaces();
  const training = show.trainFresh();
  await quiet();
  await Promise.all([show.trainFresh(), show.wash()]);
  assert.deepEqual([one.asked("new_model").length, one.asked("train").length, one.asked("attack").length], [1, 1, 0]);
  one.end("finished");
  await training;
  assert.equal(page.shelf().length, 2);
});

test("a training that is begun while the model gets a purifier is not forgotten when it is there", async () => {
  const { page, one, train, shelf } = await atPlaces();
  one.slow.add("import_model");
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: { config: JSON.stringify({ stages: [] }) } }));
  const bytes = new Uint8Array(8 + header.length);
  bytes.set([header.length]);
  bytes.set(header, 8);
  const opening = shelf.openModel(new File([bytes], "late.safetensors"));
  await quiet();
  const training = train.runTraining(page.store.get().settings);
  await quiet();
  one.release();
  await opening;
  assert.equal(page.store.get().job?.state, "running");
  one.end("finished");
  assert.equal((await training).ending, "finished");
  assert.equal(page.store.get().jobs.train?.state, "finished");
});
