//! The three parts of a data set, and the fourth that only drawn signs have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which images: none is in two splits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Training: for learning.
    Train,
    /// Validation: for choosing.
    Validation,
    /// Generated only: the picture under attack. Image i shows the class that is asked for.
    Subject,
    /// Test: for reporting.
    Test,
}

/// The splits of a data set; there is no [`Split::Subject`] in it. No track lies in two.
pub const SPLITS: [Split; 3] = [Split::Train, Split::Validation, Split::Test];
