//! One image for people: bytes for a canvas, and what saving it does to its values.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sign_kernels::drawing;

use super::SIDE;

/// An image as the page paints it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `4 · width · height` bytes, row by row; alpha is 255.
    #[serde(with = "serde_bytes")]
    #[schemars(with = "Vec<u8>", extend("x-bytes" = true))]
    pub rgba: Vec<u8>,
}

impl Picture {
    /// One 3×32×32 image, values in [0, 1], as bytes for a canvas.
    pub fn of(pixels: &[f32]) -> Self {
        let plane = SIDE * SIDE;
        let rgba = (0..plane)
            .flat_map(|i| [to_byte(pixels[i]), to_byte(pixels[plane + i]), to_byte(pixels[2 * plane + i]), 255])
            .collect();
        Self { width: SIDE, height: SIDE, rgba }
    }
}

/// Rounds to the values that 8 bits per channel can hold, as any saved picture does.
pub fn round_to_8bit(pixels: &[f32]) -> Vec<f32> {
    let mut rounded = pixels.to_vec();
    drawing::round(&mut rounded);
    rounded
}

/// 3×H×W values in [0, 1] of a picture.
pub fn from_rgb(image: &image::RgbImage) -> Vec<f32> {
    (0..3).flat_map(|channel| image.pixels().map(move |rgb| f32::from(rgb.0[channel]) / 255.0)).collect()
}

/// As 8 bits hold a value in [0, 1].
pub(crate) fn to_byte(value: f32) -> u8 {
    // `as` saturates, and takes NaN to 0.
    (value * 255.0 + 0.5) as u8
}
