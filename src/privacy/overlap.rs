//! Settles overlaps: one place of a text is one piece of personal data.

use super::{Pii, PiiType};
use crate::order::Sorted;
use crate::span::Span;

/// Order in which kinds win where they overlap, the first the heaviest: what tells more of a value than the
/// rest. A secret inside a link makes the link a [`PiiType::UrlToken`].
#[rustfmt::skip]
const HEAVIEST_FIRST: [PiiType; 23] = [
    PiiType::UrlToken, PiiType::Secret, PiiType::Iban, PiiType::Email, PiiType::Url, PiiType::Crypto, PiiType::Card,
    PiiType::NationalId, PiiType::CompanyId, PiiType::Passport, PiiType::DrivingLicence, PiiType::BankAccount,
    PiiType::Ip, PiiType::Mac, PiiType::BirthDate, PiiType::Location, PiiType::Plate, PiiType::Phone, PiiType::Address,
    PiiType::Postcode, PiiType::Reference, PiiType::Handle, PiiType::Person,
];

/// How much a kind tells, against others.
pub(super) fn weight(kind: PiiType) -> usize {
    HEAVIEST_FIRST.len() - HEAVIEST_FIRST.iter().position(|one| *one == kind).unwrap_or(0)
}

/// `found` sorted and apart. Where findings overlap the weightier kind (then the higher certainty)
/// stays and its span grows over all of them, so that no part of any finding is left uncovered.
/// `O(n log n)` in the findings.
pub(super) fn resolve(mut found: Vec<Pii>) -> Vec<Pii> {
    found.retain(|pii| !pii.span.is_empty());
    found.order_by_key(|pii| (pii.span.start, std::cmp::Reverse(pii.span.end)));
    let mut kept: Vec<Pii> = Vec::with_capacity(found.len());
    for pii in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(&pii.span) => {
                let span = Span::new(last.span.start, last.span.end.max(pii.span.end));
                let wins = (weight(pii.kind), pii.certainty) > (weight(last.kind), last.certainty);
                if wins {
                    *last = pii;
                }
                last.span = span;
            }
            _ => kept.push(pii),
        }
    }
    kept
}

/// `span` cut to `text` and grown to character boundaries.
pub(super) fn widen(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.max(start));
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pii(kind: PiiType, start: usize, end: usize) -> Pii {
        Pii::new(kind, Span::new(start, end), 0.5)
    }

    #[test]
    fn the_weightier_kind_covers_every_overlapping_finding() {
        let kept = resolve(vec![pii(PiiType::Phone, 4, 12), pii(PiiType::Card, 0, 6), pii(PiiType::Ip, 12, 14)]);
        assert_eq!(kept.len(), 2);
        assert_eq!((kept[0].kind, kept[0].span), (PiiType::Card, Span::new(0, 12)));
        assert_eq!(kept[1].kind, PiiType::Ip);
    }

    #[test]
    fn spans_grow_to_character_boundaries() {
        assert_eq!(widen("aé", Span::new(2, 9)), Span::new(1, 3));
    }
}
