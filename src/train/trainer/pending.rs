//! What the steps since the last read measured.

use burn::tensor::Tensor;

use crate::device;
use crate::error::{DivergedError, Result};

/// Losses and right answers of the steps since the last read; they stay on the device until then.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) steps: usize,
    pub(super) images: usize,
    pub(super) loss: Option<Tensor<1>>,
    pub(super) correct: Option<Tensor<1>>,
}

impl Pending {
    pub(super) fn push(&mut self, loss: Tensor<1>, correct: Option<Tensor<1>>, images: usize) {
        let add = |sum: &mut Option<Tensor<1>>, new: Tensor<1>| {
            let new = new.detach().without_autodiff();
            *sum = Some(match sum.take() {
                Some(sum) => sum + new,
                None => new,
            });
        };
        self.steps += 1;
        self.images += images;
        add(&mut self.loss, loss);
        if let Some(correct) = correct {
            add(&mut self.correct, correct);
        }
    }

    /// Mean loss and accuracy. `health` is read with them: numbers that are not finite once a gradient or a weight is not.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Diverged`] if the loss or one of those is no longer a number; [`crate::ErrorKind::Device`].
    pub(super) async fn read(&mut self, health: [Option<Tensor<1>>; 3]) -> Result<(f32, Option<f32>)> {
        let Self { steps, images, loss, correct } = std::mem::take(self);
        let health = health.into_iter().flatten();
        let (has_loss, has_correct) = (loss.is_some(), correct.is_some());
        let sums = device::read_all(loss.into_iter().chain(correct).chain(health)).await?;
        if sums.iter().any(|sum| !sum[0].is_finite()) {
            return Err(DivergedError::TrainingDiverged.into());
        }
        let loss = if has_loss { sums[0][0] / steps as f32 } else { 0.0 };
        Ok((loss, has_correct.then(|| sums[1][0] / images as f32)))
    }
}
