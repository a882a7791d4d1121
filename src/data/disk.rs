//! Data sets on the disk of the machine: natively only, since a browser has none.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::{Archive, MAX_ENTRIES, MAX_ENTRY};
use super::files::{Files, Listed};
use super::names;
use crate::error::{DataError, Error, Result, cause};
use crate::kind::FileKind;

/// Folders within folders that are still looked into.
const MAX_DEPTH: usize = 16;

/// A folder of the file system and everything below it. Links are not followed.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    files: Vec<Listed>,
    /// Beside `files`: names need not be Unicode.
    paths: Vec<PathBuf>,
    ghosts: usize,
}

impl Folder {
    /// Lists a folder; hidden files and folders are left out.
    ///
    /// # Errors
    /// [`DataError`] if it cannot be listed, or holds more than a million files.
    pub fn open(root: &Path) -> Result<Self> {
        let mut folder = Self { root: root.into(), files: Vec::new(), paths: Vec::new(), ghosts: 0 };
        folder.walk(Path::new(""), 0)?;
        Ok(folder)
    }

    /// A picture or a table by itself.
    fn of_one(path: &Path, size: u64) -> Self {
        let name = path.file_name().unwrap_or_default();
        let root = path.parent().unwrap_or(Path::new("")).into();
        let files = vec![Listed { path: name.to_string_lossy().into_owned(), size }];
        Self { root, files, paths: vec![name.into()], ghosts: 0 }
    }

    fn walk(&mut self, below: &Path, depth: usize) -> Result<()> {
        let folder = self.root.join(below);
        let unreadable =
            |error: std::io::Error| DataError::FolderUnreadable { folder: show(&folder), cause: cause(error) };
        let mut entries =
            fs::read_dir(&folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>).map_err(unreadable)?;
        // The system's order is arbitrary.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = below.join(entry.file_name());
            if names::ghost(&entry.file_name().to_string_lossy()) {
                self.ghosts += 1;
                continue;
            }
            let data = entry.metadata().map_err(unreadable)?;
            if data.is_dir() && depth < MAX_DEPTH {
                self.walk(&path, depth + 1)?;
            } else if data.is_file() {
                if self.files.len() == MAX_ENTRIES {
                    return Err(DataError::FolderTooLarge { folder: show(&self.root), most: MAX_ENTRIES }.into());
                }
                // Beginning with its own name, which is that of the data set.
                let parts = self.root.file_name().into_iter().chain(path.iter());
                let shown = parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
                self.files.push(Listed { path: shown, size: data.len() });
                self.paths.push(path);
            }
        }
        Ok(())
    }
}

impl Files for Folder {
    fn list(&self) -> &[Listed] {
        &self.files
    }

    fn ghosts(&self) -> usize {
        self.ghosts
    }

    fn read(&mut self, index: usize, into: &mut Vec<u8>) -> Result<()> {
        into.clear();
        let path = self.root.join(&self.paths[index]);
        // One byte more than allowed tells whether there is more; the size may have changed since it was listed.
        let read = File::open(path).and_then(|file| file.take(MAX_ENTRY + 1).read_to_end(into));
        read.map_err(|error| DataError::FileUnreadable { cause: cause(error) })?;
        if into.len() as u64 > MAX_ENTRY {
            return Err(DataError::FileTooLarge { most: MAX_ENTRY as f64 / 1e6 }.into());
        }
        Ok(())
    }
}

/// A zip archive or a folder of the file system; or a single picture or table, which counts as a folder with nothing else in it.
///
/// # Errors
/// [`DataError`] if there is no such file, or it is nothing that can be read.
pub fn open(path: &Path) -> Result<Box<dyn Files>> {
    let missing = |error: std::io::Error| DataError::FileUnopened { file: show(path), cause: cause(error) };
    let known = fs::metadata(path).map_err(missing)?;
    if known.is_dir() {
        return Ok(Box::new(Folder::open(path)?));
    }
    let mut file = File::open(path).map_err(missing)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut start = Vec::new();
    file.by_ref().take(FIRST).read_to_end(&mut start).map_err(missing)?;
    let lone = matches!(names::Kind::of(&name), names::Kind::Picture | names::Kind::Table);
    if lone && !start.starts_with(b"PK") {
        return Ok(Box::new(Folder::of_one(path, known.len())));
    }
    let named = |error: Error| DataError::ArchiveUnusable { archive: show(path), error: Box::new(error) };
    match Archive::open(file) {
        Ok(archive) => Ok(Box::new(archive.named(&name))),
        // Another archive, or something else altogether: what it is says more than what it is not.
        Err(error) => Err(named(match FileKind::of(&start, &name) {
            Some(kind) if kind != FileKind::Zip => DataError::DataIs { kind }.into(),
            _ => error,
        })
        .into()),
    }
}

/// Bytes that show what a file is.
const FIRST: u64 = 1024;

fn show(path: &Path) -> String {
    names::shown(&path.to_string_lossy(), 120)
}
