//! People's own pictures: one folder for each class.
//!
//! `stop/1.jpg`, `yield/photo.png`, … at the top or below any number of folders that hold nothing else. A level of
//! folders named like splits (`train`, `seg_test`, `Validation images`, …) above them is understood, and so are archives that
//! are named like splits.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::classes::{self, LONGEST_NAME};
use super::names;
use super::plan::{Candidate, Cut, Job, Plan, track_and_frame};
use super::report::{Note, Report};
use super::split::Split;
use crate::error::{DataError, Result};

/// Folders within folders that are looked into for the classes.
const MAX_DEPTH: usize = 16;

/// What is to be read of folders of classes. `origins` are the names of the places given.
///
/// # Errors
/// [`DataError`] unless there are 2 to 200 folders with pictures.
pub(super) fn plan(candidates: &[Candidate], origins: &[String], report: &mut Report) -> Result<Plan> {
    let of_origin =
        |origin: usize| candidates.iter().enumerate().filter(move |(_, candidate)| candidate.origin == origin);
    let layouts: Vec<Layout> = (0..origins.len())
        .map(|origin| Layout::of(&of_origin(origin).map(|(_, one)| one.path.as_str()).collect::<Vec<_>>()))
        .collect();
    let given = splits_of(&layouts, origins);

    let mut found = Vec::new();
    let mut beside = BTreeMap::<&str, usize>::new();
    for (origin, layout) in layouts.iter().enumerate() {
        for (i, candidate) in of_origin(origin) {
            let Some(mut rest) = candidate.path.strip_prefix(&layout.root) else {
                match aside(&candidate.path, &layout.root) {
                    Some(folder) => *beside.entry(folder).or_insert(0) += 1,
                    None => report.skip(&candidate.path, DataError::InNoFolder),
                }
                continue;
            };
            let mut split = given[origin];
            if let Some(splits) = &layout.splits {
                let (folder, below) = rest.split_once('/').unwrap_or(("", rest));
                match splits.get(folder) {
                    Some((known, wrapper)) => {
                        split = Some(*known);
                        rest = below.strip_prefix(wrapper.as_str()).unwrap_or(below);
                    }
                    None if folder.is_empty() => rest = below,
                    None => {
                        *beside.entry(folder).or_insert(0) += 1;
                        continue;
                    }
                }
            }
            match rest.split_once('/') {
                Some((class, _)) => found.push((i, class, split)),
                None => report.skip(&candidate.path, DataError::InNoFolder),
            }
        }
    }
    if !beside.is_empty() {
        let n = beside.values().sum();
        report.ignored += n;
        let folders = beside.into_keys().collect::<Vec<_>>().join(", ");
        report.notes.push(Note::FoldersLeftOut { folders: names::shown(&folders, 200), n }.into());
    }

    let classes = Classes::of(candidates, &found);
    let n = classes.names.len();
    if !classes::LIMITS.contains(&n) {
        let (least, most) = classes::LIMITS.into_inner();
        return Err(DataError::ClassFolders { has: n, least, most }.into());
    }
    if n == classes::COUNT && classes.names.iter().enumerate().all(|(number, name)| name.parse() == Ok(number)) {
        report.notes.push(Note::NumberedAsGtsrb.into());
    }
    let bursts = bursts(candidates, &found);
    let job = |(candidate, class, split): (usize, &str, Option<Split>)| {
        let path = candidates[candidate].path.as_str();
        let track = track_and_frame(path).map(|(track, _)| track).or_else(|| bursts.get(original(path)?).copied());
        Job { candidate, label: classes.labels[class], track, split, cut: Cut::Square }
    };
    let jobs = found.into_iter().map(job).collect();
    Ok(Plan { name: title(&layouts, origins), classes: classes.names, jobs, gtsrb: false })
}

/// The folder, of those on the way to the root or beside it, in which a file lies that is not below the root.
fn aside<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    let mut way = root.split('/');
    names::parent(path).split('/').find(|part| way.next() != Some(*part)).filter(|part| !part.is_empty())
}

/// What people call it: the folder above the classes, or the archive where that says more.
fn title(layouts: &[Layout], origins: &[String]) -> String {
    let title = |(layout, origin): (&Layout, &String)| {
        let folders = layout.root.split('/').rev().chain([origin.as_str()]);
        folders.map(|name| names::shown(name, LONGEST_NAME)).find(|name| says_something(name))
    };
    let any = || {
        layouts.iter().zip(origins).find_map(|(layout, origin)| {
            let folders = layout.root.split('/').rev().chain([origin.as_str()]);
            folders.map(|name| names::shown(name, LONGEST_NAME)).find(|name| !name.is_empty())
        })
    };
    layouts.iter().zip(origins).find_map(title).or_else(any).unwrap_or_else(|| names::UNNAMED.into())
}

/// Whether a name tells one data set from another.
fn says_something(name: &str) -> bool {
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric() && !c.is_numeric()).collect();
    let empty = [
        "", "data", "dataset", "datasets", "images", "image", "pictures", "photos", "archive", "classes", "daten",
        "bilder",
    ];
    !empty.contains(&plain.as_str()) && split_named(name).is_none()
}

/// Where the classes lie in one of the places given.
#[derive(Default)]
struct Layout {
    /// The folder in which they lie, or the splits, with its `/`.
    root: String,
    /// Where there are splits: of each its folder, which it is, and the folders within that hold nothing else.
    splits: Option<HashMap<String, (Split, String)>>,
}

impl Layout {
    fn of(paths: &[&str]) -> Self {
        let mut layout = Self::default();
        for _ in 0..MAX_DEPTH {
            let below: Vec<&str> = paths.iter().filter_map(|path| path.strip_prefix(&layout.root)).collect();
            let folders = folders(&below);
            let deep = |folder: &str| folders[folder].iter().any(|path| path.contains('/'));
            let named: BTreeMap<&str, Split> =
                folders.keys().filter_map(|folder| Some((*folder, split_named(folder)?))).collect();
            let first = named.values().next();
            if named.values().any(|split| Some(split) != first) && named.keys().any(|folder| deep(folder)) {
                let singles: Vec<Option<&str>> = named.keys().map(|folder| single(&folders[folder])).collect();
                let shared = singles[0].filter(|one| singles.iter().all(|single| *single == Some(*one)));
                let split = |(folder, split): (&&str, &Split)| {
                    ((*folder).to_owned(), (*split, wrapper(&folders[folder], folder, *split, shared)))
                };
                layout.splits = Some(named.iter().map(split).collect());
                break;
            }
            // One folder only: its folders are the classes, if it has any. Or one to learn from, beside loose samples.
            let only = match (folders.len(), named.keys().next()) {
                (1, _) => folders.keys().next().filter(|folder| deep(folder)),
                (2, Some(named)) if self::folders(&folders[named]).len() > 1 => {
                    Some(named).filter(|named| folders.keys().all(|folder| folder == *named || !deep(folder)))
                }
                _ => None,
            };
            match only {
                Some(only) => layout.root = format!("{}{only}/", layout.root),
                None => break,
            }
        }
        layout
    }
}

/// The folders at the top of some paths, with what is in each.
fn folders<'a>(paths: &[&'a str]) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut found = BTreeMap::<&str, Vec<&str>>::new();
    for (folder, rest) in paths.iter().filter_map(|path| path.split_once('/')) {
        found.entry(folder).or_default().push(rest);
    }
    found
}

/// The only folder at the top, where it holds folders.
fn single<'a>(paths: &[&'a str]) -> Option<&'a str> {
    let folders = folders(paths);
    let (only, within) = folders.iter().next().filter(|_| folders.len() == 1)?;
    within.iter().any(|path| path.contains('/')).then_some(*only)
}

/// The folders, with their `/`, that hold nothing but the folders of a split's classes: called as the split is, or alike in all splits.
fn wrapper(paths: &[&str], folder: &str, split: Split, shared: Option<&str>) -> String {
    let mut wrapper = String::new();
    let mut paths = paths.to_vec();
    while let Some(only) = single(&paths) {
        let alike = only.to_lowercase() == folder.to_lowercase() || split_named(only) == Some(split);
        if !alike && (!wrapper.is_empty() || shared != Some(only)) {
            break;
        }
        wrapper = format!("{wrapper}{only}/");
        paths = paths.iter().filter_map(|path| path.strip_prefix(only)?.strip_prefix('/')).collect();
    }
    wrapper
}

/// The split that each place is by its name, where the places are different ones.
fn splits_of(layouts: &[Layout], origins: &[String]) -> Vec<Option<Split>> {
    let named = |(layout, origin): (&Layout, &String)| match layout.splits {
        Some(_) => None,
        None => layout.root.split('/').rev().chain([origin.as_str()]).find_map(split_named),
    };
    let splits: Vec<Option<Split>> = layouts.iter().zip(origins).map(named).collect();
    let mut known = splits.iter().flatten();
    let first = known.next();
    if known.any(|split| Some(split) != first) { splits } else { vec![None; splits.len()] }
}

/// The split that a folder is named after, as one of its words or the beginning of one: `training_set`, `TestImages`, `val2017`.
pub(super) fn split_named(folder: &str) -> Option<Split> {
    words(folder).iter().find_map(|word| {
        [
            ("training", Split::Train),
            ("train", Split::Train),
            ("validation", Split::Validation),
            ("validierung", Split::Validation),
            ("valid", Split::Validation),
            ("val", Split::Validation),
            ("dev", Split::Validation),
            ("testing", Split::Test),
            ("test", Split::Test),
        ]
        .into_iter()
        .find_map(|(name, split)| {
            let rest = word.strip_prefix(name)?;
            let ends =
                ["", "s", "set", "sets", "data", "dir", "folder", "images", "imgs", "img", "pics", "photos", "split"];
            let german = ["daten", "sdaten", "bilder", "sbilder", "menge", "smenge"];
            (ends.contains(&rest) || german.contains(&rest)).then_some(split)
        })
    })
}

/// The words of a name in lower case, parted where other characters stand or an upper-case letter follows a lower-case one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        let begins = !c.is_alphabetic() || (lower && c.is_uppercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        lower = c.is_lowercase();
        if c.is_alphabetic() {
            words.last_mut().expect("one at least").extend(c.to_lowercase());
        }
    }
    words
}

/// What a picture was called before copies of it were made: Roboflow writes `stop-3_jpg.rf.0123….jpg`.
fn original(path: &str) -> Option<&str> {
    path.rsplit_once(".rf.").map(|(original, _)| names::file_name(original))
}

/// Changed copies of one picture are one track: dealt apart, what is tested on would have been learned.
fn bursts<'a>(candidates: &'a [Candidate], found: &[(usize, &str, Option<Split>)]) -> HashMap<&'a str, u32> {
    let originals: BTreeSet<&str> = found.iter().filter_map(|(i, ..)| original(&candidates[*i].path)).collect();
    originals.into_iter().zip(0..).collect()
}

/// The classes, and which of them each folder is.
struct Classes<'a> {
    names: Vec<String>,
    labels: HashMap<&'a str, usize>,
}

impl<'a> Classes<'a> {
    fn of(candidates: &'a [Candidate], found: &[(usize, &'a str, Option<Split>)]) -> Self {
        // Folders whose names differ only in upper and lower case are one class, unless they lie beside one another.
        let mut beside = HashMap::<(usize, &str, String), HashSet<&str>>::new();
        for (i, class, _) in found {
            let Candidate { origin, path, .. } = &candidates[*i];
            let above = path.find(&format!("{class}/")).map_or("", |end| &path[..end]);
            beside.entry((*origin, above, folded(class))).or_default().insert(class);
        }
        let apart: HashSet<String> =
            beside.into_iter().filter(|(_, names)| names.len() > 1).map(|((.., folded), _)| folded).collect();
        let all: BTreeSet<ClassName> = found.iter().map(|(_, class, _)| ClassName::new(class)).collect();
        let mut classes: Vec<Vec<ClassName>> = Vec::new();
        for class in all {
            match classes.last_mut().filter(|last| last[0].folded == class.folded && !apart.contains(&class.folded)) {
                Some(last) => last.push(class),
                None => classes.push(vec![class]),
            }
        }
        // They are called as most of their pictures have it.
        let mut pictures = HashMap::<&str, usize>::new();
        found.iter().for_each(|(_, class, _)| *pictures.entry(*class).or_insert(0) += 1);
        classes.iter_mut().for_each(|class| class.sort_by_key(|name| std::cmp::Reverse(pictures[name.raw])));
        // GTSRB's classes by their names, as its numbers have them.
        let place = |class: &[ClassName]| classes::NAMES.iter().position(|name| folded(name) == class[0].folded);
        if classes.len() == classes::COUNT && classes.iter().all(|class| place(class).is_some()) {
            classes.sort_by_key(|class| place(class));
            let labels = labels(&classes);
            return Self { names: classes::NAMES.map(String::from).to_vec(), labels };
        }
        Self { names: distinct(&classes), labels: labels(&classes) }
    }
}

fn labels<'a>(classes: &[Vec<ClassName<'a>>]) -> HashMap<&'a str, usize> {
    classes.iter().enumerate().flat_map(|(label, class)| class.iter().map(move |name| (name.raw, label))).collect()
}

fn folded(class: &str) -> String {
    names::shown(class, LONGEST_NAME).to_lowercase()
}

/// The name of a folder, in the order in which people expect them: 2 before 10.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct ClassName<'a> {
    number: u64,
    folded: String,
    raw: &'a str,
}

impl<'a> ClassName<'a> {
    fn new(raw: &'a str) -> Self {
        Self { number: raw.parse().unwrap_or(u64::MAX), folded: folded(raw), raw }
    }
}

/// Names fit to be shown, no two alike.
fn distinct(classes: &[Vec<ClassName<'_>>]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |class: &Vec<ClassName<'_>>| {
        let shown = names::shown(class[0].raw, LONGEST_NAME);
        let plain = if shown.is_empty() { "Unnamed".into() } else { shown };
        let mut name = plain.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{} ({number})", names::shown(&plain, LONGEST_NAME - 6));
            number += 1;
        }
        name
    };
    classes.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_are_known_by_a_word() {
        for (split, names) in [
            (
                Some(Split::Train),
                &[
                    "train",
                    "Training",
                    "training_set",
                    "seg_train",
                    "TrainImages",
                    "train2017",
                    "Final_Training",
                    "Trainingsdaten",
                ][..],
            ),
            (Some(Split::Validation), &["val", "Valid", "validation images", "dev", "x_val", "Validierung"]),
            (Some(Split::Test), &["TEST", "test_set", "testing", "TestBilder", "GTSRB-Test"]),
            (None, &["trainers", "contest", "oval", "interval", "testament", "stop", "", "Straße", "device", "valley"]),
        ] {
            for name in names {
                assert_eq!(split_named(name), split, "{name}");
            }
        }
    }
}
