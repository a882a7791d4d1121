//! How well the detector of the selected model tells attacked images from clean ones.

use super::job::{Doing, Job};
use crate::error::Result;
use crate::eval::roc::{RocConfig, RocRun};
use crate::protocol::{Event, JobKind, JobState};
use crate::session::desk::Desk;

/// See there.
pub(in crate::session) struct RocJob(RocRun);

impl RocJob {
    /// Of the selected model as it is now.
    ///
    /// # Errors
    /// As [`RocRun::new`].
    pub(in crate::session) fn start(desk: &Desk, config: RocConfig) -> Result<Self> {
        let contender = desk.shelf.selected().unsigned();
        Ok(Self(RocRun::new(config, contender, desk.source.clone(), &desk.started.device)?))
    }
}

impl Job for RocJob {
    fn kind(&self) -> JobKind {
        JobKind::Roc
    }

    fn position(&self) -> (usize, usize) {
        self.0.position()
    }

    fn finished(&self) -> bool {
        self.0.finished()
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(async {
            let (before, _) = self.position();
            self.0.step().await?;
            let (now, _) = self.position();
            Ok(if now == before { vec![] } else { vec![self.event(JobState::Running)] })
        })
    }

    fn conclude<'a>(self: Box<Self>, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            // A part of the curve would be one of other images than were asked for.
            match self.finished() {
                true => {
                    let (config, note) = (self.0.config().clone(), self.0.note().cloned());
                    Ok(vec![Event::Rocs { config, curves: self.0.curves().await?, note }])
                }
                false => Ok(vec![]),
            }
        })
    }
}
