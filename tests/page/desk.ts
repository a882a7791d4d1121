// The page's parts wired together as app/main.ts does it, without views, with a storage and engines of the test's own.

import "./world.js";
import { createClient } from "../../www/engine/client.js";
import { createDesk } from "../../www/flows/desk.js";
import { createCheckpoints } from "../../www/keep/checkpoints.js";
import { createKeeper } from "../../www/keep/keeper.js";
import { createStorage } from "../../www/keep/storage.js";
import { reduce } from "../../www/state/reduce.js";
import { createStore, freshSession, initialState } from "../../www/state/store.js";
import type { Place } from "../../www/state/types.js";
import type { engine } from "./world.js";

type Engine = ReturnType<typeof engine>;

/** Whoever is asked says yes, and there are no data sets. */
export const ways = { files: { load: async () => {}, closeData: async () => {} }, sure: async () => true };

/** @param name of the database, so that two of them can be two tabs of one page @param room for an engine, in bytes */
export function tab(name: string, room = 2 ** 32) {
  const clock = { ms: 0 };
  const troubles: string[] = [];
  const failures: unknown[] = [];
  const store = createStore(initialState(), (error) => { throw error; });
  const storage = createStorage({ trouble: (words) => { if (words) troubles.push(JSON.stringify(words)); }, changed() { checkpoints.changed(); } }, name);
  const client = createClient<Place>({
    heard(events, at) {
      for (const { event, job, place, command } of events) {
        if (event.type === "ready") store.set({ device: { ...store.get().device, phase: "ready", kind: "cpu" } });
        store.update((state) => reduce(state, { type: "event", event, job, at, place }));
        keeper.notice(event, command);
        checkpoints.notice(event);
      }
    },
  });
  const keeper = createKeeper(store, client, storage, (error) => failures.push(error), { has: false, load: async () => null }, room);
  const checkpoints = createCheckpoints(store, client, storage, () => clock.ms);
  const desk = createDesk(store, client);

  return {
    store, storage, client, keeper, checkpoints, desk, troubles, failures, clock,
    /** A fresh engine takes the place of the last one. */
    async start(one: Engine) {
      store.set(freshSession());
      client.connect(one.port, () => {});
      one.ready();
      await keeper.restore();
      await checkpoints.look();
    },
    /** The engine ends, whatever it does, and what it had is gone. */
    end() {
      client.end();
      store.set(freshSession());
    },
    /** A model with bytes of its own. */
    add: (model: string, bytes = model) => desk.ask({ type: "import_model", name: model, bytes: new TextEncoder().encode(bytes), architecture: null }, "shelf"),
    shelf: () => [...store.get().models.keys()],
    async order(): Promise<unknown> {
      return (await storage.get("shelf", "shelf"))?.entry.meta["names"];
    },
    /** The models that are stored, with what is in them. */
    async stored(): Promise<Record<string, string>> {
      const found: Record<string, string> = {};
      for (const { kind, name: model } of await storage.list()) {
        const data = kind === "model" ? (await storage.get(kind, model))?.data : null;
        if (data instanceof Uint8Array) found[model] = new TextDecoder().decode(data);
      }
      return found;
    },
  };
}
