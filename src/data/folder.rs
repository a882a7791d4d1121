//! People's own pictures: one folder for each class.
//!
//! `stop/1.jpg`, `yield/photo.png`, … at the top or below any number of folders that hold nothing else. A level of
//! folders named like splits (`train`, `val`, `test`) above them is understood.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::classes::{self, LONGEST_NAME};
use super::names;
use super::plan::{Candidate, Cut, Job, Plan, track_and_frame};
use super::report::Report;
use super::split::Split;
use crate::error::{DataError, Result};

/// Folders within folders that are looked into for the classes.
const MAX_DEPTH: usize = 16;

/// What is to be read of folders of classes.
///
/// # Errors
/// [`DataError`] unless there are 2 to 200 folders with pictures.
pub(super) fn plan(candidates: &[Candidate], origins: usize, report: &mut Report) -> Result<Plan> {
    let mut found = Vec::new();
    let mut title = String::new();
    for origin in 0..origins {
        let of_source = |candidate: &&Candidate| candidate.origin == origin;
        let paths: Vec<&str> = candidates.iter().filter(of_source).map(|candidate| candidate.path.as_str()).collect();
        let (root, in_splits) = root(&paths);
        if title.is_empty() {
            title = names::shown(names::file_name(root.trim_end_matches('/')), LONGEST_NAME);
        }
        for (i, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| of_source(candidate)) {
            let mut parts = candidate.path.strip_prefix(&root).unwrap_or_default().split('/');
            let split = if in_splits { parts.next().and_then(split_named) } else { None };
            let class = parts.next().filter(|_| parts.next().is_some());
            match class {
                Some(class) => found.push((i, class, split)),
                None => report.skip(&candidate.path, DataError::InNoFolder),
            }
        }
    }
    let classes: BTreeSet<ClassName> = found.iter().map(|(_, class, _)| ClassName::new(class)).collect();
    if !classes::LIMITS.contains(&classes.len()) {
        let (least, most) = classes::LIMITS.into_inner();
        return Err(DataError::ClassFolders { has: classes.len(), least, most }.into());
    }
    let labels: HashMap<&str, usize> = classes.iter().enumerate().map(|(label, class)| (class.raw, label)).collect();
    let job = |(candidate, class, split): (usize, &str, Option<Split>)| {
        let track = track_and_frame(&candidates[candidate].path).map(|(track, _)| track);
        Job { candidate, label: labels[class], track, split, cut: Cut::Square }
    };
    let jobs = found.into_iter().map(job).collect();
    let name = if title.is_empty() { "Own pictures".into() } else { title };
    Ok(Plan { name, classes: distinct(&classes), jobs })
}

/// The folder (with its `/`) in which the classes lie, and whether a level of splits comes first.
fn root(paths: &[&str]) -> (String, bool) {
    let mut root = String::new();
    for _ in 0..MAX_DEPTH {
        let below: Vec<&str> = paths.iter().filter_map(|path| path.strip_prefix(&root)).collect();
        let folders: HashSet<&str> =
            below.iter().filter_map(|path| path.split_once('/')).map(|(first, _)| first).collect();
        if folders.len() >= 2 && folders.iter().all(|folder| split_named(folder).is_some()) {
            return (root, true);
        }
        // One folder only: its folders are the classes, if it has any.
        let deeper = below.iter().any(|path| path.split('/').count() > 2);
        match folders.iter().next() {
            Some(only) if folders.len() == 1 && deeper => {
                root.push_str(only);
                root.push('/');
            }
            _ => break,
        }
    }
    (root, false)
}

fn split_named(folder: &str) -> Option<Split> {
    match folder.to_lowercase().as_str() {
        "train" | "training" => Some(Split::Train),
        "val" | "valid" | "validation" | "dev" => Some(Split::Validation),
        "test" | "testing" => Some(Split::Test),
        _ => None,
    }
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
        Self { number: raw.parse().unwrap_or(u64::MAX), folded: names::shown(raw, LONGEST_NAME).to_lowercase(), raw }
    }
}

/// Names fit to be shown, no two alike.
fn distinct(classes: &BTreeSet<ClassName<'_>>) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |class: &ClassName<'_>| {
        let shown = names::shown(class.raw, LONGEST_NAME);
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
