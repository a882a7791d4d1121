//! What can be wrong with an archive and its entries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why bytes are no archive.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ArchiveFault {
    /// The list of the entries ends early.
    #[error("{listed} of {expected} entries are listed")]
    EntriesMissing {
        /// How many were found.
        listed: usize,
        /// How many it says there are.
        expected: u64,
    },
    /// There is no list of entries.
    #[error("{cause}")]
    ArchiveUnreadable {
        /// The decoder's words.
        cause: String,
    },
}

/// What is wrong with an entry of an archive.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EntryFault {
    /// The archive is cut off.
    #[error("the archive ends within it")]
    EntryCutOff,
    /// The packed bytes are others.
    #[error("it cannot be unpacked to its size")]
    CannotUnpack,
    /// The size is another.
    #[error("its size is not what the archive says")]
    OtherSize,
    /// The bytes are others.
    #[error("its checksum differs")]
    OtherChecksum,
    /// It is not where the archive says.
    #[error("{cause}")]
    EntryUnreadable {
        /// The decoder's words.
        cause: String,
    },
}
