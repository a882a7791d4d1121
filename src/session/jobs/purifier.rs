//! Training of a purifier for the selected classifier.

use super::job::{Doing, Job};
use super::train::{checkpoint, report};
use crate::error::Result;
use crate::eval::contender::Purifier;
use crate::model::zoo::Architecture;
use crate::protocol::{Event, JobKind};
use crate::session::desk::Desk;
use crate::train::purifier::{PurifierConfig, PurifierTrainer};
use crate::train::trainer::Progress;
use crate::train::trainer::checkpoint::Checkpoint;

/// See there.
pub(in crate::session) struct PurifierJob {
    trainer: PurifierTrainer,
    /// The model's name.
    model: String,
    /// The classifier's.
    architecture: Architecture,
}

impl PurifierJob {
    /// A fresh purifier.
    ///
    /// # Errors
    /// As [`PurifierTrainer::start`] and [`crate::data::source::Source::fits_classes`].
    pub(in crate::session) fn start(desk: &Desk, config: PurifierConfig) -> Result<Self> {
        let model = desk.shelf.selected();
        desk.source.fits_classes(model.architecture.classes())?;
        let trainer = PurifierTrainer::start(config, &model.network, desk.source.clone(), &desk.started.device)?;
        Ok(Self::of(desk, trainer))
    }

    /// From where the checkpoint was written.
    ///
    /// # Errors
    /// As [`PurifierTrainer::resume`]; [`crate::ErrorKind::State`] if the shelf is full.
    pub(super) fn resume(desk: &mut Desk, checkpoint: &Checkpoint) -> Result<Self> {
        let trainer = PurifierTrainer::resume(checkpoint, desk.source.clone(), &desk.started.device)?;
        let classifier = checkpoint.kept(&desk.started.device)?;
        desk.shelf.bring_back(checkpoint.model(), checkpoint.architecture(), classifier)?;
        Ok(Self::of(desk, trainer))
    }

    fn of(desk: &Desk, trainer: PurifierTrainer) -> Self {
        let model = desk.shelf.selected();
        Self { trainer, model: model.name.clone(), architecture: model.architecture.clone() }
    }

    /// The purifier as it is now goes before the classifier.
    async fn hand_over(&self, desk: &mut Desk) -> Result<Vec<Event>> {
        let purifier = Purifier { config: self.trainer.task().shape(), autoencoder: self.trainer.model() };
        desk.shelf.selected_mut().purifier = Some(purifier);
        let mut events = desk.look_again().await?;
        events.extend(desk.outcome().await?);
        Ok(events)
    }
}

impl Job for PurifierJob {
    fn kind(&self) -> JobKind {
        JobKind::TrainPurifier
    }

    fn position(&self) -> (usize, usize) {
        self.trainer.position()
    }

    fn finished(&self) -> bool {
        self.trainer.finished()
    }

    fn step<'a>(&'a mut self, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async {
            let progress = self.trainer.step().await?;
            let mut events = report(self.kind(), progress);
            if matches!(progress, Progress::Validation(_)) {
                events.extend(self.hand_over(desk).await?);
            }
            Ok(events)
        })
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            let mut events = self.hand_over(desk).await?;
            events.push(desk.shelf());
            Ok(events)
        })
    }

    fn checkpoint(&mut self) -> Doing<'_> {
        Box::pin(checkpoint(self.kind(), &mut self.trainer, &self.model, &self.architecture))
    }
}
