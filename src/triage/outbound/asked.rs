//! Which questions a message asks, and which of them a reply answers.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Serialize;

use super::super::phrases::PhraseSet;
use super::concepts::{About, about};
use super::tone::set;
use crate::span::Span;
use crate::text::segment::sentences;
use crate::text::{WordKind, Words};

/// Most questions read of a message.
const MAX_QUESTIONS: usize = 50;
/// Most sentences read of a reply.
const MAX_SENTENCES: usize = 500;
/// Lines `language: words that begin a question`; `and` joins two, `closing` ends one without a mark. Written for this
/// project.
const LIST: &str = include_str!("questions.txt");
/// Phrases that promise to come back. Written for this project.
const PROMISES: &str = include_str!("promises.txt");

/// One question of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Bytes of the message.
    pub span: Span,
    /// Whether the reply speaks to it; `None` where that cannot be told.
    pub answered: Option<bool>,
}

/// How far a reply answers a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completeness {
    pub questions: Vec<Question>,
    /// The reply promises to come back.
    pub follow_up: bool,
}

#[derive(Default)]
struct Cues {
    starts: BTreeSet<&'static str>,
    english: BTreeSet<&'static str>,
    joins: BTreeSet<&'static str>,
    closings: Vec<&'static str>,
    /// Words that begin a question which has no mark: verbs behind an English word, who is asked about, and words of
    /// other languages.
    aux: BTreeSet<&'static str>,
    they: BTreeSet<&'static str>,
    unmarked: BTreeSet<&'static str>,
}

fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        let mut cues = Cues::default();
        for (key, words) in LIST.lines().filter_map(|line| line.split_once(": ")) {
            match key {
                "and" => cues.joins.extend(words.split(' ')),
                "closing" => cues.closings.extend(words.split(' ')),
                "aux" => cues.aux.extend(words.split(' ')),
                "they" => cues.they.extend(words.split(' ')),
                "unmarked" => cues.unmarked.extend(words.split(' ')),
                _ => {
                    cues.starts.extend(words.split(' '));
                    if key == "en" {
                        cues.english.extend(words.split(' '));
                    }
                }
            }
        }
        cues
    })
}

/// Whether a sentence asks: by its mark, by the ending of a Korean or Japanese verb, or by its first words ("when do I",
/// "can you", "kiedy" without a comma behind it).
fn asks(sentence: &str) -> bool {
    let ending = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let marks = sentence.get(ending.len()..).unwrap_or_default();
    if marks.contains(['?', '？', '؟']) || cues().closings.iter().any(|closing| ending.ends_with(closing)) {
        return true;
    }
    let head = sentence.get(..sentence.floor_char_boundary(64)).unwrap_or_default();
    let words = Words::new(head);
    let from = usize::from(joins(&words, 0));
    let word = |at: usize| words.list.get(from + at).map(|word| words.text(word)).unwrap_or_default();
    let (first, second, cues) = (word(0), word(1), cues());
    if cues.aux.contains(first) {
        return cues.they.contains(second);
    }
    cues.english.contains(first) && cues.aux.contains(second)
        || cues.unmarked.contains(first) && !sentence.contains(',')
}

/// Whether the word joins two questions. The Polish "i" does before Polish words only: "what can i do" is one question.
fn joins(words: &Words, at: usize) -> bool {
    let word = |at: usize| words.list.get(at).map(|word| words.text(word)).unwrap_or_default();
    cues().joins.contains(word(at)) && (word(at) != "i" || !cues().english.contains(word(at + 1)))
}

/// The questions of a text. A sentence that asks twice ("when does it arrive, and can I change the address?") gives two;
/// what stands before the first word that asks is left out.
fn questions(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let Some(words_of) = sentence.slice(text).filter(|sentence| asks(sentence)) else { continue };
        let words = Words::new(words_of);
        let is =
            |at: usize, list: &BTreeSet<&str>| words.list.get(at).is_some_and(|word| list.contains(words.text(word)));
        // Where questions begin: at a word that asks behind a comma or a joining word.
        let mut from = 0;
        let mut begun = false;
        for (at, word) in words.list.iter().enumerate().filter(|(at, _)| is(*at, &cues().starts)) {
            let start = at - usize::from(at > 0 && joins(&words, at - 1));
            let gap = start.checked_sub(1).and_then(|before| words.list.get(before)).map(|before| before.span.end);
            let gap = gap.and_then(|end| words_of.get(end..word.span.start)).unwrap_or_default();
            if start == 0 {
                from = word.span.start;
                begun = true;
            } else if start < at || gap.contains([',', ';', '–', '—', ':', '、']) {
                let begin = words.list.get(start).map_or(0, |word| word.span.start);
                if begun {
                    found.push(Span::new(sentence.start + from, sentence.start + begin));
                }
                from = word.span.start;
                begun = true;
            }
        }
        found.push(Span::new(sentence.start + from, sentence.end));
    }
    found.truncate(MAX_QUESTIONS);
    for span in &mut found {
        let words = span.slice(text).unwrap_or_default();
        span.end = span.start + words.trim_end_matches([' ', ',', ';', '\n']).len();
    }
    found
}

/// What is compared of a word: its beginning, where it is long enough to mean something.
fn stems(words: &Words) -> BTreeSet<String> {
    let mut stems = BTreeSet::new();
    for word in &words.list {
        let text = words.text(word);
        let chars: Vec<char> = text.chars().collect();
        match word.kind {
            WordKind::Spaced if chars.len() >= 4 && !cues().starts.contains(text) => {
                stems.insert(chars.iter().take(5).collect());
            }
            WordKind::Hangul if chars.len() >= 2 && !cues().starts.contains(text) => {
                stems.insert(chars.iter().take(2).collect());
            }
            // Pairs of characters that are not hiragana, which is mostly grammar.
            WordKind::Unspaced => {
                let content = |c: &char| !('\u{3040}'..='\u{309F}').contains(c);
                let pairs = chars.windows(2).filter(|pair| pair.iter().all(content));
                stems.extend(pairs.map(|pair| pair.iter().collect::<String>()));
            }
            _ => {}
        }
    }
    stems
}

struct Piece {
    about: About,
    stems: BTreeSet<String>,
}

fn piece(text: &str) -> Piece {
    let words = Words::new(text);
    Piece { about: about(text, &words), stems: stems(&words) }
}

/// The questions of `message`, and whether `reply` speaks to each. Sentences of the reply that ask are no answers.
///
/// A question counts as answered when a sentence of the reply (or the one after it) speaks of its matter and, where a time
/// or a sum is asked for, gives one; without a listed matter, when they share words that no other question has. It is not
/// told where the matter is spoken of without the time or sum, or where a question has nothing to compare.
pub(super) fn completeness(message: &str, reply: &str) -> Completeness {
    static PHRASES: OnceLock<PhraseSet> = OnceLock::new();
    let spans = questions(message);
    let asked: Vec<Piece> = spans.iter().map(|span| piece(span.slice(message).unwrap_or_default())).collect();
    let told: Vec<Piece> = sentences(reply)
        .into_iter()
        .filter_map(|span| span.slice(reply))
        .filter(|sentence| !asks(sentence))
        .take(MAX_SENTENCES)
        .map(piece)
        .collect();
    let answered = |at: usize| {
        let one = asked.get(at)?;
        let others = || asked.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
        let foreign = others().fold(0, |set, other| set | other.about.matters);
        let own = one.about.matters & !foreign;
        let matters = if own == 0 { one.about.matters } else { own };
        let mut touched = false;
        for (place, sentence) in told.iter().enumerate() {
            let next = told.get(place + 1).filter(|next| next.about.matters == 0);
            let gives = sentence.about.gives | next.map_or(0, |next| next.about.gives);
            let enough = one.about.asks & !gives == 0;
            let shares = one
                .stems
                .iter()
                .any(|stem| sentence.stems.contains(stem) && !others().any(|other| other.stems.contains(stem)));
            let speaks = if matters != 0 {
                sentence.about.matters & matters != 0 || shares && sentence.about.matters & foreign == 0
            } else {
                shares || one.about.asks != 0 && enough && sentence.about.matters & foreign == 0
            };
            if speaks && enough {
                return Some(true);
            }
            touched |= speaks;
        }
        let nothing = matters == 0 && one.about.asks == 0 && one.stems.is_empty();
        if touched || nothing && !told.is_empty() { None } else { Some(false) }
    };
    let question = |(at, span): (usize, &Span)| Question { span: *span, answered: answered(at) };
    Completeness {
        questions: spans.iter().enumerate().map(question).collect(),
        follow_up: !set(&PHRASES, PROMISES).find(reply).is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Vec<&str> {
        questions(text).iter().filter_map(|span| span.slice(text)).collect()
    }

    #[test]
    fn questions_are_cut_where_they_begin() {
        assert_eq!(
            asked("My parcel is late, when does it arrive and can I change the address? Thanks."),
            ["when does it arrive", "can I change the address?"]
        );
        assert_eq!(
            asked("Do you have it in blue? What does it cost?"),
            ["Do you have it in blue?", "What does it cost?"]
        );
        assert_eq!(asked("언제 도착하나요? 주소 변경도 되나요"), ["언제 도착하나요?", "주소 변경도 되나요"]);
        assert_eq!(asked("いつ届きますか。返品もできますか。"), ["いつ届きますか。", "返品もできますか。"]);
        assert_eq!(
            asked("Kiedy dojdzie paczka i czy mogę zmienić adres?"),
            ["Kiedy dojdzie paczka", "czy mogę zmienić adres?"]
        );
        assert_eq!(asked("what can i do?"), ["what can i do?"]);
        assert_eq!(asked("Hi, so how do I get in?"), ["how do I get in?"]);
        assert_eq!(asked("hello. when do i get it back"), ["when do i get it back"]);
        assert_eq!(asked("kiedy dojdzie paczka"), ["kiedy dojdzie paczka"]);
        for none in [
            "I want my money back. Now.",
            "When I opened it, it broke.",
            "What a shame!",
            "Kiedy dotarła, była pęknięta.",
        ] {
            assert!(asked(none).is_empty(), "{none}");
        }
    }
}
