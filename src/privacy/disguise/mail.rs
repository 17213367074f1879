//! E-mail addresses with their signs in words: `jane (at) example (dot) com`.

use super::Change;
use crate::privacy::anchors::is_unspaced;

/// Words for `@` and for a dot in the ten languages.
const AT: [&str; 16] = [
    "at",
    "arroba",
    "chiocciola",
    "małpa",
    "malpa",
    "arobase",
    "arobas",
    "ät",
    "apenstaartje",
    "klammeraffe",
    "apestaartje",
    "골뱅이",
    "앳",
    "アット",
    "アットマーク",
    "あっと",
];
const DOT: [&str; 11] = ["dot", "punkt", "kropka", "point", "punto", "ponto", "punt", "닷", "점", "ドット", "どっと"];
/// Last labels that make plain words an address.
const TOP: &str =
    "com net org edu gov info biz io co me app dev eu de pl fr es it pt br nl be at ch uk us ca kr jp cn example test";

/// A word, or a sign that stands for one.
struct Sign {
    /// Where it begins and ends, brackets and spaces included.
    start: usize,
    end: usize,
    /// In brackets: no word of the sentence.
    sure: bool,
}

/// Adds the address in words around the sign that may begin at byte `at`, not before `done`. Gives the end of the last
/// address. `O(1)`.
pub(super) fn spelled(text: &str, at: usize, done: usize, changes: &mut Vec<Change>) -> usize {
    if at >= done
        && let Some(sign) = sign(text, at, &AT, '@', done)
        && let Some(change) = address(text, &sign, done)
    {
        let end = change.end;
        changes.push(change);
        return end;
    }
    done
}

/// The sign that begins at byte `at`: a listed word, or the sign itself in brackets; with the spaces around it.
fn sign(text: &str, at: usize, words: &[&str], plain: char, floor: usize) -> Option<Sign> {
    let rest = &text[at..];
    let close = match rest.as_bytes()[0] {
        b'(' => Some(')'),
        b'[' => Some(']'),
        b'{' => Some('}'),
        b'<' => Some('>'),
        _ => None,
    };
    let mut body = at + usize::from(close.is_some());
    body += text[body..].len() - text[body..].trim_start_matches(' ').len();
    let rest = &text[body..];
    let word = words.iter().filter(|word| starts_with(rest, word)).max_by_key(|word| word.len());
    let mut end = match word {
        Some(word) => body + word.len(),
        None if close.is_some() && rest.starts_with(plain) => body + plain.len_utf8(),
        None if close.is_some() && plain == '@' && rest.starts_with("a)") => body + 1,
        None => return None,
    };
    if let Some(close) = close {
        let tail = text[end..].trim_start_matches(' ');
        end = text.len() - tail.strip_prefix(close)?.len();
    } else if text[end..]
        .starts_with(|c: char| c.is_alphanumeric() && !(is_unspaced(c) ^ text[body..].starts_with(is_unspaced)))
    {
        // The word goes on.
        return None;
    }
    let before = text[floor..at].trim_end_matches([' ', '-', '_']);
    let after = text[end..].trim_start_matches([' ', '-', '_']);
    let (start, end) = (floor + before.len(), text.len() - after.len());
    (at - start <= 3).then_some(Sign { start, end, sure: close.is_some() })
}

#[inline]
fn starts_with(text: &str, word: &str) -> bool {
    // Nearly all differ in the first byte.
    if text.as_bytes().first().is_none_or(|first| (first ^ word.as_bytes()[0]) & !0x20 != 0) {
        return false;
    }
    text.get(..word.len()).is_some_and(|head| head == word || head.is_ascii() && head.eq_ignore_ascii_case(word))
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
}

/// The address around a sign for `@`.
fn address(text: &str, at: &Sign, floor: usize) -> Option<Change> {
    let local = |end: usize| {
        let from = text[floor..end].char_indices().rev().take(64).take_while(|(_, c)| is_local(*c)).last();
        from.map_or(end, |(i, _)| floor + i)
    };
    let mut start = local(at.start);
    let plain = text[start..at.start].trim_start_matches(['.', '-']);
    // A sign for a dot, or a dot, follows within a label.
    let more = &text.as_bytes()[at.end..(at.end + 72).min(text.len())];
    let dotted = |b: &u8| *b == b'.' || *b >= 0x80 || matches!(*b | 0x20, b'd' | b'p' | b'k');
    if plain.is_empty() || at.start == at.end || !more.iter().any(dotted) {
        return None;
    }
    // Most words behind `at` are followed by neither.
    let label = text[at.end..].trim_start_matches(|c: char| c.is_alphanumeric() && !is_unspaced(c) || c == '-');
    let next = label.trim_start_matches([' ', '-', '_']).as_bytes().first().copied().unwrap_or(0);
    if !(label.starts_with('.') || dotted(&next) || matches!(next, b'(' | b'[' | b'{' | b'<')) {
        return None;
    }
    let mut name = plain.to_owned();
    // `jane dot doe at ...`
    let before = text[floor..start].trim_end_matches(' ');
    if let Some(word) = DOT.iter().find(|word| before.ends_with(**word)) {
        let dot = before[..before.len() - word.len()].trim_end_matches(' ');
        let first = local(floor + dot.len());
        if first < floor + dot.len() && dot.len() + word.len() < before.len() {
            name.insert(0, '.');
            name.insert_str(0, &text[first..floor + dot.len()]);
            start = first;
        }
    }
    let (mut host, mut end, mut sure, mut dots) = (String::new(), at.end, at.sure, 0);
    let mut last;
    loop {
        let rest = &text[end..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() && !is_unspaced(c) || c == '-')).unwrap_or(rest.len());
        if len == 0 || len > 63 {
            return None;
        }
        host.push_str(&rest[..len]);
        last = rest[..len].to_ascii_lowercase();
        end += len;
        let tail = &text[end..];
        if tail.starts_with('.') && tail[1..].starts_with(|c: char| c.is_alphanumeric()) {
            host.push('.');
            end += 1;
            dots += 1;
            continue;
        }
        let word = tail.trim_start_matches([' ', '-', '_']);
        let sign_at = text.len() - word.len();
        if word.is_empty() || sign_at - end > 3 {
            break;
        }
        match sign(text, sign_at, &DOT, '.', end) {
            Some(sign) if dots < 4 && text[sign.end..].starts_with(char::is_alphanumeric) => {
                host.push('.');
                end = sign.end;
                sure |= sign.sure;
                dots += 1;
            }
            _ => break,
        }
    }
    let top = TOP.split(' ').any(|one| one == last);
    // `me at example.com` is no address: plain words need a dot in words, or a bracket.
    let spelled = !text[at.end..end].contains('.');
    let fits =
        dots > 0 && (top && (sure || spelled) || sure && last.len() >= 2 && last.chars().all(char::is_alphabetic));
    fits.then(|| Change::new(start, end, format!("{name}@{host}")))
}
