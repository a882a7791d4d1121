//! No defence: the baseline of every table.

use burn::tensor::Tensor;

use super::method::{Method, Parts};
use crate::error::Result;
use crate::model::Classifier;
use crate::settings::settings;

settings! {
    /// The network reads the picture as it is.
    #[title = "No defence"]
    #[serde(default, deny_unknown_fields)]
    pub struct NoDefense {}
}

impl Method for NoDefense {
    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        Ok(Box::new(Bare(parts.classifier)))
    }
}

/// A classifier by itself.
pub(super) struct Bare<'a>(pub(super) &'a dyn Classifier);

impl Classifier for Bare<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.0.logits(images)
    }

    fn classes(&self) -> usize {
        self.0.classes()
    }
}
