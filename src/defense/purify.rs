//! Purification: the image goes through an autoencoder before the classifier sees it (MagNet's reformer, Meng & Chen 2017).

use burn::tensor::Tensor;

use super::bpda::straight_through;
use super::method::{Method, Parts};
use crate::error::{Result, StateError};
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::settings::settings;

settings! {
    /// An autoencoder washes the picture first.
    ///
    /// The model's own purifier; see [`crate::train::purifier`] for how it is trained.
    #[title = "Purifier"]
    #[paper = "Meng, Chen: MagNet, a Two-Pronged Defense against Adversarial Examples, CCS 2017, section 4.3"]
    #[arxiv = "1705.09064"]
    #[also = "Liao and others: Defense against Adversarial Attacks Using High-Level Representation Guided Denoiser. CVPR 2018, arXiv:1712.02976"]
    #[equation = r#""min"_θ "‖"g_θ ( x + η ) − x"‖"^2 + λ "‖"z ( g_θ ( x + η ) ) − z ( x )"‖"_1 + μ "CE" ( z ( g_θ ( x + η ) ) , y )"#]
    #[marks(NeedsPurifier)]
    #[serde(default, deny_unknown_fields)]
    pub struct Purifier {}
}

impl Method for Purifier {
    fn apply(&self, images: Tensor<4>, purifier: Option<&Autoencoder>) -> Tensor<4> {
        match purifier {
            Some(purifier) => purifier.forward(images),
            None => images,
        }
    }

    fn before<'a>(&self, parts: Parts<'a>) -> Result<Box<dyn Classifier + 'a>> {
        Ok(Box::new(Purified::new(&parts)?))
    }
}

/// A classifier behind a purifier, as one model: Z(AE(x)). An attacker who knows the defence attacks this; one who does
/// not attacks the classifier alone.
pub struct Purified<'a> {
    /// AE.
    pub purifier: &'a Autoencoder,
    /// Z.
    pub classifier: &'a dyn Classifier,
    /// Whether gradients pass the purifier as if it were the identity.
    pub straight_through: bool,
}

impl<'a> Purified<'a> {
    /// # Errors
    /// [`crate::ErrorKind::State`] without a purifier.
    pub(super) fn new(parts: &Parts<'a>) -> Result<Self> {
        let &Parts { classifier, purifier, straight_through, .. } = parts;
        match purifier {
            Some(purifier) => Ok(Self { purifier, classifier, straight_through }),
            None => Err(StateError::NoPurifier { model: None }.into()),
        }
    }
}

impl Classifier for Purified<'_> {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        let purified = self.purifier.forward(images.clone());
        let purified = if self.straight_through { straight_through(images, purified) } else { purified };
        self.classifier.logits(purified)
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
    }
}
