//! Brands of the caller's lists, and how they are spoken of.

use crate::order::Sorted;
use std::collections::BTreeMap;

use super::listed::words_of;
use super::rules::Group;
use super::{MOST_SPANS, View};
use crate::analysis::{BrandManner, BrandMention, BrandRole};
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::particles::{NAME, particles};
use crate::text::{Normalized, is_hangul, is_unspaced};

/// Most names in both lists together.
pub const MAX_BRANDS: usize = 500;
/// Longest name, in bytes.
pub const MAX_BRAND_BYTES: usize = 100;
/// Most finds looked at in one text.
const MOST_FINDS: usize = 256;
/// Bytes before a name in which a marker may end.
const BEFORE: usize = 48;

/// The brands a caller wants to hear of: its own, and its competitors'.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brands {
    /// By name in lower case; the longer of two that begin alike comes later.
    names: Vec<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    lower: String,
    given: String,
    own: bool,
}

impl Brands {
    /// Files the names. A name in both lists is the caller's own.
    ///
    /// # Errors
    /// [`Error::Option`] naming the list and position of a name that is empty or too long, or
    /// `brands` when there are more than 500.
    pub fn new(own: &[String], competitors: &[String]) -> Result<Brands> {
        if own.len() + competitors.len() > MAX_BRANDS {
            let what = format!("must hold at most {MAX_BRANDS} names");
            return Err(Error::Option { name: "brands".into(), what });
        }
        let mut names = Vec::new();
        for (list, given, is_own) in [("own", own, true), ("competitors", competitors, false)] {
            for (at, name) in given.iter().enumerate() {
                let lower = lower(Normalized::new(name).text().trim());
                if lower.is_empty() || name.len() > MAX_BRAND_BYTES || !lower.chars().any(char::is_alphanumeric) {
                    let what = format!("must be a name of 1 to {MAX_BRAND_BYTES} bytes");
                    return Err(Error::Option { name: format!("brands.{list}[{at}]"), what });
                }
                names.push(Name { lower, given: name.trim().to_string(), own: is_own });
            }
        }
        // The own one of two equal names comes first and stays.
        names.order_by(|a, b| (&a.lower, !a.own).cmp(&(&b.lower, !b.own)));
        names.dedup_by(|a, b| a.lower == b.lower);
        Ok(Brands { names })
    }

    /// True without any name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The longest name that begins `rest` and ends at a word's edge: its place in the list and its length.
    fn at<'b>(&'b self, rest: &str) -> Option<&'b Name> {
        let first = rest.chars().next()?;
        let from = self.names.partition_point(|name| name.lower.chars().next() < Some(first));
        let same = self.names[from..].iter().take_while(|name| name.lower.starts_with(first));
        same.filter(|name| rest.starts_with(&name.lower) && ends_well(&name.lower, &rest[name.lower.len()..]))
            .max_by_key(|name| name.lower.len())
    }

    /// True when a host names a competitor.
    pub(super) fn is_rival(&self, host: &str) -> bool {
        let bare: String = host.chars().filter(|c| c.is_alphanumeric()).collect();
        self.names.iter().filter(|name| !name.own).any(|name| {
            let name: String = name.lower.chars().filter(|c| c.is_alphanumeric()).collect();
            name.len() > 2 && bare.contains(&name)
        })
    }
}

/// Lower case, character for character.
pub(super) fn lower(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

/// What may hang on a name: endings of Polish and genitives, Korean particles.
fn ends_well(name: &str, rest: &str) -> bool {
    let Some(next) = rest.chars().next().filter(|c| c.is_alphanumeric()) else { return true };
    let last = name.chars().next_back().unwrap_or(' ');
    if is_unspaced(next) || is_unspaced(last) || (is_hangul(next) && !is_hangul(last)) {
        return true;
    }
    let tail: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(6).collect();
    if is_hangul(last) {
        return particles(NAME).any(|(particle, ..)| tail == *particle);
    }
    ENDINGS.contains(&tail.as_str())
}

const ENDINGS: [&str; 12] = ["s", "a", "u", "em", "ie", "owi", "ach", "om", "ami", "y", "ę", "ą"];

/// Words of the file beside a name, in the languages of the engine.
struct Markers {
    compare_before: Vec<&'static str>,
    compare_behind: Vec<&'static str>,
    switch_before: Vec<&'static str>,
    switch_behind: Vec<&'static str>,
    from_before: Vec<&'static str>,
    negations: Vec<&'static str>,
}

fn markers() -> &'static Markers {
    static MARKERS: std::sync::OnceLock<Markers> = std::sync::OnceLock::new();
    MARKERS.get_or_init(|| {
        let group = |name: &str| -> Vec<&'static str> {
            let mut all = words_of(name);
            all.iter_mut().for_each(|word| *word = word.trim_end_matches('*'));
            all.order();
            all.dedup();
            all
        };
        Markers {
            compare_before: group("compare>"),
            compare_behind: group("compare<"),
            switch_before: group("switch>"),
            switch_behind: group("switch<"),
            from_before: group("from>"),
            negations: group("not"),
        }
    })
}

/// Words that may stand between a marker and the name.
const ARTICLES: [&str; 26] = [
    "the", "a", "an", "der", "die", "das", "dem", "den", "le", "la", "les", "el", "los", "il", "lo", "o", "os", "as",
    "de", "het", "do", "da", "ao", "na", "no", "sieci",
];

/// Phrases that lead to another provider, never to a place: behind them a capitalised word is a name.
const TO_ANOTHER: [&str; 22] = [
    "switching to",
    "switch to",
    "switched to",
    "changing to",
    "changed to",
    "signed up with",
    "signing up with",
    "moving to",
    "moved to",
    "przechodzę do",
    "przeszedłem do",
    "przeszłam do",
    "przenoszę się do",
    "je passe chez",
    "passé chez",
    "passée chez",
    "me cambio a",
    "me paso a",
    "me cambié a",
    "passo a",
    "vou mudar para",
    "stap over naar",
];

/// The brands of a text, in the order in which they are first named. `O(bytes)` times the names that
/// begin with the same letter.
pub(super) fn find(view: &View, brands: &Brands) -> Vec<BrandMention> {
    let mut found: BTreeMap<(usize, String), BrandMention> = BTreeMap::new();
    let low = view.reading.lower();
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = 0;
    let mut add = |name: &str, role: BrandRole, manner: BrandManner, span: Span| {
        let first = *first_of.entry(name.to_string()).or_insert(span.start);
        let one = found.entry((first, name.to_string())).or_insert_with(|| BrandMention {
            name: name.to_string(),
            role,
            manner,
            spans: Vec::new(),
        });
        one.manner = one.manner.max(manner);
        if one.spans.len() < MOST_SPANS {
            one.spans.push(span);
        }
    };
    if !brands.is_empty() {
        let mut at = 0;
        let mut before = ' ';
        while let Some(c) = low[at..].chars().next() {
            let opens = !before.is_alphanumeric() || is_unspaced(c) || is_unspaced(before);
            if let Some(name) = brands.at(&low[at..]).filter(|_| opens && c.is_alphanumeric()) {
                let place = Span::new(at, at + name.lower.len());
                let role = if name.own { BrandRole::Own } else { BrandRole::Competitor };
                add(&name.given, role, manner(view, low, place), view.reading.to_text(place));
                count += 1;
                if count == MOST_FINDS {
                    break;
                }
                before = name.lower.chars().next_back().unwrap_or(' ');
                at = place.end;
                continue;
            }
            before = c;
            at += c.len_utf8();
        }
    }
    let known: Vec<Span> = found.values().flat_map(|one| one.spans.clone()).collect();
    if let Some((name, span)) = unlisted(view, &known) {
        found.insert(
            (span.start, name.clone()),
            BrandMention { name, role: BrandRole::Other, manner: BrandManner::SwitchedTo, spans: vec![span] },
        );
    }
    found.into_values().collect()
}

/// A capitalised name behind "switching to", when no listed one stands there.
fn unlisted(view: &View, known: &[Span]) -> Option<(String, Span)> {
    view.affirmed(Group::Switching).find_map(|hit| {
        let marker = lower(view.slice(hit.span));
        if !TO_ANOTHER.iter().any(|phrase| marker == *phrase) {
            return None;
        }
        let words = view.reading.words();
        let word = words.get(words.partition_point(|word| word.span.start < hit.span.end))?;
        let name = view.slice(word.span);
        let name = name.strip_suffix("'s").unwrap_or(name);
        let span = Span::new(word.span.start, word.span.start + name.len());
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        let listed = known.iter().any(|other| other.overlaps(&span));
        (capital && !listed && word.clause == hit.clause).then(|| (name.to_string(), span))
    })
}

/// How the name at `place` (bytes of the lower-cased text) is spoken of.
fn manner(view: &View, low: &str, place: Span) -> BrandManner {
    let markers = markers();
    let start = low.ceil_char_boundary(place.start.saturating_sub(BEFORE));
    let mut before = low[start..place.start].trim_end();
    // An article may stand between, unless it belongs to the marker.
    for _ in 0..2 {
        let led = [&markers.switch_before, &markers.from_before, &markers.compare_before];
        let last = before.rsplit(' ').next().unwrap_or("");
        if led.iter().any(|list| ends_with_any(before, list)) || !ARTICLES.contains(&last) {
            break;
        }
        before = before[..before.len() - last.len()].trim_end();
    }
    let rest = &low[place.end..];
    let behind = rest.trim_start();
    let span = view.reading.to_text(place);
    let clause = view.reading.clauses().partition_point(|clause| clause.span.end <= span.start) as u32;
    let negated = || {
        let whole = lower(view.slice(view.clause(clause)));
        whole.split_whitespace().any(|word| markers.negations.contains(&word))
            || ["않", "안 ", "없", "ない", "ません"].iter().any(|word| whole.contains(word))
    };
    let leads = |list: &[&str]| list.iter().any(|word| behind.starts_with(word) || rest.starts_with(word));
    if ends_with_any(before, &markers.switch_before) || leads(&markers.switch_behind) {
        return if negated() { BrandManner::Mentioned } else { BrandManner::SwitchedTo };
    }
    if ends_with_any(before, &markers.from_before) {
        return BrandManner::Mentioned;
    }
    if ends_with_any(before, &markers.compare_before) || leads(&markers.compare_behind) {
        return BrandManner::Compared;
    }
    let praised = view.affirmed(Group::Praise).any(|hit| hit.clause == clause && !hit.span.overlaps(&span));
    if praised && !negated() { BrandManner::Praised } else { BrandManner::Mentioned }
}

/// True when the text ends with one of the phrases, as whole words.
fn ends_with_any(before: &str, list: &[&str]) -> bool {
    list.iter().any(|phrase| {
        before.strip_suffix(phrase).is_some_and(|lead| !lead.chars().next_back().is_some_and(char::is_alphanumeric))
    })
}
