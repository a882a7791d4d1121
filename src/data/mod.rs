//! From bytes, or from nothing but a seed, to pixels.

pub mod archive;
pub mod augment;
pub mod batch;
pub mod classes;
pub mod composed;
pub mod crop;
pub mod dataset;
pub mod decode;
#[cfg(not(target_family = "wasm"))]
pub mod disk;
pub mod export;
pub mod files;
pub mod folder;
pub mod gtsrb;
pub mod loader;
pub mod names;
pub mod picture;
mod plan;
pub mod report;
pub mod resize;
pub mod shot;
pub mod source;
pub mod split;
pub mod synth;
pub mod tensors;

/// Side of the square images that the networks see, in pixels.
pub const SIDE: usize = 32;

/// Number of values in one image: 3 × 32 × 32, channel by channel, row by row.
pub const PIXELS: usize = 3 * SIDE * SIDE;
