//! Postcodes: British ones by their form, the others by a word, a country sign, a state or a city beside them.

use std::sync::OnceLock;

use super::cues::{self, FILLER, ZIP};
use super::mixed::Word;
use super::{Pii, PiiType, rank};
use crate::model::is_city;
use crate::span::Span;
use crate::text::Endings;

/// Postcode areas of the United Kingdom (Royal Mail).
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK \
                     FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE \
                     NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF \
                     TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";
/// States, districts and territories (USPS).
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH \
                      OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR";

/// Two capitals behind four digits that are no part of a postcode: words, units, time zones, states, car makers.
const UNITS: &str = "AM PM EU EK WK NL BE DE UK US KM CM MM ML CL KG MG GB MB TB KB HP PK CC HD TV AC DC AD BC CE OK NO TO IN ON AT \
                     OR IF IS IT SO WE HE ME MY AS AN BY UP DO GO OF EN SA SD SS PT ET CT MT ST RM XL XS LE SE";

/// Adds the postcode that `word`, whose first digit stands at byte `digit`, is or begins.
pub(super) fn find(word: &Word, digit: usize, found: &mut Vec<Pii>) {
    if word.before().is_some_and(|c| "/=&@*.,#$€£¥₩\\_".contains(c)) {
        return;
    }
    let bytes = word.text.as_bytes();
    let mut add = |start: usize, end: usize, certainty: f64| {
        found.push(Pii::new(PiiType::Postcode, Span::new(start, end), certainty));
    };
    if digit > word.start {
        if let Some(end) = british(word) {
            add(word.start, end, rank::POSTCODE_FORM);
        }
        return;
    }
    let mut lengths = [0; 3];
    for (length, part) in lengths.iter_mut().zip(word.bytes().split(|b| *b == b'-')) {
        *length = part.len();
    }
    let plain = word.bytes().iter().all(|b| b.is_ascii_digit() || *b == b'-');
    let dutch = word.bytes().len() == 4
        || word.bytes().len() == 6 && bytes[word.start + 4..word.end].iter().all(u8::is_ascii_uppercase);
    let cued = || cues::before(word.text, word.start) & ZIP != 0 || is_delivered(word.text, word.start);
    let glued = word.bytes().len() == 6;
    let closes = !matches!(word.after(), [b'.' | b',', next, ..] if next.is_ascii_digit());
    if dutch && bytes[word.start..word.start + 4].iter().all(u8::is_ascii_digit) {
        // 1012 AB
        let letters = if word.bytes().len() == 4 { word.end + 1 } else { word.start + 4 };
        let fits = (letters == word.start + 4 || bytes.get(word.end) == Some(&b' '))
            && matches!(bytes.get(letters..letters + 2), Some([b'A'..=b'Z', b'A'..=b'Z']))
            && !bytes.get(letters + 2).is_some_and(u8::is_ascii_alphanumeric)
            && bytes[word.start] != b'0';
        // In a sentence the form alone tells, but for years and for capitals that are words or units.
        let alone = || {
            let (before, after) = (&bytes[..word.start], word.text[letters + 2..].trim_start_matches('?'));
            !matches!(&bytes[word.start..word.start + 2], b"19" | b"20")
                && matches!(before, [.., b'a'..=b'z', b' '] | [.., b'a'..=b'z', b':', b' '])
                && (after.is_empty() || after.starts_with([',', '.', ')', '\n', '!']))
                && !UNITS.as_bytes().chunks(3).any(|unit| unit[..2] == bytes[letters..letters + 2])
                && cues::before(word.text, word.start) & !FILLER == 0
        };
        if fits && (cued() || glued || city_follows(word.text, letters + 2) || alone()) {
            add(word.start, letters + 2, rank::IN_CONTEXT);
        } else if plain && cued() {
            add(word.start, word.end, rank::IN_CONTEXT);
        }
        return;
    }
    let shape = plain && closes && matches!(lengths, [5, 0 | 4, 0] | [2, 3, 0] | [5 | 3, 3 | 4, 0] | [7 | 8, 0, 0]);
    if !shape {
        return;
    }
    let own = matches!(lengths, [5, 0 | 4, 0] | [2, 3, 0]);
    let state = || {
        let before = &bytes[..word.start];
        lengths[0] == 5
            && matches!(before, [.., b' ' | b',', a, b, b' '] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
            && is_state(&word.text[word.start - 3..word.start - 1])
    };
    // The form of Brazil is rare enough elsewhere.
    let cep = || {
        lengths == [5, 3, 0]
            && cues::before(word.text, word.start) & !(ZIP | FILLER) == 0
            && !matches!(word.after(), [b' ', b'0'..=b'9', ..])
    };
    if cued() || cep() || own && (state() || city_follows(word.text, word.end)) {
        add(word.start, word.end, rank::IN_CONTEXT);
    }
}

/// What stands right before a postcode that somebody asks about.
const DELIVERED: &str = "deliver to|delivering to|delivery to|ship to|pickup near|pick up near|pickup in|liefern nach|liefert ihr nach|\
    lieferung nach|versand nach|abholung in|dowozicie do|dostarczacie do|dostawa do|wysyłka do|livrez à|livrez-vous à|\
    livraison à|livrer à|enviáis a|envían a|entregáis en|envío a|entregan en|spedite a|consegnate a|consegna a|\
    entregam em|entrega em|enviam para|entregam no|bezorgen in|bezorgen jullie in|leveren jullie in|bezorgd in|\
    afhalen in|afhalen rond|afhalen bij";

/// True behind words such as `do you deliver to`.
fn is_delivered(text: &str, at: usize) -> bool {
    let Some(head) = text[text.ceil_char_boundary(at.saturating_sub(24))..at].strip_suffix(' ') else { return false };
    static WORDS: OnceLock<Endings> = OnceLock::new();
    let words = WORDS.get_or_init(|| Endings::new(DELIVERED.split('|').collect()));
    words.of(head).any(|words| {
        let at = head.len().checked_sub(words.len());
        at.is_some_and(|at| head.as_bytes()[at..].eq_ignore_ascii_case(words.as_bytes()))
    })
}

/// The end of the British postcode that `word` begins: `SW1A 1AA`, `M11AE`.
fn british(word: &Word) -> Option<usize> {
    let bytes = word.bytes();
    let letters = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let area = bytes.get(..letters)?;
    if !(1..=2).contains(&letters) || !AREAS.split(' ').any(|one| one.as_bytes() == area) {
        return None;
    }
    let is_inward = |part: &[u8]| {
        matches!(part, [b'0'..=b'9', a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase()
            && !b"CIKMOV".contains(a) && !b"CIKMOV".contains(b))
    };
    let is_district = |part: &[u8]| {
        matches!(part, [b'0'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']) || matches!(part, [b'0'..=b'9', b'A'..=b'Y'])
    };
    if bytes.len() > letters + 3 && is_inward(&bytes[bytes.len() - 3..]) {
        return is_district(&bytes[letters..bytes.len() - 3]).then_some(word.end);
    }
    let after = word.after();
    let inward = after.get(1..4)?;
    let ends = !after.get(4).is_some_and(u8::is_ascii_alphanumeric);
    (after[0] == b' ' && is_inward(inward) && ends && is_district(&bytes[letters..])).then_some(word.end + 4)
}

/// True for the two letters of an American state.
pub(super) fn is_state(word: &str) -> bool {
    word.len() == 2 && STATES.split(' ').any(|state| state == word)
}

/// True when a city stands right behind byte `at`.
pub(super) fn city_follows(text: &str, at: usize) -> bool {
    let Some(rest) = text[at..].strip_prefix(' ').or_else(|| text[at..].strip_prefix(", ")) else { return false };
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    rest.starts_with(char::is_uppercase) && len <= 40 && is_city(&rest[..len])
}
