//! Adam (Kingma & Ba 2015, algorithm 1) with decoupled weight decay (AdamW; Loshchilov & Hutter 2019, algorithm 2) as a plain value: its
//! moments can be read from every device, and kept.
//!
//! Burn's own keeps them where only a synchronous read reaches, which a GPU in a browser does not have. Equations and order of the
//! operations are Burn's, so that the weights are the same to the bit; a test compares them.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

/// β₁, how much of the mean gradient stays.
const BETA_1: f32 = 0.9;

/// β₂, the same for the mean square.
const BETA_2: f32 = 0.999;

/// The paper's ε; Burn's default is 1e-5.
const EPSILON: f32 = 1e-8;

/// The state of the optimiser: t, and the first and second moment of every parameter.
#[derive(Default)]
pub(crate) struct Adam {
    /// t, steps so far.
    time: usize,
    first: GradientsParams,
    second: GradientsParams,
}

impl Adam {
    /// One step down the gradients. `decay` is λ of AdamW, 0 for none.
    pub(crate) fn step<M: Module>(&mut self, rate: f64, decay: f64, model: M, gradients: GradientsParams) -> M {
        self.time += 1;
        // As Burn rounds it: powers and roots in 32 bits.
        let root = (1.0 - BETA_2.powi(self.time as i32)).sqrt();
        let correction = root / (1.0 - BETA_1.powi(self.time as i32));
        model.map(&mut Update { adam: self, gradients, rate, kept: 1.0 - rate * decay, root, correction })
    }

    /// The moments, each in the form of the network; zeros before the first step.
    pub(crate) fn moments<M: Module>(&self, model: &M) -> [M; 2] {
        [&self.first, &self.second].map(|moments| model.valid().map(&mut Replace(moments)))
    }

    /// The state in which `moments` were read after `time` steps; the parameters are those of `model`.
    pub(crate) fn at<M: Module>(time: usize, [first, second]: &[M; 2]) -> Self {
        let mut adam = Self { time, ..Self::default() };
        if time > 0 {
            first.visit(&mut Take(&mut adam.first));
            second.visit(&mut Take(&mut adam.second));
        }
        adam
    }

    /// Σ v over all parameters: not finite once a gradient was not, or was too large to be squared.
    pub(crate) fn sum_of_second<M: Module>(&self, model: &M) -> Option<Tensor<1>> {
        let mut sum = Sum { of: &self.second, sum: None };
        model.visit(&mut sum);
        sum.sum
    }
}

struct Update<'a> {
    adam: &'a mut Adam,
    gradients: GradientsParams,
    rate: f64,
    /// Share of every parameter that weight decay leaves, 1 without it.
    kept: f64,
    root: f32,
    correction: f32,
}

impl ModuleMapper for Update<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, mapper) = param.consume();
        let Some(gradient) = self.gradients.remove::<D>(id) else {
            return Param::from_mapped_value(id, tensor, mapper);
        };
        let decayed = |moment: Option<Tensor<D>>, beta: f32, new: Tensor<D>| {
            let new = new.mul_scalar(1.0 - beta);
            match moment {
                Some(moment) => moment.mul_scalar(beta).add(new),
                None => new,
            }
        };
        // m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²
        let first = decayed(self.adam.first.remove(id), BETA_1, gradient.clone());
        let second = decayed(self.adam.second.remove(id), BETA_2, gradient.square());
        self.adam.first.register(id, first.clone());
        self.adam.second.register(id, second.clone());
        // θ ← θ − α · m̂ / (√v̂ + ε), with the corrections of the bias taken together.
        let direction = first.mul_scalar(self.correction).div(second.sqrt().add_scalar(EPSILON * self.root));
        let required = tensor.is_require_grad();
        // θ ← (1 − α·λ)·θ before it: not part of the gradient, so the moments know nothing of it.
        let weights = match self.kept {
            1.0 => tensor.inner(),
            kept => tensor.inner().mul_scalar(kept),
        };
        let tensor = Tensor::from_inner(weights - direction.mul_scalar(self.rate));
        let tensor = if required { tensor.require_grad() } else { tensor };
        Param::from_mapped_value(id, tensor, mapper)
    }
}

/// Moments in the place of weights.
struct Replace<'a>(&'a GradientsParams);

impl ModuleMapper for Replace<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let moment = self.0.get::<D>(param.id);
        param.map(|weight| moment.unwrap_or_else(|| weight.zeros_like()))
    }
}

/// And back.
struct Take<'a>(&'a mut GradientsParams);

impl ModuleVisitor for Take<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.register(param.id, param.val());
    }
}

struct Sum<'a> {
    of: &'a GradientsParams,
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Sum<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Some(moment) = self.of.get::<D>(param.id) else { return };
        self.sum = Some(match self.sum.take() {
            Some(sum) => sum + moment.sum(),
            None => moment.sum(),
        });
    }
}

#[cfg(test)]
mod tests {
    use burn::optim::{AdamConfig, AdamWConfig};
    use burn::tensor::TensorData;
    use pollster::block_on;

    use super::*;
    use crate::data::split::Split;
    use crate::data::{batch, synth::Synth};
    use crate::model::zoo::{Architecture, Network};
    use crate::model::{Classifier, weights};
    use crate::rng::Rng;
    use crate::{device, tensors};

    fn gradients(network: &Network, number: u64) -> GradientsParams {
        let signs = Synth::new().batch(1, Split::Train, 4 * number..4 * number + 4);
        let one_hot = tensors::one_hot(&batch::labels(&signs), network.classes(), &device::cpu());
        let logits = network.logits(batch::images(&signs, &device::cpu()));
        let loss = crate::model::loss::cross_entropy_sum(logits, one_hot);
        GradientsParams::from_grads(loss.backward(), network)
    }

    #[test]
    fn the_weights_are_those_of_burn_to_the_bit() {
        for name in Architecture::NAMES {
            let architecture = Architecture::named(name, 43).expect("a network of that name");
            let mut own = architecture.seeded(&mut Rng::new(1), &device::cpu()).train();
            let mut theirs = own.clone();
            let (mut adam, mut burns) = (Adam::default(), AdamConfig::new().with_epsilon(EPSILON).init());
            let file = |network: &Network| block_on(weights::write(&architecture, network)).expect("finite weights");
            for number in 0..6 {
                let rate = 4e-3 / (number + 1) as f64;
                let (mine, yours) = (gradients(&own, number), gradients(&theirs, number));
                own = adam.step(rate, 0.0, own, mine);
                theirs = burns.step(rate, theirs, yours);
                assert!(file(&own) == file(&theirs), "{name}, step {number}");
                // Read and taken up again, the moments lead to the same place.
                adam = Adam::at(adam.time, &adam.moments(&own));
            }
        }
    }

    /// Burn's AdamW takes the corrections of the bias one after the other, ours together: the last bit is another.
    #[test]
    fn decayed_weights_are_those_of_burn() {
        struct Values(Vec<Tensor<1>>);
        impl ModuleVisitor for Values {
            fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
                self.0.push(param.val().inner().flatten(0, D - 1));
            }
        }
        let weights = |network: &Network| {
            let mut values = Values(vec![]);
            network.visit(&mut values);
            block_on(device::read_all(values.0)).expect("the CPU answers").concat()
        };
        let mut own = Architecture::default().seeded(&mut Rng::new(1), &device::cpu()).train();
        let mut theirs = own.clone();
        let mut burns = AdamWConfig::new().with_epsilon(EPSILON).with_weight_decay(0.5).init();
        let mut adam = Adam::default();
        for number in 0..6 {
            let rate = 4e-2 / (number + 1) as f64;
            theirs = burns.step(rate, theirs, gradients(&own, number));
            let plain = adam.moments(&own);
            let undecayed = Adam::at(adam.time, &plain).step(rate, 0.0, own.clone(), gradients(&own, number));
            own = adam.step(rate, 0.5, own.clone(), gradients(&own, number));
            let pairs = |a: &Network, b: &Network| {
                weights(a).into_iter().zip(weights(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
            };
            assert!(pairs(&own, &theirs) < 1e-6, "step {number}: {}", pairs(&own, &theirs));
            assert!(pairs(&own, &undecayed) > 1e-4, "step {number}: nothing decays");
        }
    }

    #[test]
    fn a_gradient_that_is_no_number_shows_in_the_second_moments() {
        let network = Architecture::default().seeded(&mut Rng::new(1), &device::cpu()).train();
        let sum = |adam: &Adam| block_on(device::read(adam.sum_of_second(&network).expect("a step"))).expect("read")[0];
        let mut adam = Adam::default();
        adam.step(1e-3, 0.0, network.clone(), gradients(&network, 0));
        assert!(sum(&adam).is_finite());
        struct Spoil(GradientsParams, f32);
        impl ModuleVisitor for Spoil {
            fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
                let dims = param.dims();
                let values = vec![self.1; dims.iter().product()];
                self.0.register::<D>(param.id, Tensor::from_data(TensorData::new(values, dims), &device::cpu()));
            }
        }
        for value in [f32::NAN, f32::INFINITY, 1e30] {
            let mut spoil = Spoil(GradientsParams::new(), value);
            network.visit(&mut spoil);
            let mut adam = Adam::default();
            adam.step(1e-3, 0.0, network.clone(), spoil.0);
            assert!(!sum(&adam).is_finite(), "{value}");
        }
    }
}
