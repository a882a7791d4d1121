// A static host with nothing to it: the built page under a sub-path, as any host would serve it. It remembers what it was asked for.

import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What is tested: the built page, or another build of it. */
export const DIST = process.env["DIST"] || join(ROOT, "dist");

/** The name of a built file, which holds its hash. @param {string} path without it, e.g. `engine/cpu.wasm.zst` @param {string} [root] */
export function built(path, root = DIST) {
  const [stem = "", end = ""] = path.split(/(?<=^[^.]*)(?=\.)/);
  const folder = join(root, dirname(path));
  const found = readdirSync(folder).filter((name) => `${dirname(path)}/${name}`.replace(/^\.\//, "").replace(/-[0-9a-f]{16}/, "") === stem + end);
  if (found.length !== 1) throw new Error(`${path}: ${found.length} files in the build`);
  return `${dirname(path)}/${found[0]}`.replace(/^\.\//, "");
}

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png", ".webmanifest": "application/manifest+json",
};

/** @typedef {{ status: number, type: string, body: Uint8Array | string, seconds?: number }} Answer `seconds`: how long a browser may keep it */
/**
 * @typedef {object} Site
 * @property {string} url address of the page
 * @property {string} origin
 * @property {{ method: string, path: string }[]} log every request, with its path below the page's
 * @property {Map<string, Answer>} replace path below the page's → what is answered instead of the file
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ root?: string, path?: string }} [options] folder, and where it appears
 * @returns {Promise<Site>}
 */
export async function serve({ root = DIST, path = "/some/where/else/" } = {}) {
  /** @type {Site["log"]} */
  const log = [];
  /** @type {Site["replace"]} */
  const replace = new Map();

  /** @param {string} method @param {string} url @returns {Answer} */
  function answer(method, url) {
    /** @param {number} status @returns {Answer} */
    const refuse = (status) => ({ status, type: "text/plain", body: `${status}` });
    let asked;
    try {
      asked = decodeURIComponent(url.split(/[?#]/)[0] ?? "");
    } catch {
      return refuse(400);
    }
    const below = asked.startsWith(path) ? asked.slice(path.length) : null;
    log.push({ method, path: below ?? `outside: ${asked}` });
    if (method !== "GET" && method !== "HEAD") return refuse(405);
    if (below === null) return refuse(404);
    if (below.includes("\0") || below.split(/[/\\]/).includes("..")) return refuse(403);
    const instead = replace.get(below);
    if (instead) return instead;
    const file = normalize(join(root, below === "" || below.endsWith("/") ? `${below}index.html` : below));
    if (!file.startsWith(resolve(root) + sep)) return refuse(403);
    try {
      return { status: 200, type: TYPES[extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
    } catch {
      return refuse(404);
    }
  }

  const server = createServer((request, response) => {
    const { status, type, body, seconds } = answer(request.method ?? "", request.url ?? "");
    response.writeHead(status, { ...(seconds === undefined ? {} : { "cache-control": `max-age=${seconds}` }), "content-type": type,
      "content-length": typeof body === "string" ? Buffer.from(body).length : body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise((ready) => { server.listen(0, "127.0.0.1", () => ready(undefined)); });
  // A test that fails before it has closed its server must not keep the run from ending.
  server.unref();
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: origin + encodeURI(path), origin, log, replace,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}
