//! One training loop for every network and every way to train it: what differs is a [`Task`].
//!
//! A [`Trainer`] is a value with `step()`. Stop stepping to pause, drop it to cancel.

pub mod checkpoint;
mod guard;
mod pending;
mod report;
mod schedule;
mod task;

use std::rc::Rc;

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use pending::Pending;

pub use report::{Progress, TrainingReport, ValidationReport};
pub use schedule::{Descent, Schedule};
pub use task::{Kind, Measured, Objective, Task};

use crate::data::batch::Sample;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::device;
use crate::error::{DivergedError, Purpose, Result, StateError};
use crate::metrics::Proportion;
use crate::train::adam::Adam;
use crate::train::average;

/// Optimiser steps between two reads of the loss. In a browser nothing else holds back the GPU's queue (promises R5).
const STEPS_A_READ: usize = 4;

/// Images in one step of a validation pass: short enough to stay responsive.
const VALIDATION_BATCH: usize = 128;

/// A training run.
pub struct Trainer<T: Task> {
    task: T,
    schedule: Schedule,
    descent: Descent,
    seed: u32,
    source: Rc<Source>,
    model: T::Model,
    /// The moving average of the weights, where there is one: what is shown, measured and kept.
    average: Option<T::Model>,
    /// As of the last read that found every loss, gradient and weight finite.
    last_good: T::Model,
    /// As of the last validation whose loss was finite, or of the start: finite weights can still answer with no numbers.
    proven: T::Model,
    adam: Adam,
    step: usize,
    pending: Pending,
    validation: Option<Pass>,
    /// The best epoch so far, where the task guards: its robust accuracy and weights.
    held: Option<(f64, T::Model)>,
}

/// A validation pass under way.
#[derive(Clone, Default, Serialize, Deserialize)]
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
        descent: Descent,
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
            descent,
            seed,
            source,
            model: model.clone().train(),
            average: (descent.ema > 0.0).then(|| model.valid()),
            last_good: model.valid(),
            proven: model.valid(),
            adam: Adam::default(),
            step: 0,
            pending: Pending::default(),
            validation: T::MEASURE_FIRST.then(Pass::default),
            held: None,
        })
    }

    /// The network as it is now, for use: the average of its weights, where that is taken.
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
    /// [`crate::ErrorKind::Diverged`] when a loss, a gradient or a weight is no longer a number: [`Self::model`] is then the last
    /// good state; where it is the loss of a validation, that of the validation before, or of the start.
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
        let rate = schedule::cosine(self.descent.learning_rate, self.step, self.schedule.steps());
        self.model = self.adam.step(rate, self.descent.weight_decay, self.model.clone(), gradients);
        if let Some(average) = self.average.take() {
            let decay = average::decay(self.descent.ema, self.step);
            self.average = Some(average::blend(average, &self.model.valid(), decay));
        }
        self.pending.push(loss, correct, signs.len());
        self.step += 1;
    }

    /// Waits for the device and reads what the last steps measured.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub(crate) async fn settle(&mut self) -> Result<TrainingReport> {
        // The losses were computed before the last step: what that step made of the weights is looked at too.
        let model = self.model.valid();
        let average = self.average.as_ref().map(sum_of_squares);
        let health = [Some(sum_of_squares(&model)), self.adam.sum_of_second(&model), average];
        let (loss, accuracy) = self.pending.read(health).await?;
        self.last_good = self.average.clone().unwrap_or(model);
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
        if !pass.loss.is_finite() {
            self.last_good = self.proven.clone();
            // A checkpoint has these too.
            self.model = self.proven.clone().train();
            self.average = self.average.is_some().then(|| self.proven.clone());
            return Err(DivergedError::TrainingDiverged.into());
        }
        let collapsed = self.collapsed(pass.robust);
        self.proven = self.last_good.clone();
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
}

/// Σ w² over all parameters: finite where every one of them is.
fn sum_of_squares<M: Module>(model: &M) -> Tensor<1> {
    struct Squares(Option<Tensor<1>>);

    impl ModuleVisitor for Squares {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            let squares = param.val().square().sum();
            self.0 = Some(match self.0.take() {
                Some(sum) => sum + squares,
                None => squares,
            });
        }
    }

    let mut squares = Squares(None);
    model.visit(&mut squares);
    squares.0.expect("a network has parameters")
}

#[cfg(test)]
mod tests {
    use burn::tensor::TensorData;
    use pollster::block_on;

    use super::*;
    use crate::data::batch;
    use crate::data::source::Mix;
    use crate::error::ErrorKind;
    use crate::model::zoo::{Architecture, Network};
    use crate::model::{Classifier, weights};
    use crate::rng::Rng;

    /// Learns well until a step of which the gradient, or the loss, is no number.
    struct Spoilt {
        at: usize,
        spoil: fn(Tensor<1>) -> Tensor<1>,
        steps: usize,
        rng: Rng,
    }

    impl Task for Spoilt {
        type Model = Network;

        const MEASURE_FIRST: bool = false;

        const KIND: Kind = Kind::Classifier;

        fn objective(&mut self, model: &Network, signs: &[Sample]) -> Objective {
            let loss = model.logits(batch::images(signs, &device::cpu())).square().mean();
            self.steps += 1;
            Objective { loss: if self.steps == self.at { (self.spoil)(loss) } else { loss }, correct: None }
        }

        fn measure(&self, _: &Network, _: &[Sample]) -> Measured {
            let zero = || Tensor::from_data(TensorData::new(vec![0.0f32], [1]), &device::cpu());
            Measured { loss: zero(), right: vec![zero()] }
        }

        fn config(&self) -> serde_json::Value {
            serde_json::Value::Null
        }

        fn rng(&mut self) -> &mut Rng {
            &mut self.rng
        }
    }

    /// Learns well, but of a validation the loss is no number.
    struct Misjudged {
        at: usize,
        batches: std::cell::Cell<usize>,
        rng: Rng,
    }

    impl Task for Misjudged {
        type Model = Network;

        const MEASURE_FIRST: bool = false;

        const KIND: Kind = Kind::Classifier;

        fn objective(&mut self, model: &Network, signs: &[Sample]) -> Objective {
            let loss = model.logits(batch::images(signs, &device::cpu())).square().mean();
            Objective { loss, correct: None }
        }

        fn measure(&self, _: &Network, _: &[Sample]) -> Measured {
            self.batches.set(self.batches.get() + 1);
            let number = |value: f32| Tensor::from_data(TensorData::new(vec![value], [1]), &device::cpu());
            let loss = if self.batches.get() == self.at { f32::NAN } else { 1.0 };
            Measured { loss: number(loss), right: vec![number(0.0)] }
        }

        fn config(&self) -> serde_json::Value {
            serde_json::Value::Null
        }

        fn rng(&mut self) -> &mut Rng {
            &mut self.rng
        }
    }

    /// Finite weights that answer with no numbers are not good: what is fallen back to is what the validation before had measured, or the
    /// start.
    #[test]
    fn weights_that_validate_to_nan_are_not_good() {
        let architecture = Architecture::default();
        let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
        let file = |network: &Network| block_on(weights::write(&architecture, network)).expect("finite weights");
        let schedule =
            Schedule { epochs: 4, batch_size: 2, images_per_epoch: 4, validation_images: 2, mix: Mix::default() };
        for (at, ema) in [(1, 0.0), (3, 0.0), (3, 0.5), (4, 0.0)] {
            let task = Misjudged { at, batches: Default::default(), rng: Rng::new(1) };
            let descent = Descent { ema, ..1e-3.into() };
            let mut trainer = Trainer::new(task, schedule, descent, 1, &network, Rc::new(Source::generated()))
                .expect("signs without end");
            let mut proven = vec![file(&network)];
            let error = loop {
                match block_on(trainer.step()) {
                    Ok(Progress::Validation(_)) => proven.push(file(&trainer.model())),
                    Ok(_) => assert!(!trainer.finished(), "validation {at} went unnoticed"),
                    Err(error) => break error,
                }
            };
            assert_eq!((error.kind(), proven.len()), (ErrorKind::Diverged, at));
            assert!(file(&trainer.model()) == proven[at - 1], "validation {at}: not the state before");
            assert!(at == 1 || proven[at - 1] != proven[at - 2], "nothing was learned");
        }
    }

    /// The loss of a step is computed before it: weights that it spoils are not the last good ones, and no checkpoint has them.
    #[test]
    fn the_last_good_weights_are_good() {
        // The value is 0, and its derivative 0 · ∞.
        let gradient: fn(Tensor<1>) -> Tensor<1> = |loss| (loss * 0.0).sqrt();
        let value: fn(Tensor<1>) -> Tensor<1> = |loss| loss * f32::NAN;
        let architecture = Architecture::default();
        let network = architecture.seeded(&mut Rng::new(1), &device::cpu());
        let schedule =
            Schedule { epochs: 2, batch_size: 2, images_per_epoch: 24, validation_images: 2, mix: Mix::default() };
        // Before, in and after the last step that is read together with others.
        for (at, spoil) in [(1, gradient), (4, gradient), (7, gradient), (8, gradient), (8, value), (12, gradient)] {
            let task = Spoilt { at, spoil, steps: 0, rng: Rng::new(1) };
            let source = Rc::new(Source::generated());
            let mut trainer =
                Trainer::new(task, schedule, 1e-3.into(), 1, &network, source).expect("signs without end");
            let error = loop {
                match block_on(trainer.step()) {
                    Ok(_) => assert!(!trainer.finished(), "step {at} went unnoticed"),
                    Err(error) => break error,
                }
            };
            assert_eq!(error.kind(), ErrorKind::Diverged);
            let read = trainer.position().0;
            assert!(read >= at && read < at + STEPS_A_READ, "step {at} was noticed after {read}");
            block_on(weights::write(&architecture, &trainer.model())).expect("finite weights");
            let kept = block_on(trainer.checkpoint("spoilt", &architecture));
            assert_eq!(kept.expect_err("nothing to go on from").kind(), ErrorKind::Diverged);
        }
    }
}
