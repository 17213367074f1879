//! The npm tarball.

use std::fs;

use crate::build;
use crate::error::Result;
use crate::run::{file, npm, run, target_dir};
use crate::setup;

/// Builds everything and packs `pkg` into `package/` of the target folder.
pub fn package() -> Result {
    setup::setup_build()?;
    build::build()?;
    let to = target_dir().join("package");
    fs::create_dir_all(&to).map_err(|error| file(&to, &error))?;
    run(npm().args(["pack", "--workspace", "pkg", "--pack-destination"]).arg(&to))
}
