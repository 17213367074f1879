//! What texts tell unasked, as shares: counted by hand.

use hearken::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use hearken::score::*;

use super::felt;

/// 20 texts and 5 that say nothing, whose labels count for nothing.
fn heard() -> Rollup {
    let angry = ScoreRecord {
        // A label told twice counts once.
        emotions: vec![Emotion::Anger, Emotion::Anger],
        effort: Some(EffortLevel::High),
        acts: vec![Act::Complaint, Act::Request],
        intent: Some(Intent::RefundReturn),
        disposition: Some(Disposition::Respond),
        leaving: true,
        recommends: Some(false),
        ..felt(SentimentLabel::Negative)
    };
    let asking = ScoreRecord {
        effort: Some(EffortLevel::Easy),
        acts: vec![Act::Question],
        intent: Some(Intent::HowTo),
        disposition: Some(Disposition::Respond),
        ..felt(SentimentLabel::Neutral)
    };
    let happy = ScoreRecord {
        emotions: vec![Emotion::Joy, Emotion::Gratitude],
        acts: vec![Act::Thanks],
        recommends: Some(true),
        intent: Some(Intent::None),
        disposition: Some(Disposition::Close),
        ..felt(SentimentLabel::Positive)
    };
    let said = ScoreRecord { disposition: Some(Disposition::Ignore), ..felt(SentimentLabel::Neutral) };
    let empty = ScoreRecord { meaningful: Some(false), ..angry.clone() };
    let mut rollup = Rollup::new();
    for (record, times) in [(angry, 8), (asking, 4), (happy, 6), (said, 2), (empty, 5)] {
        (0..times).for_each(|_| rollup.add(&record).unwrap());
    }
    rollup
}

fn of(figures: &[Figure], metric: &str) -> (u64, u64) {
    let figure = figures.iter().find(|figure| figure.metric == metric).unwrap_or_else(|| panic!("no {metric}"));
    let hits = figure.value.unwrap() * figure.n as f64 / 100.0;
    assert!((hits - hits.round()).abs() < 1e-9, "{metric} {hits}");
    let [low, high] = figure.interval.unwrap();
    assert!(low <= figure.value.unwrap() && figure.value.unwrap() <= high && figure.method.contains("Wilson"));
    (hits.round() as u64, figure.n)
}

#[test]
fn shares_of_texts_are_those_counted_by_hand() {
    let summary = heard().summary(&SummaryOptions::default());
    assert_eq!((summary.records, summary.texts), (25, 20));
    let net = summary.unsolicited.iter().find(|one| one.metric == "net_sentiment").unwrap();
    assert_eq!((net.value, net.n), (Some(-10.0), 20));
    for (metric, hits, n) in [
        ("effort_mentioned", 12, 20),
        ("high_effort", 8, 12),
        ("asking", 12, 18),
        ("actionable", 12, 20),
        ("leaving", 8, 20),
        ("recommending", 6, 14),
    ] {
        assert_eq!(of(&summary.unsolicited, metric), (hits, n), "{metric}");
    }
    for (label, hits) in [("anger", 8), ("joy", 6), ("gratitude", 6), ("sadness", 0)] {
        assert_eq!(of(&summary.emotions, label), (hits, 20), "{label}");
    }
    for (label, hits) in [("complaint", 8), ("request", 8), ("question", 4), ("thanks", 6), ("praise", 0)] {
        assert_eq!(of(&summary.acts, label), (hits, 18), "{label}");
    }
    for (label, hits) in [("refund_return", 8), ("how_to", 4), ("none", 6), ("billing", 0)] {
        assert_eq!(of(&summary.intents, label), (hits, 18), "{label}");
    }
    for (label, hits) in [("respond", 12), ("close", 6), ("ignore", 2), ("amplify", 0)] {
        assert_eq!(of(&summary.dispositions, label), (hits, 20), "{label}");
    }
}

/// Effort that nobody speaks of is no easy effort: it is in no denominator.
#[test]
fn what_is_not_told_is_in_no_share() {
    let mut rollup = Rollup::new();
    (0..9).for_each(|_| rollup.add(&felt(SentimentLabel::Neutral)).unwrap());
    let summary = rollup.summary(&SummaryOptions::default());
    let metrics: Vec<&str> = summary.unsolicited.iter().map(|one| one.metric).collect();
    assert_eq!(metrics, ["net_sentiment", "effort_mentioned", "leaving"]);
}
