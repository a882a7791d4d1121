// The one module that knows where bytes come from: a folder on any host, or the single file with everything inside.
// Everything is relative to the page, so the page works at any path; every file's hash is checked by the browser.

import { t } from "../words/i18n.js";
import { words, type Words } from "../words/say.js";
import { FILES, GLUE, OFFLINE, SIGNS, SINGLE, WORKER } from "./built.js";
import type { ToWorker } from "./rpc.js";

/** `message` as it was thrown, for the report; `words` for the person. */
export interface Failure { code: string; message: string; words: Words }

const base = new URL("./", document.baseURI);

/** Address of the service worker, where this build has one. */
export const SERVICE_WORKER = OFFLINE && new URL(OFFLINE, base).href;
/** Bytes of everything that is fetched when it is needed: what a copy for later takes, but for a little. */
export const FETCHED_BYTES = Object.values(FILES).reduce((sum, { bytes }) => sum + bytes, 0);

/** Text of base64 → bytes, in pieces that the browser can hold twice. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
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

/** @param path in the sources */
async function load(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = FILES[path];
  if (!file) throw new Error(`this build has no ${path}`);
  if (SINGLE) return fromBase64(document.getElementById(file.at)?.textContent ?? "");
  const response = await fetch(new URL(file.at, base), { integrity: file.integrity });
  if (!response.ok) throw new Error(t("engine.not-fetched", file.at, response.status));
  return new Uint8Array(await response.arrayBuffer());
}

const signs = SIGNS.map((svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`);
const NOTHING = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
/** @param index class, 0 to 42 @returns its drawing; nothing to be seen where there is none */
export const signUrl = (index: number): string => signs[index] ?? NOTHING;

const WEIGHTS = /^weights\/(.+)\.safetensors$/;
/** Names of the trained networks that come with the page. */
export const WEIGHT_NAMES: string[] = Object.keys(FILES).flatMap((path) => WEIGHTS.exec(path)?.[1] ?? []);
/** Bytes of its file. @param name one of `WEIGHT_NAMES` */
export const weightBytes = (name: string): number => FILES[`weights/${name}.safetensors`]?.bytes ?? 0;
/** A trained network that comes with the page, as safetensors. @param name one of `WEIGHT_NAMES` */
export const loadWeights = (name: string) => load(`weights/${name}.safetensors`);

/** The figures of the project: records as JSON, the picture that was made from them, and what came of their checks, as JSON. */
export async function loadResults() {
  const paths = ["results/gtsrb.json", "results/accuracy.svg", "results/checks.json"];
  const [json = "", svg = "", checks = "[]"] = await Promise.all(paths.map(async (path) => new TextDecoder().decode(await load(path))));
  return { json, svg, checks };
}

/** The words of a language other than English, in the order of the English ones. */
export const loadWords = async (language: string): Promise<string[]> => JSON.parse(new TextDecoder().decode(await load(`words/${language}.json`)));

/** The licences of everything that is in the page and its engines, as text. */
export const loadNotices = async () => new TextDecoder().decode(await load("notices.txt"));

/** The page allows scripts from this one place only: the worker's, which is made of what the build has put into the page. */
interface Policies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } }
declare global {
  // Browsers without them take any address.
  var trustedTypes: Policies | undefined;
}
const policy = globalThis.trustedTypes?.createPolicy("engine", {
  createScriptURL(url) {
    if (!url.startsWith("blob:") && url !== SERVICE_WORKER) throw new TypeError(`no script of this page: ${url}`);
    return url;
  },
});
/** As the browser wants an address of a script: the worker's, or the service worker's, and no other. */
export const trusted = (url: string): string => policy?.createScriptURL(url) ?? url;

/** An engine as it was fetched, and as the first worker has compiled it: a fresh worker starts at once. */
const engines = new Map<string, { packed: Promise<Uint8Array> } | { module: WebAssembly.Module }>();

function engine(device: "gpu" | "cpu") {
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
 * @param failed called if the engine's program cannot be had
 */
export function startEngine(device: "gpu" | "cpu", failed: (failure: Failure) => void): Worker {
  const url = URL.createObjectURL(new Blob([GLUE[device], "\n", WORKER], { type: "text/javascript" }));
  const worker = new Worker(trusted(url), { name: "engine" });
  // Revoked later: revoking at once can be too early for the fetch of the script.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  worker.addEventListener("message", (event) => {
    if (event.data.kind !== "compiled") return;
    event.stopImmediatePropagation();
    engines.set(device, { module: event.data.module });
  });
  const start = (program: { packed: Uint8Array } | { module: WebAssembly.Module }) => {
    const message: ToWorker = { kind: "start", device, ...program };
    worker.postMessage(message);
  };
  const program = engine(device);
  if ("module" in program) start(program);
  else {
    program.packed.then((packed) => start({ packed }), (error) => {
      const message = error instanceof Error ? error.message : String(error);
      failed({ code: "load", message, words: words("engine.not-loaded", device.toUpperCase(), { text: message }) });
    });
  }
  return worker;
}
