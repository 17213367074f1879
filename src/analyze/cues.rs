//! Question and thanks by cue: what people say when they ask or thank, in the ten languages.
//!
//! A cue is a phrase with a place: anywhere, at the start or at the end of a sentence. Some phrases
//! only cancel others ("no thanks"). Phrases are filed under their first two characters, so that a
//! place in the text is compared with the few that can begin there; in scripts that write spaces a
//! phrase must begin and end at a word's edge unless it is marked as a stem. An automaton would do
//! the same work but costs 20 ms to build at the first text. Phrases were written for this project.

use std::sync::OnceLock;

use super::phrases::{PHRASES, Place, Says};
use crate::analysis::Act;
use crate::text::is_unspaced;
use crate::text::tokens::{Kind, tokens};

/// All phrases, filed by their first two characters.
pub(super) struct Cues {
    phrases: Vec<Phrase>,
    /// Bit `h` of word `h / 64` is set when a phrase begins with characters that hash to `h`.
    begins: [u64; FILTER / 64],
}

struct Phrase {
    key: (char, char),
    text: &'static str,
    says: Says,
    place: Place,
}

/// Longest phrase, in bytes.
const LONGEST: usize = 64;
/// Bits of the filter in front of the search; a few hundred are set.
const FILTER: usize = 8192;

fn filter_bit(key: (char, char)) -> usize {
    ((key.0 as usize).wrapping_mul(31) ^ (key.1 as usize).wrapping_mul(257)) % FILTER
}

/// The cues of the engine, filed once.
pub(super) fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        let mut cues = Cues { phrases: Vec::new(), begins: [0; FILTER / 64] };
        for (says, place, list) in PHRASES {
            for text in *list {
                let mut chars = text.chars();
                let key = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
                let bit = filter_bit(key);
                cues.begins[bit / 64] |= 1 << (bit % 64);
                cues.phrases.push(Phrase { key, text, says: *says, place: *place });
            }
        }
        cues.phrases.sort_by_key(|phrase| phrase.key);
        cues
    })
}

/// Where a thank begins and ends, or where it is called off.
#[derive(Default)]
struct Found {
    question: bool,
    thanks: Vec<(usize, usize)>,
    no_thanks: Vec<(usize, usize)>,
}

impl Cues {
    /// The acts the text shows, in the order of [`Act::ALL`]. `O(bytes)`.
    pub(super) fn find(&self, text: &str) -> Vec<Act> {
        let lower = lower(text);
        let mut found = Found { question: asks_by_mark(text), ..Found::default() };
        let mut chars = lower.char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            let key = (first, chars.peek().map_or(' ', |(_, c)| *c));
            let bit = filter_bit(key);
            if self.begins[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            let from = self.phrases.partition_point(|phrase| phrase.key < key);
            for phrase in self.phrases[from..].iter().take_while(|phrase| phrase.key == key) {
                let end = at + phrase.text.len();
                if !lower[at..].starts_with(phrase.text) || !fits(&lower, at, end, phrase.place) {
                    continue;
                }
                match phrase.says {
                    Says::Question => found.question = true,
                    Says::Thanks => found.thanks.push((at, end)),
                    Says::NoThanks => found.no_thanks.push((at, end)),
                }
            }
        }
        // Hits come by rising start, and phrases are short: only near ones can overlap.
        let called_off = |&(start, end): &(usize, usize)| {
            let from = found.no_thanks.partition_point(|&(no_start, _)| no_start + LONGEST < start);
            let near = found.no_thanks[from..].iter().take_while(|&&(no_start, _)| no_start < end);
            near.into_iter().any(|&(_, no_end)| no_end > start)
        };
        let thanks = found.thanks.iter().any(|hit| !called_off(hit));
        let mut acts = Vec::new();
        if found.question {
            acts.push(Act::Question);
        }
        if thanks {
            acts.push(Act::Thanks);
        }
        acts
    }
}

/// Lower case, one character for one, typographic apostrophes made plain.
fn lower(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '’' => '\'',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            c => c.to_lowercase().next().unwrap_or(c),
        })
        .collect()
}

/// True when a question mark stands outside links.
fn asks_by_mark(text: &str) -> bool {
    let marks = |part: &str| part.contains(['?', '؟', '¿', '⁇', ';']);
    if !marks(text) {
        return false;
    }
    tokens(text).any(|token| {
        token.kind == Kind::Marks && text[token.start..token.end].contains(['?', '؟', '¿', '⁇', '\u{37E}'])
    })
}

fn fits(text: &str, start: usize, end: usize, place: Place) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let first = text[start..].chars().next();
    let last = text[..end].chars().next_back();
    let letters = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    let left_edge = !(letters(before) && letters(first));
    let right_edge = !(letters(after) && letters(last));
    match place {
        Place::Word => left_edge && right_edge,
        Place::Stem => left_edge,
        Place::Within => true,
        Place::Start => left_edge && right_edge && starts_sentence(&text[..start]),
        Place::End => ends_sentence(&text[end..]),
    }
}

/// Words that may stand before a question without being part of it.
const OPENERS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "so",
    "and",
    "but",
    "ok",
    "okay",
    "please",
    "sorry",
    "hallo",
    "guten tag",
    "aber",
    "und",
    "bonjour",
    "mais",
    "et",
    "hola",
    "pero",
    "y",
    "ciao",
    "ma",
    "e",
    "olá",
    "oi",
    "mas",
    "cześć",
    "dzień dobry",
    "witam",
    "ale",
    "a",
    "hoi",
    "maar",
    "en",
    "thanks",
    "thank you",
];

/// True when nothing but marks, a mention or an opener stands between the sentence's start and here.
fn starts_sentence(before: &str) -> bool {
    let tail_from = before.len().saturating_sub(48);
    let tail = (tail_from..=before.len()).find_map(|at| before.get(at..)).unwrap_or("");
    let cut = tail.rfind(['.', '!', '?', '\n', ',', ':', ';', '-', '–', '—', '(', '"']).map_or(0, |at| at + 1);
    if cut == 0 && tail.len() < before.len() {
        return false;
    }
    let lead =
        tail.get(cut..).unwrap_or(tail).trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').trim_end();
    let lead = if lead.starts_with('@') { lead.split_once(' ').map_or("", |(_, rest)| rest.trim()) } else { lead };
    lead.is_empty() || OPENERS.contains(&lead)
}

/// True when only marks, emoji, or Hangul crying and laughing follow before the sentence ends.
fn ends_sentence(after: &str) -> bool {
    for c in after.chars().take(24) {
        match c {
            '.' | '!' | '?' | '。' | '！' | '？' | '…' | '\n' | '~' | '～' | ',' | '、' => return true,
            'ㅠ' | 'ㅜ' | 'ㅋ' | 'ㅎ' | 'ー' | '笑' => {}
            c if c.is_alphanumeric() => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts(text: &str) -> Vec<&'static str> {
        cues().find(text).into_iter().map(Act::slug).collect()
    }

    #[test]
    fn phrases_can_be_filed_and_found() {
        for phrase in &cues().phrases {
            assert!(
                (2..=LONGEST).contains(&phrase.text.len()) && phrase.text.chars().count() > 1
                    || phrase.text == "吗"
                    || phrase.text == "y"
                    || phrase.text == "e",
                "{}",
                phrase.text
            );
            assert_eq!(lower(phrase.text), phrase.text);
        }
    }

    #[test]
    fn questions_with_and_without_mark() {
        for text in [
            "when will my parcel arrive",
            "@shop how do i cancel this",
            "Hi, can I pay by card",
            "Why?",
            "언제 배송되나요",
            "환불 되나요ㅠㅠ",
            "いつ届きますか",
            "czy można zapłacić kartą",
            "wie lange dauert die lieferung",
            "est-ce que vous livrez le samedi",
            "cuánto cuesta el envío",
            "quanto costa la spedizione",
            "onde fica a loja",
            "kan ik dit ruilen",
        ] {
            assert_eq!(acts(text), ["question"], "{text}");
        }
    }

    #[test]
    fn no_question() {
        for text in [
            "I know how do it",
            "see https://a.example/?q=1",
            "What a great day",
            "그래서 늦었으니까 별로",
            "I asked when it comes.",
        ] {
            assert_eq!(acts(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn thanks_in_ten_languages_and_none_called_off() {
        for text in [
            "thanks a lot!",
            "감사합니다~",
            "ありがとうございます",
            "dziękuję bardzo",
            "Vielen Dank",
            "merci beaucoup",
            "muchas gracias",
            "grazie mille",
            "muito obrigada",
            "bedankt",
        ] {
            assert_eq!(acts(text), ["thanks"], "{text}");
        }
        for text in [
            "no thanks",
            "Thanks for nothing",
            "dzięki temu jest gorzej",
            "merci de me rappeler",
            "gracias a ustedes perdí el vuelo",
        ] {
            assert_eq!(acts(text), [] as [&str; 0], "{text}");
        }
        assert_eq!(acts("No thanks to the app, but thank you Maria"), ["thanks"]);
        assert_eq!(acts("Thanks! But when does it ship?"), ["question", "thanks"]);
    }
}
