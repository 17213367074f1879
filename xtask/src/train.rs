//! Hands `train` and `eval` to the trainer with all their arguments.

use crate::error::Result;
use crate::run::{cargo, locked, root, run};

/// Runs the trainer in the folder of the caller, so that relative paths mean what they say.
pub fn train(command: &str, args: &[String]) -> Result {
    let mut trainer = cargo();
    if let Ok(here) = std::env::current_dir() {
        trainer.current_dir(here);
    }
    trainer.args(["run", "--release", "--package", "hearken-train", "--manifest-path"]).arg(root().join("Cargo.toml"));
    run(locked(&mut trainer).arg("--").arg(command).args(args))
}
