//! From a photo to the 32 × 32 pixels that a network sees.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SIDE;
use super::picture::{self, Picture};
use crate::error::{Result, in_range};

/// Longest side of the preview that the page shows, in pixels.
const PREVIEW: u32 = 1024;

/// A square cut, in pixels of the decoded picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Region")]
pub struct Square {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width and height, at least 1.
    pub size: f32,
}

impl Square {
    /// The largest square in the middle of a picture.
    pub fn centred(image: &RgbImage) -> Self {
        let (width, height) = (image.width() as f32, image.height() as f32);
        let size = width.min(height);
        Self { x: ((width - size) / 2.0).floor(), y: ((height - size) / 2.0).floor(), size }
    }

    /// Cuts the square out of `image`, scales it to 32 × 32 (triangle filter, wide enough not to alias) and returns
    /// 3×32×32 values in [0, 1]. A square that reaches over the edge is moved and, if need be, shrunk to fit.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if a number is not finite or the size is below 1.
    pub fn cut(self, image: &RgbImage) -> Result<Vec<f32>> {
        in_range("crop.size", self.size, 1.0..=f32::MAX)?;
        in_range("crop.x", self.x, -f32::MAX..=f32::MAX)?;
        in_range("crop.y", self.y, -f32::MAX..=f32::MAX)?;
        let (width, height) = image.dimensions();
        // `as` saturates: no number can leave the picture.
        let size = (self.size.round() as u32).clamp(1, width.min(height));
        let x = (self.x.max(0.0).round() as u32).min(width - size);
        let y = (self.y.max(0.0).round() as u32).min(height - size);
        let cut = imageops::crop_imm(image, x, y, size, size).to_image();
        let side = SIDE as u32;
        let small = imageops::resize(&cut, side, side, FilterType::Triangle);
        Ok(picture::from_rgb(&small))
    }
}

/// The picture as the page shows it: at most 1024 pixels a side.
pub fn preview(image: &RgbImage) -> Picture {
    let longest = image.width().max(image.height());
    let shrunk;
    let shown = if longest > PREVIEW {
        let scale = |side: u32| (u64::from(side) * u64::from(PREVIEW) / u64::from(longest)).max(1) as u32;
        shrunk = imageops::resize(image, scale(image.width()), scale(image.height()), FilterType::Triangle);
        &shrunk
    } else {
        image
    };
    let rgba = shown.pixels().flat_map(|Rgb([r, g, b])| [*r, *g, *b, 255]).collect();
    Picture { width: shown.width() as usize, height: shown.height() as usize, rgba }
}
