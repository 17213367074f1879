//! Dates of birth: a full date with a year behind a word like `born`, or before `생` or `生まれ`.

use super::cues::{self, BIRTH, OTHER};
use super::mixed::Word;
use super::{Pii, PiiType, rank};
use crate::span::Span;
use crate::text::low;

/// Beginnings of the names of months in the ten languages, three letters each.
const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec mär mai okt dez sty lut kwi maj cze lip sie wrz paź \
                      lis gru fév avr jui aoû déc ene abr ago dic gen mag giu lug set ott fev out mrt maa mei";
/// Eras of the Japanese calendar that a living person can be born in.
const ERAS: [&str; 5] = ["明治", "大正", "昭和", "平成", "令和"];
/// Years that count as years of birth.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2030;

/// Adds the date of birth that begins with, or right before, the digit at byte `digit` of `word`.
pub(super) fn find(word: &Word, digit: usize, found: &mut Vec<Pii>) {
    if digit != word.start {
        return;
    }
    let Some(span) = date(word.text, digit) else { return };
    let rest = word.text[span.end..].trim_start();
    // `ordered on 3 May for my birthday` tells no date of birth.
    let born = !word.text[span.end..].trim_start().starts_with("for ")
        && cues::after(word.text, span.end) & (BIRTH | OTHER) == BIRTH;
    let after =
        born || ["생", "출생", "生まれ", "生"].iter().any(|mark| rest.starts_with(mark)) && !rest.starts_with("생산");
    let is_birth = |cues: u32| cues & (BIRTH | OTHER) == BIRTH;
    if after || is_birth(cues::before(word.text, span.start)) || is_birth(cues::clause_before(word.text, span.start)) {
        found.push(Pii::new(PiiType::BirthDate, span, rank::IN_CONTEXT));
    }
}

/// Digits at byte `at`: their value and end; at most four, or eight for dates written without separators.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let len = text.as_bytes()[at..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    if len == 0 || len == 9 {
        return None;
    }
    Some((text[at..at + len].parse().ok()?, at + len))
}

/// Skips at most two of the characters that stand between the parts of a date.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest
        .char_indices()
        .take(3)
        .find(|(_, c)| !matches!(c, ' ' | '.' | '-' | '/' | ',' | '\n'))
        .map_or(0, |(i, _)| i)
}

/// The word at byte `at` when it names a month, and its end; `de`, `of` and `st` before it are passed over.
fn month_name(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..3 {
        let rest = &text[at..];
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()).min(24);
        let word = rest.get(..len)?;
        if is_month(word) {
            return Some(at + len);
        }
        if !matches!(word, "de" | "of" | "st" | "nd" | "rd" | "th" | "er" | "o" | "º") {
            return None;
        }
        at = skip(text, at + len);
    }
    None
}

/// For each small ASCII letter, the second ones of the months that begin with it; all bits where one is beyond ASCII.
const SECONDS: [u32; 26] = {
    let months = MONTHS.as_bytes();
    let (mut seconds, mut at, mut begins) = ([0; 26], 0, true);
    while at < months.len() {
        if begins && months[at] != b' ' {
            let second = months[at + 1];
            seconds[(months[at] - b'a') as usize] |= if second.is_ascii() { 1 << (second - b'a') } else { u32::MAX };
        }
        begins = months[at] == b' ';
        at += 1;
    }
    seconds
};

fn is_month(word: &str) -> bool {
    // All begin with an ASCII letter, and most words are none.
    let &[first, second, ..] = word.as_bytes() else { return false };
    let seconds = SECONDS.get(usize::from((first | 0x20).wrapping_sub(b'a'))).copied().unwrap_or(0);
    if seconds == 0 || second.is_ascii() && seconds >> ((second | 0x20).wrapping_sub(b'a') & 31) & 1 == 0 {
        return false;
    }
    let mut start = [0; 12];
    let mut len = 0;
    let mut chars = word.chars().map(low);
    for _ in 0..3 {
        let Some(c) = chars.next() else { return false };
        len += c.encode_utf8(&mut start[len..]).len();
    }
    MONTHS.as_bytes().split(|b| *b == b' ').any(|month| month[0] == start[0] && *month == start[..len])
}

/// The full date at the digit `at`, with a month name or an era before it.
fn date(text: &str, at: usize) -> Option<Span> {
    let (first, end) = number(text, at)?;
    let rest = &text[end..];
    // 1985년 3월 12일, 昭和60年3月12日
    if let Some(tail) = rest.strip_prefix(['년', '年']) {
        let before = &text[..at];
        let era = ERAS.iter().find(|era| before.ends_with(**era));
        let start = at - era.map_or(0, |era| era.len());
        let month = text.len() - tail.trim_start().len();
        let (_, end) = number(text, month)?;
        let tail = text[end..].strip_prefix(['월', '月'])?.trim_start();
        let (_, end) = number(text, text.len() - tail.len())?;
        let end = end + text[end..].strip_prefix(['일', '日']).map_or(0, |rest| text.len() - end - rest.len());
        return (era.is_some() || YEARS.contains(&first) || end - at < 30 && first < 100)
            .then_some(Span::new(start, end));
    }
    // 850312, 19850312
    if matches!(end - at, 6 | 8) {
        let tail = first % 10_000;
        let fits = (1..=12).contains(&(tail / 100)) && (1..=31).contains(&(tail % 100));
        return fits.then_some(Span::new(at, end));
    }
    if end - at > 4 {
        return None;
    }
    // March 12, 1985
    let before = text[..at].trim_end_matches([' ', ',']);
    let word_start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let named = before.len() < at && before.len() - word_start < 24 && is_month(&before[word_start..]);
    let suffix = |end: usize| {
        let rest = &text[end..];
        end + ["st", "nd", "rd", "th"].iter().find(|mark| rest.starts_with(**mark)).map_or(0, |mark| mark.len())
    };
    if named && first <= 31 {
        let (year, end) = number(text, skip(text, suffix(end)))?;
        return YEARS.contains(&year).then_some(Span::new(word_start, end));
    }
    // 12 March 1985, 12. März 1985, 12 de marzo de 1985
    if first <= 31
        && let Some(end) = month_name(text, skip(text, end))
    {
        let mut next = skip(text, end);
        let of = text[next..].strip_prefix("del").or_else(|| text[next..].strip_prefix("de"));
        next = of.and_then(|rest| rest.strip_prefix([' ', '\n'])).map_or(next, |rest| text.len() - rest.len());
        let (year, end) = number(text, next)?;
        return (YEARS.contains(&year) || year < 100).then_some(Span::new(at, end));
    }
    // 12.03.1985, 1985-03-12, 3/12/85
    let part = |end: usize| {
        let next = skip(text, end);
        if next == end || !text[end..next].contains(['.', '-', '/']) && next - end != 1 {
            return None;
        }
        number(text, next)
    };
    let (second, end) = part(end)?;
    let (third, last) = part(end)?;
    let spaces = text.as_bytes()[end] == b' ';
    let end = last;
    let year_first = YEARS.contains(&first) && second <= 12 && third <= 31;
    let year_last = first <= 31
        && second <= 31
        && (first <= 12 || second <= 12)
        && (YEARS.contains(&third) || third < 100 && !spaces);
    (second > 0 && (year_first && third > 0 || year_last && first > 0)).then_some(Span::new(at, end))
}
