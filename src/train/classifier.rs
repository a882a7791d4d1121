//! Training of the classifier by Adam, under one of the recipes of [`super::adversarial`].

use std::rc::Rc;

use burn::module::Module;
use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use super::adversarial::{Lesson, Recipe};
use super::trainer::{Checkpoint, Kind, Measured, Objective, Schedule, Task, Trainer, validate_learning_rate};
use crate::attack::victims::Victims;
use crate::attack::{Attack, Bim, Goal};
use crate::data::batch::{self, Sample};
use crate::data::source::{Mix, Source};
use crate::error::Result;
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::tensors;

/// Steps of the attack that watches over adversarial training.
const GUARD_STEPS: usize = 5;

/// The hyper-parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainConfig {
    /// How long, and on how many images.
    #[serde(flatten)]
    pub schedule: Schedule,
    /// Learning rate of Adam at the start; it falls along a half cosine to 0.
    pub learning_rate: f64,
    /// What it learns from.
    #[serde(default)]
    pub recipe: Recipe,
    /// Seed of the images, and of the examples' random starts.
    pub seed: u32,
}

impl Default for TrainConfig {
    fn default() -> Self {
        let schedule =
            Schedule { epochs: 6, batch_size: 32, images_per_epoch: 4300, validation_images: 430, mix: Mix::default() };
        Self { schedule, learning_rate: 4e-3, recipe: Recipe::Standard, seed: 1 }
    }
}

impl TrainConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.schedule.validate()?;
        self.recipe.validate()?;
        validate_learning_rate(self.learning_rate)
    }
}

/// To answer with the class that the sign has.
pub struct Classification {
    device: Device,
    config: TrainConfig,
    before: Network,
    rng: Rng,
}

/// A training run of the classifier.
pub type ClassifierTrainer = Trainer<Classification>;

impl ClassifierTrainer {
    /// Starts from the weights of `model`.
    ///
    /// # Errors
    /// As [`TrainConfig::validate`]; [`crate::ErrorKind::State`] if the data set is not one for this network.
    pub fn start(config: TrainConfig, model: &Network, source: Rc<Source>, device: &Device) -> Result<Self> {
        config.validate()?;
        source.fits(model.classes())?;
        let rng = Rng::stream(u64::from(config.seed), u64::MAX);
        let task = Classification { device: device.clone(), config, before: model.valid(), rng };
        Trainer::new(task, config.schedule, config.learning_rate, config.seed, model, source)
    }

    /// Goes on where the checkpoint was written, from nothing else but the images.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Weights`] if it is of another kind of training, or does not hold what it should;
    /// [`crate::ErrorKind::State`] if the training learns from other images than `source`.
    pub fn resume(checkpoint: &Checkpoint, source: Rc<Source>, device: &Device) -> Result<Self> {
        let config = checkpoint.config(Kind::Classifier, &source)?;
        Self::start(config, &checkpoint.classifier(device)?, source, device)?.restored(checkpoint, device)
    }
}

impl Classification {
    /// What is learned from.
    pub fn recipe(&self) -> Recipe {
        self.config.recipe
    }
}

impl Task for Classification {
    type Model = Network;

    const MEASURE_FIRST: bool = true;

    const KIND: Kind = Kind::Classifier;

    fn objective(&mut self, model: &Network, signs: &[Sample]) -> Objective {
        let images = batch::images(signs, &self.device);
        let one_hot = tensors::one_hot(&batch::labels(signs), model.classes(), &self.device);
        let (loss, logits) =
            Lesson { recipe: self.config.recipe, before: &self.before, rng: &mut self.rng }.loss(model, signs, images);
        Objective { loss, correct: Some(loss::count_right(logits, one_hot)) }
    }

    fn measure(&self, model: &Network, signs: &[Sample]) -> Measured {
        let one_hot = tensors::one_hot(&batch::labels(signs), model.classes(), &self.device);
        let logits = model.logits(batch::images(signs, &self.device));
        let right = vec![loss::count_right(logits.clone(), one_hot.clone())];
        Measured { loss: loss::cross_entropy_sum(logits, one_hot), right }
    }

    fn config(&self) -> serde_json::Value {
        serde_json::json!(self.config)
    }

    /// Stale examples are made on the network as it was.
    fn kept(&self) -> Option<&Network> {
        matches!(self.config.recipe, Recipe::Stale { .. }).then_some(&self.before)
    }

    fn keep(&mut self, before: Network) {
        self.before = before;
    }

    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn guards(&self) -> bool {
        self.config.recipe.is_single_step()
    }

    async fn robust(&self, model: &Network, signs: &[Sample]) -> Result<Option<usize>> {
        let Some(epsilon) = self.config.recipe.epsilon() else { return Ok(None) };
        let attack = Attack::Bim(Bim { epsilon, steps: GUARD_STEPS, alpha: None });
        let victims = Victims::new(batch::images(signs, &self.device), batch::labels(signs), Goal::Untargeted);
        let attacked = crate::attack::run(&attack, model, victims.clone()).await?;
        let leads = crate::device::read(victims.lead(model.logits(attacked))).await?;
        Ok(Some(leads.iter().filter(|lead| **lead > 0.0).count()))
    }
}
