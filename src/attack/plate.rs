//! What lies on the plate of a drawn sign: where it may be, and what colours it has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::picture::{Picture, to_byte};
use crate::data::synth::TILE;
use crate::error::{ParameterError, Result};

/// Where a sticker may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Two bars.
    ///
    /// Above and below the middle.
    Bars,
    /// The rim of the plate.
    Rim,
    /// A square in the middle.
    Square,
    /// Four pieces.
    ///
    /// Around the middle, as on the stop sign of the paper.
    Pieces,
}

/// Which places of a drawing a sticker covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask(pub(super) Vec<bool>);

impl Mask {
    /// A shape on the plate of a drawing, as large as it may be.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if not one place fits.
    pub fn shape(shape: Shape, share: f32, tile: &[[f32; 4]]) -> Result<Self> {
        let plate = plate(tile);
        let most = (share * count(&plate) as f32) as usize;
        let rim = rim(&plate);
        // How far each place is from where the shape begins: it grows by one level after another.
        let levels: Vec<Option<u32>> = (0..TILE * TILE)
            .map(|i| {
                // From the middle, in half places.
                let [x, y] = [i % TILE, i / TILE].map(|at| (2 * at + 1) as i32 - TILE as i32);
                let level = match shape {
                    // With a gap between them, however large they are: over a stop sign's word they mislead most.
                    Shape::Bars => (x.abs() <= 30 && y.abs() >= 4).then(|| y.unsigned_abs() - 4)?,
                    Shape::Rim => rim[i],
                    Shape::Square => x.abs().max(y.abs()) as u32,
                    Shape::Pieces => (2 * (x.abs() - 24).abs()).max(3 * (y.abs() - 31).abs()) as u32,
                };
                plate[i].then_some(level)
            })
            .collect();
        // Of places that are equally far those nearest to the upright axis are first.
        let mut order: Vec<usize> = (0..levels.len()).filter(|i| levels[*i].is_some()).collect();
        order.sort_by_key(|&i| (levels[i], (2 * (i % TILE) + 1).abs_diff(TILE)));
        let mut places = vec![false; levels.len()];
        order.into_iter().take(most).for_each(|i| places[i] = true);
        Self::painted(places, tile)
    }

    /// What somebody has painted, as far as it is on the plate: one truth a place of the drawing, row by row.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if not one place is on the plate, or it is not of the drawing's size.
    pub fn painted(places: Vec<bool>, tile: &[[f32; 4]]) -> Result<Self> {
        let plate = plate(tile);
        let on_plate: Vec<bool> = places.iter().zip(&plate).map(|(wanted, there)| *wanted && *there).collect();
        if on_plate.len() != TILE * TILE || !on_plate.contains(&true) {
            return Err(ParameterError::StickerEmpty.into());
        }
        Ok(Self(on_plate))
    }

    /// Its part of the plate.
    pub fn share(&self, tile: &[[f32; 4]]) -> f64 {
        self.count() as f64 / count(&plate(tile)) as f64
    }

    /// How many places it has.
    pub fn count(&self) -> usize {
        count(&self.0)
    }

    /// One truth a place of the drawing, row by row.
    pub fn places(&self) -> &[bool] {
        &self.0
    }
}

fn count(places: &[bool]) -> usize {
    places.iter().filter(|there| **there).count()
}

/// Where a drawing is the sign itself: a sticker holds on nothing else.
fn plate(tile: &[[f32; 4]]) -> Vec<bool> {
    tile.iter().map(|[.., alpha]| *alpha > 0.999).collect()
}

/// Steps from each place of the plate to the nearest that is none, going straight and across.
fn rim(plate: &[bool]) -> Vec<u32> {
    let mut distance: Vec<u32> = plate.iter().map(|there| if *there { u32::MAX } else { 0 }).collect();
    let neighbours = |i: usize| {
        let (x, y) = (i % TILE, i / TILE);
        let inside = |dx: isize, dy: isize| {
            let (x, y) = (x.checked_add_signed(dx)?, y.checked_add_signed(dy)?);
            (x < TILE && y < TILE).then_some(y * TILE + x)
        };
        [(1, 0), (-1, 0), (0, 1), (0, -1)].map(move |(dx, dy)| inside(dx, dy))
    };
    for level in 0..TILE as u32 {
        for i in 0..plate.len() {
            let near = |at: Option<usize>| at.map_or(level == 0, |at| distance[at] == level);
            if distance[i] == u32::MAX && neighbours(i).into_iter().any(near) {
                distance[i] = level + 1;
            }
        }
    }
    distance
}

/// Colours on a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    mask: Mask,
    colours: Vec<[f32; 3]>,
}

impl Layer {
    /// Colours for every place of a mask, row by row.
    pub(super) fn new(mask: Mask, colours: Vec<[f32; 3]>) -> Self {
        assert_eq!(mask.count(), colours.len(), "a colour for every place");
        Self { mask, colours }
    }

    /// A shape in grey.
    ///
    /// # Errors
    /// As [`Mask::shape`].
    pub fn shape(shape: Shape, share: f32, tile: &[[f32; 4]]) -> Result<Self> {
        let mask = Mask::shape(shape, share, tile)?;
        let colours = vec![[0.5; 3]; mask.count()];
        Ok(Self { mask, colours })
    }

    /// What somebody has painted, as far as it is on the plate: RGBA bytes, row by row; what is more than half opaque counts.
    ///
    /// # Errors
    /// As [`Mask::painted`].
    pub fn painted(rgba: &[u8], tile: &[[f32; 4]]) -> Result<Self> {
        let (pixels, rest) = rgba.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(ParameterError::StickerEmpty.into());
        }
        let mask = Mask::painted(pixels.iter().map(|[.., alpha]| *alpha > 127).collect(), tile)?;
        let there = pixels.iter().zip(&mask.0).filter(|(_, there)| **there);
        let colours = there.map(|([r, g, b, _], _)| [*r, *g, *b].map(|byte| f32::from(byte) / 255.0)).collect();
        Ok(Self { mask, colours })
    }

    /// Where it is.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// One colour for every place of the mask, row by row.
    pub fn colours(&self) -> &[[f32; 3]] {
        &self.colours
    }

    /// The drawing of a sign with it: premultiplied RGBA.
    pub fn on(&self, tile: &[[f32; 4]]) -> Vec<[f32; 4]> {
        let mut tile = tile.to_vec();
        let places = tile.iter_mut().zip(&self.mask.0).filter(|(_, there)| **there);
        places.zip(&self.colours).for_each(|((place, _), [r, g, b])| *place = [*r, *g, *b, 1.0]);
        tile
    }

    /// It alone, transparent where it is not.
    pub fn picture(&self) -> Picture {
        let mut rgba = vec![0; 4 * TILE * TILE];
        let places = rgba.as_chunks_mut::<4>().0.iter_mut().zip(&self.mask.0).filter(|(_, there)| **there);
        places
            .zip(&self.colours)
            .for_each(|((place, _), [r, g, b])| *place = [to_byte(*r), to_byte(*g), to_byte(*b), 255]);
        Picture { width: TILE, height: TILE, rgba }
    }
}
