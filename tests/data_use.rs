//! Data use: concepts of origin, purpose, consent and need, and a ledger without values.

use hearken::privacy::data_use::{FormField, Inventory, Ledger, Use};
use hearken::privacy::{PiiType, Redactor, Session, classify_field};
use serde_json::{Value, json};

const NOW: f64 = 1_700_000_000_000.0;

fn inventory() -> Inventory {
    Inventory::from_json(
        &json!({"version": 1, "id": "shop", "fields": [
            {"field": "phone", "origin": "checkout form", "purposes": ["delivery"], "outcome": "the parcel arrives",
             "insight": "none", "destinations": ["courier"]},
            {"field": "email", "origin": "sign-up", "purposes": ["newsletter", "delivery"], "outcome": "customers return",
             "insight": "what is read", "destinations": ["mailer"], "consent": true},
            {"field": "handle", "purposes": ["support"], "outcome": "answered", "insight": "topics", "destinations": ["desk"]},
            {"field": "nps", "origin": "survey", "purposes": ["improve"], "outcome": "fewer complaints",
             "insight": "drivers", "destinations": ["warehouse"]}
        ], "policy": {"purpose": "refuse", "destination": "redact", "record": "refuse", "consent": "redact", "origin": "refuse"}})
        .to_string(),
    )
    .expect("inventory")
}

fn usage(purpose: &str, destination: &str, consent: Value) -> Use {
    Use::from_value(json!({"purpose": purpose, "destination": destination, "nowMs": NOW, "consent": consent}))
        .expect("use")
}

fn one(field: &str, usage: &Use) -> Value {
    serde_json::to_value(&inventory().check(&[field.to_string()], usage)[0]).unwrap()
}

#[test]
fn concept_10_fields_have_a_type_and_a_reason_or_are_asked_about() {
    for (name, sample, class, reason) in [
        ("email", None, Some("identity"), "name"),
        ("age", None, Some("descriptive"), "name"),
        ("NPS", None, Some("attitudinal"), "name"),
        ("clicks", None, Some("behavioural"), "name"),
        ("만족도", None, Some("attitudinal"), "name"),
        ("x17", Some("jane@example.com"), Some("identity"), "sample"),
        ("x17", Some("blue"), None, "unknown"),
        ("x17", None, None, "unknown"),
    ] {
        let found = classify_field(name, sample);
        assert_eq!((found.class.map(|class| class.slug()), found.reason), (class, reason), "{name}");
    }
    assert_eq!(classify_field("x17", Some("jane@example.com")).kind, Some(PiiType::Email));
}

#[test]
fn concept_11_a_use_outside_the_declared_cycle_names_the_step() {
    let marketing = one("phone", &usage("marketing", "courier", json!([])));
    assert_eq!((&marketing["verdict"], &marketing["missing"]), (&json!("refuse"), &json!("purpose")));
    assert_eq!(marketing["rule"], "fields[0].purposes");
    let delivery = one("phone", &usage("delivery", "courier", json!([])));
    assert_eq!((&delivery["verdict"], &delivery["missing"]), (&json!("allowed"), &Value::Null));
    let origin = one("handle", &usage("support", "desk", json!([])));
    assert_eq!((&origin["verdict"], &origin["missing"]), (&json!("refuse"), &json!("origin")));
    let elsewhere = one("nps", &usage("improve", "broker", json!([])));
    assert_eq!((&elsewhere["verdict"], &elsewhere["missing"]), (&json!("redact"), &json!("destination")));
    let unknown = one("shoe size", &usage("improve", "warehouse", json!([])));
    assert_eq!(
        (&unknown["verdict"], &unknown["missing"], &unknown["type"]),
        (&json!("refuse"), &json!("record"), &Value::Null)
    );
}

#[test]
fn concept_12_consent_counts_at_the_moment_of_use() {
    let check = |consent: Value| one("email", &usage("newsletter", "mailer", consent));
    let until = |expires: f64| json!([{"id": "c7", "purpose": "newsletter", "givenMs": 0, "expiresMs": expires}]);
    let ok = check(until(NOW + 1.0));
    assert_eq!((&ok["verdict"], &ok["consent"], &ok["rule"]), (&json!("allowed"), &json!("ok"), &json!("consent:c7")));
    for expires in [NOW, NOW - 1.0] {
        let expired = check(until(expires));
        assert_eq!((&expired["verdict"], &expired["consent"]), (&json!("redact"), &json!("expired")));
        assert_eq!((&expired["missing"], &expired["rule"]), (&json!("consent"), &json!("consent:c7")));
    }
    let absent = check(json!([]));
    assert_eq!(
        (&absent["verdict"], &absent["consent"], &absent["rule"]),
        (&json!("redact"), &json!("absent"), &json!("fields[1].consent"))
    );
    let other = check(json!([{"id": "c1", "purpose": "delivery", "givenMs": 0}]));
    assert_eq!(other["consent"], "absent");
    // The latest word counts, and a withdrawal ends it.
    let renewed = check(json!([
        {"id": "new", "purpose": "newsletter", "givenMs": 20},
        {"id": "old", "purpose": "newsletter", "givenMs": 10, "expiresMs": 15}
    ]));
    assert_eq!((&renewed["consent"], &renewed["rule"]), (&json!("ok"), &json!("consent:new")));
    let withdrawn = check(json!([{"id": "c7", "purpose": "newsletter", "givenMs": 0, "withdrawnMs": NOW}]));
    assert_eq!(withdrawn["consent"], "withdrawn");
    // Withdrawn without a record of the policy: the strictest default holds.
    let bare =
        Inventory::from_json(&json!({"version": 1, "id": "x", "fields": [{"field": "email"}]}).to_string()).unwrap();
    assert_eq!(bare.check(&["email".into()], &usage("a", "b", json!([])))[0].verdict, "refuse");
}

#[test]
fn concept_24_a_form_asks_only_for_what_its_purpose_needs() {
    let fields = FormField::list_from_value(
        json!(["email", {"name": "company", "required": false}, {"name": "phone", "required": true}, "구매금액"]),
    )
    .unwrap();
    let found = inventory().check_form(&fields, "white paper");
    let verdicts: Vec<(&str, bool)> = found.iter().map(|one| (one.verdict, one.required)).collect();
    assert_eq!(verdicts, [("unjustified", false), ("ask", false), ("unjustified", true), ("unjustified", false)]);
    assert_eq!(found[0].kind, Some(PiiType::Email));
    assert_eq!(inventory().check_form(&fields, "delivery")[2].verdict, "justified");
}

#[test]
fn the_ledger_counts_without_values_and_merges_in_any_order() {
    let inventory = inventory();
    let send = usage("delivery", "courier", json!([]));
    let leak = usage("canary purpose", "canary place", json!([{"id": "canary id", "purpose": "x", "givenMs": 0}]));
    let fields = ["phone".to_string(), "canary@example.com".to_string()];
    let (mut left, mut right) = (Ledger::new(), Ledger::new());
    left.add(&inventory, &send, &inventory.check(&fields, &send));
    left.add(&inventory, &send, &inventory.check(&fields, &send));
    right.add(&inventory, &leak, &inventory.check(&fields, &leak));
    let redactor = Redactor::new(Default::default()).unwrap();
    let redacted = redactor.redact("canary@example.com 010-1234-5678", &mut Session::new()).unwrap();
    right.add_removed(&inventory, &send, &redacted.counts);
    let (mut one, mut other) = (left.clone(), right.clone());
    one.merge(&right);
    other.merge(&left);
    assert_eq!(one, other);
    let rows = one.rows();
    let sent = rows.iter().find(|row| row.verdict == "allowed").unwrap();
    assert_eq!(
        (sent.field, sent.origin, sent.purpose, sent.destination, sent.count),
        ("phone", "checkout form", "delivery", "courier", 2)
    );
    assert!(rows.iter().any(|row| row.field == "(unlisted)" && row.count == 2));
    assert_eq!(
        one.removed().iter().map(|row| (row.kind, row.destination, row.count)).collect::<Vec<_>>(),
        [("email", "courier", 1), ("phone", "courier", 1)]
    );
    let report = serde_json::to_string(&(one.rows(), one.removed())).unwrap();
    assert!(!report.contains("canary"), "{report}");
}

#[test]
fn wrong_inventories_and_uses_are_refused_at_their_place() {
    for (fields, path) in [
        (json!([{"origin": "canary"}]), "fields[0].field"),
        (json!([{"field": "a"}, {"field": "a"}]), "fields[1].field"),
        (json!([{"field": "a", "purposes": "canary"}]), "fields[0].purposes"),
        (json!([{"field": "a", "purposes": ["canary", 5]}]), "fields[0].purposes[1]"),
        (json!([{"field": "a", "type": 5}]), "fields[0].type"),
        (json!([{"field": "a", "consent": "canary"}]), "fields[0].consent"),
    ] {
        let json = json!({"version": 1, "id": "x", "fields": fields}).to_string();
        let error = Inventory::from_json(&json).unwrap_err();
        assert_eq!(error.code(), "E_DATA_USE");
        assert!(error.to_string().contains(&format!("at {path}:")) && !error.to_string().contains("canary"), "{error}");
    }
    for (value, field) in [
        (json!("canary"), "use"),
        (json!({"destination": "canary", "nowMs": 1}), "purpose"),
        (json!({"purpose": "canary", "destination": "canary"}), "nowMs"),
        (
            json!({"purpose": "canary", "destination": "canary", "nowMs": 1, "consent": [{"id": "canary", "purpose": "x"}]}),
            "consent[0].givenMs",
        ),
        (json!({"purpose": "canary", "destination": "canary", "nowMs": 1, "consent": [5]}), "consent[0]"),
    ] {
        let error = Use::from_value(value).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("field {field}:")) && !error.to_string().contains("canary"),
            "{error}"
        );
    }
    assert!(FormField::list_from_value(json!([5])).is_err());
}
