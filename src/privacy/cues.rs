//! What the words before a value say it is: a passport, an order, a bank account.
//!
//! The words stand in `cues.txt`. At most eight words within 96 bytes are read, nearest first; filler between
//! the value and the word is passed over, and so is one unknown word.

use std::sync::OnceLock;

use super::anchors::is_unspaced;
use crate::order::Sorted;
use crate::text::{Listed, is_alphabetic};

/// How far back, and how many words, are read.
const REACH: usize = 96;
const MAX_WORDS: usize = 8;
/// Unknown words passed over before the first word that says something.
const MAX_UNKNOWN: usize = 1;
/// Words read on behind it: `bank` of `bank account number`.
const MAX_MORE: usize = 3;
/// Longest words in brackets passed over, in bytes.
const BRACKETS: usize = 48;

/// The sections of the file; the place of one is its bit.
#[rustfmt::skip]
const SECTIONS: [&str; 27] = [
    "passport", "licence", "bank", "account", "plate", "reference", "birth", "tax", "ssn",
    "nino", "nhs", "number_jp", "pesel", "steuer", "bsn", "nip", "regon", "piva",
    "siren", "ein", "corporate", "rrn", "id_card", "zip", "place", "other", "filler",
];
pub(super) const PASSPORT: u32 = 1 << 0;
pub(super) const LICENCE: u32 = 1 << 1;
pub(super) const BANK: u32 = 1 << 2;
pub(super) const ACCOUNT: u32 = 1 << 3;
pub(super) const PLATE: u32 = 1 << 4;
pub(super) const REFERENCE: u32 = 1 << 5;
pub(super) const BIRTH: u32 = 1 << 6;
pub(super) const TAX: u32 = 1 << 7;
pub(super) const SSN: u32 = 1 << 8;
pub(super) const NHS: u32 = 1 << 10;
pub(super) const NUMBER_JP: u32 = 1 << 11;
pub(super) const PESEL: u32 = 1 << 12;
pub(super) const STEUER: u32 = 1 << 13;
pub(super) const BSN: u32 = 1 << 14;
pub(super) const NIP: u32 = 1 << 15;
pub(super) const REGON: u32 = 1 << 16;
pub(super) const PIVA: u32 = 1 << 17;
pub(super) const SIREN: u32 = 1 << 18;
pub(super) const EIN: u32 = 1 << 19;
pub(super) const CORPORATE: u32 = 1 << 20;
pub(super) const RRN: u32 = 1 << 21;
pub(super) const ID_CARD: u32 = 1 << 22;
pub(super) const ZIP: u32 = 1 << 23;
pub(super) const PLACE: u32 = 1 << 24;
pub(super) const OTHER: u32 = 1 << 25;
pub(super) const FILLER: u32 = 1 << 26;

/// Slots that entries are filed in by their first two bytes.
const SLOTS: usize = 1024;

/// The words of the file with their bits, by slot, and where each slot begins. A word that ends in `*` stands for its
/// beginnings too.
struct Words {
    all: Vec<(&'static str, u32)>,
    starts: [u16; SLOTS + 1],
}

/// The slot of a word of one byte or more.
fn slot(word: &str) -> usize {
    let second = word.as_bytes().get(1).map_or(0, |b| usize::from(*b));
    (usize::from(word.as_bytes()[0]) * 37 + second) % SLOTS
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut bit = 0;
        let mut words = Words { all: Vec::with_capacity(600), starts: [0; SLOTS + 1] };
        for line in include_str!("cues.txt").lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => bit = SECTIONS.iter().position(|one| *one == name).map_or(0, |at| 1 << at),
                None => words.all.extend(line.split_whitespace().map(|word| (word, bit))),
            }
        }
        words.all.order_by_key(|(word, _)| slot(word));
        for (word, _) in &words.all {
            words.starts[slot(word) + 1] += 1;
        }
        for slot in 0..SLOTS {
            words.starts[slot + 1] += words.starts[slot];
        }
        words
    })
}

/// The bits of a lower-case word.
fn bits(word: &str) -> u32 {
    if word.is_empty() {
        return 0;
    }
    let Words { all, starts } = words();
    let slot = slot(word);
    all[usize::from(starts[slot])..usize::from(starts[slot + 1])]
        .iter()
        .filter(|(entry, _)| match entry.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => *entry == word,
        })
        .fold(0, |all, (_, bit)| all | bit)
}

/// The bits of the last entry inside a word of an unspaced script.
fn bits_inside(word: &str) -> u32 {
    word.char_indices().rev().map(|(at, _)| bits(&word[at..])).find(|found| *found != 0).unwrap_or(0)
}

/// True for a lower-case word that names a kind of value.
pub(super) fn names(word: &str) -> bool {
    bits(word) & !FILLER != 0
}

/// A word in small letters; room for one at a time, on the heap for long ones and those with letters beyond ASCII.
#[derive(Default)]
struct Lower {
    short: [u8; 24],
    long: String,
}

impl Lower {
    fn of(&mut self, word: &str) -> &str {
        if let Some(short) = self.short.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            short.copy_from_slice(word.as_bytes());
            short.make_ascii_lowercase();
            return std::str::from_utf8(short).unwrap_or("");
        }
        self.long = word.to_lowercase();
        &self.long
    }
}

/// Shortenings with signs inside, which the cutting into words would take apart.
const SIGNED: [(&str, u32); 11] = [
    ("acc no", ACCOUNT),
    ("a/c", ACCOUNT),
    ("c.p", ZIP),
    ("(우)", ZIP),
    ("c/c", ACCOUNT),
    ("d.o.b", BIRTH),
    ("c.a.p", ZIP),
    ("p.iva", PIVA),
    ("p. iva", PIVA),
    ("n.i.f", ID_CARD),
    ("r.n.i", ID_CARD),
];

/// What the words right behind byte `at` say: `27, to nasz NIP`, `12.3.1980 geboren`. At most four are read. `O(1)`.
pub(super) fn after(text: &str, at: usize) -> u32 {
    let ceiling = text.floor_char_boundary((at + REACH / 2).min(text.len()));
    let rest = &text[at..ceiling];
    // Not over the end of a sentence or into the next number.
    let end = rest.find(['.', '!', '?', ';', '\n', '\u{3002}']).unwrap_or(rest.len());
    let end = rest[..end].find(|c: char| c.is_ascii_digit()).unwrap_or(end);
    let words = rest[..end].split(|c: char| !is_alphabetic(c)).filter(|word| !word.is_empty()).take(4);
    let mut lower = Lower::default();
    words.fold(0, |all, word| {
        let unspaced = word.starts_with(is_unspaced);
        let lower = lower.of(word);
        all | if unspaced { bits_inside(lower) } else { bits(lower) }
    })
}

/// What the words right before byte `at` say: the bits of the sections, 0 for nothing. Words in brackets right before
/// it are passed over where they say nothing: `date of birth (child) ...`. `O(1)`.
pub(super) fn before(text: &str, at: usize) -> u32 {
    let found = right_before(text, at);
    if found != 0 || !text.is_char_boundary(at) {
        return found;
    }
    let floor = text.ceil_char_boundary(at.saturating_sub(BRACKETS));
    let head = text[floor..at].trim_end_matches([' ', ':', '-', '=']);
    head.strip_suffix(')').and_then(|head| head.rfind('(')).map_or(0, |open| right_before(text, floor + open))
}

fn right_before(text: &str, at: usize) -> u32 {
    let floor = text.ceil_char_boundary(at.saturating_sub(REACH));
    let mut rest = &text[floor..at];
    let close = rest.trim_end_matches([' ', ':', '.', '=', '-']);
    let tail = &close[close.ceil_char_boundary(close.len().saturating_sub(6))..];
    let ends = |sign: &str| {
        let at = tail.len().checked_sub(sign.len());
        at.is_some_and(|at| tail.as_bytes()[at..].eq_ignore_ascii_case(sign.as_bytes()))
    };
    if let Some((_, bits)) = SIGNED.iter().find(|(sign, _)| ends(sign)) {
        return *bits;
    }
    let (mut found, mut unknown, mut more) = (0, 0, 0);
    let mut lower = Lower::default();
    for n in 0..MAX_WORDS {
        let word_end = rest.trim_end_matches(|c: char| !is_alphabetic(c) && c != '\u{3012}');
        // A sentence that ended, or another number, lies between.
        let gap = &rest[word_end.len()..];
        let gap = gap.as_bytes();
        let pair = |two: &[u8]| gap.windows(2).any(|pair| pair == two);
        let parted = gap.iter().any(|b| matches!(b, b'!' | b'?' | b';' | b'0'..=b'9'))
            || gap.windows(3).any(|three| three == "\u{3002}".as_bytes());
        // `no. `, `geb. `: a short word before the dot is shortened, not the end of a sentence.
        let short = || word_end.chars().rev().take(5).take_while(|c| is_alphabetic(*c)).count() <= 4;
        let ended = n > 0 && pair(b". ") && (found != 0 || !short());
        if parted || ended || pair(b"\n\n") || unknown > 0 && gap.contains(&b',') {
            break;
        }
        let inside = |c: char| is_alphabetic(c) || matches!(c, '\'' | '\u{2019}' | '-' | '\u{3012}');
        // What was found stands behind a comma: the words before it speak of something else.
        if found != 0 && gap.contains(&b',') {
            break;
        }
        let head = word_end.trim_end_matches(inside);
        let word = &word_end[head.len()..];
        if word.is_empty() || head.is_empty() && floor > 0 && word.is_ascii() {
            break;
        }
        let lower = lower.of(word);
        let unspaced = word.starts_with(is_unspaced);
        let these = if unspaced { bits_inside(lower) } else { bits(lower) };
        // `pass-nr`, `d'immatriculation`
        let these = if these == 0 && !unspaced && lower.contains(['-', '\'', '\u{2019}']) {
            let parts = || lower.rsplit(['-', '\'', '\u{2019}']).map(bits);
            parts().find(|one| one & !FILLER != 0).or_else(|| parts().find(|one| *one != 0)).unwrap_or(0)
        } else {
            these
        };
        rest = head;
        if these & !FILLER != 0 {
            found |= these & !FILLER;
            // What is named as something else is that.
            if found & (OTHER | REFERENCE) != 0 {
                break;
            }
        } else if these == 0 && found == 0 {
            unknown += 1;
            if unknown > MAX_UNKNOWN {
                break;
            }
            continue;
        }
        if found != 0 {
            more += 1;
            if more > MAX_MORE || these == 0 {
                break;
            }
        }
    }
    found
}

/// Bytes of the longest of [`COPULAS`] with a mark and spaces before it.
const LONGEST_CLAUSE: usize = 32;
/// What stands between a clause that names a value and the value: `wrong passport in the booking, it is ...`.
const COPULAS: &str = "it's|its|it is|it’s|is|should be|must be|correct is|the right one is|es|debe ser|debería ser|è|dev'essere|\
    dovrebbe essere|c'est|c’est|ce devrait être|é|deve ser|o certo é|moet|moet zijn|het is|is nu|powinno być|ma być|to|jest|\
    ist|richtig|richtig ist|neu|jetzt|neue nummer|new number|new number is|new one is|nuevo número|nuovo numero|novo número|\
    nouveau numéro|nowy numer|nieuw nummer|richtig wäre|korrekt ist|es ist|lautet|正しくは|正しいのは";

/// The bits of all words of the clause before the one right before byte `at`, when that one says nothing but `it is`;
/// 0 otherwise. `O(1)`.
pub(super) fn clause_before(text: &str, at: usize) -> u32 {
    let floor = text.ceil_char_boundary(at.saturating_sub(REACH));
    let head = text[floor..at].trim_end_matches([' ', ':']);
    // The comma, or the last byte of a mark of three.
    let near = head.len().saturating_sub(LONGEST_CLAUSE);
    let ends = |at: usize| match head.as_bytes()[at] {
        b',' => Some(at),
        0x81 | 0x82 | 0x8C => {
            let mark = head.get(at.wrapping_sub(2)..=at)?;
            matches!(mark, "\u{3001}" | "\u{3002}" | "\u{FF0C}").then_some(at - 2)
        }
        _ => None,
    };
    let Some(cut) = (near..head.len()).rev().find_map(ends) else { return 0 };
    let clause = head[cut..].trim_start_matches(|c: char| !is_alphabetic(c));
    // A sentence may also end right before it: `旅券番号を書きます。MU1234567`.
    let told = clause.is_empty() && head.ends_with('\u{3002}');
    static COPULA: OnceLock<Listed> = OnceLock::new();
    let copula = || COPULA.get_or_init(|| Listed::new(COPULAS.split('|').map(|words| (words, 1)).collect()));
    if !told && copula().bits(clause) == 0 {
        return 0;
    }
    let before = head[..cut].rsplit(['.', '!', '?', ';', '\u{3002}', '\n']).next().unwrap_or("");
    let words = before.split(|c: char| !is_alphabetic(c) && c != '\'' && c != '-').filter(|word| !word.is_empty());
    let mut lower = Lower::default();
    words.fold(0, |all, word| {
        let lower = lower.of(word);
        all | if word.starts_with(is_unspaced) { bits_inside(lower) } else { bits(lower) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known_and_filled() {
        for line in include_str!("cues.txt").lines().filter(|line| line.starts_with('[')) {
            assert!(SECTIONS.iter().any(|name| line == format!("[{name}]")), "{line}");
        }
        let all = words().all.iter().fold(0, |all, (_, bit)| all | bit);
        assert_eq!(all, (1 << SECTIONS.len()) - 1);
        // The slot of a beginning is that of its words.
        assert!(words().all.iter().all(|(word, _)| word.len() > 2 || !word.ends_with('*')));
    }

    #[test]
    fn the_nearest_words_speak() {
        for (text, expected) in [
            ("my passport number is ", PASSPORT),
            ("Numer paszportu: ", PASSPORT),
            ("여권번호는 ", PASSPORT),
            ("パスポート番号は", PASSPORT),
            ("bank account no. ", BANK | ACCOUNT),
            ("order no ", REFERENCE),
            ("my passport came with order ", REFERENCE),
            ("my passport. I was born on ", BIRTH),
            ("nothing to see here ", 0),
            ("〒", ZIP),
            ("sorry, I wrote this on my tel. Passport ", PASSPORT),
            ("ordered for my birthday, came ", 0),
            ("(우) ", ZIP),
            ("date of birth (of my son): ", BIRTH),
            ("Pass-Nr. ", PASSPORT),
            ("plaque d'immatriculation ", PLATE),
        ] {
            assert_eq!(before(text, text.len()), expected, "{text}");
        }
    }

    #[test]
    fn every_copula_is_within_reach() {
        assert!(COPULAS.split('|').all(|copula| copula.len() + 8 <= LONGEST_CLAUSE));
    }

    #[test]
    fn a_clause_names_what_the_next_one_tells() {
        for (text, expected) in [
            ("wrong passport in the booking, it's ", PASSPORT | REFERENCE),
            ("旅券番号を書いておきます。", PASSPORT),
            ("旅券番号が違う、正しくは", PASSPORT),
            ("my passport is fine, the parcel is ", 0),
            ("it's ", 0),
        ] {
            assert_eq!(clause_before(text, text.len()) & !FILLER, expected, "{text}");
        }
    }
}
