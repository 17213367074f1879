use hearken::message::Channel;
use hearken::triage::cases::{
    CaseMessage, CaseOptions, CaseReport, CaseRole, Cases, MAX_CASE_MESSAGES, MAX_LISTED, cases_of_value,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{field, json as out};

fn report(messages: Value) -> Value {
    out(cases_of_value(json!({"messages": messages})).unwrap())
}

/// `id decision because case` of each message, by time.
fn steps(report: &Value) -> Vec<String> {
    let text = |step: &Value, name: &str| step[name].as_str().unwrap_or("-").to_owned();
    let steps = report["steps"].as_array().unwrap().iter();
    steps.map(|step| ["id", "decision", "because", "case"].map(|name| text(step, name)).join(" ")).collect()
}

/// Concept 64: a reply in a thread joins; the same person for the same reason within the window joins; else a new one.
#[test]
fn c64_mentions_become_cases() {
    let report = report(json!([
        {"id": "a1", "sentAt": "2026-03-02T09:00Z", "channel": "email", "thread": "t1", "customer": "k1", "intent": "refund_return"},
        {"id": "a2", "sentAt": "2026-03-02T10:00Z", "channel": "email", "thread": "t1", "role": "agent"},
        {"id": "a3", "sentAt": "2026-03-05T10:00Z", "channel": "chat", "customer": "k1", "intent": "refund_return"},
        {"id": "a4", "sentAt": "2026-03-05T11:00Z", "channel": "chat", "customer": "k1", "intent": "billing"},
        {"id": "a5", "sentAt": "2026-03-05T12:00Z", "channel": "chat", "customer": "k2", "intent": "refund_return"},
        {"id": "a6", "sentAt": "2026-03-20T12:00Z", "channel": "chat", "customer": "k1", "intent": "refund_return"},
        {"id": "a7", "sentAt": "2026-03-21T12:00Z", "channel": "social", "customer": "k3", "action": "amplify"},
        {"id": "a8", "sentAt": "2026-03-22T12:00Z", "channel": "email", "inReplyTo": "a2", "customer": "k1", "action": "thank"},
    ]));
    assert_eq!(
        steps(&report),
        [
            "a1 open new a1",
            "a2 join reply a1",
            "a3 join same_intent a1",
            "a4 open new a4",
            "a5 open new a5",
            "a6 open new a6",
            "a7 none nothing -",
            "a8 join reply a1",
        ]
    );
    let first = &report["cases"][0];
    assert_eq!(first["status"], "open", "thanks for one answer do not settle what was asked after it");
    assert_eq!((&first["messageCount"], &first["firstResponseMs"]), (&json!(4), &json!(3_600_000)));
}

/// Under one public post everybody has a case of their own; a team's reply belongs to whom it answers.
#[test]
fn strangers_under_one_post_are_not_one_case() {
    let at = |minute: usize| format!("2026-03-02T09:{minute:02}Z");
    let report = report(json!([
        {"id": "p1", "sentAt": at(1), "channel": "social", "thread": "post", "customer": "ann"},
        {"id": "p2", "sentAt": at(2), "channel": "social", "thread": "post", "customer": "ben", "inReplyTo": "p1"},
        {"id": "p3", "sentAt": at(3), "channel": "social", "thread": "post", "role": "agent", "inReplyTo": "p2"},
        {"id": "p4", "sentAt": at(4), "channel": "social", "thread": "post", "customer": "ann", "inReplyTo": "p3"},
        {"id": "p5", "sentAt": at(5), "channel": "social", "thread": "post", "role": "agent"},
        {"id": "q1", "sentAt": at(6), "channel": "social", "thread": "other", "customer": "cleo"},
        {"id": "q2", "sentAt": at(7), "channel": "social", "thread": "other", "role": "agent"},
    ]));
    assert_eq!(
        steps(&report),
        [
            "p1 open new p1",
            "p2 open new p2",
            "p3 join reply p2",
            "p4 join thread p1",
            "p5 none nothing -",
            "q1 open new q1",
            "q2 join thread q1",
        ]
    );
}

/// Concept 31: angry, apology, "ok thanks": normal again at turn 3. And each message tells where the case stands.
#[test]
fn c31_back_to_normal() {
    let messages = json!([
        {"id": "1", "sentAt": 1_000, "thread": "t", "emotions": ["anger", "disappointment"]},
        {"id": "2", "sentAt": 2_000, "thread": "t", "role": "agent"},
        {"id": "3", "sentAt": 3_000, "thread": "t", "action": "thank", "emotions": ["gratitude"]},
    ]);
    let all = report(messages);
    let case = &all["cases"][0];
    assert_eq!(case["trajectory"]["normalised"], json!({"id": "3", "turn": 3, "atMs": 3_000}));
    assert_eq!(case["trajectory"]["upset"], false);
    let anger = &case["trajectory"]["emotions"][0];
    assert_eq!(
        (&anger["emotion"], &anger["last"]["turn"], &anger["gone"]["turn"]),
        (&json!("anger"), &json!(1), &json!(3))
    );
    assert_eq!((&case["status"], &case["resolutionMs"]), (&json!("resolved"), &json!(2_000)));
    let status: Vec<&str> =
        all["steps"].as_array().unwrap().iter().map(|step| step["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["open", "answered", "resolved"]);

    let again = report(json!([
        {"id": "1", "sentAt": 1, "thread": "t", "emotions": ["anger"]},
        {"id": "2", "sentAt": 2, "thread": "t", "role": "agent", "resolves": true},
        {"id": "3", "sentAt": 3, "thread": "t", "action": "thank"},
        {"id": "4", "sentAt": 4, "thread": "t", "emotions": ["frustration"]},
    ]));
    let case = &again["cases"][0];
    assert_eq!(
        (&case["status"], &case["reopened"], &case["waitingSinceMs"]),
        (&json!("reopened"), &json!(1), &json!(4))
    );
    assert_eq!((&case["trajectory"]["relapses"], &case["trajectory"]["normalised"]), (&json!(1), &Value::Null));
    assert_eq!(case["resolutionMs"], Value::Null, "what is open again is not settled");
}

/// A bot does not count as an answer, and business hours count only while somebody works.
#[test]
fn response_times_count_people_and_working_hours() {
    let hours = json!([[[540, 1020]], [[540, 1020]], [[540, 1020]], [[540, 1020]], [[540, 1020]], null, null]);
    let report = out(cases_of_value(json!({
        "messages": [
            {"id": "1", "sentAt": "2026-03-06T15:00Z", "thread": "t"},
            {"id": "2", "sentAt": "2026-03-06T15:01Z", "thread": "t", "role": "bot"},
            {"id": "3", "sentAt": "2026-03-09T10:00Z", "thread": "t", "role": "agent", "resolves": true},
        ],
        "calendar": {"zone": {"offsetMinutes": 0}, "days": hours},
    }))
    .unwrap());
    let case = &report["cases"][0];
    // Friday 15:00 to 17:00, Monday 9:00 to 10:00.
    assert_eq!(case["firstResponseBusinessMs"], 3 * 3_600_000);
    assert_eq!(case["resolutionBusinessMs"], 3 * 3_600_000);
    assert_eq!(case["firstResponseMs"], (2 * 24 + 19) * 3_600_000);
}

#[test]
fn doubles_and_clocks_that_run_backwards_are_flagged() {
    let report = report(json!([
        {"id": "1", "sentAt": 5_000, "thread": "t"},
        {"id": "1", "sentAt": 5_000, "thread": "t"},
        {"id": "2", "sentAt": 4_000, "thread": "t", "role": "agent", "inReplyTo": "1"},
        {"id": "3", "sentAt": 9_000, "thread": "u", "customer": "k"},
        {"id": "3", "sentAt": 8_000, "thread": "u", "customer": "k"},
    ]));
    assert_eq!((&report["duplicates"], &report["conflicting"]), (&json!(2), &json!(["3"])));
    assert_eq!(report["backwards"], json!(["2"]));
    assert_eq!(report["cases"][1]["openedMs"], 8_000);
    assert_eq!(report["cases"][0]["firstResponseMs"], Value::Null, "an answer before the question answers nothing");
    let later = cases_of_value(json!({"messages": [{"id": "1", "sentAt": 50}], "now": 10})).unwrap();
    assert_eq!(later.after_now, 1);
}

#[test]
fn bad_messages_name_their_field() {
    for (messages, name) in [
        (json!("secret"), "messages"),
        (json!(["secret"]), "messages[0]"),
        (json!([{"id": "1", "sentAt": 1}, {"id": "2"}]), "messages[1].sentAt"),
        (json!([{"sentAt": 1}]), "messages[0].id"),
        (json!([{"id": "1", "sentAt": "secret"}]), "messages[0].sentAt"),
        (json!([{"id": "1", "sentAt": 1, "role": "secret"}]), "messages[0].role"),
        (json!([{"id": "1", "sentAt": 1, "emotions": ["secret"]}]), "messages[0].emotions"),
        (json!([{"id": "1", "sentAt": 1, "action": "secret"}]), "messages[0].action"),
        (json!([{"id": "1", "sentAt": 1, "text": "secret"}]), "messages[0].text"),
    ] {
        assert_eq!(field(cases_of_value(json!({"messages": messages}))), name);
    }
    let no_zone = json!({"messages": [], "calendar": {"days": [null, null, null, null, null, null, [[0, 60]]]}});
    assert_eq!(field(cases_of_value(no_zone)), "calendar.zone");
    assert_eq!(field(cases_of_value(json!({"messages": [], "windowHours": -1}))), "windowHours");
}

/// A thread of 10,000, every message a reply to the one before, and one of them a reply to itself.
#[test]
fn threads_of_ten_thousand_are_listed_in_part() {
    let mut cases = Cases::new();
    for at in 0..10_000_i64 {
        let mut message = CaseMessage::new(format!("m{at:05}"), at);
        message.thread = Some("t".into());
        message.in_reply_to = Some(format!("m{:05}", (at - 1).max(0)));
        message.channel = if at % 2 == 0 { Channel::Social } else { Channel::Email };
        message.customer = (at % 7 == 0).then(|| "k".into());
        cases.add(message).unwrap();
    }
    let started = std::time::Instant::now();
    let report = cases.report(&CaseOptions::default());
    println!("10,000 messages of one thread: {:?}", started.elapsed());
    assert_eq!((report.cases.len(), report.steps.len()), (1, 10_000));
    assert_eq!((report.cases[0].message_count, report.cases[0].messages.len()), (10_000, MAX_LISTED));
    assert!(report.cases[0].truncated);
}

#[test]
fn more_messages_than_fit_are_refused() {
    let mut cases = Cases::new();
    for at in 0..MAX_CASE_MESSAGES {
        cases.add(CaseMessage::new(at.to_string(), 0)).unwrap();
    }
    assert_eq!(cases.add(CaseMessage::new("one more", 0)).unwrap_err().code(), "E_BATCH_TOO_LARGE");
    cases.add(CaseMessage::new("7", 0)).unwrap();
}

fn message() -> impl Strategy<Value = CaseMessage> {
    let key = |name: &'static str| proptest::option::of((0..4u8).prop_map(move |n| format!("{name}{n}")));
    let channel = prop_oneof![Just(Channel::Social), Just(Channel::Email)];
    let role = prop_oneof![3 => Just(CaseRole::Customer), 1 => Just(CaseRole::Agent), 1 => Just(CaseRole::Bot)];
    let reply = proptest::option::of(0..30u8);
    (0..30u8, 0..2_000i64, channel, role, key("t"), key("k"), key("i"), reply, any::<bool>()).prop_map(
        |(id, hours, channel, role, thread, customer, intent, reply, resolves)| CaseMessage {
            sent_ms: hours * 3_600_000,
            channel,
            role,
            thread,
            customer,
            intent,
            resolves,
            in_reply_to: reply.map(|id| format!("m{id}")),
            ..CaseMessage::new(format!("m{id}"), 0)
        },
    )
}

fn all(messages: &[CaseMessage]) -> Cases {
    let mut cases = Cases::new();
    messages.iter().for_each(|message| cases.add(message.clone()).unwrap());
    cases
}

proptest! {
    /// The same messages shuffled, split and merged make the same cases; every message is in one case or in none.
    #[test]
    fn the_order_of_messages_does_not_matter(
        (messages, shuffled) in proptest::collection::vec(message(), 0..60)
            .prop_flat_map(|messages| (Just(messages.clone()), Just(messages).prop_shuffle())),
        cut in 0..60usize,
    ) {
        let options = CaseOptions::default();
        let report: CaseReport = all(&messages).report(&options);
        let (left, right) = shuffled.split_at(cut.min(shuffled.len()));
        let mut merged = all(right);
        merged.merge(&all(left)).unwrap();
        prop_assert_eq!(&report, &merged.report(&options));
        let listed: usize = report.cases.iter().map(|case| case.message_count).sum();
        prop_assert_eq!(listed, report.steps.iter().filter(|step| step.case.is_some()).count());
    }
}
