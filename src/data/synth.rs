//! Signs drawn for this project, seen as a camera might see them: endless labelled images from a seed.
//!
//! Image `i` of a split is a pure function of (seed, split, i) and of the drawings in `data/signs`: the same on every
//! machine and device. All arithmetic is IEEE 754 addition, multiplication, division and square root, or `libm`.
//!
//! The drawings are here, the camera is in [`super::shot`].

use std::io::Cursor;
use std::ops::Range;

use super::batch::Sample;
use super::classes;
use super::shot::{Conditions, Scene, Shot};
use super::split::Split;
use crate::rng::Rng;

pub use super::shot::TILE;

/// Drawings beside one another in the atlas.
pub const ATLAS_COLUMNS: usize = 8;

/// The drawings of `data/signs`, 64 × 64 each, eight in a row. `tests/signs.rs` makes it and checks that it is fresh.
const ATLAS: &[u8] = include_bytes!("../../data/atlas.png");

/// The generator.
#[derive(Clone, Debug)]
pub struct Synth {
    /// Premultiplied RGBA in [0, 1], tile by tile, row by row.
    tiles: Vec<[f32; 4]>,
}

impl Default for Synth {
    fn default() -> Self {
        Self::new()
    }
}

impl Synth {
    /// Unpacks the drawings.
    pub fn new() -> Self {
        let mut decoder = image::ImageReader::new(Cursor::new(ATLAS));
        decoder.set_format(image::ImageFormat::Png);
        let atlas = decoder.decode().expect("the atlas is part of the program").into_rgba8();
        let mut tiles = Vec::with_capacity(classes::COUNT * TILE * TILE);
        for class in 0..classes::COUNT {
            let (left, top) = (class % ATLAS_COLUMNS * TILE, class / ATLAS_COLUMNS * TILE);
            for y in top..top + TILE {
                for x in left..left + TILE {
                    let [r, g, b, a] = atlas.get_pixel(x as u32, y as u32).0.map(|v| f32::from(v) / 255.0);
                    tiles.push([r * a, g * a, b * a, a]);
                }
            }
        }
        Self { tiles }
    }

    /// Images `range` of a split, in fair conditions.
    pub fn batch(&self, seed: u32, split: Split, range: Range<u64>) -> Vec<Sample> {
        range.map(|index| self.sample(&Conditions::FAIR, seed, split, index)).collect()
    }

    /// Image `index` of a split.
    pub fn sample(&self, conditions: &Conditions, seed: u32, split: Split, index: u64) -> Sample {
        let (shot, label) = shot(conditions, seed, split, index);
        Sample { pixels: shot.picture(self.tile(label)), label }
    }

    /// A picture of `class` for the page, and how the sign hangs there: number `seed` of that class.
    pub fn subject(&self, class: usize, seed: u32) -> (Sample, Scene) {
        let (shot, label) = shot(&Conditions::FAIR, seed, Split::Subject, class as u64);
        (Sample { pixels: shot.picture(self.tile(label)), label }, shot.scene())
    }

    /// The drawing of a class: premultiplied RGBA in [0, 1], [`TILE`] × [`TILE`].
    pub fn tile(&self, class: usize) -> &[[f32; 4]] {
        &self.tiles[class * TILE * TILE..(class + 1) * TILE * TILE]
    }
}

/// Image `index` of a split before it is drawn, and its class.
fn shot(conditions: &Conditions, seed: u32, split: Split, index: u64) -> (Shot, usize) {
    let mut rng = Rng::stream(u64::from(seed) << 2 | split as u64, index);
    let label = match split {
        Split::Train => rng.below(classes::COUNT),
        Split::Validation | Split::Subject | Split::Test => (index % classes::COUNT as u64) as usize,
    };
    (Shot::random(conditions, &mut rng), label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::PIXELS;

    /// Brightness of each picture, and its contrast.
    fn light_of(conditions: &Conditions) -> (Vec<f32>, Vec<f32>) {
        let synth = Synth::new();
        let one = |i| {
            let pixels = synth.sample(conditions, 1, Split::Train, i).pixels;
            let mean = pixels.iter().sum::<f32>() / PIXELS as f32;
            let variance = pixels.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / PIXELS as f32;
            (mean, variance.sqrt())
        };
        (0..430).map(one).unzip()
    }

    fn quantile(mut values: Vec<f32>, part: f32) -> f32 {
        values.sort_by(f32::total_cmp);
        values[(part * (values.len() - 1) as f32) as usize]
    }

    #[test]
    fn harsh_light_is_darker_brighter_and_of_more_contrast() {
        let (fair, harsh) = (light_of(&Conditions::FAIR), light_of(&Conditions::HARSH));
        assert!(quantile(harsh.0.clone(), 0.1) < quantile(fair.0.clone(), 0.1));
        assert!(quantile(harsh.0, 0.9) > quantile(fair.0, 0.9));
        assert!(quantile(harsh.1, 0.9) > 1.2 * quantile(fair.1, 0.9));
    }
}
