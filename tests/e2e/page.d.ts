// What tests put beside the page, into the same window: they look at it as `/** @type {Beside} */ (globalThis)`.

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** What an engine without a page tells: the last event of each kind, and how long it took. */
interface Answer {
  seconds: number;
  memory: number;
  events: { [K in Exclude<EngineEvent["type"], "error">]: Extract<EngineEvent, { type: K }> } & { error?: Extract<EngineEvent, { type: "error" }> };
  error?: string;
}
type EngineEvent = import("../../www/engine/protocol.js").Event;

type Beside = typeof globalThis & {
  /** Long tasks, in milliseconds. */
  tasks: number[];
  /** Of the camera. */
  tracks: MediaStreamTrack[];
  /** What was put on each canvas last. */
  put: WeakMap<Element, { width: number; height: number; data: Uint8ClampedArray }>;
  /** Answers that were shown. */
  seen: string[];
  broken: boolean;
  firstPicture: number;
  axe: { run(of: { exclude: readonly string[] }, options: object): Promise<{ violations: Violation[]; passes: unknown[] }> };
  /** An engine without a page. */
  ask(message: object): Promise<Answer>;
  /** The storage and the file of kept work without a page. */
  kept: typeof import("../../www/keep/storage.js") & typeof import("../../www/keep/archive.js") & Pick<typeof import("fflate"), "zipSync" | "strToU8">;
  GPU: { prototype: { requestAdapter(): Promise<object | null> } };
  GPUAdapter: { prototype: object };
  GPUSupportedLimits: { prototype: object };
};
