//! What can be seen of a model without attacking it: gradients, logits, whether two passes agree.

use burn::tensor::{Tensor, TensorData};

use crate::attack::victims::Victims;
use crate::device;
use crate::error::Result;
use crate::model::{Classifier, loss};

/// What can be seen of a model without an attack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    /// Number of classes, without a refusal: chance is one in so many.
    pub classes: usize,
    /// What a small step along the gradient's sign does to the loss, as a share of what the gradient foretells; the median. None where
    /// the gradient is zero or is not meant to be the derivative (BPDA).
    pub foretold: Option<f32>,
    /// Images whose gradient is zero everywhere, of how many; all that the figure is of.
    pub zero_gradients: (usize, usize),
    /// Whether each row is a probability distribution.
    pub probabilities: bool,
    /// Median difference of the two largest outputs.
    pub gap: f32,
    /// Largest difference between [`PASSES`] passes over the same images.
    pub difference: f32,
}

/// Passes over the same images, as many as AutoAttack's authors make.
pub const PASSES: usize = 5;

/// Looks at a model on batches of images, one at least.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
pub async fn probe(view: &dyn Classifier, batches: impl Iterator<Item = Victims>) -> Result<Probe> {
    let (mut shares, mut gaps) = (vec![], vec![]);
    let (mut zero, mut n, mut probabilities, mut difference) = (0, 0, true, 0.0f32);
    for victims in batches {
        let gradient = loss::input_gradient(view, victims.images.clone(), |logits| victims.loss(logits).sum());
        let gradient = device::read(gradient).await?;
        shares.extend(foretold(view, &victims, &gradient).await?);
        let once = device::read(view.logits(victims.images.clone())).await?;
        for _ in 1..PASSES {
            let again = device::read(view.logits(victims.images.clone())).await?;
            difference = once.iter().zip(&again).map(|(a, b)| (a - b).abs()).fold(difference, f32::max);
        }
        let images = gradient.chunks_exact(gradient.len() / victims.len());
        zero += images.filter(|image| image.iter().all(|value| *value == 0.0)).count();
        n += victims.len();
        for row in once.chunks_exact(view.classes()) {
            let within = row.iter().all(|value| (0.0..=1.0).contains(value));
            probabilities &= within && (row.iter().sum::<f32>() - 1.0).abs() < 1e-3;
            let mut sorted = row.to_vec();
            sorted.sort_by(|a, b| b.total_cmp(a));
            gaps.push(sorted[0] - sorted[1]);
        }
    }
    shares.sort_by(f32::total_cmp);
    gaps.sort_by(f32::total_cmp);
    Ok(Probe {
        classes: view.classes(),
        foretold: shares.get(shares.len() / 2).copied(),
        zero_gradients: (zero, n),
        probabilities,
        gap: gaps[gaps.len() / 2],
        difference,
    })
}

/// Length of the step of [`Probe::foretold`] in each value.
const SMALL: f32 = 1e-3;

/// See [`Probe::foretold`], of each image: what an optimisation inside the model, or a gradient that was replaced, does not withstand.
async fn foretold(view: &dyn Classifier, victims: &Victims, gradient: &[f32]) -> Result<Vec<f32>> {
    let direction = TensorData::new(gradient.to_vec(), victims.images.dims());
    let direction = Tensor::<4>::from_data(direction, &victims.images.device()).sign();
    // Not clipped to [0, 1]: this is about the function, not about pictures.
    let at = |step: f32| victims.loss(view.logits(victims.images.clone() + direction.clone().mul_scalar(step)));
    let [up, down] = device::read_array([at(SMALL), at(-SMALL)]).await?;
    let slopes = gradient.chunks_exact(gradient.len() / victims.len()).map(|image| image.iter().map(|g| g.abs()).sum());
    Ok(slopes
        .zip(up.iter().zip(&down))
        // Below this the difference is rounding.
        .filter(|(slope, _): &(f32, _)| *slope * SMALL > 1e-4)
        .map(|(slope, (up, down))| (up - down) / (2.0 * SMALL * slope))
        .collect())
}
