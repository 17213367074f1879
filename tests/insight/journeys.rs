//! Concepts 8, 9, 16, 18, 31, 43, 44, 46, 51, 55, 57: one customer over all channels.

use hearken::message::Channel;
use hearken::score::journey::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A Monday, 0 h UTC.
const NOW: i64 = 20_003 * DAY;

fn key(kind: KeyKind, value: &str) -> IdentityKey {
    IdentityKey { kind, value: value.into() }
}

fn record(id: &str, keys: &[&IdentityKey]) -> IdentityRecord {
    IdentityRecord { id: id.into(), keys: keys.iter().copied().cloned().collect() }
}

fn people(found: &Identities) -> Vec<Vec<&str>> {
    found.people.iter().map(|person| person.records.iter().map(String::as_str).collect()).collect()
}

fn said(id: &str, at_ms: i64) -> JourneyEvent {
    let keys = vec![key(KeyKind::Customer, "c1")];
    JourneyEvent { id: id.into(), at_ms, channel: Channel::Chat, keys, thread: Some("t".into()), ..Default::default() }
}

fn replied(id: &str, at_ms: i64, speaker: Speaker) -> JourneyEvent {
    JourneyEvent { speaker, keys: Vec::new(), ..said(id, at_ms) }
}

/// A complaint or praise in a thread of its own.
fn told(id: &str, at_ms: i64, experience: Experience) -> JourneyEvent {
    JourneyEvent { thread: Some(id.into()), experience: Some(experience), ..said(id, at_ms) }
}

fn read(events: &[JourneyEvent]) -> Journeys {
    journeys(events, &JourneyOptions::default(), NOW).unwrap()
}

#[test]
fn people_are_joined_by_mail_and_phone_with_reasons() {
    let (mail, phone) = (key(KeyKind::Email, "m1"), key(KeyKind::Phone, "p1"));
    let mut records = vec![record("a", &[&mail]), record("b", &[&mail, &phone]), record("c", &[&phone])];
    let found = stitch(&records, &StitchOptions::default()).unwrap();
    assert_eq!(people(&found), [["a", "b", "c"]]);
    let why: Vec<(KeyKind, [&str; 2])> =
        found.people[0].links.iter().map(|link| (link.kind, [&*link.records[0], &*link.records[1]])).collect();
    assert_eq!(why, [(KeyKind::Email, ["a", "b"]), (KeyKind::Phone, ["b", "c"])]);
    records.reverse();
    assert_eq!(stitch(&records, &StitchOptions::default()).unwrap(), found, "order changes nothing");
    // A shared call-centre number joins nobody, and says so.
    let options = StitchOptions { deny: vec![phone], ..StitchOptions::default() };
    let split = stitch(&records, &options).unwrap();
    assert_eq!(people(&split), [vec!["a", "b"], vec!["c"]]);
    assert_eq!((split.unused[0].because, split.unused[0].count), (NotJoined::Denied, 2));
    // A single wrong key is taken back, and put back.
    let detach = vec![DetachedKey { record: "b".into(), kind: KeyKind::Email }];
    let split = stitch(&records, &StitchOptions { detach, ..StitchOptions::default() }).unwrap();
    assert_eq!(people(&split), [vec!["a"], vec!["b", "c"]]);
}

#[test]
fn keys_of_the_caller_are_not_overruled() {
    let family = key(KeyKind::Email, "family");
    let records = [
        record("a", &[&key(KeyKind::Customer, "1"), &family]),
        record("b", &[&key(KeyKind::Customer, "2"), &family]),
        record("c", &[&key(KeyKind::Customer, "2")]),
    ];
    let found = stitch(&records, &StitchOptions::default()).unwrap();
    assert_eq!(people(&found), [vec!["a"], vec!["b", "c"]]);
    assert_eq!(found.unused[0].because, NotJoined::CustomersDiffer);
    let crowd: Vec<IdentityRecord> = (0..50).map(|n| record(&format!("r{n}"), &[&family])).collect();
    let found = stitch(&crowd, &StitchOptions { most_records: 49, ..StitchOptions::default() }).unwrap();
    assert_eq!((found.people.len(), found.unused[0].because), (50, NotJoined::TooLarge));
    assert_eq!(found.unused[0].records.len(), 10);
    let long = record("x", &[&key(KeyKind::Handle, &"h".repeat(513))]);
    let error = stitch(&[long], &StitchOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "field records[0].keys.value: must be at most 512 bytes");
}

#[test]
fn keys_have_a_normal_form() {
    for (kind, given, normal) in [
        (KeyKind::Email, " Ann@Example.COM ", Some("ann@example.com")),
        (KeyKind::Email, "ann", None),
        (KeyKind::Phone, "+82 (0)10-555-0100", Some("+820105550100")),
        (KeyKind::Phone, "0048 22 555 01 00", Some("+48225550100")),
        (KeyKind::Phone, "555 0100", None),
        (KeyKind::Phone, "+1 555 CALL NOW", None),
        (KeyKind::Handle, "@SomeOne", Some("someone")),
        (KeyKind::Customer, "  ", None),
    ] {
        assert_eq!(normal_key(kind, given).as_deref(), normal, "{given}");
    }
}

#[test]
fn attributes_join_by_record_and_what_is_missing_is_absent() {
    let mail = key(KeyKind::Email, "m");
    let found = stitch(&[record("a", &[&mail]), record("b", &[&mail]), record("z", &[])], &StitchOptions::default());
    let row = |record: &str, json: &str| AttributeRow {
        record: record.into(),
        attributes: serde_json::from_str(json).unwrap(),
    };
    let rows = [row("b", r#"{"plan":"basic","city":null}"#), row("a", r#"{"plan":"plus","age":41,"note":""}"#)];
    let profiles = profiles(&found.unwrap(), &rows);
    assert_eq!(serde_json::to_value(&profiles[0].attributes).unwrap(), serde_json::json!({"plan": "plus", "age": 41}));
    assert_eq!(profiles[0].conflicts, ["plan"]);
    assert!(profiles[1].attributes.is_empty());
}

#[test]
fn a_bot_is_no_first_response() {
    let mut ask = said("1", NOW - 2 * HOUR);
    ask.asks = true;
    let bot = replied("2", ask.at_ms + MINUTE, Speaker::Bot);
    let human = replied("3", ask.at_ms + 60 * MINUTE, Speaker::Agent);
    let only_bot = read(&[ask.clone(), bot.clone()]);
    assert_eq!(only_bot.response.median_ms, None);
    assert_eq!(only_bot.people[0].conversations[0].open[0].waiting_ms, 2 * HOUR);
    let found = read(&[human, bot, ask]);
    assert_eq!((found.response.median_ms, found.response.p90_ms), (Some(60 * MINUTE), Some(60 * MINUTE)));
    assert!(found.people[0].conversations[0].open.is_empty());
    assert_eq!(found.people.len(), 1, "replies without keys belong to the customer of the thread");
}

#[test]
fn business_hours_count_only_when_open() {
    let day = Some([9 * 60, 17 * 60]);
    let hours = BusinessHours { utc_offset_minutes: 540, days: [day, day, day, day, day, None, None] };
    // Local times at UTC+9: Friday 16:30 to Monday 9:30.
    let local = |days: i64, hour: i64, minute: i64| NOW + days * DAY + (hour - 9) * HOUR + minute * MINUTE;
    let calendar = hours.calendar();
    assert_eq!(calendar.between(local(-3, 16, 30), local(0, 9, 30)), Some(HOUR));
    assert_eq!(calendar.between(local(-2, 10, 0), local(-1, 10, 0)), Some(0));
    assert_eq!(calendar.between(local(-70, 0, 0), local(0, 0, 0)), Some(50 * 8 * HOUR));
    assert_eq!(calendar.between(local(0, 10, 0), local(0, 9, 0)), Some(0));
    for days in [[None; 7], [Some([600, 540]), None, None, None, None, None, None]] {
        assert_eq!(BusinessHours { days, ..hours }.check().unwrap_err().code(), "E_OPTION");
    }
    let mut ask = said("1", local(-3, 16, 30));
    ask.asks = true;
    let reply = replied("2", local(0, 9, 30), Speaker::Agent);
    let options = JourneyOptions { hours: Some(hours), ..JourneyOptions::default() };
    let settled = JourneyEvent { resolves: true, ..said("3", local(0, 10, 0)) };
    let found = journeys(&[ask, reply, settled], &options, NOW + DAY).unwrap();
    assert_eq!(found.response.median_business_ms, Some(HOUR));
    assert_eq!(found.people[0].conversations[0].resolution_business_ms, Some(90 * MINUTE));
    assert_eq!(found.response.median_ms, Some(65 * HOUR));
}

#[test]
fn ten_in_and_seven_answered_is_seventy_percent() {
    let mut events = Vec::new();
    for n in 0..10 {
        let thread = Some(format!("t{n}"));
        let ask = said(&format!("q{n}"), NOW - (20 - n) * HOUR);
        events.push(JourneyEvent { asks: true, thread: thread.clone(), ..ask });
        if n < 7 {
            events.push(JourneyEvent { thread, ..replied(&format!("r{n}"), NOW - HOUR, Speaker::Agent) });
        }
    }
    let found = read(&events).response;
    assert_eq!((found.answered.value, found.answered.n, found.waiting), (Some(70.0), 10, 3));
    let interval = found.answered.interval.unwrap();
    // Wilson, 7 of 10: 0.396775, 0.892209.
    assert!((interval[0] - 39.6775).abs() < 1e-3 && (interval[1] - 89.2209).abs() < 1e-3, "{interval:?}");
    let ids: Vec<&str> = found.unanswered.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["q7", "q8", "q9"]);
}

#[test]
fn an_upset_customer_is_calm_again_at_turn_three() {
    let angry = JourneyEvent { upset: true, complains: true, ..said("1", NOW - 3 * HOUR) };
    let sorry = replied("2", NOW - 2 * HOUR, Speaker::Agent);
    let thanks = JourneyEvent { resolves: true, experience: Some(Experience::Good), ..said("3", NOW - HOUR) };
    let found = read(&[angry.clone(), sorry.clone(), thanks]);
    let one = &found.people[0].conversations[0];
    let calm = one.normalised.as_ref().unwrap();
    assert_eq!((calm.turn, calm.id.as_str()), (3, "3"));
    assert_eq!((one.resolution_ms, one.first_response_ms), (Some(2 * HOUR), Some(HOUR)));
    assert_eq!((found.people[0].standing, found.people[0].next.step), (Standing::Good, NextStep::Thank));
    let still = JourneyEvent { upset: true, ..said("3", NOW - HOUR) };
    assert_eq!(read(&[angry, sorry, still]).people[0].conversations[0].normalised, None);
}

#[test]
fn five_chats_and_a_call_prefer_chat() {
    let mut events: Vec<JourneyEvent> =
        (1..=5).map(|n| told(&n.to_string(), NOW - n * DAY, Experience::Good)).collect();
    events.push(JourneyEvent { channel: Channel::Call, ..told("6", NOW - 9 * DAY, Experience::Good) });
    let preferred = read(&events).people[0].preferred_channel.clone().unwrap();
    assert_eq!((preferred.channel, preferred.share.n), (Channel::Chat, 6));
    assert_eq!(read(&events[..1]).people[0].preferred_channel, None);
}

#[test]
fn two_unanswered_complaints_are_a_sign_without_any_threat() {
    let complaint = |id: &str, days: i64| JourneyEvent {
        complains: true,
        experience: Some(Experience::Bad),
        ..told(id, NOW - days * DAY, Experience::Bad)
    };
    let found = read(&[complaint("a", 9), complaint("b", 2)]);
    let one = &found.people[0];
    assert_eq!(one.leaving.reasons, [LeavingReason::UnansweredComplaints, LeavingReason::BadInRow]);
    assert_eq!(one.leaving.events, ["a", "b"]);
    assert_eq!((one.next.step, one.next.late, one.next.hold_surveys), (NextStep::Resolve, true, true));
    assert_eq!((one.leaving.stays, one.leaving.curve.as_str()), (0.52, "pwc-2018"));
    assert!(read(&[complaint("a", 9)]).people[0].leaving.reasons.is_empty());
    let threat = JourneyEvent { leaves: true, ..said("x", NOW - HOUR) };
    let found = read(std::slice::from_ref(&threat));
    assert_eq!(found.people[0].leaving.reasons, [LeavingReason::SaysSo]);
    assert_eq!(found.people[0].next.step, NextStep::Retain);
    let won_back = read(&[threat, told("y", NOW - 1, Experience::Good)]);
    assert_eq!(won_back.people[0].next.step, NextStep::Thank);
}

#[test]
fn curves_hold_the_quoted_values_and_can_be_replaced() {
    let quoted = Curve::named("as-quoted").unwrap();
    assert_eq!((quoted.stays(0), quoted.stays(1), quoted.stays(3), quoted.stays(9)), (1.0, 0.68, 0.08, 0.08));
    assert!((quoted.hazard(2) - 0.657).abs() < 5e-4 && (quoted.hazard(3) - quoted.hazard(2)).abs() < 1e-12);
    let report = Curve::named("pwc-2018").unwrap();
    assert_eq!((report.stays(1), report.stays(2), report.hazard(0)), (0.68, 0.52, 0.0));
    assert!(report.warning.contains("stated intent") && report.source.contains("2018"));
    let own = Curve { survival: vec![1.0, 0.9, 0.85], ..report.clone() };
    let options = JourneyOptions { curve: Some(own), ..JourneyOptions::default() };
    let bad = told("a", NOW - DAY, Experience::Bad);
    assert_eq!(journeys(std::slice::from_ref(&bad), &options, NOW).unwrap().people[0].leaving.stays, 0.9);
    for survival in [vec![], vec![0.9], vec![1.0, 0.5, 0.6], vec![1.0, f64::NAN], vec![1.0, -0.1], vec![1.0; 99]] {
        let curve = Some(Curve { survival, ..report.clone() });
        let error = journeys(&[], &JourneyOptions { curve, ..JourneyOptions::default() }, NOW).unwrap_err();
        assert!(error.to_string().starts_with("option curve.survival"), "{error}");
    }
}

#[test]
fn a_curve_is_estimated_from_outcomes() {
    // At 1: 10 at risk, 2 left. At 2: 5 at risk (3 stayed at 1), 1 left. At 3: 2 at risk (2 stayed), 1 left.
    let mut outcomes = vec![Outcome { bad: 0, left: false }, Outcome { bad: 0, left: true }];
    for (bad, left, count) in [(1, true, 2), (1, false, 3), (2, true, 1), (2, false, 2), (3, true, 1), (3, false, 1)] {
        outcomes.extend(vec![Outcome { bad, left }; count]);
    }
    let found = estimate_curve(&outcomes);
    let steps: Vec<(u64, u64, u64)> = found.steps.iter().map(|step| (step.bad, step.at_risk, step.left)).collect();
    assert_eq!(steps, [(1, 10, 2), (2, 5, 1), (3, 2, 1)]);
    for (step, survival) in found.steps.iter().zip([0.8, 0.64, 0.32]) {
        assert!((step.survival - survival).abs() < 1e-12, "{step:?}");
    }
    // Greenwood at 2: 2/(10*8) + 1/(5*4) = 0.075; log-log: 0.64^exp(-+ 1.959964 sqrt(0.075) / ln 0.64).
    let interval = found.steps[1].interval.unwrap();
    let half = 1.959963984540054 * 0.075f64.sqrt() / 0.64f64.ln();
    assert!((interval[0] - 0.64f64.powf((-half).exp())).abs() < 1e-12 && interval[0] < 0.64 && 0.64 < interval[1]);
    assert!(found.steps[0].too_few && found.curve.check().is_ok());
    assert_eq!((found.n, found.left_without_bad), (12, 1));
    assert!(estimate_curve(&[]).steps.is_empty());
    let all_left = estimate_curve(&[Outcome { bad: 1, left: true }, Outcome { bad: u64::MAX, left: true }]);
    assert_eq!(all_left.curve.stays(MAX_BAD as u64), 0.0);
}

#[test]
fn one_old_bad_and_five_good_is_recovered() {
    let mut events = vec![told("old", NOW - 200 * DAY, Experience::Bad)];
    assert_eq!(read(&events).people[0].standing, Standing::Bad);
    events.extend((1..=5).map(|n| told(&format!("g{n}"), NOW - n * DAY, Experience::Good)));
    let one = &read(&events).people[0];
    assert_eq!((one.standing, one.leaving.bad_in_row), (Standing::Recovered, 0));
    let one_half_life = JourneyOptions { half_life_days: 200.0, ..JourneyOptions::default() };
    let found = journeys(&events[..1], &one_half_life, NOW).unwrap();
    assert!((found.people[0].standing_sum + 0.5).abs() < 1e-12);
    let none = JourneyOptions { half_life_days: 0.0, ..JourneyOptions::default() };
    assert_eq!(journeys(&events, &none, NOW).unwrap_err().code(), "E_OPTION");
}

#[test]
fn moments_are_a_graph_and_repeats_are_counted() {
    let at = |id: &str, hours: i64, moment: &str| JourneyEvent {
        moment: Some(moment.into()),
        intent: Some("billing".into()),
        ..told(id, NOW - hours * HOUR, Experience::Bad)
    };
    let events = [at("1", 50, "use"), at("2", 40, "support"), at("3", 30, "use"), at("4", 20, "use")];
    let found = read(&events);
    let edges: Vec<(&str, &str, u64)> =
        found.moments.transitions.iter().map(|edge| (&*edge.from, &*edge.to, edge.count)).collect();
    assert_eq!(edges, [("support", "use", 1), ("use", "support", 1), ("use", "use", 1)]);
    assert_eq!(found.people[0].repeat_contacts, 3);
    // Other times: other transitions, the same counts.
    let moved = [at("1", 50, "use"), at("2", 60, "support"), at("3", 30, "use"), at("4", 20, "use")];
    let moved = read(&moved);
    assert_eq!(moved.moments.counts, found.moments.counts);
    assert_ne!(moved.moments.transitions, found.moments.transitions);
}

#[test]
fn order_duplicates_and_clocks_lose_nothing() {
    let mut events: Vec<JourneyEvent> = (0..30)
        .map(|n| JourneyEvent { thread: None, asks: n % 3 == 0, ..said(&format!("{n:02}"), NOW - n * 20 * HOUR) })
        .collect();
    let plain = read(&events);
    events.reverse();
    events.swap(3, 17);
    assert_eq!(read(&events), plain);
    events.push(events[4].clone());
    events.push(JourneyEvent { keys: Vec::new(), ..said("later", NOW + DAY) });
    events.push(replied("stray", NOW, Speaker::Agent));
    events.last_mut().unwrap().thread = None;
    let found = read(&events);
    assert_eq!((found.duplicates, found.after_now, found.unassigned), (1, 1, 1));
    assert_eq!(found.people.len(), 2);
    let error = journeys(&[JourneyEvent::default()], &JourneyOptions::default(), NOW).unwrap_err();
    assert_eq!(error.to_string(), "field events[0].id: must not be empty");
    for extreme in [i64::MIN, i64::MAX] {
        let event = JourneyEvent { asks: true, complains: true, ..said("e", extreme) };
        let reply = replied("f", i64::MAX, Speaker::Agent);
        read(&[event, reply, said("g", 0)]);
    }
}

#[test]
fn the_first_segment_that_holds_wins_and_overlaps_are_told() {
    let events = [told("a", NOW - DAY, Experience::Bad), told("b", NOW - 2 * DAY, Experience::Bad)];
    let found = read(&events);
    let row =
        AttributeRow { record: "b".into(), attributes: serde_json::from_str(r#"{"plan":"plus","age":41}"#).unwrap() };
    let profiles = profiles(&found.identities, &[row]);
    let rules: Vec<SegmentRule> = serde_json::from_str(
        r#"[{"segment":"student","all":[{"field":"age","most":25}]},
            {"segment":"upset","all":[{"field":"badInRow","least":2}]},
            {"segment":"plus","all":[{"field":"plan","in":["plus","pro"]},{"field":"age","least":30,"most":50}]},
            {"segment":"anybody","all":[{"field":"city"}]}]"#,
    )
    .unwrap();
    let one = &segments(&profiles, &found.people, &rules).unwrap()[0];
    assert_eq!((one.segment.as_deref(), one.overlaps.clone()), (Some("upset"), vec!["plus".to_owned()]));
    let without = &segments(&profiles, &[], &rules).unwrap()[0];
    assert_eq!((without.segment.as_deref(), without.overlaps.len()), (Some("plus"), 0));
    for all in ["[]", r#"[{"field":"age","least":9,"most":3}]"#] {
        let rule = SegmentRule { segment: "x".into(), all: serde_json::from_str(all).unwrap() };
        let error = segments(&profiles, &[], &[rules[0].clone(), rule]).unwrap_err();
        assert!(error.to_string().starts_with("option rules[1]"), "{error}");
    }
}

#[test]
fn an_event_is_filled_from_its_analysis() {
    let engine = hearken::Engine::new().unwrap();
    let text = "I waited three weeks and nobody answers. Terrible service, I am cancelling my contract.";
    let mut event = said("1", NOW);
    event.hear(&engine.analyze(text, &Default::default()).unwrap());
    assert!(event.complains && event.leaves, "{event:?}");
    assert_eq!(event.experience, Some(Experience::Bad));
}
