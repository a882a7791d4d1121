//! Where labelled images come from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::batch::Sample;
use super::classes;
use super::synth::Synth;

/// Which images: none is in two splits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// For training.
    Train,
    /// For choosing.
    Validation,
    /// Generated only: the picture under attack. Image i shows the class that is asked for.
    Subject,
    /// For reporting.
    Test,
}

/// A supply of labelled images.
#[derive(Clone, Debug)]
pub enum Source {
    /// Drawn signs without end.
    Generated(Synth),
}

impl Source {
    /// Signs drawn for this project.
    pub fn generated() -> Self {
        Self::Generated(Synth::new())
    }

    /// Name, as records have it.
    pub fn name(&self) -> &str {
        match self {
            Source::Generated(_) => "generated",
        }
    }

    /// Names of the classes.
    pub fn classes(&self) -> Vec<String> {
        match self {
            Source::Generated(_) => classes::NAMES.map(String::from).to_vec(),
        }
    }

    /// Number of images in a split; `None` where there is no end to them.
    pub fn len(&self, _: Split) -> Option<usize> {
        match self {
            Source::Generated(_) => None,
        }
    }

    /// Images `range` of a split. `seed` is that of generated images, and of the order in which others are trained on.
    pub fn batch(&self, seed: u32, split: Split, range: Range<u64>) -> Vec<Sample> {
        match self {
            Source::Generated(synth) => synth.batch(seed, split, range),
        }
    }

    /// Clean validation images that share nothing with the first ones of the split: for thresholds.
    pub fn calibration(&self, seed: u32, n: usize) -> Vec<Sample> {
        match self {
            Source::Generated(synth) => synth.batch(seed ^ 0x5EED, Split::Validation, 0..n as u64),
        }
    }
}
