//! `ops` against Burn's own operations, and against differences.

use burn::nn::pool::{AvgPool2dConfig, MaxPool2dConfig};
use burn::tensor::module::{conv2d, linear};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData, activation};
use fool_the_sign::device::read;
use fool_the_sign::ops;
use fool_the_sign::rng::Rng;

/// Values between −2 and 2.
fn numbers<const D: usize>(seed: u64, shape: [usize; D], device: &Device) -> Tensor<D> {
    let mut values = vec![0.0; shape.iter().product()];
    Rng::new(seed).fill_uniform(&mut values, 2.0);
    Tensor::from_data(TensorData::new(values, shape), device)
}

async fn close<const D: usize>(got: Tensor<D>, expected: Tensor<D>, what: &str) {
    assert_eq!(got.dims(), expected.dims(), "{what}");
    let (got, expected) = (read(got).await.expect("values"), read(expected).await.expect("values"));
    let scale = expected.iter().fold(1.0f32, |most, value| most.max(value.abs()));
    for (got, expected) in got.iter().zip(&expected) {
        assert!((got - expected).abs() <= 1e-5 * scale, "{what}: {got} for {expected}");
    }
}

/// Results and gradients of what takes one tensor.
async fn same(x: Tensor<4>, ours: impl Fn(Tensor<4>) -> Tensor<4>, burns: impl Fn(Tensor<4>) -> Tensor<4>, what: &str) {
    close(ours(x.clone()), burns(x.clone()), what).await;
    let slope = |way: &dyn Fn(Tensor<4>) -> Tensor<4>| {
        let x = x.clone().autodiff().require_grad();
        let y = way(x.clone());
        let weights = numbers(9, y.dims(), &x.device().inner());
        let mut gradients = (y * weights).sum().backward();
        x.grad_remove(&mut gradients).expect("it depends on x")
    };
    close(slope(&ours), slope(&burns), what).await;
}

/// Convolutions, pools, tanh and ReLU give what Burn's own give, and so do their gradients.
pub async fn own_operations_are_burns(device: Device) {
    let average = AvgPool2dConfig::new([2, 2]).with_strides([2, 2]).init();
    let largest = MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init();
    let x = || numbers(1, [2, 3, 10, 9], &device);
    same(x(), ops::tanh, Tensor::tanh, "tanh").await;
    same(x(), ops::relu, activation::relu, "ReLU").await;
    same(x(), ops::average_pool, |x| average.forward(x), "average pool").await;
    same(x(), ops::max_pool, |x| largest.forward(x), "max pool").await;
    // A view: neither at the beginning of its memory nor in its order.
    let view = || numbers(2, [3, 10, 9, 4], &device).permute([3, 0, 1, 2]).slice([1..3, 0..3, 0..10, 0..9]);
    same(view(), ops::tanh, Tensor::tanh, "tanh of a view").await;
    same(view(), ops::average_pool, |x| average.forward(x), "pool of a view").await;

    let (weight, bias) = (|| numbers(6, [270, 40], &device), || numbers(7, [40], &device));
    let flat = |y: Tensor<2>| y.unsqueeze::<4>();
    let dense = |x: Tensor<4>, weight: Tensor<2>| flat(ops::linear(x.flatten(1, 3), weight, bias()));
    let burns = |x: Tensor<4>, weight: Tensor<2>| flat(linear(x.flatten(1, 3), weight, Some(bias())));
    same(x(), |x| dense(x, weight()), |x| burns(x, weight()), "dense").await;
    let by_weight = weight().unsqueeze::<4>();
    same(by_weight, |weight| dense(x(), weight.flatten(0, 2)), |weight| burns(x(), weight.flatten(0, 2)), "dense")
        .await;

    for (from, to, side, kernel, stride, padding) in [
        (3, 6, 12, 5, 1, 0),
        (6, 16, 9, 5, 1, 0),
        (4, 20, 5, 5, 1, 0),
        (3, 32, 8, 5, 1, 2),
        (8, 9, 8, 3, 2, 1),
        (9, 3, 8, 3, 1, 1),
    ] {
        let what = format!("{from} to {to} channels, {side}², kernel {kernel}, stride {stride}, padding {padding}");
        let weight = || numbers(3, [to, from, kernel, kernel], &device);
        let bias = || numbers(4, [to], &device);
        let options = || ConvOptions::new([stride; 2], [padding; 2], [1, 1], 1);
        let input = numbers(5, [3, from, side, side], &device);
        same(
            input.clone(),
            |x| ops::conv2d(x, weight(), bias(), stride, padding),
            |x| conv2d(x, weight(), Some(bias()), options()),
            &what,
        )
        .await;
        same(
            weight(),
            |weight| ops::conv2d(input.clone(), weight, bias(), stride, padding),
            |weight| conv2d(input.clone(), weight, Some(bias()), options()),
            &what,
        )
        .await;
        let by_bias = |own: bool| {
            let bias = bias().autodiff().require_grad();
            let (x, weight) = (input.clone(), weight());
            let y = match own {
                true => ops::conv2d(x, weight, bias.clone(), stride, padding),
                false => conv2d(x, weight, Some(bias.clone()), options()),
            };
            let weights = numbers(9, y.dims(), &device);
            let mut gradients = (y * weights).sum().backward();
            bias.grad_remove(&mut gradients).expect("it depends on the bias")
        };
        close(by_bias(true), by_bias(false), &what).await;
    }
}
