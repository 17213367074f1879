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

/// False where no bracket and no beginning of a word for `@` stands. Without a branch for each byte.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    let brackets =
        bytes.iter().fold(false, |any, b| any | matches!(b, b'(' | b'[' | b'{' | b'<' | 0xC3 | 0xE3 | 0xEA | 0xEC));
    // A space or sign, and three letters: `at` with what follows, `arr`, `chi`, `mal`, `mał`, `kla`, `ape`.
    let start = |quad: &[u8]| {
        let word = u32::from_le_bytes([quad[1], quad[2], quad[3], 0]) | 0x0020_2020;
        let at = word & 0xFFFF == u32::from_le_bytes([b'a', b't', 0, 0]) && !quad[3].is_ascii_alphanumeric();
        let named = [*b"arr\0", *b"chi\0", *b"mal\0", *b"kla\0", *b"ape\0", [b'm', b'a', 0xE5, 0]];
        (at | named.iter().any(|one| u32::from_le_bytes(*one) == word)) & !quad[0].is_ascii_alphanumeric()
    };
    brackets || bytes.windows(4).fold(false, |any, quad| any | start(quad))
}

/// Adds the addresses in words. `O(bytes)`: each word is compared with the list, few go on.
pub(super) fn spelled(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut done = 0;
    while at < bytes.len() {
        let b = bytes[at];
        // The first bytes of the words, and brackets, which may hold `@` itself.
        let starts = match b {
            b'(' | b'[' | b'{' | b'<' => true,
            0xC3 => bytes[at + 1..].starts_with(&[0xA4]),
            0xE3 => matches!(bytes.get(at + 1..at + 3), Some([0x82, 0xA2] | [0x81, 0x82])),
            0xEA => bytes[at + 1..].starts_with(&[0xB3, 0xA8]),
            0xEC => bytes[at + 1..].starts_with(&[0x95, 0xB3]),
            _ => {
                let two = [b | 0x20, bytes.get(at + 1).map_or(0, |b| b | 0x20)];
                matches!(&two, b"at" | b"ar" | b"ap" | b"ch" | b"kl" | b"ma")
            }
        };
        let inner = at > 0 && bytes[at - 1].is_ascii_alphanumeric() && b.is_ascii_alphabetic();
        if !starts || inner || !text.is_char_boundary(at) {
            at += 1;
            continue;
        }
        if let Some(sign) = sign(text, at, &AT, '@', done)
            && let Some(change) = address(text, &sign, done)
        {
            at = change.end;
            done = at;
            changes.push(change);
            continue;
        }
        at += 1;
    }
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

fn starts_with(text: &str, word: &str) -> bool {
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
    let mut name = text[start..at.start].trim_start_matches(['.', '-']).to_owned();
    if name.is_empty() || at.start == at.end {
        return None;
    }
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
