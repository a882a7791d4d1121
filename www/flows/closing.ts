// When the tab is hidden, frozen or closed: the running training is kept at once, and closing asks while work would be lost.

import type { Checkpoints } from "../keep/checkpoints.js";
import type { Storage } from "../keep/storage.js";
import { busy } from "../state/select.js";
import type { Store } from "../state/store.js";
import type { State } from "../state/types.js";

/** An attack that has taken less than this is done again sooner than a question is answered. */
const SHORT_ATTACK_MS = 5000;

/** Whether work runs that would be lost. @param now in milliseconds since 1970 */
export const works = (state: State, now: number): boolean =>
  busy(state) && state.job !== null && (state.job.job !== "attack" || now - state.job.started >= SHORT_ATTACK_MS);

interface Parts { store: Store; checkpoints: Pick<Checkpoints, "hidden">; storage: Pick<Storage, "unsaved"> }

export function guardClosing({ store, checkpoints, storage }: Parts, window: EventTarget, document: EventTarget & { readonly visibilityState: string }) {
  window.addEventListener("beforeunload", (event) => {
    if (works(store.get(), Date.now()) || storage.unsaved) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") checkpoints.hidden();
  });
  document.addEventListener("freeze", () => checkpoints.hidden());
  window.addEventListener("pagehide", () => checkpoints.hidden());
}
