//! `evaluate`: accuracies as records, records repeated, sanity checks.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use burn::tensor::Device;
use clap::Args;
use fool_the_sign::attack::Attack;
use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::Defense;
use fool_the_sign::device::Compute;
use fool_the_sign::eval::checks::{self, CheckConfig, Checked};
use fool_the_sign::eval::contender::Contender;
use fool_the_sign::eval::evaluation::{Case, Evaluation, EvaluationConfig, Share};
use fool_the_sign::eval::judged::Judged;
use fool_the_sign::eval::record::{Circumstances, Metric, Named, Record, RecordedAttack, Schema};
use fool_the_sign::eval::report::Report;

use crate::error::{Error, Result};
use crate::files::{self, DataSet, Where};
use crate::options::{self, Attacks, Defended, Parameters, word};

/// Measures models on drawn signs or on a data set.
///
/// Several models can be given; each is measured against each attack. A record holds everything needed to reproduce its
/// figure: --record repeats it and says whether it came out the same, to the bit.
#[derive(Args)]
pub struct Evaluate {
    /// Weights of a model, as PATH or NAME=PATH; repeat for several models.
    #[arg(long, required = true)]
    weights: Vec<String>,
    /// Architecture, if a file does not name one.
    #[arg(long)]
    model: Option<String>,
    /// Weights of a purifier, as PATH (for the first model) or NAME=PATH.
    #[arg(long)]
    purifier: Vec<String>,
    /// Name of the model whose examples are used for transfer, and as the undefended one in --checks; it is not itself measured.
    #[arg(long, alias = "source")]
    made_on: Option<String>,
    /// An attack; repeat for several. Clean accuracy is always measured. With --checks, the attack behind the figure that is checked,
    /// with which AutoAttack is compared.
    #[arg(long)]
    attack: Vec<String>,
    /// Target class; untargeted without it.
    #[arg(long)]
    target: Option<usize>,
    /// Measure accuracy over ε instead: a list of ε in 255ths, for each attack that is bounded by ε.
    #[arg(long, value_delimiter = ',')]
    curve: Vec<f32>,
    /// Run the sanity checks of an evaluation instead.
    #[arg(long)]
    checks: bool,
    /// With --checks: run AutoAttack as well, which takes many times as long as everything else.
    #[arg(long, requires = "checks")]
    autoattack: bool,
    /// File for the results of the checks, added to those it already has.
    #[arg(long, requires = "checks")]
    checks_out: Option<PathBuf>,
    /// Repeat the records of a file instead.
    #[arg(long)]
    record: Option<PathBuf>,
    /// train, validation or test.
    #[arg(long, default_value = "validation")]
    split: String,
    /// Number of images.
    #[arg(long, default_value_t = 430)]
    n: usize,
    /// Seed of drawn images.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// File to write the records to, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Add them to those in the file. Of two figures for the same model, attack and attacker the newer stays, unless the older
    /// has the same weights and more images.
    #[arg(long, requires = "out")]
    add: bool,
    #[command(flatten)]
    parameters: Parameters<Attacks>,
    #[command(flatten)]
    defended: Defended,
    #[command(flatten)]
    set: DataSet,
    #[command(flatten)]
    place: Where,
}

/// Where everything is computed, and with what.
struct Bench {
    compute: Compute,
    device: Device,
    source: Rc<Source>,
    contenders: Vec<Contender>,
}

impl Evaluate {
    pub async fn run(&self) -> Result<()> {
        let (compute, device) = self.place.start().await?;
        let contenders = self.contenders(&device).await?;
        let mut bench = Bench { compute, device, source: self.set.open()?, contenders };
        let records = match (&self.record, self.checks) {
            (Some(path), _) => self.repeat(path, &mut bench).await?,
            (None, true) => self.check(&bench).await?,
            (None, false) => {
                let report = bench.measure(self.config(&bench)?).await?;
                report.records.iter().for_each(|record| println!("{}", describe(record)));
                report.records
            }
        };
        match &self.out {
            Some(path) => files::write(path, Record::to_json(&self.joined(path, records)?)),
            None => Ok(()),
        }
    }

    /// The records with those that the file has, where it is asked for.
    fn joined(&self, path: &Path, records: Vec<Record>) -> Result<Vec<Record>> {
        if !self.add || !path.exists() {
            return Ok(records);
        }
        let old = Record::parse(&String::from_utf8_lossy(&files::read(path)?))?;
        Ok(Record::joined(old, records))
    }

    async fn contenders(&self, device: &Device) -> Result<Vec<Contender>> {
        let mut purifiers: Vec<(Option<&str>, &Path)> = self.purifier.iter().map(|text| named(text)).collect();
        let mut contenders = vec![];
        for (i, text) in self.weights.iter().enumerate() {
            let (name, path) = named(text);
            let name = name.map_or_else(|| files::name_of(path), String::from);
            let own = purifiers.iter().position(|(of, _)| of.map_or(i == 0, |of| of == name));
            let purifier = own.map(|at| purifiers.remove(at).1);
            contenders.push(files::load(&name, path, self.model.as_deref(), purifier, device).await?);
        }
        match purifiers.first() {
            None => Ok(contenders),
            Some((name, _)) => Err(Error::argument("--purifier", "for one of the models", name.unwrap_or("another"))),
        }
    }

    fn config(&self, bench: &Bench) -> Result<EvaluationConfig> {
        let (defense, knowledge) = (self.defended.defense()?, self.defended.knowledge_of(self.made_on.is_some())?);
        let attacks = self.parameters.attacks(&self.attack)?;
        let attacks: Vec<_> = match self.curve.is_empty() {
            true => attacks,
            false => {
                let at = |k: f32| attacks.iter().cloned().map(move |attack| attack.with_epsilon(k / 255.0));
                self.curve.iter().flat_map(|k| at(*k)).collect()
            }
        };
        let mut cases = vec![];
        let measured = |contender: &&Contender| self.made_on.as_ref() != Some(&contender.name);
        for contender in bench.contenders.iter().filter(measured) {
            cases.push(Case::clean(&contender.name, defense.clone()));
            for attack in &attacks {
                let case = Case::attacked(&contender.name, defense.clone(), knowledge, attack.clone());
                cases.push(Case { goal: options::goal(self.target), made_on: self.made_on.clone(), ..case });
            }
        }
        match &self.made_on {
            Some(source) if cases.is_empty() => {
                Err(Error::argument("--made-on", "another than the only model of --weights", source))
            }
            _ => Ok(EvaluationConfig { split: self.split()?, n: self.n, seed: self.seed, cases }),
        }
    }

    fn split(&self) -> Result<Split> {
        word("The split", &self.split, "train, validation or test")
    }

    async fn check(&self, bench: &Bench) -> Result<Vec<Record>> {
        let model = &bench.contenders[0].name;
        let figure = match self.attack.as_slice() {
            [] => None,
            [one] => Some(self.parameters.attack(one)?),
            _ => return Err(Error::argument("--attack", "the one attack of the figure with --checks", "several")),
        };
        let epsilon = match &figure {
            Some(attack) => attack.epsilon(),
            None => self.parameters.attack("fgsm")?.epsilon(),
        };
        let config = CheckConfig {
            knowledge: self.defended.knowledge()?,
            reference: self.made_on.clone(),
            epsilon: epsilon
                .ok_or_else(|| Error::argument("--attack", "bounded by ε with --checks", &self.attack[0]))?,
            figure,
            split: self.split()?,
            n: self.n,
            seed: self.seed,
            autoattack: self.autoattack,
            ..CheckConfig::new(model, self.defended.defense()?)
        };
        let (evaluation, judged) = bench.evaluate(checks::evaluation(&config)?).await?;
        let checks = checks::run(&config, &evaluation, &judged, &bench.source, &bench.device).await?;
        for check in &checks {
            let result = match check.passed {
                Some(true) => "passed",
                Some(false) => "FAILED",
                None => "  –   ",
            };
            println!("{result}  {}: {}", check.name.words(), check.detail);
            if let Some(cause) = &check.cause {
                println!("        {cause}");
            }
        }
        if let Some(path) = &self.checks_out {
            let (dataset, version) = (bench.source.name(), env!("CARGO_PKG_VERSION").into());
            let config = CheckConfig { n: evaluation.config().n, ..config };
            let new = Checked { config, dataset, version, schema: Schema::Second, checks };
            let mut all = match path.exists() {
                true => Checked::parse(&String::from_utf8_lossy(&files::read(path)?))?,
                false => vec![],
            };
            match all.iter_mut().find(|old| new.replaces(old)) {
                Some(old) => *old = new,
                None => all.push(new),
            }
            files::write(path, serde_json::to_string_pretty(&all).expect("plain data") + "\n")?;
        }
        Ok(bench.report(Schema::Second, &evaluation, &judged)?.records)
    }

    /// Gets every record of a file again and compares.
    async fn repeat(&self, path: &Path, bench: &mut Bench) -> Result<Vec<Record>> {
        let text = String::from_utf8_lossy(&files::read(path)?).into_owned();
        let records = Record::parse(&text)?;
        let mut again = vec![];
        let mut differ = 0;
        for group in groups(&records) {
            let first = group[0];
            // Figures of earlier versions were measured on copies too. Nobody else holds the images between two evaluations.
            if let Some(source) = Rc::get_mut(&mut bench.source) {
                source.as_recorded(&first.dataset);
            }
            let mut cases: Vec<Case> = vec![];
            for case in group.iter().flat_map(|record| record.cases()) {
                if !cases.contains(&case) {
                    cases.push(case);
                }
            }
            let (evaluation, judged) = bench.evaluate(EvaluationConfig { cases, ..first.evaluation() }).await?;
            let report = bench.report(first.schema, &evaluation, &judged)?;
            for record in group {
                // Everything but the figures has to agree before the figures can be compared.
                let blank = |record: &Record| Record {
                    value: None,
                    interval: None,
                    value_8bit: None,
                    value_jpeg: None,
                    members: vec![],
                    n: 0,
                    device: bench.compute,
                    version: String::new(),
                    ..record.clone()
                };
                let Some(found) = report.records.iter().find(|found| blank(found) == blank(record)) else {
                    let short = |sum: &str| sum.get(..12).map(String::from);
                    return Err(Error::OtherFiles {
                        model: record.model.clone(),
                        weights: short(&record.weights_sha256).unwrap_or_default(),
                        purifier: record.purifier_sha256.as_deref().and_then(short).unwrap_or("none".into()),
                    });
                };
                // Records of before do not say it.
                let members = if record.members.is_empty() { vec![] } else { found.members.clone() };
                let found = Record { members, ..found.clone() };
                // A figure is the same whichever version measured it.
                let same = Record { version: record.version.clone(), ..found.clone() } == *record;
                differ += usize::from(!same);
                println!("{}  {}", if same { "same     " } else { "DIFFERENT" }, describe(&found));
                if !same {
                    println!("           it was: {}", describe(record));
                }
                again.push(found);
            }
        }
        match differ {
            0 => Ok(again),
            _ => Err(Error::RecordsDiffer { differ, of: records.len() }),
        }
    }
}

impl Bench {
    async fn measure(&self, config: EvaluationConfig) -> Result<Report> {
        let (evaluation, judged) = self.evaluate(config).await?;
        self.report(Schema::Second, &evaluation, &judged)
    }

    fn report(&self, schema: Schema, evaluation: &Evaluation, judged: &[Vec<Judged>]) -> Result<Report> {
        let contenders = evaluation.contenders();
        let config = evaluation.config();
        let circumstances = Circumstances { config, contenders, source: &self.source, device: self.compute };
        Ok(Report::by(schema, &circumstances, judged)?)
    }

    async fn evaluate(&self, config: EvaluationConfig) -> Result<(Evaluation, Vec<Vec<Judged>>)> {
        let (contenders, source) = (self.contenders.clone(), self.source.clone());
        let mut evaluation = Evaluation::new(config, Share::default(), contenders, source, &self.device)?;
        evaluation.note().into_iter().for_each(|note| eprintln!("{note}"));
        let bar = files::bar(evaluation.position().1);
        while !evaluation.finished() {
            evaluation.step().await?;
            bar.set_position(evaluation.position().0 as u64);
        }
        bar.finish_and_clear();
        let judged = evaluation.judged();
        Ok((evaluation, judged))
    }
}

/// Records that can be measured together: on the same images.
fn groups(records: &[Record]) -> Vec<Vec<&Record>> {
    let mut groups: Vec<Vec<&Record>> = vec![];
    for record in records {
        let same = |other: &Record| {
            (other.schema, other.split, other.images, other.seed, &other.dataset)
                == (record.schema, record.split, record.images, record.seed, &record.dataset)
        };
        match groups.iter_mut().find(|group| same(group[0])) {
            Some(group) => group.push(record),
            None => groups.push(vec![record]),
        }
    }
    groups
}

/// `NAME=PATH` or `PATH`.
fn named(text: &str) -> (Option<&str>, &Path) {
    match text.split_once('=') {
        Some((name, path)) => (Some(name), Path::new(path)),
        None => (None, Path::new(text)),
    }
}

/// A record on one line.
fn describe(record: &Record) -> String {
    let all = |attacks: &[Attack]| attacks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    let attack = match &record.attack {
        RecordedAttack::Attack(attack) => attack.to_string(),
        RecordedAttack::Other(Named::None) => "clean".into(),
        RecordedAttack::Other(Named::Worst { of }) => format!("worst of {}", all(of)),
    };
    let members = if record.members.is_empty() { String::new() } else { format!(" as {}", all(&record.members)) };
    let defense = match &record.defense {
        Defense::None(_) => String::new(),
        defense => format!(" behind {}", serde_json::to_string(defense).unwrap_or_default()),
    };
    let figure = match (record.metric, record.value, record.interval) {
        (Metric::MedianL2, Some(value), Some([low, high])) => format!("median L2 {value:.4} ({low:.4}–{high:.4})"),
        (metric, Some(value), Some([low, high])) => {
            let name = if metric == Metric::Accuracy { "accuracy" } else { "success" };
            format!("{name} {:.2}% ({:.2}–{:.2})", 100.0 * value, 100.0 * low, 100.0 * high)
        }
        _ => "no success".into(),
    };
    let knowledge = serde_json::to_string(&record.knowledge).unwrap_or_default().replace('"', "");
    let source = record.made_on.as_ref().map(|made_on| format!(", made on {made_on}")).unwrap_or_default();
    format!("{}{defense}: {figure}, n = {}, {attack}{members}, {knowledge}{source}", record.model, record.n)
}
