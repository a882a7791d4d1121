//! Options that several commands share. Those of attacks, defences and recipes are made from their declarations.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use fool_the_sign::attack::{Attack, Goal};
use fool_the_sign::catalogue::{self, Kind, Method, Setting};
use fool_the_sign::defense::{Defense, Knowledge};
use fool_the_sign::train::classifier::TrainConfig;
use fool_the_sign::train::purifier::PurifierConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// A number, or a fraction such as 8/255.
pub fn number(text: &str) -> std::result::Result<f32, String> {
    let parse = |part: &str| part.trim().parse::<f32>().map_err(|_| format!("{text} is no number"));
    let value = match text.split_once('/') {
        Some((above, below)) => parse(above)? / parse(below)?,
        None => parse(text)?,
    };
    if value.is_finite() { Ok(value) } else { Err(format!("{text} is no finite number")) }
}

/// Methods whose settings are options of a command.
pub trait Offered {
    /// What the help calls them.
    const HEADING: &'static str;
    /// Settings whose option has another name.
    const RENAMED: &'static [(&'static str, &'static str)];
    /// The methods.
    fn methods() -> Vec<Method>;
}

/// Attacks.
#[derive(Clone, Default)]
pub struct Attacks;

impl Offered for Attacks {
    const HEADING: &'static str = "Parameters of attacks";
    const RENAMED: &'static [(&'static str, &'static str)] = &[("seed", "attack-seed")];

    fn methods() -> Vec<Method> {
        catalogue::attacks()
    }
}

/// Stickers.
#[derive(Clone, Default)]
pub struct Stickers;

impl Offered for Stickers {
    const HEADING: &'static str = "Parameters of the sticker";
    const RENAMED: &'static [(&'static str, &'static str)] = &[("seed", "sticker-seed")];

    fn methods() -> Vec<Method> {
        catalogue::stickers()
    }
}

/// Defences.
#[derive(Clone, Default)]
pub struct Defences;

impl Offered for Defences {
    const HEADING: &'static str = "Parameters of defences";
    const RENAMED: &'static [(&'static str, &'static str)] = &[];

    fn methods() -> Vec<Method> {
        catalogue::defences()
    }
}

/// Recipes, and what surrounds them.
#[derive(Clone, Default)]
pub struct Trainings;

impl Offered for Trainings {
    const HEADING: &'static str = "Parameters of the training";
    const RENAMED: &'static [(&'static str, &'static str)] =
        &[("batch_size", "batch"), ("images_per_epoch", "images"), ("validation_images", "validation")];

    fn methods() -> Vec<Method> {
        let plain = |name: &str, mut settings: Vec<Setting>| {
            // `--plain` is its opposite: on is what a data set wants.
            settings.retain(|setting| setting.key != "augment");
            Method { name: name.into(), settings, ..Method::default() }
        };
        let mut all = catalogue::recipes();
        all.push(plain("classifiers", catalogue::settings(&TrainConfig::default())));
        all.push(plain("purifiers", catalogue::settings(&PurifierConfig::default())));
        all
    }
}

/// Every setting of every method that is offered. One that the chosen method does not have is refused.
#[derive(Clone, Default)]
pub struct Parameters<O> {
    given: Map<String, Value>,
    offered: PhantomData<O>,
}

/// The name of the option for a setting.
fn option<O: Offered>(key: &str) -> String {
    let renamed = O::RENAMED.iter().find(|(setting, _)| *setting == key);
    renamed.map_or_else(|| key.replace('_', "-"), |(_, option)| (*option).into())
}

/// The settings of all methods, those of one name together.
fn by_key<O: Offered>() -> BTreeMap<String, Vec<(String, Setting)>> {
    let mut all: BTreeMap<String, Vec<(String, Setting)>> = BTreeMap::new();
    for method in O::methods() {
        for setting in method.settings {
            all.entry(setting.key.clone()).or_default().push((method.name.clone(), setting));
        }
    }
    all
}

/// The help of one option: what it does in each of the methods that have it, its range, and its defaults.
fn help(methods: &[(String, Setting)]) -> String {
    let mut said: Vec<(&Setting, Vec<&str>)> = vec![];
    for (name, setting) in methods {
        match said.iter_mut().find(|(one, _)| one.help == setting.help && one.default == setting.default) {
            Some((_, names)) => names.push(name),
            None => said.push((setting, vec![name])),
        }
    }
    let sentence = |(setting, names): &(&Setting, Vec<&str>)| {
        let range = match &setting.kind {
            Kind::Integer { min, max } => format!("{min} to {max}, "),
            Kind::Number { min, max } | Kind::Epsilon { min, max } => format!("{min} to {max}, "),
            Kind::Choice { choices } => {
                let words: Vec<&str> = choices.iter().map(|(word, _)| word.as_str()).collect();
                format!("{}, ", words.join(", "))
            }
            Kind::Switch | Kind::Seed => String::new(),
        };
        let default = match (&setting.open, &setting.default) {
            (Some(open), _) => open.clone(),
            (None, Value::String(word)) => word.clone(),
            (None, value) if matches!(setting.kind, Kind::Epsilon { .. }) => {
                format!("{}/255", (value.as_f64().unwrap_or_default() * 255e3).round() / 1e3)
            }
            (None, value) => value.to_string(),
        };
        format!("{} [{range}default {default}: {}]", setting.help, names.join(", "))
    };
    let symbol = methods.iter().find_map(|(_, setting)| setting.symbol.as_deref());
    let sentences: Vec<String> = said.iter().map(sentence).collect();
    symbol.map(|symbol| format!("{symbol}: ")).unwrap_or_default() + &sentences.join(" ")
}

/// A value as the setting wants it.
fn read(kind: &Kind, text: &str) -> std::result::Result<Value, String> {
    match kind {
        Kind::Integer { .. } | Kind::Seed => {
            text.parse::<u64>().map(Value::from).map_err(|_| format!("{text} is not a whole number of at least 0"))
        }
        Kind::Number { .. } | Kind::Epsilon { .. } => number(text).map(|value| match text.parse::<f64>() {
            // 64-bit settings keep their digits.
            Ok(exact) => Value::from(exact),
            Err(_) => Value::from(value),
        }),
        Kind::Switch => text.parse::<bool>().map(Value::from).map_err(|_| format!("{text} is neither true nor false")),
        Kind::Choice { .. } => Ok(text.into()),
    }
}

impl<O: Offered> Args for Parameters<O> {
    fn augment_args(command: Command) -> Command {
        by_key::<O>().into_iter().fold(command, |command, (key, methods)| {
            let kind = methods[0].1.kind.clone();
            let switch = kind == Kind::Switch;
            let name = option::<O>(&key);
            let arg = Arg::new(name.clone())
                .long(name)
                .help(help(&methods))
                .help_heading(O::HEADING)
                .allow_hyphen_values(matches!(kind, Kind::Number { .. } | Kind::Epsilon { .. }))
                .value_name(if switch { "true|false" } else { "VALUE" })
                .value_parser(move |text: &str| read(&kind, text));
            command.arg(if switch { arg.num_args(0..=1).default_missing_value("true") } else { arg })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<O: Offered> FromArgMatches for Parameters<O> {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        let keys = by_key::<O>().into_keys();
        let value = |key: String| matches.get_one::<Value>(&option::<O>(&key)).cloned().map(|value| (key, value));
        Ok(Self { given: keys.filter_map(value).collect(), offered: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> std::result::Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<O: Offered> Parameters<O> {
    /// A struct of settings, with those that were given in the place of its own, and the names of those that it does not have.
    pub fn fit<T: Serialize + DeserializeOwned>(&self, name: &str, defaults: &T) -> Result<(T, Vec<String>)> {
        let mut fields = match serde_json::to_value(defaults) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let mut unused = vec![];
        for (key, value) in &self.given {
            match fields.get_mut(key) {
                Some(field) => *field = value.clone(),
                None => unused.push(key.clone()),
            }
        }
        let fitted = serde_json::from_value(Value::Object(fields)).map_err(|error| unfit(name, &error))?;
        Ok((fitted, unused))
    }

    /// The error for a setting that nothing takes.
    pub fn no_such(&self, name: &str, key: &str) -> Error {
        Error::NoParameter { method: name.into(), option: option::<O>(key) }
    }
}

fn unfit(name: &str, error: &serde_json::Error) -> Error {
    Error::Unfit { method: name.into(), cause: error.to_string() }
}

impl Parameters<Attacks> {
    /// The attack of that name, or as it is printed, with these parameters, the others at their defaults.
    pub fn attack(&self, text: &str) -> Result<Attack> {
        let (attack, unused) = self.fit_attack(text)?;
        match unused.first() {
            None => Ok(attack),
            Some(parameter) => Err(self.no_such(text, parameter)),
        }
    }

    /// Several attacks; each takes the parameters that it has, and each parameter has to be one of somebody's.
    pub fn attacks(&self, texts: &[String]) -> Result<Vec<Attack>> {
        let fits = texts.iter().map(|text| self.fit_attack(text)).collect::<Result<Vec<_>>>()?;
        let everywhere = |parameter: &String| fits.iter().all(|(_, unused)| unused.contains(parameter));
        match fits.first().and_then(|(_, unused)| unused.iter().find(|parameter| everywhere(parameter))) {
            Some(parameter) => Err(self.no_such(&texts.join(", "), parameter)),
            None => Ok(fits.into_iter().map(|(attack, _)| attack).collect()),
        }
    }

    fn fit_attack(&self, text: &str) -> Result<(Attack, Vec<String>)> {
        let name = text.split('(').next().unwrap_or_default().trim();
        if !Attack::NAMES.contains(&name) {
            return Err(Error::argument("The attack", Attack::NAMES.join(", "), text));
        }
        let (attack, unused) = self.fit(name, &text.parse::<Attack>()?)?;
        attack.validate()?;
        Ok((attack, unused))
    }
}

/// A defence and what the attacker knows of it.
#[derive(Args, Clone)]
pub struct Defended {
    /// The defence in front of the classifier, by name; `fool-the-sign methods` lists them.
    #[arg(long, default_value = "none", help_heading = Defences::HEADING)]
    defense: String,
    /// What the attacker knows: oblivious, adaptive or bpda; adaptive unless given, and oblivious with examples made on another model.
    #[arg(long, help_heading = Defences::HEADING)]
    knowledge: Option<String>,
    #[command(flatten)]
    parameters: Parameters<Defences>,
}

impl Defended {
    /// The defence.
    pub fn defense(&self) -> Result<Defense> {
        let name = self.defense.replace('-', "_");
        let known = Defense::all().into_iter().find(|defense| defense.name() == name);
        let names = || Defense::NAMES.join(", ").replace('_', "-");
        let defense = known.ok_or_else(|| Error::argument("The defence", names(), &self.defense))?;
        let (defense, unused) = self.parameters.fit(&self.defense, &defense)?;
        if let Some(parameter) = unused.first() {
            return Err(self.parameters.no_such(&self.defense, parameter));
        }
        defense.validate()?;
        Ok(defense)
    }

    /// What the attacker knows.
    pub fn knowledge(&self) -> Result<Knowledge> {
        self.knowledge_of(false)
    }

    /// What the attacker knows whose examples are made on another model, or not.
    pub fn knowledge_of(&self, transfer: bool) -> Result<Knowledge> {
        let otherwise = if transfer { "oblivious" } else { "adaptive" };
        match word("The knowledge", self.knowledge.as_deref().unwrap_or(otherwise), "oblivious, adaptive or bpda")? {
            Knowledge::None => Err(Error::argument("The knowledge", "oblivious, adaptive or bpda", "none")),
            knowledge => Ok(knowledge),
        }
    }
}

/// A value that is one word in JSON.
pub fn word<T: DeserializeOwned>(what: &str, text: &str, expected: &str) -> Result<T> {
    serde_json::from_value(Value::from(text)).map_err(|_| Error::argument(what, expected, text))
}

/// The goal for a target class, or none.
pub fn goal(target: Option<usize>) -> Goal {
    target.map_or(Goal::Untargeted, |class| Goal::Targeted { class })
}

/// Lists what can be chosen, with every parameter: made from the declarations.
#[derive(Args)]
pub struct Methods {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Methods {
    pub fn run(&self) {
        let all = catalogue::Catalogue::new();
        if self.json {
            println!("{}", serde_json::to_string_pretty(&all).expect("plain data"));
            return;
        }
        for (heading, methods) in [
            ("Attacks", all.attacks),
            ("Defences", all.defences),
            ("Recipes", all.recipes),
            ("Networks", all.networks),
            ("Stickers", all.stickers),
        ] {
            println!("{heading}");
            for Method { name, title, about, paper, settings, .. } in methods {
                println!("  {name}: {title}. {about}{}{paper}", if paper.is_empty() { "" } else { " " });
                for setting in settings {
                    let key = setting.key.clone();
                    println!("    {key}: {}", help(&[(name.clone(), setting)]));
                }
            }
        }
    }
}
