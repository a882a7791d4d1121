// What the browser keeps, as far as a person looks at it: a list, how much room there is, and data sets for the next visit.

import { keepDataset, keptDatasets, openKept } from "../keep/datasets.js";
import type { Storage } from "../keep/storage.js";
import type { Store } from "../state/store.js";
import type { DroppedFile } from "../state/types.js";

export type { Entry } from "../keep/storage.js";
export type { KeptSet } from "../keep/datasets.js";

export type Kept = ReturnType<typeof keptFlow>;

export function keptFlow(store: Store, storage: Storage) {
  return {
    /** Everything that takes room, the latest first. */
    entries: async () => (await storage.list()).filter(({ size }) => size > 0).sort((a, b) => b.saved - a.saved),
    room: () => storage.estimate(),
    sets: () => keptDatasets(storage),
    /** Keeps the data set that is open. Tells whether it is saved. */
    async keepSet(): Promise<boolean> {
      const { data, dataFiles } = store.get();
      return data?.set ? keepDataset(storage, data.name, dataFiles).catch(() => false) : false;
    },
    /** Its files, to be opened. */
    filesOf: (set: string): Promise<DroppedFile[]> => openKept(storage, set),
  };
}
