//! How well the detector tells attacked images from clean ones.
//!
//! An attacker who knows of the detector attacks it too (Carlini & Wagner 2017, "Adversarial examples are not easily detected"): at the
//! threshold that is chosen for it. At another threshold of the curve he would do other things; there it is too kind to the detector.

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
use crate::defense::detect::{DetectorConfig, Statistic, threshold};
use crate::defense::purify::Purifier;
use crate::defense::{Defense, Knowledge};
use crate::error::{Result, StateError};
use crate::said::Said;
use crate::settings::{Settings, settings};

settings! {
    /// What a ROC is measured on.
    pub struct RocConfig {
        /// The attack.
        pub attack: Attack = Fgsm::default().into(),
        /// Oblivious: made on the bare network. Adaptive or BPDA: made through purifier and detector, for each statistic against the
        /// detector that measures it, at the rate below.
        #[label = "What the attacker knows"]
        pub knowledge: Knowledge = Knowledge::Adaptive,
        /// Number of clean validation images, and of as many attacked ones.
        #[label = "Number of images"]
        #[symbol = "n"]
        #[range(1..=10_000)]
        pub n: usize = 215,
        /// Seed of generated images.
        pub seed: u32 = 1,
        /// Share of clean images that the threshold may reject.
        #[label = "Clean images rejected"]
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
    /// Who attacks, made at the first step: one who knows nothing of the detector, for all statistics alike; or for each statistic one who
    /// knows the detector that measures it, and wants past it as well.
    engagements: Vec<Engagement>,
    source: Rc<Source>,
    device: Device,
    /// By statistic.
    clean: [Vec<f32>; 4],
    attacked: [Vec<f32>; 4],
    /// Under way: the number of the attacker, his run, and the clean images.
    run: Option<(usize, Box<dyn Run>, Tensor<4>)>,
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
        let (note, engagements, device) = (taken.note, vec![], device.clone());
        Ok(Self { config, note, contender, engagements, source, device, clean, attacked, run: None })
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
        (self.attacked.iter().map(Vec::len).sum::<usize>() / self.attacked.len(), self.config.n)
    }

    /// Whether all is done.
    pub fn finished(&self) -> bool {
        self.attacked.iter().all(|scores| scores.len() == self.config.n)
    }

    /// See [`Self::engagements`].
    async fn attackers(&self) -> Result<Vec<Engagement>> {
        let RocConfig { knowledge, false_positive_rate, .. } = self.config;
        let defenses: Vec<Defense> = match knowledge {
            Knowledge::None | Knowledge::Oblivious => vec![Purifier {}.into()],
            Knowledge::Adaptive | Knowledge::Bpda => {
                Statistic::ALL.map(|statistic| DetectorConfig { statistic, false_positive_rate }.into()).into()
            }
        };
        let mut engagements = vec![];
        for defense in &defenses {
            let attacker = (defense, knowledge, Goal::Untargeted);
            let engagement = Engagement::new(self.contender.clone(), None, attacker, &self.source, &self.device);
            engagements.push(engagement.await?);
        }
        Ok(engagements)
    }

    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self) -> Result<()> {
        if self.finished() {
            return Ok(());
        }
        if self.engagements.is_empty() {
            self.engagements = self.attackers().await?;
        }
        let (who, mut run, images) = match self.run.take() {
            Some(running) => running,
            None => {
                // Who has done least is next.
                let who = (0..self.engagements.len()).min_by_key(|&who| self.attacked[who].len()).unwrap_or_default();
                let (engagement, first) = (&self.engagements[who], self.attacked[who].len());
                let range = first as u64..self.config.n.min(first + CHUNK) as u64;
                let signs = self.source.batch(self.config.seed, Split::Validation, range);
                let images = batch::images(&signs, &self.device);
                let labels = batch::labels(&signs);
                (who, engagement.begin(&self.config.attack, images.clone(), labels, first as u64)?, images)
            }
        };
        let finished = run.step(&*self.engagements[who].view()?).await?.finished;
        if !finished {
            self.run = Some((who, run, images));
            return Ok(());
        }
        let adversarial = run.adversarial();
        let for_all = self.engagements.len() == 1;
        for (i, statistic) in Statistic::ALL.into_iter().enumerate().filter(|(i, _)| for_all || *i == who) {
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
