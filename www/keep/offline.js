// The copy of the page that the browser keeps for use without a network: made after the first picture, so that it delays
// nothing; a new version waits until the person says so.

/** @import { Offline, Words } from "../state/types.js" */
/** @import { Store } from "../state/store.js" */
import { SERVICE_WORKER, trusted } from "../engine/assets.js";
import { t } from "../words/i18n.js";
import { SILENCE, words } from "../words/say.js";

/** @typedef {ReturnType<typeof createOffline>} OfflineCopy */

/** How long the page is left alone after its first picture. */
const QUIET_MS = 3000;
const LOOK_EVERY_MS = 60 * 60_000;

/** Why there can be no copy, as a sentence; none if there can. @returns {Words | null} */
function obstacle() {
  if (!SERVICE_WORKER) return location.protocol === "file:" ? words("offline.single") : words("offline.no-worker");
  if (!self.isSecureContext) return words("offline.insecure");
  if (!("serviceWorker" in navigator)) return words("offline.unable");
  return null;
}

/** @param {Store} store */
export function createOffline(store) {
  /** @type {ServiceWorkerRegistration | null} */
  let registration = null;
  let begun = false;
  /** Whether this window asked for the new version. */
  let asked = false;

  /** @param {Offline["phase"]} phase @param {Words} [reason] */
  const phase = (phase, reason = SILENCE) => store.set({ offline: { phase, reason } });
  const reason = obstacle();
  phase(reason ? "none" : navigator.serviceWorker.controller ? "kept" : "waiting", reason ?? undefined);

  function look() {
    if (!registration) return;
    const { installing, waiting, active } = registration;
    if (waiting && navigator.serviceWorker.controller) phase("update");
    else if (installing && !active) phase("saving");
    else if (active) phase("kept");
  }

  /** @param {ServiceWorker | null} worker */
  function follow(worker) {
    look();
    worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant" && !registration?.active) phase("failed", words("offline.incomplete"));
      else look();
    });
  }

  async function keep() {
    if (begun || reason || !SERVICE_WORKER) return;
    begun = true;
    const { serviceWorker } = navigator;
    const before = serviceWorker.controller;
    serviceWorker.addEventListener("controllerchange", () => {
      if (asked) location.reload();
      // Another window has changed over; what this one has loaded goes on, but what it would still fetch may be gone.
      else if (before) phase("elsewhere");
    });
    try {
      registration = await serviceWorker.register(trusted(SERVICE_WORKER), { updateViaCache: "none" }) ?? null;
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
      const { saveData = false } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection ?? {};
      if (saveData && !navigator.serviceWorker?.controller) return;
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
