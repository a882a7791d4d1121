//! Fast adversarial training (Wong, Rice, Kolter 2020, algorithm 3).

use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::settings::settings;

settings! {
    /// Attacked signs only, made in one step from a random start. Quick, but it can collapse within an epoch: it is watched,
    /// and then ends with the last good weights.
    ///
    /// One step of α = 1.25·ε from a uniform start in the ball.
    #[title = "Fast (one step)"]
    #[paper = "Wong, Rice, Kolter: Fast Is Better than Free, ICLR 2020, algorithm 3"]
    #[arxiv = "2001.03994"]
    #[equation = r#"δ = Π_ε ( u + 1.25 ε · "sign" ∇_x L ( x + u , y ) )"#]
    #[marks(SingleStep)]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Fast {
        /// The most that a colour value of a training example changes.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
    }
}

impl Method for Fast {
    fn loss(&self, mut lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        let images = lesson.climb(self.epsilon, 1.25 * self.epsilon, 1);
        lesson.learn(images)
    }
}
