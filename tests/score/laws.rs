//! What must hold for any records: merging in any order, and figures within their intervals.

use hearken::analysis::SentimentLabel;
use hearken::message::{Channel, Rating, Scale};
use hearken::score::*;
use proptest::prelude::*;

use super::{WILSON, rollup};

/// The five best by the plain definition: sort everything, drop repeated texts, cut.
fn slow_telling(records: &[ScoreRecord], side: SentimentLabel) -> Vec<u64> {
    let fold = |text: &str| {
        let bare: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
        bare.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut fit: Vec<(&ScoreRecord, String)> = records
        .iter()
        .filter(|r| r.sentiment == Some(side) && r.meaningful != Some(false))
        .filter(|r| r.score.is_some_and(|s| if side == SentimentLabel::Positive { s > 0.0 } else { s < 0.0 }))
        .filter_map(|r| Some((r, r.text.as_ref()?)))
        .filter(|(_, text)| text.trim().chars().count() >= 20 && text.chars().count() <= 280)
        .map(|(r, text)| (r, fold(text)))
        .collect();
    fit.sort_by(|(a, _), (b, _)| {
        let key = |r: &ScoreRecord| (-(r.score.unwrap().abs() * 100.0).round() as i64, r.index, r.text.clone());
        key(a).cmp(&key(b))
    });
    let mut seen = std::collections::BTreeSet::new();
    fit.retain(|(_, folded)| seen.insert(folded.clone()));
    fit.iter().take(MAX_TELLING).map(|(r, _)| r.index.unwrap()).collect()
}

fn any_record() -> impl Strategy<Value = ScoreRecord> {
    let sentiment = proptest::option::weighted(0.8, (0..3usize).prop_map(|i| SentimentLabel::ALL[i]));
    let rating = proptest::option::of((0..5usize, 0..=10u8).prop_map(|(scale, value)| {
        let scale = Scale::ALL[scale];
        let (low, high) = scale.bounds();
        Rating { scale, value: value.clamp(low, high) }
    }));
    let text = proptest::option::weighted(
        0.9,
        (0..12usize, 0..3usize).prop_map(|(word, dress)| {
            let plain = format!("comment number {word} about the service");
            match dress {
                0 => plain,
                1 => plain.to_uppercase() + "!",
                _ => format!("{word}"),
            }
        }),
    );
    let score = proptest::option::weighted(0.9, (-10..=10i32).prop_map(|tenths| f64::from(tenths) / 10.0));
    let language =
        proptest::option::of(proptest::sample::select(vec!["en", "en-US", "ko", "ja", "pl", "x-klingon", ""]));
    let channel = proptest::option::of((0..13usize).prop_map(|i| Channel::ALL[i]));
    let meaningful = proptest::option::weighted(0.3, any::<bool>());
    (0..40u64, sentiment, score, language, channel, rating, text, meaningful).prop_map(
        |(index, sentiment, score, language, channel, rating, text, meaningful)| ScoreRecord {
            index: Some(index),
            sentiment,
            score,
            language: language.map(str::to_owned),
            channel,
            rating,
            text,
            meaningful,
            ..ScoreRecord::default()
        },
    )
}

fn all_figures(report: &Report) -> Vec<Figure> {
    let mut figures = report.ratings.clone();
    figures.push(report.net_sentiment.clone());
    for segment in report.channels.iter().chain(&report.languages) {
        figures.extend(segment.ratings.iter().cloned());
        figures.push(segment.net_sentiment.clone());
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_in_any_order_gives_the_same_report(
        rows in proptest::collection::vec((any_record(), 0..5usize, any::<u32>()), 0..120),
        pairs in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 4),
    ) {
        let records: Vec<ScoreRecord> = rows.iter().map(|row| row.0.clone()).collect();
        let whole = rollup(&records);
        // Shuffled, dealt to five parts (some may stay empty), then merged two by two.
        let mut shuffled: Vec<_> = rows.iter().collect();
        shuffled.sort_by_key(|row| row.2);
        let mut parts = vec![Rollup::new(); 5];
        for (record, part, _) in shuffled {
            parts[*part].add(record).unwrap();
        }
        for (a, b) in pairs {
            let taken = parts.remove(a.index(parts.len()));
            let place = b.index(parts.len());
            parts[place].merge(&taken);
        }
        prop_assert_eq!(parts.len(), 1);
        prop_assert_eq!(&parts[0], &whole);
        prop_assert_eq!(
            serde_json::to_string(&parts[0].report()).unwrap(),
            serde_json::to_string(&whole.report()).unwrap()
        );
    }

    #[test]
    fn merge_is_associative_and_commutative_with_identity(
        a in proptest::collection::vec(any_record(), 0..40),
        b in proptest::collection::vec(any_record(), 0..40),
        c in proptest::collection::vec(any_record(), 0..40),
    ) {
        let [a, b, c] = [rollup(&a), rollup(&b), rollup(&c)];
        let merged = |left: &Rollup, right: &Rollup| { let mut sum = left.clone(); sum.merge(right); sum };
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(&merged(&a, &Rollup::new()), &a);
        prop_assert_eq!(&merged(&Rollup::new(), &a), &a);
    }

    #[test]
    fn telling_comments_equal_the_plain_definition(records in proptest::collection::vec(any_record(), 0..80)) {
        let telling = rollup(&records).report().telling;
        for (side, found) in [(SentimentLabel::Positive, telling.positive), (SentimentLabel::Negative, telling.negative)] {
            let found: Vec<u64> = found.iter().map(|telling| telling.index).collect();
            prop_assert_eq!(found, slow_telling(&records, side));
        }
    }

    #[test]
    fn figures_are_finite_and_lie_in_their_intervals(records in proptest::collection::vec(any_record(), 0..60)) {
        let report = rollup(&records).report();
        for figure in all_figures(&report) {
            prop_assert_eq!(figure.value.is_none(), figure.n == 0);
            let numbers = figure.value.iter().chain(figure.interval.iter().flatten());
            for number in numbers {
                prop_assert!(number.is_finite() && !(*number == 0.0 && number.is_sign_negative()), "{:?}", figure);
            }
            if let (Some(value), Some([low, high])) = (figure.value, figure.interval) {
                prop_assert!(low <= value && value <= high, "{:?}", figure);
            }
            prop_assert!(figure.n >= MIN_ANSWERS || figure.too_few);
        }
        prop_assert_eq!(report.channels.iter().map(|s| s.n).sum::<u64>(), report.records);
        prop_assert_eq!(report.records, records.len() as u64);
    }

    #[test]
    fn counts_of_any_size_give_sound_figures(
        a in any::<u64>(), b in any::<u64>(), c in any::<u64>(), shift in 0..64u32,
    ) {
        let [a, b, c] = [a >> shift, b >> shift, c >> shift];
        let mut counts = [0; 11];
        (counts[1], counts[4], counts[7]) = (a, b, c);
        let figures = [nps(a, b, c), share("a", WILSON, a, a.saturating_add(b)), mean("m", "t", Scale::Ces7, &counts)];
        for figure in figures {
            if let (Some(value), Some([low, high])) = (figure.value, figure.interval) {
                prop_assert!(low <= value && value <= high, "{:?}", figure);
            }
            prop_assert!(figure.value.is_none_or(f64::is_finite));
        }
        // Turning the answers round turns the figure round.
        let (there, back) = (nps(a, b, c), nps(c, b, a));
        prop_assert_eq!(there.value.map(|value| 0.0 - value), back.value);
        prop_assert_eq!(there.interval.map(|[low, high]| [0.0 - high, 0.0 - low]), back.interval);
    }
}
