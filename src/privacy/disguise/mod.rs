//! Sees through disguises: the same text, rewritten as a reader would take it, is read once more.
//!
//! Rewritten are digits of other scripts, letters that look like Latin ones, digits and letters that stand apart,
//! digits in words, unusual marks between groups of digits, and addresses with their `@` and dots in words; line
//! breaks inside a value are read as a space and as nothing. A text with none of these costs one pass over its bytes.

mod codes;
mod digits;
mod hints;
mod lines;
mod mail;

use super::anchors::{Anchors, present};
use crate::order::Sorted;
use crate::span::Span;
use crate::text::Edits;

pub(super) use lines::across;

/// A stretch of the text and what it stands for.
pub(super) struct Change {
    start: usize,
    end: usize,
    with: String,
}

impl Change {
    fn new(start: usize, end: usize, with: String) -> Change {
        Change { start, end, with }
    }
}

/// A rewritten text and the way back.
pub(super) struct Reading {
    pub text: String,
    edits: Edits,
    /// The rewriting before this one.
    first: Option<Edits>,
}

impl Reading {
    fn new(text: &str, mut changes: Vec<Change>) -> Option<Reading> {
        if changes.is_empty() {
            return None;
        }
        changes.order_by_key(|change| change.start);
        let (mut out, mut edits, mut copied) = (String::with_capacity(text.len()), Edits::default(), 0);
        for change in changes {
            // Two rules that see the same stretch: the first one has it.
            if change.start < copied || text[change.start..change.end] == change.with {
                continue;
            }
            out.push_str(&text[copied..change.start]);
            let start = out.len();
            out.push_str(&change.with);
            edits.push((start, out.len()), (change.start, change.end));
            copied = change.end;
        }
        if edits.is_empty() {
            return None;
        }
        out.push_str(&text[copied..]);
        Some(Reading { text: out, edits, first: None })
    }

    /// The places that were rewritten, rising; `None` where they are not known.
    pub(super) fn changed(&self) -> Option<impl Iterator<Item = Span>> {
        self.first.is_none().then(|| self.edits.changed())
    }

    /// The place in the text that was rewritten.
    pub(super) fn to_old(&self, span: Span) -> Span {
        let span = self.edits.to_old(span);
        self.first.as_ref().map_or(span, |first| first.to_old(span))
    }
}

/// The text, which holds `seen`, without its disguises, or `None` where it has none. `O(bytes)`.
pub(super) fn reveal(text: &str, seen: Anchors) -> Option<Reading> {
    if seen.has(Anchors::FOREIGN) {
        let mut changes = Vec::new();
        digits::foreign(text, &mut changes);
        if let Some(first) = Reading::new(text, changes) {
            return Some(match together(&first.text, present(first.text.as_bytes())) {
                Some(second) => Reading { first: Some(first.edits), ..second },
                None => first,
            });
        }
    }
    together(text, seen)
}

fn together(text: &str, seen: Anchors) -> Option<Reading> {
    let mut changes = Vec::new();
    let mut done = 0;
    let spelled = hints::spelled(text, &mut |at| done = mail::spelled(text, at, done, &mut changes));
    if seen.has(Anchors::DIGIT) {
        digits::apart(text, &mut changes);
    }
    if spelled {
        digits::spelled(text, &mut changes);
    }
    if seen.has(Anchors::MARK) {
        codes::marked(text, &mut changes);
    }
    if seen.has(Anchors::DIGIT) {
        codes::dotted(text, &mut changes);
    }
    Reading::new(text, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Reading> {
        reveal(text, present(text.as_bytes()))
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text).map(|reading| reading.text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn digits_are_put_together() {
        check("card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 ok", "card 4111111111111111 ok");
        check("call five five five zero one zero zero one nine nine now", "call 5550100199 now");
        check("전화 공일공-일이삼사-오육칠팔 입니다", "전화 010-1234-5678 입니다");
        check("〇九〇 一二三四 五六七八", "09012345678");
        check("4111_1111_1111_1111", "4111-1111-1111-1111");
        check("٤١١١ ١١١١", "4111 1111");
        check("०१०-१२३४", "010-1234");
        check("DNI siete cuatro cero seis cinco cinco seis uno-H, gracias", "DNI 74065561-H, gracias");
        check("NINO CE one nine one zero six two A", "NINO CE191062A");
        check("RSSMRA otto cinque T uno zero A cinque sei due S ok", "RSSMRA85T10A562S ok");
        check("five five five zero one nine nine I think", "5550199 I think");
        check("SSN four zero two-five six-two one eight zero", "SSN 402-56-2180");
        check("공 일 공 오 오 오 오 이 번호로", "0105555 이 번호로");
        check("vier eins eins eins eins eins zwei mal", "411111 zwei mal");
        check("DNI 24536010.R", "DNI 24536010R");
        check("VAT NL52.4708.757B.03", "VAT NL524708757B03");
    }

    #[test]
    fn addresses_get_their_signs_back() {
        check("jane (at) example (dot) com please", "jane@example.com please");
        check("jane.doe at example dot com", "jane.doe@example.com");
        check("anna[małpa]example.pl", "anna@example.pl");
        check("minsu 골뱅이 example 닷 com 입니다", "minsu@example.com 입니다");
        check("gаrry@ex\u{430}mple.com", "garry@example.com");
    }

    #[test]
    fn everyday_text_is_left_alone() {
        for text in [
            "I was there at noon and it was great. At one point two or three came.",
            "meet me at the shop dot",
            "10 из 10, отлично!",
            "a b c",
            "1 2 3",
            "uno de los mejores",
            "at 5.30 pm, 20-30 people",
            "一二三",
            "Model X.200/300 and Z.1",
            "U.S.A. 2024",
            "on 12.05.2024 / 13.05.2024",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
