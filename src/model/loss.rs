//! The losses, and the gradient that attacks follow.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Bool, Tensor};

use super::Classifier;

/// Cross-entropy of N×K logits with N×K one-hot labels, summed over the batch, so that the gradient for one image does
/// not depend on its neighbours.
pub fn cross_entropy_sum(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<1> {
    -(log_softmax(logits, 1) * one_hot).sum()
}

/// Mean squared error over all pixels of the batch.
pub fn mean_squared(output: Tensor<4>, target: Tensor<4>) -> Tensor<1> {
    (output - target).square().mean()
}

/// How far the class of each row is ahead of the best other one: Z_y − max_{i≠y} Z_i, N×1. Negative: another class wins.
///
/// `is_label` marks the class of each row. It is masked out with the lowest finite number, not by multiplication with
/// zero, which would let it win among negative logits; WGSL has no literal for −∞.
pub fn margin(logits: Tensor<2>, is_label: Tensor<2, Bool>) -> Tensor<2> {
    let label = logits.clone().mask_fill(is_label.clone().bool_not(), 0.0).sum_dim(1); // [n, 1]
    let other = logits.mask_fill(is_label, f32::MIN).max_dim(1); // [n, 1]
    label - other
}

/// Number of rows whose largest logit is that of the label, as a tensor: nothing is read back. N×K logits, N×K one-hot.
pub fn count_right(logits: Tensor<2>, one_hot: Tensor<2>) -> Tensor<1> {
    margin(logits, one_hot.greater_elem(0.5)).greater_elem(0.0).float().sum()
}

/// ∇ₓ of a scalar function of the logits, N×3×32×32, detached. Only the images require a gradient; the weights are
/// constants and cost nothing.
pub fn input_gradient(
    model: &dyn Classifier,
    images: Tensor<4>,
    loss: impl FnOnce(Tensor<2>) -> Tensor<1>,
) -> Tensor<4> {
    let images = images.detach().autodiff().require_grad();
    let mut gradients = loss(model.logits(images.clone())).backward();
    images.grad_remove(&mut gradients).expect("the loss depends on the images")
}
