//! What kind of character one is. Ranges are from the Unicode 16 block and script tables.

use serde::Serialize;

/// Writing systems the engine tells apart; the names are ISO 15924 codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Script {
    Latn,
    Cyrl,
    Grek,
    Armn,
    Hebr,
    Arab,
    Deva,
    Beng,
    Guru,
    Gujr,
    Taml,
    Telu,
    Knda,
    Mlym,
    Sinh,
    Thai,
    Laoo,
    Mymr,
    Khmr,
    Geor,
    Ethi,
    Hang,
    Jpan,
    Hani,
    /// No letters, or a script not in this list.
    Zyyy,
}

impl Script {
    pub const ALL: [Script; 25] = [
        Script::Latn,
        Script::Cyrl,
        Script::Grek,
        Script::Armn,
        Script::Hebr,
        Script::Arab,
        Script::Deva,
        Script::Beng,
        Script::Guru,
        Script::Gujr,
        Script::Taml,
        Script::Telu,
        Script::Knda,
        Script::Mlym,
        Script::Sinh,
        Script::Thai,
        Script::Laoo,
        Script::Mymr,
        Script::Khmr,
        Script::Geor,
        Script::Ethi,
        Script::Hang,
        Script::Jpan,
        Script::Hani,
        Script::Zyyy,
    ];

    /// The ISO 15924 code.
    pub fn code(self) -> &'static str {
        match self {
            Script::Latn => "Latn",
            Script::Cyrl => "Cyrl",
            Script::Grek => "Grek",
            Script::Armn => "Armn",
            Script::Hebr => "Hebr",
            Script::Arab => "Arab",
            Script::Deva => "Deva",
            Script::Beng => "Beng",
            Script::Guru => "Guru",
            Script::Gujr => "Gujr",
            Script::Taml => "Taml",
            Script::Telu => "Telu",
            Script::Knda => "Knda",
            Script::Mlym => "Mlym",
            Script::Sinh => "Sinh",
            Script::Thai => "Thai",
            Script::Laoo => "Laoo",
            Script::Mymr => "Mymr",
            Script::Khmr => "Khmr",
            Script::Geor => "Geor",
            Script::Ethi => "Ethi",
            Script::Hang => "Hang",
            Script::Jpan => "Jpan",
            Script::Hani => "Hani",
            Script::Zyyy => "Zyyy",
        }
    }
}

/// First and last character of a range with its script, sorted.
const SCRIPTS: [(u32, u32, Script); 36] = [
    (0x41, 0x5A, Script::Latn),
    (0x61, 0x7A, Script::Latn),
    (0xAA, 0xAA, Script::Latn),
    (0xBA, 0xBA, Script::Latn),
    (0xC0, 0x24F, Script::Latn),
    (0x250, 0x2AF, Script::Latn),
    (0x370, 0x3FF, Script::Grek),
    (0x400, 0x52F, Script::Cyrl),
    (0x531, 0x58F, Script::Armn),
    (0x5D0, 0x5F4, Script::Hebr),
    (0x620, 0x65F, Script::Arab),
    (0x66E, 0x6D3, Script::Arab),
    (0x6EE, 0x6EF, Script::Arab),
    (0x6FA, 0x77F, Script::Arab),
    (0x8A0, 0x8FF, Script::Arab),
    (0x900, 0x965, Script::Deva),
    (0x980, 0x9E5, Script::Beng),
    (0xA01, 0xA65, Script::Guru),
    (0xA81, 0xAE5, Script::Gujr),
    (0xB82, 0xBE5, Script::Taml),
    (0xC00, 0xC65, Script::Telu),
    (0xC80, 0xCE5, Script::Knda),
    (0xD00, 0xD65, Script::Mlym),
    (0xD80, 0xDE5, Script::Sinh),
    (0xE01, 0xE4E, Script::Thai),
    (0xE81, 0xECD, Script::Laoo),
    (0x1000, 0x103F, Script::Mymr),
    (0x10A0, 0x10FF, Script::Geor),
    (0x1100, 0x11FF, Script::Hang),
    (0x1200, 0x139F, Script::Ethi),
    (0x1780, 0x17D3, Script::Khmr),
    (0x1E00, 0x1EFF, Script::Latn),
    (0x1F00, 0x1FFF, Script::Grek),
    (0x3041, 0x30FF, Script::Jpan),
    (0x3131, 0x318E, Script::Hang),
    (0xAC00, 0xD7A3, Script::Hang),
];

/// The script of a letter, [`Script::Zyyy`] for everything else. Kana is `Jpan`, kanji is `Hani`.
pub fn script_of(c: char) -> Script {
    let code = c as u32;
    if code < 0x80 {
        return if c.is_ascii_alphabetic() { Script::Latn } else { Script::Zyyy };
    }
    if is_han(code) {
        return Script::Hani;
    }
    let at = SCRIPTS.partition_point(|&(_, last, _)| last < code);
    match SCRIPTS.get(at) {
        Some(&(first, _, script)) if first <= code => script,
        _ => Script::Zyyy,
    }
}

fn is_han(code: u32) -> bool {
    matches!(code, 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// True for scripts written without spaces between words: Han, kana, Thai, Lao, Khmer, Burmese.
pub fn is_unspaced(c: char) -> bool {
    let code = c as u32;
    code >= 0xE01
        && (is_han(code)
            || matches!(code, 0xE01..=0xE4E | 0xE81..=0xECD | 0x1000..=0x109F | 0x1780..=0x17D3)
            || matches!(code, 0x3041..=0x30FF | 0x31F0..=0x31FF))
}

/// True for Hangul syllables, as normalisation composes them.
pub(crate) fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// True for characters shown as a picture. After normalisation joiners and selectors are gone,
/// so every such character is a token of its own.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(
        c as u32,
        0x231A..=0x231B
            | 0x23E9..=0x23FA
            | 0x25AA..=0x25AB
            | 0x25B6
            | 0x25C0
            | 0x25FB..=0x25FE
            | 0x2600..=0x27BF
            | 0x2934..=0x2935
            | 0x2B05..=0x2B07
            | 0x2B1B..=0x2B1C
            | 0x2B50
            | 0x2B55
            | 0x3030
            | 0x303D
            | 0x3297
            | 0x3299
            | 0x1F004
            | 0x1F0CF
            | 0x1F170..=0x1F19A
            | 0x1F1E6..=0x1F1FF
            | 0x1F200..=0x1F251
            | 0x1F300..=0x1FAFF
    )
}

/// True for characters that carry no content and hide what stands around them: zero-width,
/// bidi controls, joiners, variation selectors, soft hyphen, tags, byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c as u32,
        0xAD | 0x34F
            | 0x61C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE0FFF
    )
}

/// True for marks that belong to the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c as u32,
        0x300..=0x36F
            | 0x483..=0x489
            | 0x591..=0x5C7
            | 0x610..=0x61A
            | 0x64B..=0x65F
            | 0x670
            | 0x6D6..=0x6ED
            | 0x900..=0x903
            | 0x93A..=0x94F
            | 0x951..=0x957
            | 0x962..=0x963
            | 0x981..=0x983
            | 0x9BC..=0x9CD
            | 0x9D7
            | 0xA01..=0xA03
            | 0xA3C..=0xA51
            | 0xA70..=0xA71
            | 0xA81..=0xA83
            | 0xABC..=0xACD
            | 0xB01..=0xB03
            | 0xB3C..=0xB57
            | 0xB82
            | 0xBBE..=0xBD7
            | 0xC00..=0xC04
            | 0xC3C..=0xC56
            | 0xC81..=0xC83
            | 0xCBC..=0xCD6
            | 0xD00..=0xD03
            | 0xD3B..=0xD57
            | 0xD81..=0xD83
            | 0xDCA..=0xDDF
            | 0xE31
            | 0xE34..=0xE3A
            | 0xE47..=0xE4E
            | 0xEB1
            | 0xEB4..=0xECD
            | 0x102B..=0x103E
            | 0x135D..=0x135F
            | 0x17B4..=0x17D3
            | 0x1AB0..=0x1AFF
            | 0x1DC0..=0x1DFF
            | 0x20D0..=0x20FF
            | 0x3099..=0x309A
            | 0xFE20..=0xFE2F
            | 0x1F3FB..=0x1F3FF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_letters() {
        for (c, script) in [
            ('a', Script::Latn),
            ('ł', Script::Latn),
            ('ế', Script::Latn),
            ('я', Script::Cyrl),
            ('한', Script::Hang),
            ('ㅋ', Script::Hang),
            ('か', Script::Jpan),
            ('漢', Script::Hani),
            ('ก', Script::Thai),
            ('ش', Script::Arab),
            ('ह', Script::Deva),
            ('1', Script::Zyyy),
            ('😀', Script::Zyyy),
        ] {
            assert_eq!(script_of(c), script, "{c}");
        }
    }

    #[test]
    fn the_script_table_is_sorted_and_disjoint() {
        assert!(SCRIPTS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
