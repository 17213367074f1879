//! From Rust sources to what is shipped: wasm, glue, package, worker, page.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wasm_bindgen_cli_support::Bindgen;

use crate::error::{Error, Result};
use crate::run::{cargo, file, locked, newer_node, npm, root, run, target_dir};

/// Which instructions the wasm may use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// 128-bit SIMD: what is shipped.
    Simd,
    /// None: to show that both give the same results, and what SIMD gains.
    NoSimd,
    /// SIMD and `wee_alloc`: only ever measured (docs/design/allocator.md).
    WeeAlloc,
}

/// A wasm file of the package.
#[derive(Clone, Copy, PartialEq)]
enum Module {
    /// Reads texts; carries the model.
    Engine,
    /// Counts what was read. Built for size: it is called by the record and not by the word.
    Insight,
}

impl Module {
    fn name(self) -> &'static str {
        match self {
            Module::Engine => "hearken",
            Module::Insight => "insight",
        }
    }
}

/// Features the compiler uses by itself for this target, which wasm-opt must be told of.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A large function with one caller stays a function: engines compile a function when it is first
/// called, and a first text rarely calls all.
const KEEP_APART: &str = "--one-caller-inline-max-function-size=100";

/// Builds everything, in the order in which one part needs the other.
pub fn build() -> Result {
    build_wasm(Variant::Simd)?;
    build_javascript()
}

/// Builds the variant where it belongs: `Simd` in `pkg/dist/wasm`, others in the target folder.
pub fn build_wasm(variant: Variant) -> Result {
    let to = match variant {
        Variant::Simd => root().join("pkg/dist/wasm"),
        Variant::NoSimd => target_dir().join("no-simd/wasm"),
        Variant::WeeAlloc => target_dir().join("wee-alloc/wasm"),
    };
    build_wasm_to(variant, &to)
}

/// Compiles, makes the glue and optimises, into the folder given, which is emptied first. Only what is shipped has
/// insight beside the engine: the other variants are for measuring the engine.
pub fn build_wasm_to(variant: Variant, to: &Path) -> Result {
    if to.exists() {
        fs::remove_dir_all(to).map_err(|error| file(to, &error))?;
    }
    let modules: &[Module] =
        if variant == Variant::Simd { &[Module::Engine, Module::Insight] } else { &[Module::Engine] };
    for &module in modules {
        glue(&compile(variant, module)?, module, to)?;
        optimise(&to.join(format!("{}_bg.wasm", module.name())), variant)?;
    }
    Ok(())
}

/// Runs the `build` script of the package, the worker and the page, where they have one.
pub fn build_javascript() -> Result {
    for part in ["pkg", "worker", "www"] {
        if root().join(part).join("package.json").exists() {
            run(npm().args(["run", "build", "--if-present", "--workspace", part]))?;
        }
    }
    Ok(())
}

/// Compiles the crate for wasm and gives the path of the file.
fn compile(variant: Variant, module: Module) -> Result<PathBuf> {
    // Nothing with wee_alloc may lie where the package is made from.
    let folder = match variant {
        Variant::WeeAlloc => target_dir().join("allocator/cargo"),
        Variant::Simd | Variant::NoSimd => target_dir(),
    };
    let features = match (module, variant) {
        (Module::Engine, Variant::WeeAlloc) => "wasm,wee_alloc",
        (Module::Engine, _) => "wasm",
        (Module::Insight, _) => "insight",
    };
    let mut command = cargo();
    command.args(["build", "--release", "--package", "hearken", "--lib", "--features", features]);
    command.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(&folder);
    command.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(variant)).env_remove("RUSTFLAGS");
    // The glue generator reads sections that stripping removes; wasm-opt strips afterwards.
    command.env("CARGO_PROFILE_RELEASE_STRIP", "none");
    if module == Module::Insight {
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s");
    }
    run(locked(&mut command))?;
    // All variants and modules come to lie here; the glue is made from it at once.
    Ok(folder.join("wasm32-unknown-unknown/release/hearken.wasm"))
}

/// Flags for rustc, in the form of `CARGO_ENCODED_RUSTFLAGS`: paths may hold spaces.
fn rust_flags(variant: Variant) -> OsString {
    // Fewer copies of small functions: 33 KB of gzip, and engines compile less before a first answer. What must be
    // inlined for speed says so itself.
    let mut flags: Vec<OsString> = vec!["-Cllvm-args=-inline-threshold=20".into()];
    if variant != Variant::NoSimd {
        flags.push("-Ctarget-feature=+simd128".into());
    }
    // No path of this machine and no registry's name goes into the file. The last prefix that fits wins.
    let cargo_home = home("CARGO_HOME", ".cargo");
    let mut prefixes: Vec<(PathBuf, &str)> = Vec::new();
    prefixes.extend(home("RUSTUP_HOME", ".rustup").map(|path| (path, "rustup")));
    prefixes.extend(cargo_home.clone().map(|path| (path, "cargo")));
    prefixes.push((root(), "hearken"));
    let registries = cargo_home.map(|home| home.join("registry/src")).and_then(|path| std::fs::read_dir(path).ok());
    prefixes.extend(registries.into_iter().flatten().flatten().map(|entry| (entry.path(), "crates")));
    for (path, name) in prefixes {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(path);
        flag.push(format!("=/{name}"));
        flags.push(flag);
    }
    flags.join(&OsString::from("\u{1f}"))
}

/// The folder a variable names, else the one of that name in the home folder.
fn home(variable: &str, name: &str) -> Option<PathBuf> {
    let given = std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    given.or_else(|| std::env::home_dir().map(|home| home.join(name)))
}

/// Writes the glue, its declarations and the file of one module: `hearken.js`, `hearken_bg.wasm`.
fn glue(wasm: &Path, module: Module, to: &Path) -> Result {
    let failed = |error: &dyn std::fmt::Display| Error::Glue(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(module.name()).typescript(true);
    bindgen.remove_name_section(true).remove_producers_section(true).reset_state_function(true);
    bindgen.web(true).map_err(|error| failed(&error))?;
    bindgen.generate(to).map_err(|error| failed(&error))
}

/// Optimises the file in place and leaves out names and producers.
fn optimise(wasm: &Path, variant: Variant) -> Result {
    let began = Instant::now();
    let before = bytes(wasm)?;
    let out = wasm.with_extension("opt.wasm");
    let mut command = newer_node();
    command.arg("node_modules/binaryen/bin/wasm-opt").arg(wasm).args([
        "-O3",
        KEEP_APART,
        "--strip-debug",
        "--strip-producers",
    ]);
    command.args(FEATURES);
    if variant != Variant::NoSimd {
        command.arg("--enable-simd");
    }
    run(command.arg("-o").arg(&out))?;
    fs::rename(&out, wasm).map_err(|error| file(wasm, &error))?;
    println!("wasm-opt: {before} -> {} bytes in {:.1} s", bytes(wasm)?, began.elapsed().as_secs_f64());
    Ok(())
}

fn bytes(path: &Path) -> Result<u64> {
    fs::metadata(path).map(|data| data.len()).map_err(|error| file(path, &error))
}
