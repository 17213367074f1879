//! Whether the writer recommends it to others: the word of mouth behind advocacy.

use super::rules::{Group, Hit};
use super::{View, places};
use crate::analysis::{Advice, Recommends};
use crate::span::Span;
use crate::text::is_alphabetic;

/// The answer that stands last. Questions tell none ("what do you recommend?"), nor does a recommendation that a
/// negation reaches or that lies inside advice against it. `O(hits)`.
pub(super) fn find(view: &View) -> Option<Recommends> {
    let against: Vec<Span> = view.of(Group::RecommendsNot).map(|hit| hit.span).collect();
    let mut found: Vec<(Advice, Span)> = Vec::new();
    for hit in view.hits {
        let advice = match hit.group {
            Group::Recommends if !hit.negated => Advice::Yes,
            Group::RecommendsAlone if !hit.negated && is_alone(view, hit) => Advice::Yes,
            Group::RecommendsNot => Advice::No,
            Group::RecommendsNotAlone if is_alone(view, hit) => Advice::No,
            _ => continue,
        };
        if view.asks(hit.sentence) || (advice == Advice::Yes && within(&against, hit.span)) {
            continue;
        }
        found.push((advice, hit.span));
    }
    let answer = found.last()?.0;
    let spans = found.into_iter().filter(|(advice, _)| *advice == answer).map(|(_, span)| span).collect();
    Some(Recommends { answer, spans: places(spans) })
}

/// True for a place that overlaps one of `all`, which are by place.
fn within(all: &[Span], span: Span) -> bool {
    let from = all.partition_point(|one| one.start < span.end);
    all[..from].iter().rev().take(8).any(|one| one.overlaps(&span))
}

/// True where no letter stands in the clause beside it; in Korean and Japanese behind it.
fn is_alone(view: &View, hit: &Hit) -> bool {
    let clause = view.clause(hit.clause);
    let bare = |start: usize, end: usize| !view.slice(Span::new(start, end)).chars().any(is_alphabetic);
    bare(hit.span.end, clause.end) && (view.is_joined(hit.span) || bare(clause.start, hit.span.start))
}
