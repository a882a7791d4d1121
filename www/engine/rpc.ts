// One worker with an engine: commands go in under a number, and whoever sent one learns what came of it. Every event of a job
// carries the number of the command that began it, so nobody has to guess whose answer it sees.

import type { Said } from "./made/messages.js";
import type { Command, Event } from "./protocol.js";

/** How a command's work ended; `lost` if the engine ended first. */
export type Ending = "finished" | "cancelled" | "failed" | "lost";
/** What came of a command: the events of its answer, and those of its job, but for the reports of how far it is. */
export interface Result { ending: Ending; events: Event[] }
/** `job`: number of the command that began the job which the event belongs to. */
export interface Tagged { job: number | null; event: Event }

/** `memory`: how large the engine's was, in bytes; `said`: what it said of it itself. */
export interface Trouble { phase: "start" | "run"; code: string; message: string; log: string[]; memory?: number; said?: Said | null }
export type FromWorker =
  | { kind: "events"; events: Tagged[]; at: number; id: number | null }
  | ({ kind: "crash" } & Trouble);
export type ToWorker =
  | { kind: "start"; device: "gpu" | "cpu"; packed?: Uint8Array; module?: WebAssembly.Module }
  | { kind: "command"; id: number; command: Command };

/** The part of a Worker that is used here; tests have another. */
export interface Port {
  postMessage(message: ToWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", heard: (event: { data: FromWorker }) => void): void;
  addEventListener(type: "messageerror", heard: () => void): void;
  addEventListener(type: "error", heard: (event: { message?: string; preventDefault(): void }) => void): void;
  terminate(): void;
}

export interface Sent {
  id: number;
  /** The events of its answer; none if the engine ends before it answers. */
  answer: Promise<Event[]>;
  /** The end of its job, or of the command where it begins none. */
  done: Promise<Result>;
}

export interface Ears {
  /** A batch of events; `id`: of the command that they answer. */
  events(events: Tagged[], at: number, id: number | null): void;
  /** The engine has stopped; nothing comes after this. */
  trouble(trouble: Trouble): void;
}

export type Link = ReturnType<typeof link>;

/** Numbers are never used twice, whatever engine they go to. */
let lastId = 0;

/** What is said of how far a job is grows without end, and is in the state already. */
const PASSING = new Set<Event["type"]>(["training", "attacking", "loading", "measured", "sticking"]);

interface Pending {
  answered: boolean;
  begun: boolean;
  events: Event[];
  answer(events: Event[]): void;
  done(result: Result): void;
}

export function link(port: Port, ears: Ears) {
  const pending = new Map<number, Pending>();
  let ended = false;

  /** Everything that is still waited for is lost. */
  function close() {
    ended = true;
    port.terminate();
    const lost = [...pending.values()];
    pending.clear();
    for (const one of lost) {
      one.answer([]);
      one.done({ ending: "lost", events: one.events });
    }
  }
  function fail(trouble: Trouble) {
    if (ended) return;
    close();
    ears.trouble(trouble);
  }

  function settle(id: number, ending: Ending) {
    const one = pending.get(id);
    pending.delete(id);
    one?.done({ ending, events: one.events });
  }

  /** The state takes events in first; then those who wait for them are told. */
  function hear(events: Tagged[], at: number, id: number | null) {
    try {
      ears.events(events, at, id);
    } finally {
      const endings: [number, Ending][] = [];
      for (const { job, event } of events) {
        const one = job === null ? undefined : pending.get(job);
        if (!one || job === null) continue;
        if (!PASSING.has(event.type) && job !== id) one.events.push(event);
        if (event.type !== "job") continue;
        if (event.state === "running" || event.state === "paused") one.begun = true;
        else endings.push([job, event.state]);
      }
      const asked = id === null ? undefined : pending.get(id);
      if (asked && id !== null) {
        const answer = events.map(({ event }) => event);
        asked.answered = true;
        asked.events.push(...answer);
        asked.answer(answer);
        if (!asked.begun) settle(id, answer.some(({ type }) => type === "error") ? "failed" : "finished");
      }
      for (const [job, ending] of endings) settle(job, ending);
    }
  }

  port.addEventListener("message", ({ data }) => {
    if (ended) return;
    if (data.kind === "crash") fail(data);
    else hear(data.events, data.at, data.id);
  });
  port.addEventListener("messageerror", () => fail({ phase: "run", code: "worker", message: "", log: [] }));
  port.addEventListener("error", (event) => {
    event.preventDefault();
    fail({ phase: "run", code: "worker", message: event.message ?? "", log: [] });
  });

  return {
    get ended() { return ended; },
    send(command: Command, transfer: Transferable[] = []): Sent {
      lastId += 1;
      const id = lastId;
      let answered: Pending["answer"] = () => {};
      let finished: Pending["done"] = () => {};
      const answer = new Promise<Event[]>((resolve) => { answered = resolve; });
      const done = new Promise<Result>((resolve) => { finished = resolve; });
      if (ended) {
        answered([]);
        finished({ ending: "lost", events: [] });
      } else {
        pending.set(id, { answered: false, begun: false, events: [], answer: answered, done: finished });
        port.postMessage({ kind: "command", id, command }, transfer);
      }
      return { id, answer, done };
    },
    close,
    fail,
  };
}
