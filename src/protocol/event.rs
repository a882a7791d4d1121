//! What the engine tells a front end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::Work;
use super::report::{DataInfo, GallerySign, Gradient, ModelInfo, OutcomeReport, Seen, Slice, StickerReport};
use crate::data::crop::Square;
use crate::data::loader;
use crate::data::picture::Picture;
use crate::data::report::Note;
use crate::data::shot::Scene;
use crate::device::{Adapter, Compute};
use crate::error::Error;
use crate::eval::checks::Check;
use crate::eval::evaluation::Part;
use crate::eval::report::Report as EvaluationReport;
use crate::eval::roc::{Roc, RocConfig};
use crate::eval::self_test::SelfTest;
use crate::metrics::{Proportion, Score};
use crate::model::layer::LayerInfo;
use crate::said::Said;
use crate::train::preset::Offer;
use crate::train::trainer::{TrainingReport, ValidationReport};

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// A sticker.
    Sticker,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Steps are being taken.
    Running,
    /// Waiting for [`super::Command::Resume`] or [`super::Command::Step`].
    Paused,
    /// Done; results have been sent.
    Finished,
    /// Ended by [`super::Command::Cancel`].
    Cancelled,
    /// Ended by an error, which has been sent.
    Failed,
}

/// An event, and the job that it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The command that began the job, by the number it came with; none for events of no job.
    pub job: Option<u32>,
    /// What happened.
    pub event: Event,
}

/// What the engine tells a front end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
        /// How the sign hangs there, where it is drawn.
        scene: Option<Scene>,
        /// The same after the purifier, if one has been trained.
        purified: Option<Seen>,
    },
    /// A job began, paused, went on or ended.
    Job {
        /// What it does.
        kind: JobKind,
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
        kind: JobKind,
        /// What it measured.
        #[serde(flatten)]
        report: TrainingReport,
    },
    /// The state of a training job on the validation images.
    Validation {
        /// Which.
        kind: JobKind,
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
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
        bytes: Vec<u8>,
        /// Its SHA-256.
        sha256: String,
    },
    /// The running training as one file, to be kept: [`super::Command::Continue`] starts it again where it was.
    Checkpoint {
        /// What is trained.
        kind: JobKind,
        /// Name of the model.
        model: String,
        /// Optimiser steps so far.
        step: usize,
        /// Optimiser steps in all.
        steps: usize,
        /// The file.
        #[serde(with = "serde_bytes")]
        #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
        bytes: Vec<u8>,
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
    /// What is read in a picture of the camera.
    Read {
        /// In the picture as it is.
        seen: Seen,
        /// In what FGSM makes of it, if that was asked for.
        attacked: Option<Seen>,
        /// In what the purifier makes of the last of these, if that was asked for and there is one.
        purified: Option<Seen>,
    },
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
        /// What is to be said of the number of images, where it is not the one that was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Said<Note>>,
    },
    /// The detector's ROC for each statistic.
    Rocs {
        /// What was measured.
        config: RocConfig,
        /// The curves.
        curves: Vec<Roc>,
        /// What is to be said of the number of images, where it is not the one that was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Said<Note>>,
    },
    /// Where a running sticker stands.
    Sticking {
        /// Steps taken.
        step: usize,
        /// In how many of the last step's views the goal was reached.
        reached: Proportion,
        /// The sticker as it is, transparent where it is not.
        sticker: Picture,
        /// Some views of the sign with it that it is not made on, always the same.
        views: Vec<Seen>,
    },
    /// What came of a sticker, so far.
    Stuck(Box<StickerReport>),
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
