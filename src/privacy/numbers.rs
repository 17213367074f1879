//! Cuts a text into runs of digit groups and asks the numeric detectors about each run.
//!
//! A run is what one number could be written as: digits with single separators between them
//! (`+1 (555) 010-0199`). A detector reads a window of neighbouring groups, and a window begins and
//! ends at a space, at a slash between two long numbers or at the end of the run, so that it never
//! cuts a number inside. Windows and the groups of one run are bounded, so the whole is linear.

use super::anchors::Runs;
use super::cues::{self, ACCOUNT, BANK};
use super::words::Before;
use super::{Pii, PiiType, card, iban, ids, ip, phone, rank};
use crate::span::Span;

/// Most groups in a run. The next run begins far enough back that a window over the border is seen.
const MAX_GROUPS: usize = 64;
/// Most groups in a window.
pub(super) const WINDOW: usize = 8;
/// Most digits looked at in a window.
pub(super) const MAX_DIGITS: usize = 26;
/// Fewest digits on either side of a slash that parts two numbers; `0171/1234567` is one.
const PARTED_DIGITS: usize = 8;

/// What stands between a group and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sep {
    /// Nothing: the first group of its run.
    First,
    Space,
    Hyphen,
    Dot,
    Slash,
    /// A bracket only.
    Bracket,
}

/// One stretch of ASCII digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub start: usize,
    pub end: usize,
    pub sep: Sep,
    /// A space stands in the separator.
    pub spaced: bool,
    /// `(` right before, `)` right behind.
    pub open: bool,
    pub close: bool,
    /// The separator is a slash between two numbers.
    pub parted: bool,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Groups that belong together.
pub(super) struct Run<'t> {
    pub text: &'t str,
    /// First byte with `+` or `(`.
    pub start: usize,
    pub plus: bool,
    pub groups: Vec<Group>,
}

impl Run<'_> {
    /// True when a window may begin at group `i`.
    pub(super) fn may_begin(&self, i: usize) -> bool {
        i == 0 || self.groups[i].spaced || self.groups[i].parted
    }

    /// True when a window may end with group `j`.
    pub(super) fn may_end(&self, j: usize) -> bool {
        self.groups.get(j + 1).is_none_or(|next| next.spaced || next.parted)
    }

    /// The digits of groups `i..=j`, or `None` with more than [`MAX_DIGITS`].
    pub(super) fn digits(&self, i: usize, j: usize) -> Option<Digits> {
        let mut digits = Digits { bytes: [0; MAX_DIGITS], len: 0 };
        for group in &self.groups[i..=j] {
            let part = &self.text.as_bytes()[group.start..group.end];
            digits.bytes.get_mut(digits.len..digits.len + part.len())?.copy_from_slice(part);
            digits.len += part.len();
        }
        Some(digits)
    }

    /// The byte before the run.
    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.start].chars().next_back()
    }
}

/// A few ASCII digits.
pub(super) struct Digits {
    bytes: [u8; MAX_DIGITS],
    len: usize,
}

impl std::ops::Deref for Digits {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Adds IPv4 addresses, IBANs, card and phone numbers. `O(bytes)`.
pub(super) fn find(text: &str, digits: &Runs, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut run = Run { text, start: 0, plus: false, groups: Vec::new() };
    let (mut from, mut at) = (0, 0);
    while let Some(digit) = digits.next(&mut at, from) {
        if let Some((start, end)) = iban::at(bytes, digit) {
            let span = Span::new(start, end);
            found.push(Pii::new(PiiType::Iban, span, rank::IBAN).validated());
            from = end;
            continue;
        }
        read(&mut run, from, digit);
        part(&mut run.groups);
        let end = inspect(&run, found);
        from = end.or_else(|| resume(&run)).unwrap_or_else(|| run.groups.last().map_or(digit + 1, |last| last.end));
    }
}

/// Where the run after a full one begins: before the first of its last groups at which a window
/// may begin, so that a number which crosses the border is read whole. `None` where a run ended by
/// itself or has no such group. Overlapping findings are joined later.
fn resume(run: &Run) -> Option<usize> {
    if run.groups.len() < MAX_GROUPS {
        return None;
    }
    // Two windows: a slash parts only numbers that are both seen.
    let first = (MAX_GROUPS - 2 * WINDOW + 1..MAX_GROUPS).find(|&i| run.may_begin(i))?;
    Some(run.groups[first - 1].end)
}

/// Reads the run whose first digit is at `digit` into `run`; `floor` is the end of the last one.
fn read(run: &mut Run, floor: usize, digit: usize) {
    let bytes = run.text.as_bytes();
    let free = &bytes[floor..digit];
    run.plus = free.ends_with(b"+");
    let open = free.ends_with(b"(");
    let outer = free.ends_with(b"(+");
    run.start = digit - usize::from(run.plus || open) - usize::from(outer);
    run.groups.clear();
    let (mut start, mut sep, mut spaced, mut open) = (digit, Sep::First, false, open || outer);
    loop {
        let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let close = bytes.get(end) == Some(&b')');
        run.groups.push(Group { start, end, sep, spaced, open, close, parted: false });
        if run.groups.len() == MAX_GROUPS {
            return;
        }
        let Some(next) = separator(&run.text[end..]) else { return };
        start = end + next.len;
        (sep, spaced, open) = (next.sep, next.spaced, next.open);
    }
}

/// Marks the slashes that part numbers: those with a whole number on either side
/// (`010-1234-5678/010-1234-5679`), and those between a whole number of three groups and the changed
/// last digits of a second one (`010-1234-5678/9`).
fn part(groups: &mut [Group]) {
    let is_slash = |group: &Group| group.sep == Sep::Slash && !group.spaced;
    let slashes: Vec<usize> = (0..groups.len()).filter(|&at| at > 0 && is_slash(&groups[at])).collect();
    for (i, &slash) in slashes.iter().enumerate() {
        let from = if i == 0 { 0 } else { slashes[i - 1] };
        let to = slashes.get(i + 1).copied().unwrap_or(groups.len());
        let digits = |part: &[Group]| part.iter().map(Group::len).sum::<usize>();
        let (left, right) = (&groups[from..slash], &groups[slash..to]);
        let two = digits(left) >= PARTED_DIGITS && digits(right) >= PARTED_DIGITS;
        let short = left.len() >= 3 && digits(left) > PARTED_DIGITS && right.len() == 1 && digits(right) <= 4;
        groups[slash].parted = two || short;
    }
}

struct Separator {
    sep: Sep,
    spaced: bool,
    open: bool,
    len: usize,
}

/// The separator at the start of `rest`, if a digit follows it: an optional `)`, at most one mark
/// with a space on either side or one space, an optional `(`.
fn separator(rest: &str) -> Option<Separator> {
    let mut chars = rest.chars().peekable();
    let (mut len, mut sep, mut spaces) = (0, Sep::Bracket, 0);
    let (mut marked, mut open, mut close) = (false, false, false);
    for _ in 0..6 {
        let c = chars.next()?;
        let mark = match c {
            '0'..='9' => {
                let empty = !(open || close) && sep == Sep::Bracket;
                return (!empty).then_some(Separator { sep, spaced: spaces > 0, open, len });
            }
            _ if open => return None,
            ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\u{3000}' => {
                spaces += 1;
                if spaces > if marked { 2 } else { 1 } {
                    return None;
                }
                if !marked {
                    sep = Sep::Space;
                }
                len += c.len_utf8();
                continue;
            }
            ')' if !close && !marked && spaces == 0 => {
                close = true;
                len += 1;
                continue;
            }
            '(' => {
                open = true;
                len += 1;
                continue;
            }
            '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FF0D}' => Sep::Hyphen,
            '.' => Sep::Dot,
            '/' => Sep::Slash,
            _ => return None,
        };
        // A sentence ends with a dot and a space; a number is not parted so.
        if marked || mark == Sep::Dot && (spaces > 0 || chars.peek() == Some(&' ')) {
            return None;
        }
        marked = true;
        sep = mark;
        len += c.len_utf8();
    }
    None
}

/// Asks the detectors about one run. Addresses and cards are certain and go first; phones take
/// what they leave. Gives the end of a card number that reads on behind the run.
fn inspect(run: &Run, found: &mut Vec<Pii>) -> Option<usize> {
    let digits: usize = run.groups.iter().map(Group::len).sum();
    if digits < 4 {
        return None;
    }
    let count = run.groups.len();
    let mut taken = [false; MAX_GROUPS];
    let mut words = ids::Words::new();
    let mut i = 0;
    while i < count {
        let end = if !run.may_begin(i) {
            None
        } else if let Some(last) = (i + 3 < count).then(|| ip::v4(run, i, found)).flatten() {
            Some(last)
        } else if let Some((j, pii)) = (digits >= 9).then(|| ids::at(run, i, &mut words)).flatten() {
            found.push(pii);
            Some(j)
        } else if let Some((j, pii)) = (digits >= 12).then(|| card_at(run, i)).flatten() {
            found.push(pii);
            Some(j)
        } else {
            None
        };
        let last = end.unwrap_or(i);
        if end.is_some() {
            taken[i..=last].fill(true);
        }
        i = last + 1;
    }
    let wide = wide_card(run, &taken);
    if let Some((i, end)) = wide {
        taken[i..count].fill(true);
        let span = Span::new(run.groups[i].start, end);
        found.push(Pii::new(PiiType::Card, span, rank::CARD_GROUPED).validated());
    }
    if digits >= 6 {
        phone::find(run, &taken, found);
    }
    wide.map(|(_, end)| end)
}

/// The first group and the end of a card number whose groups stand two or three spaces apart: the
/// run ends at the first such gap.
fn wide_card(run: &Run, taken: &[bool]) -> Option<(usize, usize)> {
    let bytes = run.text.as_bytes();
    let count = run.groups.len();
    if !bytes[run.groups[count - 1].end..].starts_with(b"  ") {
        return None;
    }
    (count.saturating_sub(4)..count)
        .filter(|&i| run.may_begin(i) && !taken[i] && !(i == 0 && is_joined(run)))
        .find_map(|i| Some((i, card::wide(bytes, run.groups[i].start)?)))
}

/// True when what stands before the run makes its first digits part of something else.
fn is_joined(run: &Run) -> bool {
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '*' | '#');
    // `.4111...` is a decimal, `no.4111...` is not.
    let decimal = || {
        let mut back = run.text[..run.start].chars().rev();
        back.next() == Some('.') && !back.next().is_some_and(char::is_alphabetic)
    };
    run.plus || run.before().is_some_and(joined) || decimal()
}

/// True when a date such as `12/27`, `12-2027` or, behind a slash, `1227` is all that is joined to
/// group `j`.
fn has_expiry(run: &Run, j: usize) -> bool {
    let tied = |at: usize| {
        run.groups.get(at).filter(|g| matches!(g.sep, Sep::Slash | Sep::Hyphen) && !g.spaced && !g.open && !g.close)
    };
    let Some(month) = tied(j + 1) else { return false };
    let is_month = matches!(
        &run.text.as_bytes()[month.start..month.start + month.len().min(2)],
        [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']
    );
    let last = match (month.len(), tied(j + 2)) {
        (2, Some(year)) if matches!(year.len(), 2 | 4) => j + 2,
        (4, None) if month.sep == Sep::Slash => j + 1,
        _ => return false,
    };
    is_month && run.may_end(last) && !is_closed(run, last)
}

/// True when a letter is joined to group `j`, the last of the run.
fn is_closed(run: &Run, j: usize) -> bool {
    let rest = &run.text[run.groups[j].end..];
    j + 1 == run.groups.len() && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// The longest card number that begins at group `i`, and its last group.
fn card_at(run: &Run, i: usize) -> Option<(usize, Pii)> {
    if i == 0 && is_joined(run) {
        return None;
    }
    let last = run.groups.len().min(i + WINDOW) - 1;
    for j in (i..=last).rev() {
        let groups = &run.groups[i..=j];
        let end = groups[groups.len() - 1].end;
        let dated = !run.may_end(j);
        if dated && !has_expiry(run, j) || is_closed(run, j) {
            continue;
        }
        let first = groups.get(1).map_or(Sep::First, |g| g.sep);
        let mut lengths = [0; WINDOW];
        for (length, group) in lengths.iter_mut().zip(groups) {
            *length = group.len();
        }
        let lengths = &lengths[..groups.len()];
        // The groups of a card in print may have any marks between them.
        let printed = matches!(lengths, [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4]);
        let parted = |g: &Group| g.open || g.sep == Sep::Bracket || g.sep == Sep::Slash && !printed;
        if groups[1..].iter().any(parted) {
            continue;
        }
        let mixed = groups[1..].iter().any(|g| g.sep != first);
        let dotted = groups[1..].iter().any(|g| g.sep == Sep::Dot);
        let grouped = (printed || !mixed) && card::is_grouping(lengths);
        let odd = groups.len() > 1 && !grouped && !dotted && card::is_odd_grouping(lengths, mixed);
        let Some(digits) = run.digits(i, j).filter(|digits| !dated || digits.len() >= 15) else { continue };
        let named = || !odd && i == 0 && Before::read(run.text, run.start).card();
        // Part of an account number: one in ten such parts passes for a card.
        let inner = (i > 0 || j + 1 < run.groups.len()) && !grouped;
        let account = || inner && cues::before(run.text, run.start) & (BANK | ACCOUNT) != 0;
        if (grouped || odd || groups.len() == 1) && card::is_card(&digits, named) && !account() {
            let certainty = if grouped { rank::CARD_GROUPED } else { rank::CARD_PLAIN };
            let span = Span::new(groups[0].start, end);
            return Some((j, Pii::new(PiiType::Card, span, certainty).validated()));
        }
    }
    None
}
