//! What was expected and what came instead.

use super::View;
use super::rules::{Group, Hit};
use crate::analysis::{Expectation, SentimentLabel};
use crate::span::Span;

/// Most pairs given for one text.
const MOST: usize = 16;
/// Bytes behind the expectation in which what came is looked for.
const REACH: usize = 160;
/// Longest piece, in bytes.
const LONGEST: usize = 160;

/// Beginnings of words of expecting, which tell an expectation by themselves where the text is negative.
const EXPECTS: [&str; 10] =
    ["expect", "erwart", "attend", "espera", "aspett", "verwacht", "spodziew", "oczekiw", "기대", "期待"];

/// Pairs by place: what was expected and what came, by a word of coming or behind "but". Of a negative text that tells
/// nothing of what came, the expectation alone, where a word of expecting tells it.
pub(super) fn find(view: &View, sentiment: SentimentLabel) -> Vec<Expectation> {
    let mut pairs: Vec<Expectation> = Vec::new();
    let mut until = 0;
    for mark in view.hits {
        if pairs.len() == MOST {
            break;
        }
        let expected = match mark.group {
            Group::ExpectedBehind => behind(view, mark),
            Group::ExpectedBefore => before(view, mark, until),
            _ => continue,
        };
        let Some(expected) = expected.filter(|span| span.start >= until) else { continue };
        let from = expected.end.max(mark.span.end);
        if called_off(view, mark) {
            continue;
        }
        let text = |span: Span| view.slice(span).to_string();
        let Some((got, contrast)) = came(view, mark, from) else {
            let word = view.slice(mark.span);
            if sentiment == SentimentLabel::Negative && EXPECTS.iter().any(|start| word.contains(start)) {
                until = expected.end;
                pairs.push(Expectation { expected: text(expected), got: None, spans: vec![expected] });
            }
            continue;
        };
        if got.overlaps(&expected) || (sentiment == SentimentLabel::Positive && !contrast) {
            continue;
        }
        until = got.end;
        pairs.push(Expectation { expected: text(expected), got: Some(text(got)), spans: vec![expected, got] });
    }
    pairs
}

/// "as expected", "better than expected" in the same sentence.
fn called_off(view: &View, mark: &Hit) -> bool {
    view.of(Group::AsExpected).any(|hit| hit.sentence == mark.sentence)
}

/// From the mark to the end of its clause, to a contrast or to a word of coming.
fn behind(view: &View, mark: &Hit) -> Option<Span> {
    let start = mark.span.end;
    let word = view.reading.words().get(view.reading.words().partition_point(|word| word.span.start < start))?;
    let sentence = view.sentence(mark.sentence);
    if word.span.start >= sentence.end {
        return None;
    }
    let end = view.clause(word.clause).end.min(sentence.end);
    let stops = |hit: &&Hit| {
        matches!(hit.group, Group::GotBehind | Group::GotBefore | Group::Contrast)
            && hit.span.start > word.span.start
            && hit.span.start < end
    };
    let end = view.hits.iter().find(stops).map_or(end, |hit| hit.span.start);
    trim(view, Span::new(word.span.start, end))
}

/// From the beginning of the clause, or what was told before, to the mark.
fn before(view: &View, mark: &Hit, until: usize) -> Option<Span> {
    let start = view.clause(mark.clause).start.max(until);
    trim(view, Span::new(start.min(mark.span.start), mark.span.start))
}

/// What came, and whether a contrast leads to it.
fn came(view: &View, mark: &Hit, from: usize) -> Option<(Span, bool)> {
    let near = |hit: &&Hit| {
        hit.span.end > from && hit.span.start <= from + REACH && hit.sentence.wrapping_sub(mark.sentence) <= 1
    };
    let contrast =
        view.of(Group::Contrast).filter(near).find(|hit| hit.span.start >= from && hit.sentence == mark.sentence);
    for hit in view.hits.iter().filter(near) {
        let span = match hit.group {
            Group::GotBehind if hit.span.start >= from => {
                let end = view.clause(hit.clause).end;
                trim(view, Span::new(hit.span.end, end.max(hit.span.end)))
                    .or_else(|| trim(view, Span::new(from, hit.span.start)))
                    .or_else(|| trim(view, hit.span))
            }
            Group::GotBefore => {
                let start = contrast.filter(|word| word.span.end <= hit.span.start).map_or(from, |word| word.span.end);
                trim(view, Span::new(start.min(hit.span.start), hit.span.start)).or_else(|| trim(view, hit.span))
            }
            _ => continue,
        };
        if let Some(span) = span {
            return Some((span, contrast.is_some_and(|word| word.span.start < span.start)));
        }
    }
    let Some(contrast) = contrast else { return turned(view, mark, from) };
    let words = view.reading.words();
    let word = words.get(words.partition_point(|word| word.span.start < contrast.span.end));
    let clause = word.map_or(contrast.clause, |word| word.clause);
    let end = view.clause(clause).end.min(view.sentence(mark.sentence).end);
    let behind = trim(view, Span::new(contrast.span.end, end.max(contrast.span.end)));
    // "it did not" says what came by itself.
    behind.or((contrast.span.len() > SAYS).then_some(contrast.span)).map(|span| (span, true))
}

/// A contrast longer than this, in bytes, says something by itself.
const SAYS: usize = 6;

/// The clause behind a contrast that the reading found: no mark stands before it.
fn turned(view: &View, mark: &Hit, from: usize) -> Option<(Span, bool)> {
    let clauses = view.reading.clauses();
    let next = clauses.partition_point(|clause| clause.span.start < from);
    let clause = clauses.get(next).filter(|clause| clause.sentence == mark.sentence)?;
    let marked = view.text[from..clause.span.start].contains(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    let first = view.reading.words().get(clause.words.0 as usize)?;
    let span = trim(view, Span::new(first.span.end, clause.span.end.max(first.span.end)))?;
    (!marked).then_some((span, true))
}

/// Without white space and marks around; nothing when no word is left or it is too long.
pub(super) fn trim(view: &View, span: Span) -> Option<Span> {
    let text = view.slice(span);
    let front = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = span.start + (text.len() - front.len());
    let end = start + front.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    (start < end && end - start <= LONGEST).then(|| view.bare(Span::new(start, end)))
}
