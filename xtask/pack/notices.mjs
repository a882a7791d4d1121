// The licences of everything that is in the page: the libraries that esbuild has put into its scripts, and the crates that are compiled
// into the engines. Made from what the builds say of themselves, so that none is forgotten.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The engine with both devices: the other one has a part of it. */
const ENGINE = ["--locked", "--no-default-features", "--features", "gpu"];
const TARGET = "wasm32-unknown-unknown";

/**
 * As cargo tells of it.
 * @typedef {{ name: string, version: string, license: string | null, license_file: string | null, authors: string[], manifest_path: string,
 *   source: string | null }} Package
 */
/** @typedef {{ name: string, version: string, licence: string, authors: string[], texts: string[] }} Work */

/** For packages that name this licence and hold no text of it. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The texts that a package brings. Of several to choose from, MIT's is taken: it asks the same of everybody. @param {string} folder @param {string} licence */
function texts(folder, licence) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|unlicense|notice)/i.test(name)).sort();
  const either = /\bOR\b|\//i.test(licence) && !/\bAND\b/i.test(licence);
  const mit = names.filter((name) => /mit/i.test(name));
  const wanted = either && mit.length > 0 ? [...mit, ...names.filter((name) => /^notice/i.test(name))] : names;
  return wanted.map((name) => readFileSync(join(folder, name), "utf8").replace(/\r/g, "").trim());
}

/** The libraries of a bundle. @param {string[]} inputs what esbuild has read, as its metafiles name it @returns {Work[]} */
export function libraries(inputs) {
  const names = new Set(inputs.flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [...names].sort().map((name) => {
    const folder = join(ROOT, "node_modules", name);
    const { version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const authors = [typeof author === "string" ? author : author?.name].filter(Boolean);
    return { name, version, licence: String(license), authors, texts: texts(folder, String(license)) };
  });
}

/** The crates of the engines. @returns {Work[]} */
export function crates() {
  /** @param {string[]} parts */
  const cargo = (parts) => execFileSync("cargo", parts, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 27, stdio: ["ignore", "pipe", "inherit"] });
  // The tree knows which features are on, and so which crates are compiled; what they are, the metadata know.
  const lines = cargo(["tree", ...ENGINE, "-e", "normal,no-proc-macro", "--target", TARGET, "--prefix", "none", "--format", "{p}"]).split("\n");
  const compiled = new Set(lines.map((line) => line.split(" ").slice(0, 2).join(" ")).filter(Boolean));
  /** @type {{ packages: Package[] }} */
  const { packages } = JSON.parse(cargo(["metadata", ...ENGINE, "--format-version", "1", "--filter-platform", TARGET]));
  return packages
    .filter(({ name, version, source }) => source !== null && compiled.has(`${name} v${version}`))
    .map(({ name, version, license, license_file, authors, manifest_path }) => {
      const licence = license ?? license_file ?? "";
      return { name, version, licence, authors, texts: texts(dirname(manifest_path), licence) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The standard library, which every engine has inside and no list names. @returns {Work} */
function standardLibrary() {
  const [version = ""] = /[\d.]+/.exec(execFileSync("rustc", ["--version"], { cwd: ROOT, encoding: "utf8" })) ?? [];
  return { name: "The Rust standard library", version, licence: "MIT OR Apache-2.0", authors: ["The Rust Project contributors"], texts: [] };
}

/** As one text: what there is, then each licence once, with whom it is of. @param {Work[]} found libraries of the scripts */
export function notices(found) {
  const all = [...found, standardLibrary(), ...crates()];
  const unknown = all.filter(({ licence }) => licence === "");
  if (unknown.length > 0) throw new Error(`without a licence: ${unknown.map(({ name }) => name).join(", ")}`);
  /** Text → those that it is of. @type {Map<string, Work[]>} */
  const byText = new Map();
  for (const work of all) {
    const own = work.texts.length > 0 ? work.texts
      : [/\bMIT\b/.test(work.licence) ? `Copyright (c) ${work.authors.join(", ") || `the authors of ${work.name}`}\n\n${MIT}` : ""];
    for (const text of own) {
      // The same words in lines of another length are the same licence.
      const key = [...byText.keys()].find((known) => known.replace(/\s+/g, " ") === text.replace(/\s+/g, " ")) ?? text;
      byText.set(key, [...byText.get(key) ?? [], work]);
    }
  }
  const bare = byText.get("") ?? [];
  byText.delete("");
  const rule = "-".repeat(80);
  const list = all.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join("\n");
  const licences = [...byText].map(([text, works]) => `${rule}\n${works.map(({ name }) => name).join(", ")}\n\n${text}`).join("\n\n");
  const named = bare.map(({ name, licence, authors }) => `${name}: ${licence}${authors.length > 0 ? `, by ${authors.join(", ")}` : ""}`).join("\n");
  return [
    "Fool the Sign is made with the following works of others. Each is under its own licence; the texts follow below.", list,
    named ? `${rule}\nWhose packages name a licence and hold no text of it; their sources are on crates.io under their names:\n\n${named}` : "", licences,
  ].filter(Boolean).join("\n\n") + "\n";
}
