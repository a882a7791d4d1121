//! Basic iterative method (Kurakin, Goodfellow, Bengio 2017, section 2.2): FGSM in small steps.

use super::method::{Method, Run};
use super::pgd::{self, Ball};
use super::victims::Victims;
use crate::settings::settings;

settings! {
    /// FGSM in small steps.
    ///
    /// x ← project(x ± α · sign(∇ₓ CE(Z(x), y))), `steps` times from the original. One step of α = ε is FGSM to the bit.
    #[title = "BIM"]
    #[paper = "Kurakin, Goodfellow, Bengio: Adversarial Examples in the Physical World, 2017, section 2.2"]
    #[arxiv = "1607.02533"]
    #[equation = r#"x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )"#]
    #[serde(default, deny_unknown_fields)]
    pub struct Bim {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Number of steps.
        #[range(1..=10_000)]
        pub steps: usize = 10,
        /// How far a colour value moves in one step.
        #[label = "Size of a step"]
        #[symbol = "α"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        #[open = "2.5·ε/steps"]
        pub alpha: Option<f32> = None,
    }
}

impl Bim {
    pub(super) fn ball(&self) -> Ball {
        Ball::new(self.epsilon, self.steps, self.alpha)
    }
}

impl Method for Bim {
    fn iterations(&self) -> usize {
        self.steps
    }

    /// The last iterate is what counts, as in the paper.
    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(pgd::PgdRun::last_iterate(self.ball(), victims))
    }

    fn resolve(&mut self) {
        self.alpha = Some(self.ball().alpha);
    }
}
