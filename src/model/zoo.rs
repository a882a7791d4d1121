//! From a name to a network: every architecture there is, as one type.

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Classifier;
use super::autoencoder::Autoencoder;
use super::combined::{Combined, CombinedConfig};
use super::convnet::{ConvNet, ConvNetConfig};
use super::glorot::glorot;
use super::layer::LayerInfo;
use super::lenet::{LeNet, LeNetConfig};
use super::plan::{Net, Plan, ShapeOf};
use super::signnet::{SignNet, SignNetConfig};
use crate::data::classes::Classes;
use crate::error::{ParameterError, Result};
use crate::rng::Rng;
use crate::settings::Settings;

/// The list of networks: what is needed to make one, and the network itself, by the name that files, links and the command line have.
macro_rules! networks {
    ($($variant:ident($plan:ident => $net:ident) = $key:literal,)*) => {
        /// A classifier that has not been made yet.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "name")]
        #[allow(missing_docs, reason = "each variant is what its network says of itself, in the schema too")]
        pub enum Architecture {$(
            #[serde(rename = $key)]
            $variant($plan),
        )*}

        /// A classifier; weights on one device.
        #[derive(Module, Debug)]
        #[allow(missing_docs, reason = "each variant is what its network says of itself")]
        pub enum Network {$(
            $variant($net),
        )*}

        impl Architecture {
            /// The names that [`Self::named`] knows.
            pub const NAMES: &'static [&'static str] = &[$($key),*];

            /// Each for GTSRB's classes, in the order of the list.
            pub fn all() -> Vec<Self> {
                vec![$(Architecture::$variant(<$plan>::default())),*]
            }

            /// The name.
            pub fn name(&self) -> &'static str {
                match self {$(Architecture::$variant(_) => $key),*}
            }

            /// What it tells apart.
            pub fn classes(&self) -> &Classes {
                match self {$(Architecture::$variant(plan) => plan.classes()),*}
            }

            /// Height and width of the images.
            pub fn side(&self) -> usize {
                match self {$(Architecture::$variant(plan) => plan.side()),*}
            }

            /// The same network for other classes.
            #[must_use]
            pub fn with_classes(mut self, classes: Classes) -> Self {
                match &mut self {$(Architecture::$variant(plan) => plan.set_classes(classes)),*}
                self
            }

            /// Checks every number; they may come from a file.
            ///
            /// # Errors
            /// [`crate::ErrorKind::Parameter`].
            pub fn validate(&self) -> Result<()> {
                self.classes().validate()?;
                match self {$(Architecture::$variant(plan) => plan.check($key).and_then(|()| plan.validate())),*}
            }

            /// A network of zeros, to be filled.
            pub fn init(&self, device: &Device) -> Network {
                match self {$(Architecture::$variant(plan) => Network::$variant(plan.init(device))),*}
            }

            /// The network of that name with the sizes that a file's tensors have; none if they are not its tensors.
            pub(super) fn inferred(name: &str, shape: ShapeOf) -> Option<Self> {
                match name {
                    $($key => <$plan>::inferred(shape).map(Architecture::$variant),)*
                    _ => None,
                }
            }
        }

        impl Network {
            fn net(&self) -> &dyn Net {
                match self {$(Network::$variant(network) => network),*}
            }
        }

        $(impl From<$net> for Network {
            fn from(network: $net) -> Self {
                Network::$variant(network)
            }
        })*
    };
}

networks! {
    Lenet(LeNetConfig => LeNet) = "lenet",
    Signnet(SignNetConfig => SignNet) = "signnet",
    Convnet(ConvNetConfig => ConvNet) = "convnet",
    Combined(CombinedConfig => Combined) = "combined",
}

impl Default for Architecture {
    fn default() -> Self {
        Architecture::Lenet(LeNetConfig::default())
    }
}

impl Architecture {
    /// By name, for images of 32×32.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if there is no such architecture.
    pub fn named(name: &str, classes: impl Into<Classes>) -> Result<Self> {
        let found = Self::all().into_iter().find(|architecture| architecture.name() == name);
        let unknown = || ParameterError::NotOneOf {
            setting: "model".into(),
            allowed: Self::NAMES.iter().map(|name| (*name).into()).collect(),
            got: name.into(),
        };
        Ok(found.ok_or_else(unknown)?.with_classes(classes.into()))
    }

    /// A network with seeded initial weights, the same on every device, in inference mode.
    pub fn seeded(&self, rng: &mut Rng, device: &Device) -> Network {
        glorot(self.init(device), rng).valid()
    }
}

impl Network {
    /// The layers as they really run, on an image of the given side: names, output shapes (without the batch), parameters.
    pub fn layers(&self, side: usize, device: &Device) -> Vec<LayerInfo> {
        self.net().layers(Tensor::zeros([1, 3, side, side], device))
    }

    /// The autoencoder within, where there is one.
    pub fn purifier(&self) -> Option<&Autoencoder> {
        self.net().purifier()
    }
}

impl Classifier for Network {
    fn logits(&self, images: Tensor<4>) -> Tensor<2> {
        self.net().logits(images)
    }

    fn classes(&self) -> usize {
        self.net().classes()
    }
}
