//! Cuts a text into sentences and clauses.
//!
//! Sentences end at closing punctuation of any script (UAX 29 terminators) or a line break;
//! abbreviations, decimals and initials do not end one. Clauses also end at commas, semicolons and
//! dashes; contrasting conjunctions are left to the analysers that need them.

use super::chars::is_mark;
use crate::span::Span;

/// Characters that end a sentence on their own.
fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '…' | '!' | '?' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Characters that end a clause.
fn is_clause_stop(c: char) -> bool {
    matches!(c, ',' | ';' | '、' | '，' | '،' | '；' | '؛' | '–' | '—')
}

/// Words that do not end a sentence although a full stop follows; lower case, in the languages
/// of the engine. Written for this project.
const ABBREVIATIONS: [&str; 40] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "nr", "tel", "approx", "inc", "ltd", "jr",
    "sr", "z.b", "d.h", "bzw", "ca", "usw", "evtl", "inkl", "np", "m.in", "ul", "tzn", "godz", "p.ej", "sra", "srta",
    "mme", "mlle", "dott", "sig", "bijv", "o.a", "mw",
];

fn ends_in_abbreviation(before: &str) -> bool {
    let word_start = before
        .rfind(|c: char| c.is_whitespace() || c == '(')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    let single = word.chars().count() == 1 && word.chars().all(|c| c.is_uppercase() || c.is_lowercase());
    single || (word.len() <= 8 && ABBREVIATIONS.contains(&word.to_lowercase().as_str()))
}

/// Cuts `text` at every place where `ends` holds, trims white space, drops empty pieces.
/// `ends(c, before, after)` sees the text before and after the character.
fn cut(text: &str, ends: impl Fn(char, &str, &str) -> bool) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // Most of a text.
        if c.is_ascii_alphanumeric() || c == ' ' {
            continue;
        }
        let after = at + c.len_utf8();
        if !ends(c, &text[start..at], &text[after..]) {
            continue;
        }
        // Closing quotes, brackets, repeated stops and marks on them belong to the piece they close.
        let mut end = after;
        while let Some(&(next, c)) = chars.peek() {
            if !(is_full_stop(c) || is_mark(c) || matches!(c, '.' | ')' | '"' | '”' | '’' | '」' | '』' | '）' | '»'))
            {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        push_trimmed(&mut pieces, text, start, end);
        start = end;
    }
    push_trimmed(&mut pieces, text, start, text.len());
    pieces
}

fn push_trimmed(pieces: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let piece = &text[start..end];
    let trimmed = piece.trim_start();
    let start = start + (piece.len() - trimmed.len());
    let end = start + trimmed.trim_end().len();
    if start < end {
        pieces.push(Span::new(start, end));
    }
}

fn ends_sentence(c: char, before: &str, after: &str) -> bool {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => true,
        '.' => {
            let next = after.chars().next();
            let closes = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | ')' | '.' | '!' | '?'));
            // Abbreviations are short: look at no more than the last 24 bytes.
            let tail = &before[before.ceil_char_boundary(before.len().saturating_sub(24))..];
            closes && !ends_in_abbreviation(tail)
        }
        _ => is_full_stop(c),
    }
}

/// The sentences of a text, as trimmed byte spans, in order. `O(bytes)`.
pub fn sentences(text: &str) -> Vec<Span> {
    cut(text, ends_sentence)
}

/// The clauses of a text: sentences, cut further at commas, semicolons and dashes between words.
/// A comma between digits ends none. `O(bytes)`.
pub fn clauses(text: &str) -> Vec<Span> {
    cut(text, |c, before, after| {
        let between_digits =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        ends_sentence(c, before, after) || (is_clause_stop(c) && !between_digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, spans: Vec<Span>) -> Vec<&str> {
        spans.into_iter().map(|span| &text[span.start..span.end]).collect()
    }

    #[test]
    fn sentences_of_many_scripts() {
        let text =
            "Dr. Lee was kind. The room, not so much!! \"Why?\" 3.5 stars…\n배송이 늦어요 ㅠㅠ\nよかった。また来ます！";
        assert_eq!(
            texts(text, sentences(text)),
            [
                "Dr. Lee was kind.",
                "The room, not so much!!",
                "\"Why?\"",
                "3.5 stars…",
                "배송이 늦어요 ㅠㅠ",
                "よかった。",
                "また来ます！"
            ]
        );
    }

    #[test]
    fn clauses_split_at_commas_but_not_in_numbers() {
        let text = "Jedzenie super, obsługa fatalna; 1,5 godziny czekania";
        assert_eq!(texts(text, clauses(text)), ["Jedzenie super,", "obsługa fatalna;", "1,5 godziny czekania"]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(sentences(" \n ").is_empty());
        assert!(sentences("").is_empty());
    }
}
