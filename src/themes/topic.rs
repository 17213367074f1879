//! A theme as a topic of a taxonomy file, to be named, trimmed and kept.

use serde_json::{Value, json};

use super::report::Theme;
use super::sketch::Surface;
use crate::bytes::hash;
use crate::keyphrases::{Lang, stem};
use crate::text::{WordKind, Words};

/// A topic with the phrases of a theme; words that stand apart become a rule for one clause.
pub(super) fn topic(name: &str, code: &str, surfaces: &[&Surface], count: u64, rows: u64) -> Value {
    let lang = Lang::from_code(code).unwrap_or(Lang::En);
    let mut phrases: Vec<String> = Vec::new();
    let mut rules: Vec<Value> = Vec::new();
    for surface in surfaces {
        if surface.gap == 0 {
            phrases.push(open(&surface.text, lang));
        } else {
            let words: Vec<String> = surface.text.split(" … ").map(|word| open(word, lang)).collect();
            rules.push(json!({ "lang": code, "scope": "clause", "all": words }));
        }
    }
    phrases.dedup();
    let mut topic = json!({
        "id": slug(name),
        "target": "company",
        "name": { code: name },
        "definition": format!("Found by theme discovery in {count} of {rows} rows."),
        "phrases": { code: phrases },
        "examples": { "match": [], "miss": [] },
    });
    if let Some(topic) = topic.as_object_mut().filter(|_| !rules.is_empty()) {
        topic.insert("rules".into(), Value::Array(rules));
    }
    topic
}

/// A phrase that also finds the inflected forms of its words: `late deliver*`.
fn open(phrase: &str, lang: Lang) -> String {
    phrase
        .split_whitespace()
        .map(|word| {
            let words = Words::new(word);
            let [only] = words.list.as_slice() else { return word.to_owned() };
            let folded = words.text(only);
            let base = stem(lang, folded);
            let shorter = only.kind == WordKind::Spaced && base.len() < folded.len() && folded.starts_with(&base);
            if shorter && base.chars().count() >= 4 { format!("{base}*") } else { folded.to_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// An id of small letters, digits and `_`; names in other scripts get a number of their own.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ą' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => slug.push('a'),
            'ć' | 'ç' => slug.push('c'),
            'ę' | 'é' | 'è' | 'ê' | 'ë' => slug.push('e'),
            'í' | 'ì' | 'î' | 'ï' => slug.push('i'),
            'ł' => slug.push('l'),
            'ń' | 'ñ' => slug.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => slug.push('o'),
            'ś' => slug.push('s'),
            'ß' => slug.push_str("ss"),
            'ú' | 'ù' | 'û' | 'ü' => slug.push('u'),
            'ź' | 'ż' => slug.push('z'),
            _ if !slug.is_empty() && !slug.ends_with('_') => slug.push('_'),
            _ => {}
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.starts_with(|c: char| c.is_ascii_lowercase()) && slug.len() >= 3 {
        return slug.chars().take(40).collect();
    }
    format!("theme_{:08x}", hash(name.as_bytes()) as u32)
}

/// Gives topics of one report ids that differ.
pub(super) fn unique(themes: &mut [Theme]) {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for theme in themes {
        let Some(id) = theme.topic.as_mut().and_then(|topic| topic.get_mut("id")) else { continue };
        let own = id.as_str().unwrap_or_default().to_owned();
        let count = seen.entry(own.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *id = Value::String(format!("{own}_{count}"));
        }
    }
}
