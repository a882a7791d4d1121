// The running training, kept so that it can go on after a crash, a reload, or a closed tab: asked of the engine at each
// validation and at least every half minute, and written new for old in one step.

import type { Client } from "../engine/client.js";
import type { Ending } from "../engine/rpc.js";
import { busy } from "../state/select.js";
import type { Store } from "../state/store.js";
import type { Event, Place, Resumable } from "../state/types.js";
import type { Storage } from "./storage.js";

export type Checkpoints = ReturnType<typeof createCheckpoints>;

const KIND = "checkpoint";
const NAME = "training";
const EVERY_MS = 20_000;

/** What is kept of a checkpoint beside its bytes, read back. */
function resumable(meta: Record<string, unknown>, saved: number): Resumable | null {
  const { kind, model, step, steps } = meta;
  if ((kind !== "train" && kind !== "train_purifier") || typeof model !== "string" || typeof step !== "number" || typeof steps !== "number") return null;
  return { kind, model, step, steps, saved };
}

export function createCheckpoints(store: Store, client: Client<Place>, storage: Storage) {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** One at a time. */
  let asking = false;
  /** Counts trainings: a checkpoint of one that has ended is dropped. */
  let turn = 0;
  let running = false;

  async function take() {
    if (asking || !running || !busy(store.get()) || !store.get().job?.begun) return;
    asking = true;
    const mine = turn;
    try {
      const events = await client.ask({ type: "checkpoint" }, null);
      const found = events.find((event) => event.type === "checkpoint");
      if (found?.type !== "checkpoint" || mine !== turn || !running) return;
      const { bytes, kind, model, step, steps } = found;
      await storage.put(KIND, NAME, bytes, { kind, model, step, steps });
    } finally {
      asking = false;
    }
  }

  async function forget() {
    store.set({ resumable: null });
    await storage.remove(KIND, NAME);
  }
  async function look() {
    const found = await storage.get(KIND, NAME);
    store.set({ resumable: found?.data instanceof Uint8Array ? resumable(found.entry.meta, found.entry.saved) : null });
  }

  return {
    take, look, forget,
    begin() {
      turn += 1;
      running = true;
      store.set({ resumable: null });
      clearInterval(timer);
      timer = setInterval(() => void take(), EVERY_MS);
    },
    /** It has ended: unless the engine was lost, there is nothing to go on with. */
    async end(ending: Ending) {
      turn += 1;
      running = false;
      clearInterval(timer);
      if (ending === "lost") await look();
      else await forget();
    },
    /** At a validation. */
    notice(event: Event) {
      if (event.type === "validation") void take();
    },
    async bytes(): Promise<Uint8Array<ArrayBuffer> | null> {
      const found = await storage.get(KIND, NAME);
      return found?.data instanceof Uint8Array ? found.data : null;
    },
  };
}
