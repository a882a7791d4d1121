//! Training of the purifier: a denoising autoencoder, noisy or adversarial → clean, guided by the classifier.
//!
//! Loss: ‖AE(x′) − x‖² (mean over pixels) + λ · |Z(AE(x′)) − Z(x)| (mean over classes) + μ · cross-entropy of Z(AE(x′)) with
//! the label: MagNet's reformer (Meng & Chen 2017) with the two high-level guidances of HGD (Liao et al. 2018: the logits',
//! equation 6, and the class label's). The classifier stays as it is.

use std::rc::Rc;

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::trainer::checkpoint::Checkpoint;
use super::trainer::{Kind, Measured, Objective, Schedule, Task, Trainer};
use crate::attack::victims::Victims;
use crate::attack::{Fgsm, Goal};
use crate::data::batch::{self, Sample};
use crate::data::source::{Mix, Source};
use crate::error::Result;
use crate::model::autoencoder::{Autoencoder, AutoencoderConfig};
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::settings::{Settings, settings};
use crate::tensors;

settings! {
    /// How a purifier is trained.
    #[derive(Copy)]
    #[serde(default)]
    pub struct PurifierConfig {
        /// How long, and on how many images.
        #[nested(flat)]
        #[serde(flatten)]
        pub schedule: Schedule =
            Schedule { epochs: 3, batch_size: 16, images_per_epoch: 3225, validation_images: 215, mix: Mix::default() },
        /// Size of the first steps of Adam; it falls along a half cosine to zero by the end of the run.
        #[symbol = "η"]
        #[range(1e-6..=1.0)]
        pub learning_rate: f64 = 3e-3,
        /// Channels of the first layer, 16 for 194,755 parameters; wider is better and slower.
        #[range(4..=64)]
        pub width: usize = 16,
        /// The notebook's network of 27.4 million parameters instead; the width then means nothing.
        #[label = "The notebook's network"]
        pub notebook: bool = false,
        /// Learns from clean signs only, as the notebook did: it learns to copy, and hands the attack through.
        #[label = "Clean to clean (fails)"]
        pub clean_to_clean: bool = false,
        /// Largest standard deviation of the random noise that it learns to remove; each batch draws its own.
        #[symbol = "σ"]
        #[range(0.0..=1.0)]
        pub noise: f32 = 0.1,
        /// Largest strength of the FGSM examples that it learns to repair; each batch draws its own. Also that of validation.
        #[label = "Strength of its attacks"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 16.0 / 255.0,
        /// How much the network's answer to the clean picture counts beside the pixels.
        #[symbol = "λ"]
        #[range(0.0..=100.0)]
        pub guide: f32 = 0.3,
        /// How much the right answer counts beside the pixels: with it the purifier redraws what a strong attack has spoilt, and its
        /// pictures are less like the original.
        #[label = "Guide by label"]
        #[symbol = "μ"]
        #[range(0.0..=100.0)]
        pub label_guide: f32 = 0.0,
        /// Lets the picture pass around the purifier at full resolution, and the attack with it.
        #[label = "Full-resolution shortcut (fails)"]
        pub full_skip: bool = false,
        /// The same seed gives the same purifier again.
        pub seed: u32 = 1,
    }
}

impl PurifierConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.check("purifier")?;
        self.schedule.validate("purifier")
    }

    /// The network that is trained.
    pub fn shape(&self) -> AutoencoderConfig {
        let size = if self.notebook { AutoencoderConfig::notebook() } else { AutoencoderConfig::browser(self.width) };
        AutoencoderConfig { full_skip: self.full_skip, ..size }
    }
}

/// To give back the image without what was done to it.
pub struct Purification {
    config: PurifierConfig,
    device: Device,
    classifier: Network,
    rng: Rng,
}

/// A training run of the purifier.
pub type PurifierTrainer = Trainer<Purification>;

impl PurifierTrainer {
    /// A fresh purifier for `classifier`.
    ///
    /// # Errors
    /// As [`PurifierConfig::validate`]; [`crate::ErrorKind::State`] if the data set is not one for this network.
    pub fn start(config: PurifierConfig, classifier: &Network, source: Rc<Source>, device: &Device) -> Result<Self> {
        config.validate()?;
        source.fits(classifier.classes())?;
        let mut rng = Rng::new(u64::from(config.seed));
        let model = config.shape().seeded(&mut rng, device);
        let task = Purification { config, device: device.clone(), classifier: classifier.valid(), rng };
        Trainer::new(task, config.schedule, config.learning_rate.into(), config.seed, &model, source)
    }

    /// Goes on where the checkpoint was written, from nothing else but the images.
    ///
    /// # Errors
    /// As [`super::classifier::ClassifierTrainer::resume`].
    pub fn resume(checkpoint: &Checkpoint, source: Rc<Source>, device: &Device) -> Result<Self> {
        let config = checkpoint.config(Kind::Purifier, &source)?;
        Self::start(config, &checkpoint.kept(device)?, source, device)?.restored(checkpoint, device)
    }
}

impl Purification {
    /// The network that is trained.
    pub fn shape(&self) -> AutoencoderConfig {
        self.config.shape()
    }

    /// ‖AE(x′) − x‖² + λ · |Z(AE(x′)) − Z(x)| + μ · cross-entropy(Z(AE(x′)), y), all means.
    fn loss(&self, output: Tensor<4>, clean: Tensor<4>, one_hot: Tensor<2>) -> Tensor<1> {
        let squared = loss::mean_squared(output.clone(), clean.clone());
        let logits = self.classifier.logits(output);
        let by_label = loss::cross_entropy(logits.clone(), one_hot).mean();
        let by_logits = (logits - self.classifier.logits(clean)).abs().mean();
        squared + by_logits.mul_scalar(self.config.guide) + by_label.mul_scalar(self.config.label_guide)
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
}

impl Task for Purification {
    type Model = Autoencoder;

    const MEASURE_FIRST: bool = false;

    const KIND: Kind = Kind::Purifier;

    /// The first half of the batch is noisy, the second adversarial; a batch of one is either by chance.
    fn objective(&mut self, model: &Autoencoder, signs: &[Sample]) -> Objective {
        let clean = batch::images(signs, &self.device);
        if self.config.clean_to_clean {
            let loss = loss::mean_squared(model.forward(clean.clone()), clean);
            return Objective { loss, correct: None };
        }
        let spoilt = match signs.split_at(signs.len() / 2) {
            ([], one) if self.rng.uniform(0.0, 1.0) < 0.5 => self.noisy(one),
            ([], one) => self.attacked(one),
            (for_noise, for_attack) => Tensor::cat(vec![self.noisy(for_noise), self.attacked(for_attack)], 0),
        };
        let one_hot = tensors::one_hot(&batch::labels(signs), self.classifier.classes(), &self.device);
        Objective { loss: self.loss(model.forward(spoilt), clean, one_hot), correct: None }
    }

    fn config(&self) -> serde_json::Value {
        serde_json::json!(self.config)
    }

    /// The classifier that it is for.
    fn kept(&self) -> Option<&Network> {
        Some(&self.classifier)
    }

    fn keep(&mut self, classifier: Network) {
        self.classifier = classifier;
    }

    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// On FGSM at full strength: the loss, then right answers on purified, attacked and purified clean images.
    fn measure(&self, model: &Autoencoder, signs: &[Sample]) -> Measured {
        let clean = batch::images(signs, &self.device);
        let victims = Victims::new(clean.clone(), batch::labels(signs), Goal::Untargeted);
        let one_hot = victims.one_hot(self.classifier.classes());
        let attacked = Fgsm { epsilon: self.config.epsilon }.perturb(&self.classifier, &victims);
        let right = |logits| loss::count_right(logits, one_hot.clone());
        let purified = model.forward(attacked.clone());
        let loss = self.loss(purified.clone(), clean.clone(), one_hot.clone());
        Measured {
            loss: loss.mul_scalar(signs.len() as f32),
            right: vec![
                right(self.classifier.logits(purified)),
                right(self.classifier.logits(attacked)),
                right(self.classifier.logits(model.forward(clean))),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::module::Module;
    use pollster::block_on;

    use super::*;
    use crate::device;
    use crate::model::zoo::Architecture;
    use crate::train::trainer::Progress;

    /// Half of each batch is noisy, half attacked; one image is either, and the steps go on being finite.
    #[test]
    fn batches_of_one_are_learned_from() {
        let device = device::cpu();
        let classifier = Architecture::default().seeded(&mut Rng::new(1), &device).no_grad();
        let schedule =
            Schedule { epochs: 1, batch_size: 1, images_per_epoch: 8, validation_images: 2, mix: Mix::default() };
        let config = PurifierConfig { schedule, width: 8, ..PurifierConfig::default() };
        let source = Rc::new(Source::generated());
        let mut trainer = PurifierTrainer::start(config, &classifier, source, &device).expect("a batch of one is one");
        let mut read = vec![];
        while !trainer.finished() {
            if let Progress::Training(report) = block_on(trainer.step()).expect("finite numbers") {
                read.push(report.loss);
            }
        }
        assert!(read.len() >= 2 && read.iter().all(|loss| loss.is_finite()), "{read:?}");
    }
}
