//! Why the default allocator is shipped: memory and size with it and with `wee_alloc`.
//!
//! Both builds are made here by the same steps as the shipped one (`build.rs`), in folders of their
//! own, so that nothing with `wee_alloc` can lie where the package is made from.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::error::{Error, Result};
use crate::run::{cargo, file, locked, newer_node, node, run, target_dir};

/// Builds with and without the feature `wee_alloc` and compares them under the same churn. Fails
/// unless the default stays flat and `wee_alloc` grows, as docs/design/allocator.md says.
pub fn allocator() -> Result {
    let default = build("wasm", "default")?;
    let wee = build("wee_alloc", "wee_alloc")?;
    run(node().arg("xtask/js/allocator.mjs").arg("compare").arg(default).arg(wee))
        .map_err(|_| Error::Check("the allocators do not behave as docs/design/allocator.md says".to_owned()))
}

/// Fails when the memory of the built package grows after its warm-up.
pub fn memory_is_flat() -> Result {
    run(node().args(["xtask/js/allocator.mjs", "flat", "pkg/dist/wasm"]))
        .map_err(|_| Error::Check("the memory of the built wasm grows with the number of calls".to_owned()))
}

/// Compiles with `features`, makes the glue and optimises; gives the folder of the result.
fn build(features: &str, name: &str) -> Result<PathBuf> {
    let own = target_dir().join("allocator");
    let mut command = cargo();
    command.args(["build", "--release", "--package", "hearken", "--lib", "--features", features]);
    command.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(own.join("cargo"));
    command.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=+simd128").env_remove("RUSTFLAGS");
    command.env("CARGO_PROFILE_RELEASE_STRIP", "none");
    run(locked(&mut command))?;
    let folder = own.join(name);
    glue(&own.join("cargo/wasm32-unknown-unknown/release/hearken.wasm"), &folder)?;
    optimise(&folder)?;
    Ok(folder)
}

fn glue(wasm: &Path, to: &Path) -> Result {
    let failed = |error: &dyn std::fmt::Display| Error::Glue(format!("{error:#}"));
    if to.exists() {
        fs::remove_dir_all(to).map_err(|error| file(to, &error))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("hearken").typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(|error| failed(&error))?;
    bindgen.generate(to).map_err(|error| failed(&error))?;
    // Outside the package nothing else says that the glue is a module.
    let manifest = to.join("package.json");
    fs::write(&manifest, "{ \"type\": \"module\" }\n").map_err(|error| file(&manifest, &error))
}

/// The features of the file are known to wasm-opt from a section that the compiler writes.
fn optimise(folder: &Path) -> Result {
    let wasm = folder.join("hearken_bg.wasm");
    let mut command = newer_node();
    command.arg("node_modules/binaryen/bin/wasm-opt").arg(&wasm).args(["-O4", "--strip-debug", "--strip-producers"]);
    run(command.arg("-o").arg(&wasm))
}
