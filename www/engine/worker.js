// The worker's script: hosts the wasm engine, takes its steps, and lets commands in between two steps. The build makes it a
// classic script (module workers do not start from a file), which runs behind wasm-bindgen's.

import { decompress } from "fzstd";

(() => {
  /** @typedef {import("../state/types.js").Event} EngineEvent */
  /**
   * @typedef {object} Engine the wasm binding
   * @property {() => Promise<EngineEvent[]>} ready
   * @property {(command: unknown) => Promise<EngineEvent[]>} handle
   * @property {(files: unknown, options: unknown) => EngineEvent[]} load
   * @property {() => boolean} busy
   * @property {() => Promise<EngineEvent[]>} step
   */
  /** @typedef {{ kind: "start", device: "gpu" | "cpu", packed?: Uint8Array, module?: WebAssembly.Module } | { kind: "command", id: number, command: { type: string, files?: unknown, options?: unknown } }} Incoming */

  const scope = /** @type {{ postMessage(message: unknown): void,
    addEventListener(type: string, listener: (event: any) => void): void, console: Console }} */ (/** @type {unknown} */ (self));

  const LOG_LINES = 40;
  /** Events of a running job are sent at most this often, so that the page is not flooded. */
  const POST_EVERY_MS = 60;

  /** @type {string[]} */
  const log = [];
  for (const level of /** @type {const} */ (["error", "warn", "info", "log"])) {
    const print = console[level].bind(console);
    console[level] = (...parts) => {
      log.push(`${level}: ${parts.map(String).join(" ")}`);
      if (log.length > LOG_LINES) log.shift();
      print(...parts);
    };
  }

  /** @type {Engine | null} */
  let engine = null;
  let dead = false;
  /** @type {EngineEvent[]} */
  let waiting = [];
  let posted = 0;
  /** @type {Extract<Incoming, { kind: "command" }>[]} */
  const commands = [];
  let pumping = false;

  /** @param {unknown} error @param {"start" | "run"} phase */
  function crash(error, phase) {
    if (dead) return;
    dead = true;
    const { code, message, stack } = /** @type {{ code?: string, message?: string, stack?: string }} */ (
      typeof error === "object" && error !== null ? error : { message: String(error) });
    try {
      // @ts-ignore -- as in start(); after a trap even this may fail
      log.push(...String(wasm_bindgen.Engine.log()).split("\n").slice(-LOG_LINES));
    } catch { /* Then the console's lines are all there is. */ }
    if (stack) log.push(stack);
    const said = /** @type {{ type?: string } | null} */ (error)?.type === "error" ? error : null;
    scope.postMessage({ kind: "crash", phase, said, code: String(code ?? "crash"), message: String(message ?? error), log: log.slice() });
  }

  function flush() {
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    posted = performance.now();
    scope.postMessage({ kind: "events", events, at: posted, id: null });
  }

  /**
   * A lost device does not come back within its worker: that ends it, with a report.
   * @param {EngineEvent[]} events
   * @returns {EngineEvent[]}
   */
  function alive(events) {
    const lost = events.find((event) => event.type === "error" && event.code === "device_lost");
    if (lost) throw lost;
    return events;
  }

  /** Whether the later of two events leaves nothing to learn from the earlier one. @param {EngineEvent} earlier @param {EngineEvent} later */
  const outdated = (earlier, later) => (later.type === earlier.type && (later.type === "measured" || later.type === "loading"))
    || (later.type === "job" && earlier.type === "job" && later.job === earlier.job && later.state === earlier.state);

  /** @param {EngineEvent[]} events from a step */
  function collect(events) {
    for (const event of events) {
      waiting = waiting.filter((earlier) => !outdated(earlier, event));
      waiting.push(event);
    }
    const urgent = events.some((event) => event.type === "error" || event.type === "outcome" || event.type === "validation" || event.type === "part"
      || (event.type === "job" && event.state !== "running"));
    if (urgent || performance.now() - posted >= POST_EVERY_MS) flush();
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
          const { type, files, options } = next.command;
          // Files are no plain data: they go in by a door of their own.
          const events = alive(type === "load" ? engine.load(files, options) : await engine.handle(next.command));
          scope.postMessage({ kind: "events", events, at: performance.now(), id: next.id });
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

  /** @param {Extract<Incoming, { kind: "start" }>} message */
  async function start({ device, packed, module }) {
    try {
      // @ts-ignore -- the global that wasm-bindgen's no-modules script defines
      const bindgen = wasm_bindgen;
      // Packed with zstd by the build: as small on a host that compresses nothing as on one that does it well.
      const program = module ?? await WebAssembly.compile(/** @type {BufferSource} */ (decompress(/** @type {Uint8Array} */ (packed))));
      if (!module) scope.postMessage({ kind: "compiled", module: program });
      await bindgen({ module_or_path: program });
      const started = /** @type {Engine} */ (await bindgen.Engine.start(device));
      const events = await started.ready();
      engine = started;
      scope.postMessage({ kind: "events", events, at: performance.now(), id: null });
      void pump();
    } catch (error) {
      crash(error, "start");
    }
  }

  scope.addEventListener("message", ({ data }) => {
    const message = /** @type {Incoming} */ (data);
    if (message.kind === "start") void start(message);
    else {
      commands.push(message);
      void pump();
    }
  });
  // A trap inside an asynchronous call of the GPU runtime does not reach a catch.
  scope.addEventListener("error", (event) => crash(event.error ?? event.message, engine ? "run" : "start"));
  scope.addEventListener("unhandledrejection", (event) => crash(event.reason, engine ? "run" : "start"));
})();
