//! The attacks. Each is a value whose fields are its hyper-parameters; printing it prints every one of them.
//!
//! An attack is started on [`victims::Victims`] and becomes a [`Run`], which the caller steps: stop stepping to pause,
//! drop to cancel. No attack knows whether a page or a terminal is watching. One attack a file.

use std::fmt;
use std::pin::Pin;

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::error::{ParameterError, Result};
use crate::model::Classifier;

mod apgd;
mod autoattack;
mod bim;
mod carlini_wagner;
mod deepfool;
mod ensemble;
mod fab;
mod fgsm;
mod goal;
mod jsma;
mod noise;
mod pgd;
mod square;
pub mod victims;

pub use apgd::{Apgd, ApgdLoss};
pub use autoattack::AutoAttack;
pub use bim::Bim;
pub use carlini_wagner::CarliniWagner;
pub use deepfool::DeepFool;
pub use ensemble::Ensemble;
pub use fab::Fab;
pub use fgsm::Fgsm;
pub use goal::Goal;
pub use jsma::Jsma;
pub use noise::UniformNoise;
pub use pgd::Pgd;
pub use square::Square;

use victims::Victims;

/// An attack with all its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Attack {
    /// Fast gradient sign method, L∞.
    Fgsm(Fgsm),
    /// Basic iterative method, L∞.
    Bim(Bim),
    /// Projected gradient descent with random starts, L∞.
    Pgd(Pgd),
    /// Auto-PGD, L∞.
    Apgd(Apgd),
    /// Square: random search without gradients, L∞.
    Square(Square),
    /// FAB-T: the nearest image beyond each boundary, L∞.
    Fab(Fab),
    /// The worst of APGD-CE, targeted APGD-DLR and Square, L∞; older than [`Attack::Autoattack`], and kept for the records made with it.
    Ensemble(Ensemble),
    /// AutoAttack's standard sequence: APGD-CE, targeted APGD-DLR, FAB-T, Square, L∞.
    Autoattack(AutoAttack),
    /// Carlini & Wagner, L2.
    Cw(CarliniWagner),
    /// DeepFool, L2.
    Deepfool(DeepFool),
    /// Jacobian-based saliency map, L0.
    Jsma(Jsma),
    /// Uniform noise: no attack, but what every attack must beat.
    Noise(UniformNoise),
}

/// Does the same with whichever attack it is.
macro_rules! each {
    ($attack:expr, $config:ident => $do:expr) => {
        match $attack {
            Attack::Fgsm($config) => $do,
            Attack::Bim($config) => $do,
            Attack::Pgd($config) => $do,
            Attack::Apgd($config) => $do,
            Attack::Square($config) => $do,
            Attack::Fab($config) => $do,
            Attack::Ensemble($config) => $do,
            Attack::Autoattack($config) => $do,
            Attack::Cw($config) => $do,
            Attack::Deepfool($config) => $do,
            Attack::Jsma($config) => $do,
            Attack::Noise($config) => $do,
        }
    };
}

impl Attack {
    /// Every attack with its default parameters.
    pub fn all() -> [Attack; 12] {
        [
            Attack::Fgsm(Fgsm::default()),
            Attack::Bim(Bim::default()),
            Attack::Pgd(Pgd::default()),
            Attack::Apgd(Apgd::default()),
            Attack::Square(Square::default()),
            Attack::Fab(Fab::default()),
            Attack::Ensemble(Ensemble::default()),
            Attack::Autoattack(AutoAttack::default()),
            Attack::Cw(CarliniWagner::default()),
            Attack::Deepfool(DeepFool::default()),
            Attack::Jsma(Jsma::default()),
            Attack::Noise(UniformNoise::default()),
        ]
    }

    /// Checks every parameter, and whether the attack can have such a goal against such a classifier.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`], naming the parameter, its range and what was given.
    pub fn validate(&self) -> Result<()> {
        each!(self, config => config.validate())
    }

    /// Number of iterations for a batch, at most: what [`Status::done`] counts towards.
    pub fn iterations(&self) -> usize {
        each!(self, config => config.iterations())
    }

    /// ε where the attack is bounded by one; `None` for attacks that look for the smallest perturbation.
    pub fn epsilon(&self) -> Option<f32> {
        match self {
            Attack::Fgsm(attack) => Some(attack.epsilon),
            Attack::Bim(attack) => Some(attack.epsilon),
            Attack::Pgd(attack) => Some(attack.epsilon),
            Attack::Apgd(attack) => Some(attack.epsilon),
            Attack::Square(attack) => Some(attack.epsilon),
            Attack::Fab(attack) => Some(attack.epsilon),
            Attack::Ensemble(attack) => Some(attack.epsilon),
            Attack::Autoattack(attack) => Some(attack.epsilon),
            Attack::Noise(attack) => Some(attack.epsilon),
            Attack::Cw(_) | Attack::Deepfool(_) | Attack::Jsma(_) => None,
        }
    }

    /// The same attack with another ε; itself where it has none.
    #[must_use]
    pub fn with_epsilon(mut self, value: f32) -> Self {
        match &mut self {
            Attack::Fgsm(Fgsm { epsilon })
            | Attack::Bim(Bim { epsilon, .. })
            | Attack::Pgd(Pgd { epsilon, .. })
            | Attack::Apgd(Apgd { epsilon, .. })
            | Attack::Square(Square { epsilon, .. })
            | Attack::Fab(Fab { epsilon, .. })
            | Attack::Ensemble(Ensemble { epsilon, .. })
            | Attack::Autoattack(AutoAttack { epsilon, .. })
            | Attack::Noise(UniformNoise { epsilon, .. }) => *epsilon = value,
            Attack::Cw(_) | Attack::Deepfool(_) | Attack::Jsma(_) => {}
        }
        self
    }

    /// Whether the attack looks for the smallest perturbation; its figures are a success rate and a median norm.
    pub fn is_minimum_norm(&self) -> bool {
        matches!(self, Attack::Cw(_) | Attack::Deepfool(_) | Attack::Jsma(_))
    }

    /// Checks also that the attack can have such a goal.
    ///
    /// # Errors
    /// As [`Self::validate`].
    pub fn validate_with(&self, goal: Goal) -> Result<()> {
        self.validate()?;
        match (self, goal) {
            (Attack::Deepfool(_), Goal::Targeted { .. }) => {
                Err(ParameterError::TakesNoTarget { attack: "DeepFool".into() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Checks also that the attack can be made on a model that tells so many classes apart.
    ///
    /// # Errors
    /// As [`Self::validate_with`].
    pub fn validate_for(&self, goal: Goal, classes: usize) -> Result<()> {
        self.validate_with(goal)?;
        match self {
            Attack::Apgd(attack) if goal == Goal::Untargeted => attack.validate_for(classes),
            _ => Ok(()),
        }
    }

    /// Starts the attack on a model of that many classes ([`Classifier::classes`]).
    ///
    /// # Errors
    /// As [`Self::validate_for`].
    pub fn start(&self, victims: Victims, classes: usize) -> Result<Box<dyn Run>> {
        self.validate_for(victims.goal, classes)?;
        Ok(each!(self, config => Box::new(config.start(victims))))
    }

    /// The same attack with nothing left open: α of BIM and PGD as a number.
    #[must_use]
    pub fn resolved(mut self) -> Self {
        match &mut self {
            Attack::Bim(attack) => attack.alpha = Some(attack.ball().alpha),
            Attack::Pgd(attack) => attack.alpha = Some(attack.ball().alpha),
            _ => {}
        }
        self
    }
}

impl fmt::Display for Attack {
    /// The name with every parameter: `pgd(epsilon = 8/255, steps = 20, …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) else { return Err(fmt::Error) };
        let show = |value: &serde_json::Value| match value.as_f64().filter(|_| value.is_f64()) {
            // All our numbers with a fraction are 32-bit; printed as 64-bit they look like more than they are.
            Some(number) => (number as f32).to_string(),
            None => value.to_string().replace('"', ""),
        };
        let name = fields.get("name").map(show).unwrap_or_default();
        let parameters: Vec<String> = fields
            .iter()
            .filter(|(key, _)| *key != "name")
            .map(|(key, value)| match (key.as_str(), value.as_f64().map(|number| number * 255.0)) {
                ("epsilon" | "alpha", Some(k)) => format!("{key} = {}/255", (k * 1e3).round() / 1e3),
                _ => format!("{key} = {}", show(value)),
            })
            .collect();
        write!(f, "{name}({})", parameters.join(", "))
    }
}

/// A step on its way. Boxed, because a trait object cannot have an `async fn`.
pub type Step<'a> = Pin<Box<dyn Future<Output = Result<Status>> + 'a>>;

/// A started attack on one batch.
pub trait Run {
    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    fn step<'a>(&'a mut self, model: &'a dyn Classifier) -> Step<'a>;

    /// The best images so far, N×3×H×W. Where nothing has succeeded: the strongest try of an attack that is bounded by ε,
    /// the original of one that looks for the smallest perturbation.
    fn adversarial(&self) -> Tensor<4>;

    /// The images that are being tried now, N×3×H×W; what an animation of the attack shows.
    fn current(&self) -> Tensor<4> {
        self.adversarial()
    }
}

/// Where a run stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// Whether there is nothing left to do.
    pub finished: bool,
    /// Search over c, restart, or member of the ensemble, from 1.
    pub round: usize,
    /// Iteration within the round.
    pub iteration: usize,
    /// Iterations done of [`Attack::iterations`], those that were cut short included.
    pub done: usize,
    /// The constant c of the first image (C&W).
    pub c: Option<f32>,
    /// Smallest L2 of a success on the first image (C&W).
    pub best_l2: Option<f32>,
}

/// Iterations between two waits for the device: each one where a single image is watched, more where a batch is not.
/// Nothing else holds back the queue of a browser's GPU.
fn stride(victims: &Victims) -> usize {
    if victims.len() == 1 { 1 } else { 4 }
}

/// Runs an attack to its end.
///
/// # Errors
/// As [`Attack::start`] and [`Run::step`].
pub async fn run(attack: &Attack, model: &dyn Classifier, victims: Victims) -> Result<Tensor<4>> {
    let mut run = attack.start(victims, model.classes())?;
    while !run.step(model).await?.finished {}
    Ok(run.adversarial())
}
