//! Blanks of templates that nobody filled.

use crate::order::Sorted;
use crate::span::Span;

/// Longest blank, in bytes between its brackets.
const LONGEST: usize = 48;

/// Tags that may stand in a message.
const TAGS: [&str; 16] =
    ["b", "i", "u", "p", "a", "br", "em", "ul", "ol", "li", "hr", "div", "span", "strong", "html", "body"];

/// What blanks in square brackets are called besides capitals; lower case. Written for this project.
const CALLED: &str = "name order date customer agent insert imię imie nazwisko klient numer zamówieni bestell kunde datum \
    vorname nachname nombre cliente pedido fecha nom prénom commande nome ordine ordem naam klant 이름 고객 성함 주문 날짜 상담 \
    お名前 氏名 名前 様 注文 日付 担当 姓名 订单 客户";

/// Blanks that have no brackets; ASCII ones stand for whole words.
const BARE: [&str; 13] =
    ["lorem ipsum", "Lorem ipsum", "___", "xxxx", "XXXX", "TBD", "TBC", "〇〇", "○○", "◯◯", "△△", "OOO님", "OOO 고객"];

/// The blanks in `text`, sorted, apart from each other: double or single braces, `<order>`, `%name%`, square brackets
/// around capitals or a word for a name, an order or the like, and the blanks of Japanese and Korean letters.
/// `O(bytes)`.
pub fn placeholders(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut free = 0;
    for (at, c) in text.char_indices() {
        let close = match c {
            '{' => '}',
            '<' => '>',
            '[' => ']',
            '【' => '】',
            '%' => '%',
            _ => continue,
        };
        if at < free {
            continue;
        }
        let inside = at + c.len_utf8();
        let rest = text.get(inside..text.floor_char_boundary(inside + LONGEST)).unwrap_or_default();
        let Some(length) = rest.find([close, '\n']) else { continue };
        let inner = rest.get(..length).unwrap_or_default();
        let behind = rest.get(length..).unwrap_or_default();
        if behind.starts_with('\n') || !is_blank(c, inner.trim_matches(['{', ' '])) {
            continue;
        }
        let mut end = inside + length + close.len_utf8();
        if behind.starts_with("}}") {
            end += 1;
        }
        let from = if at > 0 && c == '{' && text.get(at - 1..at) == Some("$") { at - 1 } else { at };
        found.push(Span::new(from, end));
        free = end;
    }
    for blank in BARE {
        for (at, _) in text.match_indices(blank) {
            let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
            let whole = edge(text.get(..at).and_then(|before| before.chars().next_back()))
                && edge(text.get(at + blank.len()..).and_then(|after| after.chars().next()));
            let span = Span::new(at, at + blank.len());
            if whole || !blank.is_ascii() {
                found.push(span);
            }
        }
    }
    found.order();
    // Of two at one place the first, which is the longer.
    let mut end = 0;
    found.retain(|span| {
        let apart = span.start >= end;
        if apart {
            end = span.end;
        }
        apart
    });
    found
}

fn is_blank(open: char, inner: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if inner.is_empty() || !inner.chars().all(word) || !inner.chars().any(char::is_alphabetic) {
        return false;
    }
    match open {
        '{' => true,
        '%' => inner.len() > 2 && !inner.contains(' ') && inner.starts_with(char::is_alphabetic),
        '<' => {
            let tag = inner.split(' ').next().unwrap_or_default().to_lowercase();
            inner.starts_with(char::is_alphabetic) && !TAGS.contains(&tag.as_str())
        }
        _ => {
            let lower = inner.to_lowercase();
            let capitals = inner.len() > 2 && inner.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
            capitals || inner.contains('_') || CALLED.split_whitespace().any(|name| lower.contains(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_found_and_ordinary_marks_are_not() {
        for (text, blank) in [
            ("Hello {{name}}, thanks", "{{name}}"),
            ("Hello {{ first_name }}, thanks", "{{ first_name }}"),
            ("Hello {name}, thanks", "{name}"),
            ("Hello ${name}!", "${name}"),
            ("Dear [NAME], thanks", "[NAME]"),
            ("Dear [customer name]", "[customer name]"),
            ("Order <order number> is late", "<order number>"),
            ("Hi %FIRSTNAME%, hi", "%FIRSTNAME%"),
            ("Szanowna Pani [nazwisko]", "[nazwisko]"),
            ("[고객명] 고객님, 안녕하세요", "[고객명]"),
            ("【お名前】様", "【お名前】"),
            ("○○様、お世話になっております", "○○"),
            ("Your order ____ is here", "___"),
            ("It arrives on TBD.", "TBD"),
        ] {
            let found = placeholders(text);
            assert_eq!(found.first().and_then(|span| span.slice(text)), Some(blank), "{text}");
            assert_eq!(found.len(), 1, "{text}");
        }
        for text in [
            "20 % off and 30 % more",
            "100%, really 100%.",
            "a < b and c > d",
            "<b>Thank you</b> <br> <a>",
            "see [1] and [2]",
            "【重要】配送のお知らせ",
            "I <3 this",
            "xoxo",
            "{}",
            "methodology",
        ] {
            assert!(placeholders(text).is_empty(), "{text}: {:?}", placeholders(text));
        }
    }
}
