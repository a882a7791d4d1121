// Keeps one consistent version of the page for use without a network. A version is a list of files with their hashes: it is
// taken in whole or not at all, and a new one waits beside it until a person says so. The build puts the list in.

/** @typedef {{ waitUntil(promise: Promise<unknown>): void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith(answer: Promise<Response>): void }} Fetching */
const scope = /** @type {{ registration: { scope: string }, clients: { claim(): Promise<void> }, skipWaiting(): Promise<void>,
  addEventListener(type: string, listener: (event: any) => void): void }} */ (/** @type {unknown} */ (self));

/** Address below the page's → integrity; the page itself has the empty one. @type {Record<string, string>} */
// @ts-ignore -- put in by the build
const files = FILES;
/** @type {string} */
// @ts-ignore -- put in by the build
const version = VERSION;

const base = scope.registration.scope;
// Other copies of the page, at other paths of the same host, have caches of their own.
const OURS = `fool-the-sign ${base} `;
const cacheName = OURS + version;

/** @param {string} path */
const at = (path) => new URL(path, base).href;

/** A file whose name holds its hash, from an earlier version: it need not be fetched again. @param {string} path */
async function fromBefore(path) {
  if (path === "") return undefined;
  for (const key of await caches.keys()) {
    if (!key.startsWith(OURS) || key === cacheName) continue;
    const found = await (await caches.open(key)).match(at(path));
    if (found) return found;
  }
  return undefined;
}

async function install() {
  const cache = await caches.open(cacheName);
  for (const [path, integrity] of Object.entries(files)) {
    // There from an attempt that was cut short.
    if (await cache.match(at(path))) continue;
    const response = await fromBefore(path) ?? await fetch(at(path), { integrity, cache: path === "" ? "reload" : "default" });
    if (!response.ok) throw new Error(`${path || "the page"}: ${response.status}`);
    await cache.put(at(path), response);
  }
}

async function activate() {
  for (const key of await caches.keys()) if (key.startsWith(OURS) && key !== cacheName) await caches.delete(key);
  // So that what the open page fetches later, such as the GPU engine, comes from here too.
  await scope.clients.claim();
}

/** @param {string} path @param {Request} request @returns {Promise<Response>} */
async function answer(path, request) {
  const kept = await (await caches.open(cacheName)).match(at(path));
  // The browser may have thrown the cache away.
  return kept ?? fetch(request);
}

scope.addEventListener("install", (/** @type {Lasting} */ event) => event.waitUntil(install()));
scope.addEventListener("activate", (/** @type {Lasting} */ event) => event.waitUntil(activate()));
scope.addEventListener("message", ({ data }) => {
  if (data === "use the new version") void scope.skipWaiting();
});
scope.addEventListener("fetch", (/** @type {Fetching} */ event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0] ?? "";
  if (request.method !== "GET" || !address.startsWith(base)) return;
  const below = address.slice(base.length);
  const path = below === "index.html" ? "" : below;
  if (Object.hasOwn(files, path)) event.respondWith(answer(path, request));
});
