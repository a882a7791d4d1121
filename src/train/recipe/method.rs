//! What a recipe is to the rest, and what it learns from.

use burn::module::Module;
use burn::tensor::{Tensor, TensorData};

use crate::attack::victims::{Victims, project};
use crate::attack::{Fgsm, Goal};
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::settings::Settings;
use crate::tensors;

/// A recipe: settings that say what a batch teaches. One a file; they are listed in [`super::Recipe`].
pub trait Method: Settings {
    /// Mean loss over the batch, and N×K logits of the images that were learned from.
    fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>);
}

/// One batch, and what a recipe may use to learn from it.
pub struct Lesson<'a> {
    /// The network, whose weights want gradients.
    pub model: &'a Network,
    /// The network before the training began.
    pub before: &'a Network,
    /// Where random numbers come from.
    pub rng: &'a mut Rng,
    /// N×3×H×W, in [0, 1].
    pub images: Tensor<4>,
    /// Their classes.
    pub labels: Vec<usize>,
}

impl Lesson<'_> {
    /// The sum of a loss over the batch as its mean.
    pub(super) fn mean(&self, sum: Tensor<1>) -> Tensor<1> {
        sum.mul_scalar(1.0 / self.labels.len() as f32)
    }

    /// N×K: 1 at each label.
    pub(super) fn one_hot(&self) -> Tensor<2> {
        tensors::one_hot(&self.labels, self.model.classes(), &self.images.device())
    }

    /// The mean cross-entropy on some images in the place of the batch's own, and their logits.
    pub(super) fn learn(&self, images: Tensor<4>) -> (Tensor<1>, Tensor<2>) {
        let logits = self.model.logits(images);
        (self.mean(loss::cross_entropy_sum(logits.clone(), self.one_hot())), logits)
    }

    /// The batch with its second half under FGSM on `model`; of a batch of one, that one.
    pub(super) fn half_attacked(&self, model: &Network, epsilon: f32) -> Tensor<4> {
        let [n, c, h, w] = self.images.dims();
        let half = n / 2;
        if half == 0 {
            let victims = Victims::new(self.images.clone(), self.labels.clone(), Goal::Untargeted);
            return Fgsm { epsilon }.perturb(model, &victims);
        }
        let clean = self.images.clone().slice([0..half, 0..c, 0..h, 0..w]);
        let rest = self.images.clone().slice([half..n, 0..c, 0..h, 0..w]);
        let victims = Victims::new(rest, self.labels[half..].to_vec(), Goal::Untargeted);
        Tensor::cat(vec![clean, Fgsm { epsilon }.perturb(model, &victims)], 0)
    }

    /// Steps of α along the sign of the cross-entropy's gradient from a uniform start in the ball. The examples are made with
    /// constant weights.
    pub(super) fn climb(&mut self, epsilon: f32, alpha: f32, steps: usize) -> Tensor<4> {
        let model = self.model.valid();
        let start = self.images.clone() + self.numbers(|rng, out| rng.fill_uniform(out, epsilon));
        let victims = Victims::new(self.images.clone(), self.labels.clone(), Goal::Untargeted);
        (0..steps).fold(project(start, &victims.images, epsilon), |images, _| {
            let gradient = loss::input_gradient(&model, images.clone(), |logits| victims.loss(logits).sum());
            project(images + gradient.sign().mul_scalar(alpha), &victims.images, epsilon)
        })
    }

    /// A random number for every value of the batch.
    pub(super) fn numbers(&mut self, fill: impl FnOnce(&mut Rng, &mut [f32])) -> Tensor<4> {
        let dims = self.images.dims();
        let mut values = vec![0.0; dims.iter().product()];
        fill(self.rng, &mut values);
        Tensor::from_data(TensorData::new(values, dims), &self.images.device())
    }
}
