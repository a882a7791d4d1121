//! The combined model: autoencoder and classifier as one network, trained end to end, so that gradients reach the
//! autoencoder's weights through the classifier.

use burn::module::Module;
use burn::tensor::Tensor;

use super::Classifier;
use super::autoencoder::Autoencoder;
use super::layer::{Layer, LayerInfo};
use super::lenet::LeNet;

/// Z(AE(x)), all of it trainable.
#[derive(Module, Debug)]
pub struct Combined {
    /// AE.
    pub purifier: Autoencoder,
    /// Z.
    pub classifier: LeNet,
}

impl Combined {
    /// The layers as they really run; the autoencoder is one of them.
    pub(super) fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
        let first = LayerInfo::new(Layer::Autoencoder, &blank.dims(), self.purifier.num_params());
        std::iter::once(first).chain(self.classifier.layers()).collect()
    }
}

impl Classifier for Combined {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.classifier.logits(self.purifier.forward(images))
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
    }
}
