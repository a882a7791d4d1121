//! What an attack wants.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{ParameterError, Result, in_range};

/// What an attack wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Checks that the target exists.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(self, classes: usize) -> Result<()> {
        match self {
            Goal::Targeted { class } => in_range("goal.class", class, 0..=classes - 1),
            Goal::Untargeted => Ok(()),
        }
    }

    /// Checks that the target exists and is not the label itself.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate_for(self, label: usize, classes: usize) -> Result<()> {
        self.validate(classes)?;
        match self {
            Goal::Targeted { class } if class == label => Err(ParameterError::TargetIsLabel { class }.into()),
            _ => Ok(()),
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
