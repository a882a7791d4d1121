//! The attacks. Each is a value whose fields are its hyper-parameters; printing it prints every one of them.
//!
//! An attack is started on [`victims::Victims`] and becomes a [`Run`], which the caller steps: stop stepping to pause,
//! drop to cancel. No attack knows whether a page or a terminal is watching.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::Classifier;

mod carlini_wagner;
mod fgsm;
pub mod victims;

pub use carlini_wagner::{CarliniWagner, CarliniWagnerRun};
pub use fgsm::{Fgsm, FgsmRun};

use victims::Victims;

/// What an attack wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Goal {
    /// Any class but the label.
    #[default]
    Untargeted,
    /// One class.
    Targeted {
        /// Which.
        class: usize,
    },
}

impl Goal {
    /// Checks that the target exists and is not the label itself.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(self, label: usize, classes: usize) -> Result<()> {
        match self {
            Goal::Untargeted => Ok(()),
            Goal::Targeted { class } if class >= classes => {
                Err(Error::parameter("The target class", format!("from 0 to {}", classes - 1), class))
            }
            Goal::Targeted { class } if class == label => {
                Err(Error::parameter("The target class", "another than the sign's own class", class))
            }
            Goal::Targeted { .. } => Ok(()),
        }
    }

    /// Whether an answer is what the attack wants.
    pub fn reached(self, label: usize, answer: usize) -> bool {
        match self {
            Goal::Untargeted => answer != label,
            Goal::Targeted { class } => answer == class,
        }
    }
}

/// An attack with all its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Attack {
    /// Fast gradient sign method, L∞.
    Fgsm(Fgsm),
    /// Carlini & Wagner, L2.
    Cw(CarliniWagner),
}

impl Attack {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`], naming the parameter, its range and what was given.
    pub fn validate(&self) -> Result<()> {
        match self {
            Attack::Fgsm(attack) => attack.validate(),
            Attack::Cw(attack) => attack.validate(),
        }
    }

    /// Number of model evaluations per image, at most.
    pub fn iterations(&self) -> usize {
        match self {
            Attack::Fgsm(_) => 1,
            Attack::Cw(attack) => attack.searches * attack.steps,
        }
    }

    /// Starts the attack.
    ///
    /// # Errors
    /// As [`Self::validate`].
    pub fn start(&self, victims: Victims) -> Result<Run> {
        self.validate()?;
        Ok(match self {
            Attack::Fgsm(attack) => Run::Fgsm(Box::new(FgsmRun::new(attack.clone(), victims))),
            Attack::Cw(attack) => Run::Cw(Box::new(CarliniWagnerRun::new(attack.clone(), victims))),
        })
    }
}

/// A started attack on one batch.
#[derive(Debug)]
pub enum Run {
    /// FGSM: one step.
    Fgsm(Box<FgsmRun>),
    /// Carlini & Wagner.
    Cw(Box<CarliniWagnerRun>),
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Whether there is nothing left to do.
    pub finished: bool,
    /// Search over c, from 1.
    pub search: usize,
    /// Iteration within the search.
    pub iteration: usize,
    /// Iterations done of [`Attack::iterations`], those that were cut short included.
    pub done: usize,
    /// The constant c of the first image (C&W).
    pub c: Option<f32>,
    /// Smallest L2 of a success on the first image (C&W).
    pub best_l2: Option<f32>,
}

impl Run {
    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self, model: &dyn Classifier) -> Result<Status> {
        match self {
            Run::Fgsm(run) => Ok(run.step(model)),
            Run::Cw(run) => run.step(model).await,
        }
    }

    /// The best images so far, N×3×32×32; where nothing succeeded, FGSM's one attempt or C&W's original.
    pub fn adversarial(&self) -> Tensor<4> {
        match self {
            Run::Fgsm(run) => run.adversarial(),
            Run::Cw(run) => run.adversarial(),
        }
    }
}
