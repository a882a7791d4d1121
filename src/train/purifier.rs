//! Training of the purifier: a denoising autoencoder, noisy or adversarial → clean, guided by the classifier's logits.
//!
//! Loss: ‖AE(x′) − x‖² (mean over pixels) + λ · |Z(AE(x′)) − Z(x)| (mean over classes): MagNet's reformer (Meng & Chen
//! 2017) with the high-level guidance of HGD (Liao et al. 2018, equation 6). The classifier stays as it is.

use std::rc::Rc;

use burn::module::Module;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::{Pending, Progress, STEPS_A_READ, Schedule, TrainingReport, VALIDATION_BATCH, ValidationReport};
use crate::attack::victims::Victims;
use crate::attack::{Fgsm, Goal};
use crate::data::batch::{self, Sample};
use crate::data::synth::{Split, Synth};
use crate::defense::purify::Purified;
use crate::device;
use crate::error::{Result, in_range};
use crate::eval::metrics::Proportion;
use crate::model::autoencoder::{Autoencoder, AutoencoderConfig};
use crate::model::lenet::LeNet;
use crate::model::{Classifier, loss};
use crate::rng::Rng;

/// The hyper-parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PurifierConfig {
    /// How long, and on how many images.
    #[serde(flatten)]
    pub schedule: Schedule,
    /// Learning rate of Adam at the start; it falls along a half cosine to 0.
    pub learning_rate: f64,
    /// Channels of the first stage; 16 gives 194,755 parameters.
    pub width: usize,
    /// Largest standard deviation of the Gaussian noise; each batch draws its own from 0 to this.
    pub noise: f32,
    /// Largest ε of the FGSM examples; each batch draws its own from 0 to this. Also the ε of validation.
    pub epsilon: f32,
    /// λ, the weight of the logit guidance.
    pub guide: f32,
    /// Full-resolution skip: the configuration that hands the perturbation through.
    pub full_skip: bool,
    /// Seed of images, noise and initial weights.
    pub seed: u32,
}

impl Default for PurifierConfig {
    fn default() -> Self {
        let schedule = Schedule { epochs: 3, batch_size: 16, images_per_epoch: 3225, validation_images: 215 };
        Self {
            schedule,
            learning_rate: 3e-3,
            width: 16,
            noise: 0.1,
            epsilon: 16.0 / 255.0,
            guide: 0.3,
            full_skip: false,
            seed: 1,
        }
    }
}

impl PurifierConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.schedule.validate()?;
        super::validate_learning_rate(self.learning_rate)?;
        in_range("The batch size", self.schedule.batch_size, 2..=1024)?;
        in_range("The width of the purifier", self.width, 4..=64)?;
        in_range("The noise", self.noise, 0.0..=1.0)?;
        in_range("ε of the training examples", self.epsilon, 0.0..=1.0)?;
        in_range("λ, the weight of the guidance,", self.guide, 0.0..=100.0)
    }
}

/// A training run.
pub struct PurifierTrainer {
    config: PurifierConfig,
    synth: Rc<Synth>,
    device: Device,
    classifier: LeNet,
    model: Autoencoder,
    /// As of the last finite loss.
    last_good: Autoencoder,
    optimizer: ModuleOptimizer,
    rng: Rng,
    step: usize,
    pending: Pending,
    validation: Option<Pass>,
}

/// A validation pass under way.
#[derive(Default)]
struct Pass {
    seen: usize,
    loss: f64,
    attacked: usize,
    purified: usize,
    purified_clean: usize,
}

impl PurifierTrainer {
    /// A fresh purifier for `classifier`.
    ///
    /// # Errors
    /// As [`PurifierConfig::validate`].
    pub fn new(config: PurifierConfig, classifier: &LeNet, synth: Rc<Synth>, device: &Device) -> Result<Self> {
        config.validate()?;
        let mut rng = Rng::new(u64::from(config.seed));
        let shape = AutoencoderConfig { full_skip: config.full_skip, ..AutoencoderConfig::browser(config.width) };
        let model = shape.seeded(&mut rng, device);
        Ok(Self {
            config,
            synth,
            device: device.clone(),
            classifier: classifier.valid(),
            last_good: model.valid(),
            model: model.train(),
            optimizer: AdamConfig::new().with_epsilon(1e-8).init(),
            rng,
            step: 0,
            pending: Pending::default(),
            validation: None,
        })
    }

    /// The purifier as it is now, for use.
    pub fn model(&self) -> Autoencoder {
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
        let (loss, _) = self.pending.read().await?;
        self.last_good = self.model.valid();
        Ok(Progress::Training(TrainingReport {
            step: self.step,
            steps: self.config.schedule.steps(),
            epoch: self.config.schedule.epoch(self.step),
            loss,
            accuracy: None,
            images: self.step * batch_size,
        }))
    }

    /// One step of Adam: the first half of the batch noisy, the second adversarial.
    fn optimise(&mut self, signs: &[Sample]) {
        let clean = batch::images(signs, &self.device);
        let (for_noise, for_attack) = signs.split_at(signs.len() / 2);
        let spoilt = Tensor::cat(vec![self.noisy(for_noise), self.attacked(for_attack)], 0);

        let output = self.model.forward(spoilt);
        let squared = loss::mean_squared(output.clone(), clean.clone());
        let guidance = (self.classifier.logits(output) - self.classifier.logits(clean)).abs().mean();
        let loss = squared + guidance.mul_scalar(self.config.guide);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.model);
        let rate = super::cosine(self.config.learning_rate, self.step, self.config.schedule.steps());
        self.model = self.optimizer.step(rate, self.model.clone(), gradients);
        self.pending.push(loss, Tensor::zeros([1], &self.device));
        self.step += 1;
    }

    fn noisy(&mut self, signs: &[Sample]) -> Tensor<4> {
        let mut pixels: Vec<f32> = signs.iter().flat_map(|sign| &sign.pixels).copied().collect();
        let mut noise = vec![0.0; pixels.len()];
        let sigma = self.rng.uniform(0.0, self.config.noise);
        self.rng.fill_normal(&mut noise, sigma);
        pixels.iter_mut().zip(noise).for_each(|(pixel, noise)| *pixel = (*pixel + noise).clamp(0.0, 1.0));
        batch::from_pixels(pixels, &self.device)
    }

    fn attacked(&mut self, signs: &[Sample]) -> Tensor<4> {
        let victims = Victims::new(batch::images(signs, &self.device), batch::labels(signs), Goal::Untargeted);
        Fgsm { epsilon: self.rng.uniform(0.0, self.config.epsilon) }.perturb(&self.classifier, &victims)
    }

    /// One batch of the validation images, attacked by FGSM at full strength.
    async fn validate(&mut self, mut pass: Pass) -> Result<Progress> {
        let total = self.config.schedule.validation_images;
        let next = total.min(pass.seen + VALIDATION_BATCH);
        let signs = self.synth.batch(self.config.seed, Split::Validation, pass.seen as u64..next as u64);
        let clean = batch::images(&signs, &self.device);
        let victims = Victims::new(clean.clone(), batch::labels(&signs), Goal::Untargeted);
        let one_hot = victims.one_hot(self.classifier.classes());
        let attacked = Fgsm { epsilon: self.config.epsilon }.perturb(&self.classifier, &victims);
        let defended = Purified { purifier: &self.last_good, classifier: &self.classifier };
        let correct = |logits| super::count_correct(logits, one_hot.clone());
        let squared = loss::mean_squared(self.last_good.forward(attacked.clone()), clean.clone());
        let sums = [
            squared.mul_scalar(signs.len() as f32),
            correct(self.classifier.logits(attacked.clone())),
            correct(defended.logits(attacked)),
            correct(defended.logits(clean)),
        ];
        let [loss, attacked, purified, purified_clean] = device::read_all(sums).await?;
        pass.loss += f64::from(loss[0]);
        pass.attacked += attacked[0] as usize;
        pass.purified += purified[0] as usize;
        pass.purified_clean += purified_clean[0] as usize;
        pass.seen = next;
        if next < total {
            self.validation = Some(pass);
            return Ok(Progress::Working);
        }
        Ok(Progress::Validation(ValidationReport {
            step: self.step,
            epoch: self.config.schedule.epoch(self.step),
            loss: (pass.loss / total as f64) as f32,
            accuracy: Proportion::new(pass.purified, total),
            attacked: Some(Proportion::new(pass.attacked, total)),
            purified_clean: Some(Proportion::new(pass.purified_clean, total)),
        }))
    }
}
