//! The German Traffic Sign Recognition Benchmark, as its authors and as Kaggle pack it, recognised by its annotations.
//!
//! - Official: folders of classes with `TTTTT_FFFFF.ppm` and `GT-CCCCC.csv`; test pictures `NNNNN.ppm`, whose classes come
//!   in a `GT-final_test.csv` of their own archive. Columns are separated by semicolons; `Filename` lies beside the table.
//! - Kaggle: `Train.csv` and `Test.csv` with commas and a `Path` from where they lie.
//!
//! Tables that were moved, renamed, or written by another program are understood as far as they name pictures that are there; so are
//! pictures that were converted. Other benchmarks have taken over the form (BelgiumTSC): their classes are their own.

use std::collections::{HashMap, HashSet};

use super::classes;
use super::folder::split_named;
use super::names;
use super::plan::{Candidate, Cut, Job, Plan, track_and_frame};
use super::report::{Note, Report};
use super::resize::Region;
use super::split::Split;
use crate::error::{DataError, Result};

/// Largest table that is read, in bytes.
pub const MAX_TABLE: u64 = 16_000_000;
/// Most lines of all tables: three times those of GTSRB.
pub const MAX_ROWS: usize = 200_000;

/// A table of annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Whether there is a column for the class. The official test pictures come with a table that has none.
    pub classes: bool,
    /// Lines that name a file.
    pub rows: Vec<Row>,
}

/// A line of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Path of the picture, from the folder of the table.
    pub file: String,
    /// Region of interest, if it is one: the right and lower edges are exclusive.
    pub region: Option<Region>,
    /// Class, if it is a number.
    pub class: Option<u32>,
}

impl Table {
    /// Reads a table with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows' letters. `None` if it has no columns for a file and its
    /// region of interest: Kaggle's `Meta.csv` names icons and their classes. Bytes that make no sense make rows without region or class.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = text(&bytes[..bytes.len().min(MAX_TABLE as usize)]);
        let mut text = text.as_str();
        // Excel is told its separator so.
        if let Some((first, rest)) = text.split_once('\n')
            && first.trim().trim_matches('"').to_ascii_lowercase().starts_with("sep=")
        {
            text = rest;
        }
        let first = text.lines().next().unwrap_or_default();
        let often = |separator: u8| first.bytes().filter(|&byte| byte == separator).count();
        let separator = [b';', b',', b'\t'].into_iter().max_by_key(|&separator| often(separator))?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());

        let headers: Vec<String> = reader.byte_headers().ok()?.iter().map(plain).collect();
        let column = |names: &[&str]| names.iter().find_map(|name| headers.iter().position(|header| header == name));
        let file = column(&["path", "filename", "file", "imagepath", "imagename", "image", "img"])?;
        let class = column(&["classid", "class", "label", "labelid", "classlabel"]);
        let edges = [
            column(&["roix1", "x1", "xmin", "left"]),
            column(&["roiy1", "y1", "ymin", "top"]),
            column(&["roix2", "x2", "xmax", "right"]),
            column(&["roiy2", "y2", "ymax", "bottom"]),
        ];
        if edges.contains(&None) {
            return None;
        }
        let mut table = Self { classes: class.is_some(), rows: Vec::new() };
        let mut record = csv::ByteRecord::new();
        while table.rows.len() < MAX_ROWS && reader.read_byte_record(&mut record).unwrap_or(false) {
            let number = |column: Option<usize>| whole(std::str::from_utf8(record.get(column?)?).ok()?);
            let Some(file) = record.get(file).filter(|file| !file.is_empty()) else { continue };
            let region = (|| {
                let [x, y, right, lower] = edges.map(number);
                let (x, y) = (x?, y?);
                let (width, height) = (right?.checked_sub(x)?, lower?.checked_sub(y)?);
                (width > 0 && height > 0).then_some(Region { x, y, width, height })
            })();
            table.rows.push(Row { file: String::from_utf8_lossy(file).into_owned(), region, class: number(class) });
        }
        Some(table)
    }
}

/// A table as text: what spreadsheets save is UTF-8, UTF-16 with a mark before it, or in the letters of Windows.
fn text(bytes: &[u8]) -> String {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes[2..].as_chunks::<2>();
        String::from_utf16_lossy(&pairs.iter().map(|bytes| pair(*bytes)).collect::<Vec<u16>>())
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.into(),
                // But for a few marks these are Latin letters.
                Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
            }
        }
    }
}

/// A column's name without what programs put between its words: `Roi.X1`, `roi_x1`, `ROI X1`.
fn plain(header: &[u8]) -> String {
    String::from_utf8_lossy(header).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A whole number as programs write it: `7`, `00007`, `7.0`, `7,0`.
fn whole(text: &str) -> Option<u32> {
    let text = text.trim().trim_matches('"');
    let digits = text
        .split_once(['.', ','])
        .filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'))
        .map_or(text, |(whole, _)| whole);
    digits.parse().ok()
}

/// A table and where it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Which of the places given.
    pub origin: usize,
    /// Its path.
    pub path: String,
    /// What it says.
    pub table: Table,
}

/// What is known of one candidate.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    /// Its annotation.
    row: Option<&'a Row>,
    /// Whether a table without classes names it.
    awaited: bool,
}

/// What is to be read of GTSRB, or of another benchmark of its form; `None` if this is something else. `origins` are the names of the
/// places given.
///
/// # Errors
/// [`DataError`] if it is a part of GTSRB that is of no use alone.
pub(super) fn plan(
    candidates: &[Candidate],
    tables: &[Found],
    origins: &[String],
    crop: bool,
    report: &mut Report,
) -> Result<Option<Plan>> {
    let known = annotate(candidates, tables, report);
    let awaiting = known.iter().filter(|known| known.awaited && known.row.is_none()).count();
    if known.iter().all(|known| known.row.is_none()) {
        return match (awaiting, candidates.len()) {
            (0, 0) if !tables.is_empty() => Err(DataError::TablesWithoutPictures.into()),
            (0, _) => Ok(None),
            _ => Err(DataError::TestPicturesWithoutClasses.into()),
        };
    }
    if awaiting > 0 {
        report.notes.push(Note::TestPicturesLeftOut { n: awaiting }.into());
    }
    let annotated_folders: HashSet<(usize, &str)> = known
        .iter()
        .zip(candidates)
        .filter(|(known, _)| known.row.is_some())
        .map(|(_, candidate)| (candidate.origin, names::parent(&candidate.path)))
        .collect();
    let other = OtherClasses::of(&known);

    let mut jobs = Vec::new();
    let (mut seen, mut numbers) = (HashSet::new(), HashSet::new());
    let mut online_tests = 0;
    for (i, (known, candidate)) in known.iter().zip(candidates).enumerate() {
        let track = track_and_frame(&candidate.path);
        let Some(row) = known.row else {
            let expected =
                track.is_some() || annotated_folders.contains(&(candidate.origin, names::parent(&candidate.path)));
            match (known.awaited, expected) {
                (true, _) => {}
                (false, true) => report.skip(&candidate.path, DataError::NoLine),
                (false, false) => report.ignored += 1,
            }
            continue;
        };
        let label = match (row.class.map(|class| class as usize), &other) {
            (Some(class), Some(other)) => other.numbers.iter().position(|number| *number == class),
            (Some(label), None) if label < classes::COUNT => Some(label),
            _ => None,
        };
        let Some(label) = label else {
            report.skip(&candidate.path, DataError::NoClass { last: classes::COUNT - 1 });
            continue;
        };
        let cut = match (crop, row.region) {
            (false, _) => Cut::Whole,
            (true, Some(region)) => Cut::Region(region),
            (true, None) => {
                report.skip(&candidate.path, DataError::NoRegion);
                continue;
            }
        };
        let split = if other.is_some() { split_of(&candidate.path) } else { test_of(candidate, track.is_some()) };
        // The same picture in both packings, or in two copies of one.
        let number: Option<u32> = names::stem(&candidate.path).parse().ok();
        let online = online(&candidate.path);
        let repeated = match (track, number) {
            (Some((track, frame)), _) => !seen.insert((split, label, track, frame)),
            // Only GTSRB's numbers are those of one picture each.
            (None, Some(number)) if other.is_none() => !numbers.insert((online, number)),
            _ => false,
        };
        if repeated {
            report.repeated += 1;
            continue;
        }
        online_tests += usize::from(other.is_none() && online && split == Some(Split::Test));
        let track = track.map(|(track, _)| track);
        jobs.push(Job { candidate: i, label, track, split, cut });
    }
    if online_tests > 0 {
        report.notes.push(Note::OnlineTest { n: online_tests }.into());
    }
    let gtsrb = other.is_none();
    let (name, classes) = match other {
        None => ("GTSRB".into(), classes::NAMES.map(String::from).to_vec()),
        Some(other) => {
            report.notes.push(Note::OtherBenchmark.into());
            (title(candidates, origins), other.numbers.iter().map(ToString::to_string).collect())
        }
    };
    Ok(Some(Plan { name, classes, jobs, gtsrb }))
}

/// GTSRB's test pictures are numbered, and theirs is the folder that says so.
fn test_of(candidate: &Candidate, tracked: bool) -> Option<Split> {
    let numbered = names::stem(&candidate.path).parse::<u32>().is_ok();
    let said = || names::parent(&candidate.path).to_lowercase().contains("test");
    (!tracked && (numbered || said())).then_some(Split::Test)
}

/// The split by the nearest folder that is named after one.
fn split_of(path: &str) -> Option<Split> {
    names::parent(path).rsplit('/').find_map(split_named)
}

/// Whether a file is of the benchmark's online part, whose numbers are others than those of the final one.
fn online(path: &str) -> bool {
    path.to_lowercase().contains("online")
}

/// What people call another benchmark: its archive, or its folder.
fn title(candidates: &[Candidate], origins: &[String]) -> String {
    let folder = candidates.first().and_then(|first| first.path.split_once('/')).map_or("", |(folder, _)| folder);
    let names = origins.iter().map(String::as_str).chain([folder]);
    let name = names.map(|name| names::shown(name, classes::LONGEST_NAME)).find(|name| !name.is_empty());
    name.unwrap_or_else(|| names::UNNAMED.into())
}

/// The classes of another benchmark.
struct OtherClasses {
    numbers: Vec<usize>,
}

impl OtherClasses {
    /// Where more than a few pictures are of classes that GTSRB does not have.
    fn of(known: &[Known]) -> Option<Self> {
        let mut numbers: Vec<usize> = known.iter().filter_map(|known| Some(known.row?.class? as usize)).collect();
        let beyond = numbers.iter().filter(|number| **number >= classes::COUNT).count();
        numbers.sort_unstable();
        // One in a hundred may be a slip.
        let other = beyond * 100 > numbers.len();
        numbers.dedup();
        other.then_some(Self { numbers })
    }
}

/// The candidates by their paths: as they are, and without their endings, since pictures are converted. A path may be there twice, in
/// capitals and without.
struct Index {
    exact: HashMap<(usize, String), Vec<usize>>,
    stems: HashMap<(usize, String), Vec<usize>>,
    /// By the last part of the path, without its ending.
    last: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(candidates: &[Candidate]) -> Self {
        let mut index = Self { exact: HashMap::new(), stems: HashMap::new(), last: HashMap::new() };
        for (i, candidate) in candidates.iter().enumerate() {
            let path = candidate.path.to_lowercase();
            index.last.entry(names::stem(&path).into()).or_default().push(i);
            index.stems.entry((candidate.origin, bare(&path).into())).or_default().push(i);
            index.exact.entry((candidate.origin, path)).or_default().push(i);
        }
        index
    }

    /// The pictures of a line of a table that lies above them.
    fn below(&self, found: &Found, row: &Row) -> &[usize] {
        let path = format!("{}/{}", names::parent(&found.path), row.file);
        let Some(path) = names::path(&path.trim_start_matches('/').to_lowercase()) else { return &[] };
        let stem = (found.origin, bare(&path).to_owned());
        self.exact.get(&(found.origin, path)).or_else(|| self.stems.get(&stem)).map_or(&[], Vec::as_slice)
    }

    /// The pictures of a line of a table that lies elsewhere: those whose paths end most like what it says. Where several do, those in
    /// the folder of its class; where that does not tell either, none.
    fn alike(&self, candidates: &[Candidate], row: &Row) -> Vec<usize> {
        let wanted: String = row.file.to_lowercase().replace('\\', "/");
        let Some(all) = self.last.get(names::stem(&wanted)) else { return vec![] };
        let folders = |path: &str| -> Vec<String> { names::parent(path).rsplit('/').map(String::from).collect() };
        let wanted = folders(&wanted);
        let agree = |i: usize| {
            let there = folders(&candidates[i].path.to_lowercase());
            wanted.iter().zip(&there).take_while(|(a, b)| a == b && !a.is_empty()).count()
        };
        let most = all.iter().map(|i| agree(*i)).max().unwrap_or_default();
        let mut best: Vec<usize> = all.iter().copied().filter(|i| agree(*i) == most).collect();
        let apart = |best: &[usize]| {
            let path = |i: usize| bare(&candidates[i].path).to_lowercase();
            best.iter().any(|i| path(*i) != path(best[0]))
        };
        if apart(&best) {
            let of_class = |i: &usize| {
                row.class.is_some() && names::file_name(names::parent(&candidates[*i].path)).parse().ok() == row.class
            };
            best.retain(of_class);
        }
        if best.is_empty() || apart(&best) { vec![] } else { best }
    }
}

/// A path without its ending.
fn bare(path: &str) -> &str {
    let name = names::file_name(path);
    name.rsplit_once('.').map_or(path, |(_, ending)| &path[..path.len() - ending.len() - 1])
}

/// Finds each picture's line.
fn annotate<'a>(candidates: &[Candidate], tables: &'a [Found], report: &mut Report) -> Vec<Known<'a>> {
    let mut known = vec![Known::default(); candidates.len()];
    if tables.is_empty() {
        return known;
    }
    let index = Index::of(candidates);
    let mut apart = Vec::new();
    let mut missing = 0;
    for found in tables {
        let mut here = 0;
        for row in &found.table.rows {
            let pictures = index.below(found, row);
            here += usize::from(!pictures.is_empty());
            for &i in pictures {
                if found.table.classes {
                    known[i].row = Some(row);
                } else {
                    known[i].awaited = true;
                }
            }
        }
        match here {
            0 => apart.push(found),
            _ if found.table.classes => missing += found.table.rows.len() - here,
            _ => {}
        }
    }
    // The classes of the test pictures lie elsewhere: found by the file's name alone, which is a number.
    let mut numbered = HashMap::<(bool, &str), usize>::new();
    for (i, candidate) in candidates.iter().enumerate().filter(|(i, _)| known[*i].row.is_none()) {
        let stem = names::stem(&candidate.path);
        if stem.parse::<u32>().is_ok() {
            numbered.insert((online(&candidate.path), stem), i);
        }
    }
    let both = [true, false].map(|online| numbered.keys().any(|(of, _)| *of == online)) == [true; 2];
    for found in apart.into_iter().filter(|found| found.table.classes) {
        let of = online(&found.path);
        for row in &found.table.rows {
            let stem = names::stem(&row.file);
            let place = numbered.get(&(of, stem)).or_else(|| numbered.get(&(!of, stem)).filter(|_| !both));
            let pictures = match place {
                Some(&i) => vec![i],
                None => index.alike(candidates, row),
            };
            missing += usize::from(pictures.is_empty());
            for i in pictures {
                known[i].row.get_or_insert(row);
            }
        }
    }
    if missing > 0 && known.iter().any(|known| known.row.is_some()) {
        report.notes.push(Note::PicturesMissing { n: missing }.into());
    }
    known
}
