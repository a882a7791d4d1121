//! What RobustBench keeps of a network (Croce et al. 2021): its `model_info` file, from records.

use serde::{Deserialize, Serialize};

use super::record::{Metric, Named, Record, RecordedAttack, Schema};
use crate::attack::{Attack, AutoAttack, Goal};
use crate::defense::Knowledge;

/// How far two ε that are meant to be the same may be apart.
const SAME: f32 = 1e-6;

/// One file of `model_info/<dataset>/Linf`, its fields as they are named and typed there: figures are texts, in per cent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Address of the paper.
    pub link: String,
    /// Its title.
    pub name: String,
    /// Its authors, with commas between them.
    pub authors: String,
    /// Whether the network has learned from more images than the data set's.
    pub additional_data: bool,
    /// Passes that one answer takes.
    pub number_forward_passes: usize,
    /// The data set's name.
    pub dataset: String,
    /// Where the paper was published; empty where it was not.
    pub venue: String,
    /// The architecture.
    pub architecture: String,
    /// ε, as k/255.
    pub eps: String,
    /// Accuracy on clean images.
    pub clean_acc: String,
    /// Robust accuracy as the paper has it; here the same as the next.
    pub reported: String,
    /// What AutoAttack leaves.
    pub autoattack_acc: String,
    /// On which images, by which program, of which file.
    pub footnote: String,
}

/// What the records do not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publication {
    /// See [`ModelInfo::link`].
    pub link: String,
    /// See [`ModelInfo::name`].
    pub title: String,
    /// See [`ModelInfo::authors`].
    pub authors: String,
    /// See [`ModelInfo::venue`].
    pub venue: String,
    /// See [`ModelInfo::additional_data`].
    pub additional_data: bool,
}

/// The record that is missing for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Clean accuracy of the network by itself.
    Clean,
    /// AutoAttack on it, by an attacker who knows it, counted by the newer rules and in the standard version: with fewer steps or targets it
    /// is not what the field calls AutoAttack.
    AutoAttack,
}

impl ModelInfo {
    /// Of a network without a defence before it, at an ε in L∞. Both figures are of the same file and the same data; of several that with
    /// the most images.
    ///
    /// # Errors
    /// The record that is not there. A PGD's figure is no substitute: the field says what AutoAttack leaves.
    pub fn of(records: &[Record], model: &str, epsilon: f32, paper: Publication) -> Result<Self, Missing> {
        let own = |record: &&Record| {
            let plain = record.defense.is_none() && record.made_on.is_none() && record.metric == Metric::Accuracy;
            plain && record.model == model && record.schema == Schema::Second && record.value.is_some()
        };
        let autoattack = records.iter().filter(own).filter(|record| match &record.attack {
            RecordedAttack::Attack(Attack::Autoattack(attack)) => {
                let AutoAttack { epsilon: at, seed, .. } = *attack;
                let standard = *attack == AutoAttack { epsilon: at, seed, ..AutoAttack::default() };
                let untargeted = record.goal == Goal::Untargeted && record.knowledge == Knowledge::Adaptive;
                standard && untargeted && (at - epsilon).abs() < SAME
            }
            _ => false,
        });
        let robust = autoattack.max_by_key(|record| record.n).ok_or(Missing::AutoAttack)?;
        let same = |record: &&Record| {
            let of = |record: &Record| (record.weights_sha256.clone(), record.dataset.clone(), record.split);
            record.attack == RecordedAttack::Other(Named::None) && of(record) == of(robust)
        };
        // Clean figures are the same by the older rules.
        let clean = |record: &&Record| own(&&Record { schema: Schema::Second, ..(*record).clone() }) && same(record);
        let clean = records.iter().filter(clean).max_by_key(|record| record.n).ok_or(Missing::Clean)?;
        let percent = |record: &Record| format!("{:.2}", 100.0 * record.value.unwrap_or(f64::NAN));
        let interval = |record: &Record| {
            let [low, high] = record.interval.unwrap_or([f64::NAN; 2]).map(|share| 100.0 * share);
            format!("{low:.2} to {high:.2}%, n = {}", record.n)
        };
        let members: Vec<String> = robust.members.iter().map(ToString::to_string).collect();
        let members =
            if members.is_empty() { String::new() } else { format!(" (for so few classes {})", members.join(" + ")) };
        let footnote = format!(
            "{}, 95 % intervals: clean {}; AutoAttack{members} {}. fool-the-sign {}, weights of SHA-256 {}.",
            robust.dataset,
            interval(clean),
            interval(robust),
            robust.version,
            robust.weights_sha256
        );
        Ok(Self {
            link: paper.link,
            name: paper.title,
            authors: paper.authors,
            additional_data: paper.additional_data,
            number_forward_passes: 1,
            dataset: robust.dataset.split([' ', '(']).next().unwrap_or_default().to_lowercase(),
            venue: paper.venue,
            architecture: robust.architecture.clone(),
            eps: format!("{}/255", (255.0 * f64::from(epsilon) * 1000.0).round() / 1000.0),
            clean_acc: percent(clean),
            reported: percent(robust),
            autoattack_acc: percent(robust),
            footnote,
        })
    }
}
