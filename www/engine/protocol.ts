// The contract of the engine (src/protocol.rs) as the page sees it. Types only; nothing runs here.

import type { Said } from "./made/messages.js";

export type { Said };

export interface Picture { width: number; height: number; rgba: Uint8Array }

export interface Score { class: number; probability: number }

export interface Seen { picture: Picture; top: Score[] }

/** Jobs as the engine names them. */
export type EngineJob = "load" | "train" | "train_purifier" | "attack" | "evaluate" | "check" | "roc";

export type JobState = "running" | "paused" | "finished" | "cancelled" | "failed";

export interface LayerInfo { layer: Said; output: number[]; parameters: number }

export interface SelfTest { logits: number; gradient: number; passed: boolean }

export interface GallerySign { class: number; picture: Picture }

export interface Square { x: number; y: number; size: number }

export interface Proportion { correct: number; n: number; value: number; low: number; high: number }

export interface Recipe {
  kind: "standard" | "fgsm" | "fast" | "pgd" | "trades" | "stale";
  epsilon?: number;
  steps?: number;
  beta?: number;
}

export interface Schedule {
  epochs: number;
  batch_size: number;
  learning_rate: number;
  images_per_epoch: number;
  validation_images: number;
  seed: number;
}

export type TrainConfig = Schedule & { recipe: Recipe; augment: boolean; drawn: number; harsh: boolean };

export interface PurifierConfig extends Schedule {
  width: number;
  notebook: boolean;
  clean_to_clean: boolean;
  noise: number;
  epsilon: number;
  guide: number;
  label_guide: number;
  full_skip: boolean;
}

export type AttackName = "fgsm" | "bim" | "pgd" | "apgd" | "square" | "ensemble" | "cw" | "deepfool" | "jsma" | "noise";

/** An attack with every parameter; the table of settings says which it has. */
export type Attack = { name: AttackName, epsilon?: number, steps?: number } & Record<string, number | string | boolean | null | undefined>;

export type Goal = { kind: "untargeted" } | { kind: "targeted"; class: number };

export type Statistic = "l1" | "l2" | "jsd10" | "jsd40";

export type DefenseName = "none" | "purifier" | "detector" | "bit_depth" | "median" | "jpeg" | "huge_logits" | "no_gradient";

export interface Defense {
  name: DefenseName;
  statistic?: Statistic;
  false_positive_rate?: number;
  bits?: number;
  quality?: number;
}

export type Knowledge = "none" | "oblivious" | "adaptive" | "bpda";

export type Split = "train" | "validation" | "test";

export interface Case {
  model: string;
  defense: Defense;
  knowledge: Knowledge;
  attack?: Attack | null;
  goal: Goal;
  source?: string | null;
}

export interface EvaluationConfig { split: Split; n: number; seed: number; cases: Case[] }

export interface Share { index: number; of: number }

/** What came of a chunk; handed from one engine to another as it is. */
export interface Part { case: number; chunk: number; images: object[] }

export interface CheckConfig {
  model: string;
  defense: Defense;
  knowledge: Knowledge;
  reference: string | null;
  epsilon: number;
  split: Split;
  n: number;
  seed: number;
}

export interface Check { name: string; passed?: boolean | null; detail: Said; cause?: Said | null }

export interface RocConfig {
  attack: Attack;
  knowledge: Knowledge;
  n: number;
  seed: number;
  false_positive_rate: number;
}

export interface Roc {
  statistic: Statistic;
  points: [falsePositives: number, truePositives: number][];
  area: number;
  threshold: number;
  false_positives: number;
  true_positives: number;
}

export interface DangerousConfusion {
  label: number;
  answer: number;
  count: number;
  danger: "runs_through" | "too_fast" | "unwarned" | "passes";
}

export interface CaseReport {
  case: Case;
  accuracy: Proportion;
  accuracy_8bit: Proportion;
  accuracy_jpeg: Proportion;
  success: Proportion;
  l2_quartiles?: [number, number, number] | null;
  largest_linf: number;
  confusion: [label: number, answer: number, count: number][];
  per_class: [label: number, accuracy: Proportion][];
  dangerous: DangerousConfusion[];
}

/** One figure, as it is saved. */
export interface FigureRecord {
  schema: string;
  version: string;
  model: string;
  architecture: string;
  weights_sha256: string;
  parameters: number;
  defense: Defense;
  dataset: string;
  split: string;
  n: number;
  images: number;
  attack: { name: string, of?: Attack[] } & Record<string, unknown>;
  goal: Goal;
  knowledge: Knowledge;
  source?: string | null;
  metric: "accuracy" | "success_rate" | "median_l2";
  value?: number | null;
  interval?: [number, number] | null;
  value_8bit?: number | null;
  value_jpeg?: number | null;
  seed: number;
  device: "cpu" | "gpu";
}

export interface Report { cases: CaseReport[]; worst: FigureRecord[]; records: FigureRecord[] }

export interface ModelInfo {
  name: string;
  architecture: string;
  classes: string[];
  parameters: number;
  layers: LayerInfo[];
  purifier?: number | null;
  recipe?: Recipe | null;
}

export type Command = { type: "sign", class: number, seed: number }
  | { type: "load", files: DroppedFile[], options: LoadOptions } | { type: "unload" }
  | { type: "gallery", count: number, seed: number }
  | { type: "photo", bytes: Uint8Array }
  | { type: "crop", square: Square }
  | { type: "new_model", name: string, architecture: string, seed: number }
  | { type: "select_model", name: string }
  | { type: "copy_model", name: string }
  | { type: "remove_model", name: string }
  | { type: "export_model", name: string, purifier: boolean }
  | { type: "import_model", name: string, bytes: Uint8Array, architecture: string | null }
  | { type: "train", config: TrainConfig }
  | { type: "train_purifier", config: PurifierConfig }
  | { type: "checkpoint" }
  | { type: "continue", checkpoint: Uint8Array }
  | { type: "attack", attack: Attack, goal: Goal, defense: Defense, knowledge: Knowledge, made_on: string | null }
  | { type: "evaluate", config: EvaluationConfig, share: Share }
  | { type: "part", part: Part }
  | { type: "check", config: CheckConfig }
  | { type: "roc", config: RocConfig }
  | { type: "gradients" } | { type: "slice", seed: number }
  | { type: "pause" } | { type: "resume" } | { type: "step" } | { type: "cancel" };

export interface DefendedReport {
  original: Seen;
  adversarial: Seen;
  refuses_original: boolean;
  refuses_adversarial: boolean;
  success: boolean;
}

export interface OutcomeReport {
  attack: Attack;
  printed: string;
  goal: Goal;
  defense: Defense;
  knowledge: Knowledge;
  made_on?: string | null;
  label: number;
  success: boolean;
  success_8bit: boolean;
  l0: number;
  l2: number;
  linf: number;
  original: Seen;
  adversarial: Seen;
  adversarial_8bit: Seen;
  perturbation: ArrayLike<number>;
  purified_original?: Seen | null;
  purified_adversarial?: Seen | null;
  defended?: DefendedReport | null;
}

export interface ReadyEvent {
  type: "ready";
  device: "gpu" | "cpu";
  adapter: Said;
  self_test?: SelfTest | null;
  version: string;
  classes: string[];
  layers: LayerInfo[];
  parameters: number;
  presets: Offer[];
}

/** How a network that comes with the page was made. */
export interface Offer {
  name: string;
  model: string;
  from?: string | null;
  images?: number | null;
  classifier?: TrainConfig | null;
  purifier?: PurifierConfig | null;
}

/** A file under its path in the folder that was dropped. */
export interface DroppedFile { path: string; file: Blob }

export interface LoadOptions { crop: boolean; seed: number; validation: number; test: number }

export interface SplitInfo { split: Split; n: number; tracks: number; counts: number[] }

export interface LoadReport {
  used: number;
  skipped: number;
  ignored: number;
  repeated: number;
  list: { name: string; reason: Said }[];
  notes: Said[];
}

export interface SetInfo {
  fingerprint: string;
  deal: { seed: number, validation: number, test: number };
  splits: SplitInfo[];
  report: LoadReport;
}

export interface DataInfo { name: string; classes: string[]; signs: boolean; set?: SetInfo | null }

export interface LoadProgress {
  done: number;
  total: number;
  bytes: number;
  bytes_total: number;
  skipped: number;
  finished: boolean;
}

export interface SubjectEvent { type: "subject"; seen: Seen; label?: number | null; purified?: Seen | null }

export interface PhotoEvent { type: "photo"; preview: Picture; width: number; height: number; square: Square }

export interface JobEvent { type: "job"; kind: EngineJob; state: JobState; done: number; total: number }

export interface TrainingEvent {
  type: "training";
  kind: EngineJob;
  step: number;
  steps: number;
  epoch: number;
  loss: number;
  accuracy?: number | null;
  images: number;
}

export interface ValidationEvent {
  type: "validation";
  kind: EngineJob;
  step: number;
  epoch: number;
  loss: number;
  accuracy: Proportion;
  attacked?: Proportion | null;
  purified_clean?: Proportion | null;
  robust?: Proportion | null;
  collapsed: boolean;
}

export interface AttackingEvent {
  type: "attacking";
  round: number;
  iteration: number;
  c?: number | null;
  best_l2?: number | null;
  margin: number;
  l2: number;
  picture: Picture;
  top: Score[];
}

/** By how much each pixel moves the answer, row by row. */
export interface Gradient { class: number; values: ArrayLike<number> }

export interface GradientsEvent { type: "gradients"; original: Gradient; attacked?: Gradient | null }

export interface SliceEvent {
  type: "slice";
  side: number;
  along: [number, number];
  across: [number, number];
  classes: number[];
  probabilities: number[];
}

export interface ShelfEvent { type: "shelf"; selected: string; models: ModelInfo[] }

export interface FileEvent { type: "file"; name: string; bytes: Uint8Array<ArrayBuffer>; sha256: string }

/** The running training as one file, from which it can go on; what else is said is for the page's words. */
export interface CheckpointEvent {
  type: "checkpoint";
  bytes: Uint8Array<ArrayBuffer>;
  kind: "train" | "train_purifier";
  model: string;
  step: number;
  steps: number;
}

export type ErrorEvent = { type: "error"; message: string } & Said;


export type Event = ReadyEvent | SubjectEvent | PhotoEvent | JobEvent | TrainingEvent | ValidationEvent | AttackingEvent | ErrorEvent
  | ShelfEvent | FileEvent | GradientsEvent | SliceEvent
  | { type: "gallery", signs: GallerySign[] }
  | ({ type: "data" } & DataInfo)
  | ({ type: "loading" } & LoadProgress)
  | ({ type: "outcome" } & OutcomeReport)
  | { type: "part", part: Part }
  | { type: "measured", accuracies: (Proportion | null | undefined)[] }
  | { type: "report", report: Report, records: string }
  | { type: "checks", checks: Check[], records: string }
  | { type: "rocs", config: RocConfig, curves: Roc[] }
  | CheckpointEvent
  | { type: "benchmarked" };
