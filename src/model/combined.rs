//! The combined model: autoencoder and classifier as one network, trained end to end, so that gradients reach the
//! autoencoder's weights through the classifier.

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::Classifier;
use super::autoencoder::{Autoencoder, AutoencoderConfig};
use super::layer::{Layer, LayerInfo};
use super::lenet::{LeNet, LeNetConfig};
use super::plan::{Net, Plan, ShapeOf};
use crate::data::classes::Classes;
use crate::error::Result;
use crate::settings::settings;

settings! {
    /// An autoencoder and LeNet-5 as one network, trained end to end: its gradients reach through both.
    #[title = "Combined"]
    pub struct CombinedConfig {
        /// What it tells apart.
        pub classes: Classes = Classes::default(),
        /// The autoencoder.
        pub autoencoder: AutoencoderConfig = AutoencoderConfig::browser(16),
    }
}

impl Plan for CombinedConfig {
    type Net = Combined;

    fn classes(&self) -> &Classes {
        &self.classes
    }

    fn set_classes(&mut self, classes: Classes) {
        self.classes = classes;
    }

    fn validate(&self) -> Result<()> {
        self.autoencoder.validate()
    }

    fn init(&self, device: &Device) -> Combined {
        let classifier = LeNetConfig { classes: self.classes.clone() };
        Combined { purifier: self.autoencoder.init(device), classifier: classifier.init(device) }
    }

    fn inferred(shape: ShapeOf) -> Option<Self> {
        let LeNetConfig { classes } = LeNetConfig::inferred(&|name| shape(&format!("classifier.{name}")))?;
        Some(Self { classes, ..Self::default() })
    }
}

/// Z(AE(x)), all of it trainable.
#[derive(Module, Debug)]
pub struct Combined {
    /// AE.
    pub purifier: Autoencoder,
    /// Z.
    pub classifier: LeNet,
}

impl Net for Combined {
    fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo> {
        let first = LayerInfo::new(Layer::Autoencoder, &blank.dims(), self.purifier.num_params());
        std::iter::once(first).chain(self.classifier.layers(blank)).collect()
    }

    fn purifier(&self) -> Option<&Autoencoder> {
        Some(&self.purifier)
    }
}

impl Classifier for Combined {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.classifier.logits(self.purifier.forward(images))
    }

    fn classes(&self) -> usize {
        self.classifier.classes()
    }
}
