//! The command line as someone else's tool would use it: files in, files out.
#![cfg(all(not(target_family = "wasm"), feature = "cli"))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fool_the_sign::attack::AutoAttack;
use fool_the_sign::eval::record::{Record, RecordedAttack};
use safetensors::SafeTensors;

fn conformance(name: &str) -> String {
    format!("tests/conformance/{name}")
}

/// An empty folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn run(words: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fool-the-sign"));
    command.args(words.split_whitespace()).output().expect("it starts")
}

fn succeed(words: &str) -> String {
    let output = run(words);
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn fail(words: &str) -> String {
    let output = run(words);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && !text.contains("panicked"), "{words}: {text}");
    text
}

#[test]
fn attack_writes_what_it_promises() {
    let out = folder("attack").join("out.safetensors");
    let files =
        format!("--weights {} --images {}", conformance("lenet.safetensors"), conformance("images_lenet.safetensors"));
    for (attack, epsilon) in [
        ("fgsm --epsilon 8/255", Some(8.0 / 255.0)),
        ("bim --epsilon 8/255 --steps 3 --alpha 4/255", Some(8.0 / 255.0)),
        ("pgd --epsilon 4/255 --steps 3 --restarts 2 --attack-seed 5", Some(4.0 / 255.0)),
        ("apgd --epsilon 4/255 --steps 5 --loss dlr_targeted --targets 2", Some(4.0 / 255.0)),
        ("square --epsilon 0.1 --queries 20 --p 0.5", Some(0.1)),
        ("ensemble --epsilon 4/255 --steps 3 --targets 1 --queries 3", Some(4.0 / 255.0)),
        ("noise --epsilon 0.1", Some(0.1)),
        ("cw --searches 2 --steps 30 --kappa 0.5 --initial-c 10 --learning-rate 0.1 --abort-early false", None),
        ("deepfool --steps 10 --overshoot 0.05", None),
        ("jsma --one-pixel true --gamma 0.01 --theta -1 --target 14", None),
    ] {
        succeed(&format!("attack --model lenet {files} --attack {attack} --out {}", out.display()));
        let bytes = std::fs::read(&out).expect("the file");
        let file = SafeTensors::deserialize(&bytes).expect("safetensors");
        let mut names = file.names();
        names.sort_unstable();
        assert_eq!(names, ["adversarial", "l0", "l2", "linf", "prediction", "success"]);
        assert_eq!(file.tensor("adversarial").unwrap().shape(), [8, 3, 32, 32]);
        let largest = file.tensor("linf").unwrap();
        let largest = largest.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let largest = largest.fold(0.0, f32::max);
        assert!(epsilon.is_none_or(|epsilon| largest > 0.0 && largest <= epsilon + 1e-6), "{attack}: {largest}");
    }
}

#[test]
fn logits_are_those_of_the_golden_file() {
    let out = folder("logits").join("out.safetensors");
    let weights = conformance("convnet.safetensors");
    let images = conformance("images_convnet.safetensors");
    succeed(&format!("logits --model convnet --weights {weights} --images {images} --out {}", out.display()));
    let (ours, theirs) = (std::fs::read(&out).unwrap(), std::fs::read(conformance("golden.safetensors")).unwrap());
    let floats = |bytes: &[u8], name: &str| -> Vec<f32> {
        let file = SafeTensors::deserialize(bytes).unwrap();
        file.tensor(name).unwrap().data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    };
    let (ours, theirs) = (floats(&ours, "logits"), floats(&theirs, "convnet.logits"));
    assert_eq!(ours.len(), theirs.len());
    assert!(ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 1e-4));
}

/// Train, purify, transfer, evaluate, repeat: the whole way with files.
#[test]
fn a_record_can_be_repeated_and_a_false_one_is_found() {
    let folder = folder("loop");
    let at = |name: &str| folder.join(name).display().to_string();
    let (lenet, purifier, records) = (at("lenet.safetensors"), at("purifier.safetensors"), at("records.json"));
    let small = "--epochs 1 --images 640 --validation 43";
    succeed(&format!("train --out {lenet} {small}"));
    succeed(&format!("train --model purifier --classifier {lenet} --width 4 {small} --out {purifier}"));
    let robust = at("robust.safetensors");
    succeed(&format!("train --from {lenet} --recipe pgd --steps 2 --epsilon 4/255 {small} --out {robust}"));

    let images = at("images.safetensors");
    succeed(&format!("data --n 10 --split test --seed 3 --out {images}"));
    let purified = at("purified.safetensors");
    succeed(&format!("purify --weights {lenet} --purifier {purifier} --images {images} --out {purified}"));
    let transferred = at("transferred.safetensors");
    succeed(&format!(
        "attack --weights {lenet} --made-on {robust} --images {images} --attack fgsm --out {transferred}"
    ));

    let models = format!("--weights lenet={lenet} --purifier lenet={purifier}");
    let attacks = "--attack fgsm --attack pgd --epsilon 4/255 --steps 3 --n 40 --defense purifier";
    let text = succeed(&format!("evaluate {models} {attacks} --knowledge adaptive --out {records}"));
    assert!(text.contains("worst of"), "{text}");
    let again = at("again.json");
    let text = succeed(&format!("evaluate {models} --record {records} --out {again}"));
    assert!(text.contains("same") && !text.contains("DIFFERENT"), "{text}");
    assert_eq!(std::fs::read(&records).unwrap(), std::fs::read(&again).unwrap(), "to the bit");

    // Another version of the program counts the same.
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let older = std::fs::read_to_string(&records).unwrap().replace(&version, "\"version\": \"0.0.1\"");
    assert!(older.contains("0.0.1"));
    std::fs::write(at("older.json"), older).unwrap();
    let text = succeed(&format!("evaluate {models} --record {}", at("older.json")));
    assert!(text.contains("same") && !text.contains("DIFFERENT"), "{text}");

    let other = format!("--weights lenet={robust} --purifier lenet={purifier}");
    assert!(fail(&format!("evaluate {other} --record {records}")).contains("other files were given"));
    let lies = std::fs::read_to_string(&records).unwrap().replacen("\"value\": 0", "\"value\": 1", 1);
    std::fs::write(at("lies.json"), lies).unwrap();
    assert!(fail(&format!("evaluate {models} --record {}", at("lies.json"))).contains("differently"));

    let curve = format!("evaluate --weights a={lenet} --weights b={robust} --attack fgsm --curve 0,2,8 --n 20");
    assert_eq!(succeed(&curve).lines().count(), 8);
}

#[test]
fn bad_input_is_refused_in_a_sentence() {
    let (weights, images) = (conformance("lenet.safetensors"), conformance("images_lenet.safetensors"));
    let out = folder("bad").join("out.safetensors").display().to_string();
    let attack = |words: &str| {
        fail(&format!("attack --model lenet --weights {weights} --images {images} --out {out} --attack {words}"))
    };
    for (words, expected) in [
        ("fgsm --epsilon -0.1", "from 0 to 1"),
        ("fgsm --epsilon nan", "finite"),
        ("fgsm --epsilon 8/0", "finite"),
        ("fgsm --epsilon x", "no number"),
        ("fgsm --steps 3", "no parameter --steps"),
        ("fgsm --attack-seed 3", "--attack-seed"),
        ("fgsm --target 43", "from 0 to 42"),
        ("deepfool --target 1", "no target"),
        ("apgd --loss what", "what"),
        ("magic", &fool_the_sign::attack::Attack::NAMES.join(", ")),
        ("cw --steps 0", "from 1 to"),
        ("pgd --defense purifier", "purifier"),
        ("pgd --knowledge none", "oblivious, adaptive or bpda"),
        ("pgd --device tpu", "cpu or gpu"),
    ] {
        let text = attack(words);
        assert!(text.contains(expected), "{words}: {text}");
    }
    let of = |weights: &str, images: &str| {
        fail(&format!("logits --model lenet --weights {weights} --images {images} --out {out}"))
    };
    assert!(of(&images, &images).contains("images_lenet"), "the file at fault is named");
    assert!(of("nowhere.safetensors", &images).contains("nowhere.safetensors"));
    let small = conformance("images_convnet.safetensors");
    assert!(of(&weights, &small).contains("16×16"), "shapes are named");
    assert!(fail(&format!("evaluate --model lenet --weights a={weights} --made-on a")).contains("--made-on"));
    // Nobody knows a model by working on another.
    let transfer =
        format!("evaluate --model lenet --weights a={weights} --weights b={weights} --source b --n 4 --attack fgsm");
    for knowledge in ["adaptive", "bpda"] {
        let text = fail(&format!("{transfer} --knowledge {knowledge}"));
        let sentence = "has to be oblivious for examples that are made on another model (\"b\"); it was";
        assert!(text.contains(&format!("{sentence} {knowledge}.")), "{text}");
    }
    assert!(succeed(&transfer).contains("oblivious, made on b"), "what is not said is what is true");
    assert!(fail(&format!("train --recipe what --out {out}")).contains("trades"));
    assert!(fail(&format!("train --model purifier --out {out}")).contains("--classifier"));
}

#[test]
fn presets_say_what_they_need_and_are_what_their_parameters_make() {
    let folder = folder("presets");
    let train = |words: &str, name: &str| {
        let out = folder.join(name);
        succeed(&format!("train {words} --images 64 --epochs 1 --validation 43 --out {}", out.display()));
        std::fs::read(out).expect("the weights")
    };
    let preset = train("--preset lenet-drawn", "preset");
    assert_eq!(preset, train("--harsh --batch 32 --learning-rate 0.004", "harsh"), "by its parameters");
    assert_ne!(preset, train("--batch 32 --learning-rate 0.004", "fair"), "another light");

    let out = folder.join("none");
    for (words, says) in [
        ("--preset lenet", "--data has to be GTSRB's archives"),
        ("--preset lenet-at", "--data has to be GTSRB's archives"),
        ("--preset combined", "--data has to be GTSRB's archives"),
        ("--preset nobody", "lenet-drawn"),
        ("--model combined --purifier nowhere.safetensors", "--classifier"),
    ] {
        let text = fail(&format!("train {words} --out {}", out.display()));
        assert!(text.contains(says) && !out.exists(), "{text}");
    }
}

#[test]
fn combined_begins_with_what_its_parts_have_learned() {
    let folder = folder("combined");
    let file = |name: &str| folder.join(name).display().to_string();
    let (lenet, purifier, combined) = (file("lenet"), file("purifier"), file("combined"));
    let short = "--epochs 1 --validation 43";
    succeed(&format!("train {short} --images 1600 --out {lenet}"));
    succeed(&format!("train --model purifier --width 4 --classifier {lenet} {short} --images 640 --out {purifier}"));
    let from = format!("--model combined --classifier {lenet} --purifier {purifier}");
    succeed(&format!("train {from} {short} --images 64 --learning-rate 1e-6 --out {combined}"));
    // With a learning rate of next to nothing it answers as the classifier behind the purifier does.
    let clean = |words: &str| {
        let text = succeed(&format!("evaluate {words} --n 43"));
        text.split("accuracy ").nth(1).and_then(|rest| rest.split(' ').next()).map(String::from).expect("an accuracy")
    };
    let behind = clean(&format!("--weights {lenet} --purifier {purifier} --defense purifier"));
    assert_eq!(clean(&format!("--weights {combined}")), behind);
    let wrong = fail(&format!("train --model combined --classifier {combined} --purifier {purifier} --out {lenet}x"));
    assert!(wrong.contains("this is a combined"), "{wrong}");
}

#[test]
fn a_finished_training_leaves_no_checkpoint_and_a_damaged_one_is_refused() {
    let folder = folder("resume");
    let out = folder.join("net.safetensors");
    let checkpoint = folder.join("net.safetensors.checkpoint");
    let words = format!("train --images 64 --epochs 2 --validation 43 --resume --out {}", out.display());
    std::fs::write(&checkpoint, "nonsense").expect("written");
    let text = fail(&words);
    assert!(text.contains("net.safetensors.checkpoint") && text.contains("Delete it"), "{text}");
    assert!(!out.exists());
    std::fs::remove_file(&checkpoint).expect("removed");
    succeed(&words);
    assert!(out.exists() && !checkpoint.exists());
}

#[test]
fn figures_are_added_to_those_that_are_there() {
    let folder = folder("add");
    let (lenet, out) = (conformance("lenet.safetensors"), folder.join("records.json"));
    let evaluate = |words: &str| {
        succeed(&format!("evaluate --model lenet --weights {lenet} {words} --out {} --add", out.display()));
        let records = Record::parse(&std::fs::read_to_string(&out).expect("records")).expect("records");
        records.iter().map(|record| record.n).collect::<Vec<usize>>()
    };
    assert_eq!(evaluate("--n 43"), [43], "clean");
    assert_eq!(evaluate("--n 20 --attack fgsm"), [43, 20], "clean was measured on more; FGSM");
    assert_eq!(evaluate("--n 30 --attack fgsm"), [43, 30]);
    assert_eq!(evaluate("--n 30 --attack fgsm --epsilon 2/255"), [43, 30, 30], "another attack");
}

/// RobustBench's file of a network, with its fields as they are named and typed there.
#[test]
fn figures_go_to_robustbench() {
    let folder = folder("robustbench");
    let at = |name: &str| folder.join(name).display().to_string();
    let (records, info) = (at("records.json"), at("Nobody2026Nothing.json"));
    let weights = conformance("lenet.safetensors");
    let evaluate = format!("evaluate --model lenet --weights net={weights} --n 8 --out {records}");
    let export = |words: &str| format!("model-info --records {records} --model net --out {info} {words}");
    succeed(&format!("{evaluate} --attack pgd --epsilon 4/255"));
    let text = fail(&export("--epsilon 4/255"));
    assert!(text.contains("There is no record of net under autoattack at ε = 4/255"), "PGD's is no substitute: {text}");
    succeed(&format!("{evaluate} --attack autoattack --epsilon 4/255 --steps 2 --targets 1 --queries 3"));
    // Nor is an AutoAttack with less than its standard settings.
    let cut = Record::parse(&std::fs::read_to_string(&records).expect("records")).expect("records");
    let with = |change: fn(AutoAttack) -> AutoAttack| {
        let mut all = cut.clone();
        let standard = AutoAttack { epsilon: 4.0 / 255.0, seed: 7, ..AutoAttack::default() };
        all[1].attack = RecordedAttack::Attack(change(standard).into());
        std::fs::write(&records, Record::to_json(&all)).expect("written");
    };
    assert!(fail(&export("--epsilon 4/255")).contains("in its standard version"));
    let changes: [fn(AutoAttack) -> AutoAttack; 3] = [
        |attack| AutoAttack { steps: 99, ..attack },
        |attack| AutoAttack { targets: 8, ..attack },
        |attack| AutoAttack { queries: 4999, ..attack },
    ];
    for change in changes {
        with(change);
        assert!(fail(&export("--epsilon 4/255")).contains("under autoattack at ε = 4/255 in its standard version"));
    }
    with(|attack| attack);
    assert!(fail(&export("")).contains("under autoattack at ε = 8/255"), "what is not said is 8/255");
    succeed(&export("--epsilon 4/255 --additional-data --venue X --authors Nobody"));
    let text = std::fs::read_to_string(&info).expect("a file");
    let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let all = Record::parse(&std::fs::read_to_string(&records).expect("records")).expect("records");
    let percent = |at: usize| format!("{:.2}", 100.0 * all[at].value.expect("an accuracy"));
    for (field, value) in [
        ("clean_acc", serde_json::json!(percent(0))),
        ("autoattack_acc", serde_json::json!(percent(1))),
        ("reported", serde_json::json!(percent(1))),
        ("eps", serde_json::json!("4/255")),
        ("architecture", serde_json::json!("lenet")),
        ("additional_data", serde_json::json!(true)),
        ("number_forward_passes", serde_json::json!(1)),
        ("venue", serde_json::json!("X")),
        ("authors", serde_json::json!("Nobody")),
        ("name", serde_json::json!("")),
        ("link", serde_json::json!("")),
    ] {
        assert_eq!(found[field], value, "{field} of {text}");
    }
    assert!(
        found["dataset"].is_string() && found["footnote"].as_str().is_some_and(|note| note.contains("n = 8")),
        "{text}"
    );
    // A clean figure of other weights is none.
    let other = std::fs::read_to_string(&records).expect("records").replacen(&all[0].weights_sha256, "0", 1);
    std::fs::write(&records, other).expect("written");
    assert!(fail(&export("--epsilon 4/255")).contains("no record of net on clean images"));
}

#[test]
fn every_command_has_help() {
    let all = succeed("--help");
    for command in ["train", "attack", "purify", "evaluate", "logits", "figure", "model-info", "bench", "data"] {
        assert!(all.contains(command), "{command}");
        assert!(succeed(&format!("{command} --help")).lines().count() > 5, "{command}");
    }
}
