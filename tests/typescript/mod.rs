//! Schemas as types of TypeScript.
//!
//! Why not json-schema-to-typescript: what stands beside a `$ref` is lost in it, and that is how a tagged enum of structs is described.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;

use serde_json::{Map, Value};

/// Types of the definitions of one schema.
pub struct Types<'a> {
    root: &'a Value,
    /// Enums whose fields differ from variant to variant and are looked up by name: the type, its tag and the type of the tag.
    tables: &'a [(&'a str, &'a str, &'a str)],
    /// The definitions that are called by their names; all others are written out. None: every one is.
    named: Option<&'a [&'a str]>,
}

impl<'a> Types<'a> {
    pub fn new(root: &'a Value, tables: &'a [(&'a str, &'a str, &'a str)]) -> Self {
        Self { root, tables, named: None }
    }

    /// Types that stand for themselves: of the definitions, only these are called by their names.
    pub fn written_out(root: &'a Value, named: &'a [&'a str]) -> Self {
        Self { root, tables: &[], named: Some(named) }
    }

    /// The type of one schema.
    pub fn of(&self, schema: &Value) -> String {
        self.typed(schema, &mut VecDeque::new())
    }

    /// What a schema refers to, or itself.
    pub fn resolved<'b>(&'b self, schema: &'b Value) -> &'b Value {
        match schema["$ref"].as_str() {
            Some(path) => self.root.pointer(path.trim_start_matches('#')).expect("a definition"),
            None => schema,
        }
    }

    /// The named definitions and all that they lead to, in the order in which they come up.
    pub fn all(&self, names: &[&str]) -> String {
        let mut waiting: VecDeque<String> = names.iter().map(|name| (*name).into()).collect();
        let mut seen = BTreeSet::new();
        let mut text = String::new();
        while let Some(name) = waiting.pop_front() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let schema = &self.root["$defs"][&name];
            let table = self.tables.iter().find(|(one, ..)| *one == name);
            let definition = match table {
                Some((_, tag, names)) => {
                    let values = "number | string | boolean | null | undefined";
                    format!("export type {name} = {{ {tag}: {names} }} & Record<string, {values}>;\n")
                }
                None => self.definition(&name, schema, &mut waiting),
            };
            let comment = comment(schema, "");
            write!(text, "\n{comment}{definition}").expect("a string");
        }
        text
    }

    fn definition(&self, name: &str, schema: &Value, found: &mut VecDeque<String>) -> String {
        if schema["type"] == "object" && schema.get("$ref").is_none() && variants(schema).is_none() {
            let fields: String = self
                .fields(schema, found)
                .map(|(field, kind)| format!("{}  {kind};\n", comment(field, "  ")))
                .collect();
            return format!("export interface {name} {{\n{fields}}}\n");
        }
        match variants(schema) {
            Some(variants) if variants.iter().any(|one| one["type"] == "object") => {
                let lines: String = variants
                    .iter()
                    .map(|one| format!("\n{}  | {}", comment(one, "  "), self.typed(one, found)))
                    .collect();
                format!("export type {name} ={lines};\n")
            }
            _ => format!("export type {name} = {};\n", self.typed(schema, found)),
        }
    }

    fn fields<'b>(
        &'b self,
        schema: &'b Value,
        found: &'b mut VecDeque<String>,
    ) -> impl Iterator<Item = (&'b Value, String)> {
        let none = Map::new();
        let fields = schema["properties"].as_object().cloned().unwrap_or(none);
        let required =
            |name: &str| schema["required"].as_array().is_some_and(|list| list.iter().any(|one| one == name));
        let lines: Vec<(&Value, String)> = fields
            .keys()
            // What tells the variants apart comes first.
            .filter(|name| fields[*name].get("const").is_some())
            .chain(fields.keys().filter(|name| fields[*name].get("const").is_none()))
            .map(|name| {
                let field = &schema["properties"][name];
                let kind = self.typed(field, found);
                // What is nothing crosses as undefined.
                let optional = !required(name) || kind.split(" | ").any(|one| one == "null");
                (field, format!("{name}{}: {kind}", if optional { "?" } else { "" }))
            })
            .collect();
        lines.into_iter()
    }

    fn typed(&self, schema: &Value, found: &mut VecDeque<String>) -> String {
        if schema["x-bytes"] == true {
            let open = schema["type"].as_array().is_some_and(|types| types.contains(&"null".into()));
            return if open { "Uint8Array<ArrayBuffer> | null" } else { "Uint8Array<ArrayBuffer>" }.into();
        }
        if self.speaks(schema) {
            return "Said".into();
        }
        if let Some(word) = schema.get("const") {
            return word.to_string();
        }
        if let Some(words) = schema["enum"].as_array() {
            return words.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
        }
        let mut parts = vec![];
        if let Some(path) = schema["$ref"].as_str() {
            let (name, definition) = (path.trim_start_matches("#/$defs/"), self.resolved(schema));
            if self.speaks(definition) {
                parts.push("Said & { message: string }".into());
            } else if self.named.is_none_or(|named| named.contains(&name)) {
                found.push_back(name.into());
                parts.push(name.to_owned());
            } else {
                parts.push(self.typed(definition, found));
            }
        }
        if let Some(several) = variants(schema) {
            let mut kinds: Vec<String> = several.iter().map(|one| self.typed(one, found)).collect();
            kinds.dedup();
            let union = kinds.join(" | ");
            if schema.get("properties").is_none() && parts.is_empty() {
                return union;
            }
            parts.push(format!("({union})"));
        }
        if let Some(several) = schema["allOf"].as_array() {
            parts.extend(several.iter().map(|one| self.typed(one, found)));
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => vec![],
        };
        let plain: Vec<String> = kinds
            .iter()
            // A struct whose fields are all another's has none of its own.
            .filter(|kind| **kind != "object" || parts.is_empty() || schema.get("properties").is_some())
            .map(|kind| self.of_kind(kind, schema, found))
            .collect();
        if !plain.is_empty() {
            parts.insert(0, plain.join(" | "));
        }
        if parts.is_empty() { "unknown".into() } else { parts.join(" & ") }
    }

    fn of_kind(&self, kind: &str, schema: &Value, found: &mut VecDeque<String>) -> String {
        match kind {
            "object" => {
                let fields: Vec<String> = self.fields(schema, found).map(|(_, kind)| kind).collect();
                match schema.get("additionalProperties").filter(|other| other.is_object()) {
                    Some(values) if fields.is_empty() => format!("Record<string, {}>", self.typed(values, found)),
                    _ => format!("{{ {} }}", fields.join("; ")),
                }
            }
            "array" => {
                let items = |count: usize, found: &mut VecDeque<String>| {
                    let item = |i: usize| match &schema["prefixItems"] {
                        Value::Array(items) => &items[i],
                        _ => &schema["items"],
                    };
                    let kinds: Vec<String> = (0..count).map(|i| self.typed(item(i), found)).collect();
                    format!("[{}]", kinds.join(", "))
                };
                match (schema["minItems"].as_u64(), schema["maxItems"].as_u64()) {
                    (Some(least), Some(most)) if least == most => items(most as usize, found),
                    _ => {
                        let kind = self.typed(&schema["items"], found);
                        if kind.contains([' ']) { format!("({kind})[]") } else { format!("{kind}[]") }
                    }
                }
            }
            "integer" | "number" => "number".into(),
            other => other.to_owned(),
        }
    }

    /// Whether a schema is that of a message.
    fn speaks(&self, schema: &Value) -> bool {
        if schema.get("$ref").is_some() && schema.get("properties").is_some() {
            return false;
        }
        let schema = self.resolved(schema);
        schema["properties"]["code"].is_object()
            || variants(schema).is_some_and(|list| list.iter().all(|one| self.speaks(one)))
    }
}

/// The variants of an enum.
pub fn variants(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf"].iter().find_map(|key| schema[*key].as_array())
}

/// The first paragraph of what is said of it.
fn comment(schema: &Value, indent: &str) -> String {
    let said = schema["description"].as_str().unwrap_or_default();
    let first = said.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    // Links of rustdoc lead nowhere here.
    let first = first.replace("[`", "`").replace("`]", "`").replace("*/", "");
    if first.is_empty() { String::new() } else { format!("{indent}/** {first} */\n") }
}
