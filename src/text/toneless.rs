//! A text told calmly: what decisions rest on, so that loudness moves no action and no queue (concept 29 of the design).

use super::calm::{Calm, places};
use super::tokens::{Token, tokens};
use crate::span::Span;

/// Marks that say nothing at the beginning of a text.
fn is_soft(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '.' | '…' | '!' | '¡' | '！' | '、' | '。' | '，')
}

/// White space and exclamation marks.
fn is_loud_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '!' | '！')
}

/// What stood between a text and a swear word behind it.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '、' | '，')
}

/// Where what is said begins and ends, given the places of swearing in order: without swearing, exclamation marks and
/// soft marks around it.
fn core(text: &str, swearing: &[(usize, usize)]) -> (usize, usize) {
    let (mut start, mut end) = (0, text.len());
    loop {
        start = end - text[start..end].trim_start_matches(is_soft).len();
        match swearing.binary_search_by_key(&start, |place| place.0).map(|at| swearing[at].1) {
            Ok(behind) if behind <= end => start = behind,
            _ => break,
        }
        let rest = text[start..end].trim_start();
        if let Some(rest) = [": ", "; ", "- ", "– ", "— "].iter().find_map(|joint| rest.strip_prefix(joint)) {
            start = end - rest.len();
        }
    }
    loop {
        end = start + text[start..end].trim_end_matches(is_loud_end).len();
        match swearing.binary_search_by_key(&end, |place| place.1).map(|at| swearing[at].0) {
            Ok(begin) if begin >= start => end = start + text[start..begin].trim_end_matches(is_joint).len(),
            _ => break,
        }
    }
    (start, end)
}

/// `text` without its swearing and what set it off, without exclamation marks, and in small letters where most are
/// capitals; `None` where that is the text itself. A text and the same in capitals, with exclamation marks behind it or
/// with swearing before or behind it are told alike, but for capitals that no analyser sees. `O(bytes)`.
pub(crate) fn toneless(text: &str) -> Option<Calm> {
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    // Abbreviations and nouns stay: only a text that is mostly capitals is loud.
    let shouted = upper > lower && upper > 3;
    let tokens: Vec<Token> = tokens(text).collect();
    let swearing = places(text, &tokens);
    // There is no capital sharp s in common use: it is shouted as two.
    let marked = text.contains(['!', '！', '¡', 'ß', 'ẞ']) || text.starts_with(is_soft);
    if !shouted && !marked && swearing.is_empty() {
        return None;
    }
    let (start, end) = core(text, &swearing);
    let mut calm = Calm { text: String::with_capacity(end - start), pieces: vec![(0, start)] };
    let mut places = swearing.iter().filter(|place| place.0 > start && place.1 < end).peekable();
    let (mut resume, mut spaced) = (start, false);
    let mut chars = text[..end].char_indices().skip_while(|(at, _)| *at < start).peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(place) = places.next_if(|place| place.0 == at) {
            resume = place.1;
            // One space stays between words.
            spaced = calm.text.is_empty() || calm.text.ends_with(' ');
        }
        if at < resume || (spaced && c == ' ') {
            continue;
        }
        spaced = false;
        let before = text[..at].chars().next_back();
        let piece = (calm.text.len(), at);
        match c {
            '¡' => continue,
            '!' | '！' if matches!(before, Some('!' | '！')) => calm.text.push(' '),
            '!' => calm.text.push('.'),
            '！' => calm.text.push('。'),
            'ß' | 'ẞ' => calm.text.push_str("ss"),
            // The small letter at the end of a word has a form of its own.
            'Σ' if shouted && !chars.peek().is_some_and(|(_, next)| next.is_alphabetic()) => calm.text.push('ς'),
            _ if shouted => calm.text.extend(c.to_lowercase()),
            _ => calm.text.push(c),
        }
        let last = calm.pieces[calm.pieces.len() - 1];
        if piece.1 - last.1 != piece.0 - last.0 {
            calm.pieces.push(piece);
        }
    }
    (calm.text != text).then_some(calm)
}

/// The place in `text` of a span of the same text told calmly, on character boundaries: a letter told as two is whole.
pub(crate) fn told_at(calm: &Calm, text: &str, span: Span) -> Span {
    let back = calm.back(span);
    Span::new(text.floor_char_boundary(back.start), text.ceil_char_boundary(back.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        toneless(text).map_or(text.to_string(), |calm| calm.text)
    }

    #[test]
    fn loud_texts_are_told_calmly() {
        for (loud, calm) in [
            ("Great! Now the NHS app!!! fails!!", "Great. Now the NHS app.   fails"),
            ("WHERE IS MY PARCEL", "where is my parcel"),
            ("最高！！ありがとう！", "最高。 ありがとう"),
            ("The NHS app fails.", "The NHS app fails."),
            ("damn, it works", "it works"),
            ("It works, damn!!", "It works"),
            ("kurwa! gdzie jest paczka", "gdzie jest paczka"),
            ("씨발, 배송 존나 늦네요", "배송 늦네요"),
            ("くそ、届きません", "届きません"),
            ("¡Joder! No va", "No va"),
            ("STRASSE GESPERRT", "strasse gesperrt"),
            ("Straße gesperrt", "Strasse gesperrt"),
            ("ΠΟΥ ΕΙΝΑΙ Ο ΛΟΓΑΡΙΑΣΜΟΣ", "που ειναι ο λογαριασμος"),
            ("damn!!!", ""),
            ("", ""),
        ] {
            assert_eq!(told(loud), calm, "{loud}");
        }
    }

    #[test]
    fn loudness_around_a_text_leaves_nothing_behind() {
        for text in [
            "where is it?",
            "ok",
            "...",
            ":)",
            "- one\n- two",
            "No. Never.",
            "no, 5 of 10",
            "Was soll das?!",
            "👍",
            "¿Dónde está?",
            "届かない。",
            "?",
            "1.",
            "damn it",
            "¡Qué bien!",
        ] {
            for loud in ["damn, {}", "{}!!!", "{} !!", "fuck! {}", "WTF... {}", "{}, damn!", "putain - {}"] {
                let loud = loud.replace("{}", text);
                assert_eq!(told(&loud), told(text), "{loud}");
            }
        }
    }

    #[test]
    fn places_lead_back() {
        for text in ["WTF, DIE STRASSE! damn CLOSED!!", "damn! Straße, ẞ!", "¡¡Ya! İİ ŉ", "!a! b damn c!"] {
            let Some(calm) = toneless(text) else { continue };
            for (at, c) in calm.text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
                let back = told_at(&calm, text, Span::new(at, at + 1));
                let was = back.slice(text).expect("on character boundaries").to_lowercase();
                assert!(was.contains(c.to_ascii_lowercase()) || was == "ß", "{text}: {c} {was}");
            }
        }
    }
}
