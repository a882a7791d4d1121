//! The defences, and what an attacker knows of them. One a file; those that only change the image are [squeezers](squeeze).

use burn::tensor::Tensor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::settings::{Mark, methods};

mod bit_depth;
mod bpda;
pub mod detect;
mod huge_logits;
mod jpeg;
mod median;
mod method;
mod no_gradient;
mod none;
pub mod purify;
pub mod squeeze;
mod statistic;

pub use bit_depth::BitDepth;
pub use huge_logits::HugeLogits;
pub use jpeg::Jpeg;
pub use median::Median;
pub use method::{Method, Parts};
pub use no_gradient::NoGradient;
pub use none::NoDefense;

use detect::DetectorConfig;
use purify::Purifier;
use statistic::Detector;

methods! {
    /// What stands before the classifier.
    #[serde(tag = "name")]
    pub enum Defense: dyn Method {
        None(NoDefense) = "none",
        Purifier(Purifier) = "purifier",
        Detector(DetectorConfig) = "detector",
        BitDepth(BitDepth) = "bit_depth",
        Median(Median) = "median",
        Jpeg(Jpeg) = "jpeg",
        HugeLogits(HugeLogits) = "huge_logits",
        NoGradient(NoGradient) = "no_gradient",
    }
}

/// What the attacker knows of the defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// No attacker.
    None,
    /// Oblivious.
    ///
    /// Knows nothing of it: the attack is made on the bare classifier, or on another one.
    Oblivious,
    /// Adaptive.
    ///
    /// Knows everything: the attack goes end to end through the defence.
    Adaptive,
    /// BPDA.
    ///
    /// Knows everything; where the defence has no useful gradient, the attack goes back through it as if it were the identity
    /// (backward pass differentiable approximation, Athalye et al. 2018, section 4.1).
    Bpda,
}

impl Default for Defense {
    fn default() -> Self {
        NoDefense {}.into()
    }
}

impl Defense {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Defense::None(_))
    }

    /// Whether it needs a purifier.
    pub fn needs_purifier(&self) -> bool {
        self.has(Mark::NeedsPurifier)
    }

    /// The images as this defence hands them to the classifier.
    pub fn apply(&self, images: Tensor<4>, purifier: Option<&Autoencoder>) -> Tensor<4> {
        self.method().apply(images, purifier)
    }

    /// The classifier behind this defence, as one model. With a detector it has one class more, the last: refused.
    ///
    /// `detector` is the calibrated one; only [`Defense::Detector`] looks at it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if a purifier is needed and there is none.
    pub fn before<'a>(
        &self,
        classifier: &'a dyn Classifier,
        purifier: Option<&'a Autoencoder>,
        detector: Option<Detector>,
        straight_through: bool,
    ) -> Result<Box<dyn Classifier + 'a>> {
        self.method().before(Parts { classifier, purifier, detector, straight_through })
    }
}
