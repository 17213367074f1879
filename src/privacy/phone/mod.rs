//! Phone numbers: international, national shapes, and plain digits behind a word like `phone`.

mod countries;
mod shapes;

use crate::order::Sorted;
use std::cell::OnceCell;

use super::numbers::{Digits, Run, Sep, WINDOW};
use super::words::{self, Before, Sense};
use super::{Pii, PiiType, rank};
use crate::span::Span;
use countries::Fit;
use shapes::Shape;

/// Most digits of a number known only by the word behind it.
const MAX_DIGITS_BY_AFTERWORD: usize = 12;
/// Most digits of an extension.
const MAX_EXTENSION: usize = 6;
/// Signs in front of or behind an amount.
const MONEY: [char; 9] = ['$', '€', '£', '¥', '₩', '₹', '%', '원', '円'];
/// Words behind an amount, in lower case.
const UNITS: [&str; 20] = [
    "usd", "eur", "euro", "euros", "gbp", "krw", "jpy", "pln", "zł", "zl", "zloty", "złotych", "dollars", "pounds",
    "won", "yen", "views", "people", "km", "kg",
];

/// A window that can be a phone number.
struct Candidate {
    first: usize,
    last: usize,
    digits: usize,
    end: usize,
    certainty: f64,
}

/// Adds the phone numbers of one run, leaving out the groups already `taken`.
pub(super) fn find(run: &Run, taken: &[bool], found: &mut Vec<Pii>) {
    let mut candidates = Vec::new();
    // Reading words costs more than looking at digits, so it waits until the digits ask for it.
    let before = OnceCell::new();
    let before = || *before.get_or_init(|| Before::read(run.text, run.start).phone());
    for i in 0..run.groups.len() {
        if !run.may_begin(i) || (i == 0 || run.groups[i].parted) && !may_follow(run, &before) {
            continue;
        }
        let free = taken[i..run.groups.len().min(i + WINDOW)].iter().take_while(|taken| !**taken).count();
        for j in i..i + free {
            let Some(digits) = run.digits(i, j) else { break };
            if digits.len() >= 6 && run.may_end(j) {
                candidates.extend(judge(run, i, j, &digits, &before));
            }
        }
    }
    candidates
        .order_by(|a, b| b.certainty.total_cmp(&a.certainty).then(b.digits.cmp(&a.digits)).then(a.first.cmp(&b.first)));
    let mut used = [false; 64];
    for one in candidates {
        let range = one.first..=one.last;
        if used[range.clone()].iter().any(|u| *u) {
            continue;
        }
        used[range].fill(true);
        let group = &run.groups[one.first];
        let start = if one.first == 0 { run.start } else { group.start - usize::from(group.open) };
        found.push(Pii::new(PiiType::Phone, Span::new(start, one.end), one.certainty));
    }
}

/// False where what stands before the run makes it part of a word, path, amount or identifier.
fn may_follow(run: &Run, before: &dyn Fn() -> Sense) -> bool {
    let mut back = run.text[..run.start].chars().rev();
    match back.next() {
        None => true,
        Some(c) if c.is_ascii_alphanumeric() => run.plus && c.is_ascii_alphabetic(),
        Some('_' | '&' | '%' | '#' | '*' | '@' | '\\') => false,
        Some(c) if MONEY.contains(&c) && !matches!(c, '원' | '円') => false,
        Some('=') => before() == Sense::For,
        Some('-' | '.' | '/') => match back.next() {
            // +44 20 7946 0958/+44 20 7946 0959
            Some(c) if c.is_ascii_digit() => run.plus && run.text[..run.start].ends_with('/'),
            Some(c) if c.is_ascii_alphanumeric() || c == '/' => before() == Sense::For,
            _ => true,
        },
        // 1,234 567 890
        Some(',') => !back.next().is_some_and(|c| c.is_ascii_digit()) || run.plus || run.groups[0].len() != 3,
        Some(' ') => !back.next().is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '₩' | '₹')),
        _ => true,
    }
}

fn judge(run: &Run, i: usize, j: usize, digits: &Digits, before: &dyn Fn() -> Sense) -> Option<Candidate> {
    let groups = &run.groups[i..=j];
    let last = &groups[groups.len() - 1];
    let is_last = j + 1 == run.groups.len();
    let mut end = last.end;
    let mut after_word = false;
    if is_last {
        end = extension(run.text, last.end);
        after_word = end == last.end && words::phone_after(run.text, end);
        if end == last.end && !after_word && !may_precede(run.text, end) {
            return None;
        }
    }
    let candidate = |certainty| Some(Candidate { first: i, last: j, digits: digits.len(), end, certainty });
    let sense = || if i == 0 || groups[0].parted { before() } else { Sense::Silent };
    if i == 0 && (run.plus || digits.starts_with(b"00")) {
        if let Some(certainty) = international(run, groups.len(), digits) {
            return if run.plus || sense() != Sense::Against { candidate(certainty) } else { None };
        }
        if run.plus {
            return None;
        }
    }
    let (mut lengths, mut seps) = ([0; WINDOW], [Sep::First; WINDOW]);
    for (at, group) in groups.iter().enumerate() {
        lengths[at] = group.len();
        seps[at] = if at == 0 { Sep::First } else { group.sep };
    }
    let n = groups.len();
    let bracketed = groups[0].open && groups[0].close;
    let shape = Shape { lengths: &lengths[..n], seps: &seps[..n], digits, bracketed };
    let national = shapes::national(&shape);
    if national.is_none() && !shapes::in_context(&shape) {
        return None;
    }
    let sense = sense();
    if sense == Sense::Against {
        return None;
    }
    let context = sense == Sense::For || after_word;
    if let Some(certainty) = national {
        return candidate(if context { rank::PHONE_NATIONAL_IN_CONTEXT } else { certainty });
    }
    let short = sense != Sense::For && (digits.len() > MAX_DIGITS_BY_AFTERWORD || n > 1 && lengths[0] == 5);
    if context && !short { candidate(rank::PHONE_CONTEXT) } else { None }
}

/// The rank of `+` or `00` and the digits as an international number.
fn international(run: &Run, groups: usize, digits: &Digits) -> Option<f64> {
    let mut plain: Vec<u8> = Vec::with_capacity(digits.len());
    for group in &run.groups[..groups] {
        if !(group.open && group.close && group.len() == 1) {
            plain.extend_from_slice(&run.text.as_bytes()[group.start..group.end]);
        }
    }
    let skip = if run.plus { 0 } else { 2 };
    let number = plain.get(skip..)?;
    if !(countries::MIN_DIGITS..=countries::MAX_DIGITS).contains(&number.len()) {
        return None;
    }
    match countries::fit(number) {
        Fit::Right => Some(rank::PHONE_INTERNATIONAL),
        // Without separators a wrong length is more likely a count or an identifier.
        Fit::Unknown | Fit::Wrong if run.plus && (groups >= 3 || number.len() >= 10) && !number.ends_with(b"000") => {
            Some(rank::PHONE_PLUS)
        }
        Fit::Unknown if groups >= 3 => Some(rank::PHONE_PLUS),
        _ => None,
    }
}

/// False where what stands behind byte `end` makes the digits a time, amount, address or word.
fn may_precede(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        None => true,
        Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '*' | '%' | '°') => false,
        Some(c) if MONEY.contains(&c) => false,
        Some(':') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
        // A decimal: 123 456 789,50
        Some(',') => {
            let decimals = rest.take_while(char::is_ascii_digit).count();
            !(1..=2).contains(&decimals)
        }
        Some('-' | '/') => !rest.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some('.') => !rest.next().is_some_and(|c| c.is_ascii_alphanumeric() && c.is_lowercase()),
        Some(' ') => {
            let word: String =
                rest.by_ref().take_while(|c| c.is_alphabetic()).take(10).flat_map(char::to_lowercase).collect();
            let sign = text[end + 1..].chars().next().is_some_and(|c| MONEY.contains(&c));
            !sign && !words::among(&word, &UNITS)
        }
        _ => true,
    }
}

/// End of the number with its extension (`x123`, `ext. 123`, `내선 12`), or `end` without one.
fn extension(text: &str, end: usize) -> usize {
    const MARKS: [&str; 13] =
        ["extension", "extn", "ext", "x", "#", "durchwahl", "poste", "wew", "int", "anexo", "ramal", "내선", "内線"];
    let rest = text[end..].trim_start_matches([' ', ',']);
    if text[end..].len() - rest.len() > 2 {
        return end;
    }
    let starts = |mark: &&&str| rest.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let Some(mark) = MARKS.iter().find(starts) else { return end };
    let rest = &rest[mark.len()..];
    let number = rest.trim_start_matches([' ', '.', ':']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let after = number[digits..].chars().next();
    let closed = after.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
    if rest.len() - number.len() <= 2 && (1..=MAX_EXTENSION).contains(&digits) && closed {
        text.len() - number.len() + digits
    } else {
        end
    }
}
