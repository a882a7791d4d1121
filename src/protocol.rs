//! The whole contract between the engine and a front end: [`Command`]s go in, [`Event`]s come out.
//!
//! Both are plain serde values with a `type` field. In the page they cross the worker boundary as JavaScript objects
//! (`serde-wasm-bindgen`), with pixels as `Uint8Array`; in the golden test below they are JSON. A front end that
//! speaks this and nothing else can do everything that the engine can.

use serde::{Deserialize, Serialize};

use crate::attack::{Attack, Goal};
use crate::data::batch::Picture;
use crate::data::crop::Square;
use crate::device::{Compute, SelfTest};
use crate::eval::metrics::Score;
use crate::eval::table::{Table, TableConfig};
use crate::model::LayerInfo;
use crate::train::classifier::TrainConfig;
use crate::train::purifier::PurifierConfig;
use crate::train::trainer::{TrainingReport, ValidationReport};

/// What a front end can ask for. While a job runs (training, an attack, a table), only [`Command::Pause`],
/// [`Command::Resume`], [`Command::Step`], [`Command::Cancel`] and the commands that read are answered; one that would
/// start a second job gets [`Event::Error`] with code `busy`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// Draw a sign of `class` (0 to 42) as a camera might see it; it becomes the subject.
    Sign {
        /// Class of the sign.
        class: usize,
        /// Which of the endless pictures of that class.
        seed: u32,
    },
    /// Draw the first `count` signs of the validation stream, for the sheet of examples.
    Gallery {
        /// How many, at most 256.
        count: usize,
        /// Seed of the data set.
        seed: u32,
    },
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
    /// Start over with an untrained network.
    ResetModel {
        /// Seed of the initial weights.
        seed: u32,
    },
    /// Train the classifier, from its present weights.
    Train {
        /// How.
        config: TrainConfig,
    },
    /// Train the purifier for the present classifier.
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
    },
    /// Fill the table of accuracies.
    Table {
        /// How.
        config: TableConfig,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// One optimiser step of LeNet on a given batch.
    TrainingStep,
    /// The gradient of the loss with respect to a given batch of images.
    InputGradient,
    /// One batch of generated signs.
    Generate,
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
    /// Training of the classifier.
    Train,
    /// Training of the purifier.
    TrainPurifier,
    /// An attack on the subject.
    Attack,
    /// The table of accuracies.
    Table,
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
        /// Name of the adapter, or of the CPU backend.
        adapter: String,
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
    },
    /// The sheet of examples.
    Gallery {
        /// Pictures with their classes.
        signs: Vec<GallerySign>,
    },
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
    /// Where a running attack stands.
    Attacking {
        /// Search over c, from 1 (C&W); 1 for one-step attacks.
        search: usize,
        /// Iteration within the search.
        iteration: usize,
        /// The constant c of C&W.
        c: Option<f32>,
        /// Smallest L2 of a success so far.
        best_l2: Option<f32>,
        /// The best image so far.
        picture: Option<Picture>,
    },
    /// What an attack reached.
    Outcome(Box<OutcomeReport>),
    /// The table of accuracies, sent anew as its cells fill.
    Table {
        /// The figures.
        table: Table,
    },
    /// A benchmark ran to its end, the device's queue included.
    Benchmarked {
        /// What was run.
        work: Work,
        /// Images processed.
        images: usize,
    },
    /// Something could not be done; the engine goes on.
    Error {
        /// Stable code, for the page.
        code: String,
        /// A sentence: what happened, what was expected, what to do.
        message: String,
    },
}

/// A generated sign with its class.
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
    /// What it aimed at.
    pub goal: Goal,
    /// The class it started from: the true one, or the classifier's own answer for a photo.
    pub source: usize,
    /// Whether the returned image, as 32-bit floats, meets the goal.
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
}
