//! A part of a picture at the size that the networks see.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};

use super::SIDE;

/// A rectangle in pixels, within a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// At least 1.
    pub width: u32,
    /// At least 1.
    pub height: u32,
}

/// A region as 3×32×32 bytes, channel by channel, row by row. One that is no square is stretched to one.
///
/// The filter is Catmull & Rom's cubic, as wide as it must be not to alias. Most signs of GTSRB have nearly 32 pixels:
/// there the triangle filter blurs by up to a pixel, this one does not.
///
/// # Panics
/// If the region reaches out of the picture, or is empty.
pub fn to_network(image: &RgbImage, region: Region) -> Vec<u8> {
    let Region { x, y, width, height } = region;
    assert!(width > 0 && height > 0 && x + width <= image.width() && y + height <= image.height(), "{region:?}");
    let cut = imageops::crop_imm(image, x, y, width, height).to_image();
    let small = imageops::resize(&cut, SIDE as u32, SIDE as u32, FilterType::CatmullRom);
    (0..3).flat_map(|channel| small.pixels().map(move |Rgb(rgb)| rgb[channel])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::PIXELS;

    #[test]
    fn a_region_keeps_its_place_its_channels_and_its_edges() {
        // Red left, blue right, a white row above; the region leaves out a frame of green.
        let image = RgbImage::from_fn(50, 40, |x, y| match (x, y) {
            (0..5 | 45.., _) | (_, 0..5 | 35..) => Rgb([0, 255, 0]),
            (_, 5..10) => Rgb([255, 255, 255]),
            (..25, _) => Rgb([255, 0, 0]),
            _ => Rgb([0, 0, 255]),
        });
        let pixels = to_network(&image, Region { x: 5, y: 5, width: 40, height: 30 });
        assert_eq!(pixels.len(), PIXELS);
        let at = |x: usize, y: usize| [0, 1, 2].map(|channel| pixels[channel * SIDE * SIDE + y * SIDE + x]);
        assert_eq!((at(0, 0), at(31, 0)), ([255; 3], [255; 3]));
        assert_eq!((at(0, 31), at(31, 31)), ([255, 0, 0], [0, 0, 255]));
        assert_eq!((at(14, 20), at(17, 20)), ([255, 0, 0], [0, 0, 255]));
    }

    #[test]
    fn thirty_two_pixels_stay_as_they_are() {
        let image = RgbImage::from_fn(40, 40, |x, y| Rgb([(x * 6) as u8, (y * 6) as u8, (x * y) as u8]));
        let pixels = to_network(&image, Region { x: 3, y: 4, width: 32, height: 32 });
        assert_eq!(pixels[..2], [18, 24]);
        assert_eq!(pixels[SIDE * SIDE + SIDE], 30);
    }
}
