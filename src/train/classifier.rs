//! Training of the classifier on generated signs, by Adam on the cross-entropy.

use std::rc::Rc;

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use super::trainer::{Measured, Objective, Schedule, Task, Trainer, validate_learning_rate};
use crate::data::batch::{self, Sample};
use crate::data::synth::Synth;
use crate::error::Result;
use crate::model::lenet::LeNet;
use crate::model::{Classifier, loss};

/// The hyper-parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainConfig {
    /// How long, and on how many images.
    #[serde(flatten)]
    pub schedule: Schedule,
    /// Learning rate of Adam at the start; it falls along a half cosine to 0.
    pub learning_rate: f64,
    /// Seed of the images.
    pub seed: u32,
}

impl Default for TrainConfig {
    fn default() -> Self {
        let schedule = Schedule { epochs: 6, batch_size: 32, images_per_epoch: 4300, validation_images: 430 };
        Self { schedule, learning_rate: 4e-3, seed: 1 }
    }
}

impl TrainConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.schedule.validate()?;
        validate_learning_rate(self.learning_rate)
    }
}

/// To answer with the class that the sign has.
pub struct Classification {
    device: Device,
}

/// A training run of the classifier.
pub type ClassifierTrainer = Trainer<Classification>;

impl ClassifierTrainer {
    /// Starts from the weights of `model`.
    ///
    /// # Errors
    /// As [`TrainConfig::validate`].
    pub fn start(config: TrainConfig, model: &LeNet, synth: Rc<Synth>, device: &Device) -> Result<Self> {
        config.validate()?;
        let task = Classification { device: device.clone() };
        Ok(Trainer::new(task, config.schedule, config.learning_rate, config.seed, model, synth))
    }
}

impl Task for Classification {
    type Model = LeNet;

    const MEASURE_FIRST: bool = true;

    fn objective(&mut self, model: &LeNet, signs: &[Sample]) -> Objective {
        let Measured { loss, mut right } = self.measure(model, signs);
        Objective { loss: loss.div_scalar(signs.len() as f32), correct: right.pop() }
    }

    fn measure(&self, model: &LeNet, signs: &[Sample]) -> Measured {
        let one_hot = batch::one_hot(&batch::labels(signs), model.classes(), &self.device);
        let logits = model.logits(batch::images(signs, &self.device));
        let right = vec![loss::count_right(logits.clone(), one_hot.clone())];
        Measured { loss: loss::cross_entropy_sum(logits, one_hot), right }
    }
}
