//! Everything that checks: `cargo xtask test`, and what measures or takes pictures.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::build;
use crate::shell::{Result, cache, cargo, gtsrb, program, root, run, run_and_read, say, target};
use crate::tools;

/// What all suites have counted.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
    failures: Vec<String>,
    /// Files that failed beside others and passed by themselves.
    second_time: Vec<String>,
    took: Vec<(String, u64)>,
}

impl Tally {
    /// One part, with its name before it; how long it takes is kept.
    fn part(&mut self, name: &str, work: impl FnOnce(&mut Self)) {
        say(name);
        let start = Instant::now();
        work(self);
        self.took.push((name.into(), start.elapsed().as_secs()));
    }

    /// A program that is one check.
    fn check(&mut self, name: &str, command: &mut Command) {
        self.part(name, |tally| match run(command) {
            Ok(()) => tally.passed += 1,
            Err(message) => tally.fail(name, &message),
        });
    }

    fn fail(&mut self, name: &str, message: &str) {
        eprintln!("{message}");
        self.failed += 1;
        self.failures.push(name.to_owned());
    }

    /// A test runner whose closing lines are counted; what it printed, where something failed.
    fn suite(&mut self, name: &str, command: &mut Command, count: fn(&str) -> [usize; 3]) -> Option<String> {
        let mut printed = None;
        self.part(name, |tally| match run_and_read(command) {
            Ok((output, succeeded)) => {
                let [passed, failed, skipped] = count(&output);
                tally.passed += passed;
                tally.skipped += skipped;
                if passed + failed + skipped == 0 {
                    tally.fail(name, "No test ran.");
                } else if failed > 0 || !succeeded {
                    tally.failed += failed.max(1);
                    tally.failures.push(name.to_owned());
                    printed = Some(output);
                }
            }
            Err(message) => tally.fail(name, &message),
        });
        printed
    }

    /// Test files that drive a browser each, several at a time. Browsers that compete for two cores miss deadlines, so a file that failed
    /// runs once more by itself; what passes then has passed, and its name stands at the end.
    fn browsers(&mut self, name: &str, files: &[PathBuf], at_once: usize) {
        let Some(output) = self.suite(name, &mut node(files, at_once), count_node) else { return };
        let again = files_that_failed(&output, files);
        if again.is_empty() {
            return;
        }
        let failed = count_node(&output)[1].max(1);
        self.part("What failed, once more, a file at a time", |tally| {
            if let Ok((output, true)) = run_and_read(&mut node(&again, 1))
                && count_node(&output)[0] > 0
            {
                tally.failed -= failed;
                tally.passed += failed;
                tally.failures.pop();
                tally
                    .second_time
                    .extend(again.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned())));
            }
        });
    }
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once for each test binary.
fn count_cargo(output: &str) -> [usize; 3] {
    let mut counts = [0; 3];
    for line in output.lines().filter(|line| line.trim_start().starts_with("test result:")) {
        for (count, word) in counts.iter_mut().zip(["passed", "failed", "ignored"]) {
            let number = line.split([';', '.']).find(|part| part.trim().ends_with(word));
            *count += number.and_then(|part| part.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0);
        }
    }
    counts
}

/// `ℹ pass 3`, `ℹ fail 0`, `ℹ skipped 1` of node's test runner.
fn count_node(output: &str) -> [usize; 3] {
    ["pass", "fail", "skipped"].map(|word| {
        let lines = output.lines().filter_map(|line| line.trim_start_matches(['ℹ', '#', ' ']).strip_prefix(word));
        lines.filter_map(|rest| rest.trim().parse::<usize>().ok()).sum()
    })
}

/// Those of the files that node's closing report names: `test at tests/e2e/keep.test.mjs:41:1`.
fn files_that_failed(output: &str, files: &[PathBuf]) -> Vec<PathBuf> {
    let places: Vec<&str> = output.lines().filter_map(|line| line.trim().strip_prefix("test at ")).collect();
    let named = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        places.iter().any(|place| place.contains(&format!("/{name}:")))
    };
    files.iter().filter(|file| named(file)).cloned().collect()
}

/// Runs everything and closes with one line of counts.
pub fn all() -> Result<()> {
    let mut tally = Tally::default();
    let mut ready = Ok(());
    tally.part("Tools", |_| ready = tools::for_tests());
    ready?;
    tally.check("Formatting", program("cargo").args(["fmt", "--all", "--check"]));
    tally.check(
        "Types of the page and its tests",
        program("node").args(["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]),
    );
    tally.check("Lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--features", "cli"]));
    tally.check("Lints, browser", &mut cargo(&["clippy", "--release", "--target", "wasm32-unknown-unknown", "--lib"]));
    tally.check("Documentation", &mut cargo(&["doc", "--workspace", "--no-deps", "--features", "cli"]));
    // What a user of the library gets: that it compiles is seen above.
    let packages = [
        "package",
        "--no-verify",
        "--allow-dirty",
        "--quiet",
        "--package",
        "sign-kernels",
        "--package",
        "fool-the-sign",
    ];
    tally.check("Packages of the library", &mut cargo(&packages));
    tally.suite("Rust tests", &mut cargo(&["test", "--workspace", "--no-fail-fast", "--features", "cli"]), count_cargo);
    match test_files("tests/page", ".test.ts") {
        Ok(files) => {
            tally.suite("The page's parts, without a browser", &mut node(&files, several()), count_node);
        }
        Err(message) => tally.fail("The page's parts", &message),
    }

    let mut built = Ok(());
    tally.part("The page", |_| built = build::page());
    match built {
        Ok(()) => {
            tally.suite("Rust tests in Chromium, CPU and WebGPU", &mut in_browser(), count_cargo);
            // Each file has a server and a browser of its own. Those that measure time have the machine to themselves, and those whose
            // graphics device is all of the processor.
            for (name, end, at_once) in [
                ("The page in Chromium", ".test.mjs", several()),
                ("The page on WebGPU, and how soon it answers", ".alone.mjs", 1),
            ] {
                match test_files("tests/e2e", end) {
                    Ok(files) => tally.browsers(name, &files, at_once),
                    Err(message) => tally.fail(name, &message),
                }
            }
        }
        Err(message) => tally.fail("The page", &message),
    }

    let Tally { passed, failed, skipped, failures, second_time, took } = tally;
    println!();
    for (name, seconds) in took {
        println!("{:>3} min {:02} s  {name}", seconds / 60, seconds % 60);
    }
    if !second_time.is_empty() {
        println!("\nFailed beside others, passed alone: {}", second_time.join(", "));
    }
    if !failures.is_empty() {
        println!("\nFailed: {}", failures.join(", "));
    }
    println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { Ok(()) } else { Err("not everything passed".into()) }
}

/// The bodies of `tests/cases` once more, as WebAssembly in a worker of headless Chromium.
fn in_browser() -> Command {
    let mut command = cargo(&["test", "--release", "--target", "wasm32-unknown-unknown"]);
    command.args(["--features", "gpu", "--test", "web"]);
    command.env("CHROMEDRIVER", tools::driver().unwrap_or_default());
    // The browser's flags are in webdriver.json, which the runner looks for in the crate's folder.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "900");
    command
}

/// How many browsers this machine drives at once: each has an engine that keeps a core busy.
fn several() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4))
}

/// Every test file of a folder, by name: what node makes of a folder differs between its versions.
fn test_files(folder: &str, end: &str) -> Result<Vec<PathBuf>> {
    let folder = root().join(folder);
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    files.sort();
    Ok(files)
}

/// The test runner over these files.
fn node(files: &[PathBuf], at_once: usize) -> Command {
    let mut command = program("node");
    with_browser(&mut command)
        .args(["--import", "./tests/typescript.mjs", "--test", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={at_once}"))
        .args(files);
    command
}

fn with_browser(node: &mut Command) -> &mut Command {
    // The command line, as the Rust tests have built it: the page has to write the same records.
    let cli = target().join("debug/fool-the-sign");
    node.env("CHROMIUM", tools::browser().unwrap_or_default()).env("GTSRB_DIR", gtsrb()).env("FOOL_THE_SIGN", cli)
}

/// Measures the release, in Chromium and natively.
pub fn bench() -> Result<()> {
    tools::for_tests()?;
    build::page()?;
    let engines = cache().join("engines");
    run(with_browser(&mut program("node"))
        .env("ENGINES", engines)
        .args(["--import", "./tests/typescript.mjs"])
        .arg("tests/e2e/bench.mjs"))?;
    say("Natively");
    run(cargo(&["run", "--release", "--features", "cli", "--bin", "fool-the-sign"]).args(["--", "bench"]))
}

/// Measures the release beside TensorFlow.js, in the same browser, and JAX.
pub fn bench_against() -> Result<()> {
    tools::for_tests()?;
    build::page()?;
    let others = tools::others()?;
    run(with_browser(&mut program("node"))
        .env("ENGINES", cache().join("engines"))
        .env("AGAINST", others)
        .args(["--import", "./tests/typescript.mjs"])
        .arg("tests/e2e/bench.mjs"))
}

/// Wears the release out in Chromium.
pub fn soak() -> Result<()> {
    tools::for_tests()?;
    build::page()?;
    run(with_browser(&mut program("node")).env("ENGINES", cache().join("engines")).args([
        "--import",
        "./tests/typescript.mjs",
        "tests/e2e/soak.mjs",
    ]))
}

/// Takes pictures of every view.
pub fn screenshots() -> Result<()> {
    tools::for_tests()?;
    build::page()?;
    run(with_browser(&mut program("node")).args(["--import", "./tests/typescript.mjs", "tests/e2e/screenshots.mjs"]))
}

/// Draws the atlas from the SVGs.
pub fn draw_signs() -> Result<()> {
    run(cargo(&["test", "--test", "signs"]).env("BLESS", "1"))
}

/// Makes anew what is made from the declarations and records: the page's types, methods and words, the tables of README and docs.
pub fn make() -> Result<()> {
    let tests = ["made", "readme", "cards"].map(|test| ["--test", test]).concat();
    run(cargo(&["test", "--quiet", "--features", "cli"]).args(tests).env("BLESS", "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let cargo = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s\n\
                     test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured";
        assert_eq!(count_cargo(cargo), [5, 4, 1]);
        let files = ["keep", "page"].map(|name| PathBuf::from(format!("/somewhere/tests/e2e/{name}.test.mjs")));
        let report = "✖ failing tests:\n\ntest at tests/e2e/page.test.mjs:41:1\n✖ a press (30.2ms)\n";
        assert_eq!(files_that_failed(report, &files), &files[1..]);
        assert_eq!(count_node("ℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\n"), [2, 1, 1]);
    }
}
