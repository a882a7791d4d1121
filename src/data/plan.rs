//! What is to be read, before anything is.

use super::names;
use super::resize::Region;
use super::split::Split;

/// A file that may be a picture of the data set.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Which of the places given.
    pub origin: usize,
    /// Which of its files.
    pub file: usize,
    /// Cleaned path.
    pub path: String,
    /// Declared size in bytes.
    pub size: u64,
    /// Whether another path beside it differs only in upper and lower case: perhaps the same file twice.
    pub twin: bool,
}

/// A picture to be read.
#[derive(Debug)]
pub(super) struct Job {
    /// Which candidate.
    pub candidate: usize,
    /// Class.
    pub label: usize,
    /// Track within the class, if known.
    pub track: Option<u32>,
    /// The split it came with.
    pub split: Option<Split>,
    /// The part of it that counts.
    pub cut: Cut,
}

/// A part of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// All of it, whatever its shape.
    Whole,
    /// The largest square in its middle.
    Square,
    /// A region of interest, as far as it lies within.
    Region(Region),
}

impl Cut {
    /// Within a picture of this size. `None` if nothing of a region lies within.
    pub fn within(self, width: u32, height: u32) -> Option<Region> {
        match self {
            Self::Whole => Some(Region { x: 0, y: 0, width, height }),
            Self::Square => {
                let side = width.min(height);
                Some(Region { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side })
            }
            Self::Region(Region { x, y, width: w, height: h }) => {
                let (w, h) = (w.min(width.checked_sub(x)?), h.min(height.checked_sub(y)?));
                (w > 0 && h > 0).then_some(Region { x, y, width: w, height: h })
            }
        }
    }
}

/// A whole data set to be read.
#[derive(Debug)]
pub(super) struct Plan {
    /// What people call it.
    pub name: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Pictures, in the order of the candidates.
    pub jobs: Vec<Job>,
    /// Whether it is GTSRB.
    pub gtsrb: bool,
}

/// Track and frame, by the name that GTSRB gives to a training picture: `TTTTT_FFFFF` in the official archive,
/// `CCCCC_TTTTT_FFFFF` in Kaggle's.
pub(super) fn track_and_frame(path: &str) -> Option<(u32, u32)> {
    let parts: Vec<&str> = names::stem(path).split('_').collect();
    let five_digits = |part: &&str| part.len() == 5 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [track, frame] | [_, track, frame] if parts.iter().all(five_digits) => {
            Some((track.parse().ok()?, frame.parse().ok()?))
        }
        _ => None,
    }
}
