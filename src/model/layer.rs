//! The layers of a network, as a front end lists them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::said::Said;

/// What a layer is, with what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Layer {
    /// A convolution.
    #[error("Convolution {size}×{size}, {activation}{}", pooled(*max_pool))]
    Convolution {
        /// Width and height of its kernels.
        size: usize,
        /// What follows it.
        activation: Activation,
        /// Side of the maximum that is taken after it; none where it is a layer of its own, or there is none.
        max_pool: Option<usize>,
    },
    /// A fully connected layer.
    #[error("Dense, {activation}")]
    Dense {
        /// What follows it.
        activation: Activation,
    },
    /// The mean of each square.
    #[error("Average pool {size}×{size}")]
    AveragePool {
        /// Side of the square.
        size: usize,
    },
    /// The maximum of each square.
    #[error("Max-pool {size}×{size}")]
    MaxPool {
        /// Side of the square.
        size: usize,
    },
    /// Each image with mean 0 and standard deviation 1.
    #[error("Brightness and contrast evened out")]
    Standardised,
    /// What two layers gave, side by side.
    #[error("Both scales together")]
    BothScales,
    /// A whole autoencoder.
    #[error("Autoencoder")]
    Autoencoder,
}

/// What follows a layer's sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// The larger of 0 and the sum.
    #[error("ReLU")]
    Relu,
    /// The hyperbolic tangent.
    #[error("tanh")]
    Tanh,
    /// Nothing: the sums are the logits.
    #[error("logits")]
    Logits,
}

impl Layer {
    /// A convolution with its activation.
    pub(super) fn convolution(size: usize, activation: Activation) -> Self {
        Layer::Convolution { size, activation, max_pool: None }
    }

    /// A convolution with its activation and a maximum of 2×2.
    pub(super) fn pooled(size: usize, activation: Activation) -> Self {
        Layer::Convolution { size, activation, max_pool: Some(2) }
    }

    /// A fully connected layer with its activation.
    pub(super) fn dense(activation: Activation) -> Self {
        Layer::Dense { activation }
    }
}

fn pooled(side: Option<usize>) -> String {
    side.map(|side| format!(", max-pool {side}×{side}")).unwrap_or_default()
}

/// A layer of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LayerInfo {
    /// What it is.
    pub layer: Said<Layer>,
    /// Shape of its output, without the batch: channels × height × width, or features.
    pub output: Vec<usize>,
    /// Number of trainable parameters.
    pub parameters: usize,
}

impl LayerInfo {
    /// A layer and the shape that came out of it, batch included.
    pub(super) fn new(layer: Layer, dims: &[usize], parameters: usize) -> Self {
        Self { layer: layer.into(), output: dims[1..].to_vec(), parameters }
    }
}
