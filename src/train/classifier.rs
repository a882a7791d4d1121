//! Training of the classifier on generated signs, by Adam on the cross-entropy.

use std::rc::Rc;

use burn::module::Module;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use super::{Pending, Progress, STEPS_A_READ, Schedule, TrainingReport, VALIDATION_BATCH, ValidationReport};
use crate::data::batch;
use crate::data::synth::{Split, Synth};
use crate::device;
use crate::error::Result;
use crate::eval::metrics::Proportion;
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
        super::validate_learning_rate(self.learning_rate)
    }
}

/// A training run.
pub struct ClassifierTrainer {
    config: TrainConfig,
    synth: Rc<Synth>,
    device: Device,
    model: LeNet,
    /// As of the last finite loss.
    last_good: LeNet,
    optimizer: ModuleOptimizer,
    step: usize,
    pending: Pending,
    validation: Option<Pass>,
}

/// A validation pass under way.
#[derive(Default)]
struct Pass {
    seen: usize,
    correct: usize,
    loss: f64,
}

impl ClassifierTrainer {
    /// Starts from the weights of `model`.
    ///
    /// # Errors
    /// As [`TrainConfig::validate`].
    pub fn new(config: TrainConfig, model: &LeNet, synth: Rc<Synth>, device: &Device) -> Result<Self> {
        config.validate()?;
        Ok(Self {
            config,
            synth,
            device: device.clone(),
            model: model.clone().train(),
            last_good: model.valid(),
            // 1e-8 is the paper's; Burn's default is 1e-5.
            optimizer: AdamConfig::new().with_epsilon(1e-8).init(),
            step: 0,
            pending: Pending::default(),
            // The curve starts at what the untrained network can do.
            validation: Some(Pass::default()),
        })
    }

    /// The network as it is now, for use.
    pub fn model(&self) -> LeNet {
        self.last_good.clone()
    }

    /// Optimiser steps so far and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.step, self.config.schedule.steps())
    }

    /// Whether all is done.
    pub fn finished(&self) -> bool {
        self.validation.is_none() && self.step == self.config.schedule.steps()
    }

    /// One optimiser step, or one batch of a validation pass.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Diverged`] when the loss is no longer a number: [`Self::model`] is then the last good state.
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self) -> Result<Progress> {
        if let Some(pass) = self.validation.take() {
            return self.validate(pass).await;
        }
        if self.finished() {
            return Ok(Progress::Working);
        }
        let Schedule { batch_size, .. } = self.config.schedule;
        let first = (self.step * batch_size) as u64;
        let signs = self.synth.batch(self.config.seed, Split::Train, first..first + batch_size as u64);
        self.optimise(&signs);

        let epoch_ends = self.step.is_multiple_of(self.config.schedule.steps_per_epoch());
        if epoch_ends {
            self.validation = Some(Pass::default());
        }
        if !epoch_ends && self.pending.steps < STEPS_A_READ {
            return Ok(Progress::Working);
        }
        let images = self.pending.steps * batch_size;
        let (loss, correct) = self.pending.read().await?;
        self.last_good = self.model.valid();
        Ok(Progress::Training(TrainingReport {
            step: self.step,
            steps: self.config.schedule.steps(),
            epoch: self.config.schedule.epoch(self.step),
            loss,
            accuracy: Some(correct / images as f32),
            images: self.step * batch_size,
        }))
    }

    /// Waits for the device, for a benchmark.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub(crate) async fn settle(&mut self) -> Result<()> {
        self.pending.read().await.map(|_| ())
    }

    /// One step of Adam on a batch.
    pub(crate) fn optimise(&mut self, signs: &[batch::Sample]) {
        let one_hot = batch::one_hot(&batch::labels(signs), self.model.classes(), &self.device);
        let logits = self.model.logits(batch::images(signs, &self.device));
        let loss = loss::cross_entropy_sum(logits.clone(), one_hot.clone()).div_scalar(signs.len() as f32);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.model);
        let rate = super::cosine(self.config.learning_rate, self.step, self.config.schedule.steps());
        self.model = self.optimizer.step(rate, self.model.clone(), gradients);
        self.pending.push(loss, super::count_correct(logits, one_hot));
        self.step += 1;
    }

    /// One batch of the validation images.
    async fn validate(&mut self, mut pass: Pass) -> Result<Progress> {
        let total = self.config.schedule.validation_images;
        let next = total.min(pass.seen + VALIDATION_BATCH);
        let signs = self.synth.batch(self.config.seed, Split::Validation, pass.seen as u64..next as u64);
        let one_hot = batch::one_hot(&batch::labels(&signs), self.model.classes(), &self.device);
        let logits = self.last_good.logits(batch::images(&signs, &self.device));
        let sums = [loss::cross_entropy_sum(logits.clone(), one_hot.clone()), super::count_correct(logits, one_hot)];
        let [loss, correct] = device::read_all(sums).await?;
        pass.loss += f64::from(loss[0]);
        pass.correct += correct[0] as usize;
        pass.seen = next;
        if next < total {
            self.validation = Some(pass);
            return Ok(Progress::Working);
        }
        Ok(Progress::Validation(ValidationReport {
            step: self.step,
            epoch: self.config.schedule.epoch(self.step),
            loss: (pass.loss / total as f64) as f32,
            accuracy: Proportion::new(pass.correct, total),
            attacked: None,
            purified_clean: None,
        }))
    }
}
