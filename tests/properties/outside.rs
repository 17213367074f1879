//! Messages and policies that may be anything.

use hearken::message::{Channel, Rating, Scale};
use hearken::privacy::{self, RedactOptions};
use hearken::span::Span;
use hearken::triage::{DEFAULT_POLICY_JSON, Policy, default_policy};
use hearken::{AnalyzeOptions, Message};
use proptest::prelude::*;

use super::common::{json, text};
use super::{analyze, cases, engine, in_order_and_apart, same_slices, with_sentences};

/// Fields of messages, and some that only policies have.
const KEYS: &[&str] = &[
    "text",
    "id",
    "channel",
    "source",
    "lang",
    "author",
    "handle",
    "email",
    "phone",
    "name",
    "customer",
    "thread",
    "inReplyTo",
    "sentAt",
    "rating",
    "scale",
    "value",
    "question",
    "parent",
    "nps",
    "stars5",
    "review",
    "other",
    "en",
];

/// Keys and labels of policies.
const POLICY_KEYS: &[&str] = &[
    "id",
    "version",
    "rules",
    "when",
    "then",
    "action",
    "queue",
    "priority",
    "respondWithinMinutes",
    "mode",
    "all",
    "any",
    "not",
    "sentiment",
    "acts",
    "pii",
    "rating",
    "channel",
    "language",
    "meaningful",
    "public",
    "truncated",
    "textContains",
    "negative",
    "question",
    "email",
    "low",
    "answer",
    "suggest",
    "min",
    "max",
];

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn any_text_is_survived(chars in prop::collection::vec(any::<char>(), 0..200), scale in prop::option::of((0..Scale::ALL.len(), 0..=10u8)), channel in 0..Channel::ALL.len()) {
        let text: String = chars.into_iter().collect();
        analyze(&text);
        let rating = scale.and_then(|(scale, value)| Rating::new(Scale::ALL[scale], value).ok());
        let message = Message { rating, channel: Channel::ALL[channel], ..Message::new(text.clone()) };
        let mut decision = engine().triage(&message, default_policy(), &with_sentences()).expect("a valid message");
        let redaction = privacy::redact(&text, &RedactOptions::default()).map(|redaction| redaction.text);
        prop_assert_eq!(decision.redacted.clone().ok_or(()), redaction.map_err(drop));
        let bytes: Vec<Vec<Span>> = decision.reasons.iter().map(|reason| reason.spans.clone()).collect();
        decision.to_utf16(&text);
        for (bytes, reason) in bytes.iter().zip(&decision.reasons) {
            in_order_and_apart(&text, bytes)?;
            same_slices(&text, bytes, &reason.spans)?;
        }
    }

    #[test]
    fn mixed_text_is_triaged_with_reasons_in_their_place(text in text(30)) {
        let message = Message::new(text.clone());
        let decision = engine().triage(&message, default_policy(), &AnalyzeOptions::default()).expect("a valid message");
        prop_assert!((1..=4).contains(&decision.priority) && !decision.reasons.is_empty());
        let mut utf16 = decision.clone();
        utf16.to_utf16(&text);
        for (bytes, utf16) in decision.reasons.iter().zip(&utf16.reasons) {
            in_order_and_apart(&text, &bytes.spans)?;
            same_slices(&text, &bytes.spans, &utf16.spans)?;
        }
    }

    #[test]
    fn any_json_is_read_as_a_message_or_refused_without_its_words(value in json(KEYS), with_text: bool) {
        let mut value = value;
        if let (true, Some(fields)) = (with_text, value.as_object_mut()) {
            fields.insert("text".into(), "the box was open".into());
        }
        match Message::from_value(value) {
            Ok(message) => {
                prop_assert!(message.check().is_ok());
                prop_assert!(engine().triage(&message, default_policy(), &AnalyzeOptions::default()).is_ok());
            }
            Err(error) => prop_assert_eq!(error.code(), "E_FIELD"),
        }
    }

    #[test]
    fn a_refused_message_never_repeats_a_value(place in prop::sample::select(KEYS), inner in prop::option::of(prop::sample::select(KEYS))) {
        let canary = serde_json::json!(["canary-7f3a"]);
        let value = match inner {
            Some(inner) => serde_json::json!({ inner: canary }),
            None => canary,
        };
        let mut message = serde_json::json!({ "text": "fine" });
        message[place] = value;
        if let Err(error) = Message::from_value(message) {
            prop_assert!(!error.to_string().contains("canary"), "{error}");
        }
    }

    #[test]
    fn any_policy_is_read_or_refused(value in json(POLICY_KEYS), noise in ".{0,60}") {
        prop_assert!(Policy::from_json(&noise).is_err() || !noise.is_empty());
        // As the whole policy, as its rules, as a condition and as what a rule decides.
        let then = serde_json::json!({ "action": "review", "queue": "q", "priority": 3 });
        let default = serde_json::json!({ "id": "rest", "then": then });
        for policy in [
            value.clone(),
            serde_json::json!({ "id": "p", "version": "1", "rules": value }),
            serde_json::json!({ "id": "p", "version": "1", "rules": [{ "id": "r", "when": value, "then": then }, default] }),
            serde_json::json!({ "id": "p", "version": "1", "rules": [{ "id": "r", "then": value }] }),
        ] {
            match Policy::from_json(&policy.to_string()) {
                Ok(policy) => prop_assert!(engine().triage(&Message::new("late again?"), &policy, &AnalyzeOptions::default()).is_ok()),
                Err(error) => prop_assert!(["E_POLICY", "E_JSON"].contains(&error.code()), "{error}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_damaged_policy_is_read_or_refused(at in 0.0..1.0f64, drop_bytes in 0..40usize, put in text(3)) {
        let start = DEFAULT_POLICY_JSON.floor_char_boundary((DEFAULT_POLICY_JSON.len() as f64 * at) as usize);
        let end = DEFAULT_POLICY_JSON.ceil_char_boundary((start + drop_bytes).min(DEFAULT_POLICY_JSON.len()));
        let damaged = [&DEFAULT_POLICY_JSON[..start], &put, &DEFAULT_POLICY_JSON[end..]].concat();
        if let Err(error) = Policy::from_json(&damaged) {
            prop_assert!(["E_POLICY", "E_JSON"].contains(&error.code()), "{error}");
        }
    }
}
