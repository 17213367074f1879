//! Words with one slip of the finger: a letter left out, added, changed, or two swapped.
//!
//! An edit lies in one half of a word; the other half is untouched. So each listed word is filed
//! under both halves, and a word of the text is compared with the few that share one.

use super::filed::Filed;
use super::hash::key_of;

/// Shortest listed word that is looked for with slips, in letters.
pub(super) const SHORTEST: usize = 7;
/// Longest word looked at.
pub(super) const LONGEST: usize = 24;
/// Words that share a half and are compared; more are too alike to tell slips from words.
const MOST_ALIKE: usize = 24;

/// What a half is filed under: the key of its letters, its side, the length of the whole word.
fn half_key(letters: u32, first: bool, whole: usize) -> u32 {
    (letters ^ (whole as u32 * 2 + u32::from(first))).wrapping_mul(0x9E37_79B1).rotate_left(16)
}

/// Listed words by their halves.
#[derive(Debug, Default)]
pub(super) struct Slips {
    halves: Filed,
}

impl Slips {
    /// `words`: the letters of each with its number. Words too short or long are left out.
    pub fn new<'w>(words: impl Iterator<Item = (&'w str, u32)>) -> Slips {
        let mut pairs = Vec::new();
        let mut letters: Vec<char> = Vec::new();
        for (word, number) in words {
            letters.clear();
            letters.extend(word.chars());
            let n = letters.len();
            if (SHORTEST..=LONGEST).contains(&n) {
                let (head, tail) = letters.split_at(n / 2);
                pairs.push((half_key(key_of(head.iter().copied()), true, n), number));
                pairs.push((half_key(key_of(tail.iter().rev().copied()), false, n), number));
            }
        }
        Slips { halves: Filed::new(pairs) }
    }

    /// Memory taken, in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.halves.memory_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.halves.is_empty()
    }

    /// Adds the numbers of listed words that may be one edit away, to be checked with [`one_edit`]; each
    /// may come twice. Of the word, the keys of its beginnings and of its ends.
    pub fn candidates(&self, begins: &[u32], ends: &[u32], found: &mut Vec<u32>) {
        let m = begins.len();
        for n in m.saturating_sub(1).max(SHORTEST)..=(m + 1).min(LONGEST) {
            let half = n / 2;
            for (keys, first, len) in [(begins, true, half), (ends, false, n - half)] {
                let Some(key) = keys.get(len - 1).map(|key| half_key(*key, first, n)) else { continue };
                let alike = self.halves.get(key);
                if alike.len() <= MOST_ALIKE {
                    found.extend_from_slice(alike);
                }
            }
        }
    }
}

/// True when `word` and `listed` begin alike and differ by one edit. A changed last letter is
/// another form of the word, or another word, and no slip.
pub(super) fn one_edit(word: &[char], listed: &str) -> bool {
    let listed = || listed.chars();
    let n = listed().count();
    let m = word.len();
    if word.first() != listed().next().as_ref() || m + 1 < n || n + 1 < m {
        return false;
    }
    let same = word.iter().zip(listed()).take_while(|(a, b)| **a == *b).count();
    let rest = &word[same..];
    if m == n {
        let mut other = listed().skip(same);
        let (Some(a), Some(b)) = (rest.first(), other.next()) else { return false };
        let changed = rest.len() > 1 && rest[1..].iter().copied().eq(other.clone());
        let next = other.next();
        changed || (rest.get(1) == Some(&b) && next == Some(*a) && rest[2..].iter().copied().eq(other))
    } else if m > n {
        rest[1..].iter().copied().eq(listed().skip(same))
    } else {
        rest.iter().copied().eq(listed().skip(same + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn one_edit_is_told_from_two() {
        for word in ["delivry", "delivvery", "delivety", "delviery", "deliveryy", "deliver"] {
            assert!(one_edit(&letters(word), "delivery"), "{word}");
        }
        for word in ["delivery", "delivri", "telivery", "delivers", "deelivvery", "delvirey"] {
            assert!(!one_edit(&letters(word), "delivery"), "{word}");
        }
    }

    #[test]
    fn halves_lead_to_every_slip_but_a_swap_in_the_middle() {
        let word = "restaurant";
        let slips = Slips::new([(word, 7)].into_iter());
        for slip in ["restaurnat", "resturant", "restauarant", "restaurent", "rstaurant", "restauran"] {
            let keys = |letters: Vec<char>| -> Vec<u32> {
                (1..=letters.len()).map(|len| key_of(letters[..len].iter().copied())).collect()
            };
            let mut found = Vec::new();
            slips.candidates(&keys(letters(slip)), &keys(slip.chars().rev().collect()), &mut found);
            // A candidate may yet be another word: that is for `one_edit` to say.
            assert!(found.contains(&7) || !one_edit(&letters(slip), word), "{slip}");
        }
    }
}
