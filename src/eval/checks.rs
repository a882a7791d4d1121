//! Checks of the evaluation itself: signs that an attack was too weak to be believed (Athalye et al. 2018; Carlini et al.
//! 2019, "On Evaluating Adversarial Robustness"), and that a defence holds what its figure promises.

use burn::tensor::Device;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contender::{Contender, find};
use super::evaluation::{CHUNK, Case, Evaluation, EvaluationConfig};
use super::finding::{self, Cause, Finding};
use super::judged::Judged;
use super::probe::{Probe, probe};
use crate::attack::victims::Victims;
use crate::attack::{Attack, AutoAttack, CarliniWagner, Fgsm, Goal, Pgd, Square, UniformNoise};
use crate::data::batch;
use crate::data::source::Source;
use crate::data::split::Split;
use crate::defense::{Defense, Knowledge};
use crate::error::{self, Result, WeightsError, in_range};
use crate::model::Classifier;
use crate::said::Said;

/// What is checked, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Whether AutoAttack is run as well: many times the work of all else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub autoattack: bool,
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
            autoattack: false,
        }
    }
}

/// The checks, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// A small step does what the gradient foretells: nothing is optimised inside, and no gradient was replaced.
    GradientsAreTrue,
    /// AutoAttack leaves at most three points less than the figure.
    AutoattackAgrees,
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
    /// The checks.
    pub checks: Vec<Check>,
}

impl Checked {
    /// Reads a list of them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Weights`] if the text is something else.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        Ok(serde_json::from_str(text).map_err(|error| WeightsError::NoChecks { cause: error::cause(error) })?)
    }

    /// Whether both are of the same figure: of two such, one is enough.
    pub fn replaces(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.config.model.clone(), one.config.defense.clone(), one.config.knowledge);
        what(self) == what(other)
    }
}

/// Queries of Square for each image.
const QUERIES: usize = 500;

/// ε of the curve, in 255ths; the figure's own ε is not among them.
const CURVE: [f32; 5] = [1.0, 2.0, 4.0, 16.0, 32.0];

/// What a case of the checks is for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    Clean,
    Fgsm,
    Pgd,
    PgdTwice,
    /// PGD at ε = 0.5.
    Half,
    Cw,
    Noise,
    Square,
    /// PGD at so many 255ths.
    Curve(f32),
    /// PGD on the model without its defence.
    Bare,
    /// PGD of the attacker who knows the defence.
    Knowing,
    /// PGD's examples of the reference.
    Transfer,
    /// PGD on the reference itself.
    Reference,
    /// PGD of the attacker who does not know the defence.
    Unknowing,
    AutoAttack,
}

/// The evaluation behind the checks.
///
/// # Errors
/// [`crate::ErrorKind::Parameter`] for an ε out of range.
pub fn evaluation(config: &CheckConfig) -> Result<EvaluationConfig> {
    in_range("check.epsilon", config.epsilon, 1.0 / 255.0..=0.25)?;
    let cases = keyed(config).into_iter().map(|(_, case)| case).collect();
    Ok(EvaluationConfig { split: config.split, n: config.n, seed: config.seed, cases })
}

/// Every case with what it is for.
fn keyed(config: &CheckConfig) -> Vec<(Key, Case)> {
    let CheckConfig { model, defense, knowledge, epsilon, reference, .. } = config;
    let epsilon = *epsilon;
    let pgd = |epsilon, steps| Attack::Pgd(Pgd { epsilon, steps, ..Pgd::default() });
    let own = |attack| claimed(config, attack);
    let with = |knowledge, attack| Case::attacked(model, defense.clone(), knowledge, attack);
    let knowing = if *knowledge == Knowledge::Bpda { Knowledge::Bpda } else { Knowledge::Adaptive };
    let square = Square { epsilon, queries: QUERIES, ..Square::default() };
    let mut cases = vec![
        (Key::Clean, Case::clean(model, defense.clone())),
        (Key::Fgsm, own(Attack::Fgsm(Fgsm { epsilon }))),
        (Key::Pgd, own(pgd(epsilon, 20))),
        (Key::PgdTwice, own(pgd(epsilon, 40))),
        (Key::Half, own(pgd(0.5, 20))),
        (Key::Cw, own(Attack::Cw(CarliniWagner::default()))),
        (Key::Noise, own(Attack::Noise(UniformNoise { epsilon, seed: 1 }))),
        (Key::Square, with(Knowledge::Adaptive, Attack::Square(square))),
        (Key::Bare, Case::attacked(model, Defense::default(), Knowledge::Adaptive, pgd(epsilon, 20))),
        (Key::Knowing, with(knowing, pgd(epsilon, 20))),
    ];
    cases.extend(CURVE.map(|k| (Key::Curve(k), own(pgd(k / 255.0, 20)))));
    if let Some(reference) = reference {
        let made_on = Some(reference.clone());
        cases.push((Key::Transfer, Case { made_on, ..with(Knowledge::Oblivious, pgd(epsilon, 20)) }));
        cases.push((
            Key::Reference,
            Case::attacked(reference, Defense::default(), Knowledge::Adaptive, pgd(epsilon, 20)),
        ));
    }
    if !defense.is_none() {
        cases.push((Key::Unknowing, with(Knowledge::Oblivious, pgd(epsilon, 20))));
    }
    if config.autoattack {
        cases.push((Key::AutoAttack, own(Attack::Autoattack(AutoAttack { epsilon, ..AutoAttack::default() }))));
    }
    cases
}

/// A case of the attacker whose figure is checked. An oblivious one needs something else to attack than the model itself:
/// the model without its defence, or the reference.
fn claimed(config: &CheckConfig, attack: Attack) -> Case {
    let case = Case::attacked(&config.model, config.defense.clone(), config.knowledge, attack);
    let bare = config.defense.is_none() && config.knowledge == Knowledge::Oblivious;
    Case { made_on: config.reference.clone().filter(|_| bare), ..case }
}

/// What came of each image in each case of [`evaluation`].
struct Cases<'a> {
    config: &'a CheckConfig,
    keys: Vec<Key>,
    judged: &'a [Vec<Judged>],
}

impl Cases<'_> {
    fn find(&self, key: Key) -> Option<&[Judged]> {
        self.keys.iter().position(|there| *there == key).map(|at| self.judged[at].as_slice())
    }

    /// Of a case that is always there.
    fn at(&self, key: Key) -> &[Judged] {
        self.find(key).expect("a case of every check")
    }

    fn right(&self, key: Key) -> usize {
        self.at(key).iter().filter(|image| image.holds()).count()
    }

    fn n(&self) -> usize {
        self.judged[0].len()
    }

    /// So many points of accuracy, but at least one image.
    fn points(&self, points: usize) -> usize {
        (points * self.n() / 100).max(1)
    }

    /// Images that hold in the first case and not in the second.
    fn only(&self, right: Key, wrong: Key) -> usize {
        self.at(right).iter().zip(self.at(wrong)).filter(|(a, b)| a.holds() && !b.holds()).count()
    }

    fn has(&self, key: Key) -> Option<Key> {
        self.find(key).map(|_| key)
    }

    /// The attacker who does not know the defence; for a model that is its own defence the one who has only the reference.
    fn oblivious(&self) -> Option<Key> {
        self.has(if self.config.defense.is_none() { Key::Transfer } else { Key::Unknowing })
    }

    /// The model without the defence, attacked directly; for a model that is its own defence the reference.
    fn undefended(&self) -> Option<Key> {
        self.has(if self.config.defense.is_none() { Key::Reference } else { Key::Bare })
    }
}

/// What the attacker of the figure differentiates, and the images he has.
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
    contender.as_seen_by(config.knowledge, defense, None)
}

/// All checks, from what came of each image of [`evaluation`] and from the probe.
pub fn checks(config: &CheckConfig, judged: &[Vec<Judged>], probe: &Probe) -> Vec<Check> {
    use CheckName::*;
    let keys = keyed(config).into_iter().map(|(key, _)| key).collect();
    let cases = Cases { config, keys, judged };
    let mut checks = vec![];
    let mut check = |name, passed: Option<bool>, detail: Finding, cause: Cause| {
        let cause = (passed == Some(false)).then(|| cause.into());
        checks.push(Check { name, passed, detail: detail.into(), cause });
    };
    let (right, point, n) = (|key| cases.right(key), cases.points(1), cases.n());

    let detail = Finding::PgdAndFgsm { pgd: right(Key::Pgd), fgsm: right(Key::Fgsm), n };
    check(IterativeIsStronger, Some(right(Key::Pgd) <= right(Key::Fgsm)), detail, Cause::MaskedGradients);

    let detail = Finding::PgdAndTwice { pgd: right(Key::Pgd), twice: right(Key::PgdTwice), n };
    let passed = right(Key::Pgd).abs_diff(right(Key::PgdTwice)) <= point;
    check(MoreStepsChangeNothing, Some(passed), detail, Cause::NotConverged);

    // In the order of ε: the curve up to the figure's own ε, that one, the rest.
    let own = 255.0 * config.epsilon;
    let mut curve: Vec<(f32, Key)> = CURVE.map(|k| (k, Key::Curve(k))).into();
    curve.extend([(0.0, Key::Clean), (own, Key::Pgd), (127.5, Key::Half)]);
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    let points = curve.iter().map(|(k, case)| (*k, right(*case))).collect();
    let passed = curve.windows(2).all(|pair| right(pair[1].1) <= right(pair[0].1) + point);
    check(FallsWithEpsilon, Some(passed), Finding::Curve { points, n }, Cause::MaskedGradients);

    let chance = (n as f64 / probe.classes as f64).ceil() as usize;
    let detail = Finding::Unbounded { left: right(Key::Half), n };
    check(UnboundedBeatsAll, Some(right(Key::Half) <= chance), detail, Cause::MaskedGradients);

    let missed = cases
        .at(Key::Cw)
        .iter()
        .zip(cases.at(Key::Clean))
        .filter(|(cw, clean)| clean.right_clean && !cw.success)
        .count();
    let detail = Finding::MinimumNorm { missed, right: right(Key::Clean) };
    check(MinimumNormSucceeds, Some(missed == 0), detail, Cause::MaskedGradients);

    let more = cases.only(Key::Pgd, Key::Square);
    let detail = Finding::BlackBox { more, queries: QUERIES };
    check(BlackBoxIsWeaker, Some(more <= point), detail, Cause::MaskedGradients);

    let (passed, detail) = match cases.has(Key::Transfer) {
        Some(transfer) => {
            let more = cases.only(Key::Pgd, transfer);
            (Some(more <= point), Finding::Transfer { more })
        }
        None => (None, Finding::NoReference),
    };
    check(TransferIsWeaker, passed, detail, Cause::MaskedGradients);

    let detail = Finding::NoiseAndFgsm { noise: right(Key::Noise), fgsm: right(Key::Fgsm), n };
    check(NoiseIsWeaker, Some(right(Key::Noise) >= right(Key::Fgsm)), detail, Cause::MaskedGradients);

    let knowing = Key::Knowing;
    let (passed, detail) = match cases.oblivious() {
        Some(oblivious) => {
            let detail = Finding::ObliviousAndKnowing { oblivious: right(oblivious), knowing: right(knowing), n };
            (Some(right(knowing) <= right(oblivious) + point), detail)
        }
        None => (None, Finding::NoDefence),
    };
    check(KnowledgeHelps, passed, detail, Cause::MaskedGradients);

    let (zero, of) = probe.zero_gradients;
    check(GradientsExist, Some(zero == 0), Finding::ZeroGradients { zero, n: of }, Cause::MaskedGradients);

    let detail = match probe.probabilities {
        true => Finding::Probabilities,
        false => Finding::Gap { gap: probe.gap },
    };
    check(OutputsAreLogits, Some(!probe.probabilities && probe.gap < 1000.0), detail, Cause::NoLogits);

    let detail = match probe.difference {
        0.0 => Finding::SamePasses,
        difference => Finding::OtherPasses { difference },
    };
    check(ForwardIsDeterministic, Some(probe.difference == 0.0), detail, Cause::RandomDefence);

    let (helps, survives) = match (cases.oblivious(), cases.undefended()) {
        (Some(oblivious), Some(undefended)) => {
            let gain = right(oblivious) as i64 - right(undefended) as i64;
            // He may leave even fewer than without the defence: then none remain.
            let kept = (right(knowing) as i64 - right(undefended) as i64).max(0);
            let detail = Finding::DefenceGain { without: right(undefended), with: right(oblivious), n };
            let knows = Finding::GainKept { gain, kept };
            let some = (n / 20).max(1) as i64;
            ((Some(gain > some), detail), (Some(gain <= some || 4 * kept >= gain), knows))
        }
        _ => {
            let nothing = || (None, Finding::NothingUndefended);
            (nothing(), nothing())
        }
    };
    if cases.has(Key::AutoAttack).is_some() {
        let (pgd, autoattack) = (right(Key::Pgd), right(Key::AutoAttack));
        let detail = Finding::PgdAndAutoattack { pgd, autoattack, n };
        check(AutoattackAgrees, Some(autoattack + cases.points(3) >= pgd), detail, Cause::MaskedGradients);
    }

    let detail = Finding::Foretold { share: probe.foretold };
    check(GradientsAreTrue, probe.foretold.map(|share| (0.5..=2.0).contains(&share)), detail, Cause::MaskedGradients);

    check(DefenceHelps, helps.0, helps.1, Cause::NoEffect);
    check(ClaimSurvivesKnowledge, survives.0, survives.1, Cause::Obscurity);
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
    let mut probe = probe(&*view(config, contender)?, &victims).await?;
    if config.knowledge == Knowledge::Bpda {
        probe.foretold = None;
    }
    Ok(checks(config, judged, &probe))
}
