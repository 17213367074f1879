//! Cases, clocks, pauses, returns and channels: the acceptance tests of the concepts, and bad input.

#[path = "cases/channels.rs"]
mod channels;
#[path = "cases/clock.rs"]
mod clock;
#[path = "cases/grouping.rs"]
mod grouping;
#[path = "cases/pause.rs"]
mod pause;
#[path = "cases/returns.rs"]
mod returns;
#[path = "cases/steps.rs"]
mod steps;

use hearken::Error;
use serde_json::Value;

/// The field an error names; values of the caller must not be in it.
fn field<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result.unwrap_err() {
        Error::Field { field, what } => {
            assert!(!what.contains("secret"), "{what}");
            field
        }
        other => panic!("{other:?}"),
    }
}

/// A result as JavaScript gets it.
fn json(result: impl serde::Serialize) -> Value {
    serde_json::to_value(result).unwrap()
}

/// Every question has an answer by name, and what cannot be asked is refused by the name of the argument.
#[test]
fn questions_are_asked_by_name() {
    use hearken::triage::ask;
    use serde_json::json;
    for (question, input, path) in [
        ("cases", json!({"messages": [{"id": "1", "sentAt": 0}]}), "/cases/0/id"),
        ("nextSteps", json!({"intent": "billing"}), "/next/0"),
        ("deadline", json!({"sentAt": 0, "now": 0}), "/deadlineMs"),
        (
            "hours",
            json!({"now": 0, "sentAt": 0, "calendar": {"zone": {"offsetMinutes": 0}, "days": vec![json!([[0, 1440]]); 7]}}),
            "/waitedMinutes",
        ),
        ("pauses", json!({"pauses": [{"id": "p", "reason": "r", "from": 0}], "now": 1}), "/active/0"),
        (
            "recommendPauses",
            json!({"alerts": [{"id": "a", "kind": "safety", "level": "critical", "at": 0}], "now": 1}),
            "/0/alert",
        ),
        ("compliance", json!({"log": [{"id": "1"}]}), "/share"),
        ("returns", json!({"available": {"object": "x"}, "now": 0}), "/wishes"),
        ("platform", json!({"slug": "line"}), "/class"),
        ("platform", json!({"url": "https://line.me/x"}), "/slug"),
        ("platforms", json!(null), "/40/reply/minutes"),
    ] {
        assert!(ask(question, input).unwrap().pointer(path).is_some_and(|found| !found.is_null()), "{question}");
    }
    assert_eq!(field(ask("secret", json!({}))), "question");
    assert_eq!(field(ask("cases", json!("secret"))), "input");
    assert_eq!(field(ask("platform", json!({}))), "slug");
    assert_eq!(field(ask("platform", json!({"url": 7}))), "url");
}
