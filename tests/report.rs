//! Findings and documents: golden reports, what every sentence must hold, and input that wants to be markup.

#[path = "report/data.rs"]
mod data;
#[path = "report/markup.rs"]
mod markup;
#[path = "report/words.rs"]
mod words;

use data::{Results, read};
use hearken::score::document::{Inputs, Lang, MAX_FINDINGS, Trend, findings, html, markdown};
use hearken::score::trends::{Series, TrendOptions, bursts, changes};

const SETS: [&str; 3] = ["parcels", "hotel", "gym"];

fn path(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report").join(name)
}

#[test]
fn golden_reports() {
    for name in SETS {
        let set = read(name);
        let results = Results::of(&set);
        let inputs = results.inputs(&set);
        let list = serde_json::to_string_pretty(&findings(&inputs, set.lang())).unwrap() + "\n";
        for (file, found) in
            [(format!("{name}.md"), markdown(&inputs, set.lang())), (format!("{name}.findings.json"), list)]
        {
            if std::env::var_os("HEARKEN_WRITE_REPORTS").is_some() {
                std::fs::write(path(&file), &found).unwrap();
            }
            let expected = std::fs::read_to_string(path(&file)).unwrap_or_default();
            let differs = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
            assert!(expected == found, "{file}: {differs:?}");
        }
    }
}

#[test]
fn every_finding_has_n_and_interval_or_says_too_few() {
    for name in SETS {
        let set = read(name);
        let results = Results::of(&set);
        for lang in Lang::ALL {
            let list = findings(&results.inputs(&set), lang);
            assert!(!list.is_empty() && list.len() <= MAX_FINDINGS, "{name}");
            for one in &list {
                let n = one.n.to_string();
                let digits: String = one.sentence.chars().filter(|c| !",.\u{a0}\u{202f}".contains(*c)).collect();
                assert!(digits.contains(&format!("n = {n}").replace('\u{a0}', "")), "{lang:?} {}", one.sentence);
                assert!(one.interval.is_some() || one.too_few, "{lang:?} {}", one.sentence);
                assert_eq!(one.sentence.ends_with(words::text(lang, "few.sentence")), one.too_few, "{}", one.sentence);
                assert!(one.interval.is_none_or(|[low, high]| low <= one.value.unwrap() && one.value.unwrap() <= high));
                assert!((0.0..=100.0).contains(&one.impact) && !one.method.is_empty(), "{one:?}");
            }
        }
    }
}

#[test]
fn findings_are_ranked_and_each_subject_is_told_once() {
    for name in SETS {
        let set = read(name);
        let results = Results::of(&set);
        let list = findings(&results.inputs(&set), Lang::En);
        let rank = |at: usize| (list[at].too_few, -list[at].impact);
        assert!((1..list.len()).all(|at| rank(at - 1) <= rank(at)), "{name}");
        let subjects: std::collections::BTreeSet<&str> =
            list.iter().map(|one| one.subject.rsplit(':').next().unwrap()).collect();
        assert_eq!(subjects.len(), list.len(), "{name}");
        // Another language says the same things in the same order.
        for lang in Lang::ALL {
            let other = findings(&results.inputs(&set), lang);
            assert!(
                other.iter().zip(&list).all(|(a, b)| (a.kind, &a.subject, a.value) == (b.kind, &b.subject, b.value))
            );
        }
    }
}

#[test]
fn what_hurts_most_comes_first() {
    let first = |name: &str| {
        let set = read(name);
        let results = Results::of(&set);
        findings(&results.inputs(&set), Lang::En).remove(0)
    };
    assert_eq!(first("hotel").kind, "crisis");
    assert_eq!((first("parcels").kind, first("parcels").subject.as_str()), ("unanswered", "answered"));
    assert!(first("gym").too_few);
}

#[test]
fn each_input_alone_gives_its_sentence() {
    let set = read("parcels");
    let results = Results::of(&set);
    let all = results.inputs(&set);
    let told = |inputs: Inputs| findings(&inputs, Lang::En).remove(0).sentence;
    let burst = told(Inputs { trend: all.trend, ..Inputs::default() });
    assert!(burst.starts_with("From 2026-11-19 to 2026-11-21 there were 133 messages where 4"), "{burst}");
    assert!(burst.ends_with("(95% interval 111 to 158, n = 133)."), "{burst}");
    let wish = told(Inputs { demand: all.demand, ..Inputs::default() });
    assert!(wish.contains("“evening delivery”"), "{wish}");
    let score = told(Inputs { cx: all.cx, ..Inputs::default() });
    assert!(score.starts_with("The CX score is 5"), "{score}");
    let unwatched = told(Inputs { coverage: all.coverage, ..Inputs::default() });
    assert!(unwatched.starts_with("In “survey”"), "{unwatched}");
    // A level that moved for good.
    let series = Series { start_ms: 0, bucket_ms: 86_400_000, counts: [[10; 20], [30; 20]].concat() };
    let options = TrendOptions::default();
    let (bursts, changes) = (bursts(&series, &options).unwrap(), changes(&series, &options).unwrap());
    let trend = Some(Trend { series: &series, bursts: &bursts, changes: &changes });
    let list = findings(&Inputs { trend, ..Inputs::default() }, Lang::En);
    let level = list.iter().find(|one| one.kind == "level").unwrap();
    let expected = "Since 1970-01-21 about 30.0 messages come in per interval; before, it was 10.0 (95% interval 27.6 to 32.5, n = 600).";
    assert_eq!(level.sentence, expected);
}

#[test]
fn nothing_gives_a_document_that_says_so() {
    let inputs = Inputs::default();
    for lang in Lang::ALL {
        assert!(findings(&inputs, lang).is_empty());
        assert!(markdown(&inputs, lang).contains(words::text(lang, "findings.none")));
        assert!(html(&inputs, lang).contains(&format!("<html lang=\"{}\">", lang.code())));
    }
}

#[test]
fn a_language_is_found_by_its_tag() {
    assert_eq!(Lang::from_tag("pl-PL"), Some(Lang::Pl));
    assert_eq!(Lang::from_tag("JA"), Some(Lang::Ja));
    assert_eq!(Lang::from_tag("es_MX"), Some(Lang::Es));
    assert_eq!(Lang::from_tag("it"), None);
    assert_eq!(Lang::from_tag(""), None);
}

#[test]
fn the_same_input_gives_the_same_document() {
    let set = read("parcels");
    let (one, other) = (Results::of(&set), Results::of(&set));
    assert_eq!(html(&one.inputs(&set), Lang::Fr), html(&other.inputs(&set), Lang::Fr));
}
