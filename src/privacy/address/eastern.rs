//! Korean and Japanese addresses: the names of places run down to the number, each with its own last character.

use crate::span::Span;

/// Bytes read before the number.
const REACH: usize = 120;

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3041}'..='\u{30FF}' | '々')
}

/// The address whose first number stands at `start..end`.
pub(super) fn find(text: &str, start: usize, end: usize, floor: usize) -> Option<Span> {
    let low = text.ceil_char_boundary(start.saturating_sub(REACH).max(floor));
    let head = &text[low..start];
    match head.trim_end_matches([' ', '\n']).chars().next_back()? {
        c if is_hangul(c) => korean(text, head, low, end),
        c if is_japanese(c) => japanese(text, head, low, end),
        _ => None,
    }
}

/// `서울시 강남구 테헤란로 12`, `역삼동 123-45`, with what follows: `길 3`, `101동 202호`, `3층`.
fn korean(text: &str, head: &str, low: usize, end: usize) -> Option<Span> {
    let trimmed = head.trim_end_matches([' ', '\n']);
    let mut start = trimmed.len();
    let (mut places, mut street) = (0, false);
    for (n, word) in trimmed.rsplit([' ', '\n']).take(5).enumerate() {
        let last = word.chars().next_back()?;
        let long = word.chars().count() >= 2 && word.chars().all(|c| is_hangul(c) || c.is_ascii_digit());
        let fits = match n {
            0 => "로길동리가".contains(last),
            _ => {
                "시도구군읍면동리".contains(last)
                    || ["서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기"].contains(&word)
            }
        };
        if !long || !fits {
            break;
        }
        street |= n == 0 && matches!(last, '로' | '길');
        places += 1;
        start -= word.len() + usize::from(n > 0);
    }
    // A single word that ends in 로 is a particle more often: `2로`, `집으로 3`.
    if places < 2 {
        return None;
    }
    let mut at = end;
    loop {
        let rest = &text[at..];
        let space = usize::from(rest.starts_with(' '));
        let rest = &rest[space..];
        let digits = rest.bytes().take(5).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        let tail = &rest[digits..];
        let unit = ["번길", "번지", "동", "호", "층", "길"].iter().find(|unit| tail.starts_with(**unit));
        let own = |tail: &str| !tail.starts_with(|c: char| is_hangul(c) && !"에으로이가를은는입".contains(c));
        match unit {
            Some(unit) if (digits > 0 || space == 0) && own(&tail[unit.len()..]) => at += space + digits + unit.len(),
            _ if digits > 0
                && (space == 0 || street && digits <= 4 && own(tail) && !tail.starts_with(is_hangul))
                && at == end =>
            {
                at += space + digits;
            }
            _ => break,
        }
    }
    let lead = trimmed[start..].len() - trimmed[start..].trim_start_matches(' ').len();
    Some(Span::new(low + start + lead, at))
}

/// `東京都新宿区西新宿2-8-1`, `横浜市中区本町6丁目50番地10`, with a building behind a space.
fn japanese(text: &str, head: &str, low: usize, end: usize) -> Option<Span> {
    let trimmed = head.trim_end_matches([' ', '\n']);
    let of = |head: &str| head.chars().rev().take_while(|c| is_japanese(*c)).map(char::len_utf8).sum::<usize>();
    let mut run = of(trimmed);
    // A line may break between two places.
    if let Some(line) = trimmed[..trimmed.len() - run].strip_suffix('\n')
        && line.ends_with(['都', '道', '府', '県', '市', '区', '町', '村', '郡'])
    {
        run += 1 + of(line);
    }
    let names = &trimmed[trimmed.len() - run..];
    // The part from the first place: what stands before a particle is not it.
    let mut start = 0;
    for (at, c) in names.char_indices() {
        if "はがをにへでのとも".contains(c)
            && !names[at..].starts_with("の内")
            && !names[..at].contains(['都', '道', '府', '県', '市'])
        {
            start = at + c.len_utf8();
        }
    }
    let names = &names[start..];
    let marks = names.chars().filter(|c| "都道府県市区町村郡".contains(*c)).count();
    let tail = &text[end..];
    let numbered =
        tail.starts_with(['-', '丁', '番', '\u{2212}', '\u{2013}', '\u{2010}', 'ー']) || tail.starts_with("の");
    if marks == 0 || !numbered || names.chars().count() < 4 && marks < 2 {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || "-丁目番地号の\u{2212}\u{2013}\u{2010}ー".contains(c);
    let len = tail.find(|c: char| !is_part(c)).unwrap_or(tail.len());
    let len = tail[..len].trim_end_matches(['の', 'ー', '-']).len();
    Some(Span::new(low + trimmed.len() - names.len(), end + len))
}
