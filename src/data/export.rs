//! Images as they are saved: an adversarial example that only lives in 32-bit floats fools nobody.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};

use super::SIDE;
use super::picture::{self, Picture};

/// What is left of an image (3×32×32 values in [0, 1]) after it has been saved as JPEG and opened again.
pub fn through_jpeg(pixels: &[f32], quality: u8) -> Vec<f32> {
    let side = SIDE as u32;
    let rgb = Picture::of(pixels).rgba.chunks_exact(4).flat_map(|rgba| [rgba[0], rgba[1], rgba[2]]).collect();
    let image = RgbImage::from_raw(side, side, rgb).expect("as many bytes as pixels");
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).expect("memory takes any picture");
    let again = image::load(Cursor::new(bytes), ImageFormat::Jpeg).expect("just written").into_rgb8();
    picture::from_rgb(&again)
}
