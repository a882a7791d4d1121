//! Huge logits: a defence that only looks like one (Athalye et al. 2018).

use burn::tensor::Tensor;

use super::method::{Method, Parts};
use super::none::Bare;
use crate::error::Result;
use crate::model::Classifier;
use crate::settings::settings;

settings! {
    /// The outputs times a million: gradients underflow, so that attacks stand still. It looks robust and is not; the checks in Measure notice.
    ///
    /// The softmax saturates, and its gradient is 0 in 32 bits.
    #[title = "Huge logits (bad example)"]
    #[also = "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security, ICML 2018, arXiv:1802.00420"]
    #[equation = "z → 10^6 · z"]
    #[marks(BadExample)]
    #[serde(default, deny_unknown_fields)]
    pub struct HugeLogits {}
}

impl Method for HugeLogits {
    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        // It changes no image, so whoever goes back through it as through the identity sees the bare classifier.
        Ok(match parts.straight_through {
            true => Box::new(Bare(parts.classifier)),
            false => Box::new(Huge(parts.classifier)),
        })
    }
}

/// Z · 10⁶.
struct Huge<'a>(&'a dyn Classifier);

impl Classifier for Huge<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.0.logits(images).mul_scalar(1e6)
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}
