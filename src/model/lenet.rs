//! LeNet-5 (LeCun et al. 1998) as the original notebook has it: 32×32×3, tanh, average pooling, 64,811 parameters.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Initializer, Linear, LinearConfig};
use burn::tensor::{Device, Tensor};

use super::layer::Activation::{Logits, Tanh};
use super::layer::{Layer, LayerInfo};
use super::{Classifier, forward, glorot};
use crate::data::classes;
use crate::ops::{average_pool, tanh};
use crate::rng::Rng;

/// Number of trainable parameters with 43 classes.
pub const PARAMETERS: usize = 64_811;

/// What can be chosen about a LeNet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeNetConfig {
    /// Number of classes; 43 for GTSRB.
    pub classes: usize,
}

impl Default for LeNetConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl LeNetConfig {
    /// 43 classes.
    pub fn new() -> Self {
        Self { classes: classes::COUNT }
    }

    /// A network of zeros, to be filled.
    pub fn init(&self, device: &Device) -> LeNet {
        let conv = |from, to| Conv2dConfig::new([from, to], [5, 5]).with_initializer(Initializer::Zeros).init(device);
        let dense = |from, to| LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device);
        LeNet {
            conv1: conv(3, 6),
            conv2: conv(6, 16),
            conv3: conv(16, 120),
            dense1: dense(120, 84),
            dense2: dense(84, self.classes),
        }
    }

    /// A network with seeded initial weights, the same on every device.
    pub fn seeded(&self, rng: &mut Rng, device: &Device) -> LeNet {
        glorot(self.init(device), rng)
    }
}

/// The network; weights on one device.
#[derive(Module, Debug)]
pub struct LeNet {
    conv1: Conv2d,
    conv2: Conv2d,
    conv3: Conv2d,
    dense1: Linear,
    dense2: Linear,
}

impl LeNet {
    /// Runs the network and shows the output of every layer to `see`, with what it is and its number of parameters.
    fn run(&self, images: Tensor<4>, mut see: impl FnMut(Layer, &[usize], usize)) -> Tensor<2> {
        let x = tanh(forward::conv2d(&self.conv1, images)); // [n, 6, 28, 28]
        see(Layer::convolution(5, Tanh), &x.dims(), self.conv1.num_params());
        let x = average_pool(x); // [n, 6, 14, 14]
        see(Layer::AveragePool { size: 2 }, &x.dims(), 0);
        let x = tanh(forward::conv2d(&self.conv2, x)); // [n, 16, 10, 10]
        see(Layer::convolution(5, Tanh), &x.dims(), self.conv2.num_params());
        let x = average_pool(x); // [n, 16, 5, 5]
        see(Layer::AveragePool { size: 2 }, &x.dims(), 0);
        let x = tanh(forward::conv2d(&self.conv3, x)); // [n, 120, 1, 1]
        see(Layer::convolution(5, Tanh), &x.dims(), self.conv3.num_params());
        let x = x.flatten::<2>(1, 3); // [n, 120]
        let x = tanh(forward::dense(&self.dense1, x)); // [n, 84]
        see(Layer::dense(Tanh), &x.dims(), self.dense1.num_params());
        let x = forward::dense(&self.dense2, x); // [n, classes]
        see(Layer::dense(Logits), &x.dims(), self.dense2.num_params());
        x
    }

    /// The layers as they really run: names, output shapes (without the batch) and parameters.
    pub fn layers(&self) -> Vec<LayerInfo> {
        let mut layers = Vec::new();
        let blank = Tensor::zeros([1, 3, crate::data::SIDE, crate::data::SIDE], &self.conv1.weight.device());
        self.run(blank, |layer, dims, parameters| layers.push(LayerInfo::new(layer, dims, parameters)));
        layers
    }
}

impl Classifier for LeNet {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.run(images, |_, _, _| ())
    }

    fn classes(&self) -> usize {
        let [_, classes] = self.dense2.weight.dims();
        classes
    }
}
