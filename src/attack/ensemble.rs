//! The ensemble in the manner of AutoAttack (Croce & Hein 2020, section 5): APGD on the cross-entropy, targeted APGD on the
//! difference of logits ratio, Square; each on the images that the ones before could not fool. (AutoAttack's FAB is not in
//! it.)

use burn::tensor::Tensor;

use super::victims::{Victims, reached};
use super::{Apgd, ApgdLoss, Attack, Goal, Method, Run, Square, Status, Step};
use crate::device;
use crate::error::Result;
use crate::model::Classifier;
use crate::settings::settings;
use crate::tensors;

settings! {
    /// APGD, targeted APGD and Square, each on what the ones before could not fool; in the manner of AutoAttack, without its FAB. Slow.
    #[title = "Ensemble"]
    #[paper = "Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, section 5"]
    #[serde(default, deny_unknown_fields)]
    pub struct Ensemble {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps of both forms of APGD.
        #[range(1..=10_000)]
        pub steps: usize = 100,
        /// How many of the likeliest other classes targeted APGD tries.
        #[label = "Classes aimed at"]
        #[range(1..=199)]
        pub targets: usize = 9,
        /// Queries of Square, the last of the three.
        #[range(1..=1_000_000)]
        pub queries: usize = 5000,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Method for Ensemble {
    fn iterations(&self) -> usize {
        self.members(Goal::Untargeted, usize::MAX).iter().map(Attack::iterations).sum()
    }

    fn members(&self, goal: Goal, classes: usize) -> Vec<Attack> {
        let Self { epsilon, steps, targets, queries, seed } = *self;
        let mut members = both_forms(Apgd { epsilon, steps, targets, seed, ..Apgd::default() }, goal, classes);
        members.push(Square { epsilon, queries, seed, ..Square::default() }.into());
        members
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let config = self.clone();
        Box::new(SequenceRun::new(
            Box::new(move |goal, classes| config.members(goal, classes)),
            self.iterations(),
            victims,
        ))
    }
}

/// APGD on the cross-entropy, and on the difference of logits ratio where that exists: with a target there is one loss only; with three
/// classes the ratio has no targeted form, with two none at all.
pub(super) fn both_forms(apgd: Apgd, goal: Goal, classes: usize) -> Vec<Attack> {
    let losses: &[ApgdLoss] = match (goal, classes) {
        (Goal::Targeted { .. }, _) | (Goal::Untargeted, ..=2) => &[ApgdLoss::Ce],
        (Goal::Untargeted, 3) => &[ApgdLoss::Ce, ApgdLoss::Dlr],
        (Goal::Untargeted, _) => &[ApgdLoss::Ce, ApgdLoss::DlrTargeted],
    };
    losses.iter().map(|&loss| Apgd { loss, ..apgd.clone() }.into()).collect()
}

/// Which attacks come one after another, for a goal and a number of classes.
type Members = Box<dyn Fn(Goal, usize) -> Vec<Attack>>;

/// A started sequence of attacks, each on the images that those before could not fool.
pub(super) struct SequenceRun {
    members_for: Members,
    /// Known once the model is.
    members: Vec<Attack>,
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
            None => self.members[self.member].start(self.victims.select(&self.places), model.classes())?,
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
