//! Words that tell who or where, not what: names, cities, countries, groups, gendered person
//! words and marks of dialect. Every head sees one placeholder for each class (countries and groups
//! share one), so that a changed name or city moves no label. The words are data (`people.txt`).

use std::sync::OnceLock;

use super::features::{fold, word_hash};
use crate::text::{low, print_of};

/// What a listed word tells. Dialect marks are not seen at all; inside a run without spaces they
/// are a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Class {
    Name = 0,
    City = 1,
    Country = 2,
    Group = 3,
    Person = 4,
    Dialect = 5,
}

const CLASSES: [(&str, Class); 6] = [
    ("name", Class::Name),
    ("city", Class::City),
    ("country", Class::Country),
    ("group", Class::Group),
    ("person", Class::Person),
    ("dialect", Class::Dialect),
];

/// Slots of the table; about 3,500 entries.
const SLOT_BITS: u32 = 13;
/// Bits of a slot that hold the class + 1; the rest is the print of the hash.
const CLASS_BITS: u32 = 3;
/// Shortest and longest entry looked for at the beginning of a word, in characters.
const PREFIX: std::ops::RangeInclusive<usize> = 2..=10;

/// The listed words, by hash.
pub(super) struct People {
    slots: Vec<u32>,
    /// Bit `c % 4096` is set when an entry in Hangul, Han or kana begins with character `c`.
    begins: [u64; 64],
    /// The bit of [`print_of`] is set for an entry in ASCII: most words of a text are told from all of them at once.
    prints: [u64; 512],
}

/// The words of the engine, filed once.
pub(super) fn people() -> &'static People {
    static PEOPLE: OnceLock<People> = OnceLock::new();
    PEOPLE.get_or_init(|| People::read(include_str!("people.txt")))
}

impl People {
    fn read(file: &str) -> People {
        let mut people = People { slots: vec![0; 1 << SLOT_BITS], begins: [0; 64], prints: [0; 512] };
        let mut class = Class::Name;
        let mut chars: Vec<u32> = Vec::new();
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                class = CLASSES.iter().find(|(slug, _)| *slug == name).map_or(class, |(_, class)| *class);
                continue;
            }
            chars.clear();
            fold(line, |c| chars.push(c));
            people.add(word_hash(chars.iter().copied()), class);
            let (at, bit) = People::print_bit(line);
            people.prints[at] |= bit;
            let first = chars[0];
            if first >= 0x2E80 {
                people.begins[(first % 4096 / 64) as usize] |= 1 << (first % 64);
            }
        }
        people
    }

    /// Word and bit in `prints`.
    fn print_bit(word: &str) -> (usize, u64) {
        let print = print_of(word);
        ((print / 64 % 512) as usize, 1 << (print % 64))
    }

    fn add(&mut self, hash: u64, class: Class) {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> (64 - SLOT_BITS)) as usize;
        let entry = print(hash) | (class as u32 + 1);
        while self.slots[slot & mask] != 0 && self.slots[slot & mask] >> CLASS_BITS != entry >> CLASS_BITS {
            slot += 1;
        }
        if self.slots[slot & mask] == 0 {
            self.slots[slot & mask] = entry;
        }
    }

    fn class(&self, hash: u64) -> Option<Class> {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> (64 - SLOT_BITS)) as usize;
        loop {
            let entry = self.slots[slot & mask];
            if entry == 0 {
                return None;
            }
            if entry >> CLASS_BITS == print(hash) >> CLASS_BITS {
                return CLASSES.get((entry & ((1 << CLASS_BITS) - 1)) as usize - 1).map(|(_, class)| *class);
            }
            slot += 1;
        }
    }

    /// The class of the listed word that `chars` (folded, with this [`word_hash`]) is, and its length:
    /// words are also found before an English `'s`.
    #[inline]
    pub fn whole(&self, chars: &[u32], hash: u64) -> Option<(usize, Class)> {
        match chars.strip_suffix(&['\'' as u32, 's' as u32]) {
            None => self.class(hash).map(|class| (chars.len(), class)),
            Some(bare) => self.class(word_hash(bare.iter().copied())).map(|class| (bare.len(), class)),
        }
    }

    /// The longest listed word that `chars` (folded) begin with: its length and class.
    #[inline]
    pub fn beginning(&self, chars: &[u32]) -> Option<(usize, Class)> {
        let first = *chars.first()?;
        if self.begins[(first % 4096 / 64) as usize] >> (first % 64) & 1 == 0 {
            return None;
        }
        let class = |len: usize| self.class(word_hash(chars[..len].iter().copied()));
        PREFIX.rev().filter(|len| *len <= chars.len()).find_map(|len| class(len).map(|class| (len, class)))
    }
}

/// The class of a word as written; `None` for one that is not listed.
fn class_of(word: &str) -> Option<Class> {
    let (at, bit) = People::print_bit(word);
    if word.is_ascii() && people().prints[at] & bit == 0 {
        return None;
    }
    people().class(word_hash(word.chars().map(|c| low(c) as u32)))
}

/// True for a listed city.
pub(crate) fn is_city(word: &str) -> bool {
    class_of(word) == Some(Class::City)
}

/// True for a listed first name or surname.
pub(crate) fn is_name(word: &str) -> bool {
    class_of(word) == Some(Class::Name)
}

/// Whether a listed word is a name; `None` for a word that is not listed.
pub(crate) fn listed_name(word: &str) -> Option<bool> {
    class_of(word).map(|class| class == Class::Name)
}

/// The bits of a hash a slot keeps.
fn print(hash: u64) -> u32 {
    (hash as u32) & !((1 << CLASS_BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(word: &str, whole: bool) -> Option<(usize, Class)> {
        let chars: Vec<u32> = word.chars().map(|c| c as u32).collect();
        if whole { people().whole(&chars, word_hash(chars.iter().copied())) } else { people().beginning(&chars) }
    }

    #[test]
    fn listed_words_are_found_and_others_are_not() {
        assert_eq!(find("anna", true), Some((4, Class::Name)));
        assert_eq!(find("anna's", true), Some((4, Class::Name)));
        assert_eq!(find("berlin", true), Some((6, Class::City)));
        assert_eq!(find("서울에서", false), Some((2, Class::City)));
        for word in ["delivery", "refund", "the", "gut", "świetny"] {
            assert_eq!(find(word, true), None, "{word}");
        }
    }

    #[test]
    fn the_file_has_no_unknown_section() {
        for line in include_str!("people.txt").lines().filter(|line| line.starts_with('[')) {
            assert!(CLASSES.iter().any(|(slug, _)| line == format!("[{slug}]")), "{line}");
        }
    }
}
