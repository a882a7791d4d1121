//! What became of the files of a data set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::error::Error;
use crate::said::Said;

/// How many skipped files are listed; all are counted.
pub const LISTED: usize = 100;

/// What was read, and what was not and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LoadReport")]
pub struct Report {
    /// Pictures that are part of the data set.
    pub used: usize,
    /// Files that should have been part of it and could not be.
    pub skipped: usize,
    /// Files that are none of its pictures: a Readme, hidden files, icons.
    pub ignored: usize,
    /// Pictures given twice (the same track and frame in two archives), used once.
    pub repeated: usize,
    /// The first [`LISTED`] skipped files.
    pub list: Vec<Skipped>,
    /// What is to be known of the data set as a whole.
    pub notes: Vec<Said<Note>>,
}

/// One file that was not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Its path, fit to be shown.
    pub name: String,
    /// Why.
    pub reason: Said<Error>,
}

/// What is to be known of a data set as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// GTSRB's test pictures came without the archive of their classes.
    #[error("{n} test pictures were left out: their classes are in GTSRB_Final_Test_GT.zip. Add it.")]
    TestPicturesLeftOut {
        /// How many.
        n: usize,
    },
    /// An archive is missing, or a part of it.
    #[error("The annotations name {n} more pictures, which are not there.")]
    PicturesMissing {
        /// How many.
        n: usize,
    },
    /// A network would never learn them.
    #[error("No picture could be used of: {classes}.")]
    ClassesWithoutPictures {
        /// Their names, fit to be shown.
        classes: String,
    },
}

impl Report {
    /// Counts, and lists if there is room.
    pub fn skip(&mut self, name: &str, reason: impl Into<Error>) {
        self.skipped += 1;
        if self.list.len() < LISTED {
            self.list.push(Skipped { name: names::shown(name, 120), reason: reason.into().into() });
        }
    }
}
