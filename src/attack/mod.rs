//! The attacks. Each is a value whose fields are its hyper-parameters; printing it prints every one of them.
//!
//! An attack is started on [`victims::Victims`] and becomes a [`Run`], which the caller steps: stop stepping to pause,
//! drop to cancel. No attack knows whether a page or a terminal is watching. One attack a file.

use crate::error::Result;
use crate::settings::methods;

mod apgd;
mod autoattack;
mod bim;
mod carlini_wagner;
mod deepfool;
mod ensemble;
mod fab;
mod fgsm;
mod goal;
mod jsma;
mod method;
mod mi_fgsm;
mod noise;
mod pgd;
pub mod plate;
mod printed;
mod sequence;
mod square;
pub mod sticker;
pub mod victims;

pub use apgd::{Apgd, ApgdLoss};
pub use autoattack::AutoAttack;
pub use bim::Bim;
pub use carlini_wagner::CarliniWagner;
pub use deepfool::DeepFool;
pub use ensemble::Ensemble;
pub use fab::Fab;
pub use fgsm::Fgsm;
pub use goal::Goal;
pub use jsma::Jsma;
pub use method::{Method, Run, Status, Step, run};
pub use mi_fgsm::MiFgsm;
pub use noise::UniformNoise;
pub use pgd::Pgd;
pub use square::Square;

use method::check_goal;
use victims::Victims;

methods! {
    /// An attack with all its parameters.
    #[serde(tag = "name")]
    pub enum Attack: dyn Method {
        Fgsm(Fgsm) = "fgsm",
        Bim(Bim) = "bim",
        MiFgsm(MiFgsm) = "mi_fgsm",
        Pgd(Pgd) = "pgd",
        Apgd(Apgd) = "apgd",
        Square(Square) = "square",
        Fab(Fab) = "fab",
        Ensemble(Ensemble) = "ensemble",
        Autoattack(AutoAttack) = "autoattack",
        Cw(CarliniWagner) = "cw",
        Deepfool(DeepFool) = "deepfool",
        Jsma(Jsma) = "jsma",
        Noise(UniformNoise) = "noise",
    }
}

impl Attack {
    /// Number of iterations for a batch, at most: what [`Status::done`] counts towards.
    pub fn iterations(&self) -> usize {
        self.method().iterations()
    }

    /// ε where the attack is bounded by one; `None` for attacks that look for the smallest perturbation.
    pub fn epsilon(&self) -> Option<f32> {
        self.clone().epsilon_mut().copied()
    }

    fn epsilon_mut(&mut self) -> Option<&mut f32> {
        self.method_mut().field("epsilon")?.downcast_mut()
    }

    /// The same attack with another ε; itself where it has none.
    #[must_use]
    pub fn with_epsilon(mut self, value: f32) -> Self {
        if let Some(epsilon) = self.epsilon_mut() {
            *epsilon = value;
        }
        self
    }

    /// Whether the attack looks for the smallest perturbation; its figures are a success rate and a median norm.
    pub fn is_minimum_norm(&self) -> bool {
        self.epsilon().is_none()
    }

    /// The attacks that it runs one after another, for a goal on a model of so many classes; none of an attack that is one.
    pub fn members(&self, goal: Goal, classes: usize) -> Vec<Attack> {
        self.method().members(goal, classes).iter().filter_map(|member| Attack::of(&**member)).collect()
    }

    /// [`Self::members`], where they are others than its name stands for: some losses do not exist for few classes, or for a target.
    pub fn stand_ins(&self, goal: Goal, classes: usize) -> Vec<Attack> {
        let members = self.members(goal, classes);
        if members == self.members(Goal::Untargeted, usize::MAX) { vec![] } else { members }
    }

    /// Checks also that the attack can have such a goal.
    ///
    /// # Errors
    /// As [`Self::validate`].
    pub fn validate_with(&self, goal: Goal) -> Result<()> {
        self.validate()?;
        check_goal(self.method(), goal)
    }

    /// Checks also that the attack can be made on a model that tells so many classes apart.
    ///
    /// # Errors
    /// As [`Self::validate_with`].
    pub fn validate_for(&self, goal: Goal, classes: usize) -> Result<()> {
        self.validate_with(goal)?;
        self.method().suits(goal, classes)
    }

    /// Starts the attack on a model of that many outputs ([`crate::model::Classifier::classes`]); where a detector guards it, one of them is the
    /// refusal.
    ///
    /// # Errors
    /// As [`Self::validate_for`] and [`Victims::validate`].
    pub fn start(&self, victims: Victims, outputs: usize) -> Result<Box<dyn Run>> {
        self.validate()?;
        method::start(self.method(), victims, outputs)
    }

    /// The same attack with nothing left open: α of BIM and PGD as a number.
    #[must_use]
    pub fn resolved(mut self) -> Self {
        self.method_mut().resolve();
        self
    }
}
