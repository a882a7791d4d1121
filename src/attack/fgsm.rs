//! Fast gradient sign method (Goodfellow, Shlens, Szegedy 2015, section 4).

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::victims::Victims;
use super::{Run, Status, Step};
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
        in_range("fgsm.epsilon", self.epsilon, 0.0..=1.0)
    }

    /// The attacked images, N×3×H×W in [0, 1], at most ε from the originals in every channel.
    pub fn perturb(&self, model: &dyn Classifier, victims: &Victims) -> Tensor<4> {
        let gradient = loss::input_gradient(model, victims.images.clone(), |logits| victims.loss(logits).sum());
        let step = gradient.sign().mul_scalar(self.epsilon);
        (victims.images.clone() + step).clamp(0.0, 1.0)
    }

    pub(super) fn iterations(&self) -> usize {
        1
    }

    pub(super) fn start(&self, victims: Victims) -> impl Run + use<> {
        FgsmRun { config: self.clone(), images: victims.images.clone(), victims }
    }
}

/// A started attack: one step, and it is done.
struct FgsmRun {
    config: Fgsm,
    victims: Victims,
    images: Tensor<4>,
}

impl Run for FgsmRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        self.images = self.config.perturb(model, &self.victims);
        Box::pin(async { Ok(Status { finished: true, round: 1, iteration: 1, done: 1, ..Status::default() }) })
    }

    fn adversarial(&self) -> Tensor<4> {
        self.images.clone()
    }
}
