// What the page needs of a browser, and an engine that does nothing but keep a shelf: so that the page's own code runs in Node as it
// is. Has to be imported before anything of the page.

import "fake-indexeddb/auto";
import type { Command, Event, OutcomeReport, Seen } from "../../www/engine/protocol.js";
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

const WAITS = Symbol("waits");

/** A worker with an engine of the test's own. */
export function engine({ succeeds = true } = {}) {
  const sent: Command[] = [];
  const models = new Map<string, Uint8Array<ArrayBuffer>>();
  let selected = "lenet";
  let ended = false;
  let heard: (event: { data: FromWorker }) => void = () => {};
  /** Commands of these kinds are left without an answer. */
  const held = new Set<Command["type"]>();
  /** Commands of these kinds are answered by an error. */
  const refuses = new Set<Command["type"]>();

  const say = (events: Tagged[], id: number | null = null) => {
    if (!ended) heard({ data: { kind: "events", events, at: 0, id } });
  };
  const tagged = (events: Event[], job: number | null): Tagged[] => events.map((event) => ({ job, event }));
  const shelf = (): Event => ({
    type: "shelf", selected, models: Array.from(models.keys(),
      (name) => ({ name, architecture: "lenet", classes: ["a", "b"], parameters: 1, layers: [], purifier: null, recipe: null })),
  });

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
      case "load":
        return tagged([{ type: "error", code: "archive_empty", values: undefined, message: "It is empty." }], null);
      default:
        return [];
    }
  }
  const port: Port = {
    postMessage(message: ToWorker) {
      if (message.kind !== "command") return;
      sent.push(message.command);
      const events = answer(message.command, message.id);
      if (events !== WAITS) queueMicrotask(() => say(events, message.id));
    },
    addEventListener(type: string, listener: (event: never) => void) {
      if (type === "message") Object.assign(ears, { heard: listener });
    },
    terminate() { ended = true; },
  };
  const ears = { set heard(listener: typeof heard) { heard = listener; } };
  return {
    port, sent, held, refuses, models,
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
