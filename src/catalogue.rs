//! What can be chosen: every method with its settings, read out of the schema of its declaration (see [`crate::settings`]).
//!
//! The command line's options and help, the page's controls, link and help, and the tables of the documents are made from this;
//! nothing in it is written by hand. The engine in the browser does not contain it.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::Value;

use crate::attack::Attack;
use crate::attack::sticker::Sticker;
use crate::data::loader::Options;
use crate::defense::Defense;
use crate::eval::checks::CheckConfig;
use crate::eval::evaluation::EvaluationConfig;
use crate::eval::roc::RocConfig;
use crate::model::zoo::Architecture;
use crate::settings::Settings;
use crate::train::classifier::TrainConfig;
use crate::train::purifier::PurifierConfig;
use crate::train::recipe::Recipe;

/// All that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Catalogue {
    /// Attacks, in the order of their list.
    pub attacks: Vec<Method>,
    /// Defences.
    pub defences: Vec<Method>,
    /// What a classifier learns from.
    pub recipes: Vec<Method>,
    /// How a data set is read.
    pub data: Vec<Setting>,
    /// How a classifier is trained.
    pub train: Vec<Setting>,
    /// How a purifier is trained.
    pub purifier: Vec<Setting>,
    /// Networks, in the order of their list; nothing about them is set.
    pub networks: Vec<Method>,
    /// On what accuracies are measured.
    pub evaluation: Vec<Setting>,
    /// How an evaluation is checked.
    pub checks: Vec<Setting>,
    /// How a detector is measured.
    pub roc: Vec<Setting>,
    /// Stickers: no attack on one image, but on every view of a sign.
    pub stickers: Vec<Method>,
}

/// One attack, defence or recipe.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Method {
    /// Its name in records, links and on the command line.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it does, in a paragraph.
    pub about: String,
    /// Where it was published; empty where it was not.
    pub paper: String,
    /// The paper's number at arXiv; empty where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub arxiv: String,
    /// What else there is to read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub also: String,
    /// What it computes, as the page sets equations.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub equation: String,
    /// What holds of it; see [`crate::settings::Mark`]. `bounded` is added where there is an ε, `seeded` where there is a seed.
    pub marks: Vec<String>,
    /// Its settings, in order.
    pub settings: Vec<Setting>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Its name in records, links and on the command line.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What it does, in a sentence or two.
    pub help: String,
    /// What may be given.
    #[serde(flatten)]
    pub kind: Kind,
    /// What it is where nothing is given; null where it is left open.
    pub default: Value,
    /// Its sign in equations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What leaving it open stands for; none where it may not be left open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
}

/// What may be given for a setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// A whole number.
    Integer {
        /// The least.
        min: u64,
        /// The most.
        max: u64,
    },
    /// A number.
    Number {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// A number of 0 to 1 that people see as k/255.
    Epsilon {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// On or off.
    Switch,
    /// A seed: any 32-bit number.
    Seed,
    /// One of some words.
    Choice {
        /// The words, and what each stands for.
        choices: Vec<(String, String)>,
    },
}

impl Catalogue {
    /// What this version has.
    pub fn new() -> Self {
        Self {
            attacks: attacks(),
            defences: defences(),
            recipes: recipes(),
            data: settings(&Options::default()),
            train: settings(&TrainConfig::default()),
            purifier: settings(&PurifierConfig::default()),
            networks: networks(),
            evaluation: settings(&EvaluationConfig::default()),
            checks: settings(&CheckConfig::default()),
            roc: settings(&RocConfig::default()),
            stickers: stickers(),
        }
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}

/// Every attack.
pub fn attacks() -> Vec<Method> {
    methods::<Attack>("name", Attack::all().iter().map(|attack| attack.method().keys()))
}

/// Every defence.
pub fn defences() -> Vec<Method> {
    methods::<Defense>("name", Defense::all().iter().map(|defense| defense.method().keys()))
}

/// Every recipe of training a classifier.
pub fn recipes() -> Vec<Method> {
    methods::<Recipe>("kind", Recipe::all().iter().map(|recipe| recipe.method().keys()))
}

/// Every network.
pub fn networks() -> Vec<Method> {
    methods::<Architecture>("name", Architecture::all().iter().map(|_| vec![]))
}

/// The sticker attack.
pub fn stickers() -> Vec<Method> {
    let schema = schema_for!(Sticker).to_value();
    vec![described("sticker".into(), &schema, &schema, &Sticker::default().keys())]
}

/// Every method of a list: an enum whose variants `tag` tells apart; `keys` are the names of each one's settings.
fn methods<T: JsonSchema>(tag: &str, keys: impl Iterator<Item = Vec<&'static str>>) -> Vec<Method> {
    let schema = schema_for!(T).to_value();
    let variants = schema["oneOf"].as_array().into_iter().flatten();
    variants
        .zip(keys)
        .map(|(variant, keys)| {
            let name = text(&variant["properties"][tag]["const"]);
            described(name, &schema, resolve(&schema, variant), &keys)
        })
        .collect()
}

/// A method as its struct's schema says.
fn described(name: String, root: &Value, declared: &Value, keys: &[&'static str]) -> Method {
    let marks = declared["x-marks"].as_array().into_iter().flatten();
    let mut marks: Vec<String> = marks.map(text).collect();
    for (key, mark) in [("epsilon", "bounded"), ("seed", "seeded")] {
        if keys.contains(&key) {
            marks.push(mark.into());
        }
    }
    // What the first paragraph of the comment says is for everybody; the rest is for those who read the code.
    let about = text(&declared["description"]);
    let about = about.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    Method {
        name,
        title: text(&declared["x-title"]),
        about,
        paper: text(&declared["x-paper"]),
        arxiv: text(&declared["x-arxiv"]),
        also: text(&declared["x-also"]),
        equation: text(&declared["x-equation"]),
        marks,
        settings: properties(root, declared, keys),
    }
}

/// Every setting of a struct, in order; what is a list of methods itself is left out.
pub fn settings<T: JsonSchema + Settings + Serialize>(defaults: &T) -> Vec<Setting> {
    let schema = schema_for!(T).to_value();
    // The schema of a flattened struct knows that struct's defaults only, not what this one makes of them.
    let values = serde_json::to_value(defaults).unwrap_or_default();
    let mut settings = properties(&schema, &schema, &defaults.keys());
    for setting in &mut settings {
        // What is left out where it is off is off.
        let off = Value::Bool(false);
        let value = values.get(&setting.key).or(matches!(setting.kind, Kind::Switch).then_some(&off));
        setting.default = rounded(value.unwrap_or(&Value::Null));
    }
    settings
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a schema refers to, or itself.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|address| address.strip_prefix("#/$defs/"));
    name.map_or(schema, |name| &root["$defs"][name])
}

fn properties(root: &Value, declared: &Value, keys: &[&str]) -> Vec<Setting> {
    keys.iter().filter_map(|key| setting(root, key, &declared["properties"][*key])).collect()
}

fn setting(root: &Value, key: &str, property: &Value) -> Option<Setting> {
    let bounds = |schema: &Value| (schema["minimum"].as_f64(), schema["maximum"].as_f64());
    let is = |name: &str| match &property["type"] {
        Value::String(only) => only == name,
        Value::Array(several) => several.iter().any(|one| one == name),
        _ => false,
    };
    let kind = match bounds(property) {
        _ if is("boolean") => Kind::Switch,
        _ if key == "seed" => Kind::Seed,
        (Some(min), Some(max)) if is("integer") => Kind::Integer { min: min as u64, max: max as u64 },
        (Some(min), Some(max)) if property["x-unit"] == "255" => Kind::Epsilon { min, max },
        (Some(min), Some(max)) => Kind::Number { min, max },
        _ => {
            let words = resolve(root, property)["oneOf"].as_array()?;
            let choice = |word: &Value| Some((word["const"].as_str()?.to_owned(), text(&word["description"])));
            Kind::Choice { choices: words.iter().map(choice).collect::<Option<_>>()? }
        }
    };
    let spoken = || {
        let words = key.replace('_', " ");
        words[..1].to_uppercase() + &words[1..]
    };
    Some(Setting {
        key: key.into(),
        label: property["x-label"].as_str().map_or_else(spoken, String::from),
        help: text(&property["description"]).replace('\n', " "),
        kind,
        default: rounded(&property["default"]),
        symbol: property["x-symbol"].as_str().map(String::from),
        open: property["x-open"].as_str().map(String::from),
    })
}

/// A default as it was meant: 0.1, where 32 bits would be told as 0.10000000149.
fn rounded(default: &Value) -> Value {
    match default.as_f64().filter(|_| default.is_f64()) {
        Some(number) => (number as f32).to_string().parse::<f64>().map_or(Value::Null, Value::from),
        None => default.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_declared_to_the_end() {
        let Catalogue {
            attacks,
            defences,
            recipes,
            data,
            train,
            purifier,
            networks,
            evaluation,
            checks,
            roc,
            stickers,
        } = Catalogue::new();
        let names = |methods: &[Method]| methods.iter().map(|method| method.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&attacks), Attack::NAMES);
        assert_eq!(names(&defences), Defense::NAMES);
        assert_eq!(names(&recipes), Recipe::NAMES);
        assert_eq!(names(&networks), Architecture::NAMES);
        for method in attacks.iter().chain(&defences).chain(&recipes).chain(&networks).chain(&stickers) {
            assert!(!method.title.is_empty() && !method.about.is_empty(), "{method:?}");
            assert!(method.about.ends_with('.'), "{method:?}");
        }
        let all = attacks.iter().chain(&defences).chain(&recipes).chain(&stickers);
        let others = [&data, &train, &purifier, &evaluation, &checks, &roc].into_iter().flatten();
        for setting in all.flat_map(|method| &method.settings).chain(others) {
            assert!(setting.help.ends_with('.'), "{setting:?}");
            assert_eq!(setting.default.is_null(), setting.open.is_some(), "{setting:?}");
        }
        let keys = |settings: &[Setting]| settings.iter().map(|setting| setting.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&data), ["crop", "seed", "validation", "test"]);
        assert_eq!(keys(&evaluation), ["split", "n", "seed"], "what is no setting is left out");
        assert_eq!(keys(&checks), ["knowledge", "epsilon", "split", "n", "seed", "autoattack"]);
        assert_eq!(keys(&roc), ["knowledge", "n", "seed", "false_positive_rate"]);
        assert!(train.iter().any(|setting| setting.key == "batch_size"), "flattened settings are there: {train:?}");
        let epochs =
            |settings: &[Setting]| settings.iter().find(|one| one.key == "epochs").map(|one| one.default.clone());
        assert_eq!(epochs(&train), Some(TrainConfig::default().schedule.epochs.into()));
        assert_eq!(epochs(&purifier), Some(PurifierConfig::default().schedule.epochs.into()), "not the schedule's own");
    }

    #[test]
    fn an_attack_says_what_its_struct_says() {
        let pgd = attacks().into_iter().find(|method| method.name == "pgd").expect("PGD");
        assert_eq!((pgd.title.as_str(), pgd.marks), ("PGD", vec!["bounded".into(), "seeded".into()]));
        let keys: Vec<&str> = pgd.settings.iter().map(|setting| setting.key.as_str()).collect();
        assert_eq!(keys, ["epsilon", "steps", "alpha", "restarts", "seed"], "in the order of the declaration");
        let epsilon = &pgd.settings[0];
        assert_eq!(
            (epsilon.kind.clone(), epsilon.symbol.as_deref()),
            (Kind::Epsilon { min: 0.0, max: 1.0 }, Some("ε"))
        );
        assert!((epsilon.default.as_f64().expect("a number") * 255.0 - 8.0).abs() < 1e-5);
        assert_eq!(pgd.settings[2].open.as_deref(), Some("2.5·ε/steps"));
    }
}
