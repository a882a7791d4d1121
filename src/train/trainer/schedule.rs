//! How long a training is, on how many images, and how fast it learns when.

use serde::{Deserialize, Serialize};

use crate::data::source::Mix;
use crate::error::{Result, in_range};

/// How the images of a run are divided.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// How often `images_per_epoch` images are learned from. The generator is endless, so no drawn sign is seen twice.
    pub epochs: usize,
    /// Images in one optimiser step.
    pub batch_size: usize,
    /// Images in one epoch.
    pub images_per_epoch: usize,
    /// Images that progress is measured on.
    pub validation_images: usize,
    /// What is added to a data set's images.
    #[serde(flatten, default)]
    pub mix: Mix,
}

impl Schedule {
    /// Checks every field.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("train.epochs", self.epochs, 1..=1000)?;
        in_range("train.batch_size", self.batch_size, 1..=1024)?;
        in_range("train.images_per_epoch", self.images_per_epoch, self.batch_size..=1_000_000)?;
        in_range("train.validation_images", self.validation_images, 1..=100_000)?;
        in_range("train.drawn", self.mix.drawn, 0.0..=1.0)
    }

    /// Optimiser steps in an epoch; a last, smaller batch is left out.
    pub fn steps_per_epoch(&self) -> usize {
        self.images_per_epoch / self.batch_size
    }

    /// Optimiser steps in all.
    pub fn steps(&self) -> usize {
        self.epochs * self.steps_per_epoch()
    }

    /// Epochs finished after `step` steps.
    pub fn epoch(&self, step: usize) -> f32 {
        step as f32 / self.steps_per_epoch() as f32
    }
}

/// The learning rate of step `step` of `steps`: a half cosine from `peak` to 0 (Loshchilov & Hutter 2017, equation 5,
/// without restarts), which lets a short run end well.
pub(super) fn cosine(peak: f64, step: usize, steps: usize) -> f64 {
    let share = step as f64 / steps as f64;
    0.5 * peak * (1.0 + libm::cos(std::f64::consts::PI * share))
}

/// Checks a learning rate.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`].
pub fn validate_learning_rate(rate: f64) -> Result<()> {
    in_range("train.learning_rate", rate, 1e-6..=1.0)
}
