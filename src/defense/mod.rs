//! The defences, and what an attacker knows of them.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::error::{Result, StateError, in_range};
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;

mod bpda;
pub mod detect;
pub mod purify;
pub mod squeeze;

use detect::{Detector, DetectorConfig, Guarded};
use purify::Purified;
use squeeze::{Squeezed, Squeezer};

/// What stands before the classifier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Defense {
    /// Nothing.
    #[default]
    None,
    /// The classifier's purifier.
    Purifier,
    /// Its purifier, and a detector that refuses what the purifier changes too much (MagNet).
    Detector(DetectorConfig),
    /// Fewer grey levels.
    BitDepth {
        /// Bits per channel, 1 to 8.
        bits: u32,
    },
    /// The median of each 3×3 neighbourhood.
    Median,
    /// JPEG compression.
    Jpeg {
        /// Quality, 1 to 100.
        quality: u32,
    },
    /// A bad example: logits times a million. The softmax saturates, its gradient underflows, and attacks on it stand still.
    HugeLogits,
    /// A bad example: a layer whose gradient is zero. Nothing about the answers changes.
    NoGradient,
}

/// What the attacker knows of the defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// There is no attacker.
    None,
    /// Nothing: the attack is made on the bare classifier, or on another one.
    Oblivious,
    /// Everything: the attack goes end to end through the defence.
    Adaptive,
    /// Everything; where the defence has no useful gradient, the attack goes back through it as if it were the identity
    /// (backward pass differentiable approximation, Athalye et al. 2018, section 4.1).
    Bpda,
}

impl Defense {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        match self {
            Defense::None | Defense::Purifier | Defense::Median | Defense::HugeLogits | Defense::NoGradient => Ok(()),
            Defense::Detector(config) => config.validate(),
            Defense::BitDepth { bits } => in_range("bit_depth.bits", *bits, 1..=8),
            Defense::Jpeg { quality } => in_range("jpeg.quality", *quality, 1..=100),
        }
    }

    /// Whether it needs a purifier.
    pub fn needs_purifier(&self) -> bool {
        matches!(self, Defense::Purifier | Defense::Detector(_))
    }

    /// The images as this defence hands them to the classifier.
    pub fn apply(&self, images: Tensor<4>, purifier: Option<&Autoencoder>) -> Tensor<4> {
        match (self, purifier) {
            (Defense::Purifier | Defense::Detector(_), Some(purifier)) => purifier.forward(images),
            (Defense::BitDepth { bits }, _) => Squeezer::BitDepth(*bits).squeeze(images),
            (Defense::Median, _) => Squeezer::Median.squeeze(images),
            (Defense::Jpeg { quality }, _) => Squeezer::Jpeg(*quality).squeeze(images),
            _ => images,
        }
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
        let squeezed = |squeezer| Box::new(Squeezed { squeezer, classifier, straight_through });
        let purified = || match purifier {
            Some(purifier) => Ok(Purified { purifier, classifier, straight_through }),
            None => Err(StateError::NoPurifier { model: None }),
        };
        Ok(match self {
            Defense::None => Box::new(Bare(classifier)),
            Defense::Purifier => Box::new(purified()?),
            Defense::Detector(_) => {
                let defended = purified()?;
                let detector = detector.ok_or(StateError::NoThreshold)?;
                Box::new(Guarded { defended, detector })
            }
            Defense::BitDepth { bits } => squeezed(Squeezer::BitDepth(*bits)),
            Defense::Median => squeezed(Squeezer::Median),
            Defense::Jpeg { quality } => squeezed(Squeezer::Jpeg(*quality)),
            // Neither changes an image, so whoever goes back through it as through the identity sees the bare classifier.
            Defense::HugeLogits | Defense::NoGradient if straight_through => Box::new(Bare(classifier)),
            Defense::HugeLogits => Box::new(HugeLogits(classifier)),
            Defense::NoGradient => Box::new(NoGradient(classifier)),
        })
    }
}

/// A classifier by itself.
struct Bare<'a>(&'a dyn Classifier);

impl Classifier for Bare<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.0.logits(images)
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}

/// See [`Defense::HugeLogits`].
struct HugeLogits<'a>(&'a dyn Classifier);

impl Classifier for HugeLogits<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.0.logits(images).mul_scalar(1e6)
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}

/// See [`Defense::NoGradient`].
struct NoGradient<'a>(&'a dyn Classifier);

impl Classifier for NoGradient<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let [n, ..] = images.dims();
        let nothing = images.clone().reshape([n as i32, -1]).sum_dim(1).mul_scalar(0.0); // [n, 1]
        self.0.logits(images.detach()) + nothing
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}
