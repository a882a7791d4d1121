//! No gradient: a defence that only looks like one (Athalye et al. 2018).

use burn::tensor::Tensor;

use super::method::{Method, Parts};
use super::none::Bare;
use crate::error::Result;
use crate::model::Classifier;
use crate::settings::settings;

settings! {
    /// A layer that changes nothing but has no gradient. It looks robust and is not; the checks in Measure notice.
    ///
    /// Nothing about the answers changes.
    #[title = "No gradient (bad example)"]
    #[also = "Athalye, Carlini, Wagner: Obfuscated Gradients Give a False Sense of Security, ICML 2018, arXiv:1802.00420"]
    #[equation = "g ( x ) = x ,   ∇ g = 0"]
    #[marks(BadExample)]
    #[serde(default, deny_unknown_fields)]
    pub struct NoGradient {}
}

impl Method for NoGradient {
    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        // It changes no image, so whoever goes back through it as through the identity sees the bare classifier.
        Ok(match parts.straight_through {
            true => Box::new(Bare(parts.classifier)),
            false => Box::new(Detached(parts.classifier)),
        })
    }
}

/// Z with a gradient of 0.
struct Detached<'a>(&'a dyn Classifier);

impl Classifier for Detached<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let [n, ..] = images.dims();
        let nothing = images.clone().reshape([n as i32, -1]).sum_dim(1).mul_scalar(0.0); // [n, 1]
        self.0.logits(images.detach()) + nothing
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}
