//! What is left of a panic: its place.
//!
//! The core does not panic on input; should it happen, the instance traps and the JavaScript layer
//! replaces it. The console then says where, and nothing else: a panic's message may hold text.

use std::sync::Once;

/// Makes panics write file and line to the console, once per instance.
pub(super) fn report_place() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
            web_sys::console::error_1(&format!("hearken: internal fault{place}").into());
        }));
    });
}
