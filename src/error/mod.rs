//! What can go wrong, as data: every error carries its values, and says in English what happened, what was expected and what to do.
//!
//! [`Error`] is one enum of several: a group for each [`ErrorKind`], and the two errors that any part of the program may raise.
//! Serialised, each is `{ "code": …, "values": … }` whatever its group, so that a front end finds its own words by the code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod data;
mod device;
mod image;
mod parameter;
mod state;
mod weights;

pub use data::{ArchiveFault, DataError, EntryFault, LeftOut};
pub use device::{DeviceError, DivergedError};
pub use image::ImageError;
pub use parameter::ParameterError;
pub use state::{Purpose, StateError};
pub use weights::{CheckpointFault, RecordFault, WeightsError};

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that a user or the machine brought about; never a defect of the program (that would be a panic).
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Error {
    /// A number outside its range, or none at all.
    #[error("{setting} has to be from {low} to {high}; it was {got}.")]
    OutOfRange {
        /// The setting's key, such as `pgd.steps`.
        setting: String,
        /// Smallest allowed value.
        low: f64,
        /// Largest allowed value.
        high: f64,
        /// What was given. JSON has no NaN: it comes back from `null`.
        #[serde(deserialize_with = "number_or_nan")]
        got: f64,
    },
    /// A second job was asked for while one runs.
    #[error("Something is running already. Wait for it, or cancel it.")]
    Busy,
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Image(#[from] ImageError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Data(#[from] DataError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    State(#[from] StateError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// See there.
    #[serde(untagged)]
    #[error(transparent)]
    Diverged(#[from] DivergedError),
}

/// What sort of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Bytes that are no picture we can use: unknown format, damaged, or beyond the limits.
    Image,
    /// A file that does not hold the weights, images or records it should.
    Weights,
    /// An archive or a folder that is no data set we can use.
    Data,
    /// A parameter outside its range, or a class that does not exist.
    Parameter,
    /// A second job was asked for while one runs.
    Busy,
    /// Something must be done first (a purifier trained, a photo opened).
    State,
    /// The device could not be started, or was lost.
    Device,
    /// A loss or a weight became NaN or infinite.
    Diverged,
}

impl Error {
    /// What sort of error this is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::OutOfRange { .. } | Error::Parameter(_) => ErrorKind::Parameter,
            Error::Busy => ErrorKind::Busy,
            Error::Image(_) => ErrorKind::Image,
            Error::Weights(_) => ErrorKind::Weights,
            Error::Data(_) => ErrorKind::Data,
            Error::State(_) => ErrorKind::State,
            Error::Device(_) => ErrorKind::Device,
            Error::Diverged(_) => ErrorKind::Diverged,
        }
    }
}

/// Checks that `value` is a finite number within `range`; `setting` is its key.
///
/// # Errors
/// [`Error::OutOfRange`].
pub fn in_range<T: Number>(setting: &str, value: T, range: std::ops::RangeInclusive<T>) -> Result<()> {
    // A NaN is in no range.
    if range.contains(&value) {
        return Ok(());
    }
    let [low, high, got] = [range.start(), range.end(), &value].map(|number| number.exact());
    Err(Error::OutOfRange { setting: setting.into(), low, high, got })
}

/// Numbers that settings have.
pub trait Number: PartialOrd {
    /// The number as it is written: 0.1 of 32 bits is 0.1 of 64, and not 0.10000000149.
    fn exact(&self) -> f64;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Number for $number {
            fn exact(&self) -> f64 {
                self.to_string().parse().unwrap_or(f64::NAN)
            }
        }
    )*};
}

numbers!(usize, u32, u64, i64, f32, f64);

fn number_or_nan<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}

/// What a library or the system says of its failure, fit to be shown: it may quote the file, so it is kept short and plain.
pub fn cause(error: impl std::fmt::Display) -> String {
    error.to_string().chars().filter(|c| !c.is_control()).take(160).collect()
}

/// 100000 as 100,000.
fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let places = digits.chars().enumerate();
    places.fold(String::new(), |text, (place, digit)| match (digits.len() - place) % 3 {
        0 if place > 0 => format!("{text},{digit}"),
        _ => format!("{text}{digit}"),
    })
}

/// "a, b or c".
fn one_of(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}
