//! The kinds of job, and where each stands.

use crate::attack::{Attack, Goal, Run};
use crate::data::loader::{Loader, Progress};
use crate::defense::{Defense, Knowledge};
use crate::eval::checks::CheckConfig;
use crate::eval::engagement::Engagement;
use crate::eval::evaluation::Evaluation;
use crate::eval::roc::RocRun;
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
    Load(Box<LoadJob>),
    Train(Box<ClassifierTrainer>),
    Purifier(Box<PurifierTrainer>),
    Attack(Box<AttackJob>),
    Evaluate(Box<EvaluationJob>),
    Roc(Box<RocRun>),
}

/// A data set that is being read.
pub(super) struct LoadJob {
    pub(super) loader: Loader,
    pub(super) progress: Progress,
}

/// An attack on the subject, under way.
pub(super) struct AttackJob {
    pub(super) asked: Asked,
    pub(super) engagement: Engagement,
    pub(super) original: Vec<f32>,
    pub(super) source: usize,
    pub(super) run: Box<dyn Run>,
    pub(super) done: usize,
    /// `done` when a picture was last shown.
    pub(super) shown: Option<usize>,
    pub(super) finished: bool,
}

/// What an attack was asked to do.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) attack: Attack,
    pub(super) goal: Goal,
    pub(super) defense: Defense,
    pub(super) knowledge: Knowledge,
    pub(super) made_on: Option<String>,
}

/// An evaluation, or the one behind sanity checks.
pub(super) struct EvaluationJob {
    pub(super) evaluation: Evaluation,
    pub(super) check: Option<CheckConfig>,
    /// Whether this engine collects the parts and reports.
    pub(super) reports: bool,
}

impl EvaluationJob {
    /// Whether there is nothing left to do here.
    fn finished(&self) -> bool {
        if self.reports { self.evaluation.finished() } else { self.evaluation.idle() }
    }
}

impl JobWork {
    pub(super) fn kind(&self) -> JobKind {
        match self {
            JobWork::Load(_) => JobKind::Load,
            JobWork::Train(_) => JobKind::Train,
            JobWork::Purifier(_) => JobKind::TrainPurifier,
            JobWork::Attack(_) => JobKind::Attack,
            JobWork::Evaluate(job) if job.check.is_some() => JobKind::Check,
            JobWork::Evaluate(_) => JobKind::Evaluate,
            JobWork::Roc(_) => JobKind::Roc,
        }
    }

    pub(super) fn position(&self) -> (usize, usize) {
        match self {
            JobWork::Load(job) => (job.progress.done, job.progress.total),
            JobWork::Train(trainer) => trainer.position(),
            JobWork::Purifier(trainer) => trainer.position(),
            JobWork::Attack(job) => (job.done, job.asked.attack.iterations()),
            JobWork::Evaluate(job) => job.evaluation.position(),
            JobWork::Roc(job) => job.position(),
        }
    }

    pub(super) fn finished(&self) -> bool {
        match self {
            JobWork::Load(job) => job.progress.finished,
            JobWork::Train(trainer) => trainer.finished(),
            JobWork::Purifier(trainer) => trainer.finished(),
            JobWork::Attack(job) => job.finished,
            JobWork::Evaluate(job) => job.finished(),
            JobWork::Roc(job) => job.finished(),
        }
    }

    /// Whether there is nothing to do until another engine sends its parts.
    pub(super) fn waits(&self) -> bool {
        matches!(self, JobWork::Evaluate(job) if job.evaluation.idle() && !job.finished())
    }

    pub(super) fn event(&self, state: JobState) -> Event {
        let (done, total) = self.position();
        Event::Job { job: self.kind(), state, done, total }
    }
}
