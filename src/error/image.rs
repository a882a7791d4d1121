//! What can be wrong with a picture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::FileKind;

/// Bytes that are no picture we can use.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ImageError {
    /// There are no bytes.
    #[error("The file is empty.")]
    PictureEmpty,
    /// The file is beyond the limit.
    #[error("The file is {megabytes:.1} MB; the limit is {most} MB. Save a smaller copy.")]
    PictureFileTooLarge {
        /// Its size.
        megabytes: f64,
        /// The largest that is opened.
        most: f64,
    },
    /// Another format, or none.
    #[error("This is not a picture we can open. PNG, JPEG, PPM and WebP work.")]
    NoPicture,
    /// Another kind of picture, or another file altogether.
    #[error("{kind}")]
    PictureIs {
        /// What it is.
        kind: FileKind,
    },
    /// A known format in a form that is not read.
    #[error("This kind of picture is not supported. PNG, JPEG, PPM and WebP work.")]
    PictureUnsupported,
    /// Width or height is 0.
    #[error("The picture has no pixels.")]
    PictureWithoutPixels,
    /// The decoder gave up.
    #[error("The picture is damaged or truncated ({cause}). Try another copy of it.")]
    PictureDamaged {
        /// The decoder's words.
        cause: String,
    },
    /// Too many pixels.
    #[error(
        "The picture is too large: {width} × {height} pixels. At most {side} pixels a side and {} million in all can be opened. \
         Save it smaller.",
        *pixels as f64 / 1e6
    )]
    PictureTooLarge {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// The longest side that is opened.
        side: u32,
        /// The most pixels that are opened.
        pixels: u64,
    },
    /// The decoder would need more memory than it may have.
    #[error(
        "The picture is too large: more than can be decoded here. At most {side} pixels a side and {} million in all can be \
         opened. Save it smaller.",
        *pixels as f64 / 1e6
    )]
    PictureBeyondDecoder {
        /// The longest side that is opened.
        side: u32,
        /// The most pixels that are opened.
        pixels: u64,
    },
}
