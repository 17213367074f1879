//! Addresses of the military post of the United States (USPS Publication 28, section 225): `PSC 3, Box 1234, APO AE 09012`.

use crate::span::Span;

/// The address whose five-digit code stands at byte `start`, back to `floor`.
pub(super) fn find(text: &str, start: usize, end: usize, floor: usize) -> Option<Span> {
    if end - start != 5 {
        return None;
    }
    let head = &text[floor..start];
    let state = word_before(head, &["AA", "AE", "AP"])?;
    let office = word_before(&head[..state], &["APO", "FPO", "DPO"])?;
    let mut first = office;
    // A box, then the unit; or a ship with its name.
    for words in [&["Box"][..], &["PSC", "Unit", "CMR"]] {
        let rest = head[..first].trim_end_matches([' ', ',', '\n']);
        let number = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        if number.len() == rest.len() {
            break;
        }
        match word_before(number, words) {
            Some(at) => first = at,
            None => break,
        }
    }
    if first == office {
        let rest = head[..office].trim_end_matches([' ', ',', '\n']);
        let name = rest.rfind(' ').filter(|at| rest.len() - at < 24);
        first = name.and_then(|at| word_before(&rest[..at], &["USS", "USNS", "USCGC", "USNV"])).unwrap_or(office);
    }
    Some(Span::new(floor + first, end))
}

/// Where the last word of `head` begins, if it is one of `words` in any case.
fn word_before(head: &str, words: &[&str]) -> Option<usize> {
    let rest = head.trim_end_matches([' ', ',', '\n']);
    let at = rest.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let word = rest.get(at..)?;
    words.iter().any(|one| one.eq_ignore_ascii_case(word)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_boxes_and_ships_belong_to_the_address() {
        for (text, found) in [
            ("Send it to PSC 10, Box 2045, APO AE 09012 please", "PSC 10, Box 2045, APO AE 09012"),
            ("Unit 4411 Box 87 DPO AP 96507", "Unit 4411 Box 87 DPO AP 96507"),
            ("to USS Example FPO AP 96601", "USS Example FPO AP 96601"),
        ] {
            let start = text.rfind(' ').filter(|_| !text.ends_with("please")).map_or(36, |at| at + 1);
            let span = find(text, start, start + 5, 0).map(|span| &text[span.start..span.end]);
            assert_eq!(span, Some(found), "{text}");
        }
        assert_eq!(find("APO AE 0901", 7, 11, 0), None);
        assert_eq!(find("model AE 09012", 9, 14, 0), None);
    }
}
