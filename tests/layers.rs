//! The picture of docs/architecture.md, held against the code: what each part of `src` may import, and no circle between files.
#![cfg(not(target_family = "wasm"))]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// From the ground up. A part imports from the lines above its own; the parts of one line do not know one another, but on the ground.
const LAYERS: [&[&str]; 8] = [
    &["device", "error", "kind", "metrics", "ops", "rng", "said", "settings", "tensors"],
    &["data"],
    &["model"],
    &["attack", "defense"],
    &["eval", "train"],
    &["catalogue", "protocol"],
    &["session"],
    &["wasm"],
];

/// Every file of the library as the path of its module.
fn modules(folder: &Path, within: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain name").to_owned();
        let name = if within.is_empty() { stem.clone() } else { format!("{within}::{stem}") };
        if path.is_dir() && stem != "bin" {
            modules(&path, &name, found);
        } else if stem == "mod" {
            found.insert(within.into(), std::fs::read_to_string(path).expect("text"));
        } else if path.extension().is_some_and(|end| end == "rs") && stem != "lib" {
            found.insert(name, std::fs::read_to_string(path).expect("text"));
        }
    }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((stem, inside)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for letter in inside.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match letter {
            ',' if depth == 0 => parts.push(String::new()),
            letter => parts.last_mut().expect("one at least").push(letter),
        }
    }
    parts.iter().flat_map(|part| expanded(part)).map(|part| format!("{}{part}", stem.trim())).collect()
}

/// What a file imports, or names by its full path, outside its unit tests. A visibility (`pub(in crate::session)`) is no import.
fn imports(module: &str, text: &str, all: &BTreeMap<String, String>) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let code = code.replace("pub(in crate::", "pub(in ");
    let uses = code.split("use ").skip(1).filter_map(|rest| rest.split_once(';')).flat_map(|(tree, _)| expanded(tree));
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let named = code
        .split("crate::")
        .skip(1)
        .map(|rest| format!("crate::{}", rest.split(|c| !letter(c)).next().unwrap_or_default()));
    uses.chain(named)
        .filter_map(|path| {
            let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
            let mut place: Vec<&str> = match parts[0] {
                "crate" => vec![],
                "super" | "self" => module.split("::").collect(),
                // From a folder of one's own; else it is a library.
                child if all.contains_key(&format!("{module}::{child}")) => module.split("::").collect(),
                _ => return None,
            };
            while parts.first().is_some_and(|part| ["crate", "super", "self"].contains(part)) {
                if parts.remove(0) == "super" {
                    place.pop();
                }
            }
            place.extend(parts);
            while !place.is_empty() && !all.contains_key(&place.join("::")) {
                place.pop();
            }
            let target = place.join("::");
            (!target.is_empty() && target != module).then_some(target)
        })
        .collect()
}

fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    modules(Path::new("src"), "", &mut all);
    all.iter().map(|(module, text)| (module.clone(), imports(module, text, &all))).collect()
}

#[test]
fn trees_of_imports_are_read_whole() {
    assert_eq!(
        expanded("crate::a::{b, c::{d, e}, self}"),
        ["crate::a::b", "crate::a::c::d", "crate::a::c::e", "crate::a::self"]
    );
    assert_eq!(expanded("super::x"), ["super::x"]);
    let graph = graph();
    assert!(
        graph["attack::pgd"].contains("attack::victims") && graph["attack::pgd"].contains("model::loss"),
        "{graph:?}"
    );
    assert!(graph["session::desk"].contains("session::shelf"));
    assert!(graph["attack"].contains("attack::pgd"), "a list knows what it lists: {:?}", graph["attack"]);
    assert!(!graph["attack::pgd"].contains("attack"), "and not the other way round");
}

#[test]
fn nothing_imports_upwards() {
    let layer = |module: &str| {
        let part = module.split("::").next().unwrap_or_default();
        let place = LAYERS.iter().position(|parts| parts.contains(&part));
        (part.to_owned(), place.unwrap_or_else(|| panic!("{module} has no place in the picture")))
    };
    for (module, imports) in graph() {
        let (part, height) = layer(&module);
        for import in imports {
            let (other, below) = layer(&import);
            let fine = other == part || below < height || height == 0 && below == 0;
            assert!(fine, "{module} imports {import}, which is not below it");
        }
    }
}

#[test]
fn there_is_no_circle_between_files() {
    let graph = graph();
    let mut done = BTreeSet::new();
    for module in graph.keys() {
        follow(module, &graph, &mut vec![], &mut done);
    }
}

fn follow(
    module: &str,
    graph: &BTreeMap<String, BTreeSet<String>>,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) {
    if let Some(start) = way.iter().position(|one| one == module) {
        panic!("in a circle: {}", way[start..].join(" → "));
    }
    if done.contains(module) {
        return;
    }
    way.push(module.into());
    for import in graph.get(module).into_iter().flatten() {
        follow(import, graph, way, done);
    }
    way.pop();
    done.insert(module.into());
}
