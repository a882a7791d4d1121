//! What can happen to a device, and to numbers on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The device could not be started, or was lost.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeviceError {
    /// The GPU's driver or runtime refused.
    #[error("The GPU could not be started: {cause}.")]
    GpuNotStarted {
        /// Its words.
        cause: String,
    },
    /// The program was built for the CPU only.
    #[error("This build has no GPU backend; use the one with the feature `gpu`.")]
    NoGpuBackend,
    /// Nothing could be read back from it.
    #[error("The device stopped answering: it was lost, or ran out of memory. Start again, on the CPU if it recurs.")]
    DeviceLost,
}

/// A loss or a weight became NaN or infinite.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DivergedError {
    /// While training.
    #[error(
        "The training diverged: the loss or a gradient is no longer a number. The weights are back at the last good state; try a \
         smaller learning rate."
    )]
    TrainingDiverged,
    /// When a detector was to be calibrated.
    #[error("The purifier of \"{model}\" gives no numbers (NaN): there is no threshold to choose.")]
    PurifierWithoutNumbers {
        /// The model that it belongs to.
        model: String,
    },
    /// When a model was to be judged.
    #[error("\"{model}\" answers with no numbers (NaN): it can neither be right nor be fooled.")]
    ModelWithoutNumbers {
        /// The model.
        model: String,
    },
    /// An attack left what it may do; its figures are not to be believed.
    #[error(
        "{attack} made an image that it must not make (image {image}, value {place}: {before} became {after}). Its figures would mean \
         nothing."
    )]
    AttackOutside {
        /// The attack with its parameters.
        attack: String,
        /// Which image.
        image: usize,
        /// Which of its values.
        place: usize,
        /// The value of the original.
        before: f64,
        /// The value of the attacked image. JSON has no NaN: it comes back from `null`.
        #[serde(deserialize_with = "super::words::number_or_nan")]
        after: f64,
    },
    /// When the weights were to be saved.
    #[error("The weights are not all numbers: the training diverged. They were not saved.")]
    WeightsDiverged,
}
