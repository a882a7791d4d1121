//! The detector (MagNet, Meng & Chen 2017, section 4.2): an image that the autoencoder changes too much is refused.

use burn::tensor::Tensor;

use super::method::{Method, Parts};
use super::purify::{Purified, Purifier};
use crate::error::{Result, StateError};
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::settings::settings;

pub use super::statistic::{Detector, Statistic, threshold};

settings! {
    /// The autoencoder washes the picture, and what it changes too much is rejected.
    ///
    /// Its threshold is chosen for a rate of false positives on clean images of the same source.
    #[title = "Purifier and detector"]
    #[paper = "Meng, Chen: MagNet, a Two-Pronged Defense against Adversarial Examples, CCS 2017, section 4.2"]
    #[arxiv = "1705.09064"]
    #[equation = r#"d ( x ) = "JSD" ( p ( x ; T ) , p ( g ( x ) ; T ) ) > τ ;   d ( x ) = "mean" |g ( x ) − x|^p > τ"#]
    #[marks(NeedsPurifier)]
    #[derive(Copy)]
    #[serde(default, deny_unknown_fields)]
    pub struct DetectorConfig {
        /// What the detector measures: the change in pixels, or the divergence of the answers, between a picture and its purified form.
        pub statistic: Statistic = Statistic::Jsd10,
        /// Share of clean signs that the detector may reject; this sets its threshold.
        #[label = "Clean signs rejected"]
        #[range(0.0..=1.0)]
        pub false_positive_rate: f32 = 0.05,
    }
}

impl Method for DetectorConfig {
    fn apply(&self, images: Tensor<4>, purifier: Option<&Autoencoder>) -> Tensor<4> {
        Purifier {}.apply(images, purifier)
    }

    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        let defended = Purified::new(&parts)?;
        let detector = parts.detector.ok_or(StateError::NoThreshold)?;
        Ok(Box::new(Guarded { defended, detector }))
    }
}

/// The purified classifier with the detector beside it: one class more, the last, which stands for "refused".
///
/// In the manner of Carlini & Wagner 2017, "Adversarial examples are not easily detected", section 5.3: the refusal is one
/// more logit, above all others exactly where the detector fires, so that any attack can aim past it. Here it is
/// max Z + D · (max Z − min Z), D the score's relative distance beyond the threshold.
pub struct Guarded<'a> {
    /// Z(AE(x)).
    pub defended: Purified<'a>,
    /// What refuses.
    pub detector: Detector,
}

impl Classifier for Guarded<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let Purified { purifier, classifier, .. } = self.defended;
        let logits = self.defended.logits(images.clone());
        let score = self.detector.statistic.score(classifier, purifier, images); // [n, 1]
        let scale = self.detector.threshold.abs().max(1e-6);
        let beyond = score.sub_scalar(self.detector.threshold).div_scalar(scale); // [n, 1]
        let (highest, lowest) = (logits.clone().max_dim(1), logits.clone().min_dim(1)); // [n, 1]
        let refusal = highest.clone() + beyond * (highest - lowest).add_scalar(1.0);
        Tensor::cat(vec![logits, refusal], 1) // [n, k + 1]
    }

    fn classes(&self) -> usize {
        self.defended.classes() + 1
    }
}
