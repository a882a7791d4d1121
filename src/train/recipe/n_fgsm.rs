//! Noise-FGSM (de Jorge et al. 2022, algorithm 1).

use burn::module::Module;
use burn::tensor::Tensor;

use super::method::{Lesson, Method};
use crate::attack::victims::Victims;
use crate::attack::{Fgsm, Goal};
use crate::settings::settings;

settings! {
    /// Attacked signs only, made in one step from strong noise. As quick as Fast, and it collapses later or not at all; it is watched too.
    ///
    /// One step of α = ε from noise of ±2ε, not projected on the ball.
    #[title = "N-FGSM (one step)"]
    #[paper = "de Jorge et al.: Make Some Noise, NeurIPS 2022, algorithm 1"]
    #[arxiv = "2202.01181"]
    #[equation = r#"δ = u + ε · "sign" ∇_x L ( x + u , y ) ,   u ~ U ( −2ε , 2ε )"#]
    #[marks(SingleStep)]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct NFgsm {
        /// The size of the step; the noise before it is twice as strong.
        #[label = "Strength of the examples"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
    }
}

impl Method for NFgsm {
    fn loss(&self, mut lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        let images = self.step_from_noise(&mut lesson);
        lesson.learn(images)
    }
}

impl NFgsm {
    /// One step of ε along the sign of the cross-entropy's gradient from noise of ±2ε, within [0, 1] but not within the ball.
    pub(super) fn step_from_noise(&self, lesson: &mut Lesson) -> Tensor<4> {
        let noise = lesson.numbers(|rng, out| rng.fill_uniform(out, 2.0 * self.epsilon));
        let start = (lesson.images.clone() + noise).clamp(0.0, 1.0);
        let victims = Victims::new(start, lesson.labels.clone(), Goal::Untargeted);
        Fgsm { epsilon: self.epsilon }.perturb(&lesson.model.valid(), &victims)
    }
}
