//! Fuzzing of everything that reads bytes from outside, with libFuzzer on the stable toolchain: the compiler's own coverage
//! counters are enough for it, and there is no unsafe code that a sanitizer would have to watch.

use std::path::Path;

use crate::shell::{Result, ask, cache, cargo, program, root, run, say};

/// Targets, and where their first inputs lie.
const TARGETS: [(&str, &[&str]); 4] = [
    ("picture", &["tests/fixtures/good", "tests/fixtures/bad"]),
    ("archive", &["tests/fixtures/bad-archives"]),
    ("table", &[]),
    ("weights", &["data/weights"]),
];

/// What libFuzzer asks the compiler for.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Ccodegen-units=1",
];

/// Each target for so many seconds. What was found goes on to be tried from in the next run; a crash is a file in
/// `fuzz/artifacts` and an error.
pub fn fuzz(seconds: u32) -> Result<()> {
    let target = cache().join("fuzz/target");
    // Named, so that build scripts and macros, which run in the compiler, are built without counters.
    let host = ask("rustc", &["--print", "host-tuple"]).ok_or("rustc does not say what machine this is")?;
    run(cargo(&["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", COVERAGE.join(" ")))?;
    for (name, seeds) in TARGETS {
        let corpus = cache().join("fuzz/corpus").join(name);
        let artifacts = root().join("fuzz/artifacts").join(name);
        for folder in [&corpus, &artifacts] {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        say(&format!("Fuzzing {name} for {seconds} s"));
        let prefix = format!("-artifact_prefix={}/", artifacts.display());
        run(program(target.join(&host).join("release").join(name))
            .arg(&corpus)
            .args(seeds.iter().map(Path::new))
            .args([
                &prefix,
                &format!("-max_total_time={seconds}"),
                "-timeout=20",
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                "-verbosity=0",
            ]))?;
    }
    Ok(())
}
