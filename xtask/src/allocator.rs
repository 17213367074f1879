//! Why the default allocator is shipped: memory and size with it and with `wee_alloc`.
//!
//! Both builds are made by the steps of the shipped one (`build.rs`), in folders of their own.

use std::fs;
use std::path::PathBuf;

use crate::build::{self, Variant};
use crate::error::{Error, Result};
use crate::run::{file, node, run, target_dir};

/// Builds with and without the feature `wee_alloc` and compares them under the same churn. Fails
/// unless the default stays flat and `wee_alloc` grows, as docs/design/allocator.md says.
pub fn allocator() -> Result {
    let default = module(Variant::Simd, "default")?;
    let wee = module(Variant::WeeAlloc, "wee_alloc")?;
    run(node().arg("xtask/js/allocator.mjs").arg("compare").arg(default).arg(wee))
        .map_err(|_| Error::Check("the allocators do not behave as docs/design/allocator.md says".to_owned()))
}

/// Fails when the memory of the built package grows after its warm-up.
pub fn memory_is_flat() -> Result {
    run(node().args(["xtask/js/allocator.mjs", "flat", "pkg/dist/wasm"]))
        .map_err(|_| Error::Check("the memory of the built wasm grows with the number of calls".to_owned()))
}

/// The folder of the glue of a variant, marked as a module: outside the package nothing else says so.
fn module(variant: Variant, name: &str) -> Result<PathBuf> {
    let folder = target_dir().join("allocator").join(name);
    build::build_wasm_to(variant, &folder)?;
    let manifest = folder.join("package.json");
    fs::write(&manifest, "{ \"type\": \"module\" }\n").map_err(|error| file(&manifest, &error))?;
    Ok(folder)
}
