//! The n-grams of a text, as 64-bit hashes. Shared by the engine and the trainer, so that
//! features cannot drift.
//!
//! Word group: words, pairs of words, marks, emoji, placeholders, first and last word, the last
//! characters of the text, its length class. Character group: 1 to 4 characters inside `_word_`,
//! and 1 to 3 characters of runs written without spaces.
//!
//! Listed names, cities, countries, groups and gendered person words (`people`) are seen as
//! one placeholder a kind, so that another name moves no label; capitals are not seen, exclamation
//! marks are full stops. A text is read in two views at once: the raw view has the other marks, the plain
//! view leaves out all but question marks and faces, so that a transcript without marks reads the same.

use super::people::{Class, people};
use crate::text::tokens::{Kind, Token, tokens};
use crate::text::{is_hangul, low};

/// Which sum a feature belongs to; both are normalised apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Group {
    Word = 0,
    Char = 1,
}

/// Which reading of the text a feature belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum View {
    Both = 0,
    Raw = 1,
    Plain = 2,
}

/// One feature found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    pub hash: u64,
    pub group: Group,
    pub view: View,
    /// Where it stands, in bytes of the text read: a token, or a piece of a run without spaces.
    /// Empty for the length class and the context.
    pub at: (usize, usize),
    /// For a pair, the token before; else the same as `at`.
    pub before: (usize, usize),
    /// A pair: the raw view has one a token, behind all that the token gives but for what a first one gives.
    pub pair: bool,
}

/// What the survey question asked for, when it leans to one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What is good, what did you like.
    Good,
    /// What could be better, what went wrong.
    Better,
}

/// Seeds of the feature families. Changing one changes every model: the pack version must change too.
const WORD: u64 = 0x9AE1_6A3B_2F90_404F;
const PAIR: u64 = 0xC3A5_C85C_97CB_3127;
const CHARS: u64 = 0xB492_B66F_BE98_F273;
const UNSPACED: u64 = 0x8EBC_6AF0_9C88_C6E3;
const FIRST: u64 = 0xD6E8_FEB8_6659_FD93;
const LAST: u64 = 0xA076_1D64_78BD_642F;
const TAIL: u64 = 0xE703_7ED1_A0B4_28DB;
const LENGTH: u64 = 0x5897_65D1_7D6B_1F35;
const CONTEXT: u64 = 0x2545_F491_4F6C_DD1D;

/// Multiplier of the mixing step (FxHash constant, from the Firefox hash of the same name).
const STEP: u64 = 0x517C_C1B7_2722_0A95;

#[inline(always)]
fn step(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(value)).wrapping_mul(STEP)
}

/// Spreads all bits to the top, where the table looks (finaliser constant of SplitMix64).
#[inline(always)]
fn finish(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// Hash of a word written in folded characters; what [`super::people`] files its entries under.
pub(super) fn word_hash(chars: impl Iterator<Item = u32>) -> u64 {
    finish(chars.fold(WORD, step))
}

/// Stand-ins for tokens whose exact text says little. Private-use code points: no text has them
/// after normalisation as a word of its own.
const EDGE: u32 = 0xF0000;
const URL: u32 = 0xF0001;
const EMAIL: u32 = 0xF0002;
const MENTION: u32 = 0xF0003;
const NUMBER: u32 = 0xF0004;
/// The first of the placeholders of [`Class`].
const PEOPLE: u32 = 0xF0010;
const STOP: u32 = '.' as u32;
const IDEOGRAPHIC_STOP: u32 = '。' as u32;
const QUESTION: u32 = '?' as u32;
const ARABIC_QUESTION: u32 = '؟' as u32;

/// A kind of word is one placeholder; countries and groups are one kind ("Polish", "Jewish").
fn placeholder(class: Class) -> u32 {
    match class {
        Class::Country => PEOPLE + Class::Group as u32,
        class => PEOPLE + class as u32,
    }
}

/// Longest n-gram inside a word and inside a run without spaces, in characters.
const WORD_GRAM: usize = 4;
const UNSPACED_GRAM: usize = 3;

/// Marks the plain view leaves out.
fn is_loud(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| ".,!…。、·•*-–—\"“”„«»'’‘`~〜".contains(c))
}

/// Marks that say nothing when they stand alone.
fn is_lone(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| ":;()[]{}/\\|_+=&#%「」『』（）".contains(c))
}

/// Reads features; keeps its buffers between texts.
#[derive(Default)]
pub struct Extractor {
    /// Lower-cased, shortened characters of the current token with an edge before and behind.
    chars: Vec<u32>,
    /// The same without loud marks, when the plain view differs.
    plain: Vec<u32>,
    /// Hash of the current token, where the look for listed words made it.
    known: Option<u64>,
    /// The tokens of the text read last, as the raw view sees them.
    pub(super) steps: Vec<Step>,
}

/// A token as the features at the ends of a piece see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Where it begins, in bytes.
    pub start: usize,
    word: u64,
    tail: [u32; 3],
}

/// The last token of one view.
#[derive(Clone, Copy)]
struct Chain {
    word: u64,
    at: (usize, usize),
    seen: bool,
}

/// How the plain view sees the current token.
#[derive(PartialEq)]
enum Seen {
    Same,
    Changed,
    Dropped,
}

impl Extractor {
    /// Calls `emit` for every feature of `text` (the text of a [`crate::text::Normalized`]), in
    /// order, repeats included. `O(bytes)`.
    pub fn extract(&mut self, text: &str, asked: Option<Asked>, emit: impl FnMut(Feature)) {
        self.extract_tokens(text, &tokens(text).collect::<Vec<_>>(), asked, emit);
    }

    /// The same for a text whose tokens are known.
    pub(crate) fn extract_tokens(
        &mut self,
        text: &str,
        tokens: &[Token],
        asked: Option<Asked>,
        mut emit: impl FnMut(Feature),
    ) {
        let start = Chain { word: finish(WORD), at: (0, 0), seen: false };
        let (mut raw, mut plain) = (start, start);
        let (mut raw_tail, mut plain_tail) = ([0u32; 3], [0u32; 3]);
        let mut count = 0u32;
        self.steps.clear();
        for &token in tokens {
            if !self.read(text, token) {
                continue;
            }
            let seen = if token.kind == Kind::Marks { self.hush() } else { Seen::Same };
            let word = self.known.take().unwrap_or_else(|| Self::word(&self.chars, token.kind));
            let at = (token.start, token.end);
            let both = if seen == Seen::Same { View::Both } else { View::Raw };
            grams(&self.chars, token, text, both, word, &mut emit);
            if seen == Seen::Same && raw.word == plain.word && raw.seen == plain.seen {
                chain(&mut raw, word, at, View::Both, &mut emit);
                plain = raw;
            } else {
                chain(&mut raw, word, at, View::Raw, &mut emit);
                match seen {
                    Seen::Dropped => {}
                    Seen::Same => chain(&mut plain, word, at, View::Plain, &mut emit),
                    Seen::Changed => {
                        let word = Self::word(&self.plain, token.kind);
                        grams(&self.plain, token, text, View::Plain, word, &mut emit);
                        chain(&mut plain, word, at, View::Plain, &mut emit);
                    }
                }
            }
            raw_tail = tail(&self.chars);
            self.steps.push(Step { start: token.start, word, tail: raw_tail });
            if seen != Seen::Dropped {
                plain_tail = if seen == Seen::Same { raw_tail } else { tail(&self.plain) };
                count += 1;
            }
        }
        if raw.seen && plain.seen && raw.word == plain.word && raw_tail == plain_tail {
            last(&raw, raw_tail, View::Both, &mut emit);
        } else {
            last(&raw, raw_tail, View::Raw, &mut emit);
            last(&plain, plain_tail, View::Plain, &mut emit);
        }
        let length = match count {
            0..=2 => 0,
            3..=5 => 1,
            6..=10 => 2,
            11..=20 => 3,
            21..=40 => 4,
            _ => 5,
        };
        let mut whole = |hash| {
            emit(Feature {
                hash: finish(hash),
                group: Group::Word,
                view: View::Plain,
                at: (0, 0),
                before: (0, 0),
                pair: false,
            });
        };
        whole(step(LENGTH, length));
        if let Some(asked) = asked {
            let side = step(CONTEXT, asked as u32);
            whole(side);
            // What a short answer to such a question means is told by its only word.
            whole(step(side, length));
            if count <= 3 {
                whole(side ^ plain.word);
            }
        }
    }

    fn word(chars: &[u32], kind: Kind) -> u64 {
        match kind {
            Kind::Unspaced => finish(UNSPACED),
            _ => word_hash(chars[1..chars.len() - 1].iter().copied()),
        }
    }

    /// Fills `chars` with what the features see of the token; false for a token they do not see.
    fn read(&mut self, text: &str, token: Token) -> bool {
        self.chars.clear();
        self.chars.push(EDGE);
        let body = &text[token.start..token.end];
        match token.kind {
            Kind::Url => self.chars.push(URL),
            Kind::Email => self.chars.push(EMAIL),
            Kind::Mention => self.chars.push(MENTION),
            // Small numbers mean something ("10 of 10", "2 stars"), long ones do not.
            Kind::Number if body.len() > 2 => self.chars.push(NUMBER),
            kind => {
                fold(body, |c| push(&mut self.chars, c));
                let seen = match kind {
                    Kind::Word => self.hide_word(),
                    Kind::Unspaced => self.hide_inside(),
                    Kind::Marks => self.soften(),
                    _ => true,
                };
                if !seen {
                    return false;
                }
            }
        }
        self.chars.push(EDGE);
        true
    }

    /// Puts the placeholder for a listed word, or for one at the beginning of a Hangul word; false
    /// for marks of dialect.
    fn hide_word(&mut self) -> bool {
        let inner = &self.chars[1..];
        let found = if char::from_u32(inner[0]).is_some_and(is_hangul) {
            people().beginning(inner)
        } else {
            let hash = word_hash(inner.iter().copied());
            self.known = Some(hash);
            people().whole(inner, hash)
        };
        let Some((len, class)) = found else { return true };
        self.known = None;
        if class == Class::Dialect {
            self.chars.drain(1..=len);
            return self.chars.len() > 1;
        }
        self.chars.splice(1..=len, [placeholder(class)]);
        true
    }

    /// Puts placeholders for the listed words inside a run without spaces. `O(characters)`.
    fn hide_inside(&mut self) -> bool {
        let people = people();
        let (mut from, mut to) = (1, 1);
        while from < self.chars.len() {
            match people.beginning(&self.chars[from..]) {
                Some((len, class)) => {
                    self.chars[to] = placeholder(class);
                    from += len;
                }
                None => {
                    self.chars[to] = self.chars[from];
                    from += 1;
                }
            }
            to += 1;
        }
        self.chars.truncate(to);
        true
    }

    /// Takes exclamation marks out of a token of marks: no head hears them. A token of nothing else
    /// is heard as a full stop.
    fn soften(&mut self) -> bool {
        self.chars.retain(|c| *c != '!' as u32 && *c != '¡' as u32);
        if matches!(self.chars[1..], [] | [IDEOGRAPHIC_STOP]) {
            self.chars.truncate(1);
            self.chars.push(STOP);
        }
        true
    }

    /// How the plain view sees a token of marks; fills `plain` when it sees another.
    fn hush(&mut self) -> Seen {
        let inner = &self.chars[1..self.chars.len() - 1];
        let question = inner.iter().any(|c| [QUESTION, ARABIC_QUESTION].contains(c));
        let kept = inner.iter().filter(|c| !is_loud(**c)).count();
        if question {
            if inner == [QUESTION] {
                return Seen::Same;
            }
            self.plain.clear();
            self.plain.extend([EDGE, QUESTION, EDGE]);
            return Seen::Changed;
        }
        if kept == 0 || (kept == 1 && inner.iter().any(|c| is_lone(*c))) {
            return Seen::Dropped;
        }
        if kept == inner.len() {
            return Seen::Same;
        }
        self.plain.clear();
        self.plain.push(EDGE);
        self.plain.extend(inner.iter().filter(|c| !is_loud(**c)));
        self.plain.push(EDGE);
        Seen::Changed
    }
}

/// Hands over the folded characters of a token: lower case, typographic apostrophes made plain.
pub(super) fn fold(body: &str, mut take: impl FnMut(u32)) {
    for c in body.chars() {
        take(low(c) as u32);
        // The one letter whose lower case is two characters.
        if c == 'İ' {
            take(0x307);
        }
    }
}

/// Adds a character, shortening repeats of three and more to two.
#[inline]
fn push(chars: &mut Vec<u32>, c: u32) {
    let n = chars.len();
    if !(n > 2 && chars[n - 1] == c && chars[n - 2] == c) {
        chars.push(c);
    }
}

/// The last three characters of a token, the last first; 0 where it has fewer.
fn tail(chars: &[u32]) -> [u32; 3] {
    let mut tail = [0; 3];
    tail.iter_mut().zip(chars[1..chars.len() - 1].iter().rev()).for_each(|(tail, c)| *tail = *c);
    tail
}

/// Pair and first word of one view.
#[inline]
fn chain(chain: &mut Chain, word: u64, at: (usize, usize), view: View, emit: &mut impl FnMut(Feature)) {
    let before = if chain.seen { chain.at } else { at };
    emit(Feature { hash: pair(chain.word, word), group: Group::Word, view, at, before, pair: true });
    if !chain.seen {
        emit(Feature { hash: finish(FIRST ^ word), group: Group::Word, view, at, before: at, pair: false });
    }
    *chain = Chain { word, at, seen: true };
}

/// Two words behind each other.
#[inline]
fn pair(before: u64, word: u64) -> u64 {
    finish(step(PAIR ^ before, 0) ^ word)
}

/// Last word and last characters of one view.
fn last(chain: &Chain, tail: [u32; 3], view: View, emit: &mut impl FnMut(Feature)) {
    if chain.seen {
        let (at, before) = (chain.at, chain.at);
        closing(chain.word, tail, |hash| emit(Feature { hash, group: Group::Word, view, at, before, pair: false }));
    }
}

/// What a word at the end of a text gives.
#[inline]
fn closing(word: u64, tail: [u32; 3], mut give: impl FnMut(u64)) {
    give(finish(LAST ^ word));
    let mut hash = TAIL;
    for c in tail.into_iter().take_while(|c| *c != 0) {
        hash = step(hash, c);
        give(finish(hash));
    }
}

/// What the raw view of a piece of a text has and the text has not, or elsewhere: the pair and the mark of its
/// `first` token, unless the text begins with it, and what its last one gives. All are of the word group.
pub(super) fn edges(first: Option<&Step>, last: &Step, mut give: impl FnMut(u64)) {
    if let Some(first) = first {
        give(pair(finish(WORD), first.word));
        give(finish(FIRST ^ first.word));
    }
    closing(last.word, last.tail, give);
}

/// The token as a word, and its characters.
#[inline]
fn grams(chars: &[u32], token: Token, text: &str, view: View, word: u64, emit: &mut impl FnMut(Feature)) {
    let at = (token.start, token.end);
    match token.kind {
        Kind::Unspaced => unspaced_grams(&chars[1..chars.len() - 1], token, text, view, emit),
        kind => {
            emit(Feature { hash: word, group: Group::Word, view, at, before: at, pair: false });
            if kind == Kind::Word {
                word_grams(chars, |hash| emit(Feature { hash, group: Group::Char, view, at, before: at, pair: false }));
            }
        }
    }
}

#[inline]
fn word_grams(chars: &[u32], mut emit: impl FnMut(u64)) {
    for start in 0..chars.len() - 1 {
        let mut hash = CHARS;
        let window = &chars[start..(start + WORD_GRAM).min(chars.len())];
        for (i, &c) in window.iter().enumerate() {
            hash = step(hash, c);
            // An edge alone is in every text.
            if start > 0 || i > 0 {
                emit(finish(hash));
            }
        }
    }
}

fn unspaced_grams(chars: &[u32], token: Token, text: &str, view: View, emit: &mut impl FnMut(Feature)) {
    let body = &text[token.start..token.end];
    // With repeats shortened or names replaced, characters and places part: then the place is the run.
    let exact = body.chars().count() == chars.len();
    let mut from = token.start;
    let mut places = body.chars();
    for start in 0..chars.len() {
        let mut hash = UNSPACED;
        let mut end = from;
        let mut ahead = places.clone();
        for &c in &chars[start..(start + UNSPACED_GRAM).min(chars.len())] {
            hash = step(hash, c);
            end += ahead.next().map_or(0, char::len_utf8);
            let at = if exact { (from, end) } else { (token.start, token.end) };
            emit(Feature { hash: finish(hash), group: Group::Char, view, at, before: at, pair: false });
        }
        from += places.next().map_or(0, char::len_utf8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn set(text: &str, view: View) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        Extractor::default().extract(text, None, |feature| {
            if feature.view == View::Both || feature.view == view {
                found.insert(feature.hash);
            }
        });
        found
    }

    fn count(text: &str) -> [usize; 2] {
        let mut counts = [0; 2];
        Extractor::default().extract(text, None, |feature| {
            if feature.view != View::Raw {
                counts[feature.group as usize] += 1;
            }
        });
        counts
    }

    #[test]
    fn case_and_marks_do_not_change_the_plain_view() {
        let plain = set("this is not good", View::Plain);
        for loud in ["THIS IS NOT GOOD!!!", "This is, not good.", "«This» - is not good…"] {
            assert_eq!(plain, set(loud, View::Plain), "{loud}");
        }
        for loud in ["THIS IS NOT GOOD!!!", "this is not good!", "this is not good.!!"] {
            assert_eq!(set("this is not good.", View::Raw), set(loud, View::Raw), "{loud}");
        }
        assert_ne!(set("this is not good", View::Raw), set("This is, not good", View::Raw));
        assert_eq!(set("really?!", View::Plain), set("really??", View::Plain));
        assert_ne!(set("really?", View::Plain), set("really", View::Plain));
        assert_ne!(set("really :)", View::Plain), set("really :(", View::Plain));
    }

    #[test]
    fn elongation_is_shortened() {
        let plain = set("so good", View::Plain);
        let long = set("SOOOOO good", View::Plain);
        assert!(plain.intersection(&long).count() > plain.len() / 2);
    }

    #[test]
    fn another_name_is_the_same_feature() {
        for (a, b) in [("anna was rude to me", "Michael was rude to me"), ("lost in berlin.", "lost in Paris.")] {
            assert_eq!(set(a, View::Plain), set(b, View::Plain), "{a} / {b}");
            assert_eq!(set(a, View::Raw), set(b, View::Raw), "{a} / {b}");
        }
    }

    #[test]
    fn counts_of_a_small_text() {
        // words: a, bc; pairs: ^a, a-bc; first; last; tail c, bc; length.
        // chars of _a_: _a _a_ a a_; of _bc_: _b _bc _bc_ b bc bc_ c c_.
        assert_eq!(count("a bc"), [9, 12]);
        // A run of three has 3 + 2 + 1 grams, no word; pair, first, last, three tails, length.
        assert_eq!(count("日本語"), [7, 6]);
    }

    #[test]
    fn hidden_values_are_all_alike() {
        assert_eq!(set("see https://a.example/x", View::Raw), set("see http://b.example/yy", View::Raw));
        assert_eq!(set("order 12345", View::Plain), set("order 67890", View::Plain));
        assert_ne!(set("2 stars", View::Plain), set("5 stars", View::Plain));
    }

    #[test]
    fn nothing_has_only_its_length() {
        assert_eq!(count(""), [1, 0]);
        assert_eq!(count("!!!"), [1, 0]);
    }

    #[test]
    fn every_place_is_in_the_text() {
        let text = "전화 안 받아요!! 本当に残念です、また Anna?";
        Extractor::default().extract(text, Some(Asked::Better), |feature| {
            assert!(text.get(feature.at.0..feature.at.1).is_some());
            assert!(text.get(feature.before.0..feature.before.1).is_some());
        });
    }
}
