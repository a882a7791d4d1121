//! Stickers on a sign that fool a network from every side: robust physical perturbations (RP2, Eykholt et al. 2018, section 3) in the
//! expectation over views (EOT, Athalye et al. 2018, section 2.1).
//!
//! Only places of a [`Mask`] on the plate of the drawing change. Each step draws k views of the sign with the sticker as it is, with the
//! generator's own camera ([`crate::data::shot`]), and follows the gradient of the mean loss over them back through the picture to the
//! colours of the sticker. Unlike the attacks of [`super::Attack`] it is no answer to one image, and no ε bounds it.

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::goal::Goal;
use super::plate::{Layer, Mask, Shape};
use super::victims::{Victims, reached};
use crate::data::shot::{Conditions, Shot};
use crate::data::split::Split;
use crate::data::synth::TILE;
use crate::data::{batch, classes};
use crate::device;
use crate::error::Result;
use crate::metrics::Proportion;
use crate::model::{Classifier, loss};
use crate::rng::Rng;
use crate::settings::{Settings, settings};

/// What colours a sticker may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// Every colour.
    Free,
    /// What a printer prints.
    ///
    /// Neither quite black nor quite white, nor anything as glaring as a screen.
    Printed,
    /// Black and white tape.
    Tape,
}

impl Colours {
    /// Darkest and brightest value of a channel.
    fn range(self) -> [f32; 2] {
        match self {
            Colours::Free => [0.0, 1.0],
            Colours::Printed => [0.1, 0.9],
            Colours::Tape => [0.05, 0.95],
        }
    }

    /// Numbers that decide the colour of a place.
    fn numbers(self) -> usize {
        if self == Colours::Tape { 1 } else { 3 }
    }
}

settings! {
    /// A sticker on the plate that works from every side: each step looks at new views of the sign. It has no ε, but an area.
    #[title = "Sticker"]
    #[paper = "Eykholt et al.: Robust Physical-World Attacks on Deep Learning Visual Classification, CVPR 2018, section 3"]
    #[arxiv = "1707.08945"]
    #[also = "Athalye, Engstrom, Ilyas, Kwok: Synthesizing Robust Adversarial Examples, ICML 2018, arXiv:1707.07397"]
    #[equation = r#""min"_s E_v L ( f ( v ( x ⊕ s ) ) , y ) + λ "TV" ( s )"#]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct Sticker {
        /// Where it may be.
        pub shape: Shape = Shape::Bars,
        /// How much of the plate it covers, at most.
        #[label = "Share of the plate"]
        #[range(0.005..=0.5)]
        pub share: f32 = 0.125,
        /// What colours it may have.
        pub colours: Colours = Colours::Free,
        /// Steps of Adam.
        #[range(1..=10_000)]
        pub steps: usize = 200,
        /// Views of the sign in each step: pose, light, blur and distance as the drawn signs have them.
        #[symbol = "k"]
        #[range(1..=256)]
        pub views: usize = 32,
        /// Step size of Adam, on the logits of the colours.
        #[range(1e-4..=10.0)]
        pub learning_rate: f32 = 0.1,
        /// By how many logits the wrong answer has to be ahead in each view; views that are further ahead are left alone.
        #[label = "Confidence"]
        #[symbol = "κ"]
        #[range(0.0..=100.0)]
        pub kappa: f32 = 5.0,
        /// Weight of the total variation: more gives larger patches of one colour.
        #[symbol = "λ"]
        #[range(0.0..=100.0)]
        pub smoothness: f32 = 0.0,
        /// The same seed gives the same views, and the same first colours.
        pub seed: u32 = 1,
    }
}

/// Any colours: the control that a sticker is compared with.
pub fn random_colours(like: &Layer, colours: Colours, seed: u32) -> Layer {
    let mut rng = Rng::stream(u64::from(seed), STREAM_OF_CONTROLS);
    let random = (0..like.mask().count() * colours.numbers())
        .map(|_| rng.unit())
        .collect::<Vec<_>>()
        .chunks_exact(colours.numbers())
        .map(|numbers| colour(colours, |i| numbers[i]))
        .collect();
    Layer::new(like.mask().clone(), random)
}

/// Streams of random numbers that are no view.
const STREAM_OF_CONTROLS: u64 = u64::MAX;
const STREAM_OF_COLOURS: u64 = u64::MAX - 1;

/// From shares of the range.
fn colour(colours: Colours, share: impl Fn(usize) -> f32) -> [f32; 3] {
    let [low, high] = colours.range();
    match colours {
        Colours::Tape => [if share(0) > 0.5 { high } else { low }; 3],
        _ => std::array::from_fn(|i| low + (high - low) * share(i)),
    }
}

/// View `index` of a split: the same for every sign and every sticker.
pub fn view(seed: u32, split: Split, index: u64) -> Shot {
    Shot::random(&Conditions::FAIR, &mut Rng::stream(u64::from(seed) << 2 | split as u64, index))
}

/// A sticker on its way.
pub struct StickerRun {
    config: Sticker,
    tile: Vec<[f32; 4]>,
    mask: Mask,
    label: usize,
    goal: Goal,
    /// Logits of the shares of the range, [`Colours::numbers`] for every place of the mask.
    logits: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    step: usize,
    device: Device,
}

/// What one step saw.
#[derive(Clone, Debug, PartialEq)]
pub struct StickerStep {
    /// Steps done.
    pub step: usize,
    /// In how many of its views the goal was reached, before it moved.
    pub reached: Proportion,
    /// Mean loss over its views.
    pub loss: f32,
}

impl StickerRun {
    /// On the drawing of a sign of class `label`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if a setting is out of its range, or the target is the sign itself.
    pub fn start(
        config: Sticker,
        tile: &[[f32; 4]],
        mask: Mask,
        label: usize,
        goal: Goal,
        device: &Device,
    ) -> Result<Self> {
        config.check("sticker")?;
        goal.validate_for(label, classes::COUNT)?;
        let n = mask.count() * config.colours.numbers();
        let mut logits = vec![0.0; n];
        // Grey all over, but for a little: of two alike neither is first.
        Rng::stream(u64::from(config.seed), STREAM_OF_COLOURS).fill_uniform(&mut logits, 0.5);
        let (first, second, tile) = (vec![0.0; n], vec![0.0; n], tile.to_vec());
        Ok(Self { config, tile, mask, label, goal, logits, first, second, step: 0, device: device.clone() })
    }

    /// Whether there is nothing left to do.
    pub fn finished(&self) -> bool {
        self.step >= self.config.steps
    }

    /// Steps done, and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.step, self.config.steps)
    }

    /// The sticker as it is.
    pub fn layer(&self) -> Layer {
        let numbers = self.logits.chunks_exact(self.config.colours.numbers());
        let colours = numbers.map(|logits| colour(self.config.colours, |i| sigmoid(logits[i])));
        Layer::new(self.mask.clone(), colours.collect())
    }

    /// The drawing with the sticker as it is.
    pub fn tile(&self) -> Vec<[f32; 4]> {
        self.layer().on(&self.tile)
    }

    /// Looks at new views and moves the colours. Where a detector guards the model, `refusal` is the class that stands for "refused".
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if the label or the target is no class of the model; [`crate::ErrorKind::Device`] if the device
    /// was lost.
    pub async fn step(&mut self, model: &dyn Classifier, refusal: Option<usize>) -> Result<StickerStep> {
        let Sticker { views, kappa, seed, .. } = self.config;
        let tile = self.tile();
        let first = (self.step * views) as u64;
        let shots: Vec<Shot> = (first..first + views as u64).map(|i| view(seed, Split::Train, i)).collect();
        let pixels = shots.iter().flat_map(|shot| shot.picture(&tile)).collect();
        let images = batch::from_pixels(pixels, &self.device);
        let mut victims = Victims::new(images.clone(), vec![self.label; views], self.goal);
        victims.refusal = refusal;
        victims.validate(model.classes())?;
        let mut leads = None;
        let by_images = loss::input_gradient(model, images, |logits| {
            let lead = victims.lead(logits);
            leads = Some(lead.clone().detach().without_autodiff());
            lead.add_scalar(kappa).clamp_min(0.0).sum()
        });
        let leads = leads.expect("the loss was computed").reshape([views as i32]);
        let read = device::read_all([by_images.reshape([-1]), leads]).await?;
        let [by_images, leads] = &read[..] else { unreachable!("as many come back as were sent") };
        let each = by_images.len() / views;
        let mut by_tile = vec![[0.0f32; 3]; tile.len()];
        for (shot, by) in shots.iter().zip(by_images.chunks_exact(each)) {
            let back = shot.back(&tile, by);
            by_tile
                .as_flattened_mut()
                .iter_mut()
                .zip(back.as_flattened())
                .for_each(|(sum, by)| *sum += by / views as f32);
        }
        self.smooth(&tile, &mut by_tile);
        self.descend(&by_tile);
        self.step += 1;
        let hits = leads.iter().filter(|lead| reached(**lead)).count();
        let loss = leads.iter().map(|lead| (lead + kappa).max(0.0)).sum::<f32>() / views as f32;
        Ok(StickerStep { step: self.step, reached: Proportion::new(hits, views), loss })
    }

    /// Adds the gradient of λ · Σ (s_i − s_j)² over neighbours of the mask.
    fn smooth(&self, tile: &[[f32; 4]], by_tile: &mut [[f32; 3]]) {
        let weight = 2.0 * self.config.smoothness;
        if weight == 0.0 {
            return;
        }
        for i in (0..tile.len()).filter(|i| self.mask.0[*i]) {
            let right = (i % TILE + 1 < TILE).then_some(i + 1);
            let below = (i + TILE < tile.len()).then_some(i + TILE);
            for j in [right, below].into_iter().flatten().filter(|j| self.mask.0[*j]) {
                for c in 0..3 {
                    let slope = weight * (tile[i][c] - tile[j][c]);
                    by_tile[i][c] += slope;
                    by_tile[j][c] -= slope;
                }
            }
        }
    }

    /// One step of Adam (Kingma, Ba 2015, algorithm 1).
    fn descend(&mut self, by_tile: &[[f32; 3]]) {
        const BETA: [f32; 2] = [0.9, 0.999];
        let [low, high] = self.config.colours.range();
        let numbers = self.config.colours.numbers();
        let time = self.step as f32 + 1.0;
        let [unbias, unbias_second] = BETA.map(|beta| 1.0 / (1.0 - libm::powf(beta, time)));
        let places = by_tile.iter().zip(&self.mask.0).filter_map(|(by, there)| there.then_some(by));
        // Tape is black or white; its gradient is that of the grey which decides between them.
        let by = places.flat_map(|by| if numbers == 1 { vec![by.iter().sum()] } else { by.to_vec() });
        for (i, by) in by.enumerate() {
            let share = sigmoid(self.logits[i]);
            let slope = by * (high - low) * share * (1.0 - share);
            self.first[i] = BETA[0] * self.first[i] + (1.0 - BETA[0]) * slope;
            self.second[i] = BETA[1] * self.second[i] + (1.0 - BETA[1]) * slope * slope;
            let moved = unbias * self.first[i] / ((unbias_second * self.second[i]).sqrt() + 1e-8);
            self.logits[i] -= self.config.learning_rate * moved;
        }
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}
