//! The networks that come with the page, through the code that reads them: they are there, whole, and as good as their card says.
#![cfg(not(target_family = "wasm"))]

use std::path::PathBuf;

use fool_the_sign::data::source::{Source, Split};
use fool_the_sign::data::{batch, files, loader};
use fool_the_sign::device;
use fool_the_sign::eval::metrics::answer;
use fool_the_sign::model::zoo::Network;
use fool_the_sign::model::{Classifier, weights};
use pollster::block_on;

const FOLDER: &str = "data/weights";
/// What all of them may weigh together.
const MOST_BYTES: u64 = 8_000_000;

fn shipped() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(FOLDER).expect("shipped networks").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "safetensors")).collect();
    files.sort();
    let name = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    files.iter().map(|path| (name(path), std::fs::read(path).expect("a file"))).collect()
}

fn accuracy(network: &Network, source: &Source, split: Split, n: u64) -> f64 {
    let signs = source.batch(1, split, 0..n);
    let right = signs.chunks(100).map(|signs| {
        let logits = block_on(device::read(network.logits(batch::images(signs, &device::cpu())))).expect("logits");
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
fn shipped_classifiers_read_drawn_signs_and_photos() {
    let drawn = Source::generated();
    let folder =
        std::env::var_os("GTSRB_DIR").filter(|value| !value.is_empty()).map_or("../shared/gtsrb".into(), PathBuf::from);
    let archives = ["GTSRB_Final_Test_Images.zip", "GTSRB_Final_Test_GT.zip"].map(|name| folder.join(name));
    let photos = archives.iter().all(|path| path.exists()).then(|| {
        let origins = archives.iter().map(|path| files::open(path).expect("an archive")).collect();
        let mut loader = loader::Loader::new(origins, loader::Options::default()).expect("GTSRB");
        while !loader.step(1000).expect("GTSRB").finished {}
        Source::loaded(loader.finish().expect("GTSRB"))
    });
    if photos.is_none() {
        println!("photos skipped: the official test archives are not in {}; `rebuild` writes them", folder.display());
    }
    for (name, bytes) in shipped().iter().filter(|(_, bytes)| !weights::is_autoencoder(bytes)) {
        let (_, network) = weights::read(bytes, None, &device::cpu()).expect("a classifier");
        // Adversarial training costs some of it.
        let least = if name.ends_with("-at") { 0.80 } else { 0.93 };
        let on_drawn = accuracy(&network, &drawn, Split::Validation, 430);
        println!("{name}: {:.1} % of 430 drawn signs", 100.0 * on_drawn);
        assert!(on_drawn >= least - 0.08, "{name}: {on_drawn}");
        if let Some(photos) = &photos {
            let on_photos = accuracy(&network, photos, Split::Test, 500);
            println!("{name}: {:.1} % of 500 test photos", 100.0 * on_photos);
            assert!(on_photos >= least, "{name}: {on_photos}");
        }
    }
}
