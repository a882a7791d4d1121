//! Reading of a data set.

use super::job::{Doing, Job};
use crate::data::files::Files;
use crate::data::loader::{Loader, Options, Progress};
use crate::data::source::Source;
use crate::error::Result;
use crate::protocol::{Event, JobKind, JobState};
use crate::session::desk::Desk;

/// Files that are read in one step: a tenth of a second, about.
const FILES: usize = 64;

/// See there.
pub(in crate::session) struct LoadJob {
    loader: Loader,
    progress: Progress,
}

impl LoadJob {
    /// Reads archives or folders.
    ///
    /// # Errors
    /// As [`Loader::new`].
    pub(in crate::session) fn start(origins: Vec<Box<dyn Files>>, options: Options) -> Result<Self> {
        Ok(Self { loader: Loader::new(origins, options)?, progress: Progress::default() })
    }
}

impl Job for LoadJob {
    fn kind(&self) -> JobKind {
        JobKind::Load
    }

    fn position(&self) -> (usize, usize) {
        (self.progress.done, self.progress.total)
    }

    fn finished(&self) -> bool {
        self.progress.finished
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(async {
            self.progress = self.loader.step(FILES)?;
            Ok(vec![self.event(JobState::Running), Event::Loading { progress: self.progress }])
        })
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            // Half a data set would be another one.
            match self.finished() {
                true => desk.take_up(Source::loaded(self.loader.finish()?)).await,
                false => Ok(vec![]),
            }
        })
    }
}
