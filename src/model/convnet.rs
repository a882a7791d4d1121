//! A small network of another kind than LeNet: ReLU and max-pooling. For transfer, and to compare with other programs.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Initializer, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor};

use super::layer::Activation::{Logits, Relu};
use super::layer::{Layer, LayerInfo};
use super::plan::{Net, Plan, ShapeOf};
use super::{Classifier, forward};
use crate::data::SIDE;
use crate::data::classes::Classes;
use crate::error::{ParameterError, Result};
use crate::ops::{max_pool, relu};
use crate::settings::settings;

/// Features of the dense layer before the logits.
const FEATURES: usize = 64;

/// Channels of the two convolutions.
const CHANNELS: [usize; 2] = [16, 32];

settings! {
    /// Two 3×3 convolutions with ReLU and max-pooling, and two dense layers: a different kind of network from LeNet, for transfer.
    #[title = "ConvNet"]
    pub struct ConvNetConfig {
        /// What it tells apart.
        pub classes: Classes = Classes::default(),
        /// Height and width of the images, a multiple of 4.
        #[range(4..=256)]
        pub side: usize = SIDE,
    }
}

/// The network; weights on one device.
#[derive(Module, Debug)]
pub struct ConvNet {
    conv1: Conv2d,
    conv2: Conv2d,
    dense1: Linear,
    dense2: Linear,
}

impl Plan for ConvNetConfig {
    type Net = ConvNet;

    fn classes(&self) -> &Classes {
        &self.classes
    }

    fn set_classes(&mut self, classes: Classes) {
        self.classes = classes;
    }

    fn side(&self) -> usize {
        self.side
    }

    fn validate(&self) -> Result<()> {
        match self.side % 4 {
            0 => Ok(()),
            _ => Err(ParameterError::NoMultiple { got: self.side, of: 4 }.into()),
        }
    }

    fn init(&self, device: &Device) -> ConvNet {
        let conv = |from, to| {
            Conv2dConfig::new([from, to], [3, 3])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .with_initializer(Initializer::Zeros)
                .init(device)
        };
        let dense = |from, to| LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device);
        let [first, second] = CHANNELS;
        ConvNet {
            conv1: conv(3, first),
            conv2: conv(first, second),
            dense1: dense(second * (self.side / 4) * (self.side / 4), FEATURES),
            dense2: dense(FEATURES, self.classes.count()),
        }
    }

    fn inferred(shape: ShapeOf) -> Option<Self> {
        let [first, second] = CHANNELS;
        let own = shape("conv1.weight")? == [first, 3, 3, 3];
        let classes = Classes::Count(*shape("dense2.bias")?.first()?);
        // Of side/4 × side/4 features in every channel.
        let side = 4 * (*shape("dense1.weight")?.get(1)? as f64 / second as f64).sqrt() as usize;
        own.then_some(Self { classes, side })
    }
}

impl ConvNet {
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
}

impl Net for ConvNet {
    fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
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
