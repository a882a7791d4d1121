//! Uniform noise of ±ε: the baseline that every attack must beat.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::victims::{Victims, project};
use super::{Run, Status, Step};
use crate::error::{Result, in_range};
use crate::model::Classifier;

/// x′ = clip(x + u, 0, 1) with u uniform in [−ε, ε), drawn once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UniformNoise {
    /// Largest change of a channel, in [0, 1].
    pub epsilon: f32,
    /// Seed of the noise.
    pub seed: u32,
}

impl Default for UniformNoise {
    fn default() -> Self {
        Self { epsilon: 8.0 / 255.0, seed: 1 }
    }
}

impl UniformNoise {
    /// Checks the parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("noise.epsilon", self.epsilon, 0.0..=1.0)
    }

    pub(super) fn iterations(&self) -> usize {
        1
    }

    pub(super) fn start(&self, victims: Victims) -> impl Run + use<> {
        let noise = victims.noise(u64::from(self.seed)).mul_scalar(self.epsilon);
        NoiseRun { images: project(victims.images.clone() + noise, &victims.images, self.epsilon) }
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
