//! Samples to tensors.

use burn::tensor::{Device, Tensor, TensorData};

use super::{PIXELS, SIDE};

/// One labelled image.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// [`PIXELS`] values in [0, 1], channel by channel.
    pub pixels: Vec<f32>,
    /// Class.
    pub label: usize,
}

/// N×3×32×32 images of the samples.
pub fn images(samples: &[Sample], device: &Device) -> Tensor<4> {
    let mut pixels = Vec::with_capacity(samples.len() * PIXELS);
    samples.iter().for_each(|sample| pixels.extend_from_slice(&sample.pixels));
    from_pixels(pixels, device)
}

/// N×3×32×32 images from consecutive pixels.
pub fn from_pixels(pixels: Vec<f32>, device: &Device) -> Tensor<4> {
    let n = pixels.len() / PIXELS;
    Tensor::from_data(TensorData::new(pixels, [n, 3, SIDE, SIDE]), device)
}

/// Labels of the samples.
pub fn labels(samples: &[Sample]) -> Vec<usize> {
    samples.iter().map(|sample| sample.label).collect()
}
