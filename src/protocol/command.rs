//! What a front end can ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attack::{Attack, Goal};
use crate::data::crop::Square;
use crate::defense::{Defense, Knowledge};
use crate::eval::checks::CheckConfig;
use crate::eval::evaluation::{EvaluationConfig, Part, Share};
use crate::eval::roc::RocConfig;
use crate::eval::sticker::StickerConfig;
use crate::train::classifier::TrainConfig;
use crate::train::purifier::PurifierConfig;

/// What a front end can ask for. While a job runs (training, an attack, an evaluation), only [`Command::Pause`],
/// [`Command::Resume`], [`Command::Step`], [`Command::Cancel`], [`Command::Part`] and the commands that read are answered;
/// one that would start a second job is answered by
/// [`crate::Error::Busy`].
///
/// Models lie on a shelf, by name; one of them is selected: it is what is trained, attacked and shown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
    /// Decode a picture from untrusted bytes (PNG, JPEG, PPM, WebP); answered by [`super::Event::Photo`].
    Photo {
        /// The file as it is.
        #[serde(with = "serde_bytes")]
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
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
    /// Ask for the weights of a model as a safetensors file; answered by [`super::Event::File`].
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
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
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
        made_on: Option<String>,
    },
    /// Measure accuracies: tables, curves, everything that is a list of cases. Answered by [`super::Event::Part`] and
    /// [`super::Event::Measured`] along the way, and [`super::Event::Report`].
    Evaluate {
        /// The cases.
        config: EvaluationConfig,
        /// Which part of the work to do. The engine with share 0 waits for the others' parts and reports.
        #[serde(default)]
        share: Share,
    },
    /// What another engine has done of the running evaluation.
    Part {
        /// From its [`super::Event::Part`].
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
    /// Compute a sticker against the selected model, or take one that is painted, and judge it on every model that knows the drawn signs.
    Sticker {
        /// Which sign, what it is to do, how.
        config: StickerConfig,
    },
    /// Read one picture, as a camera sees it now, without putting it on stage; answered by [`super::Event::Read`].
    Read {
        /// 32 × 32 RGBA bytes, row by row.
        #[serde(with = "serde_bytes")]
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
        rgba: Vec<u8>,
        /// Strength of FGSM from the first answer, to be read too.
        #[serde(default)]
        epsilon: Option<f32>,
        /// Whether the purifier's picture is to be read too.
        #[serde(default)]
        purified: bool,
    },
    /// Ask where the selected classifier looks; answered by [`super::Event::Gradients`].
    Gradients,
    /// Ask for a slice through the space in which the selected classifier decides; answered by [`super::Event::Slice`].
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
    /// Ask for the running training as one file, from which it can go on; answered by [`super::Event::Checkpoint`].
    Checkpoint,
    /// Go on with a training from such a file, on the data it learns from. Its model goes on the shelf, in place of any of its name, and
    /// is selected.
    Continue {
        /// The file as it is.
        #[serde(with = "serde_bytes")]
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
        checkpoint: Vec<u8>,
    },
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// One optimiser step of the selected network on a given batch.
    TrainingStep,
    /// The gradient of the loss with respect to a given batch of images.
    InputGradient,
    /// The same of a new purifier with the default settings: a step of its training, or the gradient through it and the selected network.
    Purifier {
        /// The step.
        training: bool,
    },
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
