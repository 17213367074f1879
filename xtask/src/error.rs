//! What a command of xtask can fail with. Each says what to do about it where that is known.

use std::fmt;
use std::path::PathBuf;

/// Why a command stopped.
#[derive(Debug)]
pub enum Error {
    /// The command line asks for something that does not exist.
    Usage(String),
    /// A program could not be started, or ended with a failure.
    Command { line: String, what: String },
    /// A file could not be read, written or copied.
    File { path: PathBuf, what: String },
    /// Something needed is not there; `help` says how to get it.
    Missing { what: String, help: String },
    /// The wasm file could not be turned into a module with JavaScript glue.
    Glue(String),
    /// A check ran and what it checks does not hold.
    Check(String),
}

/// The result of everything here.
pub type Result<T = ()> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(what) => write!(f, "{what}; `cargo xtask help` lists the commands"),
            Error::Command { line, what } => write!(f, "`{line}` {what}"),
            Error::File { path, what } => write!(f, "{}: {what}", path.display()),
            Error::Missing { what, help } => write!(f, "{what} is missing: {help}"),
            Error::Glue(what) => write!(f, "wasm-bindgen: {what}"),
            Error::Check(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
