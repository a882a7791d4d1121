//! Samples to tensors and back.

use burn::tensor::{Device, Int, Tensor, TensorData};
use serde::{Deserialize, Serialize};

use super::{PIXELS, SIDE};

/// One labelled image.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// [`PIXELS`] values in [0, 1], channel by channel.
    pub pixels: Vec<f32>,
    /// Class.
    pub label: usize,
}

/// An image as the page paints it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `4 · width · height` bytes, row by row; alpha is 255.
    #[serde(with = "serde_bytes")]
    pub rgba: Vec<u8>,
}

/// N×3×32×32 images of the samples.
pub fn images(samples: &[Sample], device: &Device) -> Tensor<4> {
    from_pixels(samples.iter().flat_map(|sample| &sample.pixels).copied().collect(), device)
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

/// N×K: 1 at each label, else 0. Made on the host: the device's own `one_hot` reads back.
pub fn one_hot(labels: &[usize], classes: usize, device: &Device) -> Tensor<2> {
    let mut values = vec![0.0f32; labels.len() * classes];
    for (row, &label) in labels.iter().enumerate() {
        values[row * classes + label] = 1.0;
    }
    Tensor::from_data(TensorData::new(values, [labels.len(), classes]), device)
}

/// Some images of a batch.
pub fn select(images: &Tensor<4>, which: &[usize]) -> Tensor<4> {
    let numbers: Vec<i32> = which.iter().map(|&i| i as i32).collect();
    let indices = Tensor::<1, Int>::from_data(TensorData::new(numbers, [which.len()]), &images.device());
    images.clone().select(0, indices)
}

/// Puts images back where [`select`] took them from.
pub fn put_back(images: &mut Tensor<4>, which: &[usize], some: &Tensor<4>) {
    let [_, c, h, w] = images.dims();
    for (from, &to) in which.iter().enumerate() {
        let one = some.clone().slice([from..from + 1, 0..c, 0..h, 0..w]);
        *images = images.clone().slice_assign([to..to + 1, 0..c, 0..h, 0..w], one);
    }
}

/// Rounds to the values that 8 bits per channel can hold, as any saved picture does.
pub fn round_to_8bit(pixels: &[f32]) -> Vec<f32> {
    pixels.iter().map(|&value| f32::from(to_byte(value)) / 255.0).collect()
}

/// One image as bytes for a canvas.
pub fn picture(pixels: &[f32]) -> Picture {
    let plane = SIDE * SIDE;
    let rgba = (0..plane)
        .flat_map(|i| [to_byte(pixels[i]), to_byte(pixels[plane + i]), to_byte(pixels[2 * plane + i]), 255])
        .collect();
    Picture { width: SIDE, height: SIDE, rgba }
}

/// 3×H×W values in [0, 1] of a picture.
pub fn from_rgb(image: &image::RgbImage) -> Vec<f32> {
    (0..3).flat_map(|channel| image.pixels().map(move |rgb| f32::from(rgb.0[channel]) / 255.0)).collect()
}

fn to_byte(value: f32) -> u8 {
    // `as` saturates, and takes NaN to 0.
    (value * 255.0 + 0.5) as u8
}
