//! One pass over a text that finds every phrase.

use super::MAX_MATCHES;
use super::build::{Atom, GATE, Lexicon, Phrase, is_latin};
use super::filed::Filed;
use super::hash::{SEED, key, step, whole};
use super::particles::may_follow;
use super::phrase::{Kind, Link};
use super::reading::LONGEST_WORD;
use super::reading::{Reading, Word};
use super::rules::RuleMatch;
use super::slips::{LONGEST, SHORTEST, one_edit};
use crate::order::Sorted;
use crate::span::Span;

/// How much later, in characters, the next part of a phrase without spaces may begin.
pub(super) const LATER_CHARS: usize = 6;
/// Phrases compared with the text, at least and per byte of it: whatever the lexicon, a scan is linear.
const LEAST_STEPS: usize = 1 << 16;
const STEPS_A_BYTE: usize = 32;

/// A phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Bytes of the text read: whole words, or the part of a run.
    pub span: Span,
    /// Number the builder gave.
    pub phrase: u32,
    /// Number into [`Reading::clauses`]: that of the first word.
    pub clause: u32,
    /// Number of the sentence, from 0.
    pub sentence: u32,
    /// First and last word.
    pub words: (u32, u32),
    /// A negation reaches it.
    pub negated: bool,
    /// The text has a slip in it.
    pub slip: bool,
    /// Bytes of the lower-cased text.
    pub(super) low: Span,
}

/// What a lexicon found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// By place, then by number; matches may overlap.
    pub matches: Vec<Match>,
    /// By number of the rule, then by place.
    pub rules: Vec<RuleMatch>,
    /// There was more than [`MAX_MATCHES`], or the work ran out.
    pub truncated: bool,
}

/// A scan in the making.
struct Scan<'s> {
    lexicon: &'s Lexicon,
    reading: &'s Reading,
    matches: Vec<Match>,
    /// Number of the text's language among those of the lexicon, from 1; 0 for none.
    language: u16,
    steps: usize,
    candidates: Vec<u32>,
}

impl Lexicon {
    /// All phrases and rules that match. Linear in the bytes of the text; each phrase found costs
    /// the phrases that share its rarest word.
    pub fn scan(&self, reading: &Reading) -> Found {
        let language = self.languages.iter().position(|code| code == reading.language());
        let mut scan = Scan {
            lexicon: self,
            reading,
            matches: Vec::new(),
            language: language.map_or(0, |at| at as u16 + 1),
            steps: LEAST_STEPS + STEPS_A_BYTE * reading.lower.len(),
            candidates: Vec::new(),
        };
        for (at, word) in reading.words.iter().enumerate() {
            if scan.steps == 0 || scan.matches.len() > MAX_MATCHES {
                break;
            }
            if word.run {
                scan.parts(at, word, 1);
            } else {
                scan.word(at, word);
            }
        }
        let Scan { mut matches, mut steps, .. } = scan;
        let crowded = matches.len() > MAX_MATCHES;
        matches.truncate(MAX_MATCHES);
        matches.order();
        // The same place may be found with and without accents, or by a slip.
        matches.dedup_by(|b, a| (a.span, a.phrase) == (b.span, b.phrase));
        let rules = self.rules.find(reading, &matches, &mut steps);
        Found { matches, rules, truncated: crowded || steps == 0 }
    }
}

impl Scan<'_> {
    fn word(&mut self, at: usize, word: &Word) {
        let lexicon = self.lexicon;
        let (from, to) = (word.keys.0 as usize, word.keys.1 as usize);
        let (Some(keys), Some(ends)) = (self.reading.keys.get(from..to), self.reading.ends.get(from..to)) else {
            return;
        };
        let body = word.low.slice(&self.reading.lower).unwrap_or("");
        let mut listed = false;
        let (first, stems) = lexicon.lengths.within(Kind::Stem, keys);
        for (i, key) in stems.iter().enumerate() {
            if lexicon.words.may_hold(*key) && self.stands(&lexicon.words, *key, at, word.low, body) {
                // A stem may be the whole word.
                listed |= first + i + 1 == keys.len();
            }
        }
        // A shorter word may be the whole one only before a particle.
        let wholes = if word.joined { keys } else { &keys[keys.len().saturating_sub(1)..] };
        for key in wholes {
            listed |= self.stands(&lexicon.words, whole(*key), at, word.low, body);
        }
        for key in lexicon.lengths.within(Kind::End, ends).1 {
            if lexicon.ends.may_hold(*key) {
                self.stands(&lexicon.ends, *key, at, word.low, body);
            }
        }
        if lexicon.lengths.range(Kind::Part).1 > 0 && keys.len() > GATE {
            self.parts(at, word, 0);
        }
        if let Some(swapped) = word.swapped.filter(|_| !listed && !lexicon.slips.is_empty()) {
            let mut candidates = std::mem::take(&mut self.candidates);
            candidates.clear();
            lexicon.slips.candidates(keys, ends, &mut candidates);
            // Two letters swapped in the middle leave no half alone.
            candidates.extend_from_slice(lexicon.words.get(whole(swapped)));
            if !candidates.is_empty() {
                candidates.order();
                candidates.dedup();
                self.slips(at, word, body, &candidates);
            }
            self.candidates = candidates;
        }
    }

    /// Finds the phrases of what is filed under the key and is the word; true where something is.
    fn stands(&mut self, filed: &Filed, key: u32, at: usize, low: Span, body: &str) -> bool {
        let mut stands = false;
        for number in filed.get(key) {
            if fits(self.lexicon, self.lexicon.atoms[*number as usize], body) {
                stands = true;
                self.found(*number, at, at, low, false);
            }
        }
        stands
    }

    /// Parts of a word or a run, from every character on. `run` is 1 for runs.
    fn parts(&mut self, at: usize, word: &Word, run: usize) {
        let lexicon = self.lexicon;
        if lexicon.parts.is_empty() {
            return;
        }
        let body = word.low.slice(&self.reading.lower).unwrap_or("");
        let kind = if run == 1 { Kind::Run } else { Kind::Part };
        let (least, most) = lexicon.lengths.range(kind);
        // Letters of a word are known, if it is not too long to be filed.
        let letters = (word.keys.1 - word.keys.0) as usize;
        let begin = if run == 1 || letters > LONGEST_WORD { usize::MAX } else { (letters + 1).saturating_sub(least) };
        for (from, c) in body.char_indices().take(begin) {
            let rest = &body[from..];
            let one = step(SEED, c);
            let two = rest[c.len_utf8()..].chars().next().map(|next| key(step(one, next)));
            // No part of a word has one letter only.
            let single = run == 1 && lexicon.gates.may_hold(key(one));
            if !single && !two.is_some_and(|two| lexicon.gates.may_hold(two)) {
                continue;
            }
            let mut state = SEED;
            for (to, c) in rest.char_indices().take(most) {
                state = step(state, c);
                for number in lexicon.parts.get(key(state)) {
                    let atom = lexicon.atoms[*number as usize];
                    let end = to + c.len_utf8();
                    let is_run = atom.kind == Kind::Run;
                    let text = &rest[..end];
                    let same = lexicon.atom_text(atom.text) == text || lexicon.atom_text(atom.plain) == text;
                    if !same || is_run != (run == 1) || (is_run && !stands_apart(text, &body[..from], &rest[end..])) {
                        continue;
                    }
                    let low =
                        if is_run { Span::new(word.low.start + from, word.low.start + from + end) } else { word.low };
                    self.found(*number, at, at, low, false);
                }
            }
        }
    }

    /// Those of the candidates that the word is one slip away from.
    #[cold]
    fn slips(&mut self, at: usize, word: &Word, body: &str, candidates: &[u32]) {
        for number in candidates {
            self.steps = self.steps.saturating_sub(1);
            if is_slip(self.lexicon, self.lexicon.atoms[*number as usize], body) {
                self.found(*number, at, at, word.low, true);
            }
        }
    }

    /// A listed word stands at `low`: the phrases looked for by it that fit around it are found.
    fn found(&mut self, atom: u32, first: usize, last: usize, low: Span, slip: bool) {
        let lexicon = self.lexicon;
        let (from, to) = (lexicon.begins[atom as usize] as usize, lexicon.begins[atom as usize + 1] as usize);
        for (number, place) in &lexicon.uses[from..to] {
            let Some(left) = self.steps.checked_sub(1) else { return };
            self.steps = left;
            let phrase = lexicon.phrases[*number as usize];
            if phrase.bound != 0 && phrase.bound != self.language {
                continue;
            }
            let mut around = Around { first, last, low, slip };
            if phrase.len > 1 && !self.fits_around(phrase, *place as usize, &mut around) {
                continue;
            }
            self.push(*number, around);
        }
    }

    fn push(&mut self, phrase: u32, around: Around) {
        let Around { first, last, low, slip } = around;
        let (Some(word), true) = (self.reading.words.get(first), self.matches.len() <= MAX_MATCHES) else { return };
        self.matches.push(Match {
            span: self.reading.to_text(low),
            phrase,
            clause: word.clause,
            sentence: word.sentence,
            words: (first as u32, last as u32),
            negated: self.reading.is_negated(low, first, last),
            slip,
            low,
        });
    }

    /// True when the other words of the phrase stand around the one at `place`; widens `around`.
    fn fits_around(&self, phrase: Phrase, place: usize, around: &mut Around) -> bool {
        let lexicon = self.lexicon;
        let places = &lexicon.places[phrase.places()];
        let after =
            places[place + 1..].iter().all(|next| self.after(lexicon.atoms[next.atom as usize], next.link, around));
        // The link of a word is to the one before it.
        after
            && (0..place).rev().all(|i| self.before(lexicon.atoms[places[i].atom as usize], places[i + 1].link, around))
    }

    fn after(&self, atom: Atom, link: Link, around: &mut Around) -> bool {
        let reading = self.reading;
        let lower = &reading.lower;
        if link == Link::Next || atom.kind != Kind::Run {
            let Some(word) = reading.words.get(around.last + 1) else { return false };
            let gap = || lower.get(around.low.end..word.low.start).unwrap_or("");
            let near = match link {
                Link::Next => !word.stopped,
                Link::Touching => gap().is_empty(),
                Link::Later => !word.stopped && gap().chars().count() <= LATER_CHARS,
            };
            return near && self.take(atom, around.last + 1, around, false);
        }
        let text = self.lexicon.atom_text(atom.text);
        let rest = lower.get(around.low.end..).unwrap_or("");
        let most = if link == Link::Touching { 0 } else { LATER_CHARS };
        for (at, c) in rest.char_indices().take(most + 1) {
            if rest[at..].starts_with(text) {
                around.low.end += at + text.len();
                let last = &mut around.last;
                while reading.words.get(*last + 1).is_some_and(|word| word.low.start < around.low.end) {
                    *last += 1;
                }
                return true;
            }
            if is_stop(c) {
                return false;
            }
        }
        false
    }

    fn before(&self, atom: Atom, link: Link, around: &mut Around) -> bool {
        let reading = self.reading;
        let lower = &reading.lower;
        if link == Link::Next || atom.kind != Kind::Run {
            let Some(at) = around.first.checked_sub(1) else { return false };
            let (word, own) = (reading.words[at], reading.words[around.first]);
            let gap = || lower.get(word.low.end..around.low.start).unwrap_or("");
            let near = match link {
                Link::Next => !own.stopped,
                Link::Touching => gap().is_empty(),
                Link::Later => !own.stopped && gap().chars().count() <= LATER_CHARS,
            };
            return near && self.take(atom, at, around, true);
        }
        let text = self.lexicon.atom_text(atom.text);
        let rest = lower.get(..around.low.start).unwrap_or("");
        let most = if link == Link::Touching { 0 } else { LATER_CHARS };
        let mut end = rest.len();
        for _ in 0..=most {
            let head = &rest[..end];
            if head.ends_with(text) {
                around.low.start = end - text.len();
                while around.first > 0 && reading.words[around.first].low.start > around.low.start {
                    around.first -= 1;
                }
                return true;
            }
            match head.chars().next_back() {
                Some(c) if !is_stop(c) => end -= c.len_utf8(),
                _ => return false,
            }
        }
        false
    }

    /// True when the atom is the word numbered `at`; the phrase then reaches to it.
    fn take(&self, atom: Atom, at: usize, around: &mut Around, before: bool) -> bool {
        let Some(word) = self.reading.words.get(at).filter(|word| !word.run && word.keys.0 < word.keys.1) else {
            return false;
        };
        let body = word.low.slice(&self.reading.lower).unwrap_or("");
        // Most neighbours begin with another letter.
        let begins = |range: (u32, u32)| self.lexicon.arena.as_bytes().get(range.0 as usize) == body.as_bytes().first();
        if matches!(atom.kind, Kind::Whole | Kind::Stem) && !begins(atom.text) && !begins(atom.plain) {
            return false;
        }
        if !fits(self.lexicon, atom, body) {
            if !is_slip(self.lexicon, atom, body) {
                return false;
            }
            around.slip = true;
        }
        if before {
            around.first = at;
            around.low.start = word.low.start;
        } else {
            around.last = at;
            around.low.end = word.low.end;
        }
        true
    }
}

/// Where the phrase in the making stands.
struct Around {
    first: usize,
    last: usize,
    low: Span,
    slip: bool,
}

/// Marks that no part of a phrase is looked for behind.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '…' | '\n')
}

/// True when the listed word is the word `body`, by its kind.
fn fits(lexicon: &Lexicon, atom: Atom, body: &str) -> bool {
    let same = |listed: &str| match atom.kind {
        Kind::Whole => body.strip_prefix(listed).is_some_and(may_follow),
        Kind::Stem => body.starts_with(listed),
        Kind::End => body.ends_with(listed),
        Kind::Part => body.contains(listed),
        Kind::Run => body == listed,
    };
    same(lexicon.atom_text(atom.text)) || (atom.plain != atom.text && same(lexicon.atom_text(atom.plain)))
}

/// True when the word is the listed one with one slip.
fn is_slip(lexicon: &Lexicon, atom: Atom, body: &str) -> bool {
    let text = lexicon.atom_text(atom.text);
    // Both begin with the same letter; most words end here.
    if atom.kind != Kind::Whole || text.len() < SHORTEST || text.as_bytes().first() != body.as_bytes().first() {
        return false;
    }
    let count = text.chars().count();
    if !(SHORTEST..=LONGEST).contains(&count) || !text.chars().all(is_latin) {
        return false;
    }
    let (mut letters, mut len) = ([' '; LONGEST + 2], 0);
    for (letter, c) in letters.iter_mut().zip(body.chars()) {
        *letter = c;
        len += 1;
    }
    one_edit(&letters[..len], text)
}

/// Two katakana letters or fewer must be a whole katakana word: バス is not in バスタオル.
fn stands_apart(text: &str, before: &str, after: &str) -> bool {
    let katakana = |c: char| ('\u{30A1}'..='\u{30FA}').contains(&c) || c == 'ー';
    if text.chars().count() > 2 || !text.chars().all(katakana) {
        return true;
    }
    !before.ends_with(katakana) && !after.starts_with(katakana)
}
