//! What stands in a field, by its name and, where that tells nothing, by a sample of what is in it.

use std::sync::LazyLock;

use serde::Serialize;

use super::{PiiType, detect};
use crate::order::Sorted;
use crate::text::{Normalized, is_hangul, is_unspaced, low};

/// What kind of data a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DataClass {
    /// Who somebody is, or how to reach them.
    Identity,
    /// What describes them: age, country, plan.
    Descriptive,
    /// What they think: ratings, comments.
    Attitudinal,
    /// What they do: clicks, purchases.
    Behavioural,
}

impl DataClass {
    pub const ALL: [DataClass; 4] =
        [DataClass::Identity, DataClass::Descriptive, DataClass::Attitudinal, DataClass::Behavioural];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        ["identity", "descriptive", "attitudinal", "behavioural"][self as usize]
    }
}

/// What a field holds, and why that is thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FieldClass {
    /// `None` where neither name nor sample tells: ask whoever owns the data.
    pub class: Option<DataClass>,
    /// The type of personal data it holds, where it holds one.
    #[serde(rename = "type")]
    pub kind: Option<PiiType>,
    /// `name`, `sample` or `unknown`.
    pub reason: &'static str,
}

/// Known names in comparable form. A field whose name ends in one is told by it, unless `alone`.
struct Known {
    class: DataClass,
    kind: Option<PiiType>,
    alone: bool,
}

/// Sorted by name, each once: the first line that lists it counts.
static NAMES: LazyLock<Vec<(String, Known)>> = LazyLock::new(|| {
    let mut names: Vec<(String, Known)> = Vec::new();
    for line in include_str!("fields.txt").lines() {
        let Some((head, list)) = line.split_once(':').filter(|_| !line.starts_with('#')) else { continue };
        let (class, kind) = head.split_once(' ').unwrap_or((head, "-"));
        let Some(class) = DataClass::ALL.into_iter().find(|one| one.slug() == class) else { continue };
        for name in list.split(',').map(str::trim) {
            let known = Known { class, kind: PiiType::from_slug(kind), alone: name.starts_with('=') };
            names.push((comparable(name).0, known));
        }
    }
    names.order_by(|a, b| a.0.cmp(&b.0));
    names.dedup_by(|later, first| later.0 == first.0);
    names
});

/// A name in lower case without spaces and signs, and the places in it where a word begins.
fn comparable(name: &str) -> (String, Vec<usize>) {
    let normal = Normalized::new(name);
    let (mut text, mut starts) = (String::new(), Vec::new());
    let mut before = ' ';
    for c in normal.text().chars() {
        if c.is_alphanumeric() {
            let begins = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
            if begins || is_hangul(c) || is_unspaced(c) {
                starts.push(text.len());
            }
            text.push(low(c));
        }
        before = c;
    }
    (text, starts)
}

/// Longest field name looked at, in bytes; a longer one is no name.
const MAX_NAME_BYTES: usize = 256;

/// What a field of this name holds; `phone2` and `customerPhone` are told by `phone`. `O(bytes)` but for a look-up per
/// word.
fn by_name(name: &str) -> Option<(DataClass, Option<PiiType>)> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let (text, starts) = comparable(name);
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let starts = starts.into_iter().filter(|start| *start < text.len());
    let mut found = starts.filter_map(|start| {
        let at = NAMES.binary_search_by(|(name, _)| name.as_str().cmp(&text[start..])).ok()?;
        let known = &NAMES[at].1;
        (!known.alone || start == 0).then_some((known.class, known.kind))
    });
    found.next()
}

/// The type of personal data that the name of a field promises.
pub(super) fn kind_of(name: &str) -> Option<PiiType> {
    by_name(name).and_then(|(_, kind)| kind)
}

/// What a field holds, by its name in ten languages, else by the personal data that makes up all of `sample`.
pub fn classify_field(name: &str, sample: Option<&str>) -> FieldClass {
    if let Some((class, kind)) = by_name(name) {
        return FieldClass { class: Some(class), kind, reason: "name" };
    }
    let sample = sample.map_or("", str::trim);
    if !sample.is_empty() && sample.len() <= MAX_NAME_BYTES {
        let found = detect(&Normalized::new(sample), &PiiType::ALL);
        if let [one] = found[..]
            && one.span.len() == sample.len()
        {
            return FieldClass { class: Some(DataClass::Identity), kind: Some(one.kind), reason: "sample" };
        }
    }
    FieldClass { class: None, kind: None, reason: "unknown" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_tells_its_class() {
        assert!(NAMES.len() > 600, "{}", NAMES.len());
        for line in include_str!("fields.txt").lines().filter(|line| !line.starts_with('#')) {
            let (head, _) = line.split_once(':').unwrap();
            let (class, kind) = head.split_once(' ').unwrap();
            assert!(DataClass::ALL.iter().any(|one| one.slug() == class), "{class}");
            assert!(kind == "-" || PiiType::from_slug(kind).is_some(), "{kind}");
        }
    }

    #[test]
    fn names_are_known_in_ten_languages_and_at_the_end_of_longer_ones() {
        for (name, kind) in [
            ("email", PiiType::Email),
            ("customerEmail", PiiType::Email),
            ("Billing_E-Mail_2", PiiType::Email),
            ("고객 전화번호", PiiType::Phone),
            ("휴대폰번호1", PiiType::Phone),
            ("お客様電話番号", PiiType::Phone),
            ("PESEL", PiiType::NationalId),
            ("numer telefonu", PiiType::Phone),
            ("Telefonnummer", PiiType::Phone),
            ("numéro de carte", PiiType::Card),
            ("fecha_de_nacimiento", PiiType::BirthDate),
            ("Codice Fiscale", PiiType::NationalId),
            ("CPF", PiiType::NationalId),
            ("achternaam", PiiType::Person),
            ("name", PiiType::Person),
            ("ship.to.PostalCode", PiiType::Postcode),
        ] {
            assert_eq!(kind_of(name), Some(kind), "{name}");
        }
        for name in
            ["product_name", "email_opt_in", "hostname", "filename", "phone_model", "", "x", "ünïcödé", "rename"]
        {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }
}
