//! What can go wrong on the command line, beyond what goes wrong in the library.

use std::path::PathBuf;

/// Shorthand for results of the command line.
pub type Result<T> = std::result::Result<T, Error>;

/// What the person at the terminal is told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Anything of the library's.
    #[error(transparent)]
    Engine(#[from] fool_the_sign::Error),
    /// Something about a file.
    #[error("{}: {cause}", path.display())]
    File { path: PathBuf, cause: String },
    /// A word or a file that an option cannot have.
    #[error("{option} has to be {expected}; it was {got}.")]
    Argument { option: String, expected: String, got: String },
    /// A setting that the method does not have.
    #[error("{method} has no parameter --{option}.")]
    NoParameter { method: String, option: String },
    /// Settings that make no such method.
    #[error("{method}: {cause}.")]
    Unfit { method: String, cause: String },
    /// Nothing to purify with.
    #[error("Name a purifier with --purifier, or another defence with --defense.")]
    NothingToPurifyWith,
    /// A defence without its network.
    #[error("This defence needs a purifier: name one with --purifier.")]
    PurifierNeeded,
    /// Records of other weights than were given.
    #[error(
        "The record of {model} cannot be repeated: it was made with weights {weights}…, purifier {purifier}…; other files were given."
    )]
    OtherFiles { model: String, weights: String, purifier: String },
    /// Records that do not come out again.
    #[error("{differ} of {of} records came out differently.")]
    RecordsDiffer { differ: usize, of: usize },
    /// Nothing to draw of a model that was asked for.
    #[error("There are no records of {model} under {attack}. Measure some with --curve.")]
    NoRecordsOf { model: String, attack: String },
    /// A figure that a file has to have.
    #[error("There is no record of {model} {what}. Measure it with evaluate --add --out.")]
    NotMeasured { model: String, what: String },
    /// Nothing to draw at all.
    #[error("No model has records under {attack}. Measure some with --curve.")]
    NoRecords { attack: String },
}

impl Error {
    /// An option that cannot have this value.
    pub fn argument(option: &str, expected: impl Into<String>, got: impl ToString) -> Self {
        Self::Argument { option: option.into(), expected: expected.into(), got: got.to_string() }
    }
}
