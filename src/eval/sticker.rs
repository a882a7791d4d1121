//! What a sticker does to models, on views that it was not made on.

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::Contender;
use super::record::{of_another_schema, unreadable};
use crate::attack::Goal;
use crate::attack::plate::Layer;
use crate::attack::sticker::{Colours, Sticker, random_colours, view};
use crate::data::shot::Shot;
use crate::data::split::Split;
use crate::data::{batch, classes};
use crate::device::{self, Compute};
use crate::error::{Result, in_range};
use crate::metrics::{Proportion, answer};
use crate::model::Classifier;
use crate::settings::Settings;

/// Views in one pass.
const CHUNK: usize = 64;

/// Name and version of the schema of records of stickers.
pub const SCHEMA: &str = "fool-the-sign/sticker/1";

/// A sticker for a drawn sign, and the views to judge it on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StickerConfig {
    /// How it is computed.
    pub sticker: Sticker,
    /// Class of the sign.
    pub sign: usize,
    /// What it is to do.
    pub goal: Goal,
    /// What somebody has painted on the drawing, as large as it, RGBA bytes row by row: where it is opaque is the sticker, and not where
    /// [`Sticker::shape`] says.
    #[serde(default, with = "serde_bytes")]
    #[schemars(with = "Option<Vec<u8>>", extend("x-bytes" = true))]
    pub painted: Option<Vec<u8>>,
    /// Whether it stays as it is painted: nothing is computed.
    #[serde(default)]
    pub by_hand: bool,
    /// Fresh views to judge it on.
    pub fresh: usize,
}

impl StickerConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.sticker.check("sticker")?;
        in_range("sticker.sign", self.sign, 0..=classes::COUNT - 1)?;
        in_range("sticker.fresh", self.fresh, 1..=100_000)?;
        self.goal.validate_for(self.sign, classes::COUNT)
    }

    /// What it begins with: as it is painted, or the places of the shape, in grey.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if not one place is on the plate, or what is painted is not of the drawing's size.
    pub fn layer(&self, tile: &[[f32; 4]]) -> Result<Layer> {
        match &self.painted {
            Some(rgba) => Layer::painted(rgba, tile),
            None => Layer::shape(self.sticker.shape, self.sticker.share, tile),
        }
    }
}

/// What came of a sticker. A view in which the sign is misread without a sticker says nothing of it: such are counted apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StickerFigures {
    /// Fresh views in which the clean sign is read right, of all.
    pub clean: Proportion,
    /// Of those: in how many the goal is reached.
    pub reached: Proportion,
    /// The same with random colours on the same places.
    pub control: Proportion,
    /// Of all fresh views, those that are misread clean included.
    pub of_all: Proportion,
}

/// How a sticker is judged: the sign without it, with it, and with random colours in its place, under the same views.
pub struct Judging {
    tiles: [Vec<[f32; 4]>; 3],
    label: usize,
    goal: Goal,
    seed: u32,
    n: usize,
    seen: usize,
    right: usize,
    reached: usize,
    control: usize,
    of_all: usize,
}

impl Judging {
    /// On `n` fresh views.
    pub fn new(
        tile: &[[f32; 4]],
        layer: &Layer,
        kind: Colours,
        config: (usize, Goal),
        (seed, n): (u32, usize),
    ) -> Self {
        let random = random_colours(layer, kind, seed);
        let tiles = [tile.to_vec(), layer.on(tile), random.on(tile)];
        let (label, goal) = config;
        Self { tiles, label, goal, seed, n, seen: 0, right: 0, reached: 0, control: 0, of_all: 0 }
    }

    /// Views seen, and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.seen, self.n)
    }

    /// Whether all have been seen.
    pub fn finished(&self) -> bool {
        self.seen >= self.n
    }

    /// Shows the model some more.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self, model: &dyn Classifier, device: &Device) -> Result<()> {
        let last = self.n.min(self.seen + CHUNK);
        let shots: Vec<Shot> = (self.seen..last).map(|i| view(self.seed, Split::Test, i as u64)).collect();
        let logits = self.tiles.iter().map(|tile| {
            let pixels = shots.iter().flat_map(|shot| shot.picture(tile)).collect();
            model.logits(batch::from_pixels(pixels, device))
        });
        let read = device::read_all(logits.collect::<Vec<_>>()).await?;
        let answers = |logits: &[f32]| logits.chunks_exact(model.classes()).map(answer).collect::<Vec<usize>>();
        let [clean, with, random] = &read[..] else { unreachable!("as many come back as were sent") };
        for ((clean, with), random) in answers(clean).into_iter().zip(answers(with)).zip(answers(random)) {
            let is_right = clean == self.label;
            self.right += usize::from(is_right);
            self.reached += usize::from(is_right && self.goal.reached(self.label, with));
            self.control += usize::from(is_right && self.goal.reached(self.label, random));
            self.of_all += usize::from(self.goal.reached(self.label, with));
        }
        self.seen = last;
        Ok(())
    }

    /// What has been seen so far.
    pub fn figures(&self) -> StickerFigures {
        StickerFigures {
            clean: Proportion::new(self.right, self.seen),
            reached: Proportion::new(self.reached, self.right),
            control: Proportion::new(self.control, self.right),
            of_all: Proportion::new(self.of_all, self.seen),
        }
    }
}

/// Judges a sticker to the end.
///
/// # Errors
/// As [`Judging::step`].
pub async fn judge(mut judging: Judging, model: &dyn Classifier, device: &Device) -> Result<StickerFigures> {
    while !judging.finished() {
        judging.step(model, device).await?;
    }
    Ok(judging.figures())
}

/// What a sticker does to one model: everything that is needed to get the figure again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StickerRecord {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the program.
    pub version: String,
    /// Name of the model.
    pub model: String,
    /// SHA-256 of its file.
    pub weights_sha256: String,
    /// The model that the sticker was made on; none if it was painted by hand.
    pub made_on: Option<String>,
    /// SHA-256 of that one's file.
    pub made_on_sha256: Option<String>,
    /// The sticker with every parameter.
    pub config: StickerConfig,
    /// Its part of the plate.
    pub share: f64,
    /// The figures.
    pub figures: StickerFigures,
    /// `cpu` or `gpu`.
    pub device: Compute,
}

impl StickerRecord {
    /// Of one model. `made_on` is the one that the sticker was made on.
    pub fn new(
        model: &Contender,
        made_on: &Contender,
        config: &StickerConfig,
        share: f64,
        figures: StickerFigures,
        device: Compute,
    ) -> Self {
        let computed = (!config.by_hand).then_some(made_on);
        Self {
            schema: SCHEMA.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            model: model.name.clone(),
            weights_sha256: model.weights_sha256.clone(),
            made_on: computed.map(|made_on| made_on.name.clone()),
            made_on_sha256: computed.map(|made_on| made_on.weights_sha256.clone()),
            config: config.clone(),
            share,
            figures,
            device,
        }
    }

    /// Several as JSON text, one in a line.
    pub fn text(records: &[Self]) -> String {
        let lines: Vec<String> =
            records.iter().map(|record| serde_json::to_string(record).expect("plain data")).collect();
        format!("[{}]", lines.join(",\n"))
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Weights`] with a sentence: not JSON, another schema, a field missing or unknown.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        let records: Vec<Self> = serde_json::from_str(text).map_err(unreadable)?;
        match records.iter().find(|record| record.schema != SCHEMA) {
            None => Ok(records),
            Some(other) => Err(of_another_schema(&other.schema, SCHEMA).into()),
        }
    }

    /// Two lists as one: of two that say the same of the same models, the newer stays.
    pub fn joined(mut old: Vec<Self>, new: Vec<Self>) -> Vec<Self> {
        for record in new {
            let same = |old: &Self| {
                (&old.model, &old.made_on, &old.config) == (&record.model, &record.made_on, &record.config)
            };
            match old.iter_mut().find(|old| same(old)) {
                Some(old) => *old = record,
                None => old.push(record),
            }
        }
        old
    }
}
