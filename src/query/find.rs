//! Finds the terms of a query in the words of a text.

use super::tree::{Near, Piece, Term};
use crate::span::Span;
use crate::text::{Word, WordKind, Words};

/// A place where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Positions of words, end excluded.
    pub start: usize,
    pub end: usize,
    /// Bytes of the text that was cut.
    pub span: Span,
}

/// Every place of `term`, in order. `O(words x pieces of the term)`.
pub(super) fn places(words: &Words, term: &Term) -> Vec<Place> {
    let Some((first, rest)) = term.pieces.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for (at, word) in words.list.iter().enumerate() {
        if word.kind != first.kind {
            continue;
        }
        begins(words, word, first, |place| {
            if let Some(place) = follow(words, at, place, rest) {
                found.push(place);
            }
            rest.is_empty()
        });
    }
    found
}

/// Hands over the places of a term's first piece in one word until told that one is enough to go
/// on behind it.
fn begins(words: &Words, word: &Word, piece: &Piece, mut take: impl FnMut(Place) -> bool) {
    let text = words.text(word);
    match piece.kind {
        WordKind::Spaced | WordKind::Emoji => {
            if equals(text, piece) {
                take(whole(word));
            }
        }
        WordKind::Hangul => {
            if let Some(place) = inside(word, text, piece) {
                take(place);
            }
        }
        WordKind::Unspaced => {
            let mut from = 0;
            for (position, (at, _)) in text.char_indices().enumerate() {
                if at >= from
                    && let Some(place) = here(word, text, piece, at, position)
                    && take(place)
                {
                    from = at + piece.text.len();
                }
            }
        }
    }
}

/// The place of a term whose first piece stands at `place`: the rest must follow without a gap.
fn follow(words: &Words, mut at: usize, mut place: Place, rest: &[Piece]) -> Option<Place> {
    for piece in rest {
        let mut word = words.list.get(at)?;
        if place.end >= word.position + word.width {
            at += 1;
            word = words.list.get(at)?;
        }
        if word.kind != piece.kind {
            return None;
        }
        let text = words.text(word);
        let next = match piece.kind {
            WordKind::Spaced | WordKind::Emoji => equals(text, piece).then(|| whole(word)),
            WordKind::Hangul => inside(word, text, piece),
            WordKind::Unspaced => {
                // Behind a piece in the same run, or at the start of the next one.
                let position = place.end.saturating_sub(word.position);
                let byte = if position == 0 { 0 } else { place.span.end.saturating_sub(word.span.start) };
                here(word, text, piece, byte, position)
            }
        }?;
        place = Place { start: place.start, end: next.end, span: Span::new(place.span.start, next.span.end) };
    }
    Some(place)
}

fn equals(text: &str, piece: &Piece) -> bool {
    match (piece.open_start, piece.open_end) {
        (false, false) => text == piece.text,
        (false, true) => text.starts_with(&piece.text),
        (true, false) => text.ends_with(&piece.text),
        (true, true) => text.contains(&piece.text),
    }
}

fn whole(word: &Word) -> Place {
    Place { start: word.position, end: word.position + word.width, span: word.span }
}

/// The first place inside a Hangul word. Folding leaves Hangul as it is, so bytes agree.
fn inside(word: &Word, text: &str, piece: &Piece) -> Option<Place> {
    let start = word.span.start + text.find(&piece.text)?;
    Some(Place { span: Span::new(start, start + piece.text.len()), ..whole(word) })
}

/// The place in a run without spaces at byte `at`, which is character `position` of it. Folding
/// leaves these scripts as they are.
fn here(word: &Word, text: &str, piece: &Piece, at: usize, position: usize) -> Option<Place> {
    if !text.get(at..)?.starts_with(&piece.text) {
        return None;
    }
    let start = word.position + position;
    let from = word.span.start + at;
    let width = piece.text.chars().count();
    Some(Place { start, end: start + width, span: Span::new(from, from + piece.text.len()) })
}

/// The places of each operand of NEAR that belong to a whole chain; `None` when there is no chain.
/// Linear in the words and the places.
pub(super) fn chains(words: &Words, near: &Near) -> Option<Vec<Place>> {
    let of = |terms: &[Term]| -> Vec<Place> { terms.iter().flat_map(|term| places(words, term)).collect() };
    let positions = words.positions();
    let mut kept = vec![of(&near.first)];
    for (within, terms) in &near.rest {
        let before = kept.last()?;
        let list = close(of(terms), before, *within, positions);
        if list.is_empty() {
            return None;
        }
        kept.push(list);
    }
    // Back again: what has no partner further on is no part of a chain.
    let mut all = kept.pop()?;
    let mut after = all.clone();
    for ((within, _), list) in near.rest.iter().zip(kept).rev() {
        after = close(list, &after, *within, positions);
        all.extend_from_slice(&after);
    }
    Some(all)
}

/// Those of `list` that begin at most `within` words after one of `others` ends, or end at most so
/// many before one begins. A word is not near to itself.
fn close(list: Vec<Place>, others: &[Place], within: usize, positions: usize) -> Vec<Place> {
    const NONE: usize = usize::MAX;
    // The last end at or before each position, and the next start at or after it.
    let mut ends = vec![NONE; positions + 1];
    let mut starts = vec![NONE; positions + 1];
    for other in others {
        if let Some(end) = ends.get_mut(other.end) {
            *end = other.end;
        }
        if let Some(start) = starts.get_mut(other.start) {
            *start = other.start;
        }
    }
    let fill = |known: usize, slot: &mut usize| {
        if *slot == NONE {
            *slot = known;
        }
        *slot
    };
    ends.iter_mut().fold(NONE, fill);
    starts.iter_mut().rev().fold(NONE, fill);
    let near = |place: &Place| {
        let end = ends.get(place.start).copied().filter(|end| *end != NONE);
        let start = starts.get(place.end).copied().filter(|start| *start != NONE);
        end.is_some_and(|end| place.start - end < within) || start.is_some_and(|start| start - place.end < within)
    };
    list.into_iter().filter(near).collect()
}
