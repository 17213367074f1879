//! Over what went out: how much of it was checked before, and which rules were broken how often.

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::{Outbound, Pause, check, read_pauses};
use crate::error::Result;
use crate::read::Fields;

/// Most items of one log.
const MAX_ITEMS: usize = 100_000;
/// The rule broken by what went out during a pause.
const PAUSED: &str = "published_while_paused";

/// Something that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedItem {
    /// `publish_ms` is when it went out.
    pub item: Outbound,
    /// It was checked before.
    pub checked: bool,
    /// Rules it broke, by the caller's names.
    pub breaches: Vec<String>,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    pub rule: String,
    /// Items that broke it.
    pub count: u64,
}

/// Exact counts over a log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compliance {
    /// Items with different ids.
    pub items: u64,
    /// Items whose id was there before; they do not count again.
    pub duplicates: u64,
    pub checked: u64,
    /// `checked / items`; absent without items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Items that broke a rule or several.
    pub breached: u64,
    /// By rule; `published_while_paused` is found here, the others are the caller's.
    pub breaches: Vec<Breach>,
}

/// Counts over a log. The first item of an id counts. `O(items * pauses)`.
pub fn compliance(log: &[PublishedItem], pauses: &[Pause]) -> Compliance {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut rules: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut items, mut checked, mut breached) = (0, 0, 0);
    for one in log {
        if !seen.insert(&one.item.id) {
            continue;
        }
        let mut broken: BTreeSet<&str> = one.breaches.iter().map(String::as_str).collect();
        let out = one.item.publish_ms.unwrap_or(i64::MIN);
        if one.item.publish_ms.is_some() && !check(pauses, &one.item, out).publish {
            broken.insert(PAUSED);
        }
        items += 1;
        checked += u64::from(one.checked);
        breached += u64::from(!broken.is_empty());
        broken.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
    }
    Compliance {
        items,
        duplicates: log.len() as u64 - items,
        checked,
        share: (items > 0).then(|| checked as f64 / items as f64),
        breached,
        breaches: rules.into_iter().map(|(rule, count)| Breach { rule: rule.to_owned(), count }).collect(),
    }
}

/// Reads `{log, pauses?}` and gives the counts. An item of the log is an item of the check with `publishAt`, and
/// `checked` and `breaches`.
///
/// # Errors
/// [`crate::Error::Field`] naming the field.
pub fn compliance_of_value(value: Value) -> Result<Compliance> {
    let mut input = Fields::at(value, "")?;
    let read = |mut one: Fields| {
        let (checked, breaches) = (one.flag("checked")?, one.keys("breaches")?);
        Ok(PublishedItem { checked, breaches, item: Outbound::read(one)? })
    };
    let log = input.objects("log", MAX_ITEMS)?.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let pauses = read_pauses(&mut input)?;
    input.finish("log, pauses")?;
    Ok(compliance(&log, &pauses))
}
