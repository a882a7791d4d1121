//! Work that is timed from outside, for `cargo xtask bench`.

use super::desk::Desk;
use crate::attack::victims::Victims;
use crate::attack::{self, Goal};
use crate::data::batch::{self, Sample};
use crate::data::source::Mix;
use crate::data::split::Split;
use crate::defense::purify::Purified;
use crate::device;
use crate::error::Result;
use crate::model::{Classifier, loss};
use crate::protocol::{Event, Work};
use crate::rng::Rng;
use crate::train::classifier::{ClassifierTrainer, TrainConfig};
use crate::train::purifier::{PurifierConfig, PurifierTrainer};
use crate::train::trainer::{Task, Trainer};

impl Desk {
    /// Runs `repeats` batches of one piece of work and waits for the device. The caller holds the clock.
    pub(super) async fn benchmark(&self, work: Work, size: usize, repeats: usize) -> Result<Vec<Event>> {
        let model = &self.shelf.selected().network;
        let images = size * repeats;
        let signs = self.source.batch(0, Split::Train, 0..size as u64);
        match &work {
            Work::Generate { harsh } => {
                let mix = Mix { harsh: *harsh, ..Mix::default() };
                for repeat in 1..repeats as u64 {
                    let first = repeat * size as u64;
                    std::hint::black_box(self.source.lesson(0, mix, first..first + size as u64));
                }
            }
            Work::InputGradient => self.time_gradients(model, &signs, repeats).await?,
            Work::Purifier { training: false } => {
                let purifier = PurifierConfig::default().shape().seeded(&mut Rng::new(1), &self.started.device);
                let through = Purified { purifier: &purifier, classifier: model, straight_through: false };
                self.time_gradients(&through, &signs, repeats).await?;
            }
            Work::Purifier { training: true } => {
                let (config, source) = (PurifierConfig::default(), self.source.clone());
                let trainer = PurifierTrainer::start(config, model, source, &self.started.device)?;
                steps(trainer, &signs, repeats).await?;
            }
            Work::Attack { attack } => {
                // The images one after the other: how long an attack takes depends on them, so that batches of any size can be compared
                // that are made of the same.
                for number in 0..repeats as u64 {
                    let first = number * size as u64;
                    let signs = self.source.batch(0, Split::Train, first..first + size as u64);
                    let images = batch::images(&signs, &self.started.device);
                    let victims = Victims::new(images, batch::labels(&signs), Goal::Untargeted).numbered_from(first);
                    device::read(attack::run(attack.method(), model, victims).await?).await?;
                }
            }
            Work::TrainingStep => {
                let config = TrainConfig::default();
                let trainer = ClassifierTrainer::start(config, model, self.source.clone(), &self.started.device)?;
                steps(trainer, &signs, repeats).await?;
            }
        }
        Ok(vec![Event::Benchmarked { work, images }])
    }

    /// Gradients of the loss with respect to one batch, again and again.
    async fn time_gradients(&self, model: &dyn Classifier, signs: &[Sample], repeats: usize) -> Result<()> {
        let images = batch::images(signs, &self.started.device);
        let victims = Victims::new(images, batch::labels(signs), Goal::Untargeted);
        let one_hot = victims.one_hot(model.classes());
        for repeat in 0..repeats {
            let gradient = loss::input_gradient(model, victims.images.clone(), |logits| {
                loss::cross_entropy_sum(logits, one_hot.clone())
            });
            if waits(repeat, repeats) {
                device::read(gradient.slice([0..1, 0..1, 0..1, 0..1])).await?;
            }
        }
        Ok(())
    }
}

/// Steps of a training, all on one batch.
async fn steps<T: Task>(mut trainer: Trainer<T>, signs: &[Sample], repeats: usize) -> Result<()> {
    for repeat in 0..repeats {
        trainer.optimise(signs);
        if waits(repeat, repeats) {
            trainer.settle().await?;
        }
    }
    Ok(())
}

/// Whether the device is waited for after this one: nothing else holds back the queue of a browser's GPU.
fn waits(repeat: usize, repeats: usize) -> bool {
    repeat % 4 == 3 || repeat + 1 == repeats
}
