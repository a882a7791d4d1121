//! From sources to one static folder.
//!
//! Trunk builds the page, and calls back here (`cargo xtask engines`, a hook in trunk.toml) for the two engines, which
//! come from the same crate: `cpu` (small, fetched first) and `gpu` (both devices, fetched when WebGPU is used).

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::shell::{Result, cache, cargo, copy, program, root, run, say, target};
use crate::tools;

/// How much work goes into the engines after compilation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// As compiled: for tests.
    Fast,
    /// Through wasm-opt: for people.
    Small,
}

/// Tells the hook which [`Finish`] is wanted.
const FINISH: &str = "FOOL_THE_SIGN_FINISH";

/// `dist/`.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds `dist/`.
pub fn page(finish: Finish) -> Result<()> {
    tools::for_build()?;
    say("Building the page");
    run(&mut trunk("build", finish))?;
    println!("The page is in {}; any static host can serve it, at any path.", dist().display());
    Ok(())
}

/// Builds and serves the release until it is interrupted.
pub fn serve(port: u16) -> Result<()> {
    tools::for_build()?;
    say(&format!("Building; then the page is at http://127.0.0.1:{port}/"));
    let mut command = trunk("serve", Finish::Small);
    // The reload script would be inline, which the page's security policy forbids.
    command.args(["--no-autoreload", "true", "--address", "127.0.0.1", "--port", &port.to_string()]);
    run(&mut command)
}

fn trunk(verb: &str, finish: Finish) -> std::process::Command {
    let mut command = program("trunk");
    command.args(["--config", "trunk.toml", verb]);
    command.env(FINISH, if finish == Finish::Fast { "fast" } else { "small" });
    command
}

/// Deletes `dist/` and the cache.
pub fn clean() -> Result<()> {
    for folder in [dist(), cache()] {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
    }
    Ok(())
}

/// The hook: both engines into Trunk's staging folder.
pub fn engines_for_trunk() -> Result<()> {
    let staging =
        std::env::var_os("TRUNK_STAGING_DIR").ok_or("`engines` is called by Trunk; use `cargo xtask build`")?;
    let finish = if std::env::var(FINISH).is_ok_and(|word| word == "fast") { Finish::Fast } else { Finish::Small };
    for (name, features, optimise) in [("cpu", "", "-O3"), ("gpu", "gpu", "-Os")] {
        engine(name, features, optimise, finish, &Path::new(&staging).join("engine"))?;
    }
    Ok(())
}

/// One engine: `NAME.js` and `NAME_bg.wasm`, for a classic worker.
fn engine(name: &str, features: &str, optimise: &str, finish: Finish, to: &Path) -> Result<()> {
    say(&format!("Compiling the {name} engine"));
    let mut arguments = vec!["build", "--release", "--lib", "--target", "wasm32-unknown-unknown"];
    if !features.is_empty() {
        arguments.extend(["--features", features]);
    }
    run(&mut cargo(&arguments))?;
    let compiled = target().join("wasm32-unknown-unknown/release/fool_the_sign.wasm");
    let bytes = std::fs::read(&compiled).map_err(|error| format!("{}: {error}", compiled.display()))?;

    // What comes after depends on these bytes alone, and takes minutes: done once for each version of them.
    let mut hash = DefaultHasher::new();
    (bytes, name, optimise, finish == Finish::Small).hash(&mut hash);
    let finished = cache().join(format!("engines/{:016x}", hash.finish()));
    let (glue, program_file) = (format!("{name}.js"), format!("{name}_bg.wasm"));
    if !finished.join("done").exists() {
        let mut bindgen = program("wasm-bindgen");
        bindgen.args([
            "--target",
            "no-modules",
            "--no-typescript",
            "--remove-name-section",
            "--remove-producers-section",
        ]);
        bindgen.args(["--out-name", name, "--out-dir"]).arg(&finished).arg(&compiled);
        run(&mut bindgen)?;
        if finish == Finish::Small {
            say(&format!("Making the {name} engine smaller (minutes, once for each version of the sources)"));
            let wasm = finished.join(&program_file);
            let mut optimiser = program("node");
            optimiser.arg(root().join("node_modules/binaryen/bin/wasm-opt"));
            optimiser.args([optimise, "--all-features"]).arg(&wasm).arg("-o").arg(&wasm);
            run(&mut optimiser)?;
        }
        std::fs::write(finished.join("done"), "").map_err(|error| error.to_string())?;
    }
    for file in [&glue, &program_file] {
        copy(&finished.join(file), &to.join(file))?;
    }
    Ok(())
}
