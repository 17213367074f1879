//! What it cost: effort, repeated contacts, transfers, time lost.

use super::duration::{Duration, durations};
use super::rules::{Group, Hit};
use super::{View, places};
use crate::analysis::{Effort, EffortLevel, TimeLost};
use crate::span::Span;

/// Waiting this long, in minutes, is high effort; less is some.
const LONG: u32 = 20;
/// Bytes between a word of waiting and its duration.
const REACH: usize = 60;
/// Bytes between "only" or "within" and its duration.
const BESIDE: usize = 14;

/// Effort and time lost; absent where neither is spoken of. `learned` is the effort that the learned head sees: high
/// counts where no listed words call it easy, the rest where there are none; without places.
pub(super) fn find(view: &View, learned: Option<EffortLevel>) -> (Option<Effort>, Option<TimeLost>) {
    let costs = learned.is_some_and(|level| level != EffortLevel::Easy);
    let (lost, short) = time_lost(view, costs);
    let mut high: Vec<Span> = Vec::new();
    let hedged: Vec<&Hit> = view.of(Group::Some).collect();
    for hit in view.of(Group::High) {
        let hedge = hedged.iter().any(|some| some.span.overlaps(&hit.span));
        if !hit.negated && !hedge {
            high.push(hit.span);
        }
    }
    let repeated: Vec<Span> = view.of(Group::Repeated).map(|hit| hit.span).collect();
    let transfers: Vec<Span> = view.affirmed(Group::Transfer).map(|hit| hit.span).collect();
    let mut some: Vec<Span> = hedged.iter().map(|hit| hit.span).collect();
    some.extend(view.of(Group::NotEasy).map(|hit| hit.span));
    let mut easy: Vec<Span> = view.of(Group::NotHard).map(|hit| hit.span).collect();
    easy.extend(short);
    for hit in view.of(Group::Easy).filter(|hit| !view.asks(hit.sentence)) {
        let list = if hit.negated { &mut some } else { &mut easy };
        list.push(hit.span);
    }
    // Hard where easy was found negated at the same place is one thing said.
    high.retain(|span| !easy.iter().any(|other| other.overlaps(span)));
    match lost {
        Some(TimeLost { minutes, span }) if minutes >= LONG => high.push(span),
        Some(TimeLost { span, .. }) => some.push(span),
        None => {}
    }
    let (again, moved) = (!repeated.is_empty(), !transfers.is_empty());
    high.extend(repeated);
    high.extend(transfers);
    let (level, spans) = match () {
        () if !high.is_empty() => (EffortLevel::High, high),
        () if learned == Some(EffortLevel::High) && easy.is_empty() => (EffortLevel::High, some),
        () if !some.is_empty() => (EffortLevel::Some, some),
        () if !easy.is_empty() => (EffortLevel::Easy, easy),
        () => match learned {
            Some(level) => (level, some),
            None => return (None, lost),
        },
    };
    (Some(Effort { level, spans: places(spans), repeated_contacts: again, transfers: moved }), lost)
}

/// Most durations looked at.
const MOST_DURATIONS: usize = 256;

/// Longest time lost without a word of waiting beside it, in minutes: thirty days.
const TOLD: u32 = 43_200;

/// The longest duration beside a word of waiting, and durations called short. Where the text `costs` effort, a duration
/// alone will do.
fn time_lost(view: &View, costs: bool) -> (Option<TimeLost>, Vec<Span>) {
    let mut lost: Option<TimeLost> = None;
    let mut short = Vec::new();
    let waits: Vec<&Hit> = view.of(Group::Wait).collect();
    if waits.is_empty() && !costs {
        return (None, short);
    }
    for Duration { minutes, span } in durations(view.reading.lower()).into_iter().take(MOST_DURATIONS) {
        let span = view.reading.to_text(span);
        let sentence = view.sentence_at(span.start);
        let own = waits.iter().filter(|wait| wait.sentence == sentence && distance(wait.span, span) <= REACH);
        let wait = own.min_by_key(|wait| distance(wait.span, span));
        if wait.is_none() && (!costs || minutes > TOLD) {
            continue;
        }
        if is_short(view, span) {
            short.push(span);
            continue;
        }
        if wait.is_some_and(|wait| wait.negated) || is_planned(view, span, wait.map(|wait| wait.span)) {
            continue;
        }
        if lost.is_none_or(|lost| lost.minutes < minutes) {
            lost = Some(TimeLost { minutes, span });
        }
    }
    (lost, short)
}

fn distance(a: Span, b: Span) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

/// True for opening hours, delivery times, guarantees: words beside the duration say so, and no word
/// of waiting stands closer before it.
fn is_planned(view: &View, span: Span, wait: Option<Span>) -> bool {
    let waited = wait.is_some_and(|wait| wait.end <= span.start && span.start - wait.end <= BESIDE);
    view.of(Group::Plan).any(|plan| {
        let before = plan.span.end <= span.start;
        distance(plan.span, span) <= BESIDE && (before || !waited)
    })
}

/// "only", "less than" before it; in Korean and Japanese also behind it.
fn is_short(view: &View, span: Span) -> bool {
    let rest = view.text.get(span.end..).unwrap_or("");
    let behind = ["만에", "만 ", "밖에", "も待たず", "しか", "だけ", "ほどで", "で済", "もかから"];
    behind.iter().any(|word| rest.starts_with(word))
        || view.of(Group::Only).any(|only| only.span.end <= span.start && span.start - only.span.end <= BESIDE)
}
