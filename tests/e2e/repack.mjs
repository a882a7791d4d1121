// A later version of the built page, made as the build makes one: a changed script under its own hash, and a list that names it.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { built } from "./server.mjs";

/** @param {string} content */
const sha384 = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

/** @param {string} folder a copy of the build, which is changed @param {(main: string) => string} change @returns {string} the new name of the script */
export function repack(folder, change) {
  const old = built("main.js", folder);
  const main = readFileSync(join(folder, old), "utf8");
  const changed = change(main);
  const next = `main-${createHash("sha256").update(changed).digest("hex").slice(0, 16)}.js`;
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const newHtml = html.replace(old, next).replace(sha384(main), sha384(changed));
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  const version = /"([0-9a-f]{16})"/.exec(worker)?.[1] ?? "";
  const newWorker = worker.replace(old, next).replace(sha384(main), sha384(changed)).replace(sha384(html), sha384(newHtml)).replace(version, "b".repeat(16));
  const done = newHtml !== html && newWorker.includes(sha384(newHtml)) && newWorker.includes(next) && version !== "";
  if (!done) throw new Error("the build is not as this test expects");
  rmSync(join(folder, old));
  writeFileSync(join(folder, next), changed);
  writeFileSync(join(folder, "index.html"), newHtml);
  writeFileSync(join(folder, "sw.js"), newWorker);
  return next;
}
