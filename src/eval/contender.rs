//! A model that takes part in an evaluation, and how an attacker sees it.

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use crate::data::source::Source;
use crate::data::{SIDE, batch};
use crate::defense::detect::{Detector, Statistic, threshold};
use crate::defense::{Defense, Knowledge};
use crate::device;
use crate::error::{DivergedError, ParameterError, Result, StateError};
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::model::weights::sha256;
use crate::model::zoo::{Architecture, Network};
use crate::model::{autoencoder::AutoencoderConfig, weights};

/// Clean images that a detector's threshold is chosen on.
pub const CALIBRATION: usize = 215;

/// A purifier with its configuration.
#[derive(Clone, Debug)]
pub struct Purifier {
    /// Its shape.
    pub config: AutoencoderConfig,
    /// Its weights.
    pub autoencoder: Autoencoder,
}

/// A classifier, perhaps with a purifier, under a name.
#[derive(Clone, Debug)]
pub struct Contender {
    /// The name that cases call it by.
    pub name: String,
    /// What it is.
    pub architecture: Architecture,
    /// The classifier.
    pub network: Network,
    /// What stands before it, where something does.
    pub purifier: Option<Purifier>,
    /// SHA-256 of the classifier's file.
    pub weights_sha256: String,
    /// SHA-256 of the purifier's file.
    pub purifier_sha256: Option<String>,
}

impl Contender {
    /// Takes a model as it is now, without checksums: for what ends in no record.
    pub fn unsigned(name: &str, architecture: &Architecture, network: &Network, purifier: Option<&Purifier>) -> Self {
        Self {
            name: name.into(),
            architecture: architecture.clone(),
            network: network.valid(),
            purifier: purifier.map(|Purifier { config, autoencoder }| Purifier {
                config: config.clone(),
                autoencoder: autoencoder.valid(),
            }),
            weights_sha256: String::new(),
            purifier_sha256: None,
        }
    }

    /// Takes a model as it is now; both files are written once, to know their checksums.
    ///
    /// # Errors
    /// As [`weights::write`].
    pub async fn new(
        name: &str,
        architecture: &Architecture,
        network: &Network,
        purifier: Option<&Purifier>,
    ) -> Result<Self> {
        let weights_sha256 = sha256(&weights::write(architecture, network).await?);
        let purifier_sha256 = match purifier {
            Some(Purifier { config, autoencoder }) => {
                Some(sha256(&weights::write_autoencoder(config, autoencoder).await?))
            }
            None => None,
        };
        let unsigned = Self::unsigned(name, architecture, network, purifier);
        Ok(Self { weights_sha256, purifier_sha256, ..unsigned })
    }

    /// The model behind a defence.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if the defence needs a purifier and there is none.
    pub fn behind(&self, defense: &Defense, detector: Option<Detector>) -> Result<Box<dyn Classifier + '_>> {
        self.see(defense, detector, false)
    }

    /// What an attacker differentiates.
    ///
    /// # Errors
    /// As [`Self::behind`].
    pub fn as_seen_by(
        &self,
        knowledge: Knowledge,
        defense: &Defense,
        detector: Option<Detector>,
    ) -> Result<Box<dyn Classifier + '_>> {
        match knowledge {
            Knowledge::None | Knowledge::Oblivious => self.see(&Defense::default(), None, false),
            Knowledge::Adaptive => self.see(defense, detector, false),
            Knowledge::Bpda => self.see(defense, detector, true),
        }
    }

    fn see(
        &self,
        defense: &Defense,
        detector: Option<Detector>,
        straight_through: bool,
    ) -> Result<Box<dyn Classifier + '_>> {
        let purifier = self.purifier.as_ref().map(|purifier| &purifier.autoencoder);
        defense.before(&self.network, purifier, detector, straight_through)
    }

    /// A detector with its threshold, for defences that have one, chosen on clean images of `source`: the same for one picture on stage
    /// as for a table.
    ///
    /// # Errors
    /// As [`Self::clean_scores`].
    pub async fn calibrated(&self, defense: &Defense, source: &Source, device: &Device) -> Result<Option<Detector>> {
        let Defense::Detector(config) = defense else { return Ok(None) };
        let scores = self.clean_scores(config.statistic, source, device).await?;
        let threshold = threshold(&scores, config.false_positive_rate);
        Ok(Some(Detector { statistic: config.statistic, threshold }))
    }

    /// The detector's statistic for the images that thresholds are chosen on.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if the source has no such images; [`crate::ErrorKind::Diverged`] if a score is no number;
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn clean_scores(&self, statistic: Statistic, source: &Source, device: &Device) -> Result<Vec<f32>> {
        let clean = source.calibration(CALIBRATION);
        if clean.is_empty() {
            return Err(StateError::NoCleanImages.into());
        }
        source.fits(self.network.classes())?;
        self.fits_pictures()?;
        let scores = self.scores(statistic, batch::images(&clean, device)).await?;
        if scores.iter().all(|score| score.is_finite()) {
            return Ok(scores);
        }
        Err(DivergedError::PurifierWithoutNumbers { model: self.name.clone() }.into())
    }

    /// Checks that the network reads images of the size that data sets have.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] naming both sizes.
    pub fn fits_pictures(&self) -> Result<()> {
        let side = self.architecture.side();
        if side == SIDE {
            return Ok(());
        }
        Err(StateError::OtherPictureSize { model: self.name.clone(), side, here: SIDE }.into())
    }

    /// The detector's statistic for each of N images; 0 for all where there is no purifier.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn scores(&self, statistic: Statistic, images: Tensor<4>) -> Result<Vec<f32>> {
        match &self.purifier {
            Some(purifier) => device::read(statistic.score(&self.network, &purifier.autoencoder, images)).await,
            None => Ok(vec![0.0; images.dims()[0]]),
        }
    }
}

/// Finds a model by name.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] naming those there are.
pub fn find<'a>(contenders: &'a [Contender], name: &str) -> Result<&'a Contender> {
    contenders.iter().find(|contender| contender.name == name).ok_or_else(|| {
        let there = contenders.iter().map(|contender| contender.name.clone()).collect();
        ParameterError::NoSuchModel { name: name.into(), there }.into()
    })
}
