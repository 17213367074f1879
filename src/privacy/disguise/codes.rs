//! Ids of letters and digits with dots or slashes between their groups: `24536010.R`, `SX/15/70/91/D`.

use super::Change;
use crate::privacy::anchors::find as find_byte;

/// Letters and digits of such an id.
const LENGTHS: std::ops::RangeInclusive<usize> = 9..=16;

/// Takes the marks out of groups of capitals and digits that together are as long as an id, with six digits or more and
/// a letter. What then is none of those with a check or form of their own stays what it was. `O(bytes)`.
pub(super) fn dotted(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let code = |b: &u8| b.is_ascii_digit() || b.is_ascii_uppercase();
    let mut from = 0;
    while let Some(mark) = find_byte(bytes, from, |b| matches!(b, b'.' | b'/')) {
        let floor = from;
        from = mark + 1;
        let before = bytes[floor..mark].iter().rev().take(*LENGTHS.end()).take_while(|b| code(b)).count();
        if before == 0 || !bytes.get(from).is_some_and(code) {
            continue;
        }
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
