//! Which words are forms of one word, by their letters: inflection, compounds, slips.

use std::collections::{BTreeMap, BTreeSet};

/// Least share of common pieces (Dice 1945).
const LEAST_DICE: f64 = 0.55;
/// Characters of a common beginning that are always enough, and those enough where they are most of both words.
const BEGINNING: usize = 5;
const SHORT_BEGINNING: usize = 4;
/// The same in scripts whose characters say more.
const WIDE_BEGINNING: usize = 2;

/// A word with its pieces: three characters with the ends marked, pairs in scripts whose characters say more.
struct Word<'w> {
    text: &'w str,
    chars: usize,
    wide: bool,
    pieces: BTreeSet<String>,
}

impl Word<'_> {
    fn new(text: &str) -> Word<'_> {
        let wide = text.chars().next().is_some_and(|c| c >= '\u{2E80}');
        let all: Vec<char> = if wide { text.chars().collect() } else { format!("^{text}$").chars().collect() };
        let length = if wide { 2 } else { 3 }.min(all.len().max(1));
        let pieces = all.windows(length).map(|piece| piece.iter().collect()).collect();
        Word { text, chars: text.chars().count(), wide, pieces }
    }

    /// `shared`: pieces that both have.
    fn is_form_of(&self, other: &Word, shared: usize) -> bool {
        let dice = 2.0 * shared as f64 / (self.pieces.len() + other.pieces.len()) as f64;
        let common = self.text.chars().zip(other.text.chars()).take_while(|(a, b)| a == b).count();
        let (short, long) = if self.chars < other.chars { (self, other) } else { (other, self) };
        let (least, beginning) = if self.wide {
            (WIDE_BEGINNING, common >= WIDE_BEGINNING)
        } else {
            let most = common >= SHORT_BEGINNING && common as f64 >= 0.6 * long.chars as f64;
            (SHORT_BEGINNING, common >= BEGINNING || most)
        };
        dice >= LEAST_DICE || beginning || (short.chars >= least && long.text.contains(short.text))
    }
}

/// For each word, the numbers of its other forms, rising. Words are sorted and different. `O(pairs that share a piece)`.
pub(super) fn forms(vocabulary: &[&str]) -> Vec<Vec<usize>> {
    let words: Vec<Word> = vocabulary.iter().map(|word| Word::new(word)).collect();
    let mut posting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut forms: Vec<Vec<usize>> = vec![Vec::new(); words.len()];
    for (at, word) in words.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for piece in &word.pieces {
            let list = posting.entry(piece).or_default();
            list.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
            list.push(at);
        }
        for (other, shared) in shared {
            if word.is_form_of(&words[other], shared) {
                forms[at].push(other);
                forms[other].push(at);
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet_and_others_do_not() {
        let one = [
            ["charger", "chargers"],
            ["ładowarek", "ładowarki"],
            ["geschenk", "geschenkverpackung"],
            ["다크모드", "다크"],
            ["詰替", "詰替用"],
            ["glutenfree", "gluten"],
        ];
        for pair in one {
            assert_eq!(forms(&pair), [[1], [0]], "{pair:?}");
        }
        for pair in
            [["bread", "breakfast"], ["parcel", "packs"], ["burger", "burrito"], ["日曜", "平日"], ["버스", "주스"]]
        {
            assert_eq!(forms(&pair), [[0usize; 0], []], "{pair:?}");
        }
    }
}
