//! Basic iterative method (Kurakin, Goodfellow, Bengio 2017, section 2.2): FGSM in small steps.

use serde::{Deserialize, Serialize};

use super::Run;
use super::pgd::{self, Ball};
use super::victims::Victims;
use crate::error::{Result, in_range};

/// x ← project(x ± α · sign(∇ₓ CE(Z(x), y))), `steps` times from the original. One step of α = ε is FGSM to the bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bim {
    /// Largest change of a channel, in [0, 1].
    pub epsilon: f32,
    /// Number of steps.
    pub steps: usize,
    /// α, the size of a step; 2.5·ε/steps where it is not given.
    #[serde(default)]
    pub alpha: Option<f32>,
}

impl Default for Bim {
    fn default() -> Self {
        Self { epsilon: 8.0 / 255.0, steps: 10, alpha: None }
    }
}

impl Bim {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("bim.epsilon", self.epsilon, 0.0..=1.0)?;
        in_range("bim.steps", self.steps, 1..=10_000)?;
        in_range("bim.alpha", self.ball().alpha, 0.0..=1.0)
    }

    pub(super) fn ball(&self) -> Ball {
        Ball::new(self.epsilon, self.steps, self.alpha)
    }

    pub(super) fn iterations(&self) -> usize {
        self.steps
    }

    /// The last iterate is what counts, as in the paper.
    pub(super) fn start(&self, victims: Victims) -> impl Run + use<> {
        pgd::PgdRun::last_iterate(self.ball(), victims)
    }
}
