//! Sanity checks, and the evaluation behind them.

use super::evaluate::EvaluationJob;
use super::job::{Doing, Job};
use crate::error::Result;
use crate::eval::checks::{self, CheckConfig};
use crate::eval::evaluation::{Part, Share};
use crate::eval::record::Record;
use crate::protocol::{Event, JobKind};
use crate::session::desk::Desk;

/// See there.
pub(in crate::session) struct CheckJob {
    config: CheckConfig,
    behind: EvaluationJob,
}

impl CheckJob {
    /// Of the figure that the configuration names.
    ///
    /// # Errors
    /// As [`checks::evaluation`] and [`EvaluationJob::start`].
    pub(in crate::session) async fn start(desk: &Desk, config: CheckConfig) -> Result<Self> {
        let behind = EvaluationJob::start(desk, checks::evaluation(&config)?, Share::default()).await?;
        Ok(Self { config, behind })
    }
}

impl Job for CheckJob {
    fn kind(&self) -> JobKind {
        JobKind::Check
    }

    fn position(&self) -> (usize, usize) {
        self.behind.position()
    }

    fn finished(&self) -> bool {
        self.behind.finished()
    }

    fn waits(&self) -> bool {
        self.behind.waits()
    }

    fn step<'a>(&'a mut self, _: &'a mut Desk) -> Doing<'a> {
        Box::pin(self.behind.measure(JobKind::Check))
    }

    fn take(&mut self, part: Part) -> Result<Vec<Event>> {
        self.behind.take(part)
    }

    fn conclude<'a>(self: Box<Self>, desk: &'a mut Desk) -> Doing<'a> {
        Box::pin(async move {
            let Some(report) = self.behind.report(desk)? else { return Ok(vec![]) };
            let records = Record::to_json(&report.records);
            let evaluation = &self.behind.evaluation;
            let (judged, device) = (evaluation.judged(), &desk.started.device);
            let checks = checks::run(&self.config, evaluation, &judged, &desk.source, device).await?;
            Ok(vec![Event::Checks { checks, records, note: evaluation.note().cloned() }])
        })
    }
}
