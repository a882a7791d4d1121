//! The networks that come with the page, through the code that reads them: they are there, whole, and as good as their card says.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeMap;
use std::path::PathBuf;

use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::Split;
use fool_the_sign::data::{batch, disk, loader};
use fool_the_sign::device;
use fool_the_sign::eval::record::Record;
use fool_the_sign::metrics::answer;
use fool_the_sign::model::autoencoder::Autoencoder;
use fool_the_sign::model::zoo::Network;
use fool_the_sign::model::{Classifier, weights};
use pollster::block_on;

const FOLDER: &str = "data/weights";
/// What all of them may weigh together.
const MOST_BYTES: u64 = 8_000_000;

/// What each has to read right: of 500 test photos, and of 430 drawn signs. Adversarial training costs some of it, and most have seen
/// no drawn sign.
const LEAST: [(&str, [f64; 2]); 8] = [
    ("lenet", [0.95, 0.92]),
    ("lenet-at", [0.91, 0.83]),
    ("lenet-doa", [0.83, 0.75]),
    ("signnet", [0.98, 0.95]),
    ("signnet-at", [0.91, 0.85]),
    ("purifier", [0.91, 0.87]),
    ("purifier-notebook", [0.95, 0.92]),
    ("combined", [0.91, 0.85]),
];

fn shipped() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(FOLDER).expect("shipped networks").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "safetensors")).collect();
    files.sort();
    let name = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    files.iter().map(|path| (name(path), std::fs::read(path).expect("a file"))).collect()
}

/// Share of the first n images that are read right, seen through `purifier` where there is one.
fn accuracy(network: &Network, purifier: Option<&Autoencoder>, source: &Source, split: Split, n: u64) -> f64 {
    let signs = source.batch(1, split, 0..n);
    let right = signs.chunks(100).map(|signs| {
        let images = batch::images(signs, &device::cpu());
        let seen = purifier.map_or_else(|| images.clone(), |purifier| purifier.forward(images.clone()));
        let logits = block_on(device::read(network.logits(seen))).expect("logits");
        signs.iter().zip(logits.chunks_exact(network.classes())).filter(|(sign, row)| answer(row) == sign.label).count()
    });
    right.sum::<usize>() as f64 / n as f64
}

#[test]
fn shipped_networks_are_whole_and_have_a_card() {
    let card = std::fs::read_to_string(format!("{FOLDER}/README.md")).expect("a card for each model");
    let all = shipped();
    assert!(all.iter().any(|(name, _)| name == "lenet"), "the page opens with it");
    for (name, bytes) in &all {
        assert!(card.contains(&format!("`{name}`")), "{name} has no card");
        assert!(card.contains(&weights::sha256(bytes)), "{name}: the card names another file");
        if weights::is_autoencoder(bytes) {
            weights::read_autoencoder(bytes, &device::cpu()).expect("a purifier");
        } else {
            weights::read(bytes, None, &device::cpu()).expect("a classifier");
        }
    }
    assert!(all.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>() <= MOST_BYTES);
}

#[test]
fn records_are_of_the_networks_that_are_shipped() {
    // A record names the network as it is written, not the file.
    let sum = |bytes: &[u8]| {
        let written = if weights::is_autoencoder(bytes) {
            let (config, autoencoder) = weights::read_autoencoder(bytes, &device::cpu()).expect("a purifier");
            block_on(weights::write_autoencoder(&config, &autoencoder))
        } else {
            let (architecture, network) = weights::read(bytes, None, &device::cpu()).expect("a classifier");
            block_on(weights::write(&architecture, &network))
        };
        weights::sha256(&written.expect("a file"))
    };
    let sums: BTreeMap<String, String> = shipped().into_iter().map(|(name, bytes)| (name, sum(&bytes))).collect();
    let records = std::fs::read_to_string("data/results/gtsrb.json").expect("the records");
    for record in Record::parse(&records).expect("records") {
        let (classifier, purifier) = match record.model.split_once('+') {
            Some((classifier, purifier)) => (classifier, purifier),
            None => (record.model.as_str(), "purifier"),
        };
        // Others are measured for comparison, and can be made again.
        let Some(classifier) = sums.get(classifier) else { continue };
        let (model, attack) = (&record.model, &record.attack);
        assert_eq!(record.weights_sha256, *classifier, "{model} under {attack:?}: of other weights");
        assert!(
            record.purifier_sha256.is_none_or(|sum| sum == sums[purifier]),
            "{model} under {attack:?}: another purifier"
        );
        assert!(
            record.made_on_sha256.is_none_or(|sum| sum == sums["lenet"]),
            "{model} under {attack:?}: other examples"
        );
    }
}

#[test]
fn shipped_classifiers_read_drawn_signs_and_photos() {
    let drawn = Source::generated();
    let folder =
        std::env::var_os("GTSRB_DIR").filter(|value| !value.is_empty()).map_or("../shared/gtsrb".into(), PathBuf::from);
    let archives = ["GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_GT.zip"].map(|name| folder.join(name));
    let photos = archives.iter().all(|path| path.exists()).then(|| {
        let origins = archives.iter().map(|path| disk::open(path).expect("an archive")).collect();
        let mut loader = loader::Loader::new(origins, loader::Options::default()).expect("GTSRB");
        while !loader.step(1000).expect("GTSRB").finished {}
        Source::loaded(loader.finish().expect("GTSRB"))
    });
    if photos.is_none() {
        println!("photos skipped: the official test archives are not in {}; `rebuild` writes them", folder.display());
    }
    let all = shipped();
    let lenet = all.iter().find(|(name, _)| name == "lenet").map(|(_, bytes)| bytes).expect("lenet");
    for (name, bytes) in &all {
        // A purifier stands before the network that it was made for.
        let purifier = weights::is_autoencoder(bytes)
            .then(|| weights::read_autoencoder(bytes, &device::cpu()).expect("a purifier").1);
        let classifier = if purifier.is_some() { lenet } else { bytes };
        let (_, network) = weights::read(classifier, None, &device::cpu()).expect("a classifier");
        let [photos_least, drawn_least] = LEAST.iter().find(|(of, _)| of == name).expect("a bound for each").1;
        let on_drawn = accuracy(&network, purifier.as_ref(), &drawn, Split::Validation, 430);
        println!("{name}: {:.1}% of 430 drawn signs", 100.0 * on_drawn);
        assert!(on_drawn >= drawn_least, "{name}: {on_drawn}");
        if let Some(photos) = &photos {
            let on_photos = accuracy(&network, purifier.as_ref(), photos, Split::Test, 500);
            println!("{name}: {:.1}% of 500 test photos", 100.0 * on_photos);
            assert!(on_photos >= photos_least, "{name}: {on_photos}");
        }
    }
}
