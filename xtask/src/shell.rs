//! Running programs, and the folders they work in.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A sentence for the person at the terminal.
pub type Result<T> = std::result::Result<T, String>;

/// The repository. Asked for at run time: checkouts share one target folder, and with it one xtask.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").expect("`cargo xtask` sets it");
    Path::new(&xtask).parent().expect("xtask lies in the repository").to_owned()
}

/// A path from the environment.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Where GTSRB's archives lie, if they are there: `GTSRB_DIR`, as seen from where the command is given, or beside the repository.
pub fn gtsrb() -> PathBuf {
    let named = variable("GTSRB_DIR").and_then(|folder| std::path::absolute(folder).ok());
    named.unwrap_or_else(|| root().join("../shared/gtsrb"))
}

/// What outlives a checkout: tools, compiled dependencies, finished engines. `FOOL_THE_SIGN_CACHE` moves it.
pub fn cache() -> PathBuf {
    variable("FOOL_THE_SIGN_CACHE").unwrap_or_else(|| {
        let home = variable("XDG_CACHE_HOME")
            .or_else(|| variable("LOCALAPPDATA"))
            .or_else(|| Some(variable("HOME")?.join(".cache")));
        home.unwrap_or_else(std::env::temp_dir).join("fool-the-sign")
    })
}

/// Where cargo compiles to: shared by all checkouts of one machine, so that a fresh clone is quick.
pub fn target() -> PathBuf {
    cache().join("target")
}

/// A program in the repository's root, with the installed tools on PATH and cargo's output in the cache.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut paths = vec![cache().join("tools/bin")];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(name);
    command
        .current_dir(root())
        .env("PATH", std::env::join_paths(paths).expect("PATH has been split"))
        .env("CARGO_TARGET_DIR", target());
    command
}

/// cargo, never changing the lock file.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).arg("--locked");
    command
}

/// Runs a program; its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| format!("{} could not be started: {error}", show(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", show(command))) }
}

/// Runs a program, shows what it prints and returns its standard output; and whether it succeeded.
pub fn run_and_read(command: &mut Command) -> Result<(String, bool)> {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("{} could not be started: {error}", show(command)))?;
    let mut text = String::new();
    for line in BufReader::new(child.stdout.take().expect("piped")).lines() {
        let line = line.map_err(|error| format!("{}: {error}", show(command)))?;
        println!("{line}");
        text += &line;
        text.push('\n');
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", show(command)))?;
    Ok((text, status.success()))
}

/// What a program prints; none if it is not there or fails.
pub fn ask(name: &str, arguments: &[&str]) -> Option<String> {
    let output = program(name).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Says what is being done.
pub fn say(text: &str) {
    println!("\x1b[1m» {text}\x1b[0m");
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Reads a file of the repository.
pub fn read(path: impl AsRef<Path>) -> Result<String> {
    let path = root().join(path);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}
