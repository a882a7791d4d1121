// What tests put beside the page, into the same window: they look at it as `/** @type {Beside} */ (globalThis)`.

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** What an engine without a page tells: the last event of each kind, and how long it took. */
interface Answer {
  seconds: number;
  memory: number;
  /** Of all commands so far, to a GPU. */
  dispatches: number;
  events: { [K in Exclude<EngineEvent["type"], "error">]: Extract<EngineEvent, { type: K }> } & { error?: Extract<EngineEvent, { type: "error" }> };
  error?: string;
}
type EngineEvent = import("../../www/engine/protocol.js").Event;

type Beside = typeof globalThis & {
  /** Long tasks, in milliseconds. */
  tasks: number[];
  /** When a folder was dropped, and when the page showed that it looks through it. */
  dropped: number;
  alive: number;
  /** Of the camera. */
  tracks: MediaStreamTrack[];
  /** What was put on each canvas last. */
  put: WeakMap<Element, { width: number; height: number; data: Uint8ClampedArray }>;
  /** Answers that were shown. */
  seen: string[];
  broken: boolean;
  firstPicture: number;
  axe: { run(of: { exclude: readonly string[] }, options: object): Promise<{ violations: Violation[]; passes: unknown[] }> };
  tf: TensorFlow;
  /** An engine without a page. */
  ask(message: object): Promise<Answer>;
  /** The storage and the file of kept work without a page. */
  kept: typeof import("../../www/keep/storage.js") & typeof import("../../www/keep/archive.js") & Pick<typeof import("fflate"), "zipSync" | "strToU8">;
  GPU: { prototype: { requestAdapter(): Promise<object | null> } };
  GPUAdapter: { prototype: object };
  GPUSupportedLimits: { prototype: object };
};

/** As much of TensorFlow.js as is compared with. */
interface Tensor {
  reshape(shape: number[]): Tensor;
  mod(other: Tensor): Tensor;
  toFloat(): Tensor;
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}
interface TensorFlow {
  version: { tfjs: string };
  wasm: { setWasmPaths(base: string): void };
  train: { adam(rate: number): { minimize(loss: () => Tensor, returns: true, of: Tensor[]): Tensor } };
  losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  variable(start: Tensor): Tensor;
  randomNormal(shape: number[], mean: number, deviation: number): Tensor;
  randomUniform(shape: number[]): Tensor;
  zeros(shape: number[]): Tensor;
  range(from: number, to: number, step: number, type: "int32"): Tensor;
  scalar(value: number, type: "int32"): Tensor;
  oneHot(numbers: Tensor, depth: number): Tensor;
  conv2d(x: Tensor, kernel: Tensor, stride: number, padding: "valid"): Tensor;
  avgPool(x: Tensor, size: number, stride: number, padding: "valid"): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  grad(of: (x: Tensor) => Tensor): (x: Tensor) => Tensor;
  tidy(body: () => Tensor): Tensor;
  dispose(tensors: Tensor[]): void;
}
