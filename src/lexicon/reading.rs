//! A text as the matcher sees it: words, clauses, sentences, and what is negated.

use super::build::is_latin;
use super::hash::{SEED, key, step};
use super::markers::{Marks, joining, mark};
use super::slips::{LONGEST, SHORTEST};
use crate::span::Span;
use crate::text::tokens::{Kind, Token, tokens};
use crate::text::{is_hangul, segment};

/// One word of the text, or a run of a script without spaces.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Bytes of the text read.
    pub span: Span,
    /// Number into [`Reading::clauses`].
    pub clause: u32,
    /// Number of the sentence, from 0.
    pub sentence: u32,
    /// Bytes of the lower-cased text, without laughter typed behind it.
    pub(super) low: Span,
    /// A run of a script without spaces.
    pub(super) run: bool,
    /// A mark that ends a clause stands before it.
    pub(super) stopped: bool,
    /// Words before it; a run counts a word for every two characters.
    pub(super) at: u32,
    /// Where the keys of its beginnings and ends stand; links and addresses have none.
    pub(super) keys: (u32, u32),
    /// A particle or a genitive may stand at its end: it has Hangul or an apostrophe.
    pub(super) joined: bool,
    /// Key of the word with its two middle letters swapped, where it may have a slip in it.
    pub(super) swapped: Option<u32>,
}

/// A clause: the words between two marks or contrasting conjunctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// Bytes of the text read.
    pub span: Span,
    /// The same without the conjunction that begins it.
    pub body: Span,
    pub sentence: u32,
    /// First word and the one behind the last.
    pub words: (u32, u32),
}

/// A text, read once for every lexicon. `O(bytes)`.
#[derive(Debug)]
pub struct Reading {
    pub(super) lower: String,
    language: String,
    pub(super) words: Vec<Word>,
    /// Keys of the beginnings of the words: of one letter, two, and so on.
    pub(super) keys: Vec<u32>,
    /// Keys of the ends, read from the last letter, as many as of the beginnings.
    pub(super) ends: Vec<u32>,
    clauses: Vec<Clause>,
    sentences: Vec<Span>,
    /// Places, in bytes of `lower`, where the way back to the text shifts: from here on, by how much.
    shifts: Vec<(usize, isize)>,
    marks: Marks,
}

/// Letters of a word that are filed; longer words match no listed one.
pub(super) const LONGEST_WORD: usize = 64;

impl Reading {
    /// Reads `text`, which should be in normal form ([`crate::text::Normalized`]), in the language
    /// with this code (`und` when unknown).
    pub fn new(text: &str, language: &str) -> Reading {
        Reading::of(&crate::text::Reading::new(text), language)
    }

    /// As [`Reading::new`], where the text is already cut and in lower case.
    pub(crate) fn of(read: &crate::text::Reading, language: &str) -> Reading {
        let text = read.text;
        let mut reading = Reading {
            shifts: if read.is_aligned() { Vec::new() } else { shifts(text, &read.lower) },
            lower: read.lower.clone(),
            language: language.to_string(),
            words: Vec::with_capacity(text.len() / 6 + 4),
            keys: Vec::with_capacity(text.len()),
            ends: Vec::with_capacity(text.len()),
            clauses: Vec::new(),
            sentences: segment::sentences(text),
            marks: Marks::default(),
        };
        reading.read_words(read.lower_tokens());
        reading.marks = mark(&mut reading);
        reading.number_clauses(text);
        reading
    }

    /// Code of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words, in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The sentences, in bytes of the text read.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// The text in lower case, character for character as the text read.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// True for a word that joins two parts of a clause ("and").
    pub(crate) fn joins(&self, word: &Word) -> bool {
        let low = self.lower.get(word.low.start..word.low.end);
        low.is_some_and(|low| joining(&self.language).contains(&low))
    }

    /// True when what stands in `low` (bytes of the lower-cased text), words `first` to `last`, is
    /// negated: by a word at most three words before it, or right behind it in Korean and Japanese.
    pub(super) fn is_negated(&self, low: Span, first: usize, last: usize) -> bool {
        self.marks.negate(self, low, first, last)
    }

    /// True when a contrasting conjunction stands in the text: "but", "aber", "지만".
    pub fn turns(&self) -> bool {
        self.marks.turns()
    }

    /// True when a negating word stands right before the word with this number.
    pub fn is_negated_at(&self, word: u32) -> bool {
        self.marks.negate_next(word as usize)
    }

    /// The span of the text read for a span of the lower-cased text.
    pub fn to_text(&self, low: Span) -> Span {
        Span::new(self.back(low.start), self.back(low.end))
    }

    fn back(&self, at: usize) -> usize {
        let after = self.shifts.partition_point(|(from, _)| *from <= at);
        let shift = after.checked_sub(1).map_or(0, |i| self.shifts[i].1);
        at.saturating_add_signed(shift)
    }

    fn read_words(&mut self, tokens: &[Token]) {
        let lower = std::mem::take(&mut self.lower);
        let mut sentence = 0u32;
        let mut stopped = false;
        let mut at = 0u32;
        let mut behind = 0;
        let mut push = |reading: &mut Reading, low: Span, run: bool, opaque: bool, stopped: bool| {
            let span = reading.to_text(low);
            let before = sentence;
            while reading.sentences.get(sentence as usize).is_some_and(|whole| whole.end <= span.start) {
                sentence += 1;
            }
            let from = reading.keys.len() as u32;
            let body = &lower[low.start..low.end];
            let low = Span::new(low.start, low.start + without_laughter(body).len());
            let body = &lower[low.start..low.end];
            let mut joined = false;
            if !run && !opaque {
                file(&mut reading.keys, body.chars());
                file(&mut reading.ends, body.chars().rev());
                joined = body.contains(|c| c == '\'' || is_hangul(c));
            }
            let keys = (from, reading.keys.len() as u32);
            let swapped = swapped(body, keys.1 - from);
            let stopped = stopped || sentence != before;
            reading.words.push(Word { span, clause: 0, sentence, low, run, stopped, at, keys, joined, swapped });
            at += if run { body.chars().count().div_ceil(2) as u32 } else { 1 };
        };
        for &token in tokens {
            let body = &lower[token.start..token.end];
            match token.kind {
                Kind::Marks => {
                    stopped |= stops(&lower, token);
                    behind = token.end;
                    continue;
                }
                Kind::Url | Kind::Email => push(self, Span::new(token.start, token.end), false, true, stopped),
                Kind::Mention => push(self, Span::new(token.start + 1, token.end), false, false, stopped),
                _ => {
                    stopped |= lower[behind..token.start].contains('\n');
                    let mut first = stopped;
                    for piece in split(body, token.kind == Kind::Unspaced) {
                        let low = Span::new(token.start + piece.start, token.start + piece.end);
                        push(self, low, piece.run, false, first);
                        first = false;
                    }
                }
            }
            stopped = false;
            behind = token.end;
        }
        self.lower = lower;
    }

    /// Numbers the clauses: a new one at every stop and where a contrast begins.
    fn number_clauses(&mut self, text: &str) {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut behind = 0;
        for (i, word) in self.words.iter_mut().enumerate() {
            let turn = self.marks.turns_at(i);
            if clauses.is_empty() || word.stopped || turn.is_some() {
                if let Some(last) = clauses.last_mut() {
                    last.span.end = trimmed_end(text, last.span.start, word.span.start);
                    last.words.1 = i as u32;
                }
                let span = Span::new(word.span.start, text.len());
                clauses.push(Clause { span, body: span, sentence: word.sentence, words: (i as u32, 0) });
            }
            // Conjunctions may stand behind each other: "but unfortunately".
            behind = turn.map_or(behind, |turn| turn.max(behind));
            if let Some(last) = clauses.last_mut().filter(|_| i == behind) {
                last.body.start = word.span.start;
            }
            word.clause = clauses.len() as u32 - 1;
        }
        if let Some(last) = clauses.last_mut() {
            last.span.end = trimmed_end(text, last.span.start, text.len());
            last.words.1 = self.words.len() as u32;
        }
        for clause in &mut clauses {
            clause.body.end = clause.span.end;
        }
        self.clauses = clauses;
    }
}

fn trimmed_end(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(end, |piece| start + piece.trim_end().len())
}

/// True when marks end a clause.
fn stops(text: &str, token: Token) -> bool {
    let marks = &text[token.start..token.end];
    marks.contains([',', ';', '、', '，', '،', '；', '؛', '–', '—', '。', '!', '?', '…', ':', '(', ')', '|', '/', '・'])
        || marks.contains("..")
        || (matches!(marks, "-" | "." | "+" | "~") && text[token.end..].starts_with([' ', '\n']))
        || (matches!(marks, "-" | "+") && text[..token.start].ends_with([' ', '\n']))
}

/// Files the keys of the first letters, of the first two, and so on.
fn file(keys: &mut Vec<u32>, letters: impl Iterator<Item = char>) {
    let mut state = SEED;
    for c in letters.take(LONGEST_WORD + 1) {
        state = step(state, c);
        keys.push(key(state));
    }
}

/// Key of a Latin word of so many letters with its two middle ones swapped; none for a word too short
/// or long to be looked for with slips.
fn swapped(word: &str, letters: u32) -> Option<u32> {
    let letters = letters as usize;
    if !(SHORTEST - 1..=LONGEST).contains(&letters) || !word.chars().all(is_latin) {
        return None;
    }
    let half = letters / 2;
    let (mut state, mut before) = (SEED, ' ');
    for (at, c) in word.chars().enumerate() {
        if at + 1 == half {
            before = c;
            continue;
        }
        state = step(state, c);
        if at == half {
            state = step(state, before);
        }
    }
    Some(key(state))
}

/// The word without Hangul letters typed alone behind it: "늦어요ㅠㅠ".
fn without_laughter(word: &str) -> &str {
    let bare = word.trim_end_matches(|c| ('\u{3131}'..='\u{318E}').contains(&c));
    if bare.ends_with(is_hangul) { bare } else { word }
}

/// Where the bytes of `lower` and of `text` drift apart.
fn shifts(text: &str, lower: &str) -> Vec<(usize, isize)> {
    let mut shifts = Vec::new();
    if text.is_ascii() {
        return shifts;
    }
    let (mut at, mut low_at) = (0isize, 0isize);
    for (c, low) in text.chars().zip(lower.chars()) {
        at += c.len_utf8() as isize;
        low_at += low.len_utf8() as isize;
        if c.len_utf8() != low.len_utf8() {
            shifts.push((low_at as usize, at - low_at));
        }
    }
    shifts
}

/// A word inside a phrase or a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub run: bool,
}

/// The words of a piece of a phrase, as [`Reading`] would see them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    tokens(text).filter(|token| token.kind != Kind::Marks).flat_map(|token| {
        let skip = usize::from(token.kind == Kind::Mention);
        let body = &text[token.start + skip..token.end];
        let at = token.start + skip;
        split(body, token.kind == Kind::Unspaced).map(move |piece| Piece {
            start: at + piece.start,
            end: at + piece.end,
            run: piece.run,
        })
    })
}

/// Articles and the like that French, Italian, Portuguese and Catalan write before a vowel with an
/// apostrophe and no space.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "un", "dell", "all", "nell", "dall", "sull", "quest", "quell",
    "jusqu", "lorsqu", "puisqu", "quelqu", "bell", "sant", "po", "com", "gl",
];

/// A token, cut behind an elided article.
fn split(body: &str, run: bool) -> impl Iterator<Item = Piece> + use<> {
    let cut = (!run)
        .then(|| body.find('\''))
        .flatten()
        .filter(|at| ELIDED.contains(&&body[..*at]) && body.len() > at + 1)
        .map_or(0, |at| at + 1);
    let first = (cut > 0).then_some(Piece { start: 0, end: cut, run });
    first.into_iter().chain([Piece { start: cut, end: body.len(), run }])
}
