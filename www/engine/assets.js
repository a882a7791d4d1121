// The one module that knows where bytes come from: a folder on any host, or the single file with everything inside.
// Everything is relative to the page, so the page works at any path; every file's hash is checked by the browser.

/** @import { Words } from "../state/types.js" */
import { clause } from "../words/format.js";
import { t } from "../words/i18n.js";
import { FILES, GLUE, OFFLINE, SIGNS, SINGLE, WORKER } from "./files.js";

/** `message` as it was thrown, for the report; `words` for the person. @typedef {{ code: string, message: string, words: Words }} Failure */

const base = new URL("./", document.baseURI);

/** Address of the service worker, where this build has one. */
export const SERVICE_WORKER = OFFLINE && new URL(OFFLINE, base).href;
/** Bytes of everything that is fetched when it is needed: what a copy for later takes, but for a little. */
export const FETCHED_BYTES = Object.values(FILES).reduce((sum, { bytes }) => sum + bytes, 0);

/** Text of base64 → bytes, in pieces that the browser can hold twice. @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function fromBase64(text) {
  const PIECE = 1 << 20;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += PIECE) {
    const piece = atob(text.slice(at, at + PIECE));
    for (let i = 0; i < piece.length; i += 1) bytes[to + i] = piece.charCodeAt(i);
    to += piece.length;
  }
  return bytes;
}

/** @param {string} path in the sources @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function load(path) {
  const file = FILES[path];
  if (!file) throw new Error(`this build has no ${path}`);
  if (SINGLE) return fromBase64(document.getElementById(file.at)?.textContent ?? "");
  const response = await fetch(new URL(file.at, base), { integrity: file.integrity });
  if (!response.ok) throw new Error(t("engine.not-fetched", file.at, response.status));
  return new Uint8Array(await response.arrayBuffer());
}

const signs = SIGNS.map((svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`);
const NOTHING = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
let drawn = true;
/** Whether the classes are the signs that are drawn here: a data set may have others. @param {boolean} are */
export const classesAreSigns = (are) => { drawn = are; };
/** @param {number} index class, 0 to 42 @returns {string} its drawing; nothing to be seen where there is none */
export const signUrl = (index) => (drawn && signs[index]) || NOTHING;

const WEIGHTS = /^weights\/(.+)\.safetensors$/;
/** Names of the trained networks that come with the page. @type {string[]} */
export const WEIGHT_NAMES = Object.keys(FILES).flatMap((path) => WEIGHTS.exec(path)?.[1] ?? []);
/** A trained network that comes with the page, as safetensors. @param {string} name one of `WEIGHT_NAMES` */
export const loadWeights = (name) => load(`weights/${name}.safetensors`);

/** The figures of the project: records as JSON, the picture that was made from them, and what came of their checks, as JSON. */
export async function loadResults() {
  const paths = ["results/gtsrb.json", "results/accuracy.svg", "results/checks.json"];
  const [json = "", svg = "", checks = "[]"] = await Promise.all(paths.map(async (path) => new TextDecoder().decode(await load(path))));
  return { json, svg, checks };
}

/** An engine as it was fetched, and as the first worker has compiled it: a fresh worker starts at once. @type {Map<string, { packed: Promise<Uint8Array> } | { module: WebAssembly.Module }>} */
const engines = new Map();

/** @param {"gpu" | "cpu"} device */
function engine(device) {
  const known = engines.get(device);
  if (known) return known;
  const fetched = { packed: load(`engine/${device}.wasm.zst`) };
  engines.set(device, fetched);
  // What has failed once may be there at the next try.
  fetched.packed.catch(() => engines.delete(device));
  return fetched;
}

/**
 * Starts a worker with an engine. It runs from a Blob, because such a worker inherits the page's content security policy;
 * one started from an address would not, on a host that sends no headers.
 * @param {"gpu" | "cpu"} device
 * @param {(failure: Failure) => void} failed called if the engine's program cannot be had
 * @returns {Worker}
 */
export function startEngine(device, failed) {
  const url = URL.createObjectURL(new Blob([GLUE[device], "\n", WORKER], { type: "text/javascript" }));
  const worker = new Worker(url, { name: "engine" });
  // Revoked later: revoking at once can be too early for the fetch of the script.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  worker.addEventListener("message", (event) => {
    if (event.data.kind !== "compiled") return;
    event.stopImmediatePropagation();
    engines.set(device, { module: event.data.module });
  });
  const program = engine(device);
  if ("module" in program) worker.postMessage({ kind: "start", device, module: program.module });
  else {
    program.packed.then((packed) => worker.postMessage({ kind: "start", device, packed }),
      (error) => {
        const message = error instanceof Error ? error.message : String(error);
        failed({ code: "load", message, words: () => t("engine.not-loaded", device.toUpperCase(), clause(message)) });
      });
  }
  return worker;
}
