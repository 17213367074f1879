//! What is known of the words of names: first names, surnames, endings of surnames, and the words around names.

use std::sync::OnceLock;

use crate::order::Sorted;
use crate::text::{Endings, Listed};

/// Words before a name that make any capitalised word one: `Mr`.
pub(super) const TITLE: usize = 0;
/// The end of phrases that do: `my name is`.
pub(super) const INTRO: usize = 1;
/// The end of phrases that introduce a listed name.
pub(super) const MAY: usize = 2;
/// First names that are also words.
pub(super) const FIRST: usize = 3;
/// First names that are also places, brands or rarer words.
pub(super) const HALF: usize = 4;
/// Words in capitals that are no name.
pub(super) const COMMON: usize = 5;
/// What introduces a name only when two words of it follow.
pub(super) const PAIR: usize = 6;
/// What follows a name.
pub(super) const AFTER: usize = 7;
/// Words that make the name behind them a place or a firm.
pub(super) const PLACE: usize = 8;
/// What makes the words before it a firm or a place.
pub(super) const FIRM: usize = 9;
/// Brands, works and figures that are names.
pub(super) const BRAND: usize = 10;
/// Endings of surnames.
const END: usize = 11;
/// Sections of the file.
const SECTIONS: usize = 12;
/// The last words of titles and introductions.
pub(super) const LAST: usize = 12;
/// The first words of [`AFTER`], but for `'s`: `lives`, `daughter`.
pub(super) const NEXT: usize = 13;

struct Lists {
    sections: [Vec<&'static str>; SECTIONS],
    /// The words of the sections of single words, of [`LAST`] and [`NEXT`], a bit each.
    words: Listed,
    endings: Endings,
    /// The first two letters of the words of [`NEXT`].
    nexts: Endings,
    /// Hashes, sorted: first names, surnames.
    names: [Vec<u32>; 2],
    /// A bit for each of them: most words are none.
    filter: Vec<u64>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut sections = [const { Vec::new() }; SECTIONS];
        let mut section = SECTIONS;
        for line in include_str!("words.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = if section == SECTIONS { 0 } else { section + 1 };
            } else if matches!(section, INTRO | MAY | PAIR | AFTER | BRAND) {
                sections[section].push(line);
            } else {
                sections[section].extend(line.split_whitespace());
            }
        }
        let of = |section: usize| sections[section].iter().copied();
        let single = [TITLE, FIRST, HALF, COMMON, PLACE, FIRM].into_iter();
        let mut words: Vec<_> = single.flat_map(|section| of(section).map(move |word| (word, 1 << section))).collect();
        for section in [TITLE, INTRO, MAY, PAIR] {
            let led = if section == TITLE { 1 << LAST } else { 1 << LAST | 1 << section };
            words.extend(of(section).filter_map(|entry| Some((entry.rsplit(' ').next()?, led))));
        }
        let next: Vec<&str> = of(AFTER).filter_map(|entry| entry.split(' ').nth(1)).collect();
        let nexts = Endings::new(next.iter().filter_map(|word| word.get(..2)).collect());
        words.extend(next.into_iter().map(|word| (word, 1 << NEXT)));
        let endings = Endings::new(std::mem::take(&mut sections[END]));
        let mut packed = include_str!("names.packed").lines();
        let names = [(); 2].map(|()| unpack(packed.next().unwrap_or("")));
        let mut filter = vec![0; 1 << (FILTER_BITS - 6)];
        names.iter().flatten().for_each(|hash| filter[slot(*hash) / 64] |= 1 << (slot(*hash) % 64));
        Lists { sections, words: Listed::new(words), endings, nexts, names, filter }
    })
}

/// Hashes of the names of a line that is front-coded: a digit tells how many letters stay of the name before.
fn unpack(line: &str) -> Vec<u32> {
    let (mut hashes, mut name) = (Vec::new(), String::new());
    for c in line.chars() {
        match c.to_digit(10) {
            Some(kept) => {
                hashes.push(hash(&name));
                name.truncate(kept as usize);
            }
            None => name.push(c),
        }
    }
    hashes.push(hash(&name));
    hashes.order();
    hashes
}

const FILTER_BITS: u32 = 15;

fn slot(hash: u32) -> usize {
    (hash >> (32 - FILTER_BITS)) as usize
}

/// A letter without case and without marks, as far as Latin goes.
fn fold(c: char) -> char {
    /// Letters from U+00C0 to U+017F.
    const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{C0}'..='\u{17F}' => LATIN[c as usize - 0xC0] as char,
        _ => c,
    }
}

/// The hash by which words are listed: FNV-1a over letters without case and marks.
fn hash(word: &str) -> u32 {
    word.chars().fold(0x811C_9DC5, |hash, c| (hash ^ fold(c) as u32).wrapping_mul(0x0100_0193))
}

/// The entries of a section of phrases.
pub(super) fn section(at: usize) -> &'static [&'static str] {
    &lists().sections[at]
}

/// The lists that a word, in any case, stands in: `1 << TITLE`, [`FIRST`], [`HALF`], [`COMMON`], [`PLACE`], [`FIRM`],
/// [`LAST`], [`NEXT`]; with [`INTRO`], [`MAY`] and [`PAIR`] where it is the last word of one of those.
pub(super) fn bits(word: &str) -> u32 {
    lists().words.bits(word)
}

/// True where [`bits`] has that of the list.
pub(super) fn is_listed(at: usize, word: &str) -> bool {
    bits(word) >> at & 1 == 1
}

/// True for a first name, and for a surname.
pub(super) fn is_name(word: &str) -> (bool, bool) {
    let (hash, lists) = (hash(word), lists());
    if lists.filter[slot(hash) / 64] >> (slot(hash) % 64) & 1 == 0 {
        return (false, false);
    }
    let [first, surname] = &lists.names;
    (first.binary_search(&hash).is_ok(), surname.binary_search(&hash).is_ok())
}

/// False for the beginning of a word that is none of [`NEXT`].
pub(super) fn may_be_next(start: &str) -> bool {
    lists().nexts.may_end(start)
}

/// True for a word that ends like a surname and is longer by two bytes or more.
pub(super) fn has_end(word: &str) -> bool {
    let fits = |end: &str| word.len() >= end.len() + 2 && word.ends_with(end);
    word.len() > 5 && lists().endings.of(word).any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the packed file: names of each section, sorted and front-coded.
    fn pack(file: &str) -> String {
        let mut sections: Vec<Vec<&str>> = Vec::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match sections.last_mut().filter(|_| !line.starts_with('[')) {
                Some(names) => names.extend(line.split(' ')),
                None => sections.push(Vec::new()),
            }
        }
        let mut out = String::new();
        for mut names in sections {
            names.sort_unstable();
            names.dedup();
            let mut before = "";
            for name in names {
                let same = before.bytes().zip(name.bytes()).take(9).take_while(|(a, b)| a == b).count();
                if !before.is_empty() {
                    out += &same.to_string();
                }
                out += &name[if before.is_empty() { 0 } else { same }..];
                before = name;
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn the_packed_names_are_those_of_the_file() {
        let packed = pack(include_str!("names.txt"));
        if std::env::var_os("HEARKEN_WRITE_NAMES").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/privacy/person/names.packed");
            std::fs::write(path, &packed).expect("written");
            return;
        }
        assert!(packed == include_str!("names.packed"), "HEARKEN_WRITE_NAMES=1 cargo test --lib privacy::person");
    }

    #[test]
    fn names_are_known_in_any_case_and_with_their_marks() {
        for name in ["Aaron", "ZOLTAN", "Zoltán", "Jiří", "Torbjørn", "Björn"] {
            assert!(is_name(name).0, "{name}");
        }
        assert_eq!(is_name("Kovács"), (false, true));
        for word in ["delivery", "Paris", "linda", "", "Tage"] {
            assert_eq!(is_name(word), (false, false), "{word}");
        }
    }

    #[test]
    fn no_name_is_listed_twice() {
        let file = include_str!("names.txt");
        let names: Vec<&str> = file
            .lines()
            .filter(|line| !line.starts_with(['#', '[']))
            .flat_map(|line| line.split_whitespace())
            .collect();
        for name in names {
            let more = is_listed(FIRST, name) || is_listed(HALF, name) || crate::model::listed_name(name).is_some();
            assert!(!more, "{name} stands in another list too");
        }
    }
}
