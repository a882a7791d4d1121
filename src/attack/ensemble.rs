//! The ensemble in the manner of AutoAttack (Croce & Hein 2020, section 5): APGD on the cross-entropy, targeted APGD on the
//! difference of logits ratio, Square; each on the images that the ones before could not fool. (AutoAttack's FAB is not in
//! it.)

use super::apgd::Apgd;
use super::goal::Goal;
use super::method::{Method, Run};
use super::sequence::{SequenceRun, both_forms};
use super::square::Square;
use super::victims::Victims;
use crate::settings::settings;

settings! {
    /// APGD, targeted APGD and Square, each on what the previous ones could not fool; in the manner of AutoAttack, without its FAB. Slow.
    #[title = "Ensemble"]
    #[paper = "Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, section 5"]
    #[arxiv = "2003.01690"]
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
        self.members(Goal::Untargeted, usize::MAX).iter().map(|member| member.iterations()).sum()
    }

    fn members(&self, goal: Goal, classes: usize) -> Vec<Box<dyn Method>> {
        let Self { epsilon, steps, targets, queries, seed } = *self;
        let mut members = both_forms(Apgd { epsilon, steps, targets, seed, ..Apgd::default() }, goal, classes);
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
