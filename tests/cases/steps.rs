use hearken::triage::cases::guidance_of_value;
use serde_json::{Value, json};

use crate::{field, json as out};

fn states(guidance: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let steps = guidance["steps"].as_array().unwrap().iter();
    steps.map(|step| format!("{} {}", text(&step["id"]), text(&step["state"]))).collect()
}

/// Concept 65: a refund needs identity, order number, policy, then the act; what is known is not asked again.
#[test]
fn c65_guided_steps_skip_what_is_known() {
    let first = out(guidance_of_value(json!({"intent": "refund_return"})).unwrap());
    assert_eq!(
        states(&first),
        ["identity ready", "order blocked", "reason blocked", "policy blocked", "act blocked", "confirm blocked"]
    );
    assert_eq!((&first["next"], &first["steps"][0]["asks"]), (&json!(["identity"]), &json!(["customer"])));

    let known = json!({"intent": "refund_return", "known": ["customer", "order_number"]});
    let known = out(guidance_of_value(known).unwrap());
    assert_eq!(
        states(&known),
        ["identity skipped", "order skipped", "reason ready", "policy blocked", "act blocked", "confirm blocked"]
    );
    assert_eq!(known["steps"][3]["waitsFor"], json!(["reason"]));

    let late = json!({"intent": "refund_return", "known": ["customer", "order_number", "reason"], "done": ["policy"]});
    assert_eq!(out(guidance_of_value(late).unwrap())["next"], json!(["act"]));
    let over = json!({"intent": "feedback", "done": ["thank", "record"]});
    assert_eq!(out(guidance_of_value(over).unwrap())["complete"], true);
}

#[test]
fn own_steps_and_their_faults() {
    let own = json!({"workflow": [
        {"id": "ship", "after": ["pay"]},
        {"id": "pay", "data": ["card", "address"]},
    ], "known": ["card"]});
    let guidance = out(guidance_of_value(own).unwrap());
    assert_eq!((&guidance["next"], &guidance["steps"][1]["asks"]), (&json!(["pay"]), &json!(["address"])));
    for (bad, name) in [
        (json!({"workflow": [{"id": "a"}, {"id": "a"}]}), "workflow[1].id"),
        (json!({"workflow": [{"id": "a", "after": ["secret"]}]}), "workflow[0].after[0]"),
        (
            json!({"workflow": [{"id": "x"}, {"id": "a", "after": ["b"]}, {"id": "b", "after": ["a"]}]}),
            "workflow[1].after",
        ),
        (json!({"workflow": [{"id": "a", "after": ["a"]}]}), "workflow[0].after"),
        (json!({"workflow": [{"id": "a", "when": "secret"}]}), "workflow[0].when"),
        (json!({"workflow": "secret"}), "workflow"),
        (json!({"workflow": vec![json!({"id": "a"}); 101]}), "workflow"),
        (json!({"workflow": [], "intent": "billing"}), "workflow"),
        (json!({"intent": "billing", "done": ["identity", "secret"]}), "done[1]"),
    ] {
        assert_eq!(field(guidance_of_value(bad)), name);
    }
}
