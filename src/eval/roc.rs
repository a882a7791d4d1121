//! How well the detector tells attacked images from clean ones.

use std::rc::Rc;

use burn::tensor::{Device, Tensor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::Contender;
use super::engagement::Engagement;
use super::evaluation::CHUNK;
use crate::attack::{Attack, Fgsm, Goal, Run};
use crate::data::batch;
use crate::data::report::Note;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::defense::Knowledge;
use crate::defense::detect::{Statistic, threshold};
use crate::defense::purify::Purifier;
use crate::error::{Result, StateError};
use crate::said::Said;
use crate::settings::{Settings, settings};

settings! {
    /// What a ROC is measured on.
    pub struct RocConfig {
        /// The attack.
        pub attack: Attack = Fgsm::default().into(),
        /// Oblivious: made on the bare network. Adaptive or BPDA: made through the purifier.
        #[label = "What the attacker knows"]
        pub knowledge: Knowledge = Knowledge::Adaptive,
        /// Number of clean validation images, and of as many attacked ones.
        #[label = "Number of images"]
        #[symbol = "n"]
        #[range(1..=10_000)]
        pub n: usize = 215,
        /// Seed of generated images.
        pub seed: u32 = 1,
        /// Share of clean images that the threshold may refuse.
        #[label = "Clean images refused"]
        #[range(0.0..=1.0)]
        pub false_positive_rate: f32 = 0.05,
    }
}

impl RocConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.attack.validate()?;
        self.check("roc")
    }
}

/// The measurement under way.
pub struct RocRun {
    config: RocConfig,
    note: Option<Said<Note>>,
    contender: Contender,
    /// Made at the first step.
    engagement: Option<Engagement>,
    source: Rc<Source>,
    device: Device,
    /// By statistic.
    clean: [Vec<f32>; 4],
    attacked: [Vec<f32>; 4],
    run: Option<(Box<dyn Run>, Tensor<4>)>,
}

impl RocRun {
    /// For a model with a purifier.
    ///
    /// # Errors
    /// As [`RocConfig::validate`], [`Source::fits_classes`] and [`Source::take`]; [`crate::ErrorKind::State`] without a purifier.
    pub fn new(mut config: RocConfig, contender: Contender, source: Rc<Source>, device: &Device) -> Result<Self> {
        config.validate()?;
        if contender.purifier.is_none() {
            return Err(StateError::NoPurifierToDetectWith { model: contender.name }.into());
        }
        source.fits_classes(contender.architecture.classes())?;
        let taken = source.take(Split::Validation, config.n)?;
        config.n = taken.n;
        let (clean, attacked) = Default::default();
        contender.fits_pictures()?;
        let (note, device) = (taken.note, device.clone());
        Ok(Self { config, note, contender, engagement: None, source, device, clean, attacked, run: None })
    }

    /// What is to be said of the number of images.
    pub fn note(&self) -> Option<&Said<Note>> {
        self.note.as_ref()
    }

    /// What was asked for, with as many images as are taken.
    pub fn config(&self) -> &RocConfig {
        &self.config
    }

    /// Images done and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.attacked[0].len(), self.config.n)
    }

    /// Whether all is done.
    pub fn finished(&self) -> bool {
        self.attacked[0].len() == self.config.n
    }

    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self) -> Result<()> {
        if self.finished() {
            return Ok(());
        }
        let engagement = match self.engagement.take() {
            Some(engagement) => engagement,
            None => {
                // Through the purifier, past no detector: a ROC is of all thresholds.
                let attacker = (&Purifier {}.into(), self.config.knowledge, Goal::Untargeted);
                Engagement::new(self.contender.clone(), None, attacker, &self.source, &self.device).await?
            }
        };
        let engagement = self.engagement.insert(engagement);
        let (mut run, images) = match self.run.take() {
            Some(running) => running,
            None => {
                let first = self.attacked[0].len();
                let range = first as u64..self.config.n.min(first + CHUNK) as u64;
                let signs = self.source.batch(self.config.seed, Split::Validation, range);
                let images = batch::images(&signs, &self.device);
                let labels = batch::labels(&signs);
                (engagement.begin(&self.config.attack, images.clone(), labels, first as u64)?, images)
            }
        };
        let finished = run.step(&*engagement.view()?).await?.finished;
        if !finished {
            self.run = Some((run, images));
            return Ok(());
        }
        let adversarial = run.adversarial();
        for (i, statistic) in Statistic::ALL.into_iter().enumerate() {
            self.clean[i].extend(self.contender.scores(statistic, images.clone()).await?);
            self.attacked[i].extend(self.contender.scores(statistic, adversarial.clone()).await?);
        }
        Ok(())
    }

    /// The curves.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub async fn curves(&self) -> Result<Vec<Roc>> {
        let mut curves = vec![];
        for (i, statistic) in Statistic::ALL.into_iter().enumerate() {
            let scores = self.contender.clean_scores(statistic, &self.source, &self.device).await?;
            let limit = threshold(&scores, self.config.false_positive_rate);
            curves.push(Roc::new(statistic, &self.clean[i], &self.attacked[i], limit));
        }
        Ok(curves)
    }
}

/// The receiver operating characteristic of one statistic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Roc {
    /// What is measured of an image.
    pub statistic: Statistic,
    /// (share of clean images refused, share of attacked images refused), from (0, 0) to (1, 1).
    pub points: Vec<(f64, f64)>,
    /// Area under the curve; ½ is guessing.
    pub area: f64,
    /// The threshold for the false-positive rate asked for, chosen on other clean images.
    pub threshold: f32,
    /// Share of clean images that it refuses.
    pub false_positives: f64,
    /// Share of attacked images that it refuses.
    pub true_positives: f64,
}

impl Roc {
    /// From the scores of clean and of attacked images; neither empty.
    pub fn new(statistic: Statistic, clean: &[f32], attacked: &[f32], threshold: f32) -> Self {
        let mut thresholds: Vec<f32> = clean.iter().chain(attacked).copied().collect();
        thresholds.sort_by(|a, b| b.total_cmp(a));
        thresholds.dedup();
        let above = |scores: &[f32], limit: f32| {
            scores.iter().filter(|score| **score > limit).count() as f64 / scores.len() as f64
        };
        let at_or_above = |scores: &[f32], limit: f32| {
            scores.iter().filter(|score| **score >= limit).count() as f64 / scores.len() as f64
        };
        let mut points = vec![(0.0, 0.0)];
        points.extend(thresholds.iter().map(|&limit| (at_or_above(clean, limit), at_or_above(attacked, limit))));
        // Trapezoids.
        let area = points.windows(2).map(|pair| (pair[1].0 - pair[0].0) * 0.5 * (pair[0].1 + pair[1].1)).sum();
        let (false_positives, true_positives) = (above(clean, threshold), above(attacked, threshold));
        Self { statistic, points, area, threshold, false_positives, true_positives }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_chance_that_an_attacked_image_scores_higher() {
        let area = |clean: &[f32], attacked: &[f32]| Roc::new(Statistic::L1, clean, attacked, 0.0).area;
        assert_eq!(area(&[1.0, 2.0], &[3.0, 4.0]), 1.0);
        assert_eq!(area(&[3.0, 4.0], &[1.0, 2.0]), 0.0);
        // Of four pairs three are in order; a tie counts one half.
        assert_eq!(area(&[1.0, 3.0], &[2.0, 4.0]), 0.75);
        assert_eq!(area(&[1.0], &[1.0]), 0.5);
    }
}
