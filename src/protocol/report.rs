//! The larger things that events carry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attack::{Attack, Goal};
use crate::data::dataset::Deal;
use crate::data::picture::Picture;
use crate::data::report::Report;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::eval::sticker::{StickerConfig, StickerFigures};
use crate::metrics::Score;
use crate::model::layer::LayerInfo;
use crate::train::recipe::Recipe;

/// A picture with what the classifier says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Seen {
    /// The picture.
    pub picture: Picture,
    /// The five most probable classes, most probable first.
    pub top: Vec<Score>,
}

/// What images come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DataInfo {
    /// Name; `generated` for drawn signs.
    pub name: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Whether they are GTSRB's.
    pub signs: bool,
    /// What a data set holds; none for drawn signs, which have no end.
    pub set: Option<SetInfo>,
}

/// What a data set holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetInfo {
    /// Its fingerprint, in hexadecimal.
    pub fingerprint: String,
    /// How its tracks were dealt to the splits.
    pub deal: Deal,
    /// Training, validation and test split.
    pub splits: Vec<SplitInfo>,
    /// Files used and skipped.
    pub report: Report,
}

/// One split of a data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SplitInfo {
    /// Which.
    pub split: Split,
    /// Pictures that can be asked for.
    pub n: usize,
    /// Tracks: physical signs.
    pub tracks: usize,
    /// Pictures of each class.
    pub counts: Vec<usize>,
}

/// By how much each pixel of an image moves the classifier's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gradient {
    /// The class that the classifier answers.
    pub class: usize,
    /// The largest absolute derivative of its logit over the channels of each pixel, 32 × 32 floats (row, column).
    pub values: Vec<f32>,
}

/// The classifier's answers on a plane through the original image: one direction is the perturbation of the last attack, the
/// other is random, at a right angle to it, and as long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slice {
    /// Points along a side.
    pub side: usize,
    /// First and last column, in perturbations from the original: 0 is the original, 1 the attacked image.
    pub along: [f32; 2],
    /// First and last row, in lengths of the perturbation.
    pub across: [f32; 2],
    /// The class at each point, row by row.
    pub classes: Vec<usize>,
    /// Its probability.
    pub probabilities: Vec<f32>,
}

/// A sign with its class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GallerySign {
    /// Class.
    pub class: usize,
    /// Picture.
    pub picture: Picture,
}

/// Everything about one attacked image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeReport {
    /// The attack with every parameter.
    pub attack: Attack,
    /// The attack in words: its name with every parameter.
    pub printed: String,
    /// What it aimed at.
    pub goal: Goal,
    /// What stood before the classifier.
    pub defense: Defense,
    /// What the attacker knew of it.
    pub knowledge: Knowledge,
    /// The model that the example was made on, if it was another.
    pub made_on: Option<String>,
    /// The class it started from: the true one, or the classifier's own answer for a photo.
    pub label: usize,
    /// Whether the returned image, as 32-bit floats, meets the goal on the bare classifier.
    pub success: bool,
    /// Whether it still does after rounding to 8 bits per channel, as a saved picture has.
    pub success_8bit: bool,
    /// Number of changed pixels (any channel).
    pub l0: usize,
    /// Euclidean norm of the perturbation.
    pub l2: f32,
    /// Largest change of a channel.
    pub linf: f32,
    /// The image before.
    pub original: Seen,
    /// The image after.
    pub adversarial: Seen,
    /// The image after, rounded to 8 bits per channel.
    pub adversarial_8bit: Seen,
    /// The perturbation, 3 × 32 × 32 floats (channel, row, column), positive = brighter.
    pub perturbation: Vec<f32>,
    /// The image before, purified; none without a purifier.
    pub purified_original: Option<Seen>,
    /// The image after, purified; none without a purifier.
    pub purified_adversarial: Option<Seen>,
    /// Both behind the defence that the attack was asked about; none without one.
    pub defended: Option<DefendedReport>,
}

/// The attacked image as the defended model sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DefendedReport {
    /// The image before the attack, after the defence.
    pub original: Seen,
    /// The image after the attack, after the defence.
    pub adversarial: Seen,
    /// Whether the detector refuses the image before the attack.
    pub refuses_original: bool,
    /// Whether the detector refuses the image after the attack.
    pub refuses_adversarial: bool,
    /// Whether the attack reaches its goal in spite of the defence.
    pub success: bool,
}

/// A model on the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Its architecture.
    pub architecture: String,
    /// Names of its classes.
    pub classes: Vec<String>,
    /// Parameters of the classifier.
    pub parameters: usize,
    /// The classifier, layer by layer.
    pub layers: Vec<LayerInfo>,
    /// Parameters of its purifier, where it has one.
    pub purifier: Option<usize>,
    /// How it was trained last; none if never here.
    pub recipe: Option<Recipe>,
}

/// What came of a sticker.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StickerReport {
    /// What was asked for.
    pub config: StickerConfig,
    /// The model that it was made on.
    pub model: String,
    /// Steps that were taken.
    pub steps: usize,
    /// Its part of the plate.
    pub share: f64,
    /// The sticker, transparent where it is not.
    pub sticker: Picture,
    /// Some views of the sign with it.
    pub views: Vec<Seen>,
    /// What it does to each model, on fresh views.
    pub results: Vec<StickerResult>,
    /// The records as JSON text, as the command line writes them.
    pub records: String,
}

/// What a sticker does to one model.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StickerResult {
    /// Its name.
    pub model: String,
    /// On fresh views, as many as have been seen.
    pub figures: StickerFigures,
}
