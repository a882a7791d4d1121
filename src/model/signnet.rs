//! The strongest small network here: convolutions with ReLU and max-pooling that look at a sign at two scales (Sermanet &
//! LeCun, *Traffic sign recognition with multi-scale convolutional networks*, 2011), on images brought to one brightness
//! and contrast first. 892,523 parameters for 43 classes.

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
use crate::ops::{max_pool, relu};
use crate::settings::settings;

/// Channels of the three convolutions.
const CHANNELS: [usize; 3] = [32, 64, 128];

/// Features of the dense layer before the logits.
const FEATURES: usize = 256;

/// Added to an image's standard deviation, so that a blank image stays one.
const SOFTENED: f32 = 0.05;

settings! {
    /// The strongest small network here: three convolutions with ReLU and max-pooling, of which the last two are both read, after
    /// each image has been brought to one brightness and contrast; 892,523 parameters.
    #[title = "SignNet"]
    #[paper = "Sermanet, LeCun: Traffic Sign Recognition with Multi-Scale Convolutional Networks, IJCNN 2011"]
    pub struct SignNetConfig {
        /// What it tells apart.
        pub classes: Classes = Classes::default(),
    }
}

/// The network, for images of 32×32; weights on one device.
#[derive(Module, Debug)]
pub struct SignNet {
    conv1: Conv2d,
    conv2: Conv2d,
    conv3: Conv2d,
    dense1: Linear,
    dense2: Linear,
}

impl Plan for SignNetConfig {
    type Net = SignNet;

    fn classes(&self) -> &Classes {
        &self.classes
    }

    fn set_classes(&mut self, classes: Classes) {
        self.classes = classes;
    }

    fn init(&self, device: &Device) -> SignNet {
        let conv = |from, to, side: usize| {
            Conv2dConfig::new([from, to], [side, side])
                .with_padding(PaddingConfig2d::Explicit(side / 2, side / 2, side / 2, side / 2))
                .with_initializer(Initializer::Zeros)
                .init(device)
        };
        let dense = |from, to| LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device);
        let [first, second, third] = CHANNELS;
        let end = SIDE / 8;
        SignNet {
            conv1: conv(3, first, 5),
            conv2: conv(first, second, 3),
            conv3: conv(second, third, 3),
            dense1: dense((second + third) * end * end, FEATURES),
            dense2: dense(FEATURES, self.classes.count()),
        }
    }

    fn inferred(shape: ShapeOf) -> Option<Self> {
        let own = shape("conv1.weight")? == [CHANNELS[0], 3, 5, 5];
        let classes = Classes::Count(*shape("dense2.bias")?.first()?);
        own.then_some(Self { classes })
    }
}

impl SignNet {
    /// Runs the network and shows the output of every layer to `see`, with what it is and its number of parameters.
    fn run(&self, images: Tensor<4>, mut see: impl FnMut(Layer, &[usize], usize)) -> Tensor<2> {
        let x = standardised(images); // [n, 3, 32, 32]
        see(Layer::Standardised, &x.dims(), 0);
        // Pooled first: a quarter of the values for ReLU, and the same result, for it keeps their order.
        let x = relu(max_pool(forward::conv2d(&self.conv1, x))); // [n, 32, 16, 16]
        see(Layer::pooled(5, Relu), &x.dims(), self.conv1.num_params());
        let x = relu(max_pool(forward::conv2d(&self.conv2, x))); // [n, 64, 8, 8]
        see(Layer::pooled(3, Relu), &x.dims(), self.conv2.num_params());
        let coarse = max_pool(x.clone()); // [n, 64, 4, 4]
        let x = relu(max_pool(forward::conv2d(&self.conv3, x))); // [n, 128, 4, 4]
        see(Layer::pooled(3, Relu), &x.dims(), self.conv3.num_params());
        let x = Tensor::cat(vec![coarse, x], 1); // [n, 192, 4, 4]
        see(Layer::BothScales, &x.dims(), 0);
        let x = relu(forward::dense(&self.dense1, x.flatten::<2>(1, 3))); // [n, 256]
        see(Layer::dense(Relu), &x.dims(), self.dense1.num_params());
        let x = forward::dense(&self.dense2, x); // [n, classes]
        see(Layer::dense(Logits), &x.dims(), self.dense2.num_params());
        x
    }
}

impl Net for SignNet {
    fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
        let mut layers = Vec::new();
        self.run(blank, |layer, dims, parameters| layers.push(LayerInfo::new(layer, dims, parameters)));
        layers
    }
}

/// Each image with mean 0 and standard deviation 1, nearly: signs are photographed at noon and at dusk. Part of the network, so an
/// attack goes through it.
fn standardised(images: Tensor<4>) -> Tensor<4> {
    let [n, channels, height, width] = images.dims();
    let flat = images.reshape([n, channels * height * width]);
    let centred = flat.clone() - flat.mean_dim(1);
    let deviation = (centred.clone().square().mean_dim(1) + 1e-6).sqrt() + SOFTENED;
    (centred / deviation).reshape([n, channels, height, width])
}

impl Classifier for SignNet {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.run(images, |_, _, _| ())
    }

    fn classes(&self) -> usize {
        let [_, classes] = self.dense2.weight.dims();
        classes
    }
}
