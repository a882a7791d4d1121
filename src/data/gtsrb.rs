//! The German Traffic Sign Recognition Benchmark, as its authors and as Kaggle pack it, recognised by its annotations.
//!
//! - Official: folders of classes with `TTTTT_FFFFF.ppm` and `GT-CCCCC.csv`; test pictures `NNNNN.ppm`, whose classes come
//!   in a `GT-final_test.csv` of their own archive. Columns are separated by semicolons; `Filename` lies beside the table.
//! - Kaggle: `Train.csv` and `Test.csv` with commas and a `Path` from where they lie.

use std::collections::{HashMap, HashSet};

use super::classes;
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
    /// Reads a table with commas, semicolons or tabs. `None` if it has no columns for a file and its region of interest:
    /// Kaggle's `Meta.csv` names icons and their classes. Bytes that make no sense make rows without region or class.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let often = |separator: u8| first.iter().filter(|&&byte| byte == separator).count();
        let separator = [b';', b',', b'\t'].into_iter().max_by_key(|&separator| often(separator))?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(&bytes[..bytes.len().min(MAX_TABLE as usize)]);

        let headers = reader.byte_headers().ok()?.clone();
        let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name.as_bytes()));
        let file = column("Path").or_else(|| column("Filename"))?;
        let class = column("ClassId");
        let edges = ["Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2"].map(column);
        if edges.contains(&None) {
            return None;
        }
        let mut table = Self { classes: class.is_some(), rows: Vec::new() };
        let mut record = csv::ByteRecord::new();
        while table.rows.len() < MAX_ROWS && reader.read_byte_record(&mut record).unwrap_or(false) {
            let number = |column: Option<usize>| std::str::from_utf8(record.get(column?)?).ok()?.parse::<u32>().ok();
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

/// A table and where it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Which of the places given.
    pub origin: usize,
    /// Its folder.
    pub folder: String,
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

/// What is to be read of GTSRB; `None` if this is something else.
///
/// # Errors
/// [`DataError`] if it is a part of GTSRB that is of no use alone.
pub(super) fn plan(
    candidates: &[Candidate],
    tables: &[Found],
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

    let mut jobs = Vec::new();
    let mut seen = HashSet::new();
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
        let label = match row.class.map(|class| class as usize) {
            Some(label) if label < classes::COUNT => label,
            _ => {
                report.skip(&candidate.path, DataError::NoClass { last: classes::COUNT - 1 });
                continue;
            }
        };
        let cut = match (crop, row.region) {
            (false, _) => Cut::Whole,
            (true, Some(region)) => Cut::Region(region),
            (true, None) => {
                report.skip(&candidate.path, DataError::NoRegion);
                continue;
            }
        };
        let number: Option<u32> = names::stem(&candidate.path).parse().ok();
        let test =
            track.is_none() && (number.is_some() || names::parent(&candidate.path).to_lowercase().contains("test"));
        // The same picture in both packings, or in two copies of one.
        let repeated = match (track, number) {
            (Some((track, frame)), _) => !seen.insert((true, label, track, frame)),
            (None, Some(number)) => !seen.insert((false, 0, 0, number)),
            _ => false,
        };
        if repeated {
            report.repeated += 1;
            continue;
        }
        let track = track.map(|(track, _)| track);
        jobs.push(Job { candidate: i, label, track, split: test.then_some(Split::Test), cut });
    }
    let classes = classes::NAMES.map(String::from).to_vec();
    Ok(Some(Plan { name: "GTSRB".into(), classes, jobs }))
}

/// Finds each picture's line.
fn annotate<'a>(candidates: &[Candidate], tables: &'a [Found], report: &mut Report) -> Vec<Known<'a>> {
    let mut known = vec![Known::default(); candidates.len()];
    let index: HashMap<(usize, String), usize> = candidates
        .iter()
        .enumerate()
        .map(|(i, candidate)| ((candidate.origin, candidate.path.to_lowercase()), i))
        .collect();
    let mut apart = Vec::new();
    let mut missing = 0;
    for found in tables {
        let mut here = 0;
        for row in &found.table.rows {
            let path = names::path(&format!("{}/{}", found.folder, row.file).trim_start_matches('/').to_lowercase());
            let Some(&i) = path.and_then(|path| index.get(&(found.origin, path))) else { continue };
            here += 1;
            if found.table.classes {
                known[i].row = Some(row);
            } else {
                known[i].awaited = true;
            }
        }
        match here {
            0 => apart.push(found),
            _ if found.table.classes => missing += found.table.rows.len() - here,
            _ => {}
        }
    }
    // The classes of the test pictures lie elsewhere: found by the file's name alone, which is a number.
    let numbered: HashMap<&str, usize> = candidates
        .iter()
        .enumerate()
        .filter(|(i, candidate)| known[*i].row.is_none() && names::stem(&candidate.path).parse::<u32>().is_ok())
        .map(|(i, candidate)| (names::stem(&candidate.path), i))
        .collect();
    for found in apart.into_iter().filter(|found| found.table.classes) {
        for row in &found.table.rows {
            match numbered.get(names::stem(&row.file)) {
                Some(&i) => known[i].row = Some(row),
                None => missing += 1,
            }
        }
    }
    if missing > 0 && known.iter().any(|known| known.row.is_some()) {
        report.notes.push(Note::PicturesMissing { n: missing }.into());
    }
    known
}
