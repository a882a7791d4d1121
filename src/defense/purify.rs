//! Purification: the image goes through an autoencoder before the classifier sees it (MagNet's reformer, Meng & Chen 2017).

use burn::tensor::Tensor;

use super::bpda::straight_through;
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;

/// A classifier behind a purifier, as one model: Z(AE(x)). An attacker who knows the defence attacks this; one who does
/// not attacks the classifier alone.
pub struct Purified<'a> {
    /// AE.
    pub purifier: &'a Autoencoder,
    /// Z.
    pub classifier: &'a dyn Classifier,
    /// Whether gradients pass the purifier as if it were the identity.
    pub straight_through: bool,
}

impl Classifier for Purified<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let purified = self.purifier.forward(images.clone());
        let purified = if self.straight_through { straight_through(images, purified) } else { purified };
        self.classifier.logits(purified)
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
    }
}
