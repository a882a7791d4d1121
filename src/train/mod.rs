//! Step-wise training: a trainer is a value with `step()`. Stop stepping to pause, drop it to cancel.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::device;
use crate::error::{Error, ErrorKind, Result, in_range};
use crate::eval::metrics::Proportion;

pub mod classifier;
pub mod purifier;

/// Optimiser steps between two reads of the loss. In a browser nothing else holds back the GPU's queue (promises R5).
const STEPS_A_READ: usize = 4;

/// Images in one step of a validation pass: short enough to stay responsive.
const VALIDATION_BATCH: usize = 128;

/// How the images of a run are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Passes over `images_per_epoch` images. The generator is endless, so no image is seen twice.
    pub epochs: usize,
    /// Images in one optimiser step.
    pub batch_size: usize,
    /// Images in one epoch.
    pub images_per_epoch: usize,
    /// Images that progress is measured on.
    pub validation_images: usize,
}

impl Schedule {
    /// Checks every field.
    ///
    /// # Errors
    /// [`ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("The number of epochs", self.epochs, 1..=1000)?;
        in_range("The batch size", self.batch_size, 1..=1024)?;
        in_range("The number of images in an epoch", self.images_per_epoch, self.batch_size..=1_000_000)?;
        in_range("The number of validation images", self.validation_images, 1..=100_000)
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
fn cosine(peak: f64, step: usize, steps: usize) -> f64 {
    let share = step as f64 / steps as f64;
    0.5 * peak * (1.0 + libm::cos(std::f64::consts::PI * share))
}

/// Checks a learning rate.
fn validate_learning_rate(rate: f64) -> Result<()> {
    in_range("The learning rate", rate, 1e-6..=1.0)
}

/// What a few optimiser steps measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidationReport {
    /// Optimiser steps so far.
    pub step: usize,
    /// Epochs finished, as a fraction.
    pub epoch: f32,
    /// Mean loss: cross-entropy, or the purifier's squared error on attacked images.
    pub loss: f32,
    /// For the classifier: accuracy. For the purifier: accuracy on purified attacked images.
    pub accuracy: Proportion,
    /// For the purifier: accuracy on attacked images without it.
    pub attacked: Option<Proportion>,
    /// For the purifier: accuracy on purified clean images.
    pub purified_clean: Option<Proportion>,
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

/// Losses (and correct answers) of the steps since the last read; they stay on the device until then.
#[derive(Debug, Default)]
struct Pending {
    steps: usize,
    sum: Option<[Tensor<1>; 2]>,
}

impl Pending {
    fn push(&mut self, loss: Tensor<1>, correct: Tensor<1>) {
        let new = [loss, correct].map(|tensor| tensor.detach().without_autodiff());
        self.steps += 1;
        self.sum = Some(match self.sum.take() {
            None => new,
            Some([loss, correct]) => {
                let [new_loss, new_correct] = new;
                [loss + new_loss, correct + new_correct]
            }
        });
    }

    /// Mean loss and number of correct answers.
    ///
    /// # Errors
    /// [`ErrorKind::Diverged`] if the loss is no longer a number; [`ErrorKind::Device`].
    async fn read(&mut self) -> Result<(f32, f32)> {
        let steps = std::mem::take(&mut self.steps);
        let Some(sum) = self.sum.take() else { return Ok((0.0, 0.0)) };
        let [loss, correct] = device::read_all(sum).await?;
        let loss = loss[0] / steps as f32;
        if !loss.is_finite() {
            return Err(Error::new(
                ErrorKind::Diverged,
                "The training diverged: the loss is no longer a number. The weights are back at the last good state; \
                 try a smaller learning rate.",
            ));
        }
        Ok((loss, correct[0]))
    }
}

/// Per batch, the number of rows whose largest logit is that of the label, as a tensor: nothing is read back.
fn count_correct(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<1> {
    crate::model::loss::margin(logits, one_hot.greater_elem(0.5)).greater_elem(0.0).float().sum()
}
