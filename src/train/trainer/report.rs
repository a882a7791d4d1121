//! What a training tells of itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metrics::Proportion;

/// What a few optimiser steps measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrainingReport {
    /// Optimiser steps so far.
    pub step: usize,
    /// Optimiser steps in all.
    pub steps: usize,
    /// Epochs finished, as a fraction.
    pub epoch: f32,
    /// Mean loss over the steps since the last report.
    pub loss: f32,
    /// Accuracy on the training images since the last report; none for the purifier.
    pub accuracy: Option<f32>,
    /// Images seen so far.
    pub images: usize,
}

/// What a validation pass measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValidationReport {
    /// Optimiser steps so far.
    pub step: usize,
    /// Epochs finished, as a fraction.
    pub epoch: f32,
    /// Mean loss: cross-entropy, or the purifier's loss on attacked images.
    pub loss: f32,
    /// For the classifier: accuracy. For the purifier: accuracy on purified attacked images.
    pub accuracy: Proportion,
    /// For the purifier: accuracy on attacked images without it.
    pub attacked: Option<Proportion>,
    /// For the purifier: accuracy on purified clean images.
    pub purified_clean: Option<Proportion>,
    /// For adversarial training: accuracy under five steps of BIM at the recipe's ε, on the first batch.
    pub robust: Option<Proportion>,
    /// Whether robustness collapsed: training then ends with the weights of its best epoch.
    pub collapsed: bool,
}

/// What one step of a trainer brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Nothing to report yet.
    Working,
    /// Figures of the last optimiser steps.
    Training(TrainingReport),
    /// Figures of a validation pass.
    Validation(ValidationReport),
}
