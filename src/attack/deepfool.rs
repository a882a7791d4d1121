//! DeepFool (Moosavi-Dezfooli, Fawzi, Frossard 2016, algorithm 2): step by step over the nearest boundary of the linearised
//! classifier.

use burn::tensor::{Tensor, TensorData};

use super::method::{Method, Run, Status, Step};
use super::victims::{Victims, reached};
use crate::device;
use crate::error::Result;
use crate::model::{Classifier, loss};
use crate::settings::settings;
use crate::tensors;

/// Added to each distance, so that a step ends beyond the boundary and not on it (as in the authors' code and Foolbox).
const MORE: f32 = 1e-4;

settings! {
    /// Steps over the nearest boundary; it takes no target.
    ///
    /// The L2 form, over all classes.
    #[title = "DeepFool"]
    #[paper = "Moosavi-Dezfooli, Fawzi, Frossard: DeepFool, CVPR 2016, algorithm 2"]
    #[arxiv = "1511.04599"]
    #[equation = r#"δ = {| z_k − z_y |}/{"‖"∇ z_k − ∇ z_y"‖"_2^2} ( ∇ z_k − ∇ z_y )"#]
    #[marks(NoTarget)]
    #[serde(default, deny_unknown_fields)]
    pub struct DeepFool {
        /// Steps over the nearest boundary, at most.
        #[range(1..=10_000)]
        pub steps: usize = 50,
        /// By how much the change is stretched, so that it ends beyond the boundary.
        #[range(0.0..=10.0)]
        pub overshoot: f32 = 0.02,
    }
}

impl Method for DeepFool {
    fn iterations(&self) -> usize {
        self.steps
    }

    fn start(&self, victims: Victims) -> Box<dyn Run> {
        let images = victims.images.clone();
        let active = (0..victims.len()).collect();
        let total = images.zeros_like();
        Box::new(DeepFoolRun { config: self.clone(), victims, images, total, active, failed: vec![], iteration: 0 })
    }
}

/// A started attack.
struct DeepFoolRun {
    config: DeepFool,
    victims: Victims,
    images: Tensor<4>,
    /// Sum of the steps, before the overshoot.
    total: Tensor<4>,
    /// Places of the images that still hold; the others are frozen.
    active: Vec<usize>,
    /// Places of those that held to the end, or whose gradient vanished.
    failed: Vec<usize>,
    iteration: usize,
}

impl DeepFoolRun {
    async fn advance(&mut self, model: &dyn Classifier) -> Result<Status> {
        self.freeze(model).await?;
        if !self.active.is_empty() && self.iteration < self.config.steps {
            self.iterate(model).await?;
            self.iteration += 1;
            return Ok(self.status(false));
        }
        self.failed.append(&mut self.active);
        if !self.failed.is_empty() {
            tensors::put_back(&mut self.images, &self.failed, &tensors::select(&self.victims.images, &self.failed));
        }
        Ok(self.status(true))
    }

    fn status(&self, finished: bool) -> Status {
        let done = if finished { self.config.steps } else { self.iteration };
        Status { finished, round: 1, iteration: self.iteration, done, ..Status::default() }
    }

    /// Leaves out what has crossed.
    async fn freeze(&mut self, model: &dyn Classifier) -> Result<()> {
        if self.active.is_empty() {
            return Ok(());
        }
        let some = self.victims.select(&self.active);
        let leads = device::read(some.lead(model.logits(tensors::select(&self.images, &self.active)))).await?;
        self.active = self.active.iter().zip(leads).filter(|(_, lead)| !reached(*lead)).map(|(&i, _)| i).collect();
        Ok(())
    }

    /// One step of the active images: r = |f_l| / ‖w_l‖² · w_l over the nearest boundary l, f_k = Z_k − Z_y, w_k = ∇f_k. Beside a
    /// detector y is the label or the refusal, whichever leads: both have to be left.
    async fn iterate(&mut self, model: &dyn Classifier) -> Result<()> {
        let classes = model.classes();
        let images = tensors::select(&self.images, &self.active);
        let [m, c, h, w] = images.dims();
        let each = c * h * w;
        let (logits, jacobian) = loss::jacobian(model, images).await?; // [m, k], [m, k, chw] on the host
        let mut steps = vec![0.0f32; m * each];
        let mut stuck = vec![];
        for (i, &place) in self.active.iter().enumerate() {
            let own = self.victims.labels[place];
            let at = |class: usize| logits[i * classes + class];
            let label = self.victims.refusal.filter(|&refusal| at(refusal) > at(own)).unwrap_or(own);
            let row = |class: usize| &jacobian[(i * classes + class) * each..][..each];
            let nearest = (0..classes)
                .filter(|&class| class != own && Some(class) != self.victims.refusal)
                .map(|class| {
                    let f = (at(class) - at(label)).abs();
                    let squared: f64 = row(class).iter().zip(row(label)).map(|(a, b)| f64::from(a - b).powi(2)).sum();
                    let norm = squared.sqrt() as f32;
                    (f / (norm + 1e-8), norm, class)
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match nearest {
                Some((distance, norm, class)) if norm > 0.0 => {
                    let scale = (distance + MORE) / (norm + 1e-8);
                    let step = &mut steps[i * each..][..each];
                    step.iter_mut().zip(row(class).iter().zip(row(label))).for_each(|(r, (a, b))| *r = scale * (a - b));
                }
                _ => stuck.push(place),
            }
        }
        let steps = Tensor::<4>::from_data(TensorData::new(steps, [m, c, h, w]), &self.images.device());
        let total = tensors::select(&self.total, &self.active) + steps;
        let moved =
            tensors::select(&self.victims.images, &self.active) + total.clone().mul_scalar(1.0 + self.config.overshoot);
        tensors::put_back(&mut self.total, &self.active, &total);
        tensors::put_back(&mut self.images, &self.active, &moved.clamp(0.0, 1.0));
        self.active.retain(|place| !stuck.contains(place));
        self.failed.extend(stuck);
        Ok(())
    }
}

impl Run for DeepFoolRun {
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a> {
        Box::pin(self.advance(model))
    }

    /// The originals of those that still hold: half a way is no example.
    fn adversarial(&self) -> Tensor<4> {
        let mut images = self.images.clone();
        let hold = [self.active.as_slice(), &self.failed].concat();
        if !hold.is_empty() {
            tensors::put_back(&mut images, &hold, &tensors::select(&self.victims.images, &hold));
        }
        images
    }

    fn current(&self) -> Tensor<4> {
        self.images.clone()
    }
}
