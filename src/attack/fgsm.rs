//! Fast gradient sign method (Goodfellow, Shlens, Szegedy 2015, section 4).

use burn::tensor::Tensor;

use super::method::{Method, Run, Status, Step};
use super::victims::Victims;
use crate::model::{Classifier, loss};
use crate::settings::settings;

settings! {
    /// One step along the sign of the gradient.
    ///
    /// x′ = clip(x ± ε · sign(∇ₓ CE(Z(x), y)), 0, 1): plus from the label, minus towards a target.
    #[title = "FGSM"]
    #[paper = "Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, ICLR 2015, section 4"]
    #[arxiv = "1412.6572"]
    #[equation = r#"x′ = x + ε · "sign" ∇_x L ( x , y )"#]
    #[serde(default, deny_unknown_fields)]
    pub struct Fgsm {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
    }
}

impl Fgsm {
    /// The attacked images, N×3×H×W in [0, 1], at most ε from the originals in every channel.
    pub fn perturb(&self, model: &dyn Classifier, victims: &Victims) -> Tensor<4> {
        let gradient = loss::input_gradient(model, victims.images.clone(), |logits| victims.loss(logits).sum());
        let step = gradient.sign().mul_scalar(self.epsilon);
        (victims.images.clone() + step).clamp(0.0, 1.0)
    }
}

impl Method for Fgsm {
    fn iterations(&self) -> usize {
        1
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(FgsmRun { config: self.clone(), images: victims.images.clone(), victims })
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
