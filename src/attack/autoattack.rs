//! AutoAttack (Croce & Hein 2020, "Reliable evaluation of adversarial robustness with an ensemble of diverse parameter-free attacks",
//! section 5): the standard sequence, each attack on the images that the ones before could not fool.

use serde::{Deserialize, Serialize};

use super::ensemble::SequenceRun;
use super::victims::Victims;
use super::{Apgd, ApgdLoss, Attack, Fab, Goal, Run, Square};
use crate::error::{Result, in_range};

/// APGD on the cross-entropy, targeted APGD on the difference of logits ratio, FAB-T, Square. The defaults are the standard version. A
/// model of three classes has the ratio without a target, one of two none: the cross-entropy stands alone there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoAttack {
    /// Largest change of a channel, in [0, 1].
    pub epsilon: f32,
    /// Steps of both forms of APGD, and of FAB.
    pub steps: usize,
    /// Classes that targeted APGD and FAB aim at.
    pub targets: usize,
    /// Queries of Square.
    pub queries: usize,
    /// Seed of APGD and Square.
    pub seed: u32,
}

impl Default for AutoAttack {
    fn default() -> Self {
        Self { epsilon: 8.0 / 255.0, steps: 100, targets: 9, queries: 5000, seed: 1 }
    }
}

impl AutoAttack {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("autoattack.epsilon", self.epsilon, 0.0..=1.0)?;
        self.members(Goal::Untargeted, usize::MAX).iter().try_for_each(Attack::validate)
    }

    /// The attacks, in order.
    pub fn members(&self, goal: Goal, classes: usize) -> Vec<Attack> {
        let Self { epsilon, steps, targets, queries, seed } = *self;
        let apgd = |loss| Attack::Apgd(Apgd { epsilon, steps, loss, restarts: 1, targets, seed });
        let fab = Attack::Fab(Fab { epsilon, steps, targets });
        let square = Attack::Square(Square { epsilon, queries, seed, ..Square::default() });
        match (goal, classes) {
            (Goal::Targeted { .. }, _) | (Goal::Untargeted, ..=2) => vec![apgd(ApgdLoss::Ce), fab, square],
            (Goal::Untargeted, 3) => vec![apgd(ApgdLoss::Ce), apgd(ApgdLoss::Dlr), fab, square],
            (Goal::Untargeted, _) => vec![apgd(ApgdLoss::Ce), apgd(ApgdLoss::DlrTargeted), fab, square],
        }
    }

    pub(super) fn iterations(&self) -> usize {
        self.members(Goal::Untargeted, usize::MAX).iter().map(Attack::iterations).sum()
    }

    pub(super) fn start(&self, victims: Victims) -> impl Run + use<> {
        let config = self.clone();
        SequenceRun::new(Box::new(move |goal, classes| config.members(goal, classes)), self.iterations(), victims)
    }
}
