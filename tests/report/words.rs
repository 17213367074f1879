//! The texts of the languages: complete, with the same places, and names for every label.

use std::collections::{BTreeMap, BTreeSet};

use hearken::analysis::{Emotion, Intent};
use hearken::message::Channel;
use hearken::score::document::{Lang, markdown};
use hearken::score::{Dimension, Metric};

use super::data::{Results, read};

fn all(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let file = match lang {
        Lang::En => include_str!("../../src/score/document/words/en.txt"),
        Lang::Ko => include_str!("../../src/score/document/words/ko.txt"),
        Lang::Ja => include_str!("../../src/score/document/words/ja.txt"),
        Lang::Pl => include_str!("../../src/score/document/words/pl.txt"),
        Lang::De => include_str!("../../src/score/document/words/de.txt"),
        Lang::Es => include_str!("../../src/score/document/words/es.txt"),
        Lang::Fr => include_str!("../../src/score/document/words/fr.txt"),
    };
    let lines = file.lines().map(|line| line.split_once('\t').unwrap_or_else(|| panic!("{lang:?}: {line}")));
    let words: BTreeMap<&str, &str> = lines.collect();
    assert_eq!(words.len(), file.lines().count(), "{lang:?}: a key stands twice");
    words
}

pub fn text(lang: Lang, key: &str) -> &'static str {
    all(lang)[key]
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|part| part.split_once('}').unwrap().0).collect()
}

#[test]
fn every_language_has_every_text_with_the_same_places() {
    let english = all(Lang::En);
    for lang in Lang::ALL {
        let words = all(lang);
        assert!(words.keys().eq(english.keys()), "{lang:?}");
        for (key, text) in &words {
            assert_eq!(places(text), places(english[key]), "{lang:?} {key}");
            assert!(!text.is_empty() && !text.contains("  ") && text.trim_end() == *text, "{lang:?} {key}");
        }
    }
}

#[test]
fn every_label_has_a_name() {
    let named = |group: &str, slugs: Vec<&'static str>| {
        for lang in Lang::ALL {
            for slug in &slugs {
                assert!(all(lang).contains_key(format!("{group}.{slug}").as_str()), "{lang:?} {group}.{slug}");
            }
        }
    };
    named("metric", Metric::ALL.iter().map(|one| one.slug()).collect());
    named("emotion", Emotion::ALL.iter().map(|one| one.slug()).collect());
    named("intent", Intent::ALL.iter().map(|one| one.slug()).collect());
    named("channel", Channel::ALL.iter().map(|one| one.slug()).collect());
    named("dimension", Dimension::ALL.iter().map(|one| one.slug()).collect());
}

#[test]
fn no_place_is_left_open_and_no_slug_is_shown() {
    for name in super::SETS {
        let set = read(name);
        let results = Results::of(&set);
        for lang in Lang::ALL {
            let document = markdown(&results.inputs(&set), lang);
            assert!(!document.contains(['{', '}']), "{name} {lang:?}");
            // Slugs have underscores; no text of these sets has one.
            assert!(!document.contains("\\_"), "{name} {lang:?}");
        }
    }
}

#[test]
fn numbers_are_written_as_the_reader_writes_them() {
    let set = read("parcels");
    let mut results = Results::of(&set);
    results.summary.records = 1_234_567;
    let counts = |lang: Lang| {
        let document = markdown(&results.inputs(&set), lang);
        document.lines().nth(2).unwrap().to_owned()
    };
    assert!(counts(Lang::En).starts_with("Records: 1,234,567;"));
    assert!(counts(Lang::De).starts_with("Datensätze: 1.234.567;"));
    assert!(counts(Lang::Pl).starts_with("Rekordy: 1\u{a0}234\u{a0}567;"));
    assert!(counts(Lang::Fr).starts_with("Enregistrements\u{a0}: 1\u{202f}234\u{202f}567\u{a0};"));
    let nps = |lang: Lang| {
        let document = markdown(&results.inputs(&set), lang);
        let row = document.lines().find(|line| line.starts_with("| NPS |")).unwrap().to_owned();
        row.split('|').nth(2).unwrap().trim().to_owned()
    };
    assert!(nps(Lang::En).contains('.') && nps(Lang::De).contains(','), "{} {}", nps(Lang::En), nps(Lang::De));
}
