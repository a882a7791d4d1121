//! The README's table of results is made from the records in `data/results`; `BLESS=1 cargo test --test readme` writes it.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::attack::Attack;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::eval::record::{Metric, Record, RecordedAttack};

const END: &str = "<!-- end -->\n";

/// Whether a record belongs into a row: model, defence, and what the attacker knows of it.
type Row = (&'static str, &'static str, Defense, Knowledge);

fn rows() -> [Row; 4] {
    [
        ("no defence", "lenet", Defense::None, Knowledge::Adaptive),
        ("autoencoder, oblivious attacker", "lenet", Defense::Purifier, Knowledge::Oblivious),
        ("autoencoder, adaptive attacker", "lenet", Defense::Purifier, Knowledge::Adaptive),
        ("adversarial training (PGD)", "lenet-at", Defense::None, Knowledge::Adaptive),
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
            text += &format!("| {value:.1} % ({low:.1}–{high:.1}) ");
        }
        text += "|\n";
    }
    text + &format!("\nAttacks, untargeted: {}.\n", attacks.join(", "))
}

/// On GTSRB's test pictures: a row for each attack, a column for each model.
fn photos(records: &[Record]) -> String {
    let records: Vec<&Record> = records.iter().filter(|record| record.metric == Metric::Accuracy).collect();
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
    let mut text = format!("| attack | {} |\n| --- |{}\n", models.join(" | "), " --- |".repeat(models.len()));
    for (name, attack) in attacks {
        text += &format!("| {name} |");
        for model in &models {
            let found = records.iter().find(|record| record.model == *model && record.attack == *attack);
            let cell = found.and_then(|record| Some((record.value?, record.interval?, record.n)));
            text += &cell.map_or(" |".into(), |(value, [low, high], n)| {
                let [value, low, high] = [value, low, high].map(|share| 100.0 * share);
                format!(" {value:.1} % ({low:.1}–{high:.1}, n = {n}) |")
            });
        }
        text += "\n";
    }
    text
}

fn the_readme_has(from: &str, table: impl Fn(&[Record]) -> String) {
    let records = std::fs::read_to_string(from).expect("the records");
    let table = table(&Record::parse(&records).expect("records"));
    let readme = std::fs::read_to_string("README.md").expect("the README");
    let begin = format!("<!-- made from {from} -->\n");
    let (before, rest) = readme.split_once(&begin).expect("a place for the table");
    let (now, after) = rest.split_once(END).expect("its end");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write("README.md", format!("{before}{begin}{table}{END}{after}")).expect("written");
    } else {
        assert_eq!(now, table, "run BLESS=1 cargo test --test readme");
    }
}

#[test]
fn the_tables_are_those_of_the_records() {
    the_readme_has("data/results/drawn-signs.json", table);
    the_readme_has("data/results/gtsrb.json", photos);
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
        assert_eq!(std::fs::read_to_string(picture).expect("the picture"), svg, "run BLESS=1 cargo test --test readme");
    }

    for (arguments, says) in [
        (["--records", "data/results/gtsrb.json", "--attack", "cw"], "No model has records under cw"),
        (["--records", "data/results/gtsrb.json", "--model", "nobody"], "There are no records of nobody"),
        (["--records", "README.md", "--attack", "pgd"], "This is no record of figures"),
    ] {
        let refused = figure(&[&arguments[..], &["--out", path]].concat());
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && words.contains(says) && !fresh.exists(), "{words}");
    }
}
