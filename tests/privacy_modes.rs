//! Modes, pseudonyms, vault, lists and detectors of the caller's own.

use std::sync::Arc;

use hearken::privacy::detectors::Code;
use hearken::privacy::{Detectors, Mode, RedactOptions, Redactor, Session, redact, restore};
use proptest::prelude::*;
use serde_json::{Value, json};

const KEY: &str = "000102030405060708090a0b0c0d0e0f";

fn redactor(options: Value) -> Redactor {
    Redactor::new(RedactOptions::from_value(options).expect("options")).expect("redactor")
}

fn once(options: Value, text: &str) -> String {
    redactor(options).redact(text, &mut Session::new()).expect("redacts").text
}

const TEXT: &str =
    "Mail jane.doe@example.com or JANE.DOE@example.com, not joe@example.com; card 4111 1111 1111 1111, IP 192.0.2.14.";

#[test]
fn every_mode_writes_values_its_own_way() {
    for (mode, written) in [
        ("label", "Mail [EMAIL] or [EMAIL], not [EMAIL]; card [CARD], IP [IP]."),
        (
            "mask",
            "Mail ****.***@******e.com or ****.***@******e.com, not ***@******e.com; card **** **** **** 1111, IP ***.*.*.**.",
        ),
        ("partial", "Mail j***@example.com or J***@example.com, not j***@example.com; card ***1111, IP 192.0.*.*."),
        ("numbered", "Mail [EMAIL_1] or [EMAIL_1], not [EMAIL_2]; card [CARD_1], IP [IP_1]."),
        ("remove", "Mail  or , not ; card , IP ."),
    ] {
        assert_eq!(once(json!({"mode": mode}), TEXT), written, "{mode}");
    }
    let keyed = once(json!({"mode": "keyed", "key": KEY}), TEXT);
    let tokens: Vec<&str> = keyed.split('[').skip(1).collect();
    assert_eq!(tokens.len(), 5);
    assert_eq!(tokens[0][..22], tokens[1][..22]);
    assert_ne!(tokens[0][..22], tokens[2][..22]);
    assert_eq!(keyed, once(json!({"mode": "keyed", "key": KEY}), TEXT));
    assert_ne!(keyed, once(json!({"mode": "keyed", "key": KEY.replace('0', "1")}), TEXT));
}

#[test]
fn each_type_may_have_a_mode_of_its_own() {
    let options = json!({"mode": "numbered", "modes": {"card": "mask", "ip": "remove"}});
    let text = once(options, TEXT);
    assert_eq!(text, "Mail [EMAIL_1] or [EMAIL_1], not [EMAIL_2]; card **** **** **** 1111, IP .");
}

#[test]
fn numbers_are_stable_in_a_session_and_the_vault_leads_back() {
    let redactor = redactor(json!({"mode": "numbered"}));
    let mut session = Session::with_vault();
    let first = redactor.redact("Write to joe@example.com", &mut session).unwrap();
    let second = redactor.redact("ann@example.com knows Joe@Example.com", &mut session).unwrap();
    assert_eq!((first.text.as_str(), second.text.as_str()), ("Write to [EMAIL_1]", "[EMAIL_2] knows [EMAIL_1]"));
    let vault = session.vault();
    assert_eq!(restore(&first.text, &vault), "Write to joe@example.com");
    assert_eq!(restore("Dear [EMAIL_2]: [EMAIL_3]", &vault), "Dear ann@example.com: [EMAIL_3]");
    // Neither the session nor the vault shows a value when it is logged.
    let logged = format!("{session:?} {vault:?} {redactor:?}");
    assert!(!logged.contains("example.com"), "{logged}");
    assert!(!serde_json::to_string(&second).unwrap().contains("joe@"));
}

#[test]
fn allowed_values_stay_and_denied_ones_go_however_they_are_typed() {
    let options = json!({"allow": ["+49 30 901820", "*@shop.example"], "deny": ["Project Falcon", "홍길동"]});
    let text = "Call +49-30-901820, mail Help@Shop.example or me@example.com about project\u{200B} falcon, 홍길동님.";
    assert_eq!(
        once(options.clone(), text),
        "Call +49-30-901820, mail Help@Shop.example or [EMAIL] about [DENIED], [DENIED]님."
    );
    let fullwidth = "ＰＲＯＪＥＣＴ＿ＦＡＬＣＯＮ";
    assert_eq!(once(options.clone(), fullwidth), "[DENIED]");
    // A denied phrase wins over an allowed value, and never matches inside a label.
    assert_eq!(once(json!({"allow": ["a@b.example"], "deny": ["a@b.example"]}), "a@b.example"), "[DENIED]");
    assert_eq!(once(json!({"deny": ["email"]}), "email: x@example.com"), "[DENIED]: [EMAIL]");
}

fn detectors() -> String {
    json!({"version": 1, "detectors": [
        {"id": "member_no", "label": "MEMBER", "shapes": ["M-######"], "context": ["member", "회원번호"], "within": 20,
         "examples": {"match": ["member M-123456"], "miss": ["part M-123456"]}},
        {"id": "locker", "shapes": ["####-####"], "checksum": "luhn"},
        {"id": "vip", "phrases": ["Count Orlok"]}
    ]})
    .to_string()
}

#[test]
fn detectors_of_the_caller_find_shapes_with_checks_and_context() {
    let read = Detectors::from_json(&detectors()).unwrap();
    let codes: Vec<(Code, String)> = read.lint().into_iter().map(|found| (found.code, found.path)).collect();
    assert_eq!(codes, [(Code::NoExample, "detectors[1]".to_string()), (Code::NoExample, "detectors[2]".to_string())]);
    let options = |mode: &str| json!({"mode": mode, "detectors": detectors(), "modes": {"locker": "mask"}});
    let text = "회원번호 m-123456; member M-654321, locker 1234-5674 not 1234-5675. count  ORLOK";
    let done = redactor(options("label")).redact(text, &mut Session::new()).unwrap();
    assert_eq!(done.text, "회원번호 [MEMBER]; member [MEMBER], locker ****-**** not 1234-5675. [VIP]");
    assert_eq!(done.counts["member_no"], 2);
    assert!(done.pii.iter().any(|one| one.kind == "locker" && one.validated));
    assert_eq!(once(options("numbered"), "member M-123456 / m-123456"), "member [MEMBER_1] / [MEMBER_1]");
    assert_eq!(
        once(options("label"), "the part M-123456 and far more text, then nothing"),
        "the part M-123456 and far more text, then nothing"
    );
}

#[test]
fn wrong_detectors_are_refused_at_their_place_without_their_words() {
    let one = |detector: Value| json!({"version": 1, "detectors": [detector]}).to_string();
    for (json, path) in [
        (one(json!({"id": "x", "phrases": ["canary"], "secret": 1})), "detectors[0].secret"),
        (one(json!({"id": "Email", "phrases": ["canary"]})), "detectors[0].id"),
        (one(json!({"id": "email", "phrases": ["canary"]})), "detectors[0].id"),
        (one(json!({"id": "x"})), "detectors[0]"),
        (one(json!({"id": "x", "shapes": ["canary{"]})), "detectors[0].shapes[0]"),
        (one(json!({"id": "x", "shapes": ["?"]})), "detectors[0].shapes[0]"),
        (one(json!({"id": "x", "phrases": ["..."]})), "detectors[0].phrases[0]"),
        (one(json!({"id": "x", "label": "A_1", "phrases": ["canary"]})), "detectors[0].label"),
        (one(json!({"id": "x", "shapes": ["####"], "checksum": "canary"})), "detectors[0].checksum"),
        (
            one(json!({"id": "x", "shapes": ["####"], "checksum": {"weights": [1.5], "modulus": 10}})),
            "detectors[0].checksum.weights[0]",
        ),
        (one(json!({"id": "x", "shapes": ["####"], "within": 0})), "detectors[0].within"),
        (
            json!({"version": 1, "detectors": [{"id": "x", "phrases": ["a"]}, {"id": "x", "phrases": ["b"]}]})
                .to_string(),
            "detectors[1].id",
        ),
    ] {
        match Detectors::from_json(&json).unwrap_err() {
            error @ hearken::Error::Detectors { .. } => {
                let text = error.to_string();
                assert!(text.contains(&format!("at {path}:")), "{text} but {path}");
                assert!(!text.contains("canary") || path.ends_with("checksum"), "{text}");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(Detectors::from_json("{").unwrap_err().code(), "E_JSON");
    let failing = json!({"version": 1, "detectors": [
        {"id": "x", "shapes": ["##"], "phrases": ["ab", "same"], "examples": {"match": ["none"], "miss": ["12"]}},
        {"id": "y", "phrases": ["same"], "context": ["near"], "examples": {"match": ["same"]}},
    ]});
    let found = Detectors::from_json(&failing.to_string()).unwrap().lint();
    let found: Vec<String> =
        found.into_iter().map(|one| format!("{} {:?} {}", one.severity, one.code, one.path)).collect();
    assert_eq!(
        found,
        [
            "warning Broad detectors[0].phrases[0]",
            "warning Broad detectors[0].shapes[0]",
            "error ExampleMissed detectors[0].examples.match[0]",
            "error ExampleMatched detectors[0].examples.miss[0]",
            "warning Shadowed detectors[1].phrases[0]",
            "warning Unused detectors[1].context",
        ]
    );
}

#[test]
fn refusals_name_the_option_and_no_value() {
    for (options, name) in [
        (json!({"mode": "canary"}), "mode"),
        (json!({"mode": "keyed"}), "key"),
        (json!({"modes": {"email": "keyed"}}), "key"),
        (json!({"key": "canary"}), "key"),
        (json!({"key": "00"}), "key"),
        (json!({"modes": {"canary": "label"}}), "modes"),
        (json!({"modes": {"email": "canary"}}), "modes.email"),
        (json!({"modes": "canary"}), "modes"),
        (json!({"allow": [5]}), "allow"),
        (json!({"deny": ["ok", "??"]}), "deny[1]"),
        (json!({"types": ["canary"]}), "types[0]"),
    ] {
        let error = RedactOptions::from_value(options).and_then(Redactor::new).unwrap_err();
        let text = error.to_string();
        assert_eq!(error.code(), "E_OPTION");
        assert!(text.starts_with(&format!("option {name}:")) && !text.contains("canary"), "{text}");
    }
}

/// Pieces of customer text with and without personal data.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "jane@example.com",
        "j***@example.com",
        "010-1234-5678",
        "+48 601 234 567",
        "4111 1111 1111 1111",
        "192.0.2.14",
        "DE89 3704 0044 0532 0130 00",
        "https://example.com/?token=abcdef123",
        "[EMAIL]",
        "[EMAIL_2]",
        "[PHONE:abcdefghijklmnop]",
        "[EMAIL_4111111]",
        "member M-123456",
        "Count Orlok",
        "project falcon",
        "card",
        "전화",
        "@",
        "<b>",
        "</b>",
        "&#64;",
        "\u{200B}",
        "****1234",
        "***",
        "お電話は03-1234-5678まで",
        ".",
        ",",
        "\n",
        "1234",
        "my name is Ann Smith",
        "ＪＡＮＥ",
    ];
    prop_oneof![8 => proptest::sample::select(fixed.to_vec()).prop_map(String::from), 2 => "\\PC{0,6}", 1 => "[0-9 -]{1,14}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn redacting_twice_changes_nothing_in_any_mode(pieces in proptest::collection::vec(piece(), 0..10), space in " ?", at in 0usize..6) {
        let text = pieces.join(&space);
        let mode = Mode::ALL[at];
        let options = json!({"mode": mode.slug(), "key": KEY, "detectors": detectors(), "deny": ["project falcon"]});
        let redactor = redactor(options);
        let mut session = Session::with_vault();
        let once = redactor.redact(&text, &mut session).expect("short text");
        let again = redactor.redact(&once.text, &mut Session::new()).expect("short text");
        prop_assert_eq!(&again.text, &once.text);
        prop_assert!(again.pii.is_empty());
        // What lies outside the spans is kept byte for byte, in order; inside nothing is left to find.
        let mut end = 0;
        let mut kept = String::new();
        for one in &once.pii {
            prop_assert!(one.span.start >= end && one.span.start < one.span.end);
            kept.push_str(&text[end..one.span.start]);
            end = one.span.end;
        }
        kept.push_str(&text[end..]);
        if mode == Mode::Remove {
            prop_assert_eq!(kept, once.text);
        } else if matches!(mode, Mode::Numbered | Mode::Keyed) {
            let values: Vec<String> = once.pii.iter().map(|one| text[one.span.start..one.span.end].to_string()).collect();
            for value in values {
                prop_assert!(session.vault().iter().any(|entry| entry.value == value || !entry.value.is_empty()));
            }
        }
    }
}

#[test]
fn numbered_texts_keep_who_is_who() {
    let options = RedactOptions {
        mode: Mode::Numbered,
        detectors: Some(Arc::new(Detectors::from_json(&detectors()).unwrap())),
        ..Default::default()
    };
    let text = "a@example.com b@example.com a@example.com b@example.com c@example.com";
    assert_eq!(redact(text, &options).unwrap().text, "[EMAIL_1] [EMAIL_2] [EMAIL_1] [EMAIL_2] [EMAIL_3]");
}
