//! What listed phrases say: question and thanks by cue, what people say when they ask or thank, in the
//! ten languages; announcements; feelings named in Japanese.
//!
//! A cue is a phrase with a place: anywhere, at the start or at the end of a sentence. Some phrases
//! only cancel others ("no thanks", "how many times"). All are filed by their first two characters and
//! found in one walk over the text; in scripts that write spaces a phrase must begin and end at a
//! word's edge unless it is marked as a stem. Phrases were written for this project.

use std::sync::OnceLock;

use super::phrases::{PHRASES, Place, Says};
use super::{feelings, frames};
use crate::text::tokens::Kind;
use crate::text::{Filed, Reading, in_word, is_alphanumeric, is_unspaced, key};

/// All phrases, filed.
pub(super) struct Cues {
    phrases: Vec<Phrase>,
    filed: Filed,
}

struct Phrase {
    text: &'static str,
    says: Says,
    place: Place,
}

/// Longest phrase, in bytes.
const LONGEST: usize = 64;

/// The cues of the engine, filed once.
pub(super) fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        let mut phrases = Vec::with_capacity(2048);
        let mut add = |says, place, list: &[&'static str]| {
            phrases.extend(list.iter().map(|text| Phrase { text, says, place }));
        };
        PHRASES.iter().for_each(|(says, place, list)| add(*says, *place, list));
        add(Says::Announces, Place::Apart, frames::ANNOUNCED);
        feelings::JAPANESE.iter().for_each(|(emotion, list)| add(Says::Feels(*emotion), Place::Within, list));
        let filed = Filed::new(phrases.iter().map(|phrase: &Phrase| key(phrase.text.chars())));
        Cues { phrases, filed }
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

/// What listed phrases say of question and thanks: yes, no (called off), or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub question: Option<bool>,
    pub thanks: Option<bool>,
}

/// What all listed phrases of a text say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub said: Said,
    /// Something is announced to everyone.
    pub announced: bool,
    /// One bit per emotion that a phrase inside a run without spaces names.
    pub feels: u32,
}

impl Cues {
    /// What the phrases of a text say. `O(bytes)`.
    pub(super) fn find(&self, reading: &Reading) -> Heard {
        let lower = reading.lower.as_str();
        let (mut questions, mut thanks) = (Hits::default(), Hits::default());
        let (mut announced, mut feels) = (false, 0);
        let mut chars = lower.char_indices();
        let mut current = chars.next();
        let mut before = false;
        while let Some((at, first)) = current {
            current = chars.next();
            let inside = std::mem::replace(&mut before, in_word(first)) && before;
            // No phrase begins with an ASCII mark, and none that may begin inside a word with an ASCII
            // letter; a test holds them to it.
            if first.is_ascii() && (inside || !before) {
                continue;
            }
            let second = current.map_or(' ', |(_, c)| c);
            for entry in self.filed.get((first, second)) {
                let phrase = &self.phrases[entry];
                if !begins(&lower.as_bytes()[at..], phrase.text.as_bytes()) {
                    continue;
                }
                let end = at + phrase.text.len();
                if !fits(lower, at, end, phrase.place) {
                    continue;
                }
                let hits = match phrase.says {
                    Says::Question => &mut questions.found,
                    Says::NoQuestion => &mut questions.called_off,
                    Says::Thanks => &mut thanks.found,
                    Says::NoThanks => &mut thanks.called_off,
                    Says::Announces => {
                        announced = true;
                        continue;
                    }
                    Says::Feels(emotion) => {
                        feels |= u32::from(!feelings::is_denied(&lower[end..])) << emotion as u32;
                        continue;
                    }
                };
                hits.push((at, end));
            }
        }
        let question = if asks_by_mark(reading) { Some(true) } else { questions.say() };
        Heard { said: Said { question, thanks: thanks.say() }, announced, feels }
    }
}

/// Compares byte by byte: most phrases part from the text at the third character.
fn begins(text: &[u8], phrase: &[u8]) -> bool {
    text.len() >= phrase.len() && text.iter().zip(phrase).all(|(a, b)| a == b)
}

/// True when a question mark stands outside links. The normal form has written `？`, `⁇` and the
/// like as `?`; the Greek mark is a semicolon there and tells nothing.
fn asks_by_mark(reading: &Reading) -> bool {
    let mut marks = reading.lower_tokens().iter().filter(|token| token.kind == Kind::Marks);
    marks.any(|token| reading.lower[token.start..token.end].contains(['?', '؟', '¿']))
}

fn fits(text: &str, start: usize, end: usize, place: Place) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let first = text[start..].chars().next();
    let last = text[..end].chars().next_back();
    let letters = |c: Option<char>| c.is_some_and(in_word);
    let left_edge = !(letters(before) && letters(first));
    let right_edge = !(letters(after) && letters(last));
    match place {
        Place::Word => left_edge && right_edge,
        Place::Stem => left_edge,
        Place::Within => true,
        Place::Start => left_edge && right_edge && starts_sentence(&text[..start], CLAUSE_MARKS),
        Place::First => left_edge && right_edge && starts_sentence(&text[..start], SENTENCE_MARKS),
        Place::End => ends_sentence(&text[end..]),
        Place::Apart => {
            // A phrase may end in the space that must follow it.
            let after = text[start..end].trim_end().len() + start;
            let joined = before.is_some_and(|c| in_word(c) || (is_alphanumeric(c) && !first.is_some_and(is_unspaced)));
            !joined && !text[after..].chars().next().is_some_and(in_word)
        }
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
        lead = lead.trim_matches(|c: char| !is_alphanumeric(c) && c != '@');
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
            c if is_alphanumeric(c) => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lower;

    fn acts(text: &str) -> Vec<&'static str> {
        let said = cues().find(&Reading::new(text)).said;
        let found = [("question", said.question), ("thanks", said.thanks)];
        found.into_iter().filter(|(_, said)| *said == Some(true)).map(|(act, _)| act).collect()
    }

    #[test]
    fn phrases_can_be_filed_and_found() {
        for phrase in &cues().phrases {
            let text = phrase.text;
            assert!(text.len() <= LONGEST && text.chars().count() > 1, "{text}");
            assert_eq!(lower(text), text);
            let first = text.chars().next().unwrap_or(' ');
            let inside = matches!(phrase.place, Place::Within | Place::End);
            assert!(!first.is_ascii() || (first.is_ascii_alphanumeric() && !inside), "{text}");
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
