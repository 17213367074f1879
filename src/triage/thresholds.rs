//! From which confidence on a label may be suggested, and from which it may be acted on without a person, by what
//! a mistake costs.
//!
//! A decision taken at confidence `t` and above costs `wrong` for each answer there that is not right; one not taken
//! costs `missed` for each right answer below. The threshold is the one of least total cost over the rows given, the
//! lowest of several: the cost-sensitive decision rule (C. Elkan, The Foundations of Cost-Sensitive Learning, IJCAI 2001),
//! chosen on the data instead of trusting that the confidence is a probability.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::order::Sorted;
use crate::score::share;

/// One labelled answer of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// 0..=1.
    pub confidence: f64,
    /// Whether a person agrees.
    pub correct: bool,
}

/// What mistakes cost, in any one unit; all above 0.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Costs {
    /// Acting without a person on an answer that is wrong.
    pub wrong_automated: f64,
    /// Leaving to a person what could have been automated.
    pub missed_automated: f64,
    /// Showing a person a suggestion that is wrong.
    pub wrong_suggested: f64,
    /// Not suggesting what was right.
    pub missed_suggested: f64,
}

impl Costs {
    /// Reads the four costs as a host gives them.
    ///
    /// # Errors
    /// [`Error::Field`] naming `costs`.
    pub fn from_value(value: serde_json::Value) -> Result<Costs> {
        serde_json::from_value(value).map_err(|_| Error::Field {
            field: "costs".into(),
            what: "must have the numbers wrongAutomated, missedAutomated, wrongSuggested, missedSuggested".into(),
        })
    }
}

/// Where to draw the two lines, and what to expect there.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Rows read.
    pub n: u64,
    pub suggest: Line,
    /// Never below `suggest`.
    pub automate: Line,
}

/// One threshold and what lies at or above it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Least confidence, 0..=1; `None` where never acting costs least.
    pub threshold: Option<f64>,
    /// Rows at or above it.
    pub n: u64,
    /// Share of all rows, 0..=1.
    pub coverage: f64,
    /// Wrong share of the rows at or above it in percent, 0..=100, with its Wilson interval; `None` without rows.
    pub error: Option<f64>,
    pub interval: Option<[f64; 2]>,
    /// Total cost over the rows given, in the unit of the costs.
    pub cost: f64,
}

/// Chooses both thresholds. `O(n log n)`; the order of the rows does not matter.
///
/// # Errors
/// [`Error::Field`] naming `rows`, `rows[i].confidence` or the cost that is not above 0 and finite.
pub fn choose(rows: &[Judged], costs: &Costs) -> Result<Choice> {
    let refuse = |field: &str, what: &str| Err(Error::Field { field: field.into(), what: what.into() });
    if rows.is_empty() {
        return refuse("rows", "must not be empty");
    }
    for (index, row) in rows.iter().enumerate() {
        if !(0.0..=1.0).contains(&row.confidence) {
            return refuse(&format!("rows[{index}].confidence"), "must be a number from 0 to 1");
        }
    }
    let all = [
        ("wrongAutomated", costs.wrong_automated),
        ("missedAutomated", costs.missed_automated),
        ("wrongSuggested", costs.wrong_suggested),
        ("missedSuggested", costs.missed_suggested),
    ];
    if let Some((name, _)) = all.into_iter().find(|(_, cost)| !(*cost > 0.0 && cost.is_finite())) {
        return refuse(&format!("costs.{name}"), "must be a number above 0");
    }
    let mut sorted = rows.to_vec();
    sorted.order_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let suggest = line(&sorted, costs.wrong_suggested, costs.missed_suggested, 0.0);
    let least = suggest.threshold.unwrap_or(2.0);
    let automate = line(&sorted, costs.wrong_automated, costs.missed_automated, least);
    Ok(Choice { n: rows.len() as u64, suggest, automate })
}

/// The cheapest line at `least` or above. `rows` rise by confidence.
fn line(rows: &[Judged], wrong: f64, missed: f64, least: f64) -> Line {
    let total_wrong = rows.iter().filter(|row| !row.correct).count();
    let (mut right_below, mut wrong_below) = (0usize, 0usize);
    let mut best: Option<(f64, usize, f64)> = None;
    let mut before = None;
    for (at, row) in rows.iter().enumerate() {
        // A line can only be drawn between different confidences.
        if before != Some(row.confidence) && row.confidence >= least {
            let cost = wrong * (total_wrong - wrong_below) as f64 + missed * right_below as f64;
            if best.is_none_or(|(_, _, cheapest)| cost < cheapest) {
                best = Some((row.confidence, at, cost));
            }
        }
        before = Some(row.confidence);
        if row.correct { right_below += 1 } else { wrong_below += 1 }
    }
    // Never acting: all that is right is missed.
    let never = missed * right_below as f64;
    let (threshold, from, cost) = match best {
        Some((threshold, at, cost)) if cost < never => (Some(threshold), at, cost),
        _ => (None, rows.len(), never),
    };
    let above = rows.get(from..).unwrap_or_default();
    let mistakes = above.iter().filter(|row| !row.correct).count() as u64;
    let error =
        share("error", "wrong of those at or above the threshold; Wilson score interval", mistakes, above.len() as u64);
    Line {
        threshold,
        n: above.len() as u64,
        coverage: above.len() as f64 / rows.len().max(1) as f64,
        error: error.value,
        interval: error.interval,
        cost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(all: &[(f64, bool)]) -> Vec<Judged> {
        all.iter().map(|&(confidence, correct)| Judged { confidence, correct }).collect()
    }

    const EVEN: Costs =
        Costs { wrong_automated: 10.0, missed_automated: 1.0, wrong_suggested: 1.0, missed_suggested: 1.0 };

    #[test]
    fn the_cheapest_lines_by_hand() {
        let rows = rows(&[(0.2, false), (0.4, true), (0.6, false), (0.7, true), (0.9, true)]);
        let choice = choose(&rows, &EVEN).unwrap();
        // Suggesting from 0.4: one wrong (0.6), none missed: 1. From 0.7: one missed: 1 too; the lower stands.
        assert_eq!(choice.suggest.threshold, Some(0.4));
        assert_eq!((choice.suggest.n, choice.suggest.cost), (4, 1.0));
        // Automating from 0.7: none wrong, one missed.
        assert_eq!(choice.automate.threshold, Some(0.7));
        assert_eq!((choice.automate.error, choice.automate.cost), (Some(0.0), 1.0));
    }

    #[test]
    fn where_every_answer_is_wrong_nothing_is_automated() {
        let choice = choose(&rows(&[(0.5, false), (0.9, false)]), &EVEN).unwrap();
        assert_eq!((choice.automate.threshold, choice.automate.n, choice.automate.error), (None, 0, None));
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_bad_rows_are_named() {
        let mut all = rows(&[(0.1, true), (0.5, false), (0.5, true), (0.8, true)]);
        let choice = choose(&all, &EVEN).unwrap();
        all.reverse();
        assert_eq!(choose(&all, &EVEN).unwrap(), choice);
        all[1].confidence = f64::NAN;
        let Err(Error::Field { field, .. }) = choose(&all, &EVEN) else { panic!("not refused") };
        assert_eq!(field, "rows[1].confidence");
        assert!(choose(&[], &EVEN).is_err());
        assert!(choose(&all, &Costs { missed_suggested: 0.0, ..EVEN }).is_err());
    }
}
