//! Work that is timed from outside, for `cargo xtask bench`.

use super::desk::Desk;
use crate::attack::victims::Victims;
use crate::attack::{self, Goal};
use crate::data::batch;
use crate::data::source::Mix;
use crate::data::split::Split;
use crate::device;
use crate::error::Result;
use crate::model::{Classifier, loss};
use crate::protocol::{Event, Work};
use crate::train::classifier::{ClassifierTrainer, TrainConfig};

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
            Work::InputGradient => {
                let victims =
                    Victims::new(batch::images(&signs, &self.started.device), batch::labels(&signs), Goal::Untargeted);
                let one_hot = victims.one_hot(model.classes());
                for repeat in 0..repeats {
                    let gradient = loss::input_gradient(model, victims.images.clone(), |logits| {
                        loss::cross_entropy_sum(logits, one_hot.clone())
                    });
                    if repeat % 4 == 3 || repeat + 1 == repeats {
                        device::read(gradient.slice([0..1, 0..1, 0..1, 0..1])).await?;
                    }
                }
            }
            Work::Attack { attack } => {
                let victims =
                    Victims::new(batch::images(&signs, &self.started.device), batch::labels(&signs), Goal::Untargeted);
                for _ in 0..repeats {
                    device::read(attack::run(attack.method(), model, victims.clone()).await?).await?;
                }
            }
            Work::TrainingStep => {
                let config = TrainConfig::default();
                let mut trainer = ClassifierTrainer::start(
                    config,
                    &self.shelf.selected().network,
                    self.source.clone(),
                    &self.started.device,
                )?;
                for repeat in 0..repeats {
                    trainer.optimise(&signs);
                    if repeat % 4 == 3 || repeat + 1 == repeats {
                        trainer.settle().await?;
                    }
                }
            }
        }
        Ok(vec![Event::Benchmarked { work, images }])
    }
}
