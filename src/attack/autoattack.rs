//! AutoAttack (Croce & Hein 2020, "Reliable evaluation of adversarial robustness with an ensemble of diverse parameter-free attacks",
//! section 5): the standard sequence, each attack on the images that the ones before could not fool.

use super::apgd::Apgd;
use super::fab::Fab;
use super::goal::Goal;
use super::method::{Method, Run};
use super::sequence::{SequenceRun, both_forms};
use super::square::Square;
use super::victims::Victims;
use crate::settings::settings;

settings! {
    /// The field's standard: four attacks, each on what the previous ones could not fool. Slow.
    ///
    /// APGD on the cross-entropy, targeted APGD on the difference of logits ratio, FAB-T, Square. The defaults are the standard
    /// version. A model of three classes has the ratio without a target, one of two none: the cross-entropy stands alone there.
    #[title = "AutoAttack"]
    #[paper = "Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, section 5"]
    #[arxiv = "2003.01690"]
    #[serde(default, deny_unknown_fields)]
    pub struct AutoAttack {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps of both forms of APGD, and of FAB.
        #[range(1..=10_000)]
        pub steps: usize = 100,
        /// How many of the likeliest other classes targeted APGD and FAB try.
        #[label = "Classes aimed at"]
        #[range(1..=199)]
        pub targets: usize = 9,
        /// Queries of Square, the last of the four.
        #[range(1..=1_000_000)]
        pub queries: usize = 5000,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Method for AutoAttack {
    fn iterations(&self) -> usize {
        self.members(Goal::Untargeted, usize::MAX).iter().map(|member| member.iterations()).sum()
    }

    fn members(&self, goal: Goal, classes: usize) -> Vec<Box<dyn Method>> {
        let Self { epsilon, steps, targets, queries, seed } = *self;
        let mut members = both_forms(Apgd { epsilon, steps, targets, seed, ..Apgd::default() }, goal, classes);
        members.push(Box::new(Fab { epsilon, steps, targets }));
        members.push(Box::new(Square { epsilon, queries, seed, ..Square::default() }));
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
