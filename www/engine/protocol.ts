// The contract of the engine as the page sees it: the types are made from the Rust ones; what is here are their names in the page,
// and what only the page and its worker say to one another. Types only; nothing runs here.

import type { Said } from "./made/messages.js";
import type { Command as EngineCommand, Event } from "./made/protocol.js";

export type { Said };
export type { AttackName, DefenseName, RecipeName } from "./made/methods.js";
export type {
  Attack, Case, CaseReport, Check, CheckConfig, DangerousConfusion, DataInfo, Defense, DefendedReport, EvaluationConfig, Event, FigureRecord, GallerySign, Goal,
  Gradient, JobState, Judged, Knowledge, LayerInfo, LoadReport, ModelInfo, Offer, OutcomeReport, Part, Picture, Proportion, PurifierConfig, Recipe, Report, Roc,
  RocConfig, Score, Seen, SelfTest, SetInfo, Share, Split, SplitInfo, Statistic, Scene, StickerConfig, StickerReport,
  StickerResult, TrainConfig,
} from "./made/protocol.js";
export type { JobKind as EngineJob, Region as Square } from "./made/protocol.js";

type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;

export type ReadyEvent = EventOf<"ready">;
export type SubjectEvent = EventOf<"subject">;
export type PhotoEvent = EventOf<"photo">;
export type JobEvent = EventOf<"job">;
export type TrainingEvent = EventOf<"training">;
export type ValidationEvent = EventOf<"validation">;
export type AttackingEvent = EventOf<"attacking">;
export type GradientsEvent = EventOf<"gradients">;
export type SliceEvent = EventOf<"slice">;
export type ReadEvent = EventOf<"read">;
export type StickingEvent = EventOf<"sticking">;
export type ShelfEvent = EventOf<"shelf">;
export type FileEvent = EventOf<"file">;
export type CheckpointEvent = EventOf<"checkpoint">;
export type ErrorEvent = EventOf<"error">;
export type LoadProgress = Omit<EventOf<"loading">, "type">;

/** A file under its path in the folder that was dropped. */
export interface DroppedFile { path: string; file: Blob }

export interface LoadOptions { crop: boolean; seed: number; validation: number; test: number }

/** Reading a data set goes by another door of the engine, as its files are handles of the browser. */
export type Command = EngineCommand | { type: "load", files: DroppedFile[], options: LoadOptions };
