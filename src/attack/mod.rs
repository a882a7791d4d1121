//! The attacks. Each is a value whose fields are its hyper-parameters; printing it prints every one of them.
//!
//! An attack is started on [`victims::Victims`] and becomes a [`Run`], which the caller steps: stop stepping to pause,
//! drop to cancel. No attack knows whether a page or a terminal is watching. One attack a file.

use std::pin::Pin;

use burn::tensor::Tensor;

use crate::error::{ParameterError, Result};
use crate::model::Classifier;
use crate::settings::{Mark, Settings, methods};

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
mod mi_fgsm;
mod noise;
mod pgd;
mod printed;
mod square;
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
pub use mi_fgsm::MiFgsm;
pub use noise::UniformNoise;
pub use pgd::Pgd;
pub use square::Square;

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

/// What an attack is to the rest: settings that can be started. One a file; those of this crate are listed in [`Attack`], and
/// anybody else's runs just as well through [`run`].
pub trait Method: Settings {
    /// Number of iterations for a batch, at most: what [`Status::done`] counts towards.
    fn iterations(&self) -> usize;

    /// Starts the attack; the settings have been checked, and that it suits the model.
    fn start(&self, victims: Victims) -> Box<dyn Run>;

    /// Checks that the attack exists for such a goal against a model of so many classes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    fn suits(&self, _goal: Goal, _classes: usize) -> Result<()> {
        Ok(())
    }

    /// Puts a number where one was left open.
    fn resolve(&mut self) {}

    /// The attacks that it runs one after another, for a goal on a model of so many classes; none of an attack that is one.
    fn members(&self, _goal: Goal, _classes: usize) -> Vec<Attack> {
        vec![]
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

    /// The attacks that it consists of, where they are others than its name stands for: some losses do not exist for few classes, or
    /// for a target.
    pub fn stand_ins(&self, goal: Goal, classes: usize) -> Vec<Attack> {
        let members = self.method().members(goal, classes);
        if members == self.method().members(Goal::Untargeted, usize::MAX) { vec![] } else { members }
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

    /// Starts the attack on a model of that many outputs ([`Classifier::classes`]); where a detector guards it, one of them is the
    /// refusal.
    ///
    /// # Errors
    /// As [`Self::validate_for`] and [`Victims::validate`].
    pub fn start(&self, victims: Victims, outputs: usize) -> Result<Box<dyn Run>> {
        self.validate_for(victims.goal, victims.classes(outputs))?;
        victims.validate(outputs)?;
        Ok(self.method().start(victims))
    }

    /// The same attack with nothing left open: α of BIM and PGD as a number.
    #[must_use]
    pub fn resolved(mut self) -> Self {
        self.method_mut().resolve();
        self
    }
}

fn check_goal(attack: &dyn Method, goal: Goal) -> Result<()> {
    match goal {
        Goal::Targeted { .. } if attack.marks().contains(&Mark::NoTarget) => {
            Err(ParameterError::TakesNoTarget { attack: attack.title().into() }.into())
        }
        _ => Ok(()),
    }
}

/// A step on its way. Boxed, because a trait object cannot have an `async fn`.
pub type Step<'a> = Pin<Box<dyn Future<Output = Result<Status>> + 'a>>;

/// A started attack on one batch.
pub trait Run {
    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a>;

    /// The best images so far, N×3×H×W. Where nothing has succeeded: the strongest try of an attack that is bounded by ε,
    /// the original of one that looks for the smallest perturbation.
    fn adversarial(&self) -> Tensor<4>;

    /// Of several attacks one after another: which of them, from 0, reached the goal on each image, in the eyes of the attacker. Empty for
    /// a single attack.
    fn by(&self) -> Vec<Option<usize>> {
        vec![]
    }

    /// The images that are being tried now, N×3×H×W; what an animation of the attack shows.
    fn current(&self) -> Tensor<4> {
        self.adversarial()
    }
}

/// Where a run stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// Whether there is nothing left to do.
    pub finished: bool,
    /// Search over c, restart, or member of the ensemble, from 1.
    pub round: usize,
    /// Iteration within the round.
    pub iteration: usize,
    /// Iterations done of [`Attack::iterations`], those that were cut short included.
    pub done: usize,
    /// The constant c of the first image (C&W).
    pub c: Option<f32>,
    /// Smallest L2 of a success on the first image (C&W).
    pub best_l2: Option<f32>,
}

/// Iterations between two waits for the device: each one where a single image is watched, more where a batch is not.
/// Nothing else holds back the queue of a browser's GPU.
fn stride(victims: &Victims) -> usize {
    if victims.len() == 1 { 1 } else { 4 }
}

/// Runs an attack to its end.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] if a setting is out of its range, the attack does not suit the model, or a label or the target is none
/// of its classes; as [`Run::step`].
pub async fn run(attack: &dyn Method, model: &dyn Classifier, victims: Victims) -> Result<Tensor<4>> {
    attack.check("")?;
    check_goal(attack, victims.goal)?;
    attack.suits(victims.goal, victims.classes(model.classes()))?;
    victims.validate(model.classes())?;
    let mut run = attack.start(victims);
    while !run.step(model).await?.finished {}
    Ok(run.adversarial())
}
