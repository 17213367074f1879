//! Question and thanks by cue: what people say when they ask or thank, in the ten languages.
//!
//! A cue is a phrase with a place: anywhere, at the start or at the end of a sentence. Some phrases
//! only cancel others ("no thanks", "how many times"). Phrases are filed under their first two characters, so that a
//! place in the text is compared with the few that can begin there; in scripts that write spaces a
//! phrase must begin and end at a word's edge unless it is marked as a stem. An automaton would do
//! the same work but costs 20 ms to build at the first text. Phrases were written for this project.

use std::sync::OnceLock;

use super::phrases::{PHRASES, Place, Says};
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

/// Where the phrases of one act begin and end, and those that call it off.
#[derive(Default)]
struct Hits {
    found: Vec<(usize, usize)>,
    called_off: Vec<(usize, usize)>,
}

impl Hits {
    /// Yes when a phrase was found that overlaps none that calls it off; no when all are called off,
    /// or only phrases that call off were found. Hits come by rising start, and phrases are short:
    /// only near ones can overlap.
    fn say(&self) -> Option<bool> {
        let holds = self.found.iter().any(|&(start, end)| {
            let from = self.called_off.partition_point(|&(off_start, _)| off_start + LONGEST < start);
            let mut near = self.called_off[from..].iter().take_while(|&&(off_start, _)| off_start < end);
            !near.any(|&(_, off_end)| off_end > start)
        });
        if holds { Some(true) } else { (!self.called_off.is_empty()).then_some(false) }
    }
}

/// What listed phrases say: yes, no (called off), or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub question: Option<bool>,
    pub thanks: Option<bool>,
}

impl Cues {
    /// What the phrases of a text (in lower case, see [`lower`]) say of question and thanks. `O(bytes)`.
    pub(super) fn find(&self, lower: &str) -> Said {
        let (mut questions, mut thanks) = (Hits::default(), Hits::default());
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
                if !lower[at..].starts_with(phrase.text) || !fits(lower, at, end, phrase.place) {
                    continue;
                }
                let hits = match phrase.says {
                    Says::Question => &mut questions.found,
                    Says::NoQuestion => &mut questions.called_off,
                    Says::Thanks => &mut thanks.found,
                    Says::NoThanks => &mut thanks.called_off,
                };
                hits.push((at, end));
            }
        }
        Said { question: if asks_by_mark(lower) { Some(true) } else { questions.say() }, thanks: thanks.say() }
    }
}

/// Lower case, one character for one, typographic apostrophes made plain.
pub(super) fn lower(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '’' => '\'',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            c => c.to_lowercase().next().unwrap_or(c),
        })
        .collect()
}

/// True when a question mark stands outside links. The normal form has written `？`, `⁇` and the
/// like as `?`; the Greek mark is a semicolon there and tells nothing.
fn asks_by_mark(text: &str) -> bool {
    let marks = |part: &str| part.contains(['?', '؟', '¿']);
    marks(text) && tokens(text).any(|token| token.kind == Kind::Marks && marks(&text[token.start..token.end]))
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
        Place::Start => left_edge && right_edge && starts_sentence(&text[..start], CLAUSE_MARKS),
        Place::First => left_edge && right_edge && starts_sentence(&text[..start], SENTENCE_MARKS),
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

/// Marks behind which a clause or sentence begins.
const CLAUSE_MARKS: &[char] = &['.', '!', '?', '\n', ',', ':', ';', '-', '–', '—', '(', '"'];
/// Marks behind which a sentence begins.
const SENTENCE_MARKS: &[char] = &['.', '!', '?', '\n', ':', '"'];

/// True when nothing but marks, mentions or an opener stands between the last of `marks` and here.
fn starts_sentence(before: &str, marks: &[char]) -> bool {
    let tail = &before[before.ceil_char_boundary(before.len().saturating_sub(48))..];
    let mut lead = match tail.rsplit_once(marks) {
        Some((_, lead)) => lead,
        None if tail.len() < before.len() => return false,
        None => tail,
    };
    loop {
        lead = lead.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if !lead.starts_with('@') {
            break;
        }
        lead = lead.split_once(' ').map_or("", |(_, rest)| rest);
    }
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
        let said = cues().find(&lower(text));
        let found = [("question", said.question), ("thanks", said.thanks)];
        found.into_iter().filter(|(_, said)| *said == Some(true)).map(|(act, _)| act).collect()
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
    fn statements_that_begin_like_questions() {
        for text in [
            "Does the job.",
            "How much I love this shop!",
            "왜 이렇게 늦는지 모르겠어요.",
            "ちょっと高いかな。",
            "買ったの",
            "Buty, które zamówiłam, są za małe.",
            "Restauracja, o której pisałam, jest świetna.",
            "Kann ich nur empfehlen.",
            "Das Paket, welches ich bestellt habe, ist kaputt.",
            "Je peux recommander ce magasin.",
            "Tienen buen servicio.",
            "Puede mejorar.",
            "Ci sono molti problemi.",
            "Non lo compro, perché costa troppo.",
            "Quando cheguei estava fechado.",
            "Podem melhorar.",
            "Kan ik aanraden.",
            "Wat is dit slecht.",
        ] {
            assert_eq!(acts(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn an_opener_or_mentions_may_stand_before_a_question() {
        for text in
            ["@shop @help when will it be back", "Hallo, warum geht das nicht", "Dobrze – gdzie jest moja paczka"]
        {
            assert_eq!(acts(text), ["question"], "{text}");
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
            "Gracias al retraso perdí el tren.",
            "tak, polecam",
            "A co ty na to",
            "A reply would be much appreciated.",
            "Dzięki waszej pomyłce straciłem klienta.",
            "Merci de traiter ma demande.",
            "O brigadeiro estava ótimo",
        ] {
            assert_eq!(acts(text), [] as [&str; 0], "{text}");
        }
        assert_eq!(acts("No thanks to the app, but thank you Maria"), ["thanks"]);
        assert_eq!(acts("Thanks! But when does it ship?"), ["question", "thanks"]);
    }
}
