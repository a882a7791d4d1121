//! Files and devices as the commands name them.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use burn::tensor::{Device, Tensor, TensorData};
use clap::Args;
use fool_the_sign::data::disk;
use fool_the_sign::data::loader::{Loader, Options};
use fool_the_sign::data::report::Report;
use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::SPLITS;
use fool_the_sign::data::tensors::LabelledImages;
use fool_the_sign::device::{self, Compute};
use fool_the_sign::error::counted;
use fool_the_sign::eval::contender::{Contender, Purifier};
use fool_the_sign::model::autoencoder::{Autoencoder, AutoencoderConfig};
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::{Architecture, Network};
use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result};

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

/// Writes a file in place of an older one: a program that is stopped half-way leaves the older one.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = path.with_added_extension("new");
    write(&new, bytes)?;
    std::fs::rename(&new, path).map_err(|error| at(path, error))
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> Result<()> {
    if path.exists() { std::fs::remove_file(path).map_err(|error| at(path, error)) } else { Ok(()) }
}

/// An error about a file: names it.
pub fn at(path: &Path, error: impl std::fmt::Display) -> Error {
    Error::File { path: path.into(), cause: error.to_string() }
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
            other => return Err(Error::argument("The device", "cpu or gpu", other)),
        };
        Ok((compute, device::start(compute).await?.device))
    }
}

/// Where images come from.
#[derive(Args, Clone)]
#[command(next_help_heading = "Data set")]
pub struct DataSet {
    /// Archives or folders of pictures instead of drawn signs: GTSRB (official or Kaggle), or one folder per class.
    #[arg(long, num_args = 1..)]
    pub data: Vec<PathBuf>,
    /// Use whole GTSRB pictures, as the original notebook did, instead of their region of interest.
    #[arg(long)]
    pub whole: bool,
    /// Share of each class's tracks for validation.
    #[arg(long, default_value_t = Options::default().validation)]
    validation_share: f32,
    /// Share of each class's tracks for testing, if the data has no test split of its own.
    #[arg(long, default_value_t = Options::default().test)]
    test_share: f32,
    /// Seed of the splits.
    #[arg(long, default_value_t = Options::default().seed)]
    split_seed: u32,
}

impl DataSet {
    /// Reads the data set, with a bar; says what was skipped.
    pub fn open(&self) -> Result<Rc<Source>> {
        if self.data.is_empty() {
            return Ok(Rc::new(Source::generated()));
        }
        let options = Options {
            crop: !self.whole,
            seed: self.split_seed,
            validation: self.validation_share,
            test: self.test_share,
        };
        let origins = self.data.iter().map(|path| disk::open(path)).collect::<fool_the_sign::Result<_>>()?;
        let mut loader = Loader::new(origins, options)?;
        let bar = bar(0);
        loop {
            let progress = loader.step(64)?;
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
            if progress.finished {
                break;
            }
        }
        bar.finish_and_clear();
        let dataset = loader.finish()?;
        let Report { used, skipped, repeated, list, notes, .. } = dataset.report();
        let of = SPLITS.map(|split| dataset.len(split));
        eprintln!(
            "{}: {} of {} classes ({} training, {} validation, {} test); {skipped} skipped, {repeated} repeated",
            dataset.name(),
            counted(*used, "picture"),
            dataset.classes().len(),
            of[0],
            of[1],
            of[2]
        );
        notes.iter().for_each(|note| eprintln!("{note}"));
        list.iter().take(LISTED).for_each(|file| eprintln!("skipped {}: {}", file.name, file.reason));
        if list.len() > LISTED {
            eprintln!("… and {} more", skipped - LISTED);
        }
        Ok(Rc::new(Source::loaded(dataset)))
    }
}

/// Skipped files that are listed.
const LISTED: usize = 10;

/// One classifier, from a file.
#[derive(Args, Clone)]
pub struct OneModel {
    /// Architecture, if neither the file nor its tensors say which.
    #[arg(long, help = format!("Architecture ({}), if neither the file nor its tensors say which.", Architecture::NAMES.join(", ")))]
    model: Option<String>,
    /// The classifier's weights.
    #[arg(long)]
    weights: PathBuf,
    /// Weights of a purifier, for defences that need one.
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

/// Reads a classifier's weights.
pub fn classifier(path: &Path, architecture: Option<&str>, device: &Device) -> Result<(Architecture, Network)> {
    weights::read(&read(path)?, architecture, device).map_err(|error| at(path, error))
}

/// Reads a purifier's weights.
pub fn autoencoder(path: &Path, device: &Device) -> Result<(AutoencoderConfig, Autoencoder)> {
    weights::read_autoencoder(&read(path)?, device).map_err(|error| at(path, error))
}

/// Reads a classifier and, where one is named, its purifier.
pub async fn load(
    name: &str,
    path: &Path,
    architecture: Option<&str>,
    purifier: Option<&Path>,
    device: &Device,
) -> Result<Contender> {
    let (found, network) = classifier(path, architecture, device)?;
    if let Some(asked) = architecture.filter(|asked| *asked != found.name()) {
        return Err(at(path, format!("this is a {}, not a {asked}.", found.name())));
    }
    let purifier = match purifier {
        Some(path) => {
            let (config, autoencoder) = autoencoder(path, device)?;
            Some(Purifier { config, autoencoder })
        }
        None => None,
    };
    Ok(Contender::new(name, &found, &network, purifier.as_ref()).await?)
}

/// Reads images for a classifier: their size and labels have to be its own.
pub fn images(path: &Path, contender: &Contender, labels: bool) -> Result<LabelledImages> {
    let classes = contender.architecture.classes().count();
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
