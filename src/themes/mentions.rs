//! The phrases of one row that themes count.

use crate::order::Sorted;
use std::collections::BTreeMap;

use super::sketch::{Mention, Surface};
use crate::keyphrases::{Class, Lang, Unit, Units, phrases};
use crate::span::Span;

/// Most phrases counted of one text; the first ones are.
const MAX_MENTIONS: usize = 128;
/// Most words of a phrase.
const MAX_WORDS: usize = 3;
/// How many words further on the second of two words may stand in a clause.
const REACH: usize = 4;
/// Longest phrase kept, in bytes.
pub(super) const MAX_SURFACE: usize = 120;
/// Stands between the parts of a key: language, then the words in the order of the alphabet.
pub(super) const PART: char = '\u{1}';

/// The key of a phrase; the same for any order of its words.
fn key(lang: Lang, units: &[&Unit]) -> String {
    let mut words: Vec<&str> = units.iter().map(|unit| unit.key.as_str()).collect();
    words.order();
    words.dedup();
    let mut key = lang.code().to_owned();
    for word in words {
        key.push(PART);
        key.push_str(word);
    }
    key
}

/// Single words, phrases of two and three words, and pairs of words of one clause, by key. `covered`
/// are places of the normal form that a topic explains.
pub(super) fn mentions(units: &Units, text: &str, covered: &[Span]) -> BTreeMap<String, Mention> {
    let mut found = BTreeMap::new();
    let mut add = |parts: &[&Unit], gap: usize| {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let span = Span::new(first.span.start, last.span.end);
        let shown = if gap == 0 { clean(span.slice(text), units.lang) } else { apart(parts, text, units.lang) };
        if shown.is_empty() || shown.len() > MAX_SURFACE || found.len() >= MAX_MENTIONS {
            return;
        }
        let mention = Mention {
            covered: parts.iter().any(|unit| covered.iter().any(|place| place.overlaps(&unit.span))),
            root: parts.len() == 1 && first.class == Class::Content,
            surface: Surface { gap: gap as u8, chars: shown.chars().count() as u16, text: shown },
        };
        match found.entry(key(units.lang, parts)) {
            std::collections::btree_map::Entry::Vacant(empty) => {
                empty.insert(mention);
            }
            std::collections::btree_map::Entry::Occupied(mut known) => {
                let known: &mut Mention = known.get_mut();
                known.root |= mention.root;
                // Explained only when every mention is.
                known.covered &= mention.covered;
                if mention.surface < known.surface {
                    known.surface = mention.surface;
                }
            }
        }
    };
    for unit in units.list.iter().filter(|unit| unit.class != Class::Link) {
        add(&[unit], 0);
    }
    for phrase in phrases(units) {
        for from in 0..phrase.len() {
            for to in from + 1..phrase.len() {
                let part = phrase.get(from..=to).unwrap_or_default();
                let words: Vec<&Unit> = part.iter().filter(|unit| unit.class != Class::Link).collect();
                let ends = part.first().zip(part.last());
                let whole = ends.is_some_and(|(first, last)| first.class != Class::Link && last.class != Class::Link);
                if whole && (2..=MAX_WORDS).contains(&words.len()) && tells(&words) {
                    add(&words, 0);
                }
            }
        }
    }
    let words: Vec<&Unit> = units.list.iter().filter(|unit| unit.class != Class::Link).collect();
    for (at, first) in words.iter().enumerate() {
        for (distance, second) in words.iter().skip(at + 1).take(REACH).enumerate() {
            let pair = [*first, *second];
            if first.clause == second.clause && first.key != second.key && tells(&pair) {
                add(&pair, distance + 1);
            }
        }
    }
    found
}

/// At least one word says what the phrase is about.
fn tells(words: &[&Unit]) -> bool {
    words.iter().any(|unit| unit.class == Class::Content)
}

/// A phrase as it is shown: small letters but in German, single spaces.
fn clean(text: Option<&str>, lang: Lang) -> String {
    let joined = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if lang == Lang::De { joined } else { joined.to_lowercase() }
}

fn apart(parts: &[&Unit], text: &str, lang: Lang) -> String {
    parts.iter().map(|unit| clean(unit.span.slice(text), lang)).collect::<Vec<_>>().join(" … ")
}
