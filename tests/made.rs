//! What is made for the page out of the declarations: methods with their settings, and the English words of both. `cargo xtask made`
//! writes it anew; without BLESS a test says when it is stale.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeMap;

use fool_the_sign::Error;
use fool_the_sign::catalogue::{Catalogue, Kind, Method, Setting};
use fool_the_sign::data::classes;
use fool_the_sign::data::names::UNNAMED;
use fool_the_sign::data::report::Note;
use fool_the_sign::defense::Knowledge;
use fool_the_sign::device::Adapter;
use fool_the_sign::error::{ArchiveFault, CheckpointFault, EntryFault, RecordFault};
use fool_the_sign::eval::checks::CheckName;
use fool_the_sign::eval::danger::Danger;
use fool_the_sign::eval::finding::{Cause, Finding};
use fool_the_sign::model::layer::Layer;
use fool_the_sign::train::preset;
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

mod typescript;

use typescript::{Types, variants};

const HEAD: &str = "Made from the declarations in `src` by `cargo xtask made`; never edited by hand.";

/// Writes the file where that is asked for, and compares it with what is there.
fn hold(path: &str, made: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, made).expect("a folder for it");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    let first = there.lines().zip(made.lines()).find(|(there, made)| there != made);
    assert!(there == made, "{path} is stale: `cargo xtask made` makes it anew. First difference: {first:?}");
}

/// A setting without its words.
fn plain(setting: &Setting) -> Value {
    let mut fields = serde_json::to_value(setting).expect("plain data");
    let map = fields.as_object_mut().expect("a struct");
    map.remove("label");
    map.remove("help");
    if setting.open.is_some() {
        map.insert("open".into(), json!(true));
    }
    if let Kind::Choice { choices } = &setting.kind {
        map.insert("choices".into(), choices.iter().map(|(word, _)| word.clone()).collect());
    }
    fields
}

fn settings(list: &[Setting], indent: &str) -> String {
    list.iter().map(|setting| format!("{indent}{},\n", plain(setting))).collect()
}

fn methods(name: &str, comment: &str, list: &[Method]) -> String {
    let one = |Method { name, paper, arxiv, also, equation, marks, settings: list, .. }: &Method| {
        let mut head = json!({ "name": name, "paper": paper, "marks": marks });
        for (key, text) in [("arxiv", arxiv), ("also", also), ("equation", equation)] {
            if !text.is_empty() {
                head[key] = json!(text);
            }
        }
        let head = head.to_string();
        let list = settings(list, "    ");
        let list = if list.is_empty() { String::new() } else { format!("\n{list}  ") };
        format!("  {}, \"settings\": [{list}] }},\n", head.trim_end_matches('}'))
    };
    let names: Vec<String> = list.iter().map(|method| format!("\"{}\"", method.name)).collect();
    format!(
        "\n/** {comment} */\nexport const {name}: readonly Method[] = [\n{}];\n\nexport type {} = {};\n",
        list.iter().map(one).collect::<String>(),
        match name {
            "ATTACKS" => "AttackName",
            "DEFENCES" => "DefenseName",
            "NETWORKS" => "NetworkName",
            "STICKERS" => "StickerName",
            _ => "RecipeName",
        },
        names.join(" | ")
    )
}

#[test]
fn the_page_has_every_method_and_every_setting() {
    let all = Catalogue::new();
    let mut made = format!(
        "// {HEAD}\n\n\
         /** A setting: what may be given, and what it is where nothing is. `epsilon` is a share of 1 that people see as k/255; one that is\n \
         * `open` may be left empty. */\n\
         export interface Declared {{\n  \
           key: string;\n  \
           kind: \"integer\" | \"number\" | \"epsilon\" | \"switch\" | \"seed\" | \"choice\";\n  \
           min?: number;\n  \
           max?: number;\n  \
           default: number | string | boolean | null;\n  \
           symbol?: string;\n  \
           open?: boolean;\n  \
           choices?: readonly string[];\n\
         }}\n\n\
         /** A method: its paper and that one's number at arXiv, what else there is to read, and what it computes. */\n\
         export interface Method {{\n  \
           name: string;\n  \
           paper: string;\n  \
           arxiv?: string;\n  \
           also?: string;\n  \
           equation?: string;\n  \
           marks: readonly string[];\n  \
           settings: readonly Declared[];\n\
         }}\n"
    );
    made += &methods("ATTACKS", "Attacks.", &all.attacks);
    made += &methods("DEFENCES", "Defences.", &all.defences);
    made += &methods("RECIPES", "What a classifier learns from.", &all.recipes);
    made += &methods("NETWORKS", "Networks.", &all.networks);
    made += &methods("STICKERS", "Stickers.", &all.stickers);
    for (name, comment, list) in [
        ("DATA", "How a data set is read.", &all.data),
        ("TRAIN", "How a classifier is trained, beside its recipe.", &all.train),
        ("PURIFIER", "How a purifier is trained.", &all.purifier),
        ("EVALUATION", "On what accuracies are measured.", &all.evaluation),
        ("CHECK", "How an evaluation is checked.", &all.checks),
        ("ROC", "How a detector is measured.", &all.roc),
    ] {
        made +=
            &format!("\n/** {comment} */\nexport const {name}: readonly Declared[] = [\n{}];\n", settings(list, "  "));
    }
    hold("www/engine/made/methods.ts", &made);
}

/// The words of one setting, under the key that it has in the page.
fn speak(words: &mut BTreeMap<String, String>, key: &str, setting: &Setting) {
    words.insert(format!("set.{key}"), setting.label.clone());
    words.insert(format!("set.{key}.help"), setting.help.clone());
    if let Some(open) = &setting.open {
        words.insert(format!("set.{key}.open"), open.clone());
    }
    if let Kind::Choice { choices } = &setting.kind {
        // What an attacker knows is named in more places than settings.
        for (word, what) in choices.iter().filter(|_| setting.key != "knowledge") {
            words.insert(format!("choice.{key}.{word}"), name(what).to_owned());
        }
    }
}

/// What a comment says first, without its full stop.
fn name(comment: &str) -> &str {
    comment.split("\n\n").next().unwrap_or_default().trim_end_matches('.')
}

/// The words of a plain list, which are in the comments of its variants.
fn names<T: JsonSchema>() -> Vec<(String, String)> {
    let schema = schema_for!(T).to_value();
    let words = schema["oneOf"].as_array().expect("a list of words").iter();
    words
        .map(|word| {
            let text = |key: &str| word[key].as_str().expect("every word has its name and its comment").to_owned();
            (text("const"), name(&text("description")).to_owned())
        })
        .collect()
}

#[test]
fn the_page_says_of_them_what_their_declarations_say() {
    let all = Catalogue::new();
    let mut words = BTreeMap::new();
    for (kind, names, list) in [
        ("attack", "attack", &all.attacks),
        ("defence", "defence", &all.defences),
        ("recipe", "choice.recipe.kind", &all.recipes),
        ("network", "choice.model.architecture", &all.networks),
        ("sticker", "sticker", &all.stickers),
    ] {
        for method in list {
            words.insert(format!("{names}.{}", method.name), method.title.clone());
            words.insert(format!("about.{kind}.{}", method.name), method.about.clone());
            for setting in &method.settings {
                // The page has one ε and one seed for all attacks, and one ε for all recipes.
                let key = match (kind, setting.key.as_str()) {
                    ("attack", "epsilon" | "seed") | ("recipe", "epsilon") => format!("{kind}.{}", setting.key),
                    ("recipe", key) => format!("recipe.{}_{key}", method.name),
                    (_, key) => format!("{}.{key}", method.name),
                };
                if setting.key != "epsilon" || !words.contains_key(&format!("set.{key}")) {
                    speak(&mut words, &key, setting);
                }
            }
        }
    }
    let groups = [&all.data, &all.train, &all.purifier, &all.evaluation, &all.checks, &all.roc];
    for (group, list) in ["data", "train", "purifier", "measure", "check", "roc"].into_iter().zip(groups) {
        // The page measures, checks and asks the detector on the same images.
        let shared = |key: &str| matches!(group, "check" | "roc") && matches!(key, "split" | "seed");
        for setting in list.iter().filter(|setting| !shared(&setting.key)) {
            speak(&mut words, &format!("{group}.{}", setting.key), setting);
        }
    }
    let mut called = BTreeMap::from([("data.own".to_owned(), UNNAMED.to_owned())]);
    called.extend(classes::NAMES.iter().enumerate().map(|(class, name)| (format!("sign.{class}"), (*name).to_owned())));
    for (kind, list) in
        [("knowledge", names::<Knowledge>()), ("check", names::<CheckName>()), ("danger", names::<Danger>())]
    {
        called.extend(list.into_iter().map(|(word, name)| (format!("{kind}.{word}"), name)));
    }
    called.extend(preset::ALL.iter().map(|preset| (format!("preset.{}", preset.name), preset.about.to_owned())));
    let table = |words: BTreeMap<String, String>| -> String {
        words.iter().map(|(key, text)| format!("  {}: {},\n", json!(key), json!(text))).collect()
    };
    let (words, called) = (table(words), table(called));
    let made = format!(
        "// {HEAD}\n\n/** Methods and their settings, in English. */\nexport const WORDS = {{\n{words}}};\n\n\
         /** Signs, checks, dangers, attackers and presets, in English. */\nexport const NAMES = {{\n{called}}};\n"
    );
    hold("www/engine/made/words.ts", &made);
}

/// The contract between engine and page: every command, every event, and what they carry.
#[test]
fn the_page_has_the_types_of_the_protocol() {
    use fool_the_sign::protocol::{Command, Event};
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.subschema_for::<Command>();
    generator.subschema_for::<Event>();
    let root = json!({ "$defs": generator.take_definitions(true) });
    // Their settings are tables at run time: see `methods.ts`.
    let tables =
        [("Attack", "name", "AttackName"), ("Defense", "name", "DefenseName"), ("Recipe", "kind", "RecipeName")];
    let types = Types::new(&root, &tables).all(&["Command", "Event"]);
    let names = tables.map(|(.., names)| names).join(", ");
    let made = format!(
        "// {HEAD}\n\nimport type {{ Said }} from \"./messages.js\";\nimport type {{ {names} }} from \"./methods.js\";\n{types}"
    );
    hold("www/engine/made/protocol.ts", &made);
}

/// The page's types for what the engine says; its German words are held to them by the type checker: none missing, none too many.
#[test]
fn the_page_knows_every_code_and_its_values() {
    let mut lines = BTreeMap::new();
    let mut all = 0;
    for schema in [
        schema_for!(Error),
        schema_for!(RecordFault),
        schema_for!(CheckpointFault),
        schema_for!(ArchiveFault),
        schema_for!(EntryFault),
        schema_for!(Note),
        schema_for!(Adapter),
        schema_for!(Layer),
        schema_for!(Finding),
        schema_for!(Cause),
    ] {
        let root = schema.to_value();
        let mut found = vec![];
        described(&root, &Types::written_out(&root, &["LeftOut"]), &mut found);
        all += found.len();
        lines.extend(found);
    }
    assert_eq!(lines.len(), all, "a code stands for two things");
    let values: String = lines.iter().map(|(code, values)| format!("  {code}: {values};\n")).collect();
    let made = format!(
        "// {HEAD}\n\n\
         /** What each code carries. A number that is none crosses as NaN, and as null in a file. */\n\
         export interface Values {{\n{values}}}\n\n\
         export type Code = keyof Values;\n\n\
         /** Something that the engine says: data, and where it stands alone its English sentence. */\n\
         export interface Said<C extends Code = Code> {{ code: C; values: Values[C]; message?: string }}\n\n\
         /** A file that was left out, as an example of all. */\n\
         export interface LeftOut {{ name: string; reason: Said }}\n"
    );
    hold("www/engine/made/messages.ts", &made);
}

fn described(schema: &Value, types: &Types, found: &mut Vec<(String, String)>) {
    let schema = types.resolved(schema);
    if let Some(code) = schema["properties"]["code"]["const"].as_str() {
        let values = schema["properties"].get("values").map_or("undefined".into(), |values| types.of(values));
        return found.push((code.to_owned(), values));
    }
    variants(schema).into_iter().flatten().for_each(|one| described(one, types, found));
}
