//! Convolutions, dense layers, 2×2 pools, ReLU and tanh: on the CPU by the loops of `kernels/`, on a GPU by Burn's own.
//!
//! An extension of Burn: what runs depends on where the tensors are. Gradients by hand, and only those that are asked for: an attack wants
//! none of the weights, a training none of the images.

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::ops::{ActivationOps, ConvOptions, FloatTensorOps, ModuleOps};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, Flex, TensorMetadata, backend_extension};
use burn::tensor::{Tensor, TensorData};
use sign_kernels::{Conv, Pool, product};

/// Convolution of N×C×H×W images by K×C×k×k weights, with a bias for each of the K channels. Differentiable.
pub fn conv2d(x: Tensor<4>, weight: Tensor<4>, bias: Tensor<1>, stride: usize, padding: usize) -> Tensor<4> {
    let (x, weight, bias) = (x.into_dispatch(), weight.into_dispatch(), bias.into_dispatch());
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_conv2d(x, weight, bias, stride, padding))
}

/// x · weight + bias: N×C by C×K, K. Differentiable.
pub fn linear(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<1>) -> Tensor<2> {
    let (x, weight, bias) = (x.into_dispatch(), weight.into_dispatch(), bias.into_dispatch());
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_linear(x, weight, bias))
}

/// tanh of each value. Differentiable.
pub fn tanh<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_tanh(x.into_dispatch()))
}

/// The larger of each value and 0. Differentiable.
pub fn relu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_relu(x.into_dispatch()))
}

/// Mean of each 2×2 square, N×C×H×W to N×C×H/2×W/2. Differentiable.
pub fn average_pool(x: Tensor<4>) -> Tensor<4> {
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_average_pool(x.into_dispatch()))
}

/// Largest of each 2×2 square, N×C×H×W to N×C×H/2×W/2. Differentiable.
pub fn max_pool(x: Tensor<4>) -> Tensor<4> {
    Tensor::from_dispatch(<Dispatch as NetworkOps>::network_max_pool(x.into_dispatch()))
}

/// What a backend computes; by default with Burn's own operations.
#[backend_extension(Flex, Cube: cfg(feature = "gpu"), Autodiff)]
pub(crate) trait NetworkOps: Backend {
    fn network_conv2d(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        stride: usize,
        padding: usize,
    ) -> FloatTensor<Self> {
        Self::conv2d(x, weight, Some(bias), ConvOptions::new([stride; 2], [padding; 2], [1, 1], 1))
    }

    fn network_linear(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::linear(x, weight, Some(bias))
    }

    fn network_tanh(x: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_tanh(x)
    }

    fn network_relu(x: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::relu(x)
    }

    fn network_average_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::avg_pool2d(x, [2, 2], [2, 2], [0, 0], true, false)
    }

    fn network_max_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], false)
    }
}

/// The gradients of [`NetworkOps`], of a backend that has its own. One that has none leaves all of it, both ways, to Burn.
pub(crate) trait NetworkGradients: NetworkOps {
    /// Whether it has its own.
    const OWN: bool = false;

    fn conv2d_by_input(_: &Convolution<Self>, _: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    fn conv2d_by_weight(_: &Convolution<Self>, _: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    fn conv2d_by_bias(_: &Convolution<Self>, _: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By the weights.
    fn linear_by_input(_weight: FloatTensor<Self>, _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By what went in.
    fn linear_by_weight(_x: FloatTensor<Self>, _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    fn linear_by_bias(_: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By what came out.
    fn tanh_gradient(_y: FloatTensor<Self>, _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By what came out.
    fn relu_gradient(_y: FloatTensor<Self>, _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By the shape of what went in, N×C×H×W.
    fn average_pool_gradient(_shape: [usize; 4], _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }

    /// By what went in.
    fn max_pool_gradient(_x: FloatTensor<Self>, _gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        unreachable!("left to Burn")
    }
}

/// What a convolution keeps for the way back.
#[derive(Clone, Debug)]
pub(crate) struct Convolution<B: Backend> {
    x: FloatTensor<B>,
    weight: FloatTensor<B>,
    stride: usize,
    padding: usize,
}

#[cfg(feature = "gpu")]
impl NetworkOps for burn::backend::Cube {}

#[cfg(feature = "gpu")]
impl NetworkGradients for burn::backend::Cube {}

/// The shape of a convolution.
fn conv(x: &FloatTensor<Flex>, weight: &FloatTensor<Flex>, stride: usize, padding: usize) -> Conv {
    let [images, from, height, width] = x.shape().dims();
    let [to, _, rows, columns] = weight.shape().dims();
    Conv { images, from, to, side: [height, width], kernel: [rows, columns], stride, padding }
}

/// The shape of a pool.
fn pool([images, channels, height, width]: [usize; 4]) -> Pool {
    Pool { planes: images * channels, height, width }
}

/// Calls `with` on the values of a tensor, in order.
fn read<R>(tensor: &FloatTensor<Flex>, with: impl FnOnce(&[f32]) -> R) -> R {
    match tensor.as_slice::<f32>() {
        Some(values) => with(values),
        None => with(tensor.to_contiguous().as_slice().expect("32-bit floats, side by side")),
    }
}

/// A tensor of so many values, which `fill` makes of zeros.
fn made<const D: usize>(shape: [usize; D], fill: impl FnOnce(&mut [f32])) -> FloatTensor<Flex> {
    let mut values = vec![0.0; shape.iter().product()];
    fill(&mut values);
    FloatTensor::<Flex>::from_data(TensorData::new(values, shape))
}

/// A tensor with other values, in place if nobody else has them.
fn changed(tensor: FloatTensor<Flex>, change: impl FnOnce(&mut [f32])) -> FloatTensor<Flex> {
    let shape = tensor.shape();
    let mut values = tensor.into_data().try_into_vec::<f32>().expect("32-bit floats");
    change(&mut values);
    FloatTensor::<Flex>::from_data(TensorData::new(values, shape))
}

impl NetworkOps for Flex {
    fn network_conv2d(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        stride: usize,
        padding: usize,
    ) -> FloatTensor<Self> {
        let conv = conv(&x, &weight, stride, padding);
        let [height, width] = conv.out();
        made([conv.images, conv.to, height, width], |out| {
            read(&x, |x| read(&weight, |weight| read(&bias, |bias| conv.forward(x, weight, Some(bias), out))));
        })
    }

    fn network_linear(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self> {
        let ([n, from], [_, to]) = (x.shape().dims(), weight.shape().dims());
        made([n, to], |out| {
            read(&x, |x| {
                read(&weight, |weight| {
                    read(&bias, |bias| product((x, [from, 1]), (weight, [to, 1]), Some(bias), [n, from, to], out));
                });
            });
        })
    }

    fn network_tanh(x: FloatTensor<Self>) -> FloatTensor<Self> {
        changed(x, sign_kernels::tanh)
    }

    fn network_relu(x: FloatTensor<Self>) -> FloatTensor<Self> {
        changed(x, sign_kernels::relu)
    }

    fn network_average_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        let [images, channels, height, width] = x.shape().dims();
        let pool = pool(x.shape().dims());
        made([images, channels, height / 2, width / 2], |out| read(&x, |x| sign_kernels::average_pool(pool, x, out)))
    }

    fn network_max_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        let [images, channels, height, width] = x.shape().dims();
        let pool = pool(x.shape().dims());
        made([images, channels, height / 2, width / 2], |out| read(&x, |x| sign_kernels::max_pool(pool, x, out)))
    }
}

impl NetworkGradients for Flex {
    const OWN: bool = true;

    fn conv2d_by_input(of: &Convolution<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let conv = conv(&of.x, &of.weight, of.stride, of.padding);
        made(of.x.shape().dims::<4>(), |out| {
            read(&of.weight, |weight| read(&gradient, |gradient| conv.input_gradient(weight, gradient, out)));
        })
    }

    fn conv2d_by_weight(of: &Convolution<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let conv = conv(&of.x, &of.weight, of.stride, of.padding);
        made(of.weight.shape().dims::<4>(), |out| {
            read(&of.x, |x| read(&gradient, |gradient| conv.weight_gradient(x, gradient, out)));
        })
    }

    fn conv2d_by_bias(of: &Convolution<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let conv = conv(&of.x, &of.weight, of.stride, of.padding);
        made([conv.to], |out| read(&gradient, |gradient| conv.bias_gradient(gradient, out)))
    }

    fn linear_by_input(weight: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let ([from, to], [n, _]) = (weight.shape().dims(), gradient.shape().dims());
        made([n, from], |out| {
            read(&weight, |weight| {
                read(&gradient, |gradient| {
                    product((gradient, [to, 1]), (weight, [1, to]), None, [n, to, from], out);
                });
            });
        })
    }

    fn linear_by_weight(x: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let ([n, from], [_, to]) = (x.shape().dims(), gradient.shape().dims());
        made([from, to], |out| {
            read(&x, |x| {
                read(&gradient, |gradient| product((x, [1, from]), (gradient, [to, 1]), None, [from, n, to], out));
            });
        })
    }

    fn linear_by_bias(gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let [_, to] = gradient.shape().dims();
        made([to], |out| read(&gradient, |gradient| sign_kernels::column_sums(gradient, to, out)))
    }

    fn tanh_gradient(y: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        changed(gradient, |gradient| read(&y, |y| sign_kernels::tanh_gradient(y, gradient)))
    }

    fn relu_gradient(y: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        changed(gradient, |gradient| read(&y, |y| sign_kernels::relu_gradient(y, gradient)))
    }

    fn average_pool_gradient(shape: [usize; 4], gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        made(shape, |out| read(&gradient, |gradient| sign_kernels::average_pool_gradient(pool(shape), gradient, out)))
    }

    fn max_pool_gradient(x: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let shape = x.shape().dims();
        made(shape, |out| {
            read(&x, |x| read(&gradient, |gradient| sign_kernels::max_pool_gradient(pool(shape), x, gradient, out)));
        })
    }
}

impl<B: NetworkGradients, C: CheckpointStrategy> NetworkOps for Autodiff<B, C> {
    fn network_conv2d(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        stride: usize,
        padding: usize,
    ) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct ByAll;

        impl<B: NetworkGradients> Backward<B, 3> for ByAll {
            type State = Convolution<B>;

            fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
                let gradient = gradients.consume::<B>(&ops.node);
                let [x, weight, bias] = ops.parents;
                if let Some(node) = weight {
                    gradients.register::<B>(node.id, B::conv2d_by_weight(&ops.state, gradient.clone()));
                }
                if let Some(node) = bias {
                    gradients.register::<B>(node.id, B::conv2d_by_bias(&ops.state, gradient.clone()));
                }
                if let Some(node) = x {
                    gradients.register::<B>(node.id, B::conv2d_by_input(&ops.state, gradient));
                }
            }
        }

        if !B::OWN {
            return Self::conv2d(x, weight, Some(bias), ConvOptions::new([stride; 2], [padding; 2], [1, 1], 1));
        }
        let prepared = ByAll.prepare::<C>([x.node(), weight.node(), bias.node()]).compute_bound().stateful();
        let (x, weight, bias) = (x.into_primitive(), weight.into_primitive(), bias.into_primitive());
        let out = B::network_conv2d(x.clone(), weight.clone(), bias, stride, padding);
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(Convolution { x, weight, stride, padding }, out),
            OpsKind::UnTracked(prepared) => prepared.finish(out),
        }
    }

    fn network_linear(x: FloatTensor<Self>, weight: FloatTensor<Self>, bias: FloatTensor<Self>) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct Linear;

        impl<B: NetworkGradients> Backward<B, 3> for Linear {
            /// What went in, and the weights.
            type State = [FloatTensor<B>; 2];

            fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
                let gradient = gradients.consume::<B>(&ops.node);
                let ([by_x, by_weight, by_bias], [x, weight]) = (ops.parents, ops.state);
                if let Some(node) = by_weight {
                    gradients.register::<B>(node.id, B::linear_by_weight(x, gradient.clone()));
                }
                if let Some(node) = by_bias {
                    gradients.register::<B>(node.id, B::linear_by_bias(gradient.clone()));
                }
                if let Some(node) = by_x {
                    gradients.register::<B>(node.id, B::linear_by_input(weight, gradient));
                }
            }
        }

        if !B::OWN {
            return Self::linear(x, weight, Some(bias));
        }
        let prepared = Linear.prepare::<C>([x.node(), weight.node(), bias.node()]).compute_bound().stateful();
        let (x, weight, bias) = (x.into_primitive(), weight.into_primitive(), bias.into_primitive());
        let out = B::network_linear(x.clone(), weight.clone(), bias);
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish([x, weight], out),
            OpsKind::UnTracked(prepared) => prepared.finish(out),
        }
    }

    fn network_tanh(x: FloatTensor<Self>) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct Tanh;

        impl<B: NetworkGradients> Backward<B, 1> for Tanh {
            type State = FloatTensor<B>;

            fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
                unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::tanh_gradient(ops.state, gradient));
            }
        }

        if !B::OWN {
            return Self::float_tanh(x);
        }
        let prepared = Tanh.prepare::<C>([x.node()]).compute_bound().stateful();
        let y = B::network_tanh(x.into_primitive());
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(y.clone(), y),
            OpsKind::UnTracked(prepared) => prepared.finish(y),
        }
    }

    fn network_relu(x: FloatTensor<Self>) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct Relu;

        impl<B: NetworkGradients> Backward<B, 1> for Relu {
            type State = FloatTensor<B>;

            fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
                unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::relu_gradient(ops.state, gradient));
            }
        }

        if !B::OWN {
            return Self::relu(x);
        }
        let prepared = Relu.prepare::<C>([x.node()]).compute_bound().stateful();
        let y = B::network_relu(x.into_primitive());
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(y.clone(), y),
            OpsKind::UnTracked(prepared) => prepared.finish(y),
        }
    }

    fn network_average_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct AveragePool;

        impl<B: NetworkGradients> Backward<B, 1> for AveragePool {
            type State = [usize; 4];

            fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
                let shape = ops.state;
                unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::average_pool_gradient(shape, gradient));
            }
        }

        if !B::OWN {
            return Self::avg_pool2d(x, [2, 2], [2, 2], [0, 0], true, false);
        }
        let prepared = AveragePool.prepare::<C>([x.node()]).compute_bound().stateful();
        let x = x.into_primitive();
        let shape = x.shape().dims();
        let y = B::network_average_pool(x);
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(shape, y),
            OpsKind::UnTracked(prepared) => prepared.finish(y),
        }
    }

    fn network_max_pool(x: FloatTensor<Self>) -> FloatTensor<Self> {
        #[derive(Debug)]
        struct MaxPool;

        impl<B: NetworkGradients> Backward<B, 1> for MaxPool {
            type State = FloatTensor<B>;

            fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
                unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::max_pool_gradient(ops.state, gradient));
            }
        }

        if !B::OWN {
            return Self::max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], false);
        }
        let prepared = MaxPool.prepare::<C>([x.node()]).compute_bound().stateful();
        let x = x.into_primitive();
        let y = B::network_max_pool(x.clone());
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(x, y),
            OpsKind::UnTracked(prepared) => prepared.finish(y),
        }
    }
}
