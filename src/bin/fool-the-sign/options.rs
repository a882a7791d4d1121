//! Options that several commands share: attacks with all their parameters, defences, recipes.

use clap::Args;
use fool_the_sign::attack::{Attack, Goal};
use fool_the_sign::defense::detect::DetectorConfig;
use fool_the_sign::defense::{Defense, Knowledge};
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

/// Every parameter of every attack. One that the chosen attack does not have is refused.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Parameters of attacks")]
pub struct Parameters {
    /// ε: largest change of a channel, in [0, 1] (fgsm, bim, pgd, apgd, square, fab, ensemble, autoattack, noise).
    #[arg(long, value_parser = number, allow_hyphen_values = true)]
    pub epsilon: Option<f32>,
    /// Steps, or iterations in each search of cw (bim, pgd, apgd, fab, ensemble, autoattack, cw, deepfool).
    #[arg(long)]
    steps: Option<usize>,
    /// α: size of a step; 2.5·ε/steps unless given (bim, pgd).
    #[arg(long, value_parser = number)]
    alpha: Option<f32>,
    /// Random starts (pgd, apgd).
    #[arg(long)]
    restarts: Option<usize>,
    /// Seed of the attack's random numbers (pgd, apgd, square, ensemble, autoattack, noise).
    #[arg(long)]
    attack_seed: Option<u32>,
    /// Loss: ce, dlr, dlr_targeted (apgd).
    #[arg(long)]
    loss: Option<String>,
    /// Classes that the targeted loss aims at (apgd, fab, ensemble, autoattack).
    #[arg(long)]
    targets: Option<usize>,
    /// Queries (square, ensemble, autoattack).
    #[arg(long)]
    queries: Option<usize>,
    /// p: share of the image that a square covers at first (square).
    #[arg(long, value_parser = number)]
    p: Option<f32>,
    /// κ: by how many logits the wanted class must lead (cw).
    #[arg(long, value_parser = number)]
    kappa: Option<f32>,
    /// Searches over c (cw).
    #[arg(long)]
    searches: Option<usize>,
    /// Learning rate of Adam (cw).
    #[arg(long, value_parser = number)]
    learning_rate: Option<f32>,
    /// The first c (cw).
    #[arg(long, value_parser = number)]
    initial_c: Option<f32>,
    /// Stop a search whose loss no longer falls: true or false (cw).
    #[arg(long)]
    abort_early: Option<bool>,
    /// By how much the steps are stretched (deepfool).
    #[arg(long, value_parser = number)]
    overshoot: Option<f32>,
    /// θ: what is added to a chosen value (jsma).
    #[arg(long, value_parser = number, allow_negative_numbers = true)]
    theta: Option<f32>,
    /// γ: share of the values that may be changed (jsma).
    #[arg(long, value_parser = number)]
    gamma: Option<f32>,
    /// The best single value at a time: true or false (jsma).
    #[arg(long)]
    one_pixel: Option<bool>,
}

impl Parameters {
    /// Those that were given, by the name they have in records.
    fn given(&self) -> Map<String, Value> {
        let all = [
            ("epsilon", self.epsilon.map(Value::from)),
            ("steps", self.steps.map(Value::from)),
            ("alpha", self.alpha.map(Value::from)),
            ("restarts", self.restarts.map(Value::from)),
            ("seed", self.attack_seed.map(Value::from)),
            ("loss", self.loss.clone().map(Value::from)),
            ("targets", self.targets.map(Value::from)),
            ("queries", self.queries.map(Value::from)),
            ("p", self.p.map(Value::from)),
            ("kappa", self.kappa.map(Value::from)),
            ("searches", self.searches.map(Value::from)),
            ("learning_rate", self.learning_rate.map(Value::from)),
            ("initial_c", self.initial_c.map(Value::from)),
            ("abort_early", self.abort_early.map(Value::from)),
            ("overshoot", self.overshoot.map(Value::from)),
            ("theta", self.theta.map(Value::from)),
            ("gamma", self.gamma.map(Value::from)),
            ("one_pixel", self.one_pixel.map(Value::from)),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))).collect()
    }

    /// The attack of that name with these parameters, the others at their defaults.
    pub fn attack(&self, name: &str) -> Result<Attack> {
        let (attack, unused) = self.fit(name)?;
        match unused.first() {
            None => Ok(attack),
            Some(parameter) => Err(no_such(name, parameter)),
        }
    }

    /// Several attacks; each takes the parameters that it has, and each parameter has to be one of somebody's.
    pub fn attacks(&self, names: &[String]) -> Result<Vec<Attack>> {
        let fits = names.iter().map(|name| self.fit(name)).collect::<Result<Vec<_>>>()?;
        let everywhere = |parameter: &String| fits.iter().all(|(_, unused)| unused.contains(parameter));
        match fits.first().and_then(|(_, unused)| unused.iter().find(|parameter| everywhere(parameter))) {
            Some(parameter) => Err(no_such(&names.join(", "), parameter)),
            None => Ok(fits.into_iter().map(|(attack, _)| attack).collect()),
        }
    }

    /// The attack, and the names of the parameters that it does not have.
    fn fit(&self, name: &str) -> Result<(Attack, Vec<String>)> {
        let as_map = |attack: &Attack| match serde_json::to_value(attack) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let all: Vec<Map<String, Value>> = Attack::all().iter().map(as_map).collect();
        let mut fields = all.iter().find(|fields| fields["name"] == name).cloned().ok_or_else(|| {
            let names: Vec<&str> = all.iter().filter_map(|fields| fields["name"].as_str()).collect();
            Error::argument("The attack", names.join(", "), name)
        })?;
        let mut unused = vec![];
        for (parameter, value) in self.given() {
            match fields.get_mut(&parameter) {
                Some(field) => *field = value,
                None => unused.push(parameter),
            }
        }
        let attack: Attack = serde_json::from_value(Value::Object(fields))
            .map_err(|error| Error::Attack { attack: name.into(), cause: error.to_string() })?;
        attack.validate()?;
        Ok((attack, unused))
    }
}

fn no_such(attack: &str, parameter: &str) -> Error {
    let option = if parameter == "seed" { "attack-seed".into() } else { parameter.replace('_', "-") };
    Error::NoParameter { attack: attack.into(), option }
}

/// A defence and what the attacker knows of it.
#[derive(Args, Clone)]
#[command(next_help_heading = "Defence")]
pub struct Defended {
    /// none, purifier, detector, bit-depth, median or jpeg; or a bad example: huge-logits, no-gradient.
    #[arg(long, default_value = "none")]
    defense: String,
    /// Bits per channel (bit-depth).
    #[arg(long, default_value_t = 4)]
    bits: u32,
    /// Quality, 1 to 100 (jpeg).
    #[arg(long, default_value_t = 75)]
    quality: u32,
    /// What is measured: l1, l2, jsd10 or jsd40 (detector).
    #[arg(long, default_value = "jsd10")]
    statistic: String,
    /// Share of clean images that it may refuse (detector).
    #[arg(long, value_parser = number, default_value = "0.05")]
    false_positive_rate: f32,
    /// What the attacker knows: oblivious, adaptive, or bpda; adaptive unless given. With examples of another model: oblivious.
    #[arg(long)]
    knowledge: Option<String>,
}

impl Defended {
    /// The defence.
    pub fn defense(&self) -> Result<Defense> {
        let defense = match self.defense.as_str() {
            "none" => Defense::None,
            "purifier" => Defense::Purifier,
            "bit-depth" => Defense::BitDepth { bits: self.bits },
            "median" => Defense::Median,
            "huge-logits" => Defense::HugeLogits,
            "no-gradient" => Defense::NoGradient,
            "jpeg" => Defense::Jpeg { quality: self.quality },
            "detector" => Defense::Detector(DetectorConfig {
                statistic: word("The statistic", &self.statistic, "l1, l2, jsd10 or jsd40")?,
                false_positive_rate: self.false_positive_rate,
            }),
            other => {
                let expected = "none, purifier, detector, bit-depth, median, jpeg, huge-logits or no-gradient";
                return Err(Error::argument("The defence", expected, other));
            }
        };
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
pub fn word<T: serde::de::DeserializeOwned>(what: &str, text: &str, expected: &str) -> Result<T> {
    serde_json::from_value(Value::from(text)).map_err(|_| Error::argument(what, expected, text))
}

/// The goal for a target class, or none.
pub fn goal(target: Option<usize>) -> Goal {
    target.map_or(Goal::Untargeted, |class| Goal::Targeted { class })
}
