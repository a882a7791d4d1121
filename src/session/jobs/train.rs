//! Training of the selected classifier.

use super::job::{Doing, Job};
use crate::error::Result;
use crate::model::zoo::Architecture;
use crate::protocol::{Event, JobKind};
use crate::session::desk::Desk;
use crate::train::classifier::{ClassifierTrainer, TrainConfig};
use crate::train::trainer::checkpoint::Checkpoint;
use crate::train::trainer::{Progress, Task, Trainer};

/// See there.
pub(in crate::session) struct ClassifierJob {
    trainer: ClassifierTrainer,
    /// The model's name.
    model: String,
    architecture: Architecture,
}

impl ClassifierJob {
    /// From the classifier's present weights.
    ///
    /// # Errors
    /// As [`ClassifierTrainer::start`] and [`crate::data::source::Source::fits_classes`].
    pub(in crate::session) fn start(desk: &mut Desk, config: TrainConfig) -> Result<Self> {
        let model = desk.shelf.selected();
        desk.source.fits_classes(model.architecture.classes())?;
        let trainer = ClassifierTrainer::start(config, &model.network, desk.source.clone(), &desk.started.device)?;
        Ok(Self::of(desk, trainer))
    }

    /// From where the checkpoint was written.
    ///
    /// # Errors
    /// As [`ClassifierTrainer::resume`]; [`crate::ErrorKind::State`] if the shelf is full.
    pub(super) fn resume(desk: &mut Desk, checkpoint: &Checkpoint) -> Result<Self> {
        let trainer = ClassifierTrainer::resume(checkpoint, desk.source.clone(), &desk.started.device)?;
        desk.shelf.bring_back(checkpoint.model(), checkpoint.architecture(), trainer.model())?;
        Ok(Self::of(desk, trainer))
    }

    fn of(desk: &mut Desk, trainer: ClassifierTrainer) -> Self {
        desk.shelf.selected_mut().recipe = Some(trainer.task().recipe());
        // What was made against the old weights says nothing of the new ones.
        desk.attacked = None;
        let model = desk.shelf.selected();
        Self { trainer, model: model.name.clone(), architecture: model.architecture.clone() }
    }
}

impl Job for ClassifierJob {
    fn kind(&self) -> JobKind {
        JobKind::Train
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
                desk.shelf.selected_mut().network = self.trainer.model();
                events.extend(desk.look_again().await?);
            }
            Ok(events)
        })
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            desk.shelf.selected_mut().network = self.trainer.model();
            let mut events = vec![desk.shelf()];
            events.extend(desk.look_again().await?);
            Ok(events)
        })
    }

    fn checkpoint(&mut self) -> Doing<'_> {
        Box::pin(checkpoint(self.kind(), &mut self.trainer, &self.model, &self.architecture))
    }
}

/// What one step of a training brought, as events.
pub(super) fn report(kind: JobKind, progress: Progress) -> Vec<Event> {
    match progress {
        Progress::Working => vec![],
        Progress::Training(report) => vec![Event::Training { kind, report }],
        Progress::Validation(report) => vec![Event::Validation { kind, report }],
    }
}

/// A running training as one file, as an event.
pub(super) async fn checkpoint<T: Task>(
    kind: JobKind,
    trainer: &mut Trainer<T>,
    model: &str,
    architecture: &Architecture,
) -> Result<Vec<Event>> {
    let bytes = trainer.checkpoint(model, architecture).await?;
    let (step, steps) = trainer.position();
    Ok(vec![Event::Checkpoint { kind, model: model.into(), step, steps, bytes }])
}
