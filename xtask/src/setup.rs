//! Brings what a fresh machine with Rust and Node lacks: the wasm target, the npm tools, a browser.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::run::{answers, file, find_program, newer_node, node, npm, output, program, read, root, run};

const TARGET: &str = "wasm32-unknown-unknown";
/// The oldest Node the package supports.
const OLDEST_NODE: u32 = 20;
/// The oldest Node that miniflare names.
const TOOL_NODE: u32 = 22;

/// Checks each need, gets what is missing and says so. Quick when nothing is. Gives the browser.
pub fn setup() -> Result<PathBuf> {
    setup_build()?;
    let browser = browser()?;
    println!("setup: browser {}", browser.display());
    Ok(browser)
}

/// Checks and installs what `cargo xtask build` needs, without a browser.
pub fn setup_build() -> Result {
    wasm_target()?;
    node_version()?;
    npm_packages()?;
    tool_node()
}

fn wasm_target() -> Result {
    if has_target()? {
        println!("setup: {TARGET} is there");
        return Ok(());
    }
    let help = format!(
        "run `rustup target add {TARGET}` in this folder, so that it goes to the toolchain of rust-toolchain.toml"
    );
    if find_program("rustup").is_none() {
        return Err(Error::Missing {
            what: format!("the target {TARGET}, and rustup to get it with,"),
            help: format!("install rustup (https://rustup.rs), then {help}"),
        });
    }
    println!("setup: adding {TARGET}");
    run(program("rustup").args(["target", "add", TARGET]))?;
    if has_target()? { Ok(()) } else { Err(Error::Missing { what: format!("the target {TARGET}"), help }) }
}

fn has_target() -> Result<bool> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn node_version() -> Result {
    let help = format!("install Node {OLDEST_NODE} or newer with npm (https://nodejs.org)");
    let missing = |what: &str| Error::Missing { what: what.to_owned(), help: help.clone() };
    let version = output(node().arg("--version")).map_err(|_| missing("Node"))?;
    let version = version.trim();
    if major(version).is_none_or(|major| major < OLDEST_NODE) {
        return Err(missing(&format!("a Node that is new enough (this one is {version})")));
    }
    if !answers(npm().arg("--version")) {
        return Err(missing("npm"));
    }
    println!("setup: Node {version} is there");
    Ok(())
}

/// Says so when the tools run on an older Node than they ask for: the pinned one is for Linux on x64.
fn tool_node() -> Result {
    let version = output(newer_node().arg("--version"))?;
    let version = version.trim();
    if major(version).is_none_or(|major| major < TOOL_NODE) {
        println!("setup: note: the worker's and the page's tools ask for Node {TOOL_NODE}, this is {version}");
    }
    Ok(())
}

/// The 20 of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs `npm ci` unless node_modules was made from exactly this lockfile.
fn npm_packages() -> Result {
    let lock = root().join("package-lock.json");
    let stamp = root().join("node_modules/.hearken-lock.json");
    let wanted = read(&lock)?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("setup: npm packages are those of package-lock.json");
        return Ok(());
    }
    println!("setup: installing the npm packages of package-lock.json");
    // No package in the lockfile needs its install script.
    run(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted).map_err(|error| file(&stamp, &error))
}

/// A browser for the tests of the page: `CHROME_PATH`, one that is installed, else Debian's Chromium.
fn browser() -> Result<PathBuf> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    let packages = ["chromium", "fonts-noto-cjk", "fonts-noto-color-emoji"];
    let missing = Error::Missing {
        what: "a browser".to_owned(),
        help: "install Chromium, Chrome or Edge, or set CHROME_PATH to one".to_owned(),
    };
    if find_program("apt-get").is_none() || !is_root() {
        return Err(missing);
    }
    println!("setup: installing Chromium from the packages of the system");
    run(apt().arg("update"))?;
    run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))?;
    find_browser().ok_or(missing)
}

fn apt() -> std::process::Command {
    let mut command = program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn find_browser() -> Option<PathBuf> {
    if let Some(given) = env::var_os("CHROME_PATH").map(PathBuf::from).filter(|path| path.is_file()) {
        return Some(given);
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "microsoft-edge-stable",
        "msedge",
    ];
    let applications = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
        "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    ];
    names
        .iter()
        .find_map(|name| find_program(name))
        .or_else(|| applications.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn is_root() -> bool {
    output(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version_is_read_and_nonsense_is_not() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1"), Some(8));
        assert_eq!(major("20.1"), None);
        assert_eq!(major("vx"), None);
    }
}
