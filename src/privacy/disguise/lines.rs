//! Values that a line break goes through.

use super::{Change, Reading};
use crate::privacy::anchors::find as find_byte;
use crate::privacy::{Pii, PiiType};
use crate::span::Span;

/// Bytes and lines read on either side of the break.
const REACH: usize = 72;
const LINES: usize = 2;

/// What `scan` finds in short readings around the line breaks that may stand inside a value. A finding counts when
/// it goes through the break. `O(bytes)`: the stretches are bounded.
pub(in crate::privacy) fn across(text: &str, scan: &dyn Fn(&str) -> Vec<Pii>) -> Vec<Pii> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find_byte(bytes, from, |b| b == b'\n') {
        from = at + 1;
        let left = bytes[..at].iter().rev().take(3).take_while(|b| matches!(b, b' ' | b'\r')).count();
        let right = bytes[at + 1..].iter().take(3).take_while(|b| **b == b' ').count();
        let (start, end) = (at - left, at + 1 + right);
        let part = |b: u8| b.is_ascii_alphanumeric() || b"@.-_/+:()".contains(&b);
        let (Some(&before), Some(&after)) = (start.checked_sub(1).map(|i| &bytes[i]), bytes.get(end)) else { continue };
        if !part(before) || !part(after) {
            continue;
        }
        let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
        let ceiling = text.floor_char_boundary((end + REACH).min(text.len()));
        let is_break = |(_, b): &(usize, &u8)| **b == b'\n';
        let floor = bytes[floor..start]
            .iter()
            .enumerate()
            .rev()
            .filter(is_break)
            .nth(LINES - 1)
            .map_or(floor, |(i, _)| floor + i + 1);
        let ceiling =
            bytes[end..ceiling].iter().enumerate().filter(is_break).nth(LINES - 1).map_or(ceiling, |(i, _)| end + i);
        let near = |range: &[u8]| range.iter().rev().take(24).any(|b| b.is_ascii_digit() || b"@/)]".contains(b));
        let digits = near(&bytes[floor..start])
            || bytes[end..ceiling].iter().take(24).any(|b| b.is_ascii_digit() || b"@/)]".contains(b));
        if !digits {
            continue;
        }
        let window = &text[floor..ceiling];
        for with in ["", " ", "-"] {
            if !(with.is_empty() || before.is_ascii_digit() && after.is_ascii_digit()) {
                continue;
            }
            let change = Change::new(start - floor, end - floor, with.to_owned());
            let Some(reading) = Reading::new(window, vec![change]) else { continue };
            for pii in scan(&reading.text) {
                let old = reading.to_old(pii.span);
                let through = old.start < start - floor && old.end > end - floor;
                // What touches the edge may be cut.
                let whole = (old.start > 0 || floor == 0) && (old.end < window.len() || ceiling == text.len());
                // What is whole before the break ends there: "kim@example.com" and then "And".
                let address = matches!(pii.kind, PiiType::Email | PiiType::Url | PiiType::UrlToken);
                let ended = |one: &Pii| address && one.kind == pii.kind && one.span.end == start - floor;
                if through && whole && !scan(&window[..start - floor]).iter().any(ended) {
                    found.push(Pii { span: Span::new(floor + old.start, floor + old.end), ..pii });
                }
            }
        }
    }
    found
}
