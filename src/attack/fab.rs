//! FAB-T (Croce & Hein 2020, "Minimally distorted adversarial examples with a fast adaptive boundary attack", in the targeted form of
//! AutoAttack): from boundary to boundary of the linearised classifier, each time a little closer to the original.

use burn::tensor::{Tensor, TensorData};

use super::goal::Goal;
use super::method::{Method, Run, Status, Step, stride};
use super::victims::{Victims, project, reached};
use crate::device;
use crate::error::Result;
use crate::metrics;
use crate::model::{Classifier, loss};
use crate::settings::settings;
use crate::tensors;

/// Largest weight of the projection of the original (α_max in the paper).
const ALPHA_MAX: f32 = 0.1;
/// By how much each step goes over the boundary (η).
const ETA: f32 = 1.05;
/// How far back towards the original a success goes (β).
const BETA: f32 = 0.9;

settings! {
    /// Looks for the nearest image beyond the boundary of each likely class.
    ///
    /// The L∞ form: each of the likeliest other classes in turn; a success counts where it is within ε. Nothing in it is random.
    #[title = "FAB-T"]
    #[paper = "Croce, Hein: Minimally Distorted Adversarial Examples with a Fast Adaptive Boundary Attack, ICML 2020"]
    #[arxiv = "1907.02044"]
    #[serde(default, deny_unknown_fields)]
    pub struct Fab {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps towards each class.
        #[range(1..=10_000)]
        pub steps: usize = 100,
        /// How many of the likeliest other classes are tried.
        #[label = "Classes aimed at"]
        #[range(1..=199)]
        pub targets: usize = 9,
    }
}

impl Method for Fab {
    fn iterations(&self) -> usize {
        self.steps * self.targets
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(FabRun {
            config: self.clone(),
            origin: vec![],
            best: vec![],
            norms: vec![f32::INFINITY; victims.len()],
            ranking: vec![],
            places: vec![],
            images: vec![],
            round: 0,
            iteration: 0,
            victims,
        })
    }
}

/// A started attack. Projections are made on the host: they sort.
struct FabRun {
    config: Fab,
    victims: Victims,
    origin: Vec<f32>,
    /// The nearest success of each image; without one what was tried last.
    best: Vec<f32>,
    /// L∞ of the nearest success; infinite without one.
    norms: Vec<f32>,
    /// The classes that each image is driven to, likeliest first.
    ranking: Vec<Vec<usize>>,
    /// The images of the present round, by place, and where they stand.
    places: Vec<usize>,
    images: Vec<f32>,
    round: usize,
    iteration: usize,
}

impl FabRun {
    async fn begin(&mut self, model: &dyn Classifier) -> Result<()> {
        let logits = model.logits(self.victims.images.clone());
        let lead = self.victims.lead(logits.clone());
        let [logits, leads] = device::read_array([logits, lead]).await?;
        self.origin = device::read(self.victims.images.clone()).await?;
        self.best = self.origin.clone();
        self.norms = leads.iter().map(|&lead| if reached(lead) { 0.0 } else { f32::INFINITY }).collect();
        let others = |(logits, &label): (&[f32], &usize)| match self.victims.goal {
            Goal::Targeted { class } => vec![class],
            Goal::Untargeted => {
                let order = metrics::top(logits, logits.len()).into_iter().map(|score| score.class);
                order.filter(|class| *class != label && Some(*class) != self.victims.refusal).collect()
            }
        };
        self.ranking = logits.chunks_exact(model.classes()).zip(&self.victims.labels).map(others).collect();
        Ok(())
    }

    fn rounds(&self) -> usize {
        self.config.targets.min(self.ranking.first().map_or(1, Vec::len))
    }

    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        if self.origin.is_empty() {
            self.begin(model).await?;
        }
        if self.iteration == 0 {
            self.places = (0..self.norms.len()).filter(|&i| self.norms[i] > self.config.epsilon).collect();
            self.images = self.places.iter().flat_map(|&i| self.of(&self.origin, i).iter().copied()).collect();
        }
        for _ in 0..stride(&self.victims) {
            if self.places.is_empty() || self.iteration == self.config.steps {
                break;
            }
            self.iterate(model).await?;
            self.iteration += 1;
        }
        if self.iteration == self.config.steps {
            self.iteration = 0;
            self.round += 1;
        }
        let held = self.norms.iter().any(|norm| *norm > self.config.epsilon);
        // A round goes on to its end, as in the authors' code: what is found within ε may come nearer.
        let finished = self.iteration == 0 && (!held || self.round == self.rounds());
        let done = if finished { self.config.targets } else { self.round } * self.config.steps + self.iteration;
        let round = (self.round + 1).min(self.config.targets);
        Ok(Status { finished, round, iteration: self.iteration, done, ..Status::default() })
    }

    fn of<'a>(&self, images: &'a [f32], place: usize) -> &'a [f32] {
        let each = self.origin.len() / self.norms.len();
        &images[place * each..][..each]
    }

    /// One step of the images at hand: both they and their originals go to the boundary between the own class and the target, and the
    /// two are mixed (equation 9).
    async fn iterate(&mut self, model: &dyn Classifier) -> Result<()> {
        let some = self.victims.select(&self.places);
        let images = self.tensor(&self.images);
        let classes = self.places.iter().map(|&i| self.ranking[i][self.round % self.ranking[i].len()]);
        let target = tensors::one_hot(&classes.collect::<Vec<_>>(), model.classes(), &images.device());
        let mut ahead = None;
        let gradient = loss::input_gradient(model, images, |logits| {
            let difference = match some.goal {
                Goal::Targeted { .. } => some.lead(logits).neg(),
                Goal::Untargeted => {
                    let largest = |mask: Tensor<2, burn::tensor::Bool>| {
                        logits.clone().mask_fill(mask.bool_not(), f32::MIN).max_dim(1)
                    };
                    largest(target.greater_elem(0.5)) - largest(some.mask(model.classes()))
                }
            };
            ahead = Some(difference.clone().detach().without_autodiff());
            difference.sum()
        });
        let gradient = device::read(gradient).await?;
        let ahead = device::read(ahead.expect("the difference was asked for")).await?;
        let each = self.origin.len() / self.norms.len();
        for (m, &place) in self.places.iter().enumerate() {
            let original = &self.origin[place * each..][..each];
            let image = &mut self.images[m * each..][..each];
            let w = &gradient[m * each..][..each];
            // The boundary of the linearised classifier: w·x = b.
            let at = |x: &[f32]| w.iter().zip(x).map(|(w, x)| f64::from(*w) * f64::from(*x)).sum::<f64>();
            let b = at(image) - f64::from(ahead[m]);
            if !b.is_finite() {
                continue;
            }
            let (here, there) = (to_boundary(image, w, at(image) - b), to_boundary(original, w, at(original) - b));
            let size = |step: &[f32]| step.iter().fold(1e-8f32, |max, delta| max.max(delta.abs()));
            let (near, far) = (size(&here), size(&there));
            let alpha = (near / (near + far)).min(ALPHA_MAX);
            for (i, value) in image.iter_mut().enumerate() {
                let (own, from_original) = (*value + ETA * here[i], original[i] + ETA * there[i]);
                *value = (own * (1.0 - alpha) + from_original * alpha).clamp(0.0, 1.0);
            }
        }
        let leads = device::read(some.lead(model.logits(self.tensor(&self.images)))).await?;
        for (m, &place) in self.places.iter().enumerate() {
            let original = &self.origin[place * each..][..each];
            let image = &mut self.images[m * each..][..each];
            let best = &mut self.best[place * each..][..each];
            if !reached(leads[m]) {
                if self.norms[place].is_infinite() {
                    best.copy_from_slice(image);
                }
                continue;
            }
            let norm = image.iter().zip(original).fold(0.0f32, |max, (a, b)| max.max((a - b).abs()));
            if norm < self.norms[place] {
                self.norms[place] = norm;
                best.copy_from_slice(image);
            }
            image.iter_mut().zip(original).for_each(|(value, origin)| *value = origin + (*value - origin) * BETA);
        }
        Ok(())
    }

    fn tensor(&self, pixels: &[f32]) -> Tensor<4> {
        let [n, c, h, w] = self.victims.images.dims();
        let count = pixels.len() * n / self.origin.len();
        Tensor::from_data(TensorData::new(pixels.to_vec(), [count, c, h, w]), &self.victims.images.device())
    }
}

/// The smallest change in L∞ that takes a point to the hyperplane which it is `beyond` (w·x − b), within [0, 1]; as far towards it as
/// [0, 1] allows where it cannot be reached (section 3.2, equation 6).
fn to_boundary(point: &[f32], w: &[f32], beyond: f64) -> Vec<f32> {
    let sign = if beyond > 0.0 { -1.0f32 } else { 1.0 };
    let direction = |w: f32| if w == 0.0 { 0.0 } else { sign * w.signum() };
    let room = |x: f32, w: f32| if direction(w) > 0.0 { 1.0 - x } else { x };
    // Σ |wᵢ| · min(λ, roomᵢ) = |w·x − b|: as λ grows, values run out of room one after another.
    let mut rooms: Vec<(f32, f64)> =
        point.iter().zip(w).filter(|(_, w)| **w != 0.0).map(|(&x, &w)| (room(x, w), f64::from(w.abs()))).collect();
    rooms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut slope: f64 = rooms.iter().map(|(_, weight)| weight).sum();
    let (mut missing, mut lambda) = (beyond.abs(), 0.0f64);
    for (room, weight) in rooms {
        let next = f64::from(room);
        if slope * (next - lambda) >= missing {
            break;
        }
        missing -= slope * (next - lambda);
        slope -= weight;
        lambda = next;
    }
    let lambda = if slope > 1e-12 { lambda + missing / slope } else { lambda } as f32;
    point.iter().zip(w).map(|(&x, &w)| direction(w) * lambda.min(room(x, w))).collect()
}

impl Run for FabRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// The nearest successes, those beyond ε drawn back to its edge.
    fn adversarial(&self) -> Tensor<4> {
        match self.best.is_empty() {
            true => self.victims.images.clone(),
            false => project(self.tensor(&self.best), &self.victims.images, self.config.epsilon),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_boundary;

    #[test]
    fn projections_are_the_nearest_points_of_the_plane() {
        // (point, w, w·x − b, expected change)
        let cases = [
            // Room enough: every value by the same, against the gradient.
            ([0.5, 0.5], [1.0, -1.0], 0.4, [-0.2, 0.2]),
            ([0.5, 0.5], [1.0, -1.0], -0.4, [0.2, -0.2]),
            // The first runs out of room at 0.1, the second makes up for it.
            ([0.1, 0.5], [1.0, 1.0], 0.4, [-0.1, -0.3]),
            // A value that does not count stays.
            ([0.5, 0.5], [0.0, 2.0], 0.4, [0.0, -0.2]),
            // Out of reach: to the corner.
            ([0.1, 0.2], [1.0, 1.0], 4.0, [-0.1, -0.2]),
        ];
        for (point, w, beyond, expected) in cases {
            let change = to_boundary(&point, &w, beyond);
            let near = change.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6);
            assert!(near, "{point:?}, {w:?}, {beyond}: {change:?}, not {expected:?}");
        }
    }
}
