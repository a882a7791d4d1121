//! What must be done first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something is missing that the user can bring about.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum StateError {
    /// A step was asked for, and there is no job.
    #[error("Nothing is running. Start a training first.")]
    NothingRuns,
    /// There is no image to look at or to attack.
    #[error("Pick a sign or open a picture first.")]
    NoSubject,
    /// There is no picture to cut.
    #[error("Open a picture first.")]
    NoPhoto,
    /// There is no attacked image.
    #[error("Attack the picture first.")]
    NoAttack,
    /// The attacked image is the original.
    #[error("The attack changed nothing, so there is no direction to look along.")]
    NoDirection,
    /// The data set has a class without pictures.
    #[error("The data set has no picture of \"{class}\".")]
    NoPictureOfClass {
        /// Its name.
        class: String,
    },
    /// A defence needs a purifier.
    #[error("{} has no purifier. Train one for it, or choose another defence.", named(model.as_deref()))]
    NoPurifier {
        /// The model without one; none where it is not known by a name.
        model: Option<String>,
    },
    /// A detector needs a purifier.
    #[error("\"{model}\" has no purifier, and so no detector. Train one for it.")]
    NoPurifierToDetectWith {
        /// The model without one.
        model: String,
    },
    /// There is nothing to save.
    #[error("\"{model}\" has no purifier to save.")]
    NoPurifierToSave {
        /// The model without one.
        model: String,
    },
    /// A detector has nothing to be calibrated on.
    #[error(
        "There are no clean images to choose the detector's threshold on. Load training or validation images too, or choose another \
         defence."
    )]
    NoCleanImages,
    /// The network reads images of another size than those at hand.
    #[error("\"{model}\" reads images of {side}×{side}; those here are {here}×{here}.")]
    OtherPictureSize {
        /// The model.
        model: String,
        /// What it reads, in pixels.
        side: usize,
        /// What the images have, in pixels.
        here: usize,
    },
    /// The detector was not calibrated.
    #[error("The detector has no threshold yet.")]
    NoThreshold,
    /// The shelf is full.
    #[error("There are {most} models already. Remove one first.")]
    TooManyModels {
        /// How many there may be.
        most: usize,
    },
    /// The last model stays.
    #[error("This is the only model; there has to be one.")]
    OnlyModel,
    /// A part of an evaluation came from elsewhere, and none runs here.
    #[error("No evaluation is running that this part could belong to.")]
    NoEvaluation,
    /// A training needs images of both splits.
    #[error("The data set has no {purpose} images. Load one that has, or use drawn signs.")]
    NoImages {
        /// What they are missing for.
        purpose: Purpose,
    },
    /// Nothing to measure on.
    #[error(
        "The data set has no {split} images to measure on.{}",
        instead.map(|split| format!(" Measure on its {split} images instead.")).unwrap_or_default()
    )]
    NoImagesToMeasure {
        /// The split that was asked for.
        split: Purpose,
        /// One that has images.
        instead: Option<Purpose>,
    },
    /// A network for as many classes, but others, or in another order.
    #[error(
        "The network's class {} is \"{knows}\", the data set's is \"{has}\": answers would be counted for the wrong classes. Name the \
         folders as the network's classes are named, or train a network on this data set.",
        number
    )]
    OtherClassNames {
        /// The first class in which they differ.
        number: usize,
        /// What the network calls it.
        knows: String,
        /// What the data set calls it.
        has: String,
    },
    /// Network and data set do not go together.
    #[error(
        "The network knows {knows} classes, the data set has {has}. Make a new network, or take the data it was made for."
    )]
    OtherClasses {
        /// Classes of the network.
        knows: usize,
        /// Classes of the data set.
        has: usize,
    },
    /// A training can only go on where its images are.
    #[error(
        "The training learns from {}; what is open is {}. Open the former first, then resume.",
        data_named(wants),
        data_named(has)
    )]
    OtherData {
        /// The data set that it learns from, as records name it.
        wants: String,
        /// The one that is open.
        has: String,
    },
    /// A checkpoint was asked for, and there is no training.
    #[error("No training is running that could be saved.")]
    NoTraining,
    /// A data set was asked for before it was there.
    #[error("The data set has not been read to the end.")]
    DataNotRead,
}

/// As [`crate::data::source::Source::name`] names it.
fn data_named(name: &str) -> &str {
    if name == "generated" { "drawn signs" } else { name }
}

fn named(model: Option<&str>) -> String {
    model.map_or_else(|| "This model".into(), |name| format!("\"{name}\""))
}

/// What images are needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To learn from.
    #[error("training")]
    Training,
    /// To see how far it is.
    #[error("validation")]
    Validation,
    /// To report on.
    #[error("test")]
    Testing,
}
