//! Fast gradient sign method (Goodfellow, Shlens, Szegedy 2015, section 4).

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::Status;
use super::victims::Victims;
use crate::error::{Result, in_range};
use crate::model::{Classifier, loss};

/// x′ = clip(x ± ε · sign(∇ₓ CE(Z(x), y)), 0, 1): plus from the label, minus towards a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fgsm {
    /// Largest change of a channel, in [0, 1]; people see k/255.
    pub epsilon: f32,
}

impl Default for Fgsm {
    fn default() -> Self {
        Self { epsilon: 8.0 / 255.0 }
    }
}

impl Fgsm {
    /// Checks the parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("ε of FGSM", self.epsilon, 0.0..=1.0)
    }

    /// The attacked images, N×3×32×32 in [0, 1], at most ε from the originals in every channel.
    pub fn perturb(&self, model: &dyn Classifier, victims: &Victims) -> Tensor<4> {
        let one_hot = victims.one_hot(model.classes());
        let gradient =
            loss::input_gradient(model, victims.images.clone(), |logits| loss::cross_entropy_sum(logits, one_hot));
        let step = gradient.sign().mul_scalar(self.epsilon * victims.direction());
        (victims.images.clone() + step).clamp(0.0, 1.0)
    }
}

/// A started attack: one step, and it is done.
#[derive(Debug)]
pub struct FgsmRun {
    config: Fgsm,
    victims: Victims,
    images: Tensor<4>,
}

impl FgsmRun {
    pub(super) fn new(config: Fgsm, victims: Victims) -> Self {
        let images = victims.images.clone();
        Self { config, victims, images }
    }

    pub(super) fn step(&mut self, model: &dyn Classifier) -> Status {
        self.images = self.config.perturb(model, &self.victims);
        Status { finished: true, search: 1, iteration: 1, done: 1, c: None, best_l2: None }
    }

    pub(super) fn adversarial(&self) -> Tensor<4> {
        self.images.clone()
    }
}
