//! The product in one command: report on the sample, then the page and the worker to try.

use crate::build;
use crate::error::Result;
use crate::run::{newer_node, node, run};
use crate::setup;

/// Sets up, builds, prints the report of the sample and serves. With `once`, ends as soon as the
/// page and the worker have answered.
pub fn demo(once: bool) -> Result {
    setup::setup_build()?;
    build::build()?;
    println!();
    let sample = ["report", "www/public/sample.csv", "--text", "comment", "--rating", "nps", "--scale", "nps"];
    run(node().arg("pkg/bin/hearken.js").args(sample))?;
    println!();
    let mut serve = newer_node();
    serve.arg("xtask/js/serve.mjs");
    if once {
        serve.arg("--once");
    }
    run(&mut serve)
}
