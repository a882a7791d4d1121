//! Labelled pictures in memory, split by track.
//!
//! A *track* is one physical sign, photographed about 30 times as the car approached. Its frames are near duplicates: a
//! split by picture would test on what was trained on. A picture whose track is not known is a track of its own; copies
//! of one picture are one track. Copies that lie in several splits all the same, or under several labels, are left out of what is
//! measured: GTSRB itself has eight test pictures that are training pictures too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::PIXELS;
use super::batch::Sample;
use super::classes;
use super::names;
use super::report::{Note, Report};
use super::split::{SPLITS, Split};
use crate::error::{DataError, ParameterError, Result, in_range};
use crate::rng::Rng;

/// Most pictures in one data set: 300 MB.
pub const MAX_PICTURES: usize = 100_000;
/// Pictures in one piece of memory. Pieces, because a growing vector would need its size twice over while it moves.
const PIECE: usize = 1024;

const TRAIN: usize = 0;
const VALIDATION: usize = 1;
const TEST: usize = 2;

/// Place in [`SPLITS`].
fn place(split: Split) -> Option<usize> {
    SPLITS.iter().position(|&known| known == split)
}

/// How tracks are dealt to the splits. Pictures that came with a split keep it: the official test set is the test set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Deal {
    /// Other seeds deal other tracks.
    pub seed: u32,
    /// Part of each class's tracks for validation, 0 to 0.5: rounded, at least one where there are two. None is taken if
    /// the data came with a validation split.
    pub validation: f32,
    /// Part of each class's tracks for testing, 0 to 0.5: rounded, at least one where there are three. None is taken if
    /// the data came with a test split.
    pub test: f32,
}

impl Default for Deal {
    fn default() -> Self {
        Self { seed: 1, validation: 0.15, test: 0.0 }
    }
}

/// One picture on its way into a data set.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// [`PIXELS`] bytes: channel by channel, row by row.
    pub pixels: &'a [u8],
    /// Class.
    pub label: usize,
    /// Number of the track within its class, if it is known.
    pub track: Option<u32>,
    /// The split that the data came with, if any.
    pub split: Option<Split>,
}

/// Collects pictures one by one.
///
/// ```
/// use fool_the_sign::data::dataset::{Builder, Deal, Entry};
/// use fool_the_sign::data::{PIXELS, report::Report, split::Split};
///
/// let mut builder = Builder::new("Flags", vec!["Red".into(), "Blue".into()])?;
/// for i in 0..20u8 {
///     let pixels = [i; PIXELS];
///     builder.add(Entry { pixels: &pixels, label: usize::from(i % 2), track: None, split: None })?;
/// }
/// let flags = builder.finish(Deal { seed: 7, validation: 0.2, test: 0.1 }, Report::default())?;
/// assert_eq!(flags.counts(Split::Validation), [2, 2]);
/// assert_eq!(flags.counts(Split::Test), [1, 1]);
/// assert_eq!(flags.sample(Split::Train, 0).pixels.len(), PIXELS);
/// # Ok::<(), fool_the_sign::Error>(())
/// ```
#[derive(Debug)]
pub struct Builder {
    name: String,
    classes: Vec<String>,
    pieces: Vec<Vec<u8>>,
    metas: Vec<Meta>,
    digests: Vec<[u8; 32]>,
    /// By how it looks alone: the pictures.
    looks: HashMap<u64, Vec<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Meta {
    label: u16,
    /// Places in [`SPLITS`]: as it came, and as it is.
    given: Option<usize>,
    split: usize,
    /// While building, the number within the class; then a number of its own among all tracks.
    track: Option<u32>,
}

impl Builder {
    /// A data set without pictures.
    ///
    /// # Errors
    /// [`DataError`] unless there are 2 to 200 classes.
    pub fn new(name: impl Into<String>, classes: Vec<String>) -> Result<Self> {
        let n = classes.len();
        if !classes::LIMITS.contains(&n) {
            let (least, most) = classes::LIMITS.into_inner();
            return Err(DataError::ClassCount { has: n, least, most }.into());
        }
        let (name, looks) = (name.into(), HashMap::new());
        Ok(Self { name, classes, pieces: Vec::new(), metas: Vec::new(), digests: Vec::new(), looks })
    }

    /// Number of pictures.
    pub fn len(&self) -> usize {
        self.metas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.metas.is_empty()
    }

    /// Names of the classes.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Names of the classes without a picture.
    pub fn empty_classes(&self) -> impl Iterator<Item = &str> {
        let mut empty = vec![true; self.classes.len()];
        self.metas.iter().for_each(|meta| empty[usize::from(meta.label)] = false);
        self.classes.iter().zip(empty).filter(|(_, empty)| *empty).map(|(class, _)| class.as_str())
    }

    /// Adds a picture.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if there is no such class or split, or not the right number of pixels; [`DataError`] if the
    /// data set is full.
    pub fn add(&mut self, entry: Entry<'_>) -> Result<()> {
        if entry.pixels.len() != PIXELS {
            return Err(ParameterError::PixelValues { got: entry.pixels.len(), wants: PIXELS }.into());
        }
        in_range("class", entry.label, 0..=self.classes.len() - 1)?;
        let given = match entry.split.map(place) {
            Some(None) => {
                let allowed = ["train", "validation", "test"].map(String::from).to_vec();
                return Err(ParameterError::NotOneOf { setting: "split".into(), allowed, got: "subject".into() }.into());
            }
            given => given.flatten(),
        };
        if self.len() == MAX_PICTURES {
            return Err(DataError::TooManyPictures { most: MAX_PICTURES }.into());
        }
        if self.len().is_multiple_of(PIECE) {
            self.pieces.push(Vec::with_capacity(PIECE * PIXELS));
        }
        self.pieces.last_mut().expect("pushed above").extend_from_slice(entry.pixels);

        let mut look = DefaultHasher::new();
        entry.pixels.hash(&mut look);
        let number = self.len() as u32;
        self.looks.entry(look.finish()).or_default().push(number);

        let label = entry.label as u16;
        let mut hash = Sha256::new();
        hash.update(label.to_le_bytes());
        hash.update([given.map_or(0, |place| place as u8 + 1), u8::from(entry.track.is_some())]);
        hash.update(entry.track.unwrap_or(0).to_le_bytes());
        hash.update(entry.pixels);
        self.digests.push(hash.finalize().into());
        self.metas.push(Meta { label, given, split: TRAIN, track: entry.track });
        Ok(())
    }

    /// Deals the tracks and closes the data set. Pictures are in an order of their own, the same whatever the order in
    /// which they were added, and mixed: the first hundred of a split are a fair sample.
    ///
    /// # Errors
    /// [`DataError`] without any picture; [`crate::ErrorKind::Parameter`] if a part is out of range.
    pub fn finish(self, deal: Deal, mut report: Report) -> Result<Dataset> {
        let Self { name, classes, pieces, mut metas, digests, looks } = self;
        if metas.is_empty() {
            return Err(DataError::NoPictures.into());
        }
        report.used = metas.len();
        let mut order: Vec<u32> = (0..metas.len() as u32).collect();
        order.sort_unstable_by_key(|&i| digests[i as usize]);

        let mut hash = Sha256::new();
        hash.update(b"fool-the-sign data 1\n");
        for class in &classes {
            hash.update((class.len() as u64).to_le_bytes());
            hash.update(class);
        }
        order.iter().for_each(|&i| hash.update(digests[i as usize]));
        let fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();

        // Numbers of their own for the tracks, in an order that does not depend on the order of the pictures either.
        let mut numbers = BTreeMap::new();
        for &i in &order {
            let (meta, digest) = (metas[i as usize], digests[i as usize]);
            numbers.entry((meta.label, meta.given, meta.track, meta.track.is_none().then_some(digest))).or_insert(0);
        }
        numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
        for (meta, digest) in metas.iter_mut().zip(&digests) {
            let key = (meta.label, meta.given, meta.track, meta.track.is_none().then_some(*digest));
            meta.track = numbers.get(&key).copied();
        }

        let copies = copies(&pieces, looks);
        let (splits, left_out, doubles) = Default::default();
        let mut dataset = Dataset {
            name,
            classes,
            fingerprint,
            report,
            deal,
            pieces,
            metas,
            order,
            splits,
            copies,
            left_out,
            doubles,
        };
        dataset.deal(deal)?;
        Ok(dataset)
    }
}

/// Pictures that look alike to the last value.
fn copies(pieces: &[Vec<u8>], looks: HashMap<u64, Vec<u32>>) -> Vec<Vec<u32>> {
    let mut copies = Vec::new();
    for mut alike in looks.into_values().filter(|alike| alike.len() > 1) {
        // Two looks may have one number.
        while let Some(first) = alike.first().map(|i| pixels(pieces, *i)) {
            let (same, others): (Vec<u32>, Vec<u32>) = alike.iter().partition(|i| pixels(pieces, **i) == first);
            copies.extend(Some(same).filter(|same| same.len() > 1));
            alike = others;
        }
    }
    copies.sort_unstable();
    copies
}

fn pixels(pieces: &[Vec<u8>], i: u32) -> &[u8] {
    let i = i as usize;
    &pieces[i / PIECE][i % PIECE * PIXELS..][..PIXELS]
}

/// Labelled pictures of 3×32×32 bytes, in three splits.
#[derive(Debug)]
pub struct Dataset {
    name: String,
    classes: Vec<String>,
    fingerprint: String,
    report: Report,
    deal: Deal,
    pieces: Vec<Vec<u8>>,
    metas: Vec<Meta>,
    /// Pictures in the order in which they are shown.
    order: Vec<u32>,
    /// Pictures of each split.
    splits: [Vec<u32>; 3],
    /// Pictures that look alike.
    copies: Vec<Vec<u32>>,
    /// Those of validation and test split that are in neither.
    left_out: usize,
    /// Whether they are in them all the same.
    doubles: bool,
}

impl Dataset {
    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names of the classes; a label is an index into them.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// SHA-256 of the classes and of all pictures with their labels, tracks and given splits, in hexadecimal. The archive
    /// they came from, its order and its picture format do not matter; how they were cut does. A record that names a
    /// split names the [`Dataset::dealt`] as well.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What was skipped, and why.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// How the tracks were dealt.
    pub fn dealt(&self) -> Deal {
        self.deal
    }

    /// Deals the tracks anew.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if a part is not within 0 to 0.5.
    pub fn deal(&mut self, deal: Deal) -> Result<()> {
        in_range("data.validation", deal.validation, 0.0..=0.5)?;
        in_range("data.test", deal.test, 0.0..=0.5)?;
        let given = |split| self.metas.iter().any(|meta| meta.given == Some(split));
        let validation = if given(VALIDATION) { 0.0 } else { deal.validation };
        let test = if given(TEST) { 0.0 } else { deal.test };

        let mut tracks = vec![Vec::new(); self.classes.len()];
        for meta in self.metas.iter().filter(|meta| meta.given.is_none()) {
            tracks[usize::from(meta.label)].extend(meta.track);
        }
        let mut dealt = BTreeMap::new();
        for (label, mut tracks) in tracks.into_iter().enumerate() {
            tracks.sort_unstable();
            tracks.dedup();
            let mut rng = Rng::stream(u64::from(deal.seed), label as u64);
            for i in (1..tracks.len()).rev() {
                tracks.swap(i, rng.below(i + 1));
            }
            let n = tracks.len();
            let part = |share: f32, least: usize| {
                if share > 0.0 && n >= least { ((n as f32 * share).round() as usize).max(1) } else { 0 }
            };
            let (first, second) = (part(validation, 2), part(test, 3));
            for (i, track) in tracks.into_iter().enumerate() {
                let split = match i {
                    // Two halves could leave nothing to train on.
                    _ if i + 1 == n => TRAIN,
                    _ if i < first => VALIDATION,
                    _ if i < first + second => TEST,
                    _ => TRAIN,
                };
                dealt.insert(track, split);
            }
        }
        for meta in &mut self.metas {
            let split = meta.given.or_else(|| meta.track.and_then(|track| dealt.get(&track).copied()));
            meta.split = split.unwrap_or(TRAIN);
        }
        let leaving = self.leaving();
        for (place, split) in self.splits.iter_mut().enumerate() {
            let here = |i: &u32| self.metas[*i as usize].split == place && !leaving.contains(i);
            *split = self.order.iter().copied().filter(here).collect();
        }
        self.left_out = leaving.len();
        self.deal = deal;
        Ok(())
    }

    /// Leaves copies where they are, as versions before this did: for figures of those versions to be measured again.
    pub fn keep_doubles(&mut self) {
        self.doubles = true;
        self.deal(self.deal).expect("dealt so before");
    }

    /// Number of pictures that are in neither validation nor test split because they are copies.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The pictures to be left out of validation and test split: copies of what an earlier split has, and those under two labels. They are
    /// noted in the report.
    fn leaving(&mut self) -> BTreeSet<u32> {
        let told = |note: &Note| matches!(note, Note::CopiesLeftOut { .. } | Note::TwoLabels { .. });
        self.report.notes.retain(|note| !told(&note.what));
        let (mut leaving, mut doubles, mut doubtful) = (BTreeSet::new(), 0, 0);
        let mut example = None;
        if self.doubles {
            return leaving;
        }
        let meta = |i: &u32| self.metas[*i as usize];
        for alike in &self.copies {
            let first = meta(&alike[0]);
            let two = alike.iter().map(meta).find(|other| other.label != first.label);
            if let Some(other) = two {
                example.get_or_insert((first.label, other.label));
                doubtful += alike.len();
            }
            let earliest = alike.iter().map(|i| meta(i).split).min().unwrap_or(TRAIN);
            let leaves = |i: &&u32| meta(i).split != TRAIN && (two.is_some() || meta(i).split != earliest);
            let before = leaving.len();
            leaving.extend(alike.iter().filter(leaves).copied());
            doubles += if two.is_none() { leaving.len() - before } else { 0 };
        }
        if doubles > 0 {
            self.report.notes.push(Note::CopiesLeftOut { n: doubles }.into());
        }
        if let Some((first, second)) = example {
            let [first, second] = [first, second].map(|label| names::shown(&self.classes[usize::from(label)], 60));
            self.report.notes.push(Note::TwoLabels { n: doubtful, first, second }.into());
        }
        leaving
    }

    /// Number of pictures in a split.
    pub fn len(&self, split: Split) -> usize {
        self.of(split).len()
    }

    /// Whether a split has no picture.
    pub fn is_empty(&self, split: Split) -> bool {
        self.len(split) == 0
    }

    /// Pictures of each class in a split.
    pub fn counts(&self, split: Split) -> Vec<usize> {
        let mut counts = vec![0; self.classes.len()];
        (0..self.len(split)).for_each(|index| counts[self.label(split, index)] += 1);
        counts
    }

    /// Number of tracks in a split.
    pub fn tracks(&self, split: Split) -> usize {
        let mut tracks: Vec<u32> = (0..self.len(split)).map(|index| self.track(split, index)).collect();
        tracks.sort_unstable();
        tracks.dedup();
        tracks.len()
    }

    /// A picture in [0, 1] and its class.
    ///
    /// # Panics
    /// Like a slice, if `index` is not below [`Dataset::len`]; so do the three below.
    pub fn sample(&self, split: Split, index: usize) -> Sample {
        let pixels = self.pixels(split, index).iter().map(|&value| f32::from(value) / 255.0).collect();
        Sample { pixels, label: self.label(split, index) }
    }

    /// The bytes of a picture: 3×32×32, channel by channel, row by row.
    pub fn pixels(&self, split: Split, index: usize) -> &[u8] {
        pixels(&self.pieces, self.of(split)[index])
    }

    /// The class of a picture.
    pub fn label(&self, split: Split, index: usize) -> usize {
        usize::from(self.meta(split, index).label)
    }

    /// The track of a picture; numbers are the data set's own.
    pub fn track(&self, split: Split, index: usize) -> u32 {
        self.meta(split, index).track.expect("every picture has a track")
    }

    fn meta(&self, split: Split, index: usize) -> &Meta {
        &self.metas[self.of(split)[index] as usize]
    }

    fn of(&self, split: Split) -> &[u32] {
        place(split).map_or(&[], |place| &self.splits[place])
    }
}
