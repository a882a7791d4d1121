//! What a training is of: the part in which one differs from another.

use burn::module::Module;
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::data::batch::Sample;
use crate::error::Result;
use crate::model::zoo::Network;
use crate::rng::Rng;

/// What a training makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A classifier.
    #[serde(rename = "train")]
    Classifier,
    /// A purifier.
    #[serde(rename = "train_purifier")]
    Purifier,
}

/// What is learned, and how well.
pub trait Task {
    /// The network.
    type Model: Module;

    /// Whether the curve starts with a measurement of the untrained network.
    const MEASURE_FIRST: bool;

    /// What one optimiser step makes smaller, on images of the training split.
    fn objective(&mut self, model: &Self::Model, signs: &[Sample]) -> Objective;

    /// How the network does on a batch of the validation split.
    fn measure(&self, model: &Self::Model, signs: &[Sample]) -> Measured;

    /// What is made.
    const KIND: Kind;

    /// All settings: they and the images decide where a training leads.
    fn config(&self) -> serde_json::Value;

    /// The network that the task needs besides, where it does: a checkpoint has it too.
    fn kept(&self) -> Option<&Network> {
        None
    }

    /// The same, from a checkpoint.
    fn keep(&mut self, _: Network) {}

    /// Where its random numbers come from.
    fn rng(&mut self) -> &mut Rng;

    /// Whether a collapse of [`Self::robust`] ends the training: catastrophic overfitting (Wong, Rice, Kolter 2020, section 5).
    fn guards(&self) -> bool {
        false
    }

    /// Number of right answers on the batch under a small attack, where the task is to withstand one.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    fn robust(&self, _: &Self::Model, _: &[Sample]) -> impl Future<Output = Result<Option<usize>>> {
        async { Ok(None) }
    }
}

/// The loss of one batch.
pub struct Objective {
    /// A mean over the batch.
    pub loss: Tensor<1>,
    /// Number of right answers, where the task is to answer.
    pub correct: Option<Tensor<1>>,
}

/// Sums over one batch; nothing has been read back yet.
pub struct Measured {
    /// Sum of the losses.
    pub loss: Tensor<1>,
    /// Numbers of right answers: the accuracy first, then as in [`super::ValidationReport`] where the task has them.
    pub right: Vec<Tensor<1>>,
}
