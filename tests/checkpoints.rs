//! Checkpoints that are damaged, old, or no checkpoints: an error with a sentence, never a panic, and never another training.
#![cfg(not(target_family = "wasm"))]

use std::collections::HashMap;
use std::rc::Rc;

use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::Architecture;
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};
use fool_the_sign::train::purifier::PurifierTrainer;
use fool_the_sign::train::recipe::{Recipe, Stale};
use fool_the_sign::train::trainer::Schedule;
use fool_the_sign::train::trainer::checkpoint::Checkpoint;
use fool_the_sign::{Error, ErrorKind, device};
use pollster::block_on;
use safetensors::SafeTensors;

const SCHEDULE: Schedule = Schedule {
    epochs: 1,
    batch_size: 2,
    images_per_epoch: 8,
    validation_images: 2,
    mix: Mix { augment: false, drawn: 0.0, harsh: false },
};

fn config() -> TrainConfig {
    TrainConfig { schedule: SCHEDULE, recipe: Recipe::Stale(Stale { epsilon: 0.03 }), ..TrainConfig::default() }
}

fn source() -> Rc<Source> {
    Rc::new(Source::generated())
}

/// After a measurement and two steps.
fn file() -> Vec<u8> {
    let network = Architecture::default().seeded(&mut Rng::new(1), &device::cpu());
    let mut trainer = ClassifierTrainer::start(config(), &network, source(), &device::cpu()).expect("good settings");
    for _ in 0..3 {
        block_on(trainer.step()).expect("it converges");
    }
    block_on(trainer.checkpoint("lenet", &Architecture::default())).expect("a file")
}

fn resume(file: &[u8]) -> Result<ClassifierTrainer, Error> {
    ClassifierTrainer::resume(&Checkpoint::open(file)?, source(), &device::cpu())
}

fn refused(file: &[u8], what: &str) -> String {
    let Err(error) = resume(file) else { panic!("{what} was taken") };
    assert_eq!(error.kind(), ErrorKind::Weights, "{what}: {error}");
    error.to_string()
}

#[test]
fn a_damaged_checkpoint_is_refused() {
    let good = file();
    resume(&good).expect("as it was written");
    for cut in (0..2000).step_by(37).chain((0..good.len()).step_by(9973)) {
        refused(&good[..cut], &format!("cut at {cut}"));
    }
    let mut rng = Rng::new(7);
    let header = u64::from_le_bytes(*good.first_chunk().expect("a length")) as usize + 8;
    for number in 0..600 {
        let mut bad = good.clone();
        // Most of a file are tensors, most of what can go wrong is before them.
        let place = rng.below(if number % 3 == 0 { good.len() } else { header });
        bad[place] ^= 1 << rng.below(8);
        match resume(&bad) {
            Err(error) => assert!(error.to_string().ends_with('.'), "{error}"),
            // White space that pads the header means nothing, and neither does one tensor's place among others.
            Ok(_) => assert!(place < header && good[place] == b' ', "bit of byte {place} of {}", good.len()),
        }
    }
}

#[test]
fn what_is_no_checkpoint_of_this_version_is_refused_in_a_sentence() {
    let old = b"{\"run\":null,\"step\":3,\"random\":0,\"held\":null,\"network\":1,\"sha256\":\"\"}\nrecords";
    assert!(refused(old, "the first form").contains("another version"));
    let network = Architecture::default().seeded(&mut Rng::new(1), &device::cpu());
    let weights = block_on(weights::write(&Architecture::default(), &network)).expect("finite weights");
    assert!(refused(&weights, "a file of weights").contains("no header"));
    assert!(refused(b"nonsense", "a word").contains("Delete it"));
    // And the other way round: a checkpoint is no file of weights, and one of a classifier none of a purifier.
    let good = file();
    assert!(weights::read(&good, None, &device::cpu()).is_err() && !weights::is_autoencoder(&good));
    let checkpoint = Checkpoint::open(&good).expect("as it was written");
    let other = PurifierTrainer::resume(&checkpoint, source(), &device::cpu()).err().expect("another kind");
    assert!(other.to_string().contains("another run"), "{other}");
}

#[test]
fn another_run_is_told_from_this_one() {
    let good = file();
    let checkpoint = Checkpoint::open(&good).expect("as it was written");
    let lenet = Architecture::default();
    checkpoint.is_of(&config(), &lenet, &source()).expect("the same");
    let other = Architecture::named("signnet", 43).expect("a network of that name");
    for (config, architecture) in [
        (TrainConfig { seed: 2, ..config() }, &lenet),
        (TrainConfig { recipe: Recipe::default(), ..config() }, &lenet),
        (TrainConfig { ema: 0.9, ..config() }, &lenet),
        (TrainConfig { weight_decay: 0.1, ..config() }, &lenet),
        (TrainConfig { schedule: Schedule { epochs: 2, ..SCHEDULE }, ..config() }, &lenet),
        (config(), &other),
    ] {
        let error = checkpoint.is_of(&config, architecture, &source()).expect_err("another run");
        assert!(error.to_string().contains("another run"), "{error}");
    }
}

/// A checkpoint from before there was an average of the weights or their decay: its settings do not name them.
#[test]
fn a_checkpoint_without_newer_settings_goes_on() {
    let good = file();
    let tensors = SafeTensors::deserialize(&good).expect("a file of tensors");
    let (_, metadata) = SafeTensors::read_metadata(&good).expect("a file of tensors");
    let entries = metadata.metadata().clone().expect("a header");
    let mut header: serde_json::Value = serde_json::from_str(&entries["checkpoint"]).expect("JSON");
    let settings = header["config"].as_object_mut().expect("settings");
    for newer in ["ema", "weight_decay"] {
        assert_eq!(settings.remove(newer), Some(0.0.into()));
    }
    let text = header.to_string();
    let mut parts: Vec<_> = tensors.iter().collect();
    parts.sort_by_key(|(name, _)| *name);
    let mut all = text.clone().into_bytes();
    for (name, view) in &parts {
        all.extend(format!("\n{name} {:?} {}\n", view.shape(), weights::sha256(view.data())).into_bytes());
    }
    let entries = HashMap::from([("checkpoint".to_owned(), text), ("sha256".to_owned(), weights::sha256(&all))]);
    let old = safetensors::serialize(tensors.iter(), Some(entries)).expect("the same tensors");
    Checkpoint::open(&old)
        .and_then(|old| old.is_of(&config(), &Architecture::default(), &source()))
        .expect("the same run");
    let finish = |file: &[u8]| {
        let mut trainer = resume(file).expect("as it was written");
        while !trainer.finished() {
            block_on(trainer.step()).expect("it converges");
        }
        block_on(weights::write(&Architecture::default(), &trainer.model())).expect("finite weights")
    };
    assert!(finish(&old) == finish(&good));
}
