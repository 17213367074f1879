//! What scores are for, one test a promise:
//! places differ or do not, silos merge, blind spots show, nothing is made up where data is missing.

use hearken::analysis::SentimentLabel;
use hearken::message::{Channel, Rating, Scale};
use hearken::score::*;

use super::rollups::{Dice, any_record, options};

fn rated(scale: Scale, value: u8) -> ScoreRecord {
    ScoreRecord { rating: Some(Rating { scale, value }), ..ScoreRecord::default() }
}

fn felt(label: SentimentLabel) -> ScoreRecord {
    ScoreRecord { sentiment: Some(label), ..ScoreRecord::default() }
}

fn rollup(records: &[(ScoreRecord, usize)]) -> Rollup {
    let options = RollupOptions { keys: vec!["store".into(), "thread".into()], ..RollupOptions::default() };
    let mut rollup = Rollup::with_options(&options).unwrap();
    for (record, times) in records {
        (0..*times).for_each(|_| rollup.add(record).unwrap());
    }
    rollup
}

fn find<'f>(figures: &'f [Figure], metric: &str) -> &'f Figure {
    figures.iter().find(|figure| figure.metric == metric).unwrap_or_else(|| panic!("no {metric}"))
}

/// 40 ratings and no text: said so; what has too few answers is named.
#[test]
fn data_that_do_not_suffice_are_named() {
    let sufficiency = rollup(&[(rated(Scale::Nps, 9), 40), (rated(Scale::Ces7, 5), 3)]).sufficiency();
    assert!(sufficiency.gaps.contains(&"no_texts") && sufficiency.gaps.contains(&"no_answers_known"));
    assert!(!sufficiency.gaps.contains(&"no_ratings"));
    assert_eq!(sufficiency.disabled, [("ces7", 3), ("ces7_easy", 3)]);
    assert_eq!(sufficiency.with_text.value, Some(0.0));
    assert_eq!(Rollup::new().sufficiency().gaps[0], "no_records");
}

/// Two teams' rollups are one.
#[test]
fn silos_merge_to_what_one_pass_gives() {
    let mut dice = Dice(1);
    let records: Vec<ScoreRecord> = (0..400).map(|index| any_record(&mut dice, index)).collect();
    let mut parts = [(); 3].map(|()| Rollup::with_options(&options(50)).unwrap());
    for (at, record) in records.iter().enumerate() {
        parts[at % 2].add(record).unwrap();
        parts[2].add(record).unwrap();
    }
    let [a, b, whole] = parts;
    let (mut ab, mut ba) = (a.clone(), b.clone());
    ab.merge(&b);
    ba.merge(&a);
    assert!(ab == ba && ab == whole);
}

/// A channel nobody answers comes first, before it one that nobody watches.
#[test]
fn blind_spots_come_first() {
    let answered =
        |channel, answered| ScoreRecord { channel: Some(channel), answered: Some(answered), ..ScoreRecord::default() };
    let rollup = rollup(&[
        (answered(Channel::Email, true), 40),
        (answered(Channel::Email, false), 10),
        (answered(Channel::Chat, true), 5),
        (answered(Channel::Social, false), 8),
        (answered(Channel::Forum, true), 3),
    ]);
    let keys = |watched: Option<&[String]>| -> Vec<String> {
        rollup.coverage("channel", watched).unwrap().into_iter().map(|one| one.key).collect()
    };
    assert_eq!(keys(None), ["social", "email", "chat", "forum"]);
    let watched = ["email", "chat", "social"].map(str::to_owned);
    assert_eq!(keys(Some(&watched)), ["forum", "social", "email", "chat"]);
    assert_eq!(rollup.coverage("planet", None).unwrap_err().code(), "E_OPTION");
}

/// A thread under an advertisement with 50 comments and no answer is first.
#[test]
fn threads_nobody_looks_after_come_first() {
    let thread = |name: &str, answered| ScoreRecord {
        keys: [("thread".to_owned(), name.to_owned())].into(),
        channel: Some(Channel::AdComment),
        answered: Some(answered),
        ..ScoreRecord::default()
    };
    let rollup = rollup(&[(thread("spring", false), 50), (thread("autumn", false), 6), (thread("winter", true), 60)]);
    let list = rollup.coverage("key:thread", None).unwrap();
    assert_eq!((list[0].key.as_str(), list[0].n, list[0].answered.value), ("spring", 50, Some(0.0)));
}

/// Salad: 40 % want it when asked, 2 % ask for it.
#[test]
fn what_is_said_and_what_is_done_differ() {
    let gap = say_do_gap([160, 400], [20, 1_000]);
    assert_eq!(gap.value, Some(38.0));
    assert!(gap.interval.unwrap()[0] > 0.0 && gap.significant);
    let none = say_do_gap([4, 10], [0, 0]);
    assert_eq!((none.value, none.interval, none.significant), (None, None, false));
}

/// Two places with 30 answers each that hardly differ are not ranked; two that do are.
#[test]
fn places_are_ranked_only_where_they_differ() {
    let at = |store: &str, value| ScoreRecord {
        keys: [("store".to_owned(), store.to_owned())].into(),
        ..rated(Scale::Nps, value)
    };
    let alike =
        rollup(&[(at("harbour", 10), 16), (at("harbour", 5), 14), (at("station", 10), 14), (at("station", 5), 16)]);
    let table = alike.compare_segments("key:store", Metric::Nps).unwrap();
    assert_eq!(table.differences.len(), 2);
    assert!(table.differences.iter().all(|one| !one.significant && one.rank.is_none() && one.q.unwrap() > 0.05));
    let apart =
        rollup(&[(at("harbour", 10), 27), (at("harbour", 5), 3), (at("station", 10), 5), (at("station", 5), 25)]);
    let table = apart.compare_segments("key:store", Metric::Nps).unwrap();
    assert_eq!(table.differences[0].key, "harbour");
    assert!(table.differences.iter().all(|one| one.significant && one.rank.is_some()));
    // One person's store never is, whatever the answer.
    let mut lone = apart;
    lone.add(&at("kiosk", 0)).unwrap();
    let table = lone.compare_segments("key:store", Metric::Nps).unwrap();
    let kiosk = table.differences.iter().find(|one| one.key == "kiosk").unwrap();
    assert!(kiosk.too_few && kiosk.rank.is_none());
}

/// Which store got worse: only the one that did is found, the new one is listed without a value.
#[test]
fn segments_are_followed_from_period_to_period() {
    let at = |store: &str, value| ScoreRecord {
        keys: [("store".to_owned(), store.to_owned())].into(),
        ..rated(Scale::Csat5, value)
    };
    let before =
        rollup(&[(at("harbour", 5), 80), (at("harbour", 1), 20), (at("station", 5), 70), (at("station", 1), 30)]);
    let now = rollup(&[
        (at("harbour", 5), 40),
        (at("harbour", 1), 60),
        (at("station", 5), 72),
        (at("station", 1), 28),
        (at("airport", 5), 9),
    ]);
    let table = compare_by(&before, &now, "key:store", Metric::Csat5).unwrap();
    let rows: Vec<(&str, Option<f64>, bool)> =
        table.differences.iter().map(|one| (one.key.as_str(), one.value, one.significant)).collect();
    assert_eq!(rows, [("station", Some(2.0), false), ("harbour", Some(-40.0), true), ("airport", None, false)]);
    assert_eq!((table.tests, table.differences[1].rank), (2, Some(1)));
    assert_eq!(compare_by(&before, &now, "planet", Metric::Csat5).unwrap_err().code(), "E_OPTION");
}

/// Satisfaction, loyalty and advocacy are three things; what the organisation did is a fourth.
#[test]
fn outcomes_and_operations_are_never_mixed() {
    let of = |outcome| -> Vec<&str> {
        Metric::ALL.iter().filter(|metric| metric.outcome() == Some(outcome)).map(|metric| metric.slug()).collect()
    };
    assert_eq!(of(Outcome::Advocacy), ["nps", "recommending"]);
    assert_eq!(of(Outcome::Satisfaction), ["csat5", "csat7", "stars5"]);
    assert!(of(Outcome::Loyalty).contains(&"leaving") && !of(Outcome::Loyalty).contains(&"csat5"));
    let answered = ScoreRecord { answered: Some(true), invited: true, ..felt(SentimentLabel::Positive) };
    let summary = rollup(&[(answered, 20), (rated(Scale::Nps, 9), 20)]).summary(&SummaryOptions::default());
    let names = |figures: &[Figure]| figures.iter().map(|figure| figure.metric).collect::<Vec<_>>();
    assert_eq!(names(&summary.operational), ["response_rate", "answered"]);
    assert_eq!(names(&summary.solicited), ["nps"]);
    assert!(names(&summary.unsolicited).iter().all(|name| !["response_rate", "answered", "nps"].contains(name)));
}

/// Advocacy is what people would recommend when asked, and recommend unasked; how satisfied they are moves neither.
#[test]
fn advocacy_comes_from_nps_and_recommendations_never_from_csat() {
    let told = |yes, label| ScoreRecord { recommends: Some(yes), ..felt(label) };
    let records = [
        (rated(Scale::Nps, 10), 30),
        (rated(Scale::Nps, 3), 10),
        (told(true, SentimentLabel::Positive), 40),
        // Who advises against it may be pleased with the text's other half.
        (told(false, SentimentLabel::Positive), 10),
        (felt(SentimentLabel::Negative), 50),
    ];
    let advocacy = |csat: &[(ScoreRecord, usize)]| -> Vec<Figure> {
        let figures = rollup(&[&records, csat].concat()).summary(&SummaryOptions::default());
        let all = figures.solicited.into_iter().chain(figures.unsolicited);
        let of = |one: &Figure| Metric::from_slug(one.metric).unwrap().outcome() == Some(Outcome::Advocacy);
        all.filter(of).collect()
    };
    let figures = advocacy(&[]);
    let told: Vec<(&str, Option<f64>, u64)> = figures.iter().map(|one| (one.metric, one.value, one.n)).collect();
    assert_eq!(told, [("nps", Some(50.0), 40), ("recommending", Some(80.0), 50)]);
    let [low, high] = figures[1].interval.unwrap();
    // Wilson, 40 of 50.
    assert!((low - 66.9629).abs() < 1e-3 && (high - 88.7562).abs() < 1e-3, "{low} {high}");
    for csat in [1, 5] {
        assert_eq!(advocacy(&[(rated(Scale::Csat5, csat), 200)]), figures);
    }
}

/// Ten received, seven answered: 70 % with a Wilson interval, and the three that wait, the oldest first.
#[test]
fn unanswered_records_are_listed() {
    let mut rollup = Rollup::new();
    for index in 0..10u64 {
        let record = ScoreRecord {
            index: Some(index),
            answered: Some(![2, 5, 8].contains(&index)),
            sent_ms: (index != 5).then_some(9_000 - index as i64),
            ..ScoreRecord::default()
        };
        rollup.add(&record).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    let answered = find(&summary.operational, "answered");
    assert_eq!((answered.value, answered.n), (Some(70.0), 10));
    let [low, high] = answered.interval.unwrap();
    // Wilson, statsmodels 0.15.0.
    assert!((low - 39.67781).abs() < 1e-4 && (high - 89.22087).abs() < 1e-4, "{low} {high}");
    let waiting: Vec<(u64, Option<i64>)> = summary.unanswered.iter().map(|one| (one.index, one.sent_ms)).collect();
    assert_eq!(waiting, [(8, Some(8_992)), (2, Some(8_998)), (5, None)]);
}

/// A text that names two brands counts for both; the shares sum to 1.
#[test]
fn share_of_voice_counts_each_brand_of_a_text() {
    let named = |brands: &[&str]| ScoreRecord {
        brands: brands.iter().map(|brand| (*brand).to_owned()).collect(),
        ..ScoreRecord::default()
    };
    let rollup = rollup(&[
        (named(&["Norvik"]), 50),
        (named(&["Norvik", "Alpenrad"]), 10),
        (named(&["Alpenrad", "Alpenrad"]), 20),
        (named(&[]), 100),
    ]);
    let summary = rollup.summary(&SummaryOptions::default());
    let brands = summary.dimensions.iter().find(|dimension| dimension.name == "brand").unwrap();
    let shares: Vec<(&str, u64, f64)> =
        brands.segments.iter().map(|one| (one.key.as_str(), one.n, one.share.value.unwrap())).collect();
    assert_eq!(shares, [("Norvik", 60, 100.0 * 60.0 / 90.0), ("Alpenrad", 30, 100.0 * 30.0 / 90.0)]);
    assert!(brands.segments[0].share.method.contains("counts for both"));
}

/// Every segment leads to rows, or says that it is withheld.
#[test]
fn figures_lead_to_rows_or_are_withheld() {
    let mut rollup = Rollup::new();
    for index in 0..100u64 {
        let store = if index < 97 { "shop" } else { "kiosk" };
        let record = ScoreRecord {
            index: Some(index),
            source: Some(store.into()),
            // The kiosk's three records are one person's.
            person: Some(if index < 97 { format!("p{index}") } else { "p0".into() }),
            ..felt(SentimentLabel::Negative)
        };
        rollup.add(&record).unwrap();
    }
    let summary = rollup.summary(&SummaryOptions::default());
    let sources = summary.dimensions.iter().find(|dimension| dimension.name == "source").unwrap();
    let [shop, kiosk] = &sources.segments[..] else { panic!("{}", sources.segments.len()) };
    assert!(!shop.withheld && shop.rows.len() == 5 && shop.rows.iter().all(|row| *row < 97));
    assert!(
        summary.rows.len() == 5 && summary.rows.iter().all(|row| *row < 100),
        "what is told of all leads to rows too"
    );
    assert!(kiosk.withheld && kiosk.rows.is_empty() && kiosk.figures.is_empty());
    assert_eq!((kiosk.people, kiosk.n), (Some(1), 3));
}

/// The equation: solicited + unsolicited + acting. No answer caps the score; a missing part is named, not made up.
#[test]
fn the_cx_score_shows_its_parts_and_is_capped_without_answers() {
    let weights = CxWeights::default();
    let happy = [(rated(Scale::Nps, 10), 100), (felt(SentimentLabel::Positive), 100)];
    let answered = |answered, times| (ScoreRecord { answered: Some(answered), ..ScoreRecord::default() }, times);
    let full = rollup(&[&happy[..], &[answered(true, 50)]].concat()).cx_score(&weights).unwrap();
    assert_eq!((full.value, full.capped, full.missing.len()), (Some(100.0), false, 0));
    let silent = rollup(&[&happy[..], &[answered(false, 50)]].concat()).cx_score(&weights).unwrap();
    assert_eq!((silent.value, silent.cap, silent.capped), (Some(50.0), Some(50.0), true));
    assert!(silent.interval.unwrap()[1] < 54.0);
    assert_eq!(silent.parts.len(), 3);
    let unknown = rollup(&happy).cx_score(&weights).unwrap();
    assert_eq!((unknown.missing.as_slice(), unknown.cap), (&["acting"][..], None));
    assert_eq!((unknown.parts[0].weight, unknown.parts[1].weight, unknown.parts[2].points), (0.5, 0.5, None));
    let nothing = Rollup::new().cx_score(&weights).unwrap();
    assert_eq!((nothing.value, nothing.interval, nothing.missing.len(), nothing.too_few), (None, None, 3, true));
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let weights = CxWeights { unsolicited: bad, ..weights };
        assert_eq!(Rollup::new().cx_score(&weights).unwrap_err().code(), "E_OPTION");
    }
    let none = CxWeights { solicited: 0.0, unsolicited: 0.0, acting: 0.0 };
    assert_eq!(Rollup::new().cx_score(&none).unwrap_err().code(), "E_OPTION");
}

/// What moved the score sums to the change, cap included; what only one period has is named.
#[test]
fn what_moved_the_score_sums_to_the_change() {
    let answered = |answered, times| (ScoreRecord { answered: Some(answered), ..ScoreRecord::default() }, times);
    let before = rollup(&[
        (rated(Scale::Nps, 10), 60),
        (rated(Scale::Nps, 3), 40),
        (felt(SentimentLabel::Positive), 50),
        (felt(SentimentLabel::Negative), 50),
        answered(true, 30),
        answered(false, 70),
    ]);
    let now = rollup(&[
        (rated(Scale::Nps, 10), 90),
        (rated(Scale::Nps, 3), 10),
        (rated(Scale::Stars5, 4), 20),
        (felt(SentimentLabel::Positive), 80),
        (felt(SentimentLabel::Negative), 20),
        answered(true, 10),
        answered(false, 90),
    ]);
    let change = cx_change(&before, &now, &CxWeights::default()).unwrap();
    assert_eq!(change.not_compared, ["stars5"]);
    let sum: f64 = change.moves.iter().map(|one| one.points).sum();
    assert!((sum - change.value.unwrap()).abs() < 1e-9, "{sum} {:?}", change.value);
    assert!(change.now.capped && !change.before.capped && change.moves.iter().any(|one| one.metric == "cap"));
    let points = |metric: &str| change.moves.iter().find(|one| one.metric == metric).unwrap().points;
    assert!((points("nps") - 12.0).abs() < 1e-9 && (points("answered") + 4.0).abs() < 1e-9);
}

/// Kitagawa's parts by hand: email 50 of 100 at -20 becomes 20 of 100 at 10; chat stays at 40.
#[test]
fn segments_that_moved_net_sentiment_sum_to_the_change() {
    let said = |channel, label| ScoreRecord { channel: Some(channel), ..felt(label) };
    use SentimentLabel::{Negative, Positive};
    let (email, chat) = (Channel::Email, Channel::Chat);
    let before = rollup(&[
        (said(email, Positive), 20),
        (said(email, Negative), 30),
        (said(chat, Positive), 35),
        (said(chat, Negative), 15),
    ]);
    let now = rollup(&[
        (said(email, Positive), 11),
        (said(email, Negative), 9),
        (said(chat, Positive), 56),
        (said(chat, Negative), 24),
    ]);
    let moves = moved_by(&before, &now, "channel").unwrap();
    let sum: f64 = moves.iter().map(|one| one.mix + one.rate).sum();
    assert!((sum - 24.0).abs() < 1e-9, "{sum}");
    let of = |key: &str| moves.iter().find(|one| one.key == key).unwrap();
    assert!((of("email").rate - 0.35 * 30.0).abs() < 1e-9 && of("chat").rate.abs() < 1e-9);
    // Shares move by 0.3; the middle of all is 22.
    assert!(
        (of("email").mix - -0.3 * (-5.0 - 22.0)).abs() < 1e-9 && (of("chat").mix - 0.3 * (40.0 - 22.0)).abs() < 1e-9
    );
    assert_eq!(moved_by(&before, &now, "topic").unwrap_err().code(), "E_OPTION");
    assert_eq!(moved_by(&before, &now, "planet").unwrap_err().code(), "E_OPTION");
    assert!(moved_by(&Rollup::new(), &now, "channel").unwrap().is_empty());
}

/// 100 invited, 40 answered at NPS 50: between -40 and 80, whatever the silent ones think.
#[test]
fn those_who_do_not_answer_bound_the_score() {
    let invited = |value: Option<u8>| ScoreRecord {
        invited: true,
        rating: value.map(|value| Rating { scale: Scale::Nps, value }),
        ..ScoreRecord::default()
    };
    let summary = rollup(&[(invited(Some(10)), 30), (invited(Some(2)), 10), (invited(None), 60)])
        .summary(&SummaryOptions::default());
    assert_eq!(find(&summary.operational, "response_rate").value, Some(40.0));
    assert_eq!(find(&summary.non_response, "nps_at_worst").value, Some(-40.0));
    assert_eq!(find(&summary.non_response, "nps_at_best").value, Some(80.0));
}

/// A topic has the sentiment towards it, not that of the whole text.
#[test]
fn topics_have_their_own_sentiment() {
    let topic = |label: &str, sentiment| RecordTopic { label: label.into(), sentiment: Some(sentiment) };
    let both = ScoreRecord {
        topics: vec![topic("food", SentimentLabel::Positive), topic("wait", SentimentLabel::Negative)],
        ..felt(SentimentLabel::Neutral)
    };
    let both = rollup(&[(both, 30)]);
    let summary = both.summary(&SummaryOptions::default());
    let topics = summary.dimensions.iter().find(|dimension| dimension.name == "topic").unwrap();
    for (key, value) in [("food", 100.0), ("wait", -100.0)] {
        let segment = topics.segments.iter().find(|one| one.key == key).unwrap();
        assert_eq!(find(&segment.figures, "net_topic_sentiment").value, Some(value));
        assert_eq!((find(&segment.figures, "net_sentiment").value, segment.share.value), (Some(0.0), Some(100.0)));
    }
    let table = both.compare_segments("topic", Metric::NetTopicSentiment).unwrap();
    assert_eq!((table.differences[0].key.as_str(), table.differences[0].value), ("food", Some(200.0)));
}
