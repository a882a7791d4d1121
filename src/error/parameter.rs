//! What can be wrong with what was asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::one_of;

/// A setting, a name or a class that cannot be. A number outside its range is [`super::Error::OutOfRange`].
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ParameterError {
    /// A word that is not among those that are known.
    #[error("{setting} has to be {}; it was {got}.", one_of(allowed))]
    NotOneOf {
        /// The setting's key.
        setting: String,
        /// The words that are known.
        allowed: Vec<String>,
        /// What was given.
        got: String,
    },
    /// An attack without an attacker.
    #[error("The attacker's knowledge has to be oblivious, adaptive or bpda where there is an attack; it was none.")]
    NoKnowledge,
    /// Nobody can know of a model while he works on another.
    #[error(
        "The attacker's knowledge has to be oblivious for examples that are made on another model (\"{model}\"); it was {got}."
    )]
    TransferIsOblivious {
        /// The other model.
        model: String,
        /// What the attacker was said to know.
        got: String,
    },
    /// Examples of another model have to be examples of the same task.
    #[error(
        "The other model (\"{model}\") has to tell {wants} classes apart on images of {side}×{side}, as the attacked one does; it tells \
         {classes} apart on images of {other_side}×{other_side}."
    )]
    OtherTask {
        /// The other model.
        model: String,
        /// The attacked model's classes.
        wants: usize,
        /// The attacked model's images, in pixels.
        side: usize,
        /// The other model's classes.
        classes: usize,
        /// The other model's images, in pixels.
        other_side: usize,
    },
    /// A loss that does not exist for so few classes.
    #[error(
        "The loss of APGD has to be \"ce\", as \"{loss}\" needs {fewest} classes and the model has {classes}; it was \"{loss}\"."
    )]
    LossNeedsClasses {
        /// The loss that was asked for.
        loss: String,
        /// The classes that it needs.
        fewest: usize,
        /// The classes that there are.
        classes: usize,
    },
    /// The sign is what the attack should make of it.
    #[error("The target class has to be another than the sign's own class; it was {class}.")]
    TargetIsLabel {
        /// Its number.
        class: usize,
    },
    /// A mask without a place on the plate.
    #[error("The sticker covers nothing of the sign. It holds on the plate only.")]
    StickerEmpty,
    /// The attack chooses its class itself.
    #[error("{attack} goes to the nearest other class; it takes no target.")]
    TakesNoTarget {
        /// The attack's name.
        attack: String,
    },
    /// A text that is no attack as they are printed.
    #[error("{text} is not an attack such as pgd(epsilon = 8/255, steps = 20): {cause}.")]
    NoSuchAttack {
        /// What was given.
        text: String,
        /// What is wrong with it.
        cause: String,
    },
    /// No model has this name.
    #[error("There is no model called \"{name}\"; there are {}.", there.join(", "))]
    NoSuchModel {
        /// The name that was given.
        name: String,
        /// The names there are.
        there: Vec<String>,
    },
    /// The name of a model is empty or too long.
    #[error("The name has to be from 1 to {most} characters long; it was {length}.")]
    ModelName {
        /// In characters.
        length: usize,
        /// The longest that is allowed.
        most: usize,
    },
    /// The name of a class is no plain text, or too long.
    #[error("The name of a class has to be plain text of at most {most} characters; it was {got}.")]
    ClassName {
        /// What was given, fit to be shown.
        got: String,
        /// The longest that is allowed, in characters.
        most: usize,
    },
    /// The autoencoder's images would become smaller than a pixel.
    #[error("The number of halvings has to be at most {most}; it was {got}.")]
    TooManyHalvings {
        /// What was given.
        got: usize,
        /// What a 32 × 32 image allows.
        most: usize,
    },
    /// The network halves its images without a rest.
    #[error("The side of the images has to be a multiple of {of}; it was {got}.")]
    NoMultiple {
        /// What was given, in pixels.
        got: usize,
        /// What it has to be a multiple of.
        of: usize,
    },
    /// The network reads images of another size than the page has.
    #[error("The network has to be for images of {wants} × {wants} pixels; it was for {got} × {got}.")]
    OtherSide {
        /// The network's, in pixels.
        got: usize,
        /// The page's, in pixels.
        wants: usize,
    },
    /// A picture of another size than all have.
    #[error("The number of pixel values has to be {wants}; it was {got}.")]
    PixelValues {
        /// What was given.
        got: usize,
        /// What a picture has.
        wants: usize,
    },
    /// What a front end sent with the files of a data set.
    #[error("The settings for reading make no sense ({cause}).")]
    ReadingSettings {
        /// What the decoder says.
        cause: String,
    },
    /// What a front end sent is no command.
    #[error("The page and the engine do not understand one another ({cause}). Reload the page.")]
    Protocol {
        /// What the decoder says.
        cause: String,
    },
}
