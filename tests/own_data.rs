//! A data set of one's own through a whole session: read, learned, measured, given up; and what does not fit it.
#![cfg(not(target_family = "wasm"))]

use std::path::{Path, PathBuf};

use fool_the_sign::attack::{Attack, Fgsm};
use fool_the_sign::data::batch::Sample;
use fool_the_sign::data::disk;
use fool_the_sign::data::loader::{Loader, Options};
use fool_the_sign::data::report::Note;
use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::device::Compute;
use fool_the_sign::error::{Purpose, StateError};
use fool_the_sign::eval::checks::CheckConfig;
use fool_the_sign::eval::evaluation::{Case, EvaluationConfig, Share};
use fool_the_sign::eval::roc::RocConfig;
use fool_the_sign::protocol::{Command, DataInfo, Event, JobKind, JobState, ModelInfo, Told};
use fool_the_sign::session::Session;
use fool_the_sign::train::classifier::TrainConfig;
use fool_the_sign::train::purifier::PurifierConfig;
use fool_the_sign::train::trainer::Schedule;
use fool_the_sign::{Error, ErrorKind};
use pollster::block_on;

/// Flags of three kinds, 40 of each and 20 × 30 pixels large, no two alike; one file is damaged.
fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("Flags");
    for (class, colour) in [("Red", [220, 30, 30]), ("Green", [30, 200, 40]), ("Blue <b>", [20, 40, 230u8])] {
        let folder = root.join(class);
        std::fs::create_dir_all(&folder).expect("a folder");
        for i in 0..40u8 {
            let pixel = |at: u32| colour.map(|value| value.saturating_add(i).wrapping_sub((at % 7) as u8));
            let mut file = b"P6\n20 30\n255\n".to_vec();
            file.extend((0..600).flat_map(pixel));
            std::fs::write(folder.join(format!("{i}.ppm")), file).expect("a file");
        }
    }
    std::fs::write(root.join("Red/damaged.png"), b"\x89PNG\r\n\x1a\n and no more").expect("a file");
    root
}

fn source(name: &str) -> Source {
    let mut loader =
        Loader::new(vec![disk::open(&folder(name)).expect("a folder")], Options::default()).expect("files");
    while !loader.step(1000).expect("a data set").finished {}
    Source::loaded(loader.finish().expect("pictures"))
}

struct User(Session);

impl User {
    fn ask(&mut self, command: Command) -> Vec<Event> {
        let mut events = events_of(block_on(self.0.handle(1, command)));
        events.extend(self.finish());
        events
    }

    /// What images come from, as a page learns it when it begins.
    fn data(&self) -> DataInfo {
        data(&events_of(self.0.ready())).clone()
    }

    fn finish(&mut self) -> Vec<Event> {
        let mut events = vec![];
        while self.0.busy() {
            events.extend(events_of(block_on(self.0.step())));
        }
        events
    }

    fn refused(&mut self, command: Command) -> Error {
        match self.ask(command).as_slice() {
            [Event::Error(error)] => error.what.clone(),
            other => panic!("expected one error, got {other:?}"),
        }
    }
}

fn events_of(told: Vec<Told>) -> Vec<Event> {
    told.into_iter().map(|told| told.event).collect()
}

fn data(events: &[Event]) -> &DataInfo {
    let found = events.iter().find_map(|event| if let Event::Data(data) = event { Some(data) } else { None });
    found.expect("what images come from")
}

fn shelf(events: &[Event]) -> (&str, &[ModelInfo]) {
    let found = events.iter().find_map(|event| match event {
        Event::Shelf { selected, models } => Some((selected.as_str(), models.as_slice())),
        _ => None,
    });
    found.expect("the shelf")
}

#[test]
fn a_folder_of_pictures_is_learned_and_measured() {
    let mut user = User(block_on(Session::start(Compute::Cpu)).expect("a CPU"));
    let origins = || vec![disk::open(&folder("session")).expect("a folder")];

    // Cancelled half-way, nothing has changed.
    user.0.load(1, origins(), Options::default()).expect("files");
    block_on(user.0.step());
    let ended = events_of(block_on(user.0.handle(2, Command::Cancel)));
    assert!(matches!(ended[..], [Event::Job { kind: JobKind::Load, state: JobState::Cancelled, .. }]), "{ended:?}");
    assert!(user.data().name == "generated");

    user.0.load(1, origins(), Options::default()).expect("files");
    assert_eq!(user.0.load(1, origins(), Options::default()).expect_err("busy"), Error::Busy);
    let events = user.finish();
    let loaded = data(&events);
    let set = loaded.set.as_ref().expect("a data set");
    assert_eq!((loaded.name.as_str(), loaded.signs), ("Flags", false));
    assert_eq!(loaded.classes, ["Blue <b>", "Green", "Red"]);
    assert_eq!((set.report.used, set.report.skipped), (120, 1));
    assert!(set.report.list[0].name.contains("damaged.png"), "{:?}", set.report);
    // 15 % of 40 each for validation, of which a fifth is set aside, and for testing.
    assert_eq!(set.splits.iter().map(|split| split.n).collect::<Vec<_>>(), [84, 15, 18]);
    assert!(set.splits.iter().all(|split| split.counts.iter().all(|n| *n >= 6)), "{:?}", set.splits);
    let (selected, models) = shelf(&events);
    let fresh = models.iter().find(|model| model.name == selected).expect("on the shelf");
    assert_eq!((selected, &fresh.classes), ("lenet-2", &loaded.classes), "a network for the new classes");

    // A picture of each class can be looked at; there is no fourth class.
    for class in 0..3 {
        let seen = user.ask(Command::Sign { class, seed: 5 });
        assert!(matches!(&seen[..], [Event::Subject { label, .. }] if *label == Some(class)), "{seen:?}");
    }
    assert_eq!(user.refused(Command::Sign { class: 3, seed: 1 }).kind(), ErrorKind::Parameter);

    let schedule = Schedule {
        epochs: 4,
        batch_size: 8,
        images_per_epoch: 84,
        validation_images: 430,
        mix: Mix { augment: true, drawn: 0.5, harsh: true },
    };
    user.ask(Command::Train { config: TrainConfig { schedule, ..TrainConfig::default() } });
    let attack = Attack::Fgsm(Fgsm { epsilon: 0.5 });
    let attacked = Case::attacked("lenet-2", Defense::default(), Knowledge::Adaptive, attack);
    let cases = vec![Case::clean("lenet-2", Defense::default()), attacked];
    let config = EvaluationConfig { split: Split::Test, n: 18, seed: 1, cases };
    let evaluate = |config: &EvaluationConfig| Command::Evaluate { config: config.clone(), share: Share::default() };
    let events = user.ask(evaluate(&config));
    let report =
        events.iter().find_map(|event| if let Event::Report { report, .. } = event { Some(report) } else { None });
    let report = report.expect("a report");
    assert!(report.cases[0].accuracy.correct >= 16, "{:?}", report.cases[0].accuracy);
    assert!(report.records[0].dataset.contains(&set.fingerprint) && report.records[0].dataset.starts_with("Flags ("));
    assert!(report.cases.iter().all(|case| case.dangerous.is_empty()), "no traffic signs");

    assert_eq!(report.note, None);

    // More than there is: as many as there are, and a word about it. A network for other classes: refused.
    let events = user.ask(evaluate(&EvaluationConfig { n: 64, ..config.clone() }));
    let more =
        events.iter().find_map(|event| if let Event::Report { report, .. } = event { Some(report) } else { None });
    let more = more.expect("a report");
    assert_eq!((more.records[0].images, &more.records), (18, &report.records));
    let all = Note::AllThereAre { n: 18, asked: 64, split: Purpose::Testing };
    assert_eq!(more.note, Some(all.into()));
    assert_eq!(
        more.note.as_ref().expect("a note").message,
        "There are 18 test images: all that is there is taken, where 64 were asked for."
    );
    user.ask(Command::SelectModel { name: "lenet".into() });
    let error = user.refused(Command::Train { config: TrainConfig { schedule, ..TrainConfig::default() } });
    assert_eq!(error.kind(), ErrorKind::State);
    assert!(error.to_string().contains("43") && error.to_string().contains("has 3"), "{error}");

    // The names travel with the weights.
    let exported = user.ask(Command::ExportModel { name: "lenet-2".into(), purifier: false });
    let [Event::File { bytes, .. }] = exported.as_slice() else { panic!("expected a file, got {exported:?}") };
    let events = user.ask(Command::ImportModel { name: "again".into(), bytes: bytes.clone(), architecture: None });
    let (_, models) = shelf(&events);
    assert_eq!(models.last().expect("the imported one").classes, ["Blue <b>", "Green", "Red"]);

    // Drawn signs again: for them the first network would do, but the selected one does not.
    let events = user.ask(Command::Unload);
    assert_eq!(data(&events).name, "generated");
    let (selected, models) = shelf(&events);
    assert_eq!(models.iter().find(|model| model.name == selected).expect("on the shelf").classes.len(), 43);
}

#[test]
fn every_pass_shows_every_picture_once_and_no_two_passes_alike() {
    let source = source("passes");
    let n = source.len(Split::Train).expect("a data set") as u64;
    assert_eq!(n, 84);
    let pass = |pass: u64, mix: Mix| source.lesson(3, mix, pass * n..(pass + 1) * n);
    let sorted = |mut samples: Vec<Sample>| {
        samples.sort_by(|a, b| a.pixels.partial_cmp(&b.pixels).expect("finite"));
        samples
    };
    let plain = Mix::default();
    assert_ne!(pass(0, plain), pass(1, plain));
    assert_eq!(sorted(pass(0, plain)), sorted(pass(1, plain)));
    assert_eq!(sorted(pass(0, plain)), sorted(source.batch(9, Split::Train, 0..n)));
    // Augmented, each is another picture of the same class; from the same seed it is the same.
    let mix = Mix { augment: true, ..Mix::default() };
    for (plain, moved) in pass(0, plain).iter().zip(&pass(0, mix)) {
        assert_eq!(plain.label, moved.label);
        assert_ne!(plain.pixels, moved.pixels);
    }
    assert_eq!(pass(1, mix), pass(1, mix));
    // Thresholds are chosen on pictures that are not handed out.
    let handed = source.batch(1, Split::Validation, 0..15);
    let aside = source.calibration(430);
    assert_eq!(aside.len(), 3);
    assert!(aside.iter().all(|sample| !handed.contains(sample)));
}

/// A data set needs a network for its classes. Where there is no room for one on the shelf, everything stays as it was.
#[test]
fn a_data_set_is_taken_up_whole_or_not_at_all() {
    let mut user = User(block_on(Session::start(Compute::Cpu)).expect("a CPU"));
    for number in 1..32 {
        user.ask(Command::CopyModel { name: format!("copy {number}") });
    }
    let seen = user.ask(Command::Sign { class: 14, seed: 1 });
    let before = user.data();
    user.0.load(7, vec![disk::open(&folder("full")).expect("a folder")], Options::default()).expect("files");
    let events = user.finish();
    let [.., Event::Error(error), Event::Job { state: JobState::Failed, .. }] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(error.what.kind(), ErrorKind::State);
    assert_eq!(user.data(), before);
    assert_eq!(format!("{:?}", user.ask(Command::Sign { class: 14, seed: 1 })), format!("{seen:?}"));
}

/// A training goes on where its images are, and nowhere else.
#[test]
fn a_checkpoint_of_other_data_is_refused_in_a_sentence() {
    let mut user = User(block_on(Session::start(Compute::Cpu)).expect("a CPU"));
    user.0.load(1, vec![disk::open(&folder("other-data")).expect("a folder")], Options::default()).expect("files");
    user.finish();
    let schedule =
        Schedule { epochs: 1, batch_size: 8, images_per_epoch: 40, validation_images: 15, mix: Mix::default() };
    let config = TrainConfig { schedule, ..TrainConfig::default() };
    block_on(user.0.handle(2, Command::Train { config }));
    block_on(user.0.step());
    let kept = events_of(block_on(user.0.handle(3, Command::Checkpoint)));
    let [Event::Checkpoint { bytes, .. }] = &kept[..] else { panic!("{kept:?}") };
    block_on(user.0.handle(4, Command::Cancel));
    user.ask(Command::Unload);
    let error = user.refused(Command::Continue { checkpoint: bytes.clone() });
    assert_eq!(error.kind(), ErrorKind::State);
    let text = error.to_string();
    assert!(text.contains("Flags (") && text.contains("drawn signs") && text.contains("Open"), "{text}");
}

/// What people bring first: some dozen pictures. Whatever the page measures with nothing changed, it measures on all that there are.
#[test]
fn a_few_pictures_are_measured_with_the_defaults() {
    let mut user = User(block_on(Session::start(Compute::Cpu)).expect("a CPU"));
    let root = few("few", 20);
    user.0.load(1, vec![disk::open(&root).expect("a folder")], Options::default()).expect("files");
    user.finish();
    let schedule =
        Schedule { epochs: 1, batch_size: 8, images_per_epoch: 24, validation_images: 430, mix: Mix::default() };
    user.ask(Command::Train { config: TrainConfig { schedule, ..TrainConfig::default() } });
    let fewer = |note: &Option<fool_the_sign::said::Said<Note>>| match note.as_ref().map(|note| &note.what) {
        Some(Note::AllThereAre { n, asked, .. }) => Some((*n, *asked)),
        _ => None,
    };

    let config = CheckConfig { n: 64, epsilon: 8.0 / 255.0, ..CheckConfig::new("lenet-2", Defense::default()) };
    let events = user.ask(Command::Check { config });
    let Some(Event::Checks { checks, note, .. }) = events.last() else { panic!("{events:?}") };
    // Of 9 validation images one is set aside for thresholds.
    assert_eq!((checks.is_empty(), fewer(note)), (false, Some((8, 64))));

    user.ask(Command::TrainPurifier { config: PurifierConfig { schedule, width: 4, ..PurifierConfig::default() } });
    let events = user.ask(Command::Roc { config: RocConfig::default() });
    let Some(Event::Rocs { config, note, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!((config.n, fewer(note)), (8, Some((8, 215))));
}

/// Of two pictures a class none is to spare for a test: the validation images are offered.
#[test]
fn where_there_are_no_test_images_others_are_offered() {
    let mut user = User(block_on(Session::start(Compute::Cpu)).expect("a CPU"));
    let root = few("two", 2);
    user.0.load(1, vec![disk::open(&root).expect("a folder")], Options::default()).expect("files");
    user.finish();
    let measure = |split| Command::Evaluate {
        config: EvaluationConfig { split, n: 64, seed: 1, cases: vec![Case::clean("lenet-2", Defense::default())] },
        share: Share::default(),
    };
    let error = user.refused(measure(Split::Test));
    let expected = StateError::NoImagesToMeasure { split: Purpose::Testing, instead: Some(Purpose::Validation) };
    assert_eq!(error, expected.into());
    assert_eq!(
        error.to_string(),
        "The data set has no test images to measure on. Measure on its validation images instead."
    );
    let events = user.ask(measure(Split::Validation));
    assert!(events.iter().any(|event| matches!(event, Event::Report { .. })), "{events:?}");
}

/// Three classes of `n` pictures, no two alike.
fn few(name: &str, n: u8) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("signs");
    for (class, colour) in [("stop", [200, 20, 30]), ("left", [20, 60, 200]), ("yield", [230, 190, 20u8])] {
        std::fs::create_dir_all(root.join(class)).expect("a folder");
        for i in 0..n {
            let mut file = b"P6\n8 8\n255\n".to_vec();
            file.extend((0..64).flat_map(|at| colour.map(|value| value.wrapping_add(i).wrapping_sub(at % 5))));
            std::fs::write(root.join(class).join(format!("{i}.ppm")), file).expect("a file");
        }
    }
    root
}
