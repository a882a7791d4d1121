//! A small network of another kind than LeNet: ReLU and max-pooling. For transfer, and to compare with other programs.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Initializer, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor};

use super::layer::Activation::{Logits, Relu};
use super::layer::{Layer, LayerInfo};
use super::{Classifier, forward};
use crate::ops::{max_pool, relu};

/// Features of the dense layer before the logits.
const FEATURES: usize = 64;

/// Channels of the two convolutions.
const CHANNELS: [usize; 2] = [16, 32];

/// Two 3×3 convolutions and two dense layers.
#[derive(Module, Debug)]
pub struct ConvNet {
    conv1: Conv2d,
    conv2: Conv2d,
    dense1: Linear,
    dense2: Linear,
}

impl ConvNet {
    /// A network of zeros, to be filled, for `classes` classes and images of `side`×`side` pixels, a multiple of 4.
    pub(super) fn init(classes: usize, side: usize, device: &Device) -> Self {
        let conv = |from, to| {
            Conv2dConfig::new([from, to], [3, 3])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .with_initializer(Initializer::Zeros)
                .init(device)
        };
        let dense = |from, to| LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device);
        let [first, second] = CHANNELS;
        Self {
            conv1: conv(3, first),
            conv2: conv(first, second),
            dense1: dense(second * (side / 4) * (side / 4), FEATURES),
            dense2: dense(FEATURES, classes),
        }
    }

    /// Runs the network and shows the output of every layer to `see`, with what it is and its number of parameters.
    fn run(&self, images: Tensor<4>, mut see: impl FnMut(Layer, &[usize], usize)) -> Tensor<2> {
        let x = relu(forward::conv2d(&self.conv1, images)); // [n, 16, h, w]
        see(Layer::convolution(3, Relu), &x.dims(), self.conv1.num_params());
        let x = max_pool(x); // [n, 16, h/2, w/2]
        see(Layer::MaxPool { size: 2 }, &x.dims(), 0);
        let x = relu(forward::conv2d(&self.conv2, x)); // [n, 32, h/2, w/2]
        see(Layer::convolution(3, Relu), &x.dims(), self.conv2.num_params());
        let x = max_pool(x); // [n, 32, h/4, w/4]
        see(Layer::MaxPool { size: 2 }, &x.dims(), 0);
        let x = relu(forward::dense(&self.dense1, x.flatten::<2>(1, 3))); // [n, 64]
        see(Layer::dense(Relu), &x.dims(), self.dense1.num_params());
        let x = forward::dense(&self.dense2, x); // [n, classes]
        see(Layer::dense(Logits), &x.dims(), self.dense2.num_params());
        x
    }

    /// The layers as they really run.
    pub(super) fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
        let mut layers = Vec::new();
        self.run(blank, |layer, dims, parameters| layers.push(LayerInfo::new(layer, dims, parameters)));
        layers
    }
}

impl Classifier for ConvNet {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.run(images, |_, _, _| ())
    }

    fn classes(&self) -> usize {
        let [_, classes] = self.dense2.weight.dims();
        classes
    }
}
