//! What the engine says that is no error: a code with its values for a front end that has words of its own, and the English sentence for
//! all others.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something said: `{ "code": …, "values": …, "message": … }`.
///
/// `T` is an enum whose variants carry their values and whose Display is the English sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said<T> {
    /// Code and values.
    #[serde(flatten)]
    pub what: T,
    /// The same in English.
    pub message: String,
}

impl<T: fmt::Display> From<T> for Said<T> {
    fn from(what: T) -> Self {
        let message = what.to_string();
        Self { what, message }
    }
}

impl<T> fmt::Display for Said<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
