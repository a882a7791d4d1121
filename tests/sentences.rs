//! The page says in German what the engine says in English: its table has every sentence of the sources, and none that is
//! no longer in them.
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What is called with a name for people: of a parameter, or of a layer.
const NAMING: [&str; 4] = ["in_range(", "Error::parameter(", "LayerInfo::new(", "see("];

/// Of the texts for people those that only the command line and the documentation show.
const NOT_ON_THE_PAGE: [&str; 3] = ["src/bin/", "src/train/preset.rs", "src/train/trainer/checkpoint.rs"];

struct Literal {
    text: String,
    /// Whether it is the first argument of one of [`NAMING`].
    names: bool,
}

/// Every file with the ending, in this folder and below.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The characters of a literal up to its closing quotation mark, and how many bytes of the source that is.
fn unescaped(source: &str) -> (String, usize) {
    let mut text = String::new();
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, at + 1),
            '\\' => match chars.next().expect("what is escaped").1 {
                '\n' => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'u' => {
                    let code: String = chars.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    panic!("a literal without an end: {text}");
}

/// The string literals of a source, without those of comments and tests.
fn literals(source: &str) -> Vec<Literal> {
    let source = source.split_once("#[cfg(test)]\nmod tests").map_or(source, |(program, _)| program);
    let mut found = vec![];
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let raw =
            rest.strip_prefix('r').map(|marks| marks.trim_start_matches('#')).filter(|text| text.starts_with('"'));
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(text) = raw.filter(|_| !source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')) {
            let marks = rest.len() - text.len() - 1;
            let end = format!("\"{}", "#".repeat(marks));
            let length = text[1..].find(&end).expect("the end of a raw literal");
            found.push(Literal { text: text[1..=length].to_owned(), names: false });
            marks + 2 + length + end.len()
        } else if c == '"' {
            let before = source[..at].trim_end();
            let (text, length) = unescaped(&rest[1..]);
            found.push(Literal { text, names: NAMING.iter().any(|call| before.ends_with(call)) });
            1 + length
        } else if rest.starts_with("'\\") {
            // A character that is escaped; its end is not the first that may look so.
            3 + rest[3..].find('\'').expect("the end of a character")
        } else if c == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.chars().take(3).map(char::len_utf8).sum()
        } else {
            c.len_utf8()
        };
    }
    found
}

/// `{name}`, `{}`, `{:.1}` → `{0}`, `{1}`, `{2}`.
fn numbered(text: &str) -> String {
    let mut parts = text.split('{');
    let mut result = parts.next().unwrap_or_default().to_owned();
    for (number, part) in parts.enumerate() {
        let (_, after) = part.split_once('}').unwrap_or((part, ""));
        result += &format!("{{{number}}}{after}");
    }
    result
}

/// A whole sentence, or several: it may begin with a name.
fn is_sentence(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_uppercase() || matches!(c, '{' | '`' | '"'));
    begins && text.contains(' ') && text.ends_with('.')
}

/// What the page's table translates: a line each.
fn table() -> BTreeSet<String> {
    let path = Path::new(ROOT).join("www/words/de-engine.js");
    let script = fs::read_to_string(path).expect("the table");
    script.lines().filter_map(|line| line.trim().strip_prefix('"')).map(|key| unescaped(key).0).collect()
}

/// What people may get to read, and every literal there is.
fn said() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut paths = vec![];
    files(&Path::new(ROOT).join("src"), &mut paths);
    let (mut needed, mut all) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        let name = path.strip_prefix(ROOT).expect("below the root").to_string_lossy().replace('\\', "/");
        if NOT_ON_THE_PAGE.iter().any(|other| name.starts_with(other)) {
            continue;
        }
        for Literal { text, names } in literals(&fs::read_to_string(&path).expect("a source")) {
            let text = numbered(&text);
            if names || is_sentence(&text) {
                needed.insert(text.clone());
            }
            all.insert(text);
        }
    }
    (needed, all)
}

#[test]
fn everything_the_engine_says_is_in_the_german_table_and_nothing_else() {
    let (table, (needed, all)) = (table(), said());
    assert!(needed.len() > 150, "only {} texts were found in the sources", needed.len());
    let missing: Vec<&String> = needed.difference(&table).collect();
    assert!(missing.is_empty(), "to be added to www/words/de-engine.js: {missing:#?}");
    let stale: Vec<&String> = table.difference(&all).collect();
    assert!(stale.is_empty(), "in no source any more, to be removed from www/words/de-engine.js: {stale:#?}");
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = r##"
        // "A comment."
        fn f<'a>(x: &'a str) -> char { let quote = '"'; let escaped = '\''; let tab = '\t'; let wide = '\u{e9}'; 'é' }
        const LONG: &str = "One \
                            sentence, \"quoted\" \u{e9}.";
        in_range(
            "The size", 1);
        let raw = r#"It is "raw"."#;
        format!("`{name}` of {x:?} {:.1}.");
        #[cfg(test)]
mod tests { const T: &str = "A test."; }"##;
    let source = source.replace("        #[cfg", "#[cfg");
    let found: Vec<(String, bool)> =
        literals(&source).into_iter().map(|one| (numbered(&one.text), one.names)).collect();
    let expected = [
        ("One sentence, \"quoted\" é.", false),
        ("The size", true),
        ("It is \"raw\".", false),
        ("`{0}` of {1} {2}.", false),
    ];
    assert_eq!(found, expected.map(|(text, names)| (text.to_owned(), names)));
    assert!(is_sentence("{0} has to be {1}; it was {2}.") && !is_sentence("a clause.") && !is_sentence("Word."));
}
