//! Many attacks on many images, and what came of each: the raw material of tables, curves and checks.
//!
//! The images are divided into chunks of a fixed size, and a chunk's result depends on nothing but the chunk: several
//! engines can share the work by taking every k-th chunk each, and the figures are the same.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use burn::tensor::{Device, Tensor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::{Contender, find};
use super::engagement::Engagement;
use super::judged::Judged;
use crate::attack::{Attack, Goal, Run};
use crate::data::batch::{self, Sample};
use crate::data::report::Note;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::error::{ParameterError, Result, in_range};
use crate::metrics::Proportion;
use crate::model::Classifier;
use crate::said::Said;
use crate::settings::{Settings, settings};

/// Images attacked at a time.
pub const CHUNK: usize = 32;

/// One question: how well does this model, behind this defence, do against this attack?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// Name of the model.
    pub model: String,
    /// What stands before it.
    #[serde(default)]
    pub defense: Defense,
    /// What the attacker knows.
    pub knowledge: Knowledge,
    /// The attack; none for clean accuracy.
    pub attack: Option<Attack>,
    /// What it wants. Images that have the target's class already are left out.
    #[serde(default)]
    pub goal: Goal,
    /// Name of the model that the examples are made on, if it is another one: transfer.
    #[serde(default, alias = "source")]
    pub made_on: Option<String>,
}

impl Case {
    /// Clean accuracy.
    pub fn clean(model: &str, defense: Defense) -> Self {
        let (model, knowledge) = (model.into(), Knowledge::None);
        Self { model, defense, knowledge, attack: None, goal: Goal::Untargeted, made_on: None }
    }

    /// Accuracy under an untargeted attack.
    pub fn attacked(model: &str, defense: Defense, knowledge: Knowledge, attack: Attack) -> Self {
        let model = model.into();
        Self { model, defense, knowledge, attack: Some(attack), goal: Goal::Untargeted, made_on: None }
    }

    /// What the examples depend on: cases that agree in it share them.
    fn key(&self) -> String {
        let (model, knows) = match (&self.made_on, self.knowledge) {
            (Some(made_on), _) => (made_on, None),
            (None, Knowledge::None | Knowledge::Oblivious) => (&self.model, None),
            // Without a defence there is nothing to know.
            (None, _) if self.defense.is_none() => (&self.model, None),
            (None, knowledge) => (&self.model, Some((knowledge, &self.defense))),
        };
        serde_json::to_string(&(model, knows, &self.attack, self.goal)).expect("plain data")
    }
}

settings! {
    /// An evaluation with everything it depends on.
    pub struct EvaluationConfig {
        /// Which images are measured. Nothing was trained or chosen on the test images.
        #[label = "Images"]
        pub split: Split = Split::Validation,
        /// Number of images, from the first. More images make the interval narrower and take longer.
        #[label = "Number of images"]
        #[symbol = "n"]
        #[range(1..=100_000)]
        pub n: usize = 430,
        /// Seed of drawn images: the same gives the same again.
        pub seed: u32 = 1,
        /// The questions.
        pub cases: Vec<Case> = vec![],
    }
}

impl EvaluationConfig {
    /// Checks every parameter, and that every model is there with what its case needs.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`], [`crate::ErrorKind::State`].
    pub fn validate(&self, contenders: &[Contender]) -> Result<()> {
        self.check("measure")?;
        in_range("measure.cases", self.cases.len(), 1..=1000)?;
        for case in &self.cases {
            let contender = find(contenders, &case.model)?;
            let made_on = case.made_on.as_ref().map(|made_on| find(contenders, made_on)).transpose()?;
            Engagement::validate(contender, &case.defense, case.knowledge, made_on)?;
            let seen = made_on.unwrap_or(contender);
            if let Some(attack) = &case.attack {
                attack.validate_for(case.goal, seen.network.classes())?;
                if case.knowledge == Knowledge::None {
                    return Err(ParameterError::NoKnowledge.into());
                }
            }
            case.goal.validate(contender.network.classes())?;
        }
        Ok(())
    }

    fn chunks(&self) -> usize {
        self.n.div_ceil(CHUNK)
    }
}

/// One chunk of one case, done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Number of the case.
    pub case: usize,
    /// Number of the chunk.
    pub chunk: usize,
    /// The images, in order; those that the goal leaves out are missing.
    pub images: Vec<Judged>,
}

/// Which chunks an engine takes: every `of`-th from `index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// From 0.
    pub index: usize,
    /// Number of engines.
    pub of: usize,
}

impl Default for Share {
    fn default() -> Self {
        Self { index: 0, of: 1 }
    }
}

/// An evaluation under way.
pub struct Evaluation {
    config: EvaluationConfig,
    note: Option<Said<Note>>,
    contenders: Vec<Contender>,
    source: Rc<Source>,
    device: Device,
    /// By case, those that have begun.
    engagements: BTreeMap<usize, Engagement>,
    /// (chunk, case) still to do here.
    queue: VecDeque<(usize, usize)>,
    /// The chunk at hand, with the examples that later cases may share.
    chunk: Option<Chunk>,
    run: Option<(usize, Box<dyn Run>, usize)>,
    parts: BTreeMap<(usize, usize), Part>,
}

struct Chunk {
    number: usize,
    signs: Vec<Sample>,
    images: Tensor<4>,
    examples: BTreeMap<String, Made>,
}

/// What an attack has made of a chunk, and [`Run::by`].
type Made = (Tensor<4>, Vec<Option<usize>>);

/// What one step brought.
pub enum Progress {
    /// Nothing to tell yet.
    Working,
    /// A chunk of a case is done.
    Part(Part),
}

impl Evaluation {
    /// An evaluation, or one engine's share of it. Of a split with fewer images than are asked for all are taken.
    ///
    /// # Errors
    /// As [`EvaluationConfig::validate`], as [`Source::fits_classes`] and as [`Source::take`].
    pub fn new(
        mut config: EvaluationConfig,
        share: Share,
        contenders: Vec<Contender>,
        source: Rc<Source>,
        device: &Device,
    ) -> Result<Self> {
        config.validate(&contenders)?;
        in_range("measure.engines", share.of, 1..=64)?;
        in_range("measure.share", share.index, 0..=share.of - 1)?;
        for contender in &contenders {
            source.fits_classes(contender.architecture.classes())?;
            contender.fits_pictures()?;
        }
        let taken = source.take(config.split, config.n)?;
        config.n = taken.n;
        let chunks = (0..config.chunks()).filter(|chunk| chunk % share.of == share.index);
        let queue = chunks.flat_map(|chunk| (0..config.cases.len()).map(move |case| (chunk, case))).collect();
        Ok(Self {
            config,
            note: taken.note,
            contenders,
            source,
            device: device.clone(),
            engagements: BTreeMap::new(),
            queue,
            chunk: None,
            run: None,
            parts: BTreeMap::new(),
        })
    }

    /// What was asked for, with as many images as are taken.
    pub fn config(&self) -> &EvaluationConfig {
        &self.config
    }

    /// What is to be said of the number of images.
    pub fn note(&self) -> Option<&Said<Note>> {
        self.note.as_ref()
    }

    /// The models.
    pub fn contenders(&self) -> &[Contender] {
        &self.contenders
    }

    /// Chunks of cases done (here or elsewhere) and in all.
    pub fn position(&self) -> (usize, usize) {
        (self.parts.len(), self.config.chunks() * self.config.cases.len())
    }

    /// Whether this engine's share is done.
    pub fn idle(&self) -> bool {
        self.queue.is_empty() && self.run.is_none()
    }

    /// Whether every part is there.
    pub fn finished(&self) -> bool {
        self.parts.len() == self.config.chunks() * self.config.cases.len()
    }

    /// Takes over what another engine has done.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if it belongs to no case or chunk of this evaluation.
    pub fn take(&mut self, part: Part) -> Result<()> {
        in_range("part.case", part.case, 0..=self.config.cases.len() - 1)?;
        in_range("part.chunk", part.chunk, 0..=self.config.chunks() - 1)?;
        let most = CHUNK.min(self.config.n - part.chunk * CHUNK);
        // A target leaves out the images that have its class.
        let fewest = if self.config.cases[part.case].goal == Goal::Untargeted { most } else { 0 };
        in_range("part.images", part.images.len(), fewest..=most)?;
        self.parts.insert((part.case, part.chunk), part);
        Ok(())
    }

    /// Accuracy so far, case by case; `None` before a case's first image.
    pub fn accuracies(&self) -> Vec<Option<Proportion>> {
        let mut counts = vec![(0, 0); self.config.cases.len()];
        for ((case, _), part) in &self.parts {
            counts[*case].0 += part.images.iter().filter(|image| image.holds()).count();
            counts[*case].1 += part.images.len();
        }
        counts.into_iter().map(|(right, n)| (n > 0).then(|| Proportion::new(right, n))).collect()
    }

    /// What came of each image so far, case by case, in the order of the images.
    pub fn judged(&self) -> Vec<Vec<Judged>> {
        let mut cases = vec![vec![]; self.config.cases.len()];
        for ((case, _), part) in &self.parts {
            cases[*case].extend_from_slice(&part.images);
        }
        cases
    }

    /// A small piece of work.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Device`] if the device was lost.
    pub async fn step(&mut self) -> Result<Progress> {
        if let Some((case, run, _)) = &mut self.run {
            let finished = run.step(&*self.engagements[case].view()?).await?.finished;
            if !finished {
                return Ok(Progress::Working);
            }
            let (case, run, chunk) = self.run.take().expect("looked at above");
            let made: Made = (run.adversarial(), run.by());
            if let Some(current) = self.chunk.as_mut().filter(|current| current.number == chunk) {
                current.examples.insert(self.config.cases[case].key(), made.clone());
            }
            return self.judge(case, chunk, made).await.map(Progress::Part);
        }
        let Some((chunk, case)) = self.queue.pop_front() else { return Ok(Progress::Working) };
        self.load(chunk);
        self.engage(case).await?;
        let config = &self.config.cases[case];
        let current = self.chunk.as_ref().expect("loaded above");
        let Some(attack) = &config.attack else {
            let images = current.images.clone();
            return self.judge(case, chunk, (images, vec![])).await.map(Progress::Part);
        };
        if let Some(examples) = current.examples.get(&config.key()) {
            let examples = examples.clone();
            return self.judge(case, chunk, examples).await.map(Progress::Part);
        }
        let (labels, first) = (batch::labels(&current.signs), (chunk * CHUNK) as u64);
        let run = self.engagements[&case].begin(attack, current.images.clone(), labels, first)?;
        self.run = Some((case, run, chunk));
        Ok(Progress::Working)
    }

    /// Makes a chunk's images the ones at hand.
    fn load(&mut self, number: usize) {
        if self.chunk.as_ref().is_some_and(|chunk| chunk.number == number) {
            return;
        }
        let end = self.config.n.min((number + 1) * CHUNK);
        let signs = self.source.batch(self.config.seed, self.config.split, (number * CHUNK) as u64..end as u64);
        let images = batch::images(&signs, &self.device);
        self.chunk = Some(Chunk { number, signs, images, examples: BTreeMap::new() });
    }

    /// Who attacks what in a case; a detector is calibrated on clean images that are not measured on.
    async fn engage(&mut self, case: usize) -> Result<()> {
        if self.engagements.contains_key(&case) {
            return Ok(());
        }
        let config = &self.config.cases[case];
        let contender = find(&self.contenders, &config.model)?.clone();
        let made_on = config.made_on.as_ref().map(|made_on| find(&self.contenders, made_on)).transpose()?.cloned();
        let attacker = (&config.defense, config.knowledge, config.goal);
        let engagement = Engagement::new(contender, made_on, attacker, &self.source, &self.device).await?;
        self.engagements.insert(case, engagement);
        Ok(())
    }

    /// Looks at what an attack made with the defended model's eyes; images that the goal leaves out are left out.
    async fn judge(&mut self, case: usize, chunk: usize, (adversarial, by): Made) -> Result<Part> {
        let config = &self.config.cases[case];
        let current = self.chunk.as_ref().expect("the chunk at hand");
        let labels = batch::labels(&current.signs);
        let engagement = &self.engagements[&case];
        let mut images = engagement.judge(config.attack.as_ref(), &current.images, &labels, &adversarial).await?;
        images.iter_mut().zip(by).for_each(|(image, by)| image.by = by);
        images.retain(|image| config.goal != Goal::Targeted { class: image.label });
        let part = Part { case, chunk, images };
        self.parts.insert((case, chunk), part.clone());
        Ok(part)
    }
}
