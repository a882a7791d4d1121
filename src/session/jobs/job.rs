//! What a job is to the rest.

use std::pin::Pin;

use crate::error::{Result, StateError};
use crate::eval::evaluation::Part;
use crate::protocol::{Event, JobKind, JobState};
use crate::session::desk::Desk;

/// Work on its way, and the events that come of it. Boxed, because a trait object cannot have an `async fn`.
pub(in crate::session) type Doing<'a> = Pin<Box<dyn Future<Output = Result<Vec<Event>>> + 'a>>;

/// A job. It is dropped to give it up, and concluded to keep what it has reached.
pub(in crate::session) trait Job {
    /// What it does.
    fn kind(&self) -> JobKind;

    /// Steps done, and in all.
    fn position(&self) -> (usize, usize);

    /// Whether there is nothing left to do.
    fn finished(&self) -> bool;

    /// Whether there is nothing to do until another engine sends its parts.
    fn waits(&self) -> bool {
        false
    }

    /// A small piece of the work.
    fn step<'a>(&'a mut self, desk: &'a mut Desk) -> Doing<'a>;

    /// Takes over what it has reached, finished or not.
    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a>;

    /// Takes over what another engine has done of it.
    fn take(&mut self, _: Part) -> Result<Vec<Event>> {
        Err(StateError::NoEvaluation.into())
    }

    /// The job as a file, where it can go on from one.
    fn checkpoint(&mut self) -> Doing<'_> {
        Box::pin(async { Err(StateError::NoTraining.into()) })
    }

    /// Where it stands.
    fn event(&self, state: JobState) -> Event {
        let (done, total) = self.position();
        Event::Job { kind: self.kind(), state, done, total }
    }
}
