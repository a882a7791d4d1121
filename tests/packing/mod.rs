//! Zip archives made on the fly, right or wrong in every field.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// An entry; what the headers say of it can be changed at will.
#[derive(Clone)]
pub struct Packed {
    /// Name as stored.
    pub name: Vec<u8>,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// General purpose flags; bit 0 is encryption.
    pub flags: u16,
    /// Checksum as declared.
    pub crc: u32,
    /// Unpacked size as declared.
    pub size: u32,
    /// Packed size as declared.
    pub packed: u32,
    /// Packed bytes as they are.
    pub bytes: Vec<u8>,
    /// Where the list says that it lies, if not where it does.
    pub place: Option<u32>,
}

/// An honest entry, deflated.
pub fn entry(name: impl AsRef<[u8]>, content: &[u8]) -> Packed {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("a vector");
    let bytes = encoder.finish().expect("a vector");
    Packed {
        name: name.as_ref().into(),
        method: 8,
        flags: 1 << 11,
        crc: rawzip::crc32(content),
        size: content.len() as u32,
        packed: bytes.len() as u32,
        bytes,
        place: None,
    }
}

/// An honest entry, stored.
pub fn stored(name: impl AsRef<[u8]>, content: &[u8]) -> Packed {
    Packed { method: 0, packed: content.len() as u32, bytes: content.into(), ..entry(name, content) }
}

/// The archive.
pub fn zip(entries: &[Packed]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut list = Vec::new();
    for entry in entries {
        let place = entry.place.unwrap_or(file.len() as u32);
        let mut common = Vec::new();
        common.extend(20u16.to_le_bytes());
        common.extend(entry.flags.to_le_bytes());
        common.extend(entry.method.to_le_bytes());
        common.extend([0; 4]);
        common.extend(entry.crc.to_le_bytes());
        common.extend(entry.packed.to_le_bytes());
        common.extend(entry.size.to_le_bytes());
        common.extend((entry.name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(&entry.name);
        file.extend(&entry.bytes);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(place.to_le_bytes());
        list.extend(&entry.name);
    }
    let (start, length) = (file.len() as u32, list.len() as u32);
    file.extend(list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    // Beyond 65,535 entries the count is cut off, as some programs do.
    file.extend((entries.len() as u16).to_le_bytes());
    file.extend((entries.len() as u16).to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0; 2]);
    file
}

/// A picture of one colour with a darker corner, so that each number looks different.
pub fn ppm(number: u8) -> Vec<u8> {
    let mut bytes = b"P6\n9 7\n255\n".to_vec();
    for y in 0..7u8 {
        for x in 0..9u8 {
            let corner = if x < 4 && y < 3 { 40 } else { 0 };
            bytes.extend([number, 255 - number - corner.min(255 - number), x * 28]);
        }
    }
    bytes
}
