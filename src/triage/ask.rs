//! Cases, clocks, pauses, returns and channels, asked by name with plain values: what a host of another language calls.

use serde_json::Value;

use super::{cases, channels, clock, pause, returns};
use crate::error::Result;
use crate::read::{Fields, refused, told};

/// Answers `cases`, `nextSteps`, `deadline`, `hours`, `pauses`, `recommendPauses`, `compliance`, `returns`, `platform`
/// (`{slug}` or `{url}`) or `platforms`. Cost: that of the function behind it.
///
/// # Errors
/// [`crate::Error::Field`] naming the field, or `question` when it is none of these;
/// [`crate::Error::BatchTooLarge`] over the limits.
pub fn ask(question: &str, input: Value) -> Result<Value> {
    match question {
        "cases" => told(&cases::cases_of_value(input)?),
        "nextSteps" => told(&cases::guidance_of_value(input)?),
        "deadline" => told(&clock::deadline_of_value(input)?),
        "hours" => told(&clock::hours_of_value(input)?),
        "pauses" => told(&pause::pause_of_value(input)?),
        "recommendPauses" => told(&pause::recommend_of_value(input)?),
        "compliance" => told(&pause::compliance_of_value(input)?),
        "returns" => told(&returns::returns_of_value(input)?),
        "platform" => {
            let mut input = Fields::at(input, "")?;
            let long = "must be a string of at most 2048 bytes";
            let url = match input.value("url") {
                Some(Value::String(url)) if url.len() <= 2_048 => Some(url),
                Some(_) => return Err(input.refuse("url", long)),
                None => None,
            };
            let slug = input.key("slug")?;
            let found = match (url, slug) {
                (Some(url), None) => channels::platform_of_url(&url),
                (None, Some(slug)) => channels::platform(&slug),
                _ => return Err(input.refuse("slug", "or url is required, one of them")),
            };
            input.finish("slug, url")?;
            told(&found)
        }
        "platforms" => told(&channels::platforms().collect::<Vec<_>>()),
        _ => Err(refused("question", "is none that can be asked")),
    }
}
