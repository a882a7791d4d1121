//! The one error type. Its text is for the person in front of the page: what happened, what was expected, what to do.

use std::fmt;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that a user or the machine brought about; never a defect of the program (that would be a panic).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
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
    /// An error of `kind`; `message` is one or two whole sentences.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A parameter outside its range.
    pub fn parameter(name: &str, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Parameter, format!("{name} has to be {expected}; it was {got}."))
    }

    /// What sort of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// A stable name of the kind, for the page.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ErrorKind::Image => "image",
            ErrorKind::Weights => "weights",
            ErrorKind::Data => "data",
            ErrorKind::Parameter => "parameter",
            ErrorKind::Busy => "busy",
            ErrorKind::State => "state",
            ErrorKind::Device => "device",
            ErrorKind::Diverged => "diverged",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Checks that `value` is a finite number within `range`.
///
/// # Errors
/// [`ErrorKind::Parameter`], naming the parameter and the range.
pub fn in_range<T>(name: &str, value: T, range: std::ops::RangeInclusive<T>) -> Result<()>
where
    T: PartialOrd + fmt::Display,
{
    // A NaN is in no range.
    if range.contains(&value) {
        Ok(())
    } else {
        Err(Error::parameter(name, format!("from {} to {}", range.start(), range.end()), value))
    }
}
