//! What can go wrong, as data: every error carries its values, and says in English what happened, what was expected and what to do.
//!
//! [`Error`] is one enum of several: a group for each [`ErrorKind`], and the two errors that any part of the program may raise.
//! Serialised, each is `{ "code": …, "values": … }` whatever its group, so that a front end finds its own words by the code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod archive;
mod device;
mod image;
mod parameter;
mod state;
mod weights;
mod words;

pub use archive::{ArchiveFault, EntryFault};
pub use device::{DeviceError, DivergedError};
pub use image::ImageError;
pub use parameter::ParameterError;
pub use state::{Purpose, StateError};
pub use weights::{CheckpointFault, RecordFault, WeightsError};

pub use words::counted;
use words::{grouped, number_or_nan, told};

use crate::kind::FileKind;

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

// In this file, as the two hold one another: a file that was left out of a data set tells any error as its reason.
/// Files that are no data set we can use, or one file that cannot be a part of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataError {
    /// There are no bytes.
    #[error("The file is empty.")]
    ArchiveEmpty,
    /// Made to harm.
    #[error("Entries of this archive overlap, as they do in archive bombs. It is not opened.")]
    EntriesOverlap,
    /// Made to harm.
    #[error("The names in this archive are far too long.")]
    NamesTooLong,
    /// Beyond the limit.
    #[error("This archive has {} entries; at most {} are read.", told(*entries, *most), grouped(most))]
    TooManyEntries {
        /// How many; none where they were not even counted.
        entries: Option<u64>,
        /// How many there may be.
        most: usize,
    },
    /// Another file, or one that was not copied to its end.
    #[error("This is not a complete zip archive ({fault}). It may be truncated: download or pack it again.")]
    NoArchive {
        /// Why not.
        fault: ArchiveFault,
    },
    /// The right file of the wrong kind.
    #[error("{kind}")]
    DataIs {
        /// What it is.
        kind: FileKind,
    },
    /// An archive among the files of the machine is of no use.
    #[error("The archive {archive} cannot be used. {error}")]
    ArchiveUnusable {
        /// Its path.
        archive: String,
        /// Why not.
        error: Box<Error>,
    },
    /// An entry needs a password.
    #[error("It is encrypted.")]
    EntryEncrypted,
    /// An entry is beyond the limit.
    #[error("It is {megabytes:.1} MB unpacked; the limit is {most} MB.")]
    EntryTooLarge {
        /// Its size.
        megabytes: f64,
        /// The largest that is read.
        most: f64,
    },
    /// Made to harm.
    #[error("It would unpack to more than {ratio} times its size, as archive bombs do.")]
    EntryBomb {
        /// The most that is unpacked.
        ratio: u64,
    },
    /// Packed by another method.
    #[error("It is packed in a way that is not supported; stored and deflated work.")]
    EntryPacking,
    /// What is unpacked is not what was packed.
    #[error("It is damaged in the archive ({fault}).")]
    EntryDamaged {
        /// What is wrong.
        fault: EntryFault,
    },
    /// A folder that cannot be read.
    #[error("The folder {folder} cannot be listed ({cause}).")]
    FolderUnreadable {
        /// Its path.
        folder: String,
        /// The system's words.
        cause: String,
    },
    /// A folder that is no data set, by its size.
    #[error("The folder {folder} holds more than {} files.", grouped(most))]
    FolderTooLarge {
        /// Its path.
        folder: String,
        /// How many there may be.
        most: usize,
    },
    /// There is no such file, or it may not be opened.
    #[error("The file {file} cannot be opened ({cause}).")]
    FileUnopened {
        /// Its path.
        file: String,
        /// The system's words.
        cause: String,
    },
    /// It was there, and cannot be read now.
    #[error("The file cannot be read ({cause}).")]
    FileUnreadable {
        /// The words of the system or the browser.
        cause: String,
    },
    /// Beyond the limit.
    #[error("The file is larger than {most} MB.")]
    FileTooLarge {
        /// The largest that is read.
        most: f64,
    },
    /// The page handed over something else.
    #[error("The page handed over something that is not a file.")]
    NoFile,
    /// The browser is too old.
    #[error("This browser does not let a worker read files.")]
    NoFileReader,
    /// Too few or too many classes.
    #[error("A data set has {least} to {most} classes; this has {has}.")]
    ClassCount {
        /// How many.
        has: usize,
        /// How many there have to be.
        least: usize,
        /// How many there may be.
        most: usize,
    },
    /// Too few or too many folders.
    #[error("A data set is a folder for each class, {least} to {most} of them, with pictures in it; this has {has}.")]
    ClassFolders {
        /// How many.
        has: usize,
        /// How many there have to be.
        least: usize,
        /// How many there may be.
        most: usize,
    },
    /// Beyond the limit.
    #[error("A data set holds at most {} pictures.", grouped(most))]
    TooManyPictures {
        /// How many there may be.
        most: usize,
    },
    /// A data set of nothing.
    #[error("There is no picture in this data set.")]
    NoPictures,
    /// None of the files is a picture or a table.
    #[error("There are no pictures in it.{}", first.as_ref().map(|first| format!(" {first}")).unwrap_or_default())]
    NothingToRead {
        /// The first file that was left out, where there is one.
        first: Option<LeftOut>,
    },
    /// Every picture was left out.
    #[error("None of the pictures could be used. {}", shown(first))]
    NothingUsed {
        /// The first of them.
        first: Option<LeftOut>,
    },
    /// Nothing to tell apart.
    #[error("Only pictures of one class could be used. {}", shown(first))]
    OneClassUsed {
        /// The first that was left out.
        first: Option<LeftOut>,
    },
    /// A table beyond the limit.
    #[error("Tables of more than {most} MB are not read.")]
    TableTooLarge {
        /// The largest that is read.
        most: f64,
    },
    /// Tables beyond the limit.
    #[error("There are more than {} lines of annotations.", grouped(most))]
    TooManyLines {
        /// How many are read.
        most: usize,
    },
    /// Tables alone.
    #[error("These are annotations without pictures. Add the archive with the pictures.")]
    TablesWithoutPictures,
    /// GTSRB's test pictures alone.
    #[error("These are the test pictures of GTSRB without their classes. Add GTSRB_Final_Test_GT.zip.")]
    TestPicturesWithoutClasses,
    /// A picture beside the folders.
    #[error("It is not in the folder of a class.")]
    InNoFolder,
    /// A name that could overwrite files.
    #[error("Its name points out of the archive.")]
    NamePointsOut,
    /// Not unpacked twice.
    #[error("Archives within archives are not opened.")]
    ArchiveWithin,
    /// A picture that no table names.
    #[error("There is no line with its class in the annotations.")]
    NoLine,
    /// Not one of GTSRB's classes.
    #[error("Its annotation names none of the classes 0 to {last}.")]
    NoClass {
        /// The last of them.
        last: usize,
    },
    /// A table names it without saying where the sign is.
    #[error("Its annotation has no usable region of interest.")]
    NoRegion,
    /// A table says that the sign is elsewhere.
    #[error("Its region of interest lies outside of it.")]
    RegionOutside,
}

/// A file that was left out, as an example of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Its path, fit to be shown.
    pub name: String,
    /// Why.
    pub reason: Box<Error>,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "The first, {}: {}", self.name, self.reason)
    }
}

fn shown(first: &Option<LeftOut>) -> String {
    first.as_ref().map(ToString::to_string).unwrap_or_default()
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

/// What a library or the system says of its failure, fit to be shown: it may quote the file, so it is kept short and plain.
pub fn cause(error: impl std::fmt::Display) -> String {
    error.to_string().chars().filter(|c| !c.is_control()).take(160).collect()
}
