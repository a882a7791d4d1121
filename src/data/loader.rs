//! Archives and folders to a [`Dataset`], a few files at a time.

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::dataset::{Builder, Dataset, Deal, Entry};
use super::decode::decode;
use super::files::Files;
use super::folder;
use super::gtsrb::{self, Found, Table};
use super::names::{self, Kind};
use super::plan::{Candidate, Job, Plan};
use super::report::{Note, Report};
use super::resize;
use crate::error::{DataError, Error, ImageError, LeftOut, Result, StateError};
use crate::kind::FileKind;
use crate::settings::settings;

settings! {
    /// How a data set is read.
    #[derive(Copy)]
    #[serde(default)]
    pub struct Options {
        /// GTSRB says where in each picture the sign is. The original notebook took the whole picture.
        #[label = "Crop to the sign"]
        pub crop: bool = true,
        /// Another seed assigns the tracks differently.
        #[label = "Seed of the splits"]
        pub seed: u32 = 1,
        /// Of each class's tracks: a track is one physical sign, photographed about 30 times, and is never divided.
        #[label = "Share for validation"]
        #[range(0.0..=0.5)]
        pub validation: f32 = 0.15,
        /// Of each class's tracks, where the data has no test pictures of its own. GTSRB has.
        #[label = "Share for testing"]
        #[range(0.0..=0.5)]
        pub test: f32 = 0.15,
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files to be read. Becomes smaller once, when the annotations have told which pictures count.
    pub total: usize,
    /// Bytes read, unpacked. Time goes with them rather than with the files.
    pub bytes: u64,
    /// Bytes to be read, as declared.
    pub bytes_total: u64,
    /// Files that could not be used so far.
    pub skipped: usize,
    /// Whether [`Loader::finish`] is next.
    pub finished: bool,
}

/// Reads a data set step by step: dropping it cancels, leaving it alone pauses.
///
/// What it is shows by its content: annotations that name pictures make it GTSRB, in either packing; anything else is
/// taken as folders of classes.
///
/// ```no_run
/// use std::path::Path;
/// use fool_the_sign::data::{disk, loader::{Loader, Options}, split::Split};
///
/// let names = ["GTSRB_Final_Training_Images.zip", "GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_GT.zip"];
/// let archives = names.iter().map(|name| disk::open(Path::new(name))).collect::<Result<_, _>>()?;
/// let mut loader = Loader::new(archives, Options::default())?;
/// while !loader.step(64)?.finished {}
/// let gtsrb = loader.finish()?;
/// assert_eq!(gtsrb.len(Split::Test) + gtsrb.left_out(), 12_630);
/// println!("{} of {} pictures skipped", gtsrb.report().skipped, gtsrb.report().used);
/// # Ok::<(), fool_the_sign::Error>(())
/// ```
pub struct Loader {
    origins: Vec<Box<dyn Files>>,
    options: Options,
    candidates: Vec<Candidate>,
    report: Report,
    progress: Progress,
    stage: Stage,
    /// The file at hand.
    buffer: Vec<u8>,
    /// Of files whose paths differ only in upper and lower case: path and checksum.
    read: HashSet<(String, [u8; 32])>,
    /// Files of a kind that is not read, and the first of each.
    kinds: BTreeMap<FileKind, (usize, String)>,
}

enum Stage {
    Tables {
        files: std::vec::IntoIter<Candidate>,
        found: Vec<Found>,
    },
    Pictures {
        jobs: std::vec::IntoIter<Job>,
        builder: Builder,
        deal: Deal,
        gtsrb: bool,
    },
    /// An error was returned.
    Failed,
}

/// What the buffer may keep between two files.
const KEPT: usize = 4 << 20;

impl Loader {
    /// Looks at the names of the files; reads none.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Data`] if there is neither picture nor table.
    pub fn new(origins: Vec<Box<dyn Files>>, options: Options) -> Result<Self> {
        let (mut candidates, mut tables) = (Vec::new(), Vec::new());
        let mut report = Report::default();
        for (origin, files) in origins.iter().enumerate() {
            report.repeated += files.repeated();
            report.ignored += files.ghosts();
            for (file, listed) in files.list().iter().enumerate() {
                let Some(path) = names::path(&listed.path) else {
                    report.skip(&listed.path, DataError::NamePointsOut);
                    continue;
                };
                let kind = Kind::of(&path);
                let candidate = Candidate { origin, file, path, size: listed.size, twin: false };
                match kind {
                    Kind::Picture => candidates.push(candidate),
                    Kind::Table => tables.push(candidate),
                    Kind::Archive => report.skip(&candidate.path, DataError::ArchiveWithin),
                    Kind::Other => report.ignored += 1,
                }
            }
        }
        if candidates.is_empty() && tables.is_empty() {
            return Err(nothing(&origins, &report));
        }
        mark_twins(&mut candidates);
        let progress = Progress {
            total: candidates.len() + tables.len(),
            bytes_total: candidates.iter().chain(&tables).map(|candidate| candidate.size).fold(0, u64::saturating_add),
            skipped: report.skipped,
            ..Progress::default()
        };
        let stage = Stage::Tables { files: tables.into_iter(), found: Vec::new() };
        let (buffer, read, kinds) = Default::default();
        Ok(Self { origins, options, candidates, report, progress, stage, buffer, read, kinds })
    }

    /// Reads up to `files` files. A damaged one is skipped, counted and listed.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Data`] if this is no data set; the sentence says what is missing.
    pub fn step(&mut self, files: usize) -> Result<Progress> {
        for _ in 0..files {
            if self.progress.finished {
                break;
            }
            if let Err(error) = self.one() {
                self.stage = Stage::Failed;
                return Err(error);
            }
        }
        Ok(self.progress)
    }

    /// The data set.
    ///
    /// # Errors
    /// [`crate::ErrorKind::State`] before [`Progress::finished`]; [`crate::ErrorKind::Data`] if no picture could be used, or pictures
    /// of fewer than two classes of one's own.
    pub fn finish(mut self) -> Result<Dataset> {
        let Stage::Pictures { builder, deal, gtsrb, .. } = self.stage else { return Err(not_yet()) };
        if !self.progress.finished {
            return Err(not_yet());
        }
        let missing: Vec<&str> = builder.empty_classes().collect();
        let classes = builder.classes().len() - missing.len();
        // Of GTSRB any part will do; one's own pictures are all there is.
        if classes < if gtsrb { 1 } else { 2 } {
            let first = first(&self.report);
            return Err(match classes {
                0 => DataError::NothingUsed { first }.into(),
                _ => DataError::OneClassUsed { first }.into(),
            });
        }
        for (kind, (n, name)) in self.kinds {
            self.report.notes.push(Note::KindLeftOut { n, name: names::shown(&name, 60), kind }.into());
        }
        if !gtsrb && !missing.is_empty() {
            let classes = names::shown(&missing.join(", "), 200);
            self.report.notes.push(Note::ClassesWithoutPictures { classes }.into());
        }
        builder.finish(deal, self.report)
    }

    fn one(&mut self) -> Result<()> {
        match &mut self.stage {
            Stage::Tables { files, found } => {
                if let Some(file) = files.next() {
                    self.progress.done += 1;
                    self.progress.bytes = self.progress.bytes.saturating_add(file.size);
                    let room = gtsrb::MAX_ROWS - found.iter().map(|found| found.table.rows.len()).sum::<usize>();
                    let read = read_table(&mut self.origins, &file, &mut self.buffer, room);
                    match read {
                        Ok(Some(table)) => {
                            found.push(Found { origin: file.origin, path: file.path, table });
                        }
                        Ok(None) => self.report.ignored += 1,
                        Err(error) => self.report.skip(&file.path, error),
                    }
                } else {
                    let found = std::mem::take(found);
                    self.plan(&found)?;
                }
            }
            Stage::Pictures { jobs, builder, .. } => {
                if let Some(job) = jobs.next() {
                    let candidate = &self.candidates[job.candidate];
                    self.progress.done += 1;
                    self.progress.bytes = self.progress.bytes.saturating_add(candidate.size);
                    let read = self.origins[candidate.origin].read(candidate.file, &mut self.buffer);
                    let twice = read.is_ok() && candidate.twin && {
                        let sum = Sha256::digest(&self.buffer).into();
                        !self.read.insert((candidate.path.to_lowercase(), sum))
                    };
                    if twice {
                        self.report.repeated += 1;
                    } else if let Err(error) = read.and_then(|()| picture(&self.buffer, &job, builder)) {
                        if let Error::Image(ImageError::PictureIs { kind }) = error {
                            self.kinds.entry(kind).or_insert_with(|| (0, candidate.path.clone())).0 += 1;
                        }
                        self.report.skip(&candidate.path, error);
                    }
                }
                self.progress.finished = jobs.len() == 0;
            }
            Stage::Failed => return Err(not_yet()),
        }
        if self.buffer.capacity() > KEPT {
            self.buffer = Vec::new();
        }
        self.progress.skipped = self.report.skipped;
        Ok(())
    }

    fn plan(&mut self, tables: &[Found]) -> Result<()> {
        let Options { crop, seed, validation, test } = self.options;
        let names: Vec<String> = self.origins.iter().map(|files| files.name().into()).collect();
        let official = gtsrb::plan(&self.candidates, tables, &names, crop, &mut self.report)?;
        let Plan { name, classes, jobs, gtsrb } = match official {
            Some(plan) => plan,
            None if self.candidates.is_empty() => return Err(nothing(&self.origins, &self.report)),
            None => folder::plan(&self.candidates, &names, &mut self.report)?,
        };
        let deal = Deal { seed, validation, test: if gtsrb { 0.0 } else { test } };
        let sizes = jobs.iter().map(|job| self.candidates[job.candidate].size);
        self.progress.bytes_total = sizes.fold(self.progress.bytes, u64::saturating_add);
        self.progress.total = self.progress.done + jobs.len();
        self.progress.finished = jobs.is_empty();
        self.stage = Stage::Pictures { jobs: jobs.into_iter(), builder: Builder::new(name, classes)?, deal, gtsrb };
        Ok(())
    }
}

fn read_table(
    origins: &mut [Box<dyn Files>],
    file: &Candidate,
    buffer: &mut Vec<u8>,
    room: usize,
) -> Result<Option<Table>> {
    if file.size > gtsrb::MAX_TABLE {
        return Err(DataError::TableTooLarge { most: gtsrb::MAX_TABLE as f64 / 1e6 }.into());
    }
    origins[file.origin].read(file.file, buffer)?;
    match Table::parse(buffer) {
        Some(table) if table.rows.len() > room => Err(DataError::TooManyLines { most: gtsrb::MAX_ROWS }.into()),
        table => Ok(table),
    }
}

fn picture(bytes: &[u8], job: &Job, builder: &mut Builder) -> Result<()> {
    let image = decode(bytes)?;
    let region = job.cut.within(image.width(), image.height());
    let region = region.ok_or(DataError::RegionOutside)?;
    let pixels = resize::to_network(&image, region);
    builder.add(Entry { pixels: &pixels, label: job.label, track: job.track, split: job.split })
}

/// Why there is nothing to read: of the right file of the wrong kind it says what that is.
fn nothing(origins: &[Box<dyn Files>], report: &Report) -> Error {
    let names = origins.iter().flat_map(|files| files.list()).map(|file| file.path.as_str());
    match (FileKind::packed(names), first(report)) {
        (Some(kind), None) => DataError::DataIs { kind }.into(),
        (_, first) => DataError::NothingToRead { first }.into(),
    }
}

/// Marks the files of one place whose paths differ only in upper and lower case: the same ones twice, where their content is the same.
fn mark_twins(candidates: &mut [Candidate]) {
    let key = |candidate: &Candidate| (candidate.origin, candidate.path.to_lowercase());
    let mut there = HashMap::<_, usize>::with_capacity(candidates.len());
    candidates.iter().for_each(|candidate| *there.entry(key(candidate)).or_insert(0) += 1);
    if there.len() < candidates.len() {
        candidates.iter_mut().for_each(|candidate| candidate.twin = there[&key(candidate)] > 1);
    }
}

/// The first file that was left out, to say why nothing is left.
fn first(report: &Report) -> Option<LeftOut> {
    let first = report.list.first()?;
    Some(LeftOut { name: names::shown(&first.name, 60), reason: Box::new(first.reason.what.clone()) })
}

fn not_yet() -> Error {
    StateError::DataNotRead.into()
}
