//! The images under attack, with their labels and the attack's goal.

use burn::tensor::{Bool, Tensor, TensorData};

use super::goal::Goal;
use crate::error::{Result, in_range};
use crate::model::loss;
use crate::rng::Rng;
use crate::tensors;

/// A batch under attack.
#[derive(Clone, Debug)]
pub struct Victims {
    /// N×3×H×W, in [0, 1].
    pub images: Tensor<4>,
    /// The class each image is to lose; the true one, or for an upload the classifier's own answer.
    pub labels: Vec<usize>,
    /// One goal for all.
    pub goal: Goal,
    /// Number of each image in its data set. An attack's random numbers depend on its seed and on this, never on which
    /// images share a batch.
    pub ids: Vec<u64>,
    /// The class that stands for "refused" where a detector guards the model. Being refused is no success.
    pub refusal: Option<usize>,
}

impl Victims {
    /// A batch, numbered from 0.
    ///
    /// # Panics
    /// If there is not one label an image: checked at the door.
    pub fn new(images: Tensor<4>, labels: Vec<usize>, goal: Goal) -> Self {
        assert_eq!(images.dims()[0], labels.len(), "one label an image");
        let ids = (0..labels.len() as u64).collect();
        Self { images: images.detach().without_autodiff(), labels, goal, ids, refusal: None }
    }

    /// The same, numbered from `first`.
    pub fn numbered_from(self, first: u64) -> Self {
        let ids = (first..first + self.labels.len() as u64).collect();
        Self { ids, ..self }
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// How many classes a model with so many outputs tells apart: being refused is no class.
    pub fn classes(&self, outputs: usize) -> usize {
        outputs - usize::from(self.refusal.is_some())
    }

    /// Checks that every label, and the target, is a class of a model with so many outputs.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self, outputs: usize) -> Result<()> {
        let classes = self.classes(outputs);
        self.goal.validate(classes)?;
        self.labels.iter().try_for_each(|&label| in_range("goal.label", label, 0..=classes - 1))
    }

    /// Some of them.
    pub fn select(&self, which: &[usize]) -> Self {
        Self {
            images: tensors::select(&self.images, which),
            labels: which.iter().map(|&i| self.labels[i]).collect(),
            goal: self.goal,
            ids: which.iter().map(|&i| self.ids[i]).collect(),
            refusal: self.refusal,
        }
    }

    /// The class that the loss is about, N×K one-hot: the target, or the label. An untargeted attack on a guarded model has to
    /// leave two classes, the label and the refusal.
    pub fn one_hot(&self, classes: usize) -> Tensor<2> {
        let device = self.images.device();
        match (self.goal, self.refusal) {
            (Goal::Targeted { class }, _) => tensors::one_hot(&vec![class; self.len()], classes, &device),
            (Goal::Untargeted, None) => tensors::one_hot(&self.labels, classes, &device),
            (Goal::Untargeted, Some(refusal)) => {
                tensors::one_hot(&self.labels, classes, &device)
                    + tensors::one_hot(&vec![refusal; self.len()], classes, &device)
            }
        }
    }

    /// The same as truth values.
    pub fn mask(&self, classes: usize) -> Tensor<2, Bool> {
        self.one_hot(classes).greater_elem(0.5)
    }

    /// What the attacker makes larger, N×1: the cross-entropy of the label, or minus that of the target.
    pub fn loss(&self, logits: Tensor<2>) -> Tensor<2> {
        let about = self.one_hot(logits.dims()[1]);
        match (self.goal, self.refusal) {
            (Goal::Targeted { .. }, _) => loss::cross_entropy(logits, about).neg(),
            (Goal::Untargeted, None) => loss::cross_entropy(logits, about),
            (Goal::Untargeted, Some(_)) => loss::cross_entropy_of_any(logits, about.greater_elem(0.5)),
        }
    }

    /// How far each image is from the goal, N×1: by how many logits the label leads the best other class, or the target
    /// trails it. Negative where the goal is reached.
    pub fn lead(&self, logits: Tensor<2>) -> Tensor<2> {
        let [_, classes] = logits.dims();
        let margin = loss::margin(logits, self.mask(classes));
        match self.goal {
            Goal::Untargeted => margin,
            Goal::Targeted { .. } => margin.neg(),
        }
    }

    /// One uniform number in [−1, 1) for every value of every image, from the images' own streams of a seed.
    pub fn noise(&self, seed: u64) -> Tensor<4> {
        let dims = self.images.dims();
        let each = dims[1..].iter().product();
        let mut values = vec![0.0f32; self.len() * each];
        for (id, values) in self.ids.iter().zip(values.chunks_exact_mut(each)) {
            Rng::stream(seed, *id).fill_uniform(values, 1.0);
        }
        Tensor::from_data(TensorData::new(values, dims), &self.images.device())
    }
}

/// Whether a lead that has been read back says that the goal is reached. A tie is nobody's, and a NaN is no success.
pub fn reached(lead: f32) -> bool {
    lead < 0.0
}

/// The nearest images to `images` that are within ε of `origin` in every value, and within [0, 1].
pub fn project(images: Tensor<4>, origin: &Tensor<4>, epsilon: f32) -> Tensor<4> {
    let lowest = origin.clone().sub_scalar(epsilon);
    let highest = origin.clone().add_scalar(epsilon);
    images.max_pair(lowest).min_pair(highest).clamp(0.0, 1.0)
}
