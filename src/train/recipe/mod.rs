//! How a classifier is trained: plainly, or on adversarial examples made along the way. One recipe a file.

use burn::tensor::Tensor;

use crate::settings::{Mark, methods};

mod doa;
mod fast;
mod fgsm;
mod method;
mod n_fgsm;
mod pgd;
mod stale;
mod standard;
mod trades;

pub use doa::Doa;
pub use fast::Fast;
pub use fgsm::FgsmTraining;
pub use method::{Lesson, Method};
pub use n_fgsm::NFgsm;
pub use pgd::PgdTraining;
pub use stale::Stale;
pub use standard::Standard;
pub use trades::Trades;

methods! {
    /// What each optimiser step learns from.
    #[derive(Copy)]
    #[within("recipe")]
    #[serde(tag = "kind")]
    pub enum Recipe: dyn Method {
        Standard(Standard) = "standard",
        Fgsm(FgsmTraining) = "fgsm",
        Fast(Fast) = "fast",
        NFgsm(NFgsm) = "n_fgsm",
        Pgd(PgdTraining) = "pgd",
        Trades(Trades) = "trades",
        Doa(Doa) = "doa",
        Stale(Stale) = "stale",
    }
}

impl Default for Recipe {
    fn default() -> Self {
        Standard {}.into()
    }
}

impl Recipe {
    /// ε of the examples; none for plain training.
    pub fn epsilon(&self) -> Option<f32> {
        let mut recipe = *self;
        recipe.method_mut().field("epsilon")?.downcast_ref().copied()
    }

    /// Whether each example is made in one step: it is declared, or the steps are set to 1. Such a training can overfit to that step
    /// catastrophically, and is watched.
    pub fn is_single_step(&self) -> bool {
        let mut recipe = *self;
        let steps = recipe.method_mut().field("steps").and_then(|steps| steps.downcast_ref::<usize>().copied());
        self.has(Mark::SingleStep) || steps == Some(1)
    }

    /// What [`Method::loss`] says.
    pub(super) fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        self.method().loss(lesson)
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use burn::tensor::TensorData;

    use super::*;
    use crate::attack::Goal;
    use crate::attack::victims::Victims;
    use crate::data::batch::{self, Sample};
    use crate::device;
    use crate::model::Classifier;
    use crate::model::zoo::{Architecture, Network};
    use crate::rng::Rng;

    fn network() -> Network {
        Architecture::named("lenet", 43).expect("there is one").seeded(&mut Rng::new(3), &device::cpu())
    }

    fn signs(n: usize) -> Vec<Sample> {
        crate::data::source::Source::generated().batch(1, crate::data::split::Split::Train, 0..n as u64)
    }

    /// A lesson on `signs`, always with the same random numbers.
    fn lesson<T>(model: &Network, signs: &[Sample], with: impl FnOnce(Lesson) -> T) -> T {
        let (images, labels) = (batch::images(signs, &device::cpu()), batch::labels(signs));
        with(Lesson { model, before: model, rng: &mut Rng::new(5), images, labels })
    }

    fn read<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        block_on(device::read(tensor)).expect("the CPU answers")
    }

    /// KL(p(x) ‖ p(x′)) as in the authors' code, not the other way round. β is large, as an untrained network hardly tells x from x′.
    #[test]
    fn trades_measures_the_divergence_from_the_clean_answer() {
        let (model, signs) = (network(), signs(4));
        let trades = Trades { epsilon: 0.1, steps: 3, beta: 1000.0 };
        let attacked = lesson(&model, &signs, |mut lesson| trades.diverge(&mut lesson));
        let loss = read(lesson(&model, &signs, |lesson| trades.loss(lesson)).0)[0];
        let rows = |images: Tensor<4>| read(model.logits(images));
        let probabilities = |row: &[f32]| {
            let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
            row.iter().map(|logit| f64::from(*logit).exp() / sum).collect::<Vec<f64>>()
        };
        let (clean, moved) = (rows(batch::images(&signs, &device::cpu())), rows(attacked));
        let mut by_hand = [0.0f64; 2];
        for (i, (clean, moved)) in clean.chunks_exact(43).zip(moved.chunks_exact(43)).enumerate() {
            let (p, q) = (probabilities(clean), probabilities(moved));
            let kl = |p: &[f64], q: &[f64]| p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum::<f64>();
            let natural = -p[signs[i].label].ln();
            by_hand[0] += (natural + f64::from(trades.beta) * kl(&p, &q)) / 4.0;
            by_hand[1] += (natural + f64::from(trades.beta) * kl(&q, &p)) / 4.0;
        }
        assert!((by_hand[0] - by_hand[1]).abs() > 1e-5, "the two directions have to differ here: {by_hand:?}");
        assert!(
            (f64::from(loss) - by_hand[0]).abs() < 0.1 * (by_hand[0] - by_hand[1]).abs(),
            "{loss}, by hand {by_hand:?}"
        );
    }

    /// Whatever its name, a recipe that takes one step is one to be watched; with more, only those are that are declared.
    #[test]
    fn one_step_is_a_single_step() {
        let with = |recipe: Recipe, steps: usize| {
            let mut recipe = recipe;
            let field = recipe.method_mut().field("steps").and_then(|field| field.downcast_mut::<usize>());
            let has = field.map(|field| *field = steps).is_some();
            (has, recipe.is_single_step())
        };
        for recipe in Recipe::all() {
            let declared = recipe.has(Mark::SingleStep);
            let (has_steps, single) = with(recipe, 1);
            assert_eq!(single, declared || has_steps, "{recipe:?}");
            assert_eq!(with(recipe, 2).1, declared, "{recipe:?}");
        }
        let trades = Trades { steps: 1, ..Trades::default() };
        assert!(Recipe::from(trades).is_single_step() && !Recipe::from(Trades::default()).is_single_step());
    }

    /// All places tried, the square lies where a search through all of them puts it; it costs more than grey, and nothing else changes.
    #[test]
    fn the_square_lies_where_it_costs_most_and_nothing_else_changes() {
        let (model, signs) = (network(), signs(3));
        let losses = |images: Tensor<4>| {
            let victims = Victims::new(images.clone(), batch::labels(&signs), Goal::Untargeted);
            read(victims.loss(model.logits(images)))
        };
        let images = batch::images(&signs, &device::cpu());
        let each = 3 * 32 * 32;
        for side in [5, 7, 16] {
            let doa = Doa { side, places: 100, ..Doa::default() };
            let victims = Victims::new(images.clone(), batch::labels(&signs), Goal::Untargeted);
            let square = read(doa.place(&model, &victims));
            let mut dearest = vec![(f32::MIN, 0, 0); signs.len()];
            for (top, left) in (0..=32 - side).step_by(3).flat_map(|y| (0..=32 - side).step_by(3).map(move |x| (y, x)))
            {
                let mut grey = read(images.clone());
                for (i, value) in grey.iter_mut().enumerate() {
                    let (y, x) = (i % 1024 / 32, i % 32);
                    if (top..top + side).contains(&y) && (left..left + side).contains(&x) {
                        *value = 0.5;
                    }
                }
                let grey = Tensor::from_data(TensorData::new(grey, [signs.len(), 3, 32, 32]), &device::cpu());
                for (dearest, loss) in dearest.iter_mut().zip(losses(grey)) {
                    if loss > dearest.0 {
                        *dearest = (loss, top, left);
                    }
                }
            }
            for (square, (_, top, left)) in square.chunks_exact(1024).zip(&dearest) {
                let there: Vec<usize> = (0..1024).filter(|i| square[*i] == 1.0).collect();
                assert_eq!((there.len(), there[0]), (side * side, top * 32 + left), "side {side}");
            }
            let occluded = lesson(&model, &signs, |lesson| doa.occluded(&lesson));
            for (loss, (grey, ..)) in losses(occluded.clone()).iter().zip(&dearest) {
                assert!(loss > grey, "{loss} is no more than that of grey, {grey}");
            }
            let changed = read((occluded - images.clone()).abs());
            for (sign, changed) in changed.chunks_exact(each).enumerate() {
                let outside = (0..each).filter(|i| square[sign * 1024 + i % 1024] == 0.0).map(|i| changed[i]);
                assert_eq!(outside.fold(0.0, f32::max), 0.0);
            }
        }
    }

    /// Every recipe takes a batch of one; N-FGSM goes beyond the ball of ε, up to 3ε, and stays in [0, 1].
    #[test]
    fn every_recipe_takes_one_image_and_noise_goes_beyond_the_ball() {
        let (model, one) = (network(), signs(1));
        for recipe in Recipe::all() {
            let (loss, logits) = lesson(&model, &one, |lesson| recipe.loss(lesson));
            assert_eq!(logits.dims(), [1, 43], "{recipe:?}");
            assert!(read(loss)[0].is_finite(), "{recipe:?}");
        }
        let grey = Tensor::<4>::from_data(TensorData::new(vec![0.5f32; 3072], [1, 3, 32, 32]), &device::cpu());
        let noisy = NFgsm::default();
        let moved = lesson(&model, &one, |lesson| noisy.step_from_noise(&mut Lesson { images: grey, ..lesson }));
        let farthest = read(moved).iter().map(|value| (value - 0.5).abs()).fold(0.0, f32::max);
        assert!(farthest > 2.5 * noisy.epsilon && farthest <= 3.0 * noisy.epsilon + 1e-6, "{farthest}");
    }
}
