//! Whether what is available now is what somebody wished for, by the words of the two names.

use std::collections::BTreeSet;

use crate::text::{Normalized, is_unspaced};

/// A name in parts that are compared: words, and for scripts without spaces pairs of characters.
pub(super) fn parts(name: &str) -> BTreeSet<String> {
    let normal = Normalized::new(name).text().to_lowercase();
    let mut parts = BTreeSet::new();
    for word in normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() > 2 && chars.iter().any(|c| is_unspaced(*c)) {
            chars.windows(2).for_each(|pair| {
                parts.insert(pair.iter().collect());
            });
        } else {
            parts.insert(singular(word).to_owned());
        }
    }
    parts
}

/// English plurals only; other languages are helped by the names in `also`.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && stem.is_ascii() && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}
