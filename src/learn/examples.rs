//! The examples as the learner takes them: checked, without repeats, in an order of their own.

use crate::error::{Error, Result};
use crate::limits::{MAX_BATCH_BYTES, MAX_EXAMPLES};
use crate::model::pack::checksum;
use crate::order::Sorted;

/// Most labels of a classifier.
pub(super) const MAX_LABELS: usize = 255;
/// Longest label, in bytes.
pub const MAX_LABEL_BYTES: usize = 128;

/// A text with the label it should get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'t> {
    pub text: &'t str,
    /// 1..=[`MAX_LABEL_BYTES`] bytes.
    pub label: &'t str,
}

/// Examples sorted by a hash of their texts.
pub(super) struct Examples<'t> {
    /// Sorted.
    pub labels: Vec<&'t str>,
    pub texts: Vec<&'t str>,
    /// Number of each text's label.
    pub of: Vec<u16>,
    /// Position of each text in the list that was given: the first of its repeats.
    pub origin: Vec<usize>,
    /// Examples left out because text and label stood before.
    pub duplicates: usize,
    /// Positions, in the list given, of two examples with one text and two labels.
    pub conflicts: Vec<(usize, usize)>,
}

impl<'t> Examples<'t> {
    /// # Errors
    /// [`Error::BatchTooLarge`] for too many examples or bytes; [`Error::Field`] for a label that is
    /// empty or too long, and for fewer than two or more than 255 labels.
    pub fn check(given: &[Example<'t>]) -> Result<Examples<'t>> {
        if given.len() > MAX_EXAMPLES {
            return Err(Error::BatchTooLarge { unit: "examples", limit: MAX_EXAMPLES, actual: given.len() });
        }
        let bytes = given.iter().map(|example| example.text.len()).sum();
        if bytes > MAX_BATCH_BYTES {
            return Err(Error::BatchTooLarge { unit: "bytes", limit: MAX_BATCH_BYTES, actual: bytes });
        }
        let refuse = |field: String, what: String| Err(Error::Field { field, what });
        if let Some(at) = given.iter().position(|example| !(1..=MAX_LABEL_BYTES).contains(&example.label.len())) {
            return refuse(format!("examples[{at}].label"), format!("must have 1 to {MAX_LABEL_BYTES} bytes"));
        }
        let mut labels: Vec<&str> = given.iter().map(|example| example.label).collect();
        labels.order();
        labels.dedup();
        if !(2..=MAX_LABELS).contains(&labels.len()) {
            return refuse("examples".into(), format!("must have 2 to {MAX_LABELS} labels, have {}", labels.len()));
        }
        let mut sorted: Vec<(u64, &Example, usize)> = given
            .iter()
            .enumerate()
            .map(|(at, example)| (spread(checksum(example.text.as_bytes())), example, at))
            .collect();
        sorted.order_by_key(|(hash, example, at)| (*hash, example.text, example.label, *at));
        let mut examples = Examples {
            of: Vec::with_capacity(sorted.len()),
            texts: Vec::with_capacity(sorted.len()),
            origin: Vec::with_capacity(sorted.len()),
            labels,
            duplicates: 0,
            conflicts: Vec::new(),
        };
        for (_, example, at) in sorted {
            let of = examples.labels.binary_search(&example.label).unwrap_or(0) as u16;
            if examples.texts.last() == Some(&example.text) {
                if examples.of.last() == Some(&of) {
                    examples.duplicates += 1;
                    continue;
                }
                examples.conflicts.extend(examples.origin.last().map(|other| (at.min(*other), at.max(*other))));
            }
            examples.texts.push(example.text);
            examples.of.push(of);
            examples.origin.push(at);
        }
        Ok(examples)
    }

    /// The fold of each text: the texts of a label are dealt out in turn.
    pub fn folds(&self, folds: u8) -> Vec<u8> {
        let mut next = vec![0u8; self.labels.len()];
        let deal = |of: &u16| {
            let next = &mut next[*of as usize];
            let fold = *next;
            *next = (fold + 1) % folds;
            fold
        };
        self.of.iter().map(deal).collect()
    }
}

/// Finaliser of SplitMix64: neighbours part.
fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example<'t>(text: &'t str, label: &'t str) -> Example<'t> {
        Example { text, label }
    }

    #[test]
    fn repeats_are_counted_and_contradictions_told() {
        let given = [example("a", "x"), example("b", "y"), example("a", "x"), example("a", "y")];
        let examples = Examples::check(&given).unwrap();
        assert_eq!((examples.texts.len(), examples.duplicates), (3, 1));
        assert_eq!(examples.conflicts, [(0, 3)]);
        assert_eq!(examples.labels, ["x", "y"]);
    }

    #[test]
    fn what_cannot_be_learned_is_refused_by_name() {
        let field = |given: &[Example]| match Examples::check(given).err() {
            Some(Error::Field { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(&[]), "examples");
        assert_eq!(field(&[example("a", "x"), example("b", "x")]), "examples");
        assert_eq!(field(&[example("a", "x"), example("b", "")]), "examples[1].label");
        let long = "x".repeat(MAX_LABEL_BYTES + 1);
        assert_eq!(field(&[example("a", &long)]), "examples[0].label");
        let names: Vec<String> = (0..=MAX_LABELS).map(|at| at.to_string()).collect();
        let many: Vec<Example> = names.iter().map(|name| example("a", name)).collect();
        assert_eq!(field(&many), "examples");
        let crowd = vec![example("a", "x"); MAX_EXAMPLES + 1];
        assert_eq!(Examples::check(&crowd).err().unwrap().code(), "E_BATCH_TOO_LARGE");
    }

    #[test]
    fn folds_share_out_every_label() {
        let texts: Vec<String> = (0..20).map(|at| format!("text {at}")).collect();
        let given: Vec<Example> =
            texts.iter().enumerate().map(|(at, text)| example(text, if at < 10 { "x" } else { "y" })).collect();
        let examples = Examples::check(&given).unwrap();
        let folds = examples.folds(5);
        for fold in 0..5 {
            for label in 0..2 {
                let both = folds.iter().zip(&examples.of).filter(|(f, l)| (**f, **l) == (fold, label));
                assert_eq!(both.count(), 2);
            }
        }
    }
}
