//! Training of the classifier by Adam, under one of the recipes of [`super::recipe`].

use std::rc::Rc;

use burn::module::Module;
use burn::tensor::Device;

use super::recipe::{Lesson, Recipe, Standard};
use super::trainer::checkpoint::Checkpoint;
use super::trainer::{Descent, Kind, Measured, Objective, Schedule, Task, Trainer};
use crate::attack::victims::Victims;
use crate::attack::{Bim, Goal};
use crate::data::batch::{self, Sample};
use crate::data::source::{Mix, Source};
use crate::error::Result;
use crate::model::zoo::Network;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::settings::{Settings, settings};
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
        /// Every step of Adam makes each parameter smaller by this times its size: λ times the learning rate of the step, apart from the
        /// gradient (AdamW). 0 for none.
        #[symbol = "λ"]
        #[range(0.0..=1.0)]
        pub weight_decay: f64 = 0.0,
        /// How much of the moving average of the weights each step keeps; the average is then the network that is shown, measured and
        /// saved. 0 for none.
        #[label = "Averaging of the weights"]
        #[symbol = "γ"]
        #[range(0.0..=0.9999)]
        pub ema: f64 = 0.0,
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
        let TrainConfig { schedule, learning_rate, weight_decay, ema, seed, .. } = config;
        Trainer::new(task, schedule, Descent { learning_rate, weight_decay, ema }, seed, model, source)
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
        self.config.recipe.is_single_step()
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

#[cfg(test)]
mod tests {
    use burn::module::{ModuleVisitor, Param};
    use burn::tensor::Tensor;
    use pollster::block_on;

    use super::*;
    use crate::data::split::Split;
    use crate::device;
    use crate::model::zoo::Architecture;
    use crate::train::trainer::Progress;

    struct Values(Vec<Tensor<1>>);

    impl ModuleVisitor for Values {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.push(param.val().flatten(0, D - 1));
        }
    }

    fn weights(network: &Network) -> Vec<f32> {
        let mut values = Values(vec![]);
        network.visit(&mut values);
        block_on(device::read_all(values.0)).expect("the CPU answers").concat()
    }

    /// The weights after each step, and the losses of the validations.
    fn train(config: TrainConfig) -> (Vec<Vec<f32>>, Vec<[f32; 2]>) {
        let network = Architecture::default().seeded(&mut Rng::new(1), &device::cpu());
        let source = Rc::new(Source::generated());
        let signs = source.batch(config.seed, Split::Validation, 0..4);
        let mut trainer = ClassifierTrainer::start(config, &network, source, &device::cpu()).expect("good settings");
        let (mut steps, mut losses) = (vec![weights(&network)], vec![]);
        while !trainer.finished() {
            match block_on(trainer.step()).expect("it converges") {
                Progress::Training(_) => steps.push(weights(&trainer.model())),
                Progress::Validation(report) => {
                    let sum = trainer.task().measure(&trainer.model(), &signs).loss;
                    losses.push([report.loss, block_on(device::read(sum)).expect("the CPU answers")[0] / 4.0]);
                }
                Progress::Working => {}
            }
        }
        (steps, losses)
    }

    /// With one step an epoch every step is read: the average can be made by hand from a training without one.
    #[test]
    fn the_average_is_what_is_shown_and_measured() {
        let schedule =
            Schedule { epochs: 5, batch_size: 2, images_per_epoch: 2, validation_images: 4, mix: Mix::default() };
        let plain = TrainConfig { schedule, ..TrainConfig::default() };
        let ((steps, _), (shown, losses)) = (train(plain), train(TrainConfig { ema: 0.3, ..plain }));
        assert_eq!((steps.len(), shown.len(), losses.len()), (6, 6, 6));
        let mut average: Vec<f64> = steps[0].iter().map(|weight| f64::from(*weight)).collect();
        for (t, (weights, shown)) in steps.iter().zip(&shown).enumerate().skip(1) {
            let gamma = 0.3f64.min(t as f64 / (9 + t) as f64);
            let after =
                average.iter().zip(weights).map(|(mean, weight)| gamma * mean + (1.0 - gamma) * f64::from(*weight));
            average = after.collect();
            let most =
                average.iter().zip(shown).map(|(mean, shown)| (mean - f64::from(*shown)).abs()).fold(0.0, f64::max);
            assert!(most < 1e-6, "step {t}: {most}");
            assert!(t == 1 || weights != shown, "step {t}: not averaged");
        }
        assert!(losses.iter().all(|[told, own]| (told - own).abs() < 1e-5), "{losses:?}");
    }

    /// λ makes the weights smaller than they would be, and leaves no trace at 0.
    #[test]
    fn decayed_weights_are_smaller() {
        let schedule =
            Schedule { epochs: 1, batch_size: 2, images_per_epoch: 8, validation_images: 4, mix: Mix::default() };
        let plain = TrainConfig { schedule, ..TrainConfig::default() };
        let size = |config| train(config).0.last().expect("weights").iter().map(|weight| weight * weight).sum::<f32>();
        let [none, some, more] = [0.0, 0.1, 1.0].map(|weight_decay| size(TrainConfig { weight_decay, ..plain }));
        assert!(more < some && some < none, "{none}, {some}, {more}");
        for (weight_decay, ema) in [(-0.1, 0.0), (1.1, 0.0), (f64::NAN, 0.0), (0.0, 1.0), (0.0, -0.1), (0.0, f64::NAN)]
        {
            assert!(TrainConfig { weight_decay, ema, ..plain }.validate().is_err(), "λ = {weight_decay}, γ = {ema}");
        }
    }
}
