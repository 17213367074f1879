//! Cases, clocks, pauses, returns and channels: the acceptance tests of the concepts, and bad input.

#[path = "cases/channels.rs"]
mod channels;
#[path = "cases/clock.rs"]
mod clock;
#[path = "cases/grouping.rs"]
mod grouping;
#[path = "cases/pause.rs"]
mod pause;
#[path = "cases/returns.rs"]
mod returns;
#[path = "cases/steps.rs"]
mod steps;

use hearken::Error;
use serde_json::Value;

/// The field an error names; values of the caller must not be in it.
fn field<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result.unwrap_err() {
        Error::Field { field, what } => {
            assert!(!what.contains("secret"), "{what}");
            field
        }
        other => panic!("{other:?}"),
    }
}

/// A result as JavaScript gets it.
fn json(result: impl serde::Serialize) -> Value {
    serde_json::to_value(result).unwrap()
}
