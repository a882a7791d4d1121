//! TRADES (Zhang et al. 2019, equation 5).

use burn::module::Module;
use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::attack::victims::project;
use crate::model::{Classifier, loss};
use crate::settings::settings;

settings! {
    /// Clean signs, and the answer to the attacked sign must stay the same.
    ///
    /// CE(Z(x), y) + β · KL(p(x) ‖ p(x′)), as in the authors' code, x′ within ε of x where the divergence is largest.
    #[title = "TRADES"]
    #[paper = "Zhang et al.: Theoretically Principled Trade-off between Robustness and Accuracy, ICML 2019, equation 5"]
    #[arxiv = "1901.08573"]
    #[equation = r#""min"_θ L ( x , y ) + β "max"_{"‖"δ"‖" ≤ ε} "KL" ( p ( x ) , p ( x + δ ) )"#]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Trades {
        /// The most that a colour value of a training example changes.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps of ε/4; 10 in the paper.
        #[label = "Steps of each example"]
        #[range(1..=100)]
        pub steps: usize = 10,
        /// How much it counts that the answers to the clean and to the attacked sign agree; 6 in the paper.
        #[label = "Weight of consistency"]
        #[symbol = "β"]
        #[range(0.0..=1000.0)]
        pub beta: f32 = 6.0,
    }
}

impl Method for Trades {
    fn loss(&self, mut lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        let attacked = self.diverge(&mut lesson);
        let clean = lesson.model.logits(lesson.images.clone());
        let divergence = loss::kl_divergence_sum(clean.clone(), lesson.model.logits(attacked));
        let natural = loss::cross_entropy_sum(clean.clone(), lesson.one_hot());
        (lesson.mean(natural + divergence.mul_scalar(self.beta)), clean)
    }
}

impl Trades {
    /// Steps of ε/4 that part the answers to x′ from those to x, from a start a hair's breadth away. With constant weights.
    pub(super) fn diverge(&self, lesson: &mut Lesson) -> Tensor<4> {
        let model = lesson.model.valid();
        let clean = model.logits(lesson.images.clone());
        let start = lesson.images.clone() + lesson.numbers(|rng, out| rng.fill_normal(out, 0.001));
        (0..self.steps).fold(start, |moved, _| {
            let gradient =
                loss::input_gradient(&model, moved.clone(), |logits| loss::kl_divergence_sum(clean.clone(), logits));
            project(moved + gradient.sign().mul_scalar(self.epsilon / 4.0), &lesson.images, self.epsilon)
        })
    }
}
