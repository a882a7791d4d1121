//! Carlini & Wagner's L2 attack ("Towards Evaluating the Robustness of Neural Networks", 2017, section VI-A).
//!
//! For each image: minimise ‖x′ − x‖² + c · f(x′) over w with x′ = ½(tanh w + 1), so that x′ stays in [0, 1] by itself, and
//! search for the smallest c that still succeeds. f = max(0, margin + κ) on logits (their f₆).

use burn::optim::{Adam, AdamConfig, AdamState, Optimizer};
use burn::tensor::{Tensor, TensorData};

use super::method::{Method, Run, Status, Step, stride};
use super::victims::Victims;
use crate::error::Result;
use crate::model::Classifier;
use crate::settings::settings;
use crate::{device, ops, tensors};

/// Pulls the pixels off 0 and 1 before atanh: at exactly 0 or 1 w would be infinite, its gradient zero, and the pixel would
/// never move.
const SHRINK: f32 = 0.999_999;

/// w stays within ±8: tanh saturates in f32 there, and tanh of large arguments gave NaN on Metal.
const W_MAX: f32 = 8.0;

/// Stands for "no success yet" among squared distances; an image differs from another by at most 3072.
const NONE_YET: f32 = 1e9;

settings! {
    /// Looks for the smallest change that works.
    ///
    /// The L2 form. The defaults are "interactive": 5 searches × 200 iterations.
    #[title = "Carlini & Wagner"]
    #[paper = "Carlini, Wagner: Towards Evaluating the Robustness of Neural Networks, 2017, section VI-A"]
    #[arxiv = "1608.04644"]
    #[equation = r#""min"_w "‖"δ"‖"_2^2 + c · "max" ( "max"_{k ≠ t} z_k − z_t , −κ ) ,   x + δ = {"tanh" w + 1}/{2}"#]
    #[serde(default, deny_unknown_fields)]
    pub struct CarliniWagner {
        /// How far the wrong answer must be ahead, in logits; more is more reliable but more visible.
        #[label = "Confidence"]
        #[symbol = "κ"]
        #[range(0.0..=1000.0)]
        pub kappa: f32 = 0.0,
        /// How many values of c are tried.
        #[range(1..=20)]
        pub searches: usize = 5,
        /// Steps of Adam for each value of c.
        #[range(1..=10_000)]
        pub steps: usize = 200,
        /// Size of a step of the search.
        #[symbol = "η"]
        #[range(1e-6..=1.0)]
        pub learning_rate: f32 = 0.05,
        /// How much fooling counts compared with staying close, in the first search.
        #[label = "First weight of the goal"]
        #[symbol = "c₀"]
        #[range(1e-6..=1e6)]
        pub initial_c: f32 = 1.0,
        /// End a search that no longer gets better.
        #[label = "Stop a search early"]
        pub abort_early: bool = true,
    }
}

impl CarliniWagner {
    /// The setting of the paper, with 1000 iterations.
    pub fn paper() -> Self {
        Self { searches: 9, steps: 1000, learning_rate: 0.01, initial_c: 1e-3, ..Self::default() }
    }
}

impl Method for CarliniWagner {
    fn iterations(&self) -> usize {
        self.searches * self.steps
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(CarliniWagnerRun::new(self.clone(), victims))
    }
}

/// A started attack: the state of every image of one batch. Images do not influence one another.
struct CarliniWagnerRun {
    config: CarliniWagner,
    victims: Victims,
    /// atanh of the shrunk original: where every search starts.
    start: Tensor<4>,
    /// What the search has come to.
    w: Tensor<4>,
    bounds: Vec<Bounds>,
    round: Round,
    search: usize,
    iteration: usize,
    /// Smallest squared L2 of a success, or [`NONE_YET`].
    best_distance: Vec<f32>,
    best_images: Tensor<4>,
    /// Whether there was a success with the c of this search.
    succeeded: Vec<bool>,
}

/// The search over c for one image.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bounds {
    lower: f32,
    upper: Option<f32>,
    c: f32,
}

impl Bounds {
    fn new(c: f32) -> Self {
        Self { lower: 0.0, upper: None, c }
    }

    /// Halves the interval; while there is no upper end, c grows tenfold.
    fn narrow(&mut self, success: bool) {
        if success {
            self.upper = Some(self.upper.map_or(self.c, |upper| upper.min(self.c)));
        } else {
            self.lower = self.lower.max(self.c);
        }
        self.c = match self.upper {
            Some(upper) => 0.5 * (self.lower + upper),
            // Keeps c · f finite in f32 however long nothing succeeds.
            None => (self.c * 10.0).min(1e10),
        };
    }
}

/// What starts anew with every c: w, Adam's moments, and who is still at work. It holds only those, so that an image that was given up
/// costs nothing.
struct Round {
    /// Their places.
    active: Vec<usize>,
    /// M of the N images.
    victims: Victims,
    /// ½(tanh(start) + 1): distances are measured from here.
    origin: Tensor<4>,
    w: Tensor<4>,
    adam: Adam,
    moments: Option<AdamState<4>>,
    /// M×1×1×1.
    c: Tensor<4>,
    /// M×1×1×1, 1 where an image succeeded with this c.
    succeeded: Tensor<4>,
    /// M×1×1×1: smallest squared L2 of a success, or [`NONE_YET`].
    best_distance: Tensor<4>,
    best_images: Tensor<4>,
    /// Each image's loss at the last check.
    last_loss: Vec<f32>,
}

impl Round {
    fn new(
        victims: &Victims,
        start: &Tensor<4>,
        bounds: &[Bounds],
        distances: &[f32],
        best_images: &Tensor<4>,
    ) -> Self {
        let n = bounds.len();
        let device = start.device();
        let column = |values: Vec<f32>| Tensor::from_data(TensorData::new(values, [n, 1, 1, 1]), &device);
        Self {
            active: (0..n).collect(),
            victims: victims.clone(),
            origin: to_image(start.clone()),
            w: start.clone(),
            adam: AdamConfig::new().with_beta_1(0.9).with_beta_2(0.999).with_epsilon(1e-8).build(),
            moments: None,
            c: column(bounds.iter().map(|bounds| bounds.c).collect()),
            succeeded: Tensor::zeros([n, 1, 1, 1], &device),
            best_distance: column(distances.to_vec()),
            best_images: best_images.clone(),
            last_loss: vec![f32::INFINITY; n],
        }
    }

    /// Some of those at work, by their place among these; the others are given up.
    fn only(&mut self, which: &[usize]) {
        self.active = which.iter().map(|&i| self.active[i]).collect();
        self.last_loss = which.iter().map(|&i| self.last_loss[i]).collect();
        self.victims = self.victims.select(which);
        let each = [
            &mut self.origin,
            &mut self.w,
            &mut self.c,
            &mut self.succeeded,
            &mut self.best_distance,
            &mut self.best_images,
        ];
        let moments = self.moments.as_mut().map(|state| &mut state.momentum);
        let moments = moments.into_iter().flat_map(|momentum| [&mut momentum.moment_1, &mut momentum.moment_2]);
        each.into_iter().chain(moments).for_each(|tensor| *tensor = tensors::select(tensor, which));
    }
}

/// ½(tanh w + 1).
fn to_image(w: Tensor<4>) -> Tensor<4> {
    ops::tanh(w).add_scalar(1.0).mul_scalar(0.5)
}

/// N×1 to N×1×1×1.
fn per_image(values: Tensor<2>) -> Tensor<4> {
    let [n, _] = values.dims();
    values.reshape([n, 1, 1, 1])
}

impl CarliniWagnerRun {
    fn new(config: CarliniWagner, victims: Victims) -> Self {
        let n = victims.labels.len();
        // atanh(u) = ½ ln((1 + u)/(1 − u)).
        let u = victims.images.clone().mul_scalar(2.0).sub_scalar(1.0).mul_scalar(SHRINK);
        let ratio = u.clone().add_scalar(1.0) / u.neg().add_scalar(1.0);
        let start = ratio.log().mul_scalar(0.5).clamp(-W_MAX, W_MAX);
        let bounds = vec![Bounds::new(config.initial_c); n];
        let best_distance = vec![NONE_YET; n];
        Self {
            round: Round::new(&victims, &start, &bounds, &best_distance, &victims.images),
            w: start.clone(),
            best_distance,
            best_images: victims.images.clone(),
            succeeded: vec![false; n],
            start,
            bounds,
            search: 1,
            iteration: 0,
            config,
            victims,
        }
    }

    /// Writes down what the round has come to.
    fn keep(&mut self) {
        tensors::put_back(&mut self.w, &self.round.active, &self.round.w);
        tensors::put_back(&mut self.best_images, &self.round.active, &self.round.best_images);
    }

    /// Gives up the images whose loss is above 0.9999 of what it was at the last check.
    fn give_up(&mut self, losses: &[f32]) {
        let better: Vec<usize> = (0..losses.len()).filter(|&i| losses[i] <= 0.9999 * self.round.last_loss[i]).collect();
        self.round.last_loss.copy_from_slice(losses);
        if better.len() < losses.len() {
            self.keep();
            match better.is_empty() {
                true => self.round.active.clear(),
                false => self.round.only(&better),
            }
        }
    }

    /// A few iterations, and the end of a search where it is due.
    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        let check_every = (self.config.steps / 10).max(1);
        let mut losses = None;
        for _ in 0..stride(&self.victims) {
            // As in the author's code: the first iteration is the first check.
            let at_check = self.config.abort_early && self.iteration.is_multiple_of(check_every);
            let loss = self.iterate(model);
            self.iteration += 1;
            if at_check {
                losses = Some(loss);
            }
            if at_check || self.iteration >= self.config.steps {
                break;
            }
        }
        // The one wait for the device in a step.
        let nothing = || Tensor::zeros([1, 1, 1, 1], &self.start.device());
        let checked = losses.is_some();
        let [distance, succeeded, losses] = device::read_array([
            self.round.best_distance.clone(),
            self.round.succeeded.clone(),
            losses.unwrap_or_else(nothing),
        ])
        .await?;
        for (i, &place) in self.round.active.iter().enumerate() {
            self.best_distance[place] = distance[i];
            self.succeeded[place] = succeeded[i] > 0.5;
        }
        if checked {
            self.give_up(&losses);
        }
        let status = Status {
            finished: false,
            round: self.search,
            iteration: self.iteration,
            done: (self.search - 1) * self.config.steps + self.iteration,
            c: self.bounds.first().map(|bounds| bounds.c),
            best_l2: self.best_distance.first().filter(|&&squared| squared < NONE_YET).map(|squared| squared.sqrt()),
        };
        if self.iteration < self.config.steps && !self.round.active.is_empty() {
            return Ok(status);
        }
        self.keep();
        for (bounds, succeeded) in self.bounds.iter_mut().zip(&mut self.succeeded) {
            bounds.narrow(std::mem::take(succeeded));
        }
        if self.search == self.config.searches {
            return Ok(Status { finished: true, done: self.config.searches * self.config.steps, ..status });
        }
        self.search += 1;
        self.iteration = 0;
        self.round = Round::new(&self.victims, &self.start, &self.bounds, &self.best_distance, &self.best_images);
        self.w = self.start.clone();
        Ok(status)
    }

    /// One iteration for those at work; returns each image's loss, M×1×1×1.
    fn iterate(&mut self, model: &dyn Classifier) -> Tensor<4> {
        let round = &mut self.round;
        let w = round.w.clone().autodiff().require_grad();
        let images = to_image(w.clone());
        let distance = (images.clone() - round.origin.clone()).square().sum_dims(&[1, 2, 3]); // [m, 1, 1, 1]
        // How far the attack is from its goal: positive as long as the wrong class leads.
        let lead = per_image(round.victims.lead(model.logits(images.clone())));
        let f = lead.clone().add_scalar(self.config.kappa).clamp_min(0.0);
        let losses = distance.clone() + round.c.clone() * f;
        let mut gradients = losses.clone().sum().backward();
        let gradient = w.grad_remove(&mut gradients).expect("the distance depends on w");

        // Keep the best success, then move. κ = 0 asks for a true lead: a tie is not a success.
        let lead = lead.detach().without_autodiff();
        let distance = distance.detach().without_autodiff();
        let success = lead.clone().lower_equal_elem(-self.config.kappa).bool_and(lead.lower_elem(0.0));
        let better = success.clone().bool_and(distance.clone().lower(round.best_distance.clone()));
        round.succeeded = round.succeeded.clone().mask_fill(success, 1.0);
        round.best_distance = round.best_distance.clone().mask_where(better.clone(), distance);
        let dims = round.best_images.dims();
        let images = images.detach().without_autodiff();
        round.best_images = round.best_images.clone().mask_where(better.expand(dims), images);

        let before = round.w.clone();
        let (moved, moments) =
            round.adam.step(f64::from(self.config.learning_rate), before.clone(), gradient, round.moments.take());
        round.moments = moments;
        round.w = moved.clamp(-W_MAX, W_MAX);
        losses.detach().without_autodiff()
    }
}

impl Run for CarliniWagnerRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// Per image the smallest-L2 success over all iterations and all c; the original where there was none.
    fn adversarial(&self) -> Tensor<4> {
        let mut images = self.best_images.clone();
        tensors::put_back(&mut images, &self.round.active, &self.round.best_images);
        images
    }

    fn current(&self) -> Tensor<4> {
        let mut w = self.w.clone();
        tensors::put_back(&mut w, &self.round.active, &self.round.w);
        to_image(w)
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    #[test]
    fn c_grows_tenfold_until_a_success_and_is_halved_after() {
        let mut bounds = Bounds::new(1.0);
        let mut tried = vec![];
        for success in [false, false, true, false, true] {
            tried.push(bounds.c);
            bounds.narrow(success);
        }
        assert_eq!(tried, [1.0, 10.0, 100.0, 55.0, 77.5]);
        assert_eq!(bounds.c, 0.5 * (55.0 + 77.5));
    }

    #[test]
    fn a_success_at_once_makes_c_smaller() {
        let mut bounds = Bounds::new(1.0);
        bounds.narrow(true);
        bounds.narrow(true);
        assert_eq!(bounds.c, 0.25);
    }
}
