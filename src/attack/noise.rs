//! Uniform noise of ±ε: the baseline that every attack must beat.

use burn::tensor::Tensor;

use super::method::{Method, Run, Status, Step};
use super::victims::{Victims, project};
use crate::model::Classifier;
use crate::settings::settings;

settings! {
    /// Not an attack but noise of the same strength: what every attack has to beat.
    ///
    /// x′ = clip(x + u, 0, 1) with u uniform in [−ε, ε), drawn once.
    #[title = "Uniform noise"]
    #[equation = "x′ = x + u ,   u ~ U ( −ε , ε )"]
    #[marks(BlackBox, Control)]
    #[serde(default, deny_unknown_fields)]
    pub struct UniformNoise {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Method for UniformNoise {
    fn iterations(&self) -> usize {
        1
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let noise = victims.noise(u64::from(self.seed)).mul_scalar(self.epsilon);
        Box::new(NoiseRun { images: project(victims.images.clone() + noise, &victims.images, self.epsilon) })
    }
}

/// All there is to do has been done.
struct NoiseRun {
    images: Tensor<4>,
}

impl Run for NoiseRun {
    fn step<'a>(&'a mut self, _: &'a dyn Classifier) -> Step<'a> {
        Box::pin(async { Ok(Status { finished: true, round: 1, iteration: 1, done: 1, ..Status::default() }) })
    }

    fn adversarial(&self) -> Tensor<4> {
        self.images.clone()
    }
}
