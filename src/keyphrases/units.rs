//! Cuts a text into the units that phrases are made of.

use super::japanese;
use super::korean;
use super::lists::{Lang, Listed};
use super::spaced;
use crate::order::Sorted;
use crate::privacy::{self, PiiType};
use crate::span::Span;
use crate::text::tokens::{Kind, tokens};
use crate::text::{Normalized, Script, Word, WordKind, Words, script_of};

/// What a unit is in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word that says what the text is about.
    Content,
    /// A general noun: no phrase alone.
    Light,
    /// A judgement or modifier: no phrase alone.
    Weak,
    /// Stands between two others.
    Link,
}

/// One unit of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub class: Class,
    /// The word without its inflection: equal keys are the same word.
    pub key: String,
    /// Bytes of the normal form.
    pub span: Span,
    /// Units of one run follow one another without a function word or a mark between.
    pub run: u32,
    /// Units of one clause stand between the same marks.
    pub clause: u32,
}

/// Units of one text.
#[derive(Debug)]
pub(crate) struct Units {
    pub list: Vec<Unit>,
    pub lang: Lang,
}

/// Most links in a row: "de la", and no list of them.
pub(super) const MAX_LINKS: usize = 2;

/// Collects units while a text is read.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub lang: Lang,
    units: Vec<Unit>,
    run: u32,
    clause: u32,
}

impl Reader<'_> {
    /// Adds a unit to the run.
    pub fn push(&mut self, class: Class, key: String, span: Span) {
        if !key.is_empty() && !span.is_empty() {
            self.units.push(Unit { class, key, span, run: self.run, clause: self.clause });
        }
    }

    /// Ends the run.
    pub fn cut(&mut self) {
        self.run += 1;
    }

    /// The unit before, if the run goes on.
    pub fn last(&self) -> Option<&Unit> {
        self.units.last().filter(|unit| unit.run == self.run)
    }

    /// How many links stand last in the run.
    pub fn links(&self) -> usize {
        let last = self.units.iter().rev().take_while(|unit| unit.run == self.run && unit.class == Class::Link);
        last.take(MAX_LINKS).count()
    }

    /// Turns the last unit, if the run goes on, into another class.
    pub fn reclass(&mut self, class: Class) {
        if let Some(unit) = self.units.last_mut().filter(|unit| unit.run == self.run) {
            unit.class = class;
        }
    }

    /// Adds a link between two units, or ends the run where nothing is to be linked.
    pub fn link(&mut self, word: &str, span: Span) {
        match self.last().map(|unit| unit.class) {
            // German: an adverb in small letters may look like an adjective, and links to nothing.
            Some(Class::Weak) if self.lang == Lang::De => self.cut(),
            Some(Class::Content | Class::Light | Class::Weak) => self.push(Class::Link, word.to_owned(), span),
            _ => self.cut(),
        }
    }
}

/// The units of a text, without personal data. `None` when no list fits its language and script.
/// `O(bytes)`.
pub(crate) fn units(normal: &Normalized, code: &str) -> Option<Units> {
    let text = normal.text();
    let words = Words::new(text);
    let lang = language(&words, code)?;
    let closed = closed(normal);
    let mut closed = closed.iter().peekable();
    let mut reader = Reader { text, lang, units: Vec::new(), run: 0, clause: 0 };
    let nouns_are_capital = lang == Lang::De && spaced::has_capital_nouns(&words, text);
    let mut at = 0;
    let mut end = 0;
    let mut numbered = false;
    while let Some(word) = words.list.get(at) {
        let gap = text.get(end..word.span.start).unwrap_or_default();
        gap_ends(&mut reader, gap);
        numbered &= gap.is_empty();
        // A compound with hyphens is one word.
        let mut last = word;
        let mut next = at + 1;
        while let Some(word) = words.list.get(next)
            && last.kind == WordKind::Spaced
            && word.kind == WordKind::Spaced
            && matches!(text.get(last.span.end..word.span.start), Some("-" | "‐" | "‑"))
        {
            last = word;
            next += 1;
        }
        let span = Span::new(word.span.start, last.span.end);
        while closed.peek().is_some_and(|place| place.end <= span.start) {
            closed.next();
        }
        if closed.peek().is_some_and(|place| place.overlaps(&span)) {
            reader.cut();
            numbered = false;
        } else {
            let folded = words.folded.get(word.folded.start..last.folded.end).unwrap_or_default();
            numbered = one(&mut reader, word, folded, span, numbered, nouns_are_capital);
        }
        end = span.end;
        at = next;
    }
    Some(Units { list: reader.units, lang })
}

/// Reads one word; true when it is a number.
fn one(reader: &mut Reader, word: &Word, folded: &str, span: Span, numbered: bool, capitals: bool) -> bool {
    match word.kind {
        WordKind::Spaced if is_number(folded) => {
            reader.cut();
            return true;
        }
        WordKind::Spaced => spaced::word(reader, folded, span, capitals),
        WordKind::Hangul if numbered => reader.cut(),
        WordKind::Hangul => korean::word(reader, folded, span),
        WordKind::Unspaced => japanese::run(reader, span, numbered),
        WordKind::Emoji => reader.cut(),
    }
    false
}

/// Digits, alone or with letters: more than two, or more than letters, is a number or a code.
fn is_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits > 2 || (digits > 0 && digits * 2 > word.chars().count())
}

/// Ends run and clause where the text between two words says so.
fn gap_ends(reader: &mut Reader, gap: &str) {
    if gap.chars().any(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '\r' | '…' | '(' | ')' | '、' | '。' | '·' | '/' | '|')
            || "–—".contains(c)
    }) {
        reader.clause += 1;
    }
    if !gap.chars().all(|c| c == ' ' || matches!(c, '\'' | '’' | '\t' | '\u{3000}')) {
        reader.cut();
    }
}

/// The list a text is read with: that of its language, or of the Latin language whose function
/// words it has most of.
fn language(words: &Words, code: &str) -> Option<Lang> {
    let mut counts = [0usize; 3];
    for word in words.list.iter().take(400) {
        match word.kind {
            WordKind::Hangul => counts[0] += words.text(word).chars().count(),
            WordKind::Unspaced => counts[1] += words.text(word).chars().filter(|c| is_east_asian(*c)).count(),
            WordKind::Spaced => counts[2] += words.text(word).chars().filter(|c| script_of(*c) == Script::Latn).count(),
            WordKind::Emoji => {}
        }
    }
    let [hangul, east, latin] = counts;
    // A few words of another script decide nothing: East Asian text often holds Latin names.
    if hangul > 0 && hangul >= east && hangul * 3 >= latin {
        return Some(Lang::Ko);
    }
    if east > 0 && east * 3 >= latin {
        return Some(Lang::Ja);
    }
    if latin == 0 {
        return None;
    }
    if let Some(lang) = Lang::from_code(code).filter(|lang| !matches!(lang, Lang::Ko | Lang::Ja)) {
        return Some(lang);
    }
    let known = |lang: Lang| {
        let stops = |word: &&Word| word.kind == WordKind::Spaced && lang.lists(words.text(word), Listed::Stop);
        words.list.iter().take(400).filter(stops).count()
    };
    let mut best = (Lang::En, known(Lang::En));
    for lang in Lang::LATIN {
        let count = known(lang);
        if count > best.1 {
            best = (lang, count);
        }
    }
    // A language without a list shares few function words with one that has.
    (code == "und" || best.1 * 3 >= words.list.len()).then_some(best.0)
}

fn is_east_asian(c: char) -> bool {
    matches!(script_of(c), Script::Jpan | Script::Hani)
}

/// Places that no phrase may touch, in bytes of the normal form: personal data, links, handles,
/// addresses. In order.
fn closed(normal: &Normalized) -> Vec<Span> {
    let text = normal.text();
    let mut places: Vec<Span> = tokens(text)
        .filter(|token| matches!(token.kind, Kind::Url | Kind::Email | Kind::Mention))
        .map(|token| Span::new(token.start, token.end))
        .collect();
    let found = privacy::detect(normal, &PiiType::DEFAULT);
    if !found.is_empty() {
        // Findings are places of the original text; what lies over them in the normal form is closed.
        let mut found: Vec<Span> = found.iter().map(|pii| pii.span).collect();
        found.order();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let here = normal.to_original(Span::new(at, at + c.len_utf8()));
            while found.get(from).is_some_and(|place| place.end <= here.start) {
                from += 1;
            }
            if found.get(from).is_some_and(|place| place.overlaps(&here)) {
                places.push(Span::new(at, at + c.len_utf8()));
            }
        }
    }
    places.order();
    // So that ends rise too: one look forward a word is enough.
    places.dedup_by(|next, kept| {
        let joined = next.start <= kept.end;
        if joined {
            kept.end = kept.end.max(next.end);
        }
        joined
    });
    places
}
