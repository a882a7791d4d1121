//! What a check of an evaluation found, and what is likely behind it where it failed.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::counted;
use crate::said::Said;

/// The figures of a check. "Left" are images that are still read right; `n` is how many there were.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Finding {
    /// More steps against one.
    #[error("PGD-20 leaves {}, FGSM {}.", percent(*pgd, *n), percent(*fgsm, *n))]
    PgdAndFgsm {
        /// Left by PGD-20.
        pgd: usize,
        /// Left by FGSM.
        fgsm: usize,
        /// Of how many.
        n: usize,
    },
    /// Twice the steps.
    #[error("PGD-20 leaves {}, PGD-40 {}.", percent(*pgd, *n), percent(*twice, *n))]
    PgdAndTwice {
        /// Left by PGD-20.
        pgd: usize,
        /// Left by PGD-40.
        twice: usize,
        /// Of how many.
        n: usize,
    },
    /// PGD against the standard of the field.
    #[error("PGD-20 leaves {}, AutoAttack {}.", percent(*pgd, *n), percent(*autoattack, *n))]
    PgdAndAutoattack {
        /// Left by PGD-20.
        pgd: usize,
        /// Left by AutoAttack.
        autoattack: usize,
        /// Of how many.
        n: usize,
    },
    /// The attack of the figure against the standard of the field.
    #[error("{attack} leaves {}, AutoAttack {}.", percent(*left, *n), percent(*autoattack, *n))]
    FigureAndAutoattack {
        /// The attack, as it is printed.
        attack: String,
        /// Left by it.
        left: usize,
        /// Left by AutoAttack.
        autoattack: usize,
        /// Of how many.
        n: usize,
    },
    /// What the attack without gradients does within AutoAttack.
    #[error("Within AutoAttack, Square alone fools {more} of {n} images.")]
    SquareAlone {
        /// Images that the attacks before it could not fool.
        more: usize,
        /// Of how many.
        n: usize,
    },
    /// What AutoAttack's losses need.
    #[error("AutoAttack's losses need {fewest} classes; there are {classes}.")]
    ClassesForLosses {
        /// The classes there are.
        classes: usize,
        /// For the targeted difference of logits ratio.
        fewest: usize,
    },
    /// What a small step does to the loss.
    #[error("{}", foretold(*share))]
    Foretold {
        /// As a share of what the gradient foretells; none where there is nothing to compare.
        share: Option<f32>,
    },
    /// Accuracy over ε.
    #[error("PGD-20 at ε in 255ths: {}.", curve(points, *n))]
    Curve {
        /// ε in 255ths, and how many PGD-20 leaves there.
        points: Vec<(f32, usize)>,
        /// Of how many.
        n: usize,
    },
    /// An attacker who may do what he likes.
    #[error("At ε = 0.5 PGD-20 leaves {left} of {n} images.")]
    Unbounded {
        /// Left by PGD-20.
        left: usize,
        /// Of how many.
        n: usize,
    },
    /// C&W has no bound.
    #[error("C&W fails on {missed} of the {right} images that are read correctly when clean.")]
    MinimumNorm {
        /// Where it failed.
        missed: usize,
        /// Of how many.
        right: usize,
    },
    /// An attack without gradients.
    #[error("Square with {queries} queries fools {} that PGD-20 does not.", counted(*more, "image"))]
    BlackBox {
        /// Images that it alone fools.
        more: usize,
        /// Queries an image.
        queries: usize,
    },
    /// Examples of another model.
    #[error("Examples of the reference fool {} that PGD-20 does not.", counted(*more, "image"))]
    Transfer {
        /// Images that they alone fool.
        more: usize,
    },
    /// There is no other model.
    #[error("No reference model was named.")]
    NoReference,
    /// An attack against chance.
    #[error("Noise leaves {}, FGSM {}.", percent(*noise, *n), percent(*fgsm, *n))]
    NoiseAndFgsm {
        /// Left by noise.
        noise: usize,
        /// Left by FGSM.
        fgsm: usize,
        /// Of how many.
        n: usize,
    },
    /// An attacker who knows the defence against one who does not.
    #[error("The oblivious attacker leaves {}, the adaptive one {}.", percent(*oblivious, *n), percent(*knowing, *n))]
    ObliviousAndKnowing {
        /// Left by the one who does not.
        oblivious: usize,
        /// Left by the one who does.
        knowing: usize,
        /// Of how many.
        n: usize,
    },
    /// There is nothing to know.
    #[error("There is no defence that an attacker could fail to know.")]
    NoDefence,
    /// Gradients that are zero everywhere.
    #[error("The gradient is zero for {zero} of {n} images.")]
    ZeroGradients {
        /// Images with such a gradient.
        zero: usize,
        /// Of how many.
        n: usize,
    },
    /// The model ends with a softmax.
    #[error("The outputs are probabilities.")]
    Probabilities,
    /// The model ends with logits.
    #[error("The two largest outputs are {gap:.1} apart (median).")]
    Gap {
        /// Their median difference.
        gap: f32,
    },
    /// The model has no chance in it.
    #[error("{passes} passes give the same answers.")]
    SameAnswers {
        /// Over the same images.
        passes: usize,
    },
    /// The model has.
    #[error("{passes} passes differ by up to {difference:e}.")]
    OtherAnswers {
        /// Over the same images.
        passes: usize,
        /// Largest difference of an output.
        difference: f32,
    },
    /// [`Finding::SameAnswers`] as earlier versions had it.
    #[error("Two passes give the same answers.")]
    SamePasses,
    /// [`Finding::OtherAnswers`] as earlier versions had it.
    #[error("Two passes differ by {difference:e}.")]
    OtherPasses {
        /// Largest difference of an output.
        difference: f32,
    },
    /// The defence against an attacker who does not know it.
    #[error("Without the defence PGD-20 leaves {}, with it {}.", percent(*without, *n), percent(*with, *n))]
    DefenceGain {
        /// Left without the defence.
        without: usize,
        /// Left with it.
        with: usize,
        /// Of how many.
        n: usize,
    },
    /// What of this gain is left when the attacker knows.
    #[error("Of {gain} images won against an oblivious attacker, {kept} remain against one who knows the defence.")]
    GainKept {
        /// Images won.
        gain: i64,
        /// Images that remain.
        kept: i64,
    },
    /// There is nothing to compare with.
    #[error("There is no undefended model to compare with.")]
    NothingUndefended,
    /// From a file of a version that kept sentences only.
    #[error("{sentence}")]
    Earlier {
        /// What it said.
        sentence: String,
    },
}

/// What is likely wrong where a check fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// An attack that should be stronger is not.
    #[error(
        "Masked gradients: the attack follows gradients that lead nowhere, so its figure is too high. Attack through the \
         defence, or with BPDA."
    )]
    MaskedGradients,
    /// More steps help.
    #[error("The attack has not converged: give it more steps or restarts.")]
    NotConverged,
    /// Outputs on which a gradient vanishes.
    #[error(
        "The attack works on outputs that are not logits, or are scaled so that the softmax saturates and its gradient vanishes."
    )]
    NoLogits,
    /// Losses that do not exist.
    #[error(
        "AutoAttack stands on fewer losses than usual, and its name promises more than was done: the record says which attacks it was."
    )]
    FewClasses,
    /// Another answer each time.
    #[error("The defence is random: average the gradient over several passes (expectation over transformation).")]
    RandomDefence,
    /// A defence that is none.
    #[error("The defence does nothing: it lets the perturbation through.")]
    NoEffect,
    /// Security by obscurity.
    #[error("The defence only holds as long as the attacker does not know it.")]
    Obscurity,
    /// From a file of a version that kept sentences only.
    #[error("{sentence}")]
    EarlierCause {
        /// What it said.
        sentence: String,
    },
}

/// As it is kept now, or as a sentence alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept<T> {
    Said(Said<T>),
    Sentence(String),
}

pub(super) fn finding<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Said<Finding>, D::Error> {
    Ok(match Kept::deserialize(deserializer)? {
        Kept::Said(said) => said,
        Kept::Sentence(sentence) => Finding::Earlier { sentence }.into(),
    })
}

pub(super) fn cause<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Said<Cause>>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(|kept| match kept {
        Kept::Said(said) => said,
        Kept::Sentence(sentence) => Cause::EarlierCause { sentence }.into(),
    }))
}

fn percent(left: usize, n: usize) -> String {
    format!("{:.1}%", 100.0 * left as f64 / n as f64)
}

fn foretold(share: Option<f32>) -> String {
    match share {
        Some(share) => format!("A small step does {:.0}% of what the gradient predicts (median).", 100.0 * share),
        None => "There is no gradient to predict what a small step does.".into(),
    }
}

fn curve(points: &[(f32, usize)], n: usize) -> String {
    points.iter().map(|(k, left)| format!("{k:.0}: {}", percent(*left, n))).collect::<Vec<_>>().join(", ")
}
