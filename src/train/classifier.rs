//! Training of the classifier by Adam, under one of the recipes of [`super::adversarial`].

use std::rc::Rc;

use burn::module::Module;
use burn::tensor::Device;

use super::recipe::{Lesson, Recipe, Standard};
use super::trainer::{Checkpoint, Kind, Measured, Objective, Schedule, Task, Trainer};
use crate::attack::victims::Victims;
use crate::attack::{Bim, Goal};
use crate::data::batch::{self, Sample};
use crate::data::source::{Mix, Source};
use crate::error::Result;
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::settings::{Mark, Settings, settings};
use crate::tensors;

/// Steps of the attack that watches over adversarial training.
const GUARD_STEPS: usize = 5;

settings! {
    /// How a classifier is trained.
    #[derive(Copy)]
    #[serde(default)]
    pub struct TrainConfig {
        /// How long, and on how many images.
        #[nested(flat)]
        #[serde(flatten)]
        pub schedule: Schedule =
            Schedule { epochs: 6, batch_size: 32, images_per_epoch: 4300, validation_images: 430, mix: Mix::default() },
        /// Size of the first steps of Adam; it falls along a half cosine to zero by the end of the run.
        #[symbol = "η"]
        #[range(1e-6..=1.0)]
        pub learning_rate: f64 = 4e-3,
        /// What the network learns from.
        pub recipe: Recipe = Recipe::Standard(Standard {}),
        /// The same seed gives the same training signs and examples again.
        pub seed: u32 = 1,
    }
}

impl TrainConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.check("train")?;
        self.schedule.validate("train")?;
        self.recipe.validate()
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
        let (before, rng, labels) = (&self.before, &mut self.rng, batch::labels(signs));
        let (loss, logits) = self.config.recipe.loss(Lesson { model, before, rng, images, labels });
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
        matches!(self.config.recipe, Recipe::Stale(_)).then_some(&self.before)
    }

    fn keep(&mut self, before: Network) {
        self.before = before;
    }

    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn guards(&self) -> bool {
        self.config.recipe.has(Mark::SingleStep)
    }

    async fn robust(&self, model: &Network, signs: &[Sample]) -> Result<Option<usize>> {
        let Some(epsilon) = self.config.recipe.epsilon() else { return Ok(None) };
        let attack = Bim { epsilon, steps: GUARD_STEPS, alpha: None };
        let victims = Victims::new(batch::images(signs, &self.device), batch::labels(signs), Goal::Untargeted);
        let attacked = crate::attack::run(&attack, model, victims.clone()).await?;
        let leads = crate::device::read(victims.lead(model.logits(attacked))).await?;
        Ok(Some(leads.iter().filter(|lead| **lead > 0.0).count()))
    }
}
