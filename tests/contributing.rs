//! The lists of docs/contributing.md, held against the repository: every file that they name is there, and a method is where they say.
#![cfg(not(target_family = "wasm"))]

use std::path::Path;

use fool_the_sign::catalogue::Catalogue;

const LISTS: &str = include_str!("../docs/contributing.md");

#[test]
fn every_file_of_the_lists_is_there() {
    let quoted = LISTS.split('`').skip(1).step_by(2);
    let files = quoted.filter(|text| text.contains('/') && !text.contains(' '));
    // Where a name is left open, the folder has to be there.
    let missing: Vec<&str> = files
        .filter(|file| {
            let known = file.split("NAME").next().and_then(|file| file.split("PLACE").next()).unwrap_or_default();
            !Path::new(known).exists()
        })
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Each method's settings are declared in a file of its own, which is named in the list of its kind.
#[test]
fn a_method_is_one_file_and_one_line() {
    let all = Catalogue::new();
    for (folder, methods) in
        [("src/attack", &all.attacks), ("src/defense", &all.defences), ("src/train/recipe", &all.recipes)]
    {
        let list = std::fs::read_to_string(format!("{folder}/mod.rs")).expect("a list");
        for method in methods {
            let line = list.lines().filter(|line| line.trim_end().ends_with(&format!("= \"{}\",", method.name)));
            assert_eq!(line.count(), 1, "{} in {folder}/mod.rs", method.name);
            let declares = |path: &Path| {
                let text = std::fs::read_to_string(path).unwrap_or_default();
                text.contains(&format!("#[title = \"{}\"]", method.title))
            };
            let files = std::fs::read_dir(folder).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
            assert_eq!(
                files.filter(|path| declares(path)).count(),
                1,
                "one file of {folder} declares {}",
                method.title
            );
        }
    }
}

/// No attack, defence, way of training or network is named in the code beyond its own file and its list, but where that file's own
/// method is used: what is true of all of a kind goes through the list.
#[test]
fn a_new_method_is_tested_without_a_word() {
    for (test, list) in [
        ("tests/promises.rs", "short("),
        ("tests/cases/short.rs", "Attack::all()"),
        ("tests/weights.rs", "Architecture::all()"),
    ] {
        let text = std::fs::read_to_string(test).expect("a test");
        assert!(text.contains(list), "{test} goes through {list}");
    }
}
