//! What people feed by mistake: refused by name or told in the result, and nothing else lost.

use hearken::analysis::SentimentLabel;
use hearken::message::{Channel, Rating, Scale};
use hearken::score::*;
use serde_json::json;

use super::{answers, felt, rated, rollup};

fn daily() -> Rollup {
    let periods = vec![Period::utc(Unit::Day)];
    Rollup::with_options(&RollupOptions { periods, ..RollupOptions::default() }).unwrap()
}

/// Answers on five, seven and eleven points to one question stay apart: each scale has its figure, its n and its answers.
#[test]
fn scales_are_never_mixed() {
    let given = [(Scale::Csat5, 4), (Scale::Csat7, 4), (Scale::Stars5, 4), (Scale::Ces7, 4), (Scale::Nps, 4)];
    let mut rollup = Rollup::new();
    for (at, (scale, value)) in given.into_iter().enumerate() {
        let record = ScoreRecord { question: Some("visit".into()), ..rated(scale, value) };
        (0..=at).for_each(|_| rollup.add(&record).unwrap());
    }
    let summary = rollup.summary(&SummaryOptions { min_people: 0, ..SummaryOptions::default() });
    let told = |figures: &[Figure]| -> Vec<(&str, Option<f64>, u64)> {
        figures.iter().map(|one| (one.metric, one.value, one.n)).collect()
    };
    let expected = [
        ("nps", Some(-100.0), 5),
        ("csat5", Some(100.0), 1),
        ("csat7", Some(0.0), 2),
        ("ces7", Some(4.0), 4),
        ("ces7_easy", Some(0.0), 4),
        ("stars5", Some(4.0), 3),
    ];
    assert_eq!(told(&summary.solicited), expected);
    let question = summary.dimensions.iter().find(|one| one.name == "question").unwrap();
    assert_eq!(told(&question.segments[0].figures), expected);
    let counts = |scale| &summary.answers.iter().find(|one| one.scale == scale).unwrap().counts;
    assert_eq!(counts(Scale::Csat7), &[0, 0, 0, 2, 0, 0, 0]);
    assert_eq!(counts(Scale::Stars5), &[0, 0, 0, 3, 0]);
    assert_eq!(counts(Scale::Nps), &[0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0]);
    // The CX score puts each scale on 0 to 100 by its own bounds before it joins them.
    let cx = rollup.cx_score(&CxWeights::default()).unwrap();
    let points: Vec<f64> = cx.parts[0].figures.iter().map(|one| one.points).collect();
    assert!(points.iter().all(|points| (0.0..=100.0).contains(points)), "{points:?}");
}

/// Every value around every scale: one of it counts, one beside it is refused by name and counted as refused.
#[test]
fn ratings_out_of_range_are_refused_on_every_scale() {
    for scale in Scale::ALL {
        let (low, high) = scale.bounds();
        let mut rollup = Rollup::new();
        for value in 0..=20 {
            let added = rollup.add(&rated(scale, value));
            assert_eq!(added.is_ok(), (low..=high).contains(&value), "{scale:?} {value}");
            if let Err(error) = added {
                assert!(error.to_string().starts_with("field rating.value"), "{error}");
            }
        }
        let summary = rollup.summary(&SummaryOptions::default());
        let counted: u64 = summary.answers.iter().flat_map(|one| &one.counts).sum();
        assert_eq!((counted, counted + summary.refused), (u64::from(high - low) + 1, 21), "{scale:?}");
    }
    // Halves, texts and scales nobody knows do not slip through as another answer.
    for rating in [
        json!({ "scale": "stars5", "value": 4.5 }),
        json!({ "scale": "stars5", "value": "4" }),
        json!({ "scale": "stars10", "value": 4 }),
        json!({ "value": 4 }),
        json!({ "scale": "nps", "value": -1 }),
    ] {
        let error = ScoreRecord::from_value(json!({ "rating": rating })).unwrap_err();
        assert!(error.to_string().starts_with("field rating."), "{error}");
    }
}

/// Times that run backwards count like any others; the order of records changes nothing.
#[test]
fn clocks_out_of_order_change_nothing() {
    let at = |ms| ScoreRecord { sent_ms: Some(ms), answered: Some(false), ..felt(SentimentLabel::Negative) };
    let mut records: Vec<ScoreRecord> = [5, 3, 86_400_000, -7, i64::MIN, i64::MAX, 3].into_iter().map(at).collect();
    for (index, record) in (0..).zip(&mut records) {
        record.index = Some(index);
    }
    let read = |records: &[ScoreRecord]| {
        let mut rollup = daily();
        records.iter().for_each(|record| rollup.add(record).unwrap());
        rollup
    };
    let one = read(&records);
    records.reverse();
    assert!(read(&records) == one);
    let summary = one.summary(&SummaryOptions::default());
    let days = summary.dimensions.iter().find(|dimension| dimension.name == "day UTC").unwrap();
    assert_eq!(days.segments.iter().map(|one| one.n).sum::<u64>(), 7);
    assert_eq!(summary.unanswered.len(), 7);
}

/// A time without a zone is read as UTC, and the summary and the list of gaps say so.
#[test]
fn times_without_a_zone_are_flagged() {
    let mut rollup = daily();
    for time in [
        json!("2026-11-03T23:30"),
        json!("2026-11-05"),
        json!("2026-11-04T23:30+01:00"),
        json!("2026-11-04T23:30Z"),
        json!(1_793_835_000_000_i64),
    ] {
        rollup.add(&ScoreRecord::from_value(json!({ "sentAt": time })).unwrap()).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    assert_eq!((summary.records, summary.zoneless, summary.undated), (5, 2, 0));
    let sufficiency = rollup.sufficiency();
    assert!(sufficiency.gaps.contains(&"no_zones"), "{:?}", sufficiency.gaps);
    assert_eq!(sufficiency.period, Some(["2026-11-03".to_owned(), "2026-11-05".to_owned()]));
    let back = Rollup::from_bytes(&rollup.to_bytes()).unwrap();
    assert_eq!(back.summary(&SummaryOptions::default()).zoneless, 2);
    assert_eq!(Rollup::from_json(&rollup.to_json()).unwrap().to_bytes(), rollup.to_bytes());
    assert!(!daily().sufficiency().gaps.contains(&"no_zones") && daily().sufficiency().period.is_none());
    // Periods in a zone need to be told what it is.
    let error = Rollup::from_options(json!({ "periods": [{ "unit": "day", "zone": "Asia/Seoul" }] })).unwrap_err();
    assert_eq!(error.code(), "E_OPTION");
    assert!(ScoreRecord::from_value(json!({ "sentAt": "yesterday" })).is_err());
}

/// One id sent twice counts twice and is told; one person who writes often stays one person.
#[test]
fn repeated_ids_and_one_loud_person_are_told() {
    let mut rollup = Rollup::new();
    for at in 0..40 {
        let record = ScoreRecord {
            id: Some(format!("m{}", at % 30)),
            person: Some("loud".into()),
            channel: Some(if at < 30 { Channel::Social } else { Channel::Email }),
            rating: Some(Rating { scale: Scale::Nps, value: 0 }),
            ..ScoreRecord::default()
        };
        rollup.add(&record).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    assert_eq!((summary.ids.n, summary.ids.distinct, summary.people.distinct), (40, 30, 1));
    let channels = summary.dimensions.iter().find(|one| one.name == "channel").unwrap();
    for segment in &channels.segments {
        assert!(segment.withheld && segment.figures.is_empty() && segment.rows.is_empty(), "{segment:?}");
        assert_eq!(segment.people, Some(1));
    }
    assert!(share_rollup(&rollup, &ShareOptions::default(), &mut PrivacyBudget::new(0.0).unwrap()).is_err());
}

/// A period in which nothing came in has no figure, and no change is made up against it.
#[test]
fn empty_periods_have_no_figures_and_no_change() {
    let full = rollup(&[vec![rated(Scale::Nps, 9); 9], vec![felt(SentimentLabel::Positive); 9]].concat());
    let empty = Rollup::new();
    for (before, now) in [(&empty, &full), (&full, &empty)] {
        let table = compare(before, now);
        assert!(!table.differences.is_empty() && table.tests == 0);
        for one in &table.differences {
            assert_eq!((one.value, one.interval, one.p, one.rank), (None, None, None, None), "{one:?}");
            assert!(one.too_few && !one.significant);
        }
        let by = compare_by(before, now, "channel", Metric::Nps).unwrap();
        assert!(by.tests == 0 && by.differences.iter().all(|one| one.value.is_none()));
        let change = cx_change(before, now, &CxWeights::default()).unwrap();
        assert_eq!((change.value, change.interval, change.moves.len()), (None, None, 0));
        assert_eq!(change.not_compared, ["nps", "net_sentiment"]);
    }
    assert!(compare(&empty, &empty).differences.is_empty());
    assert_eq!(cx_change(&empty, &empty, &CxWeights::default()).unwrap().value, None);
    assert!(answers(Scale::Nps, &[]).is_empty());
}

/// Bytes of another version, another kind and damaged ones, and JSON of another version.
#[test]
fn rollups_of_another_version_and_damaged_ones_are_refused() {
    let bytes = rollup(&[rated(Scale::Nps, 9)]).to_bytes();
    let refusal = |bytes: &[u8]| match Rollup::from_bytes(bytes) {
        Err(hearken::Error::Rollup { at, what }) => (at, what),
        other => panic!("{other:?}"),
    };
    let mut other_version = bytes.clone();
    other_version[4] = 2;
    assert!(refusal(&other_version).1.contains("format"));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x40;
        assert!(refusal(&damaged).0 <= bytes.len(), "{at}");
        assert!(refusal(&bytes[..at]).0 <= at, "{at}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(!refusal(&longer).1.is_empty());
    let mut json = Rollup::new().to_json();
    json["format"] = json!("hearken-rollup-9");
    assert!(Rollup::from_json(&json).unwrap_err().to_string().starts_with("field format"));
}
