//! From sources to one static folder.
//!
//! Trunk builds the page, and calls back here (`cargo xtask engines`, a hook in trunk.toml) for the two engines, which
//! come from the same crate: `cpu` (small, fetched first) and `gpu` (both devices, fetched when WebGPU is used).

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::shell::{Result, cache, cargo, program, root, run, say, target};
use crate::tools;

/// The build that the page runs; its tests use the same, so that nothing is compiled twice.
const BROWSER: &[&str] = &["build", "--release", "--target", "wasm32-unknown-unknown", "--no-default-features"];

/// `dist/`.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds `dist/`.
pub fn page() -> Result<()> {
    tools::for_build()?;
    say("Building the page");
    run(program("trunk").args(["--config", "trunk.toml", "build"]))?;
    println!("The page is in {}; any static host can serve it, at any path.", dist().display());
    Ok(())
}

/// Builds and serves the release until it is interrupted.
pub fn serve(port: u16) -> Result<()> {
    tools::for_build()?;
    say(&format!("Building; then the page is at http://127.0.0.1:{port}/"));
    let mut command = program("trunk");
    // The reload script would be inline, which the page's security policy forbids.
    command.args(["--config", "trunk.toml", "serve"]).args([
        "--no-autoreload",
        "true",
        "--address",
        "127.0.0.1",
        "--port",
        &port.to_string(),
    ]);
    run(&mut command)
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
    let folder = Path::new(&staging).join("engine");
    engine("cpu", &[], &folder)?;
    engine("gpu", &["--features", "gpu"], &folder)
}

/// One engine: `NAME.js` and `NAME_bg.wasm`, for a classic worker.
///
/// There is no pass of wasm-opt: it takes minutes, and what it wrote was larger once compressed (measured with binaryen
/// 132: cpu -O3 1.15 → 1.25 MB gzip, gpu -Os 2.8 → 3.0 MB brotli).
fn engine(name: &str, features: &[&str], to: &Path) -> Result<()> {
    say(&format!("Compiling the {name} engine"));
    run(cargo(BROWSER).args(["--lib"]).args(features))?;
    let compiled = target().join("wasm32-unknown-unknown/release/fool_the_sign.wasm");

    // wasm-bindgen takes a while over 35 MB, and the same program gives the same files.
    let mut hash = DefaultHasher::new();
    read_bytes(&compiled)?.hash(&mut hash);
    let hash = format!("{:016x}", hash.finish());
    let (finished, stamp) = (cache().join("engines").join(name), cache().join(format!("engines/{name}.hash")));
    if std::fs::read_to_string(&stamp).ok() != Some(hash.clone()) {
        let mut bindgen = program("wasm-bindgen");
        // Classic scripts, not modules: they also run from a file that is opened by double click.
        bindgen.args(["--target", "no-modules", "--no-typescript", "--remove-name-section"]);
        bindgen.args(["--remove-producers-section", "--out-name", name, "--out-dir"]).arg(&finished).arg(&compiled);
        run(&mut bindgen)?;
        std::fs::write(&stamp, hash).map_err(|error| format!("{}: {error}", stamp.display()))?;
    }
    for file in [format!("{name}.js"), format!("{name}_bg.wasm")] {
        copy(&finished.join(&file), &to.join(&file))?;
    }
    Ok(())
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Copies a file, making its folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::copy(from, to))
        .map(|_| ())
        .map_err(|error| format!("{} → {}: {error}", from.display(), to.display()))
}
