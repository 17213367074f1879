//! Words that name a feeling outright. The head for emotions weighs all words of a text; a text that
//! says "I am furious" or "실망했어요" need not be weighed.
//!
//! A word counts unless a negation stands right before it, or in it. Words were written for this
//! project in the ten languages; `*` ends a stem.

use std::sync::OnceLock;

use crate::analysis::Emotion::{self, *};
use crate::text::tokens::Kind;
use crate::text::{Filed, Reading, key};

#[rustfmt::skip] // an emotion and language to a line
const WORDS: &[(Emotion, &[&str])] = &[
    (Anger, &["furious", "angry", "outraged", "enraged", "livid", "infuriat*", "화나*", "화났*", "화가", "분노*", "열받*", "빡치*", "빡쳐*", "wściek*", "wkurz*", "wkurw*", "oburzon*", "wütend*", "stinksauer", "empört", "zornig", "furieux", "furieuse", "énervé*", "scandalisé*", "furioso", "furiosa", "indignad*", "enfadad*", "enojad*", "cabread*", "arrabbiat*", "incazzat*", "indignat*", "furibond*", "revoltad*", "puto da vida", "woedend", "boos", "razend"]),
    (Disappointment, &["disappointed", "disappointing", "disappointment", "letdown", "실망*", "rozczarowan*", "zawiedzion*", "zawiodłam", "zawiodłem", "enttäusch*", "déçu", "déçue", "déçus", "déçues", "décevant*", "déception", "decepcionad*", "decepcionante", "decepción", "defraudad*", "deluso", "delusa", "delusi", "deludent*", "desapontad*", "decepção", "desiludid*", "teleurgesteld*", "teleurstell*"]),
    (Sadness, &["sad", "heartbroken", "sadly", "슬프*", "슬퍼*", "슬픈", "속상*", "smutn*", "przykro", "traurig*", "triste", "tristes", "attristé*", "verdrietig*"]),
    (Worry, &["worried", "worrying", "anxious", "nervous", "afraid", "scared", "걱정*", "불안*", "martwi*", "niepokoj*", "zaniepokojon*", "obawiam", "boję", "sorgen", "besorgt", "beunruhigt", "inquiet", "inquiète", "inquiets", "anxieux", "anxieuse", "preocupad*", "angustiad*", "preoccupat*", "in ansia", "preocupa", "bezorgd", "ongerust"]),
    (Confusion, &["confused", "confusing", "puzzled", "bewildered", "헷갈*", "혼란스*", "zdezorientowan*", "pogubił*", "verwirr*", "perdu dans", "déroutant*", "confundid*", "confuso", "confusa", "in de war", "verwarr*", "verward*"]),
    (Surprise, &["surprised", "surprising", "astonished", "stunned", "shocked", "놀랐*", "놀라*", "깜짝", "zaskoczon*", "zaskoczył*", "zdziwion*", "überrasch*", "verblüfft", "surpris", "étonné*", "stupéfait*", "sorprendid*", "asombrad*", "sorpres*", "stupito", "stupita", "surpreend*", "surpres*", "verrast", "verrassend*", "verbaasd"]),
    (Relief, &["relieved", "phew", "what a relief", "다행*", "안심*", "ulżyło", "ulga", "uff", "erleichter*", "gott sei dank", "soulagé*", "ouf", "aliviad*", "alivio", "sollevat*", "sollievo", "meno male", "alívio", "ufa", "opgelucht*", "gelukkig maar"]),
    (Frustration, &["frustrated", "frustrating", "fed up", "sick of", "tired of", "짜증*", "지긋지긋*", "답답*", "sfrustrowan*", "mam dość", "mam dosyć", "frustrier*", "genervt", "nervig", "frustré*", "frustrant*", "ras le bol", "marre", "frustrad*", "harto de", "harta de", "frustrat*", "stufo", "stufa", "frustrante", "farto de", "farta de", "gefrustreerd*", "frustrerend*", "zat van"]),
];

/// The same in Japanese, found anywhere in the text.
#[rustfmt::skip]
pub(super) const JAPANESE: &[(Emotion, &[&str])] = &[
    (Anger, &["腹が立", "頭にき", "怒りしか", "激怒", "ブチギレ", "ムカつ", "むかつ"]),
    (Disappointment, &["がっかり", "ガッカリ", "残念です", "残念でし", "期待外れ", "期待はずれ"]),
    (Sadness, &["悲しい", "悲しく", "悲しか", "切ない"]),
    (Worry, &["不安", "心配"]),
    (Confusion, &["混乱し", "戸惑", "わけがわから", "訳が分から"]),
    (Surprise, &["驚き", "驚い", "びっくり", "ビックリ"]),
    (Relief, &["安心し", "ほっとし", "ホッとし", "助かった"]),
    (Frustration, &["イライラ", "いらいら", "うんざり", "ストレスが"]),
];

/// Words that turn the next two around, and endings that turn what stands before them.
#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "n't", "isn't", "wasn't", "aren't", "don't", "didn't", "without", "hardly",
    "안", "nie", "nigdy", "bez", "nicht", "nie", "kein", "keine", "keinen", "ohne", "pas", "jamais", "sans", "aucune", "ni", "nunca", "sin", "non", "mai", "senza", "não", "nao", "sem", "niet", "geen", "nooit", "zonder",
];
const NEGATED_ENDINGS: &[&str] = &["하지 않", "지 않", "지는 않", "하지 마", "마세요", "없"];
const NEGATED_JAPANESE: &[&str] = &["なく", "ない", "はなかった", "はありません", "いりません", "無用", "ません"];

/// The words, filed.
struct Words {
    entries: Vec<(Emotion, &'static str)>,
    filed: Filed,
}

fn words() -> &'static Words {
    static WORDS_FILED: OnceLock<Words> = OnceLock::new();
    WORDS_FILED.get_or_init(|| {
        let all = WORDS.iter().flat_map(|(emotion, list)| list.iter().map(|entry| (*emotion, *entry)));
        let entries: Vec<(Emotion, &str)> = all.collect();
        let filed = Filed::new(entries.iter().map(|(_, entry)| key(entry.chars())));
        Words { entries, filed }
    })
}

/// True when a negation follows a feeling named in Japanese.
pub(super) fn is_denied(behind: &str) -> bool {
    let near = behind.char_indices().nth(6).map_or(behind, |(end, _)| &behind[..end]);
    NEGATED_JAPANESE.iter().any(|ending| near.contains(ending))
}

/// One bit per emotion that a word of the text names. `O(bytes)`.
pub(super) fn named(reading: &Reading) -> u32 {
    let words = words();
    let lower = reading.lower.as_str();
    let mut found = 0;
    // The two words before the current one.
    let mut before: [&str; 2] = [""; 2];
    for token in reading.lower_tokens().iter().filter(|token| token.kind == Kind::Word) {
        let word = &lower[token.start..token.end];
        let rest = &lower[token.start..];
        for (emotion, entry) in words.filed.get(key(word.chars())).map(|entry| &words.entries[entry]) {
            let hit = match entry.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None if entry.contains(' ') => rest.starts_with(entry),
                None => word == *entry,
            };
            let negated = || {
                let near = rest.char_indices().nth(12).map_or(rest, |(end, _)| &rest[..end]);
                before.iter().any(|word| NEGATIONS.contains(word))
                    || NEGATED_ENDINGS.iter().any(|ending| near.contains(ending))
            };
            if hit && !negated() {
                found |= 1 << *emotion as u32;
            }
        }
        before = [before[1], word];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::cues::cues;
    use super::*;

    fn all(text: &str) -> Vec<&'static str> {
        let reading = Reading::new(text);
        let bits = named(&reading) | cues().find(&reading).feels;
        Emotion::ALL.into_iter().filter(|emotion| bits >> *emotion as u32 & 1 == 1).map(Emotion::slug).collect()
    }

    #[test]
    fn a_feeling_named_is_found_in_ten_languages() {
        for (text, emotion) in [
            ("i am furious about this", "anger"),
            ("기대했는데 정말 실망했어요", "disappointment"),
            ("荷物のことが心配です", "worry"),
            ("jestem rozczarowana", "disappointment"),
            ("ich bin wirklich enttäuscht", "disappointment"),
            ("je suis soulagée", "relief"),
            ("estoy preocupada", "worry"),
            ("sono molto delusa", "disappointment"),
            ("fiquei surpreendido", "surprise"),
            ("ik ben woedend", "anger"),
        ] {
            assert_eq!(all(text), [emotion], "{text}");
        }
    }

    #[test]
    fn a_feeling_denied_is_not() {
        for text in [
            "i was not disappointed",
            "never been angry with them",
            "nie martwię się",
            "ich bin nicht enttäuscht",
            "실망하지 않았어요",
            "心配ありません",
        ] {
            assert!(all(text).is_empty(), "{text}");
        }
    }
}
