//! Jacobian-based saliency map attack (Papernot et al. 2016, algorithms 2 and 3): few values, each changed once.

use burn::tensor::{Tensor, TensorData};
use sign_kernels::best_pair;

use super::goal::Goal;
use super::method::{Method, Run, Status, Step};
use super::victims::{Victims, reached};
use crate::device;
use crate::error::Result;
use crate::metrics;
use crate::model::{Classifier, loss};
use crate::settings::settings;
use crate::tensors;

settings! {
    /// Changes few colour values, each once: all the way, unless told otherwise.
    ///
    /// Adds θ to the values whose saliency is largest, two at a time or one, until the target class wins; of equals the first. A value
    /// that was chosen is left alone from then on, also where θ did not take it to the edge; the paper's algorithm 3 goes on to
    /// saturation, which with θ = ±1 is the same. Without a target it aims at the likeliest other class of each image. On
    /// logits, for any number of classes.
    #[title = "JSMA"]
    #[paper = "Papernot et al.: The Limitations of Deep Learning in Adversarial Settings, 2016, algorithms 2 and 3"]
    #[arxiv = "1511.07528"]
    #[equation = "S_i = {∂ z_t}/{∂ x_i} · | ∑_{k ≠ t} {∂ z_k}/{∂ x_i} |"]
    #[serde(default, deny_unknown_fields)]
    pub struct Jsma {
        /// What is added to a chosen colour value, once; below 0 it darkens.
        #[label = "Change of a value"]
        #[symbol = "θ"]
        #[range(-1.0..=1.0)]
        pub theta: f32 = 1.0,
        /// The most of all colour values that may be changed.
        #[label = "Share of values"]
        #[symbol = "γ"]
        #[range(1e-4..=1.0)]
        pub gamma: f32 = 0.1,
        /// The best single value in each step instead of the best pair.
        #[label = "One value at a time"]
        pub one_pixel: bool = false,
    }
}

impl Jsma {
    fn iterations_for(&self, values: usize) -> usize {
        let at_a_time = if self.one_pixel { 1.0 } else { 2.0 };
        ((self.gamma * values as f32 / at_a_time) as usize).max(1)
    }

    /// The values of one image to change: the pair, or the one, with the largest −α·β, where α is by how much the target's
    /// logit grows and β by how much the others' do; both signs have to be right (equations 8 and 9).
    fn choose(&self, alpha: &[f32], beta: &[f32], free: &[bool]) -> Option<Vec<usize>> {
        // Darkening needs the opposite signs.
        let towards = self.theta.signum();
        let candidates: Vec<usize> = (0..alpha.len()).filter(|&i| free[i]).collect();
        let of = |values: &[f32]| -> Vec<f32> { candidates.iter().map(|&i| values[i] * towards).collect() };
        let (alpha, beta) = (of(alpha), of(beta));
        if !self.one_pixel {
            return best_pair(&alpha, &beta).map(|pair| pair.map(|k| candidates[k]).to_vec());
        }
        let mut best = (0.0f32, None);
        for (k, (&a, &b)) in alpha.iter().zip(&beta).enumerate() {
            if a > 0.0 && b < 0.0 && -a * b > best.0 {
                best = (-a * b, Some(vec![candidates[k]]));
            }
        }
        best.1
    }
}

impl Method for Jsma {
    /// Of images of 3×32×32.
    fn iterations(&self) -> usize {
        self.iterations_for(crate::data::PIXELS)
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        Box::new(JsmaRun { config: self.clone(), victims, work: None, iteration: 0 })
    }
}

/// A started attack.
struct JsmaRun {
    config: Jsma,
    victims: Victims,
    work: Option<Work>,
    iteration: usize,
}

/// What is known once the model has been asked.
struct Work {
    origin: Vec<f32>,
    pixels: Vec<f32>,
    targets: Vec<usize>,
    /// Values that have not been changed yet and can be.
    free: Vec<bool>,
    /// Places of the images that still hold and have something left to change; the others are not asked about again.
    active: Vec<usize>,
    reached: Vec<bool>,
}

impl JsmaRun {
    async fn begin(&self, model: &dyn Classifier) -> Result<Work> {
        let logits = model.logits(self.victims.images.clone());
        let lead = self.victims.lead(logits.clone());
        let [logits, lead] = device::read_array([logits, lead]).await?;
        let origin = device::read(self.victims.images.clone()).await?;
        let runner_up = |(logits, &label): (&[f32], &usize)| match self.victims.goal {
            Goal::Targeted { class } => class,
            Goal::Untargeted => {
                let first = metrics::top(logits, 3);
                let mut others = first.iter().map(|score| score.class);
                others.find(|class| *class != label && Some(*class) != self.victims.refusal).unwrap_or(0)
            }
        };
        let reached: Vec<bool> = lead.iter().map(|&lead| reached(lead)).collect();
        let free = origin.iter().map(|&value| value != (value + self.config.theta).clamp(0.0, 1.0)).collect();
        Ok(Work {
            pixels: origin.clone(),
            targets: logits.chunks_exact(model.classes()).zip(&self.victims.labels).map(runner_up).collect(),
            free,
            active: (0..reached.len()).filter(|&i| !reached[i]).collect(),
            reached,
            origin,
        })
    }

    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        let mut work = match self.work.take() {
            Some(work) => work,
            None => self.begin(model).await?,
        };
        let [_, c, h, w] = self.victims.images.dims();
        let each = c * h * w;
        let limit = self.config.iterations_for(each);
        if !work.active.is_empty() {
            let targets: Vec<usize> = work.active.iter().map(|&i| work.targets[i]).collect();
            let targets = tensors::one_hot(&targets, model.classes(), &self.victims.images.device());
            let of_targets = |logits: Tensor<2>| (logits * targets.clone()).sum();
            let of_others = |logits: Tensor<2>| (logits.clone() - logits * targets.clone()).sum();
            let images = self.tensor(&work, &work.active);
            let alpha = loss::input_gradient(model, images.clone(), of_targets);
            let beta = loss::input_gradient(model, images, of_others);
            let [alpha, beta] = device::read_array([alpha, beta]).await?;
            let mut going = vec![];
            let gradients = alpha.chunks_exact(each).zip(beta.chunks_exact(each));
            for (&i, (alpha, beta)) in work.active.iter().zip(gradients) {
                if let Some(chosen) = self.config.choose(alpha, beta, &work.free[i * each..][..each]) {
                    going.push(i);
                    for at in chosen.into_iter().map(|at| i * each + at) {
                        work.pixels[at] = (work.pixels[at] + self.config.theta).clamp(0.0, 1.0);
                        work.free[at] = false;
                    }
                }
            }
            work.active = going;
        }
        if !work.active.is_empty() {
            let some = self.victims.select(&work.active);
            let leads = device::read(some.lead(model.logits(self.tensor(&work, &work.active)))).await?;
            for (&i, lead) in work.active.iter().zip(leads) {
                work.reached[i] = reached(lead);
            }
            work.active.retain(|&i| !work.reached[i]);
        }
        self.iteration += 1;
        let finished = self.iteration >= limit || work.active.is_empty();
        if finished {
            // An image that holds to the end is given back as it was.
            for i in (0..self.victims.len()).filter(|&i| !work.reached[i]) {
                let range = i * each..(i + 1) * each;
                work.pixels[range.clone()].copy_from_slice(&work.origin[range]);
            }
        }
        self.work = Some(work);
        let done = if finished { self.config.iterations() } else { self.iteration };
        Ok(Status { finished, round: 1, iteration: self.iteration, done, ..Status::default() })
    }

    /// Some images as they are now.
    fn tensor(&self, work: &Work, which: &[usize]) -> Tensor<4> {
        let [_, c, h, w] = self.victims.images.dims();
        let each = c * h * w;
        let mut pixels = Vec::with_capacity(which.len() * each);
        which.iter().for_each(|&i| pixels.extend_from_slice(&work.pixels[i * each..][..each]));
        Tensor::from_data(TensorData::new(pixels, [which.len(), c, h, w]), &self.victims.images.device())
    }
}

impl Run for JsmaRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// The originals of those that still hold: half a way is no example.
    fn adversarial(&self) -> Tensor<4> {
        let mut images = self.current();
        let reached = |place: usize| self.work.as_ref().is_some_and(|work| work.reached[place]);
        let hold: Vec<usize> = (0..self.victims.len()).filter(|&place| !reached(place)).collect();
        if !hold.is_empty() {
            tensors::put_back(&mut images, &hold, &tensors::select(&self.victims.images, &hold));
        }
        images
    }

    fn current(&self) -> Tensor<4> {
        match &self.work {
            Some(work) => self.tensor(work, &(0..self.victims.len()).collect::<Vec<_>>()),
            None => self.victims.images.clone(),
        }
    }
}
