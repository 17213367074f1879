//! The hours of the day that a wish is for, read from the words of its condition.

use crate::text::{Normalized, lower};

const TIMES: &str = include_str!("times.txt");

/// First and last hour, 0..=23; the last may be smaller and is then of the next day. `None` where no listed words tell.
pub(super) fn hours(condition: &str) -> Option<[u8; 2]> {
    let text = lower(Normalized::new(condition).text());
    let lines = TIMES.lines().filter_map(|line| {
        let (first, rest) = line.split_once(' ')?;
        let (last, phrases) = rest.split_once(' ')?;
        Some(([first.parse().ok()?, last.parse().ok()?], phrases))
    });
    let mut longest = 0;
    let mut found = None;
    for (hours, phrases) in lines {
        for phrase in phrases.split('|') {
            if phrase.len() > longest && text.contains(phrase) {
                (longest, found) = (phrase.len(), Some(hours));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_the_day_in_words() {
        for (text, found) in [
            ("at midnight", Some([0, 0])),
            ("Late at night", Some([22, 5])),
            ("all day long", Some([0, 23])),
            ("in the afternoon", Some([12, 17])),
            ("po południu", Some([12, 17])),
            ("w południe", Some([12, 12])),
            ("하루 종일", Some([0, 23])),
            ("새벽에도", Some([22, 5])),
            ("午後も", Some([12, 17])),
            ("nachmittags", Some([12, 17])),
            ("on mars", None),
            ("", None),
        ] {
            assert_eq!(hours(text), found, "{text}");
        }
    }
}
