//! The control that must stay visible as a bad defence: examples that are never renewed.

use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::settings::settings;

settings! {
    /// Examples made once from the starting network and never renewed. It learns those and nothing else: a defence that fails.
    #[title = "Stale examples (fails)"]
    #[marks(BadExample)]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Stale {
        /// The most that a colour value of a training example changes.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
    }
}

impl Method for Stale {
    fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        lesson.learn(lesson.half_attacked(lesson.before, self.epsilon))
    }
}
