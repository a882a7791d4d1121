//! The ensemble in the manner of AutoAttack (Croce & Hein 2020, section 5): APGD on the cross-entropy, targeted APGD on the
//! difference of logits ratio, Square; each on the images that the ones before could not fool. (AutoAttack's FAB is not in
//! it.)

use burn::tensor::Tensor;

use super::victims::Victims;
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

impl Ensemble {
    /// The attacks, in order. With a target there is one loss only.
    fn members(&self, goal: Goal) -> Vec<Attack> {
        let Self { epsilon, steps, targets, queries, seed } = *self;
        let apgd = |loss| Attack::Apgd(Apgd { epsilon, steps, loss, restarts: 1, targets, seed });
        let square = Attack::Square(Square { epsilon, queries, seed, ..Square::default() });
        match goal {
            Goal::Untargeted => vec![apgd(ApgdLoss::Ce), apgd(ApgdLoss::DlrTargeted), square],
            Goal::Targeted { .. } => vec![apgd(ApgdLoss::Ce), square],
        }
    }
}

impl Method for Ensemble {
    fn iterations(&self) -> usize {
        self.members(Goal::Untargeted).iter().map(Attack::iterations).sum()
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let members = self.members(victims.goal);
        Box::new(EnsembleRun {
            total: self.iterations(),
            best: victims.images.clone(),
            places: (0..victims.len()).collect(),
            members,
            victims,
            member: 0,
            done: 0,
            run: None,
        })
    }
}

/// A started ensemble.
struct EnsembleRun {
    members: Vec<Attack>,
    victims: Victims,
    best: Tensor<4>,
    /// Images that still hold.
    places: Vec<usize>,
    member: usize,
    /// Iterations of the members that are done.
    done: usize,
    total: usize,
    run: Option<Box<dyn Run>>,
}

impl EnsembleRun {
    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        let mut run = match self.run.take() {
            Some(run) => run,
            None => self.members[self.member].start(self.victims.select(&self.places))?,
        };
        let status = run.step(model).await?;
        if !status.finished {
            self.run = Some(run);
            return Ok(Status { round: self.member + 1, done: self.done + status.done, ..status });
        }
        let attacked = run.adversarial();
        let some = self.victims.select(&self.places);
        let leads = device::read(some.lead(model.logits(attacked.clone()))).await?;
        tensors::put_back(&mut self.best, &self.places, &attacked);
        self.places = self.places.iter().zip(leads).filter(|(_, lead)| *lead >= 0.0).map(|(&i, _)| i).collect();
        self.done += self.members[self.member].iterations();
        self.member += 1;
        let finished = self.member == self.members.len() || self.places.is_empty();
        let done = if finished { self.total } else { self.done };
        Ok(Status { finished, round: self.member, iteration: status.iteration, done, ..Status::default() })
    }
}

impl Run for EnsembleRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// For images that none has fooled: what the last member tried.
    fn adversarial(&self) -> Tensor<4> {
        match &self.run {
            Some(run) if self.member == 0 => run.adversarial(),
            _ => self.best.clone(),
        }
    }

    fn current(&self) -> Tensor<4> {
        match &self.run {
            Some(run) if self.places.len() == self.victims.len() => run.current(),
            _ => self.adversarial(),
        }
    }
}
