//! Backward pass differentiable approximation (Athalye et al. 2018, section 4.1).

use burn::tensor::Tensor;

/// `defended` on the way forwards, the identity on the way back: x + (g(x) − x), with the bracket held constant.
pub(super) fn straight_through(images: Tensor<4>, defended: Tensor<4>) -> Tensor<4> {
    images.clone() + (defended - images).detach()
}
