//! What is not in the repository: checked for, and installed where it is missing. Everything comes from the registries of
//! cargo and npm and from the system's package manager, pinned where they allow it.

use crate::shell::{self, Result, ask, cache, program, root, run, say};

/// Trunk: 0.22 wants a newer compiler than this project's.
const TRUNK: &str = "0.21.14";

/// What a build of the page needs.
pub fn for_build() -> Result<()> {
    wasm_target()?;
    node()?;
    packages()?;
    if ask("zstd", &["--version"]).is_none() {
        system_package("zstd", &["zstd"], &["zstd"])?;
    }
    wasm_bindgen()?;
    trunk()
}

/// What the tests need besides: a browser and its driver.
pub fn for_tests() -> Result<()> {
    for_build()?;
    if browser().is_none() {
        system_package("a Chromium browser", &["chromium"], &["--cask", "chromium"])?;
    }
    if driver().is_none() {
        system_package("ChromeDriver", &["chromium-driver"], &["--cask", "chromedriver"])?;
    }
    match (browser(), driver()) {
        (Some(_), Some(_)) => {
            other_browsers();
            Ok(())
        }
        _ => Err(
            "Chromium and ChromeDriver are still not on PATH. Install them, or name them in CHROMIUM and CHROMEDRIVER."
                .into(),
        ),
    }
}

/// Firefox and WebKit, in which the page's loop runs too. Where they are not to be had, their tests are skipped, and say why.
fn other_browsers() {
    let there = |variable: &str, paths: &[&str]| {
        std::env::var_os(variable).is_some_and(|value| !value.is_empty())
            || paths.iter().any(|path| std::path::Path::new(path).exists())
    };
    for (what, is_there, packages) in [
        ("Firefox", there("FIREFOX", &["/usr/bin/firefox-esr", "/usr/bin/firefox"]), &["firefox-esr"]),
        ("WebKit", there("WEBKIT_DRIVER", &["/usr/bin/WebKitWebDriver"]), &["webkit2gtk-driver"]),
        ("a display in memory, for WebKit", there("DISPLAY", &["/usr/bin/Xvfb"]), &["xvfb"]),
    ] {
        if is_there {
            continue;
        }
        let installed = if ask("which", &["apt-get"]).is_none() {
            Err("there is no apt".into())
        } else if is_root() || ask("sudo", &["-n", "true"]).is_some() {
            system_package(what, packages, &[])
        } else {
            Err("apt needs a password for it".into())
        };
        if let Err(message) = installed {
            say(&format!("Without {what}, whose tests are skipped: {message}"));
        }
    }
}

/// What `bench --against` compares with, in a folder of the cache: packages of npm, and JAX in a virtual environment. Nothing else needs it.
pub fn others() -> Result<std::path::PathBuf> {
    const NPM: [&str; 3] =
        ["@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0", "@tensorflow/tfjs-backend-webgpu@4.22.0"];
    const PIP: &str = "jax[cpu]==0.10.2";
    let folder = cache().join("against");
    let (stamp, asked) = (folder.join("installed"), format!("{NPM:?} {PIP}"));
    if std::fs::read_to_string(&stamp).is_ok_and(|done| done == asked) {
        return Ok(folder);
    }
    say("Installing TensorFlow.js and JAX to compare with");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let quiet = ["install", "--no-audit", "--no-fund", "--no-save", "--prefix"];
    run(program("npm").args(quiet).arg(&folder).args(NPM))?;
    run(program("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
    run(program(folder.join("venv/bin/pip")).args(["install", "--quiet", PIP]))?;
    std::fs::write(&stamp, asked).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(folder)
}

/// The browser's executable.
pub fn browser() -> Option<String> {
    find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

/// The browser's driver.
pub fn driver() -> Option<String> {
    find("CHROMEDRIVER", &["chromedriver"])
}

fn find(variable: &str, names: &[&str]) -> Option<String> {
    let named = std::env::var(variable).ok().filter(|value| !value.is_empty());
    named.or_else(|| names.iter().find_map(|name| ask("which", &[name])))
}

fn wasm_target() -> Result<()> {
    // rust-toolchain.toml names it; rustup then installs it with the toolchain. A toolchain from elsewhere may lack it.
    let folder = ask("rustc", &["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    if folder.is_some_and(|folder| std::path::Path::new(&folder).exists()) {
        return Ok(());
    }
    say("Adding the compiler's WebAssembly target");
    run(program("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
}

fn node() -> Result<()> {
    let major = |version: String| version.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if ask("npm", &["--version"]).is_none() {
        system_package("Node.js with npm", &["nodejs", "npm"], &["node"])?;
    }
    match ask("node", &["--version"]).and_then(major) {
        Some(20..) => Ok(()),
        Some(old) => Err(format!("Node.js {old} is too old; version 20 or newer is needed.")),
        None => Err("Node.js is still not on PATH. Install version 20 or newer.".into()),
    }
}

/// `npm ci`, unless it has been done for this lock file.
fn packages() -> Result<()> {
    let lock = shell::read("package-lock.json")?;
    let stamp = root().join("node_modules/.installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    say("Installing the page's libraries and tools from npm");
    run(program("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    std::fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// The version that Cargo.lock has: glue and program must match.
fn wasm_bindgen() -> Result<()> {
    let lock = shell::read("Cargo.lock")?;
    let version = lock
        .split("[[package]]")
        .find(|package| package.contains("\nname = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
        .ok_or("Cargo.lock names no wasm-bindgen")?;
    // Its own lock file once named a crate that the registry no longer had.
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", version, &[])
}

fn trunk() -> Result<()> {
    cargo_tool("trunk", "trunk", TRUNK, &["--locked", "--no-default-features"])
}

/// Installs a tool from crates.io, quickly compiled: it runs for seconds.
fn cargo_tool(name: &str, package: &str, version: &str, options: &[&str]) -> Result<()> {
    let installed = ask(name, &["--version"]);
    if installed.is_some_and(|text| text.split_whitespace().nth(1) == Some(version)) {
        return Ok(());
    }
    say(&format!("Installing {package} {version} (once; some minutes)"));
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["install", package, "--version", version, "--profile", "dev", "--force", "--quiet"]).args(options);
    command.arg("--root").arg(cache().join("tools"));
    command.env("CARGO_TARGET_DIR", cache().join("target/tools")).env("CARGO_PROFILE_DEV_DEBUG", "0");
    run(&mut command)
}

/// Installs a package of the system by apt or brew.
fn system_package(what: &str, apt: &[&str], brew: &[&str]) -> Result<()> {
    say(&format!("Installing {what}"));
    if ask("which", &["apt-get"]).is_some() {
        let root_user = is_root();
        let apt_get = |arguments: &[&str]| {
            let mut command = if root_user { program("apt-get") } else { program("sudo") };
            if !root_user {
                command.arg("apt-get");
            }
            command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
            run(&mut command)
        };
        apt_get(&["update", "-qq"])?;
        let install = [&["install", "-y", "-qq", "--no-install-recommends"], apt].concat();
        return apt_get(&install);
    }
    if ask("which", &["brew"]).is_some() {
        return run(program("brew").arg("install").args(brew));
    }
    Err(format!("{what} is missing, and there is neither apt nor brew to install it. Install it and try again."))
}

fn is_root() -> bool {
    ask("id", &["-u"]).is_some_and(|id| id == "0")
}
