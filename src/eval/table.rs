//! The small table of accuracies: without and with the purifier, on clean and on attacked images.
//!
//! The attacks here are oblivious: they are made on the bare classifier. A figure against an attacker who knows the
//! purifier is not in this table, and the page says so.

use std::rc::Rc;

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::metrics::{Proportion, answer};
use crate::attack::victims::Victims;
use crate::attack::{Attack, CarliniWagner, Fgsm, Goal, Run};
use crate::data::batch::{self, Sample};
use crate::data::synth::{Split, Synth};
use crate::defense::purify::Purified;
use crate::device;
use crate::error::{Result, in_range};
use crate::model::Classifier;
use crate::model::autoencoder::Autoencoder;
use crate::model::lenet::LeNet;

/// Images attacked at a time.
const CHUNK: usize = 32;

/// What the table is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableConfig {
    /// Number of generated validation images.
    pub n: usize,
    /// Seed of the images.
    pub seed: u32,
    /// FGSM, untargeted.
    pub fgsm: Fgsm,
    /// C&W, untargeted.
    pub cw: CarliniWagner,
}

impl Default for TableConfig {
    fn default() -> Self {
        Self { n: 43, seed: 1, fgsm: Fgsm::default(), cw: CarliniWagner::default() }
    }
}

impl TableConfig {
    /// Checks every parameter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`].
    pub fn validate(&self) -> Result<()> {
        in_range("The number of images", self.n, 1..=10_000)?;
        self.fgsm.validate()?;
        self.cw.validate()
    }
}

/// A row's defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defence {
    /// The bare classifier.
    None,
    /// The purifier before it.
    Purified,
}

/// A column's attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// No attack.
    None,
    /// FGSM.
    Fgsm,
    /// Carlini & Wagner.
    Cw,
}

/// What the attacker knows of the defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// There is no attacker, or no defence to know.
    None,
    /// Nothing: the attack is made on the bare classifier.
    Oblivious,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The attack.
    pub attack: Column,
    /// What the attacker knows.
    pub knowledge: Knowledge,
    /// Accuracy so far; none before the first image.
    pub accuracy: Option<Proportion>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The defence.
    pub defence: Defence,
    /// Clean, FGSM, C&W.
    pub cells: Vec<Cell>,
}

/// The table, whole or on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it is made of.
    pub config: TableConfig,
    /// One row a defence; the second only where there is a purifier.
    pub rows: Vec<Row>,
}

/// The table being filled.
pub struct TableJob {
    config: TableConfig,
    synth: Rc<Synth>,
    device: Device,
    classifier: LeNet,
    purifier: Option<Autoencoder>,
    /// [row][column] correct answers and images.
    counts: [[(usize, usize); 3]; 2],
    next: usize,
    work: Option<Chunk>,
}

/// The images at hand: first clean and FGSM, then the iterations of C&W.
struct Chunk {
    signs: Vec<Sample>,
    cw: Run,
    done: usize,
}

impl TableJob {
    /// A table for a classifier and, where there is one, its purifier.
    ///
    /// # Errors
    /// As [`TableConfig::validate`].
    pub fn new(
        config: TableConfig,
        classifier: &LeNet,
        purifier: Option<&Autoencoder>,
        synth: Rc<Synth>,
        device: &Device,
    ) -> Result<Self> {
        config.validate()?;
        Ok(Self {
            config,
            synth,
            device: device.clone(),
            classifier: classifier.valid(),
            purifier: purifier.map(Module::valid),
            counts: [[(0, 0); 3]; 2],
            next: 0,
            work: None,
        })
    }

    /// Iterations done and in all, over all images.
    pub fn position(&self) -> (usize, usize) {
        let iterations = self.config.cw.searches * self.config.cw.steps;
        let under_way = self.work.as_ref().map_or(0, |chunk| chunk.done * chunk.signs.len());
        (
            self.next.saturating_sub(self.work.as_ref().map_or(0, |c| c.signs.len())) * iterations + under_way,
            self.config.n * iterations,
        )
    }

    /// Whether all is done.
    pub fn finished(&self) -> bool {
        self.work.is_none() && self.next >= self.config.n
    }

    /// The figures so far.
    pub fn table(&self) -> Table {
        let defences = [Defence::None, Defence::Purified];
        let rows = 1 + usize::from(self.purifier.is_some());
        let cell = |attack, (correct, n): (usize, usize), row: usize| Cell {
            attack,
            knowledge: if row == 0 || attack == Column::None { Knowledge::None } else { Knowledge::Oblivious },
            accuracy: (n > 0).then(|| Proportion::new(correct, n)),
        };
        let rows = (0..rows)
            .map(|row| Row {
                defence: defences[row],
                cells: [Column::None, Column::Fgsm, Column::Cw]
                    .into_iter()
                    .zip(self.counts[row])
                    .map(|(attack, counts)| cell(attack, counts, row))
                    .collect(),
            })
            .collect();
        Table { config: self.config.clone(), rows }
    }

    /// A small piece of work; true when figures have changed.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self) -> Result<bool> {
        let Some(mut chunk) = self.work.take() else {
            return self.begin().await;
        };
        let status = chunk.cw.step(&self.classifier).await?;
        chunk.done = status.done;
        if !status.finished {
            self.work = Some(chunk);
            return Ok(false);
        }
        self.count(2, chunk.cw.adversarial(), &chunk.signs).await?;
        Ok(true)
    }

    /// The next images: clean and FGSM at once, C&W begun.
    async fn begin(&mut self) -> Result<bool> {
        if self.finished() {
            return Ok(false);
        }
        let end = self.config.n.min(self.next + CHUNK);
        let signs = self.synth.batch(self.config.seed, Split::Validation, self.next as u64..end as u64);
        self.next = end;
        let images = batch::images(&signs, &self.device);
        let victims = Victims::new(images.clone(), batch::labels(&signs), Goal::Untargeted);
        self.count(0, images, &signs).await?;
        self.count(1, self.config.fgsm.perturb(&self.classifier, &victims), &signs).await?;
        let cw = Attack::Cw(self.config.cw.clone()).start(victims)?;
        self.work = Some(Chunk { signs, cw, done: 0 });
        Ok(true)
    }

    /// Counts the right answers on images of one column, for each row.
    async fn count(&mut self, column: usize, images: Tensor<4>, signs: &[Sample]) -> Result<()> {
        let bare = self.classifier.logits(images.clone());
        let purified = match &self.purifier {
            Some(purifier) => Purified { purifier, classifier: &self.classifier }.logits(images),
            None => bare.clone(),
        };
        let classes = self.classifier.classes();
        for (row, logits) in device::read_array([bare, purified]).await?.iter().enumerate() {
            let answers = logits.chunks_exact(classes).map(answer);
            let (correct, n) = &mut self.counts[row][column];
            *correct += answers.zip(signs).filter(|(answer, sign)| *answer == sign.label).count();
            *n += signs.len();
        }
        Ok(())
    }
}
