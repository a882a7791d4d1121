//! An evaluation, or this engine's share of one.

use super::job::{Doing, Job};
use crate::error::Result;
use crate::eval::contender::Contender;
use crate::eval::evaluation::{Evaluation, EvaluationConfig, Part, Progress, Share};
use crate::eval::record::{Circumstances, Record};
use crate::eval::report::Report;
use crate::protocol::{Event, JobKind, JobState};
use crate::session::desk::Desk;

/// See there.
pub(in crate::session) struct EvaluationJob {
    pub(super) evaluation: Evaluation,
    /// Whether this engine collects the parts and reports.
    reports: bool,
}

impl EvaluationJob {
    /// On the models as they are now.
    ///
    /// # Errors
    /// As [`Evaluation::new`]; [`crate::ErrorKind::Parameter`] if a case names a model that is not there.
    pub(in crate::session) async fn start(desk: &Desk, config: EvaluationConfig, share: Share) -> Result<Self> {
        let contenders = contenders(desk, &config).await?;
        let evaluation = Evaluation::new(config, share, contenders, desk.source.clone(), &desk.started.device)?;
        Ok(Self { evaluation, reports: share.index == 0 })
    }

    /// Steps, and says what was found as an event of a job of `kind`.
    pub(super) async fn measure(&mut self, kind: JobKind) -> Result<Vec<Event>> {
        let part = match self.evaluation.step().await? {
            Progress::Working => return Ok(vec![]),
            Progress::Part(part) => part,
        };
        let (done, total) = self.position();
        let found = match self.reports {
            true => Event::Measured { accuracies: self.evaluation.accuracies() },
            false => Event::Part { part },
        };
        Ok(vec![Event::Job { kind, state: JobState::Running, done, total }, found])
    }

    /// What was found, with its records; none where a part is missing: a part of the figures would be a figure about other images than
    /// were asked for.
    pub(super) fn report(&self, desk: &Desk) -> Result<Option<Report>> {
        if !self.reports || !self.finished() {
            return Ok(None);
        }
        let circumstances = Circumstances {
            config: self.evaluation.config(),
            contenders: self.evaluation.contenders(),
            source: &desk.source,
            device: desk.started.compute,
        };
        let report = Report::new(&circumstances, &self.evaluation.judged())?;
        Ok(Some(Report { note: self.evaluation.note().cloned(), ..report }))
    }
}

impl Job for EvaluationJob {
    fn kind(&self) -> JobKind {
        JobKind::Evaluate
    }

    fn position(&self) -> (usize, usize) {
        self.evaluation.position()
    }

    fn finished(&self) -> bool {
        if self.reports { self.evaluation.finished() } else { self.evaluation.idle() }
    }

    fn waits(&self) -> bool {
        self.evaluation.idle() && !self.finished()
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(self.measure(JobKind::Evaluate))
    }

    fn take(&mut self, part: Part) -> Result<Vec<Event>> {
        self.evaluation.take(part)?;
        Ok(vec![Event::Measured { accuracies: self.evaluation.accuracies() }])
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            let Some(report) = self.report(desk)? else { return Ok(vec![]) };
            let records = Record::to_json(&report.records);
            Ok(vec![Event::Report { report: Box::new(report), records }])
        })
    }
}

/// Every model that a case names, as it is now.
async fn contenders(desk: &Desk, config: &EvaluationConfig) -> Result<Vec<Contender>> {
    let mut contenders: Vec<Contender> = vec![];
    let named = config.cases.iter().flat_map(|case| std::iter::once(&case.model).chain(&case.made_on));
    for name in named {
        if contenders.iter().all(|contender| contender.name != *name) {
            contenders.push(desk.shelf.find(name)?.contender().await?);
        }
    }
    Ok(contenders)
}
