//! Checks of the evaluation itself: signs that an attack was too weak to be believed (Athalye et al. 2018; Carlini et al.
//! 2019, "On Evaluating Adversarial Robustness"), and that a defence holds what its figure promises.

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use super::contender::{Contender, find};
use super::evaluation::{CHUNK, Case, Evaluation, EvaluationConfig, Judged};
use crate::attack::victims::Victims;
use crate::attack::{Attack, CarliniWagner, Fgsm, Goal, Pgd, Square, UniformNoise};
use crate::data::batch;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::device;
use crate::error::{Error, ErrorKind, Result, in_range};
use crate::model::{Classifier, loss};

/// What is checked, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckConfig {
    /// Name of the model.
    pub model: String,
    /// What stands before it.
    pub defense: Defense,
    /// The attacker behind the figure that is checked.
    pub knowledge: Knowledge,
    /// Another model: its examples are tried for transfer, and an oblivious attacker uses it where there is no defence in
    /// front of the model.
    pub reference: Option<String>,
    /// ε of the attacks.
    pub epsilon: f32,
    /// Which images.
    pub split: Split,
    /// How many.
    pub n: usize,
    /// Seed of generated images.
    pub seed: u32,
}

impl CheckConfig {
    /// For the adaptive attacker at 8/255 on 64 generated validation images.
    pub fn new(model: &str, defense: Defense) -> Self {
        Self {
            model: model.into(),
            defense,
            knowledge: Knowledge::Adaptive,
            reference: None,
            epsilon: 8.0 / 255.0,
            split: Split::Validation,
            n: 64,
            seed: 1,
        }
    }
}

/// The checks, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// PGD accuracy ≤ FGSM accuracy.
    IterativeIsStronger,
    /// Doubling the steps changes PGD by at most a point.
    MoreStepsChangeNothing,
    /// Accuracy falls monotonically with ε.
    FallsWithEpsilon,
    /// At ε = 0.5 accuracy is at chance or below.
    UnboundedBeatsAll,
    /// C&W without a bound succeeds on every image.
    MinimumNormSucceeds,
    /// Square fools no image that PGD does not.
    BlackBoxIsWeaker,
    /// Examples of another model fool no image that PGD does not.
    TransferIsWeaker,
    /// Noise is weaker than FGSM.
    NoiseIsWeaker,
    /// Adaptive ≤ oblivious.
    KnowledgeHelps,
    /// Gradients are not zero.
    GradientsExist,
    /// The outputs are logits of a sane scale.
    OutputsAreLogits,
    /// The same image gives the same answer.
    ForwardIsDeterministic,
    /// The defence is better than none, for an attacker who does not know it.
    DefenceHelps,
    /// What the defence gains is not lost to an attacker who knows it.
    ClaimSurvivesKnowledge,
}

impl CheckName {
    /// The name in words, as the command line and the README show it.
    pub fn words(self) -> String {
        let name = serde_json::to_value(self).expect("a plain name");
        name.as_str().expect("a plain name").replace('_', " ")
    }
}

/// One check's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub name: CheckName,
    /// None where it could not be made (no reference model, no defence).
    pub passed: Option<bool>,
    /// The figures, in a sentence.
    pub detail: String,
    /// The likely cause, where it failed.
    pub cause: Option<String>,
}

/// What came of the checks of one figure, to be kept beside the records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// What was checked.
    pub config: CheckConfig,
    /// [`Source::name`].
    pub dataset: String,
    /// Version of the program.
    pub version: String,
    /// The checks.
    pub checks: Vec<Check>,
}

impl Checked {
    /// Reads a list of them.
    ///
    /// # Errors
    /// [`ErrorKind::Weights`] if the text is something else.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        serde_json::from_str(text)
            .map_err(|error| Error::new(ErrorKind::Weights, format!("This is no list of checks: {error}.")))
    }

    /// Whether both are of the same figure: of two such, one is enough.
    pub fn replaces(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.config.model.clone(), one.config.defense.clone(), one.config.knowledge);
        what(self) == what(other)
    }
}

/// What is wrong when an attack that should be stronger is not.
const MASKED: &str = "Masked gradients: the attack follows gradients that lead nowhere, so its figure is too high. Attack \
                      through the defence, or with BPDA.";

/// ε of the curve, in 255ths; the figure's own ε is not among them.
const CURVE: [f32; 5] = [1.0, 2.0, 4.0, 16.0, 32.0];

/// The evaluation behind the checks. The order of its cases is fixed: see `Cases`.
pub fn evaluation(config: &CheckConfig) -> Result<EvaluationConfig> {
    in_range("ε of the checks", config.epsilon, 1.0 / 255.0..=0.25)?;
    let CheckConfig { model, defense, knowledge, epsilon, reference, .. } = config;
    let pgd = |epsilon, steps| Attack::Pgd(Pgd { epsilon, steps, ..Pgd::default() });
    let own = |attack| claimed(config, attack);
    let with = |knowledge, attack| Case::attacked(model, defense.clone(), knowledge, attack);
    let mut cases = vec![
        Case::clean(model, defense.clone()),
        own(Attack::Fgsm(Fgsm { epsilon: *epsilon })),
        own(pgd(*epsilon, 20)),
        own(pgd(*epsilon, 40)),
        own(pgd(0.5, 20)),
        own(Attack::Cw(CarliniWagner::default())),
        own(Attack::Noise(UniformNoise { epsilon: *epsilon, seed: 1 })),
        with(Knowledge::Adaptive, Attack::Square(Square { epsilon: *epsilon, queries: 500, ..Square::default() })),
    ];
    cases.extend(CURVE.map(|k| own(pgd(k / 255.0, 20))));
    cases.push(Case::attacked(model, Defense::None, Knowledge::Adaptive, pgd(*epsilon, 20)));
    let knowing = if *knowledge == Knowledge::Bpda { Knowledge::Bpda } else { Knowledge::Adaptive };
    cases.push(with(knowing, pgd(*epsilon, 20)));
    if let Some(reference) = reference {
        let source = Some(reference.clone());
        cases.push(Case { made_on: source, ..with(Knowledge::Oblivious, pgd(*epsilon, 20)) });
        cases.push(Case::attacked(reference, Defense::None, Knowledge::Adaptive, pgd(*epsilon, 20)));
    }
    if *defense != Defense::None {
        cases.push(with(Knowledge::Oblivious, pgd(*epsilon, 20)));
    }
    Ok(EvaluationConfig { split: config.split, n: config.n, seed: config.seed, cases })
}

/// A case of the attacker whose figure is checked. An oblivious one needs something else to attack than the model itself:
/// the model without its defence, or the reference.
fn claimed(config: &CheckConfig, attack: Attack) -> Case {
    let case = Case::attacked(&config.model, config.defense.clone(), config.knowledge, attack);
    let bare = config.defense == Defense::None && config.knowledge == Knowledge::Oblivious;
    Case { made_on: config.reference.clone().filter(|_| bare), ..case }
}

/// What came of each image in each case of [`evaluation`].
struct Cases<'a> {
    config: &'a CheckConfig,
    judged: &'a [Vec<Judged>],
}

impl Cases<'_> {
    fn right(&self, case: usize) -> usize {
        self.judged[case].iter().filter(|image| image.holds()).count()
    }

    fn percent(&self, case: usize) -> String {
        format!("{:.1} %", 100.0 * self.right(case) as f64 / self.n() as f64)
    }

    fn n(&self) -> usize {
        self.judged[0].len()
    }

    /// One point of accuracy, but at least one image.
    fn point(&self) -> usize {
        (self.n() / 100).max(1)
    }

    /// Images right in the first case and wrong in the second.
    fn only(&self, right: usize, wrong: usize) -> usize {
        self.judged[right].iter().zip(&self.judged[wrong]).filter(|(a, b)| a.holds() && !b.holds()).count()
    }

    fn transfer(&self) -> Option<usize> {
        self.config.reference.as_ref().map(|_| AFTER + 2)
    }

    fn oblivious(&self) -> Option<usize> {
        match (&self.config.reference, &self.config.defense) {
            (Some(_), Defense::None) => Some(AFTER + 2),
            (None, Defense::None) => None,
            (Some(_), _) => Some(AFTER + 4),
            (None, _) => Some(AFTER + 2),
        }
    }

    /// The model without the defence, attacked directly; for a model that is its own defence the reference.
    fn undefended(&self) -> Option<usize> {
        match (&self.config.reference, &self.config.defense) {
            (Some(_), Defense::None) => Some(AFTER + 3),
            (None, Defense::None) => None,
            _ => Some(AFTER),
        }
    }
}

const CLEAN: usize = 0;
const FGSM: usize = 1;
const PGD: usize = 2;
const PGD_TWICE: usize = 3;
const HALF: usize = 4;
const CW: usize = 5;
const NOISE: usize = 6;
const SQUARE: usize = 7;
const FIRST_OF_CURVE: usize = 8;
/// The first case after the curve: the bare model; then the attacker who knows; then those that are not always there.
const AFTER: usize = FIRST_OF_CURVE + CURVE.len();

/// What can be seen of a model without an attack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    /// Number of classes, without a refusal: chance is one in so many.
    pub classes: usize,
    /// Images whose gradient is zero everywhere, of how many.
    pub zero_gradients: (usize, usize),
    /// Whether each row is a probability distribution.
    pub probabilities: bool,
    /// Median difference of the two largest outputs.
    pub gap: f32,
    /// Largest difference between two passes over the same images.
    pub difference: f32,
}

/// Looks at what the attacker of a figure differentiates.
///
/// # Errors
/// [`crate::ErrorKind::Device`] if the device was lost.
pub async fn probe(view: &dyn Classifier, victims: &Victims) -> Result<Probe> {
    let gradient = loss::input_gradient(view, victims.images.clone(), |logits| victims.loss(logits).sum());
    let gradient = device::read(gradient).await?;
    let once = device::read(view.logits(victims.images.clone())).await?;
    let again = device::read(view.logits(victims.images.clone())).await?;
    let n = victims.len();
    let zero =
        gradient.chunks_exact(gradient.len() / n).filter(|image| image.iter().all(|value| *value == 0.0)).count();
    let rows = || once.chunks_exact(view.classes());
    let distribution = |row: &[f32]| {
        row.iter().all(|value| (0.0..=1.0).contains(value)) && (row.iter().sum::<f32>() - 1.0).abs() < 1e-3
    };
    let mut gaps: Vec<f32> = rows()
        .map(|row| {
            let mut sorted = row.to_vec();
            sorted.sort_by(|a, b| b.total_cmp(a));
            sorted[0] - sorted[1]
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    Ok(Probe {
        classes: view.classes(),
        zero_gradients: (zero, n),
        probabilities: rows().all(distribution),
        gap: gaps[gaps.len() / 2],
        difference: once.iter().zip(&again).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max),
    })
}

/// What the attacker of the figure differentiates, and the images he has.
///
/// # Errors
/// As [`Contender::as_seen_by`].
pub fn view<'a>(config: &CheckConfig, contender: &'a Contender) -> Result<Box<dyn Classifier + 'a>> {
    // Being refused or not has no say in whether there are gradients.
    let defense = if matches!(config.defense, Defense::Detector(_)) { &Defense::Purifier } else { &config.defense };
    contender.as_seen_by(config.knowledge, defense, None)
}

/// All checks, from what came of each image of [`evaluation`] and from the probe.
pub fn checks(config: &CheckConfig, judged: &[Vec<Judged>], probe: &Probe) -> Vec<Check> {
    use CheckName::*;
    let cases = Cases { config, judged };
    let mut checks = vec![];
    let mut check = |name, passed: Option<bool>, detail: String, cause: &str| {
        let cause = (passed == Some(false)).then(|| cause.to_owned());
        checks.push(Check { name, passed, detail, cause });
    };
    let (right, percent, point, n) = (|case| cases.right(case), |case| cases.percent(case), cases.point(), cases.n());

    let detail = format!("PGD-20 leaves {}, FGSM {}.", percent(PGD), percent(FGSM));
    check(IterativeIsStronger, Some(right(PGD) <= right(FGSM)), detail, MASKED);

    let detail = format!("PGD-20 leaves {}, PGD-40 {}.", percent(PGD), percent(PGD_TWICE));
    let passed = right(PGD).abs_diff(right(PGD_TWICE)) <= point;
    check(
        MoreStepsChangeNothing,
        Some(passed),
        detail,
        "The attack has not converged: give it more steps or restarts.",
    );

    // In the order of ε: the curve up to the figure's own ε, that one, the rest.
    let own = 255.0 * config.epsilon;
    let mut curve: Vec<(f32, usize)> = CURVE.iter().enumerate().map(|(i, k)| (*k, FIRST_OF_CURVE + i)).collect();
    curve.extend([(0.0, CLEAN), (own, PGD), (127.5, HALF)]);
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    let detail = curve.iter().map(|(k, case)| format!("{k:.0}: {}", percent(*case))).collect::<Vec<_>>().join(", ");
    let passed = curve.windows(2).all(|pair| right(pair[1].1) <= right(pair[0].1) + point);
    check(FallsWithEpsilon, Some(passed), format!("PGD-20 at ε in 255ths: {detail}."), MASKED);

    let chance = (n as f64 / probe.classes as f64).ceil() as usize;
    let detail = format!("At ε = 0.5 PGD-20 leaves {} of {n} images.", right(HALF));
    check(UnboundedBeatsAll, Some(right(HALF) <= chance), detail, MASKED);

    let missed = judged[CW].iter().zip(&judged[CLEAN]).filter(|(cw, clean)| clean.right_clean && !cw.success).count();
    let detail = format!("C&W fails on {missed} of the {} images that are right when clean.", right(CLEAN));
    check(MinimumNormSucceeds, Some(missed == 0), detail, MASKED);

    let more = cases.only(PGD, SQUARE);
    let detail = format!("Square with 500 queries fools {more} images that PGD-20 does not.");
    check(BlackBoxIsWeaker, Some(more <= point), detail, MASKED);

    let (passed, detail) = match cases.transfer() {
        Some(transfer) => {
            let more = cases.only(PGD, transfer);
            (Some(more <= point), format!("Examples of the reference fool {more} images that PGD-20 does not."))
        }
        None => (None, "No reference model was named.".into()),
    };
    check(TransferIsWeaker, passed, detail, MASKED);

    let detail = format!("Noise leaves {}, FGSM {}.", percent(NOISE), percent(FGSM));
    check(NoiseIsWeaker, Some(right(NOISE) >= right(FGSM)), detail, MASKED);

    let knowing = AFTER + 1;
    let (passed, detail) = match cases.oblivious() {
        Some(oblivious) => {
            let detail = format!(
                "The oblivious attacker leaves {}, the one who knows {}.",
                percent(oblivious),
                percent(knowing)
            );
            (Some(right(knowing) <= right(oblivious) + point), detail)
        }
        None => (None, "There is no defence that an attacker could fail to know.".into()),
    };
    check(KnowledgeHelps, passed, detail, MASKED);

    let (zero, of) = probe.zero_gradients;
    check(GradientsExist, Some(zero == 0), format!("The gradient is zero for {zero} of {of} images."), MASKED);

    let detail = match probe.probabilities {
        true => "The outputs are probabilities.".into(),
        false => format!("The two largest outputs are {:.1} apart (median).", probe.gap),
    };
    let cause = "The attack works on outputs that are no logits, or are scaled so that the softmax saturates and its gradient \
                 vanishes.";
    check(OutputsAreLogits, Some(!probe.probabilities && probe.gap < 1000.0), detail, cause);

    let detail = match probe.difference {
        0.0 => "Two passes give the same answers.".into(),
        difference => format!("Two passes differ by {difference:e}."),
    };
    let cause = "The defence is random: average the gradient over several passes (expectation over transformation).";
    check(ForwardIsDeterministic, Some(probe.difference == 0.0), detail, cause);

    let (helps, survives) = match (cases.oblivious(), cases.undefended()) {
        (Some(oblivious), Some(undefended)) => {
            let gain = right(oblivious) as i64 - right(undefended) as i64;
            // He may leave even fewer than without the defence: then none remain.
            let kept = (right(knowing) as i64 - right(undefended) as i64).max(0);
            let detail =
                format!("Without the defence PGD-20 leaves {}, with it {}.", percent(undefended), percent(oblivious));
            let knows = format!("Of {gain} images won against an oblivious attacker, {kept} remain when he knows.");
            let some = (n / 20).max(1) as i64;
            ((Some(gain > some), detail), (Some(gain <= some || 4 * kept >= gain), knows))
        }
        _ => {
            let nothing = || (None, "There is no undefended model to compare with.".to_owned());
            (nothing(), nothing())
        }
    };
    check(DefenceHelps, helps.0, helps.1, "The defence does nothing: it hands the perturbation through.");
    let cause = "The defence only holds as long as the attacker does not know it.";
    check(ClaimSurvivesKnowledge, survives.0, survives.1, cause);
    checks
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
    let signs = source.batch(config.seed, config.split, 0..config.n.min(CHUNK) as u64);
    let victims = Victims::new(batch::images(&signs, device), batch::labels(&signs), Goal::Untargeted);
    let probe = probe(&*view(config, contender)?, &victims).await?;
    Ok(checks(config, judged, &probe))
}
