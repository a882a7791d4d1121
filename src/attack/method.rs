//! What an attack is to the rest, and what it is once it has been started.

use std::pin::Pin;

use burn::tensor::Tensor;

use super::goal::Goal;
use super::victims::Victims;
use crate::error::{ParameterError, Result};
use crate::model::Classifier;
use crate::settings::{Mark, Settings};

/// What an attack is to the rest: settings that can be started. One a file; those of this crate are listed in [`super::Attack`], and
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
    fn members(&self, _goal: Goal, _classes: usize) -> Vec<Box<dyn Method>> {
        vec![]
    }
}

/// Checks that an attack can have such a goal.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`].
pub(super) fn check_goal(attack: &dyn Method, goal: Goal) -> Result<()> {
    match goal {
        Goal::Targeted { .. } if attack.marks().contains(&Mark::NoTarget) => {
            Err(ParameterError::TakesNoTarget { attack: attack.title().into() }.into())
        }
        _ => Ok(()),
    }
}

/// Starts an attack on a model of that many outputs ([`Classifier::classes`]); where a detector guards it, one of them is the refusal.
/// The settings have been checked.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] if the attack does not suit the goal or the model, or a label or the target is none of its classes.
pub(super) fn start(attack: &dyn Method, victims: Victims, outputs: usize) -> Result<Box<dyn Run>> {
    check_goal(attack, victims.goal)?;
    attack.suits(victims.goal, victims.classes(outputs))?;
    victims.validate(outputs)?;
    Ok(attack.start(victims))
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
    /// Iterations done of [`Method::iterations`], those that were cut short included.
    pub done: usize,
    /// The constant c of the first image (C&W).
    pub c: Option<f32>,
    /// Smallest L2 of a success on the first image (C&W).
    pub best_l2: Option<f32>,
}

/// Iterations between two waits for the device: each one where a single image is watched, more where a batch is not.
/// Nothing else holds back the queue of a browser's GPU.
pub(super) fn stride(victims: &Victims) -> usize {
    if victims.len() == 1 { 1 } else { 4 }
}

/// Runs an attack to its end.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] if a setting is out of its range, the attack does not suit the model, or a label or the target is none
/// of its classes; as [`Run::step`].
pub async fn run(attack: &dyn Method, model: &dyn Classifier, victims: Victims) -> Result<Tensor<4>> {
    attack.check("")?;
    let mut run = start(attack, victims, model.classes())?;
    while !run.step(model).await?.finished {}
    Ok(run.adversarial())
}
