//! What is asked for that does not exist yet: object, condition, place.

use super::View;
use super::rules::{Group, Hit};
use crate::analysis::{Condition, Wish};
use crate::order::Sorted;
use crate::span::Span;

/// Most wishes given for one text.
const MOST: usize = 16;
/// Longest object, in bytes.
const LONGEST: usize = 160;

/// Words that are no object by themselves.
const EMPTY: [&str; 84] = [
    "a",
    "an",
    "the",
    "it",
    "that",
    "this",
    "some",
    "any",
    "more",
    "to",
    "for",
    "also",
    "ein",
    "eine",
    "einen",
    "das",
    "es",
    "noch",
    "auch",
    "un",
    "une",
    "ça",
    "cela",
    "ce",
    "c",
    "des",
    "du",
    "una",
    "eso",
    "esto",
    "lo",
    "che",
    "questo",
    "ci",
    "um",
    "uma",
    "isso",
    "isto",
    "que",
    "een",
    "dat",
    "dit",
    "er",
    "ook",
    "nog",
    "to",
    "tego",
    "jeszcze",
    "się",
    "이거",
    "그거",
    "저는",
    "제가",
    "좀",
    "혹시",
    "それ",
    "これ",
    "もっと",
    "ぜひ",
    "se",
    "mir",
    "mi",
    "de",
    "d'un",
    "d'une",
    "le",
    "la",
    "les",
    "i",
    "il",
    "gli",
    "el",
    "los",
    "las",
    "o",
    "os",
    "as",
    "het",
    "die",
    "der",
    "den",
    "y",
    "e",
    "you",
];

/// Bytes between asking and offering.
const GAP: usize = 28;

/// The wishes of a text, by place. `suggests`: the text suggests or asks for something, so that weaker
/// words of wishing count. `learned`: the learned head sees a wish; where no listed words tell it, its object is the
/// first sentence that is no greeting. `O(hits)`.
pub(super) fn find(view: &View, suggests: bool, learned: bool) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    let mut before: Vec<Hit> = view.of(Group::WishBefore).filter(|hit| !hit.negated).copied().collect();
    let offers = offers(view);
    if !ends_in_verb(view) {
        let joined = |(modal, offer): &(Hit, Hit)| Hit { span: Span::new(modal.span.start, offer.span.end), ..*offer };
        before.extend(offers.iter().map(joined));
    }
    if suggests {
        before.extend(view.of(Group::Imperative).copied());
    }
    before.order_by_key(|hit| (hit.span.start, hit.span.end));
    for (i, mark) in before.iter().enumerate() {
        // Of overlapping marks the one that reaches farthest.
        let mut inside = before[i + 1..].iter().take_while(|next| next.span.start < mark.span.end);
        if inside.any(|next| next.span.end >= mark.span.end) {
            continue;
        }
        add(view, &mut wishes, mark, behind(view, mark));
    }
    for (modal, offer) in offers.iter().filter(|_| ends_in_verb(view)) {
        let mark = Hit { span: Span::new(modal.span.start, offer.span.end), ..*offer };
        add(view, &mut wishes, &mark, settle(view, Span::new(modal.span.end, offer.span.start), true));
    }
    for mark in view.of(Group::WishAfter) {
        let found = self::before(view, mark);
        add(view, &mut wishes, mark, found);
    }
    if learned && wishes.is_empty() {
        wishes.extend(whole(view));
    }
    wishes.order_by_key(|wish| wish.span.start);
    wishes
}

/// Fewest characters of a sentence that can wish.
const LEAST: usize = 8;

/// The first sentence that is long enough to wish, as the object.
fn whole(view: &View) -> Option<Wish> {
    let long = |span: &&Span| view.slice(**span).chars().take(LEAST).count() == LEAST;
    let sentence = *view.reading.sentences().iter().find(long)?;
    let end = sentence.start + view.slice(sentence).floor_char_boundary(LONGEST);
    let object = trim(view, Span::new(sentence.start, end))?;
    Some(Wish { object: view.slice(object).to_string(), object_span: object, condition: None, span: object })
}

/// Asking and, near behind it, what is offered: "could you ... add", "why not offer".
fn offers(view: &View) -> Vec<(Hit, Hit)> {
    let asked: Vec<&Hit> = view.of(Group::Modal).collect();
    let mut found = Vec::new();
    for offer in view.of(Group::Offer) {
        let gap = if ends_in_verb(view) { GAP * 2 } else { GAP };
        let from = asked.partition_point(|modal| modal.span.start + 4 * GAP < offer.span.start);
        let near = asked[from..].iter().take_while(|modal| modal.span.end <= offer.span.start);
        let modal =
            near.filter(|modal| modal.sentence == offer.sentence && modal.span.end + gap >= offer.span.start).last();
        if let Some(modal) = modal {
            found.push((**modal, *offer));
        }
    }
    found
}

/// True for languages that write the verb behind what is offered.
fn ends_in_verb(view: &View) -> bool {
    matches!(view.reading.language(), "de" | "nl")
}

/// Adds a wish that does not overlap another.
fn add(view: &View, wishes: &mut Vec<Wish>, mark: &Hit, found: Option<(Span, Option<Condition>)>) {
    let Some((object, condition)) = found else { return };
    let span = Span::new(mark.span.start.min(object.start), mark.span.end.max(object.end));
    let taken = wishes.iter().any(|wish| wish.object_span.overlaps(&object) || wish.span.overlaps(&span));
    if !taken && wishes.len() < MOST {
        wishes.push(Wish { object: view.slice(object).to_string(), object_span: object, condition, span });
    }
}

/// The object behind the mark.
fn behind(view: &View, mark: &Hit) -> Option<(Span, Option<Condition>)> {
    let sentence = view.sentence(mark.sentence);
    let start = mark.span.end;
    // The clause of the first word behind the mark.
    let word = view.reading.words().partition_point(|word| word.span.start < start);
    let word = view.reading.words().get(word).filter(|word| word.span.start < sentence.end)?;
    let end = view.clause(word.clause).end.min(sentence.end);
    let ends = |hit: &&Hit| hit.group == Group::WishEnd && hit.span.start > word.span.start && hit.span.start < end;
    let end = view.hits.iter().find(ends).map_or(end, |hit| hit.span.start);
    settle(view, Span::new(word.span.start, end), false)
}

/// The object before the mark.
fn before(view: &View, mark: &Hit) -> Option<(Span, Option<Condition>)> {
    let clause = view.clause(mark.clause);
    let ended =
        |hit: &&Hit| hit.group == Group::WishEnd && hit.span.start >= clause.start && hit.span.end <= mark.span.start;
    let start = view.hits.iter().filter(ended).map(|hit| hit.span.end).max().unwrap_or(clause.start);
    settle(view, Span::new(start.min(mark.span.start), mark.span.start), true)
}

/// Takes conditions out of the region and gives what is left beside the mark.
fn settle(view: &View, region: Span, last: bool) -> Option<(Span, Option<Condition>)> {
    let mut condition = Condition { time: None, place: None };
    let mut pieces = vec![region];
    let inside = |hit: &&Hit| hit.span.start >= region.start && hit.span.end <= region.end;
    for hit in view.hits.iter().filter(|hit| matches!(hit.group, Group::Time | Group::Place)).filter(inside).take(8) {
        let slot = if hit.group == Group::Time { &mut condition.time } else { &mut condition.place };
        if slot.is_none() {
            *slot = Some(view.slice(hit.span).to_string());
        }
        pieces = pieces.into_iter().flat_map(|piece| cut(piece, hit.span)).collect();
    }
    let trimmed: Vec<Span> = pieces.into_iter().filter_map(|piece| trim(view, piece)).collect();
    let object = if last { trimmed.last() } else { trimmed.first() };
    // "open on Sundays": the condition is what is wished for.
    let object = object.copied().or_else(|| trim(view, region))?;
    let served = view.of(Group::Service).any(|hit| hit.span.overlaps(&object));
    if served || object.len() > LONGEST {
        return None;
    }
    let said = condition.time.is_some() || condition.place.is_some();
    Some((object, said.then_some(condition)))
}

/// What of `piece` lies outside `hole`.
fn cut(piece: Span, hole: Span) -> Vec<Span> {
    if !piece.overlaps(&hole) {
        return vec![piece];
    }
    let left = Span::new(piece.start, hole.start.max(piece.start));
    let right = Span::new(hole.end.min(piece.end), piece.end);
    [left, right].into_iter().filter(|span| !span.is_empty()).collect()
}

/// Without white space, marks, articles before it and particles behind it; nothing when no word is left.
fn trim(view: &View, piece: Span) -> Option<Span> {
    let text = view.slice(piece);
    let front = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut span =
        Span::new(piece.start + front, piece.start + text.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    loop {
        let rest = view.slice(span);
        let word = rest.split_whitespace().next()?;
        if !EMPTY.contains(&word.to_lowercase().as_str()) {
            break;
        }
        let after = &rest[word.len()..];
        span.start += word.len() + (after.len() - after.trim_start().len());
        if span.start >= span.end {
            return None;
        }
    }
    span = view.bare(span);
    // A single letter of a script with spaces names nothing.
    let letters = view.slice(span).chars().filter(|c| c.is_alphanumeric()).count();
    let wide = view.slice(span).chars().next().is_some_and(|c| c.len_utf8() > 2);
    (letters > 1 || (letters == 1 && wide)).then_some(span)
}
