//! What became of the files of a data set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names;
use crate::error::{Error, Purpose, counted};
use crate::kind::FileKind;
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
    #[error("The annotations name {} more that {} not there.", counted(*n, "picture"), are(*n))]
    PicturesMissing {
        /// How many.
        n: usize,
    },
    /// Pictures of a kind that is not read.
    #[error("{} like {name} {} left out. {kind}", counted(*n, "file"), were(*n))]
    KindLeftOut {
        /// How many.
        n: usize,
        /// The first of them, fit to be shown.
        name: String,
        /// What they are.
        kind: FileKind,
    },
    /// Beside folders that are splits lie others.
    #[error("Beside the folders to learn from and to test on lie others, {folders}: {} in them {} left out.", counted(*n, "picture"), were(*n))]
    FoldersLeftOut {
        /// Their names, fit to be shown.
        folders: String,
        /// How many pictures are in them.
        n: usize,
    },
    /// The same pictures in two splits.
    #[error(
        "{} to choose by or to report on {} learned or chosen by already: left out of what is measured.",
        counted(*n, "picture"),
        are(*n)
    )]
    CopiesLeftOut {
        /// How many.
        n: usize,
    },
    /// The same picture under two labels.
    #[error(
        "{} {} under two classes, for example {first} and {second}: nobody can tell which is right. Left out of what is measured; look \
         there and delete what is wrong.",
        counted(*n, "picture"),
        are(*n)
    )]
    TwoLabels {
        /// How many.
        n: usize,
        /// A class, fit to be shown.
        first: String,
        /// Another class in which the same picture is.
        second: String,
    },
    /// GTSRB's folders of classes without the tables.
    #[error(
        "The folders are numbered from 0 to 42, as those of GTSRB are. Add its tables (Train.csv and Test.csv, or GT-….csv): then the \
         classes have names, pictures are cut to the signs, and frames of one sign stay together."
    )]
    NumberedAsGtsrb,
    /// A part of the training pictures under another name.
    #[error(
        "Among the test pictures is GTSRB's online test set ({}), which is a part of its final training set: after learning from that, it \
         is no test. Take GTSRB_Final_Test_Images.zip and GTSRB_Final_Test_GT.zip.",
        counted(*n, "picture")
    )]
    OnlineTest {
        /// How many.
        n: usize,
    },
    /// Tables as those of GTSRB, with classes that it does not have.
    #[error(
        "The tables are as GTSRB's, but name classes beyond 42: this is another benchmark, and its classes are called by their numbers."
    )]
    OtherBenchmark,
    /// More images were asked for than there are: no reason to refuse.
    #[error("There {} {}: all that is there is taken, where {asked} were asked for.", are(*n), counted(*n, &format!("{split} image")))]
    AllThereAre {
        /// How many there are.
        n: usize,
        /// How many were asked for.
        asked: usize,
        /// Of which split.
        split: Purpose,
    },
    /// A network would never learn them.
    #[error("No picture could be used of: {classes}.")]
    ClassesWithoutPictures {
        /// Their names, fit to be shown.
        classes: String,
    },
}

/// The verb of so many.
fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn were(n: usize) -> &'static str {
    if n == 1 { "was" } else { "were" }
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
