//! Every check and test of the workspace. A failing step does not stop the others.

use std::process::Command;

use crate::allocator;
use crate::build::{self, Variant};
use crate::error::{Error, Result};
use crate::run::{cargo, locked, npm, output, run, watch};
use crate::setup;
use crate::size;
use crate::summary::{Summary, Tests};

/// Runs all steps. Fails when any of them did.
pub fn test() -> Result {
    let mut summary = Summary::new();
    let mut browser = None;
    summary.step("setup", |_| {
        browser = Some(setup::setup()?);
        Ok(())
    });
    summary.step("format", |_| run(cargo().args(["fmt", "--all", "--check"])));
    summary.step("lint", |_| lint(&["--workspace", "--all-targets"]));
    summary.step("lint, wasm boundary", |_| {
        lint(&["--package", "hearken", "--lib", "--features", "wasm,insight", "--target", "wasm32-unknown-unknown"])
    });
    summary.step("core without JavaScript", |_| core_is_plain());
    summary.step("Rust tests", rust_tests);
    summary.step("build wasm", |_| build::build_wasm(Variant::Simd));
    summary.step("build wasm without SIMD", |_| build::build_wasm(Variant::NoSimd));
    summary.step("build package, worker, page", |_| build::build_javascript());
    summary.step("size", |_| size::size());
    summary.step("memory stays flat", |_| allocator::memory_is_flat());
    for (name, part) in [("package tests", "pkg"), ("worker tests", "worker"), ("page tests", "www")] {
        summary.step(name, |tests| {
            let mut command = npm();
            command.args(["test", "--workspace", part]);
            if let Some(path) = &browser {
                command.env("CHROME_PATH", path);
            }
            counted(&mut command, tests)
        });
    }
    let good = summary.print();
    // The last line of the output stays the summary: the failure is told by the exit status.
    if good { Ok(()) } else { std::process::exit(1) }
}

fn lint(what: &[&str]) -> Result {
    let mut command = cargo();
    command.arg("clippy").args(what);
    run(locked(&mut command).args(["--", "--deny", "warnings"]))
}

fn rust_tests(tests: &mut Tests) -> Result {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    counted(locked(&mut command), tests)
}

fn counted(command: &mut Command, tests: &mut Tests) -> Result {
    watch(command, |line| tests.see(line))
}

/// The crate without features must not pull in anything that knows JavaScript.
fn core_is_plain() -> Result {
    let mut command = cargo();
    command.args(["tree", "--package", "hearken", "--no-default-features", "--edges", "normal", "--prefix", "none"]);
    let tree = output(locked(&mut command))?;
    let strangers = strangers(&tree);
    if strangers.is_empty() {
        println!("{} packages, none of them for JavaScript", tree.lines().count());
        return Ok(());
    }
    Err(Error::Check(format!("hearken without features depends on {}", strangers.join(", "))))
}

/// Packages of the tree that belong to the JavaScript boundary.
fn strangers(tree: &str) -> Vec<&str> {
    let boundary = ["js-sys", "web-sys", "serde-wasm-bindgen"];
    let mut found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| boundary.contains(name) || name.starts_with("wasm-bindgen"))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::strangers;

    #[test]
    fn packages_of_the_boundary_are_found_in_a_tree() {
        assert!(strangers("hearken v0.1.0 (/x)\nserde v1.0.0\nlibm v0.2.0 (*)\n").is_empty());
        let tree =
            "hearken v0.1.0\njs-sys v0.3.0\nwasm-bindgen v0.2.130\nwasm-bindgen-macro v0.2.130\njs-sys v0.3.0 (*)\n";
        assert_eq!(strangers(tree), ["js-sys", "wasm-bindgen", "wasm-bindgen-macro"]);
    }
}
