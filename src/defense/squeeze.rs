//! Input squeezers (Xu, Evans, Qi 2018): images with less in them. On the device, so that whole batches pass at once.
//!
//! Rounding has the gradient zero everywhere. Attacked end to end, bit depth and JPEG look robust and are not: that is
//! masking, and what BPDA is for.

use burn::tensor::Tensor;

use super::bpda::straight_through;
use super::method::{Method, Parts};
use crate::error::Result;
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::settings::Settings;

/// A squeezer: one of the defences that only change the image.
pub trait Squeezer: Settings {
    /// N×3×H×W images in [0, 1] to images of the same shape.
    fn squeeze(&self, images: Tensor<4>) -> Tensor<4>;
}

impl<S: Squeezer + Clone + 'static> Method for S {
    fn apply(&self, images: Tensor<4>, _: Option<&Autoencoder>) -> Tensor<4> {
        self.squeeze(images)
    }

    fn before<'a>(&self, Parts { classifier, straight_through, .. }: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        Ok(Box::new(Squeezed { squeezer: self.clone(), classifier, straight_through }))
    }
}

/// A classifier behind a squeezer, as one model.
struct Squeezed<'a, S> {
    squeezer: S,
    classifier: &'a dyn Classifier,
    /// Whether gradients pass the squeezer as if it were the identity.
    straight_through: bool,
}

impl<S: Squeezer> Classifier for Squeezed<'_, S> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let squeezed = self.squeezer.squeeze(images.clone());
        let squeezed = if self.straight_through { straight_through(images, squeezed) } else { squeezed };
        self.classifier.logits(squeezed)
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
    }
}
