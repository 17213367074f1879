//! Whether the customer goes.

use super::rules::{Group, Hit};
use super::{View, places};
use crate::analysis::{BrandManner, BrandMention, BrandRole, Churn, ChurnReason};
use crate::order::Sorted;
use crate::span::Span;

const REASONS: [(Group, ChurnReason); 5] = [
    (Group::Leaving, ChurnReason::Leaving),
    (Group::Switching, ChurnReason::Switching),
    (Group::Cancelling, ChurnReason::Cancelling),
    (Group::NeverAgain, ChurnReason::NeverAgain),
    (Group::LastChance, ChurnReason::LastChance),
];

/// Reasons and places. A competitor that is named counts beside another reason, or when the customer
/// goes to it. `learned`: the learned head sees that the customer goes; without listed words, also of others who go and
/// of questions how, the reason is leaving, without places.
pub(super) fn find(view: &View, brands: &[BrandMention], learned: bool) -> Churn {
    let mut reasons: Vec<ChurnReason> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    for (group, reason) in REASONS {
        let before = spans.len();
        // "never again" and "unless" are negations themselves.
        let own = |hit: &&Hit| !hit.negated || matches!(group, Group::NeverAgain | Group::LastChance);
        let told = view.of(group).filter(own).filter(|hit| !of_another(view, hit) && !asks_how(view, hit));
        spans.extend(told.map(|hit| hit.span));
        if spans.len() > before {
            reasons.push(reason);
        }
    }
    let gone = |brand: &&BrandMention| brand.manner == BrandManner::SwitchedTo && brand.role != BrandRole::Own;
    if let Some(brand) = brands.iter().find(gone) {
        spans.extend(&brand.spans);
        if !reasons.contains(&ChurnReason::Switching) {
            reasons.push(ChurnReason::Switching);
        }
        reasons.push(ChurnReason::Competitor);
    } else if !reasons.is_empty() {
        let named =
            view.of(Group::Competitor).next().is_some() || brands.iter().any(|b| b.role == BrandRole::Competitor);
        reasons.extend(named.then_some(ChurnReason::Competitor));
    }
    let talks = || view.hits.iter().any(|hit| matches!(hit.group, Group::Hypothetical | Group::HowTo));
    if learned && reasons.is_empty() && !talks() {
        reasons.push(ChurnReason::Leaving);
    }
    reasons.order();
    Churn { present: !reasons.is_empty(), reasons, spans: places(spans) }
}

/// True when somebody else goes: "my sister is switching to ...".
fn of_another(view: &View, hit: &Hit) -> bool {
    view.of(Group::Hypothetical).any(|other| other.clause == hit.clause && other.span.start <= hit.span.start)
}

/// True for a question how to cancel, or what it costs.
fn asks_how(view: &View, hit: &Hit) -> bool {
    hit.group == Group::Cancelling
        && (view.asks(hit.sentence)
            || view.of(Group::HowTo).any(|other| other.clause == hit.clause && !other.span.overlaps(&hit.span)))
}
