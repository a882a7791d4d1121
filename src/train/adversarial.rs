//! How a classifier is trained: plainly, or on adversarial examples made along the way.

use burn::module::Module;
use burn::tensor::{Tensor, TensorData};
use serde::{Deserialize, Serialize};

use crate::attack::victims::{Victims, project};
use crate::attack::{Fgsm, Goal};
use crate::data::batch::{self, Sample};
use crate::error::{Result, in_range};
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::tensors;

/// What each optimiser step learns from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recipe {
    /// Clean images.
    #[default]
    Standard,
    /// FGSM adversarial training (Goodfellow et al. 2015, section 6): half of the batch clean, half attacked with the present
    /// weights.
    Fgsm {
        /// ε of the examples.
        epsilon: f32,
    },
    /// Fast adversarial training (Wong, Rice, Kolter 2020, algorithm 3): one step of α = 1.25·ε from a random start, on
    /// adversarial images only. Guarded against catastrophic overfitting.
    Fast {
        /// ε of the examples.
        epsilon: f32,
    },
    /// Noise-FGSM (de Jorge et al. 2022, algorithm 1): one step of α = ε from noise of ±2ε, not projected on the ball, on adversarial
    /// images only. Guarded as the others of one step.
    NFgsm {
        /// ε of the step.
        epsilon: f32,
    },
    /// PGD adversarial training (Madry et al. 2018): steps of α = ε/4 from a random start, on adversarial images only.
    Pgd {
        /// ε of the examples.
        epsilon: f32,
        /// Steps of each example; 7 in the paper.
        steps: usize,
    },
    /// TRADES (Zhang et al. 2019, equation 5): CE(Z(x), y) + β · KL(p(x) ‖ p(x′)), as in the authors' code, x′ within ε of x where the
    /// divergence is largest.
    Trades {
        /// ε of the examples.
        epsilon: f32,
        /// Steps of each example; 10 in the paper.
        steps: usize,
        /// β, the weight of the divergence; 6 in the paper.
        beta: f32,
    },
    /// The control that must stay visible as a bad defence: FGSM examples of the network as it was before, never made anew.
    /// It learns those examples and nothing else.
    Stale {
        /// ε of the examples.
        epsilon: f32,
    },
}

impl Recipe {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        if let Some(epsilon) = self.epsilon() {
            in_range("recipe.epsilon", epsilon, 0.0..=1.0)?;
        }
        match self {
            Recipe::Pgd { steps, .. } | Recipe::Trades { steps, .. } => {
                in_range("recipe.steps", *steps, 1..=100)?;
            }
            _ => {}
        }
        match self {
            Recipe::Trades { beta, .. } => in_range("trades.beta", *beta, 0.0..=1000.0),
            _ => Ok(()),
        }
    }

    /// Whether the examples are made in one step with the present weights: such training may collapse (catastrophic overfitting; Wong,
    /// Rice, Kolter 2020, section 5), and is watched.
    pub fn is_single_step(&self) -> bool {
        matches!(self, Recipe::Fgsm { .. } | Recipe::Fast { .. } | Recipe::NFgsm { .. })
    }

    /// ε of the examples; none for plain training.
    pub fn epsilon(&self) -> Option<f32> {
        match self {
            Recipe::Standard => None,
            Recipe::Fgsm { epsilon }
            | Recipe::Fast { epsilon }
            | Recipe::NFgsm { epsilon }
            | Recipe::Pgd { epsilon, .. }
            | Recipe::Trades { epsilon, .. }
            | Recipe::Stale { epsilon } => Some(*epsilon),
        }
    }
}

/// The loss of a batch under a recipe, and the logits that count as its answers, with the images' labels one-hot.
pub(super) struct Lesson<'a> {
    pub(super) recipe: Recipe,
    /// The network before the training began.
    pub(super) before: &'a Network,
    pub(super) rng: &'a mut Rng,
}

impl Lesson<'_> {
    /// Mean loss, and logits of the images that were learned from.
    pub(super) fn loss(&mut self, model: &Network, signs: &[Sample], images: Tensor<4>) -> (Tensor<1>, Tensor<2>) {
        let labels = batch::labels(signs);
        let one_hot = tensors::one_hot(&labels, model.classes(), &images.device());
        let share = 1.0 / signs.len() as f32;
        // The examples are made with constant weights; only the last pass reaches them.
        let fixed = model.valid();
        let images = match self.recipe {
            Recipe::Standard => images,
            Recipe::Fgsm { epsilon } => half_attacked(&fixed, epsilon, images, labels),
            Recipe::Stale { epsilon } => half_attacked(self.before, epsilon, images, labels),
            Recipe::Fast { epsilon } => self.climb(&fixed, images, labels, epsilon, 1.25 * epsilon, 1),
            Recipe::NFgsm { epsilon } => self.step_from_noise(&fixed, images, labels, epsilon),
            Recipe::Pgd { epsilon, steps } => self.climb(&fixed, images, labels, epsilon, epsilon / 4.0, steps),
            Recipe::Trades { epsilon, steps, beta } => {
                let attacked = self.diverge(&fixed, images.clone(), epsilon, steps);
                let clean = model.logits(images);
                let divergence = loss::kl_divergence_sum(clean.clone(), model.logits(attacked));
                let natural = loss::cross_entropy_sum(clean.clone(), one_hot);
                return ((natural + divergence.mul_scalar(beta)).mul_scalar(share), clean);
            }
        };
        let logits = model.logits(images);
        (loss::cross_entropy_sum(logits.clone(), one_hot).mul_scalar(share), logits)
    }

    /// Steps of α along the sign of the cross-entropy's gradient from a uniform start in the ball.
    fn climb(
        &mut self,
        model: &Network,
        images: Tensor<4>,
        labels: Vec<usize>,
        epsilon: f32,
        alpha: f32,
        steps: usize,
    ) -> Tensor<4> {
        let start = images.clone() + self.numbers(&images, |rng, out| rng.fill_uniform(out, epsilon));
        let victims = Victims::new(images, labels, Goal::Untargeted);
        (0..steps).fold(project(start, &victims.images, epsilon), |images, _| {
            let gradient = loss::input_gradient(model, images.clone(), |logits| victims.loss(logits).sum());
            project(images + gradient.sign().mul_scalar(alpha), &victims.images, epsilon)
        })
    }

    /// One step of ε along the sign of the cross-entropy's gradient from noise of ±2ε, within [0, 1] but not within the ball.
    fn step_from_noise(&mut self, model: &Network, images: Tensor<4>, labels: Vec<usize>, epsilon: f32) -> Tensor<4> {
        let noise = self.numbers(&images, |rng, out| rng.fill_uniform(out, 2.0 * epsilon));
        let start = (images + noise).clamp(0.0, 1.0);
        Fgsm { epsilon }.perturb(model, &Victims::new(start, labels, Goal::Untargeted))
    }

    /// Steps of ε/4 that part the answers to x′ from those to x, from a start a hair's breadth away.
    fn diverge(&mut self, model: &Network, images: Tensor<4>, epsilon: f32, steps: usize) -> Tensor<4> {
        let clean = model.logits(images.clone());
        let start = images.clone() + self.numbers(&images, |rng, out| rng.fill_normal(out, 0.001));
        (0..steps).fold(start, |moved, _| {
            let gradient =
                loss::input_gradient(model, moved.clone(), |logits| loss::kl_divergence_sum(clean.clone(), logits));
            project(moved + gradient.sign().mul_scalar(epsilon / 4.0), &images, epsilon)
        })
    }

    fn numbers(&mut self, like: &Tensor<4>, fill: impl FnOnce(&mut Rng, &mut [f32])) -> Tensor<4> {
        let dims = like.dims();
        let mut values = vec![0.0; dims.iter().product()];
        fill(self.rng, &mut values);
        Tensor::from_data(TensorData::new(values, dims), &like.device())
    }
}

/// The second half of the batch under FGSM; of a batch of one, that one.
fn half_attacked(model: &Network, epsilon: f32, images: Tensor<4>, labels: Vec<usize>) -> Tensor<4> {
    let [n, c, h, w] = images.dims();
    let half = n / 2;
    if half == 0 {
        return Fgsm { epsilon }.perturb(model, &Victims::new(images, labels, Goal::Untargeted));
    }
    let clean = images.clone().slice([0..half, 0..c, 0..h, 0..w]);
    let rest = images.slice([half..n, 0..c, 0..h, 0..w]);
    let victims = Victims::new(rest, labels[half..].to_vec(), Goal::Untargeted);
    Tensor::cat(vec![clean, Fgsm { epsilon }.perturb(model, &victims)], 0)
}

#[cfg(test)]
mod tests {
    use burn::tensor::TensorData;
    use pollster::block_on;

    use super::*;
    use crate::device;
    use crate::model::zoo::Architecture;

    fn network() -> Network {
        Architecture::named("lenet", 43).expect("there is one").seeded(&mut Rng::new(3), &device::cpu())
    }

    fn signs(n: usize) -> Vec<Sample> {
        crate::data::source::Source::generated().batch(1, crate::data::split::Split::Train, 0..n as u64)
    }

    /// KL(p(x) ‖ p(x′)) as in the authors' code, not the other way round. β is large, as an untrained network hardly tells x from x′.
    #[test]
    fn trades_measures_the_divergence_from_the_clean_answer() {
        let model = network();
        let signs = signs(4);
        let images = batch::images(&signs, &device::cpu());
        let (epsilon, steps, beta) = (0.1, 3, 1000.0);
        let lesson = |recipe| {
            let mut rng = Rng::new(5);
            let mut lesson = Lesson { recipe, before: &model, rng: &mut rng };
            let attacked = lesson.diverge(&model, images.clone(), epsilon, steps);
            lesson.rng.seek(0);
            let (loss, _) = lesson.loss(&model, &signs, images.clone());
            (attacked, block_on(device::read(loss)).expect("the CPU answers")[0])
        };
        let (attacked, loss) = lesson(Recipe::Trades { epsilon, steps, beta });
        let rows = |images: Tensor<4>| block_on(device::read(model.logits(images))).expect("the CPU answers");
        let probabilities = |row: &[f32]| {
            let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
            row.iter().map(|logit| f64::from(*logit).exp() / sum).collect::<Vec<f64>>()
        };
        let (clean, moved) = (rows(images.clone()), rows(attacked));
        let mut by_hand = [0.0f64; 2];
        for (i, (clean, moved)) in clean.chunks_exact(43).zip(moved.chunks_exact(43)).enumerate() {
            let (p, q) = (probabilities(clean), probabilities(moved));
            let kl = |p: &[f64], q: &[f64]| p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum::<f64>();
            let natural = -p[signs[i].label].ln();
            by_hand[0] += (natural + f64::from(beta) * kl(&p, &q)) / 4.0;
            by_hand[1] += (natural + f64::from(beta) * kl(&q, &p)) / 4.0;
        }
        assert!((by_hand[0] - by_hand[1]).abs() > 1e-5, "the two directions have to differ here: {by_hand:?}");
        assert!(
            (f64::from(loss) - by_hand[0]).abs() < 0.1 * (by_hand[0] - by_hand[1]).abs(),
            "{loss}, by hand {by_hand:?}"
        );
    }

    /// Every recipe takes a batch of one; N-FGSM goes beyond the ball of ε, up to 3ε, and stays in [0, 1].
    #[test]
    fn every_recipe_takes_one_image_and_noise_goes_beyond_the_ball() {
        let (model, epsilon) = (network(), 8.0 / 255.0);
        for recipe in [
            Recipe::Standard,
            Recipe::Fgsm { epsilon },
            Recipe::Fast { epsilon },
            Recipe::NFgsm { epsilon },
            Recipe::Pgd { epsilon, steps: 1 },
            Recipe::Trades { epsilon, steps: 1, beta: 6.0 },
            Recipe::Stale { epsilon },
        ] {
            let signs = signs(1);
            let images = batch::images(&signs, &device::cpu());
            let mut rng = Rng::new(5);
            let (loss, logits) = Lesson { recipe, before: &model, rng: &mut rng }.loss(&model, &signs, images);
            assert_eq!(logits.dims(), [1, 43], "{recipe:?}");
            assert!(block_on(device::read(loss)).expect("the CPU answers")[0].is_finite(), "{recipe:?}");
        }
        let grey = Tensor::<4>::from_data(TensorData::new(vec![0.5f32; 3072], [1, 3, 32, 32]), &device::cpu());
        let mut rng = Rng::new(5);
        let mut lesson = Lesson { recipe: Recipe::Standard, before: &model, rng: &mut rng };
        let moved = lesson.step_from_noise(&model, grey, vec![0], epsilon);
        let moved = block_on(device::read(moved)).expect("the CPU answers");
        let farthest = moved.iter().map(|value| (value - 0.5).abs()).fold(0.0, f32::max);
        assert!(farthest > 2.5 * epsilon && farthest <= 3.0 * epsilon + 1e-6, "{farthest}");
    }
}
