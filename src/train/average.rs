//! The moving average of the weights (Polyak & Juditsky 1992), usual in adversarial training since Gowal et al. 2020, "Uncovering the Limits
//! of Adversarial Training against Norm-Bounded Adversarial Examples".

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

/// γ of the step that follows `steps` steps: the one that was asked for, and at most (1 + t) / (10 + t), so that the untrained
/// weights are forgotten as fast in a short run as in a long one (TensorFlow's `ExponentialMovingAverage` with `num_updates`).
pub(super) fn decay(asked: f64, steps: usize) -> f64 {
    asked.min((1 + steps) as f64 / (10 + steps) as f64)
}

/// θ̄ ← γ·θ̄ + (1 − γ)·θ, both networks for use and not for training; a number that is not finite in θ stays in θ̄.
pub(super) fn blend<M: Module>(average: M, model: &M, decay: f64) -> M {
    let mut weights = Collect(GradientsParams::new());
    model.visit(&mut weights);
    average.map(&mut Blend { weights: weights.0, decay })
}

/// By the parameter's identity, which the average has in common with the network.
struct Collect(GradientsParams);

impl ModuleVisitor for Collect {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.register(param.id, param.val());
    }
}

struct Blend {
    weights: GradientsParams,
    decay: f64,
}

impl ModuleMapper for Blend {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let weight = self.weights.remove::<D>(param.id).expect("the average is of the same network");
        param.map(|average| average.mul_scalar(self.decay) + weight.mul_scalar(1.0 - self.decay))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::device;
    use crate::model::zoo::{Architecture, Network};
    use crate::rng::Rng;

    fn weights(network: &Network) -> Vec<Vec<f32>> {
        struct Values(Vec<Tensor<1>>);
        impl ModuleVisitor for Values {
            fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
                self.0.push(param.val().flatten(0, D - 1));
            }
        }
        let mut values = Values(vec![]);
        network.visit(&mut values);
        block_on(device::read_all(values.0)).expect("the CPU answers")
    }

    #[test]
    fn the_average_is_what_the_equation_says() {
        let first = Architecture::default().seeded(&mut Rng::new(1), &device::cpu());
        struct Shift(f32);
        impl ModuleMapper for Shift {
            fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
                param.map(|tensor| tensor.add_scalar(self.0))
            }
        }
        for (asked, steps, share) in [(0.75, 1000, 0.75), (0.999, 0, 0.1), (0.999, 8, 0.5), (0.05, 0, 0.05)] {
            let gamma = decay(asked, steps);
            assert!((gamma - share).abs() < 1e-12, "{asked} after {steps} steps: {gamma}");
            let average = blend(first.clone(), &first.clone().map(&mut Shift(1.0)), gamma);
            for (mean, before) in weights(&average).iter().flatten().zip(weights(&first).iter().flatten()) {
                assert!((f64::from(mean - before) - (1.0 - share)).abs() < 1e-6, "{asked} after {steps} steps");
            }
        }
        let spoilt = blend(first.clone(), &first.clone().map(&mut Shift(f32::NAN)), 0.9);
        assert!(weights(&spoilt).iter().flatten().all(|weight| weight.is_nan()));
    }
}
