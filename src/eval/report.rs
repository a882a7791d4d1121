//! What an evaluation found, case by case and together.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::danger::{Danger, danger};
use super::evaluation::Case;
use super::judged::Judged;
use super::record::{Circumstances, Record, Schema, successes};
use crate::data::report::Note;
use crate::error::Result;
use crate::metrics::{Proportion, quantile};
use crate::said::Said;

/// One case's findings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseReport {
    /// The question.
    pub case: Case,
    /// Accuracy; for the records see there.
    pub accuracy: Proportion,
    /// On images rounded to 8 bits per channel.
    pub accuracy_8bit: Proportion,
    /// On images saved as JPEG.
    pub accuracy_jpeg: Proportion,
    /// How often the attack reached its goal, of the images that are right when clean.
    pub success: Proportion,
    /// Quartiles of the L2 norm of the perturbations that reached the goal, where one was needed; the second is the records' median.
    pub l2_quartiles: Option<[f32; 3]>,
    /// Largest change of a channel, over all images.
    pub largest_linf: f32,
    /// (label, answer, how many), for every pair that occurs. An answer one beyond the last class is a refusal.
    pub confusion: Vec<(usize, usize, usize)>,
    /// Accuracy class by class; classes without an image are missing.
    pub per_class: Vec<(usize, Proportion)>,
    /// Confusions that would be dangerous on the road, most frequent first; for GTSRB's classes only.
    pub dangerous: Vec<DangerousConfusion>,
}

/// A confusion that would be dangerous on the road.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DangerousConfusion {
    /// What the sign is.
    pub label: usize,
    /// What it is taken for.
    pub answer: usize,
    /// How often.
    pub count: usize,
    /// Why it is dangerous.
    pub danger: Danger,
}

/// Everything an evaluation found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Case by case, in the order asked.
    pub cases: Vec<CaseReport>,
    /// For each model, defence and knowledge with several attacks of one ε: the worst of them for each image.
    pub worst: Vec<Record>,
    /// Every record, the worst cases last.
    pub records: Vec<Record>,
    /// What is to be said of the number of images, where it is not the one that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Said<Note>>,
}

impl CaseReport {
    /// From what came of each image. `signs` says whether the classes are GTSRB's.
    pub fn new(case: &Case, judged: &[Judged], signs: bool) -> Self {
        let share = |which: fn(&Judged) -> bool| {
            Proportion::new(judged.iter().filter(|image| which(image)).count(), judged.len())
        };
        let mut confusion = BTreeMap::new();
        let mut classes = BTreeMap::<usize, (usize, usize)>::new();
        for image in judged {
            *confusion.entry((image.label, image.answer)).or_insert(0) += 1;
            let (right, n) = classes.entry(image.label).or_default();
            *right += usize::from(image.holds());
            *n += 1;
        }
        let mut dangerous: Vec<DangerousConfusion> = confusion
            .iter()
            .filter(|_| signs)
            .filter_map(|(&(label, answer), &count)| {
                danger(label, answer).map(|danger| DangerousConfusion { label, answer, count, danger })
            })
            .collect();
        dangerous.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
        let mut norms: Vec<f32> = judged.iter().filter_map(Judged::needed_l2).collect();
        norms.sort_by(f32::total_cmp);
        let [low, median, high] = [0.25, 0.5, 0.75].map(|share| quantile(&norms, share));
        let quartiles = || Some([low? as f32, median? as f32, high? as f32]);
        Self {
            case: case.clone(),
            accuracy: share(Judged::holds),
            accuracy_8bit: share(Judged::holds_8bit),
            accuracy_jpeg: share(Judged::holds_jpeg),
            success: successes(judged),
            l2_quartiles: quartiles(),
            largest_linf: judged.iter().fold(0.0, |max, image| image.linf.max(max)),
            confusion: confusion.into_iter().map(|((label, answer), count)| (label, answer, count)).collect(),
            per_class: classes.into_iter().map(|(class, (right, n))| (class, Proportion::new(right, n))).collect(),
            dangerous,
        }
    }
}

impl Report {
    /// From what came of each image, case by case.
    ///
    /// # Errors
    /// As [`Circumstances::of_case`].
    pub fn new(circumstances: &Circumstances, judged: &[Vec<Judged>]) -> Result<Self> {
        Self::by(Schema::Second, circumstances, judged)
    }

    /// The same with records by another schema: to repeat those that are there.
    ///
    /// # Errors
    /// As [`Circumstances::of_case`].
    pub fn by(schema: Schema, circumstances: &Circumstances, judged: &[Vec<Judged>]) -> Result<Self> {
        let cases = &circumstances.config.cases;
        let signs = circumstances.source.signs();
        let reports = cases.iter().zip(judged).map(|(case, judged)| CaseReport::new(case, judged, signs)).collect();
        let mut records = vec![];
        for (case, judged) in cases.iter().zip(judged) {
            records.extend(circumstances.of_case(schema, case, judged)?);
        }
        // Attacks within one ε on one and the same question.
        let mut groups: Vec<Vec<usize>> = vec![];
        for (number, case) in cases.iter().enumerate() {
            let Some(epsilon) = case.attack.as_ref().and_then(|attack| attack.epsilon()) else { continue };
            let alike = |other: &Case| {
                let same_ball = other.attack.as_ref().and_then(|attack| attack.epsilon()) == Some(epsilon);
                let same_model = other.model == case.model && other.defense == case.defense;
                let same_attacker = other.knowledge == case.knowledge && other.made_on == case.made_on;
                same_ball && same_model && same_attacker && other.goal == case.goal
            };
            match groups.iter_mut().find(|group| alike(&cases[group[0]])) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        let several = groups.into_iter().filter(|group| group.len() > 1);
        let worst = several
            .map(|group| {
                let group: Vec<_> = group.iter().map(|&number| (&cases[number], judged[number].as_slice())).collect();
                circumstances.worst_of(schema, &group)
            })
            .collect::<Result<Vec<Record>>>()?;
        records.extend(worst.iter().cloned());
        Ok(Self { cases: reports, worst, records, note: None })
    }
}
