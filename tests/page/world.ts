// What the page needs of a browser, and an engine that does nothing but keep a shelf: so that the page's own code runs in Node as it
// is. Has to be imported before anything of the page.

import "fake-indexeddb/auto";
import type { CaseReport, Command, EngineJob, Event, JobState, OutcomeReport, Report, Seen, StickerConfig } from "../../www/engine/protocol.js";
import type { FromWorker, Port, Tagged, ToWorker } from "../../www/engine/rpc.js";

const place = { protocol: "https:", host: "example.org", pathname: "/sign/", search: "", hash: "#start", href: "https://example.org/sign/" };
Object.defineProperty(globalThis, "navigator", { configurable: true, value: { languages: ["en"], userAgent: "Node" } });
Object.assign(globalThis, { document: { documentElement: {}, baseURI: place.href }, location: place });

/** Until nothing more comes of what has been begun. */
export const quiet = async (): Promise<void> => {
  for (let round = 0; round < 20; round += 1) await new Promise((done) => { setTimeout(done, 1); });
};

const seen = (index: number): Seen => ({ picture: { width: 1, height: 1, rgba: new Uint8Array(4) }, top: [{ class: index, probability: 1 }] });

function outcome({ attack, goal, defense, knowledge, made_on }: Extract<Command, { type: "attack" }>, success: boolean): OutcomeReport {
  const after = seen(success ? 1 : 14);
  return {
    attack, printed: attack.name, goal, defense, knowledge, made_on, label: 14, success, success_8bit: success, l0: 1, l2: 1, linf: 0.1,
    original: seen(14), adversarial: after, adversarial_8bit: after, perturbation: [], defended: null,
  };
}

const share = { correct: 9, n: 10, value: 0.9, low: 0.6, high: 0.98 };
const caseReport = (asked: CaseReport["case"]): CaseReport => ({
  case: asked, accuracy: share, accuracy_8bit: share, accuracy_jpeg: share, success: share, confusion: [], dangerous: [], largest_linf: 0, per_class: [],
});
const reportOf = (cases: CaseReport["case"][]): Report => ({ cases: cases.map(caseReport), records: [], worst: [] });

/** What a sticker does, to each of some models. */
const stuckOn = (config: StickerConfig, model: string, models: string[]): Event => ({
  type: "stuck", config, model, records: `[{"share":${config.sticker.share}}]`, share: config.sticker.share,
  steps: config.sticker.steps, sticker: seen(0).picture, views: [seen(5)],
  results: models.map((name) => ({ model: name, figures: { clean: share, control: share, of_all: share, reached: share } })),
});

/** A data set as the engine tells of it. */
const dataEvent = (name: string): Event => ({
  type: "data", name, classes: ["a", "b"], signs: false, set: name === "generated" ? null : {
    fingerprint: `sum of ${name}`, deal: { seed: 1, validation: 0.2, test: 0.2 }, splits: [],
    report: { ignored: 0, list: [], notes: [], repeated: 0, skipped: 0, used: 2 },
  },
});

const WAITS = Symbol("waits");
const STEPS = 100;
const STEPS_AN_EPOCH = 10;

/** A worker with an engine of the test's own. */
export function engine({ succeeds = true, evaluates = true } = {}) {
  const sent: Command[] = [];
  /** Of each command with bytes, whether they were handed over. */
  const handed: boolean[] = [];
  const models = new Map<string, Uint8Array<ArrayBuffer>>();
  let selected = "lenet";
  let ended = false;
  let heard: (event: { data: FromWorker }) => void = () => {};
  /** Commands of these kinds are left without an answer. */
  const held = new Set<Command["type"]>();
  /** Commands of these kinds are answered by an error. */
  const refuses = new Set<Command["type"]>();
  /** Commands of these kinds are answered when the test says so. */
  const slow = new Set<Command["type"]>();
  const late: (() => void)[] = [];
  /** Data sets by their files. */
  const archives = new Map<string, string>();
  let open = "generated";
  let job: { id: number; kind: EngineJob; model: string; step: number } | null = null;

  const say = (events: Tagged[], id: number | null = null) => {
    if (!ended) heard({ data: { kind: "events", events, at: 0, id } });
  };
  const tagged = (events: Event[], job: number | null): Tagged[] => events.map((event) => ({ job, event }));
  const shelf = (): Event => ({
    type: "shelf", selected, models: Array.from(models.keys(),
      (name) => ({ name, architecture: "lenet", classes: ["a", "b"], parameters: 1, layers: [], purifier: null, recipe: null })),
  });

  const state = (state: JobState): Event[] => (job ? [{ type: "job", kind: job.kind, state, done: job.step, total: STEPS }] : []);
  /** The job that runs has come to its end, by itself or not. */
  function end(how: JobState, events: Event[] = []) {
    if (!job) return;
    say(tagged([...events, ...state(how)], job.id));
    job = null;
  }
  function begin(id: number, kind: EngineJob, model = selected, step = 0): Tagged[] {
    job = { id, kind, model, step };
    return tagged(state("running"), id);
  }

  function answer(command: Command, id: number): Tagged[] | typeof WAITS {
    if (held.has(command.type)) return WAITS;
    if (refuses.has(command.type)) return tagged([{ type: "error", code: "busy", values: undefined, message: "Something is running already." }], null);
    switch (command.type) {
      case "import_model":
      case "new_model":
      case "copy_model":
        models.set(command.name, command.type === "import_model" ? new Uint8Array(command.bytes) : new TextEncoder().encode(command.name));
        selected = command.name;
        return tagged([shelf()], null);
      case "select_model":
        selected = command.name;
        return tagged([shelf()], null);
      case "remove_model":
        models.delete(command.name);
        selected = [...models.keys()][0] ?? "";
        return tagged([shelf()], null);
      case "export_model": {
        const bytes = models.get(command.name);
        return tagged(bytes ? [{ type: "file", name: `${command.name}.safetensors`, bytes: new Uint8Array(bytes), sha256: command.name }] : [], null);
      }
      case "sign":
        return tagged([{ type: "subject", seen: seen(command.class), label: command.class, purified: null }], null);
      case "attack":
        setTimeout(() => say(tagged([
          { type: "outcome", ...outcome(command, succeeds) }, { type: "job", kind: "attack", state: "finished", done: 1, total: 1 },
        ], id)), 1);
        return tagged([{ type: "job", kind: "attack", state: "running", done: 0, total: 1 }], id);
      case "train":
      case "train_purifier":
        return begin(id, command.type);
      case "checkpoint": {
        if (!job) return tagged([{ type: "error", code: "no_training", values: undefined, message: "No training." }], null);
        const { kind, model, step } = job;
        const bytes = new TextEncoder().encode(JSON.stringify([kind, model, step, open]));
        return tagged([{ type: "checkpoint", bytes, kind, model, step, steps: STEPS }], null);
      }
      case "continue": {
        const [kind, model, step, wants] = JSON.parse(new TextDecoder().decode(command.checkpoint));
        if (wants !== open) return tagged([{ type: "error", code: "other_data", values: { wants, has: open }, message: "Other data." }], null);
        models.set(model, new TextEncoder().encode(`${model} at ${step}`));
        selected = model;
        return [...tagged([shelf()], null), ...begin(id, kind, model, step)];
      }
      case "cancel":
        queueMicrotask(() => end("cancelled"));
        return [];
      case "evaluate":
        if (evaluates) setTimeout(() => end("finished", [{ type: "report", report: reportOf(command.config.cases), records: "[]" }]), 1);
        return begin(id, "evaluate");
      case "sticker": {
        const { config } = command;
        if (evaluates) setTimeout(() => end("finished", [stuckOn(config, selected, [...models.keys()])]), 1);
        return begin(id, "sticker");
      }
      case "unload":
        open = "generated";
        return tagged([dataEvent(open)], null);
      case "load": {
        const set = archives.get(command.files[0]?.path ?? "");
        if (set) {
          open = set;
          setTimeout(() => end("finished", [dataEvent(set)]), 1);
          return begin(id, "load");
        }
        return tagged([{ type: "error", code: "archive_empty", values: undefined, message: "It is empty." }], null);
      }
      default:
        return [];
    }
  }
  const port: Port = {
    postMessage(message: ToWorker, transfer: Transferable[] = []) {
      if (message.kind !== "command") return;
      // As a worker gets it: what is handed over is gone on this side.
      const { command } = message;
      const bytes = command.type === "import_model" || command.type === "photo" ? command.bytes : command.type === "continue" ? command.checkpoint : null;
      const got = bytes ? structuredClone(command, { transfer: transfer.filter((one) => one === bytes.buffer).flatMap(() => [bytes.buffer]) }) : command;
      if (bytes) handed.push(transfer.length > 0);
      sent.push(got);
      const events = answer(got, message.id);
      if (events === WAITS) return;
      if (slow.has(command.type)) late.push(() => say(events, message.id));
      else queueMicrotask(() => say(events, message.id));
    },
    addEventListener(type: string, listener: (event: never) => void) {
      if (type === "message") Object.assign(ears, { heard: listener });
    },
    terminate() { ended = true; },
  };
  const ears = { set heard(listener: typeof heard) { heard = listener; } };
  return {
    port, sent, held, refuses, slow, models, archives, end, handed,
    /** Answers what has waited for it. */
    release() {
      for (const one of late.splice(0)) one();
    },
    /** It says something of its job. */
    tell: (...events: Event[]) => say(tagged(events, job?.id ?? null)),
    /** It stops in the middle of whatever it does. */
    crash() {
      heard({ data: { kind: "crash", phase: "run", code: "crash", message: "a trap", log: [] } });
    },
    /** The training takes steps, and tells of each. */
    train(steps = 1) {
      for (let one = 0; one < steps && job; one += 1) {
        job.step += 1;
        const { kind, step } = job;
        say(tagged([{ type: "training", kind, accuracy: null, epoch: step / STEPS_AN_EPOCH, images: 16, loss: 1, step, steps: STEPS }], job.id));
      }
    },
    validate() {
      if (!job) return;
      const { kind, step } = job;
      say(tagged([{ type: "validation", kind, accuracy: share, collapsed: false, epoch: step / STEPS_AN_EPOCH, loss: 1, step }], job.id));
    },
    /** Commands of one kind that came. */
    asked: (type: Command["type"]) => sent.filter((command) => command.type === type),
    ready() {
      models.set("lenet", new TextEncoder().encode("fresh"));
      const classes = Array.from({ length: 43 }, (_, index) => `sign ${index}`);
      say(tagged([{
        type: "ready", device: "cpu", adapter: { code: "cpu", values: undefined, message: "CPU" }, self_test: null, version: "1", classes, layers: [],
        parameters: 1, presets: [],
      }], null));
    },
  };
}
