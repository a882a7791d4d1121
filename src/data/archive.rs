//! Zip archives from anyone, read entry by entry and never unpacked (promise H4).
//!
//! The limits hold before anything is allocated: an archive bomb costs a sentence. Names are only ever compared and
//! shown; nothing is written anywhere.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};

use flate2::{Decompress, FlushDecompress, Status};
use rawzip::{CompressionMethod, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};

use super::files::{Files, Listed};
use super::names;
use crate::error::{ArchiveFault, DataError, EntryFault, Error, Result, cause};

/// Largest entry, in bytes.
pub const MAX_ENTRY: u64 = 50_000_000;
/// Most files, counting those that differ only in the case of their names once. Folders and what a Mac adds to each file do not count:
/// packed there, GTSRB has 104,000 entries for 52,000 pictures, as has Kaggle's copy, with everything twice.
pub const MAX_ENTRIES: usize = 1_000_000;
/// Most bytes that one byte of an entry may become.
pub const MAX_RATIO: u64 = 100;
/// Entries up to this size may have any ratio: a picture of one colour has.
const SMALL: u64 = 64 << 10;
/// Most entries as listed: repetitions, folders and ghosts included.
const MAX_LISTED: usize = 4 * MAX_ENTRIES;
/// Most bytes of all names.
const MAX_NAMES: usize = 128 << 20;
/// Bytes of an entry's header before its name.
const HEADER: u64 = 30;

/// A zip archive of stored and deflated entries.
///
/// The reader may be slow to seek: it is read in pieces of 256 KiB, from front to back if the entries are read in their
/// order.
#[derive(Debug)]
pub struct Archive<R> {
    archive: ZipArchive<Window<R>>,
    name: String,
    files: Vec<Listed>,
    /// Beside `files`.
    entries: Vec<Entry>,
    repeated: usize,
    ghosts: usize,
    inflater: Decompress,
    /// The packed bytes of the entry at hand.
    packed: Vec<u8>,
}

/// What the list of the archive says about an entry.
#[derive(Debug)]
struct Entry {
    place: u64,
    packed: u64,
    size: u64,
    crc: u32,
    method: CompressionMethod,
    encrypted: bool,
    way: ZipArchiveEntryWayfinder,
}

impl<R: Read + Seek> Archive<R> {
    /// Lists the entries.
    ///
    /// # Errors
    /// [`DataError`] if this is no zip archive, if it is cut off or damaged where its entries are listed, or made
    /// to harm: too many entries, or entries that overlap.
    pub fn open(mut reader: R) -> Result<Self> {
        let length = reader.seek(SeekFrom::End(0)).map_err(unreadable)?;
        if length == 0 {
            return Err(DataError::ArchiveEmpty.into());
        }
        let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let archive = rawzip::ZipLocator::new()
            .locate_in_reader(Window::new(reader), &mut buffer, length)
            .map_err(|(_, error)| unreadable(error))?;
        let (mut listed, ghosts) = list(&archive, &mut buffer)?;

        listed.sort_by_key(|(_, entry)| entry.place);
        let mut end = 0;
        for (_, entry) in &listed {
            if entry.place < end {
                return Err(DataError::EntriesOverlap.into());
            }
            end = entry.place.saturating_add(HEADER).saturating_add(entry.packed);
        }
        // In the order of their places: of names that differ only in their case, the first is kept where the content is the same.
        let mut seen = HashSet::new();
        let all = listed.len();
        listed.retain(|(name, entry)| seen.insert((name.to_lowercase(), entry.size, entry.crc)));
        if listed.len() > MAX_ENTRIES {
            return Err(too_many(Some(listed.len() as u64)));
        }
        let repeated = all - listed.len();
        let (files, entries) =
            listed.into_iter().map(|(path, entry)| (Listed { path, size: entry.size }, entry)).unzip();
        let (inflater, packed) = (Decompress::new(false), Vec::new());
        Ok(Self { archive, name: String::new(), files, entries, repeated, ghosts, inflater, packed })
    }

    /// The archive under the name of its file.
    pub fn named(mut self, file: &str) -> Self {
        self.name = names::stem(&file.replace('\\', "/")).into();
        self
    }
}

/// The files of the archive, and how many ghosts there are besides. Of neither ghosts nor folders anything is kept.
fn list<R: Read + Seek>(archive: &ZipArchive<Window<R>>, buffer: &mut [u8]) -> Result<(Vec<(String, Entry)>, usize)> {
    let expected = archive.entries_hint();
    if expected > MAX_LISTED as u64 {
        return Err(too_many(Some(expected)));
    }
    let mut listed = Vec::new();
    let mut room = MAX_NAMES;
    let (mut all, mut ghosts) = (0, 0);
    let mut entries = archive.entries(buffer);
    while let Some(entry) = entries.next_entry().map_err(unreadable)? {
        let path = entry.file_path();
        let name = names::decode(path.as_bytes());
        room = room.checked_sub(name.len()).ok_or(DataError::NamesTooLong)?;
        if all == MAX_LISTED {
            return Err(too_many(None));
        }
        all += 1;
        if name.ends_with(['/', '\\']) {
            continue;
        }
        if names::ghost(&name) {
            ghosts += 1;
            continue;
        }
        let known = Entry {
            place: entry.local_header_offset(),
            packed: entry.compressed_size_hint(),
            size: entry.uncompressed_size_hint(),
            crc: entry.crc32(),
            method: entry.compression_method(),
            encrypted: entry.flags().is_encrypted(),
            way: entry.wayfinder(),
        };
        listed.push((name, known));
    }
    if (all as u64) < expected {
        return Err(DataError::NoArchive { fault: ArchiveFault::EntriesMissing { listed: all, expected } }.into());
    }
    Ok((listed, ghosts))
}

impl<R: Read + Seek> Files for Archive<R> {
    fn list(&self) -> &[Listed] {
        &self.files
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn repeated(&self) -> usize {
        self.repeated
    }

    fn ghosts(&self) -> usize {
        self.ghosts
    }

    fn read(&mut self, index: usize, into: &mut Vec<u8>) -> Result<()> {
        into.clear();
        let entry = &self.entries[index];
        if entry.encrypted {
            return Err(DataError::EntryEncrypted.into());
        }
        let largest = entry.size.max(entry.packed);
        if largest > MAX_ENTRY {
            return Err(
                DataError::EntryTooLarge { megabytes: largest as f64 / 1e6, most: MAX_ENTRY as f64 / 1e6 }.into()
            );
        }
        if entry.size > SMALL && entry.size / MAX_RATIO > entry.packed {
            return Err(DataError::EntryBomb { ratio: MAX_RATIO }.into());
        }
        // The packed bytes grow as they are found, so that what is allocated below has been paid for.
        let found = self.archive.get_entry(entry.way).map_err(lost)?;
        self.packed.clear();
        found.reader().read_to_end(&mut self.packed).map_err(lost)?;
        if (self.packed.len() as u64) < entry.packed {
            return Err(damaged(EntryFault::EntryCutOff));
        }
        match entry.method {
            CompressionMethod::STORE => std::mem::swap(into, &mut self.packed),
            CompressionMethod::DEFLATE => {
                into.reserve_exact(entry.size as usize);
                self.inflater.reset(false);
                let status = self.inflater.decompress_vec(&self.packed, into, FlushDecompress::Finish);
                // A stream that wants more room than its declared size ends here as well.
                if !matches!(status, Ok(Status::StreamEnd)) {
                    return Err(damaged(EntryFault::CannotUnpack));
                }
            }
            _ => return Err(DataError::EntryPacking.into()),
        }
        if into.len() as u64 != entry.size {
            return Err(damaged(EntryFault::OtherSize));
        }
        if rawzip::crc32(into) != entry.crc {
            return Err(damaged(EntryFault::OtherChecksum));
        }
        Ok(())
    }
}

fn too_many(entries: Option<u64>) -> Error {
    DataError::TooManyEntries { entries, most: MAX_ENTRIES }.into()
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    DataError::NoArchive { fault: ArchiveFault::ArchiveUnreadable { cause: cause(error) } }.into()
}

fn lost(error: impl std::fmt::Display) -> Error {
    damaged(EntryFault::EntryUnreadable { cause: cause(error) })
}

fn damaged(fault: EntryFault) -> Error {
    DataError::EntryDamaged { fault }.into()
}

/// Reads in large pieces and keeps the last one.
#[derive(Debug)]
struct Window<R>(RefCell<Piece<R>>);

#[derive(Debug)]
struct Piece<R> {
    reader: R,
    start: u64,
    bytes: Vec<u8>,
}

impl<R: Read + Seek> Piece<R> {
    const SIZE: usize = 256 << 10;

    fn fill(&mut self, start: u64) -> io::Result<()> {
        self.bytes.clear();
        self.start = start;
        self.reader.seek(SeekFrom::Start(start))?;
        // Few and large reads: in a browser each is a call out of the program.
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.resize(Self::SIZE, 0);
        let mut filled = 0;
        while filled < bytes.len() {
            match self.reader.read(&mut bytes[filled..])? {
                0 => break,
                n => filled += n,
            }
        }
        bytes.truncate(filled);
        self.bytes = bytes;
        Ok(())
    }
}

impl<R> Window<R> {
    fn new(reader: R) -> Self {
        Self(RefCell::new(Piece { reader, start: 0, bytes: Vec::new() }))
    }
}

impl<R: Read + Seek> ReaderAt for Window<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let piece = &mut *self.0.borrow_mut();
        let held = piece.start..piece.start + piece.bytes.len() as u64;
        if !held.contains(&offset) {
            piece.fill(offset)?;
        }
        let bytes = &piece.bytes[(offset - piece.start) as usize..];
        let n = bytes.len().min(buffer.len());
        buffer[..n].copy_from_slice(&bytes[..n]);
        Ok(n)
    }
}
