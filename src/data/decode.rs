//! Untrusted bytes to pixels, within limits (promises H1, H2): nothing that a user gives in may panic, hang or exhaust
//! memory.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage};

use crate::error::{Error, ImageError as Refused, Result, cause};
use crate::kind::FileKind;

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 64_000_000;
/// Largest width and height.
pub const MAX_SIDE: u32 = 32_768;
/// Largest number of pixels: phones have 50 million.
pub const MAX_PIXELS: u64 = 55_000_000;
/// Most bytes of the decoded pixels: as many as those have in 8 bits and three colours.
const MAX_ALLOCATION: u64 = 160 << 20;
/// A picture of more pixels is halved at once, and again, before anything else is done with it: all that is wanted of it are 32 × 32.
const ENOUGH: u64 = 16_700_000;

/// Decodes a PNG, JPEG, PPM (PGM, PBM) or WebP picture, recognised by its content, as every viewer shows it: upright as its EXIF data says,
/// over white where it is transparent. One of more than 16.7 million pixels comes out at half its width and height, or a quarter.
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
    match FileKind::of(bytes, "") {
        None | Some(FileKind::Picture) => {}
        Some(kind) => return Err(Refused::PictureIs { kind }.into()),
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
    if decoder.total_bytes() > MAX_ALLOCATION {
        return Err(beyond());
    }
    let orientation = decoder.orientation().map_err(|error| explain(&error))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|error| explain(&error))?;
    let mut image = over_white(image);
    while u64::from(image.width()) * u64::from(image.height()) > ENOUGH {
        image = halved(image);
    }
    let mut image = DynamicImage::ImageRgb8(image);
    image.apply_orientation(orientation);
    Ok(image.into_rgb8())
}

/// Colours as they look on white paper. What a transparent pixel hides is nobody's business.
fn over_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let (width, height) = (image.width(), image.height());
    let mut values = image.into_rgba8().into_raw();
    // Three of four bytes stay, in the memory that is there.
    for i in 0..values.len() / 4 {
        let alpha = u32::from(values[4 * i + 3]);
        for channel in 0..3 {
            let value = u32::from(values[4 * i + channel]);
            values[3 * i + channel] = ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    values.truncate(values.len() / 4 * 3);
    RgbImage::from_raw(width, height, values).expect("three values a pixel")
}

/// Half the width and height, each pixel the mean of four, in the memory that is there.
fn halved(image: RgbImage) -> RgbImage {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (columns, rows) = ((width / 2).max(1), (height / 2).max(1));
    let mut values = image.into_raw();
    for y in 0..rows {
        for x in 0..columns {
            let (left, upper) = (2 * x, 2 * y);
            let (right, lower) = ((left + 1).min(width - 1), (upper + 1).min(height - 1));
            for channel in 0..3 {
                let at = |x: usize, y: usize| u32::from(values[(y * width + x) * 3 + channel]);
                let sum = at(left, upper) + at(right, upper) + at(left, lower) + at(right, lower);
                values[(y * columns + x) * 3 + channel] = ((sum + 2) / 4) as u8;
            }
        }
    }
    values.truncate(columns * rows * 3);
    values.shrink_to_fit();
    RgbImage::from_raw(columns as u32, rows as u32, values).expect("three values a pixel")
}

fn beyond() -> Error {
    Refused::PictureBeyondDecoder { side: MAX_SIDE, pixels: MAX_PIXELS }.into()
}

fn explain(error: &ImageError) -> Error {
    match error {
        ImageError::Limits(_) => beyond(),
        ImageError::Unsupported(_) => Refused::PictureUnsupported.into(),
        other => damaged(other),
    }
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Refused::PictureDamaged { cause: cause(error) }.into()
}
