use hearken::triage::pause::{compliance_of_value, pause_of_value, recommend_of_value};
use serde_json::{Value, json};

use crate::{field, json as out};

fn crisis() -> Value {
    json!([
        {"id": "stop-1", "reason": "fire at the plant", "from": "2026-05-01T10:00Z", "until": "2026-05-02T10:00Z", "scope": {"brands": ["Brewline"]}},
        {"id": "stop-2", "reason": "national mourning", "from": "2026-05-03T00:00Z", "scope": {"kinds": ["advert"], "markets": ["pl"]}},
    ])
}

fn at(now: &str, items: Value) -> Value {
    out(pause_of_value(json!({"pauses": crisis(), "now": now, "items": items})).unwrap())
}

/// Concept 73: a pause by scope refuses each item with its id, ends by itself, can be planned and ended by hand.
#[test]
fn c73_one_button_pauses_publishing() {
    let items = json!([
        {"id": "a", "kind": "post", "brand": "Brewline", "market": "pl"},
        {"id": "b", "kind": "post", "brand": "Teahouse", "market": "pl"},
        {"id": "c", "kind": "reply", "brand": "Brewline", "market": "pl"},
        {"id": "d", "kind": "advert", "brand": "Brewline", "market": "pl", "publishAt": "2026-05-03T09:00Z"},
        {"id": "e", "kind": "post"},
    ]);
    let refused = |report: &Value| -> Vec<String> {
        let items = report["items"].as_array().unwrap().iter();
        let held = items.filter(|item| item["publish"] == false);
        held.map(|item| format!("{} {}", item["id"].as_str().unwrap(), item["pauses"][0].as_str().unwrap())).collect()
    };
    let during = at("2026-05-01T12:00Z", items.clone());
    assert_eq!(refused(&during), ["a stop-1", "d stop-2", "e stop-1"], "replies go on, and unknown brands are held");
    assert_eq!(during["items"][0]["reason"], "fire at the plant");
    assert_eq!(during["items"][0]["resumesMs"], 1_777_716_000_000_i64);
    assert_eq!(during["items"][3]["resumesMs"], Value::Null, "no end");
    assert_eq!(during["active"], json!(["stop-1"]));
    // Before it begins and from its end on nothing is held.
    assert_eq!(refused(&at("2026-05-01T09:59Z", json!([items[0]]))), Vec::<String>::new());
    assert_eq!(refused(&at("2026-05-02T10:00Z", json!([items[0]]))), Vec::<String>::new());

    let resumed = json!({"pauses": crisis(), "now": "2026-05-01T12:00Z", "items": items, "resume": "stop-1"});
    let resumed = out(pause_of_value(resumed).unwrap());
    assert_eq!(refused(&resumed), ["d stop-2"]);
    let states: Vec<String> = resumed["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            format!("{} {} {}", event["pause"].as_str().unwrap(), event["state"].as_str().unwrap(), event["planned"])
        })
        .collect();
    assert_eq!(states, ["stop-1 active false", "stop-1 resumed false", "stop-2 active true"]);
    let over = json!({"pauses": resumed["pauses"], "now": "2026-05-01T13:00Z", "resume": "stop-1"});
    assert_eq!(field(pause_of_value(over)), "resume");
}

/// A planned pause that is called off never holds.
#[test]
fn planned_pauses_can_be_called_off() {
    let off = json!({"pauses": crisis(), "now": "2026-05-01T12:00Z", "resume": "stop-2", "items": [{"id": "d", "kind": "advert", "market": "pl", "brand": "Teahouse", "publishAt": "2026-06-01"}]});
    let off = out(pause_of_value(off).unwrap());
    assert_eq!(off["items"][0]["publish"], true);
    assert!(
        off["history"]
            .as_array()
            .unwrap()
            .iter()
            .all(|event| event["pause"] != "stop-2" || event["state"] == "resumed")
    );
}

#[test]
fn alerts_recommend_pauses() {
    let ask = |alerts: Value, pauses: Value| {
        out(recommend_of_value(json!({"alerts": alerts, "pauses": pauses, "now": "2026-05-01T12:00Z"})).unwrap())
    };
    let alert = |kind: &str, level: &str| json!([{"id": "n1", "kind": kind, "level": level, "at": "2026-05-01T11:00Z", "channels": ["x"], "brands": ["Brewline"]}]);
    let burst = ask(alert("burst", "critical"), json!([]));
    assert_eq!((&burst[0]["alert"], &burst[0]["pause"]["id"]), (&json!("n1"), &json!("pause-n1")));
    assert_eq!(burst[0]["pause"]["scope"], json!({"brands": ["Brewline"]}));
    assert_eq!(burst[0]["pause"]["until"], burst[0]["pause"]["from"].as_i64().unwrap() + 11 * 3_600_000);
    assert_eq!(
        ask(alert("takeover", "critical"), json!([]))[0]["pause"]["scope"],
        json!({"channels": ["x"], "brands": ["Brewline"]})
    );
    assert_eq!(ask(alert("link", "warning"), json!([]))[0]["pause"]["scope"]["kinds"], json!(["advert", "campaign"]));
    // Not grave enough, over already, or paused already.
    assert_eq!(ask(alert("burst", "warning"), json!([])), json!([]));
    let old = json!([{"id": "n1", "kind": "burst", "level": "critical", "at": "2026-04-01"}]);
    assert_eq!(ask(old, json!([])), json!([]));
    assert_eq!(ask(alert("burst", "critical"), crisis()), json!([]));
    // A pause of adverts alone is not enough for a burst.
    let adverts = json!([{"id": "s", "reason": "r", "from": 0, "scope": {"kinds": ["advert"]}}]);
    assert_eq!(ask(alert("burst", "critical"), adverts).as_array().unwrap().len(), 1);
}

/// Concept 78: how much of what went out was checked, and which rules were broken how often.
#[test]
fn c78_compliance_counts_exactly() {
    let log = json!({"pauses": crisis(), "log": [
        {"id": "1", "publishAt": "2026-04-01", "brand": "Brewline", "checked": true},
        {"id": "2", "publishAt": "2026-05-01T11:00Z", "brand": "Brewline", "checked": true, "breaches": ["no_disclosure"]},
        {"id": "3", "publishAt": "2026-05-01T12:00Z", "brand": "Brewline"},
        {"id": "4", "publishAt": "2026-05-01T12:00Z", "brand": "Teahouse", "breaches": ["no_disclosure", "no_disclosure"], "checked": true},
        {"id": "4", "publishAt": "2026-05-01T12:00Z", "brand": "Brewline", "breaches": ["placeholder_left"]},
    ]});
    let counts = out(compliance_of_value(log).unwrap());
    assert_eq!(
        counts,
        json!({"items": 4, "duplicates": 1, "checked": 3, "share": 0.75, "breached": 3, "breaches": [
            {"rule": "no_disclosure", "count": 2}, {"rule": "published_while_paused", "count": 2},
        ]})
    );
    assert_eq!(out(compliance_of_value(json!({"log": []})).unwrap())["share"], Value::Null);
}

#[test]
fn bad_pauses_name_their_field() {
    for (bad, name) in [
        (json!({"pauses": [], "items": []}), "now"),
        (json!({"pauses": [{"id": "a", "reason": "r", "from": 5, "until": 5}], "now": 0}), "pauses[0].until"),
        (json!({"pauses": [{"id": "a", "from": 5}], "now": 0}), "pauses[0].reason"),
        (
            json!({"pauses": [{"id": "a", "reason": "r", "from": 5, "scope": {"kinds": ["secret"]}}], "now": 0}),
            "pauses[0].scope.kinds",
        ),
        (
            json!({"pauses": [{"id": "a", "reason": "r", "from": 5, "scope": {"all": "secret"}}], "now": 0}),
            "pauses[0].scope.all",
        ),
        (
            json!({"pauses": [{"id": "a", "reason": "r", "from": 5}, {"id": "a", "reason": "r", "from": 5}], "now": 0}),
            "pauses[1].id",
        ),
        (json!({"pauses": [], "now": 0, "items": [{"id": "x", "kind": "secret"}]}), "items[0].kind"),
        (json!({"pauses": [], "now": 0, "resume": "secret"}), "resume"),
    ] {
        assert_eq!(field(pause_of_value(bad)), name);
    }
    assert_eq!(
        field(recommend_of_value(json!({"alerts": [{"id": "a", "kind": "k", "at": 0, "level": "secret"}], "now": 0}))),
        "alerts[0].level"
    );
    assert_eq!(field(compliance_of_value(json!({"log": [{"id": "a", "checked": "secret"}]}))), "log[0].checked");
}
