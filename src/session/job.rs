//! The kinds of job, and where each stands.

use crate::attack::{Attack, Goal, Run};
use crate::eval::table::TableJob;
use crate::protocol::{Event, JobKind, JobState};
use crate::train::classifier::ClassifierTrainer;
use crate::train::purifier::PurifierTrainer;

/// The running job.
pub(super) struct Job {
    pub(super) work: JobWork,
    pub(super) paused: bool,
}

/// What a job does.
pub(super) enum JobWork {
    Train(Box<ClassifierTrainer>),
    Purifier(Box<PurifierTrainer>),
    Attack(Box<AttackJob>),
    Table(Box<TableJob>),
}

/// An attack on the subject, under way.
pub(super) struct AttackJob {
    pub(super) attack: Attack,
    pub(super) goal: Goal,
    pub(super) source: usize,
    pub(super) original: Vec<f32>,
    pub(super) run: Run,
    pub(super) done: usize,
    pub(super) best_l2: Option<f32>,
    pub(super) finished: bool,
}

impl JobWork {
    pub(super) fn kind(&self) -> JobKind {
        match self {
            JobWork::Train(_) => JobKind::Train,
            JobWork::Purifier(_) => JobKind::TrainPurifier,
            JobWork::Attack(_) => JobKind::Attack,
            JobWork::Table(_) => JobKind::Table,
        }
    }

    pub(super) fn position(&self) -> (usize, usize) {
        match self {
            JobWork::Train(trainer) => trainer.position(),
            JobWork::Purifier(trainer) => trainer.position(),
            JobWork::Attack(job) => (job.done, job.attack.iterations()),
            JobWork::Table(job) => job.position(),
        }
    }

    pub(super) fn finished(&self) -> bool {
        match self {
            JobWork::Train(trainer) => trainer.finished(),
            JobWork::Purifier(trainer) => trainer.finished(),
            JobWork::Attack(job) => job.finished,
            JobWork::Table(job) => job.finished(),
        }
    }

    pub(super) fn event(&self, state: JobState) -> Event {
        let (done, total) = self.position();
        Event::Job { job: self.kind(), state, done, total }
    }
}
