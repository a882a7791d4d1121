//! The networks, and what every attack and defence needs to know of one.

use burn::tensor::Tensor;

pub mod autoencoder;
pub mod combined;
pub mod convnet;
mod forward;
mod glorot;
pub mod layer;
pub mod lenet;
pub mod loss;
mod plan;
pub mod signnet;
pub mod weights;
pub mod zoo;

/// Anything that turns images into logits: a network, or a defence with a network behind it.
pub trait Classifier {
    /// N×3×H×W images in [0, 1] to N×K logits. Differentiable with respect to the images.
    fn logits(&self, images: Tensor<4>) -> Tensor<2>;

    /// Number of classes, K.
    fn classes(&self) -> usize;
}
