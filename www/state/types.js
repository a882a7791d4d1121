// Types only: the contract of src/protocol.rs as the page sees it, and the page's own state. Nothing runs here.

/** @typedef {{ width: number, height: number, rgba: Uint8Array }} Picture */
/** @typedef {{ class: number, probability: number }} Score */
/** @typedef {{ picture: Picture, top: Score[] }} Seen */
/** Jobs as the engine names them. @typedef {"load" | "train" | "train_purifier" | "attack" | "evaluate" | "check" | "roc"} EngineJob */
/** Jobs as the page shows them: an evaluation fills the matrix or the curve. @typedef {"load" | "train" | "train_purifier" | "attack" | "matrix" | "curve" | "check" | "roc"} JobKind */
/** @typedef {"running" | "paused" | "finished" | "cancelled" | "failed"} JobState */
/** @typedef {import("../engine/made/messages.js").Said} Said */
/** @typedef {{ layer: Said, output: number[], parameters: number }} LayerInfo */
/** @typedef {{ logits: number, gradient: number, passed: boolean }} SelfTest */
/** @typedef {{ class: number, picture: Picture }} GallerySign */
/** @typedef {{ x: number, y: number, size: number }} Square */
/** @typedef {{ correct: number, n: number, value: number, low: number, high: number }} Proportion */
/** @typedef {{ kind: "standard" | "fgsm" | "fast" | "pgd" | "trades" | "stale", epsilon?: number, steps?: number, beta?: number }} Recipe */
/** @typedef {{ epochs: number, batch_size: number, learning_rate: number, images_per_epoch: number, validation_images: number, seed: number }} Schedule */
/** @typedef {Schedule & { recipe: Recipe }} TrainConfig */
/** @typedef {Schedule & { width: number, notebook: boolean, clean_to_clean: boolean, noise: number, epsilon: number, guide: number, label_guide: number, full_skip: boolean }} PurifierConfig */
/** @typedef {"fgsm" | "bim" | "pgd" | "apgd" | "square" | "ensemble" | "cw" | "deepfool" | "jsma" | "noise"} AttackName */
/** An attack with every parameter; which it has, `attacks.js` says. @typedef {{ name: AttackName, epsilon?: number, steps?: number } & Record<string, number | string | boolean | null | undefined>} Attack */
/** @typedef {{ kind: "untargeted" } | { kind: "targeted", class: number }} Goal */
/** @typedef {"l1" | "l2" | "jsd10" | "jsd40"} Statistic */
/** @typedef {"none" | "purifier" | "detector" | "bit_depth" | "median" | "jpeg" | "huge_logits" | "no_gradient"} DefenseName */
/** @typedef {{ name: DefenseName, statistic?: Statistic, false_positive_rate?: number, bits?: number, quality?: number }} Defense */
/** @typedef {"none" | "oblivious" | "adaptive" | "bpda"} Knowledge */
/** @typedef {"train" | "validation" | "test"} Split */
/** @typedef {{ model: string, defense: Defense, knowledge: Knowledge, attack?: Attack | null, goal: Goal, source?: string | null }} Case */
/** @typedef {{ split: Split, n: number, seed: number, cases: Case[] }} EvaluationConfig */
/** @typedef {{ index: number, of: number }} Share */
/** What came of a chunk; handed from one engine to another as it is. @typedef {{ case: number, chunk: number, images: object[] }} Part */
/** @typedef {{ model: string, defense: Defense, knowledge: Knowledge, reference: string | null, epsilon: number, split: Split, n: number, seed: number }} CheckConfig */
/** @typedef {{ name: string, passed?: boolean | null, detail: Said, cause?: Said | null }} Check */
/** @typedef {{ attack: Attack, knowledge: Knowledge, n: number, seed: number, false_positive_rate: number }} RocConfig */
/** @typedef {{ statistic: Statistic, points: [falsePositives: number, truePositives: number][], area: number, threshold: number, false_positives: number, true_positives: number }} Roc */
/** @typedef {{ label: number, answer: number, count: number, danger: "runs_through" | "too_fast" | "unwarned" | "passes" }} DangerousConfusion */
/**
 * @typedef {object} CaseReport
 * @property {Case} case
 * @property {Proportion} accuracy
 * @property {Proportion} accuracy_8bit
 * @property {Proportion} accuracy_jpeg
 * @property {Proportion} success
 * @property {[number, number, number] | null} [l2_quartiles]
 * @property {number} largest_linf
 * @property {[label: number, answer: number, count: number][]} confusion
 * @property {[label: number, accuracy: Proportion][]} per_class
 * @property {DangerousConfusion[]} dangerous
 */
/**
 * One figure, as it is saved.
 * @typedef {object} FigureRecord
 * @property {string} schema
 * @property {string} version
 * @property {string} model
 * @property {string} architecture
 * @property {string} weights_sha256
 * @property {number} parameters
 * @property {Defense} defense
 * @property {string} dataset
 * @property {string} split
 * @property {number} n
 * @property {number} images
 * @property {{ name: string, of?: Attack[] } & Record<string, unknown>} attack
 * @property {Goal} goal
 * @property {Knowledge} knowledge
 * @property {string | null} [source]
 * @property {"accuracy" | "success_rate" | "median_l2"} metric
 * @property {number | null} [value]
 * @property {[number, number] | null} [interval]
 * @property {number | null} [value_8bit]
 * @property {number | null} [value_jpeg]
 * @property {number} seed
 * @property {"cpu" | "gpu"} device
 */
/** @typedef {{ cases: CaseReport[], worst: FigureRecord[], records: FigureRecord[] }} Report */
/** @typedef {{ name: string, architecture: string, classes: string[], parameters: number, layers: LayerInfo[], purifier?: number | null, recipe?: Recipe | null }} ModelInfo */

/**
 * @typedef {{ type: "sign", class: number, seed: number }
 *   | { type: "load", files: DroppedFile[], options: LoadOptions } | { type: "unload" }
 *   | { type: "gallery", count: number, seed: number }
 *   | { type: "photo", bytes: Uint8Array }
 *   | { type: "crop", square: Square }
 *   | { type: "new_model", name: string, architecture: string, seed: number }
 *   | { type: "select_model", name: string }
 *   | { type: "copy_model", name: string }
 *   | { type: "remove_model", name: string }
 *   | { type: "export_model", name: string, purifier: boolean }
 *   | { type: "import_model", name: string, bytes: Uint8Array, architecture: string | null }
 *   | { type: "train", config: TrainConfig }
 *   | { type: "train_purifier", config: PurifierConfig }
 *   | { type: "attack", attack: Attack, goal: Goal, defense: Defense, knowledge: Knowledge, source: string | null }
 *   | { type: "evaluate", config: EvaluationConfig, share: Share }
 *   | { type: "part", part: Part }
 *   | { type: "check", config: CheckConfig }
 *   | { type: "roc", config: RocConfig }
 *   | { type: "gradients" } | { type: "slice", seed: number }
 *   | { type: "pause" } | { type: "resume" } | { type: "step" } | { type: "cancel" }} Command
 */

/**
 * @typedef {object} DefendedReport
 * @property {Seen} original
 * @property {Seen} adversarial
 * @property {boolean} refuses_original
 * @property {boolean} refuses_adversarial
 * @property {boolean} success
 */
/**
 * @typedef {object} OutcomeReport
 * @property {Attack} attack
 * @property {string} printed
 * @property {Goal} goal
 * @property {Defense} defense
 * @property {Knowledge} knowledge
 * @property {string | null} [made_on]
 * @property {number} source
 * @property {boolean} success
 * @property {boolean} success_8bit
 * @property {number} l0
 * @property {number} l2
 * @property {number} linf
 * @property {Seen} original
 * @property {Seen} adversarial
 * @property {Seen} adversarial_8bit
 * @property {ArrayLike<number>} perturbation
 * @property {Seen | null} [purified_original]
 * @property {Seen | null} [purified_adversarial]
 * @property {DefendedReport | null} [defended]
 */

/** @typedef {{ type: "ready", device: "gpu" | "cpu", adapter: Said, self_test?: SelfTest | null, version: string, classes: string[], layers: LayerInfo[], parameters: number, presets: Offer[] }} ReadyEvent */
/** How a network that comes with the page was made. @typedef {{ name: string, model: string, from?: string | null, images?: number | null, classifier?: TrainConfig | null, purifier?: PurifierConfig | null }} Offer */
/** A file under its path in the folder that was dropped. @typedef {{ path: string, file: Blob }} DroppedFile */
/** @typedef {{ crop: boolean, seed: number, validation: number, test: number }} LoadOptions */
/** @typedef {{ split: Split, n: number, tracks: number, counts: number[] }} SplitInfo */
/** @typedef {{ used: number, skipped: number, ignored: number, repeated: number, list: { name: string, reason: Said }[], notes: Said[] }} LoadReport */
/** @typedef {{ fingerprint: string, deal: { seed: number, validation: number, test: number }, splits: SplitInfo[], report: LoadReport }} SetInfo */
/** @typedef {{ name: string, classes: string[], signs: boolean, set?: SetInfo | null }} DataInfo */
/** @typedef {{ done: number, total: number, bytes: number, bytes_total: number, skipped: number, finished: boolean }} LoadProgress */
/** @typedef {{ type: "subject", seen: Seen, label?: number | null, purified?: Seen | null }} SubjectEvent */
/** @typedef {{ type: "photo", preview: Picture, width: number, height: number, square: Square }} PhotoEvent */
/** @typedef {{ type: "job", job: EngineJob, state: JobState, done: number, total: number }} JobEvent */
/** @typedef {{ type: "training", job: EngineJob, step: number, steps: number, epoch: number, loss: number, accuracy?: number | null, images: number }} TrainingEvent */
/** @typedef {{ type: "validation", job: EngineJob, step: number, epoch: number, loss: number, accuracy: Proportion, attacked?: Proportion | null, purified_clean?: Proportion | null, robust?: Proportion | null, collapsed: boolean }} ValidationEvent */
/** @typedef {{ type: "attacking", round: number, iteration: number, c?: number | null, best_l2?: number | null, margin: number, l2: number, picture: Picture, top: Score[] }} AttackingEvent */
/** By how much each pixel moves the answer, row by row. @typedef {{ class: number, values: ArrayLike<number> }} Gradient */
/** @typedef {{ type: "gradients", original: Gradient, attacked?: Gradient | null }} GradientsEvent */
/** @typedef {{ type: "slice", side: number, along: [number, number], across: [number, number], classes: number[], probabilities: number[] }} SliceEvent */
/** @typedef {{ type: "shelf", selected: string, models: ModelInfo[] }} ShelfEvent */
/** @typedef {{ type: "file", name: string, bytes: Uint8Array<ArrayBuffer>, sha256: string }} FileEvent */
/** @typedef {{ type: "error", message: string } & Said} ErrorEvent */
/**
 * @typedef {ReadyEvent | SubjectEvent | PhotoEvent | JobEvent | TrainingEvent | ValidationEvent | AttackingEvent | ErrorEvent
 *   | ShelfEvent | FileEvent | GradientsEvent | SliceEvent
 *   | { type: "gallery", signs: GallerySign[] }
 *   | ({ type: "data" } & DataInfo)
 *   | ({ type: "loading" } & LoadProgress)
 *   | ({ type: "outcome" } & OutcomeReport)
 *   | { type: "part", part: Part }
 *   | { type: "measured", accuracies: (Proportion | null | undefined)[] }
 *   | { type: "report", report: Report, records: string }
 *   | { type: "checks", checks: Check[], records: string }
 *   | { type: "rocs", config: RocConfig, curves: Roc[] }
 *   | { type: "benchmarked" }} Event
 */

/** Which panel a message belongs to. @typedef {"data" | "photo" | "subject" | "train" | "shelf" | "attack" | "purify" | "matrix" | "curve" | "check" | "roc" | "page"} Place */

/**
 * One training run or several after one another: aligned columns for the charts, rows for the table.
 * @typedef {object} Curve
 * @property {number[]} x epochs, going on over runs
 * @property {(number | null)[]} loss
 * @property {(number | null)[]} validationLoss
 * @property {(number | null)[]} accuracy
 * @property {(number | null)[]} validationAccuracy
 * @property {(number | null)[]} attacked under attack: without the purifier, or robust accuracy
 * @property {(number | null)[]} purifiedClean
 * @property {(ValidationEvent & { x: number, trainingLoss: number | null, trainingAccuracy: number | null })[]} rows
 * @property {number} offset epochs of earlier runs
 */

/**
 * What the page knows of a model beyond what the engine says of it.
 * @typedef {object} Facts
 * @property {boolean} trained here, or opened from a file
 * @property {Proportion | null} validated
 * @property {Proportion | null} robust
 * @property {boolean} collapsed
 * @property {{ train: Curve, train_purifier: Curve }} curves
 */

/**
 * An evaluation: what was asked, what is known so far, what came of it.
 * @typedef {object} Measurement
 * @property {EvaluationConfig} config
 * @property {(Proportion | null | undefined)[]} accuracies one a case
 * @property {Report | null} report
 * @property {string} records as JSON text
 */

/**
 * A job, running or ended.
 * @typedef {object} Job
 * @property {JobKind} job
 * @property {JobState} state
 * @property {number} started when, in milliseconds: tells one run of it from the next
 * @property {number} done
 * @property {number} total
 * @property {number | null} rate images a second (training) or steps a second
 * @property {number | null} secondsLeft
 * @property {number} epoch
 * @property {boolean} cancelling
 */

/** Words that are made when they are shown, in the language of that moment. @typedef {() => string} Words */

/** @typedef {"auto" | "gpu" | "cpu"} DeviceChoice */
/** @typedef {{ ok: boolean, software: boolean, why: Words, name: Words }} Probe */

/**
 * @typedef {object} DeviceState
 * @property {DeviceChoice} choice
 * @property {"starting" | "ready" | "stopped"} phase
 * @property {"gpu" | "cpu" | null} kind
 * @property {Said | null} adapter
 * @property {Words} reason one sentence: why this device
 * @property {{ logits: number, gradient: number } | null} test by how much it differed from the CPU in the start-up test, if it had to pass one
 */

/** @typedef {{ place: Place, code: string, message: Words }} Message */
/** @typedef {{ sentence: Words, report: string, offerCpu: boolean }} Crash */
/** @typedef {Record<string, number | string | boolean>} Settings */
/**
 * What the storage has to say: how often it has changed, why something is not saved, what of it could not be loaded.
 * @typedef {{ revision: number, trouble: Words | null, failures: Words[] }} Kept
 */
/**
 * Whether the page works without a network; in which phase that is, and where it does not, why.
 * @typedef {{ phase: "none" | "waiting" | "saving" | "kept" | "update" | "elsewhere" | "failed", reason: Words }} Offline
 */

/**
 * @typedef {object} State
 * @property {Settings} settings
 * @property {DeviceState} device
 * @property {string} version
 * @property {string[]} classes
 * @property {LayerInfo[]} layers
 * @property {number} parameters
 * @property {DataInfo | null} data what images come from
 * @property {DroppedFile[]} dataFiles what was opened last
 * @property {LoadProgress | null} loading how far the reading of a data set is, or how far it came
 * @property {GallerySign[]} gallery
 * @property {SubjectEvent | null} subject
 * @property {Words} subjectName what the subject is, in words
 * @property {PhotoEvent | null} photo
 * @property {string} photoName
 * @property {Job | null} job the running job, or the last one
 * @property {Partial<Record<JobKind, Job>>} jobs the last of each kind
 * @property {{ selected: string, models: ModelInfo[] }} shelf
 * @property {Record<string, Facts>} facts by model, but for the selected one, whose are below
 * @property {{ train: Curve, train_purifier: Curve }} curves
 * @property {boolean} trained
 * @property {Proportion | null} validated last validation accuracy of the classifier
 * @property {Proportion | null} robust last robust accuracy, of adversarial training
 * @property {boolean} collapsed whether fast training ended by a collapse
 * @property {boolean} purifier whether a purifier is there
 * @property {string} madeOn model that attacks on the picture are made on; empty for the selected one
 * @property {AttackingEvent[]} frames of the last attack
 * @property {OutcomeReport | null} outcome
 * @property {GradientsEvent | null} gradients where the network looks, if it has been asked since
 * @property {SliceEvent | null} slice
 * @property {boolean} seeking whether the start looks for a strength that is enough
 * @property {boolean} shipped whether the network that comes with the page is there
 * @property {File[]} photos that wait for their turn
 * @property {Offer[]} presets how the networks that come with the page were made
 * @property {FigureRecord[] | null} imported figures from a file
 * @property {Record<string, string>} predictions of the lesson, by step
 * @property {Record<string, OutcomeReport[]>} lesson what came of its steps
 * @property {Record<string, OutcomeReport>} museum what came of its exhibits
 * @property {string} place where one is
 * @property {string[]} compared models in the matrix and the curve; empty for the selected one
 * @property {string} transfer model whose examples the matrix tries too; empty for none
 * @property {string} reference model that the checks compare with; empty for none
 * @property {"matrix" | "curve"} evaluating what a running evaluation fills
 * @property {Measurement | null} matrix
 * @property {Measurement | null} curve
 * @property {{ config: CheckConfig, checks: Check[], records: string } | null} checks
 * @property {{ model: string, config: RocConfig, curves: Roc[] } | null} rocs
 * @property {Words | null} engines how many engines share an evaluation, in words
 * @property {Partial<Record<Place, Message>>} messages
 * @property {Crash | null} crash
 * @property {Words[]} notes what was adjusted in the link
 * @property {string} announcement for screen readers
 * @property {Kept} kept
 * @property {Offline} offline
 */

export {};
