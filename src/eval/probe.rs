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
    /// Images whose gradient is zero everywhere, of how many.
    pub zero_gradients: (usize, usize),
    /// Whether each row is a probability distribution.
    pub probabilities: bool,
    /// Median difference of the two largest outputs.
    pub gap: f32,
    /// Largest difference between two passes over the same images.
    pub difference: f32,
}

/// Looks at what the attacker of a figure differentiates.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
pub async fn probe(view: &dyn Classifier, victims: &Victims) -> Result<Probe> {
    let gradient = loss::input_gradient(view, victims.images.clone(), |logits| victims.loss(logits).sum());
    let gradient = device::read(gradient).await?;
    let foretold = foretold(view, victims, &gradient).await?;
    let once = device::read(view.logits(victims.images.clone())).await?;
    let again = device::read(view.logits(victims.images.clone())).await?;
    let n = victims.len();
    let zero =
        gradient.chunks_exact(gradient.len() / n).filter(|image| image.iter().all(|value| *value == 0.0)).count();
    let rows = || once.chunks_exact(view.classes());
    let distribution = |row: &[f32]| {
        row.iter().all(|value| (0.0..=1.0).contains(value)) && (row.iter().sum::<f32>() - 1.0).abs() < 1e-3
    };
    let mut gaps: Vec<f32> = rows()
        .map(|row| {
            let mut sorted = row.to_vec();
            sorted.sort_by(|a, b| b.total_cmp(a));
            sorted[0] - sorted[1]
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    Ok(Probe {
        classes: view.classes(),
        foretold,
        zero_gradients: (zero, n),
        probabilities: rows().all(distribution),
        gap: gaps[gaps.len() / 2],
        difference: once.iter().zip(&again).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max),
    })
}

/// Length of the step of [`Probe::foretold`] in each value.
const SMALL: f32 = 1e-3;

/// See [`Probe::foretold`]: what an optimisation inside the model, or a gradient that was replaced, does not withstand.
async fn foretold(view: &dyn Classifier, victims: &Victims, gradient: &[f32]) -> Result<Option<f32>> {
    let direction = TensorData::new(gradient.to_vec(), victims.images.dims());
    let direction = Tensor::<4>::from_data(direction, &victims.images.device()).sign();
    // Not clipped to [0, 1]: this is about the function, not about pictures.
    let at = |step: f32| victims.loss(view.logits(victims.images.clone() + direction.clone().mul_scalar(step)));
    let [up, down] = device::read_array([at(SMALL), at(-SMALL)]).await?;
    let slopes = gradient.chunks_exact(gradient.len() / victims.len()).map(|image| image.iter().map(|g| g.abs()).sum());
    let mut shares: Vec<f32> = slopes
        .zip(up.iter().zip(&down))
        // Below this the difference is rounding.
        .filter(|(slope, _): &(f32, _)| *slope * SMALL > 1e-4)
        .map(|(slope, (up, down))| (up - down) / (2.0 * SMALL * slope))
        .collect();
    shares.sort_by(f32::total_cmp);
    Ok(shares.get(shares.len() / 2).copied())
}
