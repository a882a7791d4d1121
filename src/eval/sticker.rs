//! What a sticker does to a model, on views that it was not made on.

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attack::Goal;
use crate::attack::sticker::{Colours, Mask, random_colours, stuck, view};
use crate::data::batch;
use crate::data::shot::Shot;
use crate::data::split::Split;
use crate::device;
use crate::error::Result;
use crate::metrics::{Proportion, answer};
use crate::model::Classifier;

/// Views in one pass.
const CHUNK: usize = 64;

/// What came of a sticker. A view in which the sign is misread without a sticker says nothing of it: such are counted apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StickerFigures {
    /// Fresh views in which the clean sign is read right, of all.
    pub clean: Proportion,
    /// Of those: in how many the goal is reached.
    pub reached: Proportion,
    /// The same with random colours on the same places.
    pub control: Proportion,
    /// Of all fresh views, those that are misread clean included.
    pub of_all: Proportion,
    /// Part of the plate that is covered.
    pub share: f64,
}

/// Looks at `n` fresh views of a sign, clean, with a sticker and with a random one.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
#[allow(clippy::too_many_arguments, reason = "each is another thing")]
pub async fn judge(
    model: &dyn Classifier,
    tile: &[[f32; 4]],
    mask: &Mask,
    colours: &[[f32; 3]],
    kind: Colours,
    (label, goal): (usize, Goal),
    (seed, n): (u32, usize),
    device: &Device,
) -> Result<StickerFigures> {
    let tiles = [tile.to_vec(), stuck(tile, mask, colours), stuck(tile, mask, &random_colours(mask, kind, seed))];
    let (mut right, mut reached, mut control, mut of_all) = (0, 0, 0, 0);
    for first in (0..n).step_by(CHUNK) {
        let shots: Vec<Shot> = (first..n.min(first + CHUNK)).map(|i| view(seed, Split::Test, i as u64)).collect();
        let logits = tiles.iter().map(|tile| {
            let pixels = shots.iter().flat_map(|shot| shot.picture(tile)).collect();
            model.logits(batch::from_pixels(pixels, device))
        });
        let read = device::read_all(logits.collect::<Vec<_>>()).await?;
        let answers = |logits: &[f32]| logits.chunks_exact(model.classes()).map(answer).collect::<Vec<usize>>();
        let [clean, with, random] = &read[..] else { unreachable!("as many come back as were sent") };
        for ((clean, with), random) in answers(clean).into_iter().zip(answers(with)).zip(answers(random)) {
            let is_right = clean == label;
            right += usize::from(is_right);
            reached += usize::from(is_right && goal.reached(label, with));
            control += usize::from(is_right && goal.reached(label, random));
            of_all += usize::from(goal.reached(label, with));
        }
    }
    Ok(StickerFigures {
        clean: Proportion::new(right, n),
        reached: Proportion::new(reached, right),
        control: Proportion::new(control, right),
        of_all: Proportion::new(of_all, n),
        share: mask.share(tile),
    })
}
