// Keeps one consistent version of the page for use without a network. A version is a list of files with their hashes: it is
// taken in whole or not at all, and a new one waits beside it until a person says so. The build puts the list in.

export {};

interface Lasting { waitUntil(promise: Promise<unknown>): void }
interface Fetching extends Lasting { readonly request: Request; respondWith(answer: Promise<Response>): void }

/** What is used here of a service worker's global scope. */
declare const self: {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", heard: (event: Lasting) => void): void;
  addEventListener(type: "message", heard: (event: { data: unknown }) => void): void;
  addEventListener(type: "fetch", heard: (event: Fetching) => void): void;
};
/** Address below the page's → integrity; the page itself has the empty one. Put in by the build. */
declare const FILES: Record<string, string>;
/** Put in by the build. */
declare const VERSION: string;

const files = FILES;
const base = self.registration.scope;
// Other copies of the page, at other paths of the same host, have caches of their own.
const OURS = `fool-the-sign ${base} `;
const cacheName = OURS + VERSION;

const at = (path: string): string => new URL(path, base).href;

/** A file whose name holds its hash, from an earlier version: it need not be fetched again. */
async function fromBefore(path: string): Promise<Response | undefined> {
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
  await self.clients.claim();
}

async function answer(path: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(cacheName)).match(at(path));
  // The browser may have thrown the cache away.
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => {
  if (data === "use the new version") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0] ?? "";
  if (request.method !== "GET" || !address.startsWith(base)) return;
  const below = address.slice(base.length);
  const path = below === "index.html" ? "" : below;
  if (Object.hasOwn(files, path)) event.respondWith(answer(path, request));
});
