//! The evaluation evaluated: sanity checks pass on an honest model and fire on the five negative controls; records can be
//! run again.
#![cfg(not(target_family = "wasm"))]

use std::rc::Rc;
use std::sync::OnceLock;

use burn::tensor::Device;
use fool_the_sign::attack::{Attack, CarliniWagner, Fgsm, Goal, Pgd};
use fool_the_sign::data::source::{Mix, Source};
use fool_the_sign::data::split::Split;
use fool_the_sign::defense::{BitDepth, Defense, Jpeg, Knowledge};
use fool_the_sign::device::{self, Compute};
use fool_the_sign::eval::checks::{self, Check, CheckConfig, CheckName};
use fool_the_sign::eval::contender::{Contender, Purifier};
use fool_the_sign::eval::evaluation::{Case, Evaluation, EvaluationConfig, Share};
use fool_the_sign::eval::judged::Judged;
use fool_the_sign::eval::record::{Circumstances, Metric, Record, SCHEMA};
use fool_the_sign::eval::report::Report;
use fool_the_sign::model::weights;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::rng::Rng;
use fool_the_sign::train::classifier::{ClassifierTrainer, TrainConfig};
use fool_the_sign::train::purifier::{PurifierConfig, PurifierTrainer};
use fool_the_sign::train::recipe::{Fast, FgsmTraining, PgdTraining, Recipe, Stale, Trades};
use fool_the_sign::train::trainer::{Schedule, Task, Trainer};
use pollster::block_on;

fn source() -> Rc<Source> {
    Rc::new(Source::generated())
}

fn pump<T: Task>(mut trainer: Trainer<T>) -> T::Model {
    while !trainer.finished() {
        block_on(trainer.step()).expect("it converges");
    }
    trainer.model()
}

fn train(network: &Network, recipe: Recipe, epochs: usize, device: &Device) -> Network {
    let schedule =
        Schedule { epochs, batch_size: 32, images_per_epoch: 3200, validation_images: 64, mix: Mix::default() };
    let config = TrainConfig { schedule, recipe, ..TrainConfig::default() };
    pump(ClassifierTrainer::start(config, network, source(), device).expect("good parameters"))
}

/// A LeNet that has learned its signs; the same for every test here.
fn lenet() -> Contender {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    let device = device::cpu();
    let architecture = Architecture::default();
    let file = FILE.get_or_init(|| {
        let network = train(&architecture.seeded(&mut Rng::new(1), &device), Recipe::default(), 5, &device);
        block_on(weights::write(&architecture, &network)).expect("finite weights")
    });
    let (architecture, network) = weights::read(file, None, &device).expect("just written");
    block_on(Contender::new("lenet", &architecture, &network, None)).expect("finite weights")
}

fn evaluate(config: EvaluationConfig, contenders: Vec<Contender>) -> (Evaluation, Vec<Vec<Judged>>) {
    let device = device::cpu();
    let mut evaluation =
        Evaluation::new(config, Share::default(), contenders, source(), &device).expect("good parameters");
    while !evaluation.finished() {
        block_on(evaluation.step()).expect("the CPU answers");
    }
    let judged = evaluation.judged();
    (evaluation, judged)
}

fn report(evaluation: &Evaluation, judged: &[Vec<Judged>]) -> Report {
    let (config, contenders) = (evaluation.config(), evaluation.contenders());
    let source = source();
    let circumstances = Circumstances { config, contenders, source: &source, device: Compute::Cpu };
    Report::new(&circumstances, judged).expect("every model is there")
}

fn check(config: &CheckConfig, contenders: Vec<Contender>) -> Vec<Check> {
    let (evaluation, judged) = evaluate(checks::evaluation(config).expect("good parameters"), contenders);
    block_on(checks::run(config, &evaluation, &judged, &source(), &device::cpu())).expect("the CPU answers")
}

fn failed(checks: &[Check]) -> Vec<CheckName> {
    assert!(
        checks
            .iter()
            .all(|check| check.cause.is_some() == (check.passed == Some(false)) && check.detail.message.ends_with('.'))
    );
    checks.iter().filter(|check| check.passed == Some(false)).map(|check| check.name).collect()
}

fn few(config: CheckConfig) -> CheckConfig {
    CheckConfig { n: 16, ..config }
}

#[test]
fn an_honest_evaluation_passes_every_check() {
    let checks = check(&few(CheckConfig::new("lenet", Defense::default())), vec![lenet()]);
    assert_eq!(failed(&checks), [], "{checks:#?}");
    assert_eq!(checks.len(), 15);
}

#[test]
fn huge_logits_and_dead_gradients_are_found_out_and_bpda_breaks_them() {
    for defense in [Defense::HugeLogits(Default::default()), Defense::NoGradient(Default::default())] {
        let config = few(CheckConfig::new("lenet", defense.clone()));
        let failed_naively = failed(&check(&config, vec![lenet()]));
        assert!(failed_naively.contains(&CheckName::GradientsExist), "{defense:?}: {failed_naively:?}");
        assert!(failed_naively.contains(&CheckName::UnboundedBeatsAll), "{defense:?}: {failed_naively:?}");
        assert!(failed_naively.contains(&CheckName::BlackBoxIsWeaker), "{defense:?}: {failed_naively:?}");
        if defense == Defense::HugeLogits(Default::default()) {
            assert!(failed_naively.contains(&CheckName::OutputsAreLogits), "{failed_naively:?}");
        }
    }
    let case = |knowledge| {
        Case::attacked("lenet", Defense::NoGradient(Default::default()), knowledge, Attack::Pgd(Pgd::default()))
    };
    let cases = vec![case(Knowledge::Adaptive), case(Knowledge::Bpda)];
    let config = EvaluationConfig { split: Split::Validation, n: 32, seed: 1, cases };
    let (evaluation, judged) = evaluate(config, vec![lenet()]);
    let report = report(&evaluation, &judged);
    let [naive, honest] = [0, 1].map(|i| report.cases[i].accuracy.value);
    assert!(naive > 0.8 && honest < 0.4, "adaptive {naive}, BPDA {honest}");
}

#[test]
fn a_one_bit_quantiser_is_found_out() {
    let config = few(CheckConfig::new("lenet", Defense::BitDepth(BitDepth { bits: 1 })));
    let failed = failed(&check(&config, vec![lenet()]));
    assert!(failed.contains(&CheckName::GradientsExist), "{failed:?}");
}

#[test]
fn stale_adversarial_training_is_found_out() {
    let (before, device) = (lenet(), device::cpu());
    let epsilon = 8.0 / 255.0;
    let network = train(&before.network, Recipe::Stale(Stale { epsilon }), 2, &device);
    let stale = block_on(Contender::new("stale", &before.architecture, &network, None)).expect("finite weights");
    // As its authors would claim: against the examples it was trained on, made on the network before.
    let claim = CheckConfig {
        reference: Some("lenet".into()),
        knowledge: Knowledge::Oblivious,
        ..few(CheckConfig::new("stale", Defense::default()))
    };
    let failed = failed(&check(&claim, vec![before, stale]));
    assert!(failed.contains(&CheckName::ClaimSurvivesKnowledge), "{failed:?}");
    assert!(failed.contains(&CheckName::MinimumNormSucceeds), "{failed:?}");
}

#[test]
fn a_clean_to_clean_autoencoder_is_found_out() {
    let (bare, device) = (lenet(), device::cpu());
    let schedule =
        Schedule { epochs: 1, batch_size: 16, images_per_epoch: 1600, validation_images: 16, mix: Mix::default() };
    let config =
        PurifierConfig { schedule, width: 8, full_skip: true, clean_to_clean: true, ..PurifierConfig::default() };
    let trainer = PurifierTrainer::start(config, &bare.network, source(), &device).expect("good parameters");
    let purifier = Purifier { config: config.shape(), autoencoder: pump(trainer) };
    let contender =
        block_on(Contender::new("lenet", &bare.architecture, &bare.network, Some(&purifier))).expect("finite weights");
    let failed =
        failed(&check(&few(CheckConfig::new("lenet", Defense::Purifier(Default::default()))), vec![contender]));
    assert!(failed.contains(&CheckName::DefenceHelps), "{failed:?}");
}

/// A record holds everything that is needed to get it again: parsed, run again, the same, to the bit.
#[test]
fn a_record_gives_itself_again() {
    let (fgsm, pgd) = (Attack::Fgsm(Fgsm::default()), Attack::Pgd(Pgd { steps: 5, restarts: 2, ..Pgd::default() }));
    let cw = Attack::Cw(CarliniWagner { searches: 2, steps: 40, ..CarliniWagner::default() });
    let own = |attack| Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, attack);
    let targeted = Case { goal: Goal::Targeted { class: 1 }, ..own(pgd.clone()) };
    let jpeg = Case::attacked(
        "lenet",
        Defense::Jpeg(Jpeg { quality: 60 }),
        Knowledge::Bpda,
        Attack::Pgd(Pgd { steps: 3, ..Pgd::default() }),
    );
    let cases = vec![Case::clean("lenet", Defense::default()), own(fgsm), own(pgd), own(cw), targeted, jpeg];
    // More than one chunk, the last one not full.
    let config = EvaluationConfig { split: Split::Test, n: 43, seed: 7, cases };
    let (evaluation, judged) = evaluate(config, vec![lenet()]);
    let found = report(&evaluation, &judged);
    let text = Record::to_json(&found.records);
    let records = Record::parse(&text).expect("our own text");
    assert_eq!(records, found.records);
    for record in &records {
        let (evaluation, judged) = evaluate(record.evaluation(), vec![lenet()]);
        let again = report(&evaluation, &judged).records;
        assert!(again.contains(record), "{record:?} is not among {again:?}");
    }

    // What every record has to have, and what these say.
    let json: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    for record in &json {
        for field in [
            "schema",
            "version",
            "model",
            "weights_sha256",
            "parameters",
            "dataset",
            "split",
            "n",
            "attack",
            "knowledge",
            "metric",
            "value",
            "interval",
            "seed",
            "device",
        ] {
            assert!(record.get(field).is_some(), "{field} is missing in {record}");
        }
        assert!(record["attack"]["name"].is_string());
    }
    assert_eq!((json[0]["schema"].as_str(), json[0]["attack"]["name"].as_str()), (Some(SCHEMA), Some("none")));
    let alpha = json[2]["attack"]["alpha"].as_f64().expect("nothing is left open");
    assert!((alpha - 4.0 / 255.0).abs() < 1e-8, "{alpha}");
    let metrics: Vec<Metric> = records.iter().map(|record| record.metric).collect();
    assert!(metrics.contains(&Metric::MedianL2) && metrics.contains(&Metric::SuccessRate));
    let worst = found.worst.first().expect("FGSM and PGD share an ε");
    let alone = |i: usize| found.cases[i].accuracy.value;
    assert!(worst.value.is_some_and(|worst| worst <= alone(1).min(alone(2))), "the worst case is the minimum at most");
    // Images that have the target's class already are left out.
    assert_eq!(found.cases[4].accuracy.n, 42);
    let confusions: usize = found.cases[1].confusion.iter().map(|(_, _, count)| count).sum();
    assert_eq!(confusions, 43);
    assert_eq!(found.cases[1].per_class.len(), 43);
}

#[test]
fn what_is_no_record_is_refused_in_a_sentence() {
    for text in ["", "{}", "[1]", r#"{"schema":"fool-the-sign/record/3"}"#, r#"[{"schema":"fool-the-sign/record/1"}]"#]
    {
        let error = Record::parse(text).expect_err("no record");
        assert!(error.to_string().ends_with('.'), "{text}: {error}");
    }
}

/// Training on examples pays: the network that has seen them holds where the other does not.
#[test]
fn adversarial_training_makes_robust() {
    let (before, device) = (lenet(), device::cpu());
    let epsilon = 8.0 / 255.0;
    let attack = Attack::Pgd(Pgd { epsilon, steps: 10, ..Pgd::default() });
    let mut contenders = vec![before.clone()];
    for (name, recipe) in [
        ("fgsm", Recipe::Fgsm(FgsmTraining { epsilon })),
        ("fast", Recipe::Fast(Fast { epsilon })),
        ("pgd", Recipe::Pgd(PgdTraining { epsilon, steps: 3 })),
        ("trades", Recipe::Trades(Trades { epsilon, steps: 3, beta: 6.0 })),
    ] {
        let network = train(&before.network, recipe, 1, &device);
        contenders.push(block_on(Contender::new(name, &before.architecture, &network, None)).expect("finite weights"));
    }
    let case = |name: &str| Case::attacked(name, Defense::default(), Knowledge::Adaptive, attack.clone());
    let cases = contenders.iter().map(|contender| case(&contender.name)).collect();
    let config = EvaluationConfig { split: Split::Validation, n: 128, seed: 1, cases };
    let (evaluation, judged) = evaluate(config, contenders);
    let found = report(&evaluation, &judged);
    let accuracies: Vec<f64> = found.cases.iter().map(|case| case.accuracy.value).collect();
    for (case, accuracy) in found.cases.iter().zip(&accuracies).skip(1) {
        assert!(*accuracy > accuracies[0] + 0.1, "{}: {accuracies:?}", case.case.model);
    }
}

/// Every recipe trains the combined model end to end: the autoencoder's weights move too.
#[test]
fn gradients_reach_the_autoencoder_of_the_combined_model() {
    let device = device::cpu();
    let architecture = Architecture::named("combined", 43).expect("there is one");
    let network = architecture.seeded(&mut Rng::new(1), &device);
    let schedule =
        Schedule { epochs: 1, batch_size: 8, images_per_epoch: 8, validation_images: 8, mix: Mix::default() };
    let epsilon = 8.0 / 255.0;
    for recipe in [
        Recipe::default(),
        Recipe::Fgsm(FgsmTraining { epsilon }),
        Recipe::Fast(Fast { epsilon }),
        Recipe::Pgd(PgdTraining { epsilon, steps: 2 }),
        Recipe::Trades(Trades { epsilon, steps: 2, beta: 6.0 }),
        Recipe::Stale(Stale { epsilon }),
    ] {
        let config = TrainConfig { schedule, recipe, ..TrainConfig::default() };
        let trained = pump(ClassifierTrainer::start(config, &network, source(), &device).expect("good parameters"));
        let files =
            [&network, &trained].map(|network| block_on(weights::write(&architecture, network)).expect("finite"));
        let [before, after] = files.each_ref().map(|file| safetensors::SafeTensors::deserialize(file).expect("a file"));
        for (name, tensor) in before.tensors() {
            assert_ne!(
                tensor.data(),
                after.tensor(&name).expect("the same names").data(),
                "{recipe:?}: {name} stands still"
            );
        }
    }
}
