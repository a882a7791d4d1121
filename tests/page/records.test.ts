// Files that come from outside or from earlier visits: records, kept work, what is known of a model.

import "./world.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { csv, csvRow } from "../../www/io/records.js";
import { fromBase64, readRecord, toBase64 } from "../../www/io/record.js";
import { isPurifier } from "../../www/io/safetensors.js";
import { isKeptWork, read, write } from "../../www/keep/archive.js";
import { readFacts } from "../../www/keep/facts.js";
import { emptyCurve, noFacts } from "../../www/state/store.js";
import type { Facts } from "../../www/state/types.js";

const share = { correct: 9, n: 10, value: 0.9, low: 0.6, high: 0.98 };
const known: Facts = {
  trained: true, validated: share, robust: { ...share, correct: 3, value: 0.3 }, collapsed: false,
  recipe: { kind: "trades", epsilon: 0.03, steps: 10, beta: 6 },
  curves: {
    train: {
      ...emptyCurve(), x: [0.5, 1], loss: [2, 1], validationLoss: [null, 1.5], accuracy: [0.5, 0.8], validationAccuracy: [null, 0.9], attacked: [null, 0.3],
      purifiedClean: [null, null],
      rows: [{
        type: "validation", kind: "train", step: 10, epoch: 1, loss: 1.5, accuracy: share, attacked: null, purified_clean: null, robust: share,
        collapsed: false, x: 1, trainingLoss: 1,
        trainingAccuracy: null,
      }],
    },
    train_purifier: emptyCurve(),
  },
};

test("what is known of a model is read back as it was; whatever of it is not as it should be is left out", () => {
  assert.deepEqual(readFacts(JSON.parse(JSON.stringify(known))), known);
  const nothing: unknown[] = [null, undefined, 3, "facts", [],
    { trained: "yes", validated: { value: 2 }, recipe: { kind: "world peace" }, curves: { train: { x: [1], loss: ["<b>"] } } }];
  for (const one of nothing) assert.deepEqual(readFacts(one), noFacts(), JSON.stringify(one));
  const long = { ...known, curves: { train: { ...known.curves.train, x: Array.from({ length: 100_000 }, (_, index) => index) } } };
  assert.deepEqual(readFacts(long).curves.train, emptyCurve());
});

test("the records of the project are read, and as a table each has a line", async () => {
  const text = readFileSync("data/results/gtsrb.json", "utf8");
  const found = await readRecord(new Blob([text]));
  assert.ok(found.kind === "figures");
  assert.equal(found.records.length, JSON.parse(text).length);
  assert.equal(csv(found.records).split("\r\n").length, found.records.length + 2);
});

test("a picture's record gives its link and its picture back; what is none of both is unknown", async () => {
  const image = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  assert.deepEqual(fromBase64(toBase64(image)), image);
  const record = { schema: "fool-the-sign/picture/1", link: "?attack=cw", image: toBase64(image) };
  const found = await readRecord(new Blob([JSON.stringify(record)]));
  assert.deepEqual(found, { kind: "picture", picture: { link: "?attack=cw", image } });
  const others: unknown[] = [{}, [], [{}], null, 3, { ...record, schema: "other" }, { ...record, link: 3 }, [{ schema: "fool-the-sign/record/1", model: 3 }],
    [{ attack: null }]];
  for (const other of others) assert.equal((await readRecord(new Blob([JSON.stringify(other)]))).kind, "unknown", JSON.stringify(other));
  assert.equal((await readRecord(new Blob(["{"]))).kind, "unknown");
});

test("a table's field that a spreadsheet would take for a formula is text there", () => {
  assert.equal(csvRow(["=1+1", "-x", -3, 'a "b", c', null, { a: 1 }]), `'=1+1,'-x,-3,"a ""b"", c",,"{""a"":1}"`);
});

test("kept work leaves as one file and comes back with all that it was", async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index * 7);
  const file = await write([
    { entry: { kind: "model", name: "../mine", size: 1000, saved: 1, meta: { facts: JSON.parse(JSON.stringify(known)) } }, data: bytes },
    { entry: { kind: "settings", name: "settings", size: 0, saved: 1, meta: { link: "?epochs=3" } }, data: null },
  ]);
  assert.ok(await isKeptWork(file));
  assert.ok(!await isKeptWork(new Blob(["a data set"])));
  const [model, settings] = await read(file);
  assert.deepEqual(await model?.data(), bytes);
  assert.deepEqual(readFacts(model?.meta["facts"]), known);
  assert.equal(settings?.meta["link"], "?epochs=3");
  assert.equal(await settings?.data(), null);
  await assert.rejects(read(new Blob(["no zip"])));
});

test("an autoencoder's file is known by its header, and nothing else is taken for one", () => {
  const weights = (config: unknown) => {
    const header = new TextEncoder().encode(JSON.stringify({ __metadata__: { config: JSON.stringify(config) } }));
    const bytes = new Uint8Array(8 + header.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(header, 8);
    return bytes;
  };
  assert.ok(isPurifier(weights({ stages: [] })));
  const others = [weights({ name: "lenet" }), weights(null), new Uint8Array(), new Uint8Array(100), new Uint8Array(20).fill(255)];
  for (const other of others) assert.ok(!isPurifier(other));
});
