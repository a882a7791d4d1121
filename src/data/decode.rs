//! Untrusted bytes to pixels, within limits (promises H1, H2): nothing that a user gives in may panic, hang or exhaust
//! memory.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage};

use crate::error::{Error, ImageError as Refused, Result, cause};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 20_000_000;
/// Largest width and height.
pub const MAX_SIDE: u32 = 8192;
/// Largest number of pixels.
pub const MAX_PIXELS: u64 = 16_700_000;
/// Most that a decoder may allocate, in bytes.
const MAX_ALLOCATION: u64 = 128 << 20;

/// Decodes a PNG, JPEG, PPM (PGM, PBM) or WebP picture, recognised by its content, upright as its EXIF data says.
/// Transparency is dropped.
///
/// # Errors
/// [`crate::error::ImageError`]: not a picture, another format, damaged, or beyond the limits.
pub fn decode(bytes: &[u8]) -> Result<RgbImage> {
    if bytes.is_empty() {
        return Err(Refused::PictureEmpty.into());
    }
    if bytes.len() > MAX_BYTES {
        let [megabytes, most] = [bytes.len(), MAX_BYTES].map(|bytes| bytes as f64 / 1e6);
        return Err(Refused::PictureFileTooLarge { megabytes, most }.into());
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(damaged)?;
    if reader.format().is_none() {
        return Err(Refused::NoPicture.into());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    // The header is read here, the pixels only after its figures have passed.
    let mut decoder = reader.into_decoder().map_err(|error| explain(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Refused::PictureWithoutPixels.into());
    }
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(Refused::PictureTooLarge { width, height, side: MAX_SIDE, pixels: MAX_PIXELS }.into());
    }
    let orientation = decoder.orientation().map_err(|error| explain(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| explain(&error))?;
    image.apply_orientation(orientation);
    Ok(image.into_rgb8())
}

fn explain(error: &ImageError) -> Error {
    match error {
        ImageError::Limits(_) => Refused::PictureBeyondDecoder { side: MAX_SIDE, pixels: MAX_PIXELS }.into(),
        ImageError::Unsupported(_) => Refused::PictureUnsupported.into(),
        other => damaged(other),
    }
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Refused::PictureDamaged { cause: cause(error) }.into()
}
