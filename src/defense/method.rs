//! What a defence is to the rest.

use burn::tensor::Tensor;

use super::statistic::Detector;
use crate::error::Result;
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::settings::Settings;

/// A defence: settings that change images, and that a classifier can stand behind. One a file; they are listed in [`super::Defense`].
pub trait Method: Settings {
    /// N×3×H×W images as this defence hands them to the classifier.
    fn apply(&self, images: Tensor<4>, purifier: Option<&Autoencoder>) -> Tensor<4> {
        let _ = purifier;
        images
    }

    /// The classifier behind this defence, as one model.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if something is needed and is not among the parts.
    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>>;
}

/// What a defence is built from.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The bare classifier.
    pub classifier: &'a dyn Classifier,
    /// Its purifier, if it has one.
    pub purifier: Option<&'a Autoencoder>,
    /// The detector with its threshold; only [`super::Defense::Detector`] looks at it.
    pub detector: Option<Detector>,
    /// Whether gradients pass the defence as if it were the identity (BPDA).
    pub straight_through: bool,
}
