// The picture of the page in docs/architecture.md, held: rooms import downwards only, no file waits for itself, and every file can be
// read at a sitting.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import test from "node:test";

const LONGEST_FILE = 400;
const LONGEST_LINE = 160;

/** Room → those that it may import. What is made from the engine's types is the ground of all. */
const ROOMS: Record<string, string[]> = {
  "words": ["engine/made"],
  "engine/made": [],
  "engine": ["engine/made", "words"],
  "state": ["engine", "engine/made", "words"],
  "io": ["engine"],
  "keep": ["state", "engine", "engine/made", "io", "words"],
  "flows": ["keep", "state", "engine", "io", "words"],
  "ui": ["io", "words"],
  "views": ["flows", "keep", "state", "engine", "io", "ui", "words"],
  "app": ["views", "flows", "keep", "state", "engine", "io", "ui", "words"],
};

const below = (folder: string): string[] => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
const sources = below("www").filter((path) => /\.tsx?$/.test(path));
const roomOf = (path: string): string => {
  const [, room = "", second = ""] = path.split(sep);
  return second === "made" ? `${room}/${second}` : room;
};

interface Import { from: string; to: string; type: boolean }
/** Every import of a file of the page by another. */
const imports: Import[] = sources.flatMap((from) => {
  const text = readFileSync(from, "utf8");
  const found = text.matchAll(/^\s*(?:import|export)\b(\s+type\b)?[^;"]*?(?:\bfrom\s*)?"(\.[^"]+)";|\bimport\(\s*"(\.[^"]+)"/gm);
  return Array.from(found, ([, type, plain, later]) => {
    const stem = normalize(join(dirname(from), plain ?? later ?? "")).replace(/\.js$/, "");
    const to = [`${stem}.ts`, `${stem}.tsx`, `${stem}.d.ts`].find((path) => sources.includes(path));
    assert.ok(to, `${from} imports ${plain ?? later}, which is not there`);
    return { from, to, type: type !== undefined };
  });
});

test("rooms import downwards only", () => {
  assert.ok(imports.length > 300, `${imports.length} imports were found`);
  const rooms = new Set(sources.map(roomOf).filter((room) => !room.includes(".")));
  assert.deepEqual([...rooms].sort(), Object.keys(ROOMS).sort(), "every folder is a room of the picture");
  const upwards = imports.filter(({ from, to }) => roomOf(from) !== roomOf(to) && !ROOMS[roomOf(from)]?.includes(roomOf(to)));
  assert.deepEqual(upwards.map(({ from, to }) => `${from} → ${to}`), []);
});

test("of the engine the files' room knows only what it says, and places know nothing of one another", () => {
  const ofEngine = imports.filter(({ from, to, type }) => roomOf(from) === "io" && roomOf(to) === "engine" && !(type && to.endsWith("protocol.ts")));
  assert.deepEqual(ofEngine, []);
  const place = (path: string): string => path.split(sep)[2] ?? "";
  const across = imports.filter(({ from, to }) => roomOf(from) === "views" && roomOf(to) === "views" && place(to) !== place(from)
    && place(to) !== "shared" && !place(from).includes(".") && !place(to).includes("."));
  assert.deepEqual(across.map(({ from, to }) => `${from} → ${to}`), []);
});

test("no view reads or writes what is kept by itself", () => {
  const stores = imports.filter(({ from, to, type }) => roomOf(from) === "views" && /keep\W(storage|datasets|archive)\.ts$/.test(to) && !type);
  assert.deepEqual(stores.map(({ from, to }) => `${from} → ${to}`), []);
});

test("every view has its place in the page, and every place for a view has one", () => {
  const [, list = ""] = /const VIEWS: [^{]*\{\n(.*?)\n\};/s.exec(readFileSync("www/views/mount.tsx", "utf8")) ?? [];
  const views = Array.from(list.matchAll(/^ {2}(\w+): \w+,$/gm), ([, name]) => name).sort();
  const places = Array.from(readFileSync("www/index.html", "utf8").matchAll(/data-view="(\w+)"/g), ([, name]) => name).sort();
  assert.ok(views.length > 20, list);
  assert.deepEqual(views, places);
});

test("no file waits for itself, by whatever way", () => {
  const needs = new Map<string, string[]>();
  for (const { from, to, type } of imports) if (!type) needs.set(from, [...needs.get(from) ?? [], to]);
  const done = new Set<string>();
  function follow(path: string, way: string[]) {
    assert.ok(!way.includes(path), `a circle: ${[...way.slice(way.indexOf(path)), path].join(" → ")}`);
    if (done.has(path)) return;
    for (const next of needs.get(path) ?? []) follow(next, [...way, path]);
    done.add(path);
  }
  for (const path of sources) follow(path, []);
});

test("only one file speaks to the network, and only one starts workers", () => {
  const uses = (pattern: RegExp) => sources.filter((path) => pattern.test(readFileSync(path, "utf8").replace(/\/\/.*|\/\*[^]*?\*\//g, "")));
  // The page's first script asks why the program did not come, and the service worker is what answers without a network.
  assert.deepEqual(uses(/(?<![\w.])fetch\(/).sort(), ["www/app/fallback.ts", "www/engine/assets.ts", "www/sw.ts"]);
  assert.deepEqual(uses(/new (?:Shared)?Worker\(|createPolicy\(/), ["www/engine/assets.ts"]);
  assert.deepEqual(uses(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet/), []);
});

/** Types that say nothing, and ways around them: in TypeScript, and in the comments of JavaScript. */
const LOOSE =
  /:\s*any\b|\bas any\b|<any\b|\bany>|\{any\b|\bany\}|\bany\[\]|,\s*any\b(?=[\]>,])|as unknown as|\{unknown\} \*\/ \(|@ts-(?:ignore|nocheck|expect-error)/;

test("no source is JavaScript, looks away from its types, or takes more than a sitting; nor is any test", () => {
  assert.deepEqual(below("www").filter((path) => /\.m?jsx?$/.test(path)), []);
  const checked = [...below("www"), ...below("tests/page"), ...below("tests/e2e"), ...below("xtask/pack"), "tests/typescript.mjs"];
  const typed = checked.filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith("layers.test.ts"));
  assert.ok(typed.some((path) => path.endsWith("browser.mjs")) && typed.length > 200, `${typed.length} sources`);
  const loose = typed.flatMap((path) => readFileSync(path, "utf8").split("\n").map((line) => line.replace(/"[^"]*"/g, '""')).flatMap((line, index) =>
    (LOOSE.test(line.replace(/(?<!:)\/\/.*/, "")) ? [`${path}:${index + 1} ${line.trim()}`] : [])));
  assert.deepEqual(loose, []);
  const read = checked.filter((path) => /\.(tsx?|mjs|css|html)$/.test(path));
  const long = read.flatMap((path) => {
    const lines = readFileSync(path, "utf8").split("\n");
    const wide = lines.flatMap((line, index) => (line.length > LONGEST_LINE ? [`${path}:${index + 1} has ${line.length} letters`] : []));
    return lines.length > LONGEST_FILE + 1 ? [`${path} has ${lines.length - 1} lines`, ...wide] : wide;
  });
  assert.deepEqual(long.filter((path) => !path.startsWith("www/engine/made/")), []);
});
