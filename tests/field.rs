//! What people really bring: photos, folders, archives and tables as phones, cameras, systems and other programs make them, the wrong file
//! among them. Each test makes its files.
#![cfg(not(target_family = "wasm"))]

mod packing;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use fool_the_sign::attack::{Apgd, ApgdLoss, Attack, AutoAttack, Goal};
use fool_the_sign::data::archive::Archive;
use fool_the_sign::data::classes::{self, Classes};
use fool_the_sign::data::dataset::Dataset;
use fool_the_sign::data::decode::decode;
use fool_the_sign::data::disk;
use fool_the_sign::data::files::Files;
use fool_the_sign::data::gtsrb::Table;
use fool_the_sign::data::loader::{Loader, Options};
use fool_the_sign::data::report::Note;
use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::Split;
use fool_the_sign::error::{DataError, ImageError, StateError, WeightsError};
use fool_the_sign::kind::FileKind;
use fool_the_sign::model::weights;
use fool_the_sign::{Error, Result, device};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use packing::{Packed, entry, ppm, stored, zip};

const RED: [u8; 3] = [200, 20, 30];

fn load(origins: Vec<Box<dyn Files>>) -> Result<Dataset> {
    let mut loader = Loader::new(origins, Options::default())?;
    while !loader.step(1000)?.finished {}
    loader.finish()
}

fn archive(name: &str, entries: &[Packed]) -> Box<dyn Files> {
    let archive = Archive::open(Cursor::new(zip(entries))).unwrap_or_else(|error| panic!("{name}: {error}"));
    Box::new(archive.named(name))
}

fn opened(name: &str, entries: &[Packed]) -> Dataset {
    load(vec![archive(name, entries)]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Pictures of three classes below a folder; `first` is a number that no other call uses.
fn classes(root: &str, first: u8, n: u8) -> Vec<Packed> {
    let one =
        |class: usize, name: &str, i: u8| entry(format!("{root}{name}/{i}.ppm"), &ppm(first + class as u8 * n + i));
    let names = ["stop", "left", "yield"];
    names.iter().enumerate().flat_map(|(class, name)| (0..n).map(move |i| one(class, name, i))).collect()
}

fn notes(data: &Dataset) -> Vec<&Note> {
    data.report().notes.iter().map(|note| &note.what).collect()
}

/// An empty folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("field").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn photos_of_phones_open() {
    for (width, height) in [(5712, 4284), (8160, 6120), (14_000, 3000), (16_384, 900)] {
        let photo = RgbImage::from_fn(width, height, |x, _| Rgb(if x < width / 2 { RED } else { [240, 240, 240] }));
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&photo).expect("a JPEG");
        let image = decode(&bytes).unwrap_or_else(|error| panic!("{width} × {height}: {error}"));
        assert!(image.width() * image.height() <= 16_700_000, "{:?}", image.dimensions());
        let shape = |width: u32, height: u32| f64::from(width) / f64::from(height);
        assert!((shape(image.width(), image.height()) / shape(width, height) - 1.0).abs() < 0.01);
        let Rgb([r, g, b]) = *image.get_pixel(image.width() / 4, image.height() / 2);
        assert!(r.abs_diff(200) < 8 && g.abs_diff(20) < 8 && b.abs_diff(30) < 8, "{r} {g} {b}");
        assert!(image.get_pixel(image.width() * 3 / 4, image.height() / 2).0.iter().all(|value| *value > 230));
    }
}

#[test]
fn transparent_pictures_lie_on_white() {
    // Magenta that nobody sees, a red sign, and a half transparent blue edge.
    let sign = RgbaImage::from_fn(40, 40, |x, y| match (x, y) {
        (10..30, 10..30) => Rgba([200, 20, 30, 255]),
        (8..32, 8..32) => Rgba([0, 0, 255, 128]),
        _ => Rgba([255, 0, 255, 0]),
    });
    let mut files = vec![];
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let mut bytes = Cursor::new(vec![]);
        sign.write_to(&mut bytes, format).expect("a picture");
        files.push(bytes.into_inner());
    }
    let mut wide = Cursor::new(vec![]);
    image::DynamicImage::ImageRgba8(sign).into_rgba16().write_to(&mut wide, ImageFormat::Png).expect("a picture");
    files.push(wide.into_inner());
    for bytes in files {
        let image = decode(&bytes).expect("a picture");
        assert_eq!(image.get_pixel(2, 2).0, [255; 3]);
        assert_eq!(image.get_pixel(20, 20).0, RED);
        assert_eq!(image.get_pixel(9, 20).0, [127, 127, 255]);
    }
    // A palette whose first colour, black, is marked transparent.
    let image = decode(&palette()).expect("a picture");
    assert_eq!((image.get_pixel(0, 0).0, image.get_pixel(1, 0).0), ([255; 3], RED));
}

/// A PNG of two pixels: colour 0 is black and transparent, colour 1 red.
fn palette() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        let body = [name.as_slice(), data].concat();
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(&body);
        file.extend(rawzip::crc32(&body).to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 3, 0, 0, 0]);
    chunk(b"PLTE", &[0, 0, 0, RED[0], RED[1], RED[2]]);
    chunk(b"tRNS", &[0]);
    // Stored, after the two bytes of zlib; Adler's sum of 0, 0, 1 at the end.
    chunk(b"IDAT", &[0x78, 0x01, 1, 3, 0, 0xfc, 0xff, 0, 0, 1, 0, 4, 0, 2]);
    chunk(b"IEND", &[]);
    file
}

/// A JPEG of 16 × 16 pixels of one colour in four components, as Photoshop and print shops write it.
fn four_components(values: [u8; 4], transform: u8) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    file.extend(b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00");
    file.push(transform);
    // All steps are 8, so that the first coefficient of a block is its value less 128.
    file.extend([0xff, 0xdb, 0, 67, 0]);
    file.extend([8; 64]);
    file.extend([0xff, 0xc0, 0, 20, 8, 0, 16, 0, 16, 4]);
    (1..=4).for_each(|component| file.extend([component, 0x11, 0]));
    // Nine lengths of differences, each a code of four bits; and one code of one bit: nothing more in this block.
    file.extend([0xff, 0xc4, 0, 28, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend(0..9);
    file.extend([0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend([0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    let mut bits = String::new();
    for block in 0..4 {
        for value in values {
            let difference = if block == 0 { i32::from(value) - 128 } else { 0 };
            let length = (32 - difference.unsigned_abs().leading_zeros()) as usize;
            bits += &format!("{length:04b}");
            if length > 0 {
                let written = if difference < 0 { difference + (1 << length) - 1 } else { difference };
                bits += &format!("{written:0length$b}");
            }
            bits += "0";
        }
    }
    while !bits.len().is_multiple_of(8) {
        bits += "1";
    }
    for byte in bits.as_bytes().chunks(8) {
        let byte = u8::from_str_radix(std::str::from_utf8(byte).expect("digits"), 2).expect("digits");
        file.push(byte);
        if byte == 0xff {
            file.push(0);
        }
    }
    file.extend([0xff, 0xd9]);
    file
}

#[test]
fn pictures_for_printing_keep_their_colours() {
    // Adobe writes ink the other way round: 255 is none. In the other form light and colour are those of the opposite colour.
    let [r, g, b] = RED.map(f64::from);
    let [r, g, b] = [255.0 - r, 255.0 - g, 255.0 - b];
    let light = 0.299 * r + 0.587 * g + 0.114 * b;
    let [blue, red] = [128.0 + 0.564 * (b - light), 128.0 + 0.713 * (r - light)];
    let ycck = [light, blue, red, 255.0].map(|value| value.round() as u8);
    for (name, bytes) in
        [("CMYK", four_components([RED[0], RED[1], RED[2], 255], 0)), ("YCCK", four_components(ycck, 2))]
    {
        let image = decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Rgb(found) = *image.get_pixel(8, 8);
        assert!(found.iter().zip(RED).all(|(a, b)| a.abs_diff(b) < 6), "{name}: {found:?}");
    }
}

#[test]
fn pictures_that_are_not_read_are_named_with_what_to_do() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on";
    for (bytes, kind, says) in [
        (&heic[..], FileKind::Heic, "JPEG"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif....", FileKind::Avif, "PNG"),
        (b"GIF89a\x01\0\x01\0", FileKind::Gif, "PNG"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", FileKind::Bmp, "PNG"),
        (b"II*\0\x08\0\0\0", FileKind::Tiff, "PNG"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", FileKind::Svg, "PNG"),
        (b"%PDF-1.7", FileKind::Pdf, "PNG"),
        (b"PK\x03\x04 and so on", FileKind::Zip, "data set"),
    ] {
        let error = decode(bytes).expect_err("not read");
        assert_eq!(error, ImageError::PictureIs { kind }.into());
        assert!(error.to_string().contains(says), "{error}");
    }
    // In a data set they are left out, each with its reason, and all together in a note.
    let mut entries = classes("signs/", 0, 4);
    entries.extend((0..9).map(|i| stored(format!("signs/stop/IMG_{i}.HEIC"), heic)));
    entries.push(stored("signs/left/a.svg", b"<svg/>"));
    let data = opened("signs.zip", &entries);
    assert_eq!((data.report().used, data.report().skipped), (12, 10));
    let note = |n, name: &str, kind| Note::KindLeftOut { n, name: name.into(), kind };
    let expected = [note(9, "signs/stop/IMG_0.HEIC", FileKind::Heic), note(1, "signs/left/a.svg", FileKind::Svg)];
    assert_eq!(notes(&data), expected.iter().collect::<Vec<_>>());
}

#[test]
fn splits_are_known_by_a_word_wherever_they_lie() {
    for (train, test, more) in [
        ("training_set/training_set/", "test_set/test_set/", None),
        ("data/train/", "data/test/", Some("data/augmented/stop/1.ppm")),
        ("Train/", "Test/", Some("Meta/x/0.ppm")),
        ("seg_train/seg_train/", "seg_test/seg_test/", Some("seg_pred/seg_pred/1.ppm")),
        ("d/TrainImages/images/", "d/TestImages/images/", None),
        ("a/b/train2017/", "a/b/val2017/", None),
    ] {
        let mut entries = classes(train, 0, 20);
        entries.extend(classes(test, 100, 6));
        entries.extend(more.map(|name| entry(name, &ppm(250))));
        let data = opened("a.zip", &entries);
        assert_eq!(data.classes(), ["left", "stop", "yield"], "{train}");
        let second = if test.contains("val") { Split::Validation } else { Split::Test };
        assert_eq!(data.counts(second), [6; 3], "{train}");
        assert_eq!(data.len(Split::Train) + data.len(Split::Validation) + data.len(Split::Test), 78, "{train}");
        match more {
            None => assert_eq!(notes(&data), [] as [&Note; 0]),
            Some(name) => {
                let name = name.strip_prefix("data/").unwrap_or(name);
                let folders = name.split('/').next().expect("a folder").to_owned();
                assert_eq!(notes(&data), [&Note::FoldersLeftOut { folders, n: 1 }]);
            }
        }
    }
}

#[test]
fn archives_named_like_splits_are_splits() {
    let data = load(vec![archive("train.zip", &classes("", 0, 20)), archive("test.zip", &classes("", 100, 6))]);
    assert_eq!(data.expect("a data set").counts(Split::Test), [6; 3]);
    let folders =
        load(vec![archive("a.zip", &classes("x/train/", 0, 20)), archive("b.zip", &classes("x/valid/", 100, 6))]);
    assert_eq!(folders.expect("a data set").counts(Split::Validation), [6; 3]);
    // One alone is all there is.
    assert_eq!(opened("train.zip", &classes("train/", 0, 20)).counts(Split::Test), [3; 3]);
}

#[test]
fn classes_that_sound_like_splits_stay_classes() {
    let of = |names: [&str; 3]| -> Vec<Packed> {
        (0..24u8).map(|i| entry(format!("toys/{}/{i}.ppm", names[usize::from(i % 3)]), &ppm(i))).collect()
    };
    for names in [["bus", "car", "train"], ["crash test", "train station", "tunnel"], ["contest", "oval", "trainers"]] {
        assert_eq!(opened("toys.zip", &of(names)).classes(), names);
    }
}

#[test]
fn copies_in_two_splits_are_told_and_left_out_of_the_report() {
    let mut entries = classes("d/train/", 0, 20);
    // Of each class two that were learned and four that were not.
    for (class, name) in ["stop", "left", "yield"].iter().enumerate() {
        let first = class as u8 * 20;
        entries.extend([first, first + 1].map(|i| entry(format!("d/test/{name}/copy {i}.ppm"), &ppm(i))));
        entries.extend((0..4).map(|i| entry(format!("d/test/{name}/{i}.ppm"), &ppm(100 + class as u8 * 4 + i))));
    }
    let data = opened("leak.zip", &entries);
    assert_eq!((data.counts(Split::Test), data.left_out()), (vec![4; 3], 6));
    assert_eq!(data.len(Split::Train) + data.len(Split::Validation), 60);
    assert_eq!(notes(&data), [&Note::CopiesLeftOut { n: 6 }]);
    let mut source = Source::loaded(data);
    let name = source.name();
    assert!(name.ends_with("; 6 copies left out)"), "{name}");
    // Figures of before were measured on them, and can be measured again.
    source.as_recorded("another");
    assert_eq!(source.len(Split::Test), Some(12));
    let before = name.replace("; 6 copies left out", "");
    source.as_recorded(&before);
    assert_eq!((source.len(Split::Test), source.name()), (Some(18), before));
}

#[test]
fn a_picture_under_two_labels_is_told_and_measured_under_neither() {
    let mut entries = classes("d/train/", 0, 20);
    entries.extend(classes("d/test/", 100, 6));
    entries.push(entry("d/test/left/also a stop.ppm", &ppm(100)));
    let data = opened("two.zip", &entries);
    // "stop" has it too.
    assert_eq!(data.counts(Split::Test), [6, 5, 6]);
    let [Note::TwoLabels { n: 2, first, second }] = notes(&data)[..] else { panic!("{:?}", notes(&data)) };
    assert_eq!([first.as_str(), second].map(|name| ["left", "stop"].contains(&name)), [true; 2]);
    // Where the splits are dealt, as well.
    let mut entries = classes("d/", 0, 20);
    (0..20).for_each(|i| entries.push(entry(format!("d/left/again {i}.ppm"), &ppm(i))));
    let data = opened("two.zip", &entries);
    assert!(matches!(notes(&data)[..], [Note::TwoLabels { n: 40, .. }]), "{:?}", notes(&data));
    let stop = 1;
    assert_eq!(data.counts(Split::Test)[stop] + data.counts(Split::Validation)[stop], 0);
}

/// Roboflow's copies of one picture, moved and turned, would be learned and tested on.
#[test]
fn changed_copies_of_one_picture_are_one_track() {
    let one = |i: u8| {
        entry(format!("signs/{}/{}_jpg.rf.{i:032}.jpg.ppm", ["go", "stop"][usize::from(i % 2)], i / 6), &ppm(i))
    };
    let data = opened("roboflow.zip", &(0..120).map(one).collect::<Vec<_>>());
    let tracks = [Split::Train, Split::Validation, Split::Test].map(|split| (data.tracks(split), data.len(split)));
    assert_eq!(tracks.iter().map(|(tracks, _)| tracks).sum::<usize>(), 40);
    assert!(tracks.iter().all(|(tracks, n)| 3 * tracks == *n), "{tracks:?}");
}

#[test]
fn a_folder_with_everything_twice_counts_once() {
    let root = folder("twice").join("signs");
    let write = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    };
    for i in 0..20 {
        for top in ["Train", "train"] {
            write(&format!("{top}/stop/{i}.ppm"), &ppm(i));
            write(&format!("{top}/left/{i}.ppm"), &ppm(100 + i));
        }
        write(&format!("Test/stop/{i}.ppm"), &ppm(40 + i));
        write(&format!("Test/left/{i}.ppm"), &ppm(140 + i));
    }
    if std::fs::read_dir(&root).expect("a folder").count() < 3 {
        return; // This file system does not tell them apart.
    }
    let data = load(vec![disk::open(&root).expect("a folder")]).expect("a data set");
    assert_eq!((data.report().used, data.report().repeated), (80, 40));
    assert_eq!((data.name(), data.counts(Split::Test)), ("signs", vec![20, 20]));
    // Letters in capitals and small ones are two classes with files of the same names.
    let letters = ["A", "a"]
        .map(|letter| (0..20u8).map(move |i| (format!("{letter}/{i}.ppm"), if letter == "A" { i } else { 100 + i })));
    let letters: Vec<Packed> = letters.into_iter().flatten().map(|(path, i)| stored(path, &ppm(i))).collect();
    let data = opened("letters.zip", &letters);
    assert_eq!((data.classes().len(), data.report().used), (2, 40));
}

#[test]
fn archives_of_a_mac_open_with_their_ghosts() {
    let (picture, ghost) = (stored("", &ppm(1)), stored("", &[7; 120]));
    let named = |like: &Packed, name: String| Packed { name: name.into_bytes(), ..like.clone() };
    let mut entries = vec![named(&ghost, ".DS_Store".into()), named(&ghost, "Train/.DS_Store".into())];
    for i in 0..51_839 {
        let folder = if i < 39_209 { format!("Train/{}", i % 43) } else { "Test".into() };
        entries.push(named(&picture, format!("{folder}/{i}.png")));
        entries.push(named(&ghost, format!("__MACOSX/{folder}/._{i}.png")));
    }
    let archive = archive("mac.zip", &entries);
    assert_eq!((archive.list().len(), archive.ghosts()), (51_839, 51_841));
    // Over 65,535 entries the count at the end is cut off.
    let many: Vec<Packed> = (0..70_000).map(|i| named(&picture, format!("{}/{i}.ppm", i % 3))).collect();
    assert_eq!(Archive::open(Cursor::new(zip(&many))).expect("an archive").list().len(), 70_000);
    // They are counted with what is nobody's.
    let mut entries = classes("signs/", 0, 4);
    entries.extend((0..5).map(|i| named(&ghost, format!("__MACOSX/signs/stop/._{i}.ppm"))));
    assert_eq!(opened("signs.zip", &entries).report().ignored, 5);
}

#[test]
fn a_data_set_is_called_after_its_folder_or_its_file() {
    for (file, root, name) in [
        ("flags.zip", "", "flags"),
        ("C:\\Users\\me\\road signs.zip", "", "road signs"),
        ("download.zip", "my signs/", "my signs"),
        ("flags.zip", "data/images/", "flags"),
        ("archive.zip", "dataset/", "dataset"),
        ("", "", "Own pictures"),
    ] {
        assert_eq!(opened(file, &classes(root, 0, 4)).name(), name, "{file} {root}");
    }
    let file = folder("named").join("flags.zip");
    std::fs::write(&file, zip(&classes("", 0, 4))).expect("a file");
    assert_eq!(load(vec![disk::open(&file).expect("an archive")]).expect("a data set").name(), "flags");
}

#[test]
fn classes_are_matched_by_name_or_refused() {
    // By the signs' English names in alphabetical order: GTSRB's order all the same.
    let named = |names: &[String]| -> Source {
        let one = |(class, name): (usize, &String)| {
            let name = name.clone();
            (0..2).map(move |i| entry(format!("own/{name}/{i}.ppm"), &ppm(class as u8 * 2 + i)))
        };
        Source::loaded(opened("own43.zip", &names.iter().enumerate().flat_map(one).collect::<Vec<_>>()))
    };
    let mut english: Vec<String> = classes::NAMES.map(str::to_lowercase).to_vec();
    english.sort();
    let signs = named(&english);
    assert!(signs.signs());
    signs.fits_classes(&Classes::default()).expect("GTSRB's classes");

    // Numbers say which class they are, and that the tables are missing.
    let numbered = named(&(0..43).rev().map(|class| format!("{class:02}")).collect::<Vec<_>>());
    numbered.fits_classes(&Classes::default()).expect("GTSRB's numbers");
    assert_eq!(notes(numbered.dataset().expect("a data set")), [&Note::NumberedAsGtsrb]);

    // Others are other classes, though they are as many.
    let others = named(&(0..43).map(|i| format!("sign {i}")).collect::<Vec<_>>());
    let error = others.fits_classes(&Classes::default()).expect_err("other classes");
    let expected = StateError::OtherClassNames { number: 0, knows: "Speed limit 20".into(), has: "sign 0".into() };
    assert_eq!(error, expected.into());
    let names = |list: &[&str]| Classes::from(list.iter().map(ToString::to_string).collect::<Vec<_>>());
    let three = Source::loaded(opened("three.zip", &classes("signs/", 0, 4)));
    three.fits_classes(&names(&["Left", "stop", "yield"])).expect("the same");
    assert!(three.fits_classes(&names(&["stop", "left", "yield"])).is_err(), "another order");
    three.fits_classes(&3.into()).expect("a network that does not name them");
    assert!(three.fits_classes(&4.into()).is_err());
}

#[test]
fn the_wrong_file_is_told_what_it_is() {
    let root = folder("wrong");
    for (name, bytes, kind) in [
        ("net.h5", b"\x89HDF\r\n\x1a\n....".to_vec(), FileKind::Keras),
        ("net.keras", zip(&[stored("config.json", b"{}"), stored("model.weights.h5", b"")]), FileKind::Keras),
        ("net.pth", zip(&[stored("net/data.pkl", b""), stored("net/data/0", b"")]), FileKind::PyTorch),
        ("net.onnx", b"\x08\x08\x12\x07pytorch".to_vec(), FileKind::Onnx),
        ("x.npz", zip(&[stored("x.npy", b"\x93NUMPY"), stored("y.npy", b"\x93NUMPY")]), FileKind::Numpy),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), FileKind::SevenZip),
        ("a.rar", b"Rar!\x1a\x07\x01\0".to_vec(), FileKind::Rar),
        ("a.tar.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), FileKind::Tar),
        ("train.p", b"\x80\x03}q\0".to_vec(), FileKind::Pickle),
        (
            "traffic-signs-data.zip",
            zip(&["train.p", "valid.p", "test.p"].map(|name| stored(name, b""))),
            FileKind::Pickle,
        ),
        ("fool-the-sign.zip", zip(&[stored("fool-the-sign.json", b"{}")]), FileKind::KeptWork),
        (
            "model.zip",
            zip(&["model.json", "weights.bin", "metadata.json"].map(|name| stored(name, b""))),
            FileKind::TeachableMachine,
        ),
        ("lenet.safetensors", std::fs::read("data/weights/lenet.safetensors").expect("weights"), FileKind::Safetensors),
        ("login.zip", b"<!DOCTYPE html><title>Sign in</title>".to_vec(), FileKind::WebPage),
    ] {
        let file = root.join(name);
        std::fs::write(&file, &bytes).expect("a file");
        // As a data set.
        let error = disk::open(&file).and_then(|files| load(vec![files])).expect_err(name);
        let error = match error {
            Error::Data(DataError::ArchiveUnusable { error, .. }) => *error,
            error => error,
        };
        assert_eq!(error, DataError::DataIs { kind }.into(), "{name}");
        // As a photo, and as weights.
        let zipped = bytes.starts_with(b"PK");
        let error = decode(&bytes).expect_err(name);
        assert!(
            matches!(error, Error::Image(ImageError::PictureIs { kind: found }) if found == kind || zipped),
            "{name}: {error}"
        );
        if kind != FileKind::Safetensors {
            let error = weights::read(&bytes, None, &device::cpu()).expect_err(name);
            assert!(
                matches!(error, Error::Weights(WeightsError::WeightsAre { kind: found }) if found == kind || zipped),
                "{name}: {error}"
            );
        }
    }
}

#[test]
fn names_are_compared_as_people_see_them() {
    let composed = |i: u8| entry(format!("signs/Überholverbot/{i}.ppm"), &ppm(i));
    let apart = |i: u8| entry(format!("signs/U\u{308}berholverbot/mac {i}.ppm"), &ppm(50 + i));
    let other = |i: u8| entry(format!("signs/Stop/{i}.ppm"), &ppm(100 + i));
    let windows: Vec<Packed> = (0..10).map(composed).chain((0..10).map(other)).collect();
    let mac: Vec<Packed> = (0..10).map(apart).collect();
    let data = load(vec![archive("windows.zip", &windows), archive("mac.zip", &mac)]).expect("a data set");
    assert_eq!(data.classes(), ["Stop", "Überholverbot"]);
    // So are capitals, where they do not part folders that lie beside one another.
    let mut entries = classes("d/train/", 0, 10);
    entries.extend((0..6).map(|i| entry(format!("d/test/STOP/{i}.ppm"), &ppm(200 + i))));
    assert_eq!(opened("a.zip", &entries).classes(), ["left", "stop", "yield"]);
}

/// Tables that name pictures `0` to `5` of two classes, written in many ways.
#[test]
fn tables_are_understood_however_they_were_written_and_moved() {
    let table = |file: &dyn Fn(u8) -> String| -> String {
        (0..12).fold("Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\n".into(), |text: String, i| {
            format!("{text}9,7,1,1,8,6,{},{}\n", i % 2, file(i))
        })
    };
    let picture = |i: u8| format!("{:05}_{:05}_00000.png", i % 2, i);
    let pictures =
        || (0..12).map(|i| entry(format!("Train/{}/{}", i % 2, picture(i)), &ppm(20 * i))).collect::<Vec<_>>();
    let plain = table(&|i| format!("Train/{}/{}", i % 2, picture(i)));
    let utf16 = |text: &str| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let files: Vec<(&str, &str, Vec<u8>)> = vec![
        ("as it is", "Train.csv", plain.clone().into_bytes()),
        ("from Windows", "Train.csv", table(&|i| format!("C:\\data\\Train\\{}\\{}", i % 2, picture(i))).into_bytes()),
        ("from Colab", "Train.csv", table(&|i| format!("/content/gtsrb/Train/{}/{}", i % 2, picture(i))).into_bytes()),
        ("moved", "tables/labels.csv", plain.clone().into_bytes()),
        ("names alone", "Train.csv", table(&picture).into_bytes()),
        ("before they were converted", "Train.csv", plain.replace(".png", ".ppm").into_bytes()),
        ("numbers of pandas", "Train.csv", plain.replace(",1,1,8,6,", ",1.0,1.0,8.0,6.0,").into_bytes()),
        (
            "semicolons and commas",
            "Train.csv",
            plain.replace(',', ";").replace(";1;1;8;6;", ";1,0;1,0;8,0;6,0;").into_bytes(),
        ),
        ("from Excel", "Train.csv", utf16(&plain.replace(',', "\t"))),
        ("told its separator", "Train.csv", format!("sep=;\r\n{}", plain.replace(',', ";")).into_bytes()),
        (
            "other headers",
            "Train.tsv",
            plain.replace("Roi.", "roi_").replace("ClassId,Path", "class_id,file_name").into_bytes(),
        ),
        ("Latin letters", "Train.csv", [plain.as_bytes(), b"9,7,1,1,8,6,1,Train/1/Stra\xdfe.png\n"].concat()),
    ];
    for (name, path, bytes) in files {
        let mut entries = pictures();
        entries.push(stored(path, &bytes));
        let data = opened("archive.zip", &entries);
        assert_eq!(
            (data.name(), data.report().used, data.report().skipped),
            ("GTSRB", 12, 0),
            "{name}: {:?}",
            data.report()
        );
        assert_eq!(data.counts(Split::Train)[0] + data.counts(Split::Validation)[0], 6, "{name}");
    }
    // The table beside the archive, as a file of its own.
    let root = folder("beside");
    std::fs::write(root.join("Train.csv"), &plain).expect("a file");
    std::fs::write(root.join("archive.zip"), zip(&pictures())).expect("a file");
    let origins = ["Train.csv", "archive.zip"].map(|name| disk::open(&root.join(name)).expect(name));
    assert_eq!(load(origins.into()).expect("a data set").name(), "GTSRB");
    // Tables of each class, gathered in one folder: the class says which of the pictures of one name is meant.
    let mut entries = vec![];
    for class in 0..2u8 {
        let mut text = String::from("Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n");
        for i in 0..6u8 {
            text += &format!("{i:05}_00000.ppm;1;1;8;6;{class}\n");
            entries.push(entry(format!("Images/{class:05}/{i:05}_00000.ppm"), &ppm(20 * i + class)));
        }
        entries.push(entry(format!("csv/GT-{class:05}.csv"), text.as_bytes()));
    }
    let data = opened("gathered.zip", &entries);
    assert_eq!((data.name(), data.report().used, data.report().skipped), ("GTSRB", 12, 0));
    assert!(Table::parse(&utf16("Path,ClassId\n")).is_none());
}

/// The double tables of Kaggle's archive, unpacked where capitals count.
#[test]
fn gtsrb_with_every_folder_twice_counts_once() {
    let mut entries = vec![];
    for top in ["Train", "train"] {
        for i in 0..12u8 {
            // Not the same bytes: of such the archive itself keeps one.
            let mut picture = ppm(20 * i);
            picture.push(top.as_bytes()[0]);
            entries.push(entry(format!("{top}/{}/{:05}_{i:05}_00000.ppm", i % 2, i % 2), &picture));
        }
    }
    let rows = (0..12).map(|i| format!("1,1,8,6,{},Train/{}/{:05}_{i:05}_00000.ppm\n", i % 2, i % 2, i % 2));
    let table = format!("Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\n{}", rows.collect::<String>());
    entries.push(entry("Train.csv", table.as_bytes()));
    let data = opened("archive.zip", &entries);
    assert_eq!((data.report().used, data.report().repeated, data.report().skipped), (12, 12, 0), "{:?}", data.report());
}

#[test]
fn other_benchmarks_in_gtsrbs_layout_keep_their_classes() {
    let mut entries = vec![];
    for (part, frames) in [("Training", 3), ("Testing", 1)] {
        for (place, class) in [(0, 0u8), (1, 7), (2, 61)] {
            let mut table = String::from("Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n");
            for i in 0..4 * frames {
                let name = format!("{:05}_{:05}.ppm", i / frames, i % frames);
                table += &format!("{name};9;7;1;1;8;6;{class}\r\n");
                let look = place * 25 + i + if part == "Testing" { 100 } else { 0 };
                entries.push(entry(format!("{part}/{class:05}/{name}"), &ppm(look)));
            }
            entries.push(entry(format!("{part}/{class:05}/GT-{class:05}.csv"), table.as_bytes()));
        }
    }
    let data = opened("BelgiumTSC.zip", &entries);
    assert_eq!((data.name(), data.classes()), ("BelgiumTSC", ["0", "7", "61"].map(String::from).as_slice()));
    assert_eq!(data.report().skipped, 0, "{:?}", data.report());
    assert!(notes(&data).contains(&&Note::OtherBenchmark), "{:?}", notes(&data));
    assert!(data.len(Split::Test) > 6 && data.counts(Split::Test).len() == 3);
    assert!(data.tracks(Split::Train) + data.tracks(Split::Validation) == 12, "frames of one sign stay together");
}

#[test]
fn the_online_test_set_is_told_and_keeps_its_numbers() {
    let row = |name: &str, class: u8| format!("{name};9;7;1;1;8;6;{class}\r\n");
    let head = "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n";
    let training: Vec<Packed> = (0..2u8)
        .flat_map(|class| {
            let names = (0..6u8).map(|i| format!("{i:05}_00000.ppm"));
            let table: String = names.clone().map(|name| row(&name, class)).collect();
            let folder = format!("GTSRB/Final_Training/Images/{class:05}");
            let pictures =
                names.enumerate().map(|(i, name)| entry(format!("{folder}/{name}"), &ppm(class * 100 + i as u8)));
            let table = entry(format!("{folder}/GT-{class:05}.csv"), format!("{head}{table}").as_bytes());
            pictures.chain([table]).collect::<Vec<_>>()
        })
        .collect();
    let tests = |part: &str, looks: [u8; 3], classes: [u8; 3]| -> (Vec<Packed>, Vec<Packed>) {
        let folder = format!("GTSRB/{part}/Images");
        let pictures = (0..3).map(|i| entry(format!("{folder}/{i:05}.ppm"), &ppm(looks[i]))).collect();
        let rows: String = (0..3).map(|i| row(&format!("{i:05}.ppm"), classes[i])).collect();
        (pictures, vec![entry(format!("GT-{part}.csv"), format!("{head}{rows}").as_bytes())])
    };
    // Two of the online pictures are training pictures; all numbers are those of other pictures of the final set.
    let (online, online_table) = tests("Online-Test", [0, 101, 220], [0, 1, 1]);
    let (last, last_table) = tests("Final_Test", [60, 61, 160], [0, 0, 1]);
    let origins = [&training, &online, &online_table].map(|entries| archive("", entries));
    let data = load(origins.into()).expect("a data set");
    assert_eq!(data.counts(Split::Test)[..2], [0, 1]);
    assert_eq!(notes(&data), [&Note::OnlineTest { n: 3 }, &Note::CopiesLeftOut { n: 2 }]);
    let all = [&training, &online, &online_table, &last, &last_table].map(|entries| archive("", entries));
    let data = load(all.into()).expect("a data set");
    assert_eq!((data.report().repeated, &data.counts(Split::Test)[..2]), (0, &[2, 2][..]));
    let origins = [&training, &last, &last_table].map(|entries| archive("", entries));
    assert_eq!(notes(&load(origins.into()).expect("a data set")), [] as [&Note; 0]);
}

/// Where there are few classes, a ratio of logits has no meaning: nothing is robust because an attack has no gradient.
#[test]
fn attacks_on_two_or_three_classes_are_right_or_refused() {
    let of = |loss| Attack::Apgd(Apgd { loss, ..Apgd::default() });
    for (loss, classes, right) in [
        (ApgdLoss::Ce, 2, true),
        (ApgdLoss::Dlr, 2, false),
        (ApgdLoss::Dlr, 3, true),
        (ApgdLoss::DlrTargeted, 3, false),
        (ApgdLoss::DlrTargeted, 4, true),
    ] {
        let result = of(loss).validate_for(Goal::Untargeted, classes);
        assert_eq!(result.is_ok(), right, "{loss:?} {classes}");
        if let Err(error) = result {
            assert!(error.to_string().contains("has to be \"ce\""), "{error}");
        }
    }
    for classes in [2, 3, 4, 43] {
        for member in Attack::from(AutoAttack::default()).members(Goal::Untargeted, classes) {
            member.validate_for(Goal::Untargeted, classes).expect("a member that these classes allow");
        }
    }
}
