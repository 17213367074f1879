//! Keyphrases against rows that were marked by reading: every phrase a row names must be found.

use std::collections::BTreeMap;

use hearken::{AnalyzeOptions, Engine};

#[test]
fn phrases_that_people_mark_are_found() {
    let engine = Engine::new().unwrap();
    let options = AnalyzeOptions { keyphrases: true, ..AnalyzeOptions::default() };
    let rows = include_str!("golden/keyphrases.tsv").lines().skip(1);
    let mut count = BTreeMap::<&str, usize>::new();
    let mut wrong = Vec::new();
    for row in rows {
        let [lang, text, expected] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {row}") };
        *count.entry(lang).or_default() += 1;
        let analysis = engine.analyze(text, &options).unwrap();
        let found: Vec<&str> = analysis.keyphrases.unwrap().iter().map(|span| span.slice(text).unwrap()).collect();
        for phrase in expected.split(" | ").filter(|phrase| !found.contains(phrase)) {
            wrong.push(format!("{lang} ({}): {phrase:?} is not in {found:?}", analysis.language.code));
        }
    }
    assert!(count.len() == 10 && count.values().all(|rows| *rows >= 6), "{count:?}");
    assert!(wrong.is_empty(), "{} phrases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_private_stands_in_a_phrase() {
    let engine = Engine::new().unwrap();
    let options = AnalyzeOptions { keyphrases: true, pii: false, ..AnalyzeOptions::default() };
    let text = "Refund to anna.nowak@example.com or call (555) 010-0199, card 4111 1111 1111 1111, see https://example.com/parcel?token=abc123 or @annanowak about parcel number AB12345678.";
    let analysis = engine.analyze(text, &options).unwrap();
    let found: Vec<&str> = analysis.keyphrases.unwrap().iter().map(|span| span.slice(text).unwrap()).collect();
    assert!(!found.is_empty());
    for phrase in found {
        assert!(!phrase.chars().any(|c| c.is_ascii_digit() || c == '@'), "{phrase}");
        assert!(!["anna", "token", "example"].iter().any(|part| phrase.contains(part)), "{phrase}");
    }
}

#[test]
fn phrases_come_only_when_asked_for_and_from_known_languages() {
    let engine = Engine::new().unwrap();
    assert!(engine.analyze("Late delivery", &AnalyzeOptions::default()).unwrap().keyphrases.is_none());
    let options = AnalyzeOptions { keyphrases: true, ..AnalyzeOptions::default() };
    for text in ["", "...", "😡😡", "Заказ пришёл поздно", "สินค้ามาช้า"] {
        assert_eq!(engine.analyze(text, &options).unwrap().keyphrases, Some(Vec::new()), "{text}");
    }
}
