//! From sources to the forms in which the page is used: a static folder, which also works offline, and a single file.
//!
//! Trunk builds the page, and calls back here (`cargo xtask engines`, a hook in trunk.toml) for the two engines, which
//! come from the same crate: `cpu` (small, fetched first) and `gpu` (both devices, fetched when WebGPU is used). A second
//! hook, `xtask/pack`, bundles and hashes.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::shell::{Result, cache, cargo, program, root, run, say, target};
use crate::tools;

/// The build that the page runs.
const BROWSER: &[&str] = &["build", "--release", "--target", "wasm32-unknown-unknown", "--package", "sign-engine"];

/// `dist/`.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds `dist/`.
pub fn page() -> Result<()> {
    tools::for_build()?;
    say("Building the page");
    run(program("trunk").args(["--config", "trunk.toml", "build"]))?;
    let dist = dist();
    println!("The page is in {}; any static host can serve it, at any path.", dist.display());
    println!("As one file, for a double click: {}", dist.join("fool-the-sign.html").display());
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
    // No service worker, which would show the old page after a change.
    command.env("FOOL_THE_SIGN_SERVES", "1");
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
        std::env::var_os("TRUNK_STAGING_DIR").ok_or("`engines` is called by Trunk; use `cargo xtask dist`")?;
    let folder = Path::new(&staging).join("engine");
    engine("cpu", &[], &folder)?;
    engine("gpu", &["--features", "gpu"], &folder)
}

/// One engine: `NAME.js` and `NAME.wasm.zst`, for a classic worker.
///
/// The program is packed here, because hosts do it in different ways or not at all (GitHub Pages has gzip only, a server
/// on a stick nothing): cpu 1.36 MB by gzip, 1.02 MB by zstd. The worker unpacks it in 0.1 s.
///
/// There is no pass of wasm-opt: it takes minutes, and what it wrote was larger once compressed (measured with binaryen
/// 132: cpu -Oz 1.56 → 1.62 MB gzip and 0.99 → 1.08 MB brotli; gpu -Os 2.8 → 3.0 MB brotli).
fn engine(name: &str, features: &[&str], to: &Path) -> Result<()> {
    // cargo itself compiles the crate anew whenever the features differ from those of the call before, so always; and
    // what comes after takes a while too.
    let hash = format!("{:016x}", inputs()?);
    let (finished, stamp) = (cache().join("engines").join(name), cache().join(format!("engines/{name}.hash")));
    let packed = finished.join(format!("{name}.wasm.zst"));
    if std::fs::read_to_string(&stamp).ok() != Some(hash.clone()) || !packed.exists() {
        say(&format!("Compiling the {name} engine"));
        run(cargo(BROWSER).args(features))?;
        let compiled = target().join("wasm32-unknown-unknown/release/sign_engine.wasm");
        let mut bindgen = program("wasm-bindgen");
        // Classic scripts, not modules: they also run from a file that is opened by double click.
        bindgen.args(["--target", "no-modules", "--no-typescript", "--remove-name-section"]);
        bindgen.args(["--remove-producers-section", "--out-name", name, "--out-dir"]).arg(&finished).arg(compiled);
        run(&mut bindgen)?;
        let program_file = finished.join(format!("{name}_bg.wasm"));
        run(program("zstd").args(["-19", "--quiet", "--force", "-o"]).arg(&packed).arg(program_file))?;
        std::fs::write(&stamp, hash).map_err(|error| format!("{}: {error}", stamp.display()))?;
    }
    for file in [format!("{name}.js"), format!("{name}.wasm.zst")] {
        copy(&finished.join(&file), &to.join(&file))?;
    }
    Ok(())
}

/// A hash of all that an engine is made from.
fn inputs() -> Result<u64> {
    let mut files: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "rust-toolchain.toml"]
        .into_iter()
        .chain(["data/atlas.png", "xtask/src/build.rs"])
        .map(|name| root().join(name))
        .collect();
    let mut folders = vec![root().join("src"), root().join("engine"), root().join("kernels")];
    // What only the command line has is in no engine.
    let elsewhere = root().join("src/bin");
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path == elsewhere {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut hash = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root()).unwrap_or(&file).hash(&mut hash);
        read_bytes(&file)?.hash(&mut hash);
    }
    Ok(hash.finish())
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
