//! `attack`, `purify` and `logits`: from file to file, for others' tools.

use std::path::PathBuf;

use clap::Args;
use fool_the_sign::attack::Goal;
use fool_the_sign::data::tensors::Tensors;
use fool_the_sign::defense::purify::Purifier;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::device;
use fool_the_sign::error::counted;
use fool_the_sign::eval::engagement::{Engagement, Verdict};
use fool_the_sign::metrics::{Norms, answer};
use fool_the_sign::model::Classifier;

use crate::error::{Error, Result};
use crate::files::{self, DataSet, OneModel, Where};
use crate::options::{self, Attacks, Defended, Parameters};

/// Attacks every image of a file.
///
/// Writes `adversarial` (F32, as `images`), `success` (BOOL, N), `prediction` (I64, N; one more than the last class where a
/// detector rejects), `l0` (I64, N), `l2` and `linf` (F32, N).
#[derive(Args)]
pub struct Attack {
    #[command(flatten)]
    model: OneModel,
    /// File with `images` and `labels`.
    #[arg(long)]
    images: PathBuf,
    /// The attack, by name; `fool-the-sign methods` lists them.
    #[arg(long)]
    attack: String,
    /// Target class; untargeted without it.
    #[arg(long)]
    target: Option<usize>,
    /// Weights of another model that the examples are made on: transfer.
    #[arg(long, alias = "source-weights")]
    made_on: Option<PathBuf>,
    /// Architecture of that model, if its file does not name one.
    #[arg(long, alias = "source-model")]
    made_on_model: Option<String>,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    parameters: Parameters<Attacks>,
    #[command(flatten)]
    defended: Defended,
    /// Where the images come from: a detector's threshold is chosen on clean images of that source.
    #[command(flatten)]
    set: DataSet,
    #[command(flatten)]
    place: Where,
}

impl Attack {
    pub async fn run(&self) -> Result<()> {
        let attack = self.parameters.attack(&self.attack)?;
        let goal = options::goal(self.target);
        let (defense, knowledge) = (self.defended.defense()?, self.defended.knowledge_of(self.made_on.is_some())?);
        attack.validate_with(goal)?;
        let (_, device) = self.place.start().await?;
        let contender = self.model.load(&device).await?;
        let images = files::images(&self.images, &contender, true)?;
        goal.validate(contender.architecture.classes().count())?;
        let surrogate = match &self.made_on {
            Some(path) => {
                let name = files::name_of(path);
                Some(files::load(&name, path, self.made_on_model.as_deref(), None, &device).await?)
            }
            None => None,
        };
        let source = self.set.open()?;
        if matches!(defense, Defense::Detector(_)) {
            eprintln!("The detector's threshold is chosen on clean images of: {}", source.name());
        }
        let attacker = (&defense, knowledge, goal);
        let engagement = Engagement::new(contender.clone(), surrogate, attacker, &source, &device).await?;
        let (view, defended) = (engagement.view()?, engagement.defended()?);
        eprintln!("{}", attack.clone().resolved());

        let bar = files::bar(images.labels.len() * attack.iterations());
        let (mut adversarial, mut answers, mut success) = (Vec::new(), Vec::new(), Vec::new());
        for (first, n, tensor) in files::batches(&images, &device) {
            let labels = images.labels[first..first + n].to_vec();
            let mut run = engagement.begin(&attack, tensor.clone(), labels.clone(), first as u64)?;
            loop {
                let status = run.step(&*view).await?;
                bar.set_position((first * attack.iterations() + n * status.done) as u64);
                if status.finished {
                    break;
                }
            }
            engagement.assert_within(&attack, &tensor, &run.adversarial()).await?;
            let logits = device::read(defended.logits(run.adversarial())).await?;
            if logits.iter().any(|logit| logit.is_nan()) {
                return Err(engagement.no_numbers().into());
            }
            let rows = || logits.chunks_exact(defended.classes());
            answers.extend(rows().map(answer));
            let verdicts = rows().map(|row| Verdict::of(row, engagement.refusal()));
            success.extend(verdicts.zip(&labels).map(|(verdict, label)| verdict.reaches(goal, *label)));
            adversarial.extend(device::read(run.adversarial()).await?);
        }
        bar.finish_and_clear();

        let each = adversarial.len() / success.len();
        let norms: Vec<Norms> = adversarial
            .chunks_exact(each)
            .zip(images.pixels.chunks_exact(each))
            .map(|(after, before)| {
                Norms::of(&after.iter().zip(before).map(|(after, before)| after - before).collect::<Vec<f32>>())
            })
            .collect();
        let of = |which: fn(&Norms) -> f32| norms.iter().map(which).collect::<Vec<f32>>();
        let file = Tensors::default()
            .floats("adversarial", &images.shape, &adversarial)
            .truths("success", &success)
            .integers("prediction", &answers)
            .integers("l0", &norms.iter().map(|norms| norms.l0).collect::<Vec<usize>>())
            .floats("l2", &[norms.len()], &of(|norms| norms.l2))
            .floats("linf", &[norms.len()], &of(|norms| norms.linf));
        files::write(&self.out, file.write())?;
        let there = images.labels.iter().filter(|label| goal == Goal::Targeted { class: **label }).count();
        let asked = images.labels.iter().map(|label| goal != Goal::Targeted { class: *label });
        let reached = success.iter().zip(asked).filter(|(success, asked)| **success && *asked).count();
        println!(
            "Goal reached: {reached} of {}; written to {}",
            counted(success.len() - there, "image"),
            self.out.display()
        );
        if there > 0 {
            println!("Not counted, because they are of the target class already: {}.", counted(there, "image"));
        }
        Ok(())
    }
}

/// Sends every image of a file through a defence. Writes `purified` (F32, as `images`) and `logits` (F32, N×K) of what comes
/// out.
#[derive(Args)]
pub struct Purify {
    #[command(flatten)]
    model: OneModel,
    /// File with `images`.
    #[arg(long)]
    images: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    defended: Defended,
    #[command(flatten)]
    place: Where,
}

impl Purify {
    pub async fn run(&self) -> Result<()> {
        let (_, device) = self.place.start().await?;
        let contender = self.model.load(&device).await?;
        let defense = match self.defended.defense()? {
            Defense::None(_) if contender.purifier.is_some() => Defense::from(Purifier::default()),
            Defense::None(_) => {
                return Err(Error::NothingToPurifyWith);
            }
            defense => defense,
        };
        if defense.needs_purifier() && contender.purifier.is_none() {
            return Err(Error::PurifierNeeded);
        }
        Engagement::validate(&contender, &defense, Knowledge::None, None)?;
        let images = files::images(&self.images, &contender, false)?;
        let purifier = contender.purifier.as_ref().map(|purifier| &purifier.autoencoder);
        let (mut purified, mut logits) = (Vec::new(), Vec::new());
        for (_, _, tensor) in files::batches(&images, &device) {
            let handed = defense.apply(tensor, purifier);
            logits.extend(device::read(contender.network.logits(handed.clone())).await?);
            purified.extend(device::read(handed).await?);
        }
        let shape = [images.shape[0], contender.architecture.classes().count()];
        let file = Tensors::default().floats("purified", &images.shape, &purified).floats("logits", &shape, &logits);
        files::write(&self.out, file.write())?;
        println!("{} written to {}", counted(images.shape[0], "image"), self.out.display());
        Ok(())
    }
}

/// Writes `logits` (F32, N×K) of every image of a file.
#[derive(Args)]
pub struct Logits {
    #[command(flatten)]
    model: OneModel,
    /// File with `images`.
    #[arg(long)]
    images: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    place: Where,
}

impl Logits {
    pub async fn run(&self) -> Result<()> {
        let (_, device) = self.place.start().await?;
        let contender = self.model.load(&device).await?;
        let images = files::images(&self.images, &contender, false)?;
        let mut logits = Vec::new();
        for (_, _, tensor) in files::batches(&images, &device) {
            logits.extend(device::read(contender.network.logits(tensor)).await?);
        }
        let shape = [images.shape[0], contender.architecture.classes().count()];
        files::write(&self.out, Tensors::default().floats("logits", &shape, &logits).write())?;
        println!("Logits of {} written to {}", counted(images.shape[0], "image"), self.out.display());
        Ok(())
    }
}
