//! PGD adversarial training (Madry et al. 2018, section 2.1).

use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::settings::settings;

settings! {
    /// Attacked signs only, made in several steps. The most reliable, and about steps + 1 times as slow.
    ///
    /// Steps of α = ε/4 from a uniform start in the ball.
    #[title = "PGD (several steps)"]
    #[paper = "Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, section 2.1"]
    #[arxiv = "1706.06083"]
    #[equation = r#""min"_θ E "max"_{"‖"δ"‖" ≤ ε} L ( x + δ , y )"#]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct PgdTraining {
        /// The most that a colour value of a training example changes.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps of ε/4; 7 in the paper.
        #[label = "Steps of each example"]
        #[range(1..=100)]
        pub steps: usize = 7,
    }
}

impl Method for PgdTraining {
    fn loss(&self, mut lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        let images = lesson.climb(self.epsilon, self.epsilon / 4.0, self.steps);
        lesson.learn(images)
    }
}
