//! How pressing a message is, with the reason.

use super::rules::{Group, Hit};
use super::{View, places};
use crate::analysis::{Urgency, UrgencyLevel, UrgencyReason};
use crate::order::Sorted;
use crate::span::Span;

/// Groups that press by themselves.
const DIRECT: [(Group, UrgencyReason); 5] = [
    (Group::SafetyRisk, UrgencyReason::SafetyRisk),
    (Group::MoneyLost, UrgencyReason::MoneyLost),
    (Group::Outage, UrgencyReason::Outage),
    (Group::Deadline, UrgencyReason::Deadline),
    (Group::Said, UrgencyReason::Stated),
];

/// Level, reasons and places. Normal where nothing is said. "At once" only presses where something
/// is asked for or wrong (`wants`): it may as well praise. `learned` is what the learned head sees: it raises the level, and
/// without listed words it is the level, without places and with no reason but that there is no hurry. `danger`: the head
/// of danger sees somebody come to harm, a reason without a place beside those of listed words. It leaves the level as it is:
/// it errs too often for that.
pub(super) fn find(view: &View, pleased: bool, wants: bool, learned: UrgencyLevel, danger: bool) -> Urgency {
    let mut reasons: Vec<UrgencyReason> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    for (group, reason) in DIRECT {
        // Who is pleased and says when the flight leaves does not press.
        if pleased && matches!(group, Group::Deadline | Group::Said | Group::Outage) {
            continue;
        }
        let before = spans.len();
        // What fails or is missing is said with a negation behind it in Korean and Japanese.
        let fails = matches!(group, Group::MoneyLost | Group::Outage);
        let holds = |hit: &&Hit| !hit.negated || (fails && view.is_joined(hit.span));
        spans.extend(view.of(group).filter(holds).map(|hit| hit.span));
        if group == Group::Said && wants {
            spans.extend(view.affirmed(Group::Soon).map(|hit| hit.span));
        }
        if spans.len() > before {
            reasons.push(reason);
        }
    }
    if let Some(pair) = vulnerable(view) {
        reasons.push(UrgencyReason::VulnerablePerson);
        spans.extend(pair);
    }
    reasons.order();
    let calm: Vec<Span> = view.of(Group::Low).map(|hit| hit.span).collect();
    let has = |reason| reasons.contains(&reason);
    let critical = has(UrgencyReason::SafetyRisk) || has(UrgencyReason::VulnerablePerson);
    let level = match () {
        () if critical => UrgencyLevel::Critical,
        () if !calm.is_empty() || (learned == UrgencyLevel::Low && reasons.is_empty()) => {
            reasons.clear();
            reasons.push(UrgencyReason::NoHurry);
            spans = calm;
            UrgencyLevel::Low
        }
        () if learned == UrgencyLevel::Critical => learned,
        () if !reasons.is_empty() => UrgencyLevel::High,
        () => learned,
    };
    if danger && !reasons.contains(&UrgencyReason::SafetyRisk) {
        reasons.push(UrgencyReason::SafetyRisk);
        reasons.order();
    }
    Urgency { level, reasons, spans: places(spans) }
}

/// Somebody who cannot wait and what is lacking, in one sentence or the next.
fn vulnerable(view: &View) -> Option<[Span; 2]> {
    let lacks: Vec<_> = view.of(Group::Lack).filter(|hit| !hit.negated || view.is_joined(hit.span)).collect();
    view.of(Group::Vulnerable).find_map(|who| {
        let near = |lack: &&&Hit| lack.sentence.abs_diff(who.sentence) <= 1 && !lack.span.overlaps(&who.span);
        lacks.iter().find(near).map(|lack| [who.span, lack.span])
    })
}
