//! Square attack (Andriushchenko et al. 2020, algorithms 1 and 2): random search over squares, without gradients.

use burn::tensor::{Tensor, TensorData};

use super::method::{Method, Run, Status, Step};
use super::victims::{Victims, reached};
use crate::device;
use crate::error::Result;
use crate::model::Classifier;
use crate::rng::Rng;
use crate::settings::settings;

/// Queries, of 10,000, after which the side of the squares shrinks: their share of the image is halved.
const HALVINGS: [u64; 9] = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

settings! {
    /// Random squares, kept where they help; it needs no gradient.
    ///
    /// The L∞ form: vertical stripes of ±ε, then squares of ±ε that are kept where the margin falls.
    #[title = "Square"]
    #[paper = "Andriushchenko et al.: Square Attack, ECCV 2020, algorithms 1 and 2"]
    #[arxiv = "1912.00049"]
    #[equation = r#"x′ = Π_ε ( x + s ) ,   s ∈ "{" −2ε , 2ε "}" · 1_{"□"}"#]
    #[marks(BlackBox)]
    #[serde(default, deny_unknown_fields)]
    pub struct Square {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// How often the network is asked; it uses no gradients.
        #[range(1..=1_000_000)]
        pub queries: usize = 5000,
        /// Share of the picture that a square covers at first; it shrinks on the paper's schedule.
        #[label = "First size of the squares"]
        #[symbol = "p"]
        #[range(1e-4..=1.0)]
        pub p: f32 = 0.8,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Square {
    /// Side of the square of query `query` on images of N×3×H×W: p falls on the paper's schedule, stretched to the number of queries.
    /// The stripes are query 0, as in AutoAttack's code; a square that changes nothing is a query spent, as there.
    pub fn side(&self, query: usize, [_, _, height, width]: [usize; 4]) -> usize {
        // In 64 bits: a browser's `usize` would overflow.
        let of_10_000 = query as u64 * 10_000 / self.queries as u64;
        let halvings = HALVINGS.iter().filter(|&&at| of_10_000 > at).count() as i32;
        let share = self.p * 0.5f32.powi(halvings);
        let side = (share * (height * width) as f32).sqrt().round() as usize;
        side.clamp(1, height.min(width).max(2) - 1)
    }
}

impl Method for Square {
    fn iterations(&self) -> usize {
        self.queries
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let rngs = victims.ids.iter().map(|&id| Rng::stream(u64::from(self.seed), id)).collect();
        let best = victims.images.clone();
        Box::new(SquareRun {
            config: self.clone(),
            rngs,
            origin: vec![],
            pixels: vec![],
            margins: vec![],
            holding: (0..victims.len()).collect(),
            open: victims.clone(),
            best,
            query: 0,
            victims,
        })
    }
}

/// A started attack. Proposals are made on the host: each image has its own random numbers.
struct SquareRun {
    config: Square,
    victims: Victims,
    rngs: Vec<Rng>,
    origin: Vec<f32>,
    pixels: Vec<f32>,
    margins: Vec<f32>,
    /// Places of the images that still hold; the others are not asked about again.
    holding: Vec<usize>,
    /// Those images.
    open: Victims,
    best: Tensor<4>,
    query: usize,
}

impl SquareRun {
    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        if self.origin.is_empty() {
            self.origin = device::read(self.victims.images.clone()).await?;
            let stripes = self.stripes();
            self.margins = self.ask(model, stripes.clone()).await?;
            self.pixels = stripes;
            self.query = 1;
            self.leave_out();
        }
        const QUERIES_A_STEP: usize = 8;
        for _ in 0..QUERIES_A_STEP {
            if self.finished() {
                break;
            }
            let proposal = self.propose();
            let margins = self.ask(model, proposal.clone()).await?;
            let each = proposal.len() / margins.len();
            for ((&i, &margin), proposal) in self.holding.iter().zip(&margins).zip(proposal.chunks_exact(each)) {
                if margin < self.margins[i] {
                    self.margins[i] = margin;
                    self.pixels[i * each..][..each].copy_from_slice(proposal);
                }
            }
            self.leave_out();
            self.query += 1;
        }
        let all = TensorData::new(self.pixels.clone(), self.victims.images.dims());
        self.best = Tensor::from_data(all, &self.victims.images.device());
        let finished = self.finished();
        let done = if finished { self.config.queries } else { self.query };
        Ok(Status { finished, round: 1, iteration: self.query, done, ..Status::default() })
    }

    fn finished(&self) -> bool {
        self.query >= self.config.queries || self.holding.is_empty()
    }

    /// Goes on with the images that still hold.
    fn leave_out(&mut self) {
        if self.holding.iter().any(|&i| reached(self.margins[i])) {
            self.holding.retain(|&i| !reached(self.margins[i]));
            self.open = self.victims.select(&self.holding);
        }
    }

    /// Each column of each channel at +ε or −ε.
    fn stripes(&mut self) -> Vec<f32> {
        let [_, channels, height, width] = self.victims.images.dims();
        let mut pixels = self.origin.clone();
        for (image, rng) in pixels.chunks_exact_mut(channels * height * width).zip(&mut self.rngs) {
            for plane in image.chunks_exact_mut(height * width) {
                let signs: Vec<f32> = (0..width).map(|_| sign(rng) * self.config.epsilon).collect();
                for row in plane.chunks_exact_mut(width) {
                    row.iter_mut().zip(&signs).for_each(|(pixel, delta)| *pixel = (*pixel + delta).clamp(0.0, 1.0));
                }
            }
        }
        pixels
    }

    /// The best of the images that still hold, with one more square each; every value in it goes to the edge of the ball.
    fn propose(&mut self) -> Vec<f32> {
        let dims = self.victims.images.dims();
        let [_, channels, height, width] = dims;
        let (plane, each) = (height * width, channels * height * width);
        let side = self.config.side(self.query, dims);
        let mut proposal = Vec::with_capacity(self.holding.len() * each);
        for &i in &self.holding {
            let rng = &mut self.rngs[i];
            let at = proposal.len();
            proposal.extend_from_slice(&self.pixels[i * each..][..each]);
            let (best, origin) = (&mut proposal[at..], &self.origin[i * each..][..each]);
            let (top, left) = (rng.below(height - side + 1), rng.below(width - side + 1));
            for channel in 0..channels {
                let delta = sign(rng) * self.config.epsilon;
                for row in top..top + side {
                    let first = channel * plane + row * width + left;
                    let square = first..first + side;
                    let values = best[square.clone()].iter_mut().zip(&origin[square]);
                    values.for_each(|(value, origin)| *value = (origin + delta).clamp(0.0, 1.0));
                }
            }
        }
        proposal
    }

    /// How far each of the images that still hold is from the goal, with other pixels.
    async fn ask(&self, model: &dyn Classifier, pixels: Vec<f32>) -> Result<Vec<f32>> {
        let images = Tensor::from_data(TensorData::new(pixels, self.open.images.dims()), &self.open.images.device());
        device::read(self.open.lead(model.logits(images))).await
    }
}

fn sign(rng: &mut Rng) -> f32 {
    if rng.chance(0.5) { 1.0 } else { -1.0 }
}

impl Run for SquareRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    fn adversarial(&self) -> Tensor<4> {
        self.best.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Square;

    #[test]
    fn squares_shrink_on_the_schedule_of_the_paper() {
        let attack = Square { queries: 10_000, ..Square::default() };
        let sides = [0, 10, 11, 51, 201, 501, 1001, 2001, 4001, 6001, 8001].map(|at| attack.side(at, [1, 3, 32, 32]));
        // round(√(0.8 · 1024 / 2ᵏ))
        assert_eq!(sides, [29, 29, 20, 14, 10, 7, 5, 4, 3, 2, 1]);
    }
}
