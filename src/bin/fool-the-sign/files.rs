//! Files and devices as the commands name them.

use std::path::{Path, PathBuf};

use burn::tensor::{Device, Tensor, TensorData};
use clap::Args;
use fool_the_sign::data::tensors::LabelledImages;
use fool_the_sign::device::{self, Compute};
use fool_the_sign::eval::contender::{Contender, Purifier};
use fool_the_sign::model::weights;
use fool_the_sign::{Error, ErrorKind, Result};
use indicatif::{ProgressBar, ProgressStyle};

/// Images attacked, purified or looked at together.
pub const BATCH: usize = 64;

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| at(path, error))
}

/// Writes a file.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    std::fs::write(path, bytes).map_err(|error| at(path, error))
}

/// An error about a file: names it.
fn at(path: &Path, error: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Weights, format!("{}: {error}", path.display()))
}

/// A bar of progress with the time left.
pub fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::new(total as u64);
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len}, {eta} left {msg}").expect("a good template");
    bar.set_style(style);
    bar
}

/// Where to compute.
#[derive(Args, Clone)]
pub struct Where {
    /// `cpu`, or `gpu` in a build with that feature.
    #[arg(long, default_value = "cpu")]
    device: String,
}

impl Where {
    /// Starts the device.
    pub async fn start(&self) -> Result<(Compute, Device)> {
        let compute = match self.device.as_str() {
            "cpu" => Compute::Cpu,
            "gpu" => Compute::Gpu,
            other => return Err(Error::parameter("The device", "cpu or gpu", other)),
        };
        Ok((compute, device::start(compute).await?.device))
    }
}

/// One classifier, from a file.
#[derive(Args, Clone)]
pub struct OneModel {
    /// Architecture (lenet, convnet, combined); only needed where the file does not name one.
    #[arg(long)]
    model: Option<String>,
    /// The classifier's weights.
    #[arg(long)]
    weights: PathBuf,
    /// Weights of a purifier, for defences that have one.
    #[arg(long)]
    purifier: Option<PathBuf>,
}

impl OneModel {
    /// Reads the files.
    pub async fn load(&self, device: &Device) -> Result<Contender> {
        load(&name_of(&self.weights), &self.weights, self.model.as_deref(), self.purifier.as_deref(), device).await
    }
}

/// A file's name without its ending.
pub fn name_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads a classifier and, where one is named, its purifier.
pub async fn load(
    name: &str,
    path: &Path,
    architecture: Option<&str>,
    purifier: Option<&Path>,
    device: &Device,
) -> Result<Contender> {
    let (found, network) = weights::read(&read(path)?, architecture, device).map_err(|error| at(path, error))?;
    if let Some(asked) = architecture.filter(|asked| *asked != found.name()) {
        return Err(at(path, format!("this is a {}, not a {asked}.", found.name())));
    }
    let purifier = match purifier {
        Some(path) => {
            let (config, autoencoder) =
                weights::read_autoencoder(&read(path)?, device).map_err(|error| at(path, error))?;
            Some(Purifier { config, autoencoder })
        }
        None => None,
    };
    Contender::new(name, &found, &network, purifier.as_ref()).await
}

/// Reads images for a classifier: their size and labels have to be its own.
pub fn images(path: &Path, contender: &Contender, labels: bool) -> Result<LabelledImages> {
    let classes = contender.architecture.classes();
    let images = LabelledImages::read(&read(path)?, labels.then_some(classes)).map_err(|error| at(path, error))?;
    let side = contender.architecture.side();
    match images.shape {
        [_, _, height, width] if height == side && width == side => Ok(images),
        [_, _, height, width] => {
            Err(at(path, format!("the images are {height}×{width}; {} needs {side}×{side}.", contender.name)))
        }
    }
}

/// The images of a file in batches: number of the first, tensor.
pub fn batches<'a>(
    images: &'a LabelledImages,
    device: &'a Device,
) -> impl Iterator<Item = (usize, usize, Tensor<4>)> + 'a {
    let [_, channels, height, width] = images.shape;
    images.pixels.chunks(BATCH * channels * height * width).enumerate().map(move |(i, pixels)| {
        let n = pixels.len() / (channels * height * width);
        let data = TensorData::new(pixels.to_vec(), [n, channels, height, width]);
        (i * BATCH, n, Tensor::from_data(data, device))
    })
}
