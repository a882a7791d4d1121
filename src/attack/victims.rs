//! The images under attack, with their labels and the attack's goal.

use burn::tensor::{Bool, Tensor};

use super::Goal;
use crate::data::batch;

/// A batch under attack.
#[derive(Clone, Debug)]
pub struct Victims {
    /// N×3×32×32, in [0, 1].
    pub images: Tensor<4>,
    /// The class each image is to lose; the true one, or for an upload the classifier's own answer.
    pub labels: Vec<usize>,
    /// One goal for all.
    pub goal: Goal,
}

impl Victims {
    /// A batch.
    ///
    /// # Panics
    /// If there is not one label an image: checked at the door.
    pub fn new(images: Tensor<4>, labels: Vec<usize>, goal: Goal) -> Self {
        assert_eq!(images.dims()[0], labels.len(), "one label an image");
        Self { images: images.detach().without_autodiff(), labels, goal }
    }

    /// The class that the loss is about, N×K one-hot: the target, or the label.
    pub fn one_hot(&self, classes: usize) -> Tensor<2> {
        let about: Vec<usize> = match self.goal {
            Goal::Untargeted => self.labels.clone(),
            Goal::Targeted { class } => vec![class; self.labels.len()],
        };
        batch::one_hot(&about, classes, &self.images.device())
    }

    /// The same as truth values.
    pub fn mask(&self, classes: usize) -> Tensor<2, Bool> {
        self.one_hot(classes).greater_elem(0.5)
    }

    /// +1 for an untargeted attack, which climbs the loss of the label; −1 for a targeted one, which descends the target's.
    pub fn direction(&self) -> f32 {
        match self.goal {
            Goal::Untargeted => 1.0,
            Goal::Targeted { .. } => -1.0,
        }
    }
}
