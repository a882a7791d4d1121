//! The contract with front ends, word for word: these texts are what the page sends. A change here breaks the page.
#![cfg(not(target_family = "wasm"))]

use fool_the_sign::protocol::{Command, Event};

#[test]
fn commands_read_as_the_page_writes_them() {
    let texts = [
        r#"{"type":"sign","class":14,"seed":7}"#,
        r#"{"type":"gallery","count":43,"seed":1}"#,
        r#"{"type":"photo","bytes":[137,80]}"#,
        r#"{"type":"crop","square":{"x":1.5,"y":2.0,"size":40.0}}"#,
        r#"{"type":"reset_model","seed":1}"#,
        r#"{"type":"train","config":{"epochs":6,"batch_size":32,"images_per_epoch":4300,"validation_images":430,"learning_rate":0.004,"seed":1}}"#,
        r#"{"type":"train_purifier","config":{"epochs":3,"batch_size":16,"images_per_epoch":2150,"validation_images":215,"learning_rate":0.003,"width":16,"noise":0.5,"epsilon":0.5,"guide":0.25,"full_skip":false,"seed":1}}"#,
        r#"{"type":"attack","attack":{"name":"fgsm","epsilon":0.5},"goal":{"kind":"untargeted"}}"#,
        r#"{"type":"attack","attack":{"name":"cw","kappa":0.0,"searches":5,"steps":200,"learning_rate":0.5,"initial_c":1.0,"abort_early":true},"goal":{"kind":"targeted","class":1}}"#,
        r#"{"type":"table","config":{"n":43,"seed":1,"fgsm":{"epsilon":0.5},"cw":{"kappa":0.0,"searches":5,"steps":200,"learning_rate":0.5,"initial_c":1.0,"abort_early":true}}}"#,
        r#"{"type":"pause"}"#,
        r#"{"type":"resume"}"#,
        r#"{"type":"step"}"#,
        r#"{"type":"cancel"}"#,
        r#"{"type":"benchmark","work":"input_gradient","batch":64,"repeats":8}"#,
    ];
    for text in texts {
        let command: Command = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&command).unwrap(), text);
    }
}

#[test]
fn events_read_as_the_engine_writes_them() {
    let texts = [
        r#"{"type":"job","job":"train_purifier","state":"running","done":3,"total":10}"#,
        r#"{"type":"training","job":"train","step":4,"steps":804,"epoch":0.5,"loss":2.5,"accuracy":0.25,"images":128}"#,
        r#"{"type":"validation","job":"train","step":134,"epoch":1.0,"loss":0.5,"accuracy":{"correct":1,"n":4,"value":0.25,"low":0.125,"high":0.5},"attacked":null,"purified_clean":null}"#,
        r#"{"type":"attacking","search":1,"iteration":4,"c":1.0,"best_l2":null,"picture":null}"#,
        r#"{"type":"error","code":"busy","message":"Wait."}"#,
    ];
    for text in texts {
        let event: Event = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
    }
}

#[test]
fn nonsense_is_no_command() {
    for text in [r#"{"type":"delete"}"#, r#"{"type":"sign"}"#, r#"{"type":"sign","class":-1,"seed":0}"#, "null", "[]"] {
        assert!(serde_json::from_str::<Command>(text).is_err(), "{text}");
    }
}

/// The page has one table of settings; its defaults are this crate's.
#[test]
fn the_page_starts_with_the_same_settings() {
    use fool_the_sign::attack::{CarliniWagner, Fgsm};
    use fool_the_sign::eval::table::TableConfig;
    use fool_the_sign::train::{classifier::TrainConfig, purifier::PurifierConfig};

    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/js/state/schema.js");
    let schema = std::fs::read_to_string(path).expect("the page's settings");
    let shown = |key: &str| -> f64 {
        let entry = schema.split(&format!("\"{key}\": ")).nth(1).unwrap_or_else(|| panic!("{key} is no setting"));
        let value = entry.split("value: ").nth(1).expect("a default").split([',', ' ']).next().expect("a word");
        match value {
            "true" => 1.0,
            "false" => 0.0,
            number => number.parse().unwrap_or_else(|_| panic!("{key}: {number}")),
        }
    };
    let TrainConfig { schedule, learning_rate, .. } = TrainConfig::default();
    let PurifierConfig { schedule: purifying, learning_rate: purifier_rate, width, noise, epsilon, guide, .. } =
        PurifierConfig::default();
    let cw = CarliniWagner::default();
    let cases = [
        ("train.epochs", schedule.epochs as f64),
        ("train.batch_size", schedule.batch_size as f64),
        ("train.images_per_epoch", schedule.images_per_epoch as f64),
        ("train.validation_images", schedule.validation_images as f64),
        ("train.learning_rate", learning_rate),
        ("purifier.epochs", purifying.epochs as f64),
        ("purifier.batch_size", purifying.batch_size as f64),
        ("purifier.images_per_epoch", purifying.images_per_epoch as f64),
        ("purifier.validation_images", purifying.validation_images as f64),
        ("purifier.learning_rate", purifier_rate),
        ("purifier.width", width as f64),
        ("purifier.noise", f64::from(noise)),
        ("purifier.epsilon", f64::from(epsilon * 255.0)),
        ("purifier.guide", f64::from(guide)),
        ("purifier.full_skip", 0.0),
        ("fgsm.epsilon", f64::from(Fgsm::default().epsilon * 255.0)),
        ("cw.kappa", f64::from(cw.kappa)),
        ("cw.searches", cw.searches as f64),
        ("cw.steps", cw.steps as f64),
        ("cw.learning_rate", f64::from(cw.learning_rate)),
        ("cw.initial_c", f64::from(cw.initial_c)),
        ("cw.abort_early", f64::from(u8::from(cw.abort_early))),
        ("table.n", TableConfig::default().n as f64),
    ];
    for (key, value) in cases {
        assert!((shown(key) - value).abs() < 1e-6, "{key}: the page has {}, the engine {value}", shown(key));
    }
}
