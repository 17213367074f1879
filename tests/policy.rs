//! What policies can ask for beyond the text, what the linter finds, what changes between two policies.

use hearken::analysis::{
    BrandManner, BrandMention, BrandRole, ChurnReason, Disposition, Effort, EffortLevel, Emotion, Intent, JourneyStage,
    LinkFinding, LinkKind, MediaType, Present, Safety, Sentiment, SentimentLabel, State, TimeLost, TopicFound, Urgency,
    UrgencyLevel, UrgencyReason, Wish,
};
use hearken::message::Channel;
use hearken::taxonomy::Target;
use hearken::triage::{
    Action, CustomerState, DecisionMode, Policy, PolicyFault, Situation, ToneHint, decide, decide_in, default_policy,
    difference, lint,
};
use hearken::{Error, Span};
use serde_json::{Value, json};

#[path = "common/case.rs"]
mod case;
use case::{Case, case, redaction};

fn policy(rules: Value) -> Policy {
    Policy::from_json(&json!({"id": "p", "version": "1", "rules": rules}).to_string()).unwrap()
}

/// A policy of one condition and a default.
fn when(when: Value) -> Policy {
    policy(json!([
        {"id": "r", "when": when, "then": {"action": "resolve", "queue": "care", "priority": 1, "mode": "automate"}},
        {"id": "d", "then": {"action": "review", "queue": "care", "priority": 4}}
    ]))
}

/// A message of which everything that a policy can ask is known.
fn known() -> Case {
    let mut known = case(SentimentLabel::Negative).on(Channel::Social).asks();
    let at = |start, end| vec![Span::new(start, end)];
    let sentiment = Sentiment { label: SentimentLabel::Positive, ..known.analysis.sentiment };
    let analysis = &mut known.analysis;
    analysis.intent.label = Intent::RefundReturn;
    analysis.intent.confidence = 0.7;
    analysis.emotions = vec![Present { label: Emotion::Anger, spans: at(0, 3) }];
    analysis.safety = vec![Present { label: Safety::Toxic, spans: at(4, 10) }];
    analysis.irony = true;
    analysis.disposition = Disposition::Respond;
    analysis.states = vec![State::Problem];
    analysis.topics = vec![TopicFound {
        number: 3,
        label: "courier".into(),
        parent: Some("delivery".into()),
        target: Target::Delivery,
        sentiment,
        spans: at(19, 24),
        negated: false,
    }];
    let signals = &mut analysis.signals;
    signals.urgency = Urgency { level: UrgencyLevel::High, reasons: vec![UrgencyReason::Outage], spans: at(1, 2) };
    signals.churn.present = true;
    signals.churn.reasons = vec![ChurnReason::NeverAgain];
    signals.churn.spans = at(8, 9);
    signals.effort =
        Some(Effort { level: EffortLevel::High, spans: at(2, 3), repeated_contacts: true, transfers: false });
    signals.time_lost = Some(TimeLost { minutes: 45, span: Span::new(3, 4) });
    signals.journey_stage = JourneyStage::Delivery;
    signals.media_type = Some(MediaType::Owned);
    signals.links = vec![LinkFinding { kind: LinkKind::Piracy, span: Span::new(5, 6), disguised: true }];
    signals.brands = vec![BrandMention {
        name: "Acme".into(),
        role: BrandRole::Own,
        manner: BrandManner::Mentioned,
        spans: at(6, 7),
    }];
    signals.wishes =
        vec![Wish { object: "x".into(), object_span: Span::new(7, 8), condition: None, span: Span::new(7, 8) }];
    known.message.source = Some("youtube".into());
    known.message.customer = Some("c-1".into());
    known.message.extra.insert("plan".into(), "gold".into());
    known.message.extra.insert("seats".into(), 5.into());
    known.message.sent_at = Some(json!("2026-11-29T10:00:00Z"));
    known
}

fn situation() -> Situation {
    Situation {
        now_ms: Some(1_795_946_400_000 + 90 * 60_000),
        open: Some(false),
        waited_minutes: None,
        customer: CustomerState { vip: true, contacts: 3, ..CustomerState::default() },
    }
}

/// A condition that holds for [`known`], one that does not, the words of the first, how many places it has.
fn conditions() -> Vec<(Value, Value, &'static str, usize)> {
    let number = |field: &str, above: f64| json!({"number": {"field": field, "above": above}});
    vec![
        (json!({"emotions": ["anger", "joy"]}), json!({"emotions": ["joy"]}), "emotion is anger", 1),
        (json!({"intent": ["refund_return"]}), json!({"intent": ["billing"]}), "intent is refund_return", 0),
        (json!({"safety": ["toxic"]}), json!({"safety": ["threat"]}), "safety label is toxic", 1),
        (json!({"flags": ["irony"]}), json!({"flags": ["mixed", "broadcast"]}), "mark is irony", 0),
        (json!({"disposition": ["respond"]}), json!({"disposition": ["close"]}), "disposition is respond", 0),
        (json!({"states": ["problem"]}), json!({"states": ["happy"]}), "state is problem", 0),
        (json!({"urgency": ["high"]}), json!({"urgency": ["critical"]}), "urgency is high", 1),
        (
            json!({"urgencyReasons": ["outage"]}),
            json!({"urgencyReasons": ["deadline"]}),
            "reason of urgency is outage",
            1,
        ),
        (json!({"churn": ["never_again"]}), json!({"churn": ["switching"]}), "reason of leaving is never_again", 1),
        (json!({"effort": ["high"]}), json!({"effort": ["easy"]}), "effort is high", 1),
        (json!({"journeyStage": ["delivery"]}), json!({"journeyStage": ["use"]}), "journey stage is delivery", 0),
        (json!({"mediaType": ["owned"]}), json!({"mediaType": ["paid"]}), "media type is owned", 0),
        (json!({"links": ["piracy"]}), json!({"links": ["rival"]}), "link is piracy", 1),
        (json!({"brands": ["own"]}), json!({"brands": ["competitor"]}), "brand is own", 1),
        (json!({"wish": true}), json!({"wish": false}), "wishes for something", 1),
        (json!({"expectation": false}), json!({"expectation": true}), "tells of no expectation", 0),
        (json!({"leaving": true}), json!({"leaving": false}), "shows signs of leaving", 1),
        (json!({"vip": true}), json!({"vip": false}), "the customer is served first", 0),
        (json!({"open": false}), json!({"open": true}), "the team does not work now", 0),
        (json!({"source": ["youtube"]}), json!({"source": ["reddit"]}), "source is one of those listed", 0),
        (json!({"customer": ["c-1"]}), json!({"customer": ["c-2"]}), "customer is one of those listed", 0),
        (json!({"has": ["customer", "plan"]}), json!({"has": ["customer", "order"]}), "brings customer, plan", 0),
        (
            json!({"field": {"name": "seats", "is": ["5"]}}),
            json!({"field": {"name": "plan", "is": ["free"]}}),
            "field \"seats\" is one of the values listed",
            0,
        ),
        (json!({"topics": ["delivery"]}), json!({"topics": ["price"]}), "speaks of courier", 1),
        (
            json!({"topics": {"of": ["courier"], "sentiment": ["positive"]}}),
            json!({"topics": {"of": ["courier"], "sentiment": ["negative"]}}),
            "speaks of courier",
            1,
        ),
        (number("minutesLost", 30.0), number("minutesLost", 45.0), "minutes lost is above 30", 1),
        (number("ageMinutes", 89.0), number("ageMinutes", 90.0), "age in minutes is above 89", 0),
        (number("contacts", 2.0), number("badExperiences", 0.0), "number of earlier contacts is above 2", 0),
        (number("intentConfidence", 0.5), number("ratingValue", 0.0), "confidence of the intent is above 0.5", 0),
    ]
}

#[test]
fn every_condition_holds_and_fails_and_says_why() {
    let known = known();
    let by = |when_json: Value| {
        decide_in(&when(when_json), &known.message, &known.analysis, Ok(redaction("")), &situation())
    };
    for (holds, fails, words, places) in conditions() {
        let decision = by(holds.clone());
        assert_eq!(decision.reasons.len(), 2, "{holds}");
        assert_eq!((decision.reasons[1].because.as_str(), decision.reasons[1].spans.len()), (words, places), "{holds}");
        assert_eq!(by(fails.clone()).reasons[0].rule, "d", "{fails}");
        // Under a `not`, the fact is told too.
        let denied = by(json!({"not": fails}));
        assert_eq!(denied.reasons.len(), 2);
        assert!(!denied.reasons[1].because.is_empty());
    }
}

#[test]
fn what_is_not_known_holds_neither_way() {
    let bare = case(SentimentLabel::Neutral);
    for condition in [
        json!({"open": true}),
        json!({"open": false}),
        json!({"number": {"field": "ageMinutes", "below": 1e9}}),
        json!({"number": {"field": "minutesLost", "above": -1}}),
        json!({"number": {"field": "ratingValue", "above": -1}}),
        json!({"source": ["youtube"]}),
        json!({"effort": ["easy", "some", "high"]}),
    ] {
        assert_eq!(bare.by(&when(condition.clone())).reasons[0].rule, "d", "{condition}");
    }
}

#[test]
fn an_intent_counts_from_its_threshold_and_automates_from_the_higher_one() {
    let with = |suggest: f64, automate: f64| {
        let rules = json!([
            {"id": "r", "when": {"intent": ["refund_return"]},
             "then": {"action": "resolve", "queue": "care", "priority": 1, "mode": "automate"}},
            {"id": "d", "then": {"action": "review", "queue": "care", "priority": 4}}
        ]);
        let thresholds = json!({"intent": {"refund_return": {"suggest": suggest, "automate": automate}}});
        let json = json!({"id": "p", "version": "1", "thresholds": thresholds, "rules": rules});
        let policy = Policy::from_json(&json.to_string()).unwrap();
        let decision = known().by(&policy);
        (decision.reasons[0].rule.clone(), decision.mode)
    };
    assert_eq!(with(0.5, 0.7), ("r".to_owned(), DecisionMode::Automate));
    assert_eq!(with(0.5, 0.8), ("r".to_owned(), DecisionMode::Suggest));
    assert_eq!(with(0.71, 0.8), ("d".to_owned(), DecisionMode::Suggest));
    let refused = |thresholds: Value| {
        let json = json!({"id": "p", "version": "1", "thresholds": thresholds, "rules": []});
        let Err(Error::Policy { path, .. }) = Policy::from_json(&json.to_string()) else { panic!("not refused") };
        path
    };
    assert_eq!(refused(json!({"intent": {"refund": {}}})), "thresholds.intent.refund");
    assert_eq!(
        refused(json!({"intent": {"billing": {"suggest": 0.5, "automate": 0.4}}})),
        "thresholds.intent.billing.automate"
    );
    assert_eq!(refused(json!({"intent": {"billing": {"suggest": 1.5}}})), "thresholds.intent.billing.suggest");
}

#[test]
fn what_is_missing_is_named_and_what_the_message_brings_is_not() {
    let then = json!({"action": "resolve", "queue": "care", "priority": 1, "needs": ["order", "customer", "email", "plan"], "hold": true});
    let policy = policy(json!([{"id": "d", "then": then}]));
    let decision = known().by(&policy);
    assert_eq!((decision.missing, decision.hold), (vec!["order".to_owned(), "email".to_owned()], true));
}

/// Concept 56: the same text after five minutes and after twenty days.
#[test]
fn c56_late_is_said_and_apologised_for() {
    let then =
        json!({"action": "answer", "queue": "care", "priority": 1, "respondWithinMinutes": 60, "toneHint": "warm"});
    let policy = policy(json!([{"id": "d", "then": then}]));
    let known = known();
    let after = |minutes: i64| {
        let now = Situation { now_ms: Some(1_795_946_400_000 + minutes * 60_000), ..Situation::default() };
        decide_in(&policy, &known.message, &known.analysis, Ok(redaction("")), &now)
    };
    let (fresh, stale) = (after(5), after(20 * 24 * 60));
    assert_eq!(fresh.window.map(|window| (window.remaining_minutes, window.late)), Some((55, false)));
    assert_eq!(stale.window.map(|window| (window.remaining_minutes, window.late)), Some((0, true)));
    assert_eq!((fresh.tone_hint, stale.tone_hint), (ToneHint::Warm, ToneHint::Apologetic));
    // A clock that runs backwards is no negative age.
    assert_eq!(after(-5).window.map(|window| window.age_minutes), Some(0));
    let decision = decide(&policy, &known.message, &known.analysis, Ok(redaction("")));
    assert_eq!(decision.window, None);
}

/// A deadline counts the minutes of the team where they are known; an escalation counts all.
#[test]
fn c56_a_weekend_is_not_late_but_for_an_escalation() {
    let known = known();
    let by = |action: &str| {
        let then =
            json!({"action": action, "queue": "care", "priority": 1, "respondWithinMinutes": 60, "toneHint": "warm"});
        let policy = policy(json!([{"id": "d", "then": then}]));
        let now_ms = Some(1_795_946_400_000 + 3_000 * 60_000);
        let situation = Situation { now_ms, waited_minutes: Some(50), ..Situation::default() };
        let decision = decide_in(&policy, &known.message, &known.analysis, Ok(redaction("")), &situation);
        (decision.window.map(|window| (window.age_minutes, window.remaining_minutes, window.late)), decision.tone_hint)
    };
    assert_eq!(by("answer"), (Some((3_000, 10, false)), ToneHint::Warm));
    assert_eq!(by("escalate"), (Some((3_000, 0, true)), ToneHint::Apologetic));
}

/// Concepts 29 and 53: emotions change the tone of a reply and no part of the decision.
#[test]
fn c29_emotions_move_the_tone_hint_only() {
    let mut angry = known();
    let mut calm = known();
    calm.analysis.emotions.clear();
    angry.analysis.emotions.push(Present { label: Emotion::Joy, spans: vec![] });
    let (angry, calm) = (angry.by(default_policy()), calm.by(default_policy()));
    assert_eq!(
        (angry.action, &angry.queue, angry.priority, angry.mode),
        (calm.action, &calm.queue, calm.priority, calm.mode)
    );
    assert_eq!((angry.tone_hint, calm.tone_hint), (ToneHint::Calm, ToneHint::Plain));
}

/// Rules of one condition each, the last a default.
fn linted(rules: Value, topics: &[&str]) -> Vec<(PolicyFault, String)> {
    let topics: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
    lint(&policy(rules), &topics).into_iter().map(|finding| (finding.fault, finding.path)).collect()
}

fn rule(id: &str, when: Value) -> Value {
    json!({"id": id, "when": when, "then": {"action": "answer", "queue": id, "priority": 2}})
}

fn end() -> Value {
    json!({"id": "end", "then": {"action": "review", "queue": "end", "priority": 4}})
}

#[test]
fn rules_that_never_decide_are_found() {
    let shadowed = |first: Value, second: Value| linted(json!([rule("a", first), rule("b", second), end()]), &[]);
    let hidden = [(PolicyFault::Shadowed, "rules[1]".to_owned())];
    let question = json!({"acts": ["question"]});
    let chat_question = json!({"all": [{"channel": ["chat"]}, {"acts": ["question"]}]});
    assert_eq!(shadowed(question.clone(), chat_question.clone()), hidden);
    assert_eq!(shadowed(chat_question.clone(), question.clone()), []);
    assert_eq!(shadowed(json!({"acts": ["question", "request"]}), question.clone()), hidden);
    assert_eq!(shadowed(question.clone(), json!({"acts": ["question", "request"]})), []);
    assert_eq!(shadowed(json!({"any": [{"pii": ["card"]}, question]}), chat_question), hidden);
    assert_eq!(shadowed(json!({"scoreBelow": -0.2}), json!({"scoreBelow": -0.5})), hidden);
    assert_eq!(shadowed(json!({"scoreBelow": -0.5}), json!({"scoreBelow": -0.2})), []);
    assert_eq!(shadowed(json!({"public": true}), json!({"channel": ["social", "review"]})), hidden);
    assert_eq!(shadowed(json!({"public": true}), json!({"channel": ["social", "chat"]})), []);
    assert_eq!(shadowed(json!({"textContains": ["one", "two"]}), json!({"textContains": ["two"]})), hidden);
    assert_eq!(shadowed(json!({"has": ["order"]}), json!({"has": ["order", "customer"]})), hidden);
    assert_eq!(shadowed(json!({"not": {"sentiment": ["positive"]}}), json!({"sentiment": ["negative"]})), hidden);
    assert_eq!(shadowed(json!({"topics": ["a"]}), json!({"topics": {"of": ["a"], "sentiment": ["negative"]}})), hidden);
}

#[test]
fn conditions_that_never_or_always_hold_are_found() {
    let found = |when: Value| linted(json!([rule("a", when), end()]), &[]);
    let at = |fault, path: &str| vec![(fault, path.to_owned())];
    let never = PolicyFault::NeverHolds;
    assert_eq!(
        found(json!({"all": [{"sentiment": ["negative"]}, {"sentiment": ["positive"]}]})),
        at(never, "rules[0].when")
    );
    assert_eq!(found(json!({"all": [{"public": true}, {"channel": ["chat", "email"]}]})), at(never, "rules[0].when"));
    assert_eq!(
        found(json!({"all": [{"acts": ["praise"]}, {"not": {"acts": ["praise", "thanks"]}}]})),
        at(never, "rules[0].when")
    );
    assert_eq!(found(json!({"all": [{"scoreAbove": 0.5}, {"scoreBelow": 0.2}]})), at(never, "rules[0].when"));
    let any = json!({"any": [{"vip": true}, {"number": {"field": "contacts", "above": 3, "below": 2}}]});
    assert_eq!(found(any), at(never, "rules[0].when.any[1]"));
    let all = json!({"all": [{"vip": true}, {"sentiment": ["negative", "neutral", "positive"]}]});
    assert_eq!(found(all), at(PolicyFault::AlwaysHolds, "rules[0].when.all[1]"));
    // Several acts may hold at once, and a rating may be missing: nothing to find.
    assert_eq!(found(json!({"all": [{"acts": ["praise"]}, {"acts": ["complaint"]}]})), []);
    assert_eq!(found(json!({"rating": ["low", "middle", "high"]})), []);
    assert_eq!(found(json!({"not": {"open": true}})), []);
}

#[test]
fn contradictory_deadlines_and_unknown_topics_are_found() {
    let timed = |id: &str, priority: u8, minutes: u32, action: &str, when: Value| {
        let then = json!({"action": action, "queue": "care", "priority": priority, "respondWithinMinutes": minutes});
        json!({"id": id, "when": when, "then": then})
    };
    let rules = json!([
        timed("slow", 1, 600, "answer", json!({"vip": true})),
        timed("quick", 3, 60, "answer", json!({"acts": ["question"]})),
        timed("elsewhere", 3, 30, "answer", json!({"channel": ["chat"]})),
        timed("silent", 4, 30, "ignore", json!({"all": [{"channel": ["call"]}, {"topics": ["delivery", "nowhere"]}]})),
        {"id": "end", "then": {"action": "escalate", "queue": "end", "priority": 1}},
    ]);
    assert_eq!(
        linted(rules, &["delivery"]),
        [
            (PolicyFault::ContradictoryDeadlines, "rules[1].then.respondWithinMinutes".to_owned()),
            (PolicyFault::UnknownTopic, "rules[3].when.all[1].topics".to_owned()),
            (PolicyFault::DeadlineWithoutReply, "rules[3].then.respondWithinMinutes".to_owned()),
            (PolicyFault::MissingDeadline, "rules[4].then".to_owned()),
        ]
    );
    assert_eq!(lint(default_policy(), &[]), []);
}

/// 500 rules; the figure asked is 50 ms in release, so that this bound catches what grows too fast.
#[test]
fn a_policy_of_500_rules_is_linted_in_time() {
    let rules: Vec<Value> = (0..500)
        .map(|number| {
            let name = format!("s{number}");
            let when = json!({"all": [{"source": [name]}, {"intent": ["billing", "pricing"]}, {"any": [{"vip": true}, {"acts": ["question"]}]}]});
            rule(&format!("r{number}"), when)
        })
        .chain([end()])
        .collect();
    let policy = policy(Value::Array(rules));
    let began = std::time::Instant::now();
    assert_eq!(lint(&policy, &[]), []);
    assert!(began.elapsed().as_millis() < 2_000, "{:?}", began.elapsed());
}

#[test]
fn a_difference_names_what_changes() {
    let known = known();
    let before = when(json!({"intent": ["refund_return"]}));
    let after = when(json!({"intent": ["billing"]}));
    let compare = |a: &Policy, b: &Policy| difference(a, b, &known.message, &known.analysis, &situation());
    let changed = compare(&before, &after);
    assert_eq!(changed.changed, ["action", "priority", "mode"]);
    assert_eq!((changed.before.action, changed.after.action), (Action::Resolve, Action::Review));
    assert_eq!((changed.before.rule.as_str(), changed.after.rule.as_str()), ("r", "d"));
    assert!(compare(&before, &before).changed.is_empty());
}

/// The published schema and the reader know the same keys and labels.
#[test]
fn the_schema_says_what_the_reader_takes() {
    let schema: Value = serde_json::from_str(include_str!("../policies/policy.schema.json")).unwrap();
    let properties = schema["$defs"]["condition"]["properties"].as_object().unwrap();
    let bare = json!({"id": "p", "version": "1", "rules": [{"id": "r", "when": {}, "then": {}}]}).to_string();
    let Err(Error::Policy { what, .. }) = Policy::from_json(&bare) else { panic!("an empty condition is refused") };
    let mut keys: Vec<&str> = what.trim_start_matches("needs one key of ").split(", ").collect();
    keys.sort_unstable();
    assert_eq!(keys, properties.keys().map(String::as_str).collect::<Vec<_>>());
    let mut read = 0;
    for (key, schema) in properties {
        let Some(labels) = schema["items"]["enum"].as_array() else { continue };
        when(json!({key: labels}));
        // The reader names the labels it takes.
        let json =
            json!({"id": "p", "version": "1", "rules": [{"id": "r", "when": {key: ["?"]}, "then": {}}]}).to_string();
        let Err(Error::Policy { what, .. }) = Policy::from_json(&json) else { panic!("{key}") };
        let labels: Vec<&str> = labels.iter().map(|label| label.as_str().unwrap()).collect();
        assert!(what.ends_with(&format!("allowed: {}", labels.join(", "))), "{key}: {what}");
        read += 1;
    }
    assert_eq!(read, 19);
    // The default policy and those shipped name no key that the schema lacks.
    let then = schema["$defs"]["then"]["properties"].as_object().unwrap();
    let default: Value = serde_json::from_str(hearken::triage::DEFAULT_POLICY_JSON).unwrap();
    for rule in default["rules"].as_array().unwrap() {
        assert!(rule["then"].as_object().unwrap().keys().all(|key| then.contains_key(key)));
    }
}
