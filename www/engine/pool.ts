// Several engines for one evaluation: the first, which the rest of the page speaks to, reports; further ones on the CPU take
// every k-th chunk of images and hand it what they find. Each holds its own copy of the models; no memory is shared.

import { words, type Words } from "../words/say.js";
import type { Command, Event, EvaluationConfig, FileEvent } from "./protocol.js";
import { link, type Port, type Result, type Sent, type Trouble } from "./rpc.js";

/** Images that an engine takes at a time, and so the smallest share of an evaluation. */
export const CHUNK = 32;
const MOST = 4;
/** Engines that have nothing to do for this long are ended. */
const IDLE_MS = 90_000;
/** One that has not started in this time does not come any more. */
const PATIENCE_MS = 30_000;
/** An engine without models: its program, and what the browser needs for a worker. The page itself needs as much again. */
const GIB_AN_ENGINE = 0.75;

/** A model's files, as they are handed from engine to engine. */
interface Files {
  name: string;
  classifier: FileEvent;
  purifier: FileEvent | null;
  /** Engines that have not been given it yet: the last one gets the files themselves, the others copies. */
  waiting: number;
}

/** What the pool needs of the first engine and of the page. */
export interface Desk {
  run(command: Command): Sent;
  file(name: string, purifier: boolean): Promise<FileEvent | null>;
  hasPurifier(name: string): boolean;
  /** Starts a worker with an engine on the CPU. @param failed called if its program cannot be had */
  start(failed: (words: Words) => void): Port;
  /** How many engines work, in words. */
  tell(engines: Words | null): void;
}

export type Pool = ReturnType<typeof createPool>;
type Helper = ReturnType<typeof helper>;

/**
 * As many engines as this machine has room for. By itself the page takes no more than there are cores.
 * @param wish what the settings say: a number, or `auto`
 * @param needs of an engine for its models, in bytes
 */
export function roomFor(wish: string | number | boolean | undefined, { cores, gib }: { cores: number; gib: number }, needs = 0): number {
  const most = Math.max(1, Math.floor(gib / (GIB_AN_ENGINE + needs / 2 ** 30)) - 1);
  return wish === "auto" ? Math.min(MOST, cores, most) : Math.min(Math.max(1, Number(wish) || 1), most);
}

declare global {
  // Chromium's only; others are taken to have room.
  interface Navigator { readonly deviceMemory?: number }
}
export const machine = () => ({ cores: navigator.hardwareConcurrency || 1, gib: navigator.deviceMemory ?? 8 });

/** One further engine. */
function helper(desk: Desk) {
  let failure: Words | null = null;
  /** What it has: model → checksums of its files. */
  const holds = new Map<string, string>();
  const listener: { event(event: Event): void; failure(words: Words): void } = { event: () => {}, failure: () => {} };
  let started = (_: boolean) => {};
  /** Whether it runs. */
  const ready = new Promise<boolean>((resolve) => { started = resolve; });

  function fail(words: Words) {
    if (failure) return;
    failure = words;
    clearTimeout(patience);
    line.close();
    started(false);
    listener.failure(words);
  }
  const ears = {
    events(events: { event: Event }[]) {
      for (const { event } of events) {
        if (event.type === "ready") {
          clearTimeout(patience);
          started(true);
        } else if (event.type === "error") fail({ engine: event });
        else listener.event(event);
      }
    },
    trouble: ({ said, message }: Trouble) => fail(said ? { engine: said } : message ? { text: message } : words("engine.no-worker")),
  };
  const line = link(desk.start(fail), ears);
  const patience = setTimeout(() => fail(words("engine.no-worker")), PATIENCE_MS);
  const ask = (command: Command, transfer?: Transferable[]) => line.send(command, transfer).answer;

  return {
    ready, ask, listener,
    get failed() { return failure !== null || line.ended; },
    /** Hands it the models that it does not have yet. */
    async take(files: Files[]) {
      for (const file of files) {
        const { name, classifier, purifier } = file;
        const sums = `${classifier.sha256} ${purifier?.sha256 ?? ""}`;
        file.waiting -= 1;
        if (holds.get(name) === sums) continue;
        const given = [classifier, ...(purifier ? [purifier] : [])].map(({ bytes }) =>
          ask({ type: "import_model", name, bytes, architecture: null }, file.waiting === 0 ? [bytes.buffer] : []));
        await Promise.all(given);
        holds.set(name, sums);
      }
    },
    end() {
      failure ??= words("engine.no-worker");
      clearTimeout(patience);
      line.close();
      started(false);
    },
  };
}

/** Names of the models that an evaluation needs. */
export const modelsOf = ({ cases }: EvaluationConfig): string[] => [...new Set(cases.flatMap(({ model, made_on }) => (made_on ? [model, made_on] : [model])))];

export function createPool(desk: Desk) {
  let helpers: Helper[] = [];
  /** Counts evaluations: what belongs to an earlier one is dropped. */
  let turn = 0;
  /** The evaluation that runs. */
  let running = 0;
  let paused = false;
  let idle: ReturnType<typeof setTimeout> | undefined;
  /** After a failure the first engine works alone, until the device is started anew. */
  let alone = false;

  /** Every model that a case names, as files. */
  async function filesOf(config: EvaluationConfig, waiting: number): Promise<Files[]> {
    const files: Files[] = [];
    for (const name of modelsOf(config)) {
      const classifier = await desk.file(name, false);
      const purifier = desk.hasPurifier(name) ? await desk.file(name, true) : null;
      if (classifier) files.push({ name, classifier, purifier, waiting });
    }
    return files;
  }

  const runs = (mine: number) => mine === turn && mine === running;

  function rest() {
    clearTimeout(idle);
    idle = setTimeout(() => (running === turn && running !== 0 ? rest() : end()), IDLE_MS);
  }
  function end() {
    clearTimeout(idle);
    turn += 1;
    for (const one of helpers) one.end();
    helpers = [];
  }

  /** @param failed told of what stops it, while the evaluation runs */
  async function share(one: Helper, share: { index: number; of: number }, config: EvaluationConfig, files: Files[], mine: number,
    failed: (words: Words) => void) {
    one.listener.failure = failed;
    one.listener.event = () => {};
    if (one.failed || !await one.ready) {
      failed(words("engine.no-worker"));
      return;
    }
    // Whatever it still does belongs to an evaluation that has ended. Once it has answered, no part of that can come.
    await one.ask({ type: "cancel" });
    await one.take(files);
    one.listener.event = (event) => {
      if (event.type === "part" && runs(mine)) desk.run({ type: "part", part: event.part });
    };
    if (one.failed || !runs(mine)) return;
    void one.ask({ type: "evaluate", config, share });
    if (paused) void one.ask({ type: "pause" });
  }

  return {
    /**
     * Runs an evaluation on as many engines as are of use.
     * @param most as many as there may be
     * @param wanted as many as were asked for: that there is room for fewer is told
     * @param asked told the number of each command that begins the job; more than one, if a further engine stops
     */
    async evaluate(config: EvaluationConfig, { most, wanted = most }: { most: number; wanted?: number }, asked: (id: number) => void): Promise<Result> {
      turn += 1;
      const mine = turn;
      paused = false;
      clearTimeout(idle);
      const of = alone ? 1 : Math.min(most, Math.max(1, Math.ceil(config.n / CHUNK)));
      helpers = helpers.filter((one) => !one.failed);
      while (helpers.length < of - 1) helpers.push(helper(desk));
      const files = of > 1 ? await filesOf(config, of - 1) : [];
      if (mine !== turn) return { ending: "cancelled", events: [] };
      const told = [...(of > 1 ? [words("engines.share", of)] : []), ...(wanted > most && of === most ? [words("engines.fewer", most, wanted)] : [])];
      desk.tell(told.length > 0 ? { all: told } : null);
      const sent = desk.run({ type: "evaluate", config, share: { index: 0, of } });
      asked(sent.id);
      rest();
      const begun = (await sent.answer).some((event) => event.type === "job");
      if (!begun || mine !== turn || of === 1) return sent.done;
      running = mine;
      const stopped = new Promise<Words>((stop) => {
        for (const [i, one] of helpers.slice(0, of - 1).entries()) void share(one, { index: i + 1, of }, config, files, mine, stop);
      });
      const first = await Promise.race([sent.done, stopped]);
      if ("ending" in first) {
        if (running === mine) running = 0;
        return first;
      }
      if (!runs(mine)) return sent.done;
      // A further engine has stopped: the first one does all of it.
      end();
      alone = true;
      desk.tell(words("engines.stopped", first));
      await desk.run({ type: "cancel" }).answer;
      const again = desk.run({ type: "evaluate", config, share: { index: 0, of: 1 } });
      asked(again.id);
      if (paused) desk.run({ type: "pause" });
      return again.done;
    },
    /** What concerns the running job concerns all engines. */
    control(command: Extract<Command, { type: "pause" | "resume" | "cancel" }>) {
      paused = command.type === "pause";
      if (command.type === "cancel") running = 0;
      for (const one of helpers) void one.ask(command);
    },
    /** Ends all further engines; the next evaluation may start new ones. */
    reset() {
      end();
      alone = false;
    },
    end,
  };
}
