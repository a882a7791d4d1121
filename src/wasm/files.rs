//! Files of the page as the loader reads them: slices, synchronously, which a worker may. Nothing is held but the slice at hand.

use std::io::{Error as IoError, Read, Result as IoResult, Seek, SeekFrom};

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FileReaderSync};

use crate::data::archive::{Archive, MAX_ENTRY};
use crate::data::files::{Files, Listed};
use crate::data::names::Kind;
use crate::error::{DataError, Result, cause};
use crate::kind::FileKind;

/// A file under its path, as the page hands it over.
pub struct Dropped {
    /// Where it lay in the folder that was dropped; else its name.
    pub path: String,
    /// Its content.
    pub blob: Blob,
}

/// Files whose names say nothing and that are looked into all the same: a few may be archives under another name, many are a folder.
const LOOKED_INTO: usize = 32;
/// Bytes that show what a file is.
const FIRST: usize = 1024;

/// Archives each by itself, all other files together as a folder. Of a folder of pictures no byte is read here: this is before the job
/// begins.
///
/// # Errors
/// As [`Archive::open`]; [`DataError::DataIs`] for a file by itself that is something else.
pub fn origins(dropped: Vec<Dropped>) -> Result<Vec<Box<dyn Files>>> {
    let (mut origins, mut folder) = (Vec::<Box<dyn Files>>::new(), Folder::default());
    let (alone, mut looked_into) = (dropped.len() == 1, 0);
    for Dropped { path, blob } in dropped {
        let kind = Kind::of(&path);
        let look = match kind {
            Kind::Picture | Kind::Table => alone,
            Kind::Archive => true,
            Kind::Other => {
                looked_into += 1;
                looked_into <= LOOKED_INTO
            }
        };
        if look {
            let mut start = [0; FIRST];
            let mut reader = Slices { reader: reader()?, blob: blob.clone(), position: 0 };
            let read = reader.read(&mut start).unwrap_or_default();
            let known = FileKind::of(&start[..read], &path);
            let meant = alone && kind == Kind::Archive && known.is_none_or(|kind| kind == FileKind::Zip);
            if start.starts_with(b"PK") || meant {
                origins.push(Box::new(Archive::open(reader)?.named(&path)));
                continue;
            }
            if let Some(kind) = known.filter(|_| alone && matches!(kind, Kind::Archive | Kind::Other)) {
                return Err(DataError::DataIs { kind }.into());
            }
        }
        folder.files.push(Listed { path, size: blob.size() as u64 });
        folder.blobs.push(blob);
    }
    if !folder.files.is_empty() {
        origins.push(Box::new(folder));
    }
    Ok(origins)
}

#[derive(Default)]
struct Folder {
    files: Vec<Listed>,
    blobs: Vec<Blob>,
}

impl Files for Folder {
    fn list(&self) -> &[Listed] {
        &self.files
    }

    fn read(&mut self, index: usize, into: &mut Vec<u8>) -> Result<()> {
        into.clear();
        if self.files[index].size > MAX_ENTRY {
            return Err(DataError::FileTooLarge { most: MAX_ENTRY as f64 / 1e6 }.into());
        }
        let bytes =
            bytes(&reader()?, &self.blobs[index]).map_err(|error| DataError::FileUnreadable { cause: cause(error) })?;
        into.resize(bytes.length() as usize, 0);
        bytes.copy_to(into);
        Ok(())
    }
}

/// A blob as something to read from anywhere. Whoever reads keeps what it needs: each read is a call out of the program.
struct Slices {
    reader: FileReaderSync,
    blob: Blob,
    position: u64,
}

impl Read for Slices {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        let end = self.position.saturating_add(into.len() as u64);
        let part = self.blob.slice_with_f64_and_f64(self.position as f64, end as f64).map_err(failed)?;
        let bytes = bytes(&self.reader, &part)?;
        let n = bytes.length() as usize;
        bytes.copy_to(&mut into[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

impl Seek for Slices {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(offset) => (self.blob.size() as u64).checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = place.ok_or_else(|| IoError::other("a place before the beginning"))?;
        Ok(self.position)
    }
}

fn reader() -> Result<FileReaderSync> {
    Ok(FileReaderSync::new().map_err(|_| DataError::NoFileReader)?)
}

fn bytes(reader: &FileReaderSync, blob: &Blob) -> IoResult<Uint8Array> {
    reader.read_as_array_buffer(blob).map(|buffer| Uint8Array::new(&buffer)).map_err(failed)
}

/// What the browser says, for people: a file may have been moved or changed since it was dropped.
fn failed(error: JsValue) -> IoError {
    IoError::other(js_sys::Error::from(error).message().as_string().unwrap_or_default())
}
