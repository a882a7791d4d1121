//! Data sets on the disk of the machine: natively only, since a browser has none.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::{Archive, MAX_ENTRIES, MAX_ENTRY};
use super::files::{Files, Listed};
use super::names;
use crate::error::{DataError, Error, Result, cause};

/// Folders within folders that are still looked into.
const MAX_DEPTH: usize = 16;

/// A folder of the file system and everything below it. Links are not followed.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    files: Vec<Listed>,
    /// Beside `files`: names need not be Unicode.
    paths: Vec<PathBuf>,
}

impl Folder {
    /// Lists a folder; hidden files and folders are left out.
    ///
    /// # Errors
    /// [`DataError`] if it cannot be listed, or holds more than 100,000 files.
    pub fn open(root: &Path) -> Result<Self> {
        let mut folder = Self { root: root.into(), files: Vec::new(), paths: Vec::new() };
        folder.walk(Path::new(""), 0)?;
        Ok(folder)
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
            if entry.file_name().to_string_lossy().starts_with('.') {
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

/// A zip archive or a folder of the file system.
///
/// # Errors
/// [`DataError`] if there is no such file, or it is no archive that can be read.
pub fn open(path: &Path) -> Result<Box<dyn Files>> {
    let missing = |error: std::io::Error| DataError::FileUnopened { file: show(path), cause: cause(error) };
    if fs::metadata(path).map_err(missing)?.is_dir() {
        return Ok(Box::new(Folder::open(path)?));
    }
    let archive = Archive::open(File::open(path).map_err(missing)?);
    let named = |error: Error| DataError::ArchiveUnusable { archive: show(path), error: Box::new(error) };
    Ok(Box::new(archive.map_err(named)?))
}

fn show(path: &Path) -> String {
    names::shown(&path.to_string_lossy(), 120)
}
