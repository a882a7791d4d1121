// Made from the declarations in `src` by `cargo xtask made`; never edited by hand.

import type { Said } from "./messages.js";
import type { AttackName, DefenseName, RecipeName } from "./methods.js";

/** What a front end can ask for. While a job runs (training, an attack, an evaluation), only `Command::Pause`, `Command::Resume`, `Command::Step`, `Command::Cancel`, `Command::Part` and the commands that read are answered; one that would start a second job is answered by `crate::Error::Busy`. */
export type Command =
  /** A picture of `class`, drawn as a camera might see it or from the loaded data set; it becomes the subject. */
  | { type: "sign"; class: number; seed: number }
  /** Show the first `count` validation images, for the sheet of examples. */
  | { type: "gallery"; count: number; seed: number }
  /** Give up the loaded data set: drawn signs again. */
  | { type: "unload" }
  /** Decode a picture from untrusted bytes (PNG, JPEG, PPM, WebP); answered by `super::Event::Photo`. */
  | { type: "photo"; bytes: Uint8Array<ArrayBuffer> }
  /** Cut a square out of the decoded picture and scale it to 32 × 32; it becomes the subject. */
  | { type: "crop"; square: Region }
  /** Put an untrained network on the shelf, in place of any of that name, and select it. */
  | { type: "new_model"; architecture: string; name: string; seed: number }
  /** Select a model. */
  | { type: "select_model"; name: string }
  /** Put a copy of the selected model on the shelf, purifier included, and select the copy. */
  | { type: "copy_model"; name: string }
  /** Take a model off the shelf; not the last. */
  | { type: "remove_model"; name: string }
  /** Ask for the weights of a model as a safetensors file; answered by `super::Event::File`. */
  | { type: "export_model"; name: string; purifier: boolean }
  /** Read a safetensors file. A classifier goes on the shelf and is selected; a purifier becomes that of the model called `name`. */
  | { type: "import_model"; architecture?: string | null; bytes: Uint8Array<ArrayBuffer>; name: string }
  /** Train the selected classifier, from its present weights. */
  | { type: "train"; config: TrainConfig }
  /** Train a purifier for the selected classifier. */
  | { type: "train_purifier"; config: PurifierConfig }
  /** Attack the subject. */
  | { type: "attack"; attack: Attack; defense: Defense; goal: Goal; knowledge: Knowledge; made_on?: string | null }
  /** Measure accuracies: tables, curves, everything that is a list of cases. Answered by `super::Event::Part` and `super::Event::Measured` along the way, and `super::Event::Report`. */
  | { type: "evaluate"; config: EvaluationConfig; share: Share }
  /** What another engine has done of the running evaluation. */
  | { type: "part"; part: Part }
  /** Run the sanity checks of an evaluation. */
  | { type: "check"; config: CheckConfig }
  /** Measure how well the detector of the selected model tells attacked images from clean ones. */
  | { type: "roc"; config: RocConfig }
  /** Compute a sticker against the selected model, or take one that is painted, and judge it on every model that knows the drawn signs. */
  | { type: "sticker"; config: StickerConfig }
  /** Read one picture, as a camera sees it now, without putting it on stage; answered by `super::Event::Read`. */
  | { type: "read"; epsilon?: number | null; purified: boolean; rgba: Uint8Array<ArrayBuffer> }
  /** Ask where the selected classifier looks; answered by `super::Event::Gradients`. */
  | { type: "gradients" }
  /** Ask for a slice through the space in which the selected classifier decides; answered by `super::Event::Slice`. */
  | { type: "slice"; seed: number }
  /** Hold the running job after its present step. */
  | { type: "pause" }
  /** Go on with a paused job. */
  | { type: "resume" }
  /** One step of a paused job. */
  | { type: "step" }
  /** End the running job; what it has reached so far (weights, the best image) stays. */
  | { type: "cancel" }
  /** Ask for the running training as one file, from which it can go on; answered by `super::Event::Checkpoint`. */
  | { type: "checkpoint" }
  /** Go on with a training from such a file, on the data it learns from. Its model goes on the shelf, in place of any of its name, and is selected. */
  | { type: "continue"; checkpoint: Uint8Array<ArrayBuffer> }
  /** Time `repeats` runs of one piece of work, for `cargo xtask bench`; the caller holds the clock. */
  | { type: "benchmark"; batch: number; repeats: number; work: Work };

/** What the engine tells a front end. */
export type Event =
  /** The engine is ready. */
  | { type: "ready"; adapter: Said; classes: string[]; device: Compute; layers: LayerInfo[]; parameters: number; presets: Offer[]; self_test?: SelfTest | null; version: string }
  /** The sheet of examples. */
  | { type: "gallery"; signs: GallerySign[] }
  /** How far the reading of a data set is. */
  | { type: "loading"; bytes: number; bytes_total: number; done: number; finished: boolean; skipped: number; total: number }
  /** What images come from has changed. */
  | { type: "data" } & DataInfo
  /** A decoded upload, for the user to place the crop on. */
  | { type: "photo"; height: number; preview: Picture; square: Region; width: number }
  /** The image that attacks work on has changed, or the classifier's answer to it has. */
  | { type: "subject"; label?: number | null; purified?: Seen | null; scene?: Scene | null; seen: Seen }
  /** A job began, paused, went on or ended. */
  | { type: "job"; done: number; kind: JobKind; state: JobState; total: number }
  /** One optimiser step, or a few, of either training job. */
  | { type: "training"; accuracy?: number | null; epoch: number; images: number; kind: JobKind; loss: number; step: number; steps: number }
  /** The state of a training job on the validation images. */
  | { type: "validation"; accuracy: Proportion; attacked?: Proportion | null; collapsed: boolean; epoch: number; kind: JobKind; loss: number; purified_clean?: Proportion | null; robust?: Proportion | null; step: number }
  /** The shelf has changed. */
  | { type: "shelf"; models: ModelInfo[]; selected: string }
  /** Weights, to be saved. */
  | { type: "file"; bytes: Uint8Array<ArrayBuffer>; name: string; sha256: string }
  /** The running training as one file, to be kept: `super::Command::Continue` starts it again where it was. */
  | { type: "checkpoint"; bytes: Uint8Array<ArrayBuffer>; kind: JobKind; model: string; step: number; steps: number }
  /** Where a running attack stands. */
  | { type: "attacking"; best_l2?: number | null; c?: number | null; iteration: number; l2: number; margin: number; picture: Picture; round: number; top: Score[] }
  /** What an attack reached. */
  | { type: "outcome" } & OutcomeReport
  /** What is read in a picture of the camera. */
  | { type: "read"; attacked?: Seen | null; purified?: Seen | null; seen: Seen }
  /** Where the selected classifier looks. */
  | { type: "gradients"; attacked?: Gradient | null; original: Gradient }
  /** A slice through the space in which the selected classifier decides. */
  | { type: "slice" } & Slice
  /** A chunk of a case is done. An engine that has a share of the work sends these to the one that reports. */
  | { type: "part"; part: Part }
  /** Accuracies so far, one a case. */
  | { type: "measured"; accuracies: (Proportion | null)[] }
  /** What an evaluation found. */
  | { type: "report"; records: string; report: Report }
  /** Sanity checks, with the records of the figures behind them. */
  | { type: "checks"; checks: Check[]; note?: Said | null; records: string }
  /** The detector's ROC for each statistic. */
  | { type: "rocs"; config: RocConfig; curves: Roc[]; note?: Said | null }
  /** Where a running sticker stands. */
  | { type: "sticking"; reached: Proportion; step: number; sticker: Picture; views: Seen[] }
  /** What came of a sticker, so far. */
  | { type: "stuck" } & StickerReport
  /** A benchmark ran to its end, the device's queue included. */
  | { type: "benchmarked"; images: number; work: Work }
  /** Something could not be done; the engine goes on. `code` and `values` are those of `Error`, `message` is its sentence: what happened, what was expected, what to do. */
  | { type: "error" } & Said & { message: string };

/** A square cut, in pixels of the decoded picture. */
export interface Region {
  /** Width and height, at least 1. */
  size: number;
  /** Left edge. */
  x: number;
  /** Upper edge. */
  y: number;
}

/** How a classifier is trained. */
export interface TrainConfig {
  /** Each image of a data set shifted, rotated and relit slightly each time. */
  augment: boolean;
  /** Images per step; their gradients are averaged. */
  batch_size: number;
  /** Share of drawn signs among the images, 0 to 1; for data sets with GTSRB's classes only. */
  drawn: number;
  /** How much of the moving average of the weights each step keeps; the average is then the network that is shown, measured and saved. 0 for none. */
  ema: number;
  /** Passes over the images. The generator is endless, so no drawn sign is seen twice. */
  epochs: number;
  /** Whether drawn signs are seen in every light of the benchmark, not only in a fair one. */
  harsh: boolean;
  /** Drawn signs, or pictures of the data set, per epoch. */
  images_per_epoch: number;
  /** Size of the first steps of Adam; it falls along a half cosine to zero by the end of the run. */
  learning_rate: number;
  /** What the network learns from. */
  recipe: Recipe;
  /** The same seed gives the same training signs and examples again. */
  seed: number;
  /** Signs kept apart, on which progress is measured and which are never trained on. */
  validation_images: number;
  /** Every step of Adam makes each parameter smaller by this times its size: λ times the learning rate of the step, apart from the gradient (AdamW). 0 for none. */
  weight_decay: number;
}

/** How a purifier is trained. */
export interface PurifierConfig {
  /** Each image of a data set shifted, rotated and relit slightly each time. */
  augment: boolean;
  /** Images per step; their gradients are averaged. */
  batch_size: number;
  /** Learns from clean signs only, as the notebook did: it learns to copy, and hands the attack through. */
  clean_to_clean: boolean;
  /** Share of drawn signs among the images, 0 to 1; for data sets with GTSRB's classes only. */
  drawn: number;
  /** Passes over the images. The generator is endless, so no drawn sign is seen twice. */
  epochs: number;
  /** Largest strength of the FGSM examples that it learns to repair; each batch draws its own. Also that of validation. */
  epsilon: number;
  /** Lets the picture pass around the purifier at full resolution, and the attack with it. */
  full_skip: boolean;
  /** How much the network's answer to the clean picture counts beside the pixels. */
  guide: number;
  /** Whether drawn signs are seen in every light of the benchmark, not only in a fair one. */
  harsh: boolean;
  /** Drawn signs, or pictures of the data set, per epoch. */
  images_per_epoch: number;
  /** How much the right answer counts beside the pixels: with it the purifier redraws what a strong attack has spoilt, and its pictures are less like the original. */
  label_guide: number;
  /** Size of the first steps of Adam; it falls along a half cosine to zero by the end of the run. */
  learning_rate: number;
  /** Largest standard deviation of the random noise that it learns to remove; each batch draws its own. */
  noise: number;
  /** The notebook's network of 27.4 million parameters instead; the width then means nothing. */
  notebook: boolean;
  /** The same seed gives the same purifier again. */
  seed: number;
  /** Signs kept apart, on which progress is measured and which are never trained on. */
  validation_images: number;
  /** Channels of the first layer, 16 for 194,755 parameters; wider is better and slower. */
  width: number;
}

/** An attack with all its parameters. */
export type Attack = { name: AttackName } & Record<string, number | string | boolean | null | undefined>;

/** What stands before the classifier. */
export type Defense = { name: DefenseName } & Record<string, number | string | boolean | null | undefined>;

/** What an attack wants. */
export type Goal =
  /** Any class but the label. */
  | { kind: "untargeted" }
  /** One class. */
  | { kind: "targeted"; class: number };

/** What the attacker knows of the defence. */
export type Knowledge = "none" | "oblivious" | "adaptive" | "bpda";

/** An evaluation with everything it depends on. */
export interface EvaluationConfig {
  /** The questions. */
  cases: Case[];
  /** Number of images, from the first. More images make the interval narrower and take longer. */
  n: number;
  /** Seed of drawn images: the same gives the same again. */
  seed: number;
  /** Which images are measured. Nothing was trained or chosen on the test images. */
  split: Split;
}

/** Which chunks an engine takes: every `of`-th from `index`. */
export interface Share {
  /** From 0. */
  index: number;
  /** Number of engines. */
  of: number;
}

/** One chunk of one case, done. */
export interface Part {
  /** Number of the case. */
  case: number;
  /** Number of the chunk. */
  chunk: number;
  /** The images, in order; those that the goal leaves out are missing. */
  images: Judged[];
}

/** What is checked, and on what. */
export interface CheckConfig {
  /** Runs AutoAttack as well, and asks whether it leaves what the figure promises: many times the work of everything else. */
  autoattack?: boolean;
  /** What stands before it. */
  defense: Defense;
  /** Strength of the attacks. */
  epsilon: number;
  /** The attack that the figure was measured with, at this ε: what AutoAttack is compared with. PGD with 20 steps unless it is named. */
  figure?: Attack | null;
  /** The attacker behind the figure that is checked. */
  knowledge: Knowledge;
  /** Name of the model. */
  model: string;
  /** Number of images for each of the attacks behind the checks. */
  n: number;
  /** Another model: its examples are tried for transfer, and an oblivious attacker uses it where there is no defence in front of the model. */
  reference?: string | null;
  /** Seed of generated images. */
  seed: number;
  /** Which images. */
  split: Split;
}

/** What a ROC is measured on. */
export interface RocConfig {
  /** The attack. */
  attack: Attack;
  /** Share of clean images that the threshold may reject. */
  false_positive_rate: number;
  /** Oblivious: made on the bare network. Adaptive or BPDA: made through purifier and detector, for each statistic against the detector that measures it, at the rate below. */
  knowledge: Knowledge;
  /** Number of clean validation images, and of as many attacked ones. */
  n: number;
  /** Seed of generated images. */
  seed: number;
}

/** A sticker for a drawn sign, and the views to judge it on. */
export interface StickerConfig {
  /** Whether it stays as it is painted: nothing is computed. */
  by_hand: boolean;
  /** Fresh views to judge it on. */
  fresh: number;
  /** What it is to do. */
  goal: Goal;
  /** What somebody has painted on the drawing, as large as it, RGBA bytes row by row: where it is opaque is the sticker, and not where `Sticker::shape` says. */
  painted?: Uint8Array<ArrayBuffer> | null;
  /** Class of the sign. */
  sign: number;
  /** How it is computed. */
  sticker: Sticker;
}

/** What `Command::Benchmark` runs. */
export type Work =
  /** One optimiser step of the selected network on a given batch. */
  | "training_step"
  /** The gradient of the loss with respect to a given batch of images. */
  | "input_gradient"
  /** The same of a new purifier with the default settings: a step of its training, or the gradient through it and the selected network. */
  | { purifier: { training: boolean } }
  /** One batch of generated signs. */
  | { generate: { harsh: boolean } }
  /** An attack on a batch, untargeted. */
  | { attack: { attack: Attack } };

/** The two kinds of device. */
export type Compute = "gpu" | "cpu";

/** A layer of a network. */
export interface LayerInfo {
  /** What it is. */
  layer: Said;
  /** Shape of its output, without the batch: channels × height × width, or features. */
  output: number[];
  /** Number of trainable parameters. */
  parameters: number;
}

/** A preset as a front end takes it, which makes its networks from what data it has. */
export interface Offer {
  /** For classifiers. */
  classifier?: TrainConfig | null;
  /** See `Preset::from`. */
  from?: string | null;
  /** See `Preset::images`. */
  images?: number | null;
  /** See `Preset::model`. */
  model: string;
  /** See `Preset::name`. */
  name: string;
  /** For purifiers. */
  purifier?: PurifierConfig | null;
  /** See `Preset::whole`. */
  whole: boolean;
}

/** What the start-up self-test measured: the same small network on the GPU and on the CPU. */
export interface SelfTest {
  /** Largest difference in the input gradient, relative to its largest entry. */
  gradient: number;
  /** Largest absolute difference of a logit. */
  logits: number;
  /** Whether both are small enough (1e-4 and 1e-3). */
  passed: boolean;
}

/** A sign with its class. */
export interface GallerySign {
  /** Class. */
  class: number;
  /** Picture. */
  picture: Picture;
}

/** What images come from. */
export interface DataInfo {
  /** Names of the classes. */
  classes: string[];
  /** Name; `generated` for drawn signs. */
  name: string;
  /** What a data set holds; none for drawn signs, which have no end. */
  set?: SetInfo | null;
  /** Whether they are GTSRB's. */
  signs: boolean;
}

/** An image as the page paints it. */
export interface Picture {
  /** Height in pixels. */
  height: number;
  /** `4 · width · height` bytes, row by row; alpha is 255. */
  rgba: Uint8Array<ArrayBuffer>;
  /** Width in pixels. */
  width: number;
}

/** A picture with what the classifier says about it. */
export interface Seen {
  /** The picture. */
  picture: Picture;
  /** The five most probable classes, most probable first. */
  top: Score[];
}

/** What somebody who stands beside the camera sees of a `Shot`: enough to draw the sign sharp and large, as it hangs there. */
export interface Scene {
  /** By how much the light makes red, green and blue brighter. */
  light: [number, number, number];
  /** What part of the light falls on the sign: less than 1 where it hangs before the bright sky. */
  shade: number;
  /** From places of the picture, `SIDE` × `SIDE`, to places of the drawing, `TILE` × `TILE`: a homography, row by row. */
  view: [number, number, number, number, number, number, number, number, number];
}

/** What a job does. */
export type JobKind = "load" | "train" | "train_purifier" | "attack" | "evaluate" | "check" | "roc" | "sticker";

/** Where a job stands. */
export type JobState = "running" | "paused" | "finished" | "cancelled" | "failed";

/** A count with its share and the 95 % Wilson score interval (Wilson 1927; equation 4 of Brown, Cai, DasGupta 2001). */
export interface Proportion {
  /** How many. */
  correct: number;
  /** Upper end of the interval. */
  high: number;
  /** Lower end of the interval. */
  low: number;
  /** Of how many. */
  n: number;
  /** correct / n. */
  value: number;
}

/** A model on the shelf. */
export interface ModelInfo {
  /** Its architecture. */
  architecture: string;
  /** Names of its classes. */
  classes: string[];
  /** The classifier, layer by layer. */
  layers: LayerInfo[];
  /** Its name. */
  name: string;
  /** Parameters of the classifier. */
  parameters: number;
  /** Parameters of its purifier, where it has one. */
  purifier?: number | null;
  /** How it was trained last; none if never here. */
  recipe?: Recipe | null;
}

/** One class and its probability. */
export interface Score {
  /** Class number. */
  class: number;
  /** Softmax probability. */
  probability: number;
}

/** Everything about one attacked image. */
export interface OutcomeReport {
  /** The image after. */
  adversarial: Seen;
  /** The image after, rounded to 8 bits per channel. */
  adversarial_8bit: Seen;
  /** The attack with every parameter. */
  attack: Attack;
  /** Both behind the defence that the attack was asked about; none without one. */
  defended?: DefendedReport | null;
  /** What stood before the classifier. */
  defense: Defense;
  /** What it aimed at. */
  goal: Goal;
  /** What the attacker knew of it. */
  knowledge: Knowledge;
  /** Number of changed pixels (any channel). */
  l0: number;
  /** Euclidean norm of the perturbation. */
  l2: number;
  /** The class it started from: the true one, or the classifier's own answer for a photo. */
  label: number;
  /** Largest change of a channel. */
  linf: number;
  /** The model that the example was made on, if it was another. */
  made_on?: string | null;
  /** The image before. */
  original: Seen;
  /** The perturbation, 3 × 32 × 32 floats (channel, row, column), positive = brighter. */
  perturbation: number[];
  /** The attack in words: its name with every parameter. */
  printed: string;
  /** The image after, purified; none without a purifier. */
  purified_adversarial?: Seen | null;
  /** The image before, purified; none without a purifier. */
  purified_original?: Seen | null;
  /** Whether the returned image, as 32-bit floats, meets the goal on the bare classifier. */
  success: boolean;
  /** Whether it still does after rounding to 8 bits per channel, as a saved picture has. */
  success_8bit: boolean;
}

/** By how much each pixel of an image moves the classifier's answer. */
export interface Gradient {
  /** The class that the classifier answers. */
  class: number;
  /** The largest absolute derivative of its logit over the channels of each pixel, 32 × 32 floats (row, column). */
  values: number[];
}

/** The classifier's answers on a plane through the original image: one direction is the perturbation of the last attack, the other is random, at a right angle to it, and as long. */
export interface Slice {
  /** First and last row, in lengths of the perturbation. */
  across: [number, number];
  /** First and last column, in perturbations from the original: 0 is the original, 1 the attacked image. */
  along: [number, number];
  /** The class at each point, row by row. */
  classes: number[];
  /** Its probability. */
  probabilities: number[];
  /** Points along a side. */
  side: number;
}

/** Everything an evaluation found. */
export interface Report {
  /** Case by case, in the order asked. */
  cases: CaseReport[];
  /** What is to be said of the number of images, where it is not the one that was asked for. */
  note?: Said | null;
  /** Every record, the worst cases last. */
  records: FigureRecord[];
  /** For each model, defence and knowledge with several attacks of one ε: the worst of them for each image. */
  worst: FigureRecord[];
}

/** One check's result. */
export interface Check {
  /** The likely cause, where it failed. Likewise. */
  cause?: Said | null;
  /** The figures. Files of earlier versions have a sentence here. */
  detail: Said;
  /** Which. */
  name: CheckName;
  /** None where it could not be made (no reference model, no defence). */
  passed?: boolean | null;
}

/** The receiver operating characteristic of one statistic. */
export interface Roc {
  /** Area under the curve; ½ is guessing. */
  area: number;
  /** Share of clean images that it refuses. */
  false_positives: number;
  /** (share of clean images refused, share of attacked images refused), from (0, 0) to (1, 1). */
  points: ([number, number])[];
  /** What is measured of an image. */
  statistic: Statistic;
  /** The threshold for the false-positive rate asked for, chosen on other clean images. */
  threshold: number;
  /** Share of attacked images that it refuses. */
  true_positives: number;
}

/** What came of a sticker. */
export interface StickerReport {
  /** What was asked for. */
  config: StickerConfig;
  /** The model that it was made on. */
  model: string;
  /** The records as JSON text, as the command line writes them. */
  records: string;
  /** What it does to each model, on fresh views. */
  results: StickerResult[];
  /** Its part of the plate. */
  share: number;
  /** Steps that were taken. */
  steps: number;
  /** The sticker, transparent where it is not. */
  sticker: Picture;
  /** Some views of the sign with it. */
  views: Seen[];
}

/** What each optimiser step learns from. */
export type Recipe = { kind: RecipeName } & Record<string, number | string | boolean | null | undefined>;

/** One question: how well does this model, behind this defence, do against this attack? */
export interface Case {
  /** The attack; none for clean accuracy. */
  attack?: Attack | null;
  /** What stands before it. */
  defense: Defense;
  /** What it wants. Images that have the target's class already are left out. */
  goal: Goal;
  /** What the attacker knows. */
  knowledge: Knowledge;
  /** Name of the model that the examples are made on, if it is another one: transfer. */
  made_on?: string | null;
  /** Name of the model. */
  model: string;
}

/** Which images: none is in two splits. */
export type Split = "train" | "validation" | "subject" | "test";

/** What came of one image in one case. */
export interface Judged {
  /** The defended model's answer; one more than the last class where the detector refused. */
  answer: number;
  /** Of several attacks one after another (AutoAttack) the one that reached the goal, from 0. */
  by?: number | null;
  /** Changed pixels. */
  l0: number;
  /** Euclidean norm of the perturbation. */
  l2: number;
  /** True class. */
  label: number;
  /** Largest change of a channel. */
  linf: number;
  /** Whether the model did what it should on this image: the right answer, or with an attack also a refusal. */
  right: boolean;
  /** As `right`, for the image rounded to 8 bits per channel. */
  right_8bit: boolean;
  /** Whether it has the right answer, no refusal, on the clean image. */
  right_clean: boolean;
  /** As `right`, for the image saved as JPEG. */
  right_jpeg: boolean;
  /** Whether the attack reached its goal on the defended model. False without an attack. */
  success: boolean;
  /** Whether the goal was reached before the attack, on the clean image: nothing had to be done. */
  success_clean: boolean;
}

/** A sticker on the plate that works from every side: each step looks at new views of the sign. It has no ε, but an area. */
export interface Sticker {
  /** What colours it may have. */
  colours: Colours;
  /** By how many logits the wrong answer has to be ahead in each view; views that are further ahead are left alone. */
  kappa: number;
  /** Step size of Adam, on the logits of the colours. */
  learning_rate: number;
  /** The same seed gives the same views, and the same first colours. */
  seed: number;
  /** Where it may be. */
  shape: Shape;
  /** How much of the plate it covers, at most. */
  share: number;
  /** Weight of the total variation: more gives larger patches of one colour. */
  smoothness: number;
  /** Steps of Adam. */
  steps: number;
  /** Views of the sign in each step: pose, light, blur and distance as the drawn signs have them. */
  views: number;
}

/** What a data set holds. */
export interface SetInfo {
  /** How its tracks were dealt to the splits. */
  deal: Deal;
  /** Its fingerprint, in hexadecimal. */
  fingerprint: string;
  /** Files used and skipped. */
  report: LoadReport;
  /** Training, validation and test split. */
  splits: SplitInfo[];
}

/** The attacked image as the defended model sees it. */
export interface DefendedReport {
  /** The image after the attack, after the defence. */
  adversarial: Seen;
  /** The image before the attack, after the defence. */
  original: Seen;
  /** Whether the detector refuses the image after the attack. */
  refuses_adversarial: boolean;
  /** Whether the detector refuses the image before the attack. */
  refuses_original: boolean;
  /** Whether the attack reaches its goal in spite of the defence. */
  success: boolean;
}

/** One case's findings. */
export interface CaseReport {
  /** Accuracy; for the records see there. */
  accuracy: Proportion;
  /** On images rounded to 8 bits per channel. */
  accuracy_8bit: Proportion;
  /** On images saved as JPEG. */
  accuracy_jpeg: Proportion;
  /** The question. */
  case: Case;
  /** (label, answer, how many), for every pair that occurs. An answer one beyond the last class is a refusal. */
  confusion: ([number, number, number])[];
  /** Confusions that would be dangerous on the road, most frequent first; for GTSRB's classes only. */
  dangerous: DangerousConfusion[];
  /** Quartiles of the L2 norm of the perturbations that reached the goal, where one was needed; the second is the records' median. */
  l2_quartiles?: [number, number, number] | null;
  /** Largest change of a channel, over all images. */
  largest_linf: number;
  /** Accuracy class by class; classes without an image are missing. */
  per_class: ([number, Proportion])[];
  /** How often the attack reached its goal, of the images that are right when clean. */
  success: Proportion;
}

/** One figure. */
export interface FigureRecord {
  /** Name of its architecture. */
  architecture: string;
  /** The attack with every parameter. */
  attack: RecordedAttack;
  /** `Source::name`: the data set, with its fingerprint where it is not generated. */
  dataset: string;
  /** What stands before it, with every parameter. */
  defense: Defense;
  /** `cpu` or `gpu`. */
  device: Compute;
  /** What it wants. */
  goal: Goal;
  /** Number of images looked at: more than `n` where a target leaves some out. */
  images: number;
  /** 95 % interval: Wilson's for shares, of order statistics for the median. */
  interval?: [number, number] | null;
  /** What the attacker knows. */
  knowledge: Knowledge;
  /** The model that the examples were made on, if it was another; `source` in records of earlier versions. */
  made_on?: string | null;
  /** SHA-256 of that one's file. */
  made_on_sha256?: string | null;
  /** The attacks that this one consisted of, where they were others than its name stands for: AutoAttack's losses do not all exist for fewer than four classes, or for a target. */
  members?: Attack[];
  /** What the figure says. */
  metric: Metric;
  /** Name of the model. */
  model: string;
  /** Number of images that the figure is made of. */
  n: number;
  /** Number of parameters of the classifier. */
  parameters: number;
  /** SHA-256 of the purifier's file, where the defence has one. */
  purifier_sha256?: string | null;
  /** By which rules it counts. */
  schema: Schema;
  /** Seed of generated images. */
  seed: number;
  /** Which images of it; always the first `n`. */
  split: Split;
  /** The figure; none where nothing succeeded, so that there is no median. */
  value?: number | null;
  /** The same figure for images rounded to 8 bits per channel; accuracies only. */
  value_8bit?: number | null;
  /** The same figure for images saved as JPEG of quality 90; accuracies only. */
  value_jpeg?: number | null;
  /** Version of the program. */
  version: string;
  /** SHA-256 of its file. */
  weights_sha256: string;
}

/** The checks, by name. What a comment says first is what people read. */
export type CheckName = "iterative_is_stronger" | "more_steps_change_nothing" | "falls_with_epsilon" | "unbounded_beats_all" | "minimum_norm_succeeds" | "black_box_is_weaker" | "transfer_is_weaker" | "noise_is_weaker" | "knowledge_helps" | "gradients_exist" | "outputs_are_logits" | "forward_is_deterministic" | "gradients_are_true" | "autoattack_agrees" | "square_adds_little" | "classes_suffice" | "defence_helps" | "claim_survives_knowledge";

/** What is measured of an image. */
export type Statistic = "l1" | "l2" | "jsd10" | "jsd40";

/** What a sticker does to one model. */
export interface StickerResult {
  /** On fresh views, as many as have been seen. */
  figures: StickerFigures;
  /** Its name. */
  model: string;
}

/** What colours a sticker may have. */
export type Colours = "free" | "printed" | "tape";

/** Where a sticker may be. */
export type Shape = "bars" | "rim" | "square" | "pieces";

/** How tracks are dealt to the splits. Pictures that came with a split keep it: the official test set is the test set. */
export interface Deal {
  /** Other seeds deal other tracks. */
  seed: number;
  /** Part of each class's tracks for testing, 0 to 0.5: rounded, at least one where there are three. None is taken if the data came with a test split. */
  test: number;
  /** Part of each class's tracks for validation, 0 to 0.5: rounded, at least one where there are two. None is taken if the data came with a validation split. */
  validation: number;
}

/** What was read, and what was not and why. */
export interface LoadReport {
  /** Files that are none of its pictures: a Readme, hidden files, icons. */
  ignored: number;
  /** The first `LISTED` skipped files. */
  list: Skipped[];
  /** What is to be known of the data set as a whole. */
  notes: Said[];
  /** Pictures given twice (the same track and frame in two archives), used once. */
  repeated: number;
  /** Files that should have been part of it and could not be. */
  skipped: number;
  /** Pictures that are part of the data set. */
  used: number;
}

/** One split of a data set. */
export interface SplitInfo {
  /** Pictures of each class. */
  counts: number[];
  /** Pictures that can be asked for. */
  n: number;
  /** Which. */
  split: Split;
  /** Tracks: physical signs. */
  tracks: number;
}

/** A confusion that would be dangerous on the road. */
export interface DangerousConfusion {
  /** What it is taken for. */
  answer: number;
  /** How often. */
  count: number;
  /** Why it is dangerous. */
  danger: Danger;
  /** What the sign is. */
  label: number;
}

/** The attack as a record has it: with every parameter, `{"name": "none"}` for clean. */
export type RecordedAttack = Attack | Named;

/** What a figure says. */
export type Metric = "accuracy" | "success_rate" | "median_l2";

/** By which rules a record counts. Figures of two schemas do not compare. */
export type Schema = "fool-the-sign/record/1" | "fool-the-sign/record/2";

/** What came of a sticker. A view in which the sign is misread without a sticker says nothing of it: such are counted apart. */
export interface StickerFigures {
  /** Fresh views in which the clean sign is read right, of all. */
  clean: Proportion;
  /** The same with random colours on the same places. */
  control: Proportion;
  /** Of all fresh views, those that are misread clean included. */
  of_all: Proportion;
  /** Of those: in how many the goal is reached. */
  reached: Proportion;
}

/** One file that was not used. */
export interface Skipped {
  /** Its path, fit to be shown. */
  name: string;
  /** Why. */
  reason: Said;
}

/** Why a confusion is dangerous; what a comment says is what people read. */
export type Danger = "runs_through" | "too_fast" | "unwarned" | "passes";

/** Something that is no single attack. */
export type Named =
  /** Clean images. */
  | { name: "none" }
  /** Per image the worst of these. */
  | { name: "worst"; of: Attack[] };
