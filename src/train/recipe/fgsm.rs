//! FGSM adversarial training (Goodfellow, Shlens, Szegedy 2015, section 6).

use burn::module::Module;
use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::settings::settings;

settings! {
    /// Half of each batch is attacked with the present weights.
    #[title = "FGSM (half and half)"]
    #[paper = "Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, ICLR 2015, section 6"]
    #[arxiv = "1412.6572"]
    #[equation = r#""min"_θ ½ L ( x , y ) + ½ L ( x + ε "sign" ∇_x L , y )"#]
    #[marks(SingleStep)]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct FgsmTraining {
        /// The most that a colour value of a training example changes.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
    }
}

impl Method for FgsmTraining {
    fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        lesson.learn(lesson.half_attacked(&lesson.model.valid(), self.epsilon))
    }
}
