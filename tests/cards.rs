//! A card for each network that comes with the page (Mitchell et al. 2019, "Model Cards for Model Reporting"), made from its records,
//! its checks, its file and its recipe: a card that says something else is stale. `BLESS=1 cargo test --test cards` writes them.
#![cfg(not(target_family = "wasm"))]

use std::fmt::Write;

use fool_the_sign::device;
use fool_the_sign::eval::checks::Checked;
use fool_the_sign::eval::record::{Metric, Named, Record, RecordedAttack, Schema};
use fool_the_sign::model::weights;
use fool_the_sign::train::preset::{self, Preset};
use pollster::block_on;

const NETWORKS: &str = "data/weights";
const RECORDS: &str = "data/results/gtsrb.json";
const CHECKS: &str = "data/results/checks.json";

/// What cannot be read from a file: the network's file, and what it is for.
const CARDS: [(&str, &str); 8] = [
    ("lenet", "To be fooled: the network without any defence."),
    ("lenet-at", "To compare with `lenet`: the same network, adversarially trained."),
    (
        "lenet-doa",
        "To compare with `lenet-at` under stickers: the same network, trained on signs with a square on them.",
    ),
    ("signnet", "To be fooled: the network that reads clean photos best."),
    ("signnet-at", "To compare with `signnet`: the same network, adversarially trained."),
    ("purifier", "To stand before `lenet`, and to be broken by an attacker who knows it."),
    ("purifier-notebook", "A bad example: it copies its input, and an attack with it."),
    ("combined", "To compare with `lenet` behind `purifier`: both as one network, adversarially trained through both."),
];

fn text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// SHA-256 of the network as records name it: written with 32 bits, whatever the file has.
fn as_written(bytes: &[u8]) -> String {
    let written = match weights::is_autoencoder(bytes) {
        true => {
            let (config, autoencoder) = weights::read_autoencoder(bytes, &device::cpu()).expect("a purifier");
            block_on(weights::write_autoencoder(&config, &autoencoder))
        }
        false => {
            let (architecture, network) = weights::read(bytes, None, &device::cpu()).expect("a classifier");
            block_on(weights::write(&architecture, &network))
        }
    };
    weights::sha256(&written.expect("finite weights"))
}

/// Of this very file: of a purifier the figures behind it, of a classifier those by itself.
fn own<'a>(records: &'a [Record], sum: &str, purifies: bool) -> Vec<&'a Record> {
    let about = |record: &&Record| match purifies {
        true => record.purifier_sha256.as_deref() == Some(sum),
        false => record.weights_sha256 == sum && record.defense.is_none(),
    };
    records.iter().filter(about).collect()
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).expect("plain data").as_str().expect("a word").replace('_', " ")
}

/// One row for each figure.
fn figures(records: &[&Record]) -> String {
    let mut table =
        "| attack | attacker | what | figure, 95% interval | n |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for record in records {
        let attack = match &record.attack {
            RecordedAttack::Attack(attack) => format!("`{attack}`"),
            RecordedAttack::Other(Named::None) => "none".into(),
            RecordedAttack::Other(Named::Worst { of }) => format!("worst of {} attacks", of.len()),
        };
        let made_on = record.made_on.as_ref().map(|model| format!(", on `{model}`")).unwrap_or_default();
        let figure = match (record.value, record.interval) {
            (Some(value), Some([low, high])) if record.metric == Metric::MedianL2 => {
                format!("{value:.3} ({low:.3}–{high:.3})")
            }
            (Some(value), Some(interval)) => {
                let [value, low, high] = [value, interval[0], interval[1]].map(|share| 100.0 * share);
                format!("{value:.1}% ({low:.1}–{high:.1})")
            }
            _ => "no success".into(),
        };
        let (knowledge, metric) = (word(record.knowledge), word(record.metric));
        writeln!(table, "| {attack} | {knowledge}{made_on} | {metric} | {figure} | {} |", record.n).expect("a string");
    }
    table
}

/// The checks of the figures of this network.
fn checked(all: &[Checked], name: &str, purifies: bool) -> String {
    let mut lines = String::new();
    for Checked { config, checks, .. } in all {
        let about = match purifies {
            true => !config.defense.is_none() && (config.model == "lenet") == (name == "purifier"),
            false => config.defense.is_none() && config.model == name,
        };
        if !about {
            continue;
        }
        let failed: Vec<String> =
            checks.iter().filter(|check| check.passed == Some(false)).map(|check| check.name.words()).collect();
        let failed = if failed.is_empty() { "none fails".into() } else { format!("these fail: {}", failed.join(", ")) };
        let (passed, knowledge) =
            (checks.iter().filter(|check| check.passed == Some(true)).count(), word(config.knowledge));
        writeln!(lines, "- Of the {knowledge} attacker's figure, on {} images: {passed} pass, {failed}.", config.n)
            .expect("a string");
    }
    if lines.is_empty() { "- None was made.\n".into() } else { lines }
}

/// The network's own presets, first legs first.
fn recipe(name: &str) -> String {
    let mut steps = vec![];
    let mut next = preset::named(name);
    while let Some(preset) = next {
        steps.push(preset);
        next = preset.from.filter(|_| preset.model != "purifier").and_then(preset::named);
    }
    let line = |preset: &&Preset| {
        let (images, recipe) = match preset.images {
            Some(images) => (format!("{images} drawn signs"), preset.recipe),
            None if preset.drawn > 0.0 => {
                (format!("the photos, {:.0}% of them drawn instead", 100.0 * preset.drawn), preset.recipe)
            }
            None => ("the photos".into(), preset.recipe),
        };
        let lesson =
            if preset.model == "purifier" { "denoising".into() } else { format!("`{}`", serde_json::json!(recipe)) };
        format!("- `{}`: {} epochs of {images}; {lesson}.\n", preset.name, preset.epochs)
    };
    steps.iter().rev().map(line).collect()
}

fn card(name: &str, purpose: &str) -> String {
    let bytes = std::fs::read(format!("{NETWORKS}/{name}.safetensors")).expect("a network");
    let purifies = weights::is_autoencoder(&bytes);
    let (_, header) = safetensors::SafeTensors::read_metadata(&bytes).expect("a header");
    let parameters: usize = header.tensors().values().map(|tensor| tensor.shape.iter().product::<usize>()).sum();
    let sum = as_written(&bytes);
    let records = Record::parse(&text(RECORDS)).expect("records");
    let own = own(&records, &sum, purifies);
    assert!(!own.is_empty(), "{name}: no record is of the file that is shipped");
    let checks = checked(&Checked::parse(&text(CHECKS)).expect("checks"), name, purifies);
    let preset = preset::named(name).expect("a recipe");
    let architecture =
        header.metadata().as_ref().and_then(|entries| entries.get("config")).expect("an architecture").clone();
    let older = own.iter().any(|record| record.schema == Schema::First);
    let rules = match older {
        true => {
            "Older records (`record/1`): an attack that repairs an image which the network misreads is counted for the network."
        }
        false => {
            "An image counts as robust where both the clean and the attacked one are read right (AutoAttack's definition)."
        }
    };
    let autoattack = |record: &&&Record| {
        record.attack != RecordedAttack::Other(Named::None)
            && matches!(&record.attack, RecordedAttack::Attack(attack) if attack.name() == "autoattack")
    };
    let standard = match own.iter().find(autoattack) {
        Some(_) => "AutoAttack is among the attacks.",
        None => {
            "AutoAttack has not been run on it: what the strongest attack below leaves is an upper bound of its robustness."
        }
    };
    let dataset =
        own.iter().map(|record| record.dataset.split(' ').next().unwrap_or_default()).next().unwrap_or_default();
    let role = if purifies { "an autoencoder before a classifier" } else { "a classifier of 43 traffic signs" };
    let rows = figures(&own);
    let recipe = recipe(name);
    format!(
        "# Model card: {name}\n\n\
         <!-- made from {RECORDS}, {CHECKS}, the network's file and its preset; tests/cards.rs says when it is stale -->\n\n\
         ## Model details\n\n{about}\n\n- What: {role}, {parameters} parameters. `{architecture}`\n\
         - File: `{name}.safetensors`, SHA-256 `{file}`; as records name it `{sum}`.\n\
         - Licence: MIT or Apache-2.0. Pictures of 32 × 32 pixels, RGB in [0, 1].\n\n\
         ## Intended use\n\n{purpose} For teaching and research. Out of scope: anything that drives, or decides for people.\n\n\
         ## Factors\n\nLight, blur, distance and angle of the photos; the class of the sign. German signs only. Figures by class are in the page's \
         own evaluation, not here.\n\n\
         ## Metrics\n\nAccuracy, and accuracy under attack, with Wilson's 95% interval; for attacks without a bound the success rate and the \
         median L2 of the successes. {rules} {standard}\n\n\
         ## Evaluation data\n\n{dataset}, test split, official and for reporting only; the sign cropped by its region of interest.\n\n\
         ## Training data\n\n{dataset}, training split without the tracks kept for validation; drawn signs where it says so.\n\n{recipe}\n\
         ## Quantitative analyses\n\n{rows}\nChecks of these figures:\n\n{checks}\n\
         ## Ethical considerations\n\nThe data are photos of traffic signs, without people. Attacks are shown so that defences are not believed \
         too easily.\n\n\
         ## Caveats and recommendations\n\nRobustness is measured in L∞ within the ε above and says nothing of other changes: stickers, rotation, \
         weather. A network that is robust here is not safe on a road.\n",
        about = preset.about,
        file = weights::sha256(&bytes),
    )
}

#[test]
fn cards_say_what_the_records_say() {
    let bless = std::env::var_os("BLESS").is_some();
    for (name, purpose) in CARDS {
        let (path, fresh) = (format!("{NETWORKS}/{name}.md"), card(name, purpose));
        if bless {
            std::fs::write(&path, &fresh).expect("written");
        }
        assert!(text(&path) == fresh, "{path} is stale: BLESS=1 cargo test --test cards");
        let sections = [
            "Model details",
            "Intended use",
            "Factors",
            "Metrics",
            "Evaluation data",
            "Training data",
            "Quantitative analyses",
        ];
        for section in sections.iter().chain(&["Ethical considerations", "Caveats and recommendations"]) {
            assert!(fresh.contains(&format!("\n## {section}\n\n")), "{path} has no {section}");
        }
    }
}

#[test]
fn every_network_that_is_shipped_has_its_card() {
    for entry in std::fs::read_dir(NETWORKS).expect("networks") {
        let file = entry.expect("an entry").file_name().into_string().expect("a plain name");
        let Some(name) = file.strip_suffix(".safetensors") else { continue };
        assert!(CARDS.iter().any(|(known, _)| *known == name), "{name} has no card");
    }
}
