//! What is checked, and the checks by name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attack::Attack;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::settings::settings;

settings! {
    /// What is checked, and on what.
    pub struct CheckConfig {
        /// Name of the model.
        pub model: String = String::new(),
        /// What stands before it.
        pub defense: Defense = Defense::default(),
        /// The attacker behind the figure that is checked.
        #[label = "What the attacker knew"]
        pub knowledge: Knowledge = Knowledge::Adaptive,
        /// Another model: its examples are tried for transfer, and an oblivious attacker uses it where there is no defence in
        /// front of the model.
        pub reference: Option<String> = None,
        /// Strength of the attacks.
        #[label = "Strength of the attacks"]
        #[symbol = "ε"]
        #[unit = "255"]
        #[range(0.003921568..=0.25)]
        pub epsilon: f32 = 8.0 / 255.0,
        /// Which images.
        pub split: Split = Split::Validation,
        /// Number of images for each of the attacks behind the checks.
        #[label = "Number of images"]
        #[symbol = "n"]
        #[range(1..=100_000)]
        pub n: usize = 64,
        /// Seed of generated images.
        pub seed: u32 = 1,
        /// Runs AutoAttack as well, and asks whether it leaves what the figure promises: many times the work of everything else.
        #[label = "With AutoAttack"]
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub autoattack: bool = false,
        /// The attack that the figure was measured with, at this ε: what AutoAttack is compared with. PGD with 20 steps unless it is
        /// named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub figure: Option<Attack> = None,
    }
}

impl CheckConfig {
    /// For the adaptive attacker at 8/255 on 64 generated validation images.
    pub fn new(model: &str, defense: Defense) -> Self {
        Self { model: model.into(), defense, ..Self::default() }
    }
}

/// The checks, by name. What a comment says first is what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// PGD is at least as strong as FGSM.
    ///
    /// PGD accuracy ≤ FGSM accuracy.
    IterativeIsStronger,
    /// Twice the steps change at most one point.
    MoreStepsChangeNothing,
    /// Accuracy falls as ε grows.
    FallsWithEpsilon,
    /// At ε = 0.5 accuracy is at chance.
    UnboundedBeatsAll,
    /// Carlini & Wagner, unbounded, always succeeds.
    MinimumNormSucceeds,
    /// Square fools nothing that PGD does not.
    BlackBoxIsWeaker,
    /// Examples of another model fool nothing that PGD does not.
    TransferIsWeaker,
    /// Noise is weaker than FGSM.
    NoiseIsWeaker,
    /// Knowing the defence does not hurt the attacker.
    ///
    /// Adaptive ≤ oblivious.
    KnowledgeHelps,
    /// Gradients are not zero.
    GradientsExist,
    /// The outputs are logits of a sane scale.
    OutputsAreLogits,
    /// The same picture gives the same answer.
    ForwardIsDeterministic,
    /// A small step does what the gradient predicts.
    ///
    /// Nothing is optimised inside, and no gradient was replaced.
    GradientsAreTrue,
    /// AutoAttack leaves at most three points less.
    AutoattackAgrees,
    /// Within AutoAttack, Square alone finds next to nothing.
    ///
    /// At most 0.2 % of the images: more is a sign of masked gradients.
    SquareAddsLittle,
    /// There are enough classes for AutoAttack's losses.
    ClassesSuffice,
    /// The defence helps against an attacker who does not know it.
    DefenceHelps,
    /// What it gains survives an attacker who knows it.
    ClaimSurvivesKnowledge,
}

impl CheckName {
    /// The name in words, as the command line and the README show it.
    pub fn words(self) -> String {
        let name = serde_json::to_value(self).expect("a plain name");
        name.as_str().expect("a plain name").replace('_', " ")
    }
}
