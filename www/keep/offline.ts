// The copy of the page that the browser keeps for use without a network: made after the first picture, so that it delays
// nothing; a new version waits until the person says so.

import { SERVICE_WORKER, trusted } from "../engine/assets.js";
import type { Store } from "../state/store.js";
import type { Offline } from "../state/types.js";
import { t } from "../words/i18n.js";
import { SILENCE, words, type Words } from "../words/say.js";

export type OfflineCopy = ReturnType<typeof createOffline>;

declare global {
  // Chromium's only.
  interface Navigator { readonly connection?: { readonly saveData?: boolean } }
}

/** How long the page is left alone after its first picture. */
const QUIET_MS = 3000;
const LOOK_EVERY_MS = 60 * 60_000;

/** Why there can be no copy, as a sentence; none if there can. */
function obstacle(address: string | null): Words | null {
  if (!address) return location.protocol === "file:" ? words("offline.single") : words("offline.no-worker");
  if (!self.isSecureContext) return words("offline.insecure");
  try {
    return navigator.serviceWorker ? null : words("offline.unable");
  } catch {
    // In a sandboxed frame it may not even be looked at.
    return words("offline.unable");
  }
}

/** @param address of the service worker, where this build has one */
export function createOffline(store: Store, address = SERVICE_WORKER) {
  let registration: ServiceWorkerRegistration | null = null;
  let begun = false;
  /** Whether this window asked for the new version. */
  let asked = false;

  const phase = (phase: Offline["phase"], reason: Words = SILENCE) => store.set({ offline: { phase, reason } });
  const reason = obstacle(address);
  phase(reason ? "none" : navigator.serviceWorker.controller ? "kept" : "waiting", reason ?? undefined);

  function look() {
    if (!registration) return;
    const { installing, waiting, active } = registration;
    if (waiting && navigator.serviceWorker.controller) phase("update");
    else if (installing && !active) phase("saving");
    else if (active) phase("kept");
  }

  function follow(worker: ServiceWorker | null) {
    look();
    worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant" && !registration?.active) phase("failed", words("offline.incomplete"));
      else look();
    });
  }

  async function keep() {
    if (begun || reason || !address) return;
    begun = true;
    const { serviceWorker } = navigator;
    const before = serviceWorker.controller;
    serviceWorker.addEventListener("controllerchange", () => {
      if (asked) location.reload();
      // Another window has changed over; what this one has loaded goes on, but what it would still fetch may be gone.
      else if (before) phase("elsewhere");
    });
    try {
      registration = await serviceWorker.register(trusted(address), { updateViaCache: "none" }) ?? null;
      if (!registration) throw new Error(t("offline.not-taken"));
      registration.addEventListener("updatefound", () => follow(registration?.installing ?? null));
      follow(registration.installing);
      setInterval(() => void registration?.update().catch(() => {}), LOOK_EVERY_MS);
    } catch (error) {
      // Without a network, an installed page asks in vain for a newer version.
      if (before) phase("kept");
      else phase("failed", words("offline.refused", error instanceof Error ? error.message : String(error)));
    }
  }

  return {
    keep,
    /** A while after the first picture; where the visitor saves data, only when told to. */
    keepSoon() {
      if (navigator.connection?.saveData && !navigator.serviceWorker?.controller) return;
      setTimeout(() => void keep(), QUIET_MS);
    },
    /** Changes over to the version that waits: the page is loaded anew. */
    use() {
      asked = true;
      registration?.waiting?.postMessage("use the new version");
    },
    reload: () => location.reload(),
  };
}
