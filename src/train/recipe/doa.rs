//! Defence against occlusion attacks (DOA, Wu et al. 2020, section 4): learn from signs on which a small square lies where it misleads most.

use burn::module::Module;
use burn::tensor::{Tensor, TensorData};

use super::method::{Lesson, Method};
use crate::attack::Goal;
use crate::attack::victims::Victims;
use crate::model::{Classifier, loss};
use crate::settings::settings;

/// Pixels between two places where a square may lie.
const STRIDE: usize = 3;
/// Where a channel starts: no colour.
const GREY: f32 = 0.5;

settings! {
    /// Signs with a square on them, laid where it misleads most and given the colours that mislead most. It is made for stickers, against
    /// which learning from small changes hardly helps.
    ///
    /// Of the places with the largest gradient, that where a grey square costs most; then steps of PGD on the colours, with no ε.
    #[title = "DOA (a square on each sign)"]
    #[paper = "Wu, Tong, Vorobeychik: Defending Against Physically Realizable Attacks on Image Classification, ICLR 2020, section 4"]
    #[arxiv = "1909.09552"]
    #[equation = r#""min"_θ E "max"_{p , s} L ( x ⊕ s_p , y )"#]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Doa {
        /// Pixels of a side of the square; 7 in the paper, of 32.
        #[label = "Side of the square"]
        #[range(1..=16)]
        pub side: usize = 7,
        /// How many places are tried with a grey square.
        #[label = "Places tried"]
        #[range(1..=36)]
        pub places: usize = 5,
        /// Steps on the colours of the square, each of 1.25 over their number.
        #[label = "Steps of each example"]
        #[range(1..=100)]
        pub steps: usize = 7,
    }
}

impl Method for Doa {
    fn loss(&self, lesson: Lesson) -> (Tensor<1>, Tensor<2>) {
        let images = self.occluded(&lesson);
        lesson.learn(images)
    }
}

impl Doa {
    /// The batch, each image with its square. The examples are made with constant weights.
    pub(super) fn occluded(&self, lesson: &Lesson) -> Tensor<4> {
        let model = lesson.model.valid();
        let victims = Victims::new(lesson.images.clone(), lesson.labels.clone(), Goal::Untargeted);
        let square = self.place(&model, &victims);
        // Twice and a half from grey to either end, as PGD has it for ε = 0.5.
        let alpha = 2.5 * GREY / self.steps as f32;
        (0..self.steps).fold(laid(&victims.images, &square), |images, _| {
            let gradient = loss::input_gradient(&model, images.clone(), |logits| victims.loss(logits).sum());
            (images + gradient.sign() * square.clone().mul_scalar(alpha)).clamp(0.0, 1.0)
        })
    }

    /// Where each square lies: N×1×H×W, 1 there and 0 elsewhere.
    pub(super) fn place(&self, model: &dyn Classifier, victims: &Victims) -> Tensor<4> {
        let images = &victims.images;
        let [n, _, h, w] = images.dims();
        let (squares, count) = squares(self.side, h, w);
        let squares = Tensor::<2>::from_data(TensorData::new(squares, [count, h * w]), &images.device());
        let ramp: Vec<f32> = (0..count).map(|place| place as f32).collect();
        let ramp = Tensor::<2>::from_data(TensorData::new(ramp, [1, count]), &images.device());

        let gradient = loss::input_gradient(model, images.clone(), |logits| victims.loss(logits).sum());
        let energy = (gradient.clone() * gradient).sum_dim(1).reshape([n, h * w]);
        let mut energy = energy.matmul(squares.clone().transpose());
        let mut best: Option<(Tensor<2>, Tensor<4>)> = None;
        for _ in 0..self.places.min(count) {
            let place = energy.clone().argmax(1).float();
            let chosen = (ramp.clone() - place).abs().lower_elem(0.5).float();
            let square = chosen.clone().matmul(squares.clone()).reshape([n, 1, h, w]);
            let cost = victims.loss(model.logits(laid(images, &square)));
            // Below every energy: it is not chosen again.
            energy = energy.mask_fill(chosen.greater_elem(0.5), -1.0);
            best = Some(match best {
                None => (cost, square),
                Some((most, at)) => {
                    let dearer = cost.clone().greater(most.clone()).float().reshape([n, 1, 1, 1]);
                    (most.max_pair(cost), at.clone() + dearer * (square - at))
                }
            });
        }
        best.expect("at least one place is tried").1
    }
}

/// Images with a grey square on each.
fn laid(images: &Tensor<4>, square: &Tensor<4>) -> Tensor<4> {
    images.clone() + (images.clone().neg().add_scalar(GREY)) * square.clone()
}

/// One row for each place where a square may lie, with 1 where it does; and how many rows.
fn squares(side: usize, height: usize, width: usize) -> (Vec<f32>, usize) {
    let steps = |length: usize| (0..=length.saturating_sub(side)).step_by(STRIDE);
    let mut rows = vec![];
    for (top, left) in steps(height).flat_map(|top| steps(width).map(move |left| (top, left))) {
        let inside = |i: usize| (top..top + side).contains(&(i / width)) && (left..left + side).contains(&(i % width));
        rows.extend((0..height * width).map(|i| if inside(i) { 1.0 } else { 0.0 }));
    }
    let count = rows.len() / (height * width);
    (rows, count)
}
