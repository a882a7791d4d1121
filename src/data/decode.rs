//! Untrusted bytes to pixels, within limits (promises H1, H2): nothing that a user gives in may panic, hang or exhaust
//! memory.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage};

use crate::error::{Error, ErrorKind, Result};

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
/// [`ErrorKind::Image`] with a sentence for the user: not a picture, another format, damaged, or beyond the limits.
pub fn decode(bytes: &[u8]) -> Result<RgbImage> {
    if bytes.is_empty() {
        return Err(refuse("The file is empty."));
    }
    if bytes.len() > MAX_BYTES {
        let megabytes = bytes.len() as f64 / 1e6;
        return Err(refuse(format!("The file has {megabytes:.1} MB; at most 20 MB can be opened. Save it smaller.")));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| damaged(&error))?;
    if reader.format().is_none() {
        return Err(refuse("This is not a picture we can open. PNG, JPEG, PPM and WebP work."));
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
        return Err(refuse("The picture has no pixels."));
    }
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(too_large(format!("{width} × {height} pixels")));
    }
    let orientation = decoder.orientation().map_err(|error| explain(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| explain(&error))?;
    image.apply_orientation(orientation);
    Ok(image.into_rgb8())
}

fn explain(error: &ImageError) -> Error {
    match error {
        ImageError::Limits(_) => too_large("more than can be decoded here".into()),
        ImageError::Unsupported(_) => refuse("This kind of picture is not supported. PNG, JPEG, PPM and WebP work."),
        other => damaged(other),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Error {
    // The decoder's own words may quote the file: kept short.
    let detail: String = error.to_string().chars().filter(|c| !c.is_control()).take(160).collect();
    refuse(format!("The picture is damaged or cut off ({detail}). Try another copy of it."))
}

fn too_large(size: String) -> Error {
    refuse(format!(
        "The picture is too large: {size}. At most {MAX_SIDE} pixels a side and 16.7 million in all can be opened. Save it smaller."
    ))
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Image, message)
}
