//! Speed of adding to a rollup and the size of one of a million records: `cargo bench --bench score`.

use std::time::Instant;

use hearken::analysis::{Act, Disposition, Emotion, Intent, SentimentLabel};
use hearken::message::{Channel, Rating, Scale};
use hearken::score::{Period, RecordTopic, Rollup, RollupOptions, ScoreRecord, SummaryOptions, Unit};

const RECORDS: u64 = 1_000_000;

/// A record as a busy company has them: 13 channels, 60 sources, 20 languages, 40 topics, 500 stores, 365 days,
/// 300,000 people.
fn record(index: u64) -> ScoreRecord {
    let mut state = index;
    let mut roll = |sides: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % sides
    };
    let languages = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"];
    let topic =
        |n: u64| RecordTopic { label: format!("topic{n}"), sentiment: Some(SentimentLabel::ALL[n as usize % 3]) };
    ScoreRecord {
        index: Some(index),
        sentiment: Some(SentimentLabel::ALL[roll(3) as usize]),
        score: Some(0.0),
        language: Some(languages[roll(10) as usize].into()),
        channel: Some(Channel::ALL[roll(13) as usize]),
        rating: (roll(2) == 0).then(|| Rating { scale: Scale::Nps, value: roll(11) as u8 }),
        source: Some(format!("source{}", roll(60))),
        topics: (0..roll(3)).map(|_| topic(roll(40))).collect(),
        intent: Some(Intent::ALL[roll(20) as usize]),
        emotions: (0..roll(2)).map(|_| Emotion::ALL[roll(11) as usize]).collect(),
        acts: vec![Act::ALL[roll(8) as usize]],
        disposition: Some(Disposition::ALL[roll(6) as usize]),
        keys: [("store".to_owned(), roll(500).to_string())].into(),
        sent_ms: Some(1_767_225_600_000 + (roll(365) * 86_400_000) as i64),
        person: Some(format!("person{}", roll(300_000))),
        answered: Some(roll(3) > 0),
        ..ScoreRecord::default()
    }
}

fn main() {
    let options =
        RollupOptions { keys: vec!["store".into()], periods: vec![Period::utc(Unit::Day)], ..RollupOptions::default() };
    let all: Vec<ScoreRecord> = (0..100_000).map(record).collect();
    let fewer = |record: &ScoreRecord| ScoreRecord { keys: Default::default(), ..record.clone() };
    let without: Vec<ScoreRecord> = all.iter().map(fewer).collect();
    let plain = RollupOptions::default();
    for (name, options, some) in [("all built-in dimensions", &plain, &without), ("also store and day", &options, &all)]
    {
        let round = |_| {
            let mut rollup = Rollup::with_options(options).expect("options are right");
            let start = Instant::now();
            some.iter().for_each(|record| rollup.add(record).expect("the record is right"));
            some.len() as f64 / start.elapsed().as_secs_f64()
        };
        let mut rates: Vec<f64> = (0..9).map(round).collect();
        rates.sort_by(f64::total_cmp);
        println!("add, {name}: {:.0} records/s (median of 9; {:.0} to {:.0})", rates[4], rates[0], rates[8]);
    }
    let mut rollup = Rollup::with_options(&options).expect("options are right");
    (0..RECORDS).for_each(|index| rollup.add(&record(index)).expect("the record is right"));
    let start = Instant::now();
    let bytes = rollup.to_bytes();
    let wrote = start.elapsed();
    let start = Instant::now();
    let read = Rollup::from_bytes(&bytes).expect("own bytes are right");
    println!("{RECORDS} records: {} bytes, written in {wrote:?}, read in {:?}", bytes.len(), start.elapsed());
    let start = Instant::now();
    let summary = read.summary(&SummaryOptions::default());
    println!(
        "summary of {} dimensions in {:?}; {} people, truly 289,300 or so",
        summary.dimensions.len(),
        start.elapsed(),
        summary.people.distinct
    );
}
