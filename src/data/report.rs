//! What became of the files of a data set.

use serde::{Deserialize, Serialize};

use super::names;

/// How many skipped files are listed; all are counted.
pub const LISTED: usize = 100;

/// What was read, and what was not and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Sentences on the data set as a whole.
    pub notes: Vec<String>,
}

/// One file that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Its path, fit to be shown.
    pub name: String,
    /// Why, in a sentence.
    pub reason: String,
}

impl Report {
    /// Counts, and lists if there is room.
    pub fn skip(&mut self, name: &str, reason: &str) {
        self.skipped += 1;
        if self.list.len() < LISTED {
            self.list.push(Skipped { name: names::shown(name, 120), reason: names::shown(reason, 300) });
        }
    }
}
