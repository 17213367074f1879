//! Themes, their laws and their bytes.

use proptest::prelude::*;

use super::*;

/// Rows that speak of three things, and some that speak of none.
fn rows() -> Vec<(String, SentimentLabel)> {
    use SentimentLabel::{Negative, Positive};
    let mut rows = Vec::new();
    for i in 0..12 {
        let who = ["I", "We", "They", "My mother"][i % 4];
        let when = ["again", "as usual", "for the third time"][i % 3];
        rows.push((format!("Late delivery {when}, {who} waited {i} hours"), Negative));
        rows.push((format!("{who} had a late delivery {when} number {i}"), Negative));
        if i % 2 == 0 {
            rows.push((format!("The breakfast buffet was a dream, {who} came back {i} times"), Positive));
        }
        if i % 3 == 0 {
            rows.push((format!("{who} saw nothing special {when} {i}"), Positive));
        }
    }
    rows
}

fn fill(themes: &mut Themes, rows: &[(String, SentimentLabel)], from: usize) {
    for (at, (text, sentiment)) in rows.iter().enumerate() {
        let id = (from + at) as u64;
        themes.add(&ThemeRow { id, text, language: "en", sentiment: Some(*sentiment), covered: &[] }).unwrap();
    }
}

fn of(rows: &[(String, SentimentLabel)]) -> Themes {
    let mut themes = Themes::new();
    fill(&mut themes, rows, 0);
    themes
}

fn report(themes: &Themes) -> ThemeReport {
    themes.report(&ThemeOptions { topics: true, ..ThemeOptions::default() }, None).unwrap()
}

#[test]
fn frequent_phrases_become_themes_with_their_figures() {
    let report = report(&of(&rows()));
    let names: Vec<&str> = report.themes.iter().map(|theme| theme.name.as_str()).collect();
    assert!(names.contains(&"late delivery") && names.contains(&"breakfast buffet"), "{names:?}");
    let late = &report.themes[0];
    assert_eq!((late.name.as_str(), late.count, late.sentiment.negative), ("late delivery", 24, 24));
    assert_eq!(late.unexplained, 1.0);
    assert!(late.examples.len() == 8 && late.examples.iter().all(|id| *id < report.rows));
    let topic = late.topic.as_ref().unwrap();
    assert_eq!(topic["id"], "late_delivery");
    assert_eq!(topic["phrases"]["en"][0], "late delivery");
    let buffet = report.themes.iter().find(|theme| theme.name == "breakfast buffet").unwrap();
    assert_eq!((buffet.count, buffet.sentiment.positive), (6, 6));
    assert_eq!(report.error, 0);
}

#[test]
fn forms_and_order_of_words_are_one_phrase_in_other_languages_too() {
    for (language, texts, name) in [
        (
            "pl",
            ["Opóźniona dostawa", "opóźnioną dostawę mam", "znowu opóźniona dostawa 3", "opóźnionej dostawy dość"],
            "opóźniona dostawa",
        ),
        ("ko", ["배송 지연이 심해요", "또 배송 지연", "배송 지연 때문에 화나요", "배송이 지연 되네요"], "배송 지연"),
        ("ja", ["配送の遅れが多い", "配送の遅れに困る", "また配送の遅れです", "配送の遅れが残念"], "配送の遅れ"),
    ] {
        let mut themes = Themes::new();
        for (id, text) in texts.into_iter().enumerate() {
            themes.add(&ThemeRow { id: id as u64, text, language, ..ThemeRow::default() }).unwrap();
        }
        let report = report(&themes);
        assert_eq!(report.themes.first().map(|theme| theme.name.as_str()), Some(name), "{:?}", report.themes);
    }
}

#[test]
fn one_text_sent_many_times_is_no_theme() {
    let mut themes = Themes::new();
    for id in 0..50 {
        themes.add(&ThemeRow { id, text: "Buy cheap watches", language: "en", ..ThemeRow::default() }).unwrap();
    }
    assert!(report(&themes).themes.is_empty());
}

#[test]
fn what_topics_cover_is_left_out() {
    let mut themes = Themes::new();
    for (id, (text, _)) in rows().iter().enumerate() {
        let at = text.to_lowercase().find("late delivery");
        let covered: Vec<Span> = at.map(|at| Span::new(at, at + 13)).into_iter().collect();
        themes.add(&ThemeRow { id: id as u64, text, language: "en", sentiment: None, covered: &covered }).unwrap();
    }
    let names = |explained| {
        let options = ThemeOptions { explained, ..ThemeOptions::default() };
        themes.report(&options, None).unwrap().themes.into_iter().map(|theme| theme.name).collect::<Vec<_>>()
    };
    assert!(!names(false).iter().any(|name| name.contains("delivery")), "{:?}", names(false));
    assert!(names(true).iter().any(|name| name == "late delivery"));
}

#[test]
fn a_background_takes_the_usual_out() {
    let all = of(&rows());
    let (negative, rest): (Vec<_>, Vec<_>) = rows().into_iter().partition(|(text, _)| text.contains("buffet"));
    let part = of(&negative);
    let report = part.report(&ThemeOptions::default(), Some(&of(&rest))).unwrap();
    assert_eq!(report.themes[0].name, "breakfast buffet");
    assert!(report.themes[0].lift > 10.0);
    let same = all.report(&ThemeOptions::default(), Some(&all)).unwrap();
    assert!(same.themes.iter().all(|theme| theme.lift <= 1.01));
}

#[test]
fn no_personal_data_becomes_a_theme() {
    let mut themes = Themes::new();
    for id in 0..20 {
        let text = format!("Write to anna.nowak@example.com about invoice {id} or call (555) 010-0199");
        themes.add(&ThemeRow { id, text: &text, language: "en", ..ThemeRow::default() }).unwrap();
    }
    let bytes = String::from_utf8_lossy(&themes.to_bytes()).into_owned();
    assert!(bytes.contains("invoice"));
    assert!(!bytes.contains("nowak") && !bytes.contains("example") && !bytes.contains("555"));
}

#[test]
fn options_and_rows_out_of_range_are_refused() {
    let mut themes = Themes::new();
    let error = themes.add(&ThemeRow { id: 1 << 53, text: "x", ..ThemeRow::default() }).unwrap_err();
    assert_eq!(error.code(), "E_FIELD");
    assert_eq!(themes.rows(), 0);
    assert_eq!(Themes::with_capacity(3).unwrap_err().code(), "E_OPTION");
    for options in [
        ThemeOptions { max_themes: 0, ..ThemeOptions::default() },
        ThemeOptions { min_rows: 1, ..ThemeOptions::default() },
    ] {
        assert_eq!(themes.report(&options, None).unwrap_err().code(), "E_OPTION");
    }
}

#[test]
fn beyond_the_capacity_counts_stay_within_the_stated_error() {
    let mut themes = Themes::with_capacity(16).unwrap();
    for id in 0..400u64 {
        let letters = |n: u64| ((n % 26) as u8 + b'a') as char;
        let word: String = [letters(id), letters(id / 26), 'q', 'z'].iter().collect();
        let text = if id % 2 == 0 { "late delivery".to_owned() } else { format!("{word} {word}x") };
        themes.add(&ThemeRow { id, text: &text, language: "en", ..ThemeRow::default() }).unwrap();
    }
    assert!(themes.sketch.entries.len() <= 32 && themes.sketch.error > 0);
    let late = &themes.sketch.entries["en\u{1}delivery\u{1}late"];
    assert!(late.seen <= 200 && late.seen + themes.sketch.error >= 200, "{} {}", late.seen, themes.sketch.error);
    assert_eq!(Themes::from_bytes(&themes.to_bytes()), Ok(themes));
}

#[test]
fn damaged_bytes_are_refused_at_a_place() {
    let bytes = of(&rows()).to_bytes();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x41;
        assert_eq!(Themes::from_bytes(&damaged).unwrap_err().code(), "E_THEMES");
    }
    for len in 0..bytes.len() {
        assert_eq!(Themes::from_bytes(&bytes[..len]).unwrap_err().code(), "E_THEMES");
    }
}

proptest! {
    #[test]
    fn parts_may_be_merged_in_any_order(cut in 0usize..40, other in 0usize..40) {
        let rows = rows();
        let (a, b) = (cut.min(other).min(rows.len()), cut.max(other).min(rows.len()));
        let part = |from: usize, to: usize| {
            let mut themes = Themes::new();
            fill(&mut themes, &rows[from..to], from);
            themes
        };
        let (one, two, three) = (part(0, a), part(a, b), part(b, rows.len()));
        let join = |parts: [&Themes; 3]| {
            let mut all = Themes::new();
            parts.into_iter().for_each(|part| all.merge(part));
            all.to_bytes()
        };
        let whole = of(&rows).to_bytes();
        prop_assert_eq!(&join([&one, &two, &three]), &whole);
        prop_assert_eq!(&join([&three, &one, &two]), &whole);
        let mut inner = two.clone();
        inner.merge(&three);
        let mut nested = one.clone();
        nested.merge(&inner);
        prop_assert_eq!(nested.to_bytes(), whole);
    }

    #[test]
    fn merging_two_is_the_same_both_ways_beyond_the_capacity(texts in prop::collection::vec("[a-d]{3,4} [a-d]{3,4} [a-d]{3,4}", 0..80)) {
        let half = texts.len() / 2;
        let part = |texts: &[String], from: usize| {
            let mut themes = Themes::with_capacity(16).unwrap();
            for (at, text) in texts.iter().enumerate() {
                themes.add(&ThemeRow { id: (from + at) as u64, text, language: "en", ..ThemeRow::default() }).unwrap();
            }
            themes
        };
        let (one, two) = (part(&texts[..half], 0), part(&texts[half..], half));
        let (mut ab, mut ba) = (one.clone(), two.clone());
        ab.merge(&two);
        ba.merge(&one);
        prop_assert_eq!(ab.to_bytes(), ba.to_bytes());
        prop_assert_eq!(Themes::from_bytes(&ab.to_bytes()), Ok(ab));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Themes::from_bytes(&bytes);
        let mut framed = b"HKTH\x01\0\0\0".to_vec();
        framed.extend_from_slice(&bytes);
        let sum = crate::bytes::hash(&framed);
        framed.extend_from_slice(&sum.to_le_bytes());
        if let Ok(themes) = Themes::from_bytes(&framed) {
            prop_assert_eq!(themes.to_bytes(), framed);
        }
    }

    #[test]
    fn any_rows_give_a_report(texts in prop::collection::vec("\\PC{0,30}|[a-c ]{0,20}", 0..20)) {
        let mut themes = Themes::new();
        for (id, text) in texts.iter().enumerate() {
            themes.add(&ThemeRow { id: id as u64, text, language: "en", ..ThemeRow::default() }).unwrap();
        }
        let report = report(&themes);
        prop_assert!(report.texts <= report.rows);
        for theme in report.themes {
            prop_assert!(theme.count <= report.texts && (0.0..=1.0).contains(&theme.share));
            prop_assert!((0.0..=1.0).contains(&theme.unexplained));
        }
    }
}
