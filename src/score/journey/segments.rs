//! Personas: which segment a person belongs to, by rules over attributes and behaviour.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Journey, Profile};
use crate::error::{Error, Result};

/// Most rules, and tests of a rule.
const MAX_RULES: usize = 200;

/// One test of a rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SegmentTest {
    /// An attribute of the profile, or one of `conversations`, `repeatContacts`, `badInRow`, `openItems` of the journey.
    pub field: String,
    /// The value is one of these; absent: any value.
    #[serde(default, rename = "in")]
    pub one_of: Option<Vec<Value>>,
    /// The value is a number not below, and not above.
    #[serde(default)]
    pub least: Option<f64>,
    #[serde(default)]
    pub most: Option<f64>,
}

/// A segment: everybody for whom all tests hold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentRule {
    pub segment: String,
    pub all: Vec<SegmentTest>,
}

/// Where a person belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonSegment {
    pub person: String,
    /// Of the first rule that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Segments of further rules that hold too.
    pub overlaps: Vec<String>,
}

/// The segment of each profile, in their order; `journeys` adds behaviour where a person has one. The first rule that
/// holds wins; a field that is not known holds no test. `O(profiles * tests)` and `O(journeys)`.
///
/// # Errors
/// [`Error::Option`] naming `rules[i]`: over 200 rules or tests, no test, or a test that asks nothing possible.
pub fn segments(profiles: &[Profile], journeys: &[Journey], rules: &[SegmentRule]) -> Result<Vec<PersonSegment>> {
    for (at, rule) in rules.iter().enumerate() {
        let possible = |test: &SegmentTest| {
            test.least.is_none_or(f64::is_finite)
                && test.most.is_none_or(|most| most.is_finite() && test.least.is_none_or(|least| least <= most))
        };
        if at >= MAX_RULES || rule.all.is_empty() || rule.all.len() > MAX_RULES || !rule.all.iter().all(possible) {
            let what = format!("must be one of at most {MAX_RULES} rules of 1 to {MAX_RULES} tests with least <= most");
            return Err(Error::Option { name: format!("rules[{at}]"), what });
        }
    }
    let behaviour: std::collections::BTreeMap<&str, &Journey> =
        journeys.iter().map(|journey| (journey.person.as_str(), journey)).collect();
    let segment = |profile: &Profile| {
        let journey = behaviour.get(profile.person.as_str()).copied();
        let holds = |rule: &&SegmentRule| rule.all.iter().all(|test| passes(test, profile, journey));
        let mut names = rules.iter().filter(holds).map(|rule| rule.segment.clone());
        let segment = names.next();
        PersonSegment { person: profile.person.clone(), segment, overlaps: names.collect() }
    };
    Ok(profiles.iter().map(segment).collect())
}

fn passes(test: &SegmentTest, profile: &Profile, journey: Option<&Journey>) -> bool {
    let of_journey = journey.and_then(|journey| {
        Some(match test.field.as_str() {
            "conversations" => journey.conversations.len() as u64,
            "repeatContacts" => journey.repeat_contacts,
            "badInRow" => journey.leaving.bad_in_row,
            "openItems" => journey.conversations.iter().map(|one| one.open.len() as u64).sum(),
            _ => return None,
        })
    });
    let Some(value) = of_journey.map(Value::from).or_else(|| profile.attributes.get(&test.field).cloned()) else {
        return false;
    };
    let number = value.as_f64();
    test.one_of.as_ref().is_none_or(|list| list.contains(&value))
        && test.least.is_none_or(|least| number.is_some_and(|number| number >= least))
        && test.most.is_none_or(|most| number.is_some_and(|number| number <= most))
}
