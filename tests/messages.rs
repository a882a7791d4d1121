//! What the engine says is data first and a sentence second: every code has values that survive JSON, and a whole English sentence.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeSet;

use fool_the_sign::data::report::Note;
use fool_the_sign::device::Adapter;
use fool_the_sign::error::{
    ArchiveFault, CheckpointFault, DataError, DeviceError, DivergedError, EntryFault, ImageError, LeftOut,
    ParameterError, Purpose, RecordFault, StateError, WeightsError, in_range,
};
use fool_the_sign::eval::checks::Checked;
use fool_the_sign::eval::finding::{Cause, Finding};
use fool_the_sign::model::layer::{Activation, Layer};
use fool_the_sign::said::Said;
use fool_the_sign::{Error, ErrorKind};
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A value for each variant of an enum of messages, made from its schema: a new variant is tried without being listed here.
fn samples<T: JsonSchema>() -> Vec<Value> {
    let schema = schema_for!(T).to_value();
    let mut found = vec![];
    variants(&schema, &schema, &mut found);
    found
}

fn variants(schema: &Value, root: &Value, found: &mut Vec<Value>) {
    let schema = resolved(schema, root);
    if schema["properties"]["code"].is_object() {
        let mut sample =
            serde_json::Map::from_iter([("code".to_owned(), schema["properties"]["code"]["const"].clone())]);
        if let Some(values) = schema["properties"].get("values") {
            sample.insert("values".into(), value(values, root, 0));
        }
        found.push(sample.into());
        return;
    }
    let several = ["oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    several.for_each(|one| variants(one, root, found));
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some("#") => root,
        Some(path) => root.pointer(path.trim_start_matches('#')).expect("a definition"),
        None => schema,
    }
}

fn value(schema: &Value, root: &Value, depth: usize) -> Value {
    let schema = resolved(schema, root);
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[0].as_str(),
        kind => kind.as_str(),
    };
    if let Some(word) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return word.clone();
    }
    if let Some(several) = ["oneOf", "anyOf"].iter().find_map(|key| schema[*key].as_array()) {
        // The last ones may hold an error again.
        return if depth > 2 { json!({ "code": "busy" }) } else { value(&several[0], root, depth + 1) };
    }
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().expect("fields");
            Value::Object(fields.iter().map(|(name, field)| (name.clone(), value(field, root, depth + 1))).collect())
        }
        Some("array") => match schema["prefixItems"].as_array() {
            Some(items) => items.iter().map(|item| value(item, root, depth + 1)).collect(),
            None => [value(&schema["items"], root, depth + 1)].into_iter().collect(),
        },
        Some("integer") => json!(3),
        Some("number") => json!(2.5),
        Some("string") => json!("some words"),
        other => panic!("a value of {other:?} in {schema}"),
    }
}

fn codes<T: JsonSchema>() -> Vec<String> {
    samples::<T>().iter().map(|sample| sample["code"].as_str().expect("a code").to_owned()).collect()
}

/// Each variant, once through JSON and back; returns its sentences.
fn said<T: JsonSchema + Serialize + DeserializeOwned + std::fmt::Display>() -> Vec<String> {
    let samples = samples::<T>();
    assert!(samples.len() > 2, "the schema has only {samples:?}");
    let one = |sample: &Value| {
        let known: T = serde_json::from_value(sample.clone()).unwrap_or_else(|error| panic!("{sample}: {error}"));
        let said = Said::from(known);
        let written = serde_json::to_value(&said).expect("plain data");
        assert_eq!(written["message"], json!(said.message), "{sample}");
        assert_eq!(written["code"], sample["code"]);
        assert_eq!(written.get("values"), sample.get("values"), "{sample}");
        let again: Said<T> = serde_json::from_value(written).expect("what was written");
        assert_eq!(again.what.to_string(), said.message);
        said.message
    };
    samples.iter().map(one).collect()
}

#[test]
fn every_error_survives_json_and_is_a_sentence() {
    for sentence in said::<Error>() {
        assert!(sentence.ends_with('.') && !sentence.contains("{") && sentence.len() > 10, "{sentence}");
    }
    let codes = codes::<Error>();
    assert!(codes.len() > 90, "{codes:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "a code twice: {codes:?}");
}

#[test]
fn so_does_what_is_no_error() {
    for sentences in [said::<Note>(), said::<Cause>()] {
        assert!(sentences.iter().all(|text| text.ends_with('.') || text == "some words"), "{sentences:?}");
    }
    said::<Finding>();
    said::<Layer>();
    said::<Adapter>();
}

#[test]
fn errors_carry_their_values_and_say_them() {
    let cases: Vec<(Error, ErrorKind, Value, &str)> = vec![
        (
            in_range("pgd.steps", 0_usize, 1..=10_000).expect_err("none"),
            ErrorKind::Parameter,
            json!({ "code": "out_of_range", "values": { "setting": "pgd.steps", "low": 1.0, "high": 10000.0, "got": 0.0 } }),
            "pgd.steps has to be from 1 to 10000; it was 0.",
        ),
        (
            // 32 bits, as they are written.
            in_range("pgd.epsilon", 1.1_f32, 0.0..=1.0).expect_err("too much"),
            ErrorKind::Parameter,
            json!({ "code": "out_of_range", "values": { "setting": "pgd.epsilon", "low": 0.0, "high": 1.0, "got": 1.1 } }),
            "pgd.epsilon has to be from 0 to 1; it was 1.1.",
        ),
        (
            Error::Busy,
            ErrorKind::Busy,
            json!({ "code": "busy" }),
            "Something is running already. Wait for it, or cancel it.",
        ),
        (
            ImageError::PictureTooLarge { width: 9000, height: 20, side: 8192, pixels: 16_700_000 }.into(),
            ErrorKind::Image,
            json!({ "code": "picture_too_large", "values": { "width": 9000, "height": 20, "side": 8192, "pixels": 16700000 } }),
            "The picture is too large: 9000 × 20 pixels. At most 8192 pixels a side and 16.7 million in all can be opened. Save it smaller.",
        ),
        (
            ImageError::PictureFileTooLarge { megabytes: 21.04, most: 20.0 }.into(),
            ErrorKind::Image,
            json!({ "code": "picture_file_too_large", "values": { "megabytes": 21.04, "most": 20.0 } }),
            "The file is 21.0 MB; the limit is 20 MB. Save a smaller copy.",
        ),
        (
            WeightsError::OtherShape {
                tensor: "conv1.weight".into(),
                wants: vec![6, 3],
                dtype: "F16".into(),
                got: vec![6],
            }
            .into(),
            ErrorKind::Weights,
            json!({ "code": "other_shape", "values": { "tensor": "conv1.weight", "wants": [6, 3], "dtype": "F16", "got": [6] } }),
            "`conv1.weight` has to be F32 of shape [6, 3]; it is F16 of shape [6].",
        ),
        (
            WeightsError::Checkpoint { fault: CheckpointFault::OtherRun }.into(),
            ErrorKind::Weights,
            json!({ "code": "checkpoint", "values": { "fault": { "code": "other_run" } } }),
            "The checkpoint is of another run: other settings, or other data. Delete it, or start without it.",
        ),
        (
            WeightsError::NoRecord { fault: RecordFault::OtherSchema { schema: "x/2".into(), reads: "x/1".into() } }
                .into(),
            ErrorKind::Weights,
            json!({ "code": "no_record", "values": { "fault": { "code": "other_schema", "values": { "schema": "x/2", "reads": "x/1" } } } }),
            "This is not a record of figures: its schema is \"x/2\"; this program reads those up to \"x/1\".",
        ),
        (
            DataError::TooManyEntries { entries: None, most: 100_000 }.into(),
            ErrorKind::Data,
            json!({ "code": "too_many_entries", "values": { "entries": null, "most": 100000 } }),
            "This archive has far more than 100,000 entries; at most 100,000 are read.",
        ),
        (
            DataError::NoArchive { fault: ArchiveFault::EntriesMissing { listed: 3, expected: 4 } }.into(),
            ErrorKind::Data,
            json!({ "code": "no_archive", "values": { "fault": { "code": "entries_missing", "values": { "listed": 3, "expected": 4 } } } }),
            "This is not a complete zip archive (3 of 4 entries are listed). It may be truncated: download or pack it again.",
        ),
        (
            DataError::NothingUsed {
                first: Some(LeftOut {
                    name: "a/b.png".into(),
                    reason: Box::new(DataError::EntryDamaged { fault: EntryFault::OtherChecksum }.into()),
                }),
            }
            .into(),
            ErrorKind::Data,
            json!({ "code": "nothing_used", "values": { "first": {
                "name": "a/b.png",
                "reason": { "code": "entry_damaged", "values": { "fault": { "code": "other_checksum" } } },
            } } }),
            "None of the pictures could be used. The first, a/b.png: It is damaged in the archive (its checksum differs).",
        ),
        (
            DataError::NothingToRead { first: None }.into(),
            ErrorKind::Data,
            json!({ "code": "nothing_to_read", "values": { "first": null } }),
            "There are no pictures in it.",
        ),
        (
            DataError::ArchiveUnusable { archive: "a.zip".into(), error: Box::new(DataError::ArchiveEmpty.into()) }
                .into(),
            ErrorKind::Data,
            json!({ "code": "archive_unusable", "values": { "archive": "a.zip", "error": { "code": "archive_empty" } } }),
            "The archive a.zip cannot be used. The file is empty.",
        ),
        (
            ParameterError::NotOneOf {
                setting: "split".into(),
                allowed: ["train", "validation", "test"].map(String::from).to_vec(),
                got: "all".into(),
            }
            .into(),
            ErrorKind::Parameter,
            json!({ "code": "not_one_of", "values": { "setting": "split", "allowed": ["train", "validation", "test"], "got": "all" } }),
            "split has to be train, validation or test; it was all.",
        ),
        (
            StateError::NoPurifier { model: None }.into(),
            ErrorKind::State,
            json!({ "code": "no_purifier", "values": { "model": null } }),
            "This model has no purifier. Train one for it, or choose another defence.",
        ),
        (
            StateError::NoPurifier { model: Some("mine".into()) }.into(),
            ErrorKind::State,
            json!({ "code": "no_purifier", "values": { "model": "mine" } }),
            "\"mine\" has no purifier. Train one for it, or choose another defence.",
        ),
        (
            StateError::NoImages { purpose: Purpose::Validation }.into(),
            ErrorKind::State,
            json!({ "code": "no_images", "values": { "purpose": "validation" } }),
            "The data set has no validation images. Load one that has, or use drawn signs.",
        ),
        (
            DeviceError::DeviceLost.into(),
            ErrorKind::Device,
            json!({ "code": "device_lost" }),
            "The device stopped answering: it was lost, or ran out of memory. Start again, on the CPU if it recurs.",
        ),
        (
            DivergedError::WeightsDiverged.into(),
            ErrorKind::Diverged,
            json!({ "code": "weights_diverged" }),
            "The weights are not all numbers: the training diverged. They were not saved.",
        ),
    ];
    for (error, kind, data, sentence) in cases {
        assert_eq!(error.to_string(), sentence);
        assert_eq!(error.kind(), kind, "{sentence}");
        assert_eq!(serde_json::to_value(&error).expect("plain data"), data);
        assert_eq!(serde_json::from_value::<Error>(data).expect("what was written"), error);
    }
}

#[test]
fn a_nan_is_told_and_comes_back() {
    for nan in [f64::NAN, f64::INFINITY] {
        let error = in_range("pgd.epsilon", nan, 0.0..=1.0).expect_err("no number");
        assert!(error.to_string().starts_with("pgd.epsilon has to be from 0 to 1; it was "), "{error}");
        let text = serde_json::to_string(&error).expect("plain data");
        let Error::OutOfRange { got, .. } = serde_json::from_str(&text).expect("what was written") else {
            panic!("{text}")
        };
        assert!(got.is_nan(), "{text}");
    }
}

#[test]
fn layers_are_said_with_their_numbers() {
    let pooled = Layer::Convolution { size: 5, activation: Activation::Relu, max_pool: Some(2) };
    assert_eq!(pooled.to_string(), "Convolution 5×5, ReLU, max-pool 2×2");
    let plain = Layer::Convolution { size: 3, activation: Activation::Tanh, max_pool: None };
    assert_eq!(plain.to_string(), "Convolution 3×3, tanh");
    assert_eq!(Layer::Dense { activation: Activation::Logits }.to_string(), "Dense, logits");
    let written = serde_json::to_value(Said::from(plain)).expect("plain data");
    let values = json!({ "size": 3, "activation": "tanh", "max_pool": null });
    assert_eq!(written, json!({ "code": "convolution", "values": values, "message": "Convolution 3×3, tanh" }));
}

/// The kept checks are data, each with the sentence that its values make; those of earlier versions are sentences, and stay.
#[test]
fn kept_checks_say_what_their_values_say() {
    let text = std::fs::read_to_string("data/results/checks.json").expect("the project's checks");
    for checked in Checked::parse(&text).expect("checks") {
        for check in checked.checks {
            assert!(!matches!(check.detail.what, Finding::Earlier { .. }), "{:?}", check.detail);
            assert_eq!(check.detail.what.to_string(), check.detail.message);
            if let Some(cause) = check.cause {
                assert_eq!(cause.what.to_string(), cause.message);
            }
        }
    }
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let check = &mut file[0]["checks"][0];
    check["detail"] = json!("PGD-20 leaves 43.8 %, FGSM 57.8 %.");
    check["cause"] = json!("Masked gradients.");
    let old = &Checked::parse(&file.to_string()).expect("checks of an earlier version")[0].checks[0];
    assert_eq!(old.detail.message, "PGD-20 leaves 43.8 %, FGSM 57.8 %.");
    assert_eq!(old.cause.as_ref().expect("a cause").message, "Masked gradients.");
}
