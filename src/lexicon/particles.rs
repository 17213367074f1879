//! What may stand behind a word without making it another: Korean particles, the English possessive.

use crate::text::is_hangul;
use crate::text::particles::{WORD, particles};

/// Beginnings of the copula, written for this project: "배송입니다", "문제였어요", "최고인데".
const COPULA: &[&str] = &[
    "입니", "이에", "예요", "이예", "였", "이었", "인", "이고", "이라", "라서", "라고", "이지", "이네", "네요", "임",
    "이다", "이며",
];

/// Most particles in a row: "에서부터는".
const MOST: usize = 3;

/// True when `rest`, what stands behind a listed word, leaves it the same word.
pub(super) fn may_follow(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some('\'') => matches!(rest, "'s" | "'"),
        Some(first) => is_hangul(first) && are_particles(rest, MOST),
    }
}

fn are_particles(rest: &str, most: usize) -> bool {
    if rest.is_empty() || COPULA.iter().any(|copula| rest.starts_with(copula)) {
        return true;
    }
    most > 0
        && particles(WORD)
            .any(|(particle, ..)| rest.strip_prefix(particle).is_some_and(|rest| are_particles(rest, most - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_leave_a_word_the_same() {
        for rest in ["", "이", "에서는", "까지도", "으로", "의", "입니다", "였어요", "'s", "들이"] {
            assert!(may_follow(rest), "{rest}");
        }
        for rest in ["속도", "비", "s", "기사", "'t", "이없"] {
            assert!(!may_follow(rest), "{rest}");
        }
    }
}
