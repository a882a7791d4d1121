//! Where labelled images come from: drawn without end, or a data set in memory.

use std::ops::Range;

use super::augment::augment;
use super::batch::Sample;
use super::classes::{self, Classes};
use super::dataset::Dataset;
use super::report::Note;
use super::shot::Conditions;
use super::shot::Scene;
use super::split::Split;
use super::synth::Synth;
use crate::error::{Purpose, Result, StateError};
use crate::rng::{Rng, shuffled};
use crate::said::Said;
use crate::settings::settings;

/// A supply of labelled images: a data set, or drawn signs without end.
#[derive(Debug)]
pub struct Source {
    synth: Synth,
    dataset: Option<Dataset>,
}

settings! {
    /// What is learned from besides a data set's own images, and in which light. Drawn signs alone are endless and disturbed already:
    /// nothing is added to them.
    #[derive(Copy)]
    #[serde(default)]
    pub struct Mix {
        /// Each image of a data set shifted, rotated and relit slightly each time.
        pub augment: bool = false,
        /// Share of drawn signs among the images, 0 to 1; for data sets with GTSRB's classes only.
        #[label = "Share of drawn signs"]
        #[range(0.0..=1.0)]
        pub drawn: f32 = 0.0,
        /// Whether drawn signs are seen in every light of the benchmark, not only in a fair one.
        #[label = "Drawn in every light"]
        pub harsh: bool = false,
    }
}

/// How many images of a split are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many.
    pub n: usize,
    /// What is to be said where that is fewer than were asked for.
    pub note: Option<Said<Note>>,
}

/// Largest number of validation images that are set aside for thresholds, and at most a fifth of them.
const SET_ASIDE: usize = 430;

/// Streams of random numbers for the order of training, which no image uses.
const ORDER: u64 = 1 << 40;

impl Source {
    /// Signs drawn for this project.
    pub fn generated() -> Self {
        Self { synth: Synth::new(), dataset: None }
    }

    /// A data set.
    pub fn loaded(dataset: Dataset) -> Self {
        Self { synth: Synth::new(), dataset: Some(dataset) }
    }

    /// The data set, where there is one.
    pub fn dataset(&self) -> Option<&Dataset> {
        self.dataset.as_ref()
    }

    /// Name, as records have it: with a data set's fingerprint and, where its tracks were dealt, how.
    pub fn name(&self) -> String {
        let Some(dataset) = self.dataset() else { return "generated".into() };
        let deal = dataset.dealt();
        let dealt = format!("validation {}, test {}, deal {}", deal.validation, deal.test, deal.seed);
        let left_out = match dataset.left_out() {
            0 => String::new(),
            n => format!("; {n} copies left out"),
        };
        format!("{} ({}; {dealt}{left_out})", dataset.name(), dataset.fingerprint())
    }

    /// Makes the images those that a record is about, where its version left no copies out.
    pub fn as_recorded(&mut self, name: &str) {
        let left_out = self.dataset.as_ref().map_or(0, Dataset::left_out);
        if left_out > 0 && self.name().replace(&format!("; {left_out} copies left out"), "") == name {
            self.dataset.iter_mut().for_each(Dataset::keep_doubles);
        }
    }

    /// Names of the classes.
    pub fn classes(&self) -> Vec<String> {
        match self.dataset() {
            None => classes::NAMES.map(String::from).to_vec(),
            Some(dataset) => dataset.classes().to_vec(),
        }
    }

    /// Whether the classes are GTSRB's.
    pub fn signs(&self) -> bool {
        self.dataset().is_none_or(|dataset| dataset.classes() == classes::NAMES)
    }

    /// Whether a network for this many classes can be trained and measured on the images.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] naming both numbers.
    pub fn fits(&self, classes: usize) -> Result<()> {
        let has = self.classes().len();
        if has == classes {
            return Ok(());
        }
        Err(StateError::OtherClasses { knows: classes, has }.into())
    }

    /// Whether a network's classes are those of the images, in their order: a network that knows the same ones in another order would be
    /// measured next to nothing. Classes that have only a number are what their place says.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] naming both numbers, or the first class that differs.
    pub fn fits_classes(&self, classes: &Classes) -> Result<()> {
        self.fits(classes.count())?;
        let numbered = |names: &[String]| names.iter().enumerate().all(|(number, name)| name.parse() == Ok(number));
        let has = self.classes();
        let knows = match classes {
            Classes::Count(count) if *count != classes::COUNT => return Ok(()),
            classes => classes.names(),
        };
        if numbered(&has) || numbered(&knows) {
            return Ok(());
        }
        let alike = |(a, b): (&String, &String)| a.to_lowercase() == b.to_lowercase();
        match knows.iter().zip(&has).position(|pair| !alike(pair)) {
            None => Ok(()),
            Some(number) => {
                let [knows, has] = [&knows, &has].map(|names| names[number].clone());
                Err(StateError::OtherClassNames { number, knows, has }.into())
            }
        }
    }

    /// Number of images in a split; `None` where there is no end to them.
    pub fn len(&self, split: Split) -> Option<usize> {
        let dataset = self.dataset()?;
        Some(match split {
            Split::Validation => dataset.len(split) - set_aside(dataset),
            _ => dataset.len(split),
        })
    }

    /// As many images of a split as were asked for, or as there are.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] if there is none, naming a split that has some.
    pub fn take(&self, split: Split, n: usize) -> Result<Taken> {
        match self.len(split) {
            None => return Ok(Taken { n, note: None }),
            Some(there) if there >= n => return Ok(Taken { n, note: None }),
            Some(0) => {}
            Some(there) => {
                let note = Note::AllThereAre { n: there, asked: n, split: purpose(split) };
                return Ok(Taken { n: there, note: Some(note.into()) });
            }
        }
        let others = [Split::Test, Split::Validation].into_iter().filter(|other| *other != split);
        let instead = others.into_iter().find(|other| !self.is_empty(*other)).map(purpose);
        Err(StateError::NoImagesToMeasure { split: purpose(split), instead }.into())
    }

    /// Whether a split has no image.
    pub fn is_empty(&self, split: Split) -> bool {
        self.len(split) == Some(0)
    }

    /// Images `range` of a split, as they are. `seed` is that of generated images; a data set has its own order.
    ///
    /// # Panics
    /// If the range leaves [`Self::len`].
    pub fn batch(&self, seed: u32, split: Split, range: Range<u64>) -> Vec<Sample> {
        match &self.dataset {
            None => self.synth.batch(seed, split, range),
            Some(dataset) => range.map(|i| dataset.sample(split, i as usize)).collect(),
        }
    }

    /// Images `range` of an endless walk through the training split: pass after pass, each in another order.
    ///
    /// # Panics
    /// If the training split is empty.
    pub fn lesson(&self, seed: u32, mix: Mix, range: Range<u64>) -> Vec<Sample> {
        let conditions = if mix.harsh { Conditions::HARSH } else { Conditions::FAIR };
        let draw = |i| self.synth.sample(&conditions, seed, Split::Train, i);
        let Some(dataset) = &self.dataset else { return range.map(draw).collect() };
        let n = dataset.len(Split::Train) as u64;
        let signs = self.signs();
        let one = |i: u64| {
            let mut rng = Rng::stream(u64::from(seed) << 2 | Split::Train as u64, ORDER + i);
            if signs && rng.chance(mix.drawn) {
                return draw(i);
            }
            let place = shuffled(u64::from(seed), i / n, i % n, n);
            let Sample { pixels, label } = dataset.sample(Split::Train, place as usize);
            Sample { pixels: if mix.augment { augment(&pixels, &mut rng) } else { pixels }, label }
        };
        range.map(one).collect()
    }

    /// One picture of a class, to look at and to attack: number `seed` of the test images, or of those there are; and how a drawn sign
    /// hangs there.
    pub fn subject(&self, class: usize, seed: u32) -> Option<(Sample, Option<Scene>)> {
        let Some(dataset) = &self.dataset else {
            let drawn = || self.synth.subject(class, seed);
            return (class < classes::COUNT).then(drawn).map(|(sample, scene)| (sample, Some(scene)));
        };
        [Split::Test, Split::Validation, Split::Train].into_iter().find_map(|split| {
            let of_class: Vec<usize> = (0..dataset.len(split)).filter(|&i| dataset.label(split, i) == class).collect();
            let place = of_class.get(seed as usize % of_class.len().max(1))?;
            Some((dataset.sample(split, *place), None))
        })
    }

    /// Clean validation images for thresholds, always the same: none of those that [`Self::batch`] hands out (drawn ones are of a seed of
    /// their own). Training images where there is hardly any other; none if a data set has neither.
    pub fn calibration(&self, n: usize) -> Vec<Sample> {
        let Some(dataset) = &self.dataset else {
            return self.synth.batch(1 ^ 0x5EED, Split::Validation, 0..n as u64);
        };
        let (all, some) = (dataset.len(Split::Validation), set_aside(dataset));
        let (split, images) = match some {
            0 => (Split::Train, 0..dataset.len(Split::Train)),
            _ => (Split::Validation, all - some..all),
        };
        images.take(n).map(|i| dataset.sample(split, i)).collect()
    }
}

/// What a split of a data set is for.
fn purpose(split: Split) -> Purpose {
    match split {
        Split::Train => Purpose::Training,
        Split::Validation => Purpose::Validation,
        Split::Test | Split::Subject => Purpose::Testing,
    }
}

fn set_aside(dataset: &Dataset) -> usize {
    SET_ASIDE.min(dataset.len(Split::Validation) / 5)
}
