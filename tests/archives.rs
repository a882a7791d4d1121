//! Data sets as people have them, and as nobody should: the good ones load, the bad ones end in a sentence, and no byte
//! sequence panics.
#![cfg(not(target_family = "wasm"))]

#[path = "packing/hostile.rs"]
mod hostile;
mod packing;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use fool_the_sign::data::archive::Archive;
use fool_the_sign::data::dataset::Dataset;
use fool_the_sign::data::disk;
use fool_the_sign::data::files::{Files, Listed};
use fool_the_sign::data::gtsrb::Table;
use fool_the_sign::data::loader::{Loader, Options};
use fool_the_sign::data::report::Note;
use fool_the_sign::data::split::SPLITS;
use fool_the_sign::data::split::Split;
use fool_the_sign::rng::Rng;
use fool_the_sign::{Error, ErrorKind, Result};
use packing::{entry, ppm, stored, zip};

/// Reads to the end, as a front end does.
fn load(sources: Vec<Box<dyn Files>>, options: Options) -> Result<Dataset> {
    let mut loader = Loader::new(sources, options)?;
    let mut before = 0;
    loop {
        let progress = loader.step(7)?;
        assert!(progress.done <= progress.total && progress.bytes <= progress.bytes_total, "{progress:?}");
        assert!(progress.finished || progress.done > before, "{progress:?}");
        before = progress.done;
        if progress.finished {
            return loader.finish();
        }
    }
}

fn open(bytes: &[u8]) -> Result<Box<dyn Files>> {
    Ok(Box::new(Archive::open(Cursor::new(bytes.to_vec()))?))
}

fn load_bytes(bytes: &[u8]) -> Result<Dataset> {
    load(vec![open(bytes)?], Options::default())
}

fn load_files(folder: &Path, names: &[&str], options: Options) -> Dataset {
    let sources = names.iter().map(|name| disk::open(&folder.join(name))).collect::<Result<_>>();
    load(sources.unwrap_or_else(|error| panic!("{error}")), options).unwrap_or_else(|error| panic!("{error}"))
}

/// A refusal is one or two short sentences without control characters.
fn assert_sentence(name: &str, error: &Error) {
    let text = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Data, "{name}: {text}");
    assert!(text.ends_with('.') && text.chars().count() < 320, "{name}: {text}");
    assert!(text.chars().next().is_some_and(char::is_uppercase), "{name}: {text}");
    assert!(!text.chars().any(char::is_control), "{name}: {text:?}");
}

/// Where real pictures may lie.
fn gtsrb() -> PathBuf {
    let beside = || PathBuf::from("../shared/gtsrb");
    std::env::var_os("GTSRB_DIR").filter(|value| !value.is_empty()).map_or_else(beside, PathBuf::from)
}

const OFFICIAL: [&str; 3] =
    ["GTSRB_Final_Training_Images.zip", "GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_GT.zip"];

#[test]
fn the_samples_of_gtsrb_load_alike_in_both_packings() {
    let folder = gtsrb().join("sample");
    if !folder.join("kaggle-archive.zip").exists() {
        println!("skipped: no sample archives in {}; set GTSRB_DIR to the folder above them", folder.display());
        return;
    }
    let official = load_files(&folder, &OFFICIAL, Options::default());
    let kaggle = load_files(&folder, &["kaggle-archive.zip"], Options::default());
    for data in [&official, &kaggle] {
        assert_eq!((data.name(), data.classes().len()), ("GTSRB", 43));
        assert_eq!(data.classes()[14], "Stop");
        let counts = data.counts(Split::Train);
        assert_eq!((counts[0], counts[14], counts.iter().sum::<usize>()), (30, 30, 60));
        // One track a class: there is none to spare.
        assert_eq!((data.len(Split::Validation), data.len(Split::Test)), (0, 40));
        assert_eq!((data.report().used, data.report().skipped), (100, 0), "{:?}", data.report());
    }
    // The icons in `Meta`, and the tables that are not about pictures.
    assert!(kaggle.report().ignored >= 44, "{:?}", kaggle.report());
    assert_eq!(official.fingerprint(), kaggle.fingerprint());
    assert_eq!(official.sample(Split::Test, 3), kaggle.sample(Split::Test, 3));

    let whole = load_files(&folder, &OFFICIAL, Options { crop: false, ..Options::default() });
    assert_ne!(whole.fingerprint(), official.fingerprint());
    assert_eq!(whole.counts(Split::Test), official.counts(Split::Test));

    let both = load_files(&folder, &[OFFICIAL[0], "kaggle-archive.zip", OFFICIAL[0]], Options::default());
    assert_eq!((both.fingerprint(), both.report().repeated), (official.fingerprint(), 120));

    let without = load_files(&folder, &OFFICIAL[..2], Options::default());
    assert_eq!(without.len(Split::Test), 0);
    assert!(without.report().notes.iter().any(|note| note.message.contains("Add it")), "{:?}", without.report());
}

#[test]
fn the_whole_of_gtsrb_loads() {
    let folder = gtsrb();
    if !folder.join(OFFICIAL[0]).exists() {
        println!("skipped: {} is not in {}; `rebuild` writes it", OFFICIAL[0], folder.display());
        return;
    }
    let start = std::time::Instant::now();
    let data = load_files(&folder, &OFFICIAL, Options::default());
    println!("39,209 + 12,630 pictures in {:.1} s", start.elapsed().as_secs_f64());
    assert_eq!(data.len(Split::Train) + data.len(Split::Validation), 39_209);
    // Eight are training pictures too.
    assert_eq!((data.len(Split::Test), data.left_out()), (12_622, 8));
    assert_eq!(data.report().notes, [Note::CopiesLeftOut { n: 8 }.into()]);
    assert_eq!(data.report().skipped, 0, "{:?}", data.report());
    assert_eq!(data.tracks(Split::Train) + data.tracks(Split::Validation), 1307);
    let (train, validation) = (data.counts(Split::Train), data.counts(Split::Validation));
    for (class, (train, validation)) in train.iter().zip(&validation).enumerate() {
        let (all, part) = (train + validation, *validation as f32 / (train + validation) as f32);
        assert!((210..=2250).contains(&all) && (0.1..0.21).contains(&part), "class {class}: {all}, {part}");
    }
    if folder.join("kaggle-archive.zip").exists() {
        let start = std::time::Instant::now();
        let kaggle = load_files(&folder, &["kaggle-archive.zip"], Options::default());
        println!("the same from Kaggle's archive in {:.1} s", start.elapsed().as_secs_f64());
        assert_eq!(kaggle.fingerprint(), data.fingerprint());
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("").trim();
        println!("peak memory {peak}");
        let kilobytes: u64 = peak.trim_end_matches(" kB").parse().unwrap_or(0);
        assert!(kilobytes < 600_000, "{peak}");
    }
}

#[test]
fn folders_of_classes_load() {
    let good = |name: &str| std::fs::read(Path::new("tests/fixtures/good").join(name)).expect("a fixture");
    let long = "l".repeat(4000);
    let mut entries = vec![
        entry("my signs/", b""),
        entry("my signs/.DS_Store", b"junk"),
        entry("__MACOSX/my signs/10/._a.png", b"junk"),
        entry("my signs/Thumbs.db", b"junk"),
        entry("my signs/on top.png", &good("stop.png")),
        entry("my signs/10/a.png", &good("stop.png")),
        entry("my signs/10/b.jpg", &good("turned.jpg")),
        stored("my signs/9/deeper/c.webp", &good("stop-lossy.webp")),
        entry("my signs/9/d.gif", b"GIF89a"),
        entry(format!("my signs/<b>{long}/e.ppm"), &ppm(1)),
        entry("my signs/x\u{202e}y\u{0}/f.ppm", &ppm(2)),
        entry("my signs/xy/g.ppm", &ppm(3)),
        entry("my signs/\u{200f}/h.ppm", &ppm(4)),
        entry(b"my signs/\x9aber/i.ppm", &ppm(5)),
    ];
    // No name of a file may hold a zero.
    entries[10].name = "my signs/x\u{202e}y/f.ppm".into();
    let data = load_bytes(&zip(&entries)).unwrap_or_else(|error| panic!("{error}"));
    let short: Vec<String> = data.classes().iter().map(|name| name.chars().take(5).collect()).collect();
    assert_eq!(data.name(), "my signs");
    assert_eq!(short, ["9", "10", "Unnam", "<b>ll", "xy", "xy (2", "Über"]);
    assert!(data.classes().iter().all(|name| name.chars().count() <= 60));
    assert_eq!(data.counts(Split::Train).iter().sum::<usize>(), 7);
    assert_eq!(data.counts(Split::Validation)[1], 1);
    let report = data.report();
    assert_eq!((report.used, report.skipped, report.ignored), (8, 2, 3), "{report:?}");
    assert!(report.list.iter().any(|skipped| skipped.name.ends_with("on top.png")), "{report:?}");
    assert!(report.list.iter().any(|skipped| skipped.reason.message.contains("GIF")), "{report:?}");
    assert!(
        report.notes.iter().any(|note| note.message.starts_with("1 file like my signs/9/d.gif was left out.")),
        "{report:?}"
    );
}

#[test]
fn folders_named_like_splits_are_splits() {
    let picture = |i: u8| {
        let split = ["train", "Validation", "test"][usize::from(i % 3)];
        entry(format!("data/{split}/{}/{i}.ppm", ["a", "b"][usize::from(i / 3 % 2)]), &ppm(i))
    };
    let data = load_bytes(&zip(&(0..24).map(picture).collect::<Vec<_>>())).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((data.name(), data.classes()), ("data", ["a".to_string(), "b".to_string()].as_slice()));
    for split in SPLITS {
        assert_eq!(data.counts(split), [4, 4], "{split:?}");
    }
}

#[test]
fn a_folder_of_the_file_system_is_as_good_as_an_archive() {
    let root = std::env::temp_dir().join(format!("fool-the-sign-{}", std::process::id()));
    for i in 0..40u8 {
        let folder = root.join(["go", "stop"][usize::from(i % 2)]);
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        std::fs::write(folder.join(format!("{i}.ppm")), ppm(i)).expect("a temporary file");
    }
    std::fs::create_dir_all(root.join(".git")).expect("a temporary folder");
    std::fs::write(root.join(".git/a.png"), b"hidden").expect("a temporary file");
    let loaded = disk::open(&root).and_then(|folder| load(vec![folder], Options::default()));
    std::fs::remove_dir_all(&root).expect("the temporary folder");
    let data = loaded.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((data.counts(Split::Train), data.counts(Split::Test)), (vec![14, 14], vec![3, 3]));
    assert_eq!(data.report().skipped, 0);

    let packed: Vec<_> =
        (0..40u8).map(|i| entry(format!("{}/{i}.ppm", ["go", "stop"][usize::from(i % 2)]), &ppm(i))).collect();
    let archive = load_bytes(&zip(&packed)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(archive.fingerprint(), data.fingerprint());
    assert_sentence("missing", &disk::open(&root).err().expect("it is gone"));
}

#[test]
fn bad_pictures_do_not_cost_the_good_ones() {
    let mut entries: Vec<_> =
        (0..200u8).map(|i| entry(format!("{}/{i}.ppm", ["go", "stop"][usize::from(i % 2)]), &ppm(i))).collect();
    for (i, bad) in entries.iter_mut().step_by(20).enumerate() {
        match i % 5 {
            0 => bad.crc ^= 1,
            1 => *bad = entry(&bad.name, b"P6\n9 7\n255\n..."),
            2 => *bad = entry(&bad.name, b""),
            3 => bad.size = 2_000_000_000,
            _ => bad.bytes.fill(0xff),
        }
    }
    let data = load_bytes(&zip(&entries)).unwrap_or_else(|error| panic!("{error}"));
    let report = data.report();
    assert_eq!((report.used, report.skipped, report.list.len()), (190, 10, 10), "{report:?}");
    for skipped in &report.list {
        assert!(skipped.name.contains('/') && skipped.reason.message.ends_with('.'), "{skipped:?}");
    }
}

#[test]
fn classes_without_a_usable_picture_are_named() {
    let mut entries = hostile::honest();
    entries.extend([entry("signs/wait/1.ppm", b"P6"), entry("signs/yield/1.ppm", b"")]);
    let data = load_bytes(&zip(&entries)).unwrap_or_else(|error| panic!("{error}"));
    let empty = Note::ClassesWithoutPictures { classes: "wait, yield".into() };
    assert_eq!(data.report().notes, [empty.into()]);
    assert_eq!(data.report().notes[0].message, "No picture could be used of: wait, yield.");
    assert_eq!(data.classes().len(), 4);
    let error = load_bytes(&zip(&[entries[0].clone(), entries[7].clone()])).unwrap_err();
    assert_sentence("one class left", &error);
    assert!(error.to_string().starts_with("Only pictures of one class"), "{error}");
}

/// Sizes are a claim; a front end's own source may claim anything.
#[test]
fn absurd_sizes_are_only_numbers() {
    struct Claims(Vec<Listed>);
    impl Files for Claims {
        fn list(&self) -> &[Listed] {
            &self.0
        }

        fn read(&mut self, index: usize, into: &mut Vec<u8>) -> Result<()> {
            *into = ppm(index as u8);
            Ok(())
        }
    }
    let file = |i: usize| Listed { path: format!("{}/{i}.ppm", ["go", "stop"][i % 2]), size: u64::MAX - i as u64 };
    let data = load(vec![Box::new(Claims((0..30).map(file).collect()))], Options::default());
    assert_eq!(data.unwrap_or_else(|error| panic!("{error}")).report().used, 30);
}

/// `BLESS=1 cargo test --test archives` writes them to `tests/fixtures/bad-archives`, for tests of the page.
#[test]
fn hostile_archives_end_in_a_sentence() {
    let folder = Path::new("tests/fixtures/bad-archives");
    let archives = hostile::archives();
    for (name, bytes, expected) in &archives {
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join(name), bytes)).expect("a file");
        }
        // What is in the repository may have been packed by an older version of the packer.
        for (from, bytes) in [("made", Ok(bytes.clone())), ("kept", std::fs::read(folder.join(name)))] {
            let name = format!("{name}, {from}");
            let bytes = bytes.unwrap_or_else(|error| panic!("{name}: {error}"));
            match load_bytes(&bytes) {
                Ok(data) => panic!("{name} loaded: {:?}", data.report()),
                Err(error) => {
                    assert_sentence(&name, &error);
                    assert!(error.to_string().contains(expected), "{name}: {error}");
                }
            }
        }
    }
    let kept = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(kept, archives.len());
}

#[test]
fn entries_are_counted_as_names_whatever_their_case() {
    let empty = stored("", b"");
    let named = |name: String| packing::Packed { name: name.into_bytes(), ..empty.clone() };
    let error =
        open(&zip(&(0..1_000_001).map(|i| named(format!("{i}.txt"))).collect::<Vec<_>>())).err().expect("too many");
    assert_sentence("1,000,001 entries", &error);
    assert!(error.to_string().contains("1000001 entries"), "{error}");
    // GTSRB with everything twice is still within the limit.
    let twice = (0..51_000).flat_map(|i| [named(format!("A/{i}.txt")), named(format!("a/{i}.TXT"))]);
    let archive = open(&zip(&twice.collect::<Vec<_>>())).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((archive.list().len(), archive.repeated()), (51_000, 51_000));
}

/// A small GTSRB in the official packing: two tracks a class.
fn small_gtsrb() -> Vec<u8> {
    let mut entries = Vec::new();
    for class in 0..2u8 {
        let mut table = String::from("Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n");
        for i in 0..6u8 {
            let name = format!("{:05}_{:05}.ppm", i / 3, i % 3);
            table += &format!("{name};9;7;1;1;8;6;{class}\r\n");
            entries.push(entry(format!("GTSRB/Training/{class:05}/{name}"), &ppm(40 * class + i)));
        }
        entries.push(entry(format!("GTSRB/Training/{class:05}/GT-{class:05}.csv"), table.as_bytes()));
    }
    zip(&entries)
}

#[test]
fn every_truncation_is_survived() {
    let data = load_bytes(&small_gtsrb()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((data.tracks(Split::Train), data.tracks(Split::Validation)), (2, 2));
    for whole in [small_gtsrb(), zip(&hostile::honest())] {
        for length in 0..whole.len() {
            if let Err(error) = load_bytes(&whole[..length]) {
                assert_sentence(&format!("cut to {length}"), &error);
            }
        }
    }
}

#[test]
fn random_mutations_are_survived() {
    let mut rng = Rng::new(7);
    let mut loaded = 0;
    for whole in [small_gtsrb(), zip(&hostile::honest())] {
        for round in 0..3000 {
            let mut mutated = whole.clone();
            for _ in 0..=rng.below(6) {
                // Half of them where the entries are listed, which is what matters.
                let from = if rng.chance(0.5) { whole.len() * 2 / 3 } else { 0 };
                let at = from + rng.below(mutated.len() - from);
                mutated[at] = rng.below(256) as u8;
            }
            match load_bytes(&mutated) {
                Ok(_) => loaded += 1,
                Err(error) => assert_sentence(&format!("mutation {round}"), &error),
            }
        }
    }
    assert!(loaded > 100, "{loaded}");
}

#[test]
fn tables_are_read_however_they_are_written() {
    let rows = |text: &str| {
        let table = Table::parse(text.as_bytes())?;
        Some(table.rows.iter().map(|row| (row.file.clone(), row.region.map(|r| (r.x, r.width)), row.class)).collect())
    };
    let row = |file: &str, region, class| (file.to_string(), region, class);
    for (text, expected) in [
        ("", None),
        ("\n\n", None),
        // Kaggle's table of icons has classes as well; only the region of interest tells.
        ("Path,ClassId,ShapeId\nMeta/0.png,0,1\n", None),
        ("Path,ClassId,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2\n", Some(vec![])),
        ("SignId,Name\n1,a\n", None),
        (
            "Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\na.ppm;1;2;5;6;7\r\n",
            Some(vec![row("a.ppm", Some((1, 4)), Some(7))]),
        ),
        (
            "\u{feff}path , classid,roi.x1,roi.y1,roi.x2,roi.y2\n\"b, c.png\" , 3\n",
            Some(vec![row("b, c.png", None, Some(3))]),
        ),
        // Lines that make no sense, and one that does.
        (
            "Filename\tClassId\tRoi.X1\tRoi.Y1\tRoi.X2\tRoi.Y2\nx\n\t4\ny\t-1\nz\t99999999999\nw\t5\t1\t1\t2\t2\textra\n",
            Some(vec![
                row("x", None, None),
                row("y", None, None),
                row("z", None, None),
                row("w", Some((1, 1)), Some(5)),
            ]),
        ),
        ("Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2\na;9;9;3;3\n", Some(vec![row("a", None, None)])),
    ] {
        assert_eq!(rows(text), expected, "{text:?}");
    }
    let mut rng = Rng::new(3);
    for _ in 0..2000 {
        let mut text =
            b"Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\na.ppm;1;2;5;6;7\r\n\"b\";1;1;9;9;3\r\n".to_vec();
        (0..rng.below(6)).for_each(|_| {
            let at = rng.below(text.len());
            text[at] = rng.below(256) as u8;
        });
        text.truncate(rng.below(text.len() + 1));
        let _ = Table::parse(&text);
    }
}
