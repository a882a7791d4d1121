//! Who attacks what: which model an attack is made on and what of the defence is seen, which detector refuses, and how what came of
//! it is judged. Written once: the stage, the tables, the ROC and the command line all go through it.

use burn::tensor::{Device, Tensor};

use super::contender::Contender;
use super::judged::{EXPORT_QUALITY, Judged};
use crate::attack::victims::Victims;
use crate::attack::{Attack, Goal, Run};
use crate::data::batch;
use crate::data::export;
use crate::data::picture;
use crate::data::source::Source;
use crate::defense::detect::Detector;
use crate::defense::{Defense, Knowledge};
use crate::device;
use crate::error::{DivergedError, Error, Number, ParameterError, Result, StateError};
use crate::metrics::{Norms, answer, leads};
use crate::model::Classifier;

/// How far a value may be outside of the ball by rounding.
const ROUNDING: f32 = 1e-6;

/// A model behind a defence, and an attacker.
#[derive(Clone, Debug)]
pub struct Engagement {
    contender: Contender,
    made_on: Option<Contender>,
    defense: Defense,
    knowledge: Knowledge,
    goal: Goal,
    detector: Option<Detector>,
}

impl Engagement {
    /// Of a model; `made_on` is another one that the examples are made on, without any defence (transfer). A detector is calibrated on
    /// clean images of `source`, which is where the attacked images are from.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] and [`crate::ErrorKind::State`] as [`Self::validate`] and [`Contender::calibrated`]; [`crate::ErrorKind::Device`].
    pub async fn new(
        contender: Contender,
        made_on: Option<Contender>,
        (defense, knowledge, goal): (&Defense, Knowledge, Goal),
        source: &Source,
        device: &Device,
    ) -> Result<Self> {
        Self::validate(&contender, defense, knowledge, made_on.as_ref())?;
        let detector = contender.calibrated(defense, source, device).await?;
        Ok(Self { contender, made_on, defense: defense.clone(), knowledge, goal, detector })
    }

    /// Checks the defence's parameters, that the model has what the defence needs, and that nobody is said to know what he does not:
    /// an example that was made on another model is transfer, whatever its maker knows, and the other model has to answer with the same
    /// classes to images of the same size.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`], [`crate::ErrorKind::State`].
    pub fn validate(
        contender: &Contender,
        defense: &Defense,
        knowledge: Knowledge,
        made_on: Option<&Contender>,
    ) -> Result<()> {
        defense.validate()?;
        if defense.needs_purifier() && contender.purifier.is_none() {
            return Err(StateError::NoPurifier { model: Some(contender.name.clone()) }.into());
        }
        if matches!(defense, Defense::Jpeg(_)) && !contender.architecture.side().is_multiple_of(8) {
            return Err(ParameterError::NoMultiple { got: contender.architecture.side(), of: 8 }.into());
        }
        let Some(other) = made_on else { return Ok(()) };
        if let Knowledge::Adaptive | Knowledge::Bpda = knowledge {
            let got = if knowledge == Knowledge::Bpda { "bpda" } else { "adaptive" };
            return Err(ParameterError::TransferIsOblivious { model: other.name.clone(), got: got.into() }.into());
        }
        let task = |one: &Contender| (one.network.classes(), one.architecture.side());
        match (task(contender), task(other)) {
            (own, others) if own == others => Ok(()),
            ((wants, side), (classes, other_side)) => {
                Err(ParameterError::OtherTask { model: other.name.clone(), wants, side, classes, other_side }.into())
            }
        }
    }

    /// The detector with its threshold, where the defence has one.
    pub fn detector(&self) -> Option<Detector> {
        self.detector
    }

    /// What the attacker differentiates.
    ///
    /// # Errors
    /// As [`Contender::behind`].
    pub fn view(&self) -> Result<Box<dyn Classifier + '_>> {
        match &self.made_on {
            Some(made_on) => made_on.as_seen_by(Knowledge::Oblivious, &Defense::default(), None),
            None => self.contender.as_seen_by(self.knowledge, &self.defense, self.detector),
        }
    }

    /// The model behind its defence: what success is judged by.
    ///
    /// # Errors
    /// As [`Contender::behind`].
    pub fn defended(&self) -> Result<Box<dyn Classifier + '_>> {
        self.contender.behind(&self.defense, self.detector)
    }

    /// The class that stands for "refused" in the answers of [`Self::defended`].
    pub fn refusal(&self) -> Option<usize> {
        self.detector.map(|_| self.contender.network.classes())
    }

    /// Images, N×3×H×W, as the attacker knows them: where he sees a detector, to be refused is no success.
    pub fn victims(&self, images: Tensor<4>, labels: Vec<usize>) -> Victims {
        let sees = self.made_on.is_none() && matches!(self.knowledge, Knowledge::Adaptive | Knowledge::Bpda);
        Victims { refusal: self.refusal().filter(|_| sees), ..Victims::new(images, labels, self.goal) }
    }

    /// Starts an attack on images whose numbers count from `first`. The run is stepped with [`Self::view`].
    ///
    /// # Errors
    /// As [`Attack::start`].
    pub fn begin(&self, attack: &Attack, images: Tensor<4>, labels: Vec<usize>, first: u64) -> Result<Box<dyn Run>> {
        attack.start(self.victims(images, labels).numbered_from(first), self.view()?.classes())
    }

    /// Looks at images with the defended model's eyes: what came of an attack, as floats and as the pictures that can be saved; or,
    /// without an attack, what the model says of them. `before` are the originals.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Diverged`] if the model answers with no numbers, or if the attack has left [0, 1] or its ball: a figure of such
    /// images would mean nothing. [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn judge(
        &self,
        attack: Option<&Attack>,
        before: &Tensor<4>,
        labels: &[usize],
        after: &Tensor<4>,
    ) -> Result<Vec<Judged>> {
        let model = self.defended()?;
        let (n, rows) = (labels.len(), model.classes());
        let device = before.device();
        let [original, pixels] = device::read_array([before.clone(), after.clone()]).await?;
        let each = pixels.len() / n;
        let images = || original.chunks_exact(each).zip(pixels.chunks_exact(each));
        let mut looks = vec![model.logits(after.clone())];
        if attack.is_some() {
            let rounded = picture::round_to_8bit(&pixels);
            let saved: Vec<f32> =
                pixels.chunks_exact(each).flat_map(|image| export::through_jpeg(image, EXPORT_QUALITY)).collect();
            looks.extend([rounded, saved].map(|pixels| model.logits(batch::from_pixels(pixels, &device))));
            looks.push(model.logits(before.clone()));
        }
        let looks = device::read_all(looks).await?;
        if looks.iter().flatten().any(|logit| logit.is_nan()) {
            return Err(self.no_numbers());
        }
        within(attack, images())?;
        let refusal = self.refusal();
        let judge = |(i, (before, after)): (usize, (&[f32], &[f32]))| {
            let label = labels[i];
            let row = |look: usize| &looks[look][i * rows..][..rows];
            let says = |look: usize| Verdict::of(row(look), refusal);
            let clean = says(if attack.is_some() { 3 } else { 0 });
            let right = |look: usize| {
                let verdict = says(look);
                verdict.is(label) || (attack.is_some() && verdict.refused)
            };
            let reached = |verdict: &Verdict| attack.is_some() && verdict.reaches(self.goal, label);
            let perturbation: Vec<f32> = after.iter().zip(before).map(|(after, before)| after - before).collect();
            let Norms { l0, l2, linf } = Norms::of(&perturbation);
            let exported = |look: usize| right(if attack.is_some() { look } else { 0 });
            Judged {
                label,
                answer: answer(row(0)),
                right: right(0),
                right_clean: clean.is(label),
                success: reached(&says(0)),
                success_clean: reached(&clean),
                right_8bit: exported(1),
                right_jpeg: exported(2),
                l2,
                linf,
                l0,
                by: None,
            }
        };
        Ok(images().enumerate().map(judge).collect())
    }

    /// What is wrong with a model whose logits are not numbers.
    pub fn no_numbers(&self) -> Error {
        DivergedError::ModelWithoutNumbers { model: self.contender.name.clone() }.into()
    }

    /// Asserts what must hold of every attacked image: finite, in [0, 1], ‖δ‖∞ ≤ ε.
    ///
    /// # Errors
    /// As [`Self::judge`].
    pub async fn assert_within(&self, attack: &Attack, before: &Tensor<4>, after: &Tensor<4>) -> Result<()> {
        let each = before.dims()[1..].iter().product();
        let [before, after] = device::read_array([before.clone(), after.clone()]).await?;
        within(Some(attack), before.chunks_exact(each).zip(after.chunks_exact(each)))
    }
}

/// What one row of logits says: the one rule of the stage, the tables and the command line. A tie is no answer, neither right nor what an
/// attacker wanted; nor is NaN.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// Of the classes, without the refusal.
    logits: &'a [f32],
    /// Whether the refusal is above them all.
    pub refused: bool,
}

impl<'a> Verdict<'a> {
    /// Of all outputs; `refusal` is the number of the one that stands for "refused", where there is one.
    pub fn of(row: &'a [f32], refusal: Option<usize>) -> Self {
        let logits = &row[..refusal.unwrap_or(row.len())];
        Self { logits, refused: refusal.is_some_and(|refusal| leads(row, refusal)) }
    }

    /// Whether the label is answered.
    pub fn is(&self, label: usize) -> bool {
        !self.refused && leads(self.logits, label)
    }

    /// Whether it is what an attacker wants of an image with that label. Being refused is not.
    pub fn reaches(&self, goal: Goal, label: usize) -> bool {
        let reaches = match goal {
            Goal::Untargeted => self.logits.iter().any(|logit| *logit > self.logits[label]),
            Goal::Targeted { class } => leads(self.logits, class),
        };
        reaches && !self.refused
    }
}

/// Asserts of each pair of original and attacked image that the attacked one is finite, in [0, 1] and, where the attack has an ε,
/// in its ball.
fn within<'a>(attack: Option<&Attack>, images: impl Iterator<Item = (&'a [f32], &'a [f32])>) -> Result<()> {
    let Some(attack) = attack else { return Ok(()) };
    let epsilon = attack.epsilon().unwrap_or(1.0) + ROUNDING;
    for (i, (before, after)) in images.enumerate() {
        let inside = |(after, before): (&f32, &f32)| (0.0..=1.0).contains(after) && (after - before).abs() <= epsilon;
        if let Some(at) = after.iter().zip(before).position(|pair| !inside(pair)) {
            let (before, after) = (before[at].exact(), after[at].exact());
            let attack = attack.to_string();
            return Err(DivergedError::AttackOutside { attack, image: i, place: at, before, after }.into());
        }
    }
    Ok(())
}
