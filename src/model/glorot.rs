//! Initial weights.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Tensor, TensorData};

use crate::rng::Rng;

/// Draws the initial weights of a module on the host: Glorot & Bengio (2010) uniform, equation 16, for every kernel, as
/// Keras does by default; biases stay zero. The same weights on every device.
///
/// Works because every module here is made with zeros first: kernels have two or more dimensions, biases one.
pub(super) fn glorot<M: Module>(module: M, rng: &mut Rng) -> M {
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
