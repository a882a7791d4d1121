//! What every network of the list declares: what is needed to make one, and what one can be asked.

use burn::tensor::{Device, Tensor};

use super::Classifier;
use super::autoencoder::Autoencoder;
use super::layer::LayerInfo;
use crate::data::SIDE;
use crate::data::classes::Classes;
use crate::error::Result;
use crate::settings::Settings;

/// A classifier of the list of networks ([`super::zoo::Network`]).
pub(super) trait Net: Classifier {
    /// The layers as they really run, seen on a blank image: names, output shapes (without the batch), parameters.
    fn layers(&self, blank: Tensor<4>) -> Vec<LayerInfo>;

    /// The autoencoder within, where there is one.
    fn purifier(&self) -> Option<&Autoencoder> {
        None
    }
}

/// The shape of a tensor of a file, by its name.
pub(super) type ShapeOf<'a> = &'a dyn Fn(&str) -> Option<Vec<usize>>;

/// What a network needs to be made: its declaration, through `settings!`. One that is made is a [`Net`].
pub(super) trait Plan: Settings + Default {
    /// What is made.
    type Net: Net;

    /// What it tells apart.
    fn classes(&self) -> &Classes;

    /// Changes what it tells apart.
    fn set_classes(&mut self, classes: Classes);

    /// Height and width of the images.
    fn side(&self) -> usize {
        SIDE
    }

    /// Checks what the declared ranges cannot say.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// A network of zeros, to be filled.
    fn init(&self, device: &Device) -> Self::Net;

    /// Read off the shapes of a file's tensors; none if they are another network's.
    fn inferred(shape: ShapeOf) -> Option<Self>;
}
