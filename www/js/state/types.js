// Types only: the contract of src/protocol.rs as the page sees it, and the page's own state. Nothing runs here.

/** @typedef {{ width: number, height: number, rgba: Uint8Array }} Picture */
/** @typedef {{ class: number, probability: number }} Score */
/** @typedef {{ picture: Picture, top: Score[] }} Seen */
/** @typedef {"train" | "train_purifier" | "attack" | "table"} JobKind */
/** @typedef {"running" | "paused" | "finished" | "cancelled" | "failed"} JobState */
/** @typedef {{ name: string, output: number[], parameters: number }} LayerInfo */
/** @typedef {{ logits: number, gradient: number, passed: boolean }} SelfTest */
/** @typedef {{ class: number, picture: Picture }} GallerySign */
/** @typedef {{ x: number, y: number, size: number }} Square */
/** @typedef {{ correct: number, n: number, value: number, low: number, high: number }} Proportion */
/** @typedef {{ epochs: number, batch_size: number, learning_rate: number, images_per_epoch: number, validation_images: number, seed: number }} TrainConfig */
/** @typedef {TrainConfig & { width: number, noise: number, epsilon: number, guide: number, full_skip: boolean }} PurifierConfig */
/** @typedef {{ epsilon: number }} Fgsm */
/** @typedef {{ kappa: number, searches: number, steps: number, learning_rate: number, initial_c: number, abort_early: boolean }} CarliniWagner */
/** @typedef {({ name: "fgsm" } & Fgsm) | ({ name: "cw" } & CarliniWagner)} Attack */
/** @typedef {{ kind: "untargeted" } | { kind: "targeted", class: number }} Goal */
/** @typedef {{ n: number, seed: number, fgsm: Fgsm, cw: CarliniWagner }} TableConfig */
/** @typedef {{ attack: "none" | "fgsm" | "cw", knowledge: "none" | "oblivious", accuracy?: Proportion | null }} TableCell */
/** @typedef {{ config: TableConfig, rows: { defence: "none" | "purified", cells: TableCell[] }[] }} Table */

/**
 * @typedef {{ type: "sign", class: number, seed: number }
 *   | { type: "gallery", count: number, seed: number }
 *   | { type: "photo", bytes: Uint8Array }
 *   | { type: "crop", square: Square }
 *   | { type: "reset_model", seed: number }
 *   | { type: "train", config: TrainConfig }
 *   | { type: "train_purifier", config: PurifierConfig }
 *   | { type: "attack", attack: Attack, goal: Goal }
 *   | { type: "table", config: TableConfig }
 *   | { type: "pause" } | { type: "resume" } | { type: "step" } | { type: "cancel" }} Command
 */

/**
 * @typedef {object} OutcomeReport
 * @property {Attack} attack
 * @property {Goal} goal
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
 */

/** @typedef {{ type: "ready", device: "gpu" | "cpu", adapter: string, self_test?: SelfTest | null, version: string, classes: string[], layers: LayerInfo[], parameters: number }} ReadyEvent */
/** @typedef {{ type: "subject", seen: Seen, label?: number | null, purified?: Seen | null }} SubjectEvent */
/** @typedef {{ type: "photo", preview: Picture, width: number, height: number, square: Square }} PhotoEvent */
/** @typedef {{ type: "job", job: JobKind, state: JobState, done: number, total: number }} JobEvent */
/** @typedef {{ type: "training", job: JobKind, step: number, steps: number, epoch: number, loss: number, accuracy?: number | null, images: number }} TrainingEvent */
/** @typedef {{ type: "validation", job: JobKind, step: number, epoch: number, loss: number, accuracy: Proportion, attacked?: Proportion | null, purified_clean?: Proportion | null }} ValidationEvent */
/** @typedef {{ type: "attacking", search: number, iteration: number, c?: number | null, best_l2?: number | null, picture?: Picture | null }} AttackingEvent */
/** @typedef {{ type: "error", code: string, message: string }} ErrorEvent */
/**
 * @typedef {ReadyEvent | SubjectEvent | PhotoEvent | JobEvent | TrainingEvent | ValidationEvent | AttackingEvent | ErrorEvent
 *   | { type: "gallery", signs: GallerySign[] }
 *   | ({ type: "outcome" } & OutcomeReport)
 *   | { type: "table", table: Table }
 *   | { type: "benchmarked" }} Event
 */

/** Which panel a message belongs to. @typedef {"photo" | "subject" | "train" | "attack" | "purify" | "table" | "page"} Place */

/**
 * One training run or several after one another: aligned columns for the charts, rows for the table.
 * @typedef {object} Curve
 * @property {number[]} x epochs, going on over runs
 * @property {(number | null)[]} loss
 * @property {(number | null)[]} validationLoss
 * @property {(number | null)[]} accuracy
 * @property {(number | null)[]} validationAccuracy
 * @property {(number | null)[]} attacked
 * @property {(number | null)[]} purifiedClean
 * @property {(ValidationEvent & { x: number, trainingLoss: number | null, trainingAccuracy: number | null })[]} rows
 * @property {number} offset epochs of earlier runs
 */

/**
 * A job, running or ended.
 * @typedef {object} Job
 * @property {JobKind} job
 * @property {JobState} state
 * @property {number} done
 * @property {number} total
 * @property {number | null} rate images a second (training) or steps a second
 * @property {number | null} secondsLeft
 * @property {number} epoch
 * @property {boolean} cancelling
 */

/** @typedef {"auto" | "gpu" | "cpu"} DeviceChoice */
/** @typedef {{ ok: boolean, software: boolean, sentence: string, name: string }} Probe */

/**
 * @typedef {object} DeviceState
 * @property {DeviceChoice} choice
 * @property {"starting" | "ready" | "stopped"} phase
 * @property {"gpu" | "cpu" | null} kind
 * @property {string} adapter
 * @property {string} reason one sentence: why this device
 */

/** @typedef {{ place: Place, code: string, message: string }} Message */
/** @typedef {{ sentence: string, report: string, offerCpu: boolean }} Crash */
/** @typedef {Record<string, number | string | boolean>} Settings */

/**
 * @typedef {object} State
 * @property {Settings} settings
 * @property {DeviceState} device
 * @property {string} version
 * @property {string[]} classes
 * @property {LayerInfo[]} layers
 * @property {number} parameters
 * @property {GallerySign[]} gallery
 * @property {SubjectEvent | null} subject
 * @property {string} subjectName what the subject is, in words
 * @property {PhotoEvent | null} photo
 * @property {string} photoName
 * @property {Job | null} job the running job, or the last one
 * @property {Partial<Record<JobKind, Job>>} jobs the last of each kind
 * @property {{ train: Curve, train_purifier: Curve }} curves
 * @property {boolean} trained
 * @property {Proportion | null} validated last validation accuracy of the classifier
 * @property {boolean} purifier whether a purifier is there
 * @property {AttackingEvent | null} attacking
 * @property {OutcomeReport | null} outcome
 * @property {Table | null} table
 * @property {Partial<Record<Place, Message>>} messages
 * @property {Crash | null} crash
 * @property {string[]} notes what was adjusted in the link
 * @property {string} announcement for screen readers
 */

export {};
