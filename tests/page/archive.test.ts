// Kept work as one file: what earlier versions have saved still opens, it is read and written piece by piece, and what is not as it
// should be is refused as a whole.

import { engine } from "./world.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { read, write, zipFile } from "../../www/keep/archive.js";
import type { Data } from "../../www/keep/storage.js";
import { tab } from "./desk.js";

const fileOf = (bytes: Uint8Array<ArrayBuffer>) => new File([bytes], "fool-the-sign.zip");
/** As the first version of the form was written, with a model, its purifier, half a training, a data set, the order and the settings. */
const released = () => new Uint8Array(readFileSync("tests/page/released/kept-work-1.zip"));
const words = (data: Data | undefined) => (data instanceof Uint8Array ? new TextDecoder().decode(data) : "");

test("a file that was saved by the first version opens, and everything in it is there", async () => {
  const page = tab("released");
  await page.start(engine());
  assert.equal(await page.keeper.importAll(fileOf(released())), "One model imported.");
  assert.ok(page.shelf().includes("mine: Löwe"));
  assert.deepEqual(await page.stored(), { "mine: Löwe": "weights of mine" });
  assert.equal(words((await page.storage.get("purifier", "mine: Löwe"))?.data), "weights of its purifier");
  const facts = page.store.get().models.get("mine: Löwe")?.facts;
  assert.deepEqual([facts?.trained, facts?.recipe, facts?.validated?.n, facts?.curves.train.x], [true, { kind: "pgd", epsilon: 0.03, steps: 7 }, 10, [1]]);
  assert.equal(page.store.get().settings["train.epochs"], 7);
  const set = (await page.storage.get("data", "signs: signs.zip"))?.data;
  assert.equal(set instanceof Blob && await set.text(), "PK a data set");
  await page.checkpoints.look();
  assert.equal(page.store.get().resumable?.step, 40);
});

test("what is taken out and taken in again is the same, data sets too", async () => {
  const page = tab("out and in");
  await page.start(engine());
  await page.keeper.importAll(fileOf(released()));
  const next = tab("in again");
  await next.start(engine());
  await next.keeper.importAll(new File([await page.keeper.exportAll()], "all.zip"));
  const all = async (one: typeof page) => Promise.all((await one.storage.list()).map(async ({ kind, name, size, meta }) => {
    const data = (await one.storage.get(kind, name))?.data;
    return JSON.stringify([kind, name, size, meta, data instanceof Blob ? await data.text() : words(data)]);
  }));
  const kept = (lines: string[]) => lines.filter((line) => !/^\["(shelf|settings)/.test(line)).sort();
  assert.deepEqual(kept(await all(next)), kept(await all(page)));
});

/** Blobs that tell how much of them is in memory at a time. */
function watched(parts: BlobPart[]) {
  const seen = { most: 0 };
  class Watched extends Blob {
    override async arrayBuffer() {
      seen.most = Math.max(seen.most, this.size);
      return super.arrayBuffer();
    }
    override slice(from?: number, to?: number) {
      return new Watched([super.slice(from, to)]);
    }
  }
  return { seen, blob: new Watched(parts) };
}

test("neither writing nor reading has more than a piece of a data set in memory", async () => {
  const { seen, blob } = watched([new Uint8Array(5_000_000).map((_, index) => (index * 7) % 251)]);
  const file = await write([{ entry: { kind: "data", name: "signs", size: blob.size, saved: 1, meta: {} }, data: blob }]);
  assert.ok(seen.most <= 1 << 20, `${seen.most} bytes at a time`);
  const whole = watched([file]);
  const [one] = await read(whole.blob);
  assert.ok(whole.seen.most <= 1 << 20, `${whole.seen.most} bytes at a time`);
  const data = await one?.data();
  assert.ok(data instanceof Blob && data.size === blob.size);
  assert.deepEqual(new Uint8Array(await data.arrayBuffer()), new Uint8Array(await blob.arrayBuffer()));
});

test("whatever byte is changed and wherever it is cut, it is read as it was or refused, and nothing of it is taken", async () => {
  const good = released();
  const whole = JSON.stringify((await read(new Blob([good]))).map(({ kind, name, size }) => [kind, name, size]));
  let refused = 0;
  for (let at = 0; at < good.length; at += 5) {
    const bad = new Uint8Array(good);
    bad[at] = (bad[at] ?? 0) ^ 0xff;
    const found = await read(new Blob([bad])).catch((error: unknown) => error);
    if (found instanceof Error) {
      refused += 1;
      assert.match(found.message, /\.$/, "a sentence");
    } else if (Array.isArray(found)) assert.equal(found.length, JSON.parse(whole).length);
  }
  assert.ok(refused > 100, String(refused));
  for (let cut = 0; cut < good.length; cut += 53) await assert.rejects(read(new Blob([good.slice(0, cut)])));

  const page = tab("damaged");
  await page.start(engine());
  const damaged = new Uint8Array(good);
  const place = new TextDecoder("latin1").decode(good).indexOf("weights of its");
  damaged[place] = 0;
  assert.match(await page.keeper.importAll(fileOf(damaged)), /is damaged/);
  assert.deepEqual(await page.stored(), {});
});

test("an archive in the archive comes back whole, one that was written piece by piece too", async () => {
  const inner = zipFile();
  await inner.add("00014/one.ppm", new Uint8Array(3000));
  await inner.add("fool-the-sign.json", new TextEncoder().encode("{}"));
  const set = inner.end();
  const entry = { kind: "data", name: "signs", size: set.size, saved: 1, meta: {} };
  const all = await read(await write([{ entry, data: set }, { entry: { ...entry, name: "again" }, data: set }]));
  assert.deepEqual(all.map(({ name, size }) => [name, size]), [["signs", set.size], ["again", set.size]]);
  for (const one of all) {
    const data = await one.data();
    assert.ok(data instanceof Blob);
    assert.deepEqual(new Uint8Array(await data.arrayBuffer()), new Uint8Array(await set.arrayBuffer()));
  }
});

test("files that lie upon one another, to be more than there is, are refused", async () => {
  const entry = { kind: "data", name: "a", size: 100_000, saved: 1, meta: {} };
  const good = await write([{ entry, data: new Blob([new Uint8Array(100_000)]) }]);
  assert.equal((await read(good)).length, 1);
  const all = new Uint8Array(await good.arrayBuffer());
  // The list of files names the first one twice.
  const end = all.slice(-22);
  const view = new DataView(end.buffer);
  const [length, list] = [view.getUint32(12, true), view.getUint32(16, true)];
  const first = 46 + new DataView(all.buffer).getUint16(list + 28, true) + new DataView(all.buffer).getUint16(list + 30, true);
  for (const at of [8, 10]) view.setUint16(at, 3, true);
  view.setUint32(12, length + first, true);
  await assert.rejects(read(new Blob([all.slice(0, list), all.slice(list, list + first), all.slice(list, list + length), end])));
});

test("a file whose models do not fit is not taken in, and says how much they are", async () => {
  const page = tab("too large", 1_000_000);
  await page.start(engine());
  const data = new Uint8Array(300_000);
  const file = await write([{ entry: { kind: "model", name: "large", size: data.length, saved: 1, meta: {} }, data }]);
  assert.match(await page.keeper.importAll(new File([file], "large.zip")), /would need about .* GB of memory/);
  assert.deepEqual(await page.stored(), {});
});

test("models are handed to the engine and not copied, and what is needed again stays", async () => {
  const name = "handed";
  const page = tab(name);
  await page.start(engine());
  await page.add("mine");
  await page.keeper.settled();
  const next = engine();
  const other = tab(name);
  await other.start(next);
  assert.ok(next.handed.length > 0 && next.handed.every(Boolean), String(next.handed));
  // What could not be stored is in this tab only: each engine gets a copy of it.
  other.storage.yield();
  await other.add("only here");
  await other.keeper.settled();
  for (let time = 0; time < 2; time += 1) {
    const fresh = engine();
    await other.start(fresh);
    assert.equal(new TextDecoder().decode(fresh.models.get("only here")), "only here", `time ${time}`);
  }
});
