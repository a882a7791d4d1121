//! Everything there is to do with this repository: `cargo xtask`.
//!
//! No dependencies, so that the first call on a fresh machine starts at once.

mod build;
mod fuzz;
mod measure;
mod shell;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  serve [PORT]   set up, build the release, serve it and print the address (8080 unless told)
  test           set up and run everything: formatting, lints, types, Rust tests natively and in Chromium, and the page
                 in Chromium on the CPU and on the software WebGPU adapter
  dist           build the release in all its forms, into dist/: a static folder for any path of any host, which also works
                 offline, and in it fool-the-sign.html, the whole page as one file
  bench          measure speed, memory and sizes in headless Chromium (figures for docs/performance.md);
                 --against: beside TensorFlow.js and JAX, which it installs, into docs/performance.md
  soak           wear the release out: ten thousand steps, two hundred attacks, a hundred changes of device, language and model;
                 fails where memory grows by more than 5 %
  screenshots    pictures of every view, 1280 and 360 px wide, light and dark, in target/screenshots/
  fuzz [SECONDS] hand random bytes to everything that reads bytes from outside, each for a minute unless told
  measure [NAME] measure the networks that come with the page, or one, on GTSRB's test photos (from GTSRB_DIR), and write the
                 records, the tables of README and docs, and the cards; with --autoattack N what AutoAttack leaves of N photos, which
                 takes hours: how many is said beforehand
  made           make anew what is made from declarations and records: the page's types, methods and words, the tables of README and docs
  signs          draw data/atlas.png anew after a drawing has changed
  setup          install what the others need (they do it themselves)
  clean          delete what was built: dist/ and the cache folder
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["serve"] => build::serve(8080),
        ["serve", port] => port.parse().map_err(|_| format!("{port} is no port")).and_then(build::serve),
        ["test"] => test::all(),
        ["dist"] => build::page(),
        ["bench"] => test::bench(),
        ["bench", "--against"] => test::bench_against(),
        ["soak"] => test::soak(),
        ["screenshots"] => test::screenshots(),
        ["fuzz"] => fuzz::fuzz(60),
        ["fuzz", seconds] => {
            seconds.parse().map_err(|_| format!("{seconds} is no number of seconds")).and_then(fuzz::fuzz)
        }
        ["measure", words @ ..] => measure::measure(words),
        ["made"] => test::make(),
        ["signs"] => test::draw_signs(),
        ["setup"] => tools::for_tests(),
        ["clean"] => build::clean(),
        // Called by Trunk (trunk.toml), which tells by the environment where to put them.
        ["engines"] => build::engines_for_trunk(),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(if words.is_empty() || words == ["help"] { 0 } else { 2 });
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HELP;

    #[test]
    fn the_readme_names_only_commands_that_exist_and_all_of_them() {
        let readme = crate::shell::read("README.md").expect("the README");
        let commands: Vec<&str> =
            HELP.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
        let known = |word: &str| commands.contains(&word);
        for rest in readme.split("cargo xtask ").skip(1) {
            let word = rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
            assert!(word.is_empty() || known(word), "README: cargo xtask {word}");
        }
        let words = [
            "serve",
            "test",
            "dist",
            "bench",
            "soak",
            "made",
            "screenshots",
            "fuzz",
            "measure",
            "signs",
            "setup",
            "clean",
        ];
        for word in words {
            assert!(known(word) && readme.contains(word), "{word}");
        }
    }
}
