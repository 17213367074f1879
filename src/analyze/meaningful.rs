//! Whether an answer says anything.

use crate::text::{is_alphanumeric, is_emoji};

/// Whole answers that say nothing, normalised, lower case, without closing marks. Written for
/// this project in the ten languages.
#[rustfmt::skip] // a language to a line
const EMPTY_ANSWERS: &[&str] = &[
    // en
    "n/a", "na", "n a", "none", "nothing", "nothing to add", "nothing to say", "nothing really", "no comment", "no comments", "nil",
    "nope nothing", "not applicable", "no answer", "no response", "null", "idk", "dunno", "test", "blank", "no opinion",
    // ko
    "없음", "없어요", "없습니다", "없다", "딱히 없음", "딱히 없어요", "딱히 없습니다", "특별히 없음", "특별히 없습니다", "특이사항 없음",
    "의견 없음", "의견 없습니다", "의견없음", "모름", "모르겠음", "해당없음", "해당 없음", "해당사항 없음", "해당 사항 없음", "해당사항없음", "무", "테스트", "할 말 없음",
    // ja
    "なし", "無し", "特になし", "特に無し", "特にない", "特にないです", "特にありません", "特に無いです", "とくになし", "ありません", "ないです",
    "該当なし", "わからない", "わかりません", "テスト", "無回答", "特に無い",
    // pl
    "brak", "brak uwag", "brak komentarza", "nie mam", "nie mam uwag", "nie mam zdania", "nic", "nie dotyczy", "nd", "n.d", "n/d", "nie wiem",
    "bez uwag", "bez komentarza", "nic do dodania",
    // de
    "keine", "keine angabe", "keine angaben", "k.a", "k. a", "ka", "nichts", "nichts besonderes", "kein kommentar", "entfällt",
    "keine anmerkungen", "keine anmerkung", "weiß nicht", "keine ahnung", "fällt mir nichts ein",
    // fr
    "rien", "rien à signaler", "rien a signaler", "ras", "r.a.s", "aucun", "aucune", "aucun commentaire", "rien à dire", "rien de particulier",
    "sans avis", "sans commentaire", "je ne sais pas", "néant", "neant", "sans objet",
    // es
    "nada", "ninguno", "ninguna", "ningún comentario", "ningun comentario", "sin comentarios", "sin comentario", "no aplica", "no sé", "no se",
    "nada que añadir", "nada en particular", "nada que decir", "s/c",
    // it
    "niente", "nulla", "nessuno", "nessuna", "nessun commento", "niente da dire", "niente da segnalare", "non so", "nulla da segnalare", "boh", "n/d",
    // pt
    "nenhum", "nenhuma", "nenhum comentário", "nenhum comentario", "sem comentários", "sem comentarios", "sem comentário", "nada a declarar", "não sei",
    "nao sei", "não se aplica", "nada a dizer", "n/d",
    // nl
    "geen", "niets", "nvt", "n.v.t", "niks", "geen commentaar", "geen opmerkingen", "geen mening", "geen idee", "weet ik niet", "niets bijzonders",
];

/// Neighbouring keys, forwards; an answer that runs along one of them is a hand on the keyboard.
const KEY_ROWS: &[&str] = &[
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
    "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
    "ㅋㅌㅊㅍㅠㅜㅡ",
];

/// False for emptiness, for answers that only say that there is nothing to say, for lone marks,
/// for one character repeated and for keys hit in a row. `text` is normalised.
pub(super) fn is_meaningful(text: &str) -> bool {
    if !text.chars().any(|c| is_alphanumeric(c) || is_emoji(c)) {
        return has_smiley(text);
    }
    let closing =
        |c: char| c.is_whitespace() || (c.is_ascii_punctuation() && c != '%') || "。、…！？・ー–—".contains(c);
    let bare = text.trim_matches(closing);
    // Answers that say nothing are short; longer texts are not looked up.
    if bare.len() > 64 {
        return true;
    }
    let bare = bare.to_lowercase();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let joined = words.join(" ");
    if EMPTY_ANSWERS.contains(&joined.as_str()) {
        return false;
    }
    // The same placeholder twice, as in "n/a n/a" or "brak brak".
    let repeated = words.len() > 1 && words.iter().all(|word| *word == words[0]);
    if repeated && EMPTY_ANSWERS.contains(&words[0]) {
        return false;
    }
    !words.iter().all(|word| is_mash(word))
}

/// Faces typed with marks say something.
fn has_smiley(text: &str) -> bool {
    let eyes = text.contains(':') || text.contains(';') || text.contains('=');
    (eyes && (text.contains(')') || text.contains('('))) || text.contains("^^") || text.contains("<3")
}

/// One letter again and again, or four and more neighbouring keys, any number of times.
fn is_mash(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let same = chars.iter().all(|c| *c == chars[0]);
    if same && chars.len() >= 2 {
        // Laughter and crying are not mash.
        return !matches!(chars[0], 'ㅋ' | 'ㅎ' | 'ㅠ' | 'ㅜ' | 'w' | '笑' | '5') && chars[0].is_alphanumeric();
    }
    if same {
        // A lone letter says nothing; a lone digit may be a score, a lone sign a word.
        return chars[0].is_ascii_alphabetic();
    }
    // Steps to the next key of a row, all in one direction: "were" turns back, "asdf" does not.
    let steps = |direction: usize| {
        let along = |pair: &&[char]| {
            KEY_ROWS.iter().any(|row| {
                let place = |c: char| row.chars().position(|key| key == c);
                place(pair[1 - direction]).zip(place(pair[direction])).is_some_and(|(from, to)| from + 1 == to)
            })
        };
        chars.windows(2).filter(along).count()
    };
    // Three keys in a row are an answer's tail ("asdfgh jkl"); whole words run along fewer.
    chars.len() >= 3 && steps(0).max(steps(1)) * 4 >= (chars.len() - 1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_say_nothing() {
        for text in [
            "",
            "  ",
            "...",
            "-",
            "n/a",
            "N/A.",
            "없음",
            "특이사항 없음",
            "特になし。",
            "Brak",
            "brak uwag",
            "nichts",
            "k.A.",
            "rien",
            "nada",
            "asdf",
            "asdfasdf",
            "ㅁㄴㅇㄹ",
            "xxxx",
            "x",
            "none none",
            "???",
        ] {
            assert!(!is_meaningful(text), "{text}");
        }
    }

    #[test]
    fn answers_that_say_something() {
        for text in [
            "no",
            "yes",
            "10",
            "없어요 불만",
            "brak ciepłej wody",
            "nothing works",
            "ㅋㅋㅋ",
            "👍",
            ":)",
            "ok",
            "great",
            "were",
            "高",
            "5",
            "100%",
            "lol",
            "rien ne marche",
        ] {
            assert!(is_meaningful(text), "{text}");
        }
    }
}
