// The state of the page: plain data, without functions, so that it can be logged, kept, compared and tested by value. What the
// engine says and hears is in engine/protocol.ts, and can be imported from here too.

import type {
  AttackingEvent, Check, CheckConfig, Command, DataInfo, DefendedReport, DroppedFile, EvaluationConfig, FigureRecord, GallerySign, GradientsEvent,
  JobState, LoadOptions, LoadProgress, ModelInfo, Offer, OutcomeReport, PhotoEvent, Proportion, Recipe, Report, Roc, RocConfig, Said, SliceEvent,
  StickerReport, StickingEvent,
  SubjectEvent, ValidationEvent,
} from "../engine/protocol.js";
import type { Words } from "../words/say.js";

export type * from "../engine/protocol.js";
export type { Words } from "../words/say.js";
export type { Probe } from "../engine/probe.js";

/** Jobs as the page shows them: an evaluation fills the matrix or the curve; of stickers of several areas each is a job of the kind `area`. */
export type JobKind = "load" | "train" | "train_purifier" | "attack" | "matrix" | "curve" | "check" | "roc" | "sticker" | "area";
/** Those that a checkpoint can be taken of. */
export type Training = "train" | "train_purifier";

/** Which panel a message belongs to; `page` is the place for what has no panel. */
export type Place =
  | "data" | "photo" | "subject" | "train" | "shelf" | "kept" | "attack" | "purify" | "matrix" | "curve" | "check" | "roc" | "sticker"
  | "start" | "lesson" | "museum" | "page";

/** One training run or several after one another: aligned columns for the charts, rows for the table. */
export interface Curve {
  /** Epochs, going on over runs. */
  x: number[];
  loss: (number | null)[];
  validationLoss: (number | null)[];
  accuracy: (number | null)[];
  validationAccuracy: (number | null)[];
  /** Under attack: without the purifier, or robust accuracy. */
  attacked: (number | null)[];
  purifiedClean: (number | null)[];
  rows: (ValidationEvent & { x: number; trainingLoss: number | null; trainingAccuracy: number | null })[];
  /** Epochs of earlier runs. */
  offset: number;
}

/** What the page knows of a model beyond what the engine says of it. */
export interface Facts {
  /** Here, or opened from a file. */
  trained: boolean;
  /** Last validation accuracy of the classifier. */
  validated: Proportion | null;
  /** Last robust accuracy, of adversarial training. */
  robust: Proportion | null;
  /** Whether fast training ended by a collapse. */
  collapsed: boolean;
  /** How it was trained, where a file does not say so. */
  recipe: Recipe | null;
  curves: Record<Training, Curve>;
}

/** A model on the shelf: what the engine says of it, and what the page knows. */
export interface Model {
  info: ModelInfo;
  facts: Facts;
}

/** An evaluation: what was asked, what is known so far, what came of it. */
export interface Measurement {
  config: EvaluationConfig;
  /** One a case. */
  accuracies: (Proportion | null | undefined)[];
  report: Report | null;
  /** As JSON text. */
  records: string;
}

/** A job, running or ended. */
export interface Job {
  /** Of the command that began it. */
  id: number;
  job: JobKind;
  state: JobState;
  /** What was asked. */
  command: Command;
  /** Which panel is told of what goes wrong. */
  place: Place | null;
  /** When, in milliseconds: tells one run of it from the next. */
  started: number;
  done: number;
  total: number;
  /** Images a second (training) or steps a second. */
  rate: number | null;
  secondsLeft: number | null;
  epoch: number;
  cancelling: boolean;
  /** Whether the engine has said that it runs. */
  begun: boolean;
  /** How far it was when, for the rate. */
  samples: { at: number; done: number }[];
}

export type DeviceChoice = "auto" | "gpu" | "cpu";


export interface DeviceState {
  choice: DeviceChoice;
  phase: "starting" | "ready" | "stopped";
  kind: "gpu" | "cpu" | null;
  adapter: Said | null;
  /** One sentence: why this device. */
  reason: Words;
  /** By how much it differed from the CPU in the start-up test, if it had to pass one. */
  test: { logits: number; gradient: number } | null;
}

export interface Message {
  place: Place;
  code: string;
  message: Words;
}

/** The engine has stopped, or the page's own code has thrown. */
export interface Crash {
  of: "engine" | "page";
  sentence: Words;
  /** To be copied: version, device, message, last lines of the log. */
  report: string;
  offerCpu: boolean;
}

export type Settings = Record<string, number | string | boolean>;

/** What the storage has to say. */
export interface Kept {
  /** How often it has changed. */
  revision: number;
  /** Why something is not saved. */
  trouble: Words | null;
  /** What of it could not be loaded. */
  failures: Words[];
  /** What came of the file of kept work that was opened last. */
  taken: Words | null;
  /** Whether another tab of this page keeps the work, so this one does not. */
  elsewhere: boolean;
}

/** Whether the page works offline; in which phase that is, and where it does not, why. */
export interface Offline {
  phase: "none" | "waiting" | "saving" | "kept" | "update" | "elsewhere" | "failed";
  reason: Words;
}

/** The data set that a training learns from, and how it was opened: opened so again, it is the same one. */
export interface LearnedFrom {
  set: string;
  fingerprint: string;
  options: LoadOptions;
}

/** Where a training stands on its curve. */
export interface Position {
  model: string;
  /** Of this run. */
  epoch: number;
  /** Epochs of earlier runs; as the curve has it where that is not known. */
  offset?: number;
}

/** A training that was interrupted and can go on: what the page says of its checkpoint. */
export interface Resumable {
  /** Its name in the storage. */
  entry: string;
  kind: Training;
  model: string;
  step: number;
  steps: number;
  /** When the checkpoint was taken, in milliseconds since 1970. */
  saved: number;
  /** Nothing in checkpoints of earlier versions. */
  position: Omit<Position, "model"> | null;
  /** Bytes of memory; nothing in checkpoints of earlier versions. */
  needs: number | null;
  /** `drawn` signs, or a data set; nothing in checkpoints of earlier versions. */
  data: LearnedFrom | "drawn" | null;
  /** Whether that data set is kept in this browser. */
  kept: boolean;
}

/** What the lesson shows of an attack, and keeps. */
export type LessonAttack =
  & Pick<OutcomeReport, "attack" | "goal" | "defense" | "knowledge" | "label" | "success" | "l2" | "linf" | "original" | "adversarial">
  & { defended?: Pick<DefendedReport, "success" | "adversarial"> | null };

/** The same of a sticker. */
export type LessonSticker = Pick<StickerReport, "model" | "sticker" | "views"> & { sign: number };

/** Shares of one network, in the columns of a step's table. */
export interface LessonRow { name: string; shares: (Proportion | null)[] }

/** What came of a step of the lesson. */
export interface LessonResult {
  /** In a word: one of the step's `options` or `others`. */
  came: string;
  attacks: LessonAttack[];
  stickers: LessonSticker[];
  rows: LessonRow[];
}

/** When the questions are asked. */
export type Round = "before" | "after";
/** The questions as somebody has answered them; `done` once no answer can be changed any more. */
export interface Quiz { answers: Record<string, string>; done: boolean }

export interface State {
  settings: Settings;
  device: DeviceState;
  version: string;
  classes: string[];
  /** What images come from. */
  data: DataInfo | null;
  /** The files of the data set that is open, and how they were read. */
  dataFiles: DroppedFile[];
  dataOptions: LoadOptions | null;
  /** Of those, what the browser could not open. */
  unread: string[];
  /** Files that were found so far in a folder that was dropped; nothing while none is looked through. */
  gathering: number | null;
  /** How far the reading of a data set is, or how far it came. */
  loading: LoadProgress | null;
  gallery: GallerySign[];
  subject: SubjectEvent | null;
  /** What the subject is. */
  subjectName: Words;
  photo: PhotoEvent | null;
  photoName: string;
  /** The running job, or the last one. */
  job: Job | null;
  /** The last of each kind. */
  jobs: Partial<Record<JobKind, Job>>;
  /** The shelf, in its order. */
  models: ReadonlyMap<string, Model>;
  /** Name of the selected model; empty before the engine has started. */
  selected: string;
  /** Model that attacks on the picture are made on; empty for the selected one. */
  madeOn: string;
  /** Of the last attack. */
  frames: AttackingEvent[];
  outcome: OutcomeReport | null;
  /** Where the network looks, if it has been asked since. */
  gradients: GradientsEvent | null;
  slice: SliceEvent | null;
  /** Whether the start looks for a strength that is enough. */
  seeking: boolean;
  /** Whether the network that comes with the page is there. */
  shipped: boolean;
  /** That wait for their turn. */
  photos: File[];
  /** How the networks that come with the page were made. */
  presets: Offer[];
  /** Figures from a file. */
  imported: FigureRecord[] | null;
  /** Of the lesson, by step. */
  predictions: Record<string, string>;
  /** What came of the lesson's steps. */
  lesson: Record<string, LessonResult>;
  /** Its questions, before it and after it. */
  quiz: Record<Round, Quiz>;
  /** What came of the museum's exhibits. */
  museum: Record<string, OutcomeReport>;
  /** Where one is. */
  place: string;
  /** Models in the matrix and the curve; empty for the selected one. */
  compared: string[];
  /** Model whose examples the matrix tries too; empty for none. */
  transfer: string;
  /** Model that the checks compare with; empty for none. */
  reference: string;
  matrix: Measurement | null;
  curve: Measurement | null;
  checks: { config: CheckConfig; checks: Check[]; note: Said | null; records: string } | null;
  rocs: { model: string; config: RocConfig; curves: Roc[]; note: Said | null } | null;
  /** The sticker that is made, or was made last; `hand` is what came of the one that was painted on the same places. */
  sticking: { model: string; frame: StickingEvent | null; report: StickerReport | null; hand: StickerReport | null } | null;
  /** Stickers of several areas, from the smallest on: those that are made so far. */
  areas: { model: string; reports: StickerReport[]; state: "running" | "done" | "ended" } | null;
  /** What somebody has painted on the sign, 64 × 64 RGBA; a sticker covers just that. */
  painted: Uint8Array<ArrayBuffer> | null;
  /** How many engines share an evaluation. */
  engines: Words | null;
  messages: Partial<Record<Place, Message>>;
  crash: Crash | null;
  /** The training that can go on, if there is one: the latest. */
  resumable: Resumable | null;
  /** Others, the latest first. */
  otherResumables: Resumable[];
  /** What was adjusted in the link. */
  notes: Words[];
  /** For screen readers. */
  announcement: Words;
  kept: Kept;
  offline: Offline;
}

