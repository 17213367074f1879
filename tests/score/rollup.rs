//! Rollups: any split gives the same bits, bytes come back the same, and bad input is refused or told.

use hearken::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use hearken::message::{Channel, Rating, Scale};
use hearken::score::*;
use proptest::prelude::*;

/// A plain generator (Knuth's MMIX constants): the same records everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    /// In 0..1.
    pub fn chance(&mut self) -> f64 {
        self.roll(1 << 30) as f64 / f64::from(1 << 30)
    }
}

/// A record with every field in use; some absent.
pub fn any_record(dice: &mut Dice, index: u64) -> ScoreRecord {
    let scale = Scale::ALL[dice.roll(5)];
    let (low, high) = scale.bounds();
    let value = low + dice.roll(usize::from(high - low) + 1) as u8;
    let rated = dice.roll(3) > 0;
    let label = SentimentLabel::ALL[dice.roll(3)];
    let topic = |dice: &mut Dice| RecordTopic {
        label: format!("topic{}", dice.roll(12)),
        sentiment: (dice.roll(4) > 0).then(|| SentimentLabel::ALL[dice.roll(3)]),
    };
    ScoreRecord {
        index: Some(index),
        sentiment: (dice.roll(5) > 0).then_some(label),
        score: Some([-0.5, 0.0, 0.5][label as usize]),
        language: Some(["en", "ko", "ja", "pl-PL", "x-klingon", ""][dice.roll(6)].into()),
        channel: Some(Channel::ALL[dice.roll(13)]),
        rating: rated.then_some(Rating { scale, value }),
        text: (dice.roll(3) > 0).then(|| format!("comment number {} about the service", dice.roll(40))),
        meaningful: (dice.roll(6) == 0).then_some(false),
        id: Some(format!("id{index}")),
        source: (dice.roll(2) > 0).then(|| format!("source{}", dice.roll(30))),
        topics: (0..dice.roll(4)).map(|_| topic(dice)).collect(),
        intent: (dice.roll(2) > 0).then(|| Intent::ALL[dice.roll(20)]),
        emotions: (0..dice.roll(3)).map(|_| Emotion::ALL[dice.roll(11)]).collect(),
        acts: (0..dice.roll(3)).map(|_| Act::ALL[dice.roll(8)]).collect(),
        disposition: Some(Disposition::ALL[dice.roll(6)]),
        effort: (dice.roll(4) == 0).then(|| EffortLevel::ALL[dice.roll(3)]),
        leaving: dice.roll(9) == 0,
        recommends: (dice.roll(5) == 0).then(|| dice.roll(3) > 0),
        question: rated.then(|| format!("q{}", dice.roll(3))),
        brands: (0..dice.roll(3)).map(|_| format!("brand{}", dice.roll(5))).collect(),
        keys: [("store".to_owned(), format!("{}", dice.roll(50)))].into_iter().take(dice.roll(2)).collect(),
        sent_ms: (dice.roll(5) > 0).then(|| 1_795_991_400_000 + dice.roll(40) as i64 * 86_400_000),
        zoneless: dice.roll(6) == 0,
        person: (dice.roll(4) > 0).then(|| format!("p{}", dice.roll(300))),
        answered: (dice.roll(2) > 0).then(|| dice.roll(3) > 0),
        invited: dice.roll(4) == 0,
        weight: (dice.roll(3) == 0).then(|| dice.chance() * 3.0),
    }
}

pub fn options(max_segments: usize) -> RollupOptions {
    let seoul = Period::new(Unit::Week, "Asia/Seoul", &[(0, 540)]).unwrap();
    RollupOptions {
        max_segments: Some(max_segments),
        keys: vec!["store".into()],
        periods: vec![Period::utc(Unit::Day), seoul],
    }
}

fn dealt(records: &[ScoreRecord], parts: usize, limit: usize, dice: &mut Dice) -> Rollup {
    let mut rollups: Vec<Rollup> = (0..parts).map(|_| Rollup::with_options(&options(limit)).unwrap()).collect();
    let mut order: Vec<usize> = (0..records.len()).collect();
    (1..order.len()).rev().for_each(|at| order.swap(at, dice.roll(at + 1)));
    order.iter().for_each(|at| rollups[dice.roll(parts)].add(&records[*at]).unwrap());
    // Merged two by two, in an order of chance.
    while rollups.len() > 1 {
        let taken = rollups.swap_remove(dice.roll(rollups.len()));
        let at = dice.roll(rollups.len());
        if dice.roll(2) == 0 {
            rollups[at].merge(&taken);
        } else {
            let mut sum = taken;
            sum.merge(&rollups[at]);
            rollups[at] = sum;
        }
    }
    rollups.remove(0)
}

#[test]
fn a_thousand_partitions_equal_one_pass_to_the_bit() {
    let mut dice = Dice(7);
    let records: Vec<ScoreRecord> = (0..3_000).map(|index| any_record(&mut dice, index)).collect();
    for limit in [8, MAX_SEGMENTS] {
        let mut whole = Rollup::with_options(&options(limit)).unwrap();
        records.iter().for_each(|record| whole.add(record).unwrap());
        let split = dealt(&records, 1_000, limit, &mut dice);
        assert!(split == whole, "limit {limit}");
        assert_eq!(split.to_bytes(), whole.to_bytes());
        assert_eq!(
            serde_json::to_string(&split.summary(&SummaryOptions::default())).unwrap(),
            serde_json::to_string(&whole.summary(&SummaryOptions::default())).unwrap()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_the_same_bytes(seed in any::<u64>(), n in 0..200u64, parts in 1..12usize, limit in 1..40usize) {
        let mut dice = Dice(seed);
        let records: Vec<ScoreRecord> = (0..n).map(|index| any_record(&mut dice, index)).collect();
        let whole = dealt(&records, 1, limit, &mut dice);
        let split = dealt(&records, parts, limit, &mut dice);
        prop_assert!(split == whole);
        prop_assert_eq!(split.to_bytes(), whole.to_bytes());
        let mut same = whole.clone();
        same.merge(&Rollup::new());
        prop_assert!(same == whole);
        let mut empty = Rollup::new();
        empty.merge(&whole);
        prop_assert!(empty == whole);
    }

    #[test]
    fn bytes_come_back_the_same_and_damage_is_told(seed in any::<u64>(), n in 0..80u64, limit in 1..40usize) {
        let mut dice = Dice(seed);
        let records: Vec<ScoreRecord> = (0..n).map(|index| any_record(&mut dice, index)).collect();
        let rollup = dealt(&records, 1, limit, &mut dice);
        let bytes = rollup.to_bytes();
        let back = Rollup::from_bytes(&bytes).unwrap();
        prop_assert!(back == rollup);
        prop_assert_eq!(back.to_bytes(), bytes.clone());
        let text = serde_json::to_string(&rollup.to_json()).unwrap();
        prop_assert!(Rollup::from_json(&serde_json::from_str(&text).unwrap()).unwrap() == rollup);
        let mut damaged = bytes.clone();
        let at = dice.roll(bytes.len());
        damaged[at] ^= 1 << dice.roll(8);
        prop_assert_eq!(Rollup::from_bytes(&damaged).unwrap_err().code(), "E_ROLLUP");
        let cut = &bytes[..dice.roll(bytes.len())];
        prop_assert_eq!(Rollup::from_bytes(cut).unwrap_err().code(), "E_ROLLUP");
    }

    /// With a right checksum: whatever is read is a rollup that writes the same bytes, or is refused; never a panic.
    #[test]
    fn forged_bytes_are_refused_or_read(seed in any::<u64>(), n in 0..30u64) {
        let mut dice = Dice(seed);
        let records: Vec<ScoreRecord> = (0..n).map(|index| any_record(&mut dice, index)).collect();
        let bytes = dealt(&records, 1, 20, &mut dice).to_bytes();
        for _ in 0..20 {
            let mut forged = bytes[..bytes.len() - 8].to_vec();
            let at = 4 + dice.roll(forged.len() - 4);
            forged[at] = dice.roll(256) as u8;
            let sum = hash(&forged);
            forged.extend_from_slice(&sum.to_le_bytes());
            if let Ok(read) = Rollup::from_bytes(&forged) {
                prop_assert_eq!(Rollup::from_bytes(&read.to_bytes()).map(|again| again == read), Ok(true));
                let _ = read.summary(&SummaryOptions::default());
                let mut twice = read.clone();
                twice.merge(&read);
                prop_assert!(Rollup::from_bytes(&twice.to_bytes()).is_ok_and(|again| again == twice));
            }
        }
    }
}

/// The checksum of the format: FNV-1a finished as in SplitMix64.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[test]
fn bytes_of_another_kind_or_version_say_so() {
    let mut bytes = Rollup::new().to_bytes();
    let error = |bytes: &[u8]| Rollup::from_bytes(bytes).unwrap_err().to_string();
    assert!(error(b"").contains("byte 0") && error(b"HKTH....").contains("no rollup"));
    bytes[4] = 9;
    assert!(error(&bytes).contains("format"));
}

/// A rollup written before recommendations were counted: what is new stands behind what was.
#[test]
fn older_bytes_are_read() {
    const OLDER: &str = concat!(
        "484b525501010080200600010001000108016901000101bc953b7ef50e055b0107000000000106726576696577060001",
        "0001000108016901000101bc953b7ef50e055b0107000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000008772aec236c81951",
    );
    let byte = |at: usize| u8::from_str_radix(&OLDER[at..at + 2], 16).unwrap();
    let bytes: Vec<u8> = (0..OLDER.len()).step_by(2).map(byte).collect();
    let rollup = Rollup::from_bytes(&bytes).unwrap();
    assert_eq!(rollup.to_bytes(), bytes);
    let summary = rollup.summary(&SummaryOptions::default());
    assert_eq!((summary.records, summary.rows.as_slice()), (1, [7].as_slice()));
    let share = |metric| rollup.figure(metric, None).unwrap();
    assert_eq!((share(Metric::Leaving).value, share(Metric::Nps).value), (Some(100.0), Some(-100.0)));
    assert_eq!((share(Metric::Recommending).n, share(Metric::Recommending).value), (0, None));
}

#[test]
fn json_that_is_no_rollup_names_the_field() {
    let mut dice = Dice(2);
    let records: Vec<ScoreRecord> = (0..50).map(|index| any_record(&mut dice, index)).collect();
    let right = dealt(&records, 1, 20, &mut dice).to_json();
    assert_eq!(right["total"]["counts"]["records"], 50);
    let field = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        match Rollup::from_json(&wrong).unwrap_err() {
            hearken::Error::Field { field, .. } => field,
            other => other.code().to_owned(),
        }
    };
    assert_eq!(field(&|json| *json = serde_json::json!([])), "format");
    assert_eq!(field(&|json| json["format"] = "hearken-rollup-2".into()), "format");
    assert_eq!(field(&|json| json["total"]["counts"]["secret"] = 1.into()), "counts");
    assert_eq!(field(&|json| json["total"]["counts"]["nps.9"] = (-1).into()), "counts");
    assert_eq!(field(&|json| json["total"]["counts"]["nps.9"] = 51.into()), "E_ROLLUP");
    assert_eq!(field(&|json| json["ids"] = "zz".into()), "ids");
    assert_eq!(field(&|json| json["dimensions"]["topic"] = serde_json::Value::Null), "kept");
    assert_eq!(field(&|json| json["periods"][0]["unit"] = "year".into()), "unit");
    assert_eq!(field(&|json| json["periods"][0]["offsets"] = serde_json::json!([[0, 9000]])), "E_OPTION");
    assert_eq!(field(&|json| json["unanswered"] = serde_json::json!([["x", 1]])), "unanswered");
}

#[test]
fn segments_that_are_kept_are_exact_and_nothing_is_lost() {
    let mut dice = Dice(3);
    let mut rollup = Rollup::with_options(&options(16)).unwrap();
    let mut of_source = std::collections::BTreeMap::new();
    for index in 0..5_000 {
        let source = format!("source{}", dice.roll(100));
        *of_source.entry(source.clone()).or_insert(0u64) += 1;
        rollup.add(&ScoreRecord { index: Some(index), source: Some(source), ..ScoreRecord::default() }).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    let sources = summary.dimensions.iter().find(|dimension| dimension.name == "source").unwrap();
    assert_eq!(sources.segments.len(), 17, "sixteen and the rest");
    assert!(sources.segments.iter().all(|one| one.key == "other" || of_source[&one.key] == one.n));
    assert_eq!(sources.segments.iter().map(|one| one.n).sum::<u64>(), 5_000);
    // 84 keys are summed; HyperLogLog with 256 registers counts them within three standard errors.
    assert!((sources.keys_not_kept as f64 - 84.0).abs() <= 3.0 * 0.065 * 84.0, "{}", sources.keys_not_kept);
}

#[test]
fn bad_records_are_refused_by_name_and_counted_as_refused() {
    let long = "x".repeat(201);
    let topics = vec![RecordTopic { label: String::new(), sentiment: None }];
    let rating = Some(Rating { scale: Scale::Csat5, value: 7 });
    let bad = [
        ("rating.value", ScoreRecord { rating, ..ScoreRecord::default() }),
        ("weight", ScoreRecord { weight: Some(f64::NAN), ..ScoreRecord::default() }),
        ("weight", ScoreRecord { weight: Some(-1.0), ..ScoreRecord::default() }),
        ("source", ScoreRecord { source: Some(long.clone()), ..ScoreRecord::default() }),
        ("question", ScoreRecord { question: Some(String::new()), ..ScoreRecord::default() }),
        ("topics", ScoreRecord { topics, ..ScoreRecord::default() }),
        ("brands", ScoreRecord { brands: vec!["b".into(); 65], ..ScoreRecord::default() }),
        ("keys", ScoreRecord { keys: [("branch".into(), "1".into())].into(), ..ScoreRecord::default() }),
    ];
    let mut rollup = Rollup::with_options(&options(16)).unwrap();
    for (name, record) in &bad {
        match rollup.add(record) {
            Err(hearken::Error::Field { field, what }) => {
                assert_eq!(field, *name);
                assert!(!what.contains(&long));
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    let summary = rollup.summary(&SummaryOptions::default());
    assert_eq!((summary.records, summary.refused), (0, bad.len() as u64));
    for options in [
        RollupOptions { max_segments: Some(0), ..RollupOptions::default() },
        RollupOptions { keys: vec!["Store".into()], ..RollupOptions::default() },
        RollupOptions { periods: vec![Period::utc(Unit::Day); 17], ..RollupOptions::default() },
    ] {
        assert_eq!(Rollup::with_options(&options).unwrap_err().code(), "E_OPTION");
    }
}

/// Duplicate ids and missing times are told, not removed; one clock before another changes nothing.
#[test]
fn repeated_ids_and_missing_times_are_flagged() {
    let mut rollup = Rollup::with_options(&options(16)).unwrap();
    for (id, sent_ms) in [("a", Some(1_795_991_400_000)), ("b", Some(0)), ("a", None), ("a", Some(-5))] {
        rollup.add(&ScoreRecord { id: Some(id.into()), sent_ms, ..ScoreRecord::default() }).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    assert_eq!((summary.ids.n, summary.ids.distinct, summary.undated), (4, 2, 1));
    let days = summary.dimensions.iter().find(|dimension| dimension.name == "day UTC").unwrap();
    let keys: Vec<&str> = days.segments.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["1969-12-31", "1970-01-01", "2026-11-29"]);
}

#[test]
fn rollups_of_different_options_merge_to_the_options_of_both() {
    let record = ScoreRecord { sent_ms: Some(0), source: Some("shop".into()), ..ScoreRecord::default() };
    let mut plain = Rollup::new();
    plain.add(&record).unwrap();
    let mut dated = Rollup::with_options(&options(100)).unwrap();
    dated.add(&record).unwrap();
    let (mut one, mut two) = (plain.clone(), dated.clone());
    one.merge(&dated);
    two.merge(&plain);
    assert!(one == two && Rollup::from_bytes(&one.to_bytes()).unwrap() == one);
}
