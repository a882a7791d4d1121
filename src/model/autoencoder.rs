//! The autoencoder that purifies: an image in, the same image without the perturbation out.
//!
//! One configuration describes every size of it. The encoder is a chain of 3×3 convolutions, some with stride 2; the
//! decoder is its mirror image, with nearest-neighbour upsampling where the encoder strode. Skips hand what the encoder saw
//! to the decoder at the same resolution. A skip at *full* resolution hands the perturbation through with it: it can be
//! switched on to see that it fails, and the notebook's network has one.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::interpolate::{Interpolate2d, Interpolate2dConfig, InterpolateMode};
use burn::nn::{Initializer, PaddingConfig2d};
use burn::tensor::activation::sigmoid;
use burn::tensor::{Device, Tensor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::forward;
use super::glorot::glorot;
use crate::data::SIDE;
use crate::error::{ParameterError, Result, in_range};
use crate::ops::relu;
use crate::rng::Rng;

/// One step of the encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stage {
    /// Channels after it.
    pub channels: usize,
    /// Whether it halves the resolution.
    pub halve: bool,
}

/// How the decoder sees what the encoder saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Skips {
    /// Added, from a quarter of the resolution downwards. None at half resolution: it hands too much through (of 215
    /// generated signs under FGSM at 16/255 the purifier brought back 18.6 % with it and 23.7 % without, trained alike).
    AddInner,
    /// Concatenated after every stage, at full resolution too.
    Concatenate,
}

/// What can be chosen about an autoencoder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AutoencoderConfig {
    /// The encoder; the decoder mirrors it.
    pub stages: Vec<Stage>,
    /// Whether each stage of the encoder has a second convolution.
    pub twice: bool,
    /// How the decoder sees what the encoder saw.
    pub skips: Skips,
    /// Adds the input to the output, at full resolution: the configuration that fails.
    pub full_skip: bool,
}

impl AutoencoderConfig {
    /// The size that trains in a browser: four halvings, `width` to 8 · `width` channels; 16 gives 194,755 parameters.
    pub fn browser(width: usize) -> Self {
        let stages = [1, 2, 4, 8].map(|factor| Stage { channels: width * factor, halve: true });
        Self { stages: stages.into(), twice: false, skips: Skips::AddInner, full_skip: false }
    }

    /// The size of the original notebook: 64-64-128-128-256-512-1024 with five halvings, 27,400,643 parameters.
    pub fn notebook() -> Self {
        let widths = [64, 64, 128, 128, 256, 512, 1024];
        let stages = widths.iter().enumerate().map(|(i, &channels)| Stage { channels, halve: i >= 2 });
        Self { stages: stages.collect(), twice: true, skips: Skips::Concatenate, full_skip: false }
    }

    /// Checks every number; they may come from a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("autoencoder.stages", self.stages.len(), 1..=12)?;
        let halvings = self.stages.iter().filter(|stage| stage.halve).count();
        if SIDE >> halvings == 0 {
            return Err(ParameterError::TooManyHalvings { got: halvings, most: SIDE.ilog2() as usize }.into());
        }
        self.stages.iter().try_for_each(|stage| in_range("autoencoder.channels", stage.channels, 1..=2048))
    }

    /// A network of zeros, to be filled.
    pub fn init(&self, device: &Device) -> Autoencoder {
        let conv = |from, to, stride| {
            Conv2dConfig::new([from, to], [3, 3])
                .with_stride([stride, stride])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .with_initializer(Initializer::Zeros)
                .init(device)
        };
        // Channels before each stage: 3 for the image, then those of the stage before.
        let before = || std::iter::once(3).chain(self.stages.iter().map(|stage| stage.channels)).zip(&self.stages);
        let stride = |stage: &Stage| if stage.halve { 2 } else { 1 };
        let encoder = before().map(|(from, stage)| conv(from, stage.channels, stride(stage))).collect();
        let second = |stage: &Stage| conv(stage.channels, stage.channels, 1);
        let seconds = if self.twice { self.stages.iter().map(second).collect() } else { vec![] };
        let concatenate = self.skips == Skips::Concatenate;
        // What a concatenated skip brings comes in again with the next convolution of the decoder.
        let last = self.stages.len() - 1;
        let width = |i: usize, stage: &Stage| stage.channels * if concatenate && i < last { 2 } else { 1 };
        let decoder = before().enumerate().map(|(i, (from, stage))| conv(width(i, stage), from, 1));
        let mut decoder: Vec<Conv2d> = decoder.collect();
        decoder.reverse();
        let upsample =
            Interpolate2dConfig::new().with_scale_factor(Some([2.0, 2.0])).with_mode(InterpolateMode::Nearest).init();
        Autoencoder { encoder, seconds, decoder, upsample, concatenate, full_skip: self.full_skip }
    }

    /// A network with seeded initial weights, the same on every device.
    pub fn seeded(&self, rng: &mut Rng, device: &Device) -> Autoencoder {
        glorot(self.init(device), rng)
    }
}

/// The network; weights on one device.
#[derive(Module, Debug)]
pub struct Autoencoder {
    encoder: Vec<Conv2d>,
    seconds: Vec<Conv2d>,
    decoder: Vec<Conv2d>,
    upsample: Interpolate2d,
    concatenate: bool,
    full_skip: bool,
}

impl Autoencoder {
    /// N×3×32×32 images in [0, 1] to images of the same shape and range. Differentiable.
    pub fn forward(&self, images: Tensor<4>) -> Tensor<4> {
        let mut seen = Vec::with_capacity(self.encoder.len());
        let mut x = images.clone(); // [n, 3, 32, 32]
        for (stage, conv) in self.encoder.iter().enumerate() {
            seen.push(x);
            x = relu(forward::conv2d(conv, seen[stage].clone())); // [n, c, h/2, w/2] where it halves
            if let Some(second) = self.seconds.get(stage) {
                x = relu(forward::conv2d(second, x)); // [n, c, h/2, w/2]
            }
        }
        for (depth, (conv, strided)) in self.decoder.iter().zip(self.encoder.iter().rev()).enumerate() {
            if strided.stride[0] == 2 {
                x = self.upsample.forward(x); // [n, c, 2h, 2w]
            }
            x = forward::conv2d(conv, x);
            let skip = seen.pop().expect("one entry a stage");
            let left = self.decoder.len() - depth - 1;
            if left >= 1 {
                x = relu(x);
            }
            x = match (self.concatenate, left) {
                (true, 1..) => Tensor::cat(vec![x, skip], 1), // [n, 2c, h, w]
                (false, 2..) => x + skip,
                _ => x,
            };
        }
        if self.full_skip {
            // `x` is then a correction to the input.
            return (images + x).clamp(0.0, 1.0);
        }
        sigmoid(x) // [n, 3, 32, 32]
    }
}
