//! JSON and CSV by path, and streams.

use hearken::Error;
use hearken::privacy::{FieldRules, Redactor, Session, Stream, record_options};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parts(options: Value) -> (Redactor, FieldRules) {
    let (options, rules) = record_options(options).expect("options");
    (Redactor::new(options).expect("redactor"), rules)
}

fn json_of(options: Value, json: &str) -> String {
    let (redactor, rules) = parts(options);
    redactor.redact_json(json, &rules, &mut Session::new()).expect("redacts").text
}

fn csv_of(options: Value, csv: &str) -> String {
    let (redactor, rules) = parts(options);
    redactor.redact_csv(csv, ',', &rules, &mut Session::new()).expect("redacts").text
}

#[test]
fn json_is_redacted_by_the_names_of_its_fields_and_by_what_is_in_them() {
    let record = r#"{ "id": 7, "email":"n/a at work", "고객 전화번호" : 1055501234,
  "PESEL":"44051401359","score": 9.50, "ok":true, "none":null,
  "customer": {"name": {"first": "Jana", "last": "Kowalska"}, "city": "Kielce"},
  "phones": ["12", "34"], "comment": "Write to jane@example.com \"soon\" \u00e9", "score":10 }"#;
    let (redactor, rules) = parts(json!({}));
    let done = redactor.redact_json(record, &rules, &mut Session::new()).unwrap();
    assert_eq!(
        done.text,
        r#"{ "id": 7, "email":"[EMAIL]", "고객 전화번호" : "[PHONE]",
  "PESEL":"[NATIONAL_ID]","score": 9.50, "ok":true, "none":null,
  "customer": {"name": {"first": "[PERSON]", "last": "[PERSON]"}, "city": "Kielce"},
  "phones": ["[PHONE]", "[PHONE]"], "comment": "Write to [EMAIL] \"soon\" é", "score":10 }"#
    );
    assert_eq!(done.counts["person"], 2);
    let fields: Vec<String> =
        done.fields.iter().map(|one| format!("{} {} {} {}", one.path, one.kind, one.by, one.count)).collect();
    assert_eq!(
        fields,
        [
            "PESEL national_id name 1",
            "comment email text 1",
            "customer.name.first person name 1",
            "customer.name.last person name 1",
            "email email name 1",
            "phones.* phone name 2",
            "고객 전화번호 phone name 1",
        ]
    );
    let again = redactor.redact_json(&done.text, &rules, &mut Session::new()).unwrap();
    assert_eq!((again.text, again.counts.len()), (done.text, 0));
}

#[test]
fn rules_overrule_names() {
    let record =
        r#"{"email":"shop@example.com","ref":"AB12","items":[{"note":"x"},{"note":"jane@example.com"}],"a.b":"q"}"#;
    let options = json!({"fields": {"email": "keep", "ref": "national_id", "items.*.note": "scan", "a.b": "person"}});
    assert_eq!(
        json_of(options, record),
        r#"{"email":"shop@example.com","ref":"[NATIONAL_ID]","items":[{"note":"x"},{"note":"[EMAIL]"}],"a.b":"[PERSON]"}"#
    );
    // What is inside a field that is kept is kept; a key may hold personal data itself.
    assert_eq!(
        json_of(json!({"fields": {"raw": "keep"}}), r#"{"raw":{"email":"a@b.example"}}"#),
        r#"{"raw":{"email":"a@b.example"}}"#
    );
    assert_eq!(json_of(json!({}), r#"{"jane@example.com":1}"#), r#"{"[EMAIL]":"[EMAIL]"}"#);
    // A type that is not asked for is still read as text.
    assert_eq!(json_of(json!({"types": ["email"]}), r#"{"phone":"a@b.example 5"}"#), r#"{"phone":"[EMAIL] 5"}"#);
    let shown = json_of(json!({"mode": "mask"}), r#"{"phone":"010-1234-5678","pin":1234}"#);
    assert_eq!(shown, r#"{"phone":"***-****-5678","pin":"****"}"#);
    assert_eq!(json_of(json!({"mode": "mask"}), &shown), shown);
    assert_eq!(json_of(json!({"mode": "remove"}), r#"{"name":"Jana","x":4111111111111111}"#), r#"{"name":"","x":""}"#);
}

#[test]
fn csv_is_redacted_by_its_columns() {
    let csv = "\u{FEFF}id,E-Mail,이름,comment\r\n1,x,박지민,\"call \"\"me\"\", 010-1234-5678\"\r\n2,,, fine \r\n3,\"a\nb\",q,card 4111 1111 1111 1111,extra jane@example.com";
    assert_eq!(
        csv_of(json!({}), csv),
        "\u{FEFF}id,E-Mail,이름,comment\r\n1,[EMAIL],[PERSON],\"call \"\"me\"\", [PHONE]\"\r\n2,,, fine \r\n3,[EMAIL],[PERSON],card [CARD],extra [EMAIL]"
    );
    // A file without names of columns: the first row is read too.
    assert_eq!(csv_of(json!({}), "1,jane@example.com\n2,joe@example.com\n"), "1,[EMAIL]\n2,[EMAIL]\n");
    assert_eq!(csv_of(json!({"fields": {"email": "keep"}}), "email\na@b.example\n"), "email\na@b.example\n");
    assert_eq!(csv_of(json!({}), ""), "");
    let (redactor, rules) = parts(json!({}));
    let semicolons = redactor.redact_csv("name;x\nAnn;5", ';', &rules, &mut Session::new()).unwrap();
    assert_eq!((semicolons.text.as_str(), semicolons.fields[0].path.as_str()), ("name;x\n[PERSON];5", "name"));
    let refused = redactor.redact_csv("a\n\"canary", ',', &rules, &mut Session::new()).unwrap_err();
    assert!(refused.code() == "E_FIELD" && !refused.to_string().contains("canary"));
    assert_eq!(redactor.redact_csv("a", 'x', &rules, &mut Session::new()).unwrap_err().code(), "E_OPTION");
}

#[test]
fn broken_json_gives_no_text_and_its_place() {
    let (redactor, rules) = parts(json!({}));
    for (json, line, column) in [
        ("", 1, 1),
        ("{\"canary\":1", 1, 12),
        ("{\"a\":\n canary}", 2, 2),
        ("{\"a\":1} canary", 1, 9),
        ("[1,]", 1, 4),
        ("\"canary", 1, 1),
        ("{\"a\":\"\\ud800\"}", 1, 6),
        ("[01]", 1, 2),
        ("{1:2}", 1, 2),
    ] {
        match redactor.redact_json(json, &rules, &mut Session::new()).unwrap_err() {
            error @ Error::Json { .. } => {
                assert!(!error.to_string().contains("canary"));
                assert!(error.to_string().contains(&format!("line {line}, column {column}")), "{json}: {error}");
            }
            other => panic!("{json}: {other}"),
        }
    }
    let deep = "[".repeat(65) + &"]".repeat(65);
    assert_eq!(redactor.redact_json(&deep, &rules, &mut Session::new()).unwrap_err().code(), "E_JSON");
    let deepest = "[".repeat(64) + &"]".repeat(64);
    assert!(redactor.redact_json(&deepest, &rules, &mut Session::new()).is_ok());
    for options in [json!({"fields": 5}), json!({"fields": {"canary": "canary"}}), json!({"canary": 1})] {
        let error = record_options(options).unwrap_err();
        assert_eq!(error.code(), "E_OPTION");
        assert!(!error.to_string().contains("canary") || error.to_string().starts_with("option canary"), "{error}");
    }
}

/// Everything that serde_json reads is read, and means the same but for what was taken out.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("jane@example.com")),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,6}|email|name", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Found by the property below.
#[test]
fn a_value_with_stars_of_its_own_is_masked_whole() {
    let (redactor, rules) = parts(json!({"mode": "mask"}));
    let once = redactor.redact_json(r#"{"email":"abcde12345*"}"#, &rules, &mut Session::new()).unwrap();
    assert_eq!(once.text, r#"{"email":"***********"}"#);
    assert_eq!(redactor.redact_json(&once.text, &rules, &mut Session::new()).unwrap().text, once.text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn redacted_json_is_json_and_redacting_it_changes_nothing(value in any_json(), pretty in any::<bool>(), at in 0usize..3) {
        let json = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let (redactor, rules) = parts(json!({"mode": (["label", "mask", "numbered"][at])}));
        let once = redactor.redact_json(&json, &rules, &mut Session::new()).unwrap();
        prop_assert!(!once.text.contains("jane@example.com"));
        prop_assert!(serde_json::from_str::<Value>(&once.text).is_ok());
        if once.counts.is_empty() && !json.contains('@') {
            prop_assert_eq!(&once.text, &json);
        }
        let again = redactor.redact_json(&once.text, &rules, &mut Session::new()).unwrap();
        prop_assert_eq!(again.text, once.text);
    }
}

fn streamed(
    redactor: &Redactor,
    text: &str,
    mut cut: impl FnMut() -> usize,
) -> Result<(String, Vec<(String, usize)>), Error> {
    let mut session = Session::new();
    let mut stream = Stream::new(redactor);
    let (mut out, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        let at = rest.ceil_char_boundary(cut().min(rest.len()));
        out.push_str(&stream.push(&rest[..at], &mut session)?);
        rest = &rest[at..];
    }
    let (end, counts) = stream.finish(&mut session)?;
    Ok((out + &end, counts.into_iter().map(|(kind, count)| (kind.to_string(), count)).collect()))
}

/// Pieces of long texts: plain words, personal data, markup, CJK, digits in rows.
fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "The parcel came late and nobody answered the phone for days, so ",
        "ich habe zweimal angerufen. ",
        "정말 실망했어요. ",
        "本当に残念でした。",
        "bardzo dziękuję, ",
        "write to jane.doe@example.com ",
        "call 010-1234-5678 or +48 601 234 567, ",
        "card 4111 1111 1111 1111 ",
        "<b>bold</b> <a href=\"https://example.com/?token=abcdef12345\">here</a> ",
        "1 2 3 4 5 6 7 8 9 ",
        "\n",
        "\n\n",
        "IP 192.0.2.14. ",
        "DE89 3704 0044 0532 0130 00 ",
        "&amp; &lt;ok&gt; ",
        "\u{200B}",
        "jo\u{200B}hn@example.com ",
        "[EMAIL] ",
        "お電話は03-1234-5678まで。",
        "order #12345 ",
        "my name is Ann Miller and ",
        "😀 ",
        "phone ",
        "555-0100 ",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_stream_gives_what_the_whole_text_gives(pieces in proptest::collection::vec(piece(), 600..1600), seed in any::<u64>(), at in 0usize..4) {
        let text = pieces.concat();
        let (redactor, _) = parts(json!({"mode": (["label", "mask", "numbered", "remove"][at]), "maxTextBytes": 1_000_000}));
        let whole = redactor.redact(&text, &mut Session::new()).unwrap();
        let mut state = seed;
        let cut = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            1 + (state >> 33) as usize % [3, 700, 5000, 40_000][(state >> 61) as usize % 4]
        };
        let (out, counts) = streamed(&redactor, &text, cut).unwrap();
        prop_assert_eq!(out, whole.text);
        let expected: Vec<(String, usize)> = whole.counts.into_iter().map(|(kind, count)| (kind.to_string(), count)).collect();
        prop_assert_eq!(counts, expected);
    }
}

#[test]
fn a_stream_gives_text_while_it_comes_and_refuses_what_has_no_quiet_place() {
    let (redactor, _) = parts(json!({}));
    let mut session = Session::new();
    let mut stream = Stream::new(&redactor);
    let line = "a line of ordinary words with jane@example.com in it.\n";
    let mut given = 0;
    for _ in 0..2_000 {
        given += stream.push(line, &mut session).unwrap().len();
    }
    assert!(given > 2_000 * 40, "{given} bytes before the end");
    let (_, counts) = stream.finish(&mut session).unwrap();
    assert_eq!(counts["email"], 2_000);

    let mut stream = Stream::new(&redactor);
    let digits = "canary1".repeat(1_000);
    let mut refused = None;
    for _ in 0..40 {
        if let Err(error) = stream.push(&digits, &mut session) {
            refused.get_or_insert(error);
        }
    }
    let refused = refused.expect("is refused");
    assert_eq!(refused.code(), "E_TEXT_TOO_LARGE");
    assert!(!refused.to_string().contains("canary"));
    assert_eq!(stream.push("more words", &mut session).unwrap_err().code(), "E_FIELD");
    assert_eq!(stream.finish(&mut session).unwrap_err().code(), "E_FIELD");
}
