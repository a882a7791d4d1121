//! Projected gradient descent (Madry et al. 2018, section 2.1): BIM from random starts.

use burn::tensor::Tensor;

use super::method::{Method, Run, Status, Step, stride};
use super::victims::{Victims, project};
use crate::device;
use crate::error::Result;
use crate::model::{Classifier, loss};
use crate::settings::settings;
use crate::tensors;

settings! {
    /// BIM from random starts; the usual measure of robustness.
    ///
    /// Each start is uniform in the ε-ball; further ones are made on the images that still hold. Per image any success wins, else the
    /// iterate with the highest loss.
    #[title = "PGD"]
    #[paper = "Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, section 2.1"]
    #[arxiv = "1706.06083"]
    #[equation = r#"x_0 = x + u ,   u ~ U ( −ε , ε ) ;   x_{i+1} = Π_ε ( x_i + α · "sign" ∇_x L ( x_i , y ) )"#]
    #[serde(default, deny_unknown_fields)]
    pub struct Pgd {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps from each start.
        #[range(1..=10_000)]
        pub steps: usize = 20,
        /// How far a colour value moves in one step.
        #[label = "Size of a step"]
        #[symbol = "α"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        #[open = "2.5·ε/steps"]
        pub alpha: Option<f32> = None,
        /// Random starts; a further one is made only where the ones before have failed.
        #[label = "Starts"]
        #[range(1..=100)]
        pub restarts: usize = 1,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Pgd {
    pub(super) fn ball(&self) -> Ball {
        Ball::new(self.epsilon, self.steps, self.alpha)
    }
}

impl Method for Pgd {
    fn iterations(&self) -> usize {
        self.steps * self.restarts
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(PgdRun::best_iterate(self, victims))
    }

    fn resolve(&mut self) {
        self.alpha = Some(self.ball().alpha);
    }
}

/// The region that is searched, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ball {
    pub(super) epsilon: f32,
    pub(super) steps: usize,
    pub(super) alpha: f32,
}

impl Ball {
    /// α = 2.5·ε/steps unless given: far enough to reach any corner and come back (Madry et al., appendix).
    pub(super) fn new(epsilon: f32, steps: usize, alpha: Option<f32>) -> Self {
        Self { epsilon, steps, alpha: alpha.unwrap_or(2.5 * epsilon / steps as f32) }
    }

    /// One step along the sign of the gradient; also what the images were worth before it.
    pub(super) fn step(&self, model: &dyn Classifier, victims: &Victims, images: Tensor<4>) -> (Tensor<4>, Worth) {
        let (gradient, worth) = Worth::with_gradient(model, victims, images.clone());
        let moved = images + gradient.sign().mul_scalar(self.alpha);
        (project(moved, &victims.images, self.epsilon), worth)
    }
}

/// What images are worth to the attacker, N×1 each.
#[derive(Clone)]
pub(super) struct Worth {
    /// What the attacker makes larger: the cross-entropy of the label, or minus that of the target.
    pub(super) loss: Tensor<2>,
    /// Logits to the goal; negative where it is reached.
    pub(super) lead: Tensor<2>,
}

impl Worth {
    /// Of some images.
    pub(super) fn of(model: &dyn Classifier, victims: &Victims, images: Tensor<4>) -> Self {
        Self::from_logits(victims, model.logits(images))
    }

    fn from_logits(victims: &Victims, logits: Tensor<2>) -> Self {
        Self { loss: victims.loss(logits.clone()), lead: victims.lead(logits) }
    }

    /// And the gradient of their loss.
    fn with_gradient(model: &dyn Classifier, victims: &Victims, images: Tensor<4>) -> (Tensor<4>, Self) {
        let mut worth = None;
        let gradient = loss::input_gradient(model, images, |logits| {
            let here = Self::from_logits(victims, logits);
            let sum = here.loss.clone().sum();
            worth =
                Some(Self { loss: here.loss.detach().without_autodiff(), lead: here.lead.detach().without_autodiff() });
            sum
        });
        (gradient, worth.expect("the loss was asked for"))
    }
}

/// Stands for "the goal is reached" among losses.
const REACHED: f32 = 1e30;

/// A started attack.
pub(super) struct PgdRun {
    ball: Ball,
    restarts: usize,
    /// None: from the original, and the last iterate counts.
    seed: Option<u32>,
    victims: Victims,
    best: Tensor<4>,
    /// Loss of `best`, or [`REACHED`].
    worth: Vec<f32>,
    restart: usize,
    round: Option<Round>,
}

/// One start, on the images that still hold.
struct Round {
    /// Their places in the batch.
    places: Vec<usize>,
    victims: Victims,
    images: Tensor<4>,
    best: Tensor<4>,
    /// M×1×1×1.
    worth: Tensor<4>,
    iteration: usize,
}

impl PgdRun {
    /// BIM.
    pub(super) fn last_iterate(ball: Ball, victims: Victims) -> Self {
        Self::new(ball, 1, None, victims)
    }

    fn best_iterate(config: &Pgd, victims: Victims) -> Self {
        Self::new(config.ball(), config.restarts, Some(config.seed), victims)
    }

    fn new(ball: Ball, restarts: usize, seed: Option<u32>, victims: Victims) -> Self {
        let (best, worth) = (victims.images.clone(), vec![f32::NEG_INFINITY; victims.len()]);
        Self { ball, restarts, seed, victims, best, worth, restart: 0, round: None }
    }

    fn begin(&self) -> Option<Round> {
        let places: Vec<usize> = (0..self.victims.len()).filter(|&i| self.worth[i] < REACHED).collect();
        if places.is_empty() {
            return None;
        }
        let victims =
            if places.len() == self.victims.len() { self.victims.clone() } else { self.victims.select(&places) };
        let images = match self.seed {
            None => victims.images.clone(),
            Some(seed) => {
                let noise = victims.noise(u64::from(seed) << 8 | self.restart as u64);
                let start = victims.images.clone() + noise.mul_scalar(self.ball.epsilon);
                project(start, &victims.images, self.ball.epsilon)
            }
        };
        let worth = Tensor::full([places.len(), 1, 1, 1], f32::MIN, &images.device());
        Some(Round { places, victims, best: images.clone(), images, worth, iteration: 0 })
    }

    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        let Some(mut round) = self.round.take().or_else(|| self.begin()) else {
            return Ok(self.status(0, true));
        };
        for _ in 0..stride(&self.victims) {
            if round.iteration == self.ball.steps {
                break;
            }
            round.iterate(&self.ball, model, self.seed.is_some());
        }
        if round.iteration < self.ball.steps {
            // Holds back the device's queue.
            device::read(round.worth.clone()).await?;
            let status = self.status(round.iteration, false);
            self.round = Some(round);
            return Ok(status);
        }
        round.keep(Worth::of(model, &round.victims, round.images.clone()));
        let worth = device::read(round.worth.clone()).await?;
        let better: Vec<usize> = (0..worth.len()).filter(|&i| worth[i] > self.worth[round.places[i]]).collect();
        let places: Vec<usize> = better.iter().map(|&i| round.places[i]).collect();
        if places.len() == self.victims.len() {
            self.best = round.best;
        } else if !better.is_empty() {
            tensors::put_back(&mut self.best, &places, &tensors::select(&round.best, &better));
        }
        better.iter().for_each(|&i| self.worth[round.places[i]] = worth[i]);
        self.restart += 1;
        let held = self.worth.iter().any(|&worth| worth < REACHED);
        Ok(self.status(0, self.restart == self.restarts || !held))
    }

    fn status(&self, iteration: usize, finished: bool) -> Status {
        let done = if finished { self.restarts } else { self.restart } * self.ball.steps + iteration;
        Status { finished, round: (self.restart + 1).min(self.restarts), iteration, done, ..Status::default() }
    }
}

impl Round {
    fn iterate(&mut self, ball: &Ball, model: &dyn Classifier, keep: bool) {
        let (moved, worth) = ball.step(model, &self.victims, self.images.clone());
        if keep {
            self.keep(worth);
        }
        self.images = moved;
        self.iteration += 1;
    }

    /// Takes the present images over where they are worth more than the best so far.
    fn keep(&mut self, here: Worth) {
        let [n, _] = here.loss.dims();
        let reached = here.lead.lower_elem(0.0);
        let here = here.loss.mask_fill(reached, REACHED).reshape([n, 1, 1, 1]);
        let better = here.clone().greater(self.worth.clone());
        self.worth = self.worth.clone().mask_where(better.clone(), here);
        let dims = self.best.dims();
        self.best = self.best.clone().mask_where(better.expand(dims), self.images.clone());
    }
}

impl Run for PgdRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    fn adversarial(&self) -> Tensor<4> {
        match &self.round {
            Some(round) if self.restart == 0 && self.seed.is_some() => round.best.clone(),
            _ => self.best.clone(),
        }
    }

    fn current(&self) -> Tensor<4> {
        match &self.round {
            Some(round) if round.places.len() == self.victims.len() => round.images.clone(),
            // A restart leaves out what is already fooled.
            _ => self.best.clone(),
        }
    }
}
