// The worker's script: hosts the wasm engine, takes its steps, and lets commands in between two steps. The build makes it a
// classic script (module workers do not start from a file), which runs behind wasm-bindgen's.

import { decompress } from "fzstd";
import type { Command, ErrorEvent, Event } from "./protocol.js";
import type { FromWorker, Tagged, ToWorker, Trouble } from "./rpc.js";

/** The wasm binding. */
interface Engine {
  ready(): Tagged[];
  handle(id: number, command: Command): Promise<Tagged[]>;
  load(id: number, files: unknown, options: unknown): Tagged[];
  busy(): boolean;
  step(): Promise<Tagged[]>;
}
/** What wasm-bindgen's script, which runs before this one, defines. */
declare const wasm_bindgen: {
  (options: { module_or_path: WebAssembly.Module }): Promise<void>;
  Engine: { start(device: string): Promise<Engine>; log(): string; memory_bytes(): number };
};
/** Those of a worker. */
declare function postMessage(message: FromWorker | { kind: "compiled"; module: WebAssembly.Module }, transfer?: Transferable[]): void;
declare function addEventListener(type: "message", heard: (event: { data: ToWorker }) => void): void;
declare function addEventListener(type: "error", heard: (event: { error?: unknown; message: string }) => void): void;
declare function addEventListener(type: "unhandledrejection", heard: (event: { reason: unknown }) => void): void;

const LOG_LINES = 40;
/** Events of a running job are sent at most this often, so that the page is not flooded. */
const POST_EVERY_MS = 60;

const log: string[] = [];
for (const level of ["error", "warn", "info", "log"] as const) {
  const print = console[level].bind(console);
  console[level] = (...parts: unknown[]) => {
    log.push(`${level}: ${parts.map(String).join(" ")}`);
    if (log.length > LOG_LINES) log.shift();
    print(...parts);
  };
}

let engine: Engine | null = null;
let dead = false;
let waiting: Tagged[] = [];
let posted = 0;
const commands: Extract<ToWorker, { kind: "command" }>[] = [];
let pumping = false;

const isError = (error: unknown): error is ErrorEvent => typeof error === "object" && error !== null && "type" in error && error.type === "error";

function crash(error: unknown, phase: Trouble["phase"]) {
  if (dead) return;
  dead = true;
  const { code, message, stack }: { code?: unknown; message?: unknown; stack?: unknown } = typeof error === "object" && error !== null ? error : {};
  let memory = 0;
  try {
    // After a trap even this may fail.
    memory = wasm_bindgen.Engine.memory_bytes();
    log.push(...wasm_bindgen.Engine.log().split("\n").slice(-LOG_LINES));
  } catch { /* Then the console's lines are all there is. */ }
  if (stack) log.push(String(stack));
  const said = isError(error) ? error : null;
  postMessage({ kind: "crash", phase, code: String(code ?? "crash"), message: String(message ?? error), log: log.slice(), memory, said });
}

/** Bytes are handed over, not copied. */
const buffers = (events: Tagged[]): Transferable[] =>
  events.flatMap(({ event }) => (event.type === "file" || event.type === "checkpoint" ? [event.bytes.buffer] : []));

function post(events: Tagged[], id: number | null) {
  posted = performance.now();
  postMessage({ kind: "events", events, at: posted, id }, buffers(events));
}

function flush() {
  if (waiting.length === 0) return;
  const events = waiting;
  waiting = [];
  post(events, null);
}

/** A lost device does not come back within its worker: that ends it, with a report. */
function alive(events: Tagged[]): Tagged[] {
  const lost = events.find(({ event }) => event.type === "error" && event.code === "device_lost");
  if (lost) throw lost.event;
  return events;
}

/** Whether the later of two events leaves nothing to learn from the earlier one. */
const outdated = (earlier: Event, later: Event) => (later.type === earlier.type && (later.type === "measured" || later.type === "loading"))
  || (later.type === "job" && earlier.type === "job" && later.kind === earlier.kind && later.state === earlier.state);
const urgent = ({ event }: Tagged) => ["error", "outcome", "validation", "part"].includes(event.type) || (event.type === "job" && event.state !== "running");

/** Events of a step. */
function collect(events: Tagged[]) {
  for (const one of events) {
    waiting = waiting.filter((earlier) => earlier.job !== one.job || !outdated(earlier.event, one.event));
    waiting.push(one);
  }
  if (events.some(urgent) || performance.now() - posted >= POST_EVERY_MS) flush();
}

// A message to oneself: goes behind whatever the page has sent, and is not slowed down like a timer.
const ping = new MessageChannel();
const nextTurn = () => new Promise((resolve) => {
  ping.port1.onmessage = resolve;
  ping.port2.postMessage(null);
});

/** One engine call at a time: first what was asked for, then steps of the running job. */
async function pump() {
  if (pumping || !engine || dead) return;
  pumping = true;
  try {
    for (;;) {
      const next = commands.shift();
      if (next) {
        flush();
        const { id, command } = next;
        // Files are no plain data: they go in by a door of their own.
        const events = alive(command.type === "load" ? engine.load(id, command.files, command.options) : await engine.handle(id, command));
        post(events, id);
      } else if (engine.busy()) {
        collect(alive(await engine.step()));
      } else {
        flush();
        break;
      }
      await nextTurn();
    }
  } catch (error) {
    crash(error, "run");
  }
  pumping = false;
}

async function start({ device, packed, module }: Extract<ToWorker, { kind: "start" }>) {
  try {
    // Packed with zstd by the build: as small on a host that compresses nothing as on one that does it well.
    const program = module ?? await WebAssembly.compile(decompress(packed ?? new Uint8Array()).slice());
    if (!module) postMessage({ kind: "compiled", module: program });
    await wasm_bindgen({ module_or_path: program });
    const started = await wasm_bindgen.Engine.start(device);
    const events = started.ready();
    engine = started;
    post(events, null);
    void pump();
  } catch (error) {
    crash(error, "start");
  }
}

addEventListener("message", ({ data }) => {
  if (data.kind === "start") void start(data);
  else {
    commands.push(data);
    void pump();
  }
});
// A trap inside an asynchronous call of the GPU runtime does not reach a catch.
addEventListener("error", ({ error, message }) => crash(error ?? message, engine ? "run" : "start"));
addEventListener("unhandledrejection", ({ reason }) => crash(reason, engine ? "run" : "start"));
