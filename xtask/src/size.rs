//! Sizes of what is shipped, against size-budget.json.

use crate::error::{Error, Result};
use crate::run::{node, run};

/// Prints raw, gzip 9 and brotli 11 bytes of each file; fails when a file is absent or above its budget.
pub fn size() -> Result {
    run(node().args(["xtask/js/size.mjs", "size-budget.json"])).map_err(|_| {
        Error::Check("a size is above its budget, or a file is not built (`cargo xtask build`)".to_owned())
    })
}
