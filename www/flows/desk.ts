// What every flow works with: the state, the engine, and whether something may be begun now.

import type { Client } from "../engine/client.js";
import type { Result, Sent } from "../engine/rpc.js";
import { beforeOf, complained, reduce, type Before } from "../state/reduce.js";
import { busy, changeable, held } from "../state/select.js";
import type { Store } from "../state/store.js";
import type { Command, Event, JobKind, OutcomeReport, Place, Position, Settings } from "../state/types.js";
import type { Words } from "../words/say.js";

export type Desk = ReturnType<typeof createDesk>;

export function createDesk(store: Store, client: Client<Place>) {
  const ready = () => store.get().device.phase === "ready";

  function clear(place: Place) {
    const { messages } = store.get();
    if (messages[place]) store.set({ messages: { ...messages, [place]: undefined } });
  }

  /** The state takes in that a job was asked for, at once, so that nothing else is begun beside it. */
  function asked(id: number, kind: JobKind, command: Command, place: Place | null, from?: Position): Before {
    const before = beforeOf(store.get());
    store.update((state) => reduce(state, { type: "asked", id, kind, command, place, at: Date.now(), ...(from ? { from } : {}) }));
    return before;
  }

  return {
    store, client, ready, clear, asked,
    /** Whether a job may be begun. */
    free: () => ready() && !busy(store.get()),
    /** Whether the picture may be changed. */
    loose: () => ready() && !held(store.get()),
    complain(place: Place, code: string, message: Words) {
      store.update((state) => complained(state, { place, code, message }));
    },
    /** What a person sets, by hand or through a file; what a teacher has fixed stays. */
    settings(values: Settings) {
      for (const [key, value] of Object.entries(changeable(store.get(), values))) store.setting(key, value);
    },
    /** Sends a command; an error in the answer is told in the panel. */
    send(command: Command, place: Place, transfer?: Transferable[]): Sent {
      clear(place);
      return client.run(command, place, transfer);
    },
    /** The same, and waits for the answer. @param transfer what is handed over, and not needed here any more */
    ask(command: Command, place: Place | null, transfer?: Transferable[]): Promise<Event[]> {
      if (place) clear(place);
      return client.ask(command, place, transfer);
    },
    /** Begins a job, and tells how it ended. @param from where a training goes on */
    async begin(kind: JobKind, command: Command, place: Place, { from, transfer }: { from?: Position; transfer?: Transferable[] } = {}): Promise<Result> {
      clear(place);
      const sent = client.run(command, place, transfer);
      const before = asked(sent.id, kind, command, place, from);
      await sent.answer;
      store.update((state) => reduce(state, { type: "refused", id: sent.id, before }));
      return sent.done;
    },
  };
}

/** What came of an attack. */
export const outcomeOf = ({ ending, events }: Result): OutcomeReport | null => {
  const found = ending === "finished" ? events.findLast((event) => event.type === "outcome") : undefined;
  return found?.type === "outcome" ? found : null;
};

/** A file's name to show: short, and without characters that turn the writing around. */
export const plainName = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 80);

/** A name that no model has. */
export function freeName(wish: string, taken: string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wish : `${wish} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

