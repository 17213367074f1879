//! Rollups for others' eyes.

use hearken::analysis::SentimentLabel;
use hearken::message::{Rating, Scale};
use hearken::score::*;

fn source(name: &str, people: usize, records: usize) -> Vec<ScoreRecord> {
    let record = |at: usize| ScoreRecord {
        source: Some(name.into()),
        person: Some(format!("{name}{}", at % people)),
        sentiment: Some(SentimentLabel::Negative),
        score: Some(-0.9),
        text: Some("The parcel came late and nobody said a word.".into()),
        id: Some(format!("{name}-{at}")),
        rating: Some(Rating { scale: Scale::Nps, value: (at % 11) as u8 }),
        answered: Some(false),
        ..ScoreRecord::default()
    };
    (0..records).map(record).collect()
}

fn rollup(groups: &[(&str, usize, usize)]) -> Rollup {
    let mut rollup = Rollup::new();
    for (name, people, records) in groups {
        source(name, *people, *records).iter().for_each(|record| rollup.add(record).unwrap());
    }
    rollup
}

fn keys(rollup: &Rollup) -> Vec<(String, u64)> {
    let all = SummaryOptions { min_people: 0, ..SummaryOptions::default() };
    let sources = rollup.summary(&all).dimensions.into_iter().find(|dimension| dimension.name == "source");
    sources.into_iter().flat_map(|dimension| dimension.segments).map(|one| (one.key, one.n)).collect()
}

fn budget() -> PrivacyBudget {
    PrivacyBudget::new(3.0).unwrap()
}

fn noise(epsilon: f64) -> ShareOptions {
    ShareOptions { noise: Some(Noise { epsilon, seed: [42; 32], records_per_person: 1 }), ..ShareOptions::default() }
}

#[test]
fn small_groups_and_those_that_subtraction_would_tell_are_withheld() {
    // Four people are too few; with them alone out, their counts would be the rest, so the next smallest goes too.
    let rollup = rollup(&[("big", 200, 400), ("middle", 60, 90), ("small", 20, 30), ("tiny", 4, 50)]);
    let shared = share_rollup(&rollup, &ShareOptions::default(), &mut budget()).unwrap();
    assert_eq!(keys(&shared.rollup), [("big".into(), 400), ("middle".into(), 90)]);
    assert_eq!(shared.withheld.iter().find(|(name, _)| name == "source").unwrap().1, 2);
    assert_eq!(shared.rollup.report().records, 570);
    assert_eq!((shared.epsilon, shared.noise_deviation), (None, 0.0));
    // Two tiny ones hide each other only when five people are in them together.
    let rollup = self::rollup(&[("big", 200, 400), ("small", 20, 30), ("tiny", 1, 50), ("least", 1, 2)]);
    assert_eq!(
        keys(&share_rollup(&rollup, &ShareOptions::default(), &mut budget()).unwrap().rollup),
        [("big".into(), 400)]
    );
}

#[test]
fn nothing_that_points_to_people_is_shared() {
    let shared =
        share_rollup(&rollup(&[("big", 200, 400), ("other shop", 50, 60)]), &ShareOptions::default(), &mut budget());
    let rollup = shared.unwrap().rollup;
    let bytes = rollup.to_bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("parcel"), "texts are left out");
    let summary = rollup.summary(&SummaryOptions { min_people: 0, ..SummaryOptions::default() });
    assert!(summary.unanswered.is_empty() && rollup.report().telling.negative.is_empty());
    assert_eq!((summary.ids.n, summary.people.n, summary.people.distinct), (0, 0, 0));
    assert!(summary.dimensions.iter().flat_map(|dimension| &dimension.segments).all(|one| one.rows.is_empty()));
    assert!(Rollup::from_bytes(&bytes).unwrap() == rollup);
}

#[test]
fn noise_has_the_stated_size_and_comes_from_the_seed_alone() {
    let rollup = rollup(&[("big", 5_000, 5_000), ("other shop", 3_000, 3_000)]);
    let share = |options: &ShareOptions| share_rollup(&rollup, options, &mut budget()).unwrap();
    let one = share(&noise(1.0));
    assert!(one.rollup == share(&noise(1.0)).rollup);
    // Four counters in the total, channel and source, one record a person: scale 12, deviation close to 12 sqrt 2.
    assert!((one.noise_deviation - 16.96).abs() < 0.02, "{}", one.noise_deviation);
    assert!(share(&noise(2.0)).noise_deviation < one.noise_deviation);
    assert_eq!(one.epsilon, Some(1.0));
    let mut off = Vec::new();
    for seed in 0..200u8 {
        let mut options = noise(1.0);
        options.noise.as_mut().unwrap().seed = [seed; 32];
        off.push(share(&options).rollup.report().records as f64 - 8_000.0);
    }
    let spread = (off.iter().map(|off| off * off).sum::<f64>() / off.len() as f64).sqrt();
    assert!((12.0..22.0).contains(&spread), "{spread}");
    // What is read from noisy counts is sound: no count above the records, ratings still near.
    let figure = one.rollup.report().ratings[0].clone();
    assert!((figure.value.unwrap() - rollup.report().ratings[0].value.unwrap()).abs() < 6.0, "{figure:?}");
    assert!(Rollup::from_bytes(&one.rollup.to_bytes()).unwrap() == one.rollup);
}

#[test]
fn the_budget_is_kept() {
    let rollup = rollup(&[("big", 200, 400), ("other shop", 50, 60)]);
    let mut budget = budget();
    share_rollup(&rollup, &noise(2.5), &mut budget).unwrap();
    assert_eq!(budget.left(), 0.5);
    let error = share_rollup(&rollup, &noise(0.6), &mut budget).unwrap_err();
    assert!(matches!(&error, hearken::Error::Option { name, .. } if name == "epsilon"), "{error}");
    assert_eq!(budget.left(), 0.5, "a refusal costs nothing");
    share_rollup(&rollup, &ShareOptions::default(), &mut budget).unwrap();
    assert_eq!(budget.left(), 0.5, "no noise, no cost");
    share_rollup(&rollup, &noise(0.5), &mut budget).unwrap();
    assert_eq!(budget.left(), 0.0);
}

#[test]
fn what_cannot_be_shared_is_refused_by_name() {
    let rollup = rollup(&[("tiny", 3, 9)]);
    let name = |options: &ShareOptions| match share_rollup(&rollup, options, &mut budget()) {
        Err(hearken::Error::Option { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(name(&ShareOptions::default()), "minPeople");
    assert_eq!(name(&ShareOptions { min_people: 1, noise: None }), "minPeople");
    assert_eq!(name(&noise(f64::NAN)), "epsilon");
    let mut nobody = noise(1.0);
    nobody.noise.as_mut().unwrap().records_per_person = 0;
    assert_eq!(name(&nobody), "recordsPerPerson");
    assert_eq!(PrivacyBudget::new(-1.0).unwrap_err().code(), "E_OPTION");
}
