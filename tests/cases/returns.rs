use hearken::triage::returns::{Available, ContactConsent, Wish, WishRegistry, returns_of_value};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{field, json as out};

fn ask(wishes: Value, consents: Value, available: Value) -> Value {
    let ask = json!({"wishes": wishes, "consents": consents, "available": available, "now": "2026-11-01"});
    out(returns_of_value(ask).unwrap())
}

fn people(list: &Value) -> Vec<&str> {
    list["contact"].as_array().unwrap().iter().map(|one| one["person"].as_str().unwrap()).collect()
}

/// Concept 59: a wish of three years ago is found; who opted out is left out, with the reason.
#[test]
fn c59_return_to_those_who_asked() {
    let wish = |person: &str, at: &str| json!({"person": person, "object": "oat milk latte", "at": at});
    let list = ask(
        json!([
            wish("p1", "2023-10-30"), wish("p2", "2026-01-05"), wish("p3", "2026-02-01"), wish("p4", "2026-02-02"),
            wish("p5", "2026-02-03"), wish("p1", "2025-10-30"), wish("p1", "2025-10-30"), wish("p7", "2027-01-01"),
            {"person": "p6", "object": "oat milk latte", "at": "2026-02-04", "toldAt": "2026-10-01"},
            {"person": "p8", "object": "gluten-free bread", "at": "2026-02-04"},
        ]),
        json!([
            {"person": "p1", "at": "2023-10-30", "given": true},
            {"person": "p2", "at": "2026-01-05", "given": true},
            {"person": "p2", "at": "2026-03-05", "given": false},
            {"person": "p4", "at": "2025-01-01", "given": true, "until": "2026-01-01"},
            {"person": "p5", "at": "2026-02-03", "given": false},
            {"person": "p5", "at": "2026-05-03", "given": true},
            {"person": "p6", "at": "2026-02-04", "given": true},
            {"person": "p7", "at": "2026-02-04", "given": true},
            {"person": "p8", "at": "2026-02-04", "given": true},
        ]),
        json!({"object": "Oat Milk Latte"}),
    );
    assert_eq!(people(&list), ["p1", "p5"]);
    assert_eq!((&list["contact"][0]["daysAgo"], &list["contact"][0]["wishes"]), (&json!(1_098), &json!(2)));
    let left: Vec<(&str, &str)> = list["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["person"].as_str().unwrap(), one["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(
        left,
        [
            ("p2", "opted_out"),
            ("p3", "no_consent"),
            ("p4", "consent_ended"),
            ("p6", "already_told"),
            ("p7", "after_now")
        ]
    );
    assert_eq!(list["duplicates"], 1);
}

/// A wish fits when all its words stand in a name of the thing, in every script.
#[test]
fn names_are_compared_by_their_words() {
    let fits = |wish: &str, available: Value| {
        let wishes = json!([{"person": "p1", "object": wish, "at": 0}]);
        people(&ask(wishes, json!([{"person": "p1", "at": 0, "given": true}]), available)).len() == 1
    };
    assert!(fits("dark mode", json!({"object": "Dark-Mode for the app"})));
    assert!(fits("paper straws", json!({"object": "paper straw"})));
    assert!(fits("抹茶ラテ", json!({"object": "濃い抹茶ラテ"})));
    assert!(fits("귀리 우유", json!({"object": "oat milk", "also": ["귀리 우유"]})));
    assert!(fits("mleko owsiane", json!({"object": "oat milk", "also": ["Mleko OWSIANE 1 l"]})));
    assert!(!fits("oat milk latte", json!({"object": "latte"})));
    assert!(!fits("car", json!({"object": "carpet"})));
    assert!(!fits("...", json!({"object": "..."})));
}

#[test]
fn only_pseudonyms_get_in() {
    let consent = |person: &str| {
        let consents = json!([{"person": person, "at": 0, "given": true}]);
        returns_of_value(json!({"consents": consents, "available": {"object": "x"}, "now": 1}))
    };
    for person in ["secret@example.com", "+1 555 010 0199", "5550100199", "Anna Nowak", "김민수"] {
        assert_eq!(field(consent(person)), "consents[0].person");
        let wish = Wish { at_ms: 0, person: person.into(), object: "x".into(), message: None, told_ms: None };
        assert_eq!(field(WishRegistry::new().wish(wish)), "person");
    }
    consent("crm:4f7a-91").unwrap();
    for (bad, name) in [
        (json!({"available": {"object": "x"}}), "now"),
        (json!({"now": 1}), "available"),
        (json!({"wishes": [{"person": "p", "object": "x"}], "available": {"object": "x"}, "now": 1}), "wishes[0].at"),
        (json!({"consents": [{"person": "p", "at": 0}], "available": {"object": "x"}, "now": 1}), "consents[0].given"),
        (
            json!({"wishes": [{"person": "p", "object": "x", "at": 1, "text": "secret"}], "available": {"object": "x"}, "now": 1}),
            "wishes[0].text",
        ),
    ] {
        assert_eq!(field(returns_of_value(bad)), name);
    }
}

proptest! {
    /// Registries filled in any order and merged are the same, and nobody without consent is on the list.
    #[test]
    fn registries_merge(rows in proptest::collection::vec((0..6u8, 0..20i64, any::<bool>(), any::<bool>()), 0..40), cut in 0..40usize) {
        let fill = |rows: &[(u8, i64, bool, bool)]| {
            let mut registry = WishRegistry::new();
            for (person, at_ms, wishes, given) in rows {
                let (person, at_ms, given) = (format!("p{person}"), *at_ms, *given);
                if *wishes {
                    registry.wish(Wish { at_ms, person, object: "tea".into(), message: None, told_ms: None }).unwrap();
                } else {
                    registry.consent(ContactConsent { at_ms, person, given, until_ms: None }).unwrap();
                }
            }
            registry
        };
        let (left, right) = rows.split_at(cut.min(rows.len()));
        let mut merged = fill(right);
        merged.merge(&fill(left)).unwrap();
        prop_assert_eq!(&merged, &fill(&rows));
        let list = merged.now_available(&Available { object: "green tea".into(), also: vec![] }, 100);
        for one in &list.contact {
            let last = rows.iter().filter(|row| !row.2 && format!("p{}", row.0) == one.person).map(|row| (row.1, !row.3)).max();
            prop_assert_eq!(last.map(|(_, out)| out), Some(false));
        }
    }
}
