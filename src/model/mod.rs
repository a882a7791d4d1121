//! The networks, and what every attack and defence needs to know of one.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Tensor, TensorData};

use crate::rng::Rng;

pub mod autoencoder;
pub mod combined;
pub mod convnet;
mod forward;
pub mod layer;
pub mod lenet;
pub mod loss;
pub mod signnet;
pub mod weights;
pub mod zoo;

/// Anything that turns images into logits: a network, or a defence with a network behind it.
pub trait Classifier {
    /// N×3×H×W images in [0, 1] to N×K logits. Differentiable with respect to the images.
    fn logits(&self, images: Tensor<4>) -> Tensor<2>;

    /// Number of classes, K.
    fn classes(&self) -> usize;
}

/// Draws the initial weights of a module on the host: Glorot & Bengio (2010) uniform, equation 16, for every kernel, as
/// Keras does by default; biases stay zero. The same weights on every device.
///
/// Works because every module here is made with zeros first: kernels have two or more dimensions, biases one.
fn glorot<M: Module>(module: M, rng: &mut Rng) -> M {
    struct Glorot<'a>(&'a mut Rng);

    impl ModuleMapper for Glorot<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            if D == 1 {
                return param;
            }
            param.map(|tensor| {
                let dims = tensor.dims();
                let receptive: usize = dims[2..].iter().product();
                let limit = (6.0 / ((dims[0] + dims[1]) * receptive) as f32).sqrt();
                let mut values = vec![0.0; dims.iter().product()];
                self.0.fill_uniform(&mut values, limit);
                Tensor::from_data(TensorData::new(values, dims), &tensor.device())
            })
        }
    }

    module.map(&mut Glorot(rng))
}
