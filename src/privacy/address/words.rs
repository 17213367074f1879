//! The words of addresses: streets, units, what announces one.

use std::sync::OnceLock;

use crate::text::{Endings, Listed};

pub(super) const FIRST: u32 = 1;
pub(super) const FRENCH: u32 = 2;
pub(super) const LAST: u32 = 4;
pub(super) const END: u32 = 8;
pub(super) const UNIT: u32 = 16;

/// Words that say an address follows, as they stand before it.
const INTROS: &str = "address is|address:|live at|lives at|living at|located at|deliver to|delivered to|ship to|shipped to|\
    send to|sent to|moved to|reside at|resides at|meet me at|taxi to|addresses:|address to|it is|it's in|\
    wohne in der|anschrift:|adresse:|adresse ist|mieszkam przy|adres:|habite au|habite|vivo en|dirección:|\
    indirizzo:|endereço:|adres is|return to|office is at|offices are at|shop is at|store is at|restaurant is at|\
    meet you at|arrived at|drops you off at|lives on|live on|corner of|stop at|address with|new one to|it to|\
    to collect from|pick up from|picked up from|address of|his address|her address|their address|\
    billing address|delivery address|postal address|lieferadresse|rechnungsadresse|wohnhaft in|wohne in|\
    wohnt in|adresse est|adresse de livraison|reside en|dirección es|domicilio en|domicilio:|indirizzo è|\
    abito in|abita in|residente in|endereço é|moro na|moro no|woon op|woont op|woon in|adres to|\
    zamieszkały przy|mieszkam na";

/// The words of `streets.txt`, a bit a section, those of the section `end`, and [`INTROS`].
struct Words {
    listed: Listed,
    ends: Endings,
    intros: Endings,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let (mut bit, mut words) = (0u32, Vec::with_capacity(512));
        for line in include_str!("streets.txt").lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                bit = if bit == 0 { 1 } else { bit << 1 };
            } else {
                words.extend(line.split_whitespace().map(|word| (word, bit)));
            }
        }
        let ends = words.iter().filter(|(_, bit)| bit & END != 0).map(|(word, _)| *word).collect();
        let intros = Endings::new(INTROS.split('|').collect());
        Words { listed: Listed::new(words), ends: Endings::new(ends), intros }
    })
}

/// The sections of a word in any case.
pub(super) fn bits(word: &str) -> u32 {
    words().listed.bits(word)
}

/// True for a word that ends like a street: `Hauptstraße`, `Kerkstraat`.
pub(super) fn has_end(word: &str) -> bool {
    let tail = |end: &str| {
        word.len() >= end.len() + 3
            && (word.ends_with(end) || word.is_ascii() && word[word.len() - end.len()..].eq_ignore_ascii_case(end))
    };
    word.starts_with(char::is_uppercase) && words().ends.of(word).any(tail)
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Small words inside the names of streets and cities.
pub(super) fn is_small(word: &str) -> bool {
    let small = [
        "de", "del", "della", "dei", "delle", "di", "da", "do", "dos", "das", "la", "le", "les", "los", "las", "du",
        "des", "the", "of", "van", "den", "der", "am", "an", "in", "im", "und", "y", "e", "św", "sur", "sous", "el",
        "bij", "op", "and", "nad",
    ];
    small.contains(&word) || word.starts_with("d'") || word.starts_with("l'")
}

/// True when what stands right before byte `at` says that an address follows.
pub(super) fn is_announced(text: &str, at: usize) -> bool {
    let head = text[text.ceil_char_boundary(at.saturating_sub(24))..at].trim_end();
    let intros = &words().intros;
    intros.may_end(head) && {
        let head = head.to_lowercase();
        intros.of(&head).any(|intro| head.ends_with(intro))
    }
}
