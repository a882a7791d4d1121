//! From a name to a network: every architecture there is, as one type.

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::autoencoder::{Autoencoder, AutoencoderConfig};
use super::combined::Combined;
use super::convnet::ConvNet;
use super::layer::LayerInfo;
use super::lenet::{LeNet, LeNetConfig};
use super::signnet::SignNet;
use super::{Classifier, glorot};
use crate::data::SIDE;
use crate::data::classes::{self, Classes};
use crate::error::{ParameterError, Result, in_range};
use crate::rng::Rng;

/// A classifier that has not been made yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Architecture {
    /// LeNet-5 as in the original notebook; images of 32×32.
    Lenet {
        /// What it tells apart.
        classes: Classes,
    },
    /// Two convolutions with ReLU and max-pooling.
    Convnet {
        /// What it tells apart.
        classes: Classes,
        /// Height and width of the images, a multiple of 4.
        side: usize,
    },
    /// The strongest small network; images of 32×32.
    Signnet {
        /// What it tells apart.
        classes: Classes,
    },
    /// An autoencoder and LeNet as one network.
    Combined {
        /// What it tells apart.
        classes: Classes,
        /// The autoencoder.
        autoencoder: AutoencoderConfig,
    },
}

impl Default for Architecture {
    fn default() -> Self {
        Architecture::Lenet { classes: Classes::Count(classes::COUNT) }
    }
}

impl Architecture {
    /// The names that [`Self::named`] knows.
    pub const NAMES: [&'static str; 4] = ["lenet", "signnet", "convnet", "combined"];

    /// By name, for images of 32×32.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if there is no such architecture.
    pub fn named(name: &str, classes: impl Into<Classes>) -> Result<Self> {
        let classes = classes.into();
        Ok(match name {
            "lenet" => Architecture::Lenet { classes },
            "signnet" => Architecture::Signnet { classes },
            "convnet" => Architecture::Convnet { classes, side: SIDE },
            "combined" => Architecture::Combined { classes, autoencoder: AutoencoderConfig::browser(16) },
            other => {
                let allowed = Self::NAMES.map(String::from).to_vec();
                return Err(ParameterError::NotOneOf { setting: "model".into(), allowed, got: other.into() }.into());
            }
        })
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        match self {
            Architecture::Lenet { .. } => "lenet",
            Architecture::Signnet { .. } => "signnet",
            Architecture::Convnet { .. } => "convnet",
            Architecture::Combined { .. } => "combined",
        }
    }

    /// What it tells apart.
    pub fn classes(&self) -> &Classes {
        match self {
            Architecture::Lenet { classes }
            | Architecture::Signnet { classes }
            | Architecture::Convnet { classes, .. }
            | Architecture::Combined { classes, .. } => classes,
        }
    }

    /// Height and width of the images.
    pub fn side(&self) -> usize {
        match self {
            Architecture::Convnet { side, .. } => *side,
            Architecture::Lenet { .. } | Architecture::Signnet { .. } | Architecture::Combined { .. } => SIDE,
        }
    }

    /// Checks every number; they may come from a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        self.classes().validate()?;
        match self {
            Architecture::Lenet { .. } | Architecture::Signnet { .. } => Ok(()),
            Architecture::Convnet { side, .. } if side % 4 != 0 => {
                Err(ParameterError::NoMultiple { got: *side, of: 4 }.into())
            }
            Architecture::Convnet { side, .. } => in_range("convnet.side", *side, 4..=256),
            Architecture::Combined { autoencoder, .. } => autoencoder.validate(),
        }
    }

    /// A network of zeros, to be filled.
    pub fn init(&self, device: &Device) -> Network {
        match self {
            Architecture::Lenet { classes } => Network::Lenet(LeNetConfig { classes: classes.count() }.init(device)),
            Architecture::Signnet { classes } => Network::Signnet(SignNet::init(classes.count(), device)),
            Architecture::Convnet { classes, side } => Network::Convnet(ConvNet::init(classes.count(), *side, device)),
            Architecture::Combined { classes, autoencoder } => Network::Combined(Combined {
                purifier: autoencoder.init(device),
                classifier: LeNetConfig { classes: classes.count() }.init(device),
            }),
        }
    }

    /// A network with seeded initial weights, the same on every device, in inference mode.
    pub fn seeded(&self, rng: &mut Rng, device: &Device) -> Network {
        glorot(self.init(device), rng).valid()
    }
}

/// A classifier; weights on one device.
#[derive(Module, Debug)]
pub enum Network {
    /// LeNet-5.
    Lenet(LeNet),
    /// Two scales.
    Signnet(SignNet),
    /// ReLU and max-pooling.
    Convnet(ConvNet),
    /// Autoencoder and LeNet.
    Combined(Combined),
}

impl Network {
    /// The layers as they really run, on an image of the given side: names, output shapes (without the batch), parameters.
    pub fn layers(&self, side: usize, device: &Device) -> Vec<LayerInfo> {
        let blank = Tensor::zeros([1, 3, side, side], device);
        match self {
            Network::Lenet(network) => network.layers(),
            Network::Signnet(network) => network.layers(blank),
            Network::Convnet(network) => network.layers(blank),
            Network::Combined(network) => network.layers(blank),
        }
    }

    /// The autoencoder within, where there is one.
    pub fn purifier(&self) -> Option<&Autoencoder> {
        match self {
            Network::Combined(network) => Some(&network.purifier),
            Network::Lenet(_) | Network::Signnet(_) | Network::Convnet(_) => None,
        }
    }
}

impl From<LeNet> for Network {
    fn from(network: LeNet) -> Self {
        Network::Lenet(network)
    }
}

impl Classifier for Network {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        match self {
            Network::Lenet(network) => network.logits(images),
            Network::Signnet(network) => network.logits(images),
            Network::Convnet(network) => network.logits(images),
            Network::Combined(network) => network.logits(images),
        }
    }

    fn classes(&self) -> usize {
        match self {
            Network::Lenet(network) => network.classes(),
            Network::Signnet(network) => network.classes(),
            Network::Convnet(network) => network.classes(),
            Network::Combined(network) => network.classes(),
        }
    }
}
