//! Any text is a taxonomy or is refused; one that is read can be checked and tested.
#![no_main]

use hearken::taxonomy::Taxonomy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(taxonomy) = Taxonomy::from_json(text) {
        let _ = taxonomy.lint();
    }
});
