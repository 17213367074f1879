//! Concepts 36, 37 and 59: what is wished for, by whom, when, and whom to tell.

use hearken::score::demand::*;
use std::collections::{BTreeMap, BTreeSet};

use super::random::Random;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// A Monday, 0 h UTC.
const NOW: i64 = 20_003 * DAY;

fn wish(id: usize, language: &str, object: &str) -> DemandWish {
    DemandWish {
        id: id.to_string(),
        at_ms: Some(NOW - DAY),
        person: Some(format!("p{id}")),
        language: language.into(),
        object: object.into(),
        time: None,
    }
}

/// Precision, recall and F1 of B-cubed (Bagga and Baldwin 1998).
fn b_cubed(truth: &[usize], found: &[usize]) -> [f64; 3] {
    let n = truth.len();
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in 0..n {
        let same = |list: &[usize]| (0..n).filter(|at| list[*at] == list[one]).collect::<BTreeSet<usize>>();
        let (a, b) = (same(truth), same(found));
        let both = a.intersection(&b).count() as f64;
        precision += both / b.len() as f64 / n as f64;
        recall += both / a.len() as f64 / n as f64;
    }
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

/// B-cubed of the rows of one language whose label has a number in `labels`.
fn measured(language: &str, labels: std::ops::Range<usize>) -> [f64; 3] {
    let rows = include_str!("../score/wishes.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = rows.map(|line| line.split('\t').collect::<Vec<_>>()).filter(|row| row[0] == language);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut truth, mut wishes) = (Vec::new(), Vec::new());
    for row in rows {
        let next = numbers.len();
        let label = *numbers.entry(row[1]).or_insert(next);
        if labels.contains(&label) {
            wishes.push(wish(wishes.len(), language, row[2]));
            truth.push(label);
        }
    }
    let options = DemandOptions { most: usize::MAX, ..DemandOptions::default() };
    let report = demand(&wishes, &options, NOW).unwrap();
    let mut found = vec![usize::MAX; truth.len()];
    for (number, one) in report.demands.iter().enumerate() {
        for asked in &one.who {
            found[asked.person[1..].parse::<usize>().unwrap()] = number;
        }
    }
    // What says nothing stands alone.
    let mut alone = report.demands.len();
    for place in found.iter_mut().filter(|place| **place == usize::MAX) {
        (*place, alone) = (alone, alone + 1);
    }
    b_cubed(&truth, &found)
}

#[test]
fn wishes_of_one_kind_come_together_in_five_languages() {
    let mut means = [0.0; 3];
    for language in ["en", "ko", "ja", "pl", "de"] {
        let parts = [measured(language, 0..99), measured(language, 0..8), measured(language, 8..99)];
        let [all, seen, unseen] = parts.map(|[_, _, f1]| f1);
        let [precision, recall, _] = parts[0];
        println!(
            "{language}: B-cubed F1 {all:.3} ({precision:.3} {recall:.3}); first eight labels {seen:.3}, rest {unseen:.3}"
        );
        assert!(all >= 0.75 && unseen >= 0.75, "{language}");
        means.iter_mut().zip([all, seen, unseen]).for_each(|(mean, f1)| *mean += f1 / 5.0);
    }
    println!("mean of five languages: {:.3}; first eight labels {:.3}, rest {:.3}", means[0], means[1], means[2]);
}

#[test]
fn ten_thousand_wishes_give_the_five_largest_in_order() {
    let objects = [
        "pancakes in the afternoon",
        "breakfast burrito all day",
        "oat milk for coffee",
        "gluten free bread",
        "charging station for electric cars",
        "dark mode",
        "student discount",
        "parcel lockers",
        "larger sizes",
        "gift wrapping",
        "late checkout",
        "playground for kids",
        "dogs on the terrace",
        "night bus",
        "vegan burger",
    ];
    let frames = ["please add {}", "would love {}", "{} please", "wish you had {}", "when is {} coming?"];
    let mut random = Random(6);
    let mut people: Vec<BTreeSet<String>> = vec![BTreeSet::new(); objects.len()];
    let wishes: Vec<DemandWish> = (0..10_000)
        .map(|n| {
            // The square root makes the first more frequent.
            let which = (random.unit().powi(2) * objects.len() as f64) as usize;
            let person = format!("p{}", random.below(4_000));
            people[which].insert(person.clone());
            let object = frames[random.below(frames.len())].replace("{}", objects[which]);
            DemandWish { person: Some(person), ..wish(n, "en", &object) }
        })
        .collect();
    let started = std::time::Instant::now();
    let report = demand(&wishes, &DemandOptions::default(), NOW).unwrap();
    println!("10,000 wishes in {} ms", started.elapsed().as_millis());
    assert_eq!((report.found, report.mentions), (objects.len(), 10_000));
    let mut expected: Vec<(usize, usize)> = people.iter().map(BTreeSet::len).enumerate().collect();
    expected.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    for (demand, (which, people)) in report.demands.iter().zip(&expected).take(5) {
        assert_eq!(demand.people, *people as u64);
        let word = objects[*which].split(' ').next().unwrap();
        assert!(demand.object.contains(word), "{} is not {}", demand.object, objects[*which]);
        assert_eq!(demand.who.len() as u64, demand.people);
    }
}

#[test]
fn people_are_counted_and_not_posts() {
    let mut wishes: Vec<DemandWish> = (0..30).map(|n| wish(n, "en", "night bus to the suburbs")).collect();
    wishes[..20].iter_mut().for_each(|one| one.person = Some("loud".into()));
    wishes[20].person = None;
    wishes.extend((30..42).map(|n| wish(n, "en", "vegan cake")));
    wishes.push(wishes[3].clone());
    let report = demand(&wishes, &DemandOptions::default(), NOW).unwrap();
    let first = &report.demands[0];
    assert_eq!((first.object.as_str(), first.people, first.mentions), ("vegan cake", 12, 12));
    let bus = &report.demands[1];
    assert_eq!((bus.people, bus.mentions, bus.anonymous), (10, 30, 1));
    assert_eq!((report.people, first.share.n), (22, 22));
    wishes.reverse();
    assert_eq!(demand(&wishes, &DemandOptions::default(), NOW).unwrap(), report, "order changes nothing");
    let loud = bus.who.iter().filter(|asked| asked.person == "loud").count();
    assert_eq!(loud, 1);
}

#[test]
fn a_wish_at_midnight_is_told_with_its_hour_and_weekday() {
    let engine = hearken::Engine::new().unwrap();
    let text = "I need an egg muffin at midnight";
    let analysis = engine.analyze(text, &Default::default()).unwrap();
    let heard = &analysis.signals.wishes[0];
    let time = heard.condition.as_ref().and_then(|condition| condition.time.clone());
    // Monday 1 h UTC is Sunday 20 h at UTC-5.
    let asked = DemandWish { time, at_ms: Some(NOW + HOUR), ..wish(1, "en", &heard.object) };
    let options = DemandOptions { utc_offset_minutes: -300, ..DemandOptions::default() };
    let report = demand(&[asked], &options, NOW + DAY).unwrap();
    let one = &report.demands[0];
    assert!(one.object.contains("egg muffin"), "{}", one.object);
    assert_eq!(one.wanted_hours.iter().position(|count| *count > 0), Some(0), "{:?}", heard.condition);
    assert_eq!((one.asked_hours[20], one.asked_weekdays[6]), (1, 1));
    let night = DemandWish { time: Some("at night".into()), ..wish(2, "en", "pizza") };
    let report = demand(&[night], &options, NOW).unwrap();
    assert_eq!(report.demands[0].wanted_hours[22..], [1, 1]);
    assert_eq!(report.demands[0].wanted_hours[..7], [1, 1, 1, 1, 1, 1, 0]);
}

#[test]
fn growth_is_seen_against_all_wishes() {
    let at = |n: usize, days: i64, object: &str| DemandWish { at_ms: Some(NOW - days * DAY), ..wish(n, "en", object) };
    let mut wishes: Vec<DemandWish> = (0..100).map(|n| at(n, (n % 60) as i64, "parcel lockers")).collect();
    wishes.extend((100..140).map(|n| at(n, if n < 135 { 3 } else { 40 }, "refill packs")));
    let report = demand(&wishes, &DemandOptions::default(), NOW).unwrap();
    let [lockers, refill] = [&report.demands[0], &report.demands[1]];
    assert_eq!((refill.growth.now, refill.growth.before), (35, 5));
    assert!(refill.growth.z > 1.96 && lockers.growth.z < 1.96, "{:?} {:?}", refill.growth, lockers.growth);
    assert_eq!((refill.first_ms, refill.last_ms), (Some(NOW - 40 * DAY), Some(NOW - 3 * DAY)));
    assert_eq!((refill.examples.len(), refill.examples[0].as_str()), (3, "100"));
}

#[test]
fn those_who_asked_years_ago_are_told_and_those_who_opted_out_are_not() {
    let old = DemandWish { at_ms: Some(NOW - 3 * 365 * DAY), ..wish(1, "de", "Ladesäule am Markt") };
    let wishes = [old, wish(2, "de", "eine Ladesäule bitte"), wish(3, "de", "Ladesäulen!")];
    let report = demand(&wishes, &DemandOptions::default(), NOW).unwrap();
    assert_eq!(report.found, 1, "{report:?}");
    let list = whom_to_tell(&report.demands[0], &["p2".into()]);
    let names = |list: &[Asked]| list.iter().map(|asked| asked.person.clone()).collect::<Vec<_>>();
    assert_eq!((names(&list.tell), names(&list.opted_out)), (vec!["p1".into(), "p3".into()], vec!["p2".to_owned()]));
    assert_eq!(report.demands[0].sub_items.len(), 3);
}

#[test]
fn bad_wishes_are_refused_or_counted() {
    let options = DemandOptions::default();
    for person in ["ann@example.com", "+48 22 555 01 00"] {
        let error =
            demand(&[DemandWish { person: Some(person.into()), ..wish(1, "en", "x") }], &options, NOW).unwrap_err();
        assert_eq!(
            error.to_string(),
            "field wishes[0].person: must be a pseudonym, not an e-mail address or phone number"
        );
    }
    for (options, name) in [
        (DemandOptions { utc_offset_minutes: 2_000, ..options }, "utcOffsetMinutes"),
        (DemandOptions { window_days: 0, ..options }, "windowDays"),
    ] {
        assert!(demand(&[], &options, NOW).unwrap_err().to_string().contains(name));
    }
    let report = demand(&[], &options, NOW).unwrap();
    assert_eq!((report.found, report.people), (0, 0));
    let odd =
        [wish(1, "en", "please!!"), wish(2, "xx", "что-нибудь"), wish(3, "", ""), wish(4, "en", &"wide ".repeat(900))];
    let extreme = DemandWish { at_ms: Some(i64::MIN), ..wish(5, "ja", "夜") };
    let report = demand(&[&odd[..], &[extreme]].concat(), &options, i64::MAX).unwrap();
    assert_eq!((report.unclear, report.mentions), (2, 3));
}
