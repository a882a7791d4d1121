//! Momentum iterative method (Dong et al. 2018, algorithm 1): BIM along a sum of gradients, which other models' gradients resemble more
//! than any single one does.

use burn::tensor::Tensor;

use super::method::{Method, Run, Status, Step, stride};
use super::victims::{Victims, project};
use crate::device;
use crate::model::{Classifier, loss};
use crate::settings::settings;

settings! {
    /// BIM with momentum; the usual choice for examples meant to fool other models.
    ///
    /// g ← μ·g + ∇ₓ J / ‖∇ₓ J‖₁, x ← x + α · sign(g), `steps` times from the original. One step of α = ε is FGSM to the bit.
    #[title = "MI-FGSM"]
    #[paper = "Dong et al.: Boosting Adversarial Attacks with Momentum, CVPR 2018, algorithm 1"]
    #[arxiv = "1710.06081"]
    #[equation = r#"g_{i+1} = μ · g_i + {∇_x L ( x_i , y )}/{"‖"∇_x L ( x_i , y )"‖"_1} ,   x_{i+1} = Π_ε ( x_i + α · "sign" g_{i+1} )"#]
    #[serde(default, deny_unknown_fields)]
    pub struct MiFgsm {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Number of steps.
        #[range(1..=10_000)]
        pub steps: usize = 10,
        /// How far a colour value moves in one step.
        #[label = "Size of a step"]
        #[symbol = "α"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        #[open = "ε/steps"]
        pub alpha: Option<f32> = None,
        /// How much of the sum of gradients each step keeps; 0 is BIM.
        #[label = "Momentum"]
        #[symbol = "μ"]
        #[range(0.0..=2.0)]
        pub decay: f32 = 1.0,
    }
}

impl MiFgsm {
    fn size(&self) -> f32 {
        self.alpha.unwrap_or(self.epsilon / self.steps as f32)
    }
}

impl Method for MiFgsm {
    fn iterations(&self) -> usize {
        self.steps
    }

    /// The last iterate is what counts, as in the paper.
    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let (images, sum) = (victims.images.clone(), victims.images.zeros_like());
        Box::new(MiFgsmRun { config: self.clone(), victims, images, sum, iteration: 0 })
    }

    fn resolve(&mut self) {
        self.alpha = Some(self.size());
    }
}

/// A started attack.
struct MiFgsmRun {
    config: MiFgsm,
    victims: Victims,
    images: Tensor<4>,
    /// The decayed sum of gradients.
    sum: Tensor<4>,
    iteration: usize,
}

impl MiFgsmRun {
    fn iterate(&mut self, model: &dyn Classifier) {
        let gradient = loss::input_gradient(model, self.images.clone(), |logits| self.victims.loss(logits).sum());
        // Per image; a gradient of zeros stays one.
        let norm = gradient.clone().abs().sum_dim(3).sum_dim(2).sum_dim(1).clamp_min(f32::MIN_POSITIVE); // [n, 1, 1, 1]
        let direction = gradient / norm.expand(self.images.dims());
        self.sum = self.sum.clone().mul_scalar(self.config.decay) + direction;
        let moved = self.images.clone() + self.sum.clone().sign().mul_scalar(self.config.size());
        self.images = project(moved, &self.victims.images, self.config.epsilon);
        self.iteration += 1;
    }
}

impl Run for MiFgsmRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(async {
            for _ in 0..stride(&self.victims).min(self.config.steps - self.iteration) {
                self.iterate(model);
            }
            // Holds back the device's queue.
            device::read(self.images.clone().slice([0..1, 0..1, 0..1, 0..1])).await?;
            let (iteration, finished) = (self.iteration, self.iteration == self.config.steps);
            Ok(Status { finished, round: 1, iteration, done: iteration, ..Status::default() })
        })
    }

    fn adversarial(&self) -> Tensor<4> {
        self.images.clone()
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::TensorData;
    use pollster::block_on;

    use super::*;
    use crate::attack::{self, Bim, Fgsm, Goal};
    use crate::model::zoo::Architecture;
    use crate::rng::Rng;

    fn read(tensor: Tensor<4>) -> Vec<f32> {
        block_on(device::read(tensor)).expect("the CPU answers")
    }

    /// Two images of noise, of which the network's answers are the labels.
    fn subject() -> (impl Classifier, Victims) {
        let network = Architecture::default().seeded(&mut Rng::new(5), &device::cpu());
        let mut values = vec![0.0; 2 * 3072];
        Rng::new(7).fill_uniform(&mut values, 0.3);
        values.iter_mut().for_each(|value| *value += 0.5);
        let images = Tensor::from_data(TensorData::new(values, [2, 3, 32, 32]), &device::cpu());
        (network, Victims::new(images, vec![3, 8], Goal::Untargeted))
    }

    #[test]
    fn without_momentum_it_is_bim_and_in_one_step_fgsm() {
        let (network, victims) = subject();
        let run =
            |method: &dyn Method| read(block_on(attack::run(method, &network, victims.clone())).expect("it suits"));
        let epsilon = 8.0 / 255.0;
        let alpha = Some(epsilon / 5.0);
        let bim = run(&Bim { epsilon, steps: 5, alpha });
        assert_eq!(run(&MiFgsm { epsilon, steps: 5, alpha: None, decay: 0.0 }), bim);
        assert_ne!(run(&MiFgsm { epsilon, steps: 5, alpha: None, decay: 1.0 }), bim);
        assert_eq!(run(&MiFgsm { epsilon, steps: 1, ..MiFgsm::default() }), run(&Fgsm { epsilon }));
    }

    /// Algorithm 1 by hand: two steps, in 64 bits.
    #[test]
    fn gradients_are_summed_as_in_the_paper() {
        let (network, victims) = subject();
        let gradient = |images: &[f32]| {
            let images = Tensor::from_data(TensorData::new(images.to_vec(), [2, 3, 32, 32]), &device::cpu());
            read(loss::input_gradient(&network, images, |logits| victims.loss(logits).sum()))
        };
        let (epsilon, decay) = (0.02f32, 0.7);
        let origin = read(victims.images.clone());
        let mut images = origin.clone();
        let mut sum = vec![0.0f64; images.len()];
        for _ in 0..2 {
            let here = gradient(&images);
            for (sum, here) in sum.chunks_exact_mut(3072).zip(here.chunks_exact(3072)) {
                let norm: f64 = here.iter().map(|value| f64::from(value.abs())).sum();
                sum.iter_mut()
                    .zip(here)
                    .for_each(|(sum, here)| *sum = f64::from(decay) * *sum + f64::from(*here) / norm);
            }
            for (pixel, sum) in images.iter_mut().zip(&sum) {
                *pixel = (*pixel + epsilon / 2.0 * sum.signum() as f32).clamp(0.0, 1.0);
            }
        }
        let attack = MiFgsm { epsilon, steps: 2, alpha: None, decay };
        let found = read(block_on(attack::run(&attack, &network, victims.clone())).expect("it suits"));
        let other = found.iter().zip(&images).filter(|(found, wanted)| (*found - *wanted).abs() > 1e-6).count();
        // The sign of a sum that all but cancels is rounding.
        assert!(other < found.len() / 500, "{other} of {} values", found.len());
    }
}
