//! The record of one figure: everything that is needed to get it again. Tables are made from records, never by hand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::{Contender, find};
use super::evaluation::{Case, EvaluationConfig};
use super::judged::Judged;
use crate::attack::{Attack, Goal};
use crate::data::source::Source;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::device::Compute;
use crate::error::{self, RecordFault, Result, WeightsError};
use crate::metrics::{Proportion, median_with_interval};
use crate::model::Classifier;

/// Name and version of the schema of new records. A new version is a new name.
pub const SCHEMA: &str = "fool-the-sign/record/2";

/// By which rules a record counts. Figures of two schemas do not compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Schema {
    /// Accuracy under attack counted the attacked images alone, so that an attack could repair an image that the model misreads; success
    /// rates were of all images, medians of those that needed a perturbation.
    #[serde(rename = "fool-the-sign/record/1")]
    First,
    /// An image holds where the model is right on the clean and on the attacked image ([`Judged::holds`]); success rates and medians are
    /// of the images that are right when clean.
    #[serde(rename = "fool-the-sign/record/2")]
    Second,
}

impl Schema {
    fn accuracy(self) -> [fn(&Judged) -> bool; 3] {
        match self {
            Schema::First => [|image| image.right, |image| image.right_8bit, |image| image.right_jpeg],
            Schema::Second => [Judged::holds, Judged::holds_8bit, Judged::holds_jpeg],
        }
    }

    fn successes(self, judged: &[Judged]) -> Proportion {
        match self {
            Schema::First => Proportion::new(judged.iter().filter(|image| image.success).count(), judged.len()),
            Schema::Second => successes(judged),
        }
    }

    fn norms(self, judged: &[Judged]) -> Vec<f32> {
        let first = |image: &Judged| (image.success && !image.success_clean).then_some(image.l2);
        match self {
            Schema::First => judged.iter().filter_map(first).collect(),
            Schema::Second => judged.iter().filter_map(Judged::needed_l2).collect(),
        }
    }
}

/// A file of records that is none.
pub(super) fn unreadable(error: serde_json::Error) -> WeightsError {
    WeightsError::NoRecord { fault: RecordFault::RecordUnreadable { cause: error::cause(error) } }
}

/// A record that counts by rules which are not read.
pub(super) fn of_another_schema(schema: impl std::fmt::Display, reads: &str) -> WeightsError {
    WeightsError::NoRecord { fault: RecordFault::OtherSchema { schema: error::cause(schema), reads: reads.into() } }
}

/// On how many of the images that are right when clean the attack reached its goal.
pub fn successes(judged: &[Judged]) -> Proportion {
    let right = || judged.iter().filter(|image| image.right_clean);
    Proportion::new(right().filter(|image| image.success).count(), right().count())
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Share of images that the defended model gets right; under attack both the clean and the attacked image, which with a detector may
    /// also be refused.
    Accuracy,
    /// Share of the images that are right when clean on which the attack reaches its goal.
    SuccessRate,
    /// Median Euclidean norm of the perturbations that reach the goal, of the images that are right when clean.
    MedianL2,
}

/// The attack as a record has it: with every parameter, `{"name": "none"}` for clean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RecordedAttack {
    /// An attack.
    Attack(Attack),
    /// The worst of several for each image, or none at all.
    Other(Named),
}

/// Something that is no single attack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "name", rename_all = "snake_case", deny_unknown_fields)]
pub enum Named {
    /// Clean images.
    None,
    /// Per image the worst of these.
    Worst {
        /// Which.
        of: Vec<Attack>,
    },
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FigureRecord")]
pub struct Record {
    /// By which rules it counts.
    pub schema: Schema,
    /// Version of the program.
    pub version: String,
    /// Name of the model.
    pub model: String,
    /// Name of its architecture.
    pub architecture: String,
    /// SHA-256 of its file.
    pub weights_sha256: String,
    /// Number of parameters of the classifier.
    pub parameters: usize,
    /// What stands before it, with every parameter.
    pub defense: Defense,
    /// SHA-256 of the purifier's file, where the defence has one.
    pub purifier_sha256: Option<String>,
    /// [`Source::name`]: the data set, with its fingerprint where it is not generated.
    pub dataset: String,
    /// Which images of it; always the first `n`.
    pub split: Split,
    /// Number of images that the figure is made of.
    pub n: usize,
    /// Number of images looked at: more than `n` where a target leaves some out.
    pub images: usize,
    /// The attack with every parameter.
    pub attack: RecordedAttack,
    /// The attacks that this one consisted of, where they were others than its name stands for: AutoAttack's losses do not all exist for
    /// fewer than four classes, or for a target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Attack>,
    /// What it wants.
    pub goal: Goal,
    /// What the attacker knows.
    pub knowledge: Knowledge,
    /// The model that the examples were made on, if it was another; `source` in records of earlier versions.
    #[serde(alias = "source")]
    pub made_on: Option<String>,
    /// SHA-256 of that one's file.
    #[serde(alias = "source_sha256")]
    pub made_on_sha256: Option<String>,
    /// What the figure says.
    pub metric: Metric,
    /// The figure; none where nothing succeeded, so that there is no median.
    pub value: Option<f64>,
    /// 95 % interval: Wilson's for shares, of order statistics for the median.
    pub interval: Option<[f64; 2]>,
    /// The same figure for images rounded to 8 bits per channel; accuracies only.
    pub value_8bit: Option<f64>,
    /// The same figure for images saved as JPEG of quality 90; accuracies only.
    pub value_jpeg: Option<f64>,
    /// Seed of generated images.
    pub seed: u32,
    /// `cpu` or `gpu`.
    pub device: Compute,
}

impl Record {
    /// Reads a record, or a list of them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Weights`] with a sentence: not JSON, another schema, a field missing or unknown.
    pub fn parse(text: &str) -> Result<Vec<Record>> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        let list = match value {
            serde_json::Value::Array(list) => list,
            one => vec![one],
        };
        list.into_iter()
            .map(|value| {
                let schema = value.get("schema").and_then(serde_json::Value::as_str).unwrap_or("none").to_owned();
                if serde_json::from_value::<Schema>(schema.clone().into()).is_err() {
                    return Err(of_another_schema(schema, SCHEMA).into());
                }
                Ok(serde_json::from_value(value).map_err(unreadable)?)
            })
            .collect()
    }

    /// Two lists as one. Of two records that say the same of the same model, data and attack the newer stays; but if the older
    /// counts by the same rules, is of the same files and of more images, that one.
    pub fn joined(mut old: Vec<Record>, new: Vec<Record>) -> Vec<Record> {
        let files = |record: &Record| {
            [Some(&record.weights_sha256), record.purifier_sha256.as_ref(), record.made_on_sha256.as_ref()]
                .map(|sum| sum.cloned())
        };
        for record in new {
            match old.iter_mut().find(|old| old.is_of_same_case(&record) && old.metric == record.metric) {
                Some(old)
                    if (old.schema, files(old)) == (record.schema, files(&record)) && old.images > record.images => {}
                Some(old) => *old = record,
                None => old.push(record),
            }
        }
        old
    }

    /// Whether both say something, each its own metric perhaps, of the same model under the same attack on the same data.
    pub fn is_of_same_case(&self, other: &Record) -> bool {
        let case = |record: &Record| {
            let Record { model, defense, dataset, split, attack, goal, knowledge, made_on, .. } = record.clone();
            (model, defense, dataset, split, attack, goal, knowledge, made_on)
        };
        case(self) == case(other)
    }

    /// The records as JSON text, as both the page and the command line write them.
    pub fn to_json(records: &[Record]) -> String {
        let mut text = serde_json::to_string_pretty(records).expect("plain data");
        text.push('\n');
        text
    }

    /// The questions that give this record again.
    pub fn cases(&self) -> Vec<Case> {
        let case = |attack: Option<Attack>| Case {
            model: self.model.clone(),
            defense: self.defense.clone(),
            knowledge: self.knowledge,
            attack,
            goal: self.goal,
            made_on: self.made_on.clone(),
        };
        match &self.attack {
            RecordedAttack::Attack(attack) => vec![case(Some(attack.clone()))],
            RecordedAttack::Other(Named::None) => vec![case(None)],
            RecordedAttack::Other(Named::Worst { of }) => of.iter().cloned().map(Some).map(case).collect(),
        }
    }

    /// The evaluation that gives this record again.
    pub fn evaluation(&self) -> EvaluationConfig {
        EvaluationConfig { split: self.split, n: self.images, seed: self.seed, cases: self.cases() }
    }
}

/// What all records of an evaluation share.
pub struct Circumstances<'a> {
    /// What was asked for.
    pub config: &'a EvaluationConfig,
    /// The models.
    pub contenders: &'a [Contender],
    /// Where the images came from.
    pub source: &'a Source,
    /// Where it was computed.
    pub device: Compute,
}

impl Circumstances<'_> {
    /// The records of one case: its accuracy, and for an attack that looks for the smallest perturbation also how often it
    /// succeeds and how large the perturbation is.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] if the case's model is not there.
    pub fn of_case(&self, schema: Schema, case: &Case, judged: &[Judged]) -> Result<Vec<Record>> {
        let attack = match &case.attack {
            Some(attack) => RecordedAttack::Attack(attack.clone().resolved()),
            None => RecordedAttack::Other(Named::None),
        };
        let mut records = vec![self.accuracy(schema, case, attack.clone(), judged)?];
        let minimum = case.attack.as_ref().is_some_and(Attack::is_minimum_norm);
        if minimum || case.goal != Goal::Untargeted {
            let (rate, norms) = (schema.successes(judged), schema.norms(judged));
            let mut record = self.blank(schema, case, attack.clone(), (rate.n, Metric::SuccessRate))?;
            (record.value, record.interval) = (Some(rate.value), Some([rate.low, rate.high]));
            records.push(record);
            let mut record = self.blank(schema, case, attack, (norms.len(), Metric::MedianL2))?;
            if let Some([median, low, high]) = median_with_interval(&norms) {
                (record.value, record.interval) = (Some(median), Some([low, high]));
            }
            records.push(record);
        }
        Ok(records)
    }

    /// The record of the worst of several cases for each image: an image counts only where all of them leave it right.
    ///
    /// # Errors
    /// As [`Self::of_case`].
    pub fn worst_of(&self, schema: Schema, cases: &[(&Case, &[Judged])]) -> Result<Record> {
        let of = cases.iter().filter_map(|(case, _)| case.attack.clone().map(Attack::resolved)).collect();
        let images = cases.iter().map(|(_, judged)| judged.len()).min().unwrap_or_default();
        let judged: Vec<Judged> = (0..images)
            .map(|i| {
                let all = |right: fn(&Judged) -> bool| cases.iter().all(|(_, judged)| right(&judged[i]));
                Judged {
                    right: all(|image| image.right),
                    right_clean: all(|image| image.right_clean),
                    right_8bit: all(|image| image.right_8bit),
                    right_jpeg: all(|image| image.right_jpeg),
                    ..cases[0].1[i]
                }
            })
            .collect();
        self.accuracy(schema, cases[0].0, RecordedAttack::Other(Named::Worst { of }), &judged)
    }

    fn accuracy(&self, schema: Schema, case: &Case, attack: RecordedAttack, judged: &[Judged]) -> Result<Record> {
        let share = |right: fn(&Judged) -> bool| {
            Proportion::new(judged.iter().filter(|image| right(image)).count(), judged.len())
        };
        let [right, right_8bit, right_jpeg] = schema.accuracy();
        let accuracy = share(right);
        let exported = |right| case.attack.is_some().then(|| share(right).value);
        let mut record = self.blank(schema, case, attack, (judged.len(), Metric::Accuracy))?;
        record.value = Some(accuracy.value);
        record.interval = Some([accuracy.low, accuracy.high]);
        record.value_8bit = exported(right_8bit);
        record.value_jpeg = exported(right_jpeg);
        Ok(record)
    }

    fn blank(
        &self,
        schema: Schema,
        case: &Case,
        attack: RecordedAttack,
        (n, metric): (usize, Metric),
    ) -> Result<Record> {
        let contender = find(self.contenders, &case.model)?;
        let made_on = case.made_on.as_ref().map(|made_on| find(self.contenders, made_on)).transpose()?;
        let with_purifier = case.defense.needs_purifier();
        let attacks = match &attack {
            RecordedAttack::Attack(attack) => std::slice::from_ref(attack),
            RecordedAttack::Other(Named::Worst { of }) => of,
            RecordedAttack::Other(Named::None) => &[],
        };
        let classes = contender.network.classes();
        let members = attacks.iter().flat_map(|attack| attack.stand_ins(case.goal, classes)).collect();
        Ok(Record {
            schema,
            version: env!("CARGO_PKG_VERSION").into(),
            model: case.model.clone(),
            architecture: contender.architecture.name().into(),
            weights_sha256: contender.weights_sha256.clone(),
            parameters: burn::module::Module::num_params(&contender.network),
            defense: case.defense.clone(),
            purifier_sha256: contender.purifier_sha256.clone().filter(|_| with_purifier),
            dataset: self.source.name(),
            split: self.config.split,
            n,
            images: self.config.n,
            attack,
            members,
            goal: case.goal,
            knowledge: case.knowledge,
            made_on: case.made_on.clone(),
            made_on_sha256: made_on.map(|made_on| made_on.weights_sha256.clone()),
            metric,
            value: None,
            interval: None,
            value_8bit: None,
            value_jpeg: None,
            seed: self.config.seed,
            device: self.device,
        })
    }
}
