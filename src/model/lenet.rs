//! LeNet-5 (LeCun et al. 1998) as the original notebook has it: 32×32×3, tanh, average pooling, 64,811 parameters.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Initializer, Linear, LinearConfig};
use burn::tensor::{Device, Tensor};

use super::Classifier;
use super::forward;
use super::glorot::glorot;
use super::layer::Activation::{Logits, Tanh};
use super::layer::{Layer, LayerInfo};
use super::plan::{Net, Plan, ShapeOf};
use crate::data::classes::Classes;
use crate::ops::{average_pool, tanh};
use crate::rng::Rng;
use crate::settings::settings;

/// Number of trainable parameters with 43 classes.
pub const PARAMETERS: usize = 64_811;

settings! {
    /// The network of the original notebook: three convolutions with tanh, average pooling, two dense layers; 64,811 parameters.
    #[title = "LeNet-5"]
    #[paper = "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 1998"]
    pub struct LeNetConfig {
        /// What it tells apart.
        pub classes: Classes = Classes::default(),
    }
}

impl Plan for LeNetConfig {
    type Net = LeNet;

    fn classes(&self) -> &Classes {
        &self.classes
    }

    fn set_classes(&mut self, classes: Classes) {
        self.classes = classes;
    }

    fn init(&self, device: &Device) -> LeNet {
        let conv = |from, to| Conv2dConfig::new([from, to], [5, 5]).with_initializer(Initializer::Zeros).init(device);
        let dense = |from, to| LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device);
        LeNet {
            conv1: conv(3, 6),
            conv2: conv(6, 16),
            conv3: conv(16, 120),
            dense1: dense(120, 84),
            dense2: dense(84, self.classes.count()),
        }
    }

    fn inferred(shape: ShapeOf) -> Option<Self> {
        let own = shape("conv1.weight")? == [6, 3, 5, 5];
        let classes = Classes::Count(*shape("dense2.bias")?.first()?);
        own.then_some(Self { classes })
    }
}

impl LeNetConfig {
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
}

impl Net for LeNet {
    fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
        let mut layers = Vec::new();
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
