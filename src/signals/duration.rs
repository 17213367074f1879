//! Durations in words and figures: "45 minutes", "1h30", "półtorej godziny", "3시간 반", "2時間半".

use crate::order::Sorted;
use std::sync::OnceLock;

use super::listed::lines;
use super::rules::LANGUAGES;
use crate::span::Span;
use crate::text::{is_hangul, is_unspaced};

/// The longest duration given, in minutes: ten years. A longer one is none.
pub(super) const MOST_MINUTES: f64 = 5_256_000.0;

/// A duration and its place in the text it was found in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Duration {
    pub minutes: u32,
    pub span: Span,
}

/// A word with what it is worth, in the languages whose bits are set.
struct Entry {
    word: &'static str,
    languages: u16,
    value: f64,
}

/// The words of durations, filed.
struct Words {
    /// Sorted by word; equal words of several languages follow each other.
    units: Vec<Entry>,
    numbers: Vec<Entry>,
    /// Several words together, by first letter, the longest first.
    whole: Vec<Entry>,
    plus: Vec<Entry>,
    ands: Vec<Entry>,
    fillers: Vec<Entry>,
    /// Units and numbers of Korean and Japanese, by first letter, the longest first.
    joined_units: Vec<Entry>,
    joined_numbers: Vec<Entry>,
    /// How a duration may begin.
    begins: Begins,
}

/// The beginnings of words: most words of a text need no look at the lists.
#[derive(Default)]
struct Begins {
    /// By first letter, of the ASCII alphabet, a bit a second one and one for all that is no such letter.
    pairs: [u32; 26],
    /// A bit for a few first letters beyond ASCII.
    others: [u64; 4],
}

impl Begins {
    /// Word and bit of a letter beyond ASCII.
    fn other(c: char) -> (usize, u64) {
        let mixed = (c as u32).wrapping_mul(0x9E37_79B1) >> 24;
        (mixed as usize / 64, 1 << (mixed % 64))
    }

    /// First letter, of the ASCII alphabet, and the bit of the second.
    fn pair(bytes: &[u8]) -> Option<(usize, u32)> {
        let letter = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_lowercase()).map(|byte| byte - b'a');
        Some((letter(0)?.into(), 1 << letter(1).unwrap_or(26)))
    }

    fn add(&mut self, word: &str) {
        if let Some((first, second)) = Begins::pair(word.as_bytes()) {
            self.pairs[first] |= second;
        } else if let Some(c) = word.chars().next() {
            let (at, bit) = Begins::other(c);
            self.others[at] |= bit;
        }
    }

    /// False where no word that was added begins `rest`, whose first letter is `first`; figures and marks may always.
    fn may(&self, first: char, rest: &str) -> bool {
        if let Some((first, second)) = Begins::pair(rest.as_bytes()) {
            return self.pairs[first] & second != 0;
        }
        let (at, bit) = Begins::other(first);
        first.is_ascii() || self.others[at] & bit != 0
    }
}

/// Numerals of Chinese origin, in kanji and in Hangul.
const NUMERALS: &str = "一二三四五六七八九十百千일이삼사오육칠팔구십백천";

fn bit(language: &str) -> u16 {
    LANGUAGES.iter().position(|known| *known == language).map_or(0, |at| 1 << at)
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let empty = || Vec::new();
        let mut filed = Words {
            units: empty(),
            numbers: empty(),
            whole: empty(),
            plus: empty(),
            ands: empty(),
            fillers: empty(),
            joined_units: empty(),
            joined_numbers: empty(),
            begins: Begins::default(),
        };
        for line in lines(include_str!("rules/durations.txt")) {
            let languages = bit(line.language);
            let joined = matches!(line.language, "ko" | "ja");
            let (value, rest) = match line.group {
                "and" | "filler" => (0.0, line.phrases),
                _ => match line.phrases.split_once(' ') {
                    Some((value, rest)) => (value.parse().unwrap_or(0.0), rest),
                    None => continue,
                },
            };
            let phrases = matches!(line.group, "whole" | "plus");
            let list = match (line.group, joined) {
                ("unit", true) => &mut filed.joined_units,
                ("unit", false) => &mut filed.units,
                ("number", true) => &mut filed.joined_numbers,
                ("number", false) => &mut filed.numbers,
                ("whole", _) => &mut filed.whole,
                ("plus", _) => &mut filed.plus,
                ("and", _) => &mut filed.ands,
                _ => &mut filed.fillers,
            };
            let one = |word: &'static str| Entry { word: word.trim(), languages, value };
            if phrases { list.extend(rest.split('|').map(one)) } else { list.extend(rest.split(' ').map(one)) }
        }
        for list in [&mut filed.units, &mut filed.numbers, &mut filed.ands, &mut filed.fillers] {
            list.order_by(|a, b| a.word.cmp(b.word));
        }
        for list in [&mut filed.whole, &mut filed.plus, &mut filed.joined_units, &mut filed.joined_numbers] {
            list.order_by_key(|entry| (entry.word.chars().next(), std::cmp::Reverse(entry.word.len())));
        }
        for entry in filed.numbers.iter().chain(&filed.whole).chain(&filed.joined_numbers) {
            filed.begins.add(entry.word);
        }
        NUMERALS.char_indices().for_each(|(at, _)| filed.begins.add(&NUMERALS[at..]));
        filed
    })
}

/// The entries of a word in a sorted list.
fn of<'e>(list: &'e [Entry], word: &str) -> std::slice::Iter<'e, Entry> {
    let from = list.partition_point(|entry| entry.word < word);
    let count = list[from..].iter().take_while(|entry| entry.word == word).count();
    list[from..from + count].iter()
}

/// The entries with the first letter of `rest`, the longest first.
fn beginning<'e>(list: &'e [Entry], rest: &str) -> std::slice::Iter<'e, Entry> {
    let first = rest.chars().next();
    let from = list.partition_point(|entry| entry.word.chars().next() < first);
    let count = list[from..].iter().take_while(|entry| entry.word.chars().next() == first).count();
    list[from..from + count].iter()
}

/// The durations in a piece of text in lower case; spans are bytes of it. `O(bytes)`.
pub(super) fn durations(lower: &str) -> Vec<Duration> {
    let words = words();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = lower[at..].chars().next() {
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        if let Some(found_one) = parse(words, lower, at) {
            at = found_one.span.end;
            found.push(found_one);
        } else if is_hangul(c) || is_unspaced(c) {
            at += c.len_utf8();
        } else {
            at += word_len(&lower[at..]);
        }
    }
    found
}

/// Bytes of the word of spaced letters, or of the digits, at the beginning of `text`; at least one
/// character.
fn word_len(text: &str) -> usize {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let same = |c: char| {
        if digits { c.is_ascii_digit() } else { c.is_alphabetic() && !is_hangul(c) && !is_unspaced(c) }
    };
    let len: usize = text.chars().take_while(|c| same(*c)).map(char::len_utf8).sum();
    len.max(text.chars().next().map_or(1, char::len_utf8))
}

/// A duration that begins at `at`.
fn parse(words: &Words, lower: &str, at: usize) -> Option<Duration> {
    let mut languages = u16::MAX;
    let (mut minutes, mut end, mut unit) = part(words, lower, at, &mut languages)?;
    for _ in 0..3 {
        // "an hour and a half", "3시간 반"
        if let Some((share, behind)) = plus(words, lower, end, languages) {
            minutes += share * unit;
            end = behind;
            continue;
        }
        // "2 hours and 15 minutes", "1h30"
        let mut next = skip_spaces(lower, end);
        let word = &lower[next..next + word_len_at(lower, next)];
        if of(&words.ands, word).any(|entry| entry.languages & languages != 0) {
            next = skip_spaces(lower, next + word.len());
        }
        let mut same = languages;
        if let Some((more, behind, smaller)) =
            part(words, lower, next, &mut same).filter(|(_, _, smaller)| *smaller < unit)
        {
            (minutes, end, unit, languages) = (minutes + more, behind, smaller, same);
            continue;
        }
        if unit == 60.0 && lower[end..].starts_with(|c: char| c.is_ascii_digit()) {
            let (rest, behind) = figure(lower, end)?;
            if rest < 60.0 && !lower[behind..].starts_with(char::is_alphanumeric) {
                (minutes, end) = (minutes + rest, behind);
            }
        }
        break;
    }
    (1.0..=MOST_MINUTES)
        .contains(&minutes)
        .then(|| Duration { minutes: (minutes + 0.5) as u32, span: Span::new(at, end) })
}

fn word_len_at(lower: &str, at: usize) -> usize {
    if at < lower.len() { word_len(&lower[at..]).min(lower.len() - at) } else { 0 }
}

/// Number and unit at `at`: minutes, end, minutes of the unit. `languages` narrows to theirs.
fn part(words: &Words, lower: &str, at: usize, languages: &mut u16) -> Option<(f64, usize, f64)> {
    let rest = lower.get(at..)?;
    let first = rest.chars().next()?;
    if !words.begins.may(first, rest) {
        return None;
    }
    let opens = !lower[..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() && is_hangul(c) == is_hangul(first) && !is_unspaced(c));
    let fits = |entry: &&Entry| {
        let body = entry.word;
        rest.starts_with(body)
            && entry.languages & *languages != 0
            && (is_unspaced(first) || opens)
            && (is_hangul(first) || is_unspaced(first) || !rest[body.len()..].starts_with(char::is_alphabetic))
    };
    if let Some(entry) = beginning(&words.whole, rest).find(fits) {
        *languages &= entry.languages;
        let unit = if entry.value >= 1440.0 { 1440.0 } else { 60.0 };
        return Some((entry.value, at + entry.word.len(), unit));
    }
    // Numbers of those languages begin with figures or their own letters.
    if !first.is_ascii_alphabetic()
        && let Some(found) = joined(words, lower, at, *languages, opens)
    {
        return Some(found);
    }
    spaced(words, lower, at, languages, opens)
}

/// Figures: digits with at most one separator and decimals.
fn figure(lower: &str, at: usize) -> Option<(f64, usize)> {
    let rest = lower.get(at..)?;
    let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
    if whole == 0 || whole > 6 {
        return None;
    }
    let mut end = whole;
    if matches!(rest.as_bytes().get(whole), Some(b'.' | b',')) {
        let decimals = rest[whole + 1..].bytes().take_while(u8::is_ascii_digit).count();
        end = if (1..=2).contains(&decimals) { whole + 1 + decimals } else { whole };
    }
    let value: f64 = rest[..end].replace(',', ".").parse().ok()?;
    Some((value, at + end))
}

/// Korean and Japanese, with or without a space between number and unit.
fn joined(words: &Words, lower: &str, at: usize, languages: u16, opens: bool) -> Option<(f64, usize, f64)> {
    let (value, end) = match figure(lower, at) {
        Some(found) if opens || lower[..at].ends_with(|c: char| !c.is_ascii_digit()) => found,
        Some(_) => return None,
        None => native(words, lower, at, opens).or_else(|| numerals(lower, at, opens))?,
    };
    let unit_at = if lower[end..].starts_with(' ') { end + 1 } else { end };
    let rest = &lower[unit_at..];
    let unit = beginning(&words.joined_units, rest)
        .find(|unit| rest.starts_with(unit.word) && unit.languages & languages != 0)?;
    let behind = unit_at + unit.word.len();
    // "12月2日" and "5일에" of a date are no durations; "日" alone must not go on as a word.
    let date =
        unit.word == "日" && (lower[..at].ends_with('月') || lower[behind..].starts_with(['目', '付', '曜', '本']));
    let clock = unit.word == "분" && lower[..at].trim_end().ends_with('시');
    let people = unit.word == "분" && lower[behind..].starts_with(['들', '께']);
    let day_of_month = unit.word == "일" && lower[..at].trim_end().ends_with('월');
    if date || clock || people || day_of_month {
        return None;
    }
    Some((value * unit.value, behind, unit.value))
}

/// Korean numbers of its own, and halves.
fn native(words: &Words, lower: &str, at: usize, opens: bool) -> Option<(f64, usize)> {
    let first = lower[at..].chars().next()?;
    if !opens && is_hangul(first) {
        return None;
    }
    let found = beginning(&words.joined_numbers, &lower[at..]).find(|number| lower[at..].starts_with(number.word))?;
    Some((found.value, at + found.word.len()))
}

/// Numerals of Chinese origin, in kanji or Hangul, up to 9,999.
fn numerals(lower: &str, at: usize, opens: bool) -> Option<(f64, usize)> {
    let digit = |c: char| {
        "一二三四五六七八九".chars().position(|d| d == c).or_else(|| "일이삼사오육칠팔구".chars().position(|d| d == c))
    };
    let (mut sum, mut digits, mut end) = (0u32, 0u32, at);
    for c in lower[at..].chars().take(8) {
        if is_hangul(c) && !opens {
            return None;
        }
        let times = match c {
            '十' | '십' => 10,
            '百' | '백' => 100,
            '千' | '천' => 1000,
            _ => 0,
        };
        match digit(c) {
            Some(value) => digits = value as u32 + 1,
            None if times > 0 => {
                sum += digits.max(1) * times;
                digits = 0;
            }
            None => break,
        }
        end += c.len_utf8();
        // "일" is one and day, "이" is two and a particle: the unit decides.
        if lower[end..].starts_with("일주") || lower[end..].starts_with("일 ") || lower[end..].starts_with("일을")
        {
            break;
        }
    }
    (end > at).then_some((f64::from(sum + digits), end))
}

/// Languages that write spaces: number words or figures, filler, unit.
fn spaced(words: &Words, lower: &str, at: usize, languages: &mut u16, opens: bool) -> Option<(f64, usize, f64)> {
    if !opens {
        return None;
    }
    let (value, mut end, mut known, article) = match figure(lower, at) {
        Some((value, end)) => (value, end, *languages, false),
        None => number(words, lower, at, *languages)?,
    };
    let mut value = value;
    // "two and a half hours"
    if let Some((share, behind)) = plus(words, lower, end, known) {
        value += share;
        end = behind;
    }
    for _ in 0..3 {
        let next = skip_spaces(lower, end);
        let word = &lower[next..next + word_len_at(lower, next)];
        let unit = of(&words.units, word).filter(|unit| unit.languages & known != 0).fold(
            None,
            |found: Option<(f64, u16)>, unit| match found {
                Some((value, languages)) if value == unit.value => Some((value, languages | unit.languages)),
                Some(other) => Some(other),
                None => Some((unit.value, unit.languages)),
            },
        );
        if let Some((unit, own)) = unit {
            // "wait a minute" is said of no minute.
            if article && unit == 1.0 {
                return None;
            }
            *languages = known & own;
            return Some((value * unit, next + word.len(), unit));
        }
        let filler = of(&words.fillers, word).fold(0, |bits, entry| bits | entry.languages) & known;
        if word.is_empty() || filler == 0 {
            return None;
        }
        known = filler;
        end = next + word.len();
    }
    None
}

/// A number in words: value, end, languages, whether it is an article.
fn number(words: &Words, lower: &str, at: usize, languages: u16) -> Option<(f64, usize, u16, bool)> {
    let len = word_len_at(lower, at);
    let word = &lower[at..at + len];
    let article = matches!(word, "a" | "an");
    let mut known = 0;
    let mut value = 0.0;
    for entry in of(&words.numbers, word).filter(|entry| entry.languages & languages != 0) {
        // Of two values the first; the unit narrows the languages.
        if known == 0 {
            value = entry.value;
        }
        if entry.value == value {
            known |= entry.languages;
        }
    }
    if known == 0 {
        return None;
    }
    let mut end = at + len;
    if value >= 20.0 && value % 10.0 == 0.0 {
        // "forty-five", "czterdzieści pięć", "cuarenta y cinco"
        let mut next = skip_spaces(lower, end);
        let mut joiner = &lower[next..next + word_len_at(lower, next)];
        if of(&words.ands, joiner).any(|entry| entry.languages & known != 0) {
            next = skip_spaces(lower, next + joiner.len());
            joiner = &lower[next..next + word_len_at(lower, next)];
        }
        let small = of(&words.numbers, joiner).find(|entry| {
            entry.languages & known != 0 && (1.0..20.0).contains(&entry.value) && entry.value % 1.0 == 0.0
        });
        if let Some(small) = small.filter(|_| !matches!(joiner, "a" | "an")) {
            value += small.value;
            known &= small.languages;
            end = next + joiner.len();
        }
    }
    // "a couple of hours" has the article before the number.
    if article {
        let next = skip_spaces(lower, end);
        if lower[next..].starts_with("couple") {
            return Some((2.0, next + "couple".len(), known, false));
        }
        if lower[next..].starts_with("half ") {
            return None;
        }
    }
    Some((value, end, known, article))
}

/// "and a half" behind a unit or a number: share, end.
fn plus(words: &Words, lower: &str, at: usize, languages: u16) -> Option<(f64, usize)> {
    let next = skip_spaces(lower, at);
    let rest = &lower[next..];
    let entry = beginning(&words.plus, rest).find(|entry| {
        let behind = rest.get(entry.word.len()..).and_then(|behind| behind.chars().next());
        let joined = entry.word.starts_with(|c| is_hangul(c) || is_unspaced(c));
        rest.starts_with(entry.word)
            && entry.languages & languages != 0
            && (joined || !behind.is_some_and(char::is_alphabetic))
            // "반품" is no half.
            && !(entry.word == "반" && behind.is_some_and(|c| is_hangul(c) && !"이을동만에넘가정도".contains(c)))
    })?;
    Some((entry.value, next + entry.word.len()))
}

/// Past white space and hyphens.
fn skip_spaces(lower: &str, at: usize) -> usize {
    let rest = lower.get(at..).unwrap_or("");
    lower.len().min(at + rest.len() - rest.trim_start_matches([' ', '-', '\u{a0}', '.', '\'']).len())
}
