//! Burn's layers, run by [`crate::ops`].

use burn::nn::conv::Conv2d;
use burn::nn::{Linear, PaddingConfig2d};
use burn::tensor::Tensor;

use crate::ops;

/// What a convolution with a bias makes of N×C×H×W: N×K×H'×W'.
///
/// # Panics
/// If it has no bias, groups, dilation, or a stride or padding that is not the same in both directions; none here has.
pub(super) fn conv2d(conv: &Conv2d, x: Tensor<4>) -> Tensor<4> {
    let padding = match conv.padding {
        PaddingConfig2d::Valid => 0,
        PaddingConfig2d::Explicit(top, left, bottom, right) if [left, bottom, right] == [top; 3] => top,
        ref other => panic!("padding {other:?}"),
    };
    let [stride, along] = conv.stride;
    assert!(stride == along && conv.groups == 1 && conv.dilation == [1, 1], "a plain convolution");
    let bias = conv.bias.as_ref().expect("a bias").val();
    ops::conv2d(x, conv.weight.val(), bias, stride, padding)
}

/// What a dense layer with a bias makes of N×C: N×K.
pub(super) fn dense(layer: &Linear, x: Tensor<2>) -> Tensor<2> {
    ops::linear(x, layer.weight.val(), layer.bias.as_ref().expect("a bias").val())
}
