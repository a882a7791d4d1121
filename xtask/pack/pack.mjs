// From Trunk's output to the forms in which the page is used: the folder (with the service worker that makes it work
// offline) and the single file. A hook of trunk.toml calls it; Node's own hashes do, so xtask itself needs no dependency.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fallback, inputs, minifyStyle, page, serviceWorker, scripts, words } from "./bundle.mjs";
import { libraries, notices } from "./notices.mjs";
import { singleFile } from "./single.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const staging = process.env["TRUNK_STAGING_DIR"] ?? "";
if (!staging) throw new Error("xtask/pack is called by Trunk; use `cargo xtask dist`");
/** While one develops, nothing is kept: a reload shows what has changed. */
const developing = process.env["FOOL_THE_SIGN_SERVES"] === "1";

/** @param {string | Uint8Array} content */
const sha384 = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;
/** @param {string | Uint8Array} content */
const shortHash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** What the service worker keeps: address below the page's → integrity. @type {Record<string, string>} */
const kept = {};

/** Writes a file under a name that holds its hash. @param {string} path @param {string | Uint8Array} content */
function put(path, content) {
  const hash = shortHash(content);
  const dot = basename(path).indexOf(".");
  const at = join(dirname(path), `${basename(path).slice(0, dot)}-${hash}${basename(path).slice(dot)}`);
  mkdirSync(dirname(join(staging, at)), { recursive: true });
  writeFileSync(join(staging, at), content);
  const integrity = sha384(content);
  kept[at] = integrity;
  return { at, integrity, bytes: content.length };
}

/** @param {string} path @param {string} [end] @returns {string[]} names in a folder, in order */
const names = (path, end = "") => (existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(end)).sort() : []);
/** Takes a file out of Trunk's output. @param {string} path */
function take(path) {
  const bytes = readFileSync(join(staging, path));
  rmSync(join(staging, path));
  return bytes;
}
/** Every tag that fits, with its address. @param {string} html @param {RegExp} pattern @returns {{ tag: string, href: string }[]} */
const tags = (html, pattern) => Array.from(html.matchAll(pattern), ([tag]) => ({ tag, href: (/\b(?:href|src)="(?:\.\/)?([^"]+)"/.exec(tag)?.[1]) ?? "" }));

// What is fetched when it is needed.
/** @type {Record<string, { bytes: Uint8Array, file: ReturnType<typeof put> }>} */
const fetched = {};
for (const engine of ["cpu", "gpu"]) {
  const bytes = take(`engine/${engine}.wasm.zst`);
  fetched[`engine/${engine}.wasm.zst`] = { bytes, file: put(`engine/${engine}.wasm.zst`, bytes) };
}
const weights = names(join(ROOT, "data/weights"), ".safetensors").map((name) => `weights/${name}`);
for (const path of [...weights, "results/gtsrb.json", "results/accuracy.svg", "results/checks.json"]) {
  const bytes = readFileSync(join(ROOT, "data", path));
  fetched[path] = { bytes, file: put(path, bytes) };
}
for (const [language, table] of Object.entries(await words())) {
  const bytes = Buffer.from(JSON.stringify(table));
  fetched[`words/${language}.json`] = { bytes, file: put(`words/${language}.json`, bytes) };
}
const signs = names(join(ROOT, "data/signs"), ".svg").map((name) => readFileSync(join(ROOT, "data/signs", name), "utf8").trim().replace(/>\s+</g, "><"));
const { worker, glue } = await scripts({ cpu: take("engine/cpu.js").toString("utf8"), gpu: take("engine/gpu.js").toString("utf8") });

let html = readFileSync(join(staging, "index.html"), "utf8");
const styles = tags(html, /[ \t]*<link[^>]*\brel="stylesheet"[^>]*>\n?/g);
const style = await minifyStyle(styles.map(({ href }) => take(href).toString("utf8")).join("\n"));
const icon = tags(html, /<link[^>]*\brel="icon"[^>]*>/g)[0];
const [first, script] = tags(html, /[ \t]*<script[^>]*\bsrc="app\/(?:fallback|main)\.js"[^>]*><\/script>\n?/g);
if (!icon || !first || !script || styles.length === 0) throw new Error("index.html lacks its icon, its script or its styles");
const iconBytes = take(icon.href);
for (const { tag } of [...styles, script]) html = html.replace(tag, "");
// Before all else, so that it sees what becomes of the others.
const speaks = await fallback();
if (/<\/script/i.test(speaks)) throw new Error("the first script would end too early");
const allowed = `'sha256-${createHash("sha256").update(speaks).digest("base64")}'`;
html = html.replace(first.tag, "").replace(/(<meta http-equiv="Content-Security-Policy"[^>]*>)/, (meta) => `${meta}\n  <script>${speaks}</script>`);

/** The built page has these before its end of head. @param {string} lines */
const withHead = (lines) => html.replace("</head>", () => `${lines}</head>`);
const constants = { SIGNS: signs, WORKER: worker, GLUE: glue };
{
  const made = await inputs({ ...constants, FILES: {}, SINGLE: false, OFFLINE: null });
  const bytes = Buffer.from(notices(libraries(made)));
  fetched["notices.txt"] = { bytes, file: put("notices.txt", bytes) };
}

// The single file.
{
  const FILES = Object.fromEntries(Object.entries(fetched).map(([path, { bytes }]) => [path, { at: path, integrity: "", bytes: bytes.length }]));
  const code = await page({ ...constants, FILES, SINGLE: true, OFFLINE: null });
  const built = singleFile({ html, allowed, style, code, icon: iconBytes, data: Object.entries(fetched).map(([path, { bytes }]) => [path, bytes]) });
  writeFileSync(join(staging, "fool-the-sign.html"), built);
}

// The folder.
html = html.replace("script-src 'self'", () => `script-src 'self' ${allowed}`);
const manifest = JSON.parse(readFileSync(join(ROOT, "www/manifest.webmanifest"), "utf8"));
for (const entry of manifest.icons) entry.src = put(entry.src, readFileSync(join(ROOT, "www", entry.src))).at;
const FILES = Object.fromEntries(Object.entries(fetched).map(([path, { file }]) => [path, file]));
const main = put("main.js", await page({ ...constants, FILES, SINGLE: false, OFFLINE: developing ? null : "sw.js" }));
const css = put("style.css", style);
/** @type {Record<string, string>} */
const moved = {};
for (const { tag, href } of tags(html, /<link[^>]*\brel="(?:manifest|apple-touch-icon)"[^>]*>/g)) {
  const content = extname(href) === ".webmanifest" ? JSON.stringify(manifest) : readFileSync(join(ROOT, "www", href));
  moved[tag] = tag.replace(href, put(href, content).at);
}
html = withHead(`  <link rel="stylesheet" href="${css.at}" integrity="${css.integrity}">
  <script defer src="${main.at}" integrity="${main.integrity}"></script>\n`);
html = html.replace(icon.tag, `<link rel="icon" type="image/svg+xml" href="${put("icon.svg", iconBytes).at}">`);
for (const [tag, instead] of Object.entries(moved)) html = html.replace(tag, instead);
writeFileSync(join(staging, "index.html"), html);
kept[""] = sha384(html);
if (!developing) writeFileSync(join(staging, "sw.js"), await serviceWorker(kept, shortHash(JSON.stringify(kept))));
