//! Ids of letters and digits: with dots, slashes or other marks between their groups (`24536010.R`, `SX/15/70/91/D`),
//! and with their digits in words.

use super::Change;
use super::digits::FEWEST;
use crate::privacy::anchors::find_two;

/// Letters and digits of such an id.
const LENGTHS: std::ops::RangeInclusive<usize> = 9..=16;

/// Takes the marks out of groups of capitals and digits that together are as long as an id, with six digits or more and
/// a letter. What then is none of those with a check or form of their own stays what it was. `O(bytes)`.
pub(super) fn dotted(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let code = |b: &u8| b.is_ascii_digit() | b.is_ascii_uppercase();
    let mut from = 0;
    // Without branches, so that blocks are looked at at once; the two marks differ in the last bit.
    let joint = |last: u8, mark: u8| code(&last) & (mark | 1 == b'/');
    while let Some(last) = find_two(bytes, from, 1, joint) {
        let (floor, mark) = (from, last + 1);
        from = mark + 1;
        if !bytes.get(from).is_some_and(code) {
            continue;
        }
        let before = bytes[floor..mark].iter().rev().take(*LENGTHS.end()).take_while(|b| code(b)).count();
        let start = mark - before;
        let (mut with, mut end) = (String::new(), start);
        loop {
            let group = bytes[end..].iter().take(LENGTHS.end() + 1).take_while(|b| code(b)).count();
            with.push_str(&text[end..end + group]);
            end += group;
            let more = matches!(bytes.get(end), Some(b'.' | b'/' | b'-')) && bytes.get(end + 1).is_some_and(code);
            if group == 0 || !more || with.len() > *LENGTHS.end() {
                break;
            }
            end += 1;
        }
        from = end.max(from);
        let digits = with.bytes().filter(u8::is_ascii_digit).count();
        let letters = with.len() - digits;
        let joined = |c: char| c.is_alphanumeric() || "/@_-.".contains(c);
        let apart =
            !text[..start].ends_with(joined) && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
        if LENGTHS.contains(&with.len()) && digits >= 6 && letters > 0 && apart {
            changes.push(Change::new(start, end, with));
        }
    }
}

/// Groups of digits with `_`, `*`, `|`, `~`, a long dash or a middle dot between them.
pub(super) fn marked(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let code = |b: u8| b.is_ascii_digit() | b.is_ascii_uppercase();
    let marked = |a: u8, b: u8| (code(a) | (a == b')')) & matches!(b, b'_' | b'*' | b'|' | b'~' | 0xC2 | 0xE2 | 0xE3);
    while let Some(at) = find_two(bytes, from, 1, marked).map(|before| before + 1) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        let is_mark = matches!(c, '_' | '*' | '|' | '~' | '\u{B7}' | '\u{2013}' | '\u{30FB}');
        // Brackets around or before a group: `(010)_1234`, `(13)_2519396720898`.
        let open = bytes.get(from) == Some(&b'(') && bytes.get(from + 1).is_some_and(u8::is_ascii_digit);
        if is_mark && (open || bytes.get(from).is_some_and(|b| code(*b))) {
            changes.push(Change::new(at, from, "-".to_owned()));
        }
    }
}

/// What a numeral right before it counts or points at.
const COUNTED: [&str; 11] = ["번호", "카드", "계좌", "전화", "razy", "veces", "times", "mal", "fois", "volte", "vezes"];

/// True for a word that the numeral before it counts or points at.
pub(super) fn is_counted(word: &str) -> bool {
    COUNTED.iter().any(|counted| word.starts_with(counted))
}

/// Adds what was read, with the letters that an id begins or ends with; other letters behind it are words.
pub(super) fn flush(
    text: &str,
    with: &mut String,
    words: &mut usize,
    mut start: usize,
    mut end: usize,
    changes: &mut Vec<Change>,
) {
    let digits = with.bytes().filter(u8::is_ascii_digit).count();
    if digits >= FEWEST && *words >= 3 {
        let body = with.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '-').len();
        let inner = with[..body].contains(|c: char| c.is_ascii_uppercase());
        let head = text[..start].strip_suffix([' ', '-']).unwrap_or("");
        let lead = head.bytes().rev().take(7).take_while(u8::is_ascii_uppercase).count();
        let own = !head[..head.len() - lead].ends_with(char::is_alphanumeric);
        let tail = body < with.len();
        // Codice fiscale, national insurance number, NIE; the DNI has no letter before it.
        let led = own && matches!((lead, digits), (6, 7) if inner)
            || own && tail && matches!((lead, digits), (2, 6) | (1, 7));
        if led {
            start -= lead + 1;
            with.insert_str(0, &text[start..start + lead]);
        } else if tail && digits != 8 {
            with.truncate(body);
            end = text[..end].trim_end_matches(|c: char| c.is_ascii_uppercase()).trim_end_matches([' ', '-']).len();
        }
        changes.push(Change::new(start, end, std::mem::take(with)));
    }
    with.clear();
    *words = 0;
}
