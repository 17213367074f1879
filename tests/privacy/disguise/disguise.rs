//! The ten disguises of `README.md`, as data and one function.

use icu_normalizer::DecomposingNormalizerBorrowed;

const STRUCTURED: &[&str] = &["phone", "card", "iban", "bank_account", "national_id", "company_id"];
const SPELLED: &[&str] = &["phone", "card", "national_id"];
const LETTERED: &[&str] = &["email", "url_token", "iban", "crypto", "national_id", "company_id", "person"];
const UNBROKEN: &[&str] = &["secret", "crypto", "handle"];

pub const DISGUISES: [&str; 10] = [
    "zero_width",
    "full_width",
    "other_digits",
    "spaced",
    "spelled",
    "nfd",
    "homoglyph",
    "line_break",
    "entities",
    "punctuation",
];

/// Words of the digits by locale.
const WORDS: [(&str, &str); 10] = [
    ("en", "zero one two three four five six seven eight nine"),
    ("ko", "공 일 이 삼 사 오 육 칠 팔 구"),
    ("ja", "ゼロ いち に さん よん ご ろく なな はち きゅう"),
    ("pl", "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć"),
    ("de", "null eins zwei drei vier fünf sechs sieben acht neun"),
    ("fr", "zéro un deux trois quatre cinq six sept huit neuf"),
    ("es", "cero uno dos tres cuatro cinco seis siete ocho nueve"),
    ("it", "zero uno due tre quattro cinque sei sette otto nove"),
    ("pt", "zero um dois três quatro cinco seis sete oito nove"),
    ("nl", "nul een twee drie vier vijf zes zeven acht negen"),
];

const LATIN: &str = "aceiopxyABCEHKMOPTX";
const CYRILLIC: &str = "асеіорхуАВСЕНКМОРТХ";

/// A row disguised: what stands before the value, the value and what stands after it; nothing where the disguise does
/// not apply or changes nothing.
pub fn disguise(
    name: &str,
    locale: &str,
    row: usize,
    kind: &str,
    [before, value, after]: [&str; 3],
) -> Option<[String; 3]> {
    let applies = match name {
        "spaced" | "punctuation" => STRUCTURED.contains(&kind),
        "spelled" => SPELLED.contains(&kind),
        "homoglyph" => LETTERED.contains(&kind),
        "line_break" => !UNBROKEN.contains(&kind),
        _ => true,
    };
    if !applies {
        return None;
    }
    if name == "nfd" {
        let nfd = DecomposingNormalizerBorrowed::new_nfd();
        let parts = [before, value, after].map(|part| nfd.normalize(part).into_owned());
        return (parts != [before, value, after]).then_some(parts);
    }
    let changed = match name {
        "zero_width" => zero_width(value),
        "full_width" => value.chars().map(full_width).collect(),
        "other_digits" => value.chars().map(|char| other_digit(char, row)).collect(),
        "spaced" => spaced(value),
        "spelled" => spelled(value, locale),
        "homoglyph" => homoglyph(value, kind),
        "line_break" => line_break(value),
        "entities" => entities(value),
        _ => punctuation(value, row),
    };
    (changed != value).then(|| [before.to_owned(), changed, after.to_owned()])
}

fn zero_width(value: &str) -> String {
    let signs = ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}'];
    let mut out = String::new();
    for (i, char) in value.chars().enumerate() {
        if i > 0 && i % 2 == 0 {
            out.push(signs[i / 2 % 4]);
        }
        out.push(char);
    }
    out
}

fn full_width(char: char) -> char {
    match char {
        '!'..='~' => char::from_u32(char as u32 + 0xfee0).unwrap_or(char),
        _ => char,
    }
}

fn other_digit(char: char, row: usize) -> char {
    match char.to_digit(10) {
        Some(digit) => char::from_u32([0x660, 0x6f0, 0x966, 0x1d7ce][row % 4] + digit).unwrap_or(char),
        None => char,
    }
}

fn spaced(value: &str) -> String {
    let mut out = String::new();
    for char in value.chars() {
        if char.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(char);
    }
    out
}

fn spelled(value: &str, locale: &str) -> String {
    let words = WORDS.iter().find(|(language, _)| locale.starts_with(language)).map_or("", |(_, words)| words);
    let words: Vec<&str> = words.split(' ').collect();
    let mut out = String::new();
    let mut after_digit = false;
    for char in value.chars() {
        let digit = char.to_digit(10);
        if out.ends_with(char::is_alphanumeric) && (digit.is_some() || after_digit && char.is_alphanumeric()) {
            out.push(' ');
        }
        match digit {
            Some(digit) => out.push_str(words[digit as usize]),
            None => out.push(char),
        }
        after_digit = digit.is_some();
    }
    out
}

/// The scheme of a URL stays: a browser would not follow another.
fn homoglyph(value: &str, kind: &str) -> String {
    let from = if kind == "url_token" { value.find("://").unwrap_or(0) } else { 0 };
    let look =
        |char: char| LATIN.chars().zip(CYRILLIC.chars()).find(|&(latin, _)| latin == char).map_or(char, |(_, c)| c);
    value[..from].chars().chain(value[from..].chars().map(look)).collect()
}

fn line_break(value: &str) -> String {
    let comma = value.find(", ").map(|at| at + 1);
    if let Some(at) = comma.or_else(|| value.rfind([' ', '-'])) {
        return format!("{}\n{}", &value[..at], &value[at + 1..]);
    }
    let middle = value.char_indices().nth(value.chars().count() / 2).map_or(0, |(at, _)| at);
    let at = value.rfind(['@', '/', ':', '.']).map_or(middle, |at| at + 1);
    format!("{}\n{}", &value[..at], &value[at..])
}

fn entities(value: &str) -> String {
    let mut out = String::new();
    let mut turn = 0;
    for (i, char) in value.chars().enumerate() {
        if i % 3 != 1 && !"@.-/&:".contains(char) {
            out.push(char);
            continue;
        }
        let named = match char {
            '@' => "&commat;",
            '.' => "&period;",
            '&' => "&amp;",
            ':' => "&colon;",
            '/' => "&sol;",
            _ => "",
        };
        match (turn % 3, named) {
            (1, _) => out.push_str(&format!("&#x{:x};", char as u32)),
            (2, named) if !named.is_empty() => out.push_str(named),
            _ => out.push_str(&format!("&#{};", char as u32)),
        }
        turn += 1;
    }
    out
}

fn punctuation(value: &str, row: usize) -> String {
    let sign = ['.', '/', '–', '_', '\u{a0}', '\u{2009}'][row % 6];
    if value.contains([' ', '-']) {
        return value.chars().map(|char| if matches!(char, ' ' | '-') { sign } else { char }).collect();
    }
    let mut out = String::new();
    let mut run = 0;
    for char in value.chars() {
        if run == 4 && char.is_alphanumeric() {
            out.push('.');
            run = 0;
        }
        run = if char.is_alphanumeric() { run + 1 } else { 0 };
        out.push(char);
    }
    out
}
