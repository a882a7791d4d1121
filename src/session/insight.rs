//! What can be seen inside: where the classifier looks, and a slice through the space in which it decides.

use super::desk::Desk;
use crate::data::{PIXELS, batch};
use crate::device;
use crate::error::{Result, StateError};
use crate::metrics::{self, answer};
use crate::model::{Classifier, loss};
use crate::protocol::{Event, Gradient, Slice};
use crate::rng::Rng;
use crate::tensors;

/// Points along a side of a slice.
const SIDE: usize = 41;

/// The slice reaches from so many perturbations before the original to so many beyond it.
const ALONG: [f32; 2] = [-1.0, 2.0];

/// And to so many lengths of the perturbation on both sides.
const ACROSS: [f32; 2] = [-1.5, 1.5];

/// Images in a batch of a slice.
const BATCH: usize = 64;

impl Desk {
    /// For the subject, and for what the last attack made of it: by how much each pixel moves the logit of the class that the
    /// classifier answers, max over the channels of |∂z/∂x|. Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional
    /// Networks, 2014.
    pub(super) async fn gradients(&self) -> Result<Vec<Event>> {
        let subject = self.subject.as_ref().ok_or(StateError::NoSubject)?;
        let original = self.gradient(&subject.pixels).await?;
        let attacked = match &self.attacked {
            Some(attacked) => Some(self.gradient(&attacked.adversarial).await?),
            None => None,
        };
        Ok(vec![Event::Gradients { original, attacked }])
    }

    async fn gradient(&self, pixels: &[f32]) -> Result<Gradient> {
        let model = &self.shelf.selected().network;
        let image = batch::from_pixels(pixels.to_vec(), &self.started.device);
        let class = answer(&device::read(model.logits(image.clone())).await?);
        let about = tensors::one_hot(&[class], model.classes(), &self.started.device);
        let gradient = loss::input_gradient(model, image, |logits| (logits * about).sum()); // 1×3×H×W
        let values = device::read(gradient.abs().max_dim(1)).await?; // H×W
        Ok(Gradient { class, values })
    }

    /// The classifier's answers on the plane through the original that the perturbation of the last attack and a random
    /// direction at a right angle to it span. Values are not clamped to [0, 1]: most of the plane is no picture.
    pub(super) async fn slice(&self, seed: u32) -> Result<Vec<Event>> {
        let attacked = self.attacked.as_ref().ok_or(StateError::NoAttack)?;
        let along: Vec<f32> =
            attacked.adversarial.iter().zip(&attacked.original).map(|(after, before)| after - before).collect();
        let length = dot(&along, &along).sqrt();
        if length == 0.0 {
            return Err(StateError::NoDirection.into());
        }
        let across = orthogonal(&along, length, seed);
        let at = |[low, high]: [f32; 2], i: usize| low + (high - low) * i as f32 / (SIDE - 1) as f32;
        let mut slice = Slice { side: SIDE, along: ALONG, across: ACROSS, classes: vec![], probabilities: vec![] };
        let model = &self.shelf.selected().network;
        let points: Vec<(f32, f32)> = (0..SIDE * SIDE).map(|i| (at(ALONG, i % SIDE), at(ACROSS, i / SIDE))).collect();
        for points in points.chunks(BATCH) {
            let mut pixels = Vec::with_capacity(points.len() * PIXELS);
            for &(x, y) in points {
                let step = along.iter().zip(&across).map(|(u, v)| x * u + y * v);
                pixels.extend(attacked.original.iter().zip(step).map(|(pixel, step)| pixel + step));
            }
            let logits = device::read(model.logits(batch::from_pixels(pixels, &self.started.device))).await?;
            for logits in logits.chunks_exact(model.classes()) {
                let best = metrics::top(logits, 1)[0];
                slice.classes.push(best.class);
                slice.probabilities.push(best.probability);
            }
        }
        Ok(vec![Event::Slice(slice)])
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A random direction at a right angle to `along`, of the given length.
fn orthogonal(along: &[f32], length: f32, seed: u32) -> Vec<f32> {
    let mut across = vec![0.0; along.len()];
    Rng::new(u64::from(seed)).fill_normal(&mut across, 1.0);
    let share = dot(&across, along) / dot(along, along);
    for (across, along) in across.iter_mut().zip(along) {
        *across -= share * along;
    }
    let scale = length / dot(&across, &across).sqrt();
    across.iter().map(|value| value * scale).collect()
}
