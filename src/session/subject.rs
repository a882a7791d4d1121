//! The one image on stage, the attack that was asked for on it, and what came of that.

use crate::attack::{Attack, Goal};
use crate::data::shot::Scene;
use crate::defense::detect::Detector;
use crate::defense::{Defense, Knowledge};

/// Classes in a list of answers.
pub(super) const TOP: usize = 5;

/// The image that attacks work on.
pub(super) struct Subject {
    pub(super) pixels: Vec<f32>,
    pub(super) label: Option<usize>,
    /// How a drawn sign hangs there.
    pub(super) scene: Option<Scene>,
}

/// What an attack was asked to do.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) attack: Attack,
    pub(super) goal: Goal,
    pub(super) defense: Defense,
    pub(super) knowledge: Knowledge,
    /// The model that the example is made on, where it is another than the selected one.
    pub(super) made_on: Option<String>,
}

/// An attack on the subject, done.
pub(super) struct Attacked {
    pub(super) asked: Asked,
    /// The class that the attack started from.
    pub(super) label: usize,
    pub(super) original: Vec<f32>,
    pub(super) adversarial: Vec<f32>,
    pub(super) detector: Option<Detector>,
}
