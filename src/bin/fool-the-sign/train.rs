//! `train`: classifiers and purifiers.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use burn::tensor::Device;
use clap::Args;
use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::data::split::Split;
use fool_the_sign::metrics::Proportion;
use fool_the_sign::model::combined::{Combined, CombinedConfig};
use fool_the_sign::model::lenet::LeNetConfig;
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};
use fool_the_sign::train::preset::{self, Preset};
use fool_the_sign::train::purifier::{PurifierConfig, PurifierTrainer};
use fool_the_sign::train::recipe::Recipe;
use fool_the_sign::train::trainer::checkpoint::Checkpoint;
use fool_the_sign::train::trainer::{Progress, Schedule, Task, Trainer, ValidationReport};

use crate::error::{Error, Result};
use crate::files::{self, DataSet, Where};
use crate::options::{Parameters, Trainings};

/// Trains on drawn signs, on a data set, or on both.
#[derive(Args)]
pub struct Train {
    /// A network as it was trained for this project.
    #[arg(long, help = presets())]
    preset: Option<String>,
    /// An architecture, or a purifier.
    #[arg(long, help = format!("{}; lenet unless given. Or purifier, which needs --classifier.", Architecture::NAMES.join(", ")))]
    model: Option<String>,
    /// Weights to start from instead of seeded ones. Stale training has to start from a trained network.
    #[arg(long)]
    from: Option<PathBuf>,
    /// Weights of the classifier that a purifier is for, or, with --purifier, that combined starts from.
    #[arg(long)]
    classifier: Option<PathBuf>,
    /// Weights of the purifier that combined starts from.
    #[arg(long, requires = "classifier", conflicts_with = "from")]
    purifier: Option<PathBuf>,
    /// Training recipe of a classifier, by name: standard unless given; `fool-the-sign methods` lists them.
    #[arg(long)]
    recipe: Option<String>,
    #[command(flatten)]
    parameters: Parameters<Trainings>,
    /// File to write. Until it is there, each epoch leaves a checkpoint beside it, called OUT.checkpoint.
    #[arg(long)]
    out: PathBuf,
    /// Resume from that checkpoint, if there is one, with the same settings.
    #[arg(long)]
    resume: bool,
    /// Write 16-bit floats: half the size.
    #[arg(long)]
    half: bool,
    /// Leave a data set's images as they are instead of shifting, rotating and relighting each slightly every time.
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    set: DataSet,
    #[command(flatten)]
    place: Where,
}

impl Train {
    pub async fn run(&self) -> Result<()> {
        let (_, device) = self.place.start().await?;
        let preset = self.preset()?;
        let mut set = self.set.clone();
        set.whole |= preset.is_some_and(|preset| preset.whole);
        let source = set.open()?;
        match self.model.as_deref().or(preset.map(|preset| preset.model)).unwrap_or("lenet") {
            "purifier" => self.purifier(preset, source, &device).await,
            model => self.network(model, preset, source, &device).await,
        }
    }

    fn preset(&self) -> Result<Option<&'static Preset>> {
        let Some(name) = &self.preset else { return Ok(None) };
        let names: Vec<&str> = preset::ALL.iter().map(|preset| preset.name).collect();
        let preset = preset::named(name).ok_or_else(|| Error::argument("The preset", names.join(", "), name))?;
        if preset.needs_photos() && self.set.data.is_empty() {
            return Err(Error::argument("--data", "GTSRB's archives, which this preset learns from", "missing"));
        }
        let first = if preset.model == "purifier" || preset.purifier.is_some() { "--classifier" } else { "--from" };
        let given = (self.from.is_some() || self.classifier.is_some(), self.from.is_some() || self.purifier.is_some());
        for (option, begins, given) in [(first, preset.from, given.0), ("--purifier", preset.purifier, given.1)] {
            if let Some(begins) = begins.filter(|_| !given) {
                let needed = format!("the weights of {begins}, which {name} begins with");
                return Err(Error::argument(option, needed, "missing"));
            }
        }
        println!("{name}: {} About {} minutes on one core.", preset.about, preset.minutes);
        Ok(Some(preset))
    }

    /// How the images of a run are divided: as many as there are, unless the preset or the options say otherwise.
    fn schedule(&self, preset: Option<&Preset>, defaults: Schedule, source: &Source) -> Schedule {
        let images = preset.and_then(|preset| preset.images).or(source.len(Split::Train));
        Schedule {
            images_per_epoch: images.unwrap_or(defaults.images_per_epoch),
            validation_images: source.len(Split::Validation).unwrap_or(defaults.validation_images),
            mix: Mix { augment: !self.plain && defaults.mix.augment, ..defaults.mix },
            ..defaults
        }
    }

    fn recipe(&self, default: Recipe) -> Result<Recipe> {
        let Some(name) = &self.recipe else { return Ok(default) };
        let known = Recipe::all().into_iter().find(|recipe| recipe.name() == name.replace('-', "_"));
        known.ok_or_else(|| Error::argument("The recipe", Recipe::NAMES.join(", ").replace('_', "-"), name))
    }

    /// Settings that only the other kind of training has are a mistake.
    fn refuse_unused(&self, what: &str, unused: [Vec<String>; 2]) -> Result<()> {
        let [first, second] = unused;
        match first.iter().find(|key| second.contains(key)) {
            Some(key) => Err(self.parameters.no_such(what, key)),
            None => Ok(()),
        }
    }

    async fn network(&self, model: &str, preset: Option<&Preset>, source: Rc<Source>, device: &Device) -> Result<()> {
        let (architecture, network) = match (&self.from, &self.purifier, &self.classifier) {
            (Some(path), ..) => weights::read(&files::read(path)?, Some(model), device)?,
            (None, Some(purifier), Some(classifier)) => combine(purifier, classifier, device)?,
            _ => {
                let architecture = Architecture::named(model, source.classes())?;
                let network = architecture.seeded(&mut Rng::new(u64::from(self.seed()?)), device);
                (architecture, network)
            }
        };
        source.fits_classes(architecture.classes())?;
        let defaults = preset.map_or_else(TrainConfig::default, Preset::classifier);
        let (recipe, unused) = self.parameters.fit("recipe", &self.recipe(defaults.recipe)?)?;
        let schedule = self.schedule(preset, defaults.schedule, &source);
        let (config, others) = self.parameters.fit("train", &TrainConfig { schedule, recipe, ..defaults })?;
        self.refuse_unused(recipe.name(), [unused, others])?;
        let mut trainer = match self.interrupted(|saved| {
            saved.is_of(&config, &architecture, &source)?;
            ClassifierTrainer::resume(saved, source.clone(), device)
        })? {
            Some(trainer) => trainer,
            None => ClassifierTrainer::start(config, &network, source, device)?,
        };
        self.pump(&mut trainer, &architecture).await?;
        self.save(weights::write(&architecture, &trainer.model()).await?)
    }

    async fn purifier(&self, preset: Option<&Preset>, source: Rc<Source>, device: &Device) -> Result<()> {
        let path = self.classifier.as_ref().ok_or_else(|| {
            Error::argument("--classifier", "the weights of the classifier that the purifier is for", "missing")
        })?;
        let (architecture, network) = weights::read(&files::read(path)?, None, device)?;
        source.fits_classes(architecture.classes())?;
        let defaults = preset.map_or_else(PurifierConfig::default, Preset::purifier);
        let schedule = self.schedule(preset, defaults.schedule, &source);
        let (config, unused) = self.parameters.fit("purifier", &PurifierConfig { schedule, ..defaults })?;
        self.refuse_unused("purifier", [unused.clone(), unused])?;
        let mut trainer = match self.interrupted(|saved| {
            saved.is_of(&config, &architecture, &source)?;
            PurifierTrainer::resume(saved, source.clone(), device)
        })? {
            Some(trainer) => trainer,
            None => PurifierTrainer::start(config, &network, source, device)?,
        };
        self.pump(&mut trainer, &architecture).await?;
        self.save(weights::write_autoencoder(&config.shape(), &trainer.model()).await?)
    }

    /// Seed of the first weights, which is that of everything.
    fn seed(&self) -> Result<u32> {
        Ok(self.parameters.fit("train", &TrainConfig::default())?.0.seed)
    }

    fn save(&self, bytes: Vec<u8>) -> Result<()> {
        let bytes = if self.half { weights::halved(&bytes)? } else { bytes };
        files::write(&self.out, &bytes)?;
        println!("{} (SHA-256 {})", self.out.display(), weights::sha256(&bytes));
        files::remove(&self.checkpoint())
    }

    fn checkpoint(&self) -> PathBuf {
        self.out.with_added_extension("checkpoint")
    }

    /// The training as its checkpoint has it, where it is to go on and there is one.
    fn interrupted<T>(&self, resume: impl FnOnce(&Checkpoint) -> fool_the_sign::Result<T>) -> Result<Option<T>> {
        let path = self.checkpoint();
        if !self.resume || !path.exists() {
            return Ok(None);
        }
        let bytes = files::read(&path)?;
        let trainer = Checkpoint::open(&bytes).and_then(|saved| resume(&saved));
        trainer.map(Some).map_err(|error| files::at(&path, error))
    }

    /// Steps until nothing is left to do, with a bar, the validation figures, and a checkpoint after each.
    async fn pump<T: Task>(&self, trainer: &mut Trainer<T>, architecture: &Architecture) -> Result<()> {
        let checkpoint = self.checkpoint();
        let name = self.out.file_stem().unwrap_or_default().to_string_lossy();
        let (step, steps) = trainer.position();
        if step > 0 {
            println!("resuming after {step} of {steps} steps");
        }
        let bar = files::bar(trainer.position().1);
        while !trainer.finished() {
            match trainer.step().await? {
                Progress::Working => {}
                Progress::Training(report) => {
                    bar.set_position(report.step as u64);
                    bar.set_message(format!("loss {:.3}", report.loss));
                }
                Progress::Validation(report) => {
                    bar.suspend(|| println!("{}", describe(&report)));
                    let bytes = trainer.checkpoint(&name, architecture).await?;
                    files::replace(&checkpoint, &bytes)?;
                }
            }
        }
        bar.finish_and_clear();
        Ok(())
    }
}

/// What can be given as --preset.
fn presets() -> String {
    let names: Vec<&str> = preset::ALL.iter().map(|preset| preset.name).collect();
    format!(
        "A network as it was made for this project: {}. Those that learn from photos need GTSRB in --data; what is given besides \
         changes the preset.",
        names.join(", ")
    )
}

/// The combined network, with the weights of an autoencoder and of a LeNet.
fn combine(purifier: &Path, classifier: &Path, device: &Device) -> Result<(Architecture, Network)> {
    let (autoencoder, purifier) = files::autoencoder(purifier, device)?;
    match files::classifier(classifier, None, device)? {
        (Architecture::Lenet(LeNetConfig { classes }), Network::Lenet(classifier)) => {
            let network = Network::Combined(Combined { purifier, classifier });
            Ok((Architecture::Combined(CombinedConfig { classes, autoencoder }), network))
        }
        (other, _) => {
            let needed = "the combined network is made of an autoencoder and a LeNet";
            Err(files::at(classifier, format!("{needed}; this is a {}.", other.name())))
        }
    }
}

/// Rounds the weights of a classifier or a purifier.
#[derive(Args)]
pub struct Halve {
    /// The weights.
    #[arg(long)]
    weights: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
}

impl Halve {
    pub fn run(&self) -> Result<()> {
        let bytes = weights::halved(&files::read(&self.weights)?)?;
        files::write(&self.out, &bytes)?;
        println!("{} (SHA-256 {})", self.out.display(), weights::sha256(&bytes));
        Ok(())
    }
}

fn describe(report: &ValidationReport) -> String {
    let percent = |label: &str, p: Option<Proportion>| match p {
        Some(p) => {
            let [value, low, high] = [p.value, p.low, p.high].map(|share| 100.0 * share);
            format!(", {label} {value:.1}% ({low:.1}–{high:.1}, n = {})", p.n)
        }
        None => String::new(),
    };
    let first = if report.attacked.is_some() { "purified" } else { "accuracy" };
    let mut line = format!("epoch {:.1}: validation loss {:.4}", report.epoch, report.loss);
    line += &percent(first, Some(report.accuracy));
    line += &percent("attacked", report.attacked);
    line += &percent("purified clean", report.purified_clean);
    line += &percent("under BIM-5", report.robust);
    if report.collapsed {
        line += "\nRobustness collapsed within this epoch (catastrophic overfitting): went back to the last good epoch and stopped.";
    }
    line
}
