//! The losses, and the gradient that attacks follow.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Bool, Int, Tensor};

use super::Classifier;
use crate::device;
use crate::error::Result;
use crate::tensors;

/// Cross-entropy of N×K logits with N×K one-hot labels, summed over the batch, so that the gradient for one image does
/// not depend on its neighbours.
pub fn cross_entropy_sum(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<1> {
    -(log_softmax(logits, 1) * one_hot).sum()
}

/// Cross-entropy of each row, N×1.
pub fn cross_entropy(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<2> {
    -(log_softmax(logits, 1) * one_hot).sum_dim(1)
}

/// −log of the probability that any of the marked classes has, N×1; for one class the cross-entropy.
pub fn cross_entropy_of_any(logits: Tensor<2>, is_marked: Tensor<2, Bool>) -> Tensor<2> {
    let log = log_softmax(logits, 1).mask_fill(is_marked.bool_not(), f32::MIN);
    let largest = log.clone().detach().max_dim(1); // [n, 1]
    -((log - largest.clone()).exp().sum_dim(1).log() + largest)
}

/// KL(p ‖ q), summed over the batch, of the softmax of N×K logits.
pub fn kl_divergence_sum(p: Tensor<2>, q: Tensor<2>) -> Tensor<1> {
    let (log_p, log_q) = (log_softmax(p, 1), log_softmax(q, 1));
    (log_p.clone().exp() * (log_p - log_q)).sum()
}

/// Difference of logits ratio, N×1: −(Z_y − max_{i≠y} Z_i) / (Z_π1 − Z_π3), π the order of the logits, largest first
/// (Croce & Hein 2020, equation 6). Does not change when the logits are scaled. Needs three classes, of which those that are marked
/// together (a label and the refusal of a detector) count as one: were both ranked, π1 and π2, then the best other class would be π3,
/// and the ratio −1 everywhere.
pub fn dlr(logits: Tensor<2>, is_label: Tensor<2, Bool>) -> Tensor<2> {
    let [first, _, third, _] = four_largest(as_one(logits.clone(), is_label.clone()));
    margin(logits, is_label).neg() / (first - third).add_scalar(TINY)
}

/// The targeted form, N×1: −(Z_y − Z_t) / (Z_π1 − (Z_π3 + Z_π4) / 2) (equation 7). Needs four classes, those that are marked together
/// being one. Z_y is the largest of them: only so does the loss not change when all logits are shifted.
pub fn dlr_targeted(logits: Tensor<2>, is_label: Tensor<2, Bool>, is_target: Tensor<2, Bool>) -> Tensor<2> {
    let [first, _, third, fourth] = four_largest(as_one(logits.clone(), is_label.clone()));
    let of = |mask: Tensor<2, Bool>| logits.clone().mask_fill(mask.bool_not(), f32::MIN).max_dim(1); // [n, 1]
    (of(is_target) - of(is_label)) / (first - (third + fourth).mul_scalar(0.5)).add_scalar(TINY)
}

/// Keeps the quotients above finite for logits that are all alike.
const TINY: f32 = 1e-12;

/// N×K logits in which the marked classes are one: of each row the largest of them stays (of equals the first), the others become the
/// lowest finite number.
fn as_one(logits: Tensor<2>, is_marked: Tensor<2, Bool>) -> Tensor<2> {
    let plain = logits.clone().detach().without_autodiff();
    let numbers = numbers(&plain);
    let place = plain.mask_fill(is_marked.clone().bool_not(), f32::MIN).argmax(1); // [n, 1]
    logits.mask_fill(is_marked.bool_and(numbers.not_equal(place)), f32::MIN)
}

/// 0, 1, … K − 1 for N×K logits, as a row.
fn numbers(logits: &Tensor<2>) -> Tensor<2, Int> {
    let [_, classes] = logits.dims();
    Tensor::<1, Int>::arange(0..classes as i64, &logits.device()).unsqueeze::<2>() // [1, k]
}

/// The four largest logits of each row, N×1 each; the device's own sorting reads back. Below four classes the last ones
/// repeat the lowest finite number.
fn four_largest(logits: Tensor<2>) -> [Tensor<2>; 4] {
    let numbers = numbers(&logits);
    let mut rest = logits;
    std::array::from_fn(|_| {
        let place = rest.clone().argmax(1); // [n, 1]
        let largest = rest.clone().gather(1, place.clone());
        let here = numbers.clone().equal(place); // [n, k]
        rest = rest.clone().mask_fill(here, f32::MIN);
        largest
    })
}

/// Mean squared error over all pixels of the batch.
pub fn mean_squared(output: Tensor<4>, target: Tensor<4>) -> Tensor<1> {
    (output - target).square().mean()
}

/// How far the class of each row is ahead of the best other one: Z_y − max_{i≠y} Z_i, N×1. Negative: another class wins.
///
/// `is_label` marks the class of each row (or several, of which the best counts). It is masked out with the lowest finite
/// number, not by multiplication with zero, which would let it win among negative logits; WGSL has no literal for −∞.
pub fn margin(logits: Tensor<2>, is_label: Tensor<2, Bool>) -> Tensor<2> {
    let label = logits.clone().mask_fill(is_label.clone().bool_not(), f32::MIN).max_dim(1); // [n, 1]
    let other = logits.mask_fill(is_label, f32::MIN).max_dim(1); // [n, 1]
    label - other
}

/// Number of rows whose largest logit is that of the label, as a tensor: nothing is read back. N×K logits, N×K one-hot.
pub fn count_right(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<1> {
    margin(logits, one_hot.greater_elem(0.5)).greater_elem(0.0).float().sum()
}

/// ∇ₓ of a scalar function of the logits, N×3×H×W, detached. Only the images require a gradient; the weights are
/// constants and cost nothing. What is no number (NaN) is 0: no attack moves along it.
pub fn input_gradient(
    model: &dyn Classifier,
    images: Tensor<4>,
    loss: impl FnOnce(Tensor<2>) -> Tensor<1>,
) -> Tensor<4> {
    let images = images.detach().autodiff().require_grad();
    let mut gradients = loss(model.logits(images.clone())).backward();
    let gradient = images.grad_remove(&mut gradients).expect("the loss depends on the images");
    let is_nan = gradient.clone().is_nan();
    gradient.mask_fill(is_nan, 0.0)
}

/// Rows of one pass of [`jacobian`].
const JACOBIAN_ROWS: usize = 512;

/// Logits, N×K, and the gradient of every logit with respect to its image, N×K×3·H·W, both read back. Each image goes in
/// once for every class, so that one pass backwards gives many gradients.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
pub async fn jacobian(model: &dyn Classifier, images: Tensor<4>) -> Result<(Vec<f32>, Vec<f32>)> {
    let ([n, ..], classes, device) = (images.dims(), model.classes(), images.device());
    let logits = device::read(model.logits(images.clone())).await?;
    let mut gradients = Vec::new();
    let rows: Vec<usize> = (0..n * classes).collect();
    for rows in rows.chunks(JACOBIAN_ROWS) {
        let copies = tensors::select(&images, &rows.iter().map(|row| row / classes).collect::<Vec<_>>());
        let about: Vec<usize> = rows.iter().map(|row| row % classes).collect();
        let one_hot = tensors::one_hot(&about, classes, &device);
        gradients.extend(device::read(input_gradient(model, copies, |logits| (logits * one_hot).sum())).await?);
    }
    Ok((logits, gradients))
}
