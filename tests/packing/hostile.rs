//! Archives made to harm, or damaged as downloads are: none is a data set.

use crate::packing::{Packed, entry, ppm, stored, zip};

/// Two classes of three pictures, the way a person would pack them.
pub fn honest() -> Vec<Packed> {
    let picture = |i: u8| entry(format!("signs/{}/{i}.ppm", ["go", "stop"][usize::from(i % 2)]), &ppm(i));
    (0..6).map(picture).collect()
}

/// Two classes whose pictures are all changed alike.
fn each(change: impl Fn(&mut Packed)) -> Vec<u8> {
    let mut entries = honest();
    entries.iter_mut().for_each(change);
    zip(&entries)
}

/// Name of the file, the archive, and a part of the sentence that refuses it.
pub fn archives() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let zeros = vec![0; 1_000_000];
    let bomb = entry("", &zeros);
    let whole = zip(&honest());
    let nested = zip(&[stored("a/inner.zip", &whole), stored("b/inner.zip", &whole)]);
    let annotation = b"Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2\r\n00000.ppm;9;7;1;1;8;6\r\n";
    let overlapping = {
        // One kernel, many files (Fifield 2019): every entry points at the first.
        let mut entries = honest();
        entries[1..].iter_mut().for_each(|entry| {
            entry.place = Some(0);
            entry.bytes.clear();
        });
        zip(&entries)
    };
    let quoting = {
        // The first entry's content reaches over the header and the content of the second.
        let mut entries = honest();
        entries[0].packed += 60;
        zip(&entries)
    };
    let mut list_gone = whole.clone();
    let list = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("a list");
    list_gone[list + 50..list + 90].fill(0xff);

    vec![
        ("empty.zip", Vec::new(), "is empty"),
        ("header-only.zip", b"PK\x03\x04".to_vec(), "not a complete zip"),
        ("no-entries.zip", zip(&[]), "no pictures"),
        ("text.zip", b"This is not an archive, whatever its name says.".to_vec(), "not a complete zip"),
        ("cut-off.zip", whole[..whole.len() * 2 / 3].to_vec(), "truncated"),
        ("damaged-list.zip", list_gone, "not a complete zip"),
        ("overlapping.zip", overlapping, "overlap"),
        ("quoting.zip", quoting, "overlap"),
        ("bomb.zip", each(|entry| *entry = Packed { name: entry.name.clone(), ..bomb.clone() }), "100 times"),
        // 4 GB from a few bytes, by its own account.
        ("lying-large.zip", each(|entry| entry.size = u32::MAX - 1), "the limit is 50 MB"),
        ("lying-larger.zip", each(|entry| entry.size += 1), "its size is not"),
        ("lying-small.zip", each(|entry| entry.size -= 9), "unpacked to its size"),
        ("lying-packed.zip", each(|entry| entry.packed = entry.packed.saturating_sub(3)), "damaged"),
        ("wrong-checksum.zip", each(|entry| entry.crc ^= 1), "checksum"),
        ("encrypted.zip", each(|entry| entry.flags |= 1), "encrypted"),
        ("unknown-method.zip", each(|entry| entry.method = 12), "not supported"),
        ("outside.zip", each(|entry| entry.name = [b"../../".to_vec(), entry.name.clone()].concat()), "points out"),
        ("absolute.zip", each(|entry| entry.name.insert(0, b'/')), "points out"),
        ("nested.zip", nested, "within archives"),
        ("no-pictures.zip", each(|entry| *entry = stored(&entry.name, b"<script>alert(1)</script>")), "not a picture"),
        ("no-folders.zip", zip(&[entry("a.ppm", &ppm(1)), entry("b.ppm", &ppm(2))]), "folder for each class"),
        ("one-class.zip", zip(&[entry("stop/a.ppm", &ppm(1)), entry("stop/b.ppm", &ppm(2))]), "folder for each class"),
        (
            "201-classes.zip",
            zip(&(0..201).map(|i| stored(format!("{i}/a.ppm"), b"P6 1 1 255 ...")).collect::<Vec<_>>()),
            "2 to 200",
        ),
        ("only-annotations.zip", zip(&[entry("GT-final_test.test.csv", annotation)]), "without pictures"),
        (
            "test-without-classes.zip",
            zip(&[entry("Images/GT-final_test.test.csv", annotation), entry("Images/00000.ppm", &ppm(1))]),
            "Add GTSRB_Final_Test_GT.zip",
        ),
    ]
}
