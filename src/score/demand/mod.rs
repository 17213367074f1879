//! Demand: what is wished for, by how many people, when, with what growth, and whom to tell when it exists.
//!
//! Wishes come as objects in the words of the customer (redacted), with a pseudonym of who asked. Those that say the same
//! within one language become one demand. Method, figures and limits: docs/design/demand.md.

mod cluster;
mod forms;
mod report;
mod times;
mod words;

pub use report::{Asked, Demand, DemandReport, Growth, SubItem, WhomToTell, whom_to_tell};

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::order::Sorted;
use crate::time::MAX_OFFSET_MINUTES;
use words::WishWords;

/// Most wishes of one report.
pub const MAX_WISHES: usize = 200_000;
/// How much of a wish is read, in bytes.
pub const MAX_WISH_BYTES: usize = 512;

/// One wish of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DemandWish {
    /// The message; the same id again with the same object is the same wish. Empty: each is its own.
    pub id: String,
    /// When it was asked.
    pub at_ms: Option<i64>,
    /// Keyed pseudonym of who asked; never an address.
    pub person: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// What is wished for, as written, without personal data: [`crate::analysis::Wish::object`].
    pub object: String,
    /// The words for when it is wished: [`crate::analysis::Condition::time`].
    pub time: Option<String>,
}

/// How demand is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DemandOptions {
    /// Distance of local time from UTC, for hours and weekdays of asking.
    pub utc_offset_minutes: i32,
    /// Growth compares the last so many days with as many before. Default 30.
    pub window_days: u32,
    /// Demands given at most. Default 50.
    pub most: usize,
    /// Examples of each. Default 3.
    pub examples: usize,
}

impl Default for DemandOptions {
    fn default() -> Self {
        DemandOptions { utc_offset_minutes: 0, window_days: 30, most: 50, examples: 3 }
    }
}

/// Reports demand, the most people first. The order of the wishes changes nothing. Up to 2,000 different wordings a
/// language are compared with each other, the most frequent ones; the rest join the demand they are most like.
///
/// # Errors
/// [`Error::Field`] naming `wishes` (over [`MAX_WISHES`]) or `wishes[i].person` (an e-mail address or phone number where
/// a pseudonym should be); [`Error::Option`] naming `utcOffsetMinutes` or `windowDays`.
pub fn demand(wishes: &[DemandWish], options: &DemandOptions, now_ms: i64) -> Result<DemandReport> {
    check(wishes, options)?;
    let mut list: Vec<&DemandWish> = wishes.iter().collect();
    let key = |wish: &DemandWish| (wish.at_ms.is_none(), wish.at_ms, wish.person.is_none());
    list.order_by(|a, b| (&a.id, &a.object, key(a), &a.person).cmp(&(&b.id, &b.object, key(b), &b.person)));
    list.dedup_by(|a, b| !a.id.is_empty() && a.id == b.id && a.object == b.object);
    // Wordings by language: the words, and which wishes say them.
    let mut languages: BTreeMap<&str, BTreeMap<BTreeSet<String>, Vec<&DemandWish>>> = BTreeMap::new();
    let mut unclear = 0;
    let mut lists: BTreeMap<&str, WishWords> = BTreeMap::new();
    for wish in list {
        let list = lists.entry(&wish.language).or_insert_with(|| WishWords::of(&wish.language));
        let read = wish.object.get(..wish.object.floor_char_boundary(MAX_WISH_BYTES)).unwrap_or_default();
        let words = words::read(read, list);
        if words.is_empty() {
            unclear += 1;
        } else {
            languages.entry(&wish.language).or_default().entry(words).or_default().push(wish);
        }
    }
    let mut demands: Vec<Vec<report::Wording>> = Vec::new();
    for (_, wordings) in languages {
        let mut wordings: Vec<(BTreeSet<String>, Vec<&DemandWish>)> = wordings.into_iter().collect();
        // By frequency, then by the words, as the map gave them.
        wordings.order_by(|a, b| b.1.len().cmp(&a.1.len()));
        let weights: Vec<f64> = wordings.iter().map(|(_, wishes)| wishes.len() as f64).collect();
        let (words, said): (Vec<BTreeSet<String>>, Vec<Vec<&DemandWish>>) = wordings.into_iter().unzip();
        let mut together: BTreeMap<usize, Vec<report::Wording>> = BTreeMap::new();
        for ((group, words), wishes) in cluster::groups(&words, &weights).into_iter().zip(words).zip(said) {
            together.entry(group).or_default().push(report::Wording { words, wishes });
        }
        demands.extend(together.into_values());
    }
    Ok(report::report(demands, wishes, unclear, options, now_ms))
}

fn check(wishes: &[DemandWish], options: &DemandOptions) -> Result<()> {
    let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
    if options.utc_offset_minutes.abs() > MAX_OFFSET_MINUTES {
        return refuse("utcOffsetMinutes", "must be within 18 hours");
    }
    if !(1..=3_650).contains(&options.window_days) {
        return refuse("windowDays", "must be a whole number of days from 1 to 3650");
    }
    if wishes.len() > MAX_WISHES {
        return Err(Error::Field { field: "wishes".into(), what: format!("must be at most {MAX_WISHES}") });
    }
    let bare = |person: &str| {
        let digits = person.strip_prefix('+').is_some_and(|rest| rest.bytes().any(|byte| byte.is_ascii_digit()));
        person.contains('@') || digits
    };
    if let Some(at) = wishes.iter().position(|wish| wish.person.as_deref().is_some_and(bare)) {
        let what = "must be a pseudonym, not an e-mail address or phone number";
        return Err(Error::Field { field: format!("wishes[{at}].person"), what: what.into() });
    }
    Ok(())
}

/// Distinct people of some wishes, and wishes without a person.
fn people<'w>(wishes: impl Iterator<Item = &'w DemandWish>) -> (BTreeSet<&'w str>, u64) {
    let mut anonymous = 0;
    let mut people = BTreeSet::new();
    for wish in wishes {
        match wish.person.as_deref() {
            Some(person) => _ = people.insert(person),
            None => anonymous += 1,
        }
    }
    (people, anonymous)
}
