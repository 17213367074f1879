//! What queries find, refuse and print.

use proptest::prelude::*;

use super::*;
use crate::Error;
use crate::message::{Rating, Scale};
use crate::time::parse_date;

fn query(text: &str) -> Query {
    Query::parse(text, &Vocabulary::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused(text: &str) -> (usize, usize, String) {
    match Query::parse(text, &Vocabulary::default()).unwrap_err() {
        Error::Query { at, end, what } => (at, end, what),
        other => panic!("{text}: {other}"),
    }
}

/// The words that made `text` match; `None` when it does not.
fn marked<'t>(asked: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let spans = query(asked).find(&Row::new(text))?;
    Some(spans.into_iter().map(|span| span.slice(text).unwrap()).collect())
}

fn finds(asked: &str, text: &str) -> bool {
    query(asked).matches(&Row::new(text))
}

#[test]
fn words_are_whole_and_case_does_not_matter() {
    assert_eq!(marked("refund", "Where is my REFUND? refunds"), Some(vec!["REFUND"]));
    assert!(!finds("refund", "refunded"));
    assert!(finds("été", "L'Été dernier"));
    assert!(finds("example", "anna@example.com"));
}

#[test]
fn wildcards_stand_at_the_ends_of_a_word() {
    assert_eq!(marked("deliver*", "Delivery was delivered, redelivery"), Some(vec!["Delivery", "delivered"]));
    assert_eq!(marked("*kosten", "Versandkosten sind Kosten"), Some(vec!["Versandkosten", "Kosten"]));
    assert_eq!(marked("*liefer*", "Die Auslieferung"), Some(vec!["Auslieferung"]));
    assert_eq!(marked("\"late deliver*\"", "A late   DELIVERY."), Some(vec!["late   DELIVERY"]));
    assert_eq!(refused("del*ry").0, 0);
    assert_eq!(refused("late *"), (5, 6, "letters or digits are expected".into()));
}

#[test]
fn scripts_without_spaces_and_korean_match_inside() {
    assert_eq!(marked("配送", "昨日の配送が遅い"), Some(vec!["配送"]));
    assert_eq!(marked("배송", "빠른배송은 좋아요"), Some(vec!["배송"]));
    assert_eq!(marked("\"배송 지연\"", "또 배송이 지연됐어요"), Some(vec!["배송이 지연"]));
    assert_eq!(marked("\"配送 遅れ\"", "配送遅れ"), Some(vec!["配送遅れ"]));
    assert_eq!(marked("iPhoneケース", "新しいiPhoneケースです"), Some(vec!["iPhoneケース"]));
    assert!(!finds("\"配送 遅れ\"", "配送の遅れ"));
}

#[test]
fn phrases_follow_one_another() {
    assert_eq!(marked("\"late delivery\"", "Late-delivery, delivery late"), Some(vec!["Late-delivery"]));
    assert_eq!(marked("“gift card”", "my gift card"), Some(vec!["gift card"]));
    assert_eq!(marked("e-mail", "no e-mail came"), Some(vec!["e-mail"]));
    assert!(finds(r#""say \"no\"""#, "they say no"));
}

#[test]
fn near_counts_words_in_any_order() {
    let text = "the parcel from your shop was again late";
    assert!(finds("late NEAR/6 parcel", text));
    assert!(!finds("late NEAR/5 parcel", text));
    assert!(finds("parcel NEAR late", text));
    assert!(finds("parcel NEAR/1 the", text));
    assert!(!finds("parcel NEAR parcel", text));
    assert!(finds("(box OR parcel) NEAR/6 (late OR \"too slow\")", text));
    // Each is near to the one before it, and only whole chains are marked.
    let text = "late one two parcel three courier but later a parcel";
    assert_eq!(marked("late NEAR/3 parcel NEAR/2 courier", text), Some(vec!["late", "parcel", "courier"]));
    assert!(!finds("late NEAR/2 parcel NEAR/2 courier", text));
    assert!(finds("配送 NEAR/5 遅い", "配送がとても遅い"));
    assert_eq!(refused("a NEAR/0 b"), (7, 8, "NEAR/ takes a number of words from 1 to 100".into()));
    assert_eq!(refused("a NEAR (b AND c)").0, 7);
}

#[test]
fn logic_binds_not_and_or() {
    for (asked, rows) in [
        ("a b OR c", [true, true, false]),
        ("a (b OR c)", [true, false, false]),
        ("NOT a", [false, true, false]),
        ("NOT a AND c OR d", [false, true, true]),
        ("NOT (a OR c)", [false, false, false]),
        ("a NOT b", [false, false, true]),
    ] {
        assert_eq!(["a b", "c", "a d"].map(|text| finds(asked, text)), rows, "{asked}");
    }
    assert!(finds("\"NOT\"", "not now"));
    assert_eq!(marked("late OR (a b) NOT on", "late a"), Some(vec!["late"]));
    assert_eq!(marked("NOT late", "on time"), Some(vec![]));
}

#[test]
fn fields_are_tested() {
    let row = Row {
        text: "Parcel came late".into(),
        labels: vec![
            (Field::Sentiment, "negative".into()),
            (Field::Act, "complaint".into()),
            (Field::Lang, "en".into()),
            (Field::Source, "Corner Shop".into()),
            (Field::Has, "pii".into()),
            (Field::Meaningful, "yes".into()),
        ],
        topics: vec![RowTopic {
            label: "delivery_speed".into(),
            parent: Some("delivery".into()),
            sentiment: Some("negative".into()),
        }],
        rating: Some(Rating::new(Scale::Nps, 2).unwrap()),
        time_ms: parse_date("2026-01-15"),
    };
    for (asked, holds) in [
        ("sentiment:negative", true),
        ("sentiment = negative", true),
        ("sentiment:positive,negative", true),
        ("sentiment:positive", false),
        ("Act:complaint", false),
        ("act:COMPLAINT", true),
        ("lang:en", true),
        ("source:\"corner shop\"", true),
        ("topic:delivery_speed", true),
        ("topic:delivery", true),
        ("topic:delivery.negative", true),
        ("topic:delivery.positive", false),
        ("has:topic has:rating has:date has:pii", true),
        ("has:email", false),
        ("rating<=2", true),
        ("rating <= 2", true),
        ("rating<2", false),
        ("rating>=3", false),
        ("rating:1..3", true),
        ("rating:0,2", true),
        ("rating:low", true),
        ("scale:nps", true),
        ("scale:stars5", false),
        ("after:2026-01-15", true),
        ("before:2026-01-15", false),
        ("after:2026-01-01 before:2026-02-01 late", true),
        ("meaningful:yes", true),
    ] {
        match Query::parse(asked, &Vocabulary::default()) {
            Ok(query) => assert_eq!(query.matches(&row), holds, "{asked}"),
            Err(error) => assert!(!holds, "{asked}: {error}"),
        }
    }
    let bare = Row::new("x");
    for asked in ["rating<=2", "after:2020-01-01", "before:2030-01-01", "lang:en", "meaningful:no"] {
        assert!(!query(asked).matches(&bare), "{asked}");
    }
}

#[test]
fn an_analysed_message_is_a_row() {
    let engine = crate::Engine::new().unwrap();
    let text = "Terrible, my parcel arrived broken and late, I am so angry! The staff was lovely though. Mail me: anna@example.com. \
        I called five times and waited two hours on hold. I wish there was a parcel locker. Never again, I am cancelling my account.";
    let analysis = engine.analyze(text, &crate::AnalyzeOptions::default()).unwrap();
    let message: crate::Message =
        serde_json::from_str(r#"{"text":"","channel":"review","sentAt":"2026-03-01","id":"A1"}"#).unwrap();
    let row = Row::new(text).with_analysis(&analysis).with_message(&message);
    let vocabulary = engine.vocabulary(Vec::new());
    for asked in [
        "topic:delivery",
        "topic:delivery.negative",
        "topic:staff.positive",
        "has:topic",
        "urgency:normal",
        "churn:yes",
        "churn:never_again",
        "effort:high",
        "wish:yes",
        "journey:leaving",
        "act:complaint",
        "lang:en",
        "has:email",
        "channel:review",
        "after:2026-03-01",
        "id:a1",
    ] {
        assert!(Query::parse(asked, &vocabulary).unwrap().matches(&row), "{asked}");
    }
    for asked in ["topic:delivery.positive", "churn:no", "wish:no", "effort:easy", "journey:none"] {
        assert!(!Query::parse(asked, &vocabulary).unwrap().matches(&row), "{asked}");
    }
    let error = Query::parse("lang:klingon", &vocabulary).unwrap_err();
    assert!(error.to_string().contains("pl"));
}

#[test]
fn errors_name_place_and_expectation_and_no_word() {
    for (text, at, end) in [
        ("", 0, 0),
        ("   ", 3, 3),
        ("secret AND", 10, 10),
        ("(secret", 0, 1),
        ("secret)", 6, 7),
        ("secret OR OR b", 10, 12),
        ("\"secret", 0, 7),
        ("secret:x", 0, 6),
        ("sentiment:secret", 10, 16),
        ("sentiment:", 10, 10),
        ("sentiment<secret", 9, 10),
        ("rating:secret", 7, 13),
        ("rating:11", 7, 9),
        ("rating:3..1", 7, 11),
        ("rating<0", 7, 8),
        ("rating>10", 7, 9),
        ("rating<1,2", 0, 10),
        ("after:secret", 6, 12),
        ("after:2026-02-30", 6, 16),
        ("日本 secret:x", 7, 13),
        ("NEAR secret", 0, 4),
    ] {
        let (from, to, what) = refused(text);
        assert_eq!((from, to), (at, end), "{text}: {what}");
        assert!(!what.contains("secret"), "{what}");
    }
    let vocabulary = Vocabulary { topics: vec!["delivery".into()], ..Vocabulary::default() };
    let error = Query::parse("topic:secret.negative", &vocabulary).unwrap_err();
    assert!(error.to_string().contains("delivery") && !error.to_string().contains("secret"), "{error}");
    assert!(Query::parse("topic:delivery.mixed", &vocabulary).is_ok());
}

#[test]
fn length_depth_and_terms_have_limits() {
    assert_eq!(refused(&"a".repeat(5_000)).0, crate::limits::MAX_QUERY_BYTES);
    assert!(refused(&"(".repeat(4_000)).2.contains("deep"));
    assert!(refused(&"NOT ".repeat(1_000)).2.contains("deep"));
    assert!(refused(&"a ".repeat(300)).2.contains("at most 256"));
    query(&format!("{}a{}", "(".repeat(32), ")".repeat(32)));
}

#[test]
fn what_is_tested_is_known() {
    let query = query("late sentiment:negative (rating<=2 OR topic:x) NOT after:2026-01-01");
    assert_eq!(query.fields(), [Field::Sentiment, Field::Topic, Field::Rating, Field::After]);
    assert!(query.reads_text());
    assert!(!self::query("lang:en").reads_text());
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let asked = query("\"aa aa ab\" OR (a* NEAR/100 b NEAR/100 c) OR ああい OR \"ああ ああう\"");
    let time = |n: usize, runs: usize| {
        let text = "aa ".repeat(n) + &"あ".repeat(n);
        let row = Row::new(&text);
        let start = std::time::Instant::now();
        for _ in 0..runs {
            assert!(!asked.matches(&row));
        }
        start.elapsed().as_secs_f64()
    };
    // As much text both times, in ten pieces and in one: a busy machine slows both alike.
    assert!((0..5).any(|_| time(40_000, 1) < time(4_000, 10) * 3.0));
}

/// Pieces that queries are made of, and what is none.
fn query_like() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("AND".to_owned()),
        Just("OR".to_owned()),
        Just("NOT".to_owned()),
        Just("NEAR/3".to_owned()),
        Just("\"late delivery\"".to_owned()),
        Just("deliver*".to_owned()),
        Just("배송".to_owned()),
        Just("sentiment:negative".to_owned()),
        Just("topic:a.negative,b".to_owned()),
        Just("rating <= 2".to_owned()),
        Just("source:\"a, \\\"b\",c".to_owned()),
        Just("after:2026-01-01T10:00Z".to_owned()),
        "[a-zé*\"=:<(,あ가 ]{0,6}",
        "\\PC{0,4}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place(text in prop_oneof![query_like(), "\\PC{0,40}", any::<String>()]) {
        match Query::parse(&text, &Vocabulary::default()) {
            Ok(query) => {
                let printed = query.to_string();
                let again = Query::parse(&printed, &Vocabulary::default());
                prop_assert_eq!(Ok(query), again, "{}", printed);
            }
            Err(Error::Query { at, end, .. }) => {
                prop_assert!(at <= end && text.get(at..end).is_some(), "{}..{}", at, end);
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn highlights_lie_in_the_text_in_order(asked in query_like(), text in "[a-z가あ<&;é *\"]{0,60}|\\PC{0,40}") {
        if let Ok(query) = Query::parse(&asked, &Vocabulary::default()) {
            let row = Row::new(&text);
            let spans = query.find(&row);
            prop_assert_eq!(spans.is_some(), query.matches(&row));
            let mut last = 0;
            for span in spans.unwrap_or_default() {
                prop_assert!(span.start >= last && span.slice(&text).is_some());
                last = span.end;
            }
        }
    }

    /// NEAR against the obvious way: every pair of words.
    #[test]
    fn near_agrees_with_trying_every_pair(text in "[abc]( [abc]){0,20}", within in 1usize..6) {
        let words: Vec<&str> = text.split(' ').collect();
        let mut expected = false;
        for (i, one) in words.iter().enumerate() {
            for (j, other) in words.iter().enumerate() {
                expected |= *one == "a" && *other == "b" && i.abs_diff(j) <= within;
            }
        }
        prop_assert_eq!(finds(&format!("a NEAR/{within} b"), &text), expected);
    }
}
