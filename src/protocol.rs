//! The whole contract between the engine and a front end: [`Command`]s go in, [`Event`]s come out.
//!
//! Both are plain serde values with a `type` field. In the page they cross the worker boundary as JavaScript objects
//! (`serde-wasm-bindgen`), with pixels as `Uint8Array`; in the golden test below they are JSON. A front end that
//! speaks this and nothing else can do everything that the engine can.

use serde::{Deserialize, Serialize};

use crate::attack::{Attack, Goal};
use crate::data::crop::Square;
use crate::data::dataset::Deal;
use crate::data::loader;
use crate::data::picture::Picture;
use crate::data::report::Report;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::device::{Adapter, Compute};
use crate::error::Error;
use crate::eval::checks::{Check, CheckConfig};
use crate::eval::evaluation::{EvaluationConfig, Part, Share};
use crate::eval::report::Report as EvaluationReport;
use crate::eval::roc::{Roc, RocConfig};
use crate::eval::self_test::SelfTest;
use crate::metrics::{Proportion, Score};
use crate::model::layer::LayerInfo;
use crate::said::Said;
use crate::train::adversarial::Recipe;
use crate::train::classifier::TrainConfig;
use crate::train::preset::Offer;
use crate::train::purifier::PurifierConfig;
use crate::train::trainer::{TrainingReport, ValidationReport};

/// What a front end can ask for. While a job runs (training, an attack, an evaluation), only [`Command::Pause`],
/// [`Command::Resume`], [`Command::Step`], [`Command::Cancel`], [`Command::Part`] and the commands that read are answered;
/// one that would start a second job gets [`Event::Error`] with [`Error::Busy`].
///
/// Models lie on a shelf, by name; one of them is selected: it is what is trained, attacked and shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// A picture of `class`, drawn as a camera might see it or from the loaded data set; it becomes the subject.
    Sign {
        /// Class of the sign.
        class: usize,
        /// Which of the endless pictures of that class.
        seed: u32,
    },
    /// Show the first `count` validation images, for the sheet of examples.
    Gallery {
        /// How many, at most 256.
        count: usize,
        /// Seed of the data set.
        seed: u32,
    },
    /// Give up the loaded data set: drawn signs again.
    Unload,
    /// Decode a picture from untrusted bytes (PNG, JPEG, PPM, WebP); answered by [`Event::Photo`].
    Photo {
        /// The file as it is.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Cut a square out of the decoded picture and scale it to 32 × 32; it becomes the subject.
    Crop {
        /// The square, in pixels of the decoded picture.
        square: Square,
    },
    /// Put an untrained network on the shelf, in place of any of that name, and select it.
    NewModel {
        /// Its name.
        name: String,
        /// One of [`crate::model::zoo::Architecture::NAMES`].
        architecture: String,
        /// Seed of the initial weights.
        seed: u32,
    },
    /// Select a model.
    SelectModel {
        /// Which.
        name: String,
    },
    /// Put a copy of the selected model on the shelf, purifier included, and select the copy.
    CopyModel {
        /// Name of the copy.
        name: String,
    },
    /// Take a model off the shelf; not the last.
    RemoveModel {
        /// Which.
        name: String,
    },
    /// Ask for the weights of a model as a safetensors file; answered by [`Event::File`].
    ExportModel {
        /// Which.
        name: String,
        /// Its purifier instead of the classifier.
        purifier: bool,
    },
    /// Read a safetensors file. A classifier goes on the shelf and is selected; a purifier becomes that of the model called
    /// `name`.
    ImportModel {
        /// Name of the model.
        name: String,
        /// The file as it is.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// Architecture to assume where the file names none.
        architecture: Option<String>,
    },
    /// Train the selected classifier, from its present weights.
    Train {
        /// How.
        config: TrainConfig,
    },
    /// Train a purifier for the selected classifier.
    TrainPurifier {
        /// How.
        config: PurifierConfig,
    },
    /// Attack the subject.
    Attack {
        /// The attack with all its parameters.
        attack: Attack,
        /// Untargeted, or the class to reach.
        goal: Goal,
        /// What stands before the selected classifier.
        #[serde(default)]
        defense: Defense,
        /// What the attacker knows of it.
        knowledge: Knowledge,
        /// The model that the example is made on, if it is another than the selected one.
        #[serde(default)]
        source: Option<String>,
    },
    /// Measure accuracies: tables, curves, everything that is a list of cases. Answered by [`Event::Part`] and
    /// [`Event::Measured`] along the way, and [`Event::Report`].
    Evaluate {
        /// The cases.
        config: EvaluationConfig,
        /// Which part of the work to do. The engine with share 0 waits for the others' parts and reports.
        #[serde(default)]
        share: Share,
    },
    /// What another engine has done of the running evaluation.
    Part {
        /// From its [`Event::Part`].
        part: Part,
    },
    /// Run the sanity checks of an evaluation.
    Check {
        /// Of which figure.
        config: CheckConfig,
    },
    /// Measure how well the detector of the selected model tells attacked images from clean ones.
    Roc {
        /// How.
        config: RocConfig,
    },
    /// Ask where the selected classifier looks; answered by [`Event::Gradients`].
    Gradients,
    /// Ask for a slice through the space in which the selected classifier decides; answered by [`Event::Slice`].
    Slice {
        /// Seed of the second direction.
        seed: u32,
    },
    /// Hold the running job after its present step.
    Pause,
    /// Go on with a paused job.
    Resume,
    /// One step of a paused job.
    Step,
    /// End the running job; what it has reached so far (weights, the best image) stays.
    Cancel,
    /// Time `repeats` runs of one piece of work, for `cargo xtask bench`; the caller holds the clock.
    Benchmark {
        /// What to run.
        work: Work,
        /// Images in a batch.
        batch: usize,
        /// How often.
        repeats: usize,
    },
}

/// What [`Command::Benchmark`] runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// One optimiser step of LeNet on a given batch.
    TrainingStep,
    /// The gradient of the loss with respect to a given batch of images.
    InputGradient,
    /// One batch of generated signs.
    Generate {
        /// In every light, see [`crate::data::source::Mix`].
        harsh: bool,
    },
    /// An attack on a batch, untargeted.
    Attack {
        /// Which.
        attack: Attack,
    },
}

/// A picture with what the classifier says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The picture.
    pub picture: Picture,
    /// The five most probable classes, most probable first.
    pub top: Vec<Score>,
}

/// Which job an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Reading of a data set.
    Load,
    /// Training of the classifier.
    Train,
    /// Training of the purifier.
    TrainPurifier,
    /// An attack on the subject.
    Attack,
    /// An evaluation.
    Evaluate,
    /// Sanity checks.
    Check,
    /// The detector's ROC.
    Roc,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Steps are being taken.
    Running,
    /// Waiting for [`Command::Resume`] or [`Command::Step`].
    Paused,
    /// Done; results have been sent.
    Finished,
    /// Ended by [`Command::Cancel`].
    Cancelled,
    /// Ended by an error, which has been sent.
    Failed,
}

/// What the engine tells a front end.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The engine is ready.
    Ready {
        /// `gpu` or `cpu`.
        device: Compute,
        /// What computes.
        adapter: Said<Adapter>,
        /// GPU against CPU; none on the CPU.
        self_test: Option<SelfTest>,
        /// Program version.
        version: String,
        /// Names of the 43 classes, in English.
        classes: Vec<String>,
        /// The classifier, layer by layer.
        layers: Vec<LayerInfo>,
        /// Number of parameters of the classifier.
        parameters: usize,
        /// How the networks that come with the page were made.
        presets: Vec<Offer>,
    },
    /// The sheet of examples.
    Gallery {
        /// Pictures with their classes.
        signs: Vec<GallerySign>,
    },
    /// How far the reading of a data set is.
    Loading {
        /// Files, bytes, skipped files.
        #[serde(flatten)]
        progress: loader::Progress,
    },
    /// What images come from has changed.
    Data(Box<DataInfo>),
    /// A decoded upload, for the user to place the crop on.
    Photo {
        /// The picture, at most 1024 pixels a side.
        preview: Picture,
        /// Width of the decoded picture; crops are given in its pixels.
        width: usize,
        /// Height of the decoded picture.
        height: usize,
        /// A first crop: the largest centred square.
        square: Square,
    },
    /// The image that attacks work on has changed, or the classifier's answer to it has.
    Subject {
        /// The image and the classifier's answer.
        seen: Seen,
        /// Its true class, where it is known.
        label: Option<usize>,
        /// The same after the purifier, if one has been trained.
        purified: Option<Seen>,
    },
    /// A job began, paused, went on or ended.
    Job {
        /// Which.
        job: JobKind,
        /// Where it stands.
        state: JobState,
        /// Steps taken.
        done: usize,
        /// Steps in all.
        total: usize,
    },
    /// One optimiser step, or a few, of either training job.
    Training {
        /// Which.
        job: JobKind,
        /// What it measured.
        #[serde(flatten)]
        report: TrainingReport,
    },
    /// The state of a training job on the validation images.
    Validation {
        /// Which.
        job: JobKind,
        /// What it measured.
        #[serde(flatten)]
        report: ValidationReport,
    },
    /// The shelf has changed.
    Shelf {
        /// Name of the selected model.
        selected: String,
        /// All of them.
        models: Vec<ModelInfo>,
    },
    /// Weights, to be saved.
    File {
        /// A good file name.
        name: String,
        /// The file.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// Its SHA-256.
        sha256: String,
    },
    /// Where a running attack stands.
    Attacking {
        /// Search over c (C&W), restart, or member of the ensemble; from 1.
        round: usize,
        /// Iteration within it.
        iteration: usize,
        /// The constant c of C&W.
        c: Option<f32>,
        /// Smallest L2 of a success so far (C&W).
        best_l2: Option<f32>,
        /// By how many logits the image that is tried now misses the goal; negative where it reaches it.
        margin: f32,
        /// Euclidean norm of its perturbation.
        l2: f32,
        /// The image that is tried now.
        picture: Picture,
        /// The model's five most probable answers to it, most probable first.
        top: Vec<Score>,
    },
    /// What an attack reached.
    Outcome(Box<OutcomeReport>),
    /// Where the selected classifier looks.
    Gradients {
        /// In the subject.
        original: Gradient,
        /// In what the last attack made of it.
        attacked: Option<Gradient>,
    },
    /// A slice through the space in which the selected classifier decides.
    Slice(Slice),
    /// A chunk of a case is done. An engine that has a share of the work sends these to the one that reports.
    Part {
        /// What was found.
        part: Part,
    },
    /// Accuracies so far, one a case.
    Measured {
        /// None before the case's first image.
        accuracies: Vec<Option<Proportion>>,
    },
    /// What an evaluation found.
    Report {
        /// All of it.
        report: Box<EvaluationReport>,
        /// The records as JSON text, as the command line writes them.
        records: String,
    },
    /// Sanity checks, with the records of the figures behind them.
    Checks {
        /// The results.
        checks: Vec<Check>,
        /// The records as JSON text.
        records: String,
    },
    /// The detector's ROC for each statistic.
    Rocs {
        /// What was measured.
        config: RocConfig,
        /// The curves.
        curves: Vec<Roc>,
    },
    /// A benchmark ran to its end, the device's queue included.
    Benchmarked {
        /// What was run.
        work: Work,
        /// Images processed.
        images: usize,
    },
    /// Something could not be done; the engine goes on. `code` and `values` are those of [`Error`], `message` is its sentence: what
    /// happened, what was expected, what to do.
    Error(Box<Said<Error>>),
}

impl From<Error> for Event {
    fn from(error: Error) -> Self {
        Event::Error(Box::new(error.into()))
    }
}

/// What images come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataInfo {
    /// Name; `generated` for drawn signs.
    pub name: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Whether they are GTSRB's.
    pub signs: bool,
    /// What a data set holds; none for drawn signs, which have no end.
    pub set: Option<SetInfo>,
}

/// What a data set holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetInfo {
    /// Its fingerprint, in hexadecimal.
    pub fingerprint: String,
    /// How its tracks were dealt to the splits.
    pub deal: Deal,
    /// Training, validation and test split.
    pub splits: Vec<SplitInfo>,
    /// Files used and skipped.
    pub report: Report,
}

/// One split of a data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitInfo {
    /// Which.
    pub split: Split,
    /// Pictures that can be asked for.
    pub n: usize,
    /// Tracks: physical signs.
    pub tracks: usize,
    /// Pictures of each class.
    pub counts: Vec<usize>,
}

/// By how much each pixel of an image moves the classifier's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gradient {
    /// The class that the classifier answers.
    pub class: usize,
    /// The largest absolute derivative of its logit over the channels of each pixel, 32 × 32 floats (row, column).
    pub values: Vec<f32>,
}

/// The classifier's answers on a plane through the original image: one direction is the perturbation of the last attack, the
/// other is random, at a right angle to it, and as long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    /// Points along a side.
    pub side: usize,
    /// First and last column, in perturbations from the original: 0 is the original, 1 the attacked image.
    pub along: [f32; 2],
    /// First and last row, in lengths of the perturbation.
    pub across: [f32; 2],
    /// The class at each point, row by row.
    pub classes: Vec<usize>,
    /// Its probability.
    pub probabilities: Vec<f32>,
}

/// A sign with its class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GallerySign {
    /// Class.
    pub class: usize,
    /// Picture.
    pub picture: Picture,
}

/// Everything about one attacked image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeReport {
    /// The attack with every parameter.
    pub attack: Attack,
    /// The attack in words: its name with every parameter.
    pub printed: String,
    /// What it aimed at.
    pub goal: Goal,
    /// What stood before the classifier.
    pub defense: Defense,
    /// What the attacker knew of it.
    pub knowledge: Knowledge,
    /// The model that the example was made on, if it was another.
    pub made_on: Option<String>,
    /// The class it started from: the true one, or the classifier's own answer for a photo.
    pub source: usize,
    /// Whether the returned image, as 32-bit floats, meets the goal on the bare classifier.
    pub success: bool,
    /// Whether it still does after rounding to 8 bits per channel, as a saved picture has.
    pub success_8bit: bool,
    /// Number of changed pixels (any channel).
    pub l0: usize,
    /// Euclidean norm of the perturbation.
    pub l2: f32,
    /// Largest change of a channel.
    pub linf: f32,
    /// The image before.
    pub original: Seen,
    /// The image after.
    pub adversarial: Seen,
    /// The image after, rounded to 8 bits per channel.
    pub adversarial_8bit: Seen,
    /// The perturbation, 3 × 32 × 32 floats (channel, row, column), positive = brighter.
    pub perturbation: Vec<f32>,
    /// The image before, purified; none without a purifier.
    pub purified_original: Option<Seen>,
    /// The image after, purified; none without a purifier.
    pub purified_adversarial: Option<Seen>,
    /// Both behind the defence that the attack was asked about; none without one.
    pub defended: Option<DefendedReport>,
}

/// The attacked image as the defended model sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefendedReport {
    /// The image before the attack, after the defence.
    pub original: Seen,
    /// The image after the attack, after the defence.
    pub adversarial: Seen,
    /// Whether the detector refuses the image before the attack.
    pub refuses_original: bool,
    /// Whether the detector refuses the image after the attack.
    pub refuses_adversarial: bool,
    /// Whether the attack reaches its goal in spite of the defence.
    pub success: bool,
}

/// A model on the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Its architecture.
    pub architecture: String,
    /// Names of its classes.
    pub classes: Vec<String>,
    /// Parameters of the classifier.
    pub parameters: usize,
    /// The classifier, layer by layer.
    pub layers: Vec<LayerInfo>,
    /// Parameters of its purifier, where it has one.
    pub purifier: Option<usize>,
    /// How it was trained last; none if never here.
    pub recipe: Option<Recipe>,
}
