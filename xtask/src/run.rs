//! Starting other programs and finding files of the workspace.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::error::{Error, Result};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let own =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
}

/// Where cargo writes: `CARGO_TARGET_DIR`, else `target/` of the workspace.
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// `cargo` of the toolchain that runs xtask, in the workspace folder.
pub fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// `npm` in the workspace folder.
pub fn npm() -> Command {
    program(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// The Node of the machine: what users of the package run.
pub fn node() -> Command {
    program("node")
}

/// The Node pinned in package.json where it is installed, else that of the machine.
/// The edge runtime's tools ask for Node 22 or newer.
pub fn newer_node() -> Command {
    let pinned = root().join("node_modules/.bin").join(if cfg!(windows) { "node.cmd" } else { "node" });
    if pinned.exists() { program(pinned) } else { node() }
}

/// A program that runs in the workspace folder.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Adds `--locked` where there is a lockfile to keep to.
pub fn locked(command: &mut Command) -> &mut Command {
    if root().join("Cargo.lock").exists() { command.arg("--locked") } else { command }
}

/// The command as one would type it, for messages.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    command.get_args().fold(name, |line, arg| format!("{line} {}", arg.to_string_lossy()))
}

/// Runs a command with its output shown. Fails unless it ends with 0.
pub fn run(command: &mut Command) -> Result {
    println!("$ {}", line(command));
    let status = command.status().map_err(|error| not_started(command, &error))?;
    ended(command, status)
}

/// Runs a command and gives what it wrote to its standard output; errors stay visible.
pub fn output(command: &mut Command) -> Result<String> {
    let out = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    ended(command, out.status)?;
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Runs a command, shows its standard output and hands each line of it to `see`.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result {
    println!("$ {}", line(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    if let Some(out) = child.stdout.take() {
        let mut shown = std::io::stdout().lock();
        for bytes in BufReader::new(out).split(b'\n') {
            let Ok(bytes) = bytes else { break };
            // A closed terminal must not stop the command.
            let _ = shown.write_all(&bytes).and_then(|()| shown.write_all(b"\n"));
            see(&String::from_utf8_lossy(&bytes));
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    ended(command, status)
}

/// True when the program can be started and ends with 0. Shows nothing.
pub fn answers(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The path of a program on `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

/// Reads a text file of the workspace.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| file(path, &error))
}

/// A failure with a file.
pub fn file(path: &Path, error: &std::io::Error) -> Error {
    Error::File { path: path.strip_prefix(root()).unwrap_or(path).to_path_buf(), what: error.to_string() }
}

fn ended(command: &Command, status: ExitStatus) -> Result {
    if status.success() {
        return Ok(());
    }
    Err(Error::Command { line: line(command), what: format!("ended with {status}") })
}

fn not_started(command: &Command, error: &std::io::Error) -> Error {
    Error::Command { line: line(command), what: format!("could not be run: {error}") }
}
