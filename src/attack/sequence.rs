//! Attacks one after another, each on the images that those before could not fool.

use burn::tensor::Tensor;

use super::apgd::{Apgd, ApgdLoss};
use super::goal::Goal;
use super::method::{Method, Run, Status, Step, start};
use super::victims::{Victims, reached};
use crate::device;
use crate::error::Result;
use crate::model::Classifier;
use crate::tensors;

/// APGD on the cross-entropy, and on the difference of logits ratio where that exists: with a target there is one loss only; with three
/// classes the ratio has no targeted form, with two none at all.
pub(super) fn both_forms(apgd: Apgd, goal: Goal, classes: usize) -> Vec<Box<dyn Method>> {
    let losses: &[ApgdLoss] = match (goal, classes) {
        (Goal::Targeted { .. }, _) | (Goal::Untargeted, ..=2) => &[ApgdLoss::Ce],
        (Goal::Untargeted, 3) => &[ApgdLoss::Ce, ApgdLoss::Dlr],
        (Goal::Untargeted, _) => &[ApgdLoss::Ce, ApgdLoss::DlrTargeted],
    };
    losses.iter().map(|&loss| Box::new(Apgd { loss, ..apgd.clone() }) as Box<dyn Method>).collect()
}

/// Which attacks come one after another, for a goal and a number of classes.
type Members = Box<dyn Fn(Goal, usize) -> Vec<Box<dyn Method>>>;

/// A started sequence of attacks, each on the images that those before could not fool.
pub(super) struct SequenceRun {
    members_for: Members,
    /// Known once the model is.
    members: Vec<Box<dyn Method>>,
    victims: Victims,
    best: Tensor<4>,
    /// Leads of `best`; infinite before the first member is done.
    leads: Vec<f32>,
    /// Images that still hold.
    places: Vec<usize>,
    /// Which member has fooled each image.
    by: Vec<Option<usize>>,
    member: usize,
    /// Iterations of the members that are done.
    done: usize,
    total: usize,
    run: Option<Box<dyn Run>>,
}

impl SequenceRun {
    pub(super) fn new(members_for: Members, total: usize, victims: Victims) -> Self {
        let (best, places) = (victims.images.clone(), (0..victims.len()).collect());
        let (leads, by) = (vec![f32::INFINITY; victims.len()], vec![None; victims.len()]);
        Self { members_for, members: vec![], victims, best, leads, places, by, member: 0, done: 0, total, run: None }
    }

    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        if self.members.is_empty() {
            self.members = (self.members_for)(self.victims.goal, self.victims.classes(model.classes()));
        }
        let mut run = match self.run.take() {
            Some(run) => run,
            None => start(&*self.members[self.member], self.victims.select(&self.places), model.classes())?,
        };
        let status = run.step(model).await?;
        if !status.finished {
            self.run = Some(run);
            return Ok(Status { round: self.member + 1, done: self.done + status.done, ..status });
        }
        let attacked = run.adversarial();
        let some = self.victims.select(&self.places);
        let leads = device::read(some.lead(model.logits(attacked.clone()))).await?;
        // Of what fails the strongest try stays.
        let better: Vec<usize> = (0..leads.len()).filter(|&i| leads[i] < self.leads[self.places[i]]).collect();
        if !better.is_empty() {
            let places: Vec<usize> = better.iter().map(|&i| self.places[i]).collect();
            tensors::put_back(&mut self.best, &places, &tensors::select(&attacked, &better));
            better.iter().for_each(|&i| self.leads[self.places[i]] = leads[i]);
        }
        let fooled = self.places.iter().zip(&leads).filter(|(_, lead)| reached(**lead));
        fooled.for_each(|(&i, _)| self.by[i] = Some(self.member));
        self.places.retain(|&i| self.by[i].is_none());
        self.done += self.members[self.member].iterations();
        self.member += 1;
        let finished = self.member == self.members.len() || self.places.is_empty();
        let done = if finished { self.total } else { self.done };
        Ok(Status { finished, round: self.member, iteration: status.iteration, done, ..Status::default() })
    }
}

impl Run for SequenceRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// For images that none has fooled: what came nearest.
    fn adversarial(&self) -> Tensor<4> {
        match &self.run {
            Some(run) if self.member == 0 => run.adversarial(),
            _ => self.best.clone(),
        }
    }

    fn by(&self) -> Vec<Option<usize>> {
        self.by.clone()
    }

    fn current(&self) -> Tensor<4> {
        match &self.run {
            Some(run) if self.places.len() == self.victims.len() => run.current(),
            _ => self.adversarial(),
        }
    }
}
