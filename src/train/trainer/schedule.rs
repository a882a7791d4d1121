//! How long a training is, on how many images, and how fast it learns when.

use crate::data::source::Mix;
use crate::error::{Result, in_range};
use crate::settings::{Settings, settings};

settings! {
    /// How the images of a run are divided.
    #[derive(Copy)]
    #[serde(default)]
    pub struct Schedule {
        /// Passes over the images. The generator is endless, so no drawn sign is seen twice.
        #[range(1..=1000)]
        pub epochs: usize = 6,
        /// Images per step; their gradients are averaged.
        #[range(1..=1024)]
        pub batch_size: usize = 32,
        /// Drawn signs, or pictures of the data set, per epoch.
        #[range(1..=1_000_000)]
        pub images_per_epoch: usize = 4300,
        /// Signs kept apart, on which progress is measured and which are never trained on.
        #[range(1..=100_000)]
        pub validation_images: usize = 430,
        /// What is added to a data set's images.
        #[nested(flat)]
        #[serde(flatten)]
        pub mix: Mix = Mix::default(),
    }
}

impl Schedule {
    /// Checks every field, and what the ranges cannot say: an epoch has at least one batch. The names of fields begin with `prefix`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self, prefix: &str) -> Result<()> {
        self.check(prefix)?;
        in_range(&format!("{prefix}.images_per_epoch"), self.images_per_epoch, self.batch_size..=1_000_000)
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

/// How a network goes down its gradients: Adam, what decays, and what is averaged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    /// Learning rate of the first steps.
    pub learning_rate: f64,
    /// λ of AdamW, 0 for none.
    pub weight_decay: f64,
    /// γ of the weights' moving average, 0 for none.
    pub ema: f64,
}

impl From<f64> for Descent {
    /// Plain Adam.
    fn from(learning_rate: f64) -> Self {
        Self { learning_rate, weight_decay: 0.0, ema: 0.0 }
    }
}

/// The learning rate of step `step` of `steps`: a half cosine from `peak` to 0 (Loshchilov & Hutter 2017, equation 5,
/// without restarts), which lets a short run end well.
pub(super) fn cosine(peak: f64, step: usize, steps: usize) -> f64 {
    let share = step as f64 / steps as f64;
    0.5 * peak * (1.0 + libm::cos(std::f64::consts::PI * share))
}
