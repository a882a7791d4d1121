//! Checks of the evaluation itself: signs that an attack was too weak to be believed (Athalye et al. 2018; Carlini et al.
//! 2019, "On Evaluating Adversarial Robustness"), and that a defence holds what its figure promises.

mod cases;
mod config;
mod table;

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::{Contender, find};
use super::evaluation::{CHUNK, Evaluation, EvaluationConfig};
use super::finding::{self, Cause, Finding};
use super::judged::Judged;
use super::probe::{Probe, probe};
use super::record::Schema;
use crate::attack::Goal;
use crate::attack::victims::Victims;
use crate::data::batch;
use crate::data::source::Source;
use crate::defense::{Defense, Knowledge};
use crate::error::{self, Result, WeightsError};
use crate::model::Classifier;
use crate::said::Said;
use crate::settings::Settings;

use cases::Cases;
use table::{Row, table};

pub use config::{CheckConfig, CheckName};

/// One check's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Which.
    pub name: CheckName,
    /// None where it could not be made (no reference model, no defence).
    pub passed: Option<bool>,
    /// The figures. Files of earlier versions have a sentence here.
    #[serde(deserialize_with = "finding::finding")]
    pub detail: Said<Finding>,
    /// The likely cause, where it failed. Likewise.
    #[serde(deserialize_with = "finding::cause")]
    pub cause: Option<Said<Cause>>,
}

/// What came of the checks of one figure, to be kept beside the records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// What was checked.
    pub config: CheckConfig,
    /// [`Source::name`].
    pub dataset: String,
    /// Version of the program.
    pub version: String,
    /// By which rules the images were counted; those of before the second do not say it.
    #[serde(default = "before", skip_serializing_if = "is_before")]
    pub schema: Schema,
    /// The checks.
    pub checks: Vec<Check>,
}

fn before() -> Schema {
    Schema::First
}

fn is_before(schema: &Schema) -> bool {
    *schema == before()
}

impl Checked {
    /// Reads a list of them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Weights`] if the text is something else.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        Ok(serde_json::from_str(text).map_err(|error| WeightsError::NoChecks { cause: error::cause(error) })?)
    }

    /// Whether both are of the same figure: of two such, one is enough. Another ε makes another figure.
    pub fn replaces(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.config.model.clone(), one.config.defense.clone(), one.config.knowledge);
        what(self) == what(other) && (self.config.epsilon - other.config.epsilon).abs() < 1e-6
    }
}

/// The evaluation behind the checks.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] for an ε out of range.
pub fn evaluation(config: &CheckConfig) -> Result<EvaluationConfig> {
    config.check("check")?;
    let cases = cases::keyed(config).into_iter().map(|(_, case)| case).collect();
    Ok(EvaluationConfig { split: config.split, n: config.n, seed: config.seed, cases })
}

/// The model that the flags look at: what is deployed, with the gradients that are followed on it. An oblivious attacker has those of
/// something else, which says nothing of the model that he is measured on.
///
/// # Errors
/// As [`Contender::as_seen_by`].
pub fn view<'a>(config: &CheckConfig, contender: &'a Contender) -> Result<Box<dyn Classifier + 'a>> {
    // Being refused or not has no say in whether there are gradients.
    let defense = if matches!(config.defense, Defense::Detector(_)) {
        &Defense::Purifier(Default::default())
    } else {
        &config.defense
    };
    let knowledge = match config.knowledge {
        Knowledge::None | Knowledge::Oblivious => Knowledge::Adaptive,
        knows => knows,
    };
    contender.as_seen_by(knowledge, defense, None)
}

/// All checks, from what came of each image of [`evaluation`] and from the probe.
pub fn checks(config: &CheckConfig, judged: &[Vec<Judged>], probe: &Probe) -> Vec<Check> {
    let cases = Cases::new(config, judged);
    let check = |row: Row| {
        let (passed, detail) = match row.needs.iter().all(|key| cases.has(*key)) {
            true => (row.judge)(&cases, probe),
            false => (None, row.without?),
        };
        let cause = (passed == Some(false)).then(|| row.cause.into());
        Some(Check { name: row.name, passed, detail: detail.into(), cause })
    };
    table().into_iter().filter_map(check).collect()
}

/// All checks of a finished evaluation, the probe included.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
pub async fn run(
    config: &CheckConfig,
    evaluation: &Evaluation,
    judged: &[Vec<Judged>],
    source: &Source,
    device: &Device,
) -> Result<Vec<Check>> {
    let contender = find(evaluation.contenders(), &config.model)?;
    let n = evaluation.config().n;
    let batches = (0..n).step_by(CHUNK).map(|first| {
        let signs = source.batch(config.seed, config.split, first as u64..n.min(first + CHUNK) as u64);
        Victims::new(batch::images(&signs, device), batch::labels(&signs), Goal::Untargeted)
    });
    let mut probe = probe(&*view(config, contender)?, batches).await?;
    if config.knowledge == Knowledge::Bpda {
        probe.foretold = None;
    }
    Ok(checks(config, judged, &probe))
}
