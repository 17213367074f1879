//! Words with a few bits each, filed by hash: one look tells what a word of a text is, in any case and without a copy
//! of it.

/// Words in lower case with their bits.
pub(crate) struct Listed {
    words: Vec<(&'static str, u32)>,
    /// Number of a word + 1, or 0; at most half are taken.
    slots: Vec<u16>,
    longest: usize,
}

/// A hash of the first four bytes, the last four and the length, the same for great and small ASCII letters.
pub(crate) fn print_of(word: &str) -> u32 {
    let four = |part: &[u8]| part.iter().fold(0, |four, b| four << 8 | u32::from(b | 0x20));
    let bytes = word.as_bytes();
    let (head, tail) = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(head), Some(tail)) => (u32::from_le_bytes(*head) | 0x2020_2020, u32::from_le_bytes(*tail) | 0x2020_2020),
        _ => (four(bytes), 0),
    };
    let length = (bytes.len() as u32).wrapping_mul(0xC2B2_AE35);
    let hash = head.wrapping_mul(0x9E37_79B1) ^ tail.wrapping_mul(0x85EB_CA6B) ^ length;
    hash ^ hash >> 15
}

impl Listed {
    /// Files at most 32,767 words; the bits of one that comes twice are joined.
    pub fn new(words: Vec<(&'static str, u32)>) -> Listed {
        let longest = words.iter().map(|(word, _)| word.len()).max().unwrap_or(0);
        let mut listed = Listed { slots: vec![0; (2 * words.len() + 1).next_power_of_two()], words, longest };
        for at in 0..listed.words.len() {
            let (word, bits) = listed.words[at];
            let slot = listed.slot(word);
            match listed.slots[slot].checked_sub(1) {
                Some(first) => listed.words[usize::from(first)].1 |= bits,
                None => listed.slots[slot] = at as u16 + 1,
            }
        }
        listed
    }

    /// Where a word stands, or the free place where it would.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = print_of(word) as usize & mask;
        while let Some(at) = self.slots[slot].checked_sub(1) {
            if self.words[usize::from(at)].0.eq_ignore_ascii_case(word) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The bits of a word in any case, 0 for one that is not listed.
    pub fn bits(&self, word: &str) -> u32 {
        let found = self.as_typed(word);
        if found == 0 && !word.is_ascii() { self.as_typed(&word.to_lowercase()) } else { found }
    }

    /// [`Listed::bits`], where letters beyond ASCII are small ones.
    pub fn as_typed(&self, word: &str) -> u32 {
        if word.len() > self.longest {
            return 0;
        }
        self.slots[self.slot(word)].checked_sub(1).map_or(0, |at| self.words[usize::from(at)].1)
    }
}

/// Endings of words, with a bit for the last two bytes of each: most words have none.
pub(crate) struct Endings {
    all: Vec<&'static str>,
    pairs: [u64; 16],
}

impl Endings {
    /// Files endings of two bytes or more.
    pub fn new(all: Vec<&'static str>) -> Endings {
        let mut pairs = [0; 16];
        for (at, bit) in all.iter().filter_map(|end| Endings::pair(end)) {
            pairs[at] |= bit;
        }
        Endings { all, pairs }
    }

    /// Place of the bit for the last two bytes, the same for great and small letters.
    fn pair(word: &str) -> Option<(usize, u64)> {
        let [first, second] = *word.as_bytes().last_chunk::<2>()?;
        let pair = usize::from(first | 0x20) * 37 + usize::from(second | 0x20);
        Some((pair / 64 % 16, 1 << (pair % 64)))
    }

    /// False for most words that have none of them in any case.
    pub fn may_end(&self, word: &str) -> bool {
        Endings::pair(word).is_some_and(|(at, bit)| self.pairs[at] & bit != 0)
    }

    /// The endings that `word` may have in some case: those with the same last two bytes.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &'static str> {
        let all: &[&str] = if self.may_end(word) { &self.all } else { &[] };
        let pair = Endings::pair(word);
        all.iter().copied().filter(move |end| Endings::pair(end) == pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_with_all_their_bits() {
        let listed = Listed::new(vec![("name", 1), ("straße", 2), ("name", 4), ("się", 8)]);
        for (word, bits) in [("Name", 5), ("STRAßE", 2), ("SIĘ", 8), ("nam", 0), ("", 0), ("names", 0)] {
            assert_eq!(listed.bits(word), bits, "{word}");
        }
        assert_eq!((listed.as_typed("SIĘ"), listed.as_typed("sIę")), (0, 8));
        assert_eq!(Listed::new(Vec::new()).bits("a"), 0);
    }

    #[test]
    fn endings_are_offered_to_the_words_that_have_them() {
        let endings = Endings::new(vec!["straße", "vić"]);
        for word in ["Parkstraße", "PARKSTRAßE", "Marković"] {
            assert_eq!(endings.of(word).count(), 1, "{word}");
        }
        for word in ["Park", "e", ""] {
            assert!(!endings.may_end(word) && endings.of(word).next().is_none(), "{word}");
        }
    }
}
