//! The README's table of results is made from the records in `data/results`; `BLESS=1 cargo test --test readme` writes it.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::attack::Attack;
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::eval::record::{Metric, Record, RecordedAttack};

const BEGIN: &str = "<!-- made from data/results/drawn-signs.json -->\n";
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

#[test]
fn the_table_is_that_of_the_records() {
    let records = std::fs::read_to_string("data/results/drawn-signs.json").expect("the records");
    let table = table(&Record::parse(&records).expect("records"));
    let path = "README.md";
    let readme = std::fs::read_to_string(path).expect("the README");
    let (before, rest) = readme.split_once(BEGIN).expect("a place for the table");
    let (now, after) = rest.split_once(END).expect("its end");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).expect("written");
    } else {
        assert_eq!(now, table, "run BLESS=1 cargo test --test readme");
    }
}
