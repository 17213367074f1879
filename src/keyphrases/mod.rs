//! The phrases of one text that tell what it is about: "late delivery", "배송 지연", "サポートの対応".
//!
//! A text is cut into runs of words that no function word, verb, number, mark or piece of personal
//! data interrupts (RAKE: Rose et al., "Automatic keyword extraction from individual documents",
//! 2010), with word lists for ten languages and rules for Korean particles and Japanese scripts. Runs
//! are ranked by what one text can tell: their length, how often their words return, and how early
//! they stand (after YAKE: Campos et al., 2020). Numbers are whole, so the order is the same
//! everywhere. Other languages give no phrases.

mod japanese;
mod korean;
mod lists;
mod spaced;
mod units;

use crate::order::Sorted;
use std::collections::BTreeMap;

use crate::limits::MAX_KEYPHRASES;
use crate::span::Span;
use crate::text::Normalized;
pub(crate) use lists::{Lang, Listed};
pub(crate) use spaced::stem;
pub(crate) use units::{Class, Unit, Units, units};

/// Most units of one phrase, links not counted.
pub(crate) const MAX_UNITS: usize = 4;

/// The best phrases of `text`, the best first, as bytes of it; at most [`MAX_KEYPHRASES`], and fewer
/// from short texts. `language` is an ISO 639-1 code. No phrase holds personal data that
/// [`crate::privacy`] finds. Cost: `O(bytes)`, and looking for personal data.
pub fn keyphrases(text: &str, language: &str) -> Vec<Span> {
    of_normal(&Normalized::new(text), language)
}

/// As [`keyphrases`], of a text in normal form; places are those of the original.
pub(crate) fn of_normal(normal: &Normalized, language: &str) -> Vec<Span> {
    let Some(units) = units(normal, language) else { return Vec::new() };
    rank(&units).into_iter().map(|span| normal.to_original(span)).collect()
}

/// The candidate phrases of a run: trimmed, and cut where it is too long.
pub(crate) fn phrases(units: &Units) -> Vec<&[Unit]> {
    let mut found = Vec::new();
    for run in units.list.chunk_by(|one, next| one.run == next.run) {
        let mut rest = run;
        while !rest.is_empty() {
            let mut count = 0;
            let within = |unit: &&Unit| {
                count += usize::from(unit.class != Class::Link);
                count <= MAX_UNITS
            };
            let len = rest.iter().take_while(within).count().max(1);
            let (head, tail) = rest.split_at(len.min(rest.len()));
            let phrase = trimmed(head, units.lang);
            if reads_well(phrase) {
                found.push(phrase);
            }
            rest = tail;
        }
    }
    found
}

/// Languages whose adjectives stand before the noun: one at the end belongs to no noun.
fn noun_last(lang: Lang) -> bool {
    matches!(lang, Lang::En | Lang::De | Lang::Nl | Lang::Ko | Lang::Ja)
}

fn trimmed(mut phrase: &[Unit], lang: Lang) -> &[Unit] {
    while let [first, rest @ ..] = phrase
        && first.class == Class::Link
    {
        phrase = rest;
    }
    while let [rest @ .., last] = phrase
        && (last.class == Class::Link || (last.class == Class::Weak && noun_last(lang)))
    {
        phrase = rest;
    }
    phrase
}

/// At least one word that says what it is about, or two that together do.
fn reads_well(phrase: &[Unit]) -> bool {
    let count = |class| phrase.iter().filter(|unit| unit.class == class).count();
    count(Class::Content) > 0 || (count(Class::Light) > 0 && count(Class::Light) + count(Class::Weak) > 1)
}

/// Places of the best phrases in the normal form.
fn rank(units: &Units) -> Vec<Span> {
    let mut often: BTreeMap<&str, u32> = BTreeMap::new();
    for unit in units.list.iter().filter(|unit| unit.class != Class::Link) {
        *often.entry(&unit.key).or_default() += 1;
    }
    struct Candidate<'u> {
        keys: Vec<&'u str>,
        span: Span,
        score: u32,
    }
    let mut best: BTreeMap<Vec<&str>, Candidate> = BTreeMap::new();
    let candidates = phrases(units);
    for (place, phrase) in candidates.iter().enumerate() {
        let words = || phrase.iter().filter(|unit| unit.class != Class::Link);
        let keys: Vec<&str> = words().map(|unit| unit.key.as_str()).collect();
        let content = words().filter(|unit| unit.class == Class::Content).count();
        let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else { continue };
        // Two or three words read best; a modifier is worth less than a noun.
        let length = match (keys.len(), content) {
            (1, _) => 10,
            (_, 0) => 14,
            (2, 1) => 22,
            (2, _) => 25,
            (3, _) => 26,
            _ => 23,
        };
        let again: u32 = words().map(|unit| often.get(unit.key.as_str()).map_or(0, |n| (n - 1).min(3) * 3)).sum();
        let early = 8u32.saturating_sub(place as u32);
        let score = length + again + early;
        match best.get_mut(&keys) {
            Some(known) => known.score += 6,
            None => {
                let span = Span::new(first.span.start, last.span.end);
                best.insert(keys.clone(), Candidate { keys, span, score });
            }
        }
    }
    let mut ranked: Vec<Candidate> = best.into_values().collect();
    ranked.order_by(|a, b| b.score.cmp(&a.score).then(a.span.cmp(&b.span)));
    // A phrase whose words all stand in a better one adds nothing.
    let mut kept: Vec<Candidate> = Vec::new();
    let most = (2 + units.list.len() / 4).min(MAX_KEYPHRASES);
    for candidate in ranked {
        if kept.len() == most {
            break;
        }
        if !kept.iter().any(|better| candidate.keys.iter().all(|key| better.keys.contains(key))) {
            kept.push(candidate);
        }
    }
    kept.into_iter().map(|candidate| candidate.span).collect()
}

#[cfg(test)]
mod tests;
