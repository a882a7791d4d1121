// Pictures to upload.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./server.mjs";
import { readFromZip } from "./zip.mjs";

/** @typedef {{ name: string, bytes: Uint8Array }} FileToGive */

/** @param {"good" | "bad"} kind @param {string} name @returns {FileToGive} */
export const fixture = (kind, name) => ({ name, bytes: readFileSync(join(ROOT, "tests/fixtures", kind, name)) });

/** @param {"good" | "bad"} kind @returns {FileToGive[]} */
export const fixtures = (kind) => readdirSync(join(ROOT, "tests/fixtures", kind)).map((name) => fixture(kind, name));

/** Why there is no real photo, for a skipped test. */
export const NO_PHOTO = "no photos of GTSRB: set GTSRB_DIR to a folder that has sample/kaggle-archive.zip or the official archive";

const SAMPLE = join(process.env["GTSRB_DIR"] || join(ROOT, "../shared/gtsrb"), "sample");

/** Small archives in the benchmark's two packings. @param {"official" | "kaggle"} packing @returns {string[]} */
export const sampleArchives = (packing) => readdirSync(SAMPLE).filter((name) => name.endsWith(".zip") && name.startsWith("kaggle") === (packing === "kaggle"))
  .map((name) => join(SAMPLE, name));

/** Why there are none, for a skipped test. */
export const NO_ARCHIVES = existsSync(SAMPLE) ? false : "no sample archives of GTSRB: set GTSRB_DIR to a folder that has sample/";

/** Archives that mean harm. @returns {string[]} */
export const badArchives = () => readdirSync(join(ROOT, "tests/fixtures/bad-archives")).map((name) => join(ROOT, "tests/fixtures/bad-archives", name));

/** A stop sign as a camera saw it, from the benchmark; none where the benchmark is not at hand. @returns {FileToGive | null} */
export function realPhoto() {
  for (const [archive, wanted] of /** @type {[string, RegExp][]} */ ([
    ["GTSRB_Final_Training_Images.zip", /00014\/\d+_00029\.ppm$/],
    ["kaggle-archive.zip", /Train\/14\/\d+_\d+_00029\.png$/],
  ])) {
    if (!existsSync(join(SAMPLE, archive))) continue;
    const photo = readFromZip(join(SAMPLE, archive), wanted);
    if (photo) return { name: photo.name.split("/").at(-1) ?? "photo", bytes: photo.bytes };
  }
  return null;
}

/** A sentence that a person can read, not what a program says. @param {string} words */
export function isSentence(words) {
  assert.match(words, /^\p{Lu}.{20,400}\.$/u);
  assert.doesNotMatch(words, /undefined|null|NaN|panicked|RuntimeError|\[object/);
}
