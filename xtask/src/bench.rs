//! Speed of the built package.

use std::fs;

use crate::error::{Error, Result};
use crate::run::{file, node, root, run};

/// Runs every `pkg/bench/*.mjs`, in order of name, on the Node of the machine.
pub fn bench() -> Result {
    let folder = root().join("pkg/bench");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .map_err(|error| file(&folder, &error))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".mjs"))
        .collect();
    names.sort();
    if !root().join("pkg/dist/wasm/hearken_bg.wasm").exists() {
        return Err(Error::Missing {
            what: "the built package".to_owned(),
            help: "run `cargo xtask build`".to_owned(),
        });
    }
    names.iter().try_for_each(|name| run(node().arg(format!("pkg/bench/{name}"))))
}
