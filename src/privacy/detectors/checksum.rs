//! Check digits of the caller's own numbers.

/// A rule that the letters and digits of a value must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Checksum {
    /// ISO/IEC 7812-1 annex B, over the digits.
    Luhn,
    /// ISO 7064 MOD 97-10: letters count as 10 to 35, the whole leaves 1. For an IBAN the first four go last.
    Mod97,
    /// Digits times weights, summed, leave `remainder`. With as many digits as weights, or it fails.
    Weights { weights: Vec<i32>, modulus: i32, remainder: i32 },
}

impl Checksum {
    pub fn holds(&self, value: &str) -> bool {
        let digits = || value.chars().filter_map(|c| c.to_digit(10));
        match self {
            Checksum::Luhn => {
                let digits: Vec<u32> = digits().collect();
                let doubled = |(at, digit): (usize, &u32)| match at % 2 {
                    0 => *digit,
                    _ => digit * 2 - if *digit > 4 { 9 } else { 0 },
                };
                let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
                digits.len() > 1 && sum.is_multiple_of(10)
            }
            Checksum::Mod97 => {
                let values = value.chars().filter_map(|c| c.to_digit(36));
                values.fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97) == 1
            }
            Checksum::Weights { weights, modulus, remainder } => {
                let digits: Vec<u32> = digits().collect();
                let sum: i32 = digits.iter().zip(weights).map(|(digit, weight)| *digit as i32 * weight).sum();
                digits.len() == weights.len() && sum.rem_euclid(*modulus) == *remainder
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold_and_their_neighbours_do_not() {
        // Luhn: 79927398713, the usual example of the ISO annex. Mod 97: ISO 7064 example 794 with check digits 44.
        for (rule, right, wrong) in [
            (Checksum::Luhn, "7992 739 8713", "79927398714"),
            (Checksum::Mod97, "794-44", "79445"),
            // PESEL 44051401359 (Ministry of the Interior, description of the number); BSN 111222333 (test number).
            (pesel(), "44051401359", "44051401358"),
            (weights(&[9, 8, 7, 6, 5, 4, 3, 2, -1], 11, 0), "111222333", "111222334"),
        ] {
            assert!(rule.holds(right), "{right}");
            assert!(!rule.holds(wrong), "{wrong}");
        }
        assert!(!Checksum::Luhn.holds("") && !Checksum::Mod97.holds("") && !pesel().holds("4405140135"));
    }

    fn pesel() -> Checksum {
        weights(&[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10, 0)
    }

    fn weights(weights: &[i32], modulus: i32, remainder: i32) -> Checksum {
        Checksum::Weights { weights: weights.to_vec(), modulus, remainder }
    }
}
