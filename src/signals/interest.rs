//! What a customer would buy: "do you have this in blue?".

use super::expectations::trim;
use super::rules::Group;
use super::{Known, View};
use crate::analysis::{Intent, Wish};
use crate::span::Span;

/// Most things given for one text.
const MOST: usize = 16;

/// Things a customer asks for to buy, by place; only where the contact reason is interest to buy, availability or
/// price. `O(hits)`.
pub(super) fn find(view: &View, known: &Known) -> Vec<Wish> {
    let mut found: Vec<Wish> = Vec::new();
    if !matches!(known.intent, Intent::PurchaseInterest | Intent::Availability | Intent::Pricing) {
        return found;
    }
    for mark in view.hits {
        let clause = view.clause(mark.clause);
        let region = match mark.group {
            Group::InterestBefore => Span::new(mark.span.end, clause.end.max(mark.span.end)),
            Group::InterestAfter => Span::new(clause.start.min(mark.span.start), mark.span.start),
            _ => continue,
        };
        let Some(object) = trim(view, region) else { continue };
        let span = Span::new(mark.span.start.min(object.start), mark.span.end.max(object.end));
        if found.len() < MOST && found.last().is_none_or(|last| last.span.end <= span.start) {
            found.push(Wish { object: view.slice(object).to_string(), object_span: object, condition: None, span });
        }
    }
    found
}
