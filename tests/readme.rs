//! The tables of the README and of `docs/`, and the cards of the networks, are made from the records in `data/results`, from the presets and from
//! the networks' files; `BLESS=1 cargo test --test readme` writes them.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeSet;

use fool_the_sign::attack::Attack;
use fool_the_sign::attack::Goal;
use fool_the_sign::catalogue::{Catalogue, Method};
use fool_the_sign::data::classes;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::eval::checks::Checked;
use fool_the_sign::eval::record::{Metric, Record, RecordedAttack, Schema};
use fool_the_sign::eval::sticker::{StickerConfig, StickerRecord};
use fool_the_sign::metrics::Proportion;
use fool_the_sign::model::weights;
use fool_the_sign::train::preset::{self, Preset};
use fool_the_sign::train::recipe::{Doa, PgdTraining, Recipe};

const END: &str = "<!-- end -->\n";

/// Whether a record belongs into a row: model, defence, and what the attacker knows of it.
type Row = (&'static str, &'static str, Defense, Knowledge);

fn rows() -> [Row; 4] {
    [
        ("no defence", "lenet", Defense::default(), Knowledge::Adaptive),
        ("autoencoder, oblivious attacker", "lenet", Defense::Purifier(Default::default()), Knowledge::Oblivious),
        ("autoencoder, adaptive attacker", "lenet", Defense::Purifier(Default::default()), Knowledge::Adaptive),
        ("adversarial training (PGD)", "lenet-at", Defense::default(), Knowledge::Adaptive),
    ]
}

/// Number of the column that a record belongs into.
fn column(attack: &RecordedAttack) -> Option<usize> {
    match attack {
        RecordedAttack::Attack(Attack::Fgsm(_)) => Some(1),
        RecordedAttack::Attack(Attack::Pgd(_)) => Some(2),
        RecordedAttack::Attack(Attack::Cw(_)) => Some(3),
        RecordedAttack::Other(_) if *attack == none() => Some(0),
        _ => None,
    }
}

fn none() -> RecordedAttack {
    serde_json::from_str(r#"{"name":"none"}"#).expect("no attack")
}

/// What tells figures of the older rules from those of today's: clean ones are the same by both.
fn is_older(record: &Record) -> bool {
    record.schema == Schema::First && record.attack != none()
}

/// The sign beside a figure that counts by other rules than its neighbours.
fn mark(record: &Record, all: &[Record]) -> &'static str {
    let newer = all.iter().any(|other| !is_older(other) && other.attack != none());
    if is_older(record) && newer { " †" } else { "" }
}

/// A line on the rules, under a table whose figures do not all count by today's.
fn rules(all: &[Record]) -> String {
    let rule = "by the older rules (`fool-the-sign/record/1`): an image that is misread when clean counts as held where the attack repairs it.";
    let Some(older) = all.iter().find(|record| is_older(record)) else { return String::new() };
    match mark(older, all) {
        "" => format!("\nFigures under attack are counted {rule}\n"),
        mark => format!("\n{} Counted {rule}\n", mark.trim()),
    }
}

fn table(records: &[Record]) -> String {
    let n = records[0].images;
    let attacks: Vec<String> = [1, 2, 3]
        .map(|at| {
            let record = records.iter().find(|record| column(&record.attack) == Some(at)).expect("every attack");
            let RecordedAttack::Attack(attack) = &record.attack else { unreachable!() };
            format!("`{attack}`")
        })
        .into();
    let mut text = format!("| n = {n} | clean | FGSM | PGD-20 | C&W |\n| --- | --- | --- | --- | --- |\n");
    for (name, model, defense, knowledge) in rows() {
        text += &format!("| {name} ");
        for at in 0..4 {
            let knows = |record: &Record| at == 0 || record.knowledge == knowledge;
            let found = records.iter().find(|record| {
                let same = record.model == model && record.defense == defense && knows(record);
                same && column(&record.attack) == Some(at) && record.metric == Metric::Accuracy
            });
            let record = found.unwrap_or_else(|| panic!("no record of {name}, column {at}"));
            let [value, low, high] = match (record.value, record.interval) {
                (Some(value), Some([low, high])) => [value, low, high].map(|share| 100.0 * share),
                _ => panic!("an accuracy has a value"),
            };
            text += &format!("| {value:.1}% ({low:.1}–{high:.1}){} ", mark(record, records));
        }
        text += "|\n";
    }
    text + &format!("\nAttacks, untargeted: {}.\n", attacks.join(", ")) + &rules(records)
}

/// A row of the story on photos: its words, the model, what stands before it, what the attacker knows, and the model that his
/// examples were made on, where it is another.
type Chapter = (&'static str, &'static str, Defense, Knowledge, Option<&'static str>);

fn chapters() -> [Chapter; 7] {
    let (none, purifier) = (Defense::default(), Defense::Purifier(Default::default()));
    let (knows, knows_not) = (Knowledge::Adaptive, Knowledge::Oblivious);
    [
        ("no defence", "lenet", none.clone(), knows, None),
        ("adversarial training, oblivious attacker", "lenet-at", none.clone(), knows_not, Some("lenet")),
        ("adversarial training, adaptive attacker", "lenet-at", none.clone(), knows, None),
        ("autoencoder, oblivious attacker", "lenet", purifier.clone(), knows_not, None),
        ("autoencoder, adaptive attacker", "lenet", purifier, knows, None),
        ("both combined, oblivious attacker", "combined", none.clone(), knows_not, Some("lenet")),
        ("both combined, adaptive attacker", "combined", none, knows, None),
    ]
}

/// The record of a clean (column 0) or robust accuracy: of the model, what stands before it, what the attacker knows, and the
/// model that his examples were made on; and the attack's column and ε.
fn accuracy<'a>(
    records: &'a [Record],
    (model, defense, knowledge, source): (&str, &Defense, Knowledge, Option<&str>),
    (at, strength): (usize, f32),
) -> Option<&'a Record> {
    records.iter().filter(|record| record.metric == Metric::Accuracy).find(|record| {
        let about = record.model == model && record.defense == *defense;
        let told = at == 0 || (record.knowledge == knowledge && record.made_on.as_deref() == source);
        let strong = epsilon(&record.attack).is_none_or(|epsilon| (epsilon - strength).abs() < 1e-6);
        about && told && strong && column(&record.attack) == Some(at)
    })
}

/// The defences on GTSRB's test pictures.
fn story(all: &[Record]) -> String {
    // Whether figures are of two kinds is asked of those that stand here.
    let told = |record: &&Record| chapters().iter().any(|(_, model, ..)| record.model == *model);
    let records: &[Record] = &all.iter().filter(told).cloned().collect::<Vec<_>>();
    let mut text = "| | clean | FGSM 8/255 | PGD-20 8/255 | C&W |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for (words, model, defense, knowledge, source) in chapters() {
        text += &format!("| {words} ");
        for at in 0..4 {
            let found = accuracy(records, (model, &defense, knowledge, source), (at, EPSILON));
            let record = found.unwrap_or_else(|| panic!("no record of {words}, column {at}"));
            text += &format!("| {} ", with_distance(record, records));
        }
        text += "|\n";
    }
    text + &rules(records)
}

fn epsilon(attack: &RecordedAttack) -> Option<f32> {
    match attack {
        RecordedAttack::Attack(attack) => attack.epsilon(),
        RecordedAttack::Other(_) => None,
    }
}

/// Order of the rows: by attack, then by strength.
fn rank(attack: &RecordedAttack) -> (usize, f32) {
    (column(attack).unwrap_or(usize::MAX), epsilon(attack).unwrap_or_default())
}

/// ε of the story.
const EPSILON: f32 = 8.0 / 255.0;

fn figure_of(record: &Record) -> String {
    let ([low, high], value) = (record.interval.expect("an interval"), record.value.expect("a value"));
    in_percent([value, low, high], record.n)
}

/// A share with its interval and n.
fn in_percent(shares: [f64; 3], n: usize) -> String {
    let [value, low, high] = shares.map(|share| 100.0 * share);
    format!("{value:.1}% ({low:.1}–{high:.1}, n = {n})")
}

/// A figure; and where the attack looks for the smallest change, and mostly finds one, the median of these.
fn with_distance(record: &Record, all: &[Record]) -> String {
    let figure = figure_of(record) + mark(record, all);
    let median = all.iter().find(|other| other.metric == Metric::MedianL2 && other.is_of_same_case(record));
    match median.and_then(|found| found.value) {
        Some(median) if record.value < Some(0.5) => format!("{figure}, median L2 {median:.2}"),
        _ => figure,
    }
}

/// On GTSRB's test pictures: a row for each attack, a column for each model.
fn photos(all: &[Record]) -> String {
    let plain = |record: &&Record| record.defense.is_none() && record.made_on.is_none();
    let records: Vec<&Record> = all.iter().filter(|record| record.metric == Metric::Accuracy).filter(plain).collect();
    let (mut models, mut attacks) = (vec![], vec![]);
    for record in &records {
        let attack = match &record.attack {
            RecordedAttack::Attack(attack) => format!("`{attack}`"),
            RecordedAttack::Other(_) if record.attack == none() => "none".into(),
            RecordedAttack::Other(_) => continue,
        };
        if !models.contains(&record.model) {
            models.push(record.model.clone());
        }
        if attacks.iter().all(|(known, _)| *known != attack) {
            attacks.push((attack, &record.attack));
        }
    }
    attacks.sort_by(|(_, one), (_, other)| rank(one).partial_cmp(&rank(other)).expect("no NaN"));
    let mut text = format!("| attack | {} |\n| --- |{}\n", models.join(" | "), " --- |".repeat(models.len()));
    for (name, attack) in attacks {
        text += &format!("| {name} |");
        for model in &models {
            let found = records.iter().find(|record| record.model == *model && record.attack == *attack);
            text += &found.map_or(" |".into(), |record| format!(" {} |", with_distance(record, all)));
        }
        text += "\n";
    }
    text + &rules(all)
}

/// A row for each checked figure.
fn checks(checked: &[Checked]) -> String {
    let mut text = "| figure | attacker | n | passed | failed |\n| --- | --- | --- | --- | --- |\n".to_owned();
    let is_old = |checked: &Checked| checked.schema == Schema::First;
    let mixed = checked.iter().any(|one| !is_old(one));
    for one in checked {
        let Checked { config, checks, .. } = one;
        let mark = if is_old(one) && mixed { " †" } else { "" };
        let named = |wanted: Option<bool>| checks.iter().filter(move |check| check.passed == wanted);
        let behind = if config.defense.is_none() { "" } else { " behind its autoencoder" };
        let failed: Vec<String> = named(Some(false))
            .map(|check| format!("{} ({})", check.name.words(), check.detail.what.to_string().trim_end_matches('.')))
            .collect();
        let failed = if failed.is_empty() { "none".into() } else { failed.join("; ") };
        let knowledge = serde_json::to_value(config.knowledge).expect("a word");
        text += &format!(
            "| `{}`{behind}, ε = {}/255 | {} | {} | {} | {failed}{mark} |\n",
            config.model,
            (config.epsilon * 255.0).round(),
            knowledge.as_str().expect("a word"),
            config.n,
            named(Some(true)).count(),
        );
    }
    let rule = "by the older rules (`fool-the-sign/record/1`).";
    match (checked.iter().any(is_old), mixed) {
        (false, _) => text,
        (true, false) => text + &format!("\nCounted {rule}\n"),
        (true, true) => text + &format!("\n† Counted {rule}\n"),
    }
}

/// Where the networks lie that come with the page.
const NETWORKS: &str = "data/weights";

/// The rows of a card's tables: what records call it, and its file. Where these are two, the file is of a purifier before `lenet`.
const CARDS: [(&str, &str); 8] = [
    ("lenet", "lenet"),
    ("lenet-at", "lenet-at"),
    ("lenet-doa", "lenet-doa"),
    ("signnet", "signnet"),
    ("signnet-at", "signnet-at"),
    ("lenet", "purifier"),
    ("lenet+purifier-notebook", "purifier-notebook"),
    ("combined", "combined"),
];

/// What stands before the classifier in such a row.
fn before(model: &str, file: &str) -> Defense {
    if model == file { Defense::default() } else { Defense::Purifier(Default::default()) }
}

/// The files that come with the page.
fn files(records: &[Record]) -> String {
    let mut text =
        "| file | parameters | MB | test photos read right | SHA-256 |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for (model, file) in CARDS {
        let bytes = std::fs::read(format!("{NETWORKS}/{file}.safetensors")).expect("a network");
        let clean = accuracy(records, (model, &before(model, file), Knowledge::Adaptive, None), (0, 0.0));
        let clean = figure_of(clean.unwrap_or_else(|| panic!("no record of {file}")));
        let (_, header) = safetensors::SafeTensors::read_metadata(&bytes).expect("a header");
        let parameters: usize = header.tensors().values().map(|tensor| tensor.shape.iter().product::<usize>()).sum();
        let behind = if model == file { "" } else { "`lenet` behind it: " };
        let (size, sum) = (bytes.len() as f64 / 1e6, weights::sha256(&bytes));
        text += &format!("| `{file}` | {parameters} | {size:.2} | {behind}{clean} | `{sum}` |\n");
    }
    text
}

/// How each is made: a row for each preset.
fn recipes() -> String {
    let mut text = "| preset | begins with | epochs | pictures an epoch | learns from | Adam, batches of | minutes |\n\
                    | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for preset in preset::ALL {
        let Preset { name, from, purifier, epochs, learning_rate, batch_size, minutes, .. } = preset;
        let begins = match (preset.model, from, purifier) {
            ("purifier", Some(classifier), _) => format!("seeded; for `{classifier}`"),
            (_, Some(from), Some(purifier)) => format!("`{purifier}`, `{from}`"),
            (_, Some(from), None) => format!("`{from}`"),
            _ => "seeded".into(),
        };
        let pictures = match (preset.images, preset.drawn) {
            (Some(images), _) => format!("{images} drawn signs"),
            (None, 0.0) => "the photos".into(),
            (None, drawn) => format!("the photos, {:.0}% of them drawn instead", 100.0 * drawn),
        };
        let light = if preset.harsh { " in every light" } else { "" };
        let cut = if preset.whole { ", whole" } else { "" };
        let moved = if preset.augment || preset.images.is_some() { "" } else { ", as they are" };
        text += &format!(
            "| `{name}` | {begins} | {epochs} | {pictures}{light}{cut}{moved} | {} | {learning_rate:e}, {batch_size} | {minutes} |\n",
            lesson(&preset)
        );
    }
    text
}

/// What a preset's examples are.
fn lesson(preset: &Preset) -> String {
    let config = preset.purifier();
    let k = |epsilon: f32| (255.0 * epsilon).round();
    match preset.recipe {
        _ if preset.model == "purifier" && preset.copies => "clean → clean, with a skip at full resolution".into(),
        _ if preset.model == "purifier" => format!(
            "half noise (σ ≤ {}), half FGSM (ε ≤ {}/255) → clean; λ = {}, μ = {}",
            config.noise,
            k(config.epsilon),
            config.guide,
            config.label_guide
        ),
        Recipe::Pgd(PgdTraining { epsilon, steps }) => {
            format!("PGD, {steps} steps of ε/4 from a random start, ε = {}/255", k(epsilon))
        }
        Recipe::Doa(Doa { side, places, steps }) => {
            format!("DOA, a square of {side} × {side} on each sign, {places} places tried, {steps} steps")
        }
        Recipe::Standard(_) => "clean".into(),
        recipe => panic!("no words for {recipe:?}"),
    }
}

/// The networks under attack, by an attacker who knows everything and by one who knows of no autoencoder.
fn attacked(records: &[Record]) -> String {
    let mut text =
        "| network | attacker | FGSM 8/255 | FGSM 0.53 | PGD-20 8/255 | C&W |\n| --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    let attackers = [(Knowledge::Adaptive, "knows everything"), (Knowledge::Oblivious, "knows of no autoencoder")];
    for (model, file) in CARDS.into_iter().chain([("lenet-notebook", "lenet-notebook")]) {
        let name = if model == file { format!("`{model}`") } else { format!("`lenet` behind `{file}`") };
        for (knowledge, who) in attackers {
            let about = (model, &before(model, file), knowledge, None);
            let figures = [(1, EPSILON), (1, 0.53), (2, EPSILON), (3, EPSILON)].map(|attack| {
                accuracy(records, about, attack).map_or("–".into(), |record| with_distance(record, records))
            });
            if figures.iter().any(|figure| figure != "–") {
                text += &format!("| {name} | {who} | {} |\n", figures.join(" | "));
            }
        }
    }
    text + &rules(records)
}

fn share_of(&Proportion { value, low, high, n, .. }: &Proportion) -> String {
    in_percent([value, low, high], n)
}

/// A sticker in words: what it is to do, and how large it is.
fn sticker_of(StickerConfig { sticker, goal, .. }: &StickerConfig) -> String {
    let aim = match goal {
        Goal::Untargeted => "anything else".into(),
        Goal::Targeted { class } => format!("“{}”", classes::NAMES[*class]),
    };
    format!("read as {aim}, {}% of the plate", 100.0 * sticker.share)
}

/// Stickers on the stop sign: a row for each network that one was made on, a column for each that it was shown to.
fn stickers(records: &[StickerRecord]) -> String {
    let mut text = String::new();
    for kind in records.iter().map(|record| sticker_of(&record.config)).collect::<BTreeSet<_>>() {
        let of_kind: Vec<&StickerRecord> = records.iter().filter(|record| sticker_of(&record.config) == kind).collect();
        let shown = of_kind.iter().map(|record| record.model.as_str()).collect::<BTreeSet<_>>();
        text += &format!(
            "**Stop sign {kind}.**\n\n| made on | {} |\n| --- |",
            shown.iter().copied().collect::<Vec<_>>().join(" | ")
        );
        text += &format!("{}\n", " --- |".repeat(shown.len()));
        for made_on in &shown {
            text += &format!("| `{made_on}` |");
            for model in &shown {
                let found =
                    of_kind.iter().find(|record| record.model == *model && record.made_on.as_deref() == Some(*made_on));
                text += &found.map_or(" |".into(), |record| format!(" {} |", share_of(&record.figures.reached)));
            }
            text += "\n";
        }
        text += "| random colours, on most |";
        for model in &shown {
            let controls = of_kind.iter().filter(|record| record.model == *model).map(|record| &record.figures.control);
            let most = controls.max_by(|one, other| one.value.total_cmp(&other.value)).expect("it was shown to each");
            text += &format!(" {} |", share_of(most));
        }
        text += "\n\n";
    }
    let settings = &records.first().expect("a record").config.sticker;
    text + &format!(
        "Each sticker: {} steps of {} views, learning rate {}, two bars, colours free; judged on fresh views of those in which the clean sign is \
         read right.\n",
        settings.steps, settings.views, settings.learning_rate
    )
}

/// Both kinds of robustness side by side: against a change of every pixel within ε on photos, and against a sticker from every side.
fn both_kinds(stickers: &[StickerRecord], photos: &[Record]) -> String {
    let mut text = "| network | clean | PGD-20 8/255 | sticker, anything else | sticker, “Speed limit 80” |\n\
                    | --- | --- | --- | --- | --- |\n"
        .to_owned();
    let own = |record: &&StickerRecord| record.made_on.as_deref() == Some(record.model.as_str());
    let models = stickers.iter().filter(own).map(|record| record.model.as_str()).collect::<BTreeSet<_>>();
    for model in models {
        let photo = |at| {
            let about = (model, &Defense::default(), Knowledge::Adaptive, None);
            accuracy(photos, about, (at, EPSILON)).map_or("–".into(), figure_of)
        };
        let stuck = |wanted: fn(&Goal) -> bool| {
            let mut own = stickers.iter().filter(own).filter(|record| record.model == model);
            own.find(|record| wanted(&record.config.goal))
                .map_or("–".into(), |record| share_of(&record.figures.reached))
        };
        let [any, wanted] = [stuck(|goal| *goal == Goal::Untargeted), stuck(|goal| *goal != Goal::Untargeted)];
        text += &format!("| `{model}` | {} | {} | {any} | {wanted} |\n", photo(0), photo(2));
    }
    text + "\nClean and PGD: test photos read right, so more is better. Stickers: views that are fooled, so less is better.\n"
}

/// What can be chosen, as it is declared; of attacks also which are bounded.
fn methods(methods: &[Method], attacks: bool) -> String {
    let mut text = "| | | published |\n| --- | --- | --- |\n".to_owned();
    for Method { title, about, paper, marks, .. } in methods {
        let bounded = if attacks && marks.iter().any(|mark| mark == "bounded") { ", within ε (L∞)" } else { "" };
        text += &format!("| {title}{bounded} | {about} | {paper} |\n");
    }
    text
}

/// Compares a table of a document with the records, or other source, that it is made from; with `BLESS`, writes it.
fn has(document: &str, what: &str, from: &str, table: impl Fn(&str) -> String) {
    let records = std::fs::read_to_string(from).expect("the records");
    let table = table(&records);
    let text = std::fs::read_to_string(document).expect("a document");
    let begin = format!("<!-- {what} made from {from} -->\n");
    let (before, rest) = text.split_once(&begin).expect("a place for the table");
    let (now, after) = rest.split_once(END).expect("its end");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(document, format!("{before}{begin}{table}{END}{after}")).expect("written");
    } else {
        assert_eq!(now, table, "run cargo xtask made");
    }
}

#[test]
fn the_tables_are_those_of_the_records() {
    let records = |text: &str| Record::parse(text).expect("records");
    let all = Catalogue::new();
    has("docs/methods.md", "attacks", "src/attack/mod.rs", |_| methods(&all.attacks, true));
    has("docs/methods.md", "ways of training", "src/train/recipe/mod.rs", |_| methods(&all.recipes, false));
    has("docs/methods.md", "defences", "src/defense/mod.rs", |_| methods(&all.defences, false));
    has("docs/results.md", "table", "data/results/drawn-signs.json", |text| table(&records(text)));
    has("README.md", "story", "data/results/gtsrb.json", |text| story(&records(text)));
    has("docs/results.md", "table", "data/results/gtsrb.json", |text| photos(&records(text)));
    let stuck = |text: &str| StickerRecord::parse(text).expect("records of stickers");
    has("docs/results.md", "stickers", "data/results/stickers.json", |text| stickers(&stuck(text)));
    let photographed = std::fs::read_to_string("data/results/gtsrb.json").expect("the records");
    let photographed = records(&photographed);
    has("docs/results.md", "both kinds", "data/results/stickers.json", |text| both_kinds(&stuck(text), &photographed));
    has("docs/results.md", "checks", "data/results/checks.json", |text| checks(&Checked::parse(text).expect("checks")));

    let cards = "data/weights/README.md";
    has(cards, "files", "data/results/gtsrb.json", |text| files(&records(text)));
    has(cards, "recipes", "src/train/preset.rs", |_| recipes());
    has(cards, "figures", "data/results/gtsrb.json", |text| attacked(&records(text)));
}

fn figure(arguments: &[&str]) -> std::process::Output {
    let program = env!("CARGO_BIN_EXE_fool-the-sign");
    std::process::Command::new(program).arg("figure").args(arguments).output().expect("the program runs")
}

#[test]
fn the_figure_is_that_of_the_records() {
    let picture = "data/results/accuracy.svg";
    let fresh = std::env::temp_dir().join(format!("fool-the-sign-figure-{}.svg", std::process::id()));
    let path = fresh.to_str().expect("a plain path");
    let drawn = figure(&["--records", "data/results/gtsrb.json", "--out", path]);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let svg = std::fs::read_to_string(&fresh).expect("the picture");
    std::fs::remove_file(&fresh).expect("ours");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(picture, svg).expect("written");
    } else {
        assert_eq!(std::fs::read_to_string(picture).expect("the picture"), svg, "run cargo xtask made");
    }

    for (arguments, says) in [
        (["--records", "data/results/gtsrb.json", "--attack", "cw"], "No model has records under cw"),
        (["--records", "data/results/gtsrb.json", "--model", "nobody"], "There are no records of nobody"),
        (["--records", "README.md", "--attack", "pgd"], "This is not a record of figures"),
    ] {
        let refused = figure(&[&arguments[..], &["--out", path]].concat());
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && words.contains(says) && !fresh.exists(), "{words}");
    }
}
