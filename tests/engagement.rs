//! Who attacks what, and how what came of it is judged: nothing is counted that did not happen.
#![cfg(not(target_family = "wasm"))]

use std::rc::Rc;

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Tensor};
use fool_the_sign::ErrorKind;
use fool_the_sign::attack::{self, Attack, AutoAttack, CarliniWagner, Ensemble, Fgsm, Goal, Pgd, UniformNoise};
use fool_the_sign::data::batch;
use fool_the_sign::data::classes::{COUNT, Classes, NAMES};
use fool_the_sign::data::dataset::{Builder, Deal, Entry};
use fool_the_sign::data::report::Report as Loaded;
use fool_the_sign::data::source::Source;
use fool_the_sign::data::split::Split;
use fool_the_sign::data::{PIXELS, SIDE};
use fool_the_sign::defense::detect::DetectorConfig;
use fool_the_sign::defense::{Defense, Jpeg, Knowledge, NoDefense};
use fool_the_sign::device::{self, Compute};
use fool_the_sign::eval::checks::{CheckConfig, Checked};
use fool_the_sign::eval::contender::{Contender, Purifier};
use fool_the_sign::eval::engagement::{Engagement, Verdict};
use fool_the_sign::eval::evaluation::{Case, EvaluationConfig};
use fool_the_sign::eval::judged::Judged;
use fool_the_sign::eval::record::{Circumstances, Metric, Record, Schema};
use fool_the_sign::eval::report::Report;
use fool_the_sign::eval::roc::{RocConfig, RocRun};
use fool_the_sign::metrics::answer;
use fool_the_sign::model::Classifier;
use fool_the_sign::model::autoencoder::AutoencoderConfig;
use fool_the_sign::model::convnet::ConvNetConfig;
use fool_the_sign::model::zoo::{Architecture, Network};
use fool_the_sign::protocol::Event;
use fool_the_sign::rng::Rng;
use fool_the_sign::session::Session;
use pollster::block_on;

fn network(device: &Device) -> Network {
    Architecture::default().seeded(&mut Rng::new(5), device)
}

fn contender(name: &str, network: &Network) -> Contender {
    let config = AutoencoderConfig::browser(2);
    let autoencoder = config.seeded(&mut Rng::new(6), &device::cpu());
    Contender::unsigned(name, &Architecture::default(), network, Some(&Purifier { config, autoencoder }))
}

const ATTACKER: (&Defense, Knowledge, Goal) = (&Defense::None(NoDefense {}), Knowledge::Adaptive, Goal::Untargeted);

fn bare(network: &Network) -> Engagement {
    let contender = contender("lenet", network);
    block_on(Engagement::new(contender, None, ATTACKER, &Source::generated(), &device::cpu())).expect("good parameters")
}

fn signs(n: u64) -> Tensor<4> {
    batch::images(&Source::generated().batch(1, Split::Validation, 0..n), &device::cpu())
}

fn answers(network: &Network, images: Tensor<4>) -> Vec<usize> {
    let logits = block_on(device::read(network.logits(images))).expect("the CPU answers");
    logits.chunks_exact(COUNT).map(answer).collect()
}

/// An attack that turns a wrong answer into the right one has made nothing robust.
#[test]
fn an_image_that_is_wrong_when_clean_does_not_hold() {
    let network = network(&device::cpu());
    let engagement = bare(&network);
    let attack = Attack::Noise(UniformNoise { epsilon: 1.0, seed: 1 });
    let before = signs(16);
    let victims = engagement.victims(before.clone(), vec![0; 16]);
    let after = block_on(attack::run(attack.method(), &network, victims)).expect("noise");
    let (clean, attacked) = (answers(&network, before.clone()), answers(&network, after.clone()));
    assert_ne!(clean, attacked, "the noise changes some answer");
    // The labels are such that the attack repairs what it changes.
    let judged = block_on(engagement.judge(Some(&attack), &before, &attacked, &after)).expect("numbers");
    for (judged, (clean, attacked)) in judged.iter().zip(clean.iter().zip(&attacked)) {
        assert!(judged.right && judged.answer == *attacked && !judged.success);
        assert_eq!(
            (judged.right_clean, judged.holds(), judged.holds_8bit() && !judged.right_clean),
            (clean == attacked, clean == attacked, false)
        );
    }
    // The first schema counted them.
    let source = Source::generated();
    let case = Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, attack);
    let config = EvaluationConfig { split: Split::Validation, n: 16, seed: 1, cases: vec![case] };
    let contenders = [contender("lenet", &network)];
    let circumstances =
        Circumstances { config: &config, contenders: &contenders, source: &source, device: Compute::Cpu };
    let record =
        |schema| circumstances.of_case(schema, &config.cases[0], &judged).expect("the model is there").remove(0);
    let (first, second) = (record(Schema::First), record(Schema::Second));
    assert_eq!(first.value, Some(1.0));
    assert!(second.value < Some(1.0));
    // Of the same case the one that counts by today's rules stays, and both can be read and told apart.
    let first = Record { images: 1000, ..first };
    assert_eq!(Record::joined(vec![first.clone()], vec![second.clone()]), std::slice::from_ref(&second));
    let again = Record::parse(&Record::to_json(&[first.clone(), second.clone()])).expect("records");
    assert_eq!(again.iter().map(|record| record.schema).collect::<Vec<_>>(), [Schema::First, Schema::Second]);
}

/// Success rate and median are of the same images: those that are right when clean.
#[test]
fn success_and_median_are_of_the_same_images() {
    let judged = |right_clean, success: bool, l2| Judged {
        label: 1,
        answer: 2,
        right: !success,
        right_clean,
        success,
        success_clean: !right_clean,
        right_8bit: !success,
        right_jpeg: !success,
        l2,
        linf: l2,
        l0: 1,
        by: None,
    };
    let images = [judged(true, true, 0.5), judged(true, true, 1.5), judged(true, false, 0.0), judged(false, true, 0.0)];
    let source = Source::generated();
    let attack = Attack::Cw(CarliniWagner::default());
    let case = Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, attack);
    let config = EvaluationConfig { split: Split::Validation, n: 4, seed: 1, cases: vec![case] };
    let contenders = [contender("lenet", &network(&device::cpu()))];
    let circumstances =
        Circumstances { config: &config, contenders: &contenders, source: &source, device: Compute::Cpu };
    for (schema, rate, of) in [(Schema::First, 0.75, 4), (Schema::Second, 2.0 / 3.0, 3)] {
        let records = circumstances.of_case(schema, &config.cases[0], &images).expect("the model is there");
        let find = |metric| records.iter().find(|record| record.metric == metric).expect("a record");
        assert_eq!((find(Metric::SuccessRate).value, find(Metric::SuccessRate).n), (Some(rate), of), "{schema:?}");
        assert_eq!((find(Metric::MedianL2).value, find(Metric::MedianL2).n), (Some(1.0), 2), "{schema:?}");
    }
}

/// Examples of another model are transfer, whatever their maker is said to know.
#[test]
fn examples_of_another_model_are_never_adaptive() {
    let network = network(&device::cpu());
    let contenders = [contender("lenet", &network), contender("other", &network)];
    for (knowledge, good) in [(Knowledge::Oblivious, true), (Knowledge::Adaptive, false), (Knowledge::Bpda, false)] {
        let case = Case {
            made_on: Some("other".into()),
            ..Case::attacked("lenet", Defense::default(), knowledge, Attack::Fgsm(Fgsm::default()))
        };
        let config = EvaluationConfig { split: Split::Validation, n: 1, seed: 1, cases: vec![case] };
        assert_eq!(config.validate(&contenders).is_ok(), good, "{knowledge:?}");
    }
    // The name it had before.
    for key in ["source", "made_on"] {
        let text = format!(r#"{{"model":"lenet","knowledge":"oblivious","attack":null,"{key}":"other"}}"#);
        let case: Case = serde_json::from_str(&text).expect("a case");
        assert_eq!(case.made_on.as_deref(), Some("other"));
    }
}

/// The same through the protocol: the table is refused before it begins, and the stage says what is true.
#[test]
fn the_page_cannot_misstate_what_an_attacker_knows() {
    let mut session = block_on(Session::start(Compute::Cpu)).expect("a CPU");
    let mut number = 0;
    let mut ask = |command: serde_json::Value| {
        number += 1;
        let command = serde_json::from_value(command).expect("a command");
        let mut told = block_on(session.handle(number, command));
        while session.busy() {
            told.extend(block_on(session.step()));
        }
        told.into_iter().map(|told| told.event).collect::<Vec<Event>>()
    };
    ask(serde_json::json!({"type": "copy_model", "name": "other"}));
    let other = ask(serde_json::json!({"type": "sign", "class": 14, "seed": 1}));
    assert!(!other.iter().any(|event| matches!(event, Event::Error(_))), "{other:?}");
    let attack = serde_json::json!({"name": "fgsm", "epsilon": 0.03});
    for knowledge in ["adaptive", "bpda"] {
        for key in ["source", "made_on"] {
            let case = serde_json::json!({"model": "lenet", "knowledge": knowledge, "attack": attack, key: "other"});
            let config = serde_json::json!({"split": "validation", "n": 1, "seed": 1, "cases": [case]});
            let events = ask(serde_json::json!({"type": "evaluate", "config": config}));
            let [Event::Error(error)] = events.as_slice() else { panic!("{knowledge}: {events:?}") };
            let sentence = format!("made on another model (\"other\"); it was {knowledge}.");
            assert!(error.what.kind() == ErrorKind::Parameter && error.message.ends_with(&sentence), "{error}");
        }
        let goal = serde_json::json!({"kind": "untargeted"});
        let staged = serde_json::json!({"type": "attack", "attack": attack, "goal": goal, "knowledge": knowledge, "made_on": "lenet"});
        let events = ask(staged);
        let report =
            events.iter().find_map(|event| if let Event::Outcome(report) = event { Some(report) } else { None });
        let report = report.unwrap_or_else(|| panic!("{events:?}"));
        assert_eq!((report.knowledge, report.made_on.as_deref()), (Knowledge::Oblivious, Some("lenet")));
    }
}

/// A set with test images alone has nothing to choose a threshold on.
#[test]
fn a_detector_is_not_calibrated_on_nothing() {
    let mut builder = Builder::new("Test", NAMES.map(String::from).to_vec()).expect("43 classes");
    for label in 0..COUNT {
        let pixels = vec![5 * label as u8; PIXELS];
        builder.add(Entry { pixels: &pixels, label, track: None, split: Some(Split::Test) }).expect("a picture");
    }
    let dataset = builder.finish(Deal { seed: 1, validation: 0.2, test: 0.2 }, Loaded::default()).expect("a data set");
    assert_eq!((dataset.len(Split::Train), dataset.len(Split::Validation)), (0, 0));
    let network = network(&device::cpu());
    for rate in [0.0, 0.05, 1.0] {
        let defense = Defense::Detector(DetectorConfig { false_positive_rate: rate, ..DetectorConfig::default() });
        let attacker = (&defense, Knowledge::Adaptive, Goal::Untargeted);
        let start = |source: &Source| {
            block_on(Engagement::new(contender("lenet", &network), None, attacker, source, &device::cpu()))
        };
        let drawn = start(&Source::generated()).expect("signs without end");
        let threshold = drawn.detector().expect("a detector").threshold;
        assert!(threshold.is_finite(), "rate {rate}: {threshold}");
        let logits = drawn.defended().expect("a purifier").logits(signs(4));
        let logits = block_on(device::read(logits)).expect("the CPU answers");
        assert!(logits.iter().all(|logit| logit.is_finite()), "rate {rate}");
        // The same threshold each time: a picture on stage is refused where it is in a table.
        assert_eq!(start(&Source::generated()).expect("again").detector().expect("a detector").threshold, threshold);
    }
    let defense = Defense::Detector(DetectorConfig::default());
    let attacker = (&defense, Knowledge::Adaptive, Goal::Untargeted);
    let source = Source::loaded(dataset);
    let error = block_on(Engagement::new(contender("lenet", &network), None, attacker, &source, &device::cpu()));
    assert_eq!(error.expect_err("no clean images").kind(), ErrorKind::State);
}

/// Every weight becomes NaN.
struct Broken;

impl ModuleMapper for Broken {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        param.map(|tensor| tensor.mul_scalar(f32::NAN))
    }
}

/// What must hold of every result is asserted where it is judged, and said.
#[test]
fn a_result_that_cannot_be_is_refused() {
    let network = network(&device::cpu());
    let engagement = bare(&network);
    let epsilon = 8.0 / 255.0;
    let attack = Attack::Pgd(Pgd { epsilon, ..Pgd::default() });
    let before = signs(2);
    let judge = |engagement: &Engagement, after: Tensor<4>| {
        block_on(engagement.judge(Some(&attack), &before, &[0, 1], &after)).map(|judged| judged.len())
    };
    let inside = before.clone().add_scalar(0.5 * epsilon).clamp(0.0, 1.0);
    assert_eq!(judge(&engagement, inside.clone()), Ok(2));
    for (what, after) in [
        ("beyond ε", before.clone().mul_scalar(0.5)),
        ("above 1", before.clone().add_scalar(1.5)),
        ("no number", before.clone().mul_scalar(f32::NAN)),
    ] {
        assert_eq!(judge(&engagement, after).map_err(|error| error.kind()), Err(ErrorKind::Diverged), "{what}");
    }
    let broken = bare(&network.map(&mut Broken));
    let error = judge(&broken, inside).expect_err("NaN is no answer");
    assert!(error.kind() == ErrorKind::Diverged && error.to_string().contains("NaN"), "{error}");
}

/// Networks for other sizes of images are refused with both sizes, not with a panic.
#[test]
fn sizes_that_do_not_fit_are_refused() {
    let architecture = Architecture::Convnet(ConvNetConfig { classes: Classes::Count(COUNT), side: 12 });
    let network = architecture.seeded(&mut Rng::new(5), &device::cpu());
    let contender = Contender::unsigned("small", &architecture, &network, None);
    let error = contender.fits_pictures().expect_err("12 is not 32").to_string();
    assert!(error.contains("12×12") && error.contains(&format!("{SIDE}×{SIDE}")), "{error}");
    let jpeg = Defense::from(Jpeg { quality: 75 });
    let error = Engagement::validate(&contender, &jpeg, Knowledge::Adaptive, None).expect_err("12 is no multiple of 8");
    assert_eq!(error.kind(), ErrorKind::Parameter);
}

/// A surrogate for another task is told at every door: it would be asked for classes that it does not have.
#[test]
fn a_surrogate_has_the_same_task() {
    let of = |name: &str, architecture: Architecture| {
        let network = architecture.seeded(&mut Rng::new(5), &device::cpu());
        Contender::unsigned(name, &architecture, &network, None)
    };
    let own = contender("lenet", &network(&device::cpu()));
    for (architecture, says) in [
        (
            Architecture::default().with_classes(Classes::Count(7)),
            "(\"other\") has to tell 43 classes apart on images of 32×32",
        ),
        (
            Architecture::Convnet(ConvNetConfig { classes: Classes::Count(COUNT), side: 16 }),
            "it tells 43 apart on images of 16×16",
        ),
    ] {
        let other = of("other", architecture);
        let (defense, knowledge, goal) = ATTACKER;
        let transfer = (defense, Knowledge::Oblivious, goal);
        let started =
            block_on(Engagement::new(own.clone(), Some(other.clone()), transfer, &Source::generated(), &device::cpu()));
        let error = started.expect_err("another task");
        assert!(error.kind() == ErrorKind::Parameter && error.to_string().contains(says), "{error}");
        assert!(knowledge == Knowledge::Adaptive && Engagement::validate(&own, defense, knowledge, None).is_ok());
        let case = Case {
            made_on: Some("other".into()),
            ..Case::attacked("lenet", Defense::default(), Knowledge::Oblivious, Attack::Fgsm(Fgsm::default()))
        };
        let config = EvaluationConfig { split: Split::Validation, n: 1, seed: 1, cases: vec![case] };
        let error = config.validate(&[own.clone(), other]).expect_err("another task");
        assert!(error.to_string().contains(says), "{error}");
    }
}

/// Ties and NaN are nobody's, on stage, in tables and on the command line: there is one rule.
#[test]
fn a_verdict_is_one_for_all() {
    let (untargeted, third) = (Goal::Untargeted, Goal::Targeted { class: 2 });
    for (row, refusal, is, reaches) in [
        (vec![2.0, 1.0, 0.0], None, true, [false, false]),
        // A tie with the label: no answer, and no success either.
        (vec![2.0, 2.0, 0.0], None, false, [false, false]),
        // Another class leads, or two others do: the label is lost; a target has to lead alone.
        (vec![1.0, 0.0, 2.0], None, false, [true, true]),
        (vec![1.0, 2.0, 2.0], None, false, [true, false]),
        (vec![f32::NAN; 3], None, false, [false, false]),
        (vec![f32::NAN, 1.0, 0.0], None, false, [false, false]),
        // Refused is neither; a tie with the refusal is no refusal.
        (vec![1.0, 0.0, 2.0, 3.0], Some(3), false, [false, false]),
        (vec![2.0, 0.0, 1.0, 3.0], Some(3), false, [false, false]),
        (vec![1.0, 0.0, 2.0, 2.0], Some(3), false, [true, true]),
    ] {
        let verdict = Verdict::of(&row, refusal);
        assert_eq!(verdict.is(0), is, "{row:?}");
        assert_eq!([untargeted, third].map(|goal| verdict.reaches(goal, 0)), reaches, "{row:?}");
    }
}

/// A record says what AutoAttack consisted of where that is not what its name stands for, and nothing otherwise.
#[test]
fn a_record_names_the_attacks_that_stood_in() {
    let source = Source::generated();
    let ensembles = [Attack::Autoattack(AutoAttack::default()), Attack::Ensemble(Ensemble::default())];
    for (classes, goal, first) in [
        (2, Goal::Untargeted, Some(&["apgd ce"][..])),
        (3, Goal::Untargeted, Some(&["apgd ce", "apgd dlr"])),
        (4, Goal::Untargeted, None),
        (43, Goal::Untargeted, None),
        (43, Goal::Targeted { class: 1 }, Some(&["apgd ce"])),
    ] {
        let architecture = Architecture::default().with_classes(Classes::Count(classes));
        let network = architecture.seeded(&mut Rng::new(5), &device::cpu());
        let contenders = [Contender::unsigned("few", &architecture, &network, None)];
        for attack in &ensembles {
            let case = Case { goal, ..Case::attacked("few", Defense::default(), Knowledge::Adaptive, attack.clone()) };
            let config = EvaluationConfig { split: Split::Validation, n: 1, seed: 1, cases: vec![case] };
            let circumstances =
                Circumstances { config: &config, contenders: &contenders, source: &source, device: Compute::Cpu };
            let records = circumstances.of_case(Schema::Second, &config.cases[0], &[]).expect("the model is there");
            let says = |attack: &Attack| match attack {
                Attack::Apgd(apgd) => {
                    format!("apgd {}", serde_json::to_value(apgd.loss).expect("a word").as_str().unwrap_or_default())
                }
                other => other.name().to_owned(),
            };
            let mut wanted: Vec<String> = first.into_iter().flatten().map(|name| (*name).to_owned()).collect();
            if first.is_some() {
                let rest = if attack.name() == "autoattack" { vec!["fab", "square"] } else { vec!["square"] };
                wanted.extend(rest.into_iter().map(String::from));
            }
            for record in &records {
                assert_eq!(record.members.iter().map(says).collect::<Vec<_>>(), wanted, "{classes} classes, {goal:?}");
                // What says nothing is written as before.
                let text = Record::to_json(std::slice::from_ref(record));
                assert_eq!(text.contains("members"), first.is_some(), "{text}");
                assert_eq!(Record::parse(&text).expect("our own text"), std::slice::from_ref(record));
            }
        }
    }
}

/// The median of a report is that of the records.
#[test]
fn a_report_and_a_record_have_one_median() {
    let network = network(&device::cpu());
    let source = Source::generated();
    let case = Case::attacked("lenet", Defense::default(), Knowledge::Adaptive, Attack::Cw(CarliniWagner::default()));
    let contenders = [contender("lenet", &network)];
    for n in 1..9 {
        let images: Vec<Judged> = (0..n)
            .map(|i| Judged {
                label: 1,
                answer: 2,
                right: false,
                right_clean: true,
                success: true,
                success_clean: false,
                right_8bit: false,
                right_jpeg: false,
                l2: (i * i) as f32 + 0.5,
                linf: 0.1,
                l0: 1,
                by: None,
            })
            .collect();
        let config = EvaluationConfig { split: Split::Validation, n, seed: 1, cases: vec![case.clone()] };
        let circumstances =
            Circumstances { config: &config, contenders: &contenders, source: &source, device: Compute::Cpu };
        let report = Report::new(&circumstances, &[images]).expect("the model is there");
        let record = report.records.iter().find(|record| record.metric == Metric::MedianL2).expect("a median");
        let quartiles = report.cases[0].l2_quartiles.expect("successes");
        assert_eq!(record.value, Some(f64::from(quartiles[1])), "{n} images");
        assert!(quartiles.is_sorted());
    }
}

/// Whoever is said to know of the detector attacks it: for each statistic his examples are those of an attacker of that detector.
#[test]
fn an_adaptive_roc_goes_past_the_detector() {
    let network = network(&device::cpu());
    let contender = contender("lenet", &network);
    let source = Rc::new(Source::generated());
    let attack = Attack::Pgd(Pgd { epsilon: 8.0 / 255.0, steps: 3, ..Pgd::default() });
    let (n, rate) = (4, 0.05);
    for knowledge in [Knowledge::Oblivious, Knowledge::Adaptive] {
        let config = RocConfig { attack: attack.clone(), knowledge, n, seed: 1, false_positive_rate: rate };
        let mut run = RocRun::new(config, contender.clone(), source.clone(), &device::cpu()).expect("good parameters");
        let mut before = 0;
        while !run.finished() {
            block_on(run.step()).expect("the CPU answers");
            let (done, of) = run.position();
            assert!(done >= before && done <= of && of == n);
            before = done;
        }
        let curves = block_on(run.curves()).expect("the CPU answers");
        for curve in curves {
            let detector = DetectorConfig { statistic: curve.statistic, false_positive_rate: rate };
            let attacker = (&Defense::Detector(detector), knowledge, Goal::Untargeted);
            let device = device::cpu();
            let started = Engagement::new(contender.clone(), None, attacker, &source, &device);
            let engagement = block_on(started).expect("good parameters");
            let signs = source.batch(1, Split::Validation, 0..n as u64);
            let (images, labels) = (batch::images(&signs, &device::cpu()), batch::labels(&signs));
            let victims = engagement.victims(images, labels);
            assert_eq!(victims.refusal.is_some(), knowledge == Knowledge::Adaptive);
            let view = engagement.view().expect("a purifier");
            let examples = block_on(attack::run(attack.method(), &*view, victims)).expect("a good attack");
            let scores = block_on(contender.scores(curve.statistic, examples)).expect("the CPU answers");
            let refused = scores.iter().filter(|score| **score > curve.threshold).count() as f64 / n as f64;
            assert_eq!(curve.true_positives, refused, "{knowledge:?}, {:?}", curve.statistic);
        }
    }
}

/// Checks at another ε are checks of another figure, and what was counted by the older rules says so by saying nothing.
#[test]
fn checks_are_of_one_figure() {
    let checked = |change: fn(&mut CheckConfig)| {
        let mut config = CheckConfig::new("lenet", Defense::default());
        change(&mut config);
        let (dataset, version) = ("generated".into(), "0".into());
        Checked { config, dataset, version, schema: Schema::Second, checks: vec![] }
    };
    let one = checked(|_| ());
    for (other, same) in [
        (checked(|_| ()), true),
        (checked(|config| config.n = 1000), true),
        (checked(|config| config.epsilon = 4.0 / 255.0), false),
        (checked(|config| config.knowledge = Knowledge::Oblivious), false),
        (checked(|config| config.defense = Defense::Jpeg(Jpeg { quality: 75 })), false),
        (checked(|config| config.model = "other".into()), false),
    ] {
        assert_eq!((one.replaces(&other), other.replaces(&one)), (same, same), "{:?}", other.config);
    }
    let text = serde_json::to_string(&[one]).expect("plain data");
    assert!(text.contains("record/2"), "{text}");
    let kept = std::fs::read_to_string("data/results/checks.json").expect("the project's checks");
    for one in Checked::parse(&kept).expect("checks") {
        let again = serde_json::to_value(&one).expect("plain data");
        assert_eq!(again.get("schema").is_some(), one.schema != Schema::First);
    }
}
