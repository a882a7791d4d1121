//! Auto-PGD (Croce & Hein 2020, "Reliable evaluation of adversarial robustness", algorithm 1): PGD with momentum whose
//! step size falls when it stops helping.

use burn::tensor::{Tensor, TensorData};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::goal::Goal;
use super::method::{Method, Run, Status, Step, stride};
use super::pgd::Worth;
use super::victims::{Victims, project};
use crate::device;
use crate::error::{ParameterError, Result};
use crate::metrics;
use crate::model::{Classifier, loss};
use crate::settings::settings;
use crate::tensors;

/// Share of a period's steps that have to raise the loss, or the step is halved (ρ in the paper).
const RHO: f32 = 0.75;

/// Weight of the gradient step against the momentum.
const MOMENTUM: f32 = 0.75;

/// What is made larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApgdLoss {
    /// Cross-entropy.
    Ce,
    /// Difference of logits ratio.
    ///
    /// Away from the label.
    Dlr,
    /// Difference of logits ratio, targeted.
    ///
    /// Towards each of the likeliest other classes in turn.
    DlrTargeted,
}

settings! {
    /// PGD with momentum, whose steps shrink by themselves.
    ///
    /// α starts at 2ε, momentum 0.75, checkpoints at 22 % of the steps, then at intervals that shrink by 3 % to 6 %.
    #[title = "APGD"]
    #[paper = "Croce, Hein: Reliable Evaluation of Adversarial Robustness, ICML 2020, algorithm 1"]
    #[arxiv = "2003.01690"]
    #[equation = r#"z_{i+1} = Π_ε ( x_i + η_i · "sign" ∇_x L ( x_i ) ) ,   x_{i+1} = Π_ε ( x_i + a ( z_{i+1} − x_i ) + ( 1 − a ) ( x_i − x_{i−1} ) )"#]
    #[serde(default, deny_unknown_fields)]
    pub struct Apgd {
        /// The most that any colour value may change.
        #[label = "Strength"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.0..=1.0)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Steps from each start; their size falls when they stop helping.
        #[range(1..=10_000)]
        pub steps: usize = 100,
        /// What is made larger. Towards a chosen class it is always the cross-entropy.
        pub loss: ApgdLoss = ApgdLoss::Ce,
        /// Random starts; with the targeted loss for each class aimed at.
        #[label = "Starts"]
        #[range(1..=100)]
        pub restarts: usize = 1,
        /// How many of the likeliest other classes the targeted loss tries; the other losses do not ask.
        #[label = "Classes aimed at"]
        #[range(1..=199)]
        pub targets: usize = 9,
        /// The same seed gives the same random numbers of the attack again.
        pub seed: u32 = 1,
    }
}

impl Apgd {
    fn rounds(&self) -> usize {
        match self.loss {
            ApgdLoss::DlrTargeted => self.restarts * self.targets,
            ApgdLoss::Ce | ApgdLoss::Dlr => self.restarts,
        }
    }
}

impl Method for Apgd {
    fn iterations(&self) -> usize {
        self.steps * self.rounds()
    }

    /// With fewer classes, the denominator of the difference of logits ratio does not exist.
    fn suits(&self, goal: Goal, classes: usize) -> Result<()> {
        let (loss, fewest) = match (self.loss, goal) {
            (ApgdLoss::Ce, _) | (_, Goal::Targeted { .. }) => return Ok(()),
            (ApgdLoss::Dlr, _) => ("dlr", 3),
            (ApgdLoss::DlrTargeted, _) => ("dlr_targeted", 4),
        };
        if classes >= fewest {
            return Ok(());
        }
        Err(ParameterError::LossNeedsClasses { loss: loss.into(), fewest, classes }.into())
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let n = victims.len();
        Box::new(ApgdRun {
            config: self.clone(),
            best: victims.images.clone(),
            best_loss: vec![f32::NEG_INFINITY; n],
            fooled: vec![false; n],
            ranking: vec![],
            victims,
            number: 0,
            round: None,
        })
    }
}

/// A started attack.
struct ApgdRun {
    config: Apgd,
    victims: Victims,
    best: Tensor<4>,
    best_loss: Vec<f32>,
    fooled: Vec<bool>,
    /// The classes of each image, likeliest first; filled for the targeted loss.
    ranking: Vec<Vec<usize>>,
    number: usize,
    round: Option<Round>,
}

/// One start, on the images that still hold. Vectors have an entry an image; small tensors are M×1×1×1.
struct Round {
    places: Vec<usize>,
    victims: Victims,
    /// One-hot of the class that the targeted loss aims at.
    target: Option<Tensor<2>>,
    images: Tensor<4>,
    before: Tensor<4>,
    gradient: Tensor<4>,
    loss: Tensor<4>,
    /// Highest loss so far, with its image and gradient: where a halved step starts again.
    best_loss: Tensor<4>,
    best_images: Tensor<4>,
    best_gradient: Tensor<4>,
    /// The last success, or the best image.
    fooling: Tensor<4>,
    fooled: Tensor<4>,
    step_size: Vec<f32>,
    /// Steps since the last checkpoint that raised the loss.
    rises: Tensor<4>,
    best_at_checkpoint: Vec<f32>,
    halved_at_checkpoint: Vec<bool>,
    since_checkpoint: usize,
    period: usize,
    iteration: usize,
}

impl ApgdRun {
    async fn begin(&mut self, model: &dyn Classifier) -> Result<Option<Round>> {
        let places: Vec<usize> = (0..self.victims.len()).filter(|&i| !self.fooled[i]).collect();
        if places.is_empty() {
            return Ok(None);
        }
        let untargeted = self.victims.goal == Goal::Untargeted;
        let aims = self.config.loss == ApgdLoss::DlrTargeted && untargeted;
        if aims && self.ranking.is_empty() {
            let logits = device::read(model.logits(self.victims.images.clone())).await?;
            self.ranking = logits
                .chunks_exact(model.classes())
                .zip(&self.victims.labels)
                .map(|(logits, label)| {
                    let order = metrics::top(logits, logits.len()).into_iter().map(|score| score.class);
                    order.filter(|class| class != label && Some(*class) != self.victims.refusal).collect()
                })
                .collect();
        }
        let victims =
            if places.len() == self.victims.len() { self.victims.clone() } else { self.victims.select(&places) };
        let target = aims.then(|| {
            // With fewer other classes than targets asked for, they are gone through again from another start.
            let rank = self.number % self.config.targets;
            let classes = places.iter().map(|&i| self.ranking[i][rank % self.ranking[i].len()]).collect::<Vec<_>>();
            tensors::one_hot(&classes, model.classes(), &victims.images.device())
        });
        let noise = victims.noise(u64::from(self.config.seed) << 16 | self.number as u64);
        // As in the reference: some value of every image starts at the very edge of the ball.
        let reach = noise.clone().abs().max_dim(3).max_dim(2).max_dim(1).add_scalar(1e-12); // [m, 1, 1, 1]
        let start = victims.images.clone() + noise / reach.expand(victims.images.dims()) * self.config.epsilon;
        let images = project(start, &victims.images, self.config.epsilon);
        let (n, device) = (places.len(), images.device());
        let low = Tensor::full([n, 1, 1, 1], f32::MIN, &device);
        let mut round = Round {
            places,
            victims,
            target,
            before: images.clone(),
            gradient: images.zeros_like(),
            loss: low.clone(),
            best_loss: low,
            best_images: images.clone(),
            best_gradient: images.zeros_like(),
            fooling: images.clone(),
            fooled: Tensor::zeros([n, 1, 1, 1], &device),
            step_size: vec![2.0 * self.config.epsilon; n],
            rises: Tensor::zeros([n, 1, 1, 1], &device),
            best_at_checkpoint: vec![],
            halved_at_checkpoint: vec![true; n],
            since_checkpoint: 0,
            period: first_period(self.config.steps),
            iteration: 0,
            images,
        };
        round.look(self.config.loss, model);
        round.best_at_checkpoint = device::read(round.best_loss.clone()).await?;
        round.rises = Tensor::zeros([n, 1, 1, 1], &device);
        Ok(Some(round))
    }

    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        let round = match self.round.take() {
            Some(round) => Some(round),
            None => self.begin(model).await?,
        };
        let Some(mut round) = round else { return Ok(self.status(0, true)) };
        for _ in 0..stride(&self.victims) {
            round.iterate(&self.config, model);
            if round.iteration == self.config.steps || round.since_checkpoint == round.period {
                break;
            }
        }
        if round.since_checkpoint == round.period {
            round.checkpoint(self.config.steps).await?;
        }
        if round.iteration < self.config.steps {
            // Holds back the device's queue.
            device::read(round.fooled.clone()).await?;
            let status = self.status(round.iteration, false);
            self.round = Some(round);
            return Ok(status);
        }
        let [loss, fooled] = device::read_array([round.best_loss.clone(), round.fooled.clone()]).await?;
        let better: Vec<usize> =
            (0..loss.len()).filter(|&i| fooled[i] > 0.5 || loss[i] > self.best_loss[round.places[i]]).collect();
        if !better.is_empty() {
            let places: Vec<usize> = better.iter().map(|&i| round.places[i]).collect();
            tensors::put_back(&mut self.best, &places, &tensors::select(&round.chosen(), &better));
        }
        for i in better {
            self.best_loss[round.places[i]] = loss[i];
            self.fooled[round.places[i]] = fooled[i] > 0.5;
        }
        self.number += 1;
        let held = self.fooled.contains(&false);
        Ok(self.status(0, self.number == self.config.rounds() || !held))
    }

    fn status(&self, iteration: usize, finished: bool) -> Status {
        let rounds = self.config.rounds();
        let done = if finished { rounds } else { self.number } * self.config.steps + iteration;
        Status { finished, round: (self.number + 1).min(rounds), iteration, done, ..Status::default() }
    }
}

/// A share of the steps, at least one.
fn share(steps: usize, share: f32) -> usize {
    ((steps as f32 * share) as usize).max(1)
}

/// Steps before the first checkpoint: w₁ = 0.22 · steps (section 3.2), rounded down as in the authors' code.
fn first_period(steps: usize) -> usize {
    share(steps, 0.22)
}

/// Steps from a checkpoint to the next: w_{j+1} − w_j = max(w_j − w_{j−1} − 0.03 · steps, 0.06 · steps).
fn next_period(steps: usize, period: usize) -> usize {
    period.saturating_sub(share(steps, 0.03)).max(share(steps, 0.06))
}

/// What an image has done between two checkpoints.
struct Period {
    /// Its steps.
    steps: usize,
    /// Those that raised the loss.
    rises: f32,
    /// Whether its step was halved at the checkpoint before.
    halved_before: bool,
    /// Highest loss so far, at the checkpoint before and now.
    best: [f32; 2],
}

impl Period {
    /// Whether the step is halved: the loss rose too seldom (condition 1), or the best did not change though the step stayed (condition 2).
    fn halves(&self) -> bool {
        let oscillates = self.rises <= RHO * self.steps as f32;
        let stuck = !self.halved_before && self.best[0] >= self.best[1];
        oscillates || stuck
    }
}

impl Round {
    /// Gradient and loss at the present images; keeps what is best.
    fn look(&mut self, which: ApgdLoss, model: &dyn Classifier) {
        let mut worth = None;
        self.gradient = loss::input_gradient(model, self.images.clone(), |logits| {
            let is_label = self.victims.mask(logits.dims()[1]);
            let lead = self.victims.lead(logits.clone());
            let loss = match (self.victims.goal, which, &self.target) {
                (Goal::Untargeted, ApgdLoss::Dlr, _) => loss::dlr(logits, is_label),
                (Goal::Untargeted, ApgdLoss::DlrTargeted, Some(target)) => {
                    loss::dlr_targeted(logits, is_label, target.clone().greater_elem(0.5))
                }
                _ => self.victims.loss(logits),
            };
            let sum = loss.clone().sum();
            worth = Some(Worth { loss: loss.detach().without_autodiff(), lead: lead.detach().without_autodiff() });
            sum
        });
        let Worth { loss, lead } = worth.expect("the loss was asked for");
        let n = self.places.len();
        let (loss, lead) = (loss.reshape([n, 1, 1, 1]), lead.reshape([n, 1, 1, 1]));
        let dims = self.images.dims();

        self.rises = self.rises.clone() + loss.clone().greater(self.loss.clone()).float();
        let better = loss.clone().greater(self.best_loss.clone());
        self.best_loss = self.best_loss.clone().mask_where(better.clone(), loss.clone());
        let better = better.expand(dims);
        self.best_images = self.best_images.clone().mask_where(better.clone(), self.images.clone());
        self.best_gradient = self.best_gradient.clone().mask_where(better, self.gradient.clone());
        let fools = lead.lower_elem(0.0);
        self.fooled = self.fooled.clone().mask_fill(fools.clone(), 1.0);
        self.fooling = self.fooling.clone().mask_where(fools.expand(dims), self.images.clone());
        self.loss = loss;
    }

    fn iterate(&mut self, config: &Apgd, model: &dyn Classifier) {
        let n = self.places.len();
        let weight = if self.iteration == 0 { 1.0 } else { MOMENTUM };
        let step_size = TensorData::new(self.step_size.clone(), [n, 1, 1, 1]);
        let step_size = Tensor::<4>::from_data(step_size, &self.images.device());
        let momentum = self.images.clone() - self.before.clone();
        let moved = self.images.clone() + self.gradient.clone().sign() * step_size;
        let moved = project(moved, &self.victims.images, config.epsilon);
        let step = (moved - self.images.clone()).mul_scalar(weight) + momentum.mul_scalar(1.0 - weight);
        let moved = project(self.images.clone() + step, &self.victims.images, config.epsilon);
        self.before = std::mem::replace(&mut self.images, moved);
        self.look(config.loss, model);
        self.iteration += 1;
        self.since_checkpoint += 1;
    }

    /// Halves the step of images whose loss rose too seldom, or not at all since the last checkpoint, and takes them back
    /// to their best.
    async fn checkpoint(&mut self, steps: usize) -> Result<()> {
        let [rises, best] = device::read_array([self.rises.clone(), self.best_loss.clone()]).await?;
        let n = self.places.len();
        let halve: Vec<bool> = (0..n)
            .map(|i| {
                let best = [self.best_at_checkpoint[i], best[i]];
                Period { steps: self.period, rises: rises[i], halved_before: self.halved_at_checkpoint[i], best }
                    .halves()
            })
            .collect();
        self.step_size.iter_mut().zip(&halve).filter(|(_, halve)| **halve).for_each(|(size, _)| *size /= 2.0);
        let mask: Vec<f32> = halve.iter().map(|&halve| f32::from(halve)).collect();
        let mask = Tensor::<4>::from_data(TensorData::new(mask, [n, 1, 1, 1]), &self.images.device());
        let mask = mask.greater_elem(0.5).expand(self.images.dims());
        self.images = self.images.clone().mask_where(mask.clone(), self.best_images.clone());
        self.gradient = self.gradient.clone().mask_where(mask, self.best_gradient.clone());
        self.halved_at_checkpoint = halve;
        self.best_at_checkpoint = best;
        self.rises = self.rises.zeros_like();
        self.since_checkpoint = 0;
        self.period = next_period(steps, self.period);
        Ok(())
    }

    /// A success where there is one, else the image with the highest loss.
    fn chosen(&self) -> Tensor<4> {
        let fooled = self.fooled.clone().greater_elem(0.5).expand(self.images.dims());
        self.best_images.clone().mask_where(fooled, self.fooling.clone())
    }
}

impl Run for ApgdRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    fn adversarial(&self) -> Tensor<4> {
        match &self.round {
            Some(round) if self.number == 0 => round.chosen(),
            _ => self.best.clone(),
        }
    }

    fn current(&self) -> Tensor<4> {
        match &self.round {
            Some(round) if round.places.len() == self.victims.len() => round.images.clone(),
            _ => self.best.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// w_j of section 3.2: the periods of 100 steps are 22, 19, 16, 13, 10, 7, 6, 6 …
    #[test]
    fn checkpoints_are_those_of_the_paper() {
        let checkpoints = |steps: usize| {
            let mut at = first_period(steps);
            let mut found = vec![];
            let mut period = at;
            while at <= steps {
                found.push(at);
                period = next_period(steps, period);
                at += period;
            }
            found
        };
        assert_eq!(checkpoints(100), [22, 41, 57, 70, 80, 87, 93, 99]);
        assert_eq!(checkpoints(1000), [220, 410, 570, 700, 800, 870, 930, 990]);
        // With few steps no period is empty.
        assert_eq!(checkpoints(10), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(checkpoints(1), [1]);
    }

    #[test]
    fn steps_are_halved_on_the_two_conditions() {
        let period = |rises, halved_before, best| Period { steps: 20, rises, halved_before, best };
        for (what, period, halves) in [
            ("it rises often, and the best with it", period(16.0, false, [1.0, 2.0]), false),
            ("three quarters are not more than three quarters", period(15.0, false, [1.0, 2.0]), true),
            ("the best stands still", period(16.0, false, [2.0, 2.0]), true),
            ("but the step has just been halved", period(16.0, true, [2.0, 2.0]), false),
            ("halved, and it rises too seldom again", period(15.0, true, [1.0, 2.0]), true),
        ] {
            assert_eq!(period.halves(), halves, "{what}");
        }
    }
}
