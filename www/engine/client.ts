// The engine that the page speaks to. Whoever sends a command gets a handle: its answer, and how its work ended. The engine may
// be exchanged for a fresh one at any time; what was asked of the old one is then lost, and told as that.

import type { Command, Event, FileEvent } from "./protocol.js";
import { link, type Ears, type Link, type Port, type Sent, type Tagged, type Trouble } from "./rpc.js";

export type Client<P extends Panel> = ReturnType<typeof createClient<P>>;

/** The panel that an error in the answer is told to; none for what the page does by itself. */
type Panel = string | null;

export interface Hooks<P extends Panel> {
  /** Takes in what the engine says. `command` is what it answers. */
  heard(events: (Tagged & { place: P | null; command: Command | null })[], at: number): void;
}

export function createClient<P extends Panel>(hooks: Hooks<P>) {
  let current: Link | null = null;
  let generation = 0;
  const asked = new Map<number, { command: Command; place: P | null }>();

  function post(command: Command, place: P | null, transfer?: Transferable[]): Sent {
    if (!current) return { id: 0, answer: Promise.resolve([]), done: Promise.resolve({ ending: "lost", events: [] }) };
    const sent = current.send(command, transfer);
    asked.set(sent.id, { command, place });
    void sent.done.then(() => asked.delete(sent.id));
    return sent;
  }

  return {
    /** Counts engines. */
    get generation() { return generation; },
    get running() { return current !== null; },
    /** Speaks to this worker from now on. @param failed called if it stops by itself */
    connect(port: Port, failed: (trouble: Trouble) => void): Link {
      current?.close();
      generation += 1;
      asked.clear();
      const ears: Ears = {
        events(events, at, id) {
          if (current !== mine) return;
          const question = id === null ? undefined : asked.get(id);
          hooks.heard(events.map((one) => {
            const by = question ?? (one.job === null ? undefined : asked.get(one.job));
            return { ...one, place: by?.place ?? null, command: question?.command ?? null };
          // What the page does by itself is not a person's mistake: whoever asked is told, no panel is.
          }).filter(({ event }) => !(event.type === "error" && question && question.place === null)), at);
        },
        trouble(trouble) {
          if (current !== mine) return;
          current = null;
          failed(trouble);
        },
      };
      const mine = link(port, ears);
      current = mine;
      return mine;
    },
    /** Ends the engine at once, whatever it does. */
    end() {
      current?.close();
      current = null;
      generation += 1;
      asked.clear();
    },
    /** Sends a command that begins a job, or any other. */
    run: (command: Command, place: P | null, transfer?: Transferable[]): Sent => post(command, place, transfer),
    /** Sends a command, and waits for its answer, which the state has taken in by then. Nothing if the engine ends before. */
    ask: (command: Command, place: P | null, transfer?: Transferable[]): Promise<Event[]> => post(command, place, transfer).answer,
    /** A model's file; nothing if the engine ends before, or has no such model. */
    async file(name: string, purifier: boolean, place: P | null = null): Promise<FileEvent | null> {
      const events = await post({ type: "export_model", name, purifier }, place).answer;
      return events.find((event) => event.type === "file") ?? null;
    },
  };
}
