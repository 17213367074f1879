//! Figures against published and hand-checked values, edges, and the laws of merging.
//!
//! Values marked "research" were computed in double precision from the formulas named in
//! docs/design/score.md; "40 digits" ones with the incomplete beta function at that precision.

use hearken::analysis::SentimentLabel;
use hearken::message::{Channel, Rating, Scale};
use hearken::score::*;

#[path = "score/bad_input.rs"]
mod bad_input;
#[path = "score/concepts.rs"]
mod concepts;
#[path = "score/figures.rs"]
mod figures;
#[path = "score/heard.rs"]
mod heard;
#[path = "score/laws.rs"]
mod laws;
#[path = "score/rollup.rs"]
mod rollups;
#[path = "score/sharing.rs"]
mod sharing;
#[path = "score/statistics.rs"]
mod statistics;

fn rated(scale: Scale, value: u8) -> ScoreRecord {
    ScoreRecord { rating: Some(Rating { scale, value }), ..ScoreRecord::default() }
}

fn felt(sentiment: SentimentLabel) -> ScoreRecord {
    ScoreRecord { sentiment: Some(sentiment), ..ScoreRecord::default() }
}

fn said(index: u64, sentiment: SentimentLabel, score: f64, text: &str) -> ScoreRecord {
    ScoreRecord { index: Some(index), score: Some(score), text: Some(text.into()), ..felt(sentiment) }
}

fn rollup<'a>(records: impl IntoIterator<Item = &'a ScoreRecord>) -> Rollup {
    let mut rollup = Rollup::new();
    for record in records {
        rollup.add(record).unwrap();
    }
    rollup
}

/// The figures of `times` answers of each value.
fn answers(scale: Scale, times: &[(u8, usize)]) -> Vec<Figure> {
    let mut rollup = Rollup::new();
    for (value, times) in times {
        (0..*times).for_each(|_| rollup.add(&rated(scale, *value)).unwrap());
    }
    rollup.report().ratings
}

fn near(actual: Option<[f64; 2]>, low: f64, high: f64, within: f64) {
    let [a, b] = actual.expect("an interval");
    assert!((a - low).abs() <= within && (b - high).abs() <= within, "{a}..{b}, not {low}..{high}");
}

const WILSON: &str = "Wilson";

// ---- Golden values -------------------------------------------------------------------------

#[test]
fn nps_of_55_30_15_has_the_adjusted_wald_interval_of_the_research() {
    let figure = &answers(Scale::Nps, &[(10, 30), (9, 25), (8, 20), (7, 10), (6, 5), (3, 5), (0, 5)])[0];
    assert_eq!((figure.metric, figure.value, figure.n, figure.too_few), ("nps", Some(40.0), 100, false));
    near(figure.interval, 24.60, 53.07, 0.005);
    let [low, high] = figure.interval.unwrap();
    assert!(((low + high) / 2.0 - 38.83).abs() < 0.005);
    assert!(figure.method.contains("adjusted Wald"));
}

#[test]
fn nps_of_five_promoters_is_cut_at_100_and_too_few() {
    let figure = nps(5, 0, 0);
    assert_eq!((figure.value, figure.n, figure.too_few), (Some(100.0), 5, true));
    near(figure.interval, 17.49, 100.0, 0.005);
    assert_eq!(figure.interval.unwrap()[1], 100.0);
    // The mirror image.
    let mirror = nps(0, 0, 5);
    assert_eq!(mirror.value, Some(-100.0));
    near(mirror.interval, -100.0, -17.49, 0.005);
}

#[test]
fn csat_of_84_in_100_has_the_wilson_interval_of_the_research() {
    let figures = answers(Scale::Csat5, &[(5, 50), (4, 34), (3, 10), (2, 5), (1, 1)]);
    assert_eq!((figures[0].metric, figures[0].value, figures[0].too_few), ("csat5", Some(84.0), false));
    near(figures[0].interval, 75.58, 89.90, 0.005);
    let seven = answers(Scale::Csat7, &[(7, 50), (6, 34), (5, 16)]);
    assert_eq!((seven[0].metric, seven[0].value), ("csat7", Some(84.0)));
    assert_eq!(seven[0].interval, figures[0].interval);
}

#[test]
fn wilson_matches_the_research() {
    near(share("a", WILSON, 10, 100).interval, 5.5229, 17.4366, 0.000_06);
    near(share("a", WILSON, 0, 100).interval, 0.0, 3.6993, 0.000_06);
    near(share("a", WILSON, 1, 1).interval, 20.6549, 100.0, 0.000_06);
}

/// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
/// Medicine 17 (1998) 857-872, table I, method 3 (score without continuity correction).
#[test]
fn wilson_matches_newcombe_1998() {
    for (hits, n, low, high) in
        [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)]
    {
        near(share("a", WILSON, hits, n).interval, low, high, 0.005_001);
    }
}

/// 40 digits; they round to the columns of NIST table 1.3.6.7.2.
#[test]
fn student_t_is_right_to_1e_11() {
    assert_eq!(student_t_95(0), None);
    for (freedom, expected) in [
        (1, 12.706204736174705),
        (2, 4.302652729749464),
        (3, 3.1824463052837095),
        (4, 2.7764451051977943),
        (5, 2.5705818356363155),
        (6, 2.44691185114497),
        (7, 2.3646242515927853),
        (8, 2.3060041352041667),
        (9, 2.2621571627982053),
        (10, 2.228138851986275),
        (15, 2.1314495455597755),
        (20, 2.085963447265865),
        (29, 2.0452296421327043),
        (30, 2.042272456301238),
        (49, 2.00957523712924),
        (60, 2.0002978220142604),
        (99, 1.9842169515864174),
        (100, 1.9839715185235522),
        (120, 1.979930405082441),
        (199, 1.971956544251754),
        (200, 1.9718962236339095),
        (201, 1.9718365067798593),
        (500, 1.9647198374673678),
        (1000, 1.9623390808264085),
        (10_000, 1.9602012398906263),
        (1_000_000, 1.959966356814107),
    ] {
        let t = student_t_95(freedom).unwrap();
        assert!((t - expected).abs() < 1e-11, "{freedom}: {t}");
    }
    assert!(student_t_95(u64::MAX).unwrap() >= Z_95);
}

#[test]
fn student_t_falls_towards_the_normal_quantile() {
    let quantiles: Vec<f64> = (1..=1200).map(|freedom| student_t_95(freedom).unwrap()).collect();
    assert!(quantiles.windows(2).all(|pair| pair[0] > pair[1] && pair[1] > Z_95));
}

/// Mean 3 and variance 2.5 by hand; half-width t(4) sqrt(2.5 / 5) = 2.776445105 x 0.707106781.
#[test]
fn mean_of_one_to_five_has_its_t_interval() {
    let figure = &answers(Scale::Stars5, &[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)])[0];
    assert_eq!((figure.metric, figure.value, figure.n, figure.too_few), ("stars5", Some(3.0), 5, true));
    near(figure.interval, 3.0 - 1.963_243_161, 3.0 + 1.963_243_161, 1e-9);
}

/// 50 answers: sum 294, sum of squares 1824, variance 95.28 / 49; t(49) at 40 digits.
#[test]
fn ces_gives_the_mean_and_the_easy_share() {
    let figures = answers(Scale::Ces7, &[(7, 20), (6, 18), (5, 5), (4, 3), (3, 2), (2, 1), (1, 1)]);
    assert_eq!(figures.iter().map(|figure| figure.metric).collect::<Vec<_>>(), ["ces7", "ces7_easy"]);
    assert_eq!(figures[0].value, Some(5.88));
    let half = 2.009_575_237_129_24 * (95.28_f64 / 49.0 / 50.0).sqrt();
    near(figures[0].interval, 5.88 - half, 5.88 + half, 1e-12);
    assert!(!figures[0].too_few);
    assert_eq!(figures[1].value, Some(86.0));
    assert_eq!(figures[1].n, 50);
}

#[test]
fn net_sentiment_keeps_neutral_in_the_denominator() {
    let figure = net_sentiment(&SentimentCounts { positive: 55, neutral: 30, negative: 15 });
    assert_eq!((figure.metric, figure.value, figure.n), ("net_sentiment", Some(40.0), 100));
    assert_eq!(figure.interval, nps(55, 30, 15).interval);
    // 2 positive and 1 negative: experience score 66.67 = (net sentiment + 100) / 2 (research).
    let small = net_sentiment(&SentimentCounts { positive: 2, neutral: 0, negative: 1 });
    assert!(((small.value.unwrap() + 100.0) / 2.0 - 66.67).abs() < 0.005);
}

/// Every bit, so that another machine or a wasm build that differs is seen.
#[test]
fn figures_are_pinned_to_the_bit() {
    let exact = |figure: &Figure| figure.interval.unwrap().map(f64::to_bits);
    let ces = answers(Scale::Ces7, &[(7, 20), (6, 18), (5, 5), (4, 3), (3, 2), (2, 1), (1, 1)]);
    let seen = [exact(&nps(55, 30, 15)), exact(&share("a", WILSON, 84, 100)), exact(&ces[0])];
    assert_eq!(seen, PINNED, "{seen:#x?}");
    let quantiles = [1, 4, 49, 200, 201].map(|freedom| student_t_95(freedom).unwrap().to_bits());
    assert_eq!(quantiles, PINNED_T, "{quantiles:#x?}");
}

const PINNED: [[u64; 2]; 3] = [
    [0x4038_9974_e60f_e936, 0x404a_8904_ede6_a57d],
    [0x4052_e51a_4e6b_64c3, 0x4056_79e6_cb1c_397c],
    [0x4015_ef4f_8623_dee1, 0x4019_1aed_ea7f_f829],
];
const PINNED_T: [u64; 5] =
    [0x4029_6993_aacc_4d1d, 0x4006_3628_d9ef_b5dd, 0x4000_139c_2e92_927b, 0x3fff_8ce3_0df9_d10f, 0x3fff_8ca4_6fda_daad];

// ---- Edges ---------------------------------------------------------------------------------

#[test]
fn an_empty_rollup_reports_nothing_as_null() {
    let report = Rollup::new().report();
    assert_eq!((report.records, report.texts), (0, 0));
    assert!(report.ratings.is_empty() && report.channels.is_empty() && report.languages.is_empty());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["netSentiment"]["value"], serde_json::Value::Null);
    assert_eq!(json["netSentiment"]["interval"], serde_json::Value::Null);
    assert_eq!(json["netSentiment"]["tooFew"], true);
    assert_eq!(json["engine"], hearken::VERSION);
    assert_eq!(json["telling"], serde_json::json!({ "positive": [], "negative": [] }));
}

/// The adjusted interval of one promoter is centre 25 with half-width 73.50: -48.50..98.50.
#[test]
fn only_a_single_answer_lies_outside_its_adjusted_interval() {
    near(nps(1, 0, 0).interval, -48.50, 100.0, 0.005);
    near(nps(0, 0, 1).interval, -100.0, 48.50, 0.005);
    for n in 2..=60_u64 {
        for promoters in 0..=n {
            for detractors in 0..=n - promoters {
                let (p, d, all) = (promoters as f64 + 0.75, detractors as f64 + 0.75, n as f64 + 3.0);
                let centre = (p - d) / all;
                let half = Z_95 * ((p + d) / all - centre * centre).sqrt() / all.sqrt();
                let value = (promoters as f64 - detractors as f64) / n as f64;
                assert!((value - centre).abs() <= half, "{promoters} {detractors} of {n}");
                let [low, high] = nps(promoters, n - promoters - detractors, detractors).interval.unwrap();
                assert!((low - (100.0 * (centre - half)).max(-100.0)).abs() < 1e-11);
                assert!((high - (100.0 * (centre + half)).min(100.0)).abs() < 1e-11);
            }
        }
    }
}

#[test]
fn zero_is_an_nps_answer_and_a_detractor() {
    let figure = &answers(Scale::Nps, &[(0, 1)])[0];
    assert_eq!((figure.value, figure.n), (Some(-100.0), 1));
}

#[test]
fn one_answer_has_a_mean_but_no_interval() {
    let figures = answers(Scale::Ces7, &[(6, 1)]);
    assert_eq!((figures[0].value, figures[0].interval, figures[0].too_few), (Some(6.0), None, true));
    assert!(figures[1].interval.is_some() && figures[1].too_few);
}

#[test]
fn equal_answers_have_a_mean_but_no_interval() {
    for (n, too_few) in [(5, true), (11, true), (12, false), (1000, false)] {
        let figure = &answers(Scale::Stars5, &[(5, n)])[0];
        assert_eq!((figure.value, figure.interval, figure.too_few), (Some(5.0), None, too_few), "{n}");
    }
}

#[test]
fn too_few_follows_the_documented_bounds() {
    // n >= z^2 Var / h^2 is 93 for 55/30/15 by plain Wald (research); adjusted Wald adds 3 and
    // has a little less variance. Scaled by 20ths: 80 answers are too few, 100 are enough.
    assert!(nps(44, 24, 12).too_few);
    assert!(!nps(55, 30, 15).too_few);
    // Half of n: half-width 10 points is met at z^2 / (4 h^2) - z^2 = 92.2 answers.
    assert!(share("a", WILSON, 46, 92).too_few);
    assert!(!share("a", WILSON, 47, 93).too_few);
    // Below five answers always; the cut at 100 does not make an interval narrow enough.
    assert!(nps(4, 0, 0).too_few);
    assert!(nps(22, 0, 0).too_few && 100.0 - nps(22, 0, 0).interval.unwrap()[0] < 30.0);
    // 4 4 4 4 5: half-width t(4) sqrt(0.2 / 5) = 0.555. With one 4 more it is 0.428.
    assert!(answers(Scale::Stars5, &[(4, 4), (5, 1)])[0].too_few);
    assert!(!answers(Scale::Stars5, &[(4, 5), (5, 1)])[0].too_few);
}

#[test]
fn every_possible_answer_counts_on_its_side() {
    for value in 0..=10 {
        let expected = if value >= 9 {
            100.0
        } else if value >= 7 {
            0.0
        } else {
            -100.0
        };
        assert_eq!(answers(Scale::Nps, &[(value, 3)])[0].value, Some(expected), "{value}");
    }
    for value in 1..=7 {
        let top = if value >= 6 { 100.0 } else { 0.0 };
        assert_eq!(answers(Scale::Csat7, &[(value, 2)])[0].value, Some(top), "{value}");
        let easy = if value >= 5 { 100.0 } else { 0.0 };
        assert_eq!(answers(Scale::Ces7, &[(value, 2)])[1].value, Some(easy), "{value}");
    }
    for value in 1..=5 {
        let top = if value >= 4 { 100.0 } else { 0.0 };
        assert_eq!(answers(Scale::Csat5, &[(value, 2)])[0].value, Some(top), "{value}");
    }
}

#[test]
fn a_refused_record_leaves_no_trace_but_its_place() {
    let mut rollup = Rollup::new();
    let bad = |record: ScoreRecord| ScoreRecord { language: Some("en".into()), ..record };
    for (record, field) in [
        (bad(rated(Scale::Nps, 11)), "rating.value"),
        (bad(rated(Scale::Stars5, 0)), "rating.value"),
        (ScoreRecord { score: Some(f64::NAN), ..bad(felt(SentimentLabel::Positive)) }, "score"),
        (ScoreRecord { score: Some(-1.5), ..bad(felt(SentimentLabel::Negative)) }, "score"),
        (ScoreRecord { index: Some(MAX_COUNT + 1), ..bad(felt(SentimentLabel::Negative)) }, "index"),
    ] {
        match rollup.add(&record) {
            Err(hearken::Error::Field { field: named, .. }) => assert_eq!(named, field),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(rollup.report(), Rollup::new().report());
    let mut good = said(0, SentimentLabel::Positive, 0.9, "The sixth row is the first good one.");
    good.index = None;
    rollup.add(&good).unwrap();
    let report = rollup.report();
    assert_eq!((report.records, report.telling.positive[0].index), (1, 5));
}

#[test]
fn meaningless_texts_count_as_records_and_ratings_only() {
    let mut record = said(3, SentimentLabel::Negative, -0.9, "not one word of this is meaningful");
    record.rating = Some(Rating { scale: Scale::Nps, value: 10 });
    record.meaningful = Some(false);
    let report = rollup([&record]).report();
    assert_eq!((report.records, report.texts, report.sentiment), (1, 0, SentimentCounts::default()));
    assert_eq!(report.ratings[0].value, Some(100.0));
    assert!(report.telling.negative.is_empty());
    assert_eq!(rollup([&ScoreRecord { meaningful: None, ..record }]).report().texts, 1);
}

#[test]
fn texts_need_a_word_of_proof() {
    let text = |text: &str| ScoreRecord { text: Some(text.into()), ..ScoreRecord::default() };
    let meaningful = ScoreRecord { meaningful: Some(true), ..ScoreRecord::default() };
    for (record, texts) in [(text("hi"), 1), (text(" \n"), 0), (ScoreRecord::default(), 0), (meaningful, 1)] {
        assert_eq!(rollup([&record]).report().texts, texts, "{record:?}");
    }
}

#[test]
fn merging_with_itself_for_ever_stops_at_a_safe_number() {
    let mut rollup = rollup([&rated(Scale::Nps, 9), &rated(Scale::Ces7, 7), &rated(Scale::Ces7, 1)]);
    for _ in 0..70 {
        rollup.merge(&rollup.clone());
    }
    let report = rollup.report();
    assert_eq!(report.records, MAX_COUNT);
    assert!(report.ratings.iter().all(|figure| figure.n <= MAX_COUNT && figure.value.unwrap().is_finite()));
    assert_eq!(report.ratings[1].value, Some(4.0));
}

// ---- Reading and shape ---------------------------------------------------------------------

#[test]
fn records_are_read_strictly_and_errors_repeat_no_text() {
    let read = |json: &str| ScoreRecord::from_value(serde_json::from_str(json).unwrap());
    assert_eq!(read("{}").unwrap(), ScoreRecord::default());
    let full = read(
        r#"{"index":4,"sentiment":"negative","score":-0.5,"language":"ko","channel":"ad_comment",
            "rating":{"scale":"csat7","value":2},"text":"x","meaningful":true}"#,
    );
    let full = full.unwrap();
    assert_eq!((full.index, full.channel, full.meaningful), (Some(4), Some(Channel::AdComment), Some(true)));
    assert_eq!(full.sentiment, Some(SentimentLabel::Negative));
    assert_eq!(read(r#"{"sentiment":null,"text":null}"#).unwrap(), ScoreRecord::default());
    assert!(read(r#"{"sentimnt":"negative"}"#).is_err());
    let error = read(r#"{"sentiment":"my secret words"}"#).unwrap_err().to_string();
    assert!(!error.contains("secret") && error.contains("sentiment"), "{error}");
}

#[test]
fn a_report_has_the_names_of_the_declarations() {
    let mut record = said(7, SentimentLabel::Positive, 0.75, "The delivery was quick and the box intact.");
    record.rating = Some(Rating { scale: Scale::Nps, value: 9 });
    record.language = Some("en".into());
    record.channel = Some(Channel::Review);
    let json = serde_json::to_value(rollup([&record]).report()).unwrap();
    let names = |value: &serde_json::Value| {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(names(&json), "channels engine languages netSentiment ratings records sentiment telling texts");
    assert_eq!(names(&json["ratings"][0]), "interval method metric n tooFew value");
    assert_eq!(names(&json["languages"][0]), "key n netSentiment ratings sentiment");
    assert_eq!(names(&json["sentiment"]), "negative neutral positive");
    assert_eq!(json["channels"][0]["key"], "review");
    assert_eq!(
        json["telling"]["positive"][0],
        serde_json::json!({
            "index": 7, "sentiment": "positive", "score": 0.75,
            "text": "The delivery was quick and the box intact."
        })
    );
}

// ---- Segments ------------------------------------------------------------------------------

#[test]
fn segments_are_sorted_and_codes_are_brought_to_their_primary_part() {
    let with = |channel, language: &str| ScoreRecord {
        channel,
        language: (language != "-").then(|| language.to_owned()),
        ..felt(SentimentLabel::Positive)
    };
    let report = rollup(&[
        with(Some(Channel::Review), "pt-BR"),
        with(Some(Channel::Review), "PT"),
        with(Some(Channel::Chat), "en_GB"),
        with(None, "-"),
        with(Some(Channel::Call), ""),
        with(Some(Channel::Call), "und"),
        with(Some(Channel::Call), "english"),
        with(Some(Channel::Call), "de"),
    ])
    .report();
    let keys = |segments: &[Segment]| segments.iter().map(|s| format!("{} {}", s.key, s.n)).collect::<Vec<_>>();
    assert_eq!(keys(&report.channels), ["call 4", "review 2", "chat 1", "other 1"]);
    assert_eq!(keys(&report.languages), ["pt 2", "de 1", "en 1", "other 1", "und 1"]);
    assert_eq!(report.languages[0].net_sentiment.value, Some(100.0));
    assert_eq!(report.channels.iter().map(|s| s.n).sum::<u64>(), report.records);
}

#[test]
fn languages_past_the_bound_are_summed_under_other() {
    let mut records = Vec::new();
    for first in b'a'..=b'j' {
        for second in b'a'..=b'z' {
            let language = Some(String::from_utf8(vec![first, second]).unwrap());
            records.push(ScoreRecord { language, ..rated(Scale::Nps, 10) });
        }
    }
    // The last code is the most frequent: it must be listed, whatever came first.
    records.extend([records[259].clone(), records[259].clone()]);
    let report = rollup(&records).report();
    assert_eq!(report.languages.len(), MAX_LANGUAGES + 1);
    assert_eq!((report.languages[0].key.as_str(), report.languages[0].n), ("other", 60));
    assert_eq!((report.languages[1].key.as_str(), report.languages[1].n), ("jz", 3));
    assert_eq!(report.languages[0].ratings[0].n, 60);
    assert_eq!(report.languages.iter().map(|s| s.n).sum::<u64>(), 262);
}

// ---- Telling comments ----------------------------------------------------------------------

#[test]
fn telling_comments_are_strong_readable_distinct_and_agree_with_their_label() {
    use SentimentLabel::{Negative, Neutral, Positive};
    let long = "word ".repeat(60);
    let report = rollup(&[
        said(0, Negative, -0.80, "The courier never came and nobody answered."),
        said(1, Negative, -0.95, "the courier NEVER came, and nobody answered!"),
        said(2, Negative, -0.99, "Awful."),
        said(3, Negative, -0.99, &long),
        said(4, Negative, -0.90, "배송이 너무 늦고 상담원도 불친절했어요"),
        said(5, Negative, 0.90, "A label and a score that do not agree."),
        said(6, Neutral, -0.97, "Neutral texts show neither of the sides."),
        said(7, Positive, 0.60, "  Friendly staff, and fast.  "),
        said(8, Positive, 0.70, "最高でした。"),
        said(9, Positive, 0.0, "A score of nothing at all says nothing."),
        ScoreRecord { score: None, ..said(10, Positive, 0.0, "Without a score there is no ranking.") },
    ])
    .report();
    let indexes = |side: &[Telling]| side.iter().map(|telling| telling.index).collect::<Vec<_>>();
    assert_eq!(indexes(&report.telling.negative), [1, 4]);
    assert_eq!(indexes(&report.telling.positive), [7]);
    assert_eq!(report.telling.positive[0].text, "  Friendly staff, and fast.  ");
}

#[test]
fn telling_comments_break_ties_by_index_then_text() {
    use SentimentLabel::Positive;
    let texts = ["delta is a word of text", "alpha is a word of text", "gamma is a word of text"];
    let report =
        rollup(&[said(2, Positive, 0.5, texts[0]), said(1, Positive, 0.5, texts[2]), said(1, Positive, 0.5, texts[1])])
            .report();
    let seen: Vec<&str> = report.telling.positive.iter().map(|telling| telling.text.as_str()).collect();
    assert_eq!(seen, [texts[1], texts[2], texts[0]]);
}

#[test]
fn huge_texts_are_neither_kept_nor_read_to_the_end() {
    let huge = " ".repeat(10 << 20) + "a telling comment after ten megabytes";
    let report = rollup([&said(0, SentimentLabel::Negative, -1.0, &huge)]).report();
    assert_eq!(report.texts, 1);
    assert!(report.telling.negative.is_empty());
}
