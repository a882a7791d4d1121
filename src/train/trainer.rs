//! One training loop for every network and every way to train it: what differs is a [`Task`].
//!
//! A [`Trainer`] is a value with `step()`. Stop stepping to pause, drop it to cancel.

#[cfg(not(target_family = "wasm"))]
mod checkpoint;

use std::rc::Rc;

use burn::module::Module;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::data::batch::Sample;
use crate::data::source::{Mix, Source};
use crate::data::split::Split;
use crate::device;
use crate::error::{DivergedError, Purpose, Result, StateError, in_range};
use crate::metrics::Proportion;
use crate::rng::Rng;

/// Optimiser steps between two reads of the loss. In a browser nothing else holds back the GPU's queue (promises R5).
const STEPS_A_READ: usize = 4;

/// Images in one step of a validation pass: short enough to stay responsive.
const VALIDATION_BATCH: usize = 128;

/// How the images of a run are divided.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// How often `images_per_epoch` images are learned from. The generator is endless, so no drawn sign is seen twice.
    pub epochs: usize,
    /// Images in one optimiser step.
    pub batch_size: usize,
    /// Images in one epoch.
    pub images_per_epoch: usize,
    /// Images that progress is measured on.
    pub validation_images: usize,
    /// What is added to a data set's images.
    #[serde(flatten, default)]
    pub mix: Mix,
}

impl Schedule {
    /// Checks every field.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("train.epochs", self.epochs, 1..=1000)?;
        in_range("train.batch_size", self.batch_size, 1..=1024)?;
        in_range("train.images_per_epoch", self.images_per_epoch, self.batch_size..=1_000_000)?;
        in_range("train.validation_images", self.validation_images, 1..=100_000)?;
        in_range("train.drawn", self.mix.drawn, 0.0..=1.0)
    }

    /// Optimiser steps in an epoch; a last, smaller batch is left out.
    pub fn steps_per_epoch(&self) -> usize {
        self.images_per_epoch / self.batch_size
    }

    /// Optimiser steps in all.
    pub fn steps(&self) -> usize {
        self.epochs * self.steps_per_epoch()
    }

    /// Epochs finished after `step` steps.
    pub fn epoch(&self, step: usize) -> f32 {
        step as f32 / self.steps_per_epoch() as f32
    }
}

/// The learning rate of step `step` of `steps`: a half cosine from `peak` to 0 (Loshchilov & Hutter 2017, equation 5,
/// without restarts), which lets a short run end well.
fn cosine(peak: f64, step: usize, steps: usize) -> f64 {
    let share = step as f64 / steps as f64;
    0.5 * peak * (1.0 + libm::cos(std::f64::consts::PI * share))
}

/// Checks a learning rate.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`].
pub fn validate_learning_rate(rate: f64) -> Result<()> {
    in_range("train.learning_rate", rate, 1e-6..=1.0)
}

/// What a few optimiser steps measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingReport {
    /// Optimiser steps so far.
    pub step: usize,
    /// Optimiser steps in all.
    pub steps: usize,
    /// Epochs finished, as a fraction.
    pub epoch: f32,
    /// Mean loss over the steps since the last report.
    pub loss: f32,
    /// Accuracy on the training images since the last report; none for the purifier.
    pub accuracy: Option<f32>,
    /// Images seen so far.
    pub images: usize,
}

/// What a validation pass measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidationReport {
    /// Optimiser steps so far.
    pub step: usize,
    /// Epochs finished, as a fraction.
    pub epoch: f32,
    /// Mean loss: cross-entropy, or the purifier's loss on attacked images.
    pub loss: f32,
    /// For the classifier: accuracy. For the purifier: accuracy on purified attacked images.
    pub accuracy: Proportion,
    /// For the purifier: accuracy on attacked images without it.
    pub attacked: Option<Proportion>,
    /// For the purifier: accuracy on purified clean images.
    pub purified_clean: Option<Proportion>,
    /// For adversarial training: accuracy under five steps of BIM at the recipe's ε, on the first batch.
    pub robust: Option<Proportion>,
    /// Whether robustness collapsed: training then ends with the weights of its best epoch.
    pub collapsed: bool,
}

/// What one step of a trainer brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Nothing to report yet.
    Working,
    /// Figures of the last optimiser steps.
    Training(TrainingReport),
    /// Figures of a validation pass.
    Validation(ValidationReport),
}

/// What is learned, and how well.
pub trait Task {
    /// The network.
    type Model: Module;

    /// Whether the curve starts with a measurement of the untrained network.
    const MEASURE_FIRST: bool;

    /// What one optimiser step makes smaller, on images of the training split.
    fn objective(&mut self, model: &Self::Model, signs: &[Sample]) -> Objective;

    /// How the network does on a batch of the validation split.
    fn measure(&self, model: &Self::Model, signs: &[Sample]) -> Measured;

    /// What else decides where a training leads, beside the schedule: of a checkpoint, it has to be the same.
    fn config(&self) -> serde_json::Value;

    /// Where its random numbers come from.
    fn rng(&mut self) -> &mut Rng;

    /// Whether a collapse of [`Self::robust`] ends the training: catastrophic overfitting (Wong, Rice, Kolter 2020, section 5).
    fn guards(&self) -> bool {
        false
    }

    /// Number of right answers on the batch under a small attack, where the task is to withstand one.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    fn robust(&self, _: &Self::Model, _: &[Sample]) -> impl Future<Output = Result<Option<usize>>> {
        async { Ok(None) }
    }
}

/// The loss of one batch.
pub struct Objective {
    /// A mean over the batch.
    pub loss: Tensor<1>,
    /// Number of right answers, where the task is to answer.
    pub correct: Option<Tensor<1>>,
}

/// Sums over one batch; nothing has been read back yet.
pub struct Measured {
    /// Sum of the losses.
    pub loss: Tensor<1>,
    /// Numbers of right answers: the accuracy first, then as in [`ValidationReport`] where the task has them.
    pub right: Vec<Tensor<1>>,
}

/// A training run.
pub struct Trainer<T: Task> {
    task: T,
    schedule: Schedule,
    learning_rate: f64,
    seed: u32,
    source: Rc<Source>,
    model: T::Model,
    /// As of the last finite loss.
    last_good: T::Model,
    optimizer: ModuleOptimizer,
    step: usize,
    pending: Pending,
    validation: Option<Pass>,
    /// The best epoch so far, where the task guards: its robust accuracy and weights.
    held: Option<(f64, T::Model)>,
}

/// By how much robust accuracy may lie below the best so far; more counts as a collapse. Not below the last: a slow fall is one too.
const COLLAPSE: f64 = 0.2;

/// A validation pass under way.
#[derive(Default)]
struct Pass {
    seen: usize,
    robust: Option<Proportion>,
    loss: f64,
    right: Vec<usize>,
}

impl<T: Task> Trainer<T> {
    /// Starts from the weights of `model`. Parameters have been checked.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if the data set has no images to learn from, or none to measure progress on.
    pub(super) fn new(
        task: T,
        schedule: Schedule,
        learning_rate: f64,
        seed: u32,
        model: &T::Model,
        source: Rc<Source>,
    ) -> Result<Self> {
        for (split, purpose) in [(Split::Train, Purpose::Training), (Split::Validation, Purpose::Validation)] {
            if source.is_empty(split) {
                return Err(StateError::NoImages { purpose }.into());
            }
        }
        let measured = source.len(Split::Validation).unwrap_or(usize::MAX);
        let schedule = Schedule { validation_images: schedule.validation_images.min(measured), ..schedule };
        Ok(Self {
            task,
            schedule,
            learning_rate,
            seed,
            source,
            model: model.clone().train(),
            last_good: model.valid(),
            // 1e-8 is the paper's; Burn's default is 1e-5.
            optimizer: AdamConfig::new().with_epsilon(1e-8).init(),
            step: 0,
            pending: Pending::default(),
            validation: T::MEASURE_FIRST.then(Pass::default),
            held: None,
        })
    }

    /// The network as it is now, for use.
    pub fn model(&self) -> T::Model {
        self.last_good.clone()
    }

    /// What is learned.
    pub fn task(&self) -> &T {
        &self.task
    }

    /// Optimiser steps so far and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.step, self.schedule.steps())
    }

    /// Whether all is done.
    pub fn finished(&self) -> bool {
        self.validation.is_none() && self.step == self.schedule.steps()
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
        let size = self.schedule.batch_size as u64;
        let first = self.step as u64 * size;
        let signs = self.source.lesson(self.seed, self.schedule.mix, first..first + size);
        self.optimise(&signs);

        let epoch_ends = self.step.is_multiple_of(self.schedule.steps_per_epoch());
        if epoch_ends {
            self.validation = Some(Pass::default());
        }
        if !epoch_ends && self.pending.steps < STEPS_A_READ {
            return Ok(Progress::Working);
        }
        self.settle().await.map(Progress::Training)
    }

    /// One step of Adam on a batch; nothing is read back.
    pub(crate) fn optimise(&mut self, signs: &[Sample]) {
        let Objective { loss, correct } = self.task.objective(&self.model, signs);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.model);
        let rate = cosine(self.learning_rate, self.step, self.schedule.steps());
        self.model = self.optimizer.step(rate, self.model.clone(), gradients);
        self.pending.push(loss, correct, signs.len());
        self.step += 1;
    }

    /// Waits for the device and reads what the last steps measured.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub(crate) async fn settle(&mut self) -> Result<TrainingReport> {
        let (loss, accuracy) = self.pending.read().await?;
        self.last_good = self.model.valid();
        Ok(TrainingReport {
            step: self.step,
            steps: self.schedule.steps(),
            epoch: self.schedule.epoch(self.step),
            loss,
            accuracy,
            images: self.step * self.schedule.batch_size,
        })
    }

    /// One batch of the validation images.
    async fn validate(&mut self, mut pass: Pass) -> Result<Progress> {
        let total = self.schedule.validation_images;
        let next = total.min(pass.seen + VALIDATION_BATCH);
        let signs = self.source.batch(self.seed, Split::Validation, pass.seen as u64..next as u64);
        let Measured { loss, right } = self.task.measure(&self.last_good, &signs);
        let sums = device::read_all(std::iter::once(loss).chain(right)).await?;
        pass.loss += f64::from(sums[0][0]);
        pass.right.resize(sums.len() - 1, 0);
        pass.right.iter_mut().zip(&sums[1..]).for_each(|(count, sum)| *count += sum[0] as usize);
        if pass.seen == 0 {
            let robust = self.task.robust(&self.last_good, &signs).await?;
            pass.robust = robust.map(|right| Proportion::new(right, signs.len()));
        }
        pass.seen = next;
        if next < total {
            self.validation = Some(pass);
            return Ok(Progress::Working);
        }
        let collapsed = self.collapsed(pass.robust);
        let share = |i: usize| pass.right.get(i).map(|&count| Proportion::new(count, total));
        Ok(Progress::Validation(ValidationReport {
            step: self.step,
            epoch: self.schedule.epoch(self.step),
            loss: (pass.loss / total as f64) as f32,
            accuracy: share(0).expect("every task measures an accuracy"),
            attacked: share(1),
            purified_clean: share(2),
            robust: pass.robust,
            collapsed,
        }))
    }

    /// Goes back to the best epoch, and no further on, where robust accuracy has collapsed since.
    fn collapsed(&mut self, robust: Option<Proportion>) -> bool {
        let (Some(robust), true) = (robust, self.task.guards()) else { return false };
        match &self.held {
            Some((before, model)) if robust.value < before - COLLAPSE - 1e-9 => {
                self.last_good = model.clone();
                self.step = self.schedule.steps();
                true
            }
            Some((best, _)) if robust.value < *best => false,
            _ => {
                self.held = Some((robust.value, self.last_good.clone()));
                false
            }
        }
    }
}

/// Losses and right answers of the steps since the last read; they stay on the device until then.
#[derive(Debug, Default)]
struct Pending {
    steps: usize,
    images: usize,
    loss: Option<Tensor<1>>,
    correct: Option<Tensor<1>>,
}

impl Pending {
    fn push(&mut self, loss: Tensor<1>, correct: Option<Tensor<1>>, images: usize) {
        let add = |sum: &mut Option<Tensor<1>>, new: Tensor<1>| {
            let new = new.detach().without_autodiff();
            *sum = Some(match sum.take() {
                Some(sum) => sum + new,
                None => new,
            });
        };
        self.steps += 1;
        self.images += images;
        add(&mut self.loss, loss);
        if let Some(correct) = correct {
            add(&mut self.correct, correct);
        }
    }

    /// Mean loss and accuracy.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Diverged`] if the loss is no longer a number; [`crate::ErrorKind::Device`].
    async fn read(&mut self) -> Result<(f32, Option<f32>)> {
        let Self { steps, images, loss, correct } = std::mem::take(self);
        let sums = device::read_all(loss.into_iter().chain(correct)).await?;
        let loss = sums.first().map_or(0.0, |sum| sum[0] / steps as f32);
        if !loss.is_finite() {
            return Err(DivergedError::TrainingDiverged.into());
        }
        Ok((loss, sums.get(1).map(|sum| sum[0] / images as f32)))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use pollster::block_on;

    use super::*;
    use crate::model::zoo::{Architecture, Network};
    use crate::model::{Classifier, weights};

    /// Learns something, and withstands as many images as it is told, pass after pass.
    struct Told(RefCell<Vec<usize>>, Rng);

    impl Task for Told {
        type Model = Network;

        const MEASURE_FIRST: bool = false;

        fn objective(&mut self, model: &Network, signs: &[Sample]) -> Objective {
            let images = crate::data::batch::images(signs, &device::cpu());
            Objective { loss: model.logits(images).square().mean(), correct: None }
        }

        fn measure(&self, _: &Network, _: &[Sample]) -> Measured {
            let zero = || Tensor::zeros([1], &device::cpu());
            Measured { loss: zero(), right: vec![zero()] }
        }

        fn config(&self) -> serde_json::Value {
            serde_json::Value::Null
        }

        fn rng(&mut self) -> &mut Rng {
            &mut self.1
        }

        fn guards(&self) -> bool {
            true
        }

        async fn robust(&self, _: &Network, _: &[Sample]) -> Result<Option<usize>> {
            Ok(Some(self.0.borrow_mut().remove(0)))
        }
    }

    /// A fall of 20 points below the best so far is allowed, more is a collapse, however slowly it came.
    #[test]
    fn a_collapse_ends_the_training_with_the_best_epoch() {
        for (withstood, best) in [(vec![8, 6, 3], 0), (vec![6, 8, 6, 5], 1), (vec![8, 7, 6, 5, 4, 2], 0)] {
            let architecture = Architecture::default();
            let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
            let schedule =
                Schedule { epochs: 6, batch_size: 2, images_per_epoch: 4, validation_images: 10, mix: Mix::default() };
            let task = Told(RefCell::new(withstood.clone()), Rng::new(1));
            let source = Rc::new(Source::generated());
            let mut trainer = Trainer::new(task, schedule, 1e-3, 1, &network, source).expect("signs without end");
            let file = |network: &Network| block_on(weights::write(&architecture, network)).expect("finite weights");
            let (mut reports, mut files) = (vec![], vec![]);
            while !trainer.finished() {
                if let Progress::Validation(report) = block_on(trainer.step()).expect("it converges") {
                    reports.push(report.collapsed);
                    files.push(file(&trainer.model()));
                }
            }
            let fall = withstood.iter().position(|now| now + 2 < withstood[best]).expect("it falls");
            assert_eq!(reports.len(), fall + 1, "{withstood:?}");
            assert_eq!(reports.iter().position(|collapsed| *collapsed), Some(fall), "{withstood:?}");
            assert_ne!(files[best], files[best + 1], "{withstood:?}");
            assert_eq!(files[best], files[fall], "{withstood:?}: back to the best epoch");
        }
    }
}
