// The one module that knows where bytes come from. Everything is relative to the page, so the page works at any path.

const base = new URL("./", document.baseURI);

/** @param {string} path @returns {string} */
const at = (path) => new URL(path, base).href;

/** @param {"gpu" | "cpu"} device @returns {{ glue: string, wasm: string }} the engine's script and its program */
export const engineUrls = (device) => ({ glue: at(`engine/${device}.js`), wasm: at(`engine/${device}_bg.wasm`) });

/** @param {number} index class, 0 to 42 @returns {string} */
export const signUrl = (index) => at(`signs/${String(index).padStart(2, "0")}.svg`);

/** The network that comes with the page; none where it is missing. @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
export async function shippedWeights() {
  try {
    const answer = await fetch(at("weights/lenet.safetensors"));
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/**
 * A worker that runs js/engine/worker.js. It is started from a Blob of one line, because such a worker inherits the
 * page's content security policy; one started from an address would not, on a host that sends no headers.
 * @returns {Worker}
 */
export function startWorker() {
  const line = `importScripts(${JSON.stringify(at("js/engine/worker.js"))});`;
  const url = URL.createObjectURL(new Blob([line], { type: "text/javascript" }));
  const worker = new Worker(url, { name: "engine" });
  // Revoked later: revoking at once can be too early for the fetch of the script.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return worker;
}
