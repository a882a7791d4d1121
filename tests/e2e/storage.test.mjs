// The storage and the file of kept work by themselves, in a page that has nothing else: any kind of thing, Blobs too, and files that
// somebody has tampered with.

import assert from "node:assert/strict";
import test, { before } from "node:test";
import { build } from "esbuild";

import { ROOT } from "./server.mjs";
import { browser, site } from "./stage.mjs";

/** @type {import("playwright-core").Page} */
let page;

before(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./www/keep/storage.js"; export * from "./www/keep/archive.js"; export { zipSync, strToU8 } from "fflate";',
      resolveDir: ROOT,
    },
    bundle: true, write: false, format: "iife", globalName: "kept", target: "es2022",
  });
  site.replace.set("kept.html", { status: 200, type: "text/html", body: '<!doctype html><title>kept</title><script src="kept.js"></script>' });
  site.replace.set("kept.js", { status: 200, type: "text/javascript", body: outputFiles[0]?.text ?? "" });
  page = await browser.newPage();
  await page.goto(`${site.url}kept.html`);
});

test("anything can be kept, replaced, listed without its bytes, and removed; after a reload it is there", async () => {
  const first = await page.evaluate(async () => {
    const { createStorage } = /** @type {Beside} */ (globalThis).kept;
    /** @type {unknown[]} */
    const troubles = [];
    const storage = createStorage({ trouble: (words) => { troubles.push(words); }, changed() {} });
    const saved = [
      await storage.put("data", "archive.zip", new Blob([new Uint8Array([1, 2, 3])]), { images: 43 }),
      await storage.put("data", "../odd <b>name</b>/\u202e", new Uint8Array(5), {}),
      await storage.put("data", "archive.zip", new Blob([new Uint8Array([4, 5, 6, 7])]), { images: 44 }),
    ];
    return { saved, troubles: troubles.filter(Boolean), space: await storage.estimate() };
  });
  assert.deepEqual(first.saved, [true, true, true]);
  assert.deepEqual(first.troubles, []);
  assert.ok(first.space && first.space.quota > 0 && first.space.usage >= 0);

  await page.reload();
  const second = await page.evaluate(async () => {
    const { createStorage } = /** @type {Beside} */ (globalThis).kept;
    const storage = createStorage({ trouble() {}, changed() {} });
    const list = await storage.list();
    const found = await storage.get("data", "archive.zip");
    const data = found?.data instanceof Blob ? found.data : null;
    await storage.remove("data", "archive.zip");
    const left = (await storage.list()).map(({ name }) => name);
    const gone = await storage.get("data", "archive.zip");
    await storage.clear();
    const bytes = data ? Array.from(new Uint8Array(await data.arrayBuffer())) : null;
    return {
      sizes: list.map(({ size }) => size).sort(), hasBytes: list.some((one) => "data" in one), meta: found?.entry.meta, bytes, left, gone,
      empty: await storage.list(),
    };
  });
  assert.deepEqual(second, {
    sizes: [4, 5], hasBytes: false, meta: { images: 44 }, bytes: [4, 5, 6, 7], left: ["../odd <b>name</b>/\u202e"], gone: null, empty: [],
  });
});

test("a database that is held keeps nobody waiting twice; once it opens, what was put meanwhile and what is there are read", async () => {
  const seen = await page.evaluate(async () => {
    const { createStorage } = /** @type {Beside} */ (globalThis).kept;
    /** @type {(() => void)[]} */
    const held = [];
    const { open } = IDBFactory.prototype;
    /** @this {IDBFactory} @param {string} name @param {number} [version] */
    IDBFactory.prototype.open = function (name, version) {
      const request = open.call(this, name, version);
      const listen = request.addEventListener.bind(request);
      /** @param {string} type @param {EventListener} heard */
      request.addEventListener = (type, heard) => listen(type, (/** @type {Event} */ event) => {
        if (type === "success") held.push(() => heard(event));
        else heard(event);
      });
      return request;
    };
    /** @type {unknown[]} */
    const troubles = [];
    const storage = createStorage({ trouble: (words) => { troubles.push(words); }, changed() {} });
    const timed = async (/** @type {() => Promise<unknown>} */ work) => {
      const from = performance.now();
      await work();
      return performance.now() - from;
    };
    const first = await timed(() => storage.list());
    const second = await timed(() => storage.put("data", "held", new Uint8Array(3)));
    const while_held = (await storage.list()).map(({ name }) => name);
    IDBFactory.prototype.open = open;
    for (const go of held) go();
    await storage.put("data", "later", new Uint8Array(4));
    const after = (await storage.list()).map(({ name }) => name).sort();
    await storage.clear();
    return { first, second, while_held, after, troubles };
  });
  assert.ok(seen.first > 1000 && seen.first < 20_000, `${seen.first} ms`);
  assert.ok(seen.second < 1000, `${seen.second} ms`);
  assert.deepEqual(seen.while_held, ["held"]);
  assert.deepEqual(seen.after, ["held", "later"]);
  assert.match(JSON.stringify(seen.troubles), /storage.does-not-open/);
});

test("a file of kept work gives back what it was made from, and one that was tampered with is refused in a sentence", async () => {
  const found = await page.evaluate(async () => {
    const { write, read, zipSync, strToU8 } = /** @type {Beside} */ (globalThis).kept;
    const bytes = new Uint8Array(1000).map((_, i) => i * 7);
    const made = new Uint8Array(await (await write([
      { entry: { kind: "model", name: "../../a/b \u202e<i>", size: 1000, saved: 1, meta: { facts: null } }, data: bytes },
      { entry: { kind: "data", name: "set", size: 3, saved: 1, meta: { n: 1 } }, data: new Blob([new Uint8Array([1, 2, 3])]) },
      { entry: { kind: "settings", name: "settings", size: 0, saved: 1, meta: { link: "?epochs=3" } }, data: null },
    ])).arrayBuffer());
    const back = await read(new Blob([made]));
    const names = new TextDecoder("latin1").decode(made).match(/(?:model|data)\/[^\0-\x1f]*?\.(?:safetensors|bin)/g);
    const data = await Promise.all(back.map((one) => one.data()));
    const [first] = data;
    const same = first instanceof Uint8Array && first.length === 1000 && first.every((value, i) => value === bytes[i]);
    /** @param {Uint8Array<ArrayBuffer>} file */
    const refusal = async (file) => {
      try {
        return `taken: ${JSON.stringify(await read(new Blob([file])))}`;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const contents = (/** @type {unknown} */ value) => zipSync({ "fool-the-sign.json": strToU8(JSON.stringify(value)) }, { level: 0 });
    const schema = "fool-the-sign kept work 1";
    /** @type {string[]} */
    const cut = [];
    for (let length = 0; length < made.length; length += 97) {
      const words = await refusal(made.slice(0, length));
      if (words.startsWith("taken")) cut.push(`${length}: ${words}`);
    }
    // Any changed byte of the weights, which lie first.
    for (let at = 200; at < 1000; at += 100) {
      const changed = made.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const words = await refusal(changed);
      if (!/damaged/.test(words)) cut.push(`byte ${at}: ${words}`);
    }
    return {
      same, names, kinds: back.map(({ kind, name, meta }, i) => [kind, name, meta, data[i] instanceof Blob]), cut,
      refused: await Promise.all([
        contents({ schema: "of the future", entries: [] }),
        contents({ schema, entries: [{ kind: "model", name: 3, meta: {} }] }),
        contents({ schema, entries: [{ kind: "model", name: "x".repeat(300), meta: {} }] }),
        contents({ schema, entries: [{ kind: "model", name: "x", meta: {}, path: "__proto__" }] }),
        contents({ schema, entries: Array(1001).fill({ kind: "a", name: "a", meta: {} }) }),
        contents(null), contents([]),
        zipSync({ "fool-the-sign.json": strToU8(JSON.stringify({ schema, entries: [] })) }, { level: 9 }), new Uint8Array([80, 75, 3, 4]),
      ].map(refusal)),
    };
  });
  assert.ok(found.same);
  assert.deepEqual(found.kinds, [
    ["model", "../../a/b \u202e<i>", { facts: null }, false], ["data", "set", { n: 1 }, true], ["settings", "settings", { link: "?epochs=3" }, false],
  ]);
  assert.ok((found.names ?? []).length >= 2);
  for (const name of found.names ?? []) assert.match(name, /^(model|data)\/\d+-[\w-]+\.(safetensors|bin)$/);
  assert.deepEqual(found.cut, []);
  for (const words of found.refused) assert.match(words, /^(This|The|Not a|“)[^\n]{10,200}\.$/, words);
});
